//! `demarche archive add` and `recode`: reports are coded on all processors while the batch before is written.

use std::{io::Write as _, sync::mpsc, thread};

use anyhow::Result;
use clap::Args;
use demarche_core::Report;
use demarche_store::{
    Archive, Coded, Stamp, StoreError,
    archive::{Added, Recoded, Which},
};
use rayon::prelude::*;
use serde_json::json;

use super::Place;
use crate::{
    chain, clock,
    coder::coder,
    commands::{counted, json_line, progress::Progress, sink},
    input::Inputs,
    stop::{self, Stopped},
};

/// Reports in one commit.
const BATCH: usize = 128;
/// The same in bytes of text.
const BATCH_BYTES: usize = 2 << 20;

/// Add reports: read, code, keep; what is held already is passed over
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive add monday/ tuesday.jsonl.gz
  demarche archive add --published-column day --text-column body news.csv
  demarche archive --archive border.db add --seen 2025-05-01T09:00:00Z crawl.warc.gz")]
pub struct Add {
    #[command(flatten)]
    inputs: Inputs,
    /// Time to note as first seen; now by default.
    #[arg(long, value_name = "TIME")]
    seen: Option<String>,
    /// Number of threads; all processors by default. The archive does not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Say nothing but warnings and errors.
    #[arg(long, short)]
    quiet: bool,
}

/// Batches that are coded while the one before is written; its disk may be slow for a moment.
const AHEAD: usize = 3;

/// Claims of reports, on all processors.
pub fn code(reports: Vec<Report>) -> Vec<Coded> {
    reports.into_par_iter().map(|report| Coded::new(&chain::annotate(report))).collect()
}

impl Add {
    /// Reads, codes, keeps. With `--json` a line is printed after each commit: what it names is on the disk.
    pub fn run(self, at: &Place) -> Result<()> {
        chain::threads(self.threads)?;
        let mut reports = self.inputs.stream_beside(at.path).peekable();
        // Looked at first, so that a mistyped name leaves no empty archive behind.
        if reports.peek().is_none() {
            anyhow::bail!(
                "nothing could be read, and {} was not touched; give it text, pages, feeds or tables, and see `demarche help \
                 archive add`",
                at.path.display()
            );
        }
        stop::listen();
        let mut archive = Archive::create(at.path)?;
        // What is held is asked of another connection, while this one writes.
        let held = Archive::open(at.path)?;
        let (coder, seen) = (coder(), self.seen.clone().unwrap_or_else(clock::now));
        let stamp = Stamp { seen: &seen, coder: &coder };
        let mut out = sink(None)?;
        let mut total = Added::default();
        let mut progress = Progress::new(self.inputs.bytes(), !self.quiet && !at.json);
        let mut tell = |batch: Batch, added: Added| -> Result<()> {
            total += added;
            total.held += batch.held;
            progress.add(batch.ids.len(), added.claims, batch.bytes);
            if at.json {
                json_line(&mut *out, &json!({"kept": batch.ids, "new": added.new, "versions": added.versions}))?;
                out.flush()?;
            }
            Ok(())
        };
        let done = thread::scope(|scope| -> Result<()> {
            let (coded, to_write) = mpsc::sync_channel::<(Batch, Vec<Coded>)>(AHEAD);
            let (kept, written) = mpsc::channel();
            // The writer has a thread of its own: while it waits for the disk, all processors code.
            let writer = scope.spawn({
                let archive = &mut archive;
                move || {
                    for (batch, coded) in to_write {
                        let added = archive.add(&coded, stamp)?;
                        if kept.send((batch, added)).is_err() {
                            break;
                        }
                    }
                    drop(kept);
                    archive.settle()
                }
            });
            while !stop::asked() {
                let mut batch = next_batch(&mut reports, &held)?;
                if batch.ids.is_empty() {
                    break;
                }
                let claims = code(std::mem::take(&mut batch.reports));
                // A writer that has stopped tells why below.
                if coded.send((batch, claims)).is_err() {
                    break;
                }
                written.try_iter().try_for_each(|(batch, added)| tell(batch, added))?;
            }
            drop(coded);
            written.iter().try_for_each(|(batch, added)| tell(batch, added))?;
            Ok(writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?)
        });
        progress.end();
        done.map_err(|error| match error.downcast::<StoreError>() {
            Ok(error) => {
                let kept = counted(total.new + total.versions, "report");
                let error = error.of(at.path);
                StoreError { message: format!("{}; {kept} of this run kept", error.message), ..error }.into()
            }
            Err(error) => error,
        })?;
        if stop::asked() {
            out.flush()?;
            let kept = counted(total.new + total.versions, "new report");
            let kept = format!("{kept} kept in {}, what is held is passed over", at.path.display());
            return Err(Stopped { kept }.into());
        }
        let hash = archive.hash()?;
        if at.json {
            json_line(&mut *out, &json!({"added": total, "hash": hash.to_string()}))?;
        } else if !self.quiet {
            let Added { new, versions, held, refused, claims } = total;
            write!(out, "{}, {}, {held} held already", counted(new, "new report"), counted(versions, "new version"))?;
            if refused > 0 {
                write!(out, ", {refused} removed by hand before and not taken again")?;
            }
            writeln!(out, "; {}\n{}: state {}", counted(claims, "claim"), at.path.display(), hash.short())?;
        }
        Ok(out.flush()?)
    }
}

