//! Where sentences end.

use super::{
    lexicon::{Abbreviation, Lexicon},
    tokens::{Piece, closes},
};
use crate::span::Span;

/// Groups the words of `text` into sentences.
pub fn sentences(text: &str, pieces: &[Piece]) -> Vec<Vec<(Span, bool)>> {
    let mut out = vec![];
    let mut sentence: Vec<(Span, bool)> = vec![];
    for (i, piece) in pieces.iter().enumerate() {
        sentence.push((Span::new(piece.start, piece.end), piece.clitic));
        if i + 1 == pieces.len() || ends(text, pieces, i) {
            part_stop(text, &mut sentence);
            out.push(std::mem::take(&mut sentence));
        }
    }
    out
}

/// The treebanks part the stop of an abbreviation that ends a sentence ("etc" "."), and keep that of an initialism.
fn part_stop(text: &str, sentence: &mut Vec<(Span, bool)>) {
    let Some(&(last, clitic)) = sentence.last() else { return };
    let word = last.of(text);
    let Some(stem) = word.strip_suffix('.') else { return };
    let initialism = stem.contains('.') && stem.chars().any(char::is_uppercase);
    if stem.is_empty() || initialism || !stem.ends_with(char::is_alphanumeric) {
        return;
    }
    sentence.pop();
    let cut = last.end as usize - 1;
    sentence.push((Span::new(last.start as usize, cut), clitic));
    sentence.push((Span::new(cut, last.end as usize), false));
}

fn ends(text: &str, pieces: &[Piece], i: usize) -> bool {
    let (here, next) = (pieces[i], pieces[i + 1]);
    let gap = &text[here.end..next.start];
    if gap.matches('\n').nth(1).is_some() {
        return true;
    }
    let word = |i: usize| &text[pieces[i].start..pieces[i].end];
    if gap.is_empty() {
        return false;
    }
    // Back over closing quotes and brackets.
    let mut mark = i;
    while mark > 0 && closes(word(mark)) {
        mark -= 1;
    }
    let stop = word(mark);
    let follower = word(i + 1);
    let starts = !follower.starts_with(char::is_lowercase) && !closes(follower);
    if stop.chars().all(|c| matches!(c, '.' | '?' | '!' | '…')) {
        return starts;
    }
    if mark == i
        && let Some(stem) = stop.strip_suffix('.')
    {
        let title = Lexicon::get().abbreviation(stem) == Some(Abbreviation::Title) || stem.len() == 1;
        return !title && starts && follower.starts_with(char::is_uppercase) && stem.ends_with(char::is_lowercase);
    }
    false
}
