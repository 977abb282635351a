//! Joins claims that are likely one happening.
//!
//! What is set by hand links two claims where their words and parties say so. Reporters word one deed in ways that have nothing
//! in common: which claim of another report is the nearest, and how near the next one is, tells more. Marked stories taught that.

use super::{
    beside::Beside,
    facts::Facts,
    features::{CONTENT_OVER, KEPT_APART, PARTIES_OVER, features},
    likelihood::Trees,
    veto::{never, together},
};
use crate::plover::EventType;
use rustc_hash::FxHashMap;

/// The mean logarithm of the odds from which on two clusters are joined: on stories that nobody tuned on two of three links
/// are right.
pub(super) const LEAST: f32 = -1.0;

/// What it adds to the odds that the weights set by hand would link the two as well. They were made on real reports and say
/// little of what they do not link.
const BY_HAND: f32 = 5.0;

/// How many members stand for a large event.
pub(super) const MOST: usize = 24;

/// How many earlier claims of a block a claim is held against.
const WINDOW: usize = 32;

/// The same of a type, for claims that share no word and no party.
const KINDRED: usize = 64;

/// Concepts by which a claim is held against others.
const WORDS: usize = 6;

/// What claims are held against each other for: a concept, a party or a type that they share, by its number.
type Key = (usize, u8, u32);

/// Pairs of claims of one whole story that share a party or a concept, or whose types go together, the earlier one first.
pub fn pairs(facts: &[Facts]) -> Vec<(u32, u32)> {
    let mut blocks: FxHashMap<Key, Vec<u32>> = FxHashMap::default();
    let (mut out, mut near, mut heavy) = (Vec::new(), Vec::new(), Vec::new());
    for (i, f) in facts.iter().enumerate().filter(|(_, f)| f.whole) {
        near.clear();
        heavy.clone_from(&f.words);
        heavy.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let words = heavy.iter().take(WORDS).map(|&(n, _)| (0u8, n));
        let parties = f.everybody.iter().map(|&n| (1u8, n));
        for (sort, key) in words.chain(parties) {
            let block = blocks.entry((f.story, sort, key)).or_default();
            near.extend(block.iter().rev().take(WINDOW).copied());
            block.push(i as u32);
        }
        for &kind in EventType::ALL.iter().filter(|&&kind| together(kind, f.kind).is_some()) {
            if let Some(block) = blocks.get(&(f.story, 2, kind as u32)) {
                near.extend(block.iter().rev().take(KINDRED).copied());
            }
        }
        blocks.entry((f.story, 2, f.kind as u32)).or_default().push(i as u32);
        near.sort_unstable();
        near.dedup();
        out.extend(near.iter().map(|&j| (j, i as u32)));
    }
    out
}

/// Logarithm of the odds that two claims are one happening; `None` where nothing makes up for what keeps them apart.
pub(super) fn odds(a: &Facts, b: &Facts, beside: &Beside, trees: &Trees) -> Option<f32> {
    if never(a, b) {
        return None;
    }
    let features = features(a, b, beside);
    let over = features[PARTIES_OVER].min(features[CONTENT_OVER]);
    let by_hand = over >= 0.0 && features[KEPT_APART] == 0.0;
    Some(trees.odds(&features) + if by_hand { BY_HAND } else { 0.0 })
}

/// Joins events, the likeliest pair of claims first, where their claims are likely one happening on the whole and nothing keeps
/// any two of them apart. `events` holds for each claim its event, `members` the claims of each; `joined` is told of each link.
pub(super) fn join(
    facts: &[Facts],
    trees: &Trees,
    mut events: Vec<u32>,
    members: &mut [Vec<u32>],
    mut joined: impl FnMut(f32, u32, u32),
) {
    let pairs = pairs(facts);
    let beside = Beside::of(facts, &pairs);
    let odds = |a: u32, b: u32| odds(&facts[a as usize], &facts[b as usize], &beside, trees);
    let mut known: FxHashMap<(u32, u32), Option<f32>> = FxHashMap::default();
    let mut likely: Vec<(f32, u32, u32)> = Vec::new();
    for (a, b) in pairs {
        let score = odds(a, b);
        likely.extend(score.filter(|score| *score >= LEAST).map(|score| (score, a, b)));
        known.insert((a, b), score);
    }
    likely.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (score, a, b) in likely {
        let (x, y) = (events[a as usize], events[b as usize]);
        let (x, y) = (x.min(y), x.max(y));
        if x == y {
            continue;
        }
        let here = members[x as usize].iter().take(MOST);
        let pairs = here.flat_map(|&one| members[y as usize].iter().take(MOST).map(move |&other| (one, other)));
        let mut all = pairs.map(|(one, other)| (one.min(other), one.max(other)));
        let sum = all.try_fold((0.0, 0.0), |(sum, count), pair| {
            let score = *known.entry(pair).or_insert_with(|| odds(pair.0, pair.1));
            Some((sum + score?, count + 1.0))
        });
        if sum.is_none_or(|(sum, count)| sum < LEAST * count) {
            continue;
        }
        let moved = std::mem::take(&mut members[y as usize]);
        for &claim in &moved {
            events[claim as usize] = x;
        }
        members[x as usize].extend(moved);
        joined(score, a, b);
    }
}
