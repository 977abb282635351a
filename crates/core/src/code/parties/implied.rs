//! Parties that a sentence leaves unsaid and the report implies: whose people were hit, whose conduct is condemned.
//!
//! Nothing that a sentence says is changed. What is filled in has the words it was worked out from as its span and
//! tells so in `why`.

use super::blame::{
    About, Fallen, Told, accuser, assailant, continued, culprits, is_of_deed, joined, offerer, speaker, stepper,
};
use super::home::{own_step, politicians, rulers, told_at_home};
use super::wrong::{against_oneself, against_the_speaker, guards, native};
use crate::{
    Claim, EventType, Modality, Party, PlaceMention, Span,
    code::cast::{self, Cast},
    world::lists::{LISTS, holds_form},
};

/// How recipients tell that an entry took them from the crisis of the report.
pub(super) const IN_CRISIS: &str = "not named here: party of the crisis in the report";

/// Fills the country of recipients that have none, and recipients where there are none.
///
/// `told` is what the report says before and beside this claim, `places` are the names of places in it.
pub fn complete(claim: &mut Claim, trigger: Span, cast: &Cast, told: &Told, places: &[PlaceMention]) {
    native(claim, cast);
    guards(claim, cast);
    against_oneself(claim, cast);
    against_the_speaker(claim, cast);
    rulers(claim, cast);
    let actor = claim.actors.iter().find_map(|party| party.country.clone());
    // "Azerbaijani forces shelled Stepanakert": a town that is fought over is the other side's.
    if claim.kind == EventType::Assault
        && let Some(other) = actor.as_deref().and_then(|actor| other_side(cast, actor))
    {
        let named = |party: &Party| {
            let at = places.partition_point(|place| place.span.start < party.span.start);
            // "the Crimean bridge"
            let region = party.sectors.is_empty() && party.name.is_some() && !party.is_implied();
            region || places.get(at).is_some_and(|place| place.span == party.span)
        };
        for party in claim.recipients.iter_mut().filter(|party| party.country == actor && named(party)) {
            *party = Party { span: party.span, ..other.clone() };
        }
    }
    // "Turkish jets hit a PKK camp near Erbil": where a state quarrels over it, its land is hit too.
    if claim.kind == EventType::Assault
        && let Some(host) = ground(claim, cast)
        && let (Some(code), Some(place)) = (host.country.as_deref(), claim.place.as_ref())
        && actor.as_deref().is_some_and(|actor| actor != code && is_pair(cast, actor, code))
        && !claim.recipients.is_empty()
        && claim.recipients.iter().all(|party| party.country.is_some() && !cast.has_state(party))
    {
        let span = place.span;
        claim.recipients.push(Party { span, why: "the land that it happened in".to_owned(), ..host });
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
        // "Togo left the pact. The guarantees are revoked, the office is closed": by whoever took the step before.
        let nobody = claim.recipients.iter().all(|party| party.is_implied() || party.country.is_none());
        let near = |other: &&Claim| other.sentence + 2 >= claim.sentence;
        let last = told.here.iter().rev().chain(told.earlier.iter().rev()).take_while(near);
        let last = last.filter(|_| nobody).find(|other| other.kind == EventType::Sanction && !other.actors.is_empty());
        if let Some(doer) = last.and_then(|other| other.actors.iter().find_map(|party| party.country.as_deref())) {
            claim.recipients.retain(|party| party.country.as_deref() != Some(doer));
            claim.actors.push(Party { span: trigger, ..party(doer, "not named here: whose step goes on") });
            return;
        }
        let target = claim.recipients.iter().find_map(|party| party.country.clone());
        let teller = claim.attribution.as_ref().and_then(|said| said.source.as_ref());
        let alone = cast.focus().len() < 2;
        let teller = teller.filter(|who| {
            alone && (cast.has_state(who) || cast.is_organization(who)) || {
                who.country.as_deref().is_some_and(|code| cast.focus_holds(code))
            }
        });
        let teller = teller.and_then(|who| who.country.clone()).filter(|code| code != "MEDIA");
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
        let against = || {
            claim
                .recipients
                .iter()
                .find_map(|party| party.country.clone())
                .map(|code| party(&code, "not named here: of the place"))
        };
        // Whoever gathers at a mission is not of the country that sent it.
        let mission = claim.recipients.iter().any(|party| party.sectors.contains(&"DIP"));
        let other = || {
            let against = claim.recipients.iter().find_map(|party| party.country.as_deref());
            against.and_then(|code| other_side(cast, code))
        };
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
            .or_else(|| against().filter(|_| !mission));
        let nation = nation.or_else(|| around().filter(|_| claim.recipients.is_empty()));
        match (nation, claim.actors.first_mut()) {
            (Some(nation), Some(crowd)) => {
                crowd.country.clone_from(&nation.country);
                crowd.why = format!("{}; country {}", crowd.why, nation.why);
            }
            // "Rallies were held in Amman"
            (Some(nation), None) => claim.actors.push(Party { span: trigger, sectors: vec!["CVL"], ..nation }),
            (None, _) => {}
        }
    }
    // A crowd at a foreign mission is of the place where it stands.
    if claim.kind == EventType::Protest
        && let Some(here) = ground(claim, cast).filter(|here| here.country != actor)
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
        // "Its jets had been scrambled": by whoever has them.
        let owned = |party: &Party| ["«its»", "«their»", "«our»"].iter().any(|word| party.why.ends_with(word));
        if claim.actors.is_empty() && !claim.recipients.is_empty() && claim.recipients.iter().all(owned) {
            claim.actors = std::mem::take(&mut claim.recipients);
            let own = claim.actors.iter().find_map(|party| party.country.as_deref());
            let other = own.and_then(|own| other_side(cast, own));
            claim.recipients = other.map(|other| Party { span: trigger, ..other }).into_iter().collect();
            return;
        }
        // "sent 12,000 soldiers to the frontier"
        let sent = |party: &Party| party.country.is_none() && party.sectors.contains(&"MIL");
        let own = |party: &Party| sent(party) || party.country.is_some() && party.country == actor;
        if !claim.recipients.is_empty() && claim.recipients.iter().all(own) {
            let against = |actor| continued(claim, actor, told).or_else(|| other_side(cast, actor));
            let other = actor.as_deref().and_then(against);
            claim.recipients = other.map(|other| Party { span: trigger, ..other }).into_iter().collect();
        }
        return;
    }
    // "dropped the bill", "vowed a swift response" while the report is of one state and a crowd in it: towards its own.
    if matches!(claim.kind, EventType::Concede | EventType::Threaten)
        && claim.recipients.is_empty()
        && let Some(own) = home(cast).filter(|own| own.country == actor && told.marched(own))
    {
        claim.recipients.push(Party { span: trigger, ..own });
        return;
    }
    // "Students rejected an offer of the law minister", "urged the government to go": of the state that they speak to.
    if matches!(claim.kind, EventType::Request | EventType::Reject | EventType::Accuse)
        && let Some(own) = subjects(claim, cast)
    {
        for party in &mut claim.actors {
            party.country.clone_from(&own.country);
            party.why = format!("{}; country {}", party.why, own.why);
        }
        return;
    }
    let crisis = |party: &Party| party.why.starts_with(IN_CRISIS);
    // "demanded an apology", "demanded that the assault cease": of the other side, or of whoever did it.
    if told.about == About::Demand
        && claim.recipients.iter().all(|party| party.country.is_none() || crisis(party))
        && let Some(actor) = actor.as_deref()
    {
        let found = match other_side(cast, actor) {
            Some(other) => vec![other],
            None => culprits(cast, actor, None, told),
        };
        if !found.is_empty() {
            claim.recipients = found.into_iter().map(|party| Party { span: trigger, ..party }).collect();
        }
    }
    // "Washington denied that the affair had harmed its ties": whoever is no party to the crisis denies it to nobody in it.
    if claim.kind == EventType::Reject
        && claim.mode.is_none()
        && !claim.recipients.is_empty()
        && claim.recipients.iter().all(crisis)
        && actor.as_deref().is_some_and(|actor| !cast.focus_holds(actor))
    {
        claim.recipients.clear();
    }
    // "Washington accuses Tehran of arming them, a charge which Tehran denies"
    if claim.kind == EventType::Reject
        && claim.recipients.iter().all(crisis)
        && let Some(actor) = actor.as_deref()
    {
        let before = told.here.iter().take_while(|other| other.act.end <= claim.act.start).count();
        if let Some(charged) = accuser(actor, false, &told.here[..before]) {
            claim.recipients = vec![Party { span: trigger, ..charged }];
            return;
        }
    }
    // "an offer that Oslo rejected"
    if claim.kind == EventType::Reject
        && claim.recipients.iter().all(Party::is_implied)
        && let Some(other) = offerer(claim, told)
    {
        claim.recipients = vec![Party { span: trigger, ..other }];
        return;
    }
    // "opened an inquiry": whoever looks into it blames nobody yet.
    if claim.kind == EventType::Accuse
        && claim.mode.as_deref() == Some("investigate")
        && claim.recipients.iter().all(Party::is_implied)
    {
        claim.recipients.clear();
        return;
    }
    // "The Speaker denounced the strike", "the minister hailed the decision": of what their own state has done.
    if matches!(claim.kind, EventType::Accuse | EventType::Support)
        && claim.recipients.iter().all(Party::is_implied)
        && let Some(own) = own_step(claim, cast, told)
    {
        claim.recipients = vec![Party { span: trigger, ..own }];
        return;
    }
    // "Canada backed the raids": of whoever made them.
    let nobody = |party: &Party| party.is_implied() || party.country.is_none() && party.name.is_none();
    if claim.kind == EventType::Support
        && claim.recipients.iter().all(nobody)
        && matches!(told.about, About::Deed | About::Step)
        && let Some(actor) = actor.as_deref().filter(|actor| !cast.focus_holds(actor))
    {
        let found = culprits(cast, actor, None, told);
        if !found.is_empty() {
            claim.recipients = found.into_iter().map(|party| Party { span: trigger, ..party }).collect();
            return;
        }
    }
    if let Some(own) = told_at_home(claim, cast, told) {
        take(claim, &own, trigger);
        return;
    }
    // "The opposition called for an inquiry", "a senator hailed the decision": whom politicians at home speak of without
    // a name is their own state.
    if matches!(claim.kind, EventType::Request | EventType::Accuse | EventType::Support)
        && claim.recipients.iter().all(Party::is_implied)
        && told.about != About::Deed
        && let Some(own) = politicians(claim)
    {
        claim.recipients = vec![Party { span: trigger, ..own }];
        return;
    }
    // Of the parties of the crisis whoever did it is meant.
    if claim.kind == EventType::Accuse
        && !claim.recipients.is_empty()
        && (told.victims != Fallen::No || claim.recipients.iter().all(crisis) || is_of_deed(claim))
        && let Some(actor) = actor.as_deref()
    {
        let victim = claim.recipients.iter().find_map(|party| party.country.clone());
        let victim = victim.filter(|_| told.victims == Fallen::On);
        let mut found = culprits(cast, actor, victim.as_deref(), told);
        if found.is_empty()
            && let Some(other) = victim.as_deref().and_then(|victim| other_side(cast, victim))
            && other.country.as_deref() != Some(actor)
            && told.hostile(&other, victim.as_deref().unwrap_or_default())
        {
            found.push(other);
        }
        // "condemned the raid on Mali" where nobody is told to have done it: not Mali's fault at any rate.
        if !found.is_empty() || told.victims == Fallen::On && claim.mode.as_deref() == Some("disapprove") {
            claim.recipients = found.into_iter().map(|party| Party { span: trigger, ..party }).collect();
        }
        if claim.recipients.is_empty() {
            return;
        }
    }
    if claim.recipients.iter().any(|party| party.country.is_some()) {
        return;
    }
    // "criticized the remarks": whoever made them.
    if claim.kind == EventType::Accuse
        && told.about == About::Words
        && let Some(other) = actor.as_deref().and_then(|actor| speaker(claim, actor, told))
    {
        take(claim, &other, trigger);
        return;
    }
    // "offered to mediate" (CAMEO 039), "appealed for calm", "was ready to help": whoever stands outside means both sides.
    let mediates = claim.kind == EventType::Agree && claim.cameo.as_deref() == Some("039");
    let meant = matches!(claim.kind, EventType::Agree | EventType::Aid | EventType::Request);
    // "appealed to their partners"
    let open = |party: &Party| claim.kind == EventType::Request && party.sectors.iter().all(|one| *one == "UNK");
    if meant && claim.recipients.iter().all(open) && claim.modality != Modality::Negated {
        let sides = cast.focus();
        if sides.len() == 2 && actor.is_some() && sides.iter().all(|side| side.country != actor) {
            let side = |side: &Party| Party {
                span: trigger,
                why: "not named here: party of the crisis".to_owned(),
                ..side.clone()
            };
            claim.recipients = sides.iter().map(side).collect();
            return;
        }
        if mediates {
            return;
        }
    }
    // "police detained three men", "police fired tear gas at them": of the country that they police.
    let people = |party: &Party| party.sectors.contains(&"CVL") || party.sectors.contains(&"LAB");
    let harm = claim.kind == EventType::Assault && !claim.recipients.is_empty();
    if (claim.kind == EventType::Coerce || harm)
        && claim.recipients.iter().all(people)
        && let Some(own) = actor.as_deref().and_then(|actor| within(claim, actor))
    {
        take(claim, &own, trigger);
        return;
    }
    // "vowed to pursue the attackers": whose they are is what the parties quarrel about.
    if claim.kind == EventType::Threaten && claim.recipients.iter().any(|party| party.sectors.contains(&"UAF")) {
        return;
    }
    // "fired tear gas at migrants": of neither side.
    if !claim.recipients.is_empty() && claim.recipients.iter().all(|party| party.sectors.contains(&"REF")) {
        return;
    }
    let found = match claim.kind {
        EventType::Assault | EventType::Coerce | EventType::Protest => {
            // "The army shot dead five protesters in Mandalay": on its own ground, its own people.
            // "stormed the temple"
            let people = |party: &Party| ["CVL", "REL", "EDU", "BUS"].iter().any(|one| party.sectors.contains(one));
            let civil = !claim.recipients.is_empty() && claim.recipients.iter().all(people);
            let own = ground(claim, cast).filter(|ground| civil && ground.country == actor);
            // "agents seized the blogger": a state arrests its own people, if nobody says whose they are.
            let arrest = claim.mode.as_deref() == Some("arrest")
                && claim.recipients.iter().any(|party| !holds_form(&LISTS.pointers, cast.words(party.span)));
            let arrested =
                || actor.as_deref().filter(|_| arrest).map(|own| party(own, "not named here: of whoever arrests"));
            let rival = own.or_else(arrested).or_else(|| actor.as_deref().and_then(|actor| other_side(cast, actor)));
            rival
                .or_else(|| ground(claim, cast))
                .or_else(|| around(claim, cast, places))
                .or_else(|| mourner(claim, cast))
                .or_else(|| home(cast))
                .or_else(|| within(claim, actor.as_deref()?))
        }
        EventType::Accuse => {
            let Some(actor) = actor.as_deref() else { return };
            let blamed = culprits(cast, actor, None, told);
            if claim.recipients.is_empty() && blamed.len() > 1 {
                claim.recipients = blamed.into_iter().map(|party| Party { span: trigger, ..party }).collect();
                return;
            }
            // An attack by nobody known is condemned without blaming the other side.
            let one = blamed.into_iter().next().or_else(|| stranger(cast, actor));
            // "India and Pakistan condemned it": neither the other.
            let among = |side: &Party| claim.actors.iter().any(|party| party.country == side.country);
            let rival = other_side(cast, actor).filter(|side| !told.is_deed() && !among(side));
            let before = continued(claim, actor, told).filter(|_| !told.is_deed() && !cast.focus_holds(actor));
            let other = one.or(rival).or(before).or_else(|| assailant(actor, told));
            let open = claim.recipients.is_empty();
            let last = || accuser(actor, true, told.earlier).filter(|_| open && !told.is_deed());
            other.or_else(last).filter(|side| !among(side))
        }
        EventType::Reject => actor.as_deref().and_then(|actor| {
            // "rejected the sanctions": of whoever imposed them.
            let step = told.step.and_then(|kind| stepper(kind, actor, told));
            let step = step.or_else(|| speaker(claim, actor, told).filter(|_| told.about == About::Words));
            let charged = step.or_else(|| accuser(actor, false, told.earlier)).or_else(|| other_side(cast, actor));
            // "Jordan rejected the attack"
            let rebuffed =
                charged.or_else(|| culprits(cast, actor, None, told).into_iter().next().filter(|_| told.is_deed()));
            let rebuffed = rebuffed.or_else(|| assailant(actor, told));
            rebuffed.or_else(|| accuser(actor, true, told.earlier))
        }),
        EventType::Threaten => actor.as_deref().and_then(|actor| {
            let before = continued(claim, actor, told).filter(|_| !cast.focus_holds(actor));
            let rival = before.or_else(|| other_side(cast, actor)).or_else(|| stranger(cast, actor));
            // "Saudi Arabia warned of grave consequences": for whoever did what the report is about.
            rival.or_else(|| assailant(actor, told)).or_else(|| culprits(cast, actor, None, told).into_iter().next())
        }),
        EventType::Sanction => {
            let side = |actor| stranger(cast, actor).or_else(|| other_side(cast, actor));
            let before = |actor| continued(claim, actor, told).or_else(|| joined(claim, actor, told));
            actor.as_deref().and_then(|actor| side(actor).or_else(|| before(actor)))
        }
        // "announced a ceasefire": towards the other side.
        EventType::Agree if told.about != About::Promise => None,
        EventType::Retreat | EventType::Concede | EventType::Agree
            if claim.recipients.is_empty() || claim.kind == EventType::Retreat =>
        {
            let one = claim.actors.iter().all(|party| party.country == actor);
            let asked = |actor: &str| accuser(actor, true, told.earlier).filter(|_| claim.kind == EventType::Retreat);
            let actor = actor.as_deref().filter(|_| one);
            actor.and_then(|actor| other_side(cast, actor).or_else(|| asked(actor)))
        }
        // "guarded a camp in South Sudan"
        EventType::Aid if !claim.recipients.is_empty() => {
            let armed = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "REB" | "UAF"));
            let peaceful = !claim.recipients.iter().any(armed);
            let land = ground(claim, cast).filter(|land| peaceful && land.country != actor);
            land.or_else(|| actor.as_deref().and_then(|actor| stranger(cast, actor)))
        }
        EventType::Request | EventType::Support | EventType::Aid => {
            // "approached the workers and urged them to stop"
            let people = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "CVL" | "BUS" | "EDU"));
            let named = !claim.recipients.is_empty() && !claim.recipients.iter().any(people);
            let rival = |actor: &str| other_side(cast, actor).filter(|_| named && claim.kind == EventType::Request);
            let attacked = |actor: &str| {
                assailant(actor, told).filter(|_| claim.kind == EventType::Request && claim.recipients.is_empty())
            };
            let found = |actor| stranger(cast, actor).or_else(|| rival(actor)).or_else(|| attacked(actor));
            actor.as_deref().and_then(found)
        }
        _ => None,
    };
    if let Some(found) = found {
        take(claim, &found, trigger);
    }
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

