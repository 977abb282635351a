//! `synonyms.toml`, ready to be asked: words that news uses for one another.

use crate::link::words::stem;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::LazyLock,
};

/// The table by stem.
pub struct Synonyms {
    groups: HashMap<String, Vec<u32>>,
    thin: HashSet<String>,
    saying: HashSet<String>,
}

/// The built-in table.
pub static SYNONYMS: LazyLock<Synonyms> = LazyLock::new(|| Synonyms::read(demarche_data::SYNONYMS));

impl Synonyms {
    fn read(text: &str) -> Self {
        let table: toml::Table = text.parse().expect("synonyms.toml is checked by a test");
        let list = |key: &str| -> HashSet<String> {
            table.get(key).and_then(toml::Value::as_str).unwrap_or_default().split_whitespace().map(stem).collect()
        };
        let mut groups: HashMap<String, Vec<u32>> = HashMap::new();
        let lines = table.get("groups").and_then(toml::Value::as_array);
        for (number, line) in lines.into_iter().flatten().enumerate() {
            for word in line.as_str().unwrap_or_default().split_whitespace() {
                groups.entry(stem(word)).or_default().push(number as u32);
            }
        }
        Self { groups, thin: list("thin"), saying: list("saying") }
    }

    /// The groups of a stem.
    pub fn of(&self, stem: &str) -> BTreeSet<u32> {
        self.groups.get(stem).into_iter().flatten().copied().collect()
    }

    /// True for a word too thin to tell an event by.
    pub fn thin(&self, stem: &str) -> bool {
        self.thin.contains(stem)
    }

    /// True for a word of saying.
    pub fn saying(&self, stem: &str) -> bool {
        self.saying.contains(stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_holds_two_words_and_lower_case_letters_only() {
        let table: toml::Table = demarche_data::SYNONYMS.parse().unwrap();
        for line in table["groups"].as_array().unwrap() {
            let words: Vec<&str> = line.as_str().unwrap().split_whitespace().collect();
            let lawful = |w: &&str| w.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(!words.is_empty() && words.iter().all(lawful), "{words:?}");
        }
    }

    #[test]
    fn a_quake_is_a_tremor_and_a_purchase_an_acquisition() {
        let shared = |a: &str, b: &str| !SYNONYMS.of(&stem(a)).is_disjoint(&SYNONYMS.of(&stem(b)));
        assert!(shared("quake", "tremor") && shared("purchased", "acquisition") && !shared("quake", "acquisition"));
    }
}
