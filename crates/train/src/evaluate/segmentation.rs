//! The sentence cases: texts with the sentences they should fall into, compared without regard to white space.

use std::{fmt, fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::text;
use serde_json::Value;

/// Cases in all and those that came out as they should.
pub struct Scores {
    cases: usize,
    right: usize,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} of {} cases, {:.1} %", self.right, self.cases, 100.0 * self.right as f64 / self.cases as f64)
    }
}

/// Runs every case of the two lists.
pub fn score(corpora: &Path) -> Result<Scores> {
    let mut scores = Scores { cases: 0, right: 0 };
    for name in ["golden-rules-en.jsonl", "pragmatic-en-dev.jsonl"] {
        let path = corpora.join("segmentation-rules").join(name);
        for line in fs::read_to_string(&path).with_context(|| path.display().to_string())?.lines() {
            let case: Value = serde_json::from_str(line)?;
            let whole = case["text"].as_str().context("text")?;
            let wanted = case["sentences"].as_array().context("sentences")?;
            let wanted: Vec<String> = wanted.iter().filter_map(|s| s.as_str().map(plain)).collect();
            let found: Vec<String> = text::split(whole)
                .iter()
                .filter_map(|words| Some(plain(words.first()?.0.cover(words.last()?.0).of(whole))))
                .collect();
            scores.cases += 1;
            scores.right += usize::from(found == wanted);
        }
    }
    Ok(scores)
}

/// With single blanks.
fn plain(sentence: &str) -> String {
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}
