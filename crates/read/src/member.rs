//! What lies inside of an input: a file of a zip or tar, a capture of a WARC.

use std::{
    cell::RefCell,
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read, Seek},
    path::PathBuf,
    rc::Rc,
};

use crate::source::Bytes;

/// One of many in an input, to be opened as an input of its own.
pub struct Member {
    /// How it is called inside; tells its form.
    pub name: String,
    /// Address it was taken from, where the container says so.
    pub url: Option<String>,
    /// Encoding that it was sent with, where the container says so.
    pub charset: Option<String>,
    /// Its content.
    pub bytes: Bytes,
}

/// An input in which one may jump about.
#[derive(Clone)]
pub enum Seekable {
    /// A file, opened anew by everyone who reads it.
    File(PathBuf),
    /// Bytes in memory.
    Memory(bytes::Bytes),
}

/// Bytes one may jump about in.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl Seekable {
    /// The bytes from the first on.
    pub fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::new(File::open(path)?)),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }

    /// How many bytes there are.
    pub fn length(&self) -> io::Result<u64> {
        match self {
            Self::File(path) => Ok(std::fs::metadata(path)?.len()),
            Self::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }
}

/// A stream of which only so many bytes may be read for now; clones share both.
#[derive(Clone)]
pub struct Window(Rc<RefCell<Windowed>>);

struct Windowed {
    bytes: Bytes,
    left: u64,
}

impl Window {
    /// A closed window on `bytes`.
    pub fn new(bytes: Bytes) -> Self {
        Self(Rc::new(RefCell::new(Windowed { bytes, left: 0 })))
    }

    /// Opens it for the next `length` bytes; what was left of the last ones is passed over first.
    pub fn open(&self, length: u64) {
        self.0.borrow_mut().left = length;
    }

    /// Passes over what is left. False when the stream ended before.
    pub fn skip(&self) -> io::Result<bool> {
        let mut inner = self.0.borrow_mut();
        while inner.left > 0 {
            let chunk = inner.bytes.fill_buf()?;
            let length = chunk.len().min(usize::try_from(inner.left).unwrap_or(usize::MAX));
            if length == 0 {
                inner.left = 0;
                return Ok(false);
            }
            inner.bytes.consume(length);
            inner.left -= length as u64;
        }
        Ok(true)
    }

    /// Reads the stream itself, whatever the window.
    pub fn direct<T>(&self, read: impl FnOnce(&mut dyn BufRead) -> T) -> T {
        read(&mut *self.0.borrow_mut().bytes)
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut inner = self.0.borrow_mut();
        let most = buffer.len().min(usize::try_from(inner.left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let read = inner.bytes.read(&mut buffer[..most])?;
        if read == 0 {
            inner.left = 0;
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        inner.left -= read as u64;
        Ok(read)
    }
}
