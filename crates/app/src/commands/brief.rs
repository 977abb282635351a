//! `demarche brief`: what happened, who says so, and where the reports differ.

use std::{mem::ManuallyDrop, path::PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_core::{Annotation, briefs, record::BriefRecord};
use serde::Serialize;

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
        let (reports, left_out) = self.inputs.read_all()?;
        self.output.write(chain::annotate_all(reports), &About { left_out, ..About::default() })
    }
}

/// What a brief cannot tell from its reports.
#[derive(Default)]
pub struct About {
    /// JSON was asked for in general.
    pub json: bool,
    /// State of the archive that the reports come from.
    pub archive: Option<String>,
    /// What could not be read, each with its reason.
    pub left_out: Vec<String>,
}

/// A brief as JSON, with what it cannot tell from its reports.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    brief: BriefRecord<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    left_out: &'a [String],
}

impl About {
    /// Says it under "Method and known gaps".
    fn note(&self, mut brief: demarche_core::Brief) -> demarche_core::Brief {
        brief.method.extend(self.archive.iter().map(|state| format!("Read from an archive in the state {state}.")));
        brief.gaps.extend(self.left_out.iter().map(|told| format!("Not read: {told}.")));
        brief
    }
}

impl Output {
    /// Prints; as JSON where that was asked for in general.
    pub fn write(&self, annotations: Vec<Annotation>, about: &About) -> Result<()> {
        // The program ends with its brief: to take a large one apart is a twelfth of the time, and for nothing.
        let briefs = |annotations| -> ManuallyDrop<Vec<_>> {
            ManuallyDrop::new(briefs(annotations).into_iter().map(|one| about.note(one)).collect())
        };
        let whole = |annotations| ManuallyDrop::new(about.note(demarche_core::brief(annotations)));
        let format = if about.json { Format::Json } else { self.format };
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
            Format::Html => html::write(&whole(annotations), &mut out)?,
            Format::Json => {
                let brief = ManuallyDrop::new(demarche_core::brief(annotations));
                let (archive, left_out) = (about.archive.as_deref(), &about.left_out[..]);
                json_line(&mut *out, &Whole { brief: BriefRecord::new(&brief), archive, left_out })?;
            }
        }
        Ok(out.flush()?)
    }
}
