//! The words of time, and a text cut into them.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{day::Day, quick::HashMap, span::Span};

/// What a function word does in the grammar of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, PartialOrd, Ord, Hash)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    The,
    A,
    This,
    That,
    These,
    Same,
    Last,
    Past,
    Next,
    Ago,
    Later,
    Earlier,
    After,
    Before,
    Since,
    From,
    To,
    Until,
    Through,
    Between,
    And,
    Or,
    Of,
    In,
    On,
    At,
    By,
    During,
    Within,
    Over,
    About,
    Early,
    Mid,
    Late,
    Ends,
    Each,
    Other,
    Half,
    Couple,
    Few,
    Once,
    Clock,
    Am,
    Pm,
    Local,
    For,
    Now,
    With,
    Overnight,
    Ahead,
    EraAfter,
    EraBefore,
    QuarterOf,
}

/// A stretch of time by the calendar or the clock, the shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Spring to winter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[allow(clippy::upper_case_acronyms)]
pub(super) enum Season {
    SP,
    SU,
    FA,
    WI,
}

impl Season {
    /// First month, 3 to 12; a season has three.
    pub(super) fn first_month(self) -> u8 {
        match self {
            Self::SP => 3,
            Self::SU => 6,
            Self::FA => 9,
            Self::WI => 12,
        }
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::SP => "SP",
            Self::SU => "SU",
            Self::FA => "FA",
            Self::WI => "WI",
        }
    }
}

/// All that one word can mean.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each is a fact about the word
pub(super) struct Word {
    pub month: Option<u8>,
    pub weekday: Option<u8>,
    pub unit: Option<Unit>,
    pub plural: bool,
    pub number: Option<u16>,
    pub ordinal: Option<u8>,
    pub decade: Option<u8>,
    /// First and last minute of the day.
    pub part: Option<(u16, u16)>,
    pub parts: bool,
    pub season: Option<Season>,
    pub days: Option<i8>,
    pub night: bool,
    pub repeat: Option<&'static str>,
    pub role: Option<Role>,
    /// Needs a sign from its neighbours to be read as a month, weekday or season.
    pub ambiguous: bool,
    pub future: bool,
    /// Looks ahead before "to" and behind "is" only: "is **set** for Tuesday", "**set** to resume", but "set fire".
    pub staged: bool,
    pub past: bool,
    /// "be", before a participle of what is to come.
    pub be: bool,
    /// Tells how things are: "is", "remains".
    pub present: bool,
    /// Speaks of who speaks or listens: "we", "your".
    pub person: bool,
    /// A holiday or named time starts with it.
    pub names: bool,
}

/// When a feast falls.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holiday {
    names: Vec<String>,
    date: Option<String>,
    nth: Option<(i8, u8, u8)>,
    #[serde(default)]
    plus: i64,
    easter: Option<i64>,
    #[serde(default)]
    days: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    names: Vec<String>,
    value: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Events {
    names: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    ambiguous: Vec<String>,
    units: BTreeMap<Unit, Vec<String>>,
    numbers: BTreeMap<String, u16>,
    ordinals: BTreeMap<String, u8>,
    decades: BTreeMap<String, u8>,
    parts: BTreeMap<String, (u16, u16)>,
    part_plurals: BTreeMap<String, String>,
    seasons: BTreeMap<String, Season>,
    days: BTreeMap<String, i8>,
    repeats: BTreeMap<String, String>,
    roles: BTreeMap<Role, Vec<String>>,
    tense: BTreeMap<String, Vec<String>>,
    events: Events,
    holiday: Vec<Holiday>,
    named: Vec<Named>,
}

/// The name of a feast or of a time in history, as the words it is made of.
pub(super) struct Name {
    pub words: Vec<String>,
    /// Index into [`Lexicon::holidays`], or the value itself.
    pub means: Result<usize, String>,
}

