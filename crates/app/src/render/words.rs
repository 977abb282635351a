//! Words that the renderers share: plain names of codes, human dates, and text made safe to show.

use std::{borrow::Cow, fmt::Write};

use demarche_core::{Day, EventType, Modality, Party, Slot, Stance, world::World};

/// What a PLOVER type is called in a newspaper.
pub const fn type_name(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => "agreement or promise",
        EventType::Consult => "talks",
        EventType::Support => "support",
        EventType::Concede => "concession",
        EventType::Cooperate => "cooperation",
        EventType::Aid => "aid",
        EventType::Retreat => "retreat",
        EventType::Request => "demand",
        EventType::Accuse => "accusation",
        EventType::Reject => "refusal or denial",
        EventType::Threaten => "threat",
        EventType::Protest => "protest",
        EventType::Sanction => "sanction",
        EventType::Mobilize => "military move",
        EventType::Coerce => "coercion",
        EventType::Assault => "attack",
    }
}

/// What a slot asks.
pub const fn slot_name(slot: Slot) -> &'static str {
    match slot {
        Slot::Actor => "who",
        Slot::Recipient => "to whom",
        Slot::Act => "did what",
        Slot::Object => "what exactly",
        Slot::Date => "when",
        Slot::Time => "at what time",
        Slot::Place => "where",
        Slot::Killed => "killed",
        Slot::Injured => "injured",
        Slot::Number => "how many",
        Slot::Victims => "the victims",
        Slot::Label => "called",
        Slot::Quote => "in whose words",
        Slot::Reason => "why",
        Slot::Status => "how it stands",
        Slot::Modality => "did it happen",
        Slot::AccordingTo => "who says so",
    }
}

/// The verb of a stance.
pub const fn stance_name(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "says",
        Stance::Denies => "denies",
        Stance::Accuses => "accuses",
        Stance::Demands => "demands",
        Stance::Threatens => "threatens",
        Stance::Promises => "promises",
        Stance::Doubts => "doubts",
    }
}

/// What an outlet tells in its own voice.
pub const FACT: &str = modality_name(Modality::Occurred);

/// How the outlet tells it in its own voice.
pub const fn modality_name(modality: Modality) -> &'static str {
    match modality {
        Modality::Occurred => "told as fact",
        Modality::Planned => "told as planned",
        Modality::Threatened => "told as threatened",
        Modality::Hypothetical => "told as possible or called for",
        Modality::Negated => "told as not having happened",
    }
}

/// What a country code or tag is called in English, where that is known; else the code.
pub fn country_name(code: &str) -> &str {
    let world = World::embedded();
    match code {
        "MEDIA" => "the press",
        _ => world.find_code(code).and_then(|code| world.state_name(code)).unwrap_or(code),
    }
}

/// Words that tell a reader nothing once they stand alone.
const PRONOUNS: [&str; 16] = [
    "it", "its", "he", "his", "him", "she", "her", "they", "their", "them", "we", "our", "us", "which", "who", "whose",
];

/// Who it is: the name where it is known, else the words of the report with the country they stand for.
pub fn party_name(party: &Party, text: &str) -> String {
    if let Some(name) = &party.name {
        // "It" that takes up "The government" goes by those words, which do not tell whose it is.
        let country = party.country.as_deref().map(country_name);
        return match country.filter(|country| is_description(name) && !name.contains(country)) {
            Some(country) => format!("{name} ({country})"),
            None => name.clone(),
        };
    }
    let words = one_line(party.span.of(text));
    match party.country.as_deref().map(country_name) {
        Some(country) if party.is_inferred() => format!("({country})"),
        Some(country) if PRONOUNS.contains(&&*words.to_lowercase()) || is_own_country(&words) => country.to_string(),
        Some(country) if !words.contains(country) => format!("{words} ({country})"),
        _ => words,
    }
}

/// True for words that are no name: "The government", "the two armies".
fn is_description(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let article = words.next().is_some_and(|word| matches!(word.to_lowercase().as_str(), "the" | "a" | "an"));
    article && words.all(|word| !word.starts_with(char::is_uppercase))
}

/// "their country", "his nation".
fn is_own_country(words: &str) -> bool {
    let words = words.to_lowercase();
    let parts = words.split_once(' ').filter(|(whose, _)| PRONOUNS.contains(whose));
    parts.is_some_and(|(_, what)| matches!(what, "country" | "nation" | "homeland"))
}

