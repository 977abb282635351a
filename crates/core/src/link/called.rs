//! What a claim calls the places, things and people that nobody knows: the words of their names, and of their roles.

use crate::{
    claim::{Annotation, Claim, Party},
    labels::Upos,
    sentence::Token,
    span::Span,
};

/// Letters of a word that tells something; shorter words of names are particles and initials.
const LEAST: u32 = 4;

/// The words of names in a claim that name no state, nor who acts or is acted on: "**Bir al-Ghanam** falls". `states`
/// are the spans of the names of states and bodies, by start.
pub(super) fn names(annotation: &Annotation, states: &[Span], c: &Claim) -> Vec<String> {
    let text = &annotation.report.text;
    let known = |span: Span| {
        let from = states.partition_point(|state| state.end <= span.start);
        let mut sides = c.actors.iter().chain(&c.recipients).filter(|party| party.country.is_some());
        states.get(from).is_some_and(|state| state.touches(span)) || sides.any(|party| party.span.touches(span))
    };
    let proper = |t: &&Token| t.upos == Upos::Propn && c.span.holds(t.span) && t.span.end - t.span.start >= LEAST;
    let own = tokens(annotation, c).iter().filter(proper).filter(|t| !known(t.span));
    own.map(|t| t.span.of(text).to_lowercase()).collect()
}

/// The nouns that head the phrases of parties without a country or a known name: "the **insurgents**".
pub(super) fn heads(annotation: &Annotation, c: &Claim, side: &[Party]) -> Vec<String> {
    let tokens = tokens(annotation, c);
    let unknown = side.iter().filter(|party| party.country.is_none());
    let head = |party: &Party| {
        let inside = |t: &Token| party.span.holds(t.span);
        let top = |t: &&Token| inside(t) && t.head.is_none_or(|head| !tokens.get(head).is_some_and(inside));
        tokens.iter().find(top).filter(|t| matches!(t.upos, Upos::Noun | Upos::Propn)).map(|t| t.lemma.to_lowercase())
    };
    unknown.filter_map(head).collect()
}

fn tokens<'a>(annotation: &'a Annotation, c: &Claim) -> &'a [Token] {
    annotation.sentences.get(c.sentence).map_or(&[], |sentence| &sentence.tokens)
}

#[cfg(test)]
mod tests {
    use crate::link::testing;

    /// True where the two reports, each of one sentence, are found to tell of one event.
    fn one_event(first: &str, second: &str) -> bool {
        testing::one_event(None, first, second)
    }

    #[test]
    fn those_whom_nobody_knows_are_known_by_what_they_are_called() {
        assert!(one_event("Insurgents urged shepherds to vote.", "The insurgents urge shepherds to vote on Sunday."));
        assert!(!one_event("Insurgents urged shepherds to vote.", "The bishops urge shepherds to stay at home."));
    }

    #[test]
    fn who_acts_in_one_wording_acts_in_the_same_wording_elsewhere() {
        assert!(one_event("The jailed poets were released.", "Peru released the jailed poets."));
        assert!(!one_event("The jailed poets were released.", "Peru released the stranded whalers."));
    }

    #[test]
    fn a_name_that_both_tell_ties_a_deed_whose_words_differ() {
        let seized = "Chadian troops seized the Ouadi Doum base.";
        assert!(one_event(seized, "Ouadi Doum was taken by Chadian troops."));
        assert!(!one_event(seized, "Bardai was taken by Chadian troops."));
    }
}
