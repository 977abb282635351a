//! `demarche archive`: a record that grows for years, in one file.

pub mod add;
mod find;
mod import;
mod keep;
pub mod read;

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Result, anyhow};
use clap::{Args, Subcommand};
use demarche_core::{Day, EventType, Modality, world::World};
use demarche_store::{
    Archive as Store, StoreError,
    archive::{Attributed, Filter},
};

use super::sink;
use crate::render::fitted::Fitted;

/// Keep reports and claims in one file that lasts: add, find, correct, verify
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche archive add monday/ tuesday.jsonl.gz           twice adds once; a changed page becomes a new version
  demarche archive list --actor IND --recipient PAK --type SANCTION --since 2025-04-01
  demarche archive search 'indus waters'                  full text
  demarche archive brief --actor IND --since 2025-04-22 --until 2025-05-10
  demarche archive track IND PAK --format svg > line.svg
  demarche archive correct wire-17 --published 2025-05-01 --reason 'the page gave the day of printing'
  demarche archive verify                                 is every byte what was written?")]
#[allow(clippy::struct_field_names, reason = "the option is called so")]
pub struct Archive {
    /// The file.
    #[arg(long, global = true, value_name = "FILE", default_value = "demarche.db")]
    archive: PathBuf,
    /// Write JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Add(add::Add),
    List(find::List),
    Show(find::Show),
    Search(find::Search),
    Stories(read::Stories),
    Brief(read::Brief),
    Track(read::Track),
    Remove(keep::Remove),
    Correct(keep::Correct),
    Recode(add::Recode),
    Log(keep::Log),
    Verify(keep::Verify),
    Stats(keep::Stats),
    Export(crate::commands::export::FromArchive),
    Import(import::Import),
    Outside(import::Outside),
}

impl Archive {
    /// Opens and does it.
    pub fn run(self) -> Result<()> {
        let at = Place { path: &self.archive, json: self.json };
        let done = match self.command {
            Command::Add(command) => command.run(&at),
            Command::List(command) => command.run(&at),
            Command::Show(command) => command.run(&at),
            Command::Search(command) => command.run(&at),
            Command::Stories(command) => command.run(&at),
            Command::Brief(command) => command.run(&at),
            Command::Track(command) => command.run(&at),
            Command::Remove(command) => command.run(&at),
            Command::Correct(command) => command.run(&at),
            Command::Recode(command) => command.run(&at),
            Command::Log(command) => command.run(&at),
            Command::Verify(command) => command.run(&at),
            Command::Stats(command) => command.run(&at),
            Command::Export(command) => command.run(&self.archive),
            Command::Import(command) => command.run(&at),
            Command::Outside(command) => command.run(&at),
        };
        done.map_err(|error| named(error, &self.archive))
    }
}

/// An error of the archive with the name of its file.
pub fn named(error: anyhow::Error, archive: &Path) -> anyhow::Error {
    match error.downcast::<StoreError>() {
        Ok(error) => error.of(archive).into(),
        Err(error) => error,
    }
}

/// Which archive, and how to answer.
pub struct Place<'a> {
    path: &'a Path,
    json: bool,
}

impl Place<'_> {
    fn read(&self) -> Result<Store> {
        Ok(Store::read(self.path)?)
    }

    fn write(&self) -> Result<Store> {
        Ok(Store::open(self.path)?)
    }

    /// Standard output; for people in lines of at most 100 columns.
    fn sink(&self) -> Result<Box<dyn Write>> {
        let out = sink(None)?;
        Ok(if self.json { out } else { Box::new(Fitted::new(out)) })
    }
}

/// What is looked for; everything given must hold.
#[derive(Args, Clone, Default)]
#[group(id = "what", multiple = true)]
pub struct Wanted {
    /// Who acts: a country or organisation (IND, India, Hamas), else a name as the claims give it.
    #[arg(long, value_name = "PARTY")]
    actor: Option<String>,
    /// Who is acted on.
    #[arg(long, value_name = "PARTY")]
    recipient: Option<String>,
    /// Who acts or is acted on.
    #[arg(long, value_name = "PARTY")]
    party: Option<String>,
    /// PLOVER type: ASSAULT, SANCTION, …
    #[arg(long = "type", value_name = "TYPE", value_parser = event_type)]
    kind: Option<EventType>,
    /// occurred, planned, threatened, hypothetical or negated.
    #[arg(long, value_name = "MODALITY", value_parser = modality)]
    modality: Option<Modality>,
    /// Where: a country, else the name of a place.
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// In whose voice: `outlet`, `anybody`, or a code or name.
    #[arg(long, value_name = "WHO", visible_alias = "attribution")]
    according_to: Option<String>,
    /// First day.
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<Day>,
    /// Last day.
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<Day>,
    /// Name of the outlet.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Words that the report must hold.
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// Id of a report.
    #[arg(long, value_name = "ID")]
    report: Option<String>,
}

impl Wanted {
    /// As the archive asks.
    pub fn filter(&self) -> Filter {
        let speaker = self.according_to.as_deref().map(|who| match who {
            "outlet" => Attributed::Outlet,
            "anybody" => Attributed::Anybody,
            who => Attributed::Speaker(coded(who)),
        });
        let party = |name: &Option<String>| name.as_deref().map(coded);
        Filter {
            words: self.words.clone(),
            actor: party(&self.actor),
            recipient: party(&self.recipient),
            party: party(&self.party),
            kind: self.kind,
            modality: self.modality,
            place: self.place.as_deref().map(|name| World::embedded().country(name).unwrap_or(name).to_owned()),
            according_to: speaker,
            since: self.since,
            until: self.until,
            report: self.report.clone(),
            outlet: self.outlet.clone(),
        }
    }
}

/// A country or organisation becomes its code, under which its people and offices are found too.
fn coded(name: &str) -> String {
    World::embedded().party(name).unwrap_or(name).to_owned()
}

fn event_type(name: &str) -> Result<EventType> {
    let all = || EventType::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
    EventType::from_name(&name.to_uppercase()).ok_or_else(|| anyhow!("one of {}", all()))
}

fn modality(name: &str) -> Result<Modality> {
    Modality::from_name(name).ok_or_else(|| anyhow!("occurred, planned, threatened, hypothetical or negated"))
}

fn day(text: &str) -> Result<Day> {
    Day::from_rfc3339(text).ok_or_else(|| anyhow!("write it as 2025-05-01"))
}
