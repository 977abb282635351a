//! What is said and done within one state: its politicians speak of their own government, a government tells its own
//! people what to do.

use super::{
    blame::{About, Told},
    implied::Case,
    sides::{give_country, home, party},
};
use crate::{
    Claim, EventType, Modality, Party,
    code::{
        cast::Cast,
        lists::{LISTS, holds},
    },
};

/// "Students rejected an offer of the law minister", "urged the government to go": people are of the state that they speak
/// to. True where they are.
pub(super) fn speak_to_their_state(claim: &mut Claim, case: &Case) -> bool {
    let Some(own) = subjects(claim, case.cast) else { return false };
    for party in &mut claim.actors {
        give_country(party, &own);
    }
    true
}

/// The state whose people speak to a body or office of it that is told of without its name.
fn subjects(claim: &Claim, cast: &Cast) -> Option<Party> {
    let people = |party: &Party| {
        let many = party.sectors.iter().any(|sector| matches!(*sector, "CVL" | "EDU" | "LAB" | "OPP" | "PTY"));
        many && party.country.is_none() && party.name.is_none()
    };
    let office = |party: &Party| {
        let bare = !party.is_implied() && !cast.is_state(party) && cast.has_state(party);
        bare && matches!(party.sectors.first(), Some(&"GOV" | &"COP" | &"LEG" | &"PTY"))
            && party.why.starts_with("in the account")
    };
    let country = claim.recipients.first()?.country.as_deref()?;
    let one = claim.recipients.iter().all(|party| office(party) && party.country.as_deref() == Some(country));
    let all = !claim.actors.is_empty() && claim.actors.iter().all(people);
    (one && all).then(|| party(country, "not named here: the state that they speak to"))
}

/// "dropped the bill", "vowed a swift response" while the report is of one state and a crowd in it: towards its own. True
/// where it is.
pub(super) fn speak_to_those_who_march(claim: &mut Claim, case: &Case) -> bool {
    let own = home(case.cast).filter(|own| own.country.as_deref() == case.actor && case.told.marched(own));
    let open = claim.recipients.is_empty();
    case.replace(claim, own.filter(|_| open))
}

/// "The opposition called for an inquiry", "a senator hailed the decision": whom politicians at home speak of without a name
/// is their own state. True where they do.
pub(super) fn speak_of_their_state(claim: &mut Claim, case: &Case) -> bool {
    let open = claim.recipients.iter().all(Party::is_implied) && case.told.about != About::Deed;
    let own = if open { politicians(claim) } else { None };
    case.replace(claim, own)
}

/// The state of those who act where they are its politicians and not its government.
fn politicians(claim: &Claim) -> Option<Party> {
    let at_home =
        |party: &Party| is_politician(party) && !party.sectors.contains(&"GOV") && !party.sectors.contains(&"REB");
    let country = claim.actors.first()?.country.as_deref()?;
    let one = claim.actors.iter().all(|party| at_home(party) && party.country.as_deref() == Some(country));
    one.then(|| party(country, "not named here: the state of its politicians"))
}

/// "The Speaker denounced the strike", "the minister hailed the decision": of what their own state has done. True where it is.
pub(super) fn judge_own_step(claim: &mut Claim, case: &Case) -> bool {
    let open = claim.recipients.iter().all(Party::is_implied);
    let own = if open { own_step(claim, case.cast, case.told) } else { None };
    case.replace(claim, own)
}

/// The actor's own state where a step of its own is what its politicians condemn and its people in office praise: "the
/// Speaker denounced **the strike**" that her own country made, "the minister hailed **the decision**".
fn own_step(claim: &Claim, cast: &Cast, told: &Told) -> Option<Party> {
    if !matches!(told.about, About::Deed | About::Step) {
        return None;
    }
    let country = claim.actors.first()?.country.as_deref()?;
    let person = |party: &Party| {
        party.name.is_some()
            && cast.has_state(party)
            && !cast.is_state(party)
            && party.country.as_deref() == Some(country)
    };
    if !claim.actors.iter().all(person) {
        return None;
    }
    let own = |party: &Party| party.country.as_deref() == Some(country);
    let step = |other: &&Claim| {
        let hostile = other.kind.quad() == 4 && other.kind != EventType::Protest;
        hostile && !other.historical && other.modality != Modality::Negated && !other.actors.is_empty()
    };
    // Of its own side a minister condemns nothing, and a politician whatever it did in the report.
    let did = if claim.actors.iter().all(is_politician) {
        told.lead.iter().chain(told.earlier).chain(told.here).filter(step).any(|other| other.actors.iter().any(own))
    } else {
        let last = told.here.iter().rev().chain(told.earlier.iter().rev()).find(step);
        let opens = told.lead.iter().filter(step).any(|other| other.actors.iter().any(own));
        claim.kind == EventType::Support && (opens || last.is_some_and(|other| other.actors.iter().any(own)))
    };
    did.then(|| party(country, "not named here: the state whose step it is"))
}

/// True for people of a parliament or party, be they in office too: "House Speaker", "the Republican leader".
fn is_politician(party: &Party) -> bool {
    party.sectors.iter().any(|sector| matches!(*sector, "OPP" | "PTY" | "LEG" | "ELI"))
}

/// "The Congress stood with **the government**": whom politicians call so without more words is their own, whomever the
/// report called so last.
pub(super) fn rulers(claim: &mut Claim, cast: &Cast) {
    let Some(own) = politicians(claim) else { return };
    for party in &mut claim.recipients {
        let words = cast.words(party.span).to_lowercase();
        if holds(&LISTS.rulers, &words) && party.country != own.country {
            *party = Party { span: party.span, sectors: vec!["GOV"], ..own.clone() };
        }
    }
}

/// True for people who are somebody's own where the words do not tell whose: "citizens", "tourists".
pub(in crate::code) fn is_ones_own(cast: &Cast, party: &Party) -> bool {
    let words = cast.words(party.span).to_lowercase();
    words.split(' ').any(|word| holds(&LISTS.own_people, word))
}

/// "asked **tourists** to stay away", "apologized to **the citizens**": to its own people. True where it is.
pub(super) fn speak_to_their_people(claim: &mut Claim, case: &Case) -> bool {
    let own = told_at_home(claim, case.cast, case.told);
    case.take(claim, own)
}

/// The state of a government that tells people of no country what to do, or asks their pardon.
fn told_at_home(claim: &Claim, cast: &Cast, told: &Told) -> Option<Party> {
    if claim.recipients.is_empty() {
        return None;
    }
    let country = claim.actors.first()?.country.as_deref()?;
    let state = |party: &Party| {
        let governs =
            party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "MIL" | "COP" | "DIP" | "LEG" | "JUD"));
        governs && cast.has_state(party) && party.country.as_deref() == Some(country)
    };
    let people = |party: &Party| {
        let many = party.sectors.iter().any(|sector| matches!(*sector, "CVL" | "BUS" | "EDU" | "LAB"));
        many && party.country.is_none() && party.name.is_none()
    };
    if !claim.actors.iter().all(state) || !claim.recipients.iter().all(people) {
        return None;
    }
    // Whoever is at war in the land of others tells those who live there.
    let attacks = |other: &Claim| {
        other.kind == EventType::Assault && other.actors.iter().any(|party| party.country.as_deref() == Some(country))
    };
    let own = claim.recipients.iter().all(|party| is_ones_own(cast, party));
    let side = cast.at_home(country) && !told.lead.iter().chain(told.earlier).any(attacks);
    (own || side).then(|| party(country, "not named here: those whom it rules"))
}
