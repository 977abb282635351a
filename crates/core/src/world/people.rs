//! People: who held what when, short forms of their names, and plurals of role nouns.

use crate::{
    day::Day,
    world::{
        Code, Sectors, World,
        lists::{LISTS, holds_form},
        names::word_hash,
    },
};

/// Sex, as far as a pronoun needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// "he".
    Male,
    /// "she".
    Female,
}

impl Sex {
    pub(crate) fn from_letter(letter: &str) -> Result<Self, String> {
        match letter {
            "m" => Ok(Self::Male),
            "f" => Ok(Self::Female),
            other => Err(format!("`{other}` stands where m or f is wanted")),
        }
    }
}

/// One person in one office, or in one role outside office, for a time.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// Index in the world's known entities.
    pub person: u32,
    /// Country or tag it counts for.
    pub country: Code,
    /// Title, for an office.
    pub office: Option<u16>,
    /// Sectors while it lasts.
    pub sectors: Sectors,
    /// First day, as [`Day::number`]; `i32::MIN` where not told.
    pub from: i32,
    /// Last day; `i32::MAX` where it lasts or is not told.
    pub until: i32,
}

impl Holding {
    /// True when the day lies within.
    pub fn covers(&self, day: i32) -> bool {
        self.from <= day && day <= self.until
    }

    /// Days between the day and the time in office; 0 inside it.
    pub fn distance(&self, day: i32) -> i32 {
        if day < self.from { self.from.saturating_sub(day) } else { day.saturating_sub(self.until).max(0) }
    }
}

/// First day of a date `YYYY[-MM[-DD]]`.
pub(crate) fn from_day(date: &str) -> Result<i32, String> {
    Ok(day(date, false)?.unwrap_or(i32::MIN))
}

/// Last day of a date `YYYY[-MM[-DD]]`.
pub(crate) fn until_day(date: &str) -> Result<i32, String> {
    Ok(day(date, true)?.unwrap_or(i32::MAX))
}

fn day(date: &str, last: bool) -> Result<Option<i32>, String> {
    if date.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("`{date}` is no date; YYYY, YYYY-MM or YYYY-MM-DD is wanted");
    let mut parts = date.split('-');
    let mut next = || parts.next().map(|part| part.parse::<u16>().map_err(|_| wrong())).transpose();
    let year = i32::from(next()?.ok_or_else(wrong)?);
    let month = next()?.unwrap_or(if last { 12 } else { 1 }) as u8;
    let days = if last { Day::days_in_month(year, month) } else { 1 };
    let of_month = next()?.unwrap_or(u16::from(days)) as u8;
    Day::new(year, month, of_month).map(|day| Some(day.number() as i32)).ok_or_else(wrong)
}

/// True for countries whose people are taken up by the first part of their name in English news: the family name, or the
/// own name where there are no family names.
pub(crate) fn surname_first(country: &str) -> bool {
    matches!(country, "CHN" | "TWN" | "HKG" | "KOR" | "PRK" | "KHM" | "ETH" | "ERI" | "THA")
}

/// The forms by which a full name is taken up again: "Rubio", "von der Leyen", "al-Assad" and "Assad".
pub(crate) fn short_names(name: &str, surname_first: bool) -> impl Iterator<Item = String> {
    let parts: Vec<&str> = name.split([' ', '-']).filter(|part| !part.is_empty()).collect();
    let mut out = Vec::new();
    if parts.len() > 1 {
        if surname_first && !name[..name.find(' ').unwrap_or(0)].contains('-') {
            out.push(parts[0].to_owned());
        } else {
            let hyphen = name.rsplit(' ').next().filter(|last| last.contains('-'));
            let last = parts[parts.len() - 1];
            let lower = |part: &str| holds_form(&LISTS.name_particles, part);
            let particle = (1..parts.len() - 1).find(|&i| parts[i..parts.len() - 1].iter().all(|p| lower(p)));
            match (particle, hyphen) {
                (Some(i), _) => {
                    out.push(parts[i..].join(" "));
                    if matches!(parts[i].to_lowercase().as_str(), "al" | "el" | "ben" | "ould") {
                        out.push(last.to_owned());
                    }
                }
                (None, Some(hyphened)) => out.push(hyphened.to_owned()),
                (None, None) if !matches!(last, "Jr." | "Jr" | "II" | "III" | "I") => out.push(last.to_owned()),
                (None, None) => out.push(parts[parts.len() - 2].to_owned()),
            }
        }
    }
    out.into_iter()
}

