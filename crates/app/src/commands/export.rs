//! `demarche export`: claims or events as the files that other tools read, with a codebook page and a citation.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{
    Args, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use demarche_core::{Annotation, Brief, Day, Kind, brief, event::ClaimRef, record::Offsets};
use demarche_store::{
    Archive, Record,
    archive::{ClaimRow, Filter},
    export::{self, Export as File, Format, Row, Source, Told},
};

use super::{
    archive::{Wanted, named, read::annotated},
    counted, sink,
};
use crate::{
    chain, clock,
    coder::coder,
    input::{Inputs, NOTHING},
    warn,
};

/// Reports whose claims are linked at once, at most.
const LINKED: usize = 5000;

/// Write event data for other tools: CSV, Parquet, PLOVER, POLECAT, ICEWS, GDELT, GeoJSON, GraphML
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche export --format csv --out events.csv reports/
  demarche export --format parquet --by claim --out claims.parquet archive.jsonl.gz
  demarche export --archive demarche.db --format polecat --one-a-day --out weekly.txt
  demarche archive export --actor IND --since 2025-04-22 --format geojson > map.geojson

With --out a page that tells of the columns (FILE.codebook.md) and a citation (FILE.CITATION.cff) are written beside it.")]
pub struct Export {
    #[command(flatten)]
    inputs: Inputs,
    /// From an archive instead of inputs; `demarche archive export` chooses what of it.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    archive: Option<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// Write what fits for other tools: CSV, Parquet, PLOVER, POLECAT, ICEWS, GDELT, GeoJSON, GraphML
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive export --format parquet --by claim --out claims.parquet
  demarche archive export --actor IND --since 2025-04-22 --format polecat --one-a-day --out weekly.txt")]
pub struct FromArchive {
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    how: How,
}

#[derive(Args)]
struct How {
    /// How to write it.
    #[arg(long, value_parser = formats(), default_value = "jsonl")]
    format: Format,
    /// What a row is.
    #[arg(long, value_enum, default_value_t = By::Event)]
    by: By,
    /// One row for each day, actor, recipient and type.
    #[arg(long)]
    one_a_day: bool,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Say nothing but warnings and errors.
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum By {
    /// A happening, with the claim that tells it best
    Event,
    /// A statement of a report
    Claim,
}

/// The names of the formats, with what each is.
fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|(_, name, about)| PossibleValue::new(*name).help(*about));
    PossibleValuesParser::new(names).try_map(|name| Format::from_name(&name).ok_or("there is no such format"))
}

impl Export {
    /// Reads, links, writes.
    pub fn run(self) -> Result<()> {
        if let Some(path) = &self.archive {
            return from_archive(path, &Filter::default(), &self.how).map_err(|error| named(error, path));
        }
        self.how.write(None, |each| {
            if self.how.by == By::Claim {
                let mut rows = 0;
                chain::annotate_stream(self.inputs.stream(), |annotation| {
                    rows += 1;
                    claims(&annotation).into_iter().try_for_each(&mut *each)
                })?;
                if rows == 0 {
                    bail!("{NOTHING}");
                }
                return Ok(());
            }
            events(&brief(chain::annotate_all(self.inputs.read()?))).into_iter().try_for_each(each)
        })
    }
}

impl FromArchive {
    /// Finds, links, writes.
    pub fn run(self, archive: &Path) -> Result<()> {
        from_archive(archive, &self.wanted.filter(), &self.how)
    }
}

fn from_archive(path: &Path, filter: &Filter, how: &How) -> Result<()> {
    let archive = Archive::read(path)?;
    let hash = archive.hash()?.to_string();
    how.write(Some(hash), |each| {
        if how.by == By::Claim {
            let mut failed = Ok(());
            archive.each_claim(filter, usize::MAX, 0, |claim| {
                if failed.is_ok() {
                    failed = each(Row { claim, title: None, told: None });
                }
                Ok(())
            })?;
            return failed;
        }
        let reports = archive.texts(filter, LINKED + 1)?;
        if reports.len() > LINKED {
            bail!(
                "more than {LINKED} reports fit, too many to link at once; give --since and --until with `demarche archive \
                 export`, or take claims as they are with --by claim"
            );
        }
        events(&brief(annotated(&archive, reports)?)).into_iter().try_for_each(each)
    })
}

