//! `demarche code`: event data, one claim a line.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, IsTerminal, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use demarche_core::{
    Report,
    record::{ClaimRecord, Offsets},
};

use super::{Named, json_line, pairs, progress::Progress, sink};
use crate::{
    chain,
    input::{Inputs, NOTHING},
};

/// Code reports into event data: one claim a line, with its words, parties, date, place and speaker
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche code reports/ > claims.jsonl
  demarche code --text-column body --published-column day archive.csv > claims.jsonl
  demarche code --out claims.jsonl archive.warc.gz            a long run; after a break add --resume
  demarche code --pairs sentences.jsonl                       what a marked <s>source</s> does to a <t>target</t>")]
pub struct Code {
    #[command(flatten)]
    inputs: Inputs,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Number of threads; all processors by default. The output does not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Instead of reports, rows with `id` and `marked_sentence` (source in <s>…</s>, target in <t>…</t>): what the source
    /// does to the target.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pairs: Option<PathBuf>,
    /// Write to this file instead of standard output. A run that is broken off leaves the claims of whole reports in it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Go on where a run that was broken off stopped: keep what is in --out and leave out the reports already in it.
    #[arg(long, requires = "out", conflicts_with = "pairs")]
    resume: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// JSON Lines
    Jsonl,
}

impl Code {
    /// Reads, codes, prints.
    pub fn run(self) -> Result<()> {
        let Format::Jsonl = self.format;
        chain::threads(self.threads)?;
        if let Some(pairs) = &self.pairs {
            let mut out = sink(self.out.as_deref())?;
            pairs::run(pairs, &mut *out)?;
            return Ok(out.flush()?);
        }
        let done = match &self.out {
            Some(out) if self.resume && out.exists() => last_report(out)?,
            _ => None,
        };
        let mut out: Box<dyn Write> = match &self.out {
            Some(path) => {
                let opened =
                    if done.is_some() { OpenOptions::new().append(true).open(path) } else { File::create(path) };
                let file = opened.with_context(|| format!("cannot write {}", path.display()))?;
                Box::new(Named::file(
                    path,
                    file,
                    "make room and run the same command with --resume: it goes on from there",
                ))
            }
            None => Box::new(Named::stdout()),
        };
        let elsewhere = self.out.is_some() || !io::stdout().is_terminal();
        let mut progress = Progress::new(self.inputs.bytes(), elsewhere);
        // What is written ends with a whole report, so that a run broken off leaves a file that can be used.
        let mut whole = Vec::with_capacity(2 * BUFFER);
        let mut waiting = done.is_some();
        let rest = self.inputs.stream().filter(|report: &Report| {
            let skipped = waiting;
            waiting = waiting && Some(&report.id) != done.as_ref();
            !skipped
        });
        chain::annotate_stream(rest, |annotation| {
            let offsets = Offsets::new(&annotation.report.text);
            for claim in &annotation.claims {
                json_line(&mut whole, &ClaimRecord::new(claim, &offsets))?;
            }
            if whole.len() > BUFFER {
                out.write_all(&whole)?;
                whole.clear();
            }
            progress.add(1, annotation.claims.len(), annotation.report.text.len());
            Ok(())
        })?;
        out.write_all(&whole)?;
        out.flush()?;
        progress.end();
        if progress.reports() == 0 && done.is_none() {
            bail!("{NOTHING}");
        }
        Ok(())
    }
}

/// Bytes of output held back at most, beside the report being written.
const BUFFER: usize = 1 << 16;

/// Id of the last report in a file of claims; a last line that was broken off is cut, with all claims of its report.
///
/// # Errors
/// A file that cannot be read or cut, or whose lines are no claims.
fn last_report(path: &Path) -> Result<Option<String>> {
    let wrong = || format!("cannot go on with {}", path.display());
    let mut file = OpenOptions::new().read(true).write(true).open(path).with_context(wrong)?;
    // Reports with the place of their first line: the last one and the one before it.
    let mut reports: [Option<(String, u64)>; 2] = [None, None];
    let mut at = 0;
    let mut broken = false;
    for line in BufReader::new(&mut file).split(b'\n') {
        let line = line.with_context(wrong)?;
        let claim: Option<serde_json::Value> = serde_json::from_slice(&line).ok();
        let Some(id) = claim.as_ref().and_then(|claim| claim["report"].as_str()) else {
            broken = true;
            break;
        };
        if reports[1].as_ref().is_none_or(|(last, _)| last != id) {
            reports.swap(0, 1);
            reports[1] = Some((id.to_owned(), at));
        }
        at += line.len() as u64 + 1;
    }
    if broken {
        let cut = reports[1].as_ref().map_or(0, |(_, start)| *start);
        file.set_len(cut).with_context(wrong)?;
        file.seek(SeekFrom::End(0)).with_context(wrong)?;
        reports.swap(0, 1);
    }
    Ok(reports[1].take().map(|(id, _)| id))
}
