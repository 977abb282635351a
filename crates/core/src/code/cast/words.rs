//! The words by which a report speaks of its parties without naming them: `crates/data/code/cast.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::code::lists::holds;

/// The lists, lower case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub first_person: Vec<String>,
    pub sides: Vec<String>,
    pub definite_sides: Vec<String>,
    pub partners: Vec<String>,
    pub embassies: Vec<String>,
    pub people: Vec<String>,
    pub heads: Vec<String>,
    pub delegates: Vec<String>,
    pub epithets: Vec<String>,
    pub groups: Vec<String>,
    pub rivals: Vec<String>,
    pub harm: Vec<String>,
    pub missions: Vec<String>,
    pub outsiders: Vec<String>,
    pub nations: Vec<String>,
    pub homelands: Vec<String>,
    pub contrasted: Vec<String>,
    pub contrary: Vec<String>,
    pub contraries: Vec<String>,
    pub accusing: Vec<String>,
    pub demands: Vec<String>,
    pub no_bloc: Vec<String>,
    pub saying: Vec<String>,
    pub things: Vec<Vec<String>>,
    pub kinds: Vec<String>,
    pub states: Vec<String>,
    pub lands: BTreeMap<String, Vec<String>>,
    pub grounds: BTreeMap<String, String>,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(demarche_data::CAST).unwrap_or_else(|error| panic!("built-in cast.toml: {error}")));

impl Words {
    /// The codes of the states that a phrase in lower case may denote: "gulf kingdom" those that are both; `None` where
    /// it holds no word for a kind of state.
    pub fn lands_of(&self, phrase: &str) -> Option<Vec<&str>> {
        let padded = format!(" {phrase} ");
        let inside = |key: &&String| padded.contains(&format!(" {key} "));
        let mut keys: Vec<&String> = self.lands.keys().filter(inside).collect();
        let all = keys.clone();
        keys.retain(|key| !all.iter().any(|other| other.len() > key.len() && other.contains(key.as_str())));
        let mut sets = keys.into_iter().map(|key| self.lands_under(key));
        let first = sets.next()?;
        Some(sets.fold(first, |codes, set| codes.into_iter().filter(|code| set.contains(code)).collect()))
    }

    /// The states of a kind; a kind may be named in another's list.
    fn lands_under(&self, key: &str) -> Vec<&str> {
        let list = self.lands.get(key).map(Vec::as_slice).unwrap_or_default();
        let of = |one: &'_ String| self.lands.get(one.as_str()).map_or(&[][..], Vec::as_slice).iter();
        let plain = list.iter().filter(|one| !self.lands.contains_key(one.as_str()));
        plain.chain(list.iter().flat_map(of)).map(String::as_str).collect()
    }

    pub fn is_first_person(&self, form: &str) -> bool {
        holds(&self.first_person, form)
    }
}
