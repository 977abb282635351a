//! "The attack" that was told of before: a claim built on a definite event noun learns from the claim it points back to.
//!
//! Only what the later sentence leaves open is taken over: who did it, and whose victims they were.

use std::collections::BTreeSet;

use super::{
    arguments::is_verbal,
    cast::Cast,
    frames::Match,
    lists::{LISTS, holds},
};
use crate::{Claim, EventType, Modality, Party, Relation as R, Span, Tree, Upos};

/// How the `why` of an author begins who was taken over from an earlier claim.
pub const TAKEN_OVER: &str = "not named here: author of the event told of in";

/// How many claims back who has fired a missile is looked for.
const LAUNCHES: usize = 40;

/// How many sentences back "the attack" may point for who did it.
const NEAR: usize = 3;

/// Where in its sentence a claim rests on a definite event noun: the trigger itself, or its subject ("the attack, which
/// killed 26").
pub fn definite_event(tree: &Tree, found: &Match, is_event: impl Fn(usize) -> bool) -> Option<usize> {
    let definite = |i: usize| {
        tree.children(i).any(|c| {
            tree.relation(c) == R::Det
                && matches!(tree.lemma(c).to_ascii_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
        })
    };
    // "the attack", "lost in the attack", "the attack, which killed"
    let words = found.wording.iter().copied().filter(|&i| !is_verbal(tree, i));
    // "two were killed and three injured **in the attack**"
    let verbs = || {
        let joined = tree.children(found.trigger).filter(|&c| tree.relation(c) == R::Conj);
        std::iter::once(found.trigger).chain(joined).filter(|&verb| is_verbal(tree, verb))
    };
    let within = |c: &usize| {
        let case = tree.child(*c, R::Case).map(|case| tree.lemma(case));
        tree.relation(*c) == R::Obl && matches!(case, Some("in" | "during"))
    };
    let circumstances: Vec<usize> = verbs().flat_map(|verb| tree.children(verb).filter(within)).collect();
    words.chain(found.arguments.subject).chain(circumstances).find(|&i| is_event(i) && definite(i))
}

/// Fills the actors of a claim on an attack from the latest earlier claim on one, if that tells who did it and is near:
/// "Iran fired missiles into Pakistan. The attack killed two."
pub fn inherit_actors(claim: &mut Claim, at: usize, tree: &Tree, earlier: &[Claim]) {
    let known = |parties: &[Party]| parties.iter().any(|party| party.country.is_some());
    if claim.kind != EventType::Assault || known(&claim.actors) {
        return;
    }
    let attack = |other: &&Claim| {
        let told = known(&other.actors) || known(&other.recipients);
        other.kind == EventType::Assault && !other.historical && told
    };
    let Some(last) = earlier.iter().rev().find(attack) else { return };
    // "X bombed Y, a raid that killed five": of one sentence whichever claim tells who did it.
    let beside = earlier.iter().rev().take_while(|other| other.sentence == last.sentence);
    let source = beside.filter(attack).find(|other| known(&other.actors)).unwrap_or(last);
    let near = claim.sentence - source.sentence <= NEAR && source.modality == Modality::Occurred;
    let near = near && !on_other_days(claim, source);
    let own = |party: &Party| claim.recipients.iter().any(|other| other.country == party.country);
    if !near || source.actors.iter().any(own) {
        return;
    }
    let span = tree.sentence.tokens[at].span;
    let why = format!("{TAKEN_OVER} {}", source.id);
    claim.actors = source.actors.iter().map(|party| Party { span, why: why.clone(), ..party.clone() }).collect();
}

/// True for two that are told of different days: "the October 7 massacre" is not the raid of today.
fn on_other_days(one: &Claim, other: &Claim) -> bool {
    let day = |claim: &Claim| {
        let date = claim.date.as_ref().map(|date| &date.value).filter(|value| value.len() >= 10)?;
        date.get(..10).map(str::to_owned)
    };
    matches!((day(one), day(other)), (Some(a), Some(b)) if a != b)
}

/// Fills the actors of an attack that names nobody from what was told just before of an attack on the same side: "Jets
/// bombed Erbil. Five people were killed."
pub fn inherit_author(claim: &mut Claim, at: usize, tree: &Tree, here: &[Claim], earlier: &[Claim]) {
    let known = |parties: &[Party]| parties.iter().any(|party| party.country.is_some());
    let occurred = claim.modality == Modality::Occurred && !claim.historical;
    if claim.kind != EventType::Assault || !claim.actors.is_empty() || !known(&claim.recipients) || !occurred {
        return;
    }
    let same_side = |other: &&Claim| {
        let one =
            |party: &Party| party.country.is_some() && claim.recipients.iter().any(|own| own.country == party.country);
        other.kind == EventType::Assault && other.recipients.iter().any(one)
    };
    let own =
        |party: &Party| party.country.is_some() && claim.recipients.iter().any(|other| other.country == party.country);
    let near = |other: &&Claim| claim.sentence - other.sentence <= 1;
    let Some(source) = here.iter().chain(earlier.iter().rev()).take_while(near).find(same_side) else { return };
    // Where both sides strike, nobody knows whose the dead are.
    let mutual = |other: &Claim| other.kind == EventType::Assault && other.actors.iter().any(own);
    let apart = |one: Option<&str>, other: Option<&str>| matches!((one, other), (Some(a), Some(b)) if a != b);
    let day = |claim: &Claim| claim.date.as_ref().map(|date| date.value.clone());
    if source.historical
        || source.modality != Modality::Occurred
        || !known(&source.actors)
        || source.actors.iter().any(own)
        || here.iter().chain(earlier).any(mutual)
        || apart(day(claim).as_deref(), day(source).as_deref())
    {
        return;
    }
    let span = tree.sentence.tokens[at].span;
    let of = if source.id.is_empty() { "this sentence" } else { &source.id };
    let why = format!("{TAKEN_OVER} {of}");
    claim.actors = source.actors.iter().map(|party| Party { span, why: why.clone(), ..party.clone() }).collect();
}

/// Fills what a claim on a thing leaves open from what was told of such a thing before: whose the bridge is that was hit, by
/// whom the missile was fired that flew.
pub fn inherit_thing<'a, I: DoubleEndedIterator<Item = &'a Claim>>(
    claim: &mut Claim,
    found: &Match,
    tree: &Tree,
    before: impl Fn() -> I,
    cast: &Cast,
) {
    if let Some(thing) = found.arguments.object {
        inherit_owner(claim, thing, tree, before(), cast);
    }
    if found.arguments.subject.is_none_or(|subject| is_fired(tree, subject)) {
        inherit_launcher(claim, (found.trigger, found.arguments.subject), tree, before(), cast);
    }
}

/// True for "the bridge", "that missile".
fn is_definite(tree: &Tree, noun: usize) -> bool {
    let the = |c: usize| matches!(tree.lemma(c).to_ascii_lowercase().as_str(), "the" | "this" | "that" | "same");
    tree.children(noun).any(|c| matches!(tree.relation(c), R::Det | R::Amod) && the(c))
}

/// True for what flies and has no will: "the missile", "it".
fn is_fired(tree: &Tree, subject: usize) -> bool {
    let word = tree.lemma(subject).to_lowercase();
    word == "it" || holds(&LISTS.munitions, &word)
}

/// Fills the recipients of an attack on a thing that was told of before: "drones hit the bridge at Kerch … **the bridge** was
/// last attacked in October".
fn inherit_owner<'a>(
    claim: &mut Claim,
    thing: usize,
    tree: &Tree,
    before: impl DoubleEndedIterator<Item = &'a Claim>,
    cast: &Cast,
) {
    let definite = is_definite(tree, thing);
    let common = tree.sentence.tokens[thing].upos == Upos::Noun;
    let bare = !tree.children(thing).any(|c| matches!(tree.relation(c), R::NmodPoss | R::Nmod | R::Compound));
    if claim.kind != EventType::Assault || !claim.recipients.is_empty() || !(definite && common && bare) {
        return;
    }
    let noun = tree.lemma(thing).to_lowercase();
    let same = |other: &&Claim| {
        let known = other.recipients.iter().any(|party| party.country.is_some());
        let words = || other.object.map(|object| cast.words(object).to_lowercase()).unwrap_or_default();
        other.kind.quad() == 4 && known && words().split(|c: char| !c.is_alphanumeric()).any(|word| word == noun)
    };
    let Some(source) = before.rev().take(LAUNCHES).find(same) else { return };
    let span = tree.sentence.tokens[thing].span;
    // Whose it is, and not that it is the same attack.
    let why = format!("not named here: whose it is told to be in {}", source.id);
    claim.recipients =
        source.recipients.iter().map(|party| Party { span, why: why.clone(), ..party.clone() }).collect();
}

