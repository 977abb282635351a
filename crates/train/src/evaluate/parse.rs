//! Tags, lemmas and trees on given words, in per cent of all words, punctuation included.

use std::fmt;

use demarche_core::{
    Span,
    parse::{model::Model, parse_with},
};

use crate::conllu::Tree;

/// Shares of right words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    /// UPOS, XPOS, lemma, UAS, LAS without subtypes, LAS with subtypes.
    pub right: [usize; 6],
    /// Words.
    pub words: usize,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let names = ["UPOS", "XPOS", "lemma", "UAS", "LAS", "LAS-full"];
        for (name, right) in names.iter().zip(self.right) {
            write!(f, "{name} {:.2}  ", 100.0 * right as f64 / self.words as f64)?;
        }
        write!(f, "words {}", self.words)
    }
}

/// Parses the words of a treebank and counts what is right.
pub fn score(model: &Model, trees: &[Tree]) -> Scores {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for tree in trees {
        let mut spans = Vec::new();
        for word in &tree.words {
            spans.push((Span::new(text.len(), text.len() + word.form.len()), false));
            text.push_str(&word.form);
            text.push(' ');
        }
        sentences.push(spans);
    }
    let parsed = parse_with(model, &text, &sentences);
    let mut scores = Scores::default();
    for (tree, sentence) in trees.iter().zip(&parsed) {
        for (word, token) in tree.words.iter().zip(&sentence.tokens) {
            let head = token.head.map_or(0, |h| h + 1) == word.head;
            let right = [
                token.upos == word.upos,
                token.xpos == word.xpos,
                word.lemma == "_" || token.lemma == word.lemma,
                head,
                head && token.relation.universal() == word.relation.universal(),
                head && token.relation == word.relation,
            ];
            for (sum, right) in scores.right.iter_mut().zip(right) {
                *sum += usize::from(right);
            }
            scores.words += 1;
        }
    }
    scores
}
