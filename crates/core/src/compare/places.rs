//! Places side by side: Pahalgam lies in Kashmir and says it more exactly; Jammu is elsewhere.

use super::{Found, Told, pairwise};
use crate::{
    claim::{PlaceMention, PlacePrecision},
    event::Kind,
    link::place::{Lie, lie},
    plover::EventType,
};

/// The most exact place of each report.
pub fn places(told: &Told) -> Found {
    // Where something was said is seldom told; a place in a statement is mostly what it speaks of.
    let tied = |kind: EventType| !kind.verbal() || kind == EventType::Consult;
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let claims = claims.iter().filter(|&&at| tied(told.claim(at).kind));
        let placed = claims.filter_map(|&at| Some((told.claim(at).place.as_ref()?, at)));
        if let Some((place, at)) = placed.min_by_key(|&(place, at)| (place.precision, at)) {
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
