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

/// Entries for what accords say, and for what is done in return, have the commonest verbs as triggers: they must not
/// compete for what people say and do.
#[test]
fn what_an_accord_says_is_no_rule_for_what_people_say() {
    let coder = Coder::embedded();
    let rows = [
        (
            "REQUEST",
            "<s>Senegal's ambassador</s> said on Monday that <t>Mali</t> must mediate over the contested wells.",
        ),
        ("REQUEST", "<s>Mali</s> has said that <t>Togo</t> must first free the crew before talks can begin."),
        ("SUPPORT", "<s>Canadian aid</s> also supported a million more <t>Haitian children</t> going to school."),
    ];
    for (kind, sentence) in rows {
        let marked = unmark(sentence).expect("marks");
        assert_eq!(coder.relation(&marked, parse(&marked.text)).kind.as_str(), kind, "{sentence}");
    }
}
