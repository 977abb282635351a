//! Who is blamed, answered or warned where the sentence names nobody: what the report has told before and beside it.

use super::sides::party;
use crate::{
    Claim, EventType, Modality, Party,
    code::{
        cast::Cast,
        lists::{LISTS, holds},
    },
};

/// Letters that a verb and its noun have in common: "seized" and "seizure".
const STEM: usize = 4;

/// What a claim is about, where that tells whom it is meant for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// An attack, whoever did it: "condemned the raid".
    Deed,
    /// A step that has no name of its own: "backed the decision", "welcomed the operation".
    Step,
    /// Something demanded of nobody named: "demanded an apology".
    Demand,
    /// Something promised to nobody named.
    Promise,
    /// What somebody has said: "criticized the remarks".
    Words,
    /// Those killed or hurt in an attack, and not only the attack: "nine had died".
    Victims,
    /// Anything else.
    Other,
}

/// Whether those whom an accusation names are those whom the deed fell on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallen {
    /// They are not.
    No,
    /// It was done where they are: a coup **in** Niger may be somebody's of Niger.
    There,
    /// It was done to them: "condemned the raid **on** Mali".
    On,
}

/// What the report has told before a claim.
#[derive(Clone)]
pub struct Told<'a> {
    /// The claims of the report's first sentences, in which it tells what it is about.
    pub lead: &'a [Claim],
    /// The latest claims of the sentences before.
    pub earlier: &'a [Claim],
    /// The claims of the same sentence that stand above.
    pub here: &'a [Claim],
    /// What the claim is about.
    pub about: About,
    /// The type of the step that the claim is about: "condemned the missile **test**".
    pub step: Option<EventType>,
    /// The words for that step and the words beside it, lower case: "forced", "landing".
    pub words: &'a [String],
    /// The word for what is turned down: "argument", "offer".
    pub answered: Option<String>,
    /// Whether the recipients are those whom that attack fell on.
    pub victims: Fallen,
}

impl<'a> Told<'a> {
    pub(super) fn is_deed(&self) -> bool {
        self.about == About::Deed
    }

    /// True where the report has told of something hostile that one party did or said to the other.
    pub(super) fn hostile(&self, one: &Party, other: &str) -> bool {
        let by = |party: &Party| party.country == one.country;
        let on = |party: &Party| party.country.as_deref() == Some(other);
        self.back().any(|claim| claim.kind.quad() > 2 && claim.actors.iter().any(by) && claim.recipients.iter().any(on))
    }

    /// True where the report has told of people of a country who protest there and against nobody else.
    pub(super) fn marched(&self, own: &Party) -> bool {
        let within = |parties: &[Party]| parties.iter().all(|party| party.country == own.country);
        let march = |claim: &Claim| {
            claim.kind == EventType::Protest
                && !claim.actors.is_empty()
                && within(&claim.actors)
                && within(&claim.recipients)
        };
        self.lead.iter().chain(self.earlier).any(march)
    }

    /// The latest first.
    pub(super) fn back(&self) -> impl Iterator<Item = &'a Claim> + use<'a> {
        self.here.iter().rev().chain(self.earlier.iter().rev())
    }
}

/// "called **it** an outrage": a deed is condemned so, and hardly a country.
pub(super) fn is_of_deed(claim: &Claim, cast: &Cast) -> bool {
    let it = |party: &Party| cast.is_pronoun(party) && cast.words(party.span).eq_ignore_ascii_case("it");
    claim.mode.as_deref() == Some("disapprove") && claim.recipients.iter().all(it)
}