/// `dates.toml`, ready to be asked.
pub(super) struct Lexicon {
    words: HashMap<String, Word>,
    pub holidays: Vec<Holiday>,
    /// By first word; the longest name first.
    pub names: BTreeMap<String, Vec<Name>>,
    /// Nouns of happenings, to the one that stands for its like.
    events: HashMap<String, String>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(demarche_data::DATES).expect("dates.toml is checked by the tests");
    Lexicon::new(file)
});

impl Lexicon {
    fn new(file: File) -> Self {
        let mut words: HashMap<String, Word> = HashMap::default();
        for (n, names) in file.months.iter().enumerate() {
            for name in names {
                words.entry(name.clone()).or_default().month = Some(n as u8 + 1);
            }
        }
        for (n, names) in file.weekdays.iter().enumerate() {
            for (i, name) in names.iter().enumerate() {
                words.entry(name.clone()).or_default().weekday = Some(n as u8 + 1);
                if i == 0 {
                    let plural = words.entry(format!("{name}s")).or_default();
                    (plural.weekday, plural.plural) = (Some(n as u8 + 1), true);
                }
            }
        }
        for (unit, names) in &file.units {
            for name in names {
                let word = words.entry(name.clone()).or_default();
                word.unit = Some(*unit);
                word.plural = name.len() > 2 && name.ends_with('s');
            }
        }
        for (name, n) in &file.numbers {
            words.entry(name.clone()).or_default().number = Some(*n);
        }
        for (name, n) in &file.ordinals {
            words.entry(name.clone()).or_default().ordinal = Some(*n);
        }
        for (name, n) in &file.decades {
            words.entry(name.clone()).or_default().decade = Some(*n);
        }
        for (name, part) in &file.parts {
            words.entry(name.clone()).or_default().part = Some(*part);
        }
        for (name, part) in &file.part_plurals {
            let word = words.entry(name.clone()).or_default();
            (word.part, word.parts) = (file.parts.get(part).copied(), true);
        }
        for (name, season) in &file.seasons {
            let word = words.entry(name.clone()).or_default();
            (word.season, word.plural) = (Some(*season), name.ends_with('s'));
        }
        for (name, days) in &file.days {
            let word = words.entry(name.clone()).or_default();
            (word.days, word.night) = (Some(*days), name.starts_with("toni"));
        }
        for (name, value) in file.repeats {
            // One leak per entry and process: the value is then a plain copy everywhere.
            words.entry(name).or_default().repeat = Some(value.leak());
        }
        for (role, names) in &file.roles {
            for name in names {
                let word = words.entry(name.clone()).or_default();
                word.role = Some(*role);
            }
        }
        for name in &file.ambiguous {
            words.entry(name.clone()).or_default().ambiguous = true;
        }
        for (name, list) in &file.tense {
            for word in list {
                let word = words.entry(word.clone()).or_default();
                match name.as_str() {
                    "future" => word.future = true,
                    "staged" => word.staged = true,
                    "past" => word.past = true,
                    "present" => word.present = true,
                    "person" => word.person = true,
                    _ => word.be = true,
                }
            }
        }
        let mut names: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        let mut add = |name: &str, means: Result<usize, String>| {
            let parts: Vec<String> = lex(name, None).iter().map(|lex| lex.span.of(name).to_owned()).collect();
            words.entry(parts[0].clone()).or_default().names = true;
            names.entry(parts[0].clone()).or_default().push(Name { words: parts, means });
        };
        for (i, holiday) in file.holiday.iter().enumerate() {
            for name in &holiday.names {
                add(name, Ok(i));
            }
        }
        for named in &file.named {
            for name in &named.names {
                add(name, Err(named.value.clone()));
            }
        }
        for list in names.values_mut() {
            list.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
        }
        let mut events = HashMap::default();
        for names in file.events.names {
            for name in &names {
                events.insert(name.clone(), names[0].clone());
            }
        }
        Self { words, holidays: file.holiday, names, events }
    }

    /// The noun that stands for this kind of happening.
    pub(super) fn event(&self, form: &str) -> Option<String> {
        self.events.get(&form.to_lowercase()).cloned()
    }

