//! `demarche brief`: what happened, who says so, and where the reports differ.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_core::{Annotation, briefs, record::BriefRecord};

use super::{json_line, sink, styled};
use crate::{
    chain,
    input::Inputs,
    render::{html, list},
};

/// Read reports side by side: what happened, who says what, where they differ, what only one has
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche brief examples/pahalgam
  demarche brief --format html --out day.html monday/
  demarche brief --published 2025-05-01 wire.txt paper.html
  demarche brief --format json reports.jsonl | jq '.differences[] | select(.kind == \"contradicts\")'")]
pub struct Brief {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    output: Output,
}

/// How a brief is written.
#[derive(Args)]
pub struct Output {
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Write to this file instead of the terminal.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// For reading here, at most 100 columns wide
    Terminal,
    /// For notes, wikis and mail
    Markdown,
    /// One self-contained page with the annotated reports
    Html,
    /// One JSON object for programs
    Json,
}

impl Brief {
    /// Reads, annotates, compares, prints.
    pub fn run(self) -> Result<()> {
        self.output.write(chain::annotate_all(self.inputs.read()?), false)
    }
}

impl Output {
    /// Prints; as JSON where that was asked for in general.
    pub fn write(&self, annotations: Vec<Annotation>, json: bool) -> Result<()> {
        let format = if json { Format::Json } else { self.format };
        if format == Format::Terminal && self.out.is_none() {
            let mut out = styled();
            list::terminal(&briefs(annotations), &mut out)?;
            return Ok(std::io::Write::flush(&mut out)?);
        }
        let mut out = sink(self.out.as_deref())?;
        match format {
            Format::Terminal => {
                list::terminal(&briefs(annotations), &mut anstream::StripStream::new(&mut out))?;
            }
            Format::Markdown => list::markdown(&briefs(annotations), &mut out)?,
            Format::Html => html::write(&demarche_core::brief(annotations), &mut out)?,
            Format::Json => json_line(&mut *out, &BriefRecord::new(&demarche_core::brief(annotations)))?,
        }
        Ok(out.flush()?)
    }
}
