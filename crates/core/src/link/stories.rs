//! Stories: mixed reports split by what they tell of.

use crate::{brief::Story, claim::Annotation, span::Span};

/// The stories of these reports, in order of their first report.
pub fn stories(annotations: &[Annotation]) -> Vec<Story> {
    if annotations.is_empty() {
        return vec![];
    }
    let first = &annotations[0].report.text;
    let end = first.find('\n').unwrap_or(first.len());
    vec![Story { id: "s1".into(), title: (0, Span::new(0, end)), reports: (0..annotations.len()).collect() }]
}
