//! Inputs of a command: the arguments, and what is warned of while they are read.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use clap::Args;
use demarche_core::Report;
use demarche_read::{Columns, Input, Options, rfc3339, stream};

use crate::warn;

/// What every command that reads reports takes.
#[derive(Args)]
pub struct Inputs {
    /// Files or folders to read (text, Markdown, HTML, feeds, JSON Lines, CSV, TSV, Parquet, WARC, zip, tar; gzipped or
    /// not); - is standard input.
    #[arg(value_name = "INPUT", required = true)]
    paths: Vec<OsString>,
    /// Day or time of publication of reports that give none: 2025-05-01.
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<String>,
    /// Outlet of reports that name none.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    #[command(flatten)]
    columns: ColumnNames,
}

/// Above the names of columns in the help. Told option by option: a heading for all that follow would stand above the
/// options of the command too.
const COLUMNS: &str = "Columns of CSV, TSV and Parquet, fields of JSON Lines, where they have other names";

/// Names of the columns of tables.
#[derive(Args)]
#[allow(clippy::struct_field_names, reason = "the options are called so")]
struct ColumnNames {
    /// Column of the text.
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    text_column: Option<String>,
    /// Column of the id.
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    id_column: Option<String>,
    /// Column of the headline.
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    title_column: Option<String>,
    /// Column of the outlet.
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    outlet_column: Option<String>,
    /// Column of the author.
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    author_column: Option<String>,
    /// Column of the address.
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    url_column: Option<String>,
    /// Column of the day or time of publication.
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    published_column: Option<String>,
    /// Column of the language.
    #[arg(long, value_name = "NAME", help_heading = COLUMNS)]
    language_column: Option<String>,
}

impl ColumnNames {
    fn columns(&self) -> Columns {
        Columns {
            text: self.text_column.clone(),
            id: self.id_column.clone(),
            title: self.title_column.clone(),
            outlet: self.outlet_column.clone(),
            author: self.author_column.clone(),
            url: self.url_column.clone(),
            published: self.published_column.clone(),
            language: self.language_column.clone(),
        }
    }
}

fn date(value: &str) -> Result<String, String> {
    rfc3339(value).ok_or_else(|| "write it as 2025-05-01 or 2025-05-01T09:30:00Z".to_string())
}

impl Inputs {
    /// The reports one after the other, in an order that does not depend on that of the arguments. What cannot be read
    /// is warned of and left out.
    pub fn stream(&self) -> impl Iterator<Item = Report> {
        self.each(None, |_| ())
    }

    /// As [`Inputs::stream`]; an archive that lies among the inputs is passed over, with the files that SQLite keeps beside it.
    pub fn stream_beside(&self, archive: &Path) -> impl Iterator<Item = Report> {
        self.each(Some(archive), |_| ())
    }

    /// As [`Inputs::stream`]; what is left out is handed on as well.
    fn each(&self, archive: Option<&Path>, mut left_out: impl FnMut(String)) -> impl Iterator<Item = Report> {
        let name = |path: &Path| fs::canonicalize(path).ok().map(PathBuf::into_os_string);
        let archive = archive.and_then(name);
        let own = move |path: &str| {
            archive.as_ref().zip(name(Path::new(path))).is_some_and(|(archive, path)| {
                let beside =
                    |ending: &str| [archive.as_os_str(), ending.as_ref()].iter().copied().collect::<OsString>() == path;
                ["", "-wal", "-shm"].into_iter().any(beside)
            })
        };
        let inputs: Vec<Input> = self.paths.iter().map(|path| Input::from_argument(path)).collect();
        let options = Options {
            outlet: self.outlet.clone(),
            published: self.published.clone(),
            columns: self.columns.columns(),
            ..Options::default()
        };
        stream(&inputs, &options).filter_map(move |item| match item {
            Ok(report) => {
                for warning in &report.warnings {
                    warn::of_report(&report, warning);
                }
                Some(report)
            }
            Err(skipped) if own(&skipped.path) => None,
            Err(skipped) => {
                let told = format!("{skipped}; {}", if skipped.rest { "the rest is left out" } else { "left out" });
                warn::warning(&told);
                left_out(told);
                None
            }
        })
    }

    /// Takes the first `n` arguments, which are no inputs; `None` where not one input would be left.
    pub fn take(&mut self, n: usize) -> Option<Vec<String>> {
        let taken = self.paths.get(..n).filter(|_| self.paths.len() > n)?;
        let words = taken.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        self.paths.drain(..n);
        Some(words)
    }

    /// Size of all inputs in bytes; `None` for standard input and for what is gzipped, whose text is longer.
    pub fn bytes(&self) -> Option<u64> {
        self.paths.iter().map(|path| size(Path::new(path))).sum()
    }

    /// All reports.
    ///
    /// # Errors
    /// When not one could be read.
    pub fn read(&self) -> Result<Vec<Report>> {
        Ok(self.read_all()?.0)
    }

    /// All reports, and what was left out, each with its reason.
    ///
    /// # Errors
    /// When not one could be read.
    pub fn read_all(&self) -> Result<(Vec<Report>, Vec<String>)> {
        let mut left_out = Vec::new();
        let reports: Vec<Report> = self.each(None, |told| left_out.push(told)).collect();
        if reports.is_empty() {
            bail!("{NOTHING}");
        }
        Ok((reports, left_out))
    }
}

fn size(path: &Path) -> Option<u64> {
    if path.is_dir() {
        return std::fs::read_dir(path).ok()?.map(|entry| size(&entry.ok()?.path())).sum();
    }
    if path.extension().is_some_and(|extension| extension == "gz") {
        return None;
    }
    std::fs::metadata(path).ok().map(|metadata| metadata.len())
}

/// What to say when nothing could be read.
pub const NOTHING: &str = "nothing could be read; give it text, pages, feeds or tables, for example `demarche brief \
                           examples/pahalgam`, and see `demarche help brief`";
