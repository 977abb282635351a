//! The linear model that ranks candidates.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Features, NAMES};
use crate::error::{Error, Place};

/// A weight for each feature, and where the classes of marked pairs part from those of claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranker {
    /// In the order of [`NAMES`].
    pub weights: Features,
    /// Where learning starts.
    pub start: Features,
    /// Entries that count as fighting where the parties are given.
    pub fights: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fights: Vec<String>,
    start: BTreeMap<String, f32>,
    weights: BTreeMap<String, f32>,
}

impl Ranker {
    /// Reads `ranker.toml`.
    ///
    /// # Errors
    /// A feature that does not exist, or one without a weight.
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        let at = |offset: usize| Place::of(file, text, offset);
        let tables: File = toml::from_str(text)
            .map_err(|error| at(error.span().map_or(0, |span| span.start)).error(error.message(), "mend the TOML"))?;
        let mut given = tables.start.keys().chain(tables.weights.keys());
        if let Some(name) = given.find(|name| !NAMES.contains(&name.as_str())) {
            let place = at(text.find(name.as_str()).unwrap_or(0));
            return Err(place.error(format!("unknown feature `{name}`"), "delete it"));
        }
        let missing = NAMES.iter().find(|name| !tables.weights.contains_key(**name));
        if let Some(name) = missing {
            return Err(at(0).error(format!("no weight for `{name}`"), "add it"));
        }
        let row = |table: &BTreeMap<String, f32>| NAMES.map(|name| table.get(name).copied().unwrap_or(0.0));
        Ok(Self { weights: row(&tables.weights), start: row(&tables.start), fights: tables.fights })
    }

    /// The score of a candidate; the highest one wins.
    pub fn score(&self, features: &Features) -> f32 {
        self.weights.iter().zip(features).map(|(weight, value)| weight * value).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_that_does_not_exist_is_told() {
        let wrong = demarche_data::RANKER.replace("source_acts", "source_act");
        let error = Ranker::read("ranker.toml", &wrong).unwrap_err().to_string();
        assert!(error.contains("unknown feature `source_act`"), "{error}");
    }
}
