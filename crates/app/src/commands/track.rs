//! `demarche track`: whether two parties move towards conflict or away from it.

use anyhow::Result;
use clap::{Args, ValueEnum, error::ErrorKind};
use demarche_core::{Brief, Day, Tension, Unit, track, track::pairs, world::World};
use serde::Serialize;

use super::{json_line, sink};
use crate::{
    chain,
    input::Inputs,
    render::{
        chart::{drawing, page},
        series::{self, earlier, undated},
        theirs::{self, Theirs},
        words::country_name,
    },
    warn,
};

/// Follow two parties over time: linked events by day or week, words and deeds apart
#[derive(Args)]
#[command(
    override_usage = "demarche track [OPTIONS] A B INPUT...\n       demarche track [OPTIONS] --all INPUT...",
    after_help = "\
A and B are countries and organisations by code, name, people or capital: IND, India, Indian, 'New Delhi', Hamas.

Examples:
  demarche track IND PAK archive/
  demarche track India 'South Korea' --json archive/
  demarche track IND PAK --unit week --format svg archive/ > india-pakistan.svg
  demarche track --all archive/                          which pairs move most"
)]
pub struct Track {
    #[command(flatten)]
    inputs: Inputs,
    /// Rank all pairs of parties by how far their daily score moves; terminal, csv and json.
    #[arg(long)]
    all: bool,
    /// Write JSON, as --format json.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    style: Style,
}

/// Two parties, and how their line is drawn.
#[derive(Args)]
pub struct Pair {
    /// One party: IND, India, Hamas.
    pub a: String,
    /// The other.
    pub b: String,
    #[command(flatten)]
    style: Style,
}

/// How a line is drawn.
#[derive(Args)]
struct Style {
    /// Length of a step.
    #[arg(long, value_enum, default_value_t = Step::Day)]
    unit: Step,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Step {
    Day,
    Week,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A chart for reading here, at most 100 columns wide
    Terminal,
    /// One drawing with both directions
    Svg,
    /// A row for each step and direction
    Csv,
    /// One JSON array with both directions
    Json,
    /// A page with the drawings, the events behind each change, and the numbers
    Html,
}

/// A country code or tag, in capitals.
pub fn code(value: &str) -> Result<String, String> {
    let plain = (2..=16).contains(&value.len()) && value.chars().all(|c| c.is_ascii_alphanumeric());
    if plain { Ok(value.to_uppercase()) } else { Err("give a country code or tag: IND, PAK, HAMAS".to_string()) }
}

#[derive(Serialize)]
struct TensionRecord<'a> {
    actor: &'a str,
    recipient: &'a str,
    unit: &'static str,
    series: Vec<StepRecord>,
    changes: Vec<ChangeRecord<'a>>,
    /// Events that stand on no day, in no step.
    undated: usize,
    /// Events before the first step, in no step.
    earlier: usize,
    /// What others count from the one to the other, by day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    theirs: Vec<TheirRecord<'a>>,
}

#[derive(Serialize)]
struct TheirRecord<'a> {
    source: &'a str,
    start: String,
    quad: Quad,
}

#[derive(Serialize)]
struct StepRecord {
    start: String,
    quad: Quad,
    acts: u32,
    claims: u32,
    rung: Option<u8>,
    score: f64,
    reports: u32,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct Quad {
    #[serde(rename = "1")]
    one: u32,
    #[serde(rename = "2")]
    two: u32,
    #[serde(rename = "3")]
    three: u32,
    #[serde(rename = "4")]
    four: u32,
}

#[derive(Serialize)]
struct ChangeRecord<'a> {
    start: String,
    direction: &'static str,
    events: Vec<&'a str>,
}

impl Track {
    /// Reads, links, counts, prints.
    pub fn run(mut self) -> Result<()> {
        let mut parties = if self.all { vec![] } else { self.parties() };
        // A name that nobody knows ends the run before hours of reading; a code may be one of the reports alone.
        for name in parties.iter().filter(|name| code(name).is_err()) {
            party(name, |_| false);
        }
        let brief = demarche_core::brief(chain::annotate_all(self.inputs.read()?));
        let format = if self.json { Format::Json } else { self.style.format };
        for name in &mut parties {
            *name = party(name, |code| told(&brief, code));
        }
        match parties.as_slice() {
            [a, b] => self.style.print(&brief, a, b, self.json, &[]),
            _ => ranking(&brief, format),
        }
    }

