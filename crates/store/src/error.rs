//! What can go wrong with an archive or a file of events, with what was kept and what to do.

use std::path::Path;

/// Something that ended the work, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message} ({hint})")]
pub struct StoreError {
    /// Which sort.
    pub kind: Fault,
    /// What.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

/// Sorts of errors that a caller may tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No such archive, report or claim.
    Missing,
    /// The file is something else, or from a newer version.
    Foreign,
    /// Its bytes are not what was written.
    Damaged,
    /// Another process holds it.
    Busy,
    /// No room left.
    Full,
    /// It may not be written.
    ReadOnly,
    /// What was asked for makes no sense.
    Request,
    /// The system says no.
    System,
}

impl StoreError {
    /// An error of this sort.
    pub fn new(kind: Fault, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: hint.into() }
    }

    /// The same, with the name of the archive where the message has none.
    #[must_use]
    pub fn of(mut self, archive: &Path) -> Self {
        let name = archive.display().to_string();
        if self.kind != Fault::Request && !self.message.contains(&name) {
            self.message = format!("{name}: {}", self.message);
        }
        self
    }
}

/// The result of everything here.
pub type Result<T> = std::result::Result<T, StoreError>;
