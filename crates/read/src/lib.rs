//! Bytes of any kind to reports: files, folders and standard input; plain text, Markdown, HTML and JSON, gzipped or not.
//!
//! ```
//! use demarche_read::{Input, Options, read};
//! let reading = read(&[Input::Bytes { name: "note.txt".into(), bytes: b"Talks failed.".to_vec() }], &Options::default());
//! assert_eq!(reading.reports[0].id, "note");
//! assert_eq!(reading.reports[0].text, "Talks failed.");
//! ```

mod elements;
mod encoding;
mod error;
mod files;
mod finish;
mod html;
mod language;
mod published;
mod rows;
mod source;

use std::{
    collections::{BTreeMap, VecDeque},
    ffi::OsStr,
    fs::File,
    io::{self, BufRead, Cursor},
    path::PathBuf,
};

use demarche_core::Report;

pub use error::ReadError;
pub use files::id_of;
pub use language::detect_language;
pub use published::rfc3339;
use source::{Form, Source};

/// Where reports come from. The order is that of reading: files by the bytes of their paths, standard input last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file, or a folder with all below it.
    Path(PathBuf),
    /// Bytes in memory; the name's extension tells their form as a file's would.
    Bytes {
        /// As a file would be called.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
    /// Standard input.
    Stdin,
}

impl Input {
    /// A word of the command line: `-` is standard input.
    pub fn from_argument(argument: &OsStr) -> Self {
        if argument == "-" { Self::Stdin } else { Self::Path(argument.into()) }
    }
}

/// What holds for all inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Outlet of the reports that name none.
    pub outlet: Option<String>,
    /// Time of publication of the reports that give none, RFC 3339.
    pub published: Option<String>,
    /// Most bytes of one report, or of one row.
    pub limit: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { outlet: None, published: None, limit: 64 << 20 }
    }
}

/// An input, or a row of one, that gave no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file, `-` for standard input.
    pub path: String,
    /// Row of the file, counted from 1: the line of JSON Lines, the element of an array.
    pub row: Option<usize>,
    /// Why.
    pub reason: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Skipped {
    fn new(path: &str, row: Option<usize>, error: &ReadError) -> Self {
        Self { path: path.to_owned(), row, reason: error.to_string(), hint: error.hint() }
    }
}

impl std::fmt::Display for Skipped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        write!(f, ": {}", self.reason)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " ({hint})"))
    }
}

/// All reports of some inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of [`Input`], then of the rows, whatever the order of the arguments.
    pub reports: Vec<Report>,
    /// What gave none, in the same order.
    pub skipped: Vec<Skipped>,
}

/// Reads everything into memory.
pub fn read(inputs: &[Input], options: &Options) -> Reading {
    let mut reading = Reading::default();
    for item in stream(inputs, options) {
        match item {
            Ok(report) => reading.reports.push(report),
            Err(skipped) => reading.skipped.push(skipped),
        }
    }
    reading
}

/// Reads one report after the other: memory holds one, however many rows an input has.
pub fn stream(inputs: &[Input], options: &Options) -> Stream {
    let (mut opened, mut skipped) = (vec![], VecDeque::new());
    for input in inputs {
        let Input::Path(path) = input else {
            opened.push(input.clone());
            continue;
        };
        match files::files(path) {
            Ok(files) => opened.extend(files.into_iter().map(Input::Path)),
            Err(error) => skipped.push_back(Skipped::new(&path.display().to_string(), None, &error)),
        }
    }
    opened.sort();
    opened.dedup();
    Stream { inputs: opened.into(), skipped, options: options.clone(), current: None, ids: BTreeMap::new() }
}

/// Reads one file, whatever its name says, as plain text.
pub fn read_text(input: &Input, options: &Options) -> Result<Report, Skipped> {
    let mut stream = Stream {
        inputs: VecDeque::new(),
        skipped: VecDeque::new(),
        options: options.clone(),
        current: None,
        ids: BTreeMap::new(),
    };
    if let Input::Path(path) = input {
        files::files(path).map_err(|error| Skipped::new(&path.display().to_string(), None, &error))?;
    }
    stream.open(input.clone())?;
    if let Some(current) = &mut stream.current {
        current.source.form = Form::Plain;
    }
    stream.next().unwrap_or_else(|| Err(Skipped::new("", None, &ReadError::Empty)))
}

/// Iterator over reports, and over what gave none.
pub struct Stream {
    inputs: VecDeque<Input>,
    skipped: VecDeque<Skipped>,
    options: Options,
    current: Option<Current>,
    /// How many reports have had an id.
    ids: BTreeMap<String, usize>,
}

/// The input that is being read.
struct Current {
    path: String,
    id: String,
    source: Source,
    row: usize,
}

