//! Tables as text: RFC 4180, in UTF-8, with cells that a spreadsheet would run made harmless.

use std::io::{self, Write};

use demarche_core::Day;

use super::{Cell, Column, Line};

/// The names of the columns.
pub(super) fn header(columns: &[Column], delimiter: u8, out: &mut dyn Write) -> io::Result<()> {
    for (n, column) in columns.iter().enumerate() {
        if n > 0 {
            out.write_all(&[delimiter])?;
        }
        quoted(column.name, delimiter, out)?;
    }
    out.write_all(b"\n")
}

/// One row.
pub(super) fn line(columns: &[Column], line: &Line, delimiter: u8, out: &mut dyn Write) -> io::Result<()> {
    for (n, column) in columns.iter().enumerate() {
        if n > 0 {
            out.write_all(&[delimiter])?;
        }
        match (column.of)(line) {
            // Who reads tab separated files reads them line by line.
            Cell::Text(text) if delimiter == b'\t' => quoted(&one_line(&harmless(&text)), delimiter, out)?,
            Cell::Text(text) => quoted(&harmless(&text), delimiter, out)?,
            cell => out.write_all(plain(&cell).as_bytes())?,
        }
    }
    out.write_all(b"\n")
}

/// One row for readers that know no quotation marks: tabs and line ends become blanks.
pub(super) fn bare(columns: &[Column], line: &Line, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = columns.iter().map(|column| flat(&(column.of)(line))).collect();
    writeln!(out, "{}", cells.join("\t"))
}

/// A cell without tabs and line ends.
pub(super) fn flat(cell: &Cell) -> String {
    one_line(&plain(cell))
}

fn one_line(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Yes(yes) => (if *yes { "true" } else { "false" }).to_owned(),
        Cell::Day(day) => Day::from_number(*day).to_string(),
    }
}

/// A text that a spreadsheet takes for a formula gets an apostrophe before it.
fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    let runs =
        text.trim_start_matches([' ', '\u{FEFF}', '\u{200B}']).starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%']);
    if runs { format!("'{text}").into() } else { text.into() }
}

fn quoted(text: &str, delimiter: u8, out: &mut dyn Write) -> io::Result<()> {
    let special = |b: u8| b == delimiter || matches!(b, b'"' | b'\n' | b'\r');
    if text.bytes().any(special) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_a_text() {
        for cell in ["=1+1", "+1", "-2+3", "@SUM(A1)", "\tx", "\r=1", " =1", "|cmd", "%0A"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("a=b"), "a=b");
    }

    #[test]
    fn quotation_marks_are_doubled_and_line_ends_kept() {
        let mut out = Vec::new();
        quoted("He said \"no\",\nthen left", b',', &mut out).unwrap();
        assert_eq!(out, b"\"He said \"\"no\"\",\nthen left\"");
        out.clear();
        quoted("plain", b',', &mut out).unwrap();
        assert_eq!(out, b"plain");
    }
}
