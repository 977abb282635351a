//! The day of reports that carry no date, worked out from what they say together.

use crate::{
    brief::InferredDay,
    claim::Annotation,
    day::Day,
    world::{World, dates, history},
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

/// The days on which the reports can have come out: while everybody named could have been in office, and within a year
/// of an event whose day they give without the year. `None` where that leaves the end or the start open.
fn years(annotations: &[Annotation]) -> Option<(Day, Day)> {
    let world = World::embedded();
    let named = annotations.iter().flat_map(|annotation| &annotation.entities);
    let names = named.filter_map(|entity| entity.party.as_ref()?.name.as_deref());
    let (from, until) = names
        .filter_map(|name| world.in_office(name))
        .fold((i32::MIN, i32::MAX), |(low, high), (from, until)| (low.max(from), high.min(until)));
    // Holders of several times, or a namesake: the offices tell nothing.
    let (from, until) = if from <= until { (from, until) } else { (i32::MIN, i32::MAX) };
    let texts: Vec<&str> = annotations.iter().map(|annotation| annotation.report.text.as_str()).collect();
    let days: Vec<(u8, u8)> =
        annotations.iter().flat_map(|annotation| &annotation.dates).filter_map(|date| yearless(&date.value)).collect();
    let event = history::latest(&texts, &days).map(|day| day.number() as i32).filter(|day| *day <= until);
    let (from, until) = match event {
        Some(day) => (from.max(day), until.min(day.max(from) + 330)),
        None => (from, until),
    };
    let bounded = from != i32::MIN && until != i32::MAX && from <= until;
    bounded.then(|| (Day::from_number(from.into()), Day::from_number(until.into())))
}

/// Month and day of a value without a year.
fn yearless(value: &str) -> Option<(u8, u8)> {
    let (month, day) = value.strip_prefix("--")?.split_once('-')?;
    Some((month.parse().ok()?, day.get(..2)?.parse().ok()?))
}
