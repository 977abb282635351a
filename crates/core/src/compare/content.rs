//! What was done, to what, and what was said: acts, objects, wordings, status.

use super::{Found, Told, pairwise};
use crate::{
    claim::Modality,
    event::{ClaimRef, Kind, Slot, Value},
    link::{
        facts, said,
        similarity::likeness,
        words::{Concepts, site, split},
    },
    plover::EventType,
    span::Span,
    world::lists::{LISTS, holds_form},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// Deeds that are told by a verb and its object ("closed the border"), not by a noun ("the attack").
fn measure(kind: EventType) -> bool {
    !kind.verbal() && kind != EventType::Assault
}

type Spans = BTreeMap<usize, Vec<(ClaimRef, Span)>>;

fn spans(told: &Told, of: impl Fn(ClaimRef) -> Option<Span>) -> Spans {
    let mut out = Spans::new();
    for (&report, claims) in &told.reports {
        let found = claims.iter().filter_map(|&at| Some((at, of(at)?)));
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
    let act = |at| (told.own_voice(at) && measure(told.claim(at).kind)).then(|| told.claim(at).act);
    for list in spans(told, act).values() {
        let (mut acts, mut all) = (BTreeSet::new(), BTreeSet::new());
        for &(at, span) in list {
            let mut words = |span| concepts.of(&split(told.words(at, span)), None).into_iter().map(|(n, _)| n);
            acts.extend(words(span));
            // "Announced the expulsion" tells its act by the object.
            all.extend(told.claim(at).object.into_iter().flat_map(&mut words));
        }
        // The headline says in short what the report says in full.
        let &(at, act) = list.iter().find(|(at, _)| told.claim(*at).sentence > 0).unwrap_or(&list[0]);
        let whole = told.claim(at).object.map_or(act, |object| act.cover(object));
        if !acts.is_empty() {
            values.push((told.value(at, whole, told.words(at, act)), (acts, all)));
        }
    }
    pairwise(values, |(a, said), (b, told)| {
        let apart = a.is_disjoint(b) && a.is_disjoint(told) && b.is_disjoint(said);
        apart.then_some(Kind::Differs)
    })
}

/// Told as a deed of one kind here and of another there: "attacked the embassy", "threw stones".
pub fn kinds(told: &Told) -> Found {
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let own = |&&at: &&ClaimRef| told.own_voice(at) && told.claim(at).modality == Modality::Occurred;
        let Some(&at) = claims.iter().find(own) else { continue };
        let c = told.claim(at);
        let whole = c.object.map_or(c.act, |object| c.act.cover(object));
        values.push((told.value(at, whole, c.kind.as_str()), c.kind));
    }
    let violent = |kind| matches!(kind, EventType::Assault | EventType::Protest);
    pairwise(values, |&a, &b| (a != b && violent(a) && violent(b)).then_some(Kind::Differs))
}

/// A phrase without what hangs on it behind: of "the border with Sudan" the border.
fn core(words: &str) -> &str {
    let ends = [" with ", " to ", " in ", " on ", " over ", " for ", " of ", " after ", " from "];
    let end =
        ends.iter().filter_map(|e| words.find(e)).filter(|&at| !matches!(words[..at].trim(), "both" | "all")).min();
    &words[..end.unwrap_or(words.len())]
}

/// Words that only point at what was told before.
fn pointer(words: &str) -> bool {
    holds_form(&LISTS.pointers, words.trim())
}

/// What it is done to: "a treaty" here, "the Indus Waters Treaty" there.
pub fn objects(told: &Told) -> Found {
    let mut concepts = Concepts::default();
    let mut values = Vec::new();
    let sites = |words: &str| split(words).iter().any(|word| site(word));
    let what = |at: ClaimRef| {
        let claim = told.claim(at);
        let kind = claim.kind;
        let span = said::object(&told.annotations[at.report], claim).filter(|span| !pointer(told.words(at, *span)))?;
        (measure(kind) && kind != EventType::Protest || !kind.verbal() && sites(core(told.words(at, span))))
            .then_some(span)
    };
    for list in spans(told, what).values_mut() {
        // What a party tells of the deed counts where the report has nothing in its own voice.
        if list.iter().any(|&(at, _)| told.own_voice(at)) {
            list.retain(|&(at, _)| told.own_voice(at));
        }
        let mut all = BTreeSet::new();
        let mut named = false;
        for &(at, span) in &*list {
            let words = core(told.words(at, span));
            all.extend(concepts.of(&split(words), None).into_iter().map(|(n, _)| n));
            named |= words.split_whitespace().any(|w| w.starts_with(char::is_uppercase));
        }
        // The headline says in short what the report says in full.
        let full = |&&(at, span): &&(ClaimRef, Span)| (told.claim(at).sentence > 0, span.len(), Reverse(at));
        let &(at, span) = list.iter().max_by_key(full).unwrap_or(&list[0]);
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

/// Of what is said, the slot it stands in. Where the reports do not even agree on what kind of statement it is, the
/// wording is the difference.
fn slot(told: &Told) -> Option<Slot> {
    let kind = told.claim(told.claims[0]).kind;
    let mixed = told.claims.iter().any(|&at| told.claim(at).kind != kind);
    if mixed && told.claims.iter().all(|&at| matches!(told.claim(at).kind, EventType::Agree | EventType::Support)) {
        return Some(Slot::Label);
    }
    let denial = |&at: &ClaimRef| facts::denial(told.text(at.report), told.claim(at));
    match kind {
        EventType::Reject if !told.claims.iter().any(denial) => Some(Slot::Quote),
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
    let Some(slot) = slot(told) else { return vec![] };
    let mut concepts = Concepts::default();
    let mut lists: Vec<Vec<Worded>> = Vec::new();
    for claims in told.reports.values() {
        let mut list: Vec<Worded> = Vec::new();
        for &at in claims {
            let c = told.claim(at);
            let mut words = concepts.of(&said::content(&told.around[at.report], c), Some(c.kind));
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
        values.extend(near.iter().take(4).map(|&(_, at)| told.value(at, said(told, at), "")));
    }
    if !differs {
        return vec![];
    }
    let quoted = values.iter().any(|v| told.words(v.claim, v.span).contains(['“', '"', '”']));
    let slot = if quoted && slot == Slot::Label { Slot::Quote } else { slot };
    let plea = |(_, words): &Worded| words.iter().any(|&(n, _)| concepts.plea(n));
    let pleas = kind == EventType::Request && lists.iter().flatten().all(plea);
    // Who asks for calm asks for one thing in words of his own.
    let (slot, kind) = if pleas { (Slot::Quote, Kind::Refines) } else { (slot, Kind::Differs) };
    vec![(slot, kind, values)]
}

/// The words of a statement with what it calls its object behind a clause: "denounced the flights that crossed the border
/// **as a provocation**".
fn said(told: &Told, at: ClaimRef) -> Span {
    let c = told.claim(at);
    let Some(tree) = told.tree(at) else { return c.span };
    let sentence = tree.sentence;
    let called = |&t: &usize| t > c.trigger && tree.children(t).any(|mark| mark < t && tree.lemma(mark) == "as");
    let behind = |&t: &usize| sentence.tokens[t].span.start >= c.span.end && tree.below(t, c.trigger);
    let head = (c.trigger + 1..sentence.tokens.len()).filter(behind).find(called);
    let own = head.map(|head| tree.subtree(head, |t| tree.relation(t).universal() != "conj")).unwrap_or_default();
    own.last().map_or(c.span, |&last| c.span.cover(sentence.tokens[last].span))
}

/// Why, until when, on which condition: the clause of each report that tells it, where they tell it otherwise.
pub fn reasons(told: &Told) -> Found {
    const ALIKE: f32 = 0.5;
    let mut concepts = Concepts::default();
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let Some((at, span)) = claims.iter().find_map(|&at| Some((at, condition(told, at)?))) else { continue };
        let mut words = concepts.of(&split(told.words(at, span)), None);
        let length = words.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        for (_, w) in &mut words {
            *w /= length;
        }
        values.push((told.value(at, span, ""), words));
    }
    pairwise(values, |a, b| (likeness(a, b) < ALIKE).then_some(Kind::Differs))
}

/// "until it is dissolved", "because the road was mined": the clause that hangs on the act or on what it says.
fn condition(told: &Told, at: ClaimRef) -> Option<Span> {
    let (c, tree) = (told.claim(at), told.tree(at)?);
    let sentence = tree.sentence;
    // Every threat has its "if": how it is worded says more.
    let marks = ["until", "unless", "before", "because", "if"];
    let marks = &marks[..if c.kind == EventType::Threaten { 4 } else { 5 }];
    let marked = |t: usize| tree.children(t).any(|m| m < t && marks.contains(&tree.lemma(m)));
    let clause = (c.trigger + 1..sentence.tokens.len())
        .find(|&t| tree.relation(t).universal() == "advcl" && tree.below(t, c.trigger) && marked(t))?;
    let own = tree.subtree(clause, |_| true);
    Some(sentence.tokens[*own.first()?].span.cover(sentence.tokens[*own.last()?].span))
}

/// Done in one report, still to come in another.
pub fn status(told: &Told) -> Found {
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let own = claims.iter().copied().filter(|&at| told.own_voice(at) && !told.claim(at).kind.verbal());
        let state = |at: ClaimRef| match told.claim(at).modality {
            Modality::Occurred => Some("occurred"),
            Modality::Negated => Some("negated"),
            _ => to_come(told, at).then_some("ahead"),
        };
        let known: Vec<(ClaimRef, &str)> = own.filter_map(|at| Some((at, state(at)?))).collect();
        let first = known.iter().find(|(_, state)| *state == "occurred").or(known.first());
        values.extend(first.map(|&(at, state)| (told.value(at, told.claim(at).span, state), state)));
    }
    pairwise(values, |a, b| match (*a, *b) {
        (a, b) if a == b => None,
        ("negated", _) | (_, "negated") => Some(Kind::Contradicts),
        _ => Some(Kind::Differs),
    })
}

/// "Will be halted", "plans to halt": "a ban" and "ordered to halt" tell not whether it is done.
fn to_come(told: &Told, at: ClaimRef) -> bool {
    let c = told.claim(at);
    told.tree(at).is_some_and(|tree| {
        let wanted = |head: usize| matches!(tree.lemma(head), "want" | "plan" | "intend" | "prepare" | "hope" | "aim");
        tree.children(c.trigger).any(|aux| matches!(tree.lemma(aux), "will" | "would" | "shall" | "may"))
            || tree.head(c.trigger).is_some_and(wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::core;

    #[test]
    fn what_hangs_on_an_object_is_no_part_of_it() {
        assert_eq!(core("its border with Sudan"), "its border");
        assert_eq!(core("the Indus Waters Treaty"), "the Indus Waters Treaty");
        assert_eq!(core("both of the bridges"), "both of the bridges");
    }
}
