//! One input while it is being read: what comes next in it, by its form.

use std::vec;

use demarche_core::Report;

use crate::{
    Options, ReadError, Skipped, elements, encoding, feed, finish, id_of, markdown,
    member::{Member, Seekable},
    page, parquet, rows,
    source::{self, Bytes, Form, Source},
    table, tar, warc, zip,
};

/// What comes next.
pub enum Found {
    /// A report.
    Report(Box<Report>),
    /// What gave none.
    Skipped(Skipped),
    /// Something to be opened in its turn, with the path by which it is shown.
    Inside(String, Box<Member>),
}

/// An input that is being read.
pub struct Current {
    /// How it is shown in messages.
    pub path: String,
    /// Id of a report that has none of its own.
    id: String,
    /// Address of a report that has none of its own.
    url: Option<String>,
    charset: Option<String>,
    reader: Reader,
    row: usize,
    /// Archives that it lies in.
    pub depth: usize,
    /// True when it gave something, be it a reason.
    pub told: bool,
}

enum Reader {
    /// One report.
    Whole(Bytes, Form),
    Lines(Bytes),
    Elements(Bytes),
    Table(Box<table::Table>),
    Parquet(Box<parquet::Table>),
    Entries(vec::IntoIter<Report>, Option<ReadError>),
    Warc(warc::Warc),
    Zip(Box<zip::Zip>),
    Tar(tar::Tar),
    Ended,
}

impl Current {
    /// Opens an input; `whole` where one may jump about in it.
    pub fn open(
        path: String,
        id: String,
        source: Source,
        whole: Option<Seekable>,
        options: &Options,
    ) -> Result<Self, ReadError> {
        let Source { mut bytes, form, .. } = source;
        let limit = options.limit;
        let seekable = |bytes: &mut Bytes| match whole {
            Some(whole) => Ok(whole),
            None => match source::all(bytes, limit) {
                Ok(bytes) => Ok(Seekable::Memory(bytes.into())),
                Err(ReadError::TooLarge { limit }) => Err(ReadError::Pipe { limit }),
                Err(error) => Err(error),
            },
        };
        let mut row = 0;
        let reader = match form {
            Form::Plain | Form::Markdown | Form::Page => Reader::Whole(bytes, form),
            Form::Lines => Reader::Lines(bytes),
            Form::Elements => Reader::Elements(bytes),
            Form::Table(separator) => {
                row = 1;
                Reader::Table(Box::new(table::open(bytes, separator, &options.columns, limit)?))
            }
            Form::Parquet => Reader::Parquet(Box::new(parquet::open(&seekable(&mut bytes)?, &options.columns)?)),
            Form::Feed | Form::JsonFeed => {
                let feed = feed::feed(&source::all(&mut bytes, limit)?)?;
                Reader::Entries(feed.entries.into_iter(), feed.broken)
            }
            Form::Warc => Reader::Warc(warc::Warc::new(bytes, limit)),
            Form::Zip => Reader::Zip(Box::new(zip::open(seekable(&mut bytes)?)?)),
            Form::Tar => Reader::Tar(tar::Tar::new(bytes)),
        };
        Ok(Self { path, id, url: None, charset: None, reader, row, depth: 0, told: false })
    }

    /// Opens what lies in another input.
    pub fn inside(path: &str, member: Member, depth: usize, options: &Options) -> Result<Self, Skipped> {
        let Member { name, url, charset, bytes } = member;
        let id = url.clone().unwrap_or_else(|| id_of(name.as_ref()));
        let opened =
            source::open(bytes, &name).and_then(|source| Self::open(path.to_owned(), id, source, None, options));
        match opened {
            Ok(current) => Ok(Self { url, charset, depth, ..current }),
            Err(error) => Err(Skipped::new(path, None, &error)),
        }
    }

