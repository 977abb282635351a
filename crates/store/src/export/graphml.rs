//! GraphML: a node a party, an edge for each type of act of one on another, with how often, when first and last.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use demarche_core::Day;

use super::{Row, who};

/// Acts of one party on another, of one type.
#[derive(Default)]
struct Edge {
    count: u64,
    attributed: u64,
    intensity: f64,
    first: Option<i64>,
    last: Option<i64>,
    quad: u8,
}

/// Parties and edges so far.
#[derive(Default)]
pub(super) struct Graph {
    edges: BTreeMap<(String, String, String, String), Edge>,
}

impl Graph {
    /// Counts the row in; 1 where it has a party on both sides.
    pub fn add(&mut self, row: &Row) -> usize {
        let record = &row.claim.record;
        let mut added = 0;
        for line in row.lines() {
            let (Some(actor), Some(recipient)) = (who(line.actor), who(line.recipient)) else { continue };
            let key = (actor.to_owned(), recipient.to_owned(), record.kind.clone(), record.modality.clone());
            let edge = self.edges.entry(key).or_default();
            added = 1;
            edge.count += 1;
            edge.attributed += u64::from(record.attribution.is_some());
            edge.intensity += record.intensity;
            edge.quad = record.quad;
            if let Some(day) = row.claim.day {
                edge.first = Some(edge.first.map_or(day, |first| first.min(day)));
                edge.last = Some(edge.last.map_or(day, |last| last.max(day)));
            }
        }
        added
    }

    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for (name, kind) in KEYS {
            let of = if *name == "label" { "node" } else { "edge" };
            writeln!(out, "<key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
        writeln!(out, "<graph edgedefault=\"directed\">")?;
        let nodes: BTreeSet<&str> = self.edges.keys().flat_map(|(a, b, ..)| [a.as_str(), b.as_str()]).collect();
        for node in nodes {
            let node = escaped(node);
            writeln!(out, "<node id=\"{node}\"><data key=\"label\">{node}</data></node>")?;
        }
        for (n, ((actor, recipient, kind, modality), edge)) in self.edges.iter().enumerate() {
            write!(out, "<edge id=\"{n}\" source=\"{}\" target=\"{}\">", escaped(actor), escaped(recipient))?;
            let day = |day: Option<i64>| day.map(|day| Day::from_number(day).to_string()).unwrap_or_default();
            let values = [
                ("type", kind.clone()),
                ("modality", modality.clone()),
                ("quad", edge.quad.to_string()),
                ("weight", edge.count.to_string()),
                ("attributed", edge.attributed.to_string()),
                ("intensity", edge.intensity.to_string()),
                ("first", day(edge.first)),
                ("last", day(edge.last)),
            ];
            for (key, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
                write!(out, "<data key=\"{key}\">{}</data>", escaped(value))?;
            }
            writeln!(out, "</edge>")?;
        }
        writeln!(out, "</graph>\n</graphml>")
    }
}

const KEYS: &[(&str, &str)] = &[
    ("label", "string"),
    ("type", "string"),
    ("modality", "string"),
    ("quad", "int"),
    ("weight", "int"),
    ("attributed", "int"),
    ("intensity", "double"),
    ("first", "string"),
    ("last", "string"),
];

/// Text for XML; characters that it cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if (c as u32) < 0x20 || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_cannot_break_the_xml() {
        assert_eq!(super::escaped("A & <B>\u{0} \"c\""), "A &amp; &lt;B&gt; &quot;c&quot;");
    }
}
