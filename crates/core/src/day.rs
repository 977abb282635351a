//! A calendar day, and the arithmetic of days.

use std::fmt;

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Astronomical year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Day {
    /// The day, if there is one: `Day::new(2025, 2, 30)` is `None`.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let fits = (1..=12).contains(&month) && day >= 1 && day <= Self::days_in_month(year, month);
        fits.then_some(Self { year, month, day })
    }

    /// Days in a month; 0 for a month that does not exist.
    pub fn days_in_month(year: i32, month: u8) -> u8 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 0,
        }
    }

    /// The date part of an RFC 3339 date or time.
    ///
    /// ```
    /// use demarche_core::Day;
    /// assert_eq!(Day::from_rfc3339("2025-05-01T09:30:00Z"), Day::new(2025, 5, 1));
    /// assert_eq!(Day::from_rfc3339("1 May"), None);
    /// ```
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let date = text.get(..10)?;
        if !matches!(text.as_bytes().get(10), None | Some(b'T' | b't' | b' ')) {
            return None;
        }
        let mut parts = date.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Days since 1970-01-01 (Howard Hinnant's civil-day algorithm).
    pub fn number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The inverse of [`Day::number`].
    ///
    /// ```
    /// use demarche_core::Day;
    /// let day = Day::new(2025, 4, 22).unwrap();
    /// assert_eq!(Day::from_number(day.number() + 9), Day::new(2025, 5, 1).unwrap());
    /// ```
    pub fn from_number(number: i64) -> Self {
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Self { year: (year + era * 400 + i64::from(month <= 2)) as i32, month: month as u8, day: day as u8 }
    }

    /// The day `days` later (earlier if negative).
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self::from_number(self.number() + days)
    }

    /// ISO weekday, Monday 1 to Sunday 7.
    pub fn weekday(self) -> u8 {
        ((self.number() + 3).rem_euclid(7) + 1) as u8
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wednesday_before_1_may_2025_is_30_april() {
        let day = Day::new(2025, 4, 30).unwrap();
        assert_eq!(day.weekday(), 3);
        assert_eq!(day.plus(1).to_string(), "2025-05-01");
    }

    #[test]
    fn every_day_of_four_centuries_survives_the_round_trip() {
        for number in -100_000..100_000 {
            assert_eq!(Day::from_number(number).number(), number);
        }
    }
}
