//! `demarche annotate`: every layer found in each report, as JSON Lines.

use anyhow::Result;
use clap::Args;
use demarche_core::record::ReportRecord;

use super::{json_line, sink};
use crate::{chain, input::Inputs};

/// Print every layer found in each report (sentences, names, dates, places, speakers, claims), one JSON object a line
#[derive(Args)]
pub struct Annotate {
    #[command(flatten)]
    inputs: Inputs,
}

impl Annotate {
    /// Reads, annotates, prints.
    pub fn run(self) -> Result<()> {
        let mut out = sink(None)?;
        for annotation in chain::annotate_all(self.inputs.read()?) {
            json_line(&mut *out, &ReportRecord::new(&annotation))?;
        }
        Ok(out.flush()?)
    }
}
