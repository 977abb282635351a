//! Whom phrases denote, on sentences of our own: `tests/data/actors.tsv`.
#![allow(clippy::format_push_string, clippy::cast_lossless)]

use demarche_core::{Day, Sentence, Span, code::cast::Cast, code::repair::repair, parse, world::World};

/// Share of rows that must stay right.
const LEAST_RIGHT: f64 = 0.96;

/// The heads of a phrase: its tokens whose own head lies outside, where it can be a party's first.
fn heads(sentence: &Sentence, span: Span) -> Vec<usize> {
    let inside = |t: usize| span.holds(sentence.tokens[t].span);
    let top = |&t: &usize| inside(t) && sentence.tokens[t].head.is_none_or(|head| !inside(head));
    (0..sentence.tokens.len()).filter(top).collect()
}

#[test]
fn phrases_denote_whom_a_reader_takes_them_to() {
    let table = include_str!("data/actors.tsv");
    let (mut rows, mut right, mut spans, mut failures) = (0, 0, 0, String::new());
    for row in table.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let fields: Vec<&str> = row.split('\t').collect();
        let (text, phrase, wanted) = (fields[0], fields[1], fields[2]);
        let day = Day::from_rfc3339(fields.get(3).copied().unwrap_or("2025-05-01"));
        let (phrase, nth) = phrase.split_once('@').map_or((phrase, 1), |(p, n)| (p, n.parse().expect("a number")));
        let at = text.match_indices(phrase).nth(nth - 1).unwrap_or_else(|| panic!("{phrase} in {text}")).0;
        let span = Span::new(at, at + phrase.len());
        let mut sentences = parse(text);
        repair(World::embedded(), text, &mut sentences, &|_| false);
        let cast = Cast::build(text, &sentences, World::embedded(), day);
        let index = sentences.iter().position(|s| s.span.touches(span)).expect("a sentence");
        let heads = heads(&sentences[index], span);
        let parties = heads.iter().map(|&head| cast.parties(index, head)).find(|p| !p.is_empty()).unwrap_or_default();
        let (wanted, name) = wanted.split_once(':').map_or((wanted, None), |(w, n)| (w, Some(n)));
        let (codes, sector) = wanted.split_once('/').map_or((wanted, None), |(c, s)| (c, Some(s)));
        let mut found: Vec<&str> = parties.iter().map(|p| p.country.as_deref().unwrap_or("?")).collect();
        found.dedup();
        let (mut given, mut expected) = (found.clone(), codes.split('+').collect::<Vec<_>>());
        given.sort_unstable();
        expected.sort_unstable();
        let first = parties.first();
        let correct = (given == expected || given.is_empty() && codes == "-")
            && sector.is_none_or(|s| first.is_some_and(|p| p.sectors.first() == Some(&s)))
            && name.is_none_or(|n| first.is_some_and(|p| p.name.as_deref() == Some(n)));
        rows += 1;
        right += usize::from(correct);
        spans += usize::from(
            parties.is_empty()
                || parties.iter().any(|p| {
                    p.span == span
                        || phrase.contains(" and ")
                        || p.span.of(text).trim_end_matches('.') == phrase.trim_end_matches('.')
                }),
        );
        if !correct {
            let told: Vec<String> = parties
                .iter()
                .map(|p| format!("{:?}={:?} {:?} {:?}", p.span.of(text), p.country, p.sectors, p.name))
                .collect();
            failures += &format!("{text}\n  {phrase}: wanted {}, got {told:?}\n", fields[2]);
        }
    }
    let share = right as f64 / rows as f64;
    println!("{failures}{right} of {rows} right ({share:.3}); span exact {spans}");
    assert!(share >= LEAST_RIGHT, "{failures}{right} of {rows}");
}
