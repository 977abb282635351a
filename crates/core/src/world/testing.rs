//! Sentences by hand for tests.

use crate::{Relation, Sentence, Span, Token, Upos, Xpos};

/// A sentence of `(form, upos, head from 1 or 0, relation)`; the forms stand in the text in this order.
pub fn sentence(text: &str, rows: &[(&str, &str, usize, &str)]) -> Sentence {
    let mut at = 0;
    let mut tokens = Vec::new();
    for &(form, upos, head, relation) in rows {
        let start = at + text[at..].find(form).unwrap_or_else(|| panic!("{form} in {text}"));
        at = start + form.len();
        tokens.push(Token {
            span: Span::new(start, at),
            lemma: form.to_lowercase(),
            upos: Upos::from_name(upos).unwrap_or_else(|| panic!("{upos}")),
            xpos: Xpos::from_name(if form.ends_with('s') { "NNS" } else { "NN" }),
            head: head.checked_sub(1),
            relation: Relation::from_name(relation).unwrap_or_else(|| panic!("{relation}")),
            certainty: 1.0,
            label_certainty: 1.0,
            clitic: false,
        });
    }
    Sentence { span: Span::new(tokens[0].span.start as usize, at), tokens, entities: vec![] }
}
