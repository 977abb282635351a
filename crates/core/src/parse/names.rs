//! Names from the scores of the name tags: the best lawful sequence, then spans.
#![allow(clippy::many_single_char_names)]

use super::model::Model;
use crate::{Entity, Token, Upos};

/// The names of a sentence; `scores` has `width` numbers a token, of which the model's name tags use the first.
pub fn entities(model: &Model, scores: &[f32], width: usize, tokens: &[Token]) -> Vec<Entity> {
    let tags = best_tags(model, scores, width);
    let mut out: Vec<Entity> = Vec::new();
    for (i, &tag) in tags.iter().enumerate() {
        match model.names[tag] {
            Some((kind, true)) => out.push(Entity { span: tokens[i].span, first: i, last: i + 1, kind }),
            Some((_, false)) => {
                if let Some(open) = out.last_mut() {
                    open.last = i + 1;
                    open.span = open.span.cover(tokens[i].span);
                }
            }
            None => {}
        }
    }
    for entity in &mut out {
        // "assured Jaishankar of American support": no name ends in an adjective behind a preposition.
        let loose = |e: &Entity| {
            e.last - e.first > 2 && tokens[e.last - 1].upos == Upos::Adj && tokens[e.last - 2].upos == Upos::Adp
        };
        if loose(entity) {
            entity.last -= 2;
            entity.span = tokens[entity.first].span.cover(tokens[entity.last - 1].span);
        }
    }
    out
}

/// Viterbi under the one law that an inside tag follows a tag of its kind.
fn best_tags(model: &Model, scores: &[f32], width: usize) -> Vec<usize> {
    let (n, k) = (scores.len() / width, model.names.len());
    if n == 0 {
        return Vec::new();
    }
    // Most words are outside by far; if all are, there is nothing to search.
    if scores.chunks_exact(width).all(|row| super::encoder::argmax(&row[..k]) == 0) {
        return vec![0; n];
    }
    // An inside tag with the two it may follow; whatever else follows anything.
    let inside: Vec<(usize, Vec<usize>)> = (0..k)
        .filter_map(|to| match model.names[to] {
            Some((kind, false)) => {
                let same = |&from: &usize| model.names[from].is_some_and(|(other, _)| other == kind);
                Some((to, (0..k).filter(same).collect()))
            }
            _ => None,
        })
        .collect();
    let mut back = vec![0u8; n * k];
    let mut best: Vec<f32> =
        (0..k).map(|to| if matches!(model.names[to], Some((_, false))) { -1e9 } else { scores[to] }).collect();
    let mut next = best.clone();
    for i in 1..n {
        let back = &mut back[i * k..][..k];
        back.fill(super::encoder::argmax(&best) as u8);
        for (to, lawful) in &inside {
            let most = lawful.iter().copied().reduce(|from, other| if best[other] > best[from] { other } else { from });
            back[*to] = most.unwrap_or(0) as u8;
        }
        for (to, next) in next.iter_mut().enumerate() {
            *next = best[usize::from(back[to])] + scores[i * width + to];
        }
        std::mem::swap(&mut best, &mut next);
    }
    let mut tags = vec![0; n];
    tags[n - 1] = super::encoder::argmax(&best);
    for i in (1..n).rev() {
        tags[i - 1] = usize::from(back[i * k + tags[i]]);
    }
    tags
}
