//! The sentence around a claim: two reports that tell of a deed in sentences of like words tell of one deed.

use super::facts::Facts;
use crate::{claim::Annotation, labels::Upos, numbers, sentence::Sentence};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Letters of the shortest word that counts.
const LEAST: usize = 3;

/// The words of a sentence by number, each with its rarity among the sentences of its story.
#[derive(Clone, Debug, Default)]
pub struct Context {
    words: Arc<[(u32, f32)]>,
    /// The rarities together.
    mass: f32,
}

/// The words of a sentence that tell something: nouns, verbs, adjectives, names, numbers.
fn words(sentence: &Sentence) -> BTreeSet<String> {
    let tells = |upos| matches!(upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn | Upos::Num);
    let told = sentence.tokens.iter().filter(|t| tells(t.upos) && t.lemma.chars().count() >= LEAST);
    told.map(|t| t.lemma.to_lowercase()).collect()
}

/// Gives each claim the words of its sentence. A word is rare where few sentences of the same story hold it; only
/// sentences with claims count.
pub(super) fn lay(facts: &mut [Facts], annotations: &[Annotation]) {
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    let mut sentences: BTreeMap<(usize, usize), Vec<u32>> = BTreeMap::new();
    let mut held: BTreeMap<(usize, u32), u32> = BTreeMap::new();
    let mut total: BTreeMap<usize, u32> = BTreeMap::new();
    for f in facts.iter() {
        let key = (f.at.report, f.sentence);
        let Some(sentence) = annotations[f.at.report].sentences.get(f.sentence) else { continue };
        if sentences.contains_key(&key) {
            continue;
        }
        let mut list = Vec::new();
        for word in words(sentence) {
            let next = known.len() as u32;
            let number = *known.entry(word).or_insert(next);
            *held.entry((f.story, number)).or_default() += 1;
            list.push(number);
        }
        list.sort_unstable();
        *total.entry(f.story).or_default() += 1;
        sentences.insert(key, list);
    }
    let mut made: BTreeMap<(usize, usize), Context> = BTreeMap::new();
    for f in facts {
        let key = (f.at.report, f.sentence);
        let Some(list) = sentences.get(&key) else { continue };
        let all = total.get(&f.story).map_or(0.0, |&n| n as f32);
        // What half of the sentences hold tells of the story and of no deed in it.
        let rarity = |n: &u32| {
            let held = held.get(&(f.story, *n)).map_or(1.0, |&n| n as f32);
            (*n, if 2.0 * held < all { numbers::ln((all + 1.0) / held) } else { 0.0 })
        };
        let new = || {
            let words: Arc<[(u32, f32)]> = list.iter().map(rarity).collect();
            Context { mass: words.iter().map(|(_, w)| w).sum(), words }
        };
        f.context = made.entry(key).or_insert_with(new).clone();
    }
}

/// How much of the rare words two sentences share: 0 nothing, 1 all.
pub(super) fn shared(a: &Context, b: &Context) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.words.len() && j < b.words.len() {
        match a.words[i].0.cmp(&b.words[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a.words[i].1.min(b.words[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    if sum > 0.0 { sum / (a.mass * b.mass).sqrt() } else { 0.0 }
}

/// How many rare words two sentences share, and how rare the rarest is.
pub(super) fn common(a: &Context, b: &Context) -> (usize, f32) {
    let (mut i, mut j, mut count, mut rarest) = (0, 0, 0, 0.0f32);
    while i < a.words.len() && j < b.words.len() {
        match a.words[i].0.cmp(&b.words[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += usize::from(a.words[i].1 > 0.0);
                rarest = rarest.max(a.words[i].1);
                i += 1;
                j += 1;
            }
        }
    }
    (count, rarest)
}
