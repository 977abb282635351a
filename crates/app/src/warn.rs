//! What goes to standard error: warnings and errors, each with its place and with what to do.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use demarche_core::{Report, Span, Warning};

use crate::render::visible;

const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Prints a warning. Failing to print it is nobody's loss.
pub fn warning(message: &str) {
    let _ = writeln!(anstream::stderr(), "{WARNING}warning:{WARNING:#} {}", visible(message));
}

/// Prints what is no fault but should not pass unseen.
pub fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}", visible(message));
}

/// Prints what ended the run, with its causes.
pub fn error(error: &anyhow::Error) {
    let _ = writeln!(anstream::stderr(), "{ERROR}error:{ERROR:#} {}", visible(&format!("{error:#}")));
}

/// Prints a warning about a report.
pub fn of_report(report: &Report, found: &Warning) {
    let place = found.span.map(|span| format!(", {}", place(&report.text, span))).unwrap_or_default();
    warning(&format!("{}{place}: {}", report.id, found.message));
}

/// Line, column and offset of a span, counted from 1, 1 and 0 in characters.
pub fn place(text: &str, span: Span) -> String {
    let before = text.get(..span.start as usize).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column} (offset {})", before.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters() {
        assert_eq!(place("Île\nnoire là", Span::new(11, 13)), "line 2, column 7 (offset 10)");
    }
}