/// Whose side it stands on: its country, where that is known; else who it is.
pub fn side_name(party: &Party, text: &str) -> String {
    party.country.as_deref().map_or_else(|| party_name(party, text), |code| country_name(code).to_string())
}

/// Names joined as in a sentence, each once. Several parties with the same words ("both countries") go by their
/// countries, which those words do not tell.
pub fn party_names(parties: &[Party], text: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    for party in parties {
        let shared = parties.iter().any(|other| other.span == party.span && other.country != party.country);
        let name = if shared { side_name(party, text) } else { party_name(party, text) };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    join(&names)
}

/// "a", "a and b", "a, b and c".
pub fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// "1 report", "2 reports".
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "22 April 2025".
pub fn day_text(day: Day) -> String {
    format!("{} {} {}", day.day, MONTHS[usize::from(day.month) - 1], day.year)
}

/// "22–24 April 2025", "30 April – 2 May 2025".
pub fn days_text(first: Day, last: Day) -> String {
    if first == last {
        day_text(first)
    } else if (first.year, first.month) == (last.year, last.month) {
        format!("{}–{}", first.day, day_text(last))
    } else if first.year == last.year {
        format!("{} {} – {}", first.day, MONTHS[usize::from(first.month) - 1], day_text(last))
    } else {
        format!("{} – {}", day_text(first), day_text(last))
    }
}

/// As [`days_text`], "since 24 April 2025" where the last day is open, "until 10 May 2025" where the first is.
pub fn stretch_text(ends: (Option<Day>, Option<Day>)) -> String {
    match ends {
        (Some(first), Some(last)) => days_text(first, last),
        (Some(first), None) => format!("since {}", day_text(first)),
        (None, Some(last)) => format!("until {}", day_text(last)),
        (None, None) => String::new(),
    }
}

/// A contract date value in words: `2025-04-22` is "22 April 2025", `2025-W17` "week of 21 April 2025".
/// A value of another form stays as it is.
pub fn date_text(value: &str) -> String {
    let day_of = |value: &str| Day::from_rfc3339(value).filter(|_| value.len() == 10);
    if let Some(day) = day_of(value) {
        return day_text(day);
    }
    if let Some((first, last)) = value.split_once('/')
        && let (Some((from, start)), Some((until, end))) = (first.split_once('T'), last.split_once('T'))
        && let (Some(day), true) = (day_of(from), from == until)
    {
        return format!("{}, {start}–{end}", day_text(day));
    }
    if let Some((date, time)) = value.split_once('T').filter(|_| !value.contains('/'))
        && let Some(day) = day_of(date)
    {
        return format!("{}, {time}", day_text(day));
    }
    match value.split_once('/') {
        Some(("..", last)) => return format!("until {}", date_text(last)),
        Some((first, "..")) => return format!("since {}", date_text(first)),
        Some((first, last)) => {
            return match (day_of(first), day_of(last)) {
                (Some(first), Some(last)) => days_text(first, last),
                _ => format!("{} – {}", date_text(first), date_text(last)),
            };
        }
        None => {}
    }
    if let Some(rest) = value.strip_prefix("--") {
        return yearless(rest).unwrap_or_else(|| value.to_string());
    }
    let year = value.get(..4).and_then(|year| year.parse::<i32>().ok());
    match (year, value.get(4..)) {
        (Some(year), Some(rest)) if rest.starts_with("-W") => match rest[2..].parse::<i64>().ok().and_then(|week| {
            // Week 1 of ISO 8601 is the week of 4 January.
            let fourth = Day::new(year, 1, 4)?;
            Some(fourth.plus(1 - i64::from(fourth.weekday()) + (week - 1) * 7))
        }) {
            Some(monday) => format!("week of {}", day_text(monday)),
            None => value.to_string(),
        },
        (Some(year), Some(rest)) if rest.len() == 3 && rest.starts_with('-') => match rest[1..].parse::<usize>() {
            Ok(month @ 1..=12) => format!("{} {year}", MONTHS[month - 1]),
            _ => value.to_string(),
        },
        _ => value.to_string(),
    }
}

/// `04-22` is "22 April", `04` "April".
fn yearless(value: &str) -> Option<String> {
    let (month, day) = value.split_once('-').map_or((value, None), |(month, day)| (month, Some(day)));
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    match day {
        Some(day) => Some(format!("{} {month}", day.parse::<u8>().ok()?)),
        None => Some((*month).to_string()),
    }
}

/// Text of a report on one line, with what must not reach any reader spelled out.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&shown(word));
    }
    out
}

