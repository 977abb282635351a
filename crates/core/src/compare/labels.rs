//! Words that frame: "terror attack" and "attack", "militants" and "gunmen". Laid side by side, never judged.

use super::{Found, Told};
use crate::{
    claim::Modality,
    event::{ClaimRef, Kind, Value},
    link::words::split,
    plover::EventType,
    span::Span,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::LazyLock,
};

/// Word (or two words with a blank) to frame, for the frames and for the kinds of victims.
struct Tables {
    frames: HashMap<String, String>,
    victims: HashMap<String, String>,
    plain: BTreeSet<String>,
    deeds: BTreeSet<String>,
    nouns: BTreeSet<String>,
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
    let list = |section: &str, name: &str| {
        let words = table.get(section).and_then(|t| t.get(name)).and_then(toml::Value::as_array);
        words.into_iter().flatten().filter_map(|w| w.as_str().map(String::from)).collect()
    };
    Tables {
        frames: read("frames"),
        victims: read("victims"),
        plain: list("plain", "frames"),
        deeds: list("qualified", "deeds"),
        nouns: list("qualified", "nouns"),
    }
});

/// Frames are words, not stems: an attacker is no attack.
fn singular(word: &str) -> &str {
    if ["shes", "ches", "sses", "xes"].iter().any(|ending| word.ends_with(ending)) {
        return &word[..word.len() - 2];
    }
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

/// Where a frame's word stands, with what it qualifies: "deadly terror attack".
fn phrase(text: &str, within: Span, frame: &str) -> Option<Span> {
    let words = within.of(text);
    let mut at = 0;
    let pieces: Vec<(usize, &str)> = words
        .split_inclusive(char::is_whitespace)
        .map(|piece| {
            at += piece.len();
            (at - piece.len(), piece.trim())
        })
        .collect();
    let hit = pieces.iter().position(|(_, word)| frames(word).contains(&frame))?;
    let open = |word: &str| word.ends_with([',', '.', ';', ':', '”', '"']);
    let noun = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        TABLES.deeds.contains(&word) || TABLES.nouns.contains(&word)
    };
    let mut last = hit;
    while last < hit + 2 && !open(pieces[last].1) && pieces.get(last + 1).is_some_and(|(_, w)| noun(w)) {
        last += 1;
    }
    let first =
        if hit > 0 && (noun(pieces[hit].1) || last > hit) && adjective(pieces[hit - 1].1) { hit - 1 } else { hit };
    let start = within.start as usize + pieces[first].0;
    let end = within.start as usize + pieces[last].0 + pieces[last].1.trim_end_matches([',', '.', ';', ':']).len();
    Some(Span::new(start, end))
}

/// The plain noun for the deed with what stands before it: "an Israeli air strike".
fn deed(text: &str, within: Span) -> Option<Span> {
    let mut at = within.start as usize;
    let mut pieces: Vec<(usize, &str)> = Vec::new();
    for piece in within.of(text).split_inclusive(char::is_whitespace) {
        pieces.push((at, piece.trim_end()));
        at += piece.len();
    }
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let hit = pieces.iter().position(|(_, word)| TABLES.deeds.contains(&plain(word)))?;
    let before = |word: &str| {
        word.ends_with(char::is_alphanumeric)
            && (adjective(word) || word.starts_with(char::is_uppercase) || plain(word) == "air")
    };
    let first = (0..hit).rev().take(3).take_while(|&i| before(pieces[i].1)).last().unwrap_or(hit);
    let (start, word) = pieces[hit];
    Some(Span::new(pieces[first].0, start + word.trim_end_matches(|c: char| !c.is_alphanumeric()).len()))
}

fn adjective(word: &str) -> bool {
    word.ends_with("ly")
        || word.ends_with("ful")
        || word.ends_with("ic")
        || word.ends_with("al")
        || word.ends_with("less")
        || word.contains("cross-border")
}

