//! Events of the world whose day is known, by which a day without a year gets one.

use crate::day::Day;

/// The latest of the known events that the texts speak of and, without a year, give the day of.
///
/// `days` are the months and days that stand in the texts without a year.
///
/// ```
/// use demarche_core::{Day, world::history};
/// let texts = ["Gunmen shot tourists near Pahalgam on 22 April."];
/// assert_eq!(history::latest(&texts, &[(4, 22)]), Day::new(2025, 4, 22));
/// assert_eq!(history::latest(&texts, &[(4, 23)]), None);
/// ```
pub fn latest(texts: &[&str], days: &[(u8, u8)]) -> Option<Day> {
    rows()
        .filter(|(day, _)| days.contains(&(day.month, day.day)))
        .filter(|(_, words)| words.split('|').any(|word| texts.iter().any(|text| names(text, word))))
        .map(|(day, _)| day)
        .max()
}

fn rows() -> impl Iterator<Item = (Day, &'static str)> {
    let lines = demarche_data::HISTORY.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).filter_map(|line| {
        let (day, rest) = line.split_once(',')?;
        let (_, words) = rest.rsplit_once(',')?;
        Some((Day::from_rfc3339(day)?, words))
    })
}

/// True where the word stands whole in the text.
fn names(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_day_an_event_and_a_word() {
        let lines = demarche_data::HISTORY.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        assert_eq!(rows().count(), lines.count() - 1);
        assert!(rows().all(|(_, words)| words.split('|').all(|word| word.len() > 2)));
    }

    #[test]
    fn a_word_inside_another_names_nothing() {
        assert!(names("The raid on Uri.", "Uri"));
        assert!(!names("A jury met.", "ury"));
    }
}
