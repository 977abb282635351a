//! Places side by side: Pahalgam lies in Kashmir and says it more exactly; Jammu is elsewhere.

use super::{Found, Told, pairwise};
use crate::{
    claim::{Modality, PlaceMention, PlacePrecision},
    event::{ClaimRef, Kind},
    link::{
        place::{Lie, lie, of_claim},
        words::split,
    },
    plover::EventType,
    sentence::EntityKind,
    span::Span,
};
use std::collections::BTreeSet;

/// The most exact place of each report.
pub fn places(told: &Told) -> Found {
    // Where something was said is seldom told; a place in a statement is mostly what it speaks of.
    let tied = |kind: EventType| !kind.verbal() || kind == EventType::Consult;
    let mut values = Vec::new();
    for (&report, claims) in &told.reports {
        let claims = claims.iter().filter(|&&at| tied(told.claim(at).kind));
        let placed = claims.filter_map(|&at| Some((of_claim(&told.annotations[report], told.claim(at))?, at)));
        if let Some((place, at)) = placed.min_by_key(|(place, at)| (place.precision, *at)) {
            values.push((told.value(at, place.span, place.name.clone()), place));
        }
    }
    let wide = |place: &PlaceMention| place.precision == PlacePrecision::Country;
    pairwise(values, |a, b| match lie(a, b) {
        // What the gazetteer cannot tell is left to the reader of the table.
        Lie::Unknown if a.precision != b.precision && !wide(a) && !wide(b) => Some(Kind::Refines),
        Lie::Same | Lie::Unknown => None,
        // That a town lies in its country is no news to anybody.
        Lie::Holds | Lie::Within if wide(a) || wide(b) => None,
        Lie::Holds | Lie::Within => Some(Kind::Refines),
        Lie::Apart => Some(Kind::Contradicts),
    })
}

/// Where a deed was done in the words of each report, where the gazetteer has no such place: "near Scarborough Shoal" here,
/// "in Bajo de Masinloc" there.
pub fn phrases(told: &Told) -> Found {
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let deeds = claims.iter().filter(|&&at| {
            let claim = told.claim(at);
            !claim.kind.verbal() && claim.modality == Modality::Occurred
        });
        let placed = deeds.filter_map(|&at| Some((at, phrase(told, at)?)));
        if let Some((at, span)) = placed.min_by_key(|&(at, _)| at) {
            let words: BTreeSet<String> = split(told.words(at, span)).into_iter().skip(1).collect();
            values.push((told.value(at, span, told.words(at, span)), words));
        }
    }
    pairwise(values, |a, b| a.is_disjoint(b).then_some(Kind::Differs))
}

/// The first phrase of place below the word of a deed that names one: "off the coast of Eritrea".
fn phrase(told: &Told, at: ClaimRef) -> Option<Span> {
    const WHERE: [&str; 8] = ["in", "near", "at", "off", "outside", "around", "over", "into"];
    let claim = told.claim(at);
    let annotation = &told.annotations[at.report];
    let tree = told.tree(at)?;
    let sentence = tree.sentence;
    let party = |span: Span| {
        let states = annotation
            .entities
            .iter()
            .filter(|e| e.entity.kind != EntityKind::Loc && e.party.as_ref().is_some_and(|p| p.country.is_some()));
        states.into_iter().any(|e| e.entity.span.touches(span))
    };
    let dated = |span: Span| annotation.dates.iter().any(|date| date.span.touches(span));
    let place = |&t: &usize| {
        let token = &sentence.tokens[t];
        let case = tree
            .children(t)
            .filter(|&c| c < t)
            .any(|c| tree.relation(c).universal() == "case" && WHERE.contains(&tree.lemma(c)));
        token.span.of(told.text(at.report)).starts_with(char::is_uppercase)
            && case
            && tree.below(t, claim.trigger)
            && !party(token.span)
            && !dated(token.span)
    };
    let head = (0..sentence.tokens.len()).find(place)?;
    let own = tree.subtree(head, |t| !matches!(tree.relation(t).universal(), "acl" | "conj" | "appos" | "parataxis"));
    Some(sentence.tokens[*own.first()?].span.cover(sentence.tokens[*own.last()?].span))
}
