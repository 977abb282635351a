//! `demarche archive remove`, `correct`, `log`, `verify` and `stats`.

use std::io::Write;

use anyhow::{Result, bail};
use clap::Args;
use demarche_read::rfc3339;
use demarche_store::{
    Stamp,
    archive::{ClaimEdit, Entry, ReportEdit, Which},
};

use super::{Place, add, read::holds};
use crate::{
    clock,
    coder::coder,
    commands::{counted, json_line, track::party},
    render::visible,
};

/// What stands in the log for ever.
fn reason(value: &str) -> Result<String, String> {
    let value = value.trim();
    if value.is_empty() { Err("say why, in a few words".to_string()) } else { Ok(value.to_owned()) }
}

/// Take a report out, text and claims; it does not come back when it is added again
#[derive(Args)]
#[command(after_help = "\
Example:
  demarche archive remove post-17 --reason 'withdrawn by the outlet'")]
pub struct Remove {
    /// Id of the report; all versions of its page go.
    #[arg(value_name = "REPORT")]
    report: String,
    /// Why; kept in the log.
    #[arg(long, value_name = "WHY", value_parser = reason)]
    reason: String,
}

impl Remove {
    /// Removes.
    pub fn run(self, at: &Place) -> Result<()> {
        let mut archive = at.write()?;
        let versions = archive.remove(&self.report, &self.reason, &clock::now())?;
        let mut out = at.sink()?;
        if at.json {
            let hash = archive.hash()?.to_string();
            json_line(&mut *out, &serde_json::json!({"removed": self.report, "versions": versions, "hash": hash}))?;
        } else {
            let (name, gone) = (visible(&self.report), counted(versions, "version"));
            writeln!(out, "{name}: {gone} removed; state {}", archive.hash()?.short())?;
        }
        Ok(out.flush()?)
    }
}

/// Correct what a report says of itself, or what a claim says
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive correct post-17 --published 2025-05-01 --reason 'the page gave the day of printing'
  demarche archive correct post-17/3.0 --type ACCUSE --reason 'no threat is made'
  demarche archive correct post-17/5.1 --strike --reason 'the quotation is ironic'")]
pub struct Correct {
    /// Id of a report, or of a claim (REPORT/SENTENCE.NUMBER).
    #[arg(value_name = "ID")]
    id: String,
    /// Why; kept in the log.
    #[arg(long, value_name = "WHY", value_parser = reason)]
    reason: String,
    /// Of a report: day or time of publication.
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Of a report.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Of a report.
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Of a report: its address.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Of a claim: it is wrong and shall not stand.
    #[arg(long)]
    strike: bool,
    /// Of a claim: PLOVER type.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Of a claim: occurred, planned, threatened, hypothetical or negated.
    #[arg(long, value_name = "MODALITY")]
    modality: Option<String>,
    /// Of a claim: when, as 2025-05-01, 2025-05 or 2025.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Of a claim: who acts, by code or name.
    #[arg(long, value_name = "PARTY")]
    actor: Option<String>,
    /// Of a claim: who is acted on.
    #[arg(long, value_name = "PARTY")]
    recipient: Option<String>,
}

impl Correct {
    /// Corrects; a report whose date changed is coded anew.
    pub fn run(self, at: &Place) -> Result<()> {
        let mut archive = at.write()?;
        let now = clock::now();
        let done = if self.strike { "struck" } else { "corrected" };
        let published = match &self.published {
            Some(given) => match rfc3339(given) {
                Some(date) => Some(date),
                None => bail!("{given:?} is no date; write it as 2025-05-01 or 2025-05-01T09:30:00Z"),
            },
            None => None,
        };
        let report = ReportEdit { outlet: self.outlet, title: self.title, url: self.url, published };
        let kind = self.kind.map(|kind| kind.to_uppercase());
        let (modality, date) = (self.modality, self.date);
        let known = |name: Option<String>| name.map(|name| party(&name, |code| holds(&archive, code)));
        let (actor, recipient) = (known(self.actor), known(self.recipient));
        let claim = ClaimEdit { kind, modality, date, actor, recipient };
        let (of_report, of_claim) = (report != ReportEdit::default(), claim != ClaimEdit::default());
        match (of_report, of_claim, self.strike) {
            (true, false, false) => {
                archive.correct_report(&self.id, &report, &self.reason, &now)?;
                let coder = coder();
                let found = add::recode(&mut archive, Which::Corrected, Stamp { seen: &now, coder: &coder })?;
                if !at.json {
                    add::told(&found, &mut std::io::stdout().lock())?;
                }
            }
            (false, true, false) => archive.correct_claim(&self.id, claim, &self.reason, &now)?,
            (false, false, true) => archive.strike(&self.id, &self.reason, &now)?,
            (false, false, false) => bail!("say what to correct, for instance --published 2025-05-01 or --strike"),
            _ => bail!("correct a report, or a claim, or strike one: one at a time"),
        }
        let mut out = at.sink()?;
        if at.json {
            json_line(&mut *out, &serde_json::json!({"corrected": self.id, "hash": archive.hash()?.to_string()}))?;
        } else {
            writeln!(out, "{}: {done}; state {}", visible(&self.id), archive.hash()?.short())?;
        }
        Ok(out.flush()?)
    }
}

