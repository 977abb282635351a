//! From a report to its annotation: the stages of the core, one after the other, on as many threads as there are.

use anyhow::{Context, Result, bail};
use demarche_core::{Annotation, Report, Sentence, Span, code, parse, text};
use rayon::prelude::*;

/// Reports read ahead of the coder; enough for every thread to have work, few enough to keep memory flat.
const BATCH: usize = 256;
/// The same in bytes of text.
const BATCH_BYTES: usize = 4 << 20;

/// Every layer of one report.
pub fn annotate(report: Report) -> Annotation {
    let tokens = text::split(&report.text);
    if report.language.as_deref().is_some_and(|language| language != "en") {
        // The parser and the codebook know English alone: what they said of another language would be noise.
        let span = |words: &Vec<(Span, bool)>| Some(words.first()?.0.cover(words.last()?.0));
        let bare = |span| Sentence { span, ..Sentence::default() };
        let sentences = tokens.iter().filter_map(span).map(bare).collect();
        let warnings = report.warnings.clone();
        return Annotation { report, sentences, warnings, ..Annotation::default() };
    }
    let sentences = parse::parse_tokens(&report.text, &tokens);
    code(report, sentences)
}

/// Annotations in the order of the reports, whatever the number of threads.
pub fn annotate_all(reports: Vec<Report>) -> Vec<Annotation> {
    reports.into_par_iter().map(annotate).collect()
}

/// Annotates a stream of reports and hands each result on in order; memory holds one batch.
///
/// # Errors
/// Those of `each`, at the first of which it stops.
pub fn annotate_stream(
    reports: impl Iterator<Item = Report>,
    mut each: impl FnMut(Annotation) -> Result<()>,
) -> Result<()> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    for report in reports {
        bytes += report.text.len();
        batch.push(report);
        if batch.len() == BATCH || bytes > BATCH_BYTES {
            annotate_all(std::mem::take(&mut batch)).into_iter().try_for_each(&mut each)?;
            bytes = 0;
        }
    }
    annotate_all(batch).into_iter().try_for_each(each)
}

/// Sets the number of threads for the run; all processors where `None`.
///
/// # Errors
/// When it is 0 or the threads cannot be started.
pub fn threads(number: Option<usize>) -> Result<()> {
    match number {
        Some(0) => bail!("--threads must be at least 1"),
        Some(number) => {
            rayon::ThreadPoolBuilder::new().num_threads(number).build_global().context("cannot start the threads")
        }
        None => Ok(()),
    }
}
