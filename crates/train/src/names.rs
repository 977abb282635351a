//! What the corpora of names teach: each source's kinds as sets of ours.

use std::path::Path;

use anyhow::Result;
use demarche_core::EntityKind;

use crate::corpora::{self, Named};

/// The kinds in the order of their tags.
pub const KINDS: [EntityKind; 6] =
    [EntityKind::Per, EntityKind::Org, EntityKind::Loc, EntityKind::Gpe, EntityKind::Norp, EntityKind::Misc];

/// The tags: outside, then first and inside of each kind.
pub fn tags() -> Vec<String> {
    let mut out = vec!["O".to_owned()];
    for kind in KINDS {
        out.push(format!("B-{}", kind.as_str()));
        out.push(format!("I-{}", kind.as_str()));
    }
    out
}

/// Tags allowed for a word that is `first` in a name of one of these kinds, as bits.
pub fn allowed(kinds: &[EntityKind], first: bool) -> u32 {
    kinds.iter().fold(0, |set, &kind| {
        let at = KINDS.iter().position(|&k| k == kind).expect("a kind of the list");
        set | 1 << (1 + 2 * at + usize::from(!first))
    })
}

/// The kinds a source's kind can be.
fn kinds(label: &str) -> &'static [EntityKind] {
    use EntityKind::{Gpe, Loc, Misc, Norp, Org, Per};
    match label {
        "PER" | "person" | "politician" => &[Per],
        "ORG" | "organisation" | "politicalparty" => &[Org],
        "LOC" | "location" => &[Loc, Gpe],
        "country" => &[Gpe],
        "MISC" | "misc" => &[Misc, Norp],
        _ => &[Misc],
    }
}

/// A sentence whose words have sets of allowed name tags.
#[derive(Clone, Debug)]
pub struct Example {
    /// Words.
    pub forms: Vec<String>,
    /// Bits of allowed tags.
    pub allowed: Vec<u32>,
}

/// All sentences with names.
pub fn examples(corpora: &Path) -> Result<Vec<Example>> {
    let mut sets = corpora::named(&corpora.join("wikigold/wikigold.conll"), 0)?;
    sets.extend(corpora::named(&corpora.join("crossner-politics/train.txt"), 0)?);
    sets.extend(corpora::named(&corpora.join("crossner-politics/dev.txt"), 0)?);
    Ok(sets.into_iter().map(example).collect())
}

fn example(named: Named) -> Example {
    let allowed = named
        .tags
        .iter()
        .map(|tag| match tag.split_once('-') {
            Some((place, label)) => allowed(kinds(label), place == "B"),
            None => 1,
        })
        .collect();
    Example { forms: named.forms, allowed }
}
