//! Headings that leave out who acts: "Asked Pakistan to Condemn the Attack" is said of whom the text below is about.

use super::{arguments, cast::Cast};
use crate::{Party, Relation as R, Sentence, Tree};

/// The parties of whom the sentence after a heading tells, where the heading's own verb has no subject; none for a
/// sentence that is no heading. They are marked as not named there.
pub fn actors(text: &str, sentences: &[Sentence], index: usize, cast: &Cast) -> Vec<Party> {
    let Some([heading, below]) = sentences.get(index..index + 2) else { return vec![] };
    let tree = Tree::new(heading);
    let finite = |i: usize| matches!(heading.tokens[i].xpos.as_str(), "VBD" | "VBN" | "VBZ");
    let subject = |i: usize| tree.children(i).any(|c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass | R::Csubj));
    let verb =
        (0..heading.tokens.len()).find(|&i| tree.head(i).is_none()).filter(|&root| finite(root) && !subject(root));
    if verb.is_none() || !stands_alone(text, sentences, index) {
        return vec![];
    }
    let below_tree = Tree::new(below);
    let Some(root) = (0..below.tokens.len()).find(|&i| below_tree.head(i).is_none()) else { return vec![] };
    let Some(who) = arguments::subject(&below_tree, root, 4) else { return vec![] };
    let mut parties = cast.parties(index + 1, who);
    for party in &mut parties {
        party.why = format!("{}: of whom the text below the heading tells; {}", crate::claim::NOT_NAMED, party.why);
    }
    parties
}

/// On a line of its own, without a stop.
fn stands_alone(text: &str, sentences: &[Sentence], index: usize) -> bool {
    let span = sentences[index].span;
    let ends_line = |from: usize, to: usize| text.get(from..to).is_some_and(|between| between.contains('\n'));
    let before = index.checked_sub(1).map_or(0, |before| sentences[before].span.end as usize);
    let first = span.start as usize == 0 || index == 0 || ends_line(before, span.start as usize);
    let last = ends_line(span.end as usize, sentences[index + 1].span.start as usize);
    let stop = span.of(text).trim_end().ends_with(['.', '!', '?', ':', '”', '"', ',']);
    first && last && !stop
}
