//! The time of publication, as inputs give it.

use demarche_core::Day;

/// An RFC 3339 date, or date and time; seconds and zone may be missing, as in many archives. `None` for anything else.
///
/// ```
/// use demarche_read::rfc3339;
/// assert_eq!(rfc3339(" 2025-05-01 ").as_deref(), Some("2025-05-01"));
/// assert_eq!(rfc3339("2025-05-01T09:30:00+05:30").as_deref(), Some("2025-05-01T09:30:00+05:30"));
/// assert_eq!(rfc3339("2025-02-30"), None);
/// assert_eq!(rfc3339("yesterday"), None);
/// ```
pub fn rfc3339(given: &str) -> Option<String> {
    let given = given.trim();
    Day::from_rfc3339(given)?;
    let time = given.get(10..).filter(|rest| !rest.is_empty());
    if !time.is_none_or(|rest| is_time(&rest[1..])) {
        return None;
    }
    Some(match time {
        Some(rest) => format!("{}T{}", &given[..10], &rest[1..].to_uppercase()),
        None => given.to_owned(),
    })
}

/// `HH:MM[:SS[.fraction]][Z|±HH:MM|±HHMM]`.
fn is_time(text: &str) -> bool {
    let number = |text: &str, most: u8| text.len() == 2 && text.parse::<u8>().is_ok_and(|n| n <= most);
    let (clock, zone) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let digits = zone.trim_start_matches(['+', '-']).replace(':', "");
    let zoned = matches!(zone, "" | "Z" | "z")
        || digits.len() == 4 && digits.is_ascii() && number(&digits[..2], 23) && number(&digits[2..], 59);
    let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
    let parts: Vec<&str> = clock.split(':').collect();
    let clocked = match parts[..] {
        [hour, minute] => number(hour, 23) && number(minute, 59),
        [hour, minute, second] => number(hour, 23) && number(minute, 59) && number(second, 60),
        _ => false,
    };
    zoned && clocked
}

#[cfg(test)]
mod tests {
    use super::rfc3339;
    use proptest::prelude::*;

    #[test]
    fn a_blank_between_date_and_time_becomes_a_t() {
        assert_eq!(rfc3339("2025-05-01 23:10z").as_deref(), Some("2025-05-01T23:10Z"));
        assert_eq!(rfc3339("2025-05-01T25:00"), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), tail in "[0-9:TZ+. é-]{0,20}") {
            let _ = rfc3339(&text);
            let _ = rfc3339(&format!("2025-05-01{tail}"));
        }
    }
}
