//! CAMEO: the code for a claim, its score, and what PLOVER type a code stands for.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::record::Record;

struct Entry {
    goldstein: Option<f64>,
    kind: Option<String>,
    mode: Option<String>,
}

static CODES: LazyLock<BTreeMap<&str, Entry>> = LazyLock::new(|| {
    let lines = demarche_data::CAMEO.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    lines
        .map(|line| {
            let mut cells = line.split(',').map(|cell| Some(cell).filter(|cell| !cell.is_empty()));
            let code = cells.next().flatten().unwrap_or_default();
            let goldstein = cells.next().flatten().and_then(|number| number.parse().ok());
            let mut text = || cells.next().flatten().map(str::to_owned);
            (code, Entry { goldstein, kind: text(), mode: text() })
        })
        .collect()
});

/// Codes for types and modes that the codebook entry gives none: the nearest that CAMEO has.
const DEFAULTS: &[(&str, &str, &str)] = &[
    ("AGREE", "", "030"),
    ("CONSULT", "visit", "042"),
    ("CONSULT", "third-party", "045"),
    ("CONSULT", "multilateral", "046"),
    ("CONSULT", "phone", "041"),
    ("CONSULT", "", "040"),
    ("SUPPORT", "", "050"),
    ("CONCEDE", "", "080"),
    ("COOPERATE", "", "060"),
    ("AID", "", "070"),
    ("RETREAT", "release", "0841"),
    ("RETREAT", "ceasefire", "0871"),
    ("RETREAT", "access", "0862"),
    ("RETREAT", "resign", "0831"),
    ("RETREAT", "disarm", "0873"),
    ("RETREAT", "", "087"),
    ("REQUEST", "meet", "0256"),
    ("REQUEST", "yield", "105"),
    ("REQUEST", "", "020"),
    ("ACCUSE", "disapprove", "110"),
    ("ACCUSE", "investigate", "090"),
    ("ACCUSE", "", "112"),
    ("REJECT", "", "120"),
    ("THREATEN", "violence", "138"),
    ("THREATEN", "", "130"),
    ("PROTEST", "demo", "141"),
    ("PROTEST", "hunger", "142"),
    ("PROTEST", "strike", "143"),
    ("PROTEST", "obstruct", "144"),
    ("PROTEST", "riot", "145"),
    ("PROTEST", "", "140"),
    ("SANCTION", "", "160"),
    ("MOBILIZE", "police", "153"),
    ("MOBILIZE", "troops", "154"),
    ("MOBILIZE", "", "150"),
    ("COERCE", "seize", "171"),
    ("COERCE", "arrest", "173"),
    ("COERCE", "deport", "174"),
    ("COERCE", "restrict", "172"),
    ("COERCE", "curfew", "1723"),
    ("COERCE", "", "170"),
    ("ASSAULT", "abduct", "181"),
    ("ASSAULT", "beat", "182"),
    ("ASSAULT", "sexual", "1821"),
    ("ASSAULT", "torture", "1822"),
    ("ASSAULT", "explosives", "183"),
    ("ASSAULT", "suicide-attack", "1831"),
    ("ASSAULT", "targeted", "186"),
    ("ASSAULT", "firearms", "193"),
    ("ASSAULT", "heavy-weapons", "194"),
    ("ASSAULT", "aerial", "195"),
    ("ASSAULT", "drone", "195"),
    ("ASSAULT", "unconventional", "204"),
    ("ASSAULT", "", "190"),
];

/// The code of a claim: its codebook entry's, else the nearest to its type and mode.
pub fn code(record: &Record) -> &str {
    if let Some(code) = &record.cameo {
        return code;
    }
    let mode = record.mode.as_deref().unwrap_or_default();
    let fits = |wanted: &str| DEFAULTS.iter().find(|(kind, mode, _)| *kind == record.kind && *mode == wanted);
    fits(mode).or_else(|| fits("")).map_or("010", |(_, _, code)| code)
}

/// Goldstein's score of a code, or of what it falls under.
pub fn goldstein(code: &str) -> Option<f64> {
    (2..=code.len()).rev().find_map(|length| CODES.get(code.get(..length)?)?.goldstein)
}

/// PLOVER type and mode of a code; of what it falls under where it is not listed.
pub fn plover(code: &str) -> Option<(&'static str, Option<&'static str>)> {
    let entry = (2..=code.len()).rev().find_map(|length| CODES.get(code.get(..length)?))?;
    Some((entry.kind.as_deref()?, entry.mode.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_code_with_a_score() {
        for (kind, mode, code) in DEFAULTS {
            assert!(CODES.contains_key(code), "{kind} {mode}: {code}");
            assert!(goldstein(code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_code_stands_for_a_type() {
        assert_eq!(plover("194"), Some(("ASSAULT", Some("heavy-weapons"))));
        assert_eq!(plover("010"), None);
        assert_eq!(plover("99"), None);
        assert_eq!(goldstein("190"), Some(-10.0));
    }
}
