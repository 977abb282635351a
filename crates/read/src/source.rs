//! Opening an input: gzip undone within bounds, its first bytes looked at, its form decided.

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Cursor, Read},
    rc::Rc,
};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};

use crate::{ReadError, encoding};

/// Bytes looked at before the form is decided.
const HEAD: usize = 8192;
/// Inflated bytes allowed for every byte read, once there are many.
const RATIO: u64 = 100;
/// Inflated bytes that are always allowed.
const FREE: u64 = 32 << 20;

/// Bytes from wherever they come.
pub type Bytes = Box<dyn BufRead>;

/// What an input is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Plain text: one report.
    Plain,
    /// Markdown: one report.
    Markdown,
    /// An HTML page: one report.
    Page,
    /// One JSON object a line.
    Lines,
    /// JSON values one after the other, or in one array.
    Elements,
    /// RSS or Atom.
    Feed,
    /// JSON Feed.
    JsonFeed,
    /// Rows of fields apart by this byte, names in the first.
    Table(u8),
    /// A Parquet table.
    Parquet,
    /// Captures of web pages.
    Warc,
    /// Files in a zip.
    Zip,
    /// Files in a tar.
    Tar,
}

/// An open input.
pub struct Source {
    /// Its bytes from the first on, inflated.
    pub bytes: Bytes,
    /// What it is taken for.
    pub form: Form,
    /// True where the bytes are those of the input itself, not inflated.
    pub raw: bool,
}

/// Opens `raw`, the content of what is called `name`.
pub fn open(raw: impl Read + 'static, name: &str) -> Result<Source, ReadError> {
    let mut bytes: Bytes = Box::new(BufReader::with_capacity(1 << 16, raw));
    let mut name = name.to_ascii_lowercase();
    let mut layers = 0;
    let head = loop {
        let (head, rest) = peek(bytes)?;
        bytes = rest;
        if layers == 2 || !head.starts_with(&[0x1F, 0x8B, 8]) {
            break head;
        }
        layers += 1;
        let read = Rc::new(Cell::new(0));
        let taken = BufReader::with_capacity(1 << 15, Counted { inner: bytes, count: read.clone() });
        let budget = Budget { read, out: Rc::default() };
        bytes = Box::new(BufReader::with_capacity(1 << 16, Bounded { inner: MultiGzDecoder::new(taken), budget }));
        name = match name.rsplit_once('.') {
            Some((inner, "gz")) => inner.to_owned(),
            Some((inner, "tgz")) => format!("{inner}.tar"),
            _ => name,
        };
    };
    let form = if let Some(form) = container(&head) {
        form
    } else {
        if let Some(what) = encoding::binary(&head) {
            return Err(ReadError::Binary { what });
        }
        form(&name, &head)?
    };
    if matches!(form, Form::Lines | Form::Elements | Form::Table(_)) {
        bytes = narrow(bytes, &head);
    }
    Ok(Source { bytes, form, raw: layers == 0 })
}

/// What is told by the first bytes alone, whatever the name says.
fn container(head: &[u8]) -> Option<Form> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Some(Form::Zip)
    } else if head.starts_with(b"PAR1") {
        Some(Form::Parquet)
    } else if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
        Some(Form::Warc)
    } else if head.get(257..262) == Some(b"ustar") {
        Some(Form::Tar)
    } else {
        None
    }
}

