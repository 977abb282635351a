//! Import: records of POLECAT, ICEWS and GDELT, their known faults mended where it is clear how.
//!
//! Each file is read row by row; a row is five things: a serial, a day, who, to whom, and what.

mod lines;

use std::io::BufRead;

use demarche_core::{Day, EventType};

use crate::{
    error::{Fault, Result, StoreError},
    export::{cameo, countries},
};

/// Who made a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// POLECAT, weekly files with a header.
    Polecat,
    /// ICEWS, yearly files with a header.
    Icews,
    /// GDELT 1.0 or 2.0 events, without a header.
    Gdelt,
}

impl Maker {
    /// Name in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Polecat => "polecat",
            Self::Icews => "icews",
            Self::Gdelt => "gdelt",
        }
    }

    /// The maker with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Polecat, Self::Icews, Self::Gdelt].into_iter().find(|maker| maker.as_str() == name)
    }
}

/// A record of somebody else.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    /// Its id in the file.
    pub serial: String,
    /// Day.
    pub day: Day,
    /// Alpha-3 code, else the name; empty where nobody is named.
    pub actor: String,
    /// The same.
    pub recipient: String,
    /// PLOVER type; a statement (CAMEO 01) has none.
    pub kind: Option<EventType>,
    /// CAMEO code, as text, where the file has one.
    pub code: Option<String>,
    /// As the file gives it: PLOVER's or Goldstein's.
    pub intensity: Option<f64>,
}

/// What a line was.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// A record; true where its cells had to be put right.
    Record(Outside, bool),
    /// A header or an empty line.
    Passed,
    /// A row that makes no sense, and why.
    Wrong(&'static str),
}

const UNKNOWN: &str = "its type is none that is known";

/// Why a row of an event that nobody dates is left out; its file is still one of its maker.
const UNDATED: &str = "it has no day";

/// Reads lines of a maker's files.
pub struct Reader {
    maker: Maker,
    /// Names of the columns, where the file has a header.
    header: Option<Vec<String>>,
}

impl Reader {
    /// For one file.
    pub fn new(maker: Maker) -> Self {
        Self { maker, header: None }
    }

    /// All rows of a file, each handed on with the number of its line as it is read.
    ///
    /// # Errors
    /// When the file cannot be read, no row of it makes sense, and those of `each`.
    pub fn read(&mut self, file: impl BufRead, mut each: impl FnMut(usize, Line) -> Result<()>) -> Result<()> {
        let mut rows = lines::Lines::new(file, self.maker != Maker::Gdelt);
        let (mut good, mut wrong, mut first) = (0_usize, 0_usize, None);
        loop {
            let row = rows.next().map_err(|error| {
                StoreError::new(
                    Fault::System,
                    format!("cannot read on: {error}"),
                    "nothing of this file is kept; copy or fetch it again",
                )
            })?;
            let Some((number, row)) = row else { break };
            let line = self.line(&row);
            match line {
                Line::Record(..) | Line::Wrong(UNDATED) => good += 1,
                Line::Wrong(why) => {
                    wrong += 1;
                    first.get_or_insert((number, why));
                }
                Line::Passed => {}
            }
            if wrong > 1000 && good * 10 < wrong {
                break;
            }
            each(number, line)?;
        }
        if good == 0 || good * 10 < wrong {
            let of = first.map(|(number, why)| format!(": line {number}: {why}")).unwrap_or_default();
            return Err(StoreError::new(
                Fault::Foreign,
                format!("this is no file of {}, {wrong} of its rows make no sense{of}", self.maker.as_str()),
                "say whose it is: --maker polecat, icews or gdelt; unpack it first if it is zipped",
            ));
        }
        Ok(())
    }

    /// One line.
    pub fn line(&mut self, line: &str) -> Line {
        if line.trim().is_empty() {
            return Line::Passed;
        }
        let cells: Vec<&str> = line.split('\t').map(|cell| cell.trim().trim_matches('"').trim()).collect();
        match self.maker {
            Maker::Gdelt => gdelt(&cells),
            Maker::Polecat | Maker::Icews => self.named(&cells),
        }
    }