    /// What this word means; nothing for a word that has nothing to do with time.
    fn word(&self, form: &str) -> Word {
        let bytes = form.as_bytes();
        if bytes.len() > 14 || !bytes.is_ascii() {
            return Word::default();
        }
        let mut lower = [0u8; 14];
        for (to, from) in lower.iter_mut().zip(bytes) {
            *to = from.to_ascii_lowercase();
        }
        let lower = std::str::from_utf8(&lower[..bytes.len()]).unwrap_or_default();
        let mut word = self.words.get(lower).copied().unwrap_or_default();
        word.past |= lower.len() > 4 && lower.ends_with("ed") && !word.future;
        word
    }
}

impl Holiday {
    /// The day in this year, where the calendar or the table knows it.
    pub(super) fn in_year(&self, year: i32) -> Option<Day> {
        if let Some(date) = &self.date {
            let (month, day) = date.split_once('-')?;
            return Day::new(year, month.parse().ok()?, day.parse().ok()?);
        }
        if let Some((nth, weekday, month)) = self.nth {
            return nth_weekday(year, month, weekday, nth).map(|day| day.plus(self.plus));
        }
        if let Some(days) = self.easter {
            return Some(easter(year)?.plus(days));
        }
        self.days.iter().filter_map(|day| Day::from_rfc3339(day)).find(|day| day.year == year)
    }

    /// `--MM-DD`, where it is the same every year.
    pub(super) fn every_year(&self) -> Option<(u8, u8)> {
        let (month, day) = self.date.as_ref()?.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    }
}

/// The first, second … (or, from -1, last) such weekday of a month.
pub(super) fn nth_weekday(year: i32, month: u8, weekday: u8, nth: i8) -> Option<Day> {
    if nth > 0 {
        let first = Day::new(year, month, 1)?;
        let ahead = (i64::from(weekday) - i64::from(first.weekday())).rem_euclid(7) + 7 * (i64::from(nth) - 1);
        let day = first.plus(ahead);
        (day.month == month).then_some(day)
    } else {
        let last = Day::new(year, month, Day::days_in_month(year, month))?;
        Some(last.plus(-(i64::from(last.weekday()) - i64::from(weekday)).rem_euclid(7)))
    }
}

/// Western Easter Sunday by the anonymous Gregorian computus.
// The letters are those of the published algorithm.
#[allow(clippy::many_single_char_names)]
fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Day::new(year, month as u8, day as u8)
}

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Its value, its digits, and whether thousands are grouped by commas.
    Number {
        value: u32,
        digits: u8,
        grouped: bool,
    },
    Mark(char),
}

/// One piece of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lex {
    pub span: Span,
    pub kind: Kind,
    /// Nothing stands between it and the piece before.
    pub glued: bool,
    /// A line ends before it: no expression reaches across.
    pub breaks: bool,
    pub capital: bool,
    pub word: Word,
}

