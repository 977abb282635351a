//! Whose people, land and towns were hit, seized or policed where the words do not tell.

use super::{Case, is_known, is_of_neither};
use crate::{
    Claim, EventType, Party, PlaceMention,
    code::{
        cast::Cast,
        lists,
        parties::{
            blame::About,
            sides::{ground, home, is_pair, party},
        },
    },
    world::lists::{LISTS, holds_form},
};

/// On whom an attack falls.
pub(super) fn assault(claim: &mut Claim, case: &Case) {
    contested_town(claim, case);
    contested_land(claim, case);
    if is_known(claim) || !claim.recipients.is_empty() && policed(claim, case) || is_of_neither(claim) {
        return;
    }
    case.take(claim, suffers(claim, case));
}

/// Whom force falls on that is no attack, and who uses it.
pub(super) fn coerce(claim: &mut Claim, case: &Case) {
    drop_ones_own(claim, case);
    // "all borders were closed": within a country the state does it.
    if claim.actors.is_empty() {
        let state = home(case.cast).map(|home| Party { sectors: vec!["GOV"], ..case.implied(home) });
        claim.actors.extend(state);
        return;
    }
    if is_known(claim) || policed(claim, case) || is_of_neither(claim) {
        return;
    }
    case.take(claim, suffers(claim, case));
}

/// "closed its airspace", "the colonels **in Togo** put off the vote": its own, and nobody's harm.
pub(super) fn drop_ones_own(claim: &mut Claim, case: &Case) {
    let Claim { actors, recipients, .. } = claim;
    let own = |party: &Party| party.country.is_some() && party.country.as_deref() == case.actor;
    let within = |party: &Party| actors.iter().any(|actor| actor.span.holds(party.span));
    recipients.retain(|party| !own(party) || !within(party) && !case.cast.is_pronoun(party));
}

/// "Azerbaijani forces shelled Stepanakert": a town that is fought over is the other side's.
fn contested_town(claim: &mut Claim, case: &Case) {
    let Some(other) = case.other_side() else { return };
    let named = |party: &Party| {
        let at = case.places.partition_point(|place| place.span.start < party.span.start);
        // "the Crimean bridge"
        let region = party.sectors.is_empty() && party.name.is_some() && !party.is_implied();
        region || case.places.get(at).is_some_and(|place| place.span == party.span)
    };
    let own = |party: &&mut Party| party.country.as_deref() == case.actor && named(party);
    for party in claim.recipients.iter_mut().filter(own) {
        *party = Party { span: party.span, ..other.clone() };
    }
}

/// "Turkish jets hit a PKK camp near Erbil": where a state quarrels over it, its land is hit too.
fn contested_land(claim: &mut Claim, case: &Case) {
    let Some(host) = ground(claim, case.cast) else { return };
    let (Some(code), Some(place)) = (host.country.as_deref(), claim.place.as_ref()) else { return };
    let quarrels = case.actor.is_some_and(|actor| actor != code && is_pair(case.cast, actor, code));
    let group = |party: &Party| party.country.is_some() && !case.cast.has_state(party);
    if quarrels && !claim.recipients.is_empty() && claim.recipients.iter().all(group) {
        let span = place.span;
        claim.recipients.push(Party { span, why: "the land that it happened in".to_owned(), ..host });
    }
}

/// "police detained three men", "police fired tear gas at them": of the country that they police. True where they were.
fn policed(claim: &mut Claim, case: &Case) -> bool {
    let people = |party: &Party| party.sectors.contains(&"CVL") || party.sectors.contains(&"LAB");
    let own = case.actor.filter(|_| claim.recipients.iter().all(people)).and_then(|actor| within(claim, actor));
    case.take(claim, own)
}

