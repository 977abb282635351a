//! From sentences of words to sentences with tags, lemmas, trees and names.

pub mod conllu;

use crate::{Relation, Sentence, Span, Token, Upos, Xpos};

/// Analyses `sentences`, given as [`crate::text::split`] returns them.
pub fn parse_tokens(text: &str, sentences: &[Vec<(Span, bool)>]) -> Vec<Sentence> {
    sentences.iter().filter(|words| !words.is_empty()).map(|words| unparsed(text, words)).collect()
}

/// Every word a dependant of the next one: a stand-in without a model.
fn unparsed(text: &str, words: &[(Span, bool)]) -> Sentence {
    let last = words.len() - 1;
    let token = |(i, &(span, clitic)): (usize, &(Span, bool))| Token {
        span,
        lemma: span.of(text).to_lowercase(),
        upos: Upos::X,
        xpos: Xpos::from_name("XX"),
        head: (i < last).then_some(i + 1),
        relation: if i < last { Relation::Dep } else { Relation::Root },
        certainty: 0.0,
        clitic,
    };
    Sentence {
        span: words[0].0.cover(words[last].0),
        tokens: words.iter().enumerate().map(token).collect(),
        entities: vec![],
    }
}
