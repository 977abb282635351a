//! Claims in one direction each: parties that act on each other are told of once for every side.

use crate::{Claim, EventType, Party};

/// One claim as a rule; one per direction where parties act on each other. `aimed` where what they act on is named, `verb`
/// where a verb tells of it, `offers` where it is one of offering.
pub(super) fn directions(
    reciprocal: bool,
    aimed: bool,
    claim: &Claim,
    rivals: &[Party],
    (verb, offers): (bool, bool),
) -> Vec<(Vec<Party>, Vec<Party>)> {
    let (actors, recipients) = (&claim.actors, &claim.recipients);
    let known = actors.iter().all(|actor| actor.country.is_some());
    let apart = |i: usize| actors[..i].iter().all(|other| other.country != actors[i].country);
    let one_group = recipients.is_empty() && actors.len() > 1 && known && (1..actors.len()).all(apart);
    let pair = one_group && actors.len() == 2;
    // "both countries expelled diplomats": each other's.
    let rival = |party: &Party| rivals.len() == 2 && rivals.iter().any(|one| one.country == party.country);
    // "the two governments", "the armies of both"; but "American and British jets" fly together.
    let two = |party: &Party| {
        party.why.starts_with("one of two")
            || ["both ", "two ", "«both", "«two"].iter().any(|word| party.why.contains(word))
    };
    let both = pair && (actors.iter().all(two) && actors[0].span == actors[1].span || actors.iter().all(rival));
    // "Japan and the United States condemned the test": not each other.
    let mutual = both
        && !(aimed && claim.kind.verbal())
        && matches!(
            claim.kind,
            EventType::Sanction
                | EventType::Accuse
                | EventType::Assault
                | EventType::Threaten
                | EventType::Coerce
                | EventType::Retreat
                | EventType::Concede
        );
    // "X and Y agreed to talk": with each other; "offered to mediate" (CAMEO 039): between others.
    // "Austria and Hungary offered to send officers"
    let agreed = claim.kind == EventType::Agree
        && claim.cameo.as_deref() != Some("039")
        && (!offers || actors.iter().all(rival));
    if claim.kind == EventType::Consult && !pair {
        return vec![(actors.clone(), recipients.clone())];
    }
    if one_group && reciprocal || pair && (mutual || agreed || claim.kind == EventType::Consult) {
        return each_other(actors);
    }
    // "the fighting resumed": between the two of whom the report tells.
    let there = |place: &crate::PlaceMention| {
        place.country.is_none() || rivals.iter().any(|side| side.country == place.country)
    };
    let nobody = actors.is_empty() && recipients.is_empty() && rivals.len() == 2 && claim.kind == EventType::Assault;
    if nobody && verb && reciprocal && claim.place.as_ref().is_none_or(there) {
        let side = |side: &Party| Party {
            span: claim.act,
            why: "not named here: party of the crisis".to_owned(),
            ..side.clone()
        };
        return each_other(&rivals.iter().map(side).collect::<Vec<_>>());
    }
    // "crossfire, with both sides …"
    if reciprocal && actors.is_empty() && recipients.len() == 2 && recipients[0].country != recipients[1].country {
        return vec![
            (vec![recipients[0].clone()], vec![recipients[1].clone()]),
            (vec![recipients[1].clone()], vec![recipients[0].clone()]),
        ];
    }
    let same = !actors.is_empty()
        && actors.len() == recipients.len()
        && actors.len() > 1
        && actors.iter().zip(recipients).all(|(actor, recipient)| actor.country == recipient.country);
    // "both sides blame each other"
    if same {
        return each_other(actors);
    }
    // A promise is one side's alone.
    if reciprocal && claim.kind != EventType::Agree && !recipients.is_empty() && !actors.is_empty() {
        return vec![(actors.clone(), recipients.clone()), (recipients.clone(), actors.clone())];
    }
    vec![(actors.clone(), recipients.clone())]
}

/// Each of the parties towards all the others.
fn each_other(parties: &[Party]) -> Vec<(Vec<Party>, Vec<Party>)> {
    let without =
        |i: usize| parties.iter().enumerate().filter(|&(j, _)| j != i).map(|(_, other)| other.clone()).collect();
    parties.iter().enumerate().map(|(i, party)| (vec![party.clone()], without(i))).collect()
}