    /// What comes next.
    pub fn next(&mut self, options: &Options) -> Option<Found> {
        let limit = options.limit;
        // True for a file of one row, which the name of the file tells from all others.
        let mut alone = false;
        let found = match &mut self.reader {
            Reader::Ended => return None,
            Reader::Whole(..) => {
                let Reader::Whole(bytes, form) = std::mem::replace(&mut self.reader, Reader::Ended) else {
                    return None;
                };
                let found = whole(bytes, form, self.charset.as_deref(), limit);
                return Some(self.finished(found, None, true, options));
            }
            Reader::Lines(bytes) => loop {
                let line = elements::line(bytes, limit)?;
                self.row += 1;
                if !line.as_ref().is_ok_and(|line| line.trim_ascii().is_empty()) {
                    alone = self.row == 1 && elements::last(bytes);
                    break line.and_then(|line| json(&line, options));
                }
            },
            Reader::Elements(bytes) => {
                let value = elements::next(bytes, limit)?;
                self.row += 1;
                alone = self.row == 1 && elements::last(bytes);
                value.and_then(|value| json(&value, options))
            }
            Reader::Table(table) => {
                let mut found = table.next()?;
                self.row = table.row;
                if let Ok(report) = &mut found {
                    // The id of a row does not tell which file it stands in.
                    for warning in &mut report.warnings {
                        warning.message = format!("{}, row {}: {}", self.path, self.row, warning.message);
                    }
                }
                found
            }
            Reader::Parquet(table) => {
                let found = table.next()?;
                self.row += 1;
                found
            }
            Reader::Entries(entries, broken) => {
                if let Some(entry) = entries.next() {
                    self.row += 1;
                    Ok(entry)
                } else {
                    let error = broken.take()?;
                    self.reader = Reader::Ended;
                    return Some(Found::Skipped(Skipped::new(&self.path, None, &error)));
                }
            }
            Reader::Warc(warc) => {
                let found = warc.next()?;
                self.row = warc.records;
                return Some(match found {
                    Ok(member) => Found::Inside(format!("{}, record {}", self.path, self.row), Box::new(member)),
                    Err((address, error)) => {
                        let at =
                            if address.is_empty() { self.path.clone() } else { format!("{}, {address}", self.path) };
                        Found::Skipped(Skipped::new(&at, Some(self.row), &error))
                    }
                });
            }
            Reader::Zip(zip) => {
                return Some(match zip.next()? {
                    Ok(member) => Found::Inside(format!("{}/{}", self.path, member.name), Box::new(member)),
                    Err((name, error)) => Found::Skipped(Skipped::new(&format!("{}/{name}", self.path), None, &error)),
                });
            }
            Reader::Tar(tar) => {
                return Some(match tar.next()? {
                    Ok(member) => Found::Inside(format!("{}/{}", self.path, member.name), Box::new(member)),
                    Err((name, error)) => {
                        let at = if name.is_empty() { self.path.clone() } else { format!("{}/{name}", self.path) };
                        Found::Skipped(Skipped::new(&at, None, &error))
                    }
                });
            }
        };
        if let Err(ReadError::Io(_) | ReadError::Bomb { .. } | ReadError::CutOff | ReadError::Damaged { .. }) = found {
            self.reader = Reader::Ended; // Nothing can follow.
        }
        Some(self.finished(found, Some(self.row), alone, options))
    }

    fn finished(&self, found: Result<Report, ReadError>, row: Option<usize>, alone: bool, options: &Options) -> Found {
        let finished = found.and_then(|mut report| {
            if report.id.is_empty() {
                report.id.clone_from(&self.id);
                report.unnamed = !alone && report.url.is_none();
            }
            report.url = report.url.or_else(|| self.url.clone());
            finish::finish(report, options)
        });
        match finished {
            Ok(report) => Found::Report(Box::new(report)),
            Err(error) => Found::Skipped(Skipped::new(&self.path, row, &error)),
        }
    }
}

/// A file that is one report.
fn whole(mut bytes: Bytes, form: Form, charset: Option<&str>, limit: u64) -> Result<Report, ReadError> {
    let bytes = source::all(&mut bytes, limit)?;
    let is_page = form == Form::Page;
    let decoded = encoding::decode_sent(&bytes, is_page, charset);
    let mut report = match form {
        Form::Page => page::page(&decoded.text)?,
        Form::Markdown => markdown::report(&decoded.text),
        _ => Report { text: decoded.text, ..Report::default() },
    };
    if let Some(name) = decoded.from.filter(|_| !is_page && charset.is_none()) {
        finish::warn(&mut report, format!("read as {name}: the file is not in UTF-8"));
    }
    Ok(report)
}

/// A row from its bytes, which may be in an old encoding.
fn json(bytes: &[u8], options: &Options) -> Result<Report, ReadError> {
    let decoded = encoding::decode(bytes, false);
    let mut report = rows::row(decoded.text.trim(), &options.columns)?;
    if let Some(name) = decoded.from {
        finish::warn(&mut report, format!("read as {name}: the row is not in UTF-8"));
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn an_input_that_broke_ends() {
        let source = source::open(Cursor::new(b"{\"text\":\"a\"}\n".to_vec()), "a.jsonl").unwrap();
        let mut current = Current::open("a.jsonl".into(), "a".into(), source, None, &Options::default()).unwrap();
        assert!(matches!(current.next(&Options::default()), Some(Found::Report(_))));
        assert!(current.next(&Options::default()).is_none());
    }
}
