//! The commands, one file each: arguments, and `run`.

pub mod annotate;
pub mod archive;
pub mod brief;
pub mod code;
pub mod codebook;
pub mod explain;
pub mod export;
pub mod help;
pub mod link;
mod pairs;
pub mod parse;
mod progress;
pub mod stories;
pub mod track;
pub mod watch;

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use anstream::{AutoStream, ColorChoice, StripStream};
use anyhow::{Context, Result};
use serde::Serialize;

/// Standard output, or the file of `--out`.
pub fn sink(out: Option<&Path>) -> Result<Box<dyn Write>> {
    match out {
        None => Ok(Box::new(BufWriter::new(Named::stdout()))),
        Some(path) => {
            let inner = File::create(path).with_context(|| {
                format!("cannot write {}; is the folder there, and may you write in it?", path.display())
            })?;
            Ok(Box::new(BufWriter::new(Named::file(path, inner, AGAIN))))
        }
    }
}

/// What to do where there is no room.
const AGAIN: &str = "what was written so far is not whole; make room and run the same command again";

/// What is written to, with its name in what goes wrong.
pub struct Named<W> {
    name: String,
    inner: W,
    /// What to do where there is no room.
    full: &'static str,
}

impl Named<io::StdoutLock<'static>> {
    /// Standard output.
    pub fn stdout() -> Self {
        Self { name: "standard output".to_owned(), inner: io::stdout().lock(), full: AGAIN }
    }
}

impl Named<File> {
    /// A file, with what to do when the disk is full.
    pub fn file(path: &Path, inner: File, full: &'static str) -> Self {
        Self { name: path.display().to_string(), inner, full }
    }
}

impl<W> Named<W> {
    fn told(&self, error: &io::Error) -> io::Error {
        let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        let hint = if full { format!(" ({})", self.full) } else { String::new() };
        io::Error::new(error.kind(), format!("cannot write {}: {error}{hint}", self.name))
    }
}

impl<W: Write> Write for Named<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes).map_err(|error| self.told(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush().map_err(|error| self.told(&error))
    }
}

/// Standard output for text with colours, which are left out where nobody sees them. What strips them writes in small pieces
/// and standard output hands on every line, so the buffer stands between the two.
pub fn styled() -> Box<dyn Write> {
    let out = io::stdout().lock();
    match AutoStream::choice(&out) {
        ColorChoice::Never => Box::new(StripStream::new(Box::new(BufWriter::new(Named::stdout())) as Box<dyn Write>)),
        _ => Box::new(BufWriter::new(AutoStream::auto(out))),
    }
}

/// A number with what it counts: "1 claim", "3 new versions".
pub fn counted(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// One JSON value on one line.
pub fn json_line(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}
