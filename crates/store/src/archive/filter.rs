//! Filter: what is looked for in an archive.

use demarche_core::{Day, EventType, Modality};

use crate::error::{Fault, Result, StoreError};

/// What is looked for; everything that is given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words of the report.
    pub words: Option<String>,
    /// Who acts: a code or tag in capitals, else a canonical name.
    pub actor: Option<String>,
    /// On whom.
    pub recipient: Option<String>,
    /// Either of the two.
    pub party: Option<String>,
    /// PLOVER type.
    pub kind: Option<EventType>,
    /// Whether it happened.
    pub modality: Option<Modality>,
    /// Country code, or name of the place.
    pub place: Option<String>,
    /// Who says so.
    pub according_to: Option<Attributed>,
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// Id of one report.
    pub report: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
}

/// In whose voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attributed {
    /// The outlet's own.
    Outlet,
    /// Anybody's.
    Anybody,
    /// This code or name.
    Speaker(String),
}

/// True for a code or tag: `IND`, `G7`, `HAMAS`.
pub(super) fn is_code(name: &str) -> bool {
    (2..=16).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Words as a person types them to a query that cannot be wrong: all of them must be there; "a phrase" stays together.
///
/// # Errors
/// Where there is no word among them.
pub(super) fn searched(words: &str) -> Result<String> {
    let query = query(words);
    if query.is_empty() {
        return Err(StoreError::new(
            Fault::Request,
            "there is no word to search for",
            "give at least one with a letter",
        ));
    }
    Ok(query)
}

fn query(words: &str) -> String {
    let quoted = words.split('"').enumerate().flat_map(|(i, part)| {
        let parts: Vec<String> =
            if i % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() };
        parts.into_iter().filter(|part| part.chars().any(char::is_alphanumeric)).map(|part| format!("\"{part}\""))
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_never_a_wrong_query() {
        assert_eq!(query("cross-border fire"), "\"cross-border\" \"fire\"");
        assert_eq!(query("the \"no fly\" zone*) OR"), "\"the\" \"no fly\" \"zone*)\" \"OR\"");
        assert_eq!(query("-- \" ("), "");
    }
}
