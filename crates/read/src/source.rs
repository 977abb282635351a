//! Opening an input: gzip undone within bounds, its first bytes looked at, its form decided.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;

use crate::{ReadError, encoding};

/// Bytes looked at before the form is decided.
const HEAD: usize = 8192;
/// Inflated bytes allowed for every byte read, once there are many.
const RATIO: u64 = 200;
/// Inflated bytes that are always allowed.
const FREE: u64 = 16 << 20;

/// What an input is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text or Markdown: one report.
    Plain,
    /// An HTML page: one report.
    Page,
    /// One JSON object a line.
    Lines,
    /// JSON values one after the other, or in one array.
    Elements,
}

/// An open input.
pub struct Source {
    /// Its bytes from the first on, inflated.
    pub bytes: Box<dyn BufRead>,
    /// What it is taken for.
    pub form: Form,
}

/// Opens `raw`, the content of what is called `name`.
pub fn open(raw: impl Read + 'static, name: &str) -> Result<Source, ReadError> {
    let mut bytes: Box<dyn BufRead> = Box::new(BufReader::with_capacity(1 << 16, raw));
    let mut name = name.to_ascii_lowercase();
    for _ in 0..2 {
        let (head, rest) = peek(bytes)?;
        bytes = rest;
        if !head.starts_with(&[0x1F, 0x8B, 8]) {
            break;
        }
        let taken = Counted { inner: bytes, count: 0 };
        let inflated = Bounded { inner: MultiGzDecoder::new(BufReader::new(taken)), out: 0 };
        bytes = Box::new(BufReader::with_capacity(1 << 16, inflated));
        if let Some(inner) = name.strip_suffix(".gz") {
            name = inner.to_owned();
        }
    }
    let (head, bytes) = peek(bytes)?;
    if let Some(what) = encoding::binary(&head) {
        return Err(ReadError::Binary { what });
    }
    Ok(Source { bytes, form: form(&name, &head) })
}

/// The form, from the name's extension, else from how the content begins.
fn form(name: &str, head: &[u8]) -> Form {
    let text = encoding::decode(head, false).text;
    let text = text.trim_start();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "txt" | "md" | "text" | "markdown" => return Form::Plain,
        "html" | "htm" | "xhtml" => return Form::Page,
        "jsonl" | "ndjson" => return Form::Lines,
        _ => {}
    }
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.trim_start();
        if extension == "json" || inner.starts_with('{') {
            return Form::Elements;
        }
    }
    if let Some(inner) = text.strip_prefix('{') {
        let inner = inner.trim_start();
        if extension == "json" || inner.starts_with('"') || inner.starts_with('}') {
            // A row that ends where its line ends is one of many; else the object is spread over lines.
            let first = text.lines().next().unwrap_or("").trim_end();
            return if first.ends_with('}') || first.len() + 4 > text.len() { Form::Lines } else { Form::Elements };
        }
    }
    let lower = text.get(..text.len().min(1024)).unwrap_or(text).to_ascii_lowercase();
    let begins = lower.starts_with("<!doctype html") || lower.starts_with("<html");
    if begins || lower.starts_with('<') && (lower.contains("<html") || lower.contains("<head")) {
        return Form::Page;
    }
    Form::Plain
}

/// The first bytes, and the same bytes again before the rest.
fn peek(mut bytes: Box<dyn BufRead>) -> Result<(Vec<u8>, Box<dyn BufRead>), ReadError> {
    let mut head = Vec::with_capacity(HEAD);
    bytes.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(unbomb)?;
    let again = Cursor::new(head.clone()).chain(bytes);
    Ok((head, Box::new(again)))
}

/// All of `bytes`, if they are no more than `limit`.
pub fn all(bytes: &mut dyn BufRead, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut out = vec![];
    bytes.take(limit + 1).read_to_end(&mut out).map_err(unbomb)?;
    if out.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { Ok(out) }
}

/// Our own error back out of the one of the system it travelled in.
pub fn unbomb(error: io::Error) -> ReadError {
    let bomb = error.get_ref().and_then(|inner| inner.downcast_ref::<Bomb>());
    if bomb.is_some() { ReadError::Bomb { ratio: RATIO } } else { error.into() }
}

#[derive(Debug, thiserror::Error)]
#[error("inflates out of proportion")]
struct Bomb;

/// Counts what is read.
struct Counted {
    inner: Box<dyn BufRead>,
    count: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count += read as u64;
        Ok(read)
    }
}

/// Inflates in proportion.
struct Bounded {
    inner: MultiGzDecoder<BufReader<Counted>>,
    out: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.out += read as u64;
        if self.out > FREE && self.out > RATIO * self.inner.get_ref().get_ref().count {
            return Err(io::Error::other(Bomb));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn opened(bytes: &[u8], name: &str) -> (Form, Vec<u8>) {
        let mut source = open(Cursor::new(bytes.to_vec()), name).unwrap();
        (source.form, all(&mut source.bytes, 1 << 30).unwrap())
    }

    #[test]
    fn gzip_is_undone_and_the_name_inside_counts() {
        let (form, bytes) = opened(&gzip(b"Talks failed."), "a.html.gz");
        assert_eq!((form, bytes.as_slice()), (Form::Page, b"Talks failed.".as_slice()));
    }

    #[test]
    fn a_gzip_bomb_is_stopped() {
        let bomb = gzip(&vec![b'a'; 64 << 20]);
        let mut source = open(Cursor::new(bomb), "a.txt").unwrap();
        assert!(matches!(all(&mut source.bytes, 1 << 30), Err(ReadError::Bomb { .. })));
    }

    #[test]
    fn forms_are_told_by_name_and_else_by_content() {
        let form = |text: &str, name: &str| opened(text.as_bytes(), name).0;
        assert_eq!(form("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "-"), Form::Lines);
        assert_eq!(form("{\n \"text\": \"a\"\n}\n", "a.json"), Form::Elements);
        assert_eq!(form("[{\"text\":\"a\"}]", "a.json"), Form::Elements);
        assert_eq!(form("[Reuters] Talks failed.", "-"), Form::Plain);
        assert_eq!(form("<!DOCTYPE html><p>Talks", "-"), Form::Page);
        assert_eq!(form("{braces} open a text", "-"), Form::Plain);
        assert_eq!(form("{\"text\":", "a.txt"), Form::Plain);
    }
}
