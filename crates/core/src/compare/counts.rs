//! What else is counted: targets, raids, drones, vessels. "More than 60 targets" here, "73 targets" there.

use super::{Found, Told, figures, pairwise};
use crate::{
    claim::{Figure, Modality},
    event::{Kind, Value},
    link::words::{Concepts, split},
    world::figures::counts,
};
use std::collections::BTreeMap;

/// Numbers of one thing that two reports count in the claims of an event; the first thing they count otherwise.
pub fn things(told: &Told) -> Found {
    let mut concepts = Concepts::default();
    let mut kinds: BTreeMap<u32, Vec<(Value, Figure)>> = BTreeMap::new();
    for claims in told.reports.values() {
        let mut own: BTreeMap<u32, (Value, Figure)> = BTreeMap::new();
        for &at in claims.iter().filter(|&&at| told.claim(at).modality == Modality::Occurred) {
            let claim = told.claim(at);
            let annotation = &told.annotations[at.report];
            let Some(sentence) = annotation.sentences.get(claim.sentence) else { continue };
            let dated = |f: &Figure| annotation.dates.iter().any(|date| date.span.touches(f.span));
            let inside = |f: &Figure| claim.span.holds(f.span) && !dated(f);
            for figure in counts(told.text(at.report), sentence).into_iter().filter(inside) {
                let things = concepts.of(&split(&figure.what), None);
                let Some(&(thing, _)) = things.first() else { continue };
                let value = told.value(at, figure.span, figures::range(&figure));
                let kept = own.entry(thing).or_insert_with(|| (value.clone(), figure.clone()));
                // Parts of a whole are counted beside it.
                if kept.1.low.or(kept.1.high) < figure.low.or(figure.high) {
                    *kept = (value, figure);
                }
            }
        }
        for (thing, found) in own {
            kinds.entry(thing).or_default().push(found);
        }
    }
    let compared = kinds.into_values().filter_map(|values| pairwise(values, figures::fits));
    // What cannot both be right comes before what fits.
    compared.into_iter().max_by_key(|(kind, values)| (*kind == Kind::Contradicts, values.len()))
}
