//! Inputs of a command: the arguments, and what is warned of while they are read.

use std::ffi::OsString;

use anyhow::{Result, bail};
use clap::Args;
use demarche_core::Report;
use demarche_read::{Input, Options, rfc3339, stream};

use crate::warn;

/// What every command that reads reports takes.
#[derive(Args)]
pub struct Inputs {
    /// Files or folders to read (text, HTML, JSON Lines; gzipped or not); - is standard input.
    #[arg(value_name = "INPUT", required = true)]
    paths: Vec<OsString>,
    /// Day or time of publication of reports that give none: 2025-05-01.
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<String>,
    /// Outlet of reports that name none.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
}

fn date(value: &str) -> Result<String, String> {
    rfc3339(value).ok_or_else(|| "write it as 2025-05-01 or 2025-05-01T09:30:00Z".to_string())
}

impl Inputs {
    /// The reports one after the other, in an order that does not depend on that of the arguments. What cannot be read
    /// is warned of and left out.
    pub fn stream(&self) -> impl Iterator<Item = Report> {
        let inputs: Vec<Input> = self.paths.iter().map(|path| Input::from_argument(path)).collect();
        let options = Options { outlet: self.outlet.clone(), published: self.published.clone(), ..Options::default() };
        stream(&inputs, &options).filter_map(|item| match item {
            Ok(report) => {
                for warning in &report.warnings {
                    warn::of_report(&report, warning);
                }
                Some(report)
            }
            Err(skipped) => {
                warn::warning(&format!("{skipped}; left out"));
                None
            }
        })
    }

    /// All reports.
    ///
    /// # Errors
    /// When not one could be read.
    pub fn read(&self) -> Result<Vec<Report>> {
        let reports: Vec<Report> = self.stream().collect();
        if reports.is_empty() {
            bail!("{NOTHING}");
        }
        Ok(reports)
    }
}

/// What to say when nothing could be read.
pub const NOTHING: &str = "nothing could be read; give it text, HTML or JSON Lines, for example `demarche brief \
                           examples/pahalgam`, and see `demarche help brief`";
