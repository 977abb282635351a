//! Of which country a crowd is, and against whom it gathers.

use super::{Case, force::suffers, is_known, is_of_neither};
use crate::{
    Claim, Party,
    code::{
        cast::is_embassy,
        parties::sides::{give_country, ground, home, other_side, party},
    },
};

/// Who protests, and against whom.
pub(super) fn protest(claim: &mut Claim, case: &Case) {
    if case.actor.is_none() {
        gathers(claim, case);
    } else {
        at_mission(claim, case);
    }
    if is_known(claim) || is_of_neither(claim) {
        return;
    }
    case.take(claim, suffers(claim, case));
}

/// A crowd is of the country where it gathers.
fn gathers(claim: &mut Claim, case: &Case) {
    let cast = case.cast;
    let against = claim.recipients.iter().find_map(|party| party.country.as_deref());
    // "the streets of Dhaka", taken for whom it is held against
    let streets = || against.map(|code| party(code, "not named here: of the place"));
    // Whoever gathers at a mission is not of the country that sent it.
    let mission = claim.recipients.iter().any(|party| party.sectors.contains(&"DIP"));
    let other = || against.and_then(|code| other_side(cast, code));
    let around = || cast.told_from().map(|code| party(code, "not named here: where the report comes from"));
    // "marched against Lukashenko's rule": whoever leads a state is marched against by its own people.
    let led = || {
        let led = |party: &&Party| {
            let leader = party.why.starts_with("name of") || party.why.starts_with("holder of");
            leader && cast.has_state(party) && !cast.is_state(party) && party.sectors.contains(&"GOV")
        };
        let code = claim.recipients.iter().find(led)?.country.as_deref()?;
        Some(party(code, "not named here: of whoever is led"))
    };
    let nation = ground(claim, cast)
        .or_else(|| home(cast))
        .or_else(led)
        .or_else(other)
        .or_else(|| streets().filter(|_| !mission))
        .or_else(|| around().filter(|_| claim.recipients.is_empty()));
    match (nation, claim.actors.first_mut()) {
        (Some(nation), Some(crowd)) => give_country(crowd, &nation),
        // "Rallies were held in Amman"
        (Some(nation), None) => claim.actors.push(Party { sectors: vec!["CVL"], ..case.implied(nation) }),
        (None, _) => {}
    }
}

/// A crowd at a foreign mission is of the place where it stands.
fn at_mission(claim: &mut Claim, case: &Case) {
    let Some(here) = ground(claim, case.cast).filter(|here| here.country.as_deref() != case.actor) else { return };
    let own = |party: &Party| party.country.as_deref() == case.actor;
    // "a demonstration at the Israeli embassy in Cairo turned violent": whose the embassy is does not demonstrate there.
    let mission = |party: &Party| case.cast.words(party.span).to_lowercase().split(' ').any(is_embassy);
    if claim.actors.iter().all(mission) {
        claim.recipients = std::mem::take(&mut claim.actors);
        claim.actors.push(Party { sectors: vec!["CVL"], ..case.implied(here) });
        return;
    }
    if !claim.recipients.is_empty() && claim.recipients.iter().all(own) {
        for party in &mut claim.actors {
            party.country.clone_from(&here.country);
        }
    }
}