/// What was changed, when and why; the newest first
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive log --limit 10
  demarche archive log post-17 --json")]
pub struct Log {
    /// Of this report or claim alone.
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// How many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

impl Log {
    /// Prints.
    pub fn run(self, at: &Place) -> Result<()> {
        let found = at.read()?.log(self.id.as_deref(), self.limit)?;
        let mut out = at.sink()?;
        if at.json {
            found.iter().try_for_each(|entry| json_line(&mut *out, entry))?;
        } else {
            entries(&found, &mut *out)?;
        }
        Ok(out.flush()?)
    }
}

/// Lines of the log for people.
pub fn entries(found: &[Entry], out: &mut dyn Write) -> Result<()> {
    for entry in found {
        let why = entry.reason.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
        writeln!(out, "{}  {}  {}{}", entry.at, entry.what, visible(&entry.subject), visible(&why))?;
    }
    Ok(())
}

/// Hold every report, claim and index against its digest; 1 when anything is not what was written
#[derive(Args)]
#[command(after_help = "\
Example:
  demarche archive verify && cp demarche.db backup/")]
pub struct Verify {}

impl Verify {
    /// Reads everything.
    #[allow(clippy::unused_self, reason = "every command runs in the same way")]
    pub fn run(self, at: &Place) -> Result<()> {
        // A medium that cannot be written can still be verified, all but the index of words.
        let mut archive = at.write().or_else(|_| at.read())?;
        let found = archive.verify()?;
        let mut out = at.sink()?;
        if at.json {
            json_line(&mut *out, &found)?;
        } else {
            for fault in &found.faults {
                writeln!(out, "{}", visible(fault))?;
            }
            for what in &found.unchecked {
                writeln!(out, "not looked at: {}", visible(what))?;
            }
            if found.faults.is_empty() {
                let state = archive.hash()?;
                writeln!(
                    out,
                    "{} and {}, older versions included: all is what was written\nstate {state}",
                    counted(found.reports, "report"),
                    counted(found.claims, "claim")
                )?;
            }
        }
        out.flush()?;
        if !found.faults.is_empty() {
            bail!(
                "the archive is damaged: {} (restore a copy; or export what is sound with `demarche archive export`, \
                 and add the reports named here again to a new archive)",
                counted(found.faults.len(), "fault")
            );
        }
        Ok(())
    }
}

/// Count what the archive holds
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive stats
  demarche archive stats --json | jq .claims")]
pub struct Stats {}

impl Stats {
    /// Prints.
    #[allow(clippy::unused_self, reason = "every command runs in the same way")]
    pub fn run(self, at: &Place) -> Result<()> {
        let stats = at.read()?.stats()?;
        let mut out = at.sink()?;
        if at.json {
            json_line(&mut *out, &stats)?;
            return Ok(out.flush()?);
        }
        let days = match (&stats.first_day, &stats.last_day) {
            (Some(first), Some(last)) => format!(", published {first} to {last}"),
            _ => String::new(),
        };
        writeln!(out, "{}{days}", counted(stats.reports as usize, "report"))?;
        writeln!(
            out,
            "{}, {} removed, {} not in English and not coded",
            counted(stats.older_versions as usize, "older version"),
            stats.removed,
            stats.not_coded
        )?;
        writeln!(out, "{}, {} struck by hand", counted(stats.claims as usize, "claim"), stats.struck)?;
        for (name, count) in stats.types.iter().filter(|(_, count)| *count > 0) {
            writeln!(out, "  {name:<10} {count:>9}")?;
        }
        for (name, count) in &stats.outlets {
            writeln!(out, "  {:<30} {count:>9}", visible(name))?;
        }
        for (name, count) in &stats.coders {
            let by = if name.is_empty() { "nobody yet" } else { name };
            writeln!(out, "coded by {by}: {}", counted(*count as usize, "report"))?;
        }
        let size = stats.bytes as f64 / f64::from(1 << 20);
        writeln!(out, "archive of version {}, {size:.1} MiB, state {}", stats.schema, stats.hash)?;
        Ok(out.flush()?)
    }
}
