//! Words that frame: "terror attack" and "attack", "militants" and "gunmen". Laid side by side, never judged.

use super::{Found, Told};
use crate::{
    claim::Modality,
    event::{Kind, Value},
    link::words::split,
    plover::EventType,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

/// Word (or two words with a blank) to frame, for the frames and for the kinds of victims.
struct Tables {
    frames: HashMap<String, String>,
    victims: HashMap<String, String>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let table: toml::Table = demarche_data::LABELS.parse().expect("labels.toml is checked by a test");
    let read = |section: &str| {
        let mut out = HashMap::new();
        for (name, words) in table.get(section).and_then(toml::Value::as_table).into_iter().flatten() {
            for word in words.as_array().into_iter().flatten().filter_map(|w| w.as_str()) {
                out.insert(split(word).iter().map(|w| singular(w)).collect::<Vec<_>>().join(" "), name.clone());
            }
        }
        out
    };
    Tables { frames: read("frames"), victims: read("victims") }
});

/// Frames are words, not stems: an attacker is no attack.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|rest| rest.len() > 2 && !rest.ends_with('s')).unwrap_or(word)
}

fn found<'t>(words: &str, table: &'t HashMap<String, String>) -> Vec<&'t str> {
    let list = split(words);
    let stems: Vec<&str> = list.iter().map(|w| singular(w)).collect();
    let mut out: BTreeSet<&str> = BTreeSet::new();
    for (i, one) in stems.iter().enumerate() {
        let pair = stems.get(i + 1).and_then(|next| table.get(&format!("{one} {next}")));
        out.extend(pair.or_else(|| table.get(*one)).map(String::as_str));
    }
    out.into_iter().collect()
}

/// The frames of these words, sorted.
pub fn frames(words: &str) -> Vec<&'static str> {
    found(words, &TABLES.frames)
}

/// The kinds of people that these words name, sorted.
pub fn victims(words: &str) -> Vec<&'static str> {
    found(words, &TABLES.victims)
}

/// What each report calls the deed.
pub fn labels(told: &Told) -> Found {
    let named =
        |kind| matches!(kind, EventType::Assault | EventType::Protest | EventType::Mobilize | EventType::Coerce);
    let mut frames_of: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let mut phrases: BTreeMap<usize, Vec<(Vec<&str>, Value)>> = BTreeMap::new();
    for (&report, claims) in &told.reports {
        let own = claims.iter().filter(|&&at| told.own_voice(at) && told.claim(at).modality == Modality::Occurred);
        for &at in own.filter(|&&at| named(told.claim(at).kind)) {
            let act = told.claim(at).act;
            let frames = frames(told.words(at, act));
            frames_of.entry(report).or_default().extend(&frames);
            phrases.entry(report).or_default().push((frames.clone(), told.value(at, act, frames.join(" "))));
        }
    }
    let all: Vec<&BTreeSet<&str>> = frames_of.values().collect();
    if all.len() < 2 || all.iter().all(|f| *f == all[0]) {
        return None;
    }
    let common = |frame: &&str| all.iter().all(|f| f.contains(frame));
    let mut values = Vec::new();
    for list in phrases.values_mut() {
        // The phrase with the frame that the others lack comes first; a second one where it is worded otherwise.
        list.sort_by_key(|(frames, value)| (!frames.iter().any(|f| !common(f)), value.claim));
        let mut seen: Vec<String> = Vec::new();
        for (_, value) in list.iter() {
            let words = told.words(value.claim, value.span).to_lowercase();
            if seen.len() < 2 && !seen.contains(&words) {
                seen.push(words);
                values.push(value.clone());
            }
        }
    }
    Some((Kind::Differs, values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_found_in_any_form() {
        assert_eq!(frames("a terrorist attack by gunmen"), ["gunman", "terror"]);
        assert!(frames("a deadly attack").is_empty());
        assert_eq!(victims("26 tourists, most of them men"), ["man", "tourist"]);
    }
}
