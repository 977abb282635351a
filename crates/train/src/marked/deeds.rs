//! Trains the weights that tell which deed a word tells of, on the marked stories.

use std::collections::{BTreeMap, HashMap};

use demarche_core::{
    EventType,
    code::{
        Coder,
        weigh::{
            Questions,
            deeds::{DeedQuestion, KINDS, Ruled},
            weights::Weights,
        },
    },
    parse,
    world::World,
};

use super::{FOLDS, Mark, Marked, UNIT, fold};
use crate::rng::Rng;

/// Passes over the questions.
const EPOCHS: usize = 8;
const RATE: f32 = 0.05;
const DECAY: f32 = 3e-3;

/// How often a feature must be seen with an answer to speak for or against it; for none, twice as often.
const LEAST: u32 = 4;
/// Weights that are kept: all models together are below 6 MB.
const MOST: usize = 24_000;

/// A question with its right answers, 0 for none.
struct Row {
    /// The part of the stories that it is measured with.
    fold: usize,
    /// Of a story that the program was made on: nothing is measured there.
    by_hand: bool,
    ruled: Ruled,
    features: Vec<u32>,
    right: Vec<usize>,
}

/// The table of weights, and how they fare on stories that were kept apart.
pub fn train(reports: &[Marked]) -> (Vec<u8>, String) {
    let rows = rows(reports);
    let deeds = rows.iter().filter(|row| !row.by_hand && row.right != [0]).count();
    let (mut ruled, mut found, mut added, mut moved, mut gained, mut lost) = (0, 0, 0, 0, 0, 0);
    for part in 0..FOLDS {
        let weights = without(&rows, part);
        for row in rows.iter().filter(|row| row.fold == part && !row.by_hand) {
            let verdict = weights.verdict(&row.features, row.ruled);
            let is = |kind: EventType| row.right.contains(&(1 + kind as usize));
            match row.ruled {
                Ruled::Deed(kind, _) => {
                    ruled += usize::from(is(kind));
                    if verdict.is_other(kind) {
                        moved += 1;
                        gained += usize::from(is(verdict.kind));
                        lost += usize::from(is(kind));
                    }
                }
                ruled if verdict.is_deed(ruled) => {
                    added += 1;
                    found += usize::from(is(verdict.kind));
                }
                _ => {}
            }
        }
    }
    let scores = format!(
        "of {deeds} deeds the codebook has {ruled} with their type; added {added}, right {found}; of another type {moved}, right \
         {gained} for {lost}"
    );
    (Weights::write(&learn(rows.iter())), scores)
}

/// For each part of the stories the weights that were learnt from the others.
pub fn crosswise(reports: &[Marked]) -> Vec<Weights> {
    let rows = rows(reports);
    (0..FOLDS).map(|part| without(&rows, part)).collect()
}

fn without(rows: &[Row], part: usize) -> Weights {
    Weights::read(&Weights::write(&learn(rows.iter().filter(|row| row.fold != part))))
}

fn rows(reports: &[Marked]) -> Vec<Row> {
    let coder = Coder::with_codebook(&[], World::embedded()).expect("the built-in codebook").by_rules();
    let mut out = Vec::new();
    for one in reports {
        let mut asked = Questions::default();
        let annotation = coder.code_asking(one.report.clone(), parse(&one.report.text), Some(&mut asked));
        let span = |question: &DeedQuestion, token: usize| annotation.sentences[question.sentence].tokens[token].span;
        let touches = |question: &DeedQuestion, mark: &Mark| {
            let mut words = question.wording.iter().copied().chain([question.token]);
            words.any(|token| mark.span.touches(span(question, token)))
        };
        let is_kind = |mark: &Mark, kind: EventType| mark.kinds.contains(&kind);
        let mut heads: Vec<Option<usize>> = Vec::new();
        for mark in &one.marks {
            let covered = asked.deeds.iter().any(|question| {
                matches!(question.ruled, Ruled::Deed(kind, _) if is_kind(mark, kind)) && touches(question, mark)
            });
            // The word of the mark that no other one of it governs.
            let inside = |question: &DeedQuestion, token: usize| mark.span.touches(span(question, token));
            let head = asked.deeds.iter().position(|question| {
                let above = annotation.sentences[question.sentence].tokens[question.token].head;
                inside(question, question.token) && above.is_none_or(|above| !inside(question, above))
            });
            heads.push(head.filter(|_| !covered));
        }
        for (at, question) in asked.deeds.iter().enumerate() {
            let mut right: Vec<usize> = Vec::new();
            for (mark, head) in one.marks.iter().zip(&heads) {
                let here = match question.ruled {
                    Ruled::Deed(..) => touches(question, mark),
                    _ => *head == Some(at),
                };
                if here {
                    right.extend(mark.kinds.iter().map(|&kind| 1 + kind as usize));
                }
            }
            // A word inside a mark that another one stands for says neither.
            let inside = |mark: &Mark| mark.span.touches(span(question, question.token));
            if right.is_empty() && one.marks.iter().any(inside) {
                continue;
            }
            if right.is_empty() {
                right.push(0);
            }
            right.sort_unstable();
            right.dedup();
            let (fold, by_hand) = (fold(&one.story), one.by_hand);
            out.push(Row { fold, by_hand, ruled: question.ruled, features: question.features.clone(), right });
        }
    }
    out
}

