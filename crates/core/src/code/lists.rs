//! Word lists that several stages share: `crates/data/code/lists.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The lists, lower case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    pub address: Vec<String>,
    pub amounts: Vec<String>,
    pub given_back: Vec<String>,
    pub executes: Vec<String>,
    pub bodies: Vec<String>,
    pub own_people: Vec<String>,
    pub pleas: Vec<String>,
    pub overtures: Vec<String>,
    pub charges: Vec<String>,
    pub arguments: Vec<String>,
    pub rulers: Vec<String>,
    pub steps: Vec<String>,
    pub munitions: Vec<String>,
    pub commands: Vec<String>,
    pub commits: Vec<String>,
    pub converse: Vec<String>,
    pub down: Vec<String>,
    pub durations: Vec<String>,
    pub two_objects: Vec<String>,
    pub asides: Vec<String>,
    pub before_title: Vec<String>,
    pub notes: Vec<String>,
    pub officials: Vec<String>,
    pub over: Vec<String>,
    pub particles: Vec<String>,
    pub give_in: Vec<String>,
    pub happens: Vec<String>,
    pub headline_verbs: Vec<String>,
    pub evidential: Vec<String>,
    pub made: Vec<String>,
    pub minds: Vec<String>,
    pub makes: Vec<String>,
    pub held: Vec<String>,
    pub incidents: Vec<String>,
    pub things_in_ing: Vec<String>,
    pub offers: Vec<String>,
    pub remarks: Vec<String>,
    pub tells: Vec<String>,
    pub duties: Vec<String>,
    pub forces: Vec<String>,
    pub rebels: Vec<String>,
    pub senders: Vec<String>,
    pub sends: Vec<String>,
    pub adds: Vec<String>,
    pub rounds: Vec<String>,
    pub ends: Vec<String>,
    pub orders: Vec<String>,
    pub prospects: Vec<String>,
    pub drafts: Vec<String>,
    pub errands: Vec<String>,
    pub days: Vec<String>,
    pub purposive: Vec<String>,
    pub describes: Vec<String>,
    pub demands: Vec<String>,
    pub promises: Vec<String>,
    pub deplores: Vec<String>,
    pub at_home: Vec<String>,
    pub goes_on: Vec<String>,
    pub calls: Vec<String>,
    pub bare: Vec<String>,
    pub behind_to: Vec<String>,
    pub means: Vec<String>,
    pub noun_particles: Vec<String>,
    pub gains: Vec<String>,
    pub addresses: Vec<String>,
    pub tables: Vec<String>,
    pub beside: Vec<String>,
    pub joint: Vec<String>,
    pub crossed: Vec<String>,
    pub open_fights: Vec<String>,
    pub uncertain: Vec<String>,
    pub limits: Vec<String>,
    pub tidings: Vec<String>,
    pub ranks: Vec<String>,
    pub warns: Vec<String>,
    pub wills: Vec<String>,
    pub frees: Vec<String>,
    pub past_prepositions: Vec<String>,
    pub lasts: Vec<String>,
    pub keeps: Vec<String>,
    pub states: Vec<String>,
}

pub static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(demarche_data::LISTS).unwrap_or_else(|error| panic!("built-in lists.toml: {error}"))
});

/// Whether a list has the word.
pub fn holds(list: &[String], word: &str) -> bool {
    list.iter().any(|one| one == word)
}