/// The form, from the name's extension, else from how the content begins.
fn form(name: &str, head: &[u8]) -> Result<Form, ReadError> {
    let text = encoding::decode(head, false).text;
    let text = text.trim_start();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "txt" | "text" => return Ok(Form::Plain),
        "md" | "markdown" => return Ok(Form::Markdown),
        "html" | "htm" | "xhtml" => return Ok(Form::Page),
        "jsonl" | "ndjson" => return Ok(Form::Lines),
        "csv" => return Ok(Form::Table(separator(text))),
        "tsv" | "tab" => return Ok(Form::Table(b'\t')),
        "warc" => return Err(ReadError::NotA { what: "a WARC file" }),
        "parquet" => return Err(ReadError::NotA { what: "a Parquet table" }),
        "zip" => return Err(ReadError::NotA { what: "a zip archive" }),
        _ => {}
    }
    if text.starts_with('{') && text.contains("\"version\"") && text.contains("//jsonfeed.org/version/") {
        return Ok(Form::JsonFeed);
    }
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.trim_start();
        if extension == "json" || inner.starts_with('{') {
            return Ok(Form::Elements);
        }
    }
    if let Some(inner) = text.strip_prefix('{') {
        let inner = inner.trim_start();
        if extension == "json" || inner.starts_with('"') || inner.starts_with('}') {
            // A row that ends where its line ends is one of many; else the object is spread over lines.
            let first = text.lines().next().unwrap_or("").trim_end();
            let many = first.ends_with('}') || first.len() + 4 > text.len();
            return Ok(if many { Form::Lines } else { Form::Elements });
        }
    }
    let lower = text.get(..text.floor_char_boundary(1024)).unwrap_or(text).to_ascii_lowercase();
    match root(text).as_deref() {
        Some("rss" | "feed" | "rdf" | "channel") => return Ok(Form::Feed),
        Some("html") => return Ok(Form::Page),
        _ if lower.starts_with("<!doctype html") => return Ok(Form::Page),
        _ if lower.starts_with('<') && (lower.contains("<html") || lower.contains("<head")) => return Ok(Form::Page),
        Some(_) if matches!(extension, "rss" | "atom" | "rdf") => return Ok(Form::Feed),
        Some(_) if extension == "xml" || lower.starts_with("<?xml") => {
            return Err(ReadError::NotA { what: "a feed (RSS or Atom)" });
        }
        _ => {}
    }
    Ok(Form::Plain)
}

/// Name of the outermost element in lower case and without prefix, where the text is XML or HTML.
fn root(text: &str) -> Option<String> {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        if let Some(inner) = rest.strip_prefix("<!--") {
            rest = inner.split_once("-->")?.1;
        } else if let Some(inner) = rest.strip_prefix("<?") {
            rest = inner.split_once("?>")?.1;
        } else if rest.starts_with("<!") {
            // A DOCTYPE may hold declarations in brackets.
            let bracket = rest.find('[').filter(|&at| rest.find('>').is_some_and(|end| at < end));
            rest = match bracket {
                Some(at) => rest[at..].split_once(']')?.1.split_once('>')?.1,
                None => rest.split_once('>')?.1,
            };
        } else {
            break;
        }
        rest = rest.trim_start();
    }
    let name: String =
        rest.strip_prefix('<')?.chars().take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '-' | '_')).collect();
    let local = name.rsplit(':').next().unwrap_or("").to_ascii_lowercase();
    (!local.is_empty()).then_some(local)
}

/// The byte that stands most often in the line of names, outside of quotes.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    for byte in text.lines().next().unwrap_or("").bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(mark, _)| *mark == byte && !quoted) {
            *count += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 0).map_or(b',', |(mark, _)| *mark)
}

/// The first bytes, and the same bytes again before the rest.
fn peek(mut bytes: Bytes) -> Result<(Vec<u8>, Bytes), ReadError> {
    let mut head = Vec::with_capacity(HEAD);
    if let Err(error) = bytes.by_ref().take(HEAD as u64).read_to_end(&mut head)
        && head.is_empty()
    {
        return Err(lift(error));
    }
    let again = Cursor::new(head.clone()).chain(bytes);
    Ok((head, Box::new(again)))
}

/// All of `bytes`, if they are no more than `limit`.
pub fn all(bytes: &mut dyn BufRead, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut out = vec![];
    bytes.take(limit + 1).read_to_end(&mut out).map_err(lift)?;
    if out.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { Ok(out) }
}

