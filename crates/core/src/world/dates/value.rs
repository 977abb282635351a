//! Values of time, as the output writes them.

use super::words::Season;
use crate::{claim::DatePrecision, day::Day};

/// What an expression means, against the day of its report.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Cannot be known from what the report says.
    Unknown,
    Day(Day),
    Month(i32, u8),
    Year(i32),
    /// By its Monday.
    Week(Day),
    Quarter(i32, u8),
    Season(i32, Season),
    Decade(i32),
    YearlessDay(u8, u8),
    YearlessMonth(u8),
    /// Minute of a day.
    Time(u16),
    Instant(Day, u16),
    /// From and to, both counted in.
    Interval(Option<Box<Value>>, Option<Box<Value>>),
    Duration(String),
    Repeat(String),
    /// Written as it is.
    Fixed(String),
}

impl Value {
    pub(super) fn between(first: Value, last: Value) -> Self {
        if first == Self::Unknown || last == Self::Unknown {
            return Self::Unknown;
        }
        let outer = |value: Self, first: bool| match value {
            Self::Interval(Some(a), Some(b)) => {
                if first {
                    a
                } else {
                    b
                }
            }
            value => Box::new(value),
        };
        Self::Interval(Some(outer(first, true)), Some(outer(last, false)))
    }

    /// First and last day, where the value is a stretch of the calendar.
    pub(super) fn days(&self) -> Option<(Day, Day)> {
        let months = |year: i32, month: u8, count: u8| {
            let last = i32::from(month) - 1 + i32::from(count) - 1;
            let (y, m) = (year + last / 12, (last % 12 + 1) as u8);
            Some((Day::new(year, month, 1)?, Day::new(y, m, Day::days_in_month(y, m))?))
        };
        match self {
            Self::Day(day) | Self::Instant(day, _) => Some((*day, *day)),
            Self::Month(year, month) => months(*year, *month, 1),
            Self::Year(year) => months(*year, 1, 12),
            Self::Week(monday) => Some((*monday, monday.plus(6))),
            Self::Quarter(year, quarter) => months(*year, quarter * 3 - 2, 3),
            Self::Season(year, season) => months(*year, season.first_month(), 3),
            Self::Decade(year) => Some((Day::new(*year, 1, 1)?, Day::new(year + 9, 12, 31)?)),
            Self::Interval(Some(first), Some(last)) => Some((first.days()?.0, last.days()?.1)),
            _ => None,
        }
    }

    /// As in the contract of the output; empty where nothing is known.
    pub(super) fn text(&self) -> String {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        match self {
            Self::Unknown => String::new(),
            Self::Day(day) => day_text(*day),
            Self::Month(year, month) => format!("{}-{month:02}", year_text(*year)),
            Self::Year(year) => year_text(*year),
            Self::Week(monday) => {
                let (year, week) = iso_week(*monday);
                format!("{year:04}-W{week:02}")
            }
            Self::Quarter(year, quarter) => format!("{}-Q{quarter}", year_text(*year)),
            Self::Season(year, season) => format!("{}-{}", year_text(*year), season.code()),
            Self::Decade(year) => format!("{:03}X", year / 10),
            Self::YearlessDay(month, day) => format!("--{month:02}-{day:02}"),
            Self::YearlessMonth(month) => format!("--{month:02}"),
            Self::Time(minute) => clock(*minute),
            Self::Instant(day, minute) => format!("{}T{}", day_text(*day), clock(*minute)),
            Self::Interval(first, last) => {
                let end = |value: &Option<Box<Value>>| value.as_ref().map_or("..".to_owned(), |value| value.text());
                format!("{}/{}", end(first), end(last))
            }
            Self::Repeat(value) => format!("R/{value}"),
            Self::Duration(value) | Self::Fixed(value) => value.clone(),
        }
    }

    pub(super) fn precision(&self) -> DatePrecision {
        match self {
            Self::Time(_) | Self::Instant(..) => DatePrecision::Time,
            Self::Interval(Some(first), Some(last)) if matches!((&**first, &**last), (Self::Instant(a, _), Self::Instant(b, _)) if b.number() - a.number() <= 1) => {
                DatePrecision::Time
            }
            Self::Interval(Some(first), Some(last))
                if matches!((&**first, &**last), (Self::Time(_), Self::Time(_))) =>
            {
                DatePrecision::Time
            }
            Self::Day(_) | Self::YearlessDay(..) => DatePrecision::Day,
            Self::Fixed(value) if !value.contains('/') => DatePrecision::Day,
            Self::Week(_) => DatePrecision::Week,
            Self::Month(..) | Self::YearlessMonth(_) => DatePrecision::Month,
            Self::Quarter(..) | Self::Season(..) => DatePrecision::Quarter,
            Self::Year(_) => DatePrecision::Year,
            _ => DatePrecision::Interval,
        }
    }
}

