//! From a report to its annotation: the stages of the core, one after the other, on as many threads as there are.

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    sync::{Once, OnceLock},
};

use anyhow::{Context, Result, bail};
use demarche_core::{
    Annotation, Report, Sentence, Span,
    code::Coder,
    parse, text,
    world::{UserFile, World},
};
use rayon::prelude::*;

/// Reports read ahead of the coder; enough for every thread to have work, few enough to keep memory flat.
const BATCH: usize = 256;
/// The same in bytes of text.
const BATCH_BYTES: usize = 4 << 20;

/// Fewest sentences of a long report that one thread analyses: some 12 KB of text.
const PART: usize = 128;

/// Parts of a long report for each thread, so that none waits long for the last.
const PARTS: usize = 4;

/// Bytes that a thread asks for at its start and gives back, so that its heap has them at once. The GNU C library grows
/// the heap of a thread page by page, 2,300 times in a brief of two reports, and each time the other threads wait.
const THREAD_HEAP: usize = 24 << 20;

static CODER: OnceLock<Coder> = OnceLock::new();

/// The coder of this run: the built-in one, or that of `--codebook`.
pub fn coder() -> &'static Coder {
    CODER.get().unwrap_or_else(Coder::embedded)
}

/// Adds the codebook files (`.toml`) and tables of actors (`.csv`) of a folder, and further tables, to the built-in ones.
///
/// # Errors
/// What cannot be read, a folder that holds neither, or the first mistake in a file.
pub fn use_own(folder: Option<&Path>, tables: &[PathBuf]) -> Result<()> {
    let mut files = folder.map(codebook_files).transpose()?.unwrap_or_default();
    for path in tables {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        files.push((name, text));
    }
    let (entries, tables): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| has_ending(name, "toml"));
    if !tables.is_empty() {
        let tables: Vec<UserFile> = tables.iter().map(|(name, text)| UserFile { name, text }).collect();
        World::extend(&tables)?;
    }
    if entries.is_empty() {
        return Ok(());
    }
    let entries: Vec<(&str, &str)> = entries.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let coder = Coder::with_codebook(&entries, World::embedded())?;
    CODER.set(coder).map_err(|_| anyhow::anyhow!("--codebook was given twice"))
}

/// Name and content of the files of a codebook folder, by name.
///
/// # Errors
/// A folder or file that cannot be read; a folder without such files.
pub fn codebook_files(folder: &Path) -> Result<Vec<(String, String)>> {
    let read = || format!("cannot read the codebook folder {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(read)? {
        let path = entry.with_context(read)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if has_ending(&name, "toml") || has_ending(&name, "csv") {
            files.push((name, fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?));
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{} holds no .toml and no .csv; see docs/codebook.md", folder.display());
    }
    Ok(files)
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// Every layer of one report.
pub fn annotate(report: Report) -> Annotation {
    code(sentences(&report), report)
}

/// The parser and the codebook know English alone: what they said of another language would be noise.
fn is_foreign(report: &Report) -> bool {
    report.language.as_deref().is_some_and(|language| language != "en")
}

/// The sentences of a report, analysed where they are English.
fn sentences(report: &Report) -> Vec<Sentence> {
    let tokens = text::split(&report.text);
    if !is_foreign(report) {
        let part = PART.max(tokens.len().div_ceil(PARTS * rayon::current_num_threads()));
        let parts: Vec<_> = tokens.par_chunks(part).map(|part| parse::parse_part(&report.text, part)).collect();
        let mut sentences: Vec<_> = parts.into_iter().flatten().collect();
        parse::agree(&report.text, &mut sentences);
        return sentences;
    }
    let span = |words: &Vec<(Span, bool)>| Some(words.first()?.0.cover(words.last()?.0));
    tokens.iter().filter_map(span).map(|span| Sentence { span, ..Sentence::default() }).collect()
}

fn code(sentences: Vec<Sentence>, report: Report) -> Annotation {
    if is_foreign(&report) {
        let warnings = report.warnings.clone();
        return Annotation { report, sentences, warnings, ..Annotation::default() };
    }
    coder().code(report, sentences)
}

/// Annotations in the order of the reports, whatever the number of threads. While one thread reads the codebook another
/// reads the world and parses the first batch: that is most of the time that two reports take.
pub fn annotate_all(reports: Vec<Report>) -> Vec<Annotation> {
    static READY: Once = Once::new();
    if READY.is_completed() {
        return reports.into_par_iter().map(annotate).collect();
    }
    // Where `--threads` was given they have been started.
    _ = threads(None);
    let sentences = |report: Report| (sentences(&report), report);
    let (parsed, ()) = rayon::join(
        || {
            World::embedded();
            reports.into_par_iter().map(sentences).collect::<Vec<_>>()
        },
        || READY.call_once(|| _ = coder()),
    );
    parsed.into_par_iter().map(|(sentences, report)| code(sentences, report)).collect()
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
        number => {
            drop(black_box(Vec::<u8>::with_capacity(THREAD_HEAP)));
            rayon::ThreadPoolBuilder::new()
                .num_threads(number.unwrap_or(0))
                .start_handler(|_| drop(black_box(Vec::<u8>::with_capacity(THREAD_HEAP))))
                .build_global()
                .context("cannot start the threads")
        }
    }
}
