//! Word lists by which phrases are resolved: `crates/data/world/lists.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

/// The lists.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lists {
    pub(crate) others: Vec<String>,
    pub(crate) whereabouts: Vec<String>,
    pub(crate) missions: Vec<String>,
    pub(crate) common_bodies: Vec<String>,
    pub(crate) former: Vec<String>,
    pub(crate) still: Vec<String>,
    pub(crate) indefinite: Vec<String>,
    pub(crate) name_particles: Vec<String>,
    pub(crate) prominent: Vec<String>,
    pub(crate) led: Vec<String>,
    pub(crate) beside: Vec<String>,
    pub(crate) before_hyphen: Vec<String>,
    pub(crate) takes_place: Vec<String>,
    pub(crate) state_parts: Vec<String>,
    pub(crate) near_place: Vec<String>,
    pub(crate) bearings: Vec<String>,
    pub(crate) counted_on: Vec<String>,
    pub(crate) hour_hedges: Vec<String>,
    pub(crate) pointers: Vec<String>,
    pub(crate) in_passing: Vec<String>,
    pub(crate) wider_than_states: Vec<String>,
    pub(crate) of_one_state: Vec<String>,
    pub(crate) kingdoms: Vec<String>,
    pub(crate) crowns: Vec<String>,
    pub(crate) office_states: BTreeMap<String, Vec<String>>,
}

pub(crate) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(demarche_data::WORLD_LISTS).unwrap_or_else(|error| panic!("built-in world/lists.toml: {error}"))
});

/// Whether a list has the word, whatever its case.
pub(crate) fn holds_form(list: &[String], word: &str) -> bool {
    list.iter().any(|one| one.eq_ignore_ascii_case(word))
}