impl How {
    /// Opens the file, lets `rows` hand on every row, and writes what goes with it.
    fn write(
        &self,
        archive: Option<String>,
        rows: impl FnOnce(&mut dyn FnMut(Row) -> Result<()>) -> Result<()>,
    ) -> Result<()> {
        // A file is there whole or not at all; a link is followed, and a device or pipe is written to as it is.
        let out = self.out.as_deref().map(|out| fs::canonicalize(out).unwrap_or_else(|_| out.to_owned()));
        let stream = out.as_deref().filter(|out| match fs::metadata(out) {
            Ok(there) => !there.is_file(),
            Err(_) => out.is_symlink(),
        });
        let part = out.as_deref().filter(|_| stream.is_none()).map(|out| beside(out, "part"));
        if out.is_none() && self.format == Format::Parquet && std::io::IsTerminal::is_terminal(&std::io::stdout()) {
            bail!("Parquet is not for reading here; give --out FILE");
        }
        let tally = match self.rows(part.as_deref().or(stream), rows) {
            Ok(tally) => tally,
            Err(error) => {
                // Half a file is of no use to anybody, and may be what fills the disk.
                if let Some(part) = &part {
                    let _ = fs::remove_file(part);
                }
                return Err(match out.filter(|out| part.is_some() && out.exists()) {
                    Some(out) => error.context(format!("{} was left as it was", out.display())),
                    None => error,
                });
            }
        };
        tally.warn(self.format);
        let (Some(out), Some(part)) = (&out, part) else { return Ok(()) };
        fs::rename(&part, out).with_context(|| format!("cannot write {}", out.display()))?;
        let file = out.file_name().unwrap_or(out.as_os_str()).to_string_lossy().into_owned();
        let source = Source { file, archive, coder: coder(), made: clock::now(), rows: tally.written };
        fs::write(beside(out, "codebook.md"), export::codebook(self.format, &source))?;
        fs::write(beside(out, "CITATION.cff"), export::citation(&source))?;
        if self.quiet {
            return Ok(());
        }
        Ok(writeln!(std::io::stdout(), "{}: {}", out.display(), counted(tally.written, "row"))?)
    }

    /// Writes every row that `rows` hands on.
    fn rows(
        &self,
        to: Option<&Path>,
        rows: impl FnOnce(&mut dyn FnMut(Row) -> Result<()>) -> Result<()>,
    ) -> Result<Tally> {
        let mut file = File::begin(self.format, sink(to)?)?;
        let (mut tally, mut held) = (Tally::default(), Vec::new());
        rows(&mut |row| {
            if self.one_a_day {
                held.push(row);
                return Ok(());
            }
            tally.add(&mut file, &row)
        })?;
        for row in export::one_a_day(held) {
            tally.add(&mut file, &row)?;
        }
        file.end()?;
        Ok(tally)
    }
}

/// What became of the rows.
#[derive(Default)]
struct Tally {
    /// Rows in the file.
    written: usize,
    /// What the format has no room for.
    left_out: usize,
    /// Written without a day.
    undated: usize,
}

impl Tally {
    fn add(&mut self, file: &mut File, row: &Row) -> Result<()> {
        let written = file.add(row)?;
        self.written += written;
        self.left_out += usize::from(written == 0);
        self.undated += if row.claim.day.is_none() { written } else { 0 };
        Ok(())
    }

    /// Says what is not in the file, and what those who read it will miss.
    fn warn(&self, format: Format) {
        if let (Some(what), 1..) = (format.wants(), self.left_out) {
            let (rows, all) = (self.left_out, self.left_out + self.written);
            warn::warning(&format!("{rows} of {all} left out: the format wants {what}"));
        } else if self.written == 0 {
            warn::warning("there is no row: nothing fits, or no claim was found");
        }
        if format.wants_day() && self.undated > 0 {
            let undated = self.undated;
            warn::warning(&format!(
                "{undated} of {} have no day, without which other programs pass them over; --published gives reports \
                 without a date that of their publication",
                counted(self.written, "row")
            ));
        }
    }
}

fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A row for each claim.
fn claims(annotation: &Annotation) -> Vec<Row> {
    let offsets = Offsets::new(&annotation.report.text);
    let title = &annotation.report.title;
    let numbers = 0..annotation.claims.len();
    numbers.map(|n| Row { claim: row(annotation, n, &offsets), title: title.clone(), told: None }).collect()
}

fn row(annotation: &Annotation, claim: usize, offsets: &Offsets) -> ClaimRow {
    let (report, claim) = (&annotation.report, &annotation.claims[claim]);
    let record = Record::new(claim, offsets);
    ClaimRow {
        id: claim.id.clone(),
        report: report.id.clone(),
        day: record.day(report.day()).map(Day::number),
        record,
        outlet: report.outlet.clone(),
        published: report.published.clone(),
        url: report.url.clone(),
        language: report.language.clone(),
    }
}

/// A row for each event, with the claim that tells it best.
fn events(brief: &Brief) -> Vec<Row> {
    let offsets: Vec<Offsets> = brief.annotations.iter().map(|a| Offsets::new(&a.report.text)).collect();
    let row = |at: ClaimRef| row(&brief.annotations[at.report], at.claim, &offsets[at.report]);
    let told = brief.events.iter().enumerate().map(|(n, event)| {
        let reports = event.reports.iter().map(|&report| &brief.annotations[report].report);
        let mut outlets: Vec<String> = reports.clone().filter_map(|report| report.outlet.clone()).collect();
        outlets.sort();
        outlets.dedup();
        let contested = |kind: Kind| matches!(kind, Kind::Contradicts | Kind::Disputed);
        let differences = brief.comparisons.get(n).map_or(&[][..], |comparison| &comparison.differences);
        let told = Told {
            event: event.event.id.clone(),
            reports: reports.map(|report| report.id.clone()).collect(),
            outlets,
            origins: event.origins,
            contradictions: differences.iter().filter(|difference| contested(difference.kind)).count(),
            claims: event.event.claims.iter().map(|&at| row(at)).collect(),
        };
        let title = brief.annotations[event.best.report].report.title.clone();
        Row { claim: row(event.best), title, told: Some(told) }
    });
    told.collect()
}
