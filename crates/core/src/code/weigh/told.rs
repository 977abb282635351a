//! What the report has told before: who did what to whom.

use super::mentions::Mentions;
use crate::{Claim, EventType};

/// Claims back that are looked at. The work stays in step with the length of a report.
const REACH: usize = 120;

/// A claim that was told before, by the numbers of its parties.
pub(super) struct Deed {
    pub kind: EventType,
    pub sentence: usize,
    pub trigger: usize,
    pub actors: Vec<usize>,
    pub recipients: Vec<usize>,
}

/// The claims before, in order.
#[derive(Default)]
pub(super) struct Told {
    deeds: Vec<Deed>,
    /// Those from here on are of the same sentence.
    here: usize,
}

impl Told {
    /// Remembers a claim.
    pub fn add(&mut self, mentions: &Mentions, claim: &Claim) {
        self.deeds.push(Deed {
            kind: claim.kind,
            sentence: claim.sentence,
            trigger: claim.trigger,
            actors: mentions.numbers(&claim.actors),
            recipients: mentions.numbers(&claim.recipients),
        });
    }

    /// The sentence is over.
    pub fn end_sentence(&mut self) {
        self.here = self.deeds.len();
    }

    /// The claims of the sentence so far.
    pub fn here(&self) -> &[Deed] {
        &self.deeds[self.here..]
    }

    /// The claims before, the last one first.
    pub fn back(&self) -> impl Iterator<Item = &Deed> {
        self.deeds.iter().rev().take(REACH)
    }
}
