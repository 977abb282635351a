//! Days and hours side by side: "last week" and "April 22" fit together, "Tuesday" and "April 23" may not.

use super::{Found, Told, gravest, pairwise};
use crate::{
    claim::{DatePrecision, Modality},
    event::{Kind, Slot, Value},
    link::when,
    world::lists::{LISTS, holds_form},
};

/// The most exact date of each report.
fn dates(told: &Told) -> Found {
    let mut values = Vec::new();
    for (&report, claims) in &told.reports {
        let published = told.annotations[report].report.day();
        let dated = claims.iter().filter(|&&at| told.claim(at).modality != Modality::Negated).filter_map(|&at| {
            let date = told.claim(at).date.as_ref()?;
            // The day of a spoken "today" is the speaker's: it dates nothing for certain.
            let quoted = told.claim(at).attribution.is_some();
            Some((date.precision, quoted, at, date, when::days(date, published)?))
        });
        if let Some((_, quoted, at, date, days)) =
            dated.min_by_key(|&(precision, quoted, at, _, _)| (quoted, precision, at))
        {
            // "on Saturday" and "on 25 January" may be one day: the one says it more exactly.
            let words = told.words(at, date.span);
            let calendar = words.contains(|c: char| c.is_ascii_digit());
            values.push((told.value(at, date.span, date.value.clone()), (days, quoted, calendar, counted_on(words))));
        }
    }
    pairwise(values, |&((first, last), quoted, calendar, after), &((from, to), cited, exact, behind)| {
        if (first, last) == (from, to) {
            return (calendar != exact).then_some(Kind::Refines);
        }
        if last < from || to < first {
            let a_day = i64::from(quoted != cited || after != behind);
            let near = last.plus(a_day) >= from && to.plus(a_day) >= first;
            return match near {
                true if after != behind => Some(Kind::Refines),
                true => None,
                false => Some(Kind::Contradicts),
            };
        }
        Some(Kind::Refines)
    })
}

/// True for a day that is counted on from one told before: "the following night", "two days later".
fn counted_on(words: &str) -> bool {
    let named = words.split_whitespace().any(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    !named && words.split_whitespace().any(|word| holds_form(&LISTS.counted_on, word))
}

/// Days and hours. Where two reports tell the hour as well, day and hour are one difference.
pub fn moments(told: &Told) -> [(Slot, Found); 2] {
    let (days, hours) = (dates(told), times(told));
    match (days, hours) {
        (Some((kind, days)), Some((_, hours))) if kind == Kind::Contradicts => {
            let own = |value: &Value| days.iter().all(|day| day.report != value.report);
            let rest: Vec<Value> = hours.into_iter().filter(own).collect();
            [(Slot::Date, Some((kind, [days, rest].concat()))), (Slot::Time, None)]
        }
        (Some((kind, days)), Some((other, hours))) => {
            let own = |value: &Value| hours.iter().all(|hour| hour.report != value.report);
            let rest: Vec<Value> = days.into_iter().filter(own).collect();
            let kind = gravest([kind, other]).unwrap_or(other);
            [(Slot::Date, None), (Slot::Time, Some((kind, [hours, rest].concat())))]
        }
        (days, hours) => [(Slot::Date, days), (Slot::Time, hours)],
    }
}

/// Minutes that a named part of the day reaches further than a clock would have it, and those of "shortly after three".
const LOOSE: i32 = 120;
const SHORTLY: i32 = 30;

/// Hours of the day, where two reports give one.
fn times(told: &Told) -> Found {
    let mut values = Vec::new();
    for (&report, claims) in &told.reports {
        let timed = claims.iter().find_map(|&at| {
            let date = told.claim(at).date.as_ref().filter(|d| d.precision == DatePrecision::Time)?;
            let (from, to) = date.value.split_once('/').unwrap_or((&date.value, &date.value));
            let (first, last) = (clock(from)?, clock(to)?);
            let before = told.text(report)[..date.span.start as usize].split_whitespace().next_back();
            let hedged = before.into_iter().chain(told.words(at, date.span).split_whitespace()).any(hedge);
            let slack = if from == to { i32::from(hedged) * SHORTLY } else { LOOSE };
            let shown = date.value.split_once('T').map_or(date.value.as_str(), |(_, clock)| clock);
            Some((told.value(at, date.span, shown), (first, last, slack)))
        });
        values.extend(timed);
    }
    pairwise(values, |&(first, last, slack), &(from, to, room)| {
        if (first, last) == (from, to) {
            return None;
        }
        let gap = (from - last).max(first - to);
        Some(if gap > slack.max(room) { Kind::Contradicts } else { Kind::Refines })
    })
}

/// Minutes since midnight of `2025-04-22T03:05` or `03:05`.
fn clock(value: &str) -> Option<i32> {
    let clock = value.split_once('T').map_or(value, |(_, clock)| clock);
    let (hours, minutes) = clock.split_once(':').unwrap_or((clock, "0"));
    Some(hours.parse::<i32>().ok()? * 60 + minutes.get(..2).unwrap_or(minutes).parse::<i32>().ok()?)
}

/// "Shortly after three", "around noon".
fn hedge(word: &str) -> bool {
    holds_form(&LISTS.hour_hedges, word)
}
