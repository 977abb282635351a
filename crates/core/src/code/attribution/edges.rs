//! Where sentences and clauses end, by their words and tags alone: the splitter may have joined two.

use crate::{Tree, Upos};

pub fn is_finite(tree: &Tree, t: usize) -> bool {
    matches!(tree.sentence.tokens[t].xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD")
}

/// Start of the sentence that `t` stands in, where the splitter joined two.
pub fn stop_before(tree: &Tree, t: usize) -> usize {
    (0..t).rfind(|&i| is_stop(tree, i)).map_or(0, |i| i + 1)
}

/// End of the sentence that `t` stands in, its stop left out, where the splitter joined two.
pub fn stop_after(tree: &Tree, t: usize) -> usize {
    let tokens = &tree.sentence.tokens;
    (t + 1..tokens.len()).find(|&i| is_stop(tree, i)).unwrap_or(tokens.len())
}

pub fn is_stop(tree: &Tree, i: usize) -> bool {
    tree.sentence.tokens[i].upos == Upos::Punct && matches!(tree.lemma(i), "." | "?" | "!" | ";")
}

pub fn is_comma(tree: &Tree, t: usize) -> bool {
    t < tree.sentence.tokens.len() && matches!(tree.lemma(t), "," | "-" | "–" | "—" | "--")
}

/// True where a comma stands before `t`, a quotation mark between them or none.
pub fn follows_comma(tree: &Tree, t: usize) -> bool {
    let mark = |t: usize| matches!(tree.sentence.tokens[t].xpos.as_str(), "''" | "``");
    t > 0 && (is_comma(tree, t - 1) || (t > 1 && mark(t - 1) && is_comma(tree, t - 2)))
}
