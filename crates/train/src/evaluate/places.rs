//! Places: found, and put within 161 km of where they are, as `score_places` counts them.

use std::{fmt, fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::{parse, text, world::places};
use serde_json::Value;

use super::pairs::{Points, overlap, pair, points, rates};

const LITERAL: &[&str] = &["Literal", "Coercion", "Mixed", "Embedded_Literal", "Literal_Modifier"];
const ASSOCIATIVE: &[&str] =
    &["Metonymic", "Demonym", "Language", "Homonym", "Non_Literal_Modifier", "Embedded_Non_Lit"];
/// Kilometres, some 100 miles.
const NEAR: f64 = 161.0;

/// Counts over the documents of one set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    given: usize,
    found: usize,
    right: usize,
    given_placed: usize,
    found_placed: usize,
    measured: usize,
    near: usize,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (_, _, recognition) = rates(self.right, self.found, self.given);
        let (within, _, _) = rates(self.near, self.measured, 1);
        let (p, r, end) = rates(self.near, self.found_placed, self.given_placed);
        write!(
            f,
            "recognised F1 {recognition:.3}  of the recognised within 161 km {within:.3}  end to end P {p:.3} R {r:.3} F1 {end:.3}  n {}",
            self.given
        )
    }
}

/// The sets to be measured on, each in two halves by document: those of even number were read while the program was
/// written, those of odd number never.
pub fn sets(corpora: &Path) -> Result<Vec<(String, Vec<Value>)>> {
    let mut out = Vec::new();
    for (name, file) in
        [("geovirus", "geovirus.jsonl"), ("lgl", "lgl-dev.jsonl"), ("geowebnews", "geowebnews-dev.jsonl")]
    {
        out.extend(halves(name, &corpora.join("geoparsing").join(file))?);
    }
    Ok(out)
}

/// The rows of a file of JSON lines, those of even and those of odd number.
pub fn halves(name: &str, file: &Path) -> Result<Vec<(String, Vec<Value>)>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let rows: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let half = |odd: usize| rows.iter().skip(odd).step_by(2).cloned().collect();
    Ok(vec![(format!("{name}-open"), half(0)), (format!("{name}-blind"), half(1))])
}

/// Counts what the program finds in these documents.
pub fn score(rows: &[Value]) -> Scores {
    let mut scores = Scores::default();
    for row in rows {
        let text = row["text"].as_str().unwrap_or_default();
        let sentences = parse::parse_tokens(text, &text::split(text));
        let found = places::find(text, &sentences);
        let at = points(text);
        let spans: Vec<Points> =
            found.iter().map(|place| (at[place.span.start as usize], at[place.span.end as usize])).collect();
        let (mut must, mut may) = (Vec::new(), Vec::new());
        for toponym in row["toponyms"].as_array().into_iter().flatten() {
            let kind = toponym["type"].as_str();
            let asked = kind.is_none_or(|kind| LITERAL.contains(&kind));
            let span = || Some((toponym["start"].as_u64()? as usize, toponym["end"].as_u64()? as usize));
            let Some(span) = span() else { continue };
            let place = || Some((toponym["lat"].as_f64()?, toponym["lon"].as_f64()?));
            if asked && toponym["unmatched"].as_bool() != Some(true) {
                must.push((span, place()));
            } else if asked || kind.is_some_and(|kind| ASSOCIATIVE.contains(&kind)) {
                may.push((span, None));
            }
        }
        let asked = must.len();
        must.extend(may);
        let pairs = pair(must.len(), found.len(), |i, j| {
            let share = overlap(must[i].0, spans[j]);
            if share > 0.0 && i < asked { share + 1.0 } else { share }
        });
        let optional = pairs.iter().filter(|(i, _)| *i >= asked).count();
        let pairs: Vec<_> = pairs.into_iter().filter(|(i, _)| *i < asked).collect();
        scores.given += asked;
        scores.found += found.len() - optional;
        scores.right += pairs.len();
        scores.given_placed += must[..asked].iter().filter(|(_, place)| place.is_some()).count();
        scores.found_placed += found.len() - optional - pairs.iter().filter(|(i, _)| must[*i].1.is_none()).count();
        for (i, j) in pairs {
            let Some(place) = must[i].1 else { continue };
            scores.measured += 1;
            if let (Some(lat), Some(lon)) = (found[j].lat, found[j].lon) {
                scores.near += usize::from(kilometres(place, (f64::from(lat), f64::from(lon))) <= NEAR);
            }
        }
    }
    scores
}

/// Great-circle distance of two points in degrees.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, lon) = ((b.0 - a.0).to_radians() / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = lat.sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * lon.sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
