//! Export: claims and events as the files that other tools read, row by row.

/// A table's columns, a line each: name, sort, what it holds, and how it is read off a row.
macro_rules! columns {
    ($($name:literal $kind:ident $about:literal $of:expr;)*) => {
        &[$(Column { name: $name, kind: Kind::$kind, about: $about, of: $of }),*]
    };
}

pub(crate) mod cameo;
mod cite;
mod columns;
pub(crate) mod countries;
mod gdelt;
mod geojson;
mod graphml;
mod icews;
mod parquet;
mod plover;
mod polecat;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use demarche_core::Day;
use serde_json::json;

pub use cite::{Source, citation, codebook};

use crate::{archive::ClaimRow, hash::Fields, record::Party};

macro_rules! formats {
    ($($format:ident $name:literal $about:literal;)*) => {
        /// A file format of event data.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format {
            $(#[doc = $about] $format),*
        }

        impl Format {
            /// Every format with the name that users give it and what it is.
            pub const ALL: &[(Self, &str, &str)] = &[$((Self::$format, $name, $about)),*];
        }
    };
}

formats! {
    JsonLines "jsonl" "One claim or event a line, nothing left out";
    Csv "csv" "A table with a header";
    Parquet "parquet" "The same table, typed";
    Plover "plover" "PLOVER's JSON records, one a line";
    Polecat "polecat" "POLECAT's 40 columns and ours";
    Icews "icews" "ICEWS' 20 columns and ours";
    Gdelt "gdelt" "GDELT 2.0 events, 61 columns without a header";
    GdeltMentions "gdelt-mentions" "GDELT 2.0 mentions, 16 columns without a header";
    GeoJson "geojson" "What has a place, for maps";
    GraphMl "graphml" "Parties and what they do to each other, for network tools";
}

impl Format {
    /// What a row must have to be in the file at all.
    pub fn wants(self) -> Option<&'static str> {
        match self {
            Self::GeoJson => Some("a place known to a point"),
            Self::GraphMl => Some("a party on both sides"),
            _ => None,
        }
    }

    /// True where those who read the format count by days: a row without one is of no use to them.
    pub fn wants_day(self) -> bool {
        matches!(self, Self::Polecat | Self::Icews | Self::Gdelt | Self::GdeltMentions)
    }

    /// The format of this name.
    ///
    /// ```
    /// use demarche_store::export::Format;
    /// assert_eq!(Format::from_name("gdelt-mentions"), Some(Format::GdeltMentions));
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(format, ..)| *format)
    }
}

/// What is exported: a claim, or an event with the claim that tells it best.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The claim.
    pub claim: ClaimRow,
    /// Headline of its report.
    pub title: Option<String>,
    /// The event, where claims were linked.
    pub told: Option<Told>,
}

/// Who tells of an event.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Told {
    /// Id in this export.
    pub event: String,
    /// Ids of the reports.
    pub reports: Vec<String>,
    /// Names of the outlets.
    pub outlets: Vec<String>,
    /// Independent origins among the reports.
    pub origins: usize,
    /// Slots in which the reports contradict each other or the parties dispute it.
    pub contradictions: usize,
    /// All its claims, the best among them.
    #[serde(skip)]
    pub claims: Vec<ClaimRow>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    /// Nothing known.
    None,
    Text(String),
    Whole(i64),
    Real(f64),
    Yes(bool),
    /// Days since 1970-01-01.
    Day(i64),
}

impl Cell {
    fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::None, |text| Self::Text(text.into()))
    }

    /// Several, parted by `;`; nothing where there is none.
    fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<&str> = texts.into_iter().collect();
        if texts.is_empty() { Self::None } else { Self::Text(texts.join("; ")) }
    }

    fn whole(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::None, |number| Self::Whole(number.into()))
    }

    fn real(number: Option<f64>) -> Self {
        number.map_or(Self::None, Self::Real)
    }
}

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Real,
    Yes,
    Day,
}

/// A column: its name, what it holds, and how it is found.
struct Column {
    name: &'static str,
    kind: Kind,
    about: &'static str,
    of: fn(&Line) -> Cell,
}

/// A row with one of its pairs of parties.
struct Line<'a> {
    row: &'a Row,
    actor: Option<&'a Party>,
    recipient: Option<&'a Party>,
}

impl Row {
    /// Every pair of parties, each once; one pair of nobody where none is known.
    fn lines(&self) -> Vec<Line<'_>> {
        let record = &self.claim.record;
        let mut out: Vec<Line> = Vec::new();
        for actor in distinct(&record.actors) {
            for recipient in distinct(&record.recipients) {
                out.push(Line { row: self, actor, recipient });
            }
        }
        out
    }

    fn day(&self) -> Option<Day> {
        self.claim.day.map(Day::from_number)
    }
}

/// Who a party is, for telling parties apart.
fn who(party: Option<&Party>) -> Option<&str> {
    let party = party?;
    party.country.as_deref().or(party.name.as_deref()).or(Some(&party.text))
}

