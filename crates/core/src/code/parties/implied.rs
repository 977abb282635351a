//! Parties that a sentence leaves unsaid and the report implies: whose people were hit, whose conduct is condemned.
//!
//! Nothing that a sentence says is changed. What is filled in has the words it was worked out from as its span and
//! tells so in `why`.

use crate::{Claim, EventType, Party, PlaceMention, Span, code::cast::Cast};

/// Fills the country of recipients that have none, and recipients where there are none.
///
/// `earlier` are the claims of the report before this one, `places` the names of places in it;
/// `deed` tells that the claim is about an attack, whoever did it.
pub fn complete(claim: &mut Claim, trigger: Span, cast: &Cast, earlier: &[Claim], places: &[PlaceMention], deed: bool) {
    let actor = claim.actors.iter().find_map(|party| party.country.clone());
    // "Azerbaijani forces shelled Stepanakert": a town that is fought over is the other side's.
    if claim.kind == EventType::Assault
        && let Some(other) = actor.as_deref().and_then(|actor| other_side(cast, actor))
    {
        let named = |party: &Party| {
            let at = places.partition_point(|place| place.span.start < party.span.start);
            places.get(at).is_some_and(|place| place.span == party.span)
        };
        for party in claim.recipients.iter_mut().filter(|party| party.country == actor && named(party)) {
            *party = Party { span: party.span, ..other.clone() };
        }
    }
    // "closed its airspace": its own, and nobody's harm.
    if matches!(claim.kind, EventType::Sanction | EventType::Coerce) {
        claim.recipients.retain(|party| party.country.is_none() || party.country != actor || !is_possessive(party));
    }
    // "all borders were closed": within a country the state does it.
    if claim.kind == EventType::Coerce && claim.actors.is_empty() {
        claim.actors.extend(home(cast).map(|home| Party { span: trigger, sectors: vec!["GOV"], ..home }));
        return;
    }
    // A crowd is of the country where it gathers.
    if claim.kind == EventType::Protest && actor.is_none() {
        // "the streets of Dhaka", taken for whom it is held against
        let against =
            || claim.recipients.iter().find_map(|party| party.country.clone()).map(|code| party(&code, "of the place"));
        let nation = ground(claim).or_else(|| home(cast)).or_else(against);
        if let (Some(nation), Some(crowd)) = (nation, claim.actors.first_mut()) {
            crowd.country.clone_from(&nation.country);
            crowd.why = format!("{}; country {}", crowd.why, nation.why);
        }
    }
    // "put its army on high alert": its own people are no target, the other side is.
    if claim.kind == EventType::Mobilize {
        let own = |party: &Party| party.country.is_some() && party.country == actor;
        if !claim.recipients.is_empty() && claim.recipients.iter().all(own) {
            let other = actor.as_deref().and_then(|actor| other_side(cast, actor));
            claim.recipients = other.map(|other| Party { span: trigger, ..other }).into_iter().collect();
        }
        return;
    }
    if claim.recipients.iter().any(|party| party.country.is_some()) {
        return;
    }
    // "offered to mediate" (CAMEO 039): between the two sides.
    if claim.kind == EventType::Agree && claim.cameo.as_deref() == Some("039") && claim.recipients.is_empty() {
        let sides = cast.focus();
        if sides.len() == 2 && actor.is_some() && sides.iter().all(|side| side.country != actor) {
            let side = |side: &Party| Party {
                span: trigger,
                why: "not named here: party of the crisis".to_owned(),
                ..side.clone()
            };
            claim.recipients = sides.iter().map(side).collect();
        }
        return;
    }
    // "vowed to pursue the attackers": whose they are is what the parties quarrel about.
    if claim.kind == EventType::Threaten && claim.recipients.iter().any(|party| party.sectors.contains(&"UAF")) {
        return;
    }
    let found = match claim.kind {
        EventType::Assault | EventType::Coerce | EventType::Protest => {
            let rival = actor.as_deref().and_then(|actor| other_side(cast, actor));
            rival.or_else(|| ground(claim)).or_else(|| home(cast)).or_else(|| within(claim, actor.as_deref()?))
        }
        EventType::Accuse => {
            let blamed = |actor| culprit(actor, earlier).or_else(|| stranger(cast, actor));
            // An attack by nobody known is condemned without blaming the other side.
            actor.as_deref().and_then(|actor| blamed(actor).or_else(|| other_side(cast, actor).filter(|_| !deed)))
        }
        EventType::Reject => {
            actor.as_deref().and_then(|actor| accuser(actor, earlier).or_else(|| other_side(cast, actor)))
        }
        EventType::Threaten => {
            actor.as_deref().and_then(|actor| other_side(cast, actor).or_else(|| stranger(cast, actor)))
        }
        EventType::Sanction => {
            actor.as_deref().and_then(|actor| stranger(cast, actor).or_else(|| other_side(cast, actor)))
        }
        EventType::Request | EventType::Support | EventType::Aid => {
            actor.as_deref().and_then(|actor| stranger(cast, actor))
        }
        _ => None,
    };
    let Some(found) = found else { return };
    if claim.recipients.is_empty() {
        claim.recipients.push(Party { span: trigger, ..found });
        return;
    }
    for party in &mut claim.recipients {
        party.country.clone_from(&found.country);
        party.why = format!("{}; country {}", party.why, found.why);
    }
}

