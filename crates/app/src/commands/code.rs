//! `demarche code`: event data, one claim a line.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_core::record::{ClaimRecord, Offsets};

use super::{json_line, sink};
use crate::{chain, input::Inputs};

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
        for annotation in chain::annotate_all(self.inputs.read()?) {
            let offsets = Offsets::new(&annotation.report.text);
            for claim in &annotation.claims {
                json_line(&mut *out, &ClaimRecord::new(claim, &offsets))?;
            }
        }
        Ok(out.flush()?)
    }
}
