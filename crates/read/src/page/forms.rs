//! The forms in which pages write a date: numbers, names of months in many languages, seconds since 1970.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use demarche_core::Day;
use serde::Deserialize;

use crate::published::rfc3339;

/// Years that a page on the web may be of.
const YEARS: std::ops::RangeInclusive<i32> = 1995..=2060;

/// Lists of `crates/data/read/dates.toml`.
#[derive(Deserialize)]
pub struct Lists {
    pub published: Vec<String>,
    pub dated: Vec<String>,
    pub changed: Vec<String>,
    pub marks: Vec<String>,
    pub other: Vec<String>,
    pub labels: Vec<String>,
    pub changes: Vec<String>,
    pub joined: Vec<String>,
    pub day_first: Vec<String>,
    pub keys: Vec<String>,
    months: Vec<Vec<String>>,
    zones: BTreeMap<String, String>,
}

pub static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(demarche_data::PAGE_DATES).expect("crates/data/read/dates.toml"));

/// A date, with its time where it has one, from any of the forms in use.
pub fn read(text: &str, american: bool) -> Option<String> {
    let text = &*western(text.trim());
    if let Some(found) = rfc3339(text).filter(|found| fits(found)) {
        return Some(found);
    }
    if text.len() >= 10 && text.bytes().all(|b| b.is_ascii_digit()) {
        let seconds: i64 = text.get(..10)?.parse().ok()?;
        let (day, second) = (Day::from_number(seconds.div_euclid(86_400)), seconds.rem_euclid(86_400));
        let found = format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60);
        return matches!(text.len(), 10 | 13).then_some(found).filter(|found| fits(found));
    }
    iso_inside(text).or_else(|| named(text)).or_else(|| numeric(text, american))
}

/// "2025年5月1日" and "2025년 5월 1일" as "2025-5-1".
fn western(text: &str) -> Cow<'_, str> {
    if !text.contains(['年', '년']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '年' | '月' | '년' | '월' => out.push('-'),
            '日' | '일' => out.push(' '),
            ' ' if out.ends_with('-') => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

pub fn fits(date: &str) -> bool {
    date.get(..4).and_then(|year| year.parse().ok()).is_some_and(|year: i32| YEARS.contains(&year))
}

/// "2025-05-01T09:30:00.000+0530", "2025/05/01", "20250501", anywhere in the text.
pub fn iso_inside(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        if at > 0 && bytes[at - 1].is_ascii_digit() || !bytes[at].is_ascii_digit() {
            continue;
        }
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 8
            && let Some(found) = day_of(&text[at..at + 4], &text[at + 4..at + 6], &text[at + 6..at + 8])
        {
            return Some(found);
        }
        if digits != 4 || at + 8 > bytes.len() || !matches!(bytes[at + 4], b'-' | b'/' | b'.') {
            continue;
        }
        let rest = &text[at + 5..];
        let month: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let day: String = rest.chars().skip(month.len() + 1).take_while(char::is_ascii_digit).collect();
        let Some(date) = day_of(&text[at..at + 4], &month, &day) else { continue };
        let after = &rest[(month.len() + 1 + day.len()).min(rest.len())..];
        let timed = rfc3339(&format!("{date}T{}", after.trim_start_matches(['T', 't', ' '])));
        return Some(timed.filter(|_| after.starts_with(['T', 't', ' '])).unwrap_or_else(|| clock(after, &date)));
    }
    None
}

/// "of" in Spanish and Portuguese.
fn is_of(word: &str) -> bool {
    matches!(word, "de" | "del" | "De" | "DE")
}

/// "1 May 2025", "May 1st, 2025", "1. Mai 2025", "Thu, 01 May 2025 09:30:00 GMT".
fn named(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for (i, word) in words.iter().enumerate() {
        let Some(month) = month(word) else { continue };
        let number = |at: Option<usize>| -> Option<i32> {
            let digits = words.get(at?)?.trim_end_matches(|c: char| c.is_alphabetic());
            digits.parse().ok().filter(|_| digits.len() <= 4)
        };
        let (before, after, second) = (
            number(i.checked_sub(if i > 1 && is_of(words[i - 1]) { 2 } else { 1 })),
            number(Some(i + 1)),
            number(Some(i + 2)),
        );
        let preposed = words.get(i + 1).is_some_and(|word| is_of(word));
        let (day, year) = match (before, after) {
            (Some(day @ 1..=31), Some(year)) if year > 31 => (day, year),
            (Some(day @ 1..=31), _) if preposed && second.is_some_and(|year| year > 31) => (day, second?),
            // "Thu May 01 09:30:00 GMT 2025"
            (_, Some(day @ 1..=31)) => {
                (day, second.filter(|&year| year > 1900).or_else(|| number(Some(words.len() - 1)))?)
            }
            _ => continue,
        };
        let found = Day::new(year, month, day as u8).filter(|day| YEARS.contains(&day.year))?;
        return Some(clock(text, &found.to_string()));
    }
    None
}

