//! What is left when the likely pairs are linked: of two reports, the claims that fit each other and nothing else better.
//!
//! One report says that a country "condemned the raids as arbitrary", another that it "called them a breach of its
//! sovereignty". Their words have nothing in common; but each report tells one such thing of the two, and no other claim
//! of the other report is as near to it.

use super::{
    context,
    facts::Facts,
    veto::{apart, persons_apart},
};
use crate::plover::EventType;
use std::collections::{BTreeMap, BTreeSet};

/// What is needed over all that speaks for a pair, less than what each part needs of itself.
const LEAST: f32 = 0.25;

/// The same for attacks: a story tells of many.
const LEAST_ATTACK: f32 = 0.55;

/// By how much a claim must fit better than the next of the same report.
const MARGIN: f32 = 0.3;

/// The most that parties may make up for words.
const PARTIES: f32 = 0.8;

/// What like sentences speak for, where more than a little is alike.
const SENTENCE: f32 = 2.0;
const LITTLE: f32 = 0.05;
const MUCH: f32 = 0.3;

/// How often the rest is looked through: what is linked in one round fits a third report in the next.
const ROUNDS: usize = 4;

/// Two claims of one type in two reports, which nothing keeps apart, with what speaks for them above what a link needs.
pub(super) struct Open {
    /// The claims.
    pub claims: (u32, u32),
    /// Who.
    pub parties: f32,
    /// What, when, where, how many.
    pub content: f32,
}

/// How well two claims fit above the least; `None` where they are nothing that may be linked so.
fn fit(facts: &[Facts], pair: &Open) -> Option<f32> {
    let (a, b) = (&facts[pair.claims.0 as usize], &facts[pair.claims.1 as usize]);
    if pair.parties < 0.0 || !alone(a, b) {
        return None;
    }
    // "Seized the base of Ouadi Doum" here and "took Bardai" there are two deeds.
    let elsewhere =
        !a.proper.is_empty() && !b.proper.is_empty() && a.proper.iter().all(|name| !b.proper.contains(name));
    if elsewhere && !a.kind.verbal() {
        return None;
    }
    let alike = SENTENCE * (context::shared(&a.context, &b.context).min(MUCH) - LITTLE);
    let least = if a.kind == EventType::Assault { LEAST_ATTACK } else { LEAST };
    Some(pair.parties.min(PARTIES) + pair.content + alike - least)
}

/// Things of which a report tells mostly one between two parties. Who charges or refuses a thing, does so with another
/// thing in the next sentence.
fn alone(a: &Facts, b: &Facts) -> bool {
    let other = |mode: &str| [a, b].iter().any(|f| f.mode.as_deref().is_some_and(|m| m != mode));
    let apart = match a.kind {
        EventType::Reject => true,
        EventType::Threaten => a.actors == b.actors && a.recipients == b.recipients,
        EventType::Accuse => other("disapprove"),
        _ => a.mode.is_some() && b.mode.is_some() && a.mode != b.mode,
    };
    !(apart || a.kind.verbal() && persons_apart(&a.acting, &b.acting))
}

/// A pair of clusters with the pair of claims that fits best.
type Fit = (f32, u32, u32);