fn year_text(year: i32) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

fn day_text(day: Day) -> String {
    format!("{}-{:02}-{:02}", year_text(day.year), day.month, day.day)
}

/// ISO year and week of a day.
pub(super) fn iso_week(day: Day) -> (i32, u8) {
    let thursday = day.plus(4 - i64::from(day.weekday()));
    let first = Day { year: thursday.year, month: 1, day: 1 };
    (thursday.year, ((thursday.number() - first.number()) / 7 + 1) as u8)
}

/// Monday of an ISO week.
pub(super) fn week_start(year: i32, week: u8) -> Day {
    let fourth = Day { year, month: 1, day: 4 };
    fourth.plus(1 - i64::from(fourth.weekday()) + 7 * (i64::from(week) - 1))
}

/// First and last day that a value of the output allows; an open end is `None`. Nothing for clocks, durations,
/// repetitions and dates without a year.
///
/// ```
/// use demarche_core::{Day, world::dates::bounds};
/// assert_eq!(bounds("2025-W18"), Some((Day::new(2025, 4, 28), Day::new(2025, 5, 4))));
/// assert_eq!(bounds("2015/.."), Some((Day::new(2015, 1, 1), None)));
/// assert_eq!(bounds("P3D"), None);
/// ```
pub fn bounds(value: &str) -> Option<(Option<Day>, Option<Day>)> {
    if let Some((first, last)) = value.split_once('/') {
        if first == "R" {
            return None;
        }
        let end = |text: &str| if text == ".." { Some(None) } else { single(text).map(Some) };
        return match (end(first)?, end(last)?) {
            (None, None) => None,
            (first, last) => Some((first.map(|days| days.0), last.map(|days| days.1))),
        };
    }
    single(value).map(|(first, last)| (Some(first), Some(last)))
}

/// Days of a value that is no interval.
fn single(value: &str) -> Option<(Day, Day)> {
    let (negative, rest) = value.strip_prefix('-').map_or((false, value), |rest| (true, rest));
    let date = rest.split('T').next()?;
    let mut parts = date.split('-');
    let year_part = parts.next()?;
    if year_part.len() == 4 && year_part.ends_with('X') {
        let year: i32 = year_part[..3].parse::<i32>().ok()? * 10;
        return Value::Decade(year).days();
    }
    if year_part.len() < 4 || !year_part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year = year_part.parse::<i32>().ok()? * if negative { -1 } else { 1 };
    let value = match (parts.next(), parts.next()) {
        (None, _) => Value::Year(year),
        (Some("SP"), None) => Value::Season(year, Season::SP),
        (Some("SU"), None) => Value::Season(year, Season::SU),
        (Some("FA"), None) => Value::Season(year, Season::FA),
        (Some("WI"), None) => Value::Season(year, Season::WI),
        (Some(part), None) => match part.split_at_checked(1)? {
            ("W", week) => Value::Week(week_start(year, week.parse().ok().filter(|week| (1..=53).contains(week))?)),
            ("Q", quarter) => Value::Quarter(year, quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?),
            _ => Value::Month(year, part.parse().ok()?),
        },
        (Some(month), Some(day)) => Value::Day(Day::new(year, month.parse().ok()?, day.parse().ok()?)?),
    };
    value.days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_days_of_2021_belong_to_the_last_week_of_2020() {
        assert_eq!(iso_week(Day::new(2021, 1, 3).unwrap()), (2020, 53));
        assert_eq!(week_start(2020, 53), Day::new(2020, 12, 28).unwrap());
    }

    #[test]
    fn a_winter_ends_in_the_next_year_and_every_value_can_be_read_back() {
        let winter = Value::Season(2024, Season::WI);
        assert_eq!(winter.days(), Some((Day::new(2024, 12, 1).unwrap(), Day::new(2025, 2, 28).unwrap())));
        for value in [winter, Value::Quarter(2019, 3), Value::Decade(1970), Value::Month(2025, 4), Value::Year(1960)] {
            let (first, last) = value.days().unwrap();
            assert_eq!(bounds(&value.text()), Some((Some(first), Some(last))), "{}", value.text());
        }
        assert_eq!(bounds("--04-22"), None);
        assert_eq!(bounds("22:30"), None);
    }
}
