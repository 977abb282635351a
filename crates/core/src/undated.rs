//! The day of reports that carry no date, worked out from what they say together.

use crate::{
    brief::InferredDay,
    claim::Annotation,
    day::Day,
    world::{World, dates},
};

/// What the undated reports tell of the day they came out: for each report of `annotations` the days that are left and
/// the words that leave them. The names of office holders bound the year. `None` for dated reports and where the day
/// stays open.
pub fn infer(annotations: &[Annotation]) -> Vec<Option<InferredDay>> {
    let undated: Vec<usize> = (0..annotations.len()).filter(|&i| annotations[i].report.published.is_none()).collect();
    let mut out = vec![None; annotations.len()];
    if undated.is_empty() {
        return out;
    }
    let texts: Vec<_> =
        undated.iter().map(|&i| (annotations[i].report.text.as_str(), annotations[i].sentences.as_slice())).collect();
    let found = dates::infer_published(&texts, years(annotations));
    let (Some(first), Some(last)) = (found.low, found.high) else { return out };
    let evidence = found.reasons.iter().map(|reason| (undated[reason.report], reason.span)).collect();
    let day = InferredDay { first, last, evidence };
    for i in undated {
        out[i] = Some(day.clone());
    }
    out
}

/// The days on which everybody named could have been in office; `None` where they leave the end or the start open.
fn years(annotations: &[Annotation]) -> Option<(Day, Day)> {
    let world = World::embedded();
    let named = annotations.iter().flat_map(|annotation| &annotation.entities);
    let names = named.filter_map(|entity| entity.party.as_ref()?.name.as_deref());
    let (from, until) = names
        .filter_map(|name| world.in_office(name))
        .fold((i32::MIN, i32::MAX), |(low, high), (from, until)| (low.max(from), high.min(until)));
    let bounded = from != i32::MIN && until != i32::MAX && from <= until;
    bounded.then(|| (Day::from_number(from.into()), Day::from_number(until.into())))
}
