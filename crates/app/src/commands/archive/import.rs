//! `demarche archive import` and `outside`: records of others, kept beside ours.

use std::{
    fs::File,
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use demarche_core::{Unit, brief, track, world::World};
use demarche_store::{
    Fault, StoreError,
    archive::{Filter, Imported},
    import::Maker,
};
use flate2::read::MultiGzDecoder;
use serde_json::json;

use super::Place;
use crate::{
    chain, clock,
    commands::{counted, json_line, sink},
    render::series::undated,
    warn,
};

/// Keep records of POLECAT, ICEWS or GDELT beside ours; a file twice is kept once
#[derive(Args)]
#[command(after_help = "\
Rows that are left out are named with file, line and reason, the first ten of a file.

Examples:
  demarche archive import --maker polecat ngecEvents.*.txt
  demarche archive import --maker icews events.2014.tab.gz
  demarche archive import --maker gdelt 20250423.export.CSV")]
pub struct Import {
    /// Whose files they are.
    #[arg(long, value_name = "polecat|icews|gdelt", value_parser = maker)]
    maker: Maker,
    /// Tab separated files as their makers publish them, gzipped or not.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Say nothing but warnings and errors.
    #[arg(long, short)]
    quiet: bool,
}

fn maker(name: &str) -> Result<Maker> {
    Maker::from_name(name).ok_or_else(|| anyhow!("polecat, icews or gdelt"))
}

impl Import {
    /// Reads and keeps.
    pub fn run(self, at: &Place) -> Result<()> {
        let mut archive = demarche_store::Archive::create(at.path)?;
        let mut out = sink(None)?;
        for path in &self.files {
            let open = || File::open(path).with_context(|| format!("cannot read {}", path.display()));
            let mut head = [0; 2];
            let gzipped = open()?.read_exact(&mut head).is_ok() && head == [0x1F, 0x8B];
            let file: Box<dyn Read> = if gzipped { Box::new(MultiGzDecoder::new(open()?)) } else { Box::new(open()?) };
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            let found = archive.import(self.maker, &name, BufReader::new(file), &clock::now());
            let found = found.map_err(|error| match error.kind {
                // Of the file, not of the archive.
                Fault::Foreign => {
                    let message = format!("{}: {}", path.display(), error.message);
                    StoreError { kind: Fault::Request, message, ..error }
                }
                _ => error,
            })?;
            if at.json {
                json_line(&mut *out, &json!({"file": name, "imported": found}))?;
            } else if self.quiet {
                // What was left out is warned of all the same.
            } else if found.held {
                writeln!(out, "{}: held already", path.display())?;
            } else {
                let told = |number: usize, what: &str| match number {
                    0 => String::new(),
                    _ => format!(", {number} {what}"),
                };
                writeln!(
                    out,
                    "{}: {}{}{}{}{}",
                    path.display(),
                    counted(found.rows, "record"),
                    told(found.mended, "put right"),
                    told(found.skipped, "left out"),
                    told(found.repeated, "that came before in the file"),
                    told(
                        found.statements,
                        "of them statements (CAMEO 01), counted apart as PLOVER has no type for them"
                    ),
                )?;
            }
            if !found.held {
                left_out(path, &found);
            }
        }
        Ok(out.flush()?)
    }
}

/// Names the first rows that were left out, and how many more.
fn left_out(path: &Path, found: &Imported) {
    for row in &found.left_out {
        warn::warning(&format!("{}, line {}: {}; left out", path.display(), row.line, row.why));
    }
    let more = found.skipped - found.left_out.len();
    if more > 0 {
        warn::warning(&format!("{}: {more} more left out, for reasons like these", path.display()));
    }
}

/// Print ours and theirs side by side for a pair of parties, by day
#[derive(Args)]
#[command(after_help = "\
Example:
  demarche archive outside India Pakistan > both.csv")]
pub struct Outside {
    /// Who acts: a code or a name, IND or India.
    #[arg(value_name = "ACTOR")]
    actor: String,
    /// Who is acted on.
    #[arg(value_name = "RECIPIENT")]
    recipient: String,
}

impl Outside {
    /// Counts and prints a table: who counts, day, events by quad class, and statements.
    pub fn run(self, at: &Place) -> Result<()> {
        let archive = at.read()?;
        // The records of others know parties that we do not.
        let code = |name: &str| World::embedded().party(name).unwrap_or(name).to_owned();
        let (actor, recipient) = (code(&self.actor), code(&self.recipient));
        let filter = Filter { actor: Some(actor.clone()), recipient: Some(recipient.clone()), ..Filter::default() };
        let reports = archive.texts(&filter, 2000)?;
        let [ours, _] = track(&brief(chain::annotate_all(reports)), &actor, &recipient, Unit::Day);
        if let Some(note) = undated(ours.undated) {
            warn::note(&format!("demarche: {note}"));
        }
        let ours = ours.series.iter().filter(|step| step.quad != [0; 4]);
        let mut rows: Vec<(String, String, [u32; 4], u32)> =
            ours.map(|step| (step.start.to_string(), "demarche".to_owned(), step.quad, 0)).collect();
        let theirs = archive.outside(&actor, &recipient)?;
        rows.extend(theirs.into_iter().map(|day| (day.start, day.source, day.quad, day.statements)));
        rows.sort();
        if rows.is_empty() {
            warn::note(&format!("nobody counts a dated event of {actor} towards {recipient}"));
        }
        let mut out = sink(None)?;
        if !at.json {
            writeln!(out, "day,source,quad1,quad2,quad3,quad4,statements")?;
        }
        for (day, source, [one, two, three, four], statements) in rows {
            if at.json {
                let quad = json!({"1": one, "2": two, "3": three, "4": four});
                json_line(&mut *out, &json!({"start": day, "source": source, "quad": quad, "statements": statements}))?;
            } else {
                writeln!(out, "{day},{source},{one},{two},{three},{four},{statements}")?;
            }
        }
        Ok(out.flush()?)
    }
}
