//! The day of reports that carry no date, worked out from what they say together.

use crate::{
    brief::InferredDay,
    claim::{Annotation, DateMention, DatePrecision},
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

/// Gives the dates that count from the day of an undated report their values, as far as the days that are left for it
/// agree: "Wednesday" is one day whether the report came out on Thursday or on Friday; "yesterday" is one of two.
pub fn settle(annotations: &mut [Annotation], inferred: &[Option<InferredDay>]) {
    for (annotation, day) in annotations.iter_mut().zip(inferred) {
        let Some(day) = day else { continue };
        let found = |day| dates::find(&annotation.report.text, &annotation.sentences, Some(day));
        let (early, late) = (found(day.first), found(day.last));
        let value = |date: &DateMention| {
            let at = |list: &[DateMention]| list.iter().find(|other| other.span == date.span).cloned();
            let (early, late) = (at(&early)?, at(&late)?);
            if early.value == late.value {
                return Some(early);
            }
            let days = early.precision == DatePrecision::Day && late.precision == DatePrecision::Day;
            let value = format!("{}/{}", early.value, late.value);
            days.then_some(DateMention { value, precision: DatePrecision::Interval, ..early })
        };
        let open = |date: &DateMention| date.value.is_empty() || date.value.starts_with("--");
        let claims = annotation.claims.iter_mut().filter_map(|claim| claim.date.as_mut());
        for date in annotation.dates.iter_mut().chain(claims).filter(|date| open(date)) {
            if let Some(settled) = value(date) {
                *date = settled;
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Report;

    #[test]
    fn a_weekday_is_settled_where_all_days_left_agree_and_today_is_not() {
        let text = "On Wednesday night the envoy called Kyiv. He arrived today. The raid was last week.";
        let report = Report { id: "r".into(), text: text.into(), ..Report::default() };
        let mut annotations = vec![crate::code::code(report, crate::parse(text))];
        let day = |day| Day::new(2025, 5, day).unwrap();
        let left = InferredDay { first: day(1), last: day(3), evidence: vec![] };
        settle(&mut annotations, &[Some(left)]);
        let values: Vec<&str> = annotations[0].dates.iter().map(|date| date.value.as_str()).collect();
        assert_eq!(values, ["2025-04-30T20:00/2025-04-30T23:59", "2025-05-01/2025-05-03", "2025-W17"]);
    }
}
