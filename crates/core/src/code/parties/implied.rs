//! Parties that a sentence leaves unsaid and the report implies: whose people were hit, whose conduct is condemned.
//!
//! Nothing that a sentence says is changed. What is filled in has the words it was worked out from as its span and
//! tells so in `why`.

use crate::{
    Claim, EventType, Modality, Party, PlaceMention, Span,
    code::{
        cast::Cast,
        lists::{LISTS, holds},
    },
};

/// Fills the country of recipients that have none, and recipients where there are none.
///
/// `earlier` are the claims of the report before this one, `places` the names of places in it;
/// `deed` tells that the claim is about an attack, whoever did it.
pub fn complete(claim: &mut Claim, trigger: Span, cast: &Cast, earlier: &[Claim], places: &[PlaceMention], deed: bool) {
    native(claim, cast);
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
    // "Iran's envoy was summoned", "trade with Israel had been suspended, Ankara said": who tells it does it, else the
    // other side of the crisis.
    let measure = claim.kind == EventType::Sanction || claim.cameo.as_deref() == Some("114");
    if measure && claim.actors.is_empty() && claim.modality != Modality::Negated {
        let target = claim.recipients.iter().find_map(|party| party.country.clone());
        let teller = claim.attribution.as_ref().and_then(|said| said.source.as_ref());
        let teller = teller.and_then(|who| who.country.clone()).filter(|code| cast.focus_holds(code));
        let doer = target.as_deref().and_then(|target| {
            let teller =
                teller.filter(|teller| teller != target).map(|code| party(&code, "not named here: who tells it"));
            teller.or_else(|| other_side(cast, target))
        });
        claim.actors.extend(doer.map(|doer| Party { span: trigger, ..doer }));
        return;
    }
    // A crowd is of the country where it gathers.
    if claim.kind == EventType::Protest && actor.is_none() {
        // "the streets of Dhaka", taken for whom it is held against
        let against =
            || claim.recipients.iter().find_map(|party| party.country.clone()).map(|code| party(&code, "of the place"));
        // Whoever gathers at a mission is not of the country that sent it.
        let mission = claim.recipients.iter().any(|party| party.sectors.contains(&"DIP"));
        let other = || {
            let against = claim.recipients.iter().find_map(|party| party.country.as_deref());
            against.and_then(|code| other_side(cast, code))
        };
        let nation = ground(claim).or_else(|| home(cast)).or_else(other).or_else(|| against().filter(|_| !mission));
        if let (Some(nation), Some(crowd)) = (nation, claim.actors.first_mut()) {
            crowd.country.clone_from(&nation.country);
            crowd.why = format!("{}; country {}", crowd.why, nation.why);
        }
    }
    // A crowd at a foreign mission is of the place where it stands.
    if claim.kind == EventType::Protest
        && let Some(here) = ground(claim).filter(|here| here.country != actor)
        && actor.is_some()
        && claim.recipients.iter().all(|party| party.country == actor)
        && !claim.recipients.is_empty()
    {
        for party in &mut claim.actors {
            party.country.clone_from(&here.country);
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
            rival
                .or_else(|| ground(claim))
                .or_else(|| mourner(claim, cast))
                .or_else(|| home(cast))
                .or_else(|| within(claim, actor.as_deref()?))
        }
        EventType::Accuse => {
            let blamed = |actor| culprit(cast, actor, earlier).or_else(|| stranger(cast, actor));
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

/// A paper at home names its own ministries and parliament without their country: "the Department of Foreign Affairs
/// summoned China's envoy". Of two sides, who deals with the one is of the other.
fn native(claim: &mut Claim, cast: &Cast) {
    // Only states summon, expel and break off.
    let measure = claim.kind == EventType::Sanction || claim.cameo.as_deref() == Some("114");
    let body = |party: &Party| {
        let state = party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "DIP" | "LEG" | "MIL" | "COP" | "JUD"));
        let name = party.name.as_deref().unwrap_or_default().to_lowercase();
        let named = name.split(' ').any(|word| holds(&LISTS.bodies, word));
        party.country.is_none() && (state || named || measure) && !party.sectors.contains(&"UAF")
    };
    if claim.actors.is_empty() || !claim.actors.iter().all(body) {
        return;
    }
    let dealt = claim.recipients.iter().find_map(|party| party.country.as_deref());
    let Some(own) = dealt.and_then(|dealt| other_side(cast, dealt)) else { return };
    for party in &mut claim.actors {
        party.country.clone_from(&own.country);
        party.why = format!("{}; country {}", party.why, own.why);
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

/// Whoever counts the dead counts its own: "Islamabad said two children had been killed".
fn mourner(claim: &Claim, cast: &Cast) -> Option<Party> {
    let dead = claim.figures.iter().any(|figure| matches!(figure.what.as_str(), "killed" | "injured"));
    let people = claim.recipients.iter().all(|party| !party.sectors.contains(&"UAF"));
    let source = claim.attribution.as_ref()?.source.as_ref()?;
    let country = source.country.as_deref().filter(|code| cast.focus_holds(code))?;
    let own = cast.has_state(source) && claim.actors.iter().all(|actor| actor.country.as_deref() != Some(country));
    (dead && people && own).then(|| party(country, "not named here: whoever counts the dead"))
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

/// Who did what is condemned: the actor of the last attack by somebody else. Who is no party to the crisis condemns
/// what the headline tells of.
fn culprit(cast: &Cast, accuser: &str, earlier: &[Claim]) -> Option<Party> {
    let by = |claim: &Claim| {
        let foreign = claim.actors.iter().find_map(|party| party.country.clone().filter(|code| code != accuser));
        foreign.filter(|_| claim.kind == EventType::Assault && !claim.historical)
    };
    let headline = earlier.iter().take_while(|claim| claim.sentence == 0).filter(|_| !cast.focus_holds(accuser));
    let (deed, country) = headline.chain(earlier.iter().rev()).find_map(|claim| Some((claim, by(claim)?)))?;
    Some(party(&country, &format!("not named here: actor of {}", deed.id)))
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
