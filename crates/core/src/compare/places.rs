//! Places side by side: Pahalgam lies in Kashmir and says it more exactly; Jammu is elsewhere.

use super::{Found, Told, pairwise};
use crate::{
    event::Kind,
    link::place::{Lie, lie},
};

/// The most exact place of each report.
pub fn places(told: &Told) -> Found {
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let placed = claims.iter().filter_map(|&at| Some((told.claim(at).place.as_ref()?, at)));
        if let Some((place, at)) = placed.min_by_key(|&(place, at)| (place.precision, at)) {
            values.push((told.value(at, place.span, place.name.clone()), place));
        }
    }
    pairwise(values, |a, b| match lie(a, b) {
        Lie::Same => None,
        Lie::Holds | Lie::Within => Some(Kind::Refines),
        Lie::Unknown => Some(Kind::Differs),
        Lie::Apart => Some(Kind::Contradicts),
    })
}
