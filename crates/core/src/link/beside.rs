//! What stands beside two claims in their reports: the nearest others.

use super::{context, facts::Facts, similarity::likeness, veto::together};
use crate::plover::EventType;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The likest claim and the next one: how like, and which.
type Two = [(f32, usize); 2];

/// What stands beside a pair: how like the next best claims of the two reports are.
pub struct Beside {
    /// For each claim and other report, the two likest claims there: by their sentences, by their own words.
    best: FxHashMap<(usize, usize, usize), [Two; 2]>,
    kinds: FxHashMap<(usize, EventType), u32>,
    /// Reports of each story.
    reports: FxHashMap<usize, BTreeSet<usize>>,
}

impl Beside {
    /// Looks at these pairs, of which those count whose types may go together.
    pub fn of(facts: &[Facts], pairs: &[(u32, u32)]) -> Self {
        let mut out = Self { best: FxHashMap::default(), kinds: FxHashMap::default(), reports: FxHashMap::default() };
        for f in facts {
            *out.kinds.entry((f.at.report, f.kind)).or_default() += 1;
            out.reports.entry(f.story).or_default().insert(f.at.report);
        }
        for &(a, b) in pairs {
            let (a, b) = (&facts[a as usize], &facts[b as usize]);
            if a.at.report == b.at.report || together(a.kind, b.kind).is_none() {
                continue;
            }
            let values = [context::shared(&a.context, &b.context), likeness(&a.words, &b.words)];
            for (one, other) in [(a, b), (b, a)] {
                let held = out
                    .best
                    .entry((one.at.report, one.at.claim, other.at.report))
                    .or_insert([[(0.0, usize::MAX); 2]; 2]);
                for (two, value) in held.iter_mut().zip(values) {
                    if value > two[0].0 {
                        *two = [(value, other.at.claim), two[0]];
                    } else if value > two[1].0 {
                        two[1] = (value, other.at.claim);
                    }
                }
            }
        }
        out
    }

    /// Of how many of the two the other is the likest claim of its report, and by how much it is likelier than the next.
    pub(super) fn lead(&self, which: usize, a: &Facts, b: &Facts, value: f32) -> (f32, f32) {
        if a.at.report == b.at.report {
            return (-1.0, -1.0);
        }
        let (mut rank, mut least) = (0.0, f32::MAX);
        for (one, other) in [(a, b), (b, a)] {
            let two = self
                .best
                .get(&(one.at.report, one.at.claim, other.at.report))
                .map_or([(0.0, 0); 2], |held| held[which]);
            let next = if two[0].1 == other.at.claim { two[1].0 } else { two[0].0 };
            rank += if value > next { 1.0 } else { 0.0 };
            least = least.min(value - next);
        }
        (rank, least)
    }

    /// How many reports tell its story.
    pub(super) fn reports(&self, f: &Facts) -> f32 {
        self.reports.get(&f.story).map_or(0.0, |held| held.len().min(20) as f32)
    }

    pub(super) fn of_kind(&self, f: &Facts) -> f32 {
        self.kinds.get(&(f.at.report, f.kind)).map_or(0.0, |&n| n.min(20) as f32)
    }
}