/// Gives the recipients of a claim the country of `found`, or makes it the recipient where there is none.
fn take(claim: &mut Claim, found: &Party, trigger: Span) {
    if claim.recipients.is_empty() {
        claim.recipients.push(Party { span: trigger, ..found.clone() });
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

pub(super) fn party(country: &str, why: &str) -> Party {
    Party { country: Some(country.to_owned()), why: why.to_owned(), ..Party::default() }
}

/// True for the two parties of the crisis.
fn is_pair(cast: &Cast, one: &str, other: &str) -> bool {
    cast.focus().len() == 2 && cast.focus_holds(one) && cast.focus_holds(other)
}

/// The other of the two that the report sets side by side.
pub(super) fn other_side(cast: &Cast, actor: &str) -> Option<Party> {
    let rival = match cast.focus() {
        [a, b] => match (a.country.as_deref(), b.country.as_deref()) {
            (Some(one), Some(two)) if one == actor => Some(two),
            (Some(one), Some(two)) if two == actor => Some(one),
            _ => None,
        },
        _ => None,
    };
    // Of three or more, whom it stands against in the report's own claims.
    let other = rival.or_else(|| cast.opponent(actor))?;
    Some(party(other, "not named here: the other side of the crisis"))
}

/// The country of the place where it happened.
pub(super) fn ground(claim: &Claim, cast: &Cast) -> Option<Party> {
    let country = claim.place.as_ref()?.country.as_deref()?;
    // A small place of many namesakes: a report that names states names that one too.
    if !cast.names(country) {
        return None;
    }
    Some(party(country, "not named here: where it happened"))
}

/// The country of the one place that the words of a claim name: "the air base, north of **Sanaa**, was hit".
fn around(claim: &Claim, cast: &Cast, places: &[PlaceMention]) -> Option<Party> {
    let from = places.partition_point(|place| place.span.start < claim.span.start);
    let mut here = places[from..].iter().take_while(|place| place.span.end <= claim.span.end);
    let country = here.next()?.country.as_deref().filter(|code| cast.names(code))?;
    let one = claim.actors.is_empty() && here.all(|place| place.country.as_deref() == Some(country));
    one.then(|| party(country, "not named here: where it happened"))
}

/// Whoever counts the dead counts its own: "Islamabad said two children had been killed".
fn mourner(claim: &Claim, cast: &Cast) -> Option<Party> {
    let dead = claim.figures.iter().any(|figure| matches!(figure.what.as_str(), "killed" | "injured"));
    let source = claim.attribution.as_ref()?.source.as_ref()?;
    let group = cast.is_group(source);
    let people = group || claim.recipients.iter().all(|party| !party.sectors.contains(&"UAF"));
    let dead = dead || group && matches!(claim.rule.as_str(), "assault.kill" | "assault.people-die");
    let country = source.country.as_deref().filter(|code| cast.focus_holds(code))?;
    let own =
        (group || cast.has_state(source)) && claim.actors.iter().all(|actor| actor.country.as_deref() != Some(country));
    (dead && people && own).then(|| party(country, "not named here: whoever counts the dead"))
}

/// The one country that the report is about; of a war within a state, that state.
fn home(cast: &Cast) -> Option<Party> {
    let only = match cast.focus() {
        [only] => only,
        [a, b] if cast.is_state(a) != cast.is_state(b) => {
            let (state, group) = if cast.is_state(a) { (a, b) } else { (b, a) };
            // Israel and Hamas: none of its own.
            if cast::is_of_another_land(group.country.as_deref()?, state.country.as_deref()?) {
                return None;
            }
            state
        }
        _ => return None,
    };
    Some(party(only.country.as_deref()?, "not named here: the country of the crisis"))
}

/// The one country that the report is about, where it is not the actor's own.
fn stranger(cast: &Cast, actor: &str) -> Option<Party> {
    home(cast).filter(|home| home.country.as_deref() != Some(actor))
}