/// Adds the time of day in `text`, with its zone where it names one that is known: "9:30 pm EST", "09:30:00 +0530".
fn clock(text: &str, date: &str) -> String {
    let parse = || {
        let colon = text.find(':').filter(|&at| text[..at].ends_with(|c: char| c.is_ascii_digit()))?;
        let before: Vec<char> = text[..colon].chars().rev().take_while(char::is_ascii_digit).collect();
        let hour: u32 = before.iter().rev().collect::<String>().parse().ok().filter(|_| before.len() <= 2)?;
        let (minute, rest) = text[colon + 1..].split_at_checked(2)?;
        let minute: u32 = minute.parse().ok()?;
        let (second, rest) = match rest.strip_prefix(':').and_then(|rest| rest.split_at_checked(2)) {
            Some((second, rest)) => (second.parse().ok()?, rest),
            None => (0, rest),
        };
        let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        let words: String = rest.trim_start().chars().filter(|&c| c != '.').take(12).collect();
        let words = words.to_ascii_lowercase();
        let (half, zone) = match (words.strip_prefix("am"), words.strip_prefix("pm")) {
            (Some(zone), _) => (Some(0), zone),
            (_, Some(zone)) => (Some(12), zone),
            _ => (None, words.as_str()),
        };
        let hour = half.map_or(hour, |half| hour % 12 + half);
        let zone = zone.trim_start_matches([' ', '(', ',']);
        let name: String = zone.chars().take_while(char::is_ascii_alphabetic).collect();
        let offset = LISTS.zones.get(&name).map(String::as_str).or_else(|| {
            let end = zone.find(|c: char| !matches!(c, '+' | '-' | ':' | '0'..='9')).unwrap_or(zone.len());
            zone[..end].starts_with(['+', '-']).then_some(&zone[..end])
        });
        let time = format!("{date}T{hour:02}:{minute:02}:{second:02}");
        offset.and_then(|offset| rfc3339(&format!("{time}{offset}"))).or_else(|| rfc3339(&time))
    };
    parse().unwrap_or_else(|| date.to_owned())
}

/// "01.05.2025", "5/1/2025": the day before the month unless the page is American and uses slashes.
fn numeric(text: &str, american: bool) -> Option<String> {
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        if !bytes[at].is_ascii_digit()
            || at > 0 && (bytes[at - 1].is_ascii_digit() || matches!(bytes[at - 1], b'.' | b'/'))
        {
            continue;
        }
        let mut parts = [0i32; 3];
        let (mut i, mut mark) = (at, 0u8);
        let mut good = true;
        let mut year_digits = 0;
        for (k, part) in parts.iter_mut().enumerate() {
            let digits = bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
            good &= (1..=4).contains(&digits) && (k == 2 || digits <= 2);
            if !good {
                break;
            }
            *part = text[i..i + digits].parse().unwrap_or(0);
            year_digits = digits;
            i += digits;
            if k < 2 {
                let next = bytes.get(i).copied().unwrap_or(0);
                good &= matches!(next, b'.' | b'/' | b'-') && (mark == 0 || mark == next);
                mark = next;
                i += 1;
                i += usize::from(mark == b'.' && bytes.get(i) == Some(&b' '));
            }
            if i > bytes.len() {
                good = false;
                break;
            }
        }
        if !good || !matches!(year_digits, 2 | 4) {
            continue;
        }
        let [first, second, year] = parts;
        let year = if year_digits == 2 { 2000 + year } else { year };
        let (day, month) =
            if second > 12 || american && mark == b'/' && first <= 12 { (second, first) } else { (first, second) };
        let found = Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        if let Some(day) = found.filter(|day| YEARS.contains(&day.year)) {
            return Some(day.to_string());
        }
    }
    None
}

/// Number of a month by its name in one of many languages, or by the first letters of it.
pub fn month(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    LISTS.months.iter().position(|names| names.contains(&word)).map(|at| at as u8 + 1)
}

/// A day in digits, where there is such a day and a page may be of it.
pub fn day_of(year: &str, month: &str, day: &str) -> Option<String> {
    if month.is_empty() || day.is_empty() || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let day = Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    YEARS.contains(&day.year).then(|| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_in_all_forms_in_use() {
        for text in [
            "2025-05-01",
            "2025/05/01",
            "20250501",
            "1 May 2025",
            "May 1st, 2025",
            "Published: Thursday, May 01, 2025",
            "1. Mai 2025",
            "1 de mayo de 2025",
            "01.05.2025",
            "5/1/2025",
            "Thu May 01 09:30:00 EST 2025",
            "1746091800",
            "1746091800000",
            "2025年5月1日 09:30",
            "2025년 5월 1일",
            "1 мая 2025 г.",
            "1 maj 2025",
            "1 Mayıs 2025",
            "1 مايو 2025",
        ] {
            assert_eq!(read(text, true).as_deref().map(|date| &date[..10]), Some("2025-05-01"), "{text}");
        }
        assert_eq!(read("1/5/2025", false).as_deref(), Some("2025-05-01"));
        assert_eq!(read("May 2025", true), None);
        assert_eq!(read("12 reports of 1999 pages", true), None);
    }

    #[test]
    fn the_time_and_zone_are_kept() {
        assert_eq!(read("May 1, 2025 9:30 PM EDT", true).as_deref(), Some("2025-05-01T21:30:00-04:00"));
        assert_eq!(read("1 May 2025, 12:05 a.m.", true).as_deref(), Some("2025-05-01T00:05:00"));
        assert_eq!(read("Thu May 01 09:30:00 GMT 2025", true).as_deref(), Some("2025-05-01T09:30:00Z"));
        assert_eq!(read("Thu, 01 May 2025 09:30:00 GMT", true).as_deref(), Some("2025-05-01T09:30:00Z"));
        assert_eq!(read("2025-05-01T09:30:00.000+0530", true).as_deref(), Some("2025-05-01T09:30:00.000+0530"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), marks in "[0-9./: T+-]{0,24}", words in "(May|[0-9]{1,4}|,| |de|é|\\.){0,12}") {
            for text in [text, marks, words] {
                let _ = read(&text, true);
            }
        }
    }
}
