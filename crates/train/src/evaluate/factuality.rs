//! Did it happen: accuracy over decided judgements, as `score_factuality` counts it.

use std::{fmt, path::Path};

use anyhow::Result;
use demarche_core::{Modality, code::Coder};

use crate::factuality::{judged, parsed};

/// Judgements by truth and answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    /// `cells[happened][said to have happened]`
    cells: [[usize; 2]; 2],
    /// Predicates that got no answer: wrong.
    missing: usize,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let [[not_right, not_wrong], [did_wrong, did_right]] = self.cells;
        let share = |right: usize, all: usize| right as f64 / all.max(1) as f64;
        let (did, not) = (share(did_right, did_right + did_wrong), share(not_right, not_right + not_wrong));
        let n = self.cells.iter().flatten().sum::<usize>();
        let accuracy = share(did_right + not_right, n);
        let balanced = f64::midpoint(did, not);
        write!(
            f,
            "accuracy {accuracy:.4}  balanced {balanced:.4}  happened {did:.4}  did not {not:.4}  n {n}  missing {}",
            self.missing
        )
    }
}

/// Judges the predicates of the development part of UDS with the trees that the parser finds on the given words.
///
/// # Errors
/// A corpus that cannot be read.
pub fn score(corpora: &Path) -> Result<Scores> {
    let coder = Coder::embedded();
    let (text, sentences) = parsed(corpora, "dev")?;
    let mut scores = Scores::default();
    for row in judged(corpora, "dev")? {
        let sentence = sentences.get(&row.sentence);
        let answer = sentence.and_then(|s| *coder.factuality(s, &text).get(row.token)?);
        scores.missing += usize::from(answer.is_none());
        let happened = row.value > 0.0;
        let said = answer.map_or(!happened, |modality| modality == Modality::Occurred);
        scores.cells[usize::from(happened)][usize::from(said)] += 1;
    }
    Ok(scores)
}