/// "**The weapon** flew 900 km": whoever was told to have fired one.
fn inherit_launcher<'a>(
    claim: &mut Claim,
    (at, subject): (usize, Option<usize>),
    tree: &Tree,
    before: impl DoubleEndedIterator<Item = &'a Claim>,
    cast: &Cast,
) {
    let is_armed = |span: Span| {
        let words = cast.words(span).to_lowercase();
        words.split(|c: char| !c.is_alphanumeric()).any(|word| holds(&LISTS.munitions, word))
    };
    // "The torpedo killed 46": of whoever fired it right before. A missile that somebody fired is nobody's yet.
    let strikes = claim.kind == EventType::Assault && subject.is_some_and(|subject| is_definite(tree, subject));
    if !(strikes || claim.kind == EventType::Mobilize) || !claim.actors.is_empty() || !is_armed(claim.span) {
        return;
    }
    let fired = |other: &&Claim| {
        let kind = matches!(other.kind, EventType::Mobilize | EventType::Assault);
        let near = !strikes || claim.sentence - other.sentence <= NEAR;
        let known = other.actors.iter().any(|party| party.country.is_some());
        let own = |party: &Party| other.actors.iter().any(|actor| actor.country == party.country);
        kind && near && known && !other.historical && is_armed(other.span) && !claim.recipients.iter().any(own)
    };
    let Some(source) = before.rev().take(LAUNCHES).find(fired) else { return };
    let span = tree.sentence.tokens[at].span;
    let of = if source.id.is_empty() { "this sentence" } else { &source.id };
    let why = format!("{TAKEN_OVER} {of}");
    claim.actors = source.actors.iter().map(|party| Party { span, why: why.clone(), ..party.clone() }).collect();
}

