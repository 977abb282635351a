//! What a marked source does to a marked target, on sentences of our own: `tests/data/relations.txt` and
//! `relations-news.txt`.

use demarche_core::{
    EventType,
    code::{Coder, pairs::unmark},
    parse,
};

/// Share of sentences that must stay right.
const LEAST_RIGHT: f64 = 0.88;

#[test]
fn relations_are_those_a_reader_would_name() {
    let coder = Coder::embedded();
    let tables = [include_str!("data/relations.txt"), include_str!("data/relations-news.txt")];
    let (mut rows, mut wrong) = (0, Vec::new());
    for row in tables.iter().flat_map(|table| table.lines()).filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let (kind, sentence) = row.split_once(' ').expect("a type and a sentence");
        let tagged = sentence.replace('<', "\u{1}").replace('>', "</s>").replace('\u{1}', "<s>");
        let marked = unmark(&tagged.replace('{', "<t>").replace('}', "</t>")).expect("marks");
        let found = coder.relation(&marked, parse(&marked.text));
        let wanted = EventType::from_name(kind).expect("a type");
        let yielding = |kind| matches!(kind, EventType::Concede | EventType::Retreat);
        rows += 1;
        if found.kind != wanted && !(yielding(found.kind) && yielding(wanted)) {
            wrong.push(format!("{} for {row}", found.kind));
        }
    }
    let right = 1.0 - wrong.len() as f64 / f64::from(rows);
    assert!(right >= LEAST_RIGHT, "{right:.3} right of {rows}:\n{}", wrong.join("\n"));
}
