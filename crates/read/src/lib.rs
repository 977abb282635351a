//! Bytes of any kind to reports: files, folders and standard input; text, Markdown, HTML, feeds, rows of JSON, CSV and
//! Parquet, captures of the web; gzipped or in zip and tar archives.
//!
//! [`stream`] is the one way in: it yields reports, and what gave none, one by one. Memory holds one report at a time.
//!
//! ```
//! use demarche_read::{Input, Options, read};
//! let reading = read(&[Input::Bytes { name: "note.txt".into(), bytes: b"Talks failed.".to_vec() }], &Options::default());
//! assert_eq!(reading.reports[0].id, "note");
//! assert_eq!(reading.reports[0].text, "Talks failed.");
//! ```

mod columns;
mod current;
mod elements;
mod encoding;
mod error;
mod feed;
mod files;
mod finish;
mod http;
mod ids;
mod language;
mod markdown;
mod member;
mod page;
mod parquet;
mod published;
mod rows;
mod source;
mod table;
mod tar;
mod warc;
mod zip;

use std::{
    collections::VecDeque,
    ffi::OsStr,
    fs::File,
    io::{self, Cursor},
    path::PathBuf,
};

use demarche_core::Report;

pub use columns::Columns;
use current::{Current, Found};
pub use error::ReadError;
pub use feed::{Feed, feed};
pub use files::id_of;
use ids::Ids;
pub use language::detect_language;
use member::Seekable;
pub use published::rfc3339;
use source::Form;

/// Archives within archives that are opened.
const DEEPEST: usize = 3;

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
    /// Names of the columns of tables, where they are not the usual ones.
    pub columns: Columns,
    /// Most bytes of one report, or of one row.
    pub limit: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { outlet: None, published: None, columns: Columns::default(), limit: 64 << 20 }
    }
}

/// An input, or a row of one, that gave no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file, `-` for standard input; with the file inside of it where it holds many.
    pub path: String,
    /// Row of the file, counted from 1: the line of JSON Lines, the element of an array, the row of a table with that of
    /// the names, the entry of a feed, the record of a WARC.
    pub row: Option<usize>,
    /// Why.
    pub reason: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// True where what came before it in the same file was read.
    pub rest: bool,
}

impl Skipped {
    fn new(path: &str, row: Option<usize>, error: &ReadError) -> Self {
        let rest = matches!(error, ReadError::CutOff | ReadError::Broken { .. });
        Self { path: path.to_owned(), row, reason: error.to_string(), hint: error.hint(), rest }
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

/// Reads one report after the other: memory holds one, however many rows an input has. This is the one way in.
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
    Stream { inputs: opened.into(), skipped, options: options.clone(), open: vec![], ids: Ids::default(), plain: false }
}

/// Reads one file, whatever its name says, as plain text.
pub fn read_text(input: &Input, options: &Options) -> Result<Report, Skipped> {
    if let Input::Path(path) = input {
        files::files(path).map_err(|error| Skipped::new(&path.display().to_string(), None, &error))?;
    }
    let inputs = VecDeque::from([input.clone()]);
    let (options, ids) = (options.clone(), Ids::default());
    let mut stream = Stream { inputs, skipped: VecDeque::new(), options, open: vec![], ids, plain: true };
    stream.next().unwrap_or_else(|| Err(Skipped::new("", None, &ReadError::Empty)))
}

/// Iterator over reports, and over what gave none.
pub struct Stream {
    inputs: VecDeque<Input>,
    skipped: VecDeque<Skipped>,
    options: Options,
    /// What is being read; the last lies in the one before it.
    open: Vec<Current>,
    ids: Ids,
    /// True where everything is taken for plain text.
    plain: bool,
}

impl Iterator for Stream {
    type Item = Result<Report, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(skipped) = self.skipped.pop_front() {
            return Some(Err(skipped));
        }
        loop {
            if let Some(current) = self.open.last_mut() {
                let depth = current.depth;
                let next = current.next(&self.options);
                let silent = !std::mem::replace(&mut current.told, true);
                match next {
                    Some(Found::Report(report)) => return Some(Ok(self.named(*report))),
                    Some(Found::Skipped(skipped)) => return Some(Err(skipped)),
                    Some(Found::Inside(path, member)) => {
                        if depth == DEEPEST {
                            let error = ReadError::TooDeep { deepest: DEEPEST };
                            return Some(Err(Skipped::new(&path, None, &error)));
                        }
                        match Current::inside(&path, *member, depth + 1, &self.options) {
                            Ok(inside) => self.open.push(inside),
                            Err(skipped) => return Some(Err(skipped)),
                        }
                    }
                    None => {
                        let ended = self.open.pop();
                        if let Some(ended) = ended.filter(|_| silent) {
                            return Some(Err(Skipped::new(&ended.path, None, &ReadError::NoReport)));
                        }
                    }
                }
                continue;
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
        let (path, id, source, whole) = match input {
            Input::Stdin => ("-".to_owned(), "stdin".to_owned(), source::open(io::stdin(), "-"), None),
            Input::Bytes { name, bytes } => {
                let bytes = bytes::Bytes::from(bytes);
                let source = source::open(Cursor::new(bytes.clone()), &name);
                (name.clone(), id_of(name.as_ref()), source, Some(Seekable::Memory(bytes)))
            }
            Input::Path(path) => {
                let shown = path.display().to_string();
                let source = File::open(&path).map_err(ReadError::from).and_then(|file| source::open(file, &shown));
                (shown, id_of(&path), source, Some(Seekable::File(path)))
            }
        };
        let opened = source.and_then(|mut source| {
            if self.plain {
                source.form = Form::Plain;
            }
            let whole = whole.filter(|_| source.raw);
            Current::open(path.clone(), id, source, whole, &self.options)
        });
        self.open.push(opened.map_err(|error| Skipped::new(&path, None, &error))?);
        Ok(())
    }

    /// Makes the id unique: the second report called `a` is `a#2`.
    fn named(&mut self, mut report: Report) -> Report {
        let count = self.ids.count(&report.id);
        if count > 1 {
            report.id = format!("{}#{count}", report.id);
        }
        report
    }
}
