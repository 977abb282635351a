//! Who acts on whom side by side: "both countries" here, "India" there.

use super::{Found, Told, pairwise};
use crate::{
    claim::{Claim, Modality, Party},
    event::{ClaimRef, Kind, Value},
    link::words::{Concepts, split},
    plover::EventType,
    world::lists::{LISTS, holds_form},
};
use std::collections::BTreeSet;

/// Who acts, by report.
pub fn actors(told: &Told) -> Found {
    side(told, true, |c| &c.actors).or_else(|| crowds(told))
}

/// Who is acted on, by report.
pub fn recipients(told: &Told) -> Found {
    side(told, false, |c| &c.recipients)
}

fn side(told: &Told, acting: bool, of: fn(&Claim) -> &Vec<Party>) -> Found {
    // The parties of a conversation are unordered, and who says a thing is not told otherwise by being told in full.
    if told.claims.iter().all(|&at| told.claim(at).kind.verbal()) {
        return None;
    }
    let mut values: Vec<(Value, (BTreeSet<&str>, bool))> = Vec::new();
    for (&report, claims) in &told.reports {
        let (mut codes, mut best): (BTreeSet<&str>, Option<(ClaimRef, &Party)>) = (BTreeSet::new(), None);
        let mut body = false;
        let usable = claims.iter().filter(|&&at| told.claim(at).modality != Modality::Negated && told.own_voice(at));
        for &at in usable {
            // Where the act stands for a party that nobody names, there is nothing to hold against another report.
            for party in of(told.claim(at)).iter().filter(|p| !told.claim(at).act.holds(p.span)) {
                let Some(code) = party.country.as_deref() else { continue };
                codes.insert(code);
                if !party.span.is_empty() {
                    let first = best.get_or_insert((at, party));
                    let person = told.around[report].is_person(first.1);
                    body = first.1.name.is_some() && (person || named_body(told.words(first.0, first.1.span)));
                }
            }
        }
        if let Some((at, party)) = best {
            let known = codes.iter().copied().collect::<Vec<_>>().join(" ");
            values.push((told.value(at, party.span, known), (codes, body)));
        }
    }
    // Fighting runs both ways; a report that names one side has not said that the other did not fire.
    let fight = told.claims.iter().any(|&at| told.claim(at).kind == EventType::Assault);
    pairwise(values, |(a, body), (b, other)| {
        if a == b && a.len() == 1 && body != other && acting {
            return Some(Kind::Refines);
        }
        // Whom an attack hit is told by nation, by employer or by the land it stood in.
        if a == b || (fight && (!acting || !a.is_disjoint(b))) {
            return None;
        }
        Some(if a.is_disjoint(b) { Kind::Contradicts } else { Kind::Differs })
    })
}

/// Who speaks for a party: "France" here, "President Macron" there, the minister in a third report.
pub fn speakers(told: &Told) -> Found {
    if told.claims.iter().any(|&at| !told.claim(at).kind.verbal() || told.claim(at).kind == EventType::Consult) {
        return None;
    }
    let mut values = Vec::new();
    for (&report, claims) in &told.reports {
        let around = &told.around[report];
        let spoken = claims.iter().filter_map(|&at| match told.claim(at).actors.as_slice() {
            [one] if !one.span.is_empty() && !told.claim(at).act.holds(one.span) => Some((at, one)),
            _ => None,
        });
        let person = |party: &Party| around.person(party.span).is_some();
        // A pronoun names nobody, and who "the prime minister" is everybody knows.
        let bare = |at: ClaimRef, party: &Party| {
            let words = told.words(at, party.span).split_whitespace();
            words.into_iter().all(|word| word.starts_with(char::is_uppercase)) && party.span.len() > 3
        };
        let named = spoken.filter(|(at, party)| party.country.is_some() && (person(party) || bare(*at, party)));
        if let Some((at, party)) = named.min_by_key(|&(at, party)| (!person(party), at)) {
            let who = around.person(party.span).cloned();
            let known = who.clone().or_else(|| party.country.clone()).unwrap_or_default();
            values.push((told.value(at, party.span, known), (party.country.clone(), who)));
        }
    }
    pairwise(values, |(a, x), (b, y)| match (x, y) {
        _ if a != b => None,
        (Some(x), Some(y)) => (!same_person(x, y)).then_some(Kind::Differs),
        (None, None) => None,
        _ => Some(Kind::Refines),
    })
}

/// One name, or the family name of the other.
fn same_person(a: &str, b: &str) -> bool {
    let last = |name: &str| name.rsplit(' ').next().map(str::to_lowercase);
    a.eq_ignore_ascii_case(b) || last(a) == last(b)
}

/// What those are called that have no name: "demonstrators" here, "backers of the coup" there.
fn crowds(told: &Told) -> Found {
    let mut concepts = Concepts::default();
    let mut values = Vec::new();
    for claims in told.reports.values() {
        let own = claims.iter().filter(|&&at| {
            let c = told.claim(at);
            matches!(c.kind, EventType::Assault | EventType::Protest) && c.modality == Modality::Occurred
        });
        let nameless = own.filter_map(|&at| {
            let party =
                told.claim(at).actors.iter().find(|p| !told.claim(at).act.holds(p.span) && !p.span.is_empty())?;
            let words = told.words(at, party.span);
            let inner = words.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
            (!inner && (words.contains(char::is_whitespace) || words.ends_with('s'))).then_some((at, party))
        });
        if let Some((at, party)) = nameless.into_iter().next() {
            let words = concepts.of(&split(told.words(at, party.span)), None);
            let words: BTreeSet<u32> = words.into_iter().map(|(n, _)| n).collect();
            if !words.is_empty() {
                // Those in the street are known by what they are called, whatever their country.
                let known = party.country.is_some() && told.claim(at).kind != EventType::Protest;
                values.push((told.value(at, party.span, told.words(at, party.span)), (words, known)));
            }
        }
    }
    // An army is the same army as "its warplanes": only who is known by the description alone may be somebody else.
    pairwise(values, |(a, known), (b, named)| (!(*known && *named) && a.is_disjoint(b)).then_some(Kind::Differs))
}

/// True for the name of a part of a state: "the Revolutionary Guards", where another report says "Iran".
fn named_body(words: &str) -> bool {
    let named = words.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).map(str::to_lowercase);
    named.into_iter().any(|word| holds_form(&LISTS.state_parts, word.trim_matches(|c: char| !c.is_alphanumeric())))
}
