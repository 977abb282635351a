//! What a marked source does to a marked target, as `score_relations` counts it: root and quad macro-F1.

use std::{collections::BTreeMap, fmt, fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::{
    EventType,
    code::{Coder, pairs::unmark},
    parse, text,
};

/// Classes as the rows name them: CONCEDE and RETREAT are one.
fn root(kind: EventType) -> &'static str {
    match kind {
        EventType::Concede | EventType::Retreat => "YIELD",
        kind => kind.as_str(),
    }
}

fn quad(root: &str) -> u8 {
    match root {
        "AGREE" | "CONSULT" | "SUPPORT" => 1,
        "COOPERATE" | "AID" | "YIELD" => 2,
        "ACCUSE" | "REQUEST" | "REJECT" | "THREATEN" => 3,
        _ => 4,
    }
}

/// Mean F1 over the classes of the gold rows, for roots and for quads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    rows: usize,
    right: usize,
    root: f64,
    quad: f64,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let accuracy = self.right as f64 / self.rows as f64;
        write!(f, "root F1 {:.3} accuracy {accuracy:.3} quad F1 {:.3} n {}", self.root, self.quad, self.rows)
    }
}

/// Marked sentences with their gold class.
pub type Rows = Vec<(String, String)>;

/// The read half of the rows (even lines) and the blind one (odd lines, from 1).
pub fn sets(folder: &Path) -> Result<[(&'static str, Rows); 2]> {
    let path = folder.join("plv-train-measure-only/plv_train.jsonl");
    let content = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let (mut blind, mut open) = (Vec::new(), Vec::new());
    for (line, row) in content.lines().enumerate() {
        let row: serde_json::Value = serde_json::from_str(row)?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let half = if line % 2 == 0 { &mut blind } else { &mut open };
        half.push((text("marked_sentence"), text("root")));
    }
    Ok([("pairs-open", open), ("pairs-blind", blind)])
}

/// Counts how many rows get their class.
pub fn score(rows: &[(String, String)]) -> Scores {
    let coder = Coder::embedded();
    let predict = |marked: &str| {
        let marked = unmark(marked).ok()?;
        let sentences = parse::parse_tokens(&marked.text, &text::split(&marked.text));
        Some(root(coder.relation(&marked, sentences).kind))
    };
    let pairs: Vec<(&str, &str)> =
        rows.iter().map(|(marked, gold)| (gold.as_str(), predict(marked).unwrap_or("none"))).collect();
    let quads: Vec<(u8, u8)> = pairs.iter().map(|(gold, found)| (quad(gold), quad(found))).collect();
    let right = pairs.iter().filter(|(gold, found)| gold == found).count();
    Scores { rows: rows.len(), right, root: macro_f1(&pairs), quad: macro_f1(&quads) }
}

fn macro_f1<T: Ord + Copy>(pairs: &[(T, T)]) -> f64 {
    let mut counts: BTreeMap<T, [f64; 3]> = pairs.iter().map(|(gold, _)| (*gold, [0.0; 3])).collect();
    for (gold, found) in pairs {
        counts.entry(*gold).or_default()[0] += 1.0;
        if let Some(count) = counts.get_mut(found) {
            count[1] += 1.0;
            count[2] += f64::from(u8::from(gold == found));
        }
    }
    counts.values().map(|[gold, found, right]| 2.0 * right / (gold + found)).sum::<f64>() / counts.len() as f64
}
