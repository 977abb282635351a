//! Parties that were taken for somebody of the wrong side: nobody sanctions, accuses or attacks himself.

use super::sides::{give_country, ground, other_side};
use crate::{
    Claim, EventType, Party,
    code::{
        cast::{self, Cast},
        lists::{LISTS, holds},
    },
};

/// A paper at home names its own ministries and parliament without their country: "the Department of Foreign Affairs
/// summoned China's envoy". Of two sides, who deals with the one is of the other.
pub(super) fn native(claim: &mut Claim, cast: &Cast) {
    // Only states summon, expel and break off.
    let measure = claim.kind == EventType::Sanction || claim.cameo.as_deref() == Some("114");
    let body = |party: &Party| {
        let state = party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "DIP" | "LEG" | "MIL" | "COP" | "JUD"));
        let name = party.name.as_deref().unwrap_or_default().to_lowercase();
        let named = name.split(' ').any(|word| holds(&LISTS.bodies, word));
        // "The mediators", "observers": of neither side.
        let words = cast.words(party.span).to_lowercase();
        let outside = words.split(' ').next_back().is_some_and(|word| cast::is_outsider(word) || cast::is_states(word));
        party.country.is_none() && (state || named || measure) && !party.sectors.contains(&"UAF") && !outside
    };
    if claim.actors.is_empty() || !claim.actors.iter().all(body) {
        return;
    }
    let dealt = claim.recipients.iter().find_map(|party| party.country.as_deref());
    let Some(own) = dealt.and_then(|dealt| other_side(cast, dealt)) else { return };
    for party in &mut claim.actors {
        give_country(party, &own);
    }
}

/// "Security forces opened fire on a funeral **in Bago**": guards whose country is only guessed are of the place, where
/// the report is about that country.
pub(super) fn guards(claim: &mut Claim, cast: &Cast) {
    if !matches!(claim.kind, EventType::Assault | EventType::Coerce) {
        return;
    }
    let Some(place) =
        ground(claim, cast).filter(|place| place.country.as_deref().is_some_and(|code| cast.focus_holds(code)))
    else {
        return;
    };
    let guess = |party: &Party| {
        party.why.starts_with("in the account of")
            && party.sectors.iter().any(|sector| matches!(*sector, "COP" | "MIL"))
            && !party.country.as_deref().is_some_and(|code| cast.focus_holds(code))
    };
    for party in claim.actors.iter_mut().filter(|party| guess(party)) {
        give_country(party, &place);
    }
}

/// "Ortega called **it** a violation", "declared **the ambassador** persona non grata", "**He** blamed Somalia": states do
/// nothing hostile to themselves, so that one of the two was taken for somebody of the wrong side.
pub(super) fn against_oneself(claim: &mut Claim, cast: &Cast) {
    use EventType::{Accuse, Assault, Reject, Sanction, Threaten};
    if claim.kind == Assault {
        intruders(claim, cast);
    }
    if !matches!(claim.kind, Accuse | Reject | Sanction | Threaten) {
        return;
    }
    let Some(country) = claim.actors.iter().find_map(|party| party.country.clone()) else { return };
    let same = |party: &Party| party.country.as_deref() == Some(country.as_str());
    let state = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "DIP" | "MIL"));
    if !claim.actors.iter().all(|party| same(party) && state(party)) {
        return;
    }
    // A pronoun for the deed that was taken for its doer.
    claim.recipients.retain(|party| !(same(party) && cast.is_pronoun(party)));
    // "will meet a response from its army and the world": nobody of another country is meant.
    if claim.kind == Threaten
        && claim.recipients.iter().any(same)
        && claim
            .recipients
            .iter()
            .all(|party| party.country.is_none() && party.name.is_none() || same(party) && state(party))
    {
        claim.recipients.clear();
        return;
    }
    if claim.recipients.is_empty() || !claim.recipients.iter().all(same) {
        return;
    }
    // "vowed a firm answer from its army": nobody threatens his own state.
    if claim.kind == Threaten && claim.recipients.iter().all(state) {
        claim.recipients.clear();
        return;
    }
    let Some(other) = other_side(cast, &country) else { return };
    let give = |parties: &mut Vec<Party>| {
        for party in parties {
            give_country(party, &other);
        }
    };
    let guessed = |party: &Party| party.why.starts_with("in the account of");
    // "said that its neighbour had opened the border, and accused Ankara": who is named is not who was guessed.
    let named = |party: &Party| party.why.starts_with("name of") || party.why == "seat of government";
    let taken =
        |party: &Party| guessed(party) || party.why.starts_with("one of two") || party.why.starts_with("takes up");
    if claim.recipients.iter().all(named)
        && claim.actors.iter().all(taken)
        && let Some(other) = other_side(cast, &country)
    {
        for party in &mut claim.actors {
            give_country(party, &other);
        }
        return;
    }
    let office = |party: &Party| guessed(party) || party.why.starts_with("holder of the office");
    let envoy = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "DIP"));
    // "Joel Meyer was summoned by the minister": never by his own.
    if claim.cameo.as_deref() == Some("114")
        && claim.actors.iter().all(office)
        && !claim.recipients.iter().any(office)
        && claim.recipients.iter().all(envoy)
    {
        give(&mut claim.actors);
        return;
    }
    if claim.recipients.iter().all(guessed) && claim.kind == Sanction {
        give(&mut claim.recipients);
    }
}

/// "**They** had entered Russian waters", said of Ukraine's boats: what a state and its land suffer is not its own deed.
fn intruders(claim: &mut Claim, cast: &Cast) {
    let Some(country) = claim.actors.first().and_then(|party| party.country.clone()) else { return };
    let same = |party: &Party| party.country.as_deref() == Some(country.as_str());
    let pronoun = |party: &Party| cast.is_pronoun(party);
    let state = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "DIP" | "MIL"));
    if claim.recipients.is_empty() || !claim.actors.iter().chain(&claim.recipients).all(same) {
        return;
    }
    let Some(other) = other_side(cast, &country) else { return };
    let wrong = if claim.recipients.iter().all(pronoun) && claim.actors.iter().all(state) {
        &mut claim.recipients
    } else if claim.actors.iter().all(pronoun) && claim.recipients.iter().all(state) {
        &mut claim.actors
    } else {
        return;
    };
    let span = wrong[0].span;
    *wrong = vec![Party { span, ..other }];
}

/// "**They** hit me," the consul said: whoever harms the speaker is not of his side.
pub(super) fn against_the_speaker(claim: &mut Claim, cast: &Cast) {
    let spoken = |party: &Party| party.why.starts_with("speaker of the words") || party.why.ends_with("«our»");
    let Some(own) = claim.recipients.iter().find_map(|party| party.country.clone()) else { return };
    let they = |party: &Party| party.country.as_deref() == Some(own.as_str()) && cast.is_pronoun(party);
    if claim.kind.quad() != 4 || claim.actors.is_empty() || !claim.actors.iter().all(they) {
        return;
    }
    if !claim.recipients.iter().all(spoken) {
        return;
    }
    if let Some(other) = other_side(cast, &own) {
        let span = claim.actors[0].span;
        claim.actors = vec![Party { span, ..other }];
    }
}