impl Iterator for Stream {
    type Item = Result<Report, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(skipped) = self.skipped.pop_front() {
            return Some(Err(skipped));
        }
        loop {
            if let Some(current) = &mut self.current {
                match current.next(&self.options) {
                    Some(Ok(report)) => return Some(Ok(self.named(report))),
                    Some(Err(skipped)) => return Some(Err(skipped)),
                    None => self.current = None,
                }
            }
            let input = self.inputs.pop_front()?;
            if let Err(skipped) = self.open(input) {
                return Some(Err(skipped));
            }
        }
    }
}

impl Stream {
    fn open(&mut self, input: Input) -> Result<(), Skipped> {
        let (path, id, source) = match input {
            Input::Stdin => ("-".to_owned(), "stdin".to_owned(), source::open(io::stdin(), "-")),
            Input::Bytes { name, bytes } => {
                (name.clone(), id_of(name.as_ref()), source::open(Cursor::new(bytes), &name))
            }
            Input::Path(path) => {
                let shown = path.display().to_string();
                let opened = File::open(&path).map_err(ReadError::from);
                (shown.clone(), id_of(&path), opened.and_then(|file| source::open(file, &shown)))
            }
        };
        let source = source.map_err(|error| Skipped::new(&path, None, &error))?;
        self.current = Some(Current { path, id, source, row: 0 });
        Ok(())
    }

    /// Makes the id unique: the second report called `a` is `a#2`.
    fn named(&mut self, mut report: Report) -> Report {
        let count = self.ids.entry(report.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            report.id = format!("{}#{count}", report.id);
        }
        report
    }
}

impl Current {
    fn next(&mut self, options: &Options) -> Option<Result<Report, Skipped>> {
        let limit = options.limit;
        let found = match self.source.form {
            Form::Plain | Form::Page if self.row > 0 => return None,
            Form::Plain | Form::Page => {
                self.row = 1;
                let whole = self.whole(limit);
                return Some(self.finished(whole, None, options));
            }
            Form::Lines => loop {
                let line = elements::line(&mut self.source.bytes, limit)?;
                self.row += 1;
                if self.row == 1
                    && line
                        .as_ref()
                        .is_ok_and(|line| line.starts_with(&[0xFF, 0xFE]) || line.starts_with(&[0xFE, 0xFF]))
                {
                    if let Err(error) = self.narrow(line.unwrap_or_default(), limit) {
                        break Err(error);
                    }
                    continue;
                }
                if !line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty()) {
                    break line.and_then(|line| json(&line));
                }
            },
            Form::Elements => {
                let value = elements::next(&mut self.source.bytes, limit)?;
                self.row += 1;
                value.and_then(|value| json(&value))
            }
        };
        if let Err(ReadError::Io(_) | ReadError::Bomb { .. }) = found {
            self.source.bytes = Box::new(io::empty()); // Nothing can follow.
        }
        Some(self.finished(found, Some(self.row), options))
    }

    fn finished(
        &self,
        found: Result<Report, ReadError>,
        row: Option<usize>,
        options: &Options,
    ) -> Result<Report, Skipped> {
        let finished = found.and_then(|mut report| {
            if report.id.is_empty() {
                report.id.clone_from(&self.id);
            }
            finish::finish(report, options)
        });
        finished.map_err(|error| Skipped::new(&self.path, row, &error))
    }

    /// A file that is one report.
    fn whole(&mut self, limit: u64) -> Result<Report, ReadError> {
        let bytes = source::all(&mut self.source.bytes, limit)?;
        let page = self.source.form == Form::Page;
        let decoded = encoding::decode(&bytes, page);
        let mut report =
            if page { html::page(&decoded.text)? } else { Report { text: decoded.text, ..Report::default() } };
        if let Some(name) = decoded.from.filter(|_| !page) {
            finish::warn(&mut report, format!("read as {name}: the file is not in UTF-8"));
        }
        Ok(report)
    }

    /// Rows in UTF-16 are decoded as a whole.
    fn narrow(&mut self, mut bytes: Vec<u8>, limit: u64) -> Result<(), ReadError> {
        bytes.push(b'\n');
        bytes.extend(source::all(&mut self.source.bytes, limit)?);
        let text = encoding::decode(&bytes, false).text;
        self.source.bytes = Box::new(Cursor::new(text.into_bytes())) as Box<dyn BufRead>;
        self.row = 0;
        Ok(())
    }
}

/// A row from its bytes, which may be in an old encoding.
fn json(bytes: &[u8]) -> Result<Report, ReadError> {
    let decoded = encoding::decode(bytes, false);
    let mut report = rows::row(decoded.text.trim())?;
    if let Some(name) = decoded.from {
        finish::warn(&mut report, format!("read as {name}: the row is not in UTF-8"));
    }
    Ok(report)
}