/// Who did what is condemned: the actors of the last attack by somebody else. Who is no party to the crisis condemns what
/// the report opens with, be it an attack or another step.
///
/// Whom the deed fell on, `spared`, did not do it.
pub(super) fn culprits(cast: &Cast, accuser: &str, spared: Option<&str>, told: &Told) -> Vec<Party> {
    let counts = |claim: &&Claim| {
        let innocent =
            claim.actors.iter().any(|party| party.country.as_deref().is_some_and(|code| Some(code) == spared));
        let own_deed = |party: &Party| claim.actors.iter().all(|actor| actor.country == party.country);
        let within = told.step.is_some() && !claim.recipients.is_empty() && claim.recipients.iter().all(own_deed);
        let foreign = claim.actors.iter().any(|party| party.country.as_deref().is_some_and(|code| code != accuser));
        let own = claim.actors.iter().any(|party| party.country.as_deref() == Some(accuser));
        foreign && !own && !innocent && !within && !claim.historical && claim.modality != Modality::Negated
    };
    let attack = |claim: &&Claim| claim.kind == EventType::Assault;
    let force = |claim: &&Claim| matches!(claim.kind, EventType::Assault | EventType::Coerce);
    let step = |claim: &&Claim| !claim.kind.verbal() && claim.kind != EventType::Consult;
    let lead = || told.lead.iter().filter(|_| !cast.focus_holds(accuser)).filter(counts);
    let headline = || lead().take_while(|claim| claim.sentence == 0);
    let opening = if told.is_deed() { headline().find(force) } else { headline().find(step) };
    // "Qatar condemned the strike": the one that fell on Qatar, not the shooting that was told of last.
    let on_own = |claim: &&Claim| {
        let own = |code: Option<&String>| code.is_some_and(|code| code == accuser);
        claim.recipients.iter().any(|party| own(party.country.as_ref()))
            || own(claim.place.as_ref().and_then(|place| place.country.as_ref()))
    };
    let suffered = || told.back().filter(counts).filter(attack).find(on_own);
    let last = || told.back().filter(counts).find(attack);
    let measure = |kind: EventType| matches!(kind, EventType::Sanction | EventType::Coerce);
    let alike = |kind: EventType| told.step.is_some_and(|step| step == kind || measure(step) && measure(kind));
    let named = |kind: EventType| kind != EventType::Assault && alike(kind);
    // "condemned **the forced landing**": of the steps told of the one whose words these are; a launch is the first that the
    // report tells of, whatever was fired in answer.
    let armed = told.words.iter().any(|word| holds(&LISTS.munitions, word));
    let fires = |claim: &&Claim| {
        claim.kind == EventType::Mobilize && claims_words(cast, claim).any(|word| holds(&LISTS.munitions, &word))
    };
    let first = told.lead.iter().filter(counts).find(fires).filter(|_| armed);
    let open = |kind: EventType| named(kind) || told.step.is_none() && !told.is_deed() && kind.quad() == 4;
    let mut counted = told.back().filter(counts).filter(|claim| open(claim.kind));
    let worded = || counted.find(|claim| is_worded(cast, claim, told));
    let found = first.or_else(worded).or_else(|| told.back().filter(counts).find(|claim| named(claim.kind)));
    let found = found.or(opening).or_else(|| lead().find(attack)).or_else(suffered).or_else(last);
    let outside = !cast.focus_holds(accuser);
    let found =
        found.or_else(|| lead().find(force)).or_else(|| told.back().filter(counts).find(force).filter(|_| outside));
    let Some(claim) = found else { return vec![] };
    let of = if claim.id.is_empty() { "what the sentence tells of" } else { &claim.id };
    let why = format!("not named here: actor of {of}");
    let mut codes: Vec<&str> = claim.actors.iter().filter_map(|party| party.country.as_deref()).collect();
    codes.dedup();
    codes.into_iter().map(|code| party(code, &why)).collect()
}

/// The words of a claim, lower case.
fn claims_words<'c>(cast: &'c Cast, claim: &Claim) -> impl Iterator<Item = String> + use<'c> {
    let words = cast.words(claim.span);
    words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// True where a claim is told in the words by which another speaks of it: "was **seized**", of "the **seizure**".
fn is_worded(cast: &Cast, claim: &Claim, told: &Told) -> bool {
    let stem = |word: &str| word.chars().take(STEM).collect::<String>();
    let long = told.words.iter().filter(|word| word.len() >= STEM).map(|word| stem(word));
    let long: Vec<String> = long.collect();
    claims_words(cast, claim).any(|word| word.len() >= STEM && long.contains(&stem(&word)))
}

/// Who has attacked the actor's own before: whom it answers where it names nobody.
pub(super) fn assailant(actor: &str, told: &Told) -> Option<Party> {
    let hits = |claim: &&Claim| {
        let own = claim.recipients.iter().any(|party| party.country.as_deref() == Some(actor));
        claim.kind.quad() == 4 && own && !claim.historical
    };
    let claim = told.back().filter(hits).find(|claim| claim.actors.iter().any(|party| party.country.is_some()))?;
    let country = claim.actors.iter().find_map(|party| party.country.clone()).filter(|code| code != actor)?;
    Some(party(&country, "not named here: whoever attacked it"))
}

/// Who has charged the actor with something before: by an accusation, or by telling of a deed of his; with `requests` by
/// a demand too.
pub(super) fn accuser(accused: &str, requests: bool, earlier: &[Claim]) -> Option<Party> {
    let of = |party: &Party| party.country.as_deref() == Some(accused);
    let charge = |claim: &&Claim| match claim.kind {
        EventType::Accuse | EventType::Reject | EventType::Threaten => claim.recipients.iter().any(of),
        EventType::Request => requests && claim.recipients.iter().any(of),
        kind => kind.quad() == 4 && claim.actors.iter().any(of),
    };
    let by = |claim: &Claim| {
        let source = claim.attribution.as_ref().and_then(|said| said.source.as_ref());
        let who = if claim.kind.verbal() { claim.actors.first() } else { source };
        let country = who.and_then(|who| who.country.clone());
        let country = country.filter(|country| country != accused && country != "MEDIA")?;
        Some(party(&country, &format!("not named here: accuser in {}", claim.id)))
    };
    earlier.iter().rev().take(8).filter(charge).find_map(by)
}

