//! `demarche code`: event data, one claim a line.

use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use demarche_core::record::{ClaimRecord, Offsets};

use super::{json_line, pairs, sink};
use crate::{
    chain,
    input::{Inputs, NOTHING},
};

/// Code reports into event data: one claim a line, with its words, parties, date, place and speaker
#[derive(Args)]
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
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
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
        let mut out = sink(self.out.as_deref())?;
        if let Some(pairs) = &self.pairs {
            pairs::run(pairs, &mut *out)?;
            return Ok(out.flush()?);
        }
        let mut progress = Progress::new();
        chain::annotate_stream(self.inputs.stream(), |annotation| {
            let offsets = Offsets::new(&annotation.report.text);
            for claim in &annotation.claims {
                json_line(&mut *out, &ClaimRecord::new(claim, &offsets))?;
            }
            progress.add(annotation.claims.len());
            Ok(())
        })?;
        out.flush()?;
        progress.end();
        if progress.reports == 0 {
            bail!("{NOTHING}");
        }
        Ok(())
    }
}

/// A line on standard error that counts, where somebody watches: standard error is a terminal and the output is not.
struct Progress {
    shown: bool,
    reports: usize,
    claims: usize,
}

impl Progress {
    fn new() -> Self {
        Self { shown: io::stderr().is_terminal() && !io::stdout().is_terminal(), reports: 0, claims: 0 }
    }

    fn add(&mut self, claims: usize) {
        self.reports += 1;
        self.claims += claims;
        if self.shown && self.reports.is_multiple_of(64) {
            eprint!("\r{} reports, {} claims", self.reports, self.claims);
        }
    }

    fn end(&self) {
        if self.shown {
            eprintln!("\r{} reports, {} claims", self.reports, self.claims);
        }
    }
}
