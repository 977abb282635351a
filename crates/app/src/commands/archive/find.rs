//! `demarche archive list`, `show` and `search`.

use std::io::Write;

use anyhow::{Result, anyhow};
use clap::Args;
use demarche_store::archive::{ClaimRow, Filter, ReportRow};

use super::{Place, Wanted};
use crate::{
    commands::{counted, json_line},
    render::visible,
};

/// List claims, the newest first; with --reports, reports
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive list --actor India --recipient Pakistan --type SANCTION --since 2025-04-01
  demarche archive list --reports --outlet Post --limit 10
  demarche archive list --party IND --modality threatened --json")]
pub struct List {
    #[command(flatten)]
    wanted: Wanted,
    /// Reports instead of claims.
    #[arg(long)]
    reports: bool,
    /// Also older versions and what was removed.
    #[arg(long, requires = "reports")]
    all: bool,
    /// How many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// How many to pass over first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    skip: usize,
}

impl List {
    /// Finds and prints.
    pub fn run(self, at: &Place) -> Result<()> {
        let archive = at.read()?;
        let mut out = at.sink()?;
        let filter = self.wanted.filter();
        if self.reports {
            let found = archive.reports(&filter, self.all, self.limit, self.skip)?;
            if found.is_empty() {
                return Err(none("report", self.skip, at));
            }
            reports(&found, at, &mut *out)?;
        } else {
            let found = archive.claims(&filter, self.limit, self.skip)?;
            if found.is_empty() {
                return Err(none("claim", self.skip, at));
            }
            for row in found {
                if at.json { json_line(&mut *out, &row)? } else { claim(&row, &mut *out)? }
            }
        }
        Ok(out.flush()?)
    }
}

/// Search reports by their words, the best match first, and by what they tell
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive search 'indus waters'
  demarche archive search '\"no-fly zone\"' --since 2025-05-01
  demarche archive search --actor India --place Kashmir --according-to Pakistan")]
pub struct Search {
    /// All of these must be there; "a phrase" in quotation marks stays together. Not needed beside --actor and the like.
    #[arg(value_name = "WORDS", required_unless_present = "what")]
    words: Vec<String>,
    #[command(flatten)]
    wanted: Wanted,
    /// How many.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How many to pass over first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    skip: usize,
}

impl Search {
    /// Finds and prints.
    pub fn run(self, at: &Place) -> Result<()> {
        let wanted = self.wanted.filter();
        let words = (!self.words.is_empty()).then(|| self.words.join(" ")).or(wanted.words);
        let filter = Filter { words, ..wanted };
        let found = at.read()?.reports(&filter, false, self.limit, self.skip)?;
        if found.is_empty() {
            return Err(none("report", self.skip, at));
        }
        let mut out = at.sink()?;
        reports(&found, at, &mut *out)?;
        Ok(out.flush()?)
    }
}

/// Show a report with its versions and claims, or one claim
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive show post-17              the report, its versions and its claims
  demarche archive show post-17/3.0          one claim with its history
  demarche archive show post-17 --no-text --json")]
pub struct Show {
    /// Id of a report, or of a claim (REPORT/SENTENCE.NUMBER).
    #[arg(value_name = "ID")]
    id: String,
    /// Leave out the text of the report.
    #[arg(long)]
    no_text: bool,
}

impl Show {
    /// Finds and prints.
    pub fn run(self, at: &Place) -> Result<()> {
        let archive = at.read()?;
        let mut out = at.sink()?;
        let history = archive.log(Some(&self.id), 100)?;
        if let Ok(row) = archive.claim(&self.id) {
            if at.json {
                json_line(&mut *out, &serde_json::json!({"claim": row, "log": history}))?;
            } else {
                claim(&row, &mut *out)?;
                let record = &row.record;
                writeln!(out, "    entry {} · confidence {:.2}", record.rule, record.confidence)?;
                super::keep::entries(&history, &mut *out)?;
            }
            return Ok(out.flush()?);
        }
        let (report, versions) = archive.report(&self.id)?;
        let filter = Filter { report: Some(self.id.clone()), ..Filter::default() };
        let mut claims = archive.claims(&filter, usize::MAX, 0)?;
        claims.sort_by_key(|row| (row.record.sentence, row.id.clone()));
        if at.json {
            let text = (!self.no_text).then_some(&report.text);
            let shown = serde_json::json!({"versions": versions, "text": text, "claims": claims, "log": history});
            json_line(&mut *out, &shown)?;
            return Ok(out.flush()?);
        }
        reports(&versions, at, &mut *out)?;
        super::keep::entries(&history, &mut *out)?;
        if !self.no_text && !report.text.is_empty() {
            writeln!(out, "\n{}\n", visible(report.text.trim_end()))?;
        }
        claims.iter().try_for_each(|row| claim(row, &mut *out))?;
        Ok(out.flush()?)
    }
}

/// An empty answer is told beside the output and by the exit status, so that nobody waits for it or takes it for a fault.
fn none(what: &str, skip: usize, at: &Place) -> anyhow::Error {
    let more = if skip > 0 { format!(" after the first {skip}") } else { String::new() };
    anyhow!("no {what} in {} fits{more}; `demarche archive stats` tells what there is", at.path.display())
}

fn reports(found: &[ReportRow], at: &Place, out: &mut dyn Write) -> Result<()> {
    for row in found {
        if at.json {
            json_line(out, row)?;
            continue;
        }
        let day = row.published.as_deref().and_then(|time| time.get(..10)).unwrap_or("undated   ");
        let state = if row.state == "current" { "" } else { row.state };
        let named = row.title.as_deref().or(row.url.as_deref()).unwrap_or_default();
        let (outlet, claims) = (row.outlet.as_deref().unwrap_or("-"), counted(row.claims as usize, "claim"));
        writeln!(out, "{day}  {}  {}  {}  {state}", visible(&row.report), visible(outlet), claims)?;
        if !named.is_empty() {
            writeln!(out, "            {}", visible(named))?;
        }
        if row.version > 1 || row.state != "current" {
            writeln!(out, "            version {}, first seen {}", row.version, row.first_seen)?;
        }
        if let Some(words) = &row.words {
            writeln!(out, "            {}", visible(&words.replace('\n', " ")))?;
        }
    }
    Ok(())
}

/// A claim on two lines: what, and in whose words.
fn claim(row: &ClaimRow, out: &mut dyn Write) -> Result<()> {
    let record = &row.record;
    let named = |parties: &[demarche_store::record::Party]| {
        let names = parties.iter().map(|p| p.country.as_deref().or(p.name.as_deref()).unwrap_or(&p.text));
        let names: Vec<&str> = names.collect();
        if names.is_empty() { "?".to_owned() } else { names.join(", ") }
    };
    let day = row.day.map_or_else(|| "undated   ".to_owned(), |day| demarche_core::Day::from_number(day).to_string());
    let said = record.attribution.as_ref().map(|said| {
        let who = said.source.as_ref().map_or("unnamed", |p| p.name.as_deref().unwrap_or(&p.text));
        format!("  according to {who}")
    });
    let modality = if record.modality == "occurred" { String::new() } else { format!(" ({})", record.modality) };
    let mode = record.mode.as_deref().map(|mode| format!("-{mode}")).unwrap_or_default();
    writeln!(
        out,
        "{day}  {} → {}  {}{mode}{modality}{}  [{}]",
        visible(&named(&record.actors)),
        visible(&named(&record.recipients)),
        record.kind,
        visible(&said.unwrap_or_default()),
        visible(&row.id)
    )?;
    writeln!(out, "            “{}”", visible(&record.text.replace('\n', " ")))?;
    Ok(())
}
