//! Values of dates in the conventions of several corpora, made comparable.

use demarche_core::Day;

/// A stretch of time; minutes count from the day that [`Day::number`] counts from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Time {
    /// First and last minute; `None` at an open end.
    Calendar(Option<i64>, Option<i64>),
    /// Month and day of any year, as month × 100 + day.
    Yearless(i64, i64),
    /// Minutes of the day.
    Clock(i64, i64),
    /// Months and seconds.
    Duration(f64, f64),
}

impl Time {
    /// From its begin on, or up to its end.
    pub fn open(self, from: bool) -> Vec<Self> {
        match self {
            Self::Calendar(first, _) if from => vec![Self::Calendar(first, None)],
            Self::Calendar(_, last) => {
                vec![Self::Calendar(None, last), Self::Calendar(None, self.first().map(|first| first - 1))]
            }
            _ => Vec::new(),
        }
    }

    fn first(self) -> Option<i64> {
        match self {
            Self::Calendar(first, _) => first,
            Self::Yearless(first, _) | Self::Clock(first, _) => Some(first),
            Self::Duration(..) => None,
        }
    }
}

/// From the one to the other, the last counted in or out.
pub fn join(a: Time, b: Time) -> Vec<Time> {
    match (a, b) {
        (Time::Calendar(from, _), Time::Calendar(Some(first), last)) => {
            vec![Time::Calendar(from, last), Time::Calendar(from, Some(first - 1)), Time::Calendar(from, Some(first))]
        }
        (Time::Clock(from, _), Time::Clock(first, last)) => {
            vec![Time::Clock(from, last), Time::Clock(from, first - 1), Time::Clock(from, first)]
        }
        (Time::Yearless(from, _), Time::Yearless(first, last)) => {
            vec![Time::Yearless(from, last), Time::Yearless(from, first - 1), Time::Yearless(from, first)]
        }
        _ => Vec::new(),
    }
}

/// Overlap of two stretches as a share of what both cover.
pub fn near(a: Time, b: Time) -> f64 {
    let (first, last) = match (a, b) {
        (Time::Calendar(Some(a), Some(b)), Time::Calendar(Some(c), Some(d)))
        | (Time::Yearless(a, b), Time::Yearless(c, d))
        | (Time::Clock(a, b), Time::Clock(c, d)) => ((a, b), (c, d)),
        _ => return 0.0,
    };
    let both = first.1.min(last.1) - first.0.max(last.0) + 1;
    if both <= 0 { 0.0 } else { both as f64 / (first.1 - first.0 + last.1 - last.0 + 2 - both) as f64 }
}

fn days(first: (i64, i64, i64), last: (i64, i64)) -> Option<Time> {
    let number = |year: i64, month: i64, day: i64| {
        let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
        Some(Day::new(year as i32, month as u8, 1)?.number() + day - 1)
    };
    let from = number(first.0, first.1, first.2)?;
    let to = number(last.0, last.1 + 1, 1)? - 1;
    Some(Time::Calendar(Some(from * 1440), Some(to * 1440 + 1439)))
}

fn minutes(text: &str) -> Option<i64> {
    let text = text.strip_prefix('T').unwrap_or(text);
    let text = text.split(['Z', '+', '-', '.']).next()?;
    let mut parts = text.split(':');
    let whole = parts.next()?;
    let (hour, minute) = match whole.len() {
        4 => (whole.get(..2)?, whole.get(2..)?),
        1 | 2 => (whole, parts.next().unwrap_or("0")),
        _ => return None,
    };
    let hour: i64 = hour.parse().ok()?;
    Some(hour * 60 + minute.parse::<i64>().ok()?).filter(|_| hour <= 24)
}

/// The value, or `None` where it is not understood.
pub fn read(value: &str) -> Option<Time> {
    let value = value.trim().to_uppercase();
    let value = value.strip_prefix("R/").unwrap_or(&value);
    if let Some((left, right)) = value.split_once('/') {
        let side = |side: &str| if matches!(side, "" | "..") { None } else { read(side) };
        return match (side(left), side(right)) {
            (Some(Time::Calendar(from, _)), Some(Time::Calendar(_, to))) => Some(Time::Calendar(from, to)),
            (Some(Time::Clock(from, _)), Some(Time::Clock(_, to))) => Some(Time::Clock(from, to)),
            (Some(Time::Yearless(from, _)), Some(Time::Yearless(_, to))) => {
                Some(Time::Yearless(from, if to < from { to + 1200 } else { to }))
            }
            (Some(Time::Calendar(from, _)), None) if matches!(right, "" | "..") => Some(Time::Calendar(from, None)),
            (None, Some(Time::Calendar(_, to))) if matches!(left, "" | "..") => Some(Time::Calendar(None, to)),
            _ => None,
        };
    }
    if value.starts_with('P') {
        return duration(value);
    }
    let split = value.get(1..)?.find('T').map(|at| at + 1).or_else(|| value.find(' '));
    if let Some(at) = split.filter(|_| value.as_bytes()[0].is_ascii_digit() || value.starts_with('-')) {
        let (date, clock) = (read(&value[..at])?, minutes(&value[at + 1..]));
        return match (date, clock) {
            (Time::Calendar(Some(day), _), Some(minute)) => {
                Some(Time::Calendar(Some(day + minute), Some(day + minute)))
            }
            (date, _) => Some(date),
        };
    }
    if value.starts_with('T') || value.contains(':') {
        return minutes(value).map(|minute| Time::Clock(minute, minute));
    }
    let value = if value.starts_with("XX") { format!("-{}", value.trim_start_matches('X')) } else { value.to_owned() };
    if let Some(rest) = value.strip_prefix("--") {
        let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
        let month: i64 = month.parse().ok()?;
        let day: Option<i64> = day.and_then(|day| day.parse().ok());
        return Some(Time::Yearless(month * 100 + day.unwrap_or(1), month * 100 + day.unwrap_or(31)));
    }
    calendar(&value)
}