/// What each report calls the deed and those who did it.
pub fn labels(told: &Told) -> Found {
    let named =
        |kind| matches!(kind, EventType::Assault | EventType::Protest | EventType::Mobilize | EventType::Coerce);
    let mut frames_of: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let mut phrases: BTreeMap<usize, Vec<(Vec<&str>, ClaimRef)>> = BTreeMap::new();
    for (&report, claims) in &told.reports {
        let own = claims.iter().filter(|&&at| told.own_voice(at) && told.claim(at).modality == Modality::Occurred);
        for &at in own.filter(|&&at| named(told.claim(at).kind)) {
            let frames = frames(told.words(at, told.claim(at).span));
            frames_of.entry(report).or_default().extend(&frames);
            phrases.entry(report).or_default().push((frames, at));
        }
    }
    let all: Vec<&BTreeSet<&str>> = frames_of.values().collect();
    if all.len() < 2 || all.iter().all(|f| *f == all[0]) {
        return None;
    }
    let loaded = |frame: &&&str| !TABLES.plain.contains(**frame);
    let choice = all.iter().any(|f| f.iter().any(|frame| loaded(&frame) && !all.iter().all(|o| o.contains(frame))));
    if !choice && all.iter().any(|f| f.is_empty()) {
        return None;
    }
    let common = |frame: &str| all.iter().all(|f| f.contains(frame));
    let mut values: Vec<Value> = Vec::new();
    for (report, list) in &phrases {
        let own: Vec<(&str, ClaimRef)> =
            list.iter().flat_map(|(frames, at)| frames.iter().filter(|f| !common(f)).map(move |f| (*f, *at))).collect();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (frame, at) in own {
            let span = phrase(told.text(*report), told.claim(at).span, frame);
            if let Some(span) = span.filter(|_| seen.len() < 2 && seen.insert(frame)) {
                values.push(told.value(at, span, frame));
            }
        }
        // A report that frames nothing but the ground or the doers is quoted with the plain words it has for the deed.
        let shown = |value: &Value| value.report == *report && deed(told.text(*report), value.span).is_some();
        if !values.iter().any(shown) {
            let name = |&(_, at): &(Vec<&str>, ClaimRef)| {
                Some(told.value(at, deed(told.text(*report), told.claim(at).span)?, ""))
            };
            let mut named: Vec<Value> = list.iter().filter_map(name).collect();
            named.sort_by_key(|value| value.span);
            named.dedup_by_key(|value| value.span);
            named.truncate(if seen.is_empty() { 2 } else { 1 });
            // "Killed four" is a toll, and no name for what killed them.
            let plain = |at: ClaimRef| told.claim(at).figures.is_empty() && !told.claim(at).act.is_empty();
            let acts = list.iter().filter(|(_, at)| plain(*at)).map(|&(_, at)| told.value(at, told.claim(at).act, ""));
            let acts: Vec<Value> = acts.take(usize::from(named.is_empty() && seen.is_empty())).collect();
            values.extend(named);
            values.extend(acts);
        }
    }
    let reports: BTreeSet<usize> = values.iter().map(|value| value.report).collect();
    // "Rebels" here and "the rebels" there is one name.
    let plain = |value: &Value| split(value.span.of(told.text(value.report)));
    let framed: Vec<&Value> = values.iter().filter(|value| !value.value.is_empty()).collect();
    let one = framed.iter().any(|value| value.report != framed[0].report)
        && framed.iter().all(|value| plain(value) == plain(framed[0]));
    (reports.len() > 1 && !one).then_some((Kind::Differs, values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plain_frame_is_a_frame() {
        let table: toml::Table = demarche_data::LABELS.parse().unwrap();
        assert!(!TABLES.plain.is_empty() && TABLES.plain.iter().all(|name| table["frames"].get(name).is_some()));
    }

    #[test]
    fn frames_are_found_in_any_form() {
        assert_eq!(frames("a terrorist attack by gunmen"), ["gunman", "terror"]);
        assert!(frames("a deadly attack").is_empty());
        assert_eq!(frames("cross-border skirmishes and clashes"), ["clash"]);
        assert_eq!(victims("26 tourists, most of them men"), ["man", "tourist"]);
    }
}