/// Plural of a role noun: of its last word, or of the word before "of", "for", "to", "in".
pub(crate) fn plural(noun: &str) -> Option<String> {
    let split = [" of ", " for ", " to ", " in ", "-in-", " general", "-at-"].iter().filter_map(|p| noun.find(p)).min();
    let (head, rest) = noun.split_at(split.filter(|&at| at > 0).unwrap_or(noun.len()));
    let plural = if let Some(stem) = head.strip_suffix("man") {
        format!("{stem}men")
    } else if head.ends_with("person") {
        format!("{head}s")
    } else if head.ends_with("people") || head.ends_with("men") || head.ends_with("police") {
        return None;
    } else if let Some(stem) = head.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ies")
    } else if head.ends_with("ss") || head.ends_with('x') || head.ends_with("ch") || head.ends_with("sh") {
        format!("{head}es")
    } else if head.ends_with('s') {
        return None;
    } else {
        format!("{head}s")
    };
    Some(plural + rest)
}

impl World {
    /// The time in office of a person that a day falls in, else the nearest; the latest where no day is known.
    pub(crate) fn holding(&self, person: u32, day: Option<Day>) -> Option<&Holding> {
        let from = self.holdings.partition_point(|h| h.person < person);
        let holdings = self.holdings[from..].iter().take_while(|h| h.person == person);
        match day {
            Some(day) => {
                let day = day.number() as i32;
                // Of two at one time the later started is the news; an office before a role.
                holdings.min_by_key(|h| (h.distance(day), h.office.is_none(), std::cmp::Reverse(h.from)))
            }
            None => holdings.max_by_key(|h| (h.until, h.from)),
        }
    }

    /// True for a head of state or government or a minister of foreign affairs or defence in office on the day, whom
    /// the news name by the family name alone.
    pub(crate) fn is_prominent(&self, person: u32, day: Option<Day>) -> bool {
        let from = self.holdings.partition_point(|h| h.person < person);
        let mut holdings = self.holdings[from..].iter().take_while(|h| h.person == person);
        let on = |h: &&Holding| day.map_or(h.until == i32::MAX, |day| h.covers(day.number() as i32));
        holdings.any(|h| on(&h) && h.office.is_some_and(|office| holds_form(&LISTS.prominent, self.title(office))))
    }

    /// Days between a day and the person's nearest time in office; 0 inside one or where no day is known.
    pub(crate) fn distance(&self, person: u32, day: Option<Day>) -> i32 {
        let Some(day) = day else { return 0 };
        self.holding(person, Some(day)).map_or(0, |holding| holding.distance(day.number() as i32))
    }

    /// The sex a given name tells.
    pub fn sex_of_given_name(&self, given: &str) -> Option<Sex> {
        self.given.get(&word_hash(given)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_up_by_its_family_name() {
        let short = |name, first| short_names(name, first).collect::<Vec<_>>();
        assert_eq!(short("Marco Rubio", false), ["Rubio"]);
        assert_eq!(short("Ursula von der Leyen", false), ["von der Leyen"]);
        assert_eq!(short("Bashar al-Assad", false), ["al Assad", "Assad"]);
        assert_eq!(short("Mohammed bin Salman", false), ["bin Salman"]);
        assert_eq!(short("Wang Yi", true), ["Wang"]);
        assert_eq!(short("Jean-Yves Le Drian", false), ["Le Drian"]);
        assert_eq!(short("Andrej Kramp-Karrenbauer", false), ["Kramp-Karrenbauer"]);
        assert!(short("Madonna", false).is_empty());
    }

    #[test]
    fn plurals_fall_on_the_head_of_the_title() {
        let plural = |noun| plural(noun).unwrap();
        assert_eq!(plural("secretary of state"), "secretaries of state");
        assert_eq!(plural("gunman"), "gunmen");
        assert_eq!(plural("attorney general"), "attorneys general");
        assert_eq!(plural("foreign ministry"), "foreign ministries");
    }

    #[test]
    fn partial_dates_reach_to_their_ends() {
        assert_eq!(from_day("2025").unwrap(), Day::new(2025, 1, 1).unwrap().number() as i32);
        assert_eq!(until_day("2024-02").unwrap(), Day::new(2024, 2, 29).unwrap().number() as i32);
        assert_eq!(until_day("").unwrap(), i32::MAX);
        assert!(from_day("May 2024").is_err());
    }
}
