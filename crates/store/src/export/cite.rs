//! What goes with a file of events: a page that tells of its columns, and how to cite it.

use std::fmt::Write;

use super::{Column, Format, columns, gdelt, icews, polecat};

/// What a file was made of and by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Name of the file.
    pub file: String,
    /// Hash of the archive's state, where it comes from one.
    pub archive: Option<String>,
    /// Version of the program and digest of its data.
    pub coder: String,
    /// Day on which it was made, RFC 3339.
    pub made: String,
    /// Rows written.
    pub rows: usize,
}

/// The page, in Markdown.
pub fn codebook(format: Format, source: &Source) -> String {
    let mut out = format!("# {}\n\n", source.file);
    let _ = writeln!(out, "{} rows, made on {} by demarche {}.", source.rows, source.made, source.coder);
    if let Some(hash) = &source.archive {
        let _ = writeln!(out, "From the archive of state `{hash}`.");
    }
    let _ = writeln!(out, "\n{}\n", about(format));
    out.push_str("| column | type | what it holds |\n| --- | --- | --- |\n");
    match format {
        Format::Csv | Format::Parquet | Format::JsonLines | Format::GeoJson => table(columns::COLUMNS, &mut out),
        Format::Polecat => table(polecat::COLUMNS, &mut out),
        Format::Icews => table(icews::COLUMNS, &mut out),
        Format::Gdelt => table(gdelt::EVENTS, &mut out),
        Format::GdeltMentions => {
            for (name, what) in gdelt::MENTIONS {
                let _ = writeln!(out, "| {name} | | {what} |");
            }
        }
        Format::Plover => out.push_str(
            "| actor, recipient | list | code, sector, entity_text (verbatim), identifier_text (canonical name) |\n\
             | event, mode, context, quad_code, event_scale | | PLOVER type, mode, contexts, quad, intensity |\n\
             | event_loc | object | place; resolution 5 site to 1 country |\n\
             | size | object | dead, injured, arrested: the least that the report allows |\n\
             | text, text_info | | the words, sentence, code points in the report |\n\
             | modality, attribution, told_by | | beyond PLOVER: whether it happened, who says so, who tells it |\n",
        ),
        Format::GraphMl => out.push_str(
            "| node | | a party: code, tag, name or words |\n| edge | | acts of one type and modality of one on the other |\n\
             | weight, attributed, intensity | | how many, how many of them by a speaker's word, sum of intensities |\n\
             | first, last | | days |\n",
        ),
    }
    out.push_str(
        "\nUnknown is empty. Several values of a cell are parted by `; `. A text that a spreadsheet would take for a formula \
         has an apostrophe before it in the text tables. A claim is what a report says, not what is true: `modality` and \
         the speaker belong to every reading of it.\n",
    );
    out
}

fn about(format: Format) -> &'static str {
    match format {
        Format::JsonLines => "One JSON object a line, the fields below nested as `demarche code` prints them. UTF-8.",
        Format::Csv => "Comma separated, UTF-8, with a header, quoted as in RFC 4180.",
        Format::Parquet => "Parquet, gzipped pages, every column optional; `day` is a date.",
        Format::Plover => "One PLOVER record a line, JSON.",
        Format::Polecat => {
            "Tab separated, with a header: POLECAT's forty columns, then ours. A row for each pair of parties."
        }
        Format::Icews => {
            "Tab separated, with a header: ICEWS' twenty columns, then ours. A row for each pair of parties."
        }
        Format::Gdelt => "Tab separated, no header: GDELT 2.0 events. A row for each pair of parties.",
        Format::GdeltMentions => "Tab separated, no header: GDELT 2.0 mentions of the events in the file of events.",
        Format::GeoJson => {
            "A feature for each row whose place is known to a point. See `geo_precision` before drawing it."
        }
        Format::GraphMl => "Directed multigraph of parties.",
    }
}

fn table(columns: &[Column], out: &mut String) {
    for column in columns {
        let kind = format!("{:?}", column.kind).to_lowercase();
        let kind = match kind.as_str() {
            "whole" => "integer",
            "real" => "number",
            "yes" => "true or false",
            "day" => "date",
            other => other,
        };
        let _ = writeln!(out, "| {} | {kind} | {} |", column.name, column.about.replace('|', "/"));
    }
}

/// The citation, in the Citation File Format.
pub fn citation(source: &Source) -> String {
    let day = source.made.get(..10).unwrap_or(&source.made);
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = String::from(
        "cff-version: 1.2.0\nmessage: \"If you use this file, cite it with the state it was made from.\"\n",
    );
    let _ = writeln!(out, "type: dataset\ntitle: {}", quoted(&format!("Event data made by Demarche: {}", source.file)));
    let _ = writeln!(out, "authors:\n  - name: \"The makers of this file\"\ndate-released: {day}");
    let _ = writeln!(
        out,
        "version: {}",
        quoted(source.archive.as_deref().unwrap_or("made from files, without an archive"))
    );
    if let Some(hash) = &source.archive {
        let _ = writeln!(
            out,
            "identifiers:\n  - type: other\n    value: {}",
            quoted(&format!("demarche-archive:sha256:{hash}"))
        );
        let _ = writeln!(out, "    description: \"State of the archive\"");
    }
    let _ = writeln!(
        out,
        "references:\n  - type: software\n    title: \"Demarche\"\n    version: {}",
        quoted(&source.coder)
    );
    let _ = writeln!(out, "    authors:\n      - name: \"The Demarche authors\"");
    out
}
