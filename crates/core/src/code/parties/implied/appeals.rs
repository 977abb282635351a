//! Whom an appeal, an offer, help or a concession is meant for where nobody is named.

use super::{
    Case,
    beside::{not_of_oneself, of_the_taker},
    is_known, is_of_neither,
};
use crate::{
    Claim, EventType, Modality, Party,
    code::parties::{
        blame::{About, accuser, assailant, culprits},
        home::{
            judge_own_step, speak_of_their_state, speak_to_their_people, speak_to_their_state, speak_to_those_who_march,
        },
        is_of_crisis,
        sides::{ground, other_side, stranger},
    },
};

/// Whom a demand or an appeal is made to.
pub(super) fn request(claim: &mut Claim, case: &Case) {
    if of_the_taker(claim, case) || not_of_oneself(claim, case) || speak_to_their_state(claim, case) {
        return;
    }
    demands_of_culprit(claim, case);
    let told = speak_to_their_people(claim, case) || speak_of_their_state(claim, case);
    if told || is_known(claim) || means_both_sides(claim, case) || is_of_neither(claim) {
        return;
    }
    let asked = case.actor.and_then(|actor| {
        // "approached the workers and urged them to stop"
        let people = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "CVL" | "BUS" | "EDU"));
        let nobody = claim.recipients.is_empty();
        let named = !nobody && !claim.recipients.iter().any(people);
        stranger(case.cast, actor)
            .or_else(|| other_side(case.cast, actor).filter(|_| named))
            .or_else(|| assailant(actor, case.told).filter(|_| nobody))
    });
    case.take(claim, asked);
}

/// "demanded an apology", "demanded that the assault cease": of the other side, or of whoever did it.
fn demands_of_culprit(claim: &mut Claim, case: &Case) {
    let open = |party: &Party| party.country.is_none() || is_of_crisis(party);
    let demand = case.told.about == About::Demand && claim.recipients.iter().all(open);
    let Some(actor) = case.actor.filter(|_| demand) else { return };
    let other = case.other_side();
    let found = other.map_or_else(|| culprits(case.cast, actor, None, case.told), |other| vec![other]);
    case.replace(claim, found);
}

/// "offered to mediate" (CAMEO 039), "appealed for calm", "was ready to help": whoever stands outside means both sides. True
/// where he does, and for whoever mediates between others than the two.
fn means_both_sides(claim: &mut Claim, case: &Case) -> bool {
    // "appealed to their partners"
    let unknown = |party: &Party| party.sectors.iter().all(|one| *one == "UNK");
    let open = match claim.kind {
        EventType::Request => claim.recipients.iter().all(unknown),
        _ => claim.recipients.is_empty(),
    };
    if !open || claim.modality == Modality::Negated {
        return false;
    }
    let sides = case.cast.focus();
    let outside = case.actor.is_some() && sides.iter().all(|side| side.country.as_deref() != case.actor);
    if sides.len() == 2 && outside {
        let why = "not named here: party of the crisis";
        return case.replace(claim, sides.iter().map(|side| Party { why: why.to_owned(), ..side.clone() }));
    }
    claim.kind == EventType::Agree && claim.cameo.as_deref() == Some("039")
}

/// What is praised or backed, and so whom.
pub(super) fn support(claim: &mut Claim, case: &Case) {
    let told = judge_own_step(claim, case) || backs_culprits(claim, case) || speak_of_their_state(claim, case);
    if told || is_known(claim) || is_of_neither(claim) {
        return;
    }
    case.take(claim, case.actor.and_then(|actor| stranger(case.cast, actor)));
}

/// "Canada backed the raids": of whoever made them.
fn backs_culprits(claim: &mut Claim, case: &Case) -> bool {
    let nobody = |party: &Party| party.is_implied() || party.country.is_none() && party.name.is_none();
    let deed = matches!(case.told.about, About::Deed | About::Step) && claim.recipients.iter().all(nobody);
    let outside = case.actor.filter(|actor| deed && !case.cast.focus_holds(actor));
    let found = outside.map(|actor| culprits(case.cast, actor, None, case.told));
    case.replace(claim, found.into_iter().flatten())
}

/// Whom help is for.
pub(super) fn aid(claim: &mut Claim, case: &Case) {
    if is_known(claim) || means_both_sides(claim, case) || is_of_neither(claim) {
        return;
    }
    // "guarded a camp in South Sudan"
    let armed = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "REB" | "UAF"));
    let peaceful = !claim.recipients.is_empty() && !claim.recipients.iter().any(armed);
    let land = ground(claim, case.cast).filter(|land| peaceful && land.country.as_deref() != case.actor);
    case.take(claim, land.or_else(|| case.actor.and_then(|actor| stranger(case.cast, actor))));
}

/// "announced a ceasefire": towards the other side.
pub(super) fn agree(claim: &mut Claim, case: &Case) {
    if is_known(claim) || means_both_sides(claim, case) || case.told.about != About::Promise {
        return;
    }
    if claim.recipients.is_empty() {
        case.take(claim, towards(claim, case));
    }
}

/// Whom somebody gives way to.
pub(super) fn concede(claim: &mut Claim, case: &Case) {
    drop_ones_own_troops(claim, case);
    if speak_to_those_who_march(claim, case) || speak_to_their_people(claim, case) {
        return;
    }
    if claim.recipients.is_empty() {
        case.take(claim, towards(claim, case));
    }
}

/// "will bring home its soldiers": they are nobody to whom way is given.
fn drop_ones_own_troops(claim: &mut Claim, case: &Case) {
    let own = |party: &Party| party.country.is_some() && party.country.as_deref() == case.actor;
    claim.recipients.retain(|party| !own(party) || !party.sectors.contains(&"MIL"));
}

/// From whom somebody withdraws: the other side, or whoever asked for it.
pub(super) fn retreat(claim: &mut Claim, case: &Case) {
    drop_ones_own_troops(claim, case);
    if is_known(claim) || is_of_neither(claim) {
        return;
    }
    let asked = || one_actor(claim, case).and_then(|actor| accuser(actor, true, case.told.earlier));
    case.take(claim, towards(claim, case).or_else(asked));
}

/// The other side, where whoever acts is of one country.
fn towards(claim: &Claim, case: &Case) -> Option<Party> {
    one_actor(claim, case).and_then(|actor| other_side(case.cast, actor))
}

/// The country of those who act where it is one.
fn one_actor<'a>(claim: &Claim, case: &Case<'a>) -> Option<&'a str> {
    case.actor.filter(|_| claim.actors.iter().all(|party| party.country.as_deref() == case.actor))
}