/// Our own error back out of the one of the system it travelled in.
pub fn lift(error: io::Error) -> ReadError {
    if error
        .get_ref()
        .is_some_and(<dyn std::error::Error + std::marker::Send + std::marker::Sync + 'static>::is::<Bomb>)
    {
        return ReadError::Bomb { ratio: RATIO };
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => ReadError::CutOff,
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => ReadError::Damaged { what: error.to_string() },
        _ => error.into(),
    }
}

#[derive(Debug, thiserror::Error)]
#[error("inflates out of proportion")]
struct Bomb;

/// Counts what is read.
struct Counted {
    inner: Bytes,
    count: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// What may still be inflated; clones share it.
#[derive(Clone, Default)]
pub struct Budget {
    /// Bytes read.
    pub read: Rc<Cell<u64>>,
    /// Bytes inflated.
    pub out: Rc<Cell<u64>>,
}

impl Budget {
    /// The reason why nothing more is inflated, once that is so.
    pub fn spent(&self) -> Option<ReadError> {
        let out = self.out.get();
        (out > FREE && out > RATIO * self.read.get()).then_some(ReadError::BehindBomb { ratio: RATIO })
    }
}

/// Inflates in proportion.
struct Bounded<R> {
    inner: R,
    budget: Budget,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.out.set(self.budget.out.get() + read as u64);
        if self.budget.spent().is_some() {
            return Err(io::Error::other(Bomb));
        }
        Ok(read)
    }
}

/// Bare deflate, as in a zip, within a budget.
pub fn inflate(bytes: impl BufRead + 'static, budget: Budget) -> impl Read {
    Bounded { inner: DeflateDecoder::new(bytes), budget }
}

/// Rows in UTF-16 become rows in UTF-8.
fn narrow(bytes: Bytes, head: &[u8]) -> Bytes {
    let encoding = match head {
        [0xFF, 0xFE, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] => UTF_16BE,
        _ => return bytes,
    };
    Box::new(BufReader::new(Narrow { inner: bytes, decoder: encoding.new_decoder(), ended: false }))
}

struct Narrow {
    inner: Bytes,
    decoder: Decoder,
    ended: bool,
}

impl Read for Narrow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The decoder wants room for one character.
        while buffer.len() >= 8 && !self.ended {
            let chunk = self.inner.fill_buf()?;
            let last = chunk.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(chunk, buffer, last);
            self.ended = last && result == CoderResult::InputEmpty;
            self.inner.consume(read);
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
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
    fn a_gzip_that_breaks_off_is_said_to() {
        let whole = gzip(&(0..200_000u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>());
        let mut source = open(Cursor::new(whole[..whole.len() / 2].to_vec()), "a.txt").err();
        if source.is_none() {
            let mut opened = open(Cursor::new(whole[..whole.len() / 2].to_vec()), "a.txt").unwrap();
            source = all(&mut opened.bytes, 1 << 30).err();
        }
        assert!(matches!(source, Some(ReadError::CutOff | ReadError::Binary { .. })));
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
        assert_eq!(form("<?xml version='1.0'?><!-- wire --><rss version='2.0'><channel/></rss>", "-"), Form::Feed);
        assert_eq!(form("<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", "news.xml"), Form::Feed);
        assert_eq!(form("id;text;day\n1;\"a;b,c,d,e\";2\n", "a.csv"), Form::Table(b';'));
        assert_eq!(
            form("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}", "feed.json"),
            Form::JsonFeed
        );
        assert_eq!(form("WARC/1.1\r\n\r\n", "-"), Form::Warc);
    }

    #[test]
    fn what_is_not_what_its_name_says_is_refused() {
        for name in ["a.parquet", "a.warc", "a.zip"] {
            assert!(matches!(open(Cursor::new(b"Talks failed."), name), Err(ReadError::NotA { .. })), "{name}");
        }
        assert!(matches!(open(Cursor::new(b"<?xml version='1.0'?><svg/>"), "a.xml"), Err(ReadError::NotA { .. })));
    }

    #[test]
    fn rows_in_utf_16_are_narrowed_as_they_are_read() {
        let wide: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("id\ttext\n1\tA truce – at last\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(opened(&wide, "a.tsv").1, "id\ttext\n1\tA truce – at last\n".as_bytes());
    }
}
