//! Two short reports that are linked, for the tests of linking.

use crate::{Annotation, EventType, Report, code, link, parse};

/// True where two reports of one day are found to tell of one event: of this type, where one is given.
pub fn one_event(kind: Option<EventType>, first: &str, second: &str) -> bool {
    let annotate = |(id, text): (&str, &str)| -> Annotation {
        let mut report = Report::from_text(id, text);
        report.published = Some("2011-08-06".into());
        let sentences = parse(&report.text);
        code(report, sentences)
    };
    let annotations: Vec<Annotation> = [("a", first), ("b", second)].map(annotate).into();
    link(&annotations).iter().any(|event| {
        let wanted = event
            .claims
            .iter()
            .filter(|at| kind.is_none_or(|kind| annotations[at.report].claims[at.claim].kind == kind));
        let told: Vec<usize> = wanted.map(|at| at.report).collect();
        told.contains(&0) && told.contains(&1)
    })
}