/// Cuts a text into words, numbers and marks; with a lexicon, says what the words mean.
pub(super) fn lex(text: &str, lexicon: Option<&Lexicon>) -> Vec<Lex> {
    let bytes = text.as_bytes();
    let mut out: Vec<Lex> = Vec::with_capacity(bytes.len() / 5 + 1);
    let (mut at, mut last_end, mut breaks, mut line_start) = (0, 0, false, 0);
    while at < bytes.len() {
        let start = at;
        let byte = bytes[at];
        if byte == b'\n' {
            // A line of ordinary width that stops in mid-sentence is wrapped by hand; any other line end is a border.
            let wrapped = (50..=110).contains(&(at - line_start))
                && !matches!(bytes[at.saturating_sub(1)], b'.' | b'!' | b'?' | b':' | b'\n' | b'\r');
            breaks |= !wrapped || bytes.get(at + 1) == Some(&b'\n');
            at += 1;
            line_start = at;
            continue;
        }
        if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let mut push = |end: usize, kind: Kind, capital: bool, word: Word| {
            let glued = last_end == start && !out.is_empty() && !breaks;
            out.push(Lex { span: Span::new(start, end), kind, glued, breaks, capital, word });
            (last_end, breaks) = (end, false);
            end
        };
        if byte.is_ascii_digit() {
            let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let mut n = digits(at);
            let mut value = number(&bytes[at..at + n]);
            let mut grouped = false;
            at += n;
            while n <= 3 && bytes.get(at) == Some(&b',') && digits(at + 1) == 3 {
                value = value.saturating_mul(1000).saturating_add(number(&bytes[at + 1..at + 4]));
                (at, n, grouped) = (at + 4, 3, true);
            }
            let digits = (at - start).min(255) as u8;
            at = push(at, Kind::Number { value, digits, grouped }, false, Word::default());
        } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
            let first = text[at..].chars().next().unwrap_or(' ');
            if byte >= 0x80 && !first.is_alphabetic() {
                let end = at + first.len_utf8();
                if first.is_whitespace() {
                    at = end;
                } else {
                    at = push(end, Kind::Mark(fold(first)), false, Word::default());
                }
                continue;
            }
            let mut end = at;
            for (i, char) in text[at..].char_indices() {
                if !char.is_alphabetic() {
                    break;
                }
                end = at + i + char.len_utf8();
            }
            // "a.m." is one word; so is a short form with its full stop, but the stop stays outside.
            if let [b'a' | b'p' | b'A' | b'P', b'.', b'm' | b'M', rest @ ..] = &bytes[at..] {
                end = at + 3 + usize::from(rest.first() == Some(&b'.'));
            }
            // So are "B.C.", "A.D." and "B.C.E."; its last stop may end the sentence as well.
            if byte.is_ascii_alphabetic() {
                let dotted = |n: usize| {
                    (0..n).all(|i| {
                        bytes.get(at + 2 * i).is_some_and(u8::is_ascii_alphabetic)
                            && bytes.get(at + 2 * i + 1) == Some(&b'.')
                    })
                };
                let era = |n: usize| {
                    matches!(text[at..at + 2 * n].to_ascii_lowercase().as_str(), "b.c." | "a.d." | "c.e." | "b.c.e.")
                };
                end = [3, 2].into_iter().find(|n| dotted(*n) && era(*n)).map_or(end, |n| at + 2 * n);
            }
            let form = &text[at..end];
            let word = lexicon.map_or_else(Word::default, |lexicon| {
                if form.contains('.') { lexicon.word(&form.replace('.', "")) } else { lexicon.word(form) }
            });
            at = push(end, Kind::Word, first.is_uppercase(), word);
        } else {
            at = push(at + 1, Kind::Mark(byte as char), false, Word::default());
        }
    }
    out
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0u32, |n, digit| n.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}

/// Typographic marks as plain ones.
fn fold(mark: char) -> char {
    match mark {
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_and_the_last_monday_of_may_fall_where_the_calendar_says() {
        assert_eq!(easter(2025), Day::new(2025, 4, 20));
        assert_eq!(easter(2024), Day::new(2024, 3, 31));
        assert_eq!(nth_weekday(2025, 5, 1, -1), Day::new(2025, 5, 26));
        assert_eq!(nth_weekday(2024, 11, 4, 4), Day::new(2024, 11, 28));
    }

    #[test]
    fn a_grouped_number_is_one_piece_and_a_line_of_its_own_breaks() {
        let text = "About 1,500 people\nApril 22";
        let pieces = lex(text, Some(&LEXICON));
        let forms: Vec<&str> = pieces.iter().map(|lex| lex.span.of(text)).collect();
        assert_eq!(forms, ["About", "1,500", "people", "April", "22"]);
        assert_eq!(pieces[1].kind, Kind::Number { value: 1500, digits: 5, grouped: true });
        assert!(pieces[3].breaks && !pieces[4].breaks);
        assert_eq!(pieces[3].word.month, Some(4));
    }
}
