//! Files in a tar, one after the other as they come: blocks of 512 bytes, a header before each file.

use std::io::{BufReader, Read};

use crate::{
    ReadError,
    member::{Member, Window},
    source::{Bytes, lift},
    zip::{hidden, outside},
};

/// Most bytes of a name that is told in a block of its own.
const LONGEST_NAME: u64 = 1 << 16;

/// An open tar.
pub struct Tar {
    window: Window,
    /// Filling after the current file.
    padding: u64,
    ended: bool,
}

impl Tar {
    /// Reads the tar from its first header.
    pub fn new(bytes: Bytes) -> Self {
        Self { window: Window::new(bytes), padding: 0, ended: false }
    }

    /// The next file, hidden ones left out; what gives none comes with its name, where it has one.
    pub fn next(&mut self) -> Option<Result<Member, (String, ReadError)>> {
        if self.ended {
            return None;
        }
        let found = self.advance().map_err(|error| (String::new(), error));
        self.ended = !matches!(found, Ok(Some(_)));
        match found.transpose()? {
            Ok(member) if outside(&member.name) => Some(Err((member.name, ReadError::Outside))),
            found => Some(found),
        }
    }

    fn advance(&mut self) -> Result<Option<Member>, ReadError> {
        let mut long: Option<String> = None;
        loop {
            self.pass()?;
            let mut block = [0u8; 512];
            let read = self.window.direct(|bytes| fill(bytes, &mut block)).map_err(lift)?;
            if read == 0 || block.iter().all(|&byte| byte == 0) {
                return Ok(None);
            }
            if read < block.len() {
                return Err(ReadError::CutOff);
            }
            let damaged = || ReadError::Damaged { what: "the header of a file in the tar is no header".to_owned() };
            let told = number(&block[148..156]).ok_or_else(damaged)?;
            let sum: u64 =
                block.iter().enumerate().map(|(i, &b)| u64::from(if (148..156).contains(&i) { b' ' } else { b })).sum();
            if sum != told {
                return Err(damaged());
            }
            let size = number(&block[124..136]).ok_or_else(damaged)?;
            self.window.open(size);
            self.padding = size.next_multiple_of(512).checked_sub(size).ok_or_else(damaged)?;
            match block[156] {
                // Names that do not fit: GNU's, and POSIX' `path=`.
                b'L' if size <= LONGEST_NAME => long = Some(text(&self.content(size)?)),
                b'x' if size <= LONGEST_NAME => long = path(&self.content(size)?).or(long),
                b'0' | 0 | b'7' => {
                    let prefix = if &block[257..263] == b"ustar\0" { text(&block[345..500]) } else { String::new() };
                    let short = text(&block[..100]);
                    let own = if prefix.is_empty() { short } else { format!("{prefix}/{short}") };
                    let name = long.take().unwrap_or(own);
                    if (outside(&name) || !hidden(&name)) && !name.ends_with('/') {
                        let bytes = Box::new(BufReader::new(self.window.clone()));
                        return Ok(Some(Member { name, url: None, charset: None, bytes }));
                    }
                }
                _ => {}
            }
        }
    }

    /// Passes over what is left of the current file.
    fn pass(&mut self) -> Result<(), ReadError> {
        let mut whole = self.window.skip().map_err(lift)?;
        self.window.open(std::mem::take(&mut self.padding));
        whole &= self.window.skip().map_err(lift)?;
        if whole { Ok(()) } else { Err(ReadError::CutOff) }
    }

    fn content(&mut self, size: u64) -> Result<Vec<u8>, ReadError> {
        let mut out = vec![];
        self.window.clone().take(size).read_to_end(&mut out).map_err(lift)?;
        Ok(out)
    }
}

/// Reads until `block` is full or the bytes end.
fn fill(bytes: &mut dyn std::io::BufRead, block: &mut [u8]) -> std::io::Result<usize> {
    let mut read = 0;
    while read < block.len() {
        match bytes.read(&mut block[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

/// Octal digits, or a binary number where the first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let digits = field.iter().enumerate().map(|(i, &byte)| if i == 0 { byte & 0x7F } else { byte });
        return digits.into_iter().try_fold(0u64, |sum, byte| sum.checked_mul(256)?.checked_add(byte.into()));
    }
    let digits = text(field);
    let digits = digits.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// `path=` of an extended header: lines of "length key=value".
fn path(content: &[u8]) -> Option<String> {
    let content = String::from_utf8_lossy(content);
    content.lines().find_map(|line| Some(line.split_once(' ')?.1.strip_prefix("path=")?.to_owned()))
}
