//! Captures of web pages in a WARC file (ISO 28500), one after the other as they come.

use std::io::{BufRead, Cursor, Read};

use crate::{
    ReadError, http,
    member::{Member, Window},
    source::{Bytes, lift},
};

/// Most bytes of a record's header.
const LONGEST_HEADER: u64 = 1 << 16;

/// An open WARC.
pub struct Warc {
    window: Window,
    limit: u64,
    /// Records that came so far.
    pub records: usize,
    ended: bool,
}

impl Warc {
    /// Reads the WARC from its first record; larger captures than `limit` bytes are passed over.
    pub fn new(bytes: Bytes, limit: u64) -> Self {
        Self { window: Window::new(bytes), limit, records: 0, ended: false }
    }

    /// The next capture of a text. Requests, metadata, pictures, redirections and errors of servers are passed over.
    pub fn next(&mut self) -> Option<Result<Member, (String, ReadError)>> {
        while !self.ended {
            match self.advance() {
                Ok(Some(member)) => return Some(Ok(member)),
                Ok(None) => {}
                Err((fatal, address, error)) => {
                    self.ended = fatal;
                    return Some(Err((address, error)));
                }
            }
        }
        None
    }

    /// One record further. An error says whether the next record can still be found, and the address.
    fn advance(&mut self) -> Result<Option<Member>, (bool, String, ReadError)> {
        let fatal = |error| (true, String::new(), error);
        if !self.window.skip().map_err(|error| fatal(lift(error)))? {
            return Err(fatal(ReadError::CutOff));
        }
        let Some(header) = self.header().map_err(fatal)? else {
            self.ended = true;
            return Ok(None);
        };
        self.records += 1;
        let address = field(&header, "warc-target-uri").unwrap_or("").trim_matches(['<', '>']).to_owned();
        let length: u64 = field(&header, "content-length")
            .and_then(|length| length.parse().ok())
            .ok_or_else(|| fatal(ReadError::Damaged { what: "a record does not tell its length".to_owned() }))?;
        self.window.open(length);
        let kind = field(&header, "warc-type").unwrap_or("").to_ascii_lowercase();
        if !matches!(kind.as_str(), "response" | "resource" | "conversion") || !address.starts_with("http") {
            return Ok(None);
        }
        let media = field(&header, "content-type").unwrap_or("").to_ascii_lowercase();
        let sent = kind == "response" && media.starts_with("application/http");
        if !sent && !http::is_text(&media) {
            return Ok(None);
        }
        if length > self.limit {
            return Err((false, address, ReadError::TooLarge { limit: self.limit }));
        }
        let mut content = vec![];
        if let Err(error) = self.window.clone().take(length).read_to_end(&mut content) {
            return Err((true, address, lift(error)));
        }
        let (body, media) = if sent {
            match http::body(&content, self.limit) {
                Ok(Some(body)) => body,
                Ok(None) => return Ok(None),
                Err(error) => return Err((false, address, error)),
            }
        } else {
            (content, media)
        };
        let name = format!("{}.{}", address, http::extension(&media));
        let charset = http::charset(&media).map(str::to_owned);
        Ok(Some(Member { name, url: Some(address), charset, bytes: Box::new(Cursor::new(body)) }))
    }

    /// Names in lower case and values of the next record's header; `None` at the end.
    fn header(&mut self) -> Result<Option<Vec<(String, String)>>, ReadError> {
        self.window.direct(|bytes| {
            let mut out: Vec<(String, String)> = vec![];
            let mut begun = false;
            let mut left = LONGEST_HEADER;
            loop {
                let mut line = vec![];
                let read = bytes.take(left).read_until(b'\n', &mut line).map_err(lift)?;
                left -= read as u64;
                if read == 0 {
                    return match (left, begun) {
                        (0, _) => Err(ReadError::Damaged { what: "the header of a record does not end".to_owned() }),
                        (_, true) => Err(ReadError::CutOff),
                        _ => Ok(None),
                    };
                }
                let line = String::from_utf8_lossy(&line).into_owned();
                let line = line.trim_end();
                match (begun, line) {
                    (false, "") => {}
                    (false, _) if line.starts_with("WARC/") => begun = true,
                    (false, _) => {
                        return Err(ReadError::Damaged { what: "where a record must begin there is none".to_owned() });
                    }
                    (true, "") => return Ok(Some(out)),
                    (true, _) => {
                        if let Some((name, value)) = line.split_once(':') {
                            out.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                        } else if let Some((_, value)) = out.last_mut() {
                            value.push_str(line);
                        }
                    }
                }
            }
        })
    }
}

fn field<'h>(header: &'h [(String, String)], name: &str) -> Option<&'h str> {
    header.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