    /// Files with a header, which may come again inside, or stand one column off its rows.
    fn named(&mut self, cells: &[&str]) -> Line {
        let plain = |name: &str| name.to_lowercase().replace(['_', '.'], " ");
        if cells.iter().any(|cell| plain(cell) == "event date") {
            self.header = Some(cells.iter().map(|cell| plain(cell)).collect());
            return Line::Passed;
        }
        let Some(header) = &self.header else { return Line::Wrong("there is no header before it") };
        let date = |name: &str| header.iter().position(|column| column == name);
        let Some(at) = date("event date") else { return Line::Wrong("the header names no date") };
        // The date tells how far the row stands from its header.
        let is_day = |n: usize| cells.get(n).is_some_and(|cell| Day::from_rfc3339(cell).is_some());
        let Some(found) = [at, at + 1, at.wrapping_sub(1)].into_iter().find(|&n| is_day(n)) else {
            let undated = cells.len() == header.len() && cells.get(at).is_some_and(|cell| cell.is_empty());
            return Line::Wrong(if undated { UNDATED } else { "no date stands where it should" });
        };
        let shift = found as isize - at as isize;
        let mut cells: Vec<&str> = cells.to_vec();
        if shift > 0 {
            cells.remove(0);
        } else if shift < 0 {
            cells.insert(0, "");
        }
        let mut mended = shift != 0;
        if cells.len() > header.len() + 8 {
            return Line::Wrong("it has many more cells than the header");
        }
        // A tab too many inside a name: an empty cell before the type moves everything after it.
        while cells.len() > header.len() {
            mended = true;
            let place = type_column(header).filter(|&n| !is_type(cells[n]) && cells[n].is_empty());
            match place.or_else(|| surplus(header, &cells)) {
                Some(n) => {
                    cells.remove(n);
                }
                None => {
                    cells.pop();
                }
            }
        }
        let cell = |names: &[&str]| {
            let place = names.iter().find_map(|name| header.iter().position(|column| column == name));
            place.and_then(|n| cells.get(n)).copied().filter(|cell| !matches!(*cell, "" | "None" | "NA" | "nan"))
        };
        let Some(day) = cell(&["event date"]).and_then(Day::from_rfc3339) else {
            return Line::Wrong("the date is none");
        };
        let Some(serial) = cell(&["event id"]) else { return Line::Wrong("it has no id") };
        let cameo = cell(&["cameo code"]).filter(|code| is_code(code));
        let kind = match self.maker {
            Maker::Polecat => cell(&["event type"]).and_then(|name| EventType::from_name(&name.to_uppercase())),
            // Our own files have PLOVER's type in words.
            _ => cell(&["claim id"]).and(cell(&["event text"])).and_then(plover).or_else(|| cameo.and_then(of_cameo)),
        };
        if kind.is_none() && !cameo.is_some_and(is_statement) {
            return Line::Wrong(UNKNOWN);
        }
        let actor = cell(&["actor country", "source country"]).or(cell(&["actor name", "source name"]));
        let recipient = cell(&["recipient country", "target country"]).or(cell(&["recipient name", "target name"]));
        let intensity = cell(&["intensity", "event intensity"]).and_then(|number| number.parse().ok());
        let (serial, actor, recipient) = (serial.to_owned(), code(actor), code(recipient));
        let record = Outside { serial, day, actor, recipient, kind, code: cameo.map(str::to_owned), intensity };
        Line::Record(record, mended)
    }
}

fn is_type(cell: &str) -> bool {
    EventType::from_name(&cell.to_uppercase()).is_some()
}

fn type_column(header: &[String]) -> Option<usize> {
    header.iter().position(|column| column == "event type")
}

/// The empty cell whose removal puts the coordinates where the header has them.
fn surplus(header: &[String], cells: &[&str]) -> Option<usize> {
    let latitude = header.iter().position(|column| column == "latitude")?;
    let number = |cell: Option<&&str>| cell.is_some_and(|cell| cell.parse::<f64>().is_ok());
    let moved = number(cells.get(latitude + 1)) && number(cells.get(latitude + 2)) && !number(cells.get(latitude));
    (0..=latitude).rev().find(|&n| moved && cells[n].is_empty())
}

/// A code as we have it: alpha-3 from a name, a code as it is, a name where it is neither.
fn code(party: Option<&str>) -> String {
    let Some(party) = party else { return String::new() };
    let first = party.split(';').next().unwrap_or(party).trim();
    if first.len() == 3 && first.bytes().all(|b| b.is_ascii_uppercase()) {
        return first.to_owned();
    }
    countries::code(first).map_or_else(|| first.to_owned(), str::to_owned)
}

/// Appeals (02) are requests, as they are in our own codebook, though the PLOVER manual's table leaves them out.
fn of_cameo(code: &str) -> Option<EventType> {
    if code.starts_with("02") {
        return Some(EventType::Request);
    }
    EventType::from_name(cameo::plover(code)?.0)
}

/// "Consult (visit)", as our own ICEWS files say it.
fn plover(text: &str) -> Option<EventType> {
    EventType::from_name(&text.split(' ').next()?.to_uppercase())
}

fn is_code(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit())
}

/// Public statements. CAMEO counts them as words of cooperation, whatever they say; PLOVER drops them.
fn is_statement(code: &str) -> bool {
    code.starts_with("01")
}

