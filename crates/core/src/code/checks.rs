//! What is wrong with a codebook though it can be read: entries that never fire, and examples that come out otherwise.

use super::{
    Coder,
    codebook::{Codebook, Entry},
};
use crate::{Claim, Party, Report, Sentence, error::Error};

/// Entries all of whose wordings an earlier entry has under the same conditions, and entries whose conditions exclude
/// each other: they can never fire.
#[allow(clippy::iter_over_hash_type, clippy::disallowed_methods, reason = "any order gives the same two lists")]
pub fn never_fire(book: &Codebook) -> Vec<Error> {
    let mut out = Vec::new();
    let mut alive = vec![false; book.entries.len()];
    let mut before: Vec<Option<u32>> = vec![None; book.entries.len()];
    #[allow(clippy::disallowed_methods)] // sorted at once
    let mut lists: Vec<_> = book.frames.iter().collect();
    lists.sort_unstable_by_key(|(key, _)| **key);
    for (_, frames) in lists {
        for (at, frame) in frames.iter().enumerate() {
            let entry = &book.entries[frame.entry as usize];
            let same = |other: &&super::codebook::Frame| {
                let earlier = &book.entries[other.entry as usize];
                other.entry < frame.entry
                    && other.further == frame.further
                    && earlier.conditions == entry.conditions
                    && earlier.needs == entry.needs
            };
            match frames[..at].iter().find(same) {
                None => alive[frame.entry as usize] = true,
                Some(other) => {
                    let first = &mut before[frame.entry as usize];
                    *first = Some(first.map_or(other.entry, |first| first.min(other.entry)));
                }
            }
        }
    }
    for (index, entry) in book.entries.iter().enumerate() {
        if let Some(other) = before[index].filter(|_| !alive[index]) {
            let other = &book.entries[other as usize];
            let hint = format!("`{}` ({}) has the same words and conditions and stands first", other.id, other.place);
            out.push(entry.place.error("an entry that can never match", hint));
        } else if contradicts(entry) {
            let hint = "a condition and its `not_` ask for the same words";
            out.push(entry.place.error("an entry that can never match", hint));
        }
    }
    out
}

fn contradicts(entry: &Entry) -> bool {
    let wanted = || entry.conditions.iter().filter(|condition| !condition.forbidden);
    let forbidden = |condition: &&super::codebook::Condition| condition.forbidden;
    entry.conditions.iter().filter(forbidden).any(|not| {
        wanted().any(|one| one.role == not.role && one.fillers.iter().all(|filler| not.fillers.contains(filler)))
    }) || wanted().any(|condition| condition.fillers.is_empty())
}

/// What an entry's example is coded as, where no claim of this entry or of its type and mode has the parties that the
/// entry tells: wanted and found.
pub fn example(coder: &Coder, entry: &Entry, sentences: Vec<Sentence>) -> Option<(String, Vec<String>)> {
    if entry.example.is_empty() {
        return None;
    }
    let annotation = coder.code(Report::from_text("example", &entry.example), sentences);
    let text = annotation.report.text.as_str();
    if entry.void {
        let found: Vec<String> = annotation.claims.iter().map(|claim| claim.rule.clone()).collect();
        return (!found.is_empty()).then(|| (entry.claim.clone(), found));
    }
    let kind = |claim: &Claim| claim.kind == entry.kind && (entry.mode.is_none() || claim.mode == entry.mode);
    let wanted = |claim: &&Claim| (claim.rule == entry.id || kind(claim)) && same_parties(&entry.claim, claim, text);
    if annotation.claims.iter().any(|claim| wanted(&claim)) {
        return None;
    }
    let show = |claim: &Claim| format!("{} ({})", shown(claim, text), claim.rule);
    Some((entry.claim.clone(), annotation.claims.iter().map(show).collect()))
}

fn same_parties(told: &str, claim: &Claim, text: &str) -> bool {
    let Some((actors, recipients)) = told.split_once("->") else { return false };
    side(actors, &claim.actors, text) && side(recipients, &claim.recipients, text)
}

/// One side of a told claim: as many parties, each told by words that it holds. Whom the sentence leaves unsaid and only
/// the report implies, no example tells.
fn side(told: &str, parties: &[Party], text: &str) -> bool {
    let parties: Vec<&Party> = parties.iter().filter(|party| !party.is_implied()).collect();
    let told: Vec<&str> = told.split(" + ").map(str::trim).filter(|words| *words != "?" && !words.is_empty()).collect();
    let bare = |words: &str| words.trim_start_matches("the ").trim_start_matches("The ").to_lowercase();
    let names = |party: &Party, words: &str| {
        let own = bare(party.span.of(text));
        let words = bare(words);
        own == words || own.contains(&words) || words.contains(&own) && !own.is_empty()
    };
    told.len() == parties.len() && told.iter().zip(parties).all(|(words, party)| names(party, words))
}

/// `Germany -> Russian diplomats`
fn shown(claim: &Claim, text: &str) -> String {
    let side = |parties: &[Party]| {
        let named = parties.iter().filter(|party| !party.is_implied());
        let words: Vec<&str> = named.map(|party| party.span.of(text)).collect();
        if words.is_empty() { "?".to_owned() } else { words.join(" + ") }
    };
    format!("{} -> {}", side(&claim.actors), side(&claim.recipients))
}
