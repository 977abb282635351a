//! Who is accused, answered or threatened where nobody is named.

use super::{Case, beside::not_of_oneself, is_known, is_of_neither};
use crate::{
    Claim, Party,
    code::parties::{
        blame::{About, Fallen, accuser, assailant, continued, culprits, is_of_deed, offerer, speaker, stepper},
        home::{judge_own_step, speak_of_their_state, speak_to_their_state, speak_to_those_who_march},
        is_of_crisis,
        sides::{other_side, stranger},
    },
};

/// Whom an accusation blames.
pub(super) fn accuse(claim: &mut Claim, case: &Case) {
    let told = speak_to_their_state(claim, case)
        || inquires(claim)
        || judge_own_step(claim, case)
        || speak_of_their_state(claim, case)
        || blames_nobody(claim, case);
    if told || is_known(claim) {
        return;
    }
    // "criticized the remarks": whoever made them.
    let words = case.actor.filter(|_| case.told.about == About::Words);
    let speaker = words.and_then(|actor| speaker(claim, actor, case.told));
    if case.take(claim, speaker) || is_of_neither(claim) {
        return;
    }
    let Some(actor) = case.actor else { return };
    let mut blamed = culprits(case.cast, actor, None, case.told);
    if claim.recipients.is_empty() && blamed.len() > 1 {
        claim.recipients = case.all_implied(blamed);
        return;
    }
    // "India and Pakistan condemned it": neither the other.
    let among = |side: &Party| claim.actors.iter().any(|party| party.country == side.country);
    let other = (!blamed.is_empty()).then(|| blamed.swap_remove(0)).or_else(|| rival(claim, case, actor));
    let other = other.filter(|side| !among(side));
    case.take(claim, other);
}

/// "opened an inquiry": whoever looks into it blames nobody yet.
fn inquires(claim: &mut Claim) -> bool {
    let inquiry = claim.mode.as_deref() == Some("investigate") && claim.recipients.iter().all(Party::is_implied);
    if inquiry {
        claim.recipients.clear();
    }
    inquiry
}

/// Of the parties of the crisis whoever did it is blamed, and never those whom it fell on. True where nobody is left.
fn blames_nobody(claim: &mut Claim, case: &Case) -> bool {
    let told = case.told;
    let deed = told.victims != Fallen::No || claim.recipients.iter().all(is_of_crisis) || is_of_deed(claim, case.cast);
    let Some(actor) = case.actor.filter(|_| deed && !claim.recipients.is_empty()) else { return false };
    let fell_on = told.victims == Fallen::On;
    let victim = claim.recipients.iter().find_map(|party| party.country.as_deref()).filter(|_| fell_on);
    let mut found = culprits(case.cast, actor, victim, told);
    if found.is_empty()
        && let Some(victim) = victim
        && let Some(other) = other_side(case.cast, victim)
        && other.country.as_deref() != Some(actor)
        && told.hostile(&other, victim)
    {
        found.push(other);
    }
    // "condemned the raid on Mali" where nobody is told to have done it: not Mali's fault at any rate.
    if !found.is_empty() || fell_on && claim.mode.as_deref() == Some("disapprove") {
        claim.recipients = case.all_implied(found);
    }
    claim.recipients.is_empty()
}

/// Whom an accusation may mean though the report tells of no culprit. An attack by nobody known is condemned without blaming
/// the other side.
fn rival(claim: &Claim, case: &Case, actor: &str) -> Option<Party> {
    let (cast, told) = (case.cast, case.told);
    let among = |side: &Party| claim.actors.iter().any(|party| party.country == side.country);
    let step = !told.is_deed();
    stranger(cast, actor)
        .or_else(|| other_side(cast, actor).filter(|side| step && !among(side)))
        .or_else(|| continued(claim, actor, told).filter(|_| step && !cast.focus_holds(actor)))
        .or_else(|| assailant(actor, told))
        .or_else(|| accuser(actor, true, told.earlier).filter(|_| step && claim.recipients.is_empty()))
}

/// Whose charge, demand or offer is turned down.
pub(super) fn reject(claim: &mut Claim, case: &Case) {
    if speak_to_their_state(claim, case) {
        return;
    }
    drop_crisis_of_others(claim, case);
    if not_of_oneself(claim, case) {
        return;
    }
    if denies_charge(claim, case) || turns_down(claim, case) || is_known(claim) || is_of_neither(claim) {
        return;
    }
    case.take(claim, case.actor.and_then(|actor| answered(claim, case, actor)));
}

/// "Washington denied that the affair had harmed its ties": whoever is no party to the crisis denies it to nobody in it.
fn drop_crisis_of_others(claim: &mut Claim, case: &Case) {
    let outside = case.actor.is_some_and(|actor| !case.cast.focus_holds(actor));
    if outside && claim.mode.is_none() && claim.recipients.iter().all(is_of_crisis) {
        claim.recipients.clear();
    }
}

/// "Washington accuses Tehran of arming them, a charge which Tehran denies"
fn denies_charge(claim: &mut Claim, case: &Case) -> bool {
    let here = case.told.here;
    let before = here.iter().take_while(|other| other.act.end <= claim.act.start).count();
    let actor = case.actor.filter(|_| claim.recipients.iter().all(is_of_crisis));
    case.replace(claim, actor.and_then(|actor| accuser(actor, false, &here[..before])))
}

/// "an offer that Oslo rejected"
fn turns_down(claim: &mut Claim, case: &Case) -> bool {
    let other = if claim.recipients.iter().all(Party::is_implied) { offerer(claim, case.told) } else { None };
    case.replace(claim, other)
}

/// Whom a refusal answers, as the report tells before.
fn answered(claim: &Claim, case: &Case, actor: &str) -> Option<Party> {
    let (cast, told) = (case.cast, case.told);
    // "rejected the sanctions": of whoever imposed them.
    let step = told.step.and_then(|kind| stepper(kind, actor, told));
    // "Jordan rejected the attack"
    let culprit = || culprits(cast, actor, None, told).into_iter().next().filter(|_| told.is_deed());
    step.or_else(|| speaker(claim, actor, told).filter(|_| told.about == About::Words))
        .or_else(|| accuser(actor, false, told.earlier))
        .or_else(|| other_side(cast, actor))
        .or_else(culprit)
        .or_else(|| assailant(actor, told))
        .or_else(|| accuser(actor, true, told.earlier))
}

/// Whom a threat is meant for.
pub(super) fn threaten(claim: &mut Claim, case: &Case) {
    if speak_to_those_who_march(claim, case) || is_known(claim) {
        return;
    }
    // "vowed to pursue the attackers": whose they are is what the parties quarrel about.
    if claim.recipients.iter().any(|party| party.sectors.contains(&"UAF")) || is_of_neither(claim) {
        return;
    }
    let (cast, told) = (case.cast, case.told);
    let threatened = case.actor.and_then(|actor| {
        let before = continued(claim, actor, told).filter(|_| !cast.focus_holds(actor));
        let rival = before.or_else(|| other_side(cast, actor)).or_else(|| stranger(cast, actor));
        // "Saudi Arabia warned of grave consequences": for whoever did what the report is about.
        rival.or_else(|| assailant(actor, told)).or_else(|| culprits(cast, actor, None, told).into_iter().next())
    });
    case.take(claim, threatened);
}
