//! What a word alone says of the type: how often entries of each type name it, against how often all do.

use std::collections::HashMap;

use super::{
    codebook::{Entry, Filler, Frame},
    words::{Class, Part, Word},
};
use crate::{EventType, numbers};

/// Types by word.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// By word and type: the weight of the entries that name it.
    counts: HashMap<Word, [f32; KINDS]>,
    /// By type, of all words.
    shares: [f32; KINDS],
}

const KINDS: usize = EventType::ALL.len();

/// A trigger says more than a word of a condition, and that more than one of many in a class.
const TRIGGER: f32 = 1.0;
const CONDITION: f32 = 0.5;
const MEMBER: f32 = 0.25;

impl Evidence {
    /// Counts the words of a codebook; `members` tells the words of a class.
    pub fn count<'b>(
        entries: &[Entry],
        frames: impl Iterator<Item = (&'b (Word, Part), &'b Vec<Frame>)>,
        members: impl Fn(Class) -> Vec<Word>,
    ) -> Self {
        let mut found = Self::default();
        let mut named: HashMap<(u32, Word), f32> = HashMap::new();
        let mut name = |entry: u32, word: Word, weight: f32| {
            let before = named.entry((entry, word)).or_default();
            *before = before.max(weight);
        };
        for (&(trigger, _), frames) in frames {
            // What makes no claim is no evidence of one.
            for frame in frames.iter().filter(|frame| !entries[frame.entry as usize].void) {
                name(frame.entry, trigger, TRIGGER);
                for &word in &frame.further {
                    name(frame.entry, word, TRIGGER);
                }
            }
        }
        for (index, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.void) {
            for filler in entry.conditions.iter().filter(|one| !one.forbidden).flat_map(|one| &one.fillers) {
                match filler {
                    Filler::Phrase(phrase) => name(index as u32, phrase.head, CONDITION),
                    Filler::Class(class) => {
                        for word in members(*class) {
                            name(index as u32, word, MEMBER);
                        }
                    }
                    Filler::Party => {}
                }
            }
        }
        let mut named: Vec<((u32, Word), f32)> = named.into_iter().collect();
        named.sort_by_key(|&(key, _)| key);
        for ((entry, word), weight) in named {
            let kind = entries[entry as usize].kind as usize;
            found.counts.entry(word).or_default()[kind] += weight;
            found.shares[kind] += weight;
        }
        let all: f32 = found.shares.iter().sum();
        found.shares.iter_mut().for_each(|share| *share /= all.max(1.0));
        found
    }

    /// How much likelier the type is where this word stands, as a logarithm between -1.5 and 2; `None` for a word that
    /// no entry names.
    pub fn lift(&self, word: Word, kind: EventType) -> Option<f32> {
        let counts = self.counts.get(&word)?;
        let share = self.shares[kind as usize].max(1e-3);
        let all: f32 = counts.iter().sum();
        let lift = (counts[kind as usize] + 0.5 * share) / ((all + 0.5) * share);
        Some(numbers::ln(lift).clamp(-1.5, 2.0))
    }
}