/// Who suffers by what was done, where nobody is named with a country.
pub(super) fn suffers(claim: &Claim, case: &Case) -> Option<Party> {
    let cast = case.cast;
    // "The army shot dead five protesters in Mandalay": on its own ground, its own people.
    // "stormed the temple"
    let people = |party: &Party| ["CVL", "REL", "EDU", "BUS"].iter().any(|one| party.sectors.contains(one));
    let civil = !claim.recipients.is_empty() && claim.recipients.iter().all(people);
    let own = ground(claim, cast).filter(|ground| civil && ground.country.as_deref() == case.actor);
    own.or_else(|| arrested(claim, case))
        .or_else(|| case.other_side())
        .or_else(|| ground(claim, cast))
        .or_else(|| around(claim, cast, case.places))
        .or_else(|| mourner(claim, case))
        .or_else(|| home(cast))
        .or_else(|| within(claim, case.actor?))
}

/// "agents seized the blogger", "executed 47 prisoners": a state arrests and puts to death its own people, if nobody says
/// whose they are.
fn arrested(claim: &Claim, case: &Case) -> Option<Party> {
    let act = case.cast.words(claim.act).to_lowercase();
    let executes = |word: &str| lists::holds(&lists::LISTS.executes, word);
    let executed = claim.kind == EventType::Assault && act.split(' ').any(executes);
    // "Russian soldiers executed five men": soldiers do that to others.
    let state = |party: &Party| case.cast.has_state(party) && !party.sectors.contains(&"MIL");
    let abroad = ground(claim, case.cast).is_some_and(|ground| ground.country.as_deref() != case.actor);
    let state = executed && !abroad && claim.actors.iter().all(state);
    let arrest = (claim.mode.as_deref() == Some("arrest") || state)
        && claim.recipients.iter().any(|party| !holds_form(&LISTS.pointers, case.cast.words(party.span)));
    case.actor.filter(|_| arrest).map(|own| party(own, "not named here: of whoever arrests"))
}

/// Police, courts, curfews and censors deal with the people of their own country.
fn within(claim: &Claim, actor: &str) -> Option<Party> {
    let own = claim.actors.iter().any(|party| party.sectors.iter().any(|sector| matches!(*sector, "COP" | "JUD")));
    let home = matches!(claim.mode.as_deref(), Some("curfew" | "martial-law" | "censor"));
    (own || home).then(|| party(actor, "not named here: those whom it rules"))
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
fn mourner(claim: &Claim, case: &Case) -> Option<Party> {
    let cast = case.cast;
    let counted = claim.figures.iter().any(|figure| matches!(figure.what.as_str(), "killed" | "injured"));
    let source = claim.attribution.as_ref()?.source.as_ref()?;
    let group = cast.is_group(source);
    let people = group || claim.recipients.iter().all(|party| !party.sectors.contains(&"UAF"));
    let dead = counted || group && case.told.about == About::Victims;
    let country = source.country.as_deref().filter(|code| cast.focus_holds(code))?;
    let own =
        (group || cast.has_state(source)) && claim.actors.iter().all(|actor| actor.country.as_deref() != Some(country));
    (dead && people && own).then(|| party(country, "not named here: whoever counts the dead"))
}

#[cfg(test)]
mod tests {
    use crate::{Report, code, parse, text};

    /// The words of those whom the first claim is said to fall on.
    fn on(words: &str) -> Vec<String> {
        let report = Report::from_text("one", words);
        let sentences = parse::parse_tokens(&report.text, &text::split(&report.text));
        let annotation = code(report, sentences);
        let recipients = annotation.claims.first().expect("a claim").recipients.iter();
        recipients
            .filter(|party| !party.is_implied())
            .map(|party| party.span.of(&annotation.report.text).to_owned())
            .collect()
    }

    #[test]
    fn ones_own_is_no_harm_and_a_town_of_short_name_is_not_ones_own() {
        assert_eq!(on("Egypt imposed a curfew in Suez on Sunday."), ["Suez"]);
        assert!(on("Iran closed its airspace on Sunday.").is_empty());
        assert!(on("The colonels in Nigeria put off the vote.").is_empty());
    }
}
