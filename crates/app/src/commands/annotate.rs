//! `demarche annotate`: every layer found in each report, as JSON Lines.

use anyhow::{Result, bail};
use clap::Args;
use demarche_core::record::ReportRecord;

use super::{json_line, sink};
use crate::{
    chain,
    input::{Inputs, NOTHING},
};

/// Print every layer found in each report (sentences, names, dates, places, speakers, claims), one JSON object a line
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche annotate story.html | jq .claims
  demarche annotate --published 2025-05-01 a.txt b.txt > layers.jsonl
  curl -s https://example.org/story.html | demarche annotate -")]
pub struct Annotate {
    #[command(flatten)]
    inputs: Inputs,
}

impl Annotate {
    /// Reads, annotates, prints.
    pub fn run(self) -> Result<()> {
        let mut out = sink(None)?;
        let mut printed = 0;
        chain::annotate_stream(self.inputs.stream(), |annotation| {
            printed += 1;
            json_line(&mut *out, &ReportRecord::new(&annotation))
        })?;
        out.flush()?;
        if printed == 0 {
            bail!("{NOTHING}");
        }
        Ok(())
    }
}
