//! The nearest valid word to one that is not.

use crate::world::table::nearest;

/// The nearest of the known words, by edits.
pub(super) fn did_you_mean(word: &str, known: &[&str]) -> String {
    if known.is_empty() { "none is defined".to_owned() } else { format!("did you mean `{}`?", nearest(word, known)) }
}
