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
        None => Ok(Box::new(BufWriter::new(io::stdout().lock()))),
        Some(path) => {
            let file = File::create(path).with_context(|| {
                format!("cannot write {}; is the folder there, and may you write in it?", path.display())
            })?;
            Ok(Box::new(BufWriter::new(file)))
        }
    }
}

/// Standard output for text with colours, which are left out where nobody sees them. What strips them writes in small pieces
/// and standard output hands on every line, so the buffer stands between the two.
pub fn styled() -> Box<dyn Write> {
    let out = io::stdout().lock();
    match AutoStream::choice(&out) {
        ColorChoice::Never => Box::new(StripStream::new(Box::new(BufWriter::new(out)) as Box<dyn Write>)),
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