    /// The two parties, which stand before the inputs; ends the run where they are none.
    fn parties(&mut self) -> Vec<String> {
        self.inputs.take(2).unwrap_or_else(|| {
            let kind = ErrorKind::MissingRequiredArgument;
            end(
                kind,
                "give two parties and an input: demarche track IND PAK archive/, or --all and an input".to_owned(),
            )
        })
    }
}

fn end(kind: ErrorKind, message: String) -> ! {
    clap::Error::raw(kind, message + "\n").exit()
}

/// Code of a party as people call it; ends the run where it is neither known nor, being a code, `held` by what was read.
pub fn party(name: &str, held: impl FnOnce(&str) -> bool) -> String {
    let world = World::embedded();
    if let Some(code) = world.party(name) {
        return code.to_owned();
    }
    if let Some(code) = code(name).ok().filter(|code| held(code)) {
        return code;
    }
    let like: Vec<String> =
        world.parties_like(name).into_iter().map(|(name, code)| format!("{name} ({code})")).collect();
    let hint = if like.is_empty() {
        "give a country or an organisation by code or name: IND, India, Hamas; --actors FILE adds your own".to_owned()
    } else {
        format!("did you mean {}?", like.join(" or "))
    };
    end(ErrorKind::ValueValidation, format!("there is no party {name:?} ({hint})"))
}

/// True where a claim names a party of this code.
fn told(brief: &Brief, code: &str) -> bool {
    let claims = brief.annotations.iter().flat_map(|annotation| &annotation.claims);
    let mut parties = claims.flat_map(|claim| claim.actors.iter().chain(&claim.recipients));
    parties.any(|party| party.country.as_deref() == Some(code))
}

impl Pair {
    /// Sets the codes of both; ends the run where one is neither known nor `held`.
    pub fn resolve(&mut self, held: impl Fn(&str) -> bool) {
        self.a = party(&self.a, &held);
        self.b = party(&self.b, &held);
    }

    /// Counts and prints; as JSON where that was asked for in general.
    pub fn print(&self, brief: &Brief, json: bool, theirs: &[Theirs]) -> Result<()> {
        self.style.print(brief, &self.a, &self.b, json, theirs)
    }
}

impl Style {
    fn print(&self, brief: &Brief, a: &str, b: &str, json: bool, theirs: &[Theirs]) -> Result<()> {
        let unit = match self.unit {
            Step::Day => Unit::Day,
            Step::Week => Unit::Week,
        };
        if a == b {
            let name = country_name(a);
            end(ErrorKind::ValueValidation, format!("both parties are {name} ({a}); give two different ones"));
        }
        let both = track(brief, a, b, unit);
        let format = if json { Format::Json } else { self.format };
        remark(&both, format, theirs);
        let mut out = sink(None)?;
        match format {
            Format::Json => {
                let records: Vec<TensionRecord> = both.iter().map(|tension| record(brief, tension, theirs)).collect();
                json_line(&mut *out, &records)?;
            }
            Format::Svg => writeln!(out, "{}", drawing(&both, theirs))?,
            Format::Csv => csv(&both, &mut *out)?,
            Format::Html => writeln!(out, "{}", page(brief, &both, theirs))?,
            Format::Terminal => {
                series::write(brief, &both, &mut *out)?;
                theirs::write(theirs, unit, &mut *out)?;
            }
        }
        Ok(out.flush()?)
    }
}

/// Says beside the output what it does not show: that there is nothing, what has no day, and what is too long ago.
fn remark(both: &[Tension], format: Format, theirs: &[Theirs]) {
    let events: usize = both.iter().map(|tension| tension.undated).sum();
    let empty = both.iter().flat_map(|tension| &tension.series).all(|step| step.events.is_empty());
    if empty && theirs.is_empty() {
        let names = both.iter().map(|tension| format!("{} ({})", country_name(&tension.actor), tension.actor));
        let names: Vec<String> = names.collect();
        warn::note(&format!(
            "no dated event between {}; --all on the inputs lists the pairs that there are",
            names.join(" and ")
        ));
    }
    if let Some(note) = undated(events).filter(|_| empty || matches!(format, Format::Csv)) {
        warn::note(&format!("{note}; their reports carry no date, which --published or a correction gives them"));
    }
    let before: usize = both.iter().map(|tension| tension.earlier).sum();
    let told = both.first().and_then(|tension| earlier(before, tension));
    if let Some(note) = told.filter(|_| matches!(format, Format::Csv | Format::Json)) {
        let week = both.first().is_some_and(|tension| tension.unit == Unit::Week);
        warn::note(&format!("{note}{}", if week { "" } else { "; --unit week reaches further back" }));
    }
}