/// Joins what is left. `pairs` are those that nothing keeps apart; `join` is told of each link: score and the claims.
pub(super) fn join(
    facts: &[Facts],
    pairs: &[Open],
    cluster: &mut [u32],
    members: &mut [Vec<u32>],
    most: usize,
    mut joined: impl FnMut(f32, u32, u32),
) {
    let parted = pairs.iter().filter(|pair| cluster[pair.claims.0 as usize] != cluster[pair.claims.1 as usize]);
    let fits: Vec<Fit> = parted.filter_map(|pair| Some((fit(facts, pair)?, pair.claims.0, pair.claims.1))).collect();
    for _ in 0..ROUNDS {
        let mut best: BTreeMap<(u32, u32), Fit> = BTreeMap::new();
        for &(score, a, b) in &fits {
            let (x, y) = (cluster[a as usize], cluster[b as usize]);
            if x != y {
                let found = best.entry((x.min(y), x.max(y))).or_insert((score, a, b));
                if score > found.0 {
                    *found = (score, a, b);
                }
            }
        }
        let mut reports: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for &x in best.keys().flat_map(|(x, y)| [x, y]) {
            reports.entry(x).or_insert_with(|| reports_of(facts, &members[x as usize]));
        }
        best.retain(|(x, y), _| {
            let strangers = !common(&reports[x], &reports[y]);
            strangers && may_meet(facts, &members[*x as usize], &members[*y as usize], most)
        });
        // For each cluster and each report what fits it, the best two.
        let mut top: BTreeMap<(u32, usize), [(f32, u32); 2]> = BTreeMap::new();
        for (&(x, y), &(score, ..)) in &best {
            for (one, other) in [(x, y), (y, x)] {
                for &report in &reports[&other] {
                    let two = top.entry((one, report)).or_insert([(f32::MIN, u32::MAX); 2]);
                    if score > two[0].0 {
                        *two = [(score, other), two[0]];
                    } else if score > two[1].0 {
                        two[1] = (score, other);
                    }
                }
            }
        }
        let mutual = |one: u32, other: u32| {
            reports[&other].iter().all(|&report| {
                let two = &top[&(one, report)];
                two[0].1 == other && two[0].0 - two[1].0 >= MARGIN
            })
        };
        let fitting = best.iter().filter(|(_, fit)| fit.0 >= 0.0);
        let mut chosen: Vec<(Fit, u32, u32)> =
            fitting.filter(|&(&(x, y), _)| mutual(x, y) && mutual(y, x)).map(|(&(x, y), &fit)| (fit, x, y)).collect();
        chosen.sort_by(|p, q| q.0.0.total_cmp(&p.0.0).then((p.1, p.2).cmp(&(q.1, q.2))));
        let mut taken: BTreeSet<u32> = BTreeSet::new();
        for ((score, a, b), x, y) in chosen {
            if taken.contains(&x) || taken.contains(&y) {
                continue;
            }
            taken.extend([x, y]);
            let moved = std::mem::take(&mut members[y as usize]);
            for &m in &moved {
                cluster[m as usize] = x;
            }
            members[x as usize].extend(moved);
            joined(score, a, b);
        }
        if taken.is_empty() {
            return;
        }
    }
}

/// The reports of these claims, sorted.
fn reports_of(facts: &[Facts], claims: &[u32]) -> Vec<usize> {
    let mut reports: Vec<usize> = claims.iter().map(|&claim| facts[claim as usize].at.report).collect();
    reports.sort_unstable();
    reports.dedup();
    reports
}

/// True where two sorted lists share a report.
fn common(xs: &[usize], ys: &[usize]) -> bool {
    let (few, many) = if xs.len() < ys.len() { (xs, ys) } else { (ys, xs) };
    few.iter().any(|report| many.binary_search(report).is_ok())
}

/// True where nothing in the two keeps them apart.
fn may_meet(facts: &[Facts], xs: &[u32], ys: &[u32], most: usize) -> bool {
    let mut pairs = xs.iter().take(most).flat_map(|&x| ys.iter().take(most).map(move |&y| (x, y)));
    pairs.all(|(x, y)| apart(&facts[x as usize], &facts[y as usize]).is_none())
}

#[cfg(test)]
mod tests {
    use crate::{EventType::Accuse, link::testing::one_event};

    #[test]
    fn who_condemns_the_same_party_once_in_each_report_condemns_one_thing() {
        let first = "Oman criticised Libya for the use of force.";
        assert!(one_event(Some(Accuse), first, "Oman denounced the bombing by Libya."));
    }

    #[test]
    fn who_charges_the_same_party_with_something_else_makes_two_charges() {
        let first = "Peru accused Chile of spying on its navy.";
        assert!(!one_event(Some(Accuse), first, "Peru accused Chile of poisoning the river."));
    }
}
