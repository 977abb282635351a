//! What was done, to what, and what was said: acts, objects, wordings, status.

use super::{Found, Told, pairwise};
use crate::{
    claim::Modality,
    event::{ClaimRef, Kind, Slot, Value},
    link::{
        similarity::likeness,
        words::{Concepts, split},
    },
    plover::EventType,
    span::Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// Deeds that are told by a verb and its object ("closed the border"), not by a noun ("the attack").
fn measure(kind: EventType) -> bool {
    !kind.verbal() && kind != EventType::Assault
}

type Spans = BTreeMap<usize, Vec<(ClaimRef, Span)>>;

fn spans(told: &Told, of: impl Fn(ClaimRef) -> Option<Span>) -> Spans {
    let mut out = Spans::new();
    for (&report, claims) in &told.reports {
        let own: Vec<ClaimRef> = claims.iter().copied().filter(|&at| told.own_voice(at)).collect();
        let found = own.into_iter().filter(|&at| measure(told.claim(at).kind)).filter_map(|at| Some((at, of(at)?)));
        let mut list: Vec<(ClaimRef, Span)> = found.filter(|(_, s)| !s.is_empty()).collect();
        list.dedup_by_key(|(_, span)| *span);
        if !list.is_empty() {
            out.insert(report, list);
        }
    }
    out
}

/// What is done: "expelled" here, "reduce" there.
pub fn acts(told: &Told) -> Found {
    let mut concepts = Concepts::default();
    let mut values = Vec::new();
    for list in spans(told, |at| Some(told.claim(at).act)).values() {
        let mut all = BTreeSet::new();
        for &(at, span) in list {
            all.extend(concepts.of(&split(told.words(at, span)), None).into_iter().map(|(n, _)| n));
        }
        let (at, act) = list[0];
        let whole = told.claim(at).object.map_or(act, |object| act.cover(object));
        if !all.is_empty() {
            values.push((told.value(at, whole, told.words(at, act)), all));
        }
    }
    pairwise(values, |a, b| a.is_disjoint(b).then_some(Kind::Differs))
}

/// What it is done to: "a treaty" here, "the Indus Waters Treaty" there.
pub fn objects(told: &Told) -> Found {
    let mut concepts = Concepts::default();
    let mut values = Vec::new();
    for list in spans(told, |at| told.claim(at).object).values() {
        let mut all = BTreeSet::new();
        let mut named = false;
        for &(at, span) in list {
            let words = told.words(at, span);
            all.extend(concepts.of(&split(words), None).into_iter().map(|(n, _)| n));
            named |= words.split_whitespace().any(|w| w.starts_with(char::is_uppercase));
        }
        let (at, span) = list[0];
        let known: BTreeSet<u32> = all.iter().copied().filter(|&n| concepts.name(n).starts_with('[')).collect();
        values.push((told.value(at, span, told.words(at, span)), (if known.is_empty() { all } else { known }, named)));
    }
    pairwise(values, |(a, named), (b, called)| {
        if a == b {
            return (named != called).then_some(Kind::Refines);
        }
        Some(Kind::Differs)
    })
}

/// Of what is said, the slot it stands in.
fn slot(kind: EventType) -> Option<Slot> {
    match kind {
        EventType::Request | EventType::Agree | EventType::Concede => Some(Slot::Object),
        EventType::Support | EventType::Threaten | EventType::Accuse => Some(Slot::Label),
        _ => None,
    }
}

/// A clause of a statement with the vector of its words.
type Worded = (ClaimRef, Vec<(u32, f32)>);

/// How each report words what was said: the clauses that the others have nothing like come first.
pub fn statements(told: &Told) -> Vec<(Slot, Kind, Vec<Value>)> {
    const ALIKE: f32 = 0.75;
    let kind = told.claim(told.claims[0]).kind;
    let Some(slot) = slot(kind) else { return vec![] };
    let mut concepts = Concepts::default();
    let mut lists: Vec<Vec<Worded>> = Vec::new();
    for claims in told.reports.values() {
        let mut list: Vec<Worded> = Vec::new();
        for &at in claims {
            let c = told.claim(at);
            let mut words = concepts.of(&split(told.words(at, c.span)), Some(c.kind));
            let length = words.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
            for (_, w) in &mut words {
                *w /= length;
            }
            if !words.is_empty() {
                list.push((at, words));
            }
        }
        if !list.is_empty() {
            lists.push(list);
        }
    }
    if lists.len() < 2 {
        return vec![];
    }
    let alone = |i: usize, words: &[(u32, f32)]| {
        let others = lists.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, list)| list);
        others.map(|(_, other)| likeness(words, other)).fold(0.0f32, f32::max)
    };
    let mut values: Vec<Value> = Vec::new();
    let mut differs = false;
    for (i, list) in lists.iter().enumerate() {
        let mut near: Vec<(f32, ClaimRef)> = list.iter().map(|(at, words)| (alone(i, words), *at)).collect();
        near.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
        differs |= near[0].0 <= ALIKE;
        values.extend(near.iter().take(3).map(|&(_, at)| told.value(at, told.claim(at).span, "")));
    }
    if !differs {
        return vec![];
    }
    let quoted = values.iter().any(|v| told.words(v.claim, v.span).contains(['“', '"', '”']));
    let slot = if quoted && slot == Slot::Label { Slot::Quote } else { slot };
    let plea = |(_, words): &Worded| words.iter().any(|&(n, _)| concepts.plea(n));
    let pleas = kind == EventType::Request && lists.iter().flatten().all(plea);
    vec![(slot, if pleas { Kind::Refines } else { Kind::Differs }, values)]
}

/// Done in one report, still to come in another.
pub fn status(told: &Told) -> Found {
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let own = claims.iter().copied().filter(|&at| told.own_voice(at) && !told.claim(at).kind.verbal());
        let state = |at: ClaimRef| match told.claim(at).modality {
            Modality::Occurred => "occurred",
            Modality::Negated => "negated",
            _ => "ahead",
        };
        let own: Vec<ClaimRef> = own.collect();
        let Some(&first) = own.iter().find(|&&at| state(at) == "occurred").or(own.first()) else { continue };
        values.push((told.value(first, told.claim(first).span, state(first)), state(first)));
    }
    pairwise(values, |a, b| match (*a, *b) {
        (a, b) if a == b => None,
        ("negated", _) | (_, "negated") => Some(Kind::Contradicts),
        _ => Some(Kind::Differs),
    })
}
