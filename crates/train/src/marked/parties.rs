//! Trains the weights that tell who acts and on whom, on the marked stories.

use std::cmp::Reverse;

use demarche_core::{
    Annotation, Claim,
    code::{
        Coder,
        weigh::{Question, Questions, SIZE, Side, margin},
    },
    parse,
    world::World,
};

use super::{FOLDS, Mark, Marked, UNIT, fold};
use crate::rng::Rng;

/// Passes over the questions.
const EPOCHS: usize = 6;
const RATE: f32 = 0.05;
const DECAY: f32 = 0.02;

/// A question with the places of its right answers.
struct Row {
    /// The part of the stories that it is measured with.
    fold: usize,
    /// Of a story that the program was made on: nothing is measured there.
    by_hand: bool,
    question: Question,
    right: Vec<usize>,
    /// The marks name somebody.
    named: bool,
}

/// The weights, one signed byte each, and how they fare on stories that were kept apart.
pub fn train(reports: &[Marked]) -> (Vec<u8>, String) {
    let rows = all_rows(reports);
    let weights: Vec<Vec<u8>> = (0..FOLDS).map(|part| without(&rows, part)).collect();
    let mut scores = Vec::new();
    for side in [Side::Actor, Side::Recipient] {
        let (mut named, mut ruled, mut weighed) = (0, 0, 0);
        for part in 0..FOLDS {
            let weights = &weights[part];
            let of_part = rows.iter().filter(|row| row.fold == part && !row.by_hand);
            for row in of_part.filter(|row| row.question.side == side && row.named) {
                named += 1;
                let right = |place: usize| row.right.contains(&place);
                ruled += usize::from(chosen(&row.question).any(right));
                weighed += usize::from(answer(weights, &row.question).into_iter().any(right));
            }
        }
        let share = |count: usize| count as f64 / f64::from(named.max(1));
        let name = if side == Side::Actor { "who acts" } else { "on whom" };
        scores.push(format!("{name} {:.3} of {named} claims (the rules alone {:.3})", share(weighed), share(ruled)));
    }
    (learn(rows.iter()), scores.join(", "))
}

/// For each part of the stories the weights that were learnt from the others.
pub fn crosswise(reports: &[Marked]) -> Vec<Vec<u8>> {
    let rows = all_rows(reports);
    (0..FOLDS).map(|part| without(&rows, part)).collect()
}

fn without(rows: &[Row], part: usize) -> Vec<u8> {
    learn(rows.iter().filter(|row| row.fold != part))
}

/// At first as the rules alone tell it; then as it is told with what was learnt so.
fn all_rows(reports: &[Marked]) -> Vec<Row> {
    let first = learn(rows(reports, &[]).iter());
    rows(reports, &first)
}

/// What the scales are asked of the claims that stand on a mark and have its type.
fn rows(reports: &[Marked], weights: &[u8]) -> Vec<Row> {
    let mut coder = Coder::with_codebook(&[], World::embedded()).expect("the built-in codebook");
    coder.scales = weights.to_vec();
    let mut out = Vec::new();
    for one in reports {
        let mut asked = Questions::default();
        let annotation = coder.code_asking(one.report.clone(), parse(&one.report.text), Some(&mut asked));
        for (claim, questions) in claims(&annotation, &asked) {
            let trigger = annotation.sentences[claim.sentence].tokens[claim.trigger].span;
            let marks = one.marks.iter().filter(|mark| mark.span.touches(trigger) && mark.kinds.contains(&claim.kind));
            let marks: Vec<_> = marks.collect();
            let Some(span) = marks.iter().map(|mark| mark.span).min_by_key(|span| span.len()) else { continue };
            for question in questions {
                let actors = question.side == Side::Actor;
                let side = |mark: &&Mark| if actors { mark.actors.clone() } else { mark.recipients.clone() };
                // Two that act on each other are told of by two marks of the same words.
                let same = marks.iter().filter(|mark| mark.span == span).copied();
                let wanted: Vec<String> = same.flat_map(|mark| side(&mark)).collect();
                let right =
                    |code: &Option<String>| code.as_ref().map_or(wanted.is_empty(), |code| wanted.contains(code));
                let candidates = question.candidates.iter().enumerate();
                let right: Vec<usize> = candidates.filter(|(_, (code, _))| right(code)).map(|(at, _)| at).collect();
                let (fold, by_hand) = (fold(&one.story), one.by_hand);
                out.push(Row { fold, by_hand, question: question.clone(), right, named: !wanted.is_empty() });
            }
        }
    }
    out
}