/// Police, courts, curfews and censors deal with the people of their own country.
fn within(claim: &Claim, actor: &str) -> Option<Party> {
    let own = claim.actors.iter().any(|party| party.sectors.iter().any(|sector| matches!(*sector, "COP" | "JUD")));
    let home = matches!(claim.mode.as_deref(), Some("curfew" | "martial-law" | "censor"));
    (own || home).then(|| party(actor, "not named here: those whom it rules"))
}

fn is_possessive(party: &Party) -> bool {
    party.span.len() <= 5
}

fn party(country: &str, why: &str) -> Party {
    Party { country: Some(country.to_owned()), why: why.to_owned(), ..Party::default() }
}

/// The other of the two that the report sets side by side.
fn other_side(cast: &Cast, actor: &str) -> Option<Party> {
    let [a, b] = cast.focus() else { return None };
    let other = match (a.country.as_deref(), b.country.as_deref()) {
        (Some(one), Some(two)) if one == actor => two,
        (Some(one), Some(two)) if two == actor => one,
        _ => return None,
    };
    Some(party(other, "not named here: the other side of the crisis"))
}

/// The country of the place where it happened.
fn ground(claim: &Claim) -> Option<Party> {
    let country = claim.place.as_ref()?.country.as_deref()?;
    Some(party(country, "not named here: where it happened"))
}

/// The one country that the report is about; of a war within a state, that state.
fn home(cast: &Cast) -> Option<Party> {
    let only = match cast.focus() {
        [only] => only,
        [a, b] if cast.is_state(a) != cast.is_state(b) => [a, b].into_iter().find(|side| cast.is_state(side))?,
        _ => return None,
    };
    Some(party(only.country.as_deref()?, "not named here: the country of the crisis"))
}

/// The one country that the report is about, where it is not the actor's own.
fn stranger(cast: &Cast, actor: &str) -> Option<Party> {
    home(cast).filter(|home| home.country.as_deref() != Some(actor))
}

/// Who did what is condemned: the actor of the last attack told of.
fn culprit(accuser: &str, earlier: &[Claim]) -> Option<Party> {
    let deed = earlier
        .iter()
        .rev()
        .find(|claim| claim.kind == EventType::Assault && claim.actors.iter().any(|party| party.country.is_some()))?;
    let country = deed.actors.iter().find_map(|party| party.country.as_deref())?;
    (country != accuser).then(|| party(country, &format!("not named here: actor of {}", deed.id)))
}

/// Who has charged the actor with something before: by an accusation, or by telling of a deed of his.
fn accuser(accused: &str, earlier: &[Claim]) -> Option<Party> {
    let of = |party: &Party| party.country.as_deref() == Some(accused);
    let charge = |claim: &&Claim| match claim.kind {
        EventType::Accuse => claim.recipients.iter().any(of),
        kind => kind.quad() == 4 && claim.actors.iter().any(of),
    };
    let by = |claim: &Claim| {
        let source = claim.attribution.as_ref().and_then(|said| said.source.as_ref());
        let who = if claim.kind == EventType::Accuse { claim.actors.first() } else { source };
        let country = who.and_then(|who| who.country.clone()).filter(|country| country != accused)?;
        Some(party(&country, &format!("not named here: accuser in {}", claim.id)))
    };
    earlier.iter().rev().take(8).filter(charge).find_map(by)
}