/// Who took the step of this type against the actor, that it answers: "rejected **the sanctions**".
pub(super) fn stepper(kind: EventType, actor: &str, told: &Told) -> Option<Party> {
    let own = |party: &Party| party.country.as_deref() == Some(actor);
    let measure = |kind: EventType| matches!(kind, EventType::Sanction | EventType::Coerce);
    let alike = |other: EventType| other == kind || measure(other) && measure(kind);
    let against = |claim: &&Claim| alike(claim.kind) && claim.recipients.iter().any(own) && !claim.historical;
    let claim = told.back().filter(against).find(|claim| claim.actors.iter().any(|party| party.country.is_some()))?;
    let country = claim.actors.iter().find_map(|party| party.country.clone()).filter(|code| code != actor)?;
    Some(party(&country, "not named here: whose step it answers"))
}

/// Whose words or offer are turned down by a word for them: "dismissed **that argument**", "an offer that Oslo rejected",
/// "a **request** that Downing Street turned down".
pub(super) fn offerer(claim: &Claim, told: &Told) -> Option<Party> {
    use EventType::{Accuse, Agree, Aid, Reject, Request, Support};
    let noun = told.answered.as_deref()?;
    let meant = |kind: EventType| match kind {
        Request => holds(&LISTS.pleas, noun) || holds(&LISTS.overtures, noun) || holds(&LISTS.arguments, noun),
        Agree | Aid | Support => holds(&LISTS.overtures, noun),
        Accuse => holds(&LISTS.charges, noun) || holds(&LISTS.arguments, noun),
        Reject => holds(&LISTS.arguments, noun),
        _ => false,
    };
    let near = |other: &&Claim| other.sentence + 1 >= claim.sentence;
    let said = |other: &&Claim| meant(other.kind) && other.act != claim.act && !other.actors.is_empty();
    let other = told.back().take_while(near).find(said)?;
    let who = other.actors.iter().find_map(|party| party.country.as_deref())?;
    // A request may be turned down at home; a charge is always somebody else's.
    let own = claim.actors.iter().any(|party| party.country.as_deref() == Some(who));
    (!own || other.kind == Request).then(|| party(who, "not named here: whose words it answers"))
}

/// Whom the same actor has turned against right before: "recalled its envoy from Tehran and **downgraded relations**".
pub(super) fn continued(claim: &Claim, actor: &str, told: &Told) -> Option<Party> {
    let near = |other: &&Claim| other.sentence + 1 >= claim.sentence;
    let by = |party: &Party| party.country.as_deref() == Some(actor);
    let hostile = |other: &&Claim| other.kind.quad() >= 3 && other.actors.iter().any(by);
    let before = told.back().take_while(near).filter(hostile);
    foreign(before, actor, "not named here: whom it turned against before")
}

/// Against whom others have just done the same: "Sudan expelled Iran's envoy, and **Kuwait recalled its own**".
pub(super) fn joined(claim: &Claim, actor: &str, told: &Told) -> Option<Party> {
    let near = |other: &&Claim| other.sentence + 1 >= claim.sentence;
    let same = told.back().take_while(near).filter(|other| other.kind == claim.kind);
    foreign(same, actor, "not named here: against whom others did the same")
}

/// The first recipient of these claims that is of another country.
fn foreign<'a>(claims: impl Iterator<Item = &'a Claim>, actor: &str, why: &str) -> Option<Party> {
    let mut recipients = claims.flat_map(|claim| &claim.recipients).filter_map(|party| party.country.as_deref());
    recipients.find(|&code| code != actor).map(|code| party(code, why))
}

/// Who has said something last, where what is criticized are words: "criticized **the remarks**".
pub(super) fn speaker(claim: &Claim, actor: &str, told: &Told) -> Option<Party> {
    let near = |other: &&Claim| other.sentence + 2 >= claim.sentence;
    let said = |other: &&Claim| {
        let source = other.attribution.as_ref().and_then(|said| said.source.as_ref());
        let who = if other.kind.verbal() { other.actors.first() } else { source };
        who.and_then(|who| who.country.as_deref()).is_some_and(|code| code != actor && code != "MEDIA")
    };
    let other = told.back().take_while(near).find(said)?;
    let source = other.attribution.as_ref().and_then(|said| said.source.as_ref());
    let who = if other.kind.verbal() { other.actors.first() } else { source };
    Some(party(who?.country.as_deref()?, "not named here: whoever spoke before"))
}
