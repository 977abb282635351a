//! Inputs of a command: files, folders and standard input, to reports with unique ids.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use demarche_core::{Day, Report};

use crate::warn;

/// What every command that reads reports takes.
#[derive(Args)]
pub struct Inputs {
    /// Files or folders to read; - is standard input.
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Day of publication of reports that carry none: 2025-05-01.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<String>,
    /// Outlet of reports that name none.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
}

fn date(value: &str) -> Result<String, String> {
    let hint = "write it as 2025-05-01 or 2025-05-01T09:30:00Z";
    Day::from_rfc3339(value).map(|_| value.to_string()).ok_or_else(|| hint.to_string())
}

impl Inputs {
    /// All reports, in an order that does not depend on the order of the inputs. What cannot be read is warned of.
    ///
    /// # Errors
    /// When nothing at all could be read.
    pub fn read(&self) -> Result<Vec<Report>> {
        let mut reports = Vec::new();
        let mut seen = BTreeMap::new();
        for path in self.files()? {
            match read_file(&path) {
                Ok(found) => {
                    for mut report in found {
                        self.fill(&mut report, &mut seen);
                        for warning in &report.warnings {
                            warn::of_report(&report, warning);
                        }
                        reports.push(report);
                    }
                }
                Err(error) => warn::warning(&format!("{error:#}; it is left out")),
            }
        }
        if reports.is_empty() {
            bail!(
                "no report could be read; give text, HTML or JSON Lines files, for example: demarche brief a.txt b.txt"
            );
        }
        Ok(reports)
    }

    fn fill(&self, report: &mut Report, seen: &mut BTreeMap<String, usize>) {
        report.published = report.published.take().or_else(|| self.published.clone());
        report.outlet = report.outlet.take().or_else(|| self.outlet.clone());
        let before = seen.entry(report.id.clone()).or_insert(0);
        *before += 1;
        if *before > 1 {
            report.id = format!("{}#{before}", report.id);
        }
    }

    /// Every file, folders opened, sorted by path; standard input last.
    fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for input in &self.inputs {
            if input.as_os_str() == "-" {
                files.push(input.clone());
            } else if input.is_dir() {
                let before = files.len();
                walk(input, &mut files).with_context(|| format!("cannot open the folder {}", input.display()))?;
                if files.len() == before {
                    warn::warning(&format!("{}: the folder holds no files", input.display()));
                }
            } else {
                files.push(input.clone());
            }
        }
        files.sort_by_key(|path| (path.as_os_str() == "-", path.clone()));
        files.dedup();
        Ok(files)
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if hidden {
            continue;
        }
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<Vec<Report>> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        return Ok(vec![Report::from_text("stdin", String::from_utf8_lossy(&bytes))]);
    }
    bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(vec![Report::from_text(id, String::from_utf8_lossy(&bytes))])
}