/// Log-linear regression over the answers, with a rate of its own for every weight (Adagrad).
fn learn<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<(u32, [i8; KINDS])> {
    let rows: Vec<&Row> = rows.collect();
    let mut seen: BTreeMap<u32, [u32; KINDS]> = BTreeMap::new();
    for row in &rows {
        for &feature in &row.features {
            let counts = seen.entry(feature).or_default();
            row.right.iter().for_each(|&answer| counts[answer] += 1);
        }
    }
    // A weight is learnt for answers that a feature was seen with often enough.
    let mut names: Vec<(u32, [bool; KINDS])> = Vec::new();
    for (feature, counts) in seen {
        let mut may = counts.map(|count| count >= LEAST);
        may[0] = counts[0] >= 2 * LEAST;
        if may.contains(&true) {
            names.push((feature, may));
        }
    }
    let number: HashMap<u32, u32> = names.iter().enumerate().map(|(at, one)| (one.0, at as u32)).collect();
    let mut material: Vec<(Vec<u32>, &[usize])> = rows
        .iter()
        .map(|row| (row.features.iter().filter_map(|feature| number.get(feature).copied()).collect(), &row.right[..]))
        .collect();
    let mut weights = vec![[0f32; KINDS]; names.len()];
    let mut squares = vec![[1e-6f32; KINDS]; names.len()];
    let mut mean = vec![[0f32; KINDS]; names.len()];
    let mut random = Rng::new(1);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut material);
        for (features, rights) in &material {
            let mut scores = [0f32; KINDS];
            for &feature in features {
                for (score, weight) in scores.iter_mut().zip(&weights[feature as usize]) {
                    *score += weight;
                }
            }
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let shares = scores.map(|score| (score - top).exp());
            let all: f32 = shares.iter().sum();
            let right: f32 = rights.iter().map(|&answer| shares[answer]).sum();
            for (answer, share) in shares.iter().enumerate() {
                let wanted = if rights.contains(&answer) { share / right.max(1e-9) } else { 0.0 };
                let error = share / all - wanted;
                if error.abs() < 2e-3 {
                    continue;
                }
                for &feature in features {
                    let f = feature as usize;
                    if names[f].1[answer] {
                        let slope = error + DECAY * weights[f][answer];
                        squares[f][answer] += slope * slope;
                        weights[f][answer] -= RATE * slope / squares[f][answer].sqrt();
                    }
                }
            }
        }
        if epoch >= EPOCHS / 2 {
            for (mean, weights) in mean.iter_mut().zip(&weights) {
                mean.iter_mut().zip(weights).for_each(|(mean, w)| *mean += w / (EPOCHS - EPOCHS / 2) as f32);
            }
        }
    }
    // Those that move the most stay.
    let mut used = vec![0u32; names.len()];
    material.iter().flat_map(|(features, _)| features).for_each(|&feature| used[feature as usize] += 1);
    let mut order: Vec<(usize, usize)> = (0..names.len())
        .flat_map(|f| (0..KINDS).map(move |answer| (f, answer)))
        .filter(|&(f, a)| mean[f][a] != 0.0)
        .collect();
    let worth = |&(f, answer): &(usize, usize)| mean[f][answer].abs() * (used[f] as f32).sqrt();
    order.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    order.truncate(MOST);
    let mut out: Vec<(u32, [i8; KINDS])> = names.iter().map(|one| (one.0, [0; KINDS])).collect();
    for (f, answer) in order {
        out[f].1[answer] = (mean[f][answer] * UNIT).round().clamp(-127.0, 127.0) as i8;
    }
    out
}
