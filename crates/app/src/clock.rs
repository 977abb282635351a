//! The clock, for what is kept: when a report was first seen, when a feed may be asked again. Nothing that is thought
//! about news reads it.

use demarche_core::Day;

/// Seconds since 1970.
#[allow(clippy::disallowed_methods)] // the one place
pub fn seconds() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs() as i64)
}

/// Now as RFC 3339 in UTC.
pub fn now() -> String {
    rfc3339(seconds())
}

/// A time as RFC 3339 in UTC.
pub fn rfc3339(seconds: i64) -> String {
    let (day, rest) = (Day::from_number(seconds.div_euclid(86_400)), seconds.rem_euclid(86_400));
    format!("{day}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_is_written_in_utc() {
        assert_eq!(super::rfc3339(1_746_091_800), "2025-05-01T09:30:00Z");
        assert_eq!(super::rfc3339(-1), "1969-12-31T23:59:59Z");
    }
}