#[derive(Serialize)]
struct PairRecord<'a> {
    a: &'a str,
    b: &'a str,
    movement: f64,
}

/// Every pair with how far its mean daily score moved from the first half of its days to the second.
fn ranking(brief: &Brief, format: Format) -> Result<()> {
    let ranked = pairs(brief);
    let records: Vec<PairRecord> =
        ranked.iter().map(|(a, b, movement)| PairRecord { a, b, movement: two_digits(*movement) }).collect();
    let mut out = sink(None)?;
    match format {
        Format::Json => json_line(&mut *out, &records)?,
        Format::Csv => {
            writeln!(out, "a,b,movement")?;
            for record in &records {
                writeln!(out, "{},{},{}", record.a, record.b, record.movement)?;
            }
        }
        Format::Terminal => {
            for record in &records {
                let pair = format!("{} – {}", country_name(record.a), country_name(record.b));
                let codes = format!("{} {}", record.a, record.b);
                let way = match record.movement {
                    by if by < 0.0 => "towards conflict",
                    by if by > 0.0 => "away from conflict",
                    _ => "",
                };
                writeln!(out, "{:>8.2}  {codes:<18} {pair:<48} {way}", record.movement)?;
            }
        }
        Format::Svg | Format::Html => anyhow::bail!("--all is written as terminal, csv or json"),
    }
    Ok(out.flush()?)
}

/// Two digits behind the point; no minus before nothing.
fn two_digits(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0 + 0.0
}

fn record<'a>(brief: &'a Brief, tension: &'a Tension, theirs: &'a [Theirs]) -> TensionRecord<'a> {
    let quad = |quad: [u32; 4]| Quad { one: quad[0], two: quad[1], three: quad[2], four: quad[3] };
    let mine = theirs.iter().filter(|one| one.actor == tension.actor && one.recipient == tension.recipient);
    let theirs = mine.flat_map(|one| {
        let day = |&(start, counts): &(Day, [u32; 4])| TheirRecord {
            source: &one.maker,
            start: start.to_string(),
            quad: quad(counts),
        };
        one.days.iter().filter(|(_, quad)| *quad != [0; 4]).map(day)
    });
    let step = |step: &demarche_core::track::Step| StepRecord {
        start: step.start.to_string(),
        quad: quad(step.quad),
        acts: step.acts,
        claims: step.claims,
        rung: step.rung.map(|(rung, _)| rung),
        score: two_digits(step.score),
        reports: step.reports,
        low: two_digits(step.low),
        high: two_digits(step.high),
    };
    let change = |change: &demarche_core::track::Change| ChangeRecord {
        start: change.start.to_string(),
        direction: if change.up { "up" } else { "down" },
        events: change.events.iter().map(|&event| brief.events[event].event.id.as_str()).collect(),
    };
    TensionRecord {
        actor: &tension.actor,
        recipient: &tension.recipient,
        unit: match tension.unit {
            Unit::Day => "day",
            Unit::Week => "week",
        },
        series: tension.series.iter().map(step).collect(),
        changes: tension.changes.iter().map(change).collect(),
        undated: tension.undated,
        earlier: tension.earlier,
        theirs: theirs.collect(),
    }
}

fn csv(both: &[Tension], out: &mut dyn std::io::Write) -> Result<()> {
    writeln!(out, "actor,recipient,start,quad1,quad2,quad3,quad4,acts,claims,rung,score,low,high,reports")?;
    for tension in both {
        for step in &tension.series {
            let [one, two, three, four] = step.quad;
            let rung = step.rung.map(|(rung, _)| rung.to_string()).unwrap_or_default();
            writeln!(
                out,
                "{},{},{},{one},{two},{three},{four},{},{},{rung},{},{},{},{}",
                tension.actor,
                tension.recipient,
                step.start,
                step.acts,
                step.claims,
                two_digits(step.score),
                two_digits(step.low),
                two_digits(step.high),
                step.reports
            )?;
        }
    }
    Ok(())
}
