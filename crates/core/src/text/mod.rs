//! From a report's text to sentences of syntactic words. Nothing is normalised: every word is a span of the text.

mod boundary;
mod chars;
mod enumerators;
mod lexicon;
mod lines;
mod sentences;
mod shapes;
mod tokens;

pub use boundary::{COUNT as FEATURES, SIZE as WEIGHTS};
pub use sentences::examples;

use crate::span::Span;

/// The sentences of `text`, each a list of syntactic words in order, as Universal Dependencies' English treebanks cut
/// them. The flag is true for a word that is written as one with the word before it ("n't" in "don't").
///
/// Words never overlap. Between them lies only what is no part of a word: white space, controls, and invisible marks of
/// layout and direction. Linear in the length of the text.
///
/// ```
/// use demarche_core::text::split;
/// let text = "India's envoy left. He won't return.";
/// let sentences = split(text);
/// let words: Vec<&str> = sentences[1].iter().map(|(span, _)| span.of(text)).collect();
/// assert_eq!(words, ["He", "wo", "n't", "return", "."]);
/// assert!(sentences[0][1].1, "'s is a clitic");
/// ```
pub fn split(text: &str) -> Vec<Vec<(Span, bool)>> {
    sentences::sentences(text, &tokens::tokens(text))
}