fn distinct(parties: &[Party]) -> Vec<Option<&Party>> {
    let mut seen = BTreeSet::new();
    let out: Vec<Option<&Party>> = parties.iter().filter(|p| seen.insert(who(Some(p)))).map(Some).collect();
    if out.is_empty() { vec![None] } else { out }
}

/// A number for formats that want one: the first 48 bits of the digest of an id, so that it is the same in every export
/// and exact as a double.
fn number(id: &str) -> i64 {
    let digest = Fields::new("number").text(Some(id)).end();
    digest.0[..6].iter().fold(0, |number, &byte| number << 8 | i64::from(byte))
}

/// Leaves one row for each day, actor, recipient and type: what happened before what may happen, the outlet's own word
/// before a speaker's, the surer before the less sure.
pub fn one_a_day(rows: impl IntoIterator<Item = Row>) -> Vec<Row> {
    // Day, actor, recipient and type.
    type Key = (Option<i64>, Option<String>, Option<String>, String);
    let mut best: BTreeMap<Key, Row> = BTreeMap::new();
    for row in rows {
        for line in row.lines() {
            let key = (
                row.claim.day,
                who(line.actor).map(str::to_owned),
                who(line.recipient).map(str::to_owned),
                row.claim.record.kind.clone(),
            );
            let mut one = row.clone();
            one.claim.record.actors = line.actor.cloned().into_iter().collect();
            one.claim.record.recipients = line.recipient.cloned().into_iter().collect();
            let rank = |row: &Row| {
                let record = &row.claim.record;
                let sure = (record.confidence * 1000.0) as i64;
                (record.modality != "occurred", record.attribution.is_some(), -sure, row.claim.id.clone())
            };
            let held = best.get(&key);
            if held.is_none_or(|held| rank(&one) < rank(held)) {
                best.insert(key, one);
            }
        }
    }
    best.into_values().collect()
}

/// A file on its way: rows go in, bytes come out.
pub struct Export<'w> {
    format: Format,
    out: Box<dyn Write + 'w>,
    table: Option<parquet::Buffer>,
    graph: graphml::Graph,
    rows: usize,
}

impl<'w> Export<'w> {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(format: Format, mut out: Box<dyn Write + 'w>) -> io::Result<Self> {
        match format {
            Format::Csv => table::header(columns::COLUMNS, b',', &mut *out)?,
            Format::Polecat => table::header(polecat::COLUMNS, b'\t', &mut *out)?,
            Format::Icews => table::header(icews::COLUMNS, b'\t', &mut *out)?,
            Format::GeoJson => out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?,
            Format::Parquet => out.write_all(parquet::MAGIC)?,
            _ => {}
        }
        let table = (format == Format::Parquet).then(|| parquet::Buffer::new(columns::COLUMNS));
        Ok(Self { format, out, table, graph: graphml::Graph::default(), rows: 0 })
    }

    /// Adds a row; into how many rows of the file. None where the format wants what the row has not: a point on the map, a
    /// party on both sides.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add(&mut self, row: &Row) -> io::Result<usize> {
        let out = &mut *self.out;
        let whole = Line { row, actor: None, recipient: None };
        let lines = row.lines();
        match self.format {
            Format::JsonLines => {
                let mut value = json!(row.claim);
                if let (Some(told), Some(object)) = (&row.told, value.as_object_mut()) {
                    object.extend(json!(told).as_object().cloned().unwrap_or_default());
                }
                serde_json::to_writer(&mut *out, &value)?;
                out.write_all(b"\n")?;
            }
            Format::Csv => table::line(columns::COLUMNS, &whole, b',', out)?,
            Format::Parquet => {
                if let Some(buffer) = &mut self.table {
                    buffer.add(&whole);
                    if buffer.full() {
                        buffer.write(out)?;
                    }
                }
            }
            Format::Plover => {
                serde_json::to_writer(&mut *out, &plover::record(row))?;
                out.write_all(b"\n")?;
            }
            Format::Polecat => lines.iter().try_for_each(|line| table::line(polecat::COLUMNS, line, b'\t', out))?,
            Format::Icews => lines.iter().try_for_each(|line| table::line(icews::COLUMNS, line, b'\t', out))?,
            Format::Gdelt => lines.iter().try_for_each(|line| table::bare(gdelt::EVENTS, line, out))?,
            Format::GdeltMentions => return gdelt::mentions(row, out),
            Format::GeoJson => {
                let Some(feature) = geojson::feature(row) else { return Ok(0) };
                if self.rows > 0 {
                    out.write_all(b",")?;
                }
                out.write_all(b"\n")?;
                serde_json::to_writer(&mut *out, &feature)?;
                self.rows += 1;
            }
            Format::GraphMl => return Ok(self.graph.add(row)),
        }
        Ok(if matches!(self.format, Format::Polecat | Format::Icews | Format::Gdelt) { lines.len() } else { 1 })
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(mut self) -> io::Result<()> {
        match self.format {
            Format::GeoJson => self.out.write_all(b"\n]}\n")?,
            Format::GraphMl => self.graph.write(&mut *self.out)?,
            Format::Parquet => {
                if let Some(buffer) = self.table.take() {
                    buffer.end(&mut *self.out)?;
                }
            }
            _ => {}
        }
        self.out.flush()
    }
}