/// True where the earlier deed fell on whoever acts now: what he does in turn falls on somebody else.
fn suffered(claim: &Claim, earlier: &Claim) -> bool {
    let among = |parties: &[Party], one: &Party| parties.iter().any(|party| party.country == one.country);
    let mut actors = claim.actors.iter().filter(|actor| actor.country.is_some());
    actors.any(|actor| among(&earlier.recipients, actor) && !among(&earlier.actors, actor))
}

/// Fills the recipients of a claim from the latest earlier claim of a type that has what it lacks. Unnamed people are of
/// a state (`of_state`), never of an organisation.
pub fn inherit(
    claim: &mut Claim,
    kind: EventType,
    at: usize,
    tree: &Tree,
    earlier: &[Claim],
    of_state: impl Fn(&Party) -> bool,
) {
    if claim.recipients.iter().any(|party| party.country.is_some()) {
        return;
    }
    let bare = claim.recipients.is_empty();
    let known = |other: &&Claim| {
        let told = |party: &Party| if bare { party.country.is_some() } else { of_state(party) };
        other.kind == kind && other.recipients.iter().any(told) && !suffered(claim, other)
    };
    let Some(source) = earlier.iter().rev().find(known).filter(|source| !on_other_days(claim, source)) else { return };
    let why = format!("{} {}", crate::claim::OF_BEFORE, source.id);
    if claim.recipients.is_empty() {
        let span = tree.sentence.tokens[at].span;
        claim.recipients =
            source.recipients.iter().map(|party| Party { span, why: why.clone(), ..party.clone() }).collect();
        return;
    }
    let countries: BTreeSet<&String> = source.recipients.iter().filter_map(|party| party.country.as_ref()).collect();
    if let (1, Some(&country)) = (countries.len(), countries.first()) {
        for party in &mut claim.recipients {
            party.country = Some(country.clone());
            party.why = format!("{}; country {why}", party.why);
        }
    }
}