/// GDELT: 58 columns in version 1, 61 in version 2; the first 31 are the same.
fn gdelt(cells: &[&str]) -> Line {
    if !matches!(cells.len(), 57..=61) {
        return Line::Wrong("it has not the columns of GDELT");
    }
    let day = cells[1];
    if day.is_empty() {
        return Line::Wrong(UNDATED);
    }
    if day.len() != 8 || !day.is_ascii() {
        return Line::Wrong("its day is none");
    }
    let Some(day) = Day::from_rfc3339(&format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])) else {
        return Line::Wrong("its day is none");
    };
    let party = |country: usize, group: usize, name: usize| {
        [country, group, name]
            .into_iter()
            .map(|n| cells[n])
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
            .to_owned()
    };
    if cells[0].is_empty() || !is_code(cells[26]) {
        return Line::Wrong("it has no id or no code");
    }
    let kind = of_cameo(cells[26]);
    if kind.is_none() && !is_statement(cells[26]) {
        return Line::Wrong(UNKNOWN);
    }
    let record = Outside {
        serial: cells[0].to_owned(),
        day,
        actor: party(7, 8, 6),
        recipient: party(17, 18, 16),
        kind,
        code: Some(cells[26].to_owned()),
        intensity: cells[30].parse().ok(),
    };
    Line::Record(record, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tActor Name\tActor Country\tRecipient Name\t\
                          Recipient Country\tCity\tLatitude\tLongitude";

    fn polecat(lines: &[&str]) -> Vec<Line> {
        let mut reader = Reader::new(Maker::Polecat);
        lines.iter().map(|line| reader.line(line)).filter(|line| *line != Line::Passed).collect()
    }

    fn told(line: &Line) -> Option<(&str, &str, &str, bool)> {
        let Line::Record(record, mended) = line else { return None };
        let kind = match record.kind {
            Some(kind) => kind.as_str(),
            None => record.code.as_deref()?,
        };
        Some((&record.actor, &record.recipient, kind, *mended))
    }

    #[test]
    fn a_row_of_polecat_is_read_and_one_off_its_header_is_put_right() {
        let row = "1\t2025-04-23\tSANCTION\texpel\t-5.5\tIndia\tIND\tPakistan\tPAK\t\t33.1\t74.2";
        let shifted = format!("0\t{row}");
        let surplus = "2\t2025-04-23\tSANCTION\texpel\t-5.5\tIndia\tIND\tPakistan\tPAK\t\t\t33.1\t74.2";
        let found = polecat(&[HEADER, row, HEADER, &shifted, surplus, "3\tyesterday\tAID"]);
        assert_eq!(told(&found[0]), Some(("IND", "PAK", "SANCTION", false)));
        assert_eq!(told(&found[1]), Some(("IND", "PAK", "SANCTION", true)));
        assert_eq!(told(&found[2]), Some(("IND", "PAK", "SANCTION", true)));
        assert_eq!(found[3], Line::Wrong("no date stands where it should"));
    }

    #[test]
    fn a_row_of_icews_names_countries_in_words() {
        let mut reader = Reader::new(Maker::Icews);
        reader.line(
            "Event ID\tEvent Date\tSource Name\tSource Country\tCAMEO Code\tIntensity\tTarget Name\tTarget Country",
        );
        let line = reader.line("7\t2014-01-01\tCitizen (India)\tIndia\t190\t-10\tMilitary (Pakistan)\tPakistan");
        assert_eq!(told(&line), Some(("IND", "PAK", "ASSAULT", false)));
        let statement = reader.line("8\t2014-01-01\tA\tIndia\t010\t0\tB\tPakistan");
        assert_eq!(told(&statement), Some(("IND", "PAK", "010", false)));
        assert_eq!(reader.line("8\t2014-01-01\tA\tIndia\t990\t0\tB\tPakistan"), Line::Wrong(UNKNOWN));
        let appeal = reader.line("9\t2014-01-01\tA\tIndia\t0256\t0\tB\tPakistan");
        assert_eq!(told(&appeal), Some(("IND", "PAK", "REQUEST", false)));
        assert_eq!(reader.line("9\t\tA\tIndia\t0256\t0\tB\tPakistan"), Line::Wrong(UNDATED));
    }

    #[test]
    fn a_row_of_gdelt_is_told_by_its_columns() {
        let mut cells = vec![String::new(); 61];
        for (n, cell) in [(0, "9"), (1, "20250423"), (7, "IND"), (17, "PAK"), (26, "173"), (30, "-5.0")] {
            cells[n] = cell.to_owned();
        }
        let mut reader = Reader::new(Maker::Gdelt);
        assert_eq!(told(&reader.line(&cells.join("\t"))), Some(("IND", "PAK", "COERCE", false)));
        assert!(matches!(reader.line("1\t2\t3"), Line::Wrong(_)));
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        let text = "one\ttwo\n".repeat(20);
        let error = Reader::new(Maker::Gdelt).read(text.as_bytes(), |_, _| Ok(())).unwrap_err();
        assert_eq!(error.kind, Fault::Foreign);
    }
}
