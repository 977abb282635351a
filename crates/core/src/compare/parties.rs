//! Who acts on whom side by side: "both countries" here, "India" there.

use super::{Found, Told, pairwise};
use crate::{
    claim::{Claim, Modality, Party},
    event::{ClaimRef, Kind, Value},
    plover::EventType,
};
use std::collections::BTreeSet;

/// Who acts, by report.
pub fn actors(told: &Told) -> Found {
    side(told, |c| &c.actors)
}

/// Who is acted on, by report.
pub fn recipients(told: &Told) -> Found {
    side(told, |c| &c.recipients)
}

fn side(told: &Told, of: fn(&Claim) -> &Vec<Party>) -> Found {
    // The parties of a conversation are unordered, and who says a thing is not told otherwise by being told in full.
    if told.claims.iter().all(|&at| told.claim(at).kind.verbal()) {
        return None;
    }
    let mut values: Vec<(Value, BTreeSet<&str>)> = Vec::new();
    for claims in told.reports.values() {
        let (mut codes, mut best): (BTreeSet<&str>, Option<(ClaimRef, &Party)>) = (BTreeSet::new(), None);
        let usable = claims.iter().filter(|&&at| told.claim(at).modality != Modality::Negated && told.own_voice(at));
        for &at in usable {
            for party in of(told.claim(at)) {
                let Some(code) = party.country.as_deref() else { continue };
                codes.insert(code);
                if !party.span.is_empty() {
                    best.get_or_insert((at, party));
                }
            }
        }
        if let Some((at, party)) = best {
            values.push((told.value(at, party.span, codes.iter().copied().collect::<Vec<_>>().join(" ")), codes));
        }
    }
    // Fighting runs both ways; a report that names one side has not said that the other did not fire.
    let fight = told.claims.iter().any(|&at| told.claim(at).kind == EventType::Assault);
    pairwise(values, |a, b| {
        if a == b || (fight && !a.is_disjoint(b)) {
            return None;
        }
        Some(if a.is_disjoint(b) { Kind::Contradicts } else { Kind::Differs })
    })
}
