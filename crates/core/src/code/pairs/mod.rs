//! What a marked source does to a marked target: always one type, from all entries that could fire in the sentence.
//!
//! Here the parties are given and something must be said, so entries compete whose conditions do not all hold. A
//! candidate is scored by a linear model over a few features; its weights were learnt from sentences of our own.

mod features;
mod marks;
mod mood;
mod ranker;

pub use features::{Features, NAMES};
pub use marks::{Marked, unmark};
pub use ranker::Ranker;

use self::{features::Place, mood::Mood};
use super::{
    Coder,
    cast::Cast,
    frames::{Match, Scene},
    repair, voice,
    words::{Part, Present},
};
use crate::{EventType, Modality, Relation as R, Sentence, Tree};

/// The relation between a marked source and target.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
    /// Entry that decided; `None` where no entry fires and the type is a guess.
    pub rule: Option<String>,
}

/// An entry that could tell what the source does to the target.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// PLOVER type in its mood.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Index of the entry.
    pub rule: usize,
    /// The token of the sentence that fires it.
    pub trigger: usize,
    /// Whether it happened.
    pub modality: Modality,
    /// What speaks for it.
    pub features: Features,
}

impl Coder {
    /// What the source does to the target.
    pub fn relation(&self, marked: &Marked, sentences: Vec<Sentence>) -> Relation {
        let mut best: Option<(f32, Candidate)> = None;
        for candidate in self.candidates(marked, sentences) {
            let score = self.ranker.score(&candidate.features);
            if best.as_ref().is_none_or(|(highest, _)| score > *highest) {
                best = Some((score, candidate));
            }
        }
        let nothing = Relation { kind: EventType::Consult, mode: None, confidence: 0.1, rule: None };
        best.map_or(nothing, |(score, best)| Relation {
            kind: best.kind,
            mode: best.mode,
            confidence: (1.0 / (1.0 + crate::numbers::exp2(-0.4 * score)) * 100.0).round() / 100.0,
            rule: Some(self.book.entries[best.rule].id.clone()),
        })
    }

    /// All entries that could tell what the source does to the target, in text order.
    pub fn candidates(&self, marked: &Marked, mut sentences: Vec<Sentence>) -> Vec<Candidate> {
        repair::repair(self.world, &marked.text, &mut sentences, &|lemma| self.book.is_event(lemma));
        sentences.iter_mut().for_each(voice::restore);
        let cast = Cast::build(&marked.text, &sentences, self.world, None);
        let mut all = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            let tree = Tree::new(sentence);
            let words = self.book.words.of(sentence, &marked.text);
            let scene = Scene {
                book: &self.book,
                tree: &tree,
                words: &words,
                present: Present::of(&words),
                cast: &cast,
                sentence: index,
            };
            let chosen: Vec<Option<Match>> = (0..words.len()).map(|i| scene.best(i)).collect();
            let governing: Vec<bool> =
                chosen.iter().map(|found| found.as_ref().is_some_and(|m| self.governs(m))).collect();
            for (trigger, chosen) in chosen.iter().enumerate() {
                let below = governed(&tree, &governing, trigger);
                self.fire(&scene, marked, trigger, &Place { below, chosen: chosen.as_ref() }, &mut all);
            }
        }
        all
    }

    /// Whether a match is a promise, demand, refusal or threat: what hangs below it is its content.
    fn governs(&self, found: &Match) -> bool {
        let kind = self.book.entries[found.entry].kind;
        let commits = matches!(kind, EventType::Agree | EventType::Request | EventType::Reject | EventType::Threaten);
        commits && !self.book.entries[found.entry].void
    }

    fn fire(&self, scene: &Scene, marked: &Marked, trigger: usize, at: &Place, all: &mut Vec<Candidate>) {
        for part in [Part::Verb, Part::Noun, Part::Adjective] {
            let Some(frames) = self.book.frames.get(&(scene.words[trigger], part)) else { continue };
            let (common, arguments) = features::of_trigger(scene, marked, trigger, part, at);
            let mood = Mood::of(scene.tree, &self.operators, marked, trigger, &arguments);
            for frame in frames {
                let entry = &self.book.entries[frame.entry as usize];
                if entry.void {
                    continue;
                }
                let rule = (entry, frame);
                let Some(features) = features::of_frame(scene, marked, (trigger, part), rule, &arguments, at, &common)
                else {
                    continue;
                };
                let fight = self.ranker.fights.contains(&entry.id);
                let kind = if fight { EventType::Assault } else { entry.kind };
                let (kind, mode) = mood.apply(kind, entry.mode.as_deref().filter(|_| !fight));
                let modality = mood.modality;
                all.push(Candidate { kind, mode, rule: frame.entry as usize, trigger, modality, features });
            }
        }
    }
}

/// True when the token is the content of a governing word: its clause, or the object of that clause.
fn governed(tree: &Tree, governing: &[bool], i: usize) -> bool {
    let mut at = i;
    for _ in 0..3 {
        let Some(head) = tree.head(at) else { return false };
        if !matches!(tree.relation(at), R::Xcomp | R::Ccomp | R::Advcl | R::Acl | R::Conj | R::Obj | R::Obl | R::Nmod) {
            return false;
        }
        if governing[head] {
            return true;
        }
        at = head;
    }
    false
}
