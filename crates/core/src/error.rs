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
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line = before.iter().map(|&b| usize::from(b == b'\n')).sum::<usize>() + 1;
        Self { file: file.to_owned(), line, entry: None }
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

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        self.entry.as_ref().map_or(Ok(()), |entry| write!(f, " ({entry})"))
    }
}
