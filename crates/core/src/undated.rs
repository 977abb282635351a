//! The day of reports that carry no date, worked out from what they say together.

use std::collections::BTreeSet;

use crate::{
    brief::InferredDay,
    claim::{Annotation, DateMention, DatePrecision},
    day::Day,
    span::Span,
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
    let years = years(annotations);
    let bounds = years.as_ref().map(|years| (years.from, years.until));
    let found = dates::infer_published(&texts, bounds);
    let (Some(first), Some(last)) = (found.low, found.high) else { return out };
    let mut evidence: Vec<(usize, Span)> =
        found.reasons.iter().map(|reason| (undated[reason.report], reason.span)).collect();
    // An end that the words of time leave open is that of the offices and the events that are named.
    if let Some(years) = years {
        let ends = [(first == years.from, years.since), (last == years.until, years.to)];
        evidence.extend(ends.into_iter().filter_map(|(bound, words)| words.filter(|_| bound)));
    }
    let mut seen = BTreeSet::new();
    evidence.retain(|&(report, span)| seen.insert((report, span.start)));
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
        let between = std::cell::OnceCell::new();
        let value = |date: &DateMention| {
            let at = |list: &[DateMention]| list.iter().find(|other| other.span == date.span).cloned();
            let (early, late) = (at(&early)?, at(&late)?);
            if early.value == late.value {
                return Some(early);
            }
            // "Were shot on 22 April" is no day that is still to come on the last day left: half a year after it the
            // words mean the one that was, those of a plan the one that comes.
            if dates::bounds(&late.value).is_some_and(|(_, last)| last.is_some_and(|last| last > day.last)) {
                let half = Day::from_number(i64::midpoint(day.first.number(), day.last.number()));
                if at(between.get_or_init(|| found(half)))?.value == early.value {
                    return Some(early);
                }
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

/// The days on which reports can have come out, with the words that bound them.
struct Years {
    from: Day,
    until: Day,
    since: Option<(usize, Span)>,
    to: Option<(usize, Span)>,
}

/// The days on which the reports can have come out: while everybody named could have been in office, and within a year
/// of an event whose day they give without the year. `None` where that leaves the end or the start open.
fn years(annotations: &[Annotation]) -> Option<Years> {
    let world = World::embedded();
    let named = annotations.iter().enumerate().flat_map(|(i, a)| a.entities.iter().map(move |entity| (i, entity)));
    let terms = named.filter_map(|(i, entity)| {
        let (from, until) = world.in_office(entity.party.as_ref()?.name.as_deref()?)?;
        Some((from, until, (i, entity.entity.span)))
    });
    let (mut from, mut until) = ((i32::MIN, None), (i32::MAX, None));
    for (low, high, words) in terms {
        from = if low > from.0 { (low, Some(words)) } else { from };
        until = if high < until.0 { (high, Some(words)) } else { until };
    }
    // Holders of several times, or a namesake: the offices tell nothing.
    if from.0 > until.0 {
        (from, until) = ((i32::MIN, None), (i32::MAX, None));
    }
    let texts: Vec<&str> = annotations.iter().map(|annotation| annotation.report.text.as_str()).collect();
    let dates = || annotations.iter().enumerate().flat_map(|(i, a)| a.dates.iter().map(move |date| (i, date)));
    let days: Vec<(u8, u8)> = dates().filter_map(|(_, date)| yearless(&date.value)).collect();
    let event = history::latest(&texts, &days).filter(|day| day.number() as i32 <= until.0);
    if let Some(day) = event {
        let at = day.number() as i32;
        let of_event = dates().find(|(_, date)| yearless(&date.value) == Some((day.month, day.day)));
        let words = of_event.map(|(i, date)| (i, date.span));
        from = if at > from.0 { (at, words) } else { from };
        // News of an event comes within a year.
        until = if until.0 < at.max(from.0) + 330 { until } else { (at.max(from.0) + 330, words) };
    }
    let bounded = from.0 != i32::MIN && until.0 != i32::MAX && from.0 <= until.0;
    let day = |number: i32| Day::from_number(number.into());
    bounded.then(|| Years { from: day(from.0), until: day(until.0), since: from.1, to: until.1 })
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

    #[test]
    fn a_day_that_was_is_not_one_that_comes_a_year_later() {
        let text = "At least 26 people were shot dead on 22 April. Borders were shut on 24 April. The two will meet on 24 April.";
        let report = Report { id: "r".into(), text: text.into(), ..Report::default() };
        let mut annotations = vec![crate::code::code(report, crate::parse(text))];
        let left = InferredDay {
            first: Day::new(2025, 4, 22).unwrap(),
            last: Day::new(2026, 3, 18).unwrap(),
            evidence: vec![],
        };
        settle(&mut annotations, &[Some(left)]);
        let values: Vec<&str> = annotations[0].dates.iter().map(|date| date.value.as_str()).collect();
        assert_eq!(values, ["2025-04-22", "2025-04-24", "2025-04-24/2026-04-24"]);
    }

    #[test]
    fn an_end_that_offices_or_events_set_is_told_with_their_words() {
        let text = "At least 26 people were shot dead near Pahalgam on 22 April. Narendra Modi met the army chief.";
        let report = Report::from_text("r", text);
        let annotation = crate::code::code(report, crate::parse(text));
        let day = infer(&[annotation]).remove(0).expect("a stretch of days");
        assert!(day.first < day.last);
        let words: Vec<&str> = day.evidence.iter().map(|&(_, span)| span.of(text)).collect();
        assert_eq!(words, ["22 April"]);
    }
}
