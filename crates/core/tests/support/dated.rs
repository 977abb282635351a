//! A report of a known day, read and coded: what several tests of briefs start from.

use demarche_core::{Annotation, Report, code, parse};

/// A report that came out on this day.
pub fn dated(id: &str, day: &str, text: &str) -> Annotation {
    let report = Report { published: Some(day.to_string()), ..Report::from_text(id, text) };
    let sentences = parse(&report.text);
    code(report, sentences)
}
