//! Who is meant where another act of the same sentence or story tells it: measures in one breath, whoever holds what is
//! asked back, whoever is contradicted.

use super::Case;
use crate::{
    Claim, EventType, Party,
    code::{
        lists::{LISTS, holds},
        parties::{
            blame::joined,
            is_of_crisis,
            sides::{other_side, party},
        },
    },
};

/// "imposed an embargo **on Mali**, closing borders": what one does in one breath with a deed against somebody is done to
/// him as well. True where such a deed was found.
pub(super) fn in_one_breath(claim: &mut Claim, case: &Case) -> bool {
    use EventType::{Coerce, Sanction};
    let measure = |kind: EventType| matches!(kind, Coerce | Sanction);
    if !measure(claim.kind) || !claim.recipients.iter().all(is_of_crisis) {
        return false;
    }
    let actor = case.actor.filter(|_| !claim.actors.is_empty());
    // "Sudan threw out Iran's envoy, while **Kuwait recalled its own**": who stands outside is hardly against both sides.
    let outside = actor.filter(|_| claim.recipients.len() > 1);
    if let Some(joined) = outside.and_then(|actor| joined(claim, actor, case.told)) {
        return case.replace(claim, [joined]);
    }
    let same = |other: &&Claim| {
        let named = |party: &Party| party.country.is_some() && party.country.as_deref() != actor && !party.is_implied();
        let by = other.actors.iter().any(|party| party.country.as_deref() == actor);
        measure(other.kind) && other.act.end <= claim.act.start && by && other.recipients.iter().all(named)
    };
    let found = actor.and_then(|_| case.told.here.iter().rev().filter(same).find(|other| !other.recipients.is_empty()));
    let why = "not named here: whom the step beside it is against";
    let theirs =
        |other: &Claim| other.recipients.iter().map(|one| Party { why: why.to_owned(), ..one.clone() }).collect();
    let found: Vec<Party> = found.map(theirs).unwrap_or_default();
    case.replace(claim, found)
}

/// "demanded the return of **the British tanker**": of whoever took it, and not of those whose it is.
pub(super) fn of_the_taker(claim: &mut Claim, case: &Case) -> bool {
    // Of "urged Iran to return to the talks" nobody's things are asked back: whose they are stands within what is asked for.
    let Some(object) = claim.object.filter(|_| claim.kind == EventType::Request) else { return false };
    let words = case.cast.words(object).to_lowercase();
    let back = words.split(|c: char| !c.is_alphabetic()).any(|word| holds(&LISTS.given_back, word));
    if !back || !claim.recipients.iter().all(|party| object.holds(party.span) || party.is_implied()) {
        return false;
    }
    let whose = claim.recipients.iter().find_map(|party| party.country.as_deref());
    let seized = |other: &&Claim| {
        let arrest = matches!(other.mode.as_deref(), Some("seize" | "arrest" | "abduct"));
        let of = |party: &Party| whose.is_none_or(|code| party.country.as_deref() == Some(code));
        matches!(other.kind, EventType::Coerce | EventType::Assault) && arrest && other.recipients.iter().any(of)
    };
    let told = case.told.back().chain(case.told.lead);
    let taker = told.filter(seized).find_map(|other| other.actors.iter().find_map(|party| party.country.as_deref()));
    let taker = taker.filter(|&code| Some(code) != case.actor && Some(code) != whose);
    case.replace(claim, taker.map(|code| party(code, "not named here: whoever took what is asked back")))
}

/// "after Mali had demanded **their** departure", "which **Iran** denied": nobody asks or denies himself; of another who
/// acts in the sentence, else of the other side.
pub(super) fn not_of_oneself(claim: &mut Claim, case: &Case) -> bool {
    let own = |party: &Party| party.country.is_some() && party.country.as_deref() == case.actor;
    let guessed = |party: &Party| {
        let words = case.cast.words(party.span).to_lowercase();
        let they = party.why.ends_with("«their»") || matches!(words.as_str(), "they" | "them" | "their");
        own(party) && (they || case.cast.is_state(party) && party.is_implied())
    };
    let state = claim.actors.iter().all(|party| case.cast.has_state(party));
    if !state || claim.recipients.is_empty() || !claim.recipients.iter().all(guessed) {
        return false;
    }
    let by = |other: &&Claim| other.actors.iter().any(own);
    let against = case.told.here.iter().rev().filter(by).flat_map(|other| &other.recipients);
    let others = case.told.here.iter().rev().flat_map(|other| &other.actors);
    let other =
        others.chain(against).filter_map(|party| party.country.as_deref()).find(|&code| Some(code) != case.actor);
    let other = other.map(|code| party(code, "not named here: who acts beside it"));
    let other = other.or_else(|| case.actor.and_then(|actor| other_side(case.cast, actor)));
    case.replace(claim, other)
}

#[cfg(test)]
mod tests {
    use crate::{EventType, Report, code, parse, text};

    /// The countries that the last claim of a type falls on.
    fn on(kind: EventType, words: &str) -> Vec<String> {
        let report = Report::from_text("one", words);
        let sentences = parse::parse_tokens(&report.text, &text::split(&report.text));
        let annotation = code(report, sentences);
        let claim = annotation.claims.iter().rev().find(|claim| claim.kind == kind).expect("a claim");
        claim.recipients.iter().filter_map(|party| party.country.clone()).collect()
    }

    #[test]
    fn steps_in_one_breath_are_against_the_same() {
        let story = "France and Mali quarrel over an envoy. Algeria is against Mali's plan as well.\n\n\
                     The bloc ECOWAS imposed a trade embargo on Mali, closing borders and freezing accounts.";
        assert_eq!(on(EventType::Coerce, story), ["MLI"]);
    }

    #[test]
    fn what_was_taken_is_asked_back_of_whoever_took_it() {
        let story =
            "Iran seized the British tanker Rosehip on Friday. Germany demanded the release of the British ship.";
        assert_eq!(on(EventType::Request, story), ["IRN"]);
    }

    #[test]
    fn who_is_urged_to_return_to_talks_is_urged() {
        let story = "Britain seized the Iranian tanker Rosehip on Friday. Germany urged Iran to return to the talks.";
        assert_eq!(on(EventType::Request, story), ["IRN"]);
    }
}
