//! `demarche stories`: mixed reports, split by what they tell of.

use anyhow::Result;
use clap::{Args, ValueEnum};
use demarche_core::{Annotation, Brief, Report};
use serde::Serialize;

use super::{json_line, sink};
use crate::{input::Inputs, render::visible};

/// Split mixed reports into stories; every report is in exactly one
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche stories monday/
  demarche stories --json monday.jsonl.gz | jq -r '.[].title'")]
pub struct Stories {
    #[command(flatten)]
    inputs: Inputs,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// The same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// A list for reading here
    Terminal,
    /// A JSON array
    Json,
}

#[derive(Serialize)]
struct StoryRecord<'a> {
    story: &'a str,
    title: &'a str,
    reports: Vec<&'a str>,
}

impl Stories {
    /// Reads, groups, prints.
    pub fn run(self) -> Result<()> {
        print(&told(self.inputs.read()?), self.json || self.format == Format::Json)
    }
}

/// A brief of nothing but stories: the words alone tell them; nothing need be parsed.
pub fn told(reports: Vec<Report>) -> Brief {
    let bare = |report| Annotation { report, ..Annotation::default() };
    demarche_core::brief(reports.into_iter().map(bare).collect())
}

/// Prints the stories.
pub fn print(brief: &Brief, json: bool) -> Result<()> {
    let id = |&report: &usize| brief.annotations[report].report.id.as_str();
    let records: Vec<StoryRecord> = brief
        .stories
        .iter()
        .map(|story| StoryRecord {
            story: &story.id,
            title: brief.words(story.title.0, story.title.1),
            reports: story.reports.iter().map(id).collect(),
        })
        .collect();
    let mut out = sink(None)?;
    if json {
        json_line(&mut *out, &records)?;
    } else {
        for record in &records {
            writeln!(out, "{} {}", record.story, visible(record.title))?;
            for report in &record.reports {
                writeln!(out, "    {}", visible(report))?;
            }
        }
    }
    Ok(out.flush()?)
}