/// The claims that were weighed, with the two questions of each.
fn claims<'a>(annotation: &'a Annotation, asked: &'a Questions) -> Vec<(&'a Claim, &'a [Question])> {
    let mut claims = annotation.claims.iter();
    let questions = asked.parties.chunks_exact(2);
    let of = |two: &'a [Question]| {
        let same = |claim: &&Claim| (claim.sentence, claim.trigger) == (two[0].sentence, two[0].trigger);
        claims.find(same).map(|claim| (claim, two))
    };
    questions.filter_map(of).collect()
}

/// Places of the candidates that the rules chose.
fn chosen(question: &Question) -> impl Iterator<Item = usize> + '_ {
    let is_chosen =
        |code: &Option<String>| code.as_ref().map_or(question.chosen.is_empty(), |code| question.chosen.contains(code));
    question.candidates.iter().enumerate().filter(move |(_, (code, _))| is_chosen(code)).map(|(at, _)| at)
}

/// Places of the candidates that coding takes.
fn answer(weights: &[u8], question: &Question) -> Vec<usize> {
    let score = |at: usize| -> i32 {
        question.candidates[at].1.iter().map(|&feature| i32::from(weights[feature as usize] as i8)).sum()
    };
    let ruled: Vec<usize> = chosen(question).collect();
    let highest = ruled.iter().map(|&at| score(at)).max();
    let others =
        (0..question.candidates.len()).filter(|at| question.candidates[*at].0.is_some() && !ruled.contains(at));
    let best = others.map(|at| (score(at), Reverse(at))).max();
    let bar = highest.map(|highest| highest + margin(question.kind, question.side, question.state));
    match best {
        Some((score, Reverse(at))) if bar.is_some_and(|bar| score >= bar) => vec![at],
        _ => ruled,
    }
}

/// Log-linear regression over the candidates of each question, with a rate of its own for every weight (Adagrad).
fn learn<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<u8> {
    let mut rows: Vec<&Row> = rows.filter(|row| !row.right.is_empty()).collect();
    let mut weights = vec![0f32; SIZE];
    let mut squares = vec![1e-6f32; SIZE];
    // The mean over the later passes errs less than the last state.
    let mut mean = vec![0f32; SIZE];
    let mut random = Rng::new(1);
    let mut slopes = vec![0f32; SIZE];
    for epoch in 0..EPOCHS {
        random.shuffle(&mut rows);
        for row in &rows {
            let score = |features: &[u32]| features.iter().map(|&f| weights[f as usize]).sum::<f32>();
            let scores: Vec<f32> = row.question.candidates.iter().map(|(_, features)| score(features)).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let shares: Vec<f32> = scores.iter().map(|score| (score - top).exp()).collect();
            let all: f32 = shares.iter().sum();
            let right: f32 = row.right.iter().map(|&at| shares[at]).sum();
            let mut touched: Vec<u32> = Vec::new();
            for (at, (_, features)) in row.question.candidates.iter().enumerate() {
                let wanted = if row.right.contains(&at) { shares[at] / right.max(1e-9) } else { 0.0 };
                let error = shares[at] / all - wanted;
                if error.abs() > 1e-4 {
                    for &f in features {
                        slopes[f as usize] += error;
                    }
                    touched.extend(features);
                }
            }
            touched.sort_unstable();
            touched.dedup();
            for f in touched.into_iter().map(|f| f as usize) {
                let slope = slopes[f] + DECAY * weights[f];
                slopes[f] = 0.0;
                squares[f] += slope * slope;
                weights[f] -= RATE * slope / squares[f].sqrt();
            }
        }
        if epoch >= EPOCHS / 2 {
            mean.iter_mut().zip(&weights).for_each(|(mean, w)| *mean += w / (EPOCHS - EPOCHS / 2) as f32);
        }
    }
    mean.iter().map(|w| (w * UNIT).round().clamp(-127.0, 127.0) as i8 as u8).collect()
}
