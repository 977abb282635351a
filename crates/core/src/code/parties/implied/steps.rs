//! Steps of a state: who recalls envoys and cuts trade where nobody is named, against whom measures are taken and armies
//! moved.

use super::{Case, force::drop_ones_own, is_known, is_of_neither};
use crate::{
    Claim, EventType, Modality, Party,
    code::parties::{
        blame::{continued, joined},
        sides::{other_side, party, stranger},
    },
};

/// "Iran's envoy was summoned", "trade with Israel had been suspended, Ankara said": who tells it does it, else the other
/// side of the crisis. True for a measure that names nobody who takes it, whether somebody was found or not.
pub(super) fn taker(claim: &mut Claim, case: &Case) -> bool {
    let measure = claim.kind == EventType::Sanction || claim.cameo.as_deref() == Some("114");
    if !measure || !claim.actors.is_empty() || claim.modality == Modality::Negated {
        return false;
    }
    if let Some(doer) = before(claim, case) {
        claim.recipients.retain(|party| party.country.as_deref() != Some(doer));
        claim.actors.push(case.implied(party(doer, "not named here: whose step goes on")));
        return true;
    }
    let doer = claim.recipients.iter().find_map(|party| party.country.as_deref()).and_then(|target| {
        let teller = teller(claim, case).filter(|teller| *teller != target);
        teller.map(|code| party(code, "not named here: who tells it")).or_else(|| other_side(case.cast, target))
    });
    claim.actors.extend(doer.map(|doer| case.implied(doer)));
    true
}

/// "Togo left the pact. The guarantees are revoked, the office is closed": by whoever took the step before.
fn before<'a>(claim: &Claim, case: &Case<'a>) -> Option<&'a str> {
    if !claim.recipients.iter().all(|party| party.is_implied() || party.country.is_none()) {
        return None;
    }
    let near = |other: &&Claim| other.sentence + 2 >= claim.sentence;
    let mut last = case.told.back().take_while(near);
    let last = last.find(|other| other.kind == EventType::Sanction && !other.actors.is_empty())?;
    last.actors.iter().find_map(|party| party.country.as_deref())
}

/// The state or organisation that tells of a measure, where it may have taken it.
fn teller<'c>(claim: &'c Claim, case: &Case) -> Option<&'c str> {
    let cast = case.cast;
    let alone = cast.focus().len() < 2;
    let teller = claim.attribution.as_ref().and_then(|said| said.source.as_ref()).filter(|who| {
        alone && (cast.has_state(who) || cast.is_organization(who))
            || who.country.as_deref().is_some_and(|code| cast.focus_holds(code))
    });
    teller?.country.as_deref().filter(|code| *code != "MEDIA")
}

/// Against whom a measure is taken.
pub(super) fn sanction(claim: &mut Claim, case: &Case) {
    drop_ones_own(claim, case);
    if is_known(claim) || is_of_neither(claim) {
        return;
    }
    let target = case.actor.and_then(|actor| {
        stranger(case.cast, actor)
            .or_else(|| other_side(case.cast, actor))
            .or_else(|| continued(claim, actor, case.told))
            .or_else(|| joined(claim, actor, case.told))
    });
    case.take(claim, target);
}

/// "put its army on high alert": its own people are no target, the other side is.
pub(super) fn mobilize(claim: &mut Claim, case: &Case) {
    // "Its jets had been scrambled": by whoever has them.
    let owned = |party: &Party| ["«its»", "«their»", "«our»"].iter().any(|word| party.why.ends_with(word));
    if claim.actors.is_empty() && !claim.recipients.is_empty() && claim.recipients.iter().all(owned) {
        claim.actors = std::mem::take(&mut claim.recipients);
        let own = claim.actors.iter().find_map(|party| party.country.as_deref());
        claim.recipients = case.all_implied(own.and_then(|own| other_side(case.cast, own)));
        return;
    }
    // "sent 12,000 soldiers to the frontier"
    let sent = |party: &Party| party.country.is_none() && party.sectors.contains(&"MIL");
    let own = |party: &Party| sent(party) || party.country.is_some() && party.country.as_deref() == case.actor;
    if !claim.recipients.is_empty() && claim.recipients.iter().all(own) {
        let against = |actor| continued(claim, actor, case.told).or_else(|| other_side(case.cast, actor));
        claim.recipients = case.all_implied(case.actor.and_then(against));
    }
}
