//! Days and hours side by side: "last week" and "April 22" fit together, "Tuesday" and "April 23" may not.

use super::{Found, Told, pairwise};
use crate::{
    claim::{DatePrecision, Modality},
    event::Kind,
    link::when,
};

/// The most exact date of each report.
pub fn dates(told: &Told) -> Found {
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
            let calendar = told.words(at, date.span).contains(|c: char| c.is_ascii_digit());
            values.push((told.value(at, date.span, date.value.clone()), (days, quoted, calendar)));
        }
    }
    pairwise(values, |&((first, last), quoted, calendar), &((from, to), cited, exact)| {
        if (first, last) == (from, to) {
            return (calendar != exact).then_some(Kind::Refines);
        }
        if last < from || to < first {
            let a_day = i64::from(quoted != cited);
            let near = last.plus(a_day) >= from && to.plus(a_day) >= first;
            return (!near).then_some(Kind::Contradicts);
        }
        Some(Kind::Refines)
    })
}

/// Hours of the day, where two reports give one.
pub fn times(told: &Told) -> Found {
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let timed = claims.iter().find_map(|&at| {
            let date = told.claim(at).date.as_ref().filter(|d| d.precision == DatePrecision::Time)?;
            let (_, clock) = date.value.split_once('T').unwrap_or(("", &date.value));
            clock.starts_with(|c: char| c.is_ascii_digit()).then(|| (told.value(at, date.span, clock), clock))
        });
        values.extend(timed);
    }
    pairwise(values, |a, b| {
        (a != b).then_some(if a.starts_with(b) || b.starts_with(a) { Kind::Refines } else { Kind::Contradicts })
    })
}