/// What is read at a time.
struct Batch {
    /// Those that are not held yet.
    reports: Vec<Report>,
    /// Of all.
    ids: Vec<String>,
    held: usize,
    bytes: usize,
}

fn next_batch(reports: &mut impl Iterator<Item = Report>, archive: &Archive) -> Result<Batch> {
    let (mut batch, mut bytes) = (vec![], 0);
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(report) = reports.next() else { break };
        bytes += report.text.len();
        batch.push(report);
    }
    let ids: Vec<String> = batch.iter().map(|report: &Report| report.id.clone()).collect();
    let batch = archive.unknown(batch)?;
    let held = ids.len() - batch.len();
    Ok(Batch { reports: batch, ids, held, bytes })
}

/// Code anew what another version of the codebook, the word lists or the models coded; list what changed
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive recode                  after a new version of the program
  demarche --codebook mine/ archive recode  after a change of your own codebook")]
pub struct Recode {
    /// Also what this very version coded.
    #[arg(long)]
    all: bool,
    /// Say nothing but warnings and errors.
    #[arg(long, short)]
    quiet: bool,
}

impl Recode {
    /// Codes anew and says what changed.
    pub fn run(self, at: &Place) -> Result<()> {
        let mut archive = at.write()?;
        let seen = clock::now();
        let coder = coder();
        let which = if self.all { Which::All } else { Which::OtherThan(&coder) };
        let found = recode(&mut archive, which, Stamp { seen: &seen, coder: &coder })?;
        let mut out = sink(None)?;
        if at.json {
            json_line(&mut *out, &found)?;
        } else if !self.quiet {
            told(&found, &mut *out)?;
            writeln!(out, "state {}", archive.hash()?.short())?;
        }
        Ok(out.flush()?)
    }
}

/// What changed, for people.
pub fn told(found: &Recoded, out: &mut dyn std::io::Write) -> Result<()> {
    for id in &found.added {
        writeln!(out, "new      {id}")?;
    }
    for (id, fields) in &found.changed {
        writeln!(out, "changed  {id}  {}", fields.join(", "))?;
    }
    for id in &found.removed {
        writeln!(out, "gone     {id}")?;
    }
    writeln!(
        out,
        "{} coded anew: {} the same, {} new, {} changed, {} gone",
        counted(found.reports, "report"),
        counted(found.same, "claim"),
        found.added.len(),
        found.changed.len(),
        found.removed.len()
    )?;
    Ok(())
}

/// Codes these reports anew, batch by batch.
pub fn recode(archive: &mut Archive, which: Which, stamp: Stamp) -> Result<Recoded> {
    let (mut total, mut after) = (Recoded::default(), 0);
    stop::listen();
    loop {
        if stop::asked() {
            archive.settle()?;
            let kept = format!("{} coded anew and kept", counted(total.reports, "report"));
            return Err(Stopped { kept }.into());
        }
        let stale = archive.stale(which, after, BATCH)?;
        let Some(&(last, _)) = stale.last() else { break };
        after = last;
        let (ids, reports): (Vec<i64>, Vec<Report>) = stale.into_iter().unzip();
        let batch: Vec<(i64, Coded)> = ids.into_iter().zip(code(reports)).collect();
        total.extend(archive.recode(&batch, stamp)?);
    }
    archive.settle()?;
    Ok(total)
}
