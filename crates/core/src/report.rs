//! Report: one article by one outlet.

use crate::{day::Day, span::Span};

/// One article by one outlet, as read. The text is never changed after reading: every span points into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Unique in one run; from the input row, the file name, or `stdin`.
    pub id: String,
    /// Who published it, where known.
    pub outlet: Option<String>,
    /// The headline where the input gives one apart from the text.
    pub title: Option<String>,
    /// Who wrote it, as its byline or metadata name them.
    pub author: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// RFC 3339 date or time of publication, as given by the input.
    pub published: Option<String>,
    /// ISO 639-1 code of its language, where known or detected.
    pub language: Option<String>,
    /// The text, in UTF-8.
    pub text: String,
    /// True for a row that has neither an id nor an address of its own: nothing but its text tells it from the other rows of
    /// its file.
    pub unnamed: bool,
    /// What went wrong or was odd while reading it.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// A report that is only a text.
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }

    /// The calendar day of publication in the zone the input states.
    pub fn day(&self) -> Option<Day> {
        self.published.as_deref().and_then(Day::from_rfc3339)
    }
}

/// Something a reader of the output must know, with its place in the text where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where in the report.
    pub span: Option<Span>,
    /// What, and what to do about it.
    pub message: String,
}
