//! From a report to its annotation: the stages of the core, one after the other, on as many threads as there are.

use demarche_core::{Annotation, Report, parse, text};
use rayon::prelude::*;

/// Every layer of one report.
pub fn annotate(report: Report) -> Annotation {
    let sentences = parse::parse_tokens(&report.text, &text::split(&report.text));
    Annotation { report, sentences, ..Annotation::default() }
}

/// Annotations in the order of the reports, whatever the number of threads.
pub fn annotate_all(reports: Vec<Report>) -> Vec<Annotation> {
    reports.into_par_iter().map(annotate).collect()
}

/// Sets the number of threads for the run; all processors where `None`.
///
/// # Errors
/// When it is 0 or the threads cannot be started.
pub fn threads(number: Option<usize>) -> anyhow::Result<()> {
    use anyhow::Context;
    match number {
        Some(0) => anyhow::bail!("--threads must be at least 1"),
        Some(number) => {
            rayon::ThreadPoolBuilder::new().num_threads(number).build_global().context("cannot start the threads")
        }
        None => Ok(()),
    }
}
