//! A place at the head of a sentence with no comma behind it: "In London Prime Minister Thatcher …".
//!
//! Read as it stands, the place and the name behind it are one name to the network. So the two parts of such a sentence
//! are read for themselves, and the place hangs from the root of the rest.

use super::{
    known::{BODY, GIVEN, PEOPLE, STATE, known},
    settle::{begins_a_name, ends_a_body, is_ground},
};
use crate::{
    Sentence, Span,
    labels::Relation,
    sentence::{Entity, Token},
};

/// The most words that a place has at the head of a sentence.
const LONGEST: usize = 4;

/// The last word of the place at the head of a sentence, as its index.
///
/// The words from the second on are a place or a body that the tables know, and what follows without a comma begins
/// another name: a state, a people, a body, a person, an office.
pub(super) fn place(text: &str, words: &[(Span, bool)]) -> Option<usize> {
    let form = |at: usize| words.get(at).map_or("", |(span, _)| span.of(text));
    if !matches!(form(0), "In" | "At" | "From" | "Near" | "Outside") {
        return None;
    }
    let first = if form(1) == "the" { 2 } else { 1 };
    let capital = |at: usize| form(at).starts_with(char::is_uppercase) && form(at).contains(char::is_lowercase);
    let run = (first..words.len()).take_while(|&at| capital(at)).count();
    let name = |last: usize| Span::new(words[first].0.start as usize, words[last].0.end as usize).of(text);
    // "In South Sudan rebels …": all of it is one name.
    let whole = run > 0 && run <= LONGEST && known(name(first + run - 1)).place > 0;
    if run < 2 || whole {
        return None;
    }
    let ends = |last: usize| {
        // "South" is a town as well.
        let known_place = !is_ground(name(last))
            && (known(name(last)).place > 0 || last == first && known(form(last)).kinds & (STATE | BODY) != 0);
        let other = known(form(last + 1)).kinds & (STATE | PEOPLE | BODY | GIVEN) != 0 || begins_a_name(form(last + 1));
        (known_place || ends_a_body(form(last))) && other
    };
    (first..first + (run - 1).min(LONGEST)).rev().find(|&last| ends(last))
}

/// Reads a sentence in two parts, the place with word `last` at its end and the rest, and hangs the place from the root.
pub(super) fn read(
    words: &[(Span, bool)],
    last: usize,
    parse: impl FnOnce(&[&[(Span, bool)]]) -> Vec<Sentence>,
) -> Option<Sentence> {
    let (place, rest) = words.split_at(last + 1);
    let [mut sentence, rest] = <[Sentence; 2]>::try_from(parse(&[place, rest])).ok()?;
    let moved = sentence.tokens.len();
    let root = moved + rest.tokens.iter().position(|token| token.head.is_none())?;
    for token in sentence.tokens.iter_mut().filter(|token| token.head.is_none()) {
        (token.head, token.relation) = (Some(root), Relation::Obl);
    }
    sentence
        .tokens
        .extend(rest.tokens.into_iter().map(|token| Token { head: token.head.map(|at| at + moved), ..token }));
    let name = |entity: Entity| Entity { first: entity.first + moved, last: entity.last + moved, ..entity };
    sentence.entities.extend(rest.entities.into_iter().map(name));
    sentence.span = sentence.span.cover(rest.span);
    Some(sentence)
}

#[cfg(test)]
mod tests {
    use crate::parse;

    /// The subjects of a sentence as they are written.
    fn subjects(text: &str) -> Vec<String> {
        let sentence = &parse(text)[0];
        let subject = |t: &&crate::sentence::Token| t.relation.universal() == "nsubj";
        sentence.tokens.iter().filter(subject).map(|t| t.span.of(text).to_owned()).collect()
    }

    #[test]
    fn a_place_at_the_head_of_a_sentence_is_no_part_of_the_name_behind_it() {
        assert_eq!(subjects("At the United Nations Britain and France vetoed a resolution."), ["Britain"]);
        assert_eq!(subjects("In Gaza Israeli troops shot two boys."), ["troops"]);
        let text = "In London Prime Minister Jane Roe condemned the raid.";
        let sentence = &parse(text)[0];
        assert_eq!(sentence.entities[0].span.of(text), "London");
        assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
        assert!(sentence.tokens.windows(2).all(|two| two[0].span.end <= two[1].span.start));
    }

    #[test]
    fn a_name_of_several_words_stays_one() {
        for text in
            ["In South Sudan rebels took Malakal.", "In New York City officials met.", "In Papua New Guinea it rains."]
        {
            let words = crate::text::split(text);
            assert_eq!(super::place(text, &words[0]), None, "{text}");
        }
    }
}
