//! The days on which something may have happened, from the value of a date.

use crate::{claim::DateMention, day::Day};

/// First and last day that a date's value allows; `published` gives the year to a date without one. An open side
/// reaches ten years, far enough to fit anything that news tells of: for comparing alone, see [`told`] for showing.
///
/// ```
/// use demarche_core::{DateMention, DatePrecision, Day, Span, link::when::days};
/// let week = DateMention { span: Span::default(), value: "2025-W17".into(), precision: DatePrecision::Week };
/// assert_eq!(days(&week, None), Some((Day::new(2025, 4, 21).unwrap(), Day::new(2025, 4, 27).unwrap())));
/// ```
pub fn days(date: &DateMention, published: Option<Day>) -> Option<(Day, Day)> {
    reach(&date.value, published)
}

/// First and last day that a date's value tells, `None` for an open end.
///
/// What goes on "since Monday" is known to the day of the report and no further.
pub fn told(date: &DateMention, published: Option<Day>) -> Option<(Option<Day>, Option<Day>)> {
    Some(match ends(&date.value, published)? {
        (Some(first), None) => (Some(first), published.filter(|&day| day >= first)),
        ends => ends,
    })
}

/// The day that what is dated stands on: the last that the value allows and the report can know; of a "since" the
/// first, the one day of it that is told.
///
/// ```
/// use demarche_core::{DateMention, DatePrecision, Day, Span, link::when::stands_on};
/// let since = DateMention { span: Span::default(), value: "2025-04-24/..".into(), precision: DatePrecision::Interval };
/// assert_eq!(stands_on(&since, None), Day::new(2025, 4, 24));
/// ```
pub fn stands_on(date: &DateMention, published: Option<Day>) -> Option<Day> {
    let (first, last) = ends(&date.value, published)?;
    let day = last.or(first)?;
    Some(published.map_or(day, |published| day.min(published)))
}

fn reach(value: &str, published: Option<Day>) -> Option<(Day, Day)> {
    const TEN_YEARS: i64 = 3650;
    match ends(value, published)? {
        (Some(first), Some(last)) => Some((first, last)),
        (Some(first), None) => Some((first, first.plus(TEN_YEARS))),
        (None, Some(last)) => Some((last.plus(-TEN_YEARS), last)),
        (None, None) => None,
    }
}

/// First and last day; an open end is `None`, never both.
fn ends(value: &str, published: Option<Day>) -> Option<(Option<Day>, Option<Day>)> {
    if let Some((from, to)) = value.split_once('/') {
        if from.starts_with('R') {
            return None;
        }
        let first = if from == ".." { None } else { Some(single(from, published)?.0) };
        let last = if to == ".." { None } else { Some(single(to, published)?.1) };
        return match (first, last) {
            (Some(first), Some(last)) if first > last => None,
            (None, None) => None,
            ends => Some(ends),
        };
    }
    single(value, published).map(|(first, last)| (Some(first), Some(last)))
}

fn single(value: &str, published: Option<Day>) -> Option<(Day, Day)> {
    let value = value.split('T').next()?;
    if let Some(rest) = value.strip_prefix("--") {
        let published = published?;
        // The nearest such day: news without a year means the one closest to its publication.
        let years = [published.year, published.year - 1, published.year + 1];
        let spans = years.iter().filter_map(|year| plain(&format!("{year:04}-{rest}")));
        return spans.min_by_key(|(first, _)| (first.number() - published.number()).abs());
    }
    plain(value)
}

fn plain(value: &str) -> Option<(Day, Day)> {
    if let Some(decade) = value.strip_suffix('X') {
        let year: i32 = decade.parse().ok().filter(|_| decade.len() == 3)?;
        return Some((Day::new(year * 10, 1, 1)?, Day::new(year * 10 + 9, 12, 31)?));
    }
    let year: i32 = value.get(..4)?.parse().ok()?;
    let rest = value.get(4..)?;
    let months =
        |first: u8, last: u8| Some((Day::new(year, first, 1)?, Day::new(year, last, Day::days_in_month(year, last))?));
    if rest.is_empty() {
        return months(1, 12);
    }
    let rest = rest.strip_prefix('-')?;
    match rest {
        "SP" => return months(3, 5),
        "SU" => return months(6, 8),
        "FA" => return months(9, 11),
        "WI" => return Some((Day::new(year, 12, 1)?, Day::new(year + 1, 2, Day::days_in_month(year + 1, 2))?)),
        _ => {}
    }
    if let Some(week) = rest.strip_prefix('W') {
        let (week, tail) = (week.get(..2)?, week.get(2..)?);
        let week: i64 = week.parse().ok().filter(|w| (1..=53).contains(w))?;
        let fourth = Day::new(year, 1, 4)?; // always in the first ISO week
        let monday = fourth.plus(1 - i64::from(fourth.weekday()) + (week - 1) * 7);
        return Some(if tail == "-WE" { (monday.plus(5), monday.plus(6)) } else { (monday, monday.plus(6)) });
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        let quarter: u8 = quarter.parse().ok().filter(|q| (1..=4).contains(q))?;
        return months(quarter * 3 - 2, quarter * 3);
    }
    let month: u8 = rest.get(..2)?.parse().ok().filter(|m| (1..=12).contains(m))?;
    match rest.get(2..)? {
        "" => months(month, month),
        day => {
            let day = Day::new(year, month, day.strip_prefix('-')?.parse().ok()?)?;
            Some((day, day))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<String> {
        reach(value, Day::new(2025, 1, 3)).map(|(a, b)| format!("{a} {b}"))
    }

    #[test]
    fn every_form_of_the_contract_has_its_days() {
        for (value, days) in [
            ("2025-04-22", "2025-04-22 2025-04-22"),
            ("2025-04-22T21:00", "2025-04-22 2025-04-22"),
            ("2025-04", "2025-04-01 2025-04-30"),
            ("2025", "2025-01-01 2025-12-31"),
            ("2025-W01", "2024-12-30 2025-01-05"),
            ("2025-Q2", "2025-04-01 2025-06-30"),
            ("2024-WI", "2024-12-01 2025-02-28"),
            ("197X", "1970-01-01 1979-12-31"),
            ("2025-04-22/2025-05-01", "2025-04-22 2025-05-01"),
            ("--12-30", "2024-12-30 2024-12-30"),
        ] {
            assert_eq!(read(value).as_deref(), Some(days), "{value}");
        }
    }

    #[test]
    fn an_open_end_is_never_made_up() {
        let date = |value: &str| {
            let precision = crate::DatePrecision::Interval;
            DateMention { span: crate::Span::default(), value: value.into(), precision }
        };
        let (from, report) = (Day::new(2025, 4, 24), Day::new(2025, 5, 2));
        let since = date("2025-04-24/..");
        assert_eq!(told(&since, report), Some((from, report)));
        assert_eq!(told(&since, None), Some((from, None)));
        assert_eq!(told(&date("2025-06-01/.."), report), Some((Day::new(2025, 6, 1), None)));
        assert_eq!(told(&date("../2025-05-10"), report), Some((None, Day::new(2025, 5, 10))));
        for published in [report, None] {
            assert_eq!(stands_on(&since, published), from);
        }
        // No day after that of the report.
        assert_eq!(stands_on(&date("../2025-05-10"), report), report);
        assert_eq!(stands_on(&date("2025-06-01/.."), report), report);
    }

    #[test]
    fn what_is_no_day_has_none() {
        for value in
            ["P3D", "R/P1W", "T09:30", "09:30", "", "2025-13", "2025-02-30", "../..", "2025-05-02/2025-05-01", "é"]
        {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
