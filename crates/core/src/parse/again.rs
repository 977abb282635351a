//! Sentences that a text says again, letter by letter, are analysed once: no sentence of a part hears of its neighbours.

use std::collections::HashMap;

use crate::{Sentence, Span};

/// Of each sentence, which is the first with the same letters, cut into the same words.
pub(super) fn firsts(text: &str, sentences: &[Vec<(Span, bool)>]) -> Vec<usize> {
    let mut seen: HashMap<&str, usize> = HashMap::with_capacity(sentences.len());
    let first = |(at, words): (usize, &Vec<(Span, bool)>)| {
        let Some(span) = whole(words) else { return at };
        let first = *seen.entry(span.of(text)).or_insert(at);
        if same_words(&sentences[first], words) { first } else { at }
    };
    sentences.iter().enumerate().map(first).collect()
}

/// A sentence said again at another place.
pub(super) fn moved(sentence: &Sentence, start: u32) -> Sentence {
    let mut sentence = sentence.clone();
    let from = sentence.span.start;
    let shift = |span: &mut Span| *span = Span { start: span.start - from + start, end: span.end - from + start };
    shift(&mut sentence.span);
    sentence.tokens.iter_mut().for_each(|token| shift(&mut token.span));
    sentence.entities.iter_mut().for_each(|entity| shift(&mut entity.span));
    sentence
}

fn whole(words: &[(Span, bool)]) -> Option<Span> {
    Some(words.first()?.0.cover(words.last()?.0))
}

/// The same letters may be cut in two ways, since the end of a line may follow.
fn same_words(one: &[(Span, bool)], other: &[(Span, bool)]) -> bool {
    let (Some(a), Some(b)) = (whole(one), whole(other)) else { return false };
    let place = |whole: Span, (span, clitic): (Span, bool)| (span.start - whole.start, span.end - whole.start, clitic);
    one.len() == other.len() && one.iter().zip(other).all(|(&x, &y)| place(a, x) == place(b, y))
}
