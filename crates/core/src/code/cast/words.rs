//! The words by which a report speaks of its parties without naming them: `crates/data/code/cast.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::code::lists::holds;

/// The lists, lower case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub first_person: Vec<String>,
    pub sides: Vec<String>,
    pub definite_sides: Vec<String>,
    pub people: Vec<String>,
    pub heads: Vec<String>,
    pub epithets: Vec<String>,
    pub groups: Vec<String>,
    pub rivals: Vec<String>,
    pub harm: Vec<String>,
    pub missions: Vec<String>,
    pub outsiders: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(demarche_data::CAST).unwrap_or_else(|error| panic!("built-in cast.toml: {error}")));

impl Words {
    pub fn is_first_person(&self, form: &str) -> bool {
        holds(&self.first_person, form)
    }
}
