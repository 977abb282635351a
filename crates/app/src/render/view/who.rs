//! Who did it to whom, in the one line that heads an event.

use demarche_core::{Brief, Claim, ClaimRef, Event, Modality, Party};

use super::quotes::text;
use crate::render::words::{country_name, join, party_names, side_name};

/// "India → Pakistan"; "India" alone; "unnamed → 26 tourists". A side is told in the words that name it best. Whom nobody
/// but a speaker names as the actor is told with the speaker.
pub(super) fn who(brief: &Brief, event: &Event, best: ClaimRef) -> String {
    let side = |take: fn(&Claim) -> &Vec<Party>, spoken: bool| {
        // Who is only the likeliest one heads nothing.
        let guessed = |claim: &Claim| take(claim).iter().any(Party::is_weighed);
        let own = Some(take(brief.claim(best))).filter(|_| !guessed(brief.claim(best))).map_or(&[][..], |own| own);
        let same = |party: &Party| own.is_empty() || own.iter().any(|other| other.country == party.country);
        let names = |at: &ClaimRef| {
            let claim = brief.claim(*at);
            let told = spoken || claim.attribution.is_none() && brief.says_who(*at).is_none() || *at == best;
            told && !take(claim).is_empty() && !guessed(claim) && take(claim).iter().all(same)
        };
        let all = std::iter::once(best).chain(event.claims.iter().copied());
        let at = all.filter(names).min_by_key(|&at| vagueness(brief.claim(at), take(brief.claim(at))));
        at.map_or(String::new(), |at| {
            let (claim, words) = (brief.claim(at), text(brief, at.report));
            if mutual(claim) {
                return join(&take(claim).iter().map(|party| side_name(party, words)).collect::<Vec<_>>());
            }
            party_names(take(claim), words)
        })
    };
    let actors = side(|claim| &claim.actors, false);
    let recipients = side(|claim| &claim.recipients, true);
    if actors.is_empty() {
        let accused = accused(brief, event);
        match &accused[..] {
            [] => {}
            [one] => return format!("{one} → {recipients}").trim_end_matches(" → ").to_string(),
            // Each says that it was the other: whom it hit hangs on whom one believes.
            several => return several.join(" or "),
        }
    }
    if let Some(both) = each_other(brief, event, best) {
        return both;
    }
    match (actors.is_empty(), recipients.is_empty()) {
        (true, true) => "nobody named".to_string(),
        (false, true) => actors,
        (true, false) => format!("unnamed → {recipients}"),
        // Each does it to the other.
        (false, false) if actors == recipients => actors,
        (false, false) => format!("{actors} → {recipients}"),
    }
}

/// "India and Pakistan", where outlets tell in their own voice of deeds of either against the other.
fn each_other(brief: &Brief, event: &Event, best: ClaimRef) -> Option<String> {
    let own = brief.claim(best);
    let flow = |claim: &Claim| match (&claim.actors[..], &claim.recipients[..]) {
        ([actor, ..], [recipient, ..]) if actor.country != recipient.country => {
            Some((actor.country.clone()?, recipient.country.clone()?))
        }
        _ => None,
    };
    let (one, other) = flow(own)?;
    let told = |claim: &&Claim| claim.modality == own.modality && claim.kind.quad() == own.kind.quad();
    let back = event.claims.iter().map(|&at| brief.claim(at)).filter(told);
    let outlets = back.filter(|claim| claim.attribution.is_none()).filter_map(flow);
    let returned = own.kind.quad() != 1 && outlets.into_iter().any(|(actor, to)| actor == other && to == one);
    returned.then(|| join(&[country_name(&one).to_string(), country_name(&other).to_string()]))
}

/// True where one phrase stands for both sides: "**soldiers of both countries** exchanged fire" tells neither.
fn mutual(claim: &Claim) -> bool {
    claim.actors.iter().any(|actor| {
        let other = |party: &Party| party.span == actor.span && party.country != actor.country;
        claim.recipients.iter().any(other)
    })
}

/// Ranks words by how little they tell of a side: somebody is named, only the place or both sides together are, only the
/// report as a whole says.
fn vagueness(claim: &Claim, parties: &[Party]) -> u8 {
    let one = |party: &Party| match &claim.place {
        _ if party.is_inferred() => 2,
        // "The government", of whom only the account around it tells whose it is.
        _ if party.name.is_none() && party.why.starts_with("in the account of") => 1,
        Some(place) if party.sectors.is_empty() && place.span.touches(party.span) => 1,
        _ => 0,
    };
    parties.iter().map(one).max().unwrap_or(2).max(u8::from(mutual(claim)))
}

/// Whom speakers name as the actor where no report does so itself: "Pakistan (says India) or India (says Pakistan)".
fn accused(brief: &Brief, event: &Event) -> Vec<String> {
    let mut out: Vec<(String, String)> = Vec::new();
    for &at in &event.claims {
        let claim = brief.claim(at);
        let words = text(brief, at.report);
        let (Some(source), Some(actor)) = (brief.says_who(at), claim.actors.first()) else { continue };
        let (actor, source) = (side_name(actor, words), side_name(source, words));
        let again = actor == source || out.iter().any(|(known, _)| *known == actor);
        if claim.modality != Modality::Negated && !claim.actors[0].is_implied() && !again {
            out.push((actor, source));
        }
    }
    out.iter().take(2).map(|(actor, source)| format!("{actor} (says {source})")).collect()
}

#[cfg(test)]
mod tests {
    use super::who;
    use crate::render::fixture;

    /// Of the fixture: the attack, and the recall of ambassadors by "Both countries".
    const ATTACK: usize = 0;
    const RECALL: usize = 1;

    fn head(brief: &demarche_core::Brief, event: usize) -> String {
        who(brief, &brief.events[event].event, brief.events[event].best)
    }

    #[test]
    fn whoever_acts_stands_before_whom_it_hit() {
        assert_eq!(head(&fixture::brief(), ATTACK), "Gunmen → 12 anglers");
    }

    #[test]
    fn two_who_do_it_to_each_other_are_named_by_the_report_that_names_them() {
        let mut brief = fixture::brief();
        let both = brief.annotations[0].claims[3].actors.clone();
        brief.annotations[0].claims[3].recipients = both;
        assert_eq!(head(&brief, RECALL), "Norland → Sudmark");
    }

    #[test]
    fn who_is_told_to_have_struck_back_stands_beside_who_struck() {
        let mut brief = fixture::brief();
        let event = &mut brief.events[RECALL].event;
        let [first, .., last] = event.claims[..] else { panic!("two claims") };
        let party = |code: &str| demarche_core::Party { country: Some(code.into()), ..Default::default() };
        let set = |brief: &mut demarche_core::Brief, at: demarche_core::ClaimRef, actor: &str, to: &str| {
            let claim = &mut brief.annotations[at.report].claims[at.claim];
            (claim.actors, claim.recipients) = (vec![party(actor)], vec![party(to)]);
        };
        set(&mut brief, first, "NOR", "SWE");
        set(&mut brief, last, "SWE", "NOR");
        let named = head(&brief, RECALL);
        assert!(named == "Norway and Sweden" || named == "Sweden and Norway", "{named}");
    }

    /// `NOR` is a code of the world, `SUD` is not.
    #[test]
    fn two_whom_no_report_names_one_by_one_are_named_by_who_they_are() {
        let mut brief = fixture::brief();
        let both = brief.annotations[0].claims[3].actors.clone();
        brief.annotations[0].claims[3].recipients = both;
        brief.events[RECALL].event.claims.truncate(1);
        assert_eq!(head(&brief, RECALL), "Norway and SUD");
    }
}