fn calendar(value: &str) -> Option<Time> {
    let (sign, digits) = value.strip_prefix('-').map_or((1, value), |rest| (-1, rest));
    let (head, rest) = digits.split_once('-').map_or((digits, None), |(head, rest)| (head, Some(rest)));
    if head.ends_with('X') && rest.is_none() {
        let stem = head.trim_end_matches('X');
        let size = 10i64.pow((head.len() - stem.len()) as u32);
        let first = stem.parse::<i64>().ok()? * size;
        return days((first, 1, 1), (first + size - 1, 12));
    }
    let year = sign * head.parse::<i64>().ok().filter(|_| head.len() >= 3)?;
    let Some(rest) = rest else { return days((year, 1, 1), (year, 12)) };
    if let Some(week) = rest.strip_prefix('W') {
        let (week, day) = week.split_once('-').map_or((week, None), |(week, day)| (week, Some(day)));
        let fourth = Day::new(year as i32, 1, 4)?;
        let monday = fourth.number() - i64::from(fourth.weekday()) + 1 + 7 * (week.parse::<i64>().ok()? - 1);
        let (from, length) = match day {
            None => (monday, 7),
            Some("WE") => (monday + 5, 2),
            Some(day) => (monday + day.parse::<i64>().ok()? - 1, 1),
        };
        return Some(Time::Calendar(Some(from * 1440), Some((from + length) * 1440 - 1)));
    }
    for (letter, length) in [('Q', 3), ('H', 6)] {
        if let Some(n) = rest.strip_prefix(letter) {
            let n: i64 = n.parse().ok()?;
            return days((year, length * n - length + 1, 1), (year, length * n));
        }
    }
    let season = match rest {
        "SP" => Some(3),
        "SU" => Some(6),
        "FA" | "AU" => Some(9),
        "WI" => Some(12),
        _ => None,
    };
    if let Some(month) = season {
        return days((year, month, 1), (year, month + 2));
    }
    let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
    let month: i64 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    match day {
        None => days((year, month, 1), (year, month)),
        Some(day) => {
            let day = Day::new(year as i32, month as u8, day.parse().ok()?)?.number();
            Some(Time::Calendar(Some(day * 1440), Some(day * 1440 + 1439)))
        }
    }
}

fn duration(value: &str) -> Option<Time> {
    let (mut months, mut seconds, mut clock) = (0.0, 0.0, false);
    let mut number = String::new();
    for c in value.chars().skip(1) {
        if c.is_ascii_digit() || c == '.' {
            number.push(c);
            continue;
        }
        if c == 'T' && number.is_empty() {
            clock = true;
            continue;
        }
        let n: f64 = number.parse().ok()?;
        number.clear();
        match (c, clock) {
            ('Y', _) => months += 12.0 * n,
            ('M', false) => months += n,
            ('W', _) => seconds += 604_800.0 * n,
            ('D', _) => seconds += 86_400.0 * n,
            ('H', _) => seconds += 3_600.0 * n,
            ('M', true) => seconds += 60.0 * n,
            ('S', _) => seconds += n,
            _ => return None,
        }
    }
    (number.is_empty() && value.len() > 1).then_some(Time::Duration(months, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stretch_written_in_two_ways_is_one() {
        assert_eq!(read("2015"), read("2015-01-01/2015-12-31"));
        assert_eq!(read("XXXX-04-22"), read("--04-22"));
        assert_eq!(read("P2W"), read("P14D"));
        assert_eq!(read("2025-W18-3"), read("2025-04-30"));
        assert_eq!(read("197X"), read("1970/1979"));
        assert_ne!(read("2025-04-30T10:00"), read("2025-04-30"));
        assert_eq!(read("soon"), None);
    }
}
