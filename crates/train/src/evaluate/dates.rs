//! Dates: found, and given the right value, as `score_dates` counts them.

use std::{fmt, path::Path};

use anyhow::Result;
use demarche_core::{
    DateMention, parse, text,
    world::dates::{self, Moment},
};
use serde_json::Value;

use super::{
    pairs::{Points, overlap, pair, points, rates},
    places::halves,
    times::{Time, join, near, read},
};

/// Counts over the documents of one set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    given: usize,
    predicted: usize,
    found: usize,
    right: usize,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (_, recall, span) = rates(self.found, self.predicted, self.given);
        let (value, _, _) = rates(self.right, self.found, 1);
        let (_, all, end) = rates(self.right, self.predicted, self.given);
        write!(
            f,
            "found R {recall:.3} F1 {span:.3}  value of the found {value:.3}  of all {all:.3}  value F1 {end:.3}  n {}",
            self.given
        )
    }
}

/// The sets to be measured on, in halves as for places.
pub fn sets(corpora: &Path) -> Result<Vec<(String, Vec<Value>)>> {
    let mut out = halves("gum-train", &corpora.join("gum-dates/gum-dates-train.jsonl"))?;
    out.extend(halves("gum-dev", &corpora.join("gum-dates/gum-dates-dev.jsonl"))?);
    out.extend(halves("phrases", &corpora.join("date-expressions-recognizers/datetime-en-dev.jsonl"))?);
    Ok(out)
}

/// Counts what the program finds in these documents.
pub fn score(rows: &[Value]) -> Scores {
    let mut scores = Scores::default();
    for row in rows {
        let gum = row["timexes"].is_array();
        if !gum && row["suite"] != "DateTimeModel" {
            continue;
        }
        let body = row[if gum { "text" } else { "input" }].as_str().unwrap_or_default();
        let reference = row[if gum { "doc_date" } else { "reference" }].as_str();
        let given: Vec<(Points, &Value)> = if gum {
            let list = row["timexes"].as_array().into_iter().flatten();
            list.filter_map(|t| Some(((t["start"].as_u64()? as usize, t["end"].as_u64()? as usize), t))).collect()
        } else {
            row["results"].as_array().into_iter().flatten().filter_map(expected).collect()
        };
        let sentences = parse::parse_tokens(body, &text::split(body));
        let mut found = dates::find_at(body, &sentences, reference.and_then(Moment::from_rfc3339));
        found.retain(DateMention::is_date);
        let at = points(body);
        let spans: Vec<Points> = found.iter().map(|d| (at[d.span.start as usize], at[d.span.end as usize])).collect();
        let pairs = pair(given.len(), found.len(), |i, j| overlap(given[i].0, spans[j]));
        scores.given += given.len();
        scores.predicted += found.len();
        scores.found += pairs.len();
        scores.right += pairs
            .iter()
            .filter(|&&(i, j)| {
                let (gold, value) = (given[i].1, found[j].value.as_str());
                if gum { same(gold, value) } else { reading(gold, reference.unwrap_or_default(), value) }
            })
            .count();
    }
    scores
}

fn expected(result: &Value) -> Option<(Points, &Value)> {
    let kind = ["TypeName", "Typename", "Type"].iter().find_map(|key| result[*key].as_str()).unwrap_or("");
    if kind.ends_with("timezone") {
        return None;
    }
    let start = result["Start"].as_u64()? as usize;
    let end = result["End"].as_u64().map(|end| end as usize + 1);
    Some(((start, end.or_else(|| Some(start + result["Length"].as_u64()? as usize))?), result))
}

/// Whether a value is the one that GUM gives.
fn same(gold: &Value, value: &str) -> bool {
    let when = gold["when"].as_str();
    let Some(mut got) = read(value) else { return when.is_some_and(|when| when == value) };
    if let Some(when) = when {
        let Some(want) = read(when) else { return false };
        if let (Time::Calendar(Some(a), Some(b)), Time::Calendar(c, d)) = (got, want)
            && c != d
        {
            got = Time::Calendar(Some(a.div_euclid(1440) * 1440), Some(b.div_euclid(1440) * 1440 + 1439));
        }
        if let (Time::Clock(..), Time::Calendar(Some(a), Some(b))) = (want, got)
            && a == b
        {
            got = Time::Clock(a.rem_euclid(1440), a.rem_euclid(1440));
        }
        return want == got;
    }
    let part = |a: &str, b: &str| gold[a].as_str().or(gold[b].as_str());
    match (part("from", "notBefore"), part("to", "notAfter")) {
        (Some(first), Some(last)) => {
            let both = format!("{first}/{last}");
            read(&both).map_or(both == value, |want| near(want, got) >= 0.5)
        }
        (Some(bound), None) | (None, Some(bound)) => match (read(bound), got) {
            (Some(Time::Calendar(Some(a), Some(b))), Time::Calendar(from, to)) => {
                [from, to].into_iter().flatten().any(|end| (a..=b).contains(&end))
            }
            _ => false,
        },
        (None, None) => false,
    }
}

/// Whether a value is one of the readings of a phrase.
fn reading(gold: &Value, reference: &str, value: &str) -> bool {
    let resolution = if gold["Resolution"].is_null() { &gold["Value"] } else { &gold["Resolution"] };
    let got = read(value);
    let mut good: Vec<Time> = Vec::new();
    let mut literal = false;
    for reading in resolution["values"].as_array().into_iter().flatten() {
        let timex = reading["timex"].as_str().unwrap_or("").to_uppercase();
        literal |= !timex.is_empty() && timex == value.to_uppercase();
        if timex == "PRESENT_REF" {
            good.extend(read(reference));
            good.extend(reference.get(..10).and_then(read));
        }
        let part = |key: &str| reading[key].as_str().and_then(read);
        match (part("start"), part("end")) {
            (Some(a), Some(b)) => good.extend(join(a, b)),
            (Some(a), None) => good.extend(a.open(true)),
            (None, Some(b)) => good.extend(b.open(false)),
            (None, None) if !timex.starts_with('P') => good.extend(part("value")),
            (None, None) => {}
        }
        good.extend(read(&timex));
    }
    literal || got.is_some_and(|got| good.contains(&got))
}
