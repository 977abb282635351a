//! What can go wrong in this crate: data files that a person wrote.

use std::fmt;

/// A mistake in a data file, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}\n  hint: {hint}")]
pub struct Error {
    /// Where.
    pub place: Place,
    /// What.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

/// A line of a file, and the entry it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Id of the entry, where there is one.
    pub entry: Option<String>,
}

impl Place {
    /// The line of a byte offset.
    pub fn of(file: &str, text: &str, offset: usize) -> Self {
        Lines::of(file, text).at(offset.min(text.len()))
    }

    /// The same with the entry named.
    #[must_use]
    pub fn in_entry(mut self, id: &str) -> Self {
        self.entry = Some(id.to_owned());
        self
    }

    /// An error at this place.
    pub fn error(&self, message: impl Into<String>, hint: impl Into<String>) -> Error {
        Error { place: self.clone(), message: message.into(), hint: hint.into() }
    }
}

/// Where the lines of a file begin, for many places of one file.
pub struct Lines<'f> {
    file: &'f str,
    starts: Vec<usize>,
}

impl<'f> Lines<'f> {
    /// Of a file's text.
    ///
    /// ```
    /// use demarche_core::error::Lines;
    /// let place = Lines::of("a.toml", "x = 1\ny = 2").at(6);
    /// assert_eq!((place.file.as_str(), place.line), ("a.toml", 2));
    /// ```
    pub fn of(file: &'f str, text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, starts }
    }

    /// The line of a byte offset.
    pub fn at(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= offset);
        Place { file: self.file.to_owned(), line, entry: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        self.entry.as_ref().map_or(Ok(()), |entry| write!(f, " ({entry})"))
    }
}