/// The words, cut at a word's end with "…" where they are longer than `limit` characters.
pub fn clip(text: &str, limit: usize) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(limit) else { return Cow::Borrowed(text) };
    let cut = text[..end].rfind(' ').filter(|&at| at > end / 2).unwrap_or(end);
    Cow::Owned(format!("{}…", text[..cut].trim_end_matches([' ', ',', ';', '—', '–'])))
}

/// Text of a report made fit for a page that isolates directions of writing: control characters, and the two that
/// force letters to run backwards, are spelled out.
pub fn shown(text: &str) -> Cow<'_, str> {
    spell_out(text, |c| (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{202D}' | '\u{202E}'))
}

/// Text of a report made fit for a terminal, where nothing isolates: everything that could move the cursor, colour the
/// screen, turn the direction of writing or hide words is spelled out.
pub fn visible(text: &str) -> Cow<'_, str> {
    spell_out(text, |c| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
    })
}

fn spell_out(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hidden(c) {
            let _ = write!(out, "‹U+{:04X}›", c as u32);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_words() {
        let pairs = [
            ("2025-04-22", "22 April 2025"),
            ("2025-04-30T21:00", "30 April 2025, 21:00"),
            ("2025-04-30T20:00/2025-04-30T23:59", "30 April 2025, 20:00–23:59"),
            ("2025-W17", "week of 21 April 2025"),
            ("2025-04", "April 2025"),
            ("2025-04-22/2025-04-24", "22–24 April 2025"),
            ("2025-04-30/2025-05-02", "30 April – 2 May 2025"),
            ("../2025-05-01", "until 1 May 2025"),
            ("1960", "1960"),
            ("--04-22", "22 April"),
            ("--04", "April"),
            ("--04-24/..", "since 24 April"),
            ("--13-01", "--13-01"),
            ("P3D", "P3D"),
            ("2025-SP", "2025-SP"),
            ("2025-99", "2025-99"),
            ("é", "é"),
        ];
        for (value, words) in pairs {
            assert_eq!(date_text(value), words);
        }
    }

    #[test]
    fn an_open_end_is_said_and_not_made_up() {
        let day = Day::new(2025, 4, 24);
        assert_eq!(stretch_text((day, Day::new(2025, 5, 2))), "24 April – 2 May 2025");
        assert_eq!(stretch_text((day, None)), "since 24 April 2025");
        assert_eq!(stretch_text((None, day)), "until 24 April 2025");
    }

    #[test]
    fn clipping_stops_at_a_word() {
        assert_eq!(clip("the government suspended the treaty", 22), "the government…");
        assert_eq!(clip("short", 22), "short");
        assert_eq!(clip("ééééé", 3), "ééé…");
    }

    #[test]
    fn nothing_in_a_report_reaches_the_terminal_as_a_command() {
        assert_eq!(visible("red \u{1b}[31m \u{202e}txet"), "red ‹U+001B›[31m ‹U+202E›txet");
        assert!(matches!(visible("plain\nwords"), Cow::Borrowed(_)));
    }

    #[test]
    fn words_that_are_no_name_are_told_with_whose_they_are() {
        let named = |name: &str| Party { name: Some(name.into()), country: Some("IND".into()), ..Party::default() };
        assert_eq!(party_name(&named("The government"), ""), "The government (India)");
        assert_eq!(party_name(&named("The Resistance Front"), ""), "The Resistance Front");
        assert_eq!(party_name(&named("Narendra Modi"), ""), "Narendra Modi");
        let implied =
            Party { span: demarche_core::Span::new(0, 5), why: "of the event told of in a/3.0".into(), ..named("x") };
        assert_eq!(party_name(&Party { name: None, ..implied }, "fired"), "(India)");
    }

    #[test]
    fn names_are_joined_as_in_a_sentence() {
        let names: Vec<String> = ["India", "Pakistan", "China"].map(String::from).into();
        assert_eq!(join(&names), "India, Pakistan and China");
        assert_eq!(join(&names[..2]), "India and Pakistan");
    }
}
