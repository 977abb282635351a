//! Why something could not be read, and what to do about it.

use std::{io, path::PathBuf};

/// A whole input, or one row of it, that gives no report.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing has this name.
    #[error("there is no such file or folder")]
    Missing {
        /// The name in the same folder that is nearest to it.
        nearest: Option<PathBuf>,
    },
    /// A folder without a file that could be read.
    #[error("the folder holds no file")]
    EmptyFolder,
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// More than the limit.
    #[error("it is larger than {}", size(*limit))]
    TooLarge {
        /// Bytes allowed for one report.
        limit: u64,
    },
    /// A gzip that grows out of proportion: a bomb.
    #[error("it inflates to more than {ratio} times its size")]
    Bomb {
        /// Inflated bytes allowed for each byte read.
        ratio: u64,
    },
    /// A known format that holds no text we can take.
    #[error("it is {what}, not text")]
    Binary {
        /// "a PDF", "a picture".
        what: &'static str,
    },
    /// A row of JSON that cannot be parsed.
    #[error("it is no valid JSON: {0}")]
    Json(String),
    /// A row of JSON without a text.
    #[error("the row has no \"text\"")]
    NoText,
    /// A page without an article.
    #[error("the page holds no article text")]
    NoArticle,
    /// The system says no.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl ReadError {
    /// What the reader can do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Missing { nearest } => format!("did you mean {}?", nearest.as_ref()?.display()),
            Self::EmptyFolder => "hidden files are not read; name the folder that holds the reports".to_owned(),
            Self::TooLarge { .. } => "put one report into each file, or one a line as JSON Lines".to_owned(),
            Self::Bomb { .. } => "inflate it yourself if you trust it".to_owned(),
            Self::Binary { what } => match *what {
                "a PDF" => "save its text first, for instance with pdftotext",
                "an office document" => "save it as plain text or HTML first",
                "an archive" => "unpack it and name the folder",
                _ => "plain text, HTML and JSON Lines are read, gzipped or not",
            }
            .to_owned(),
            Self::Json(_) => "every line must be one object with the field \"text\"".to_owned(),
            Self::NoText => "the report's text belongs in the field \"text\"".to_owned(),
            Self::NoArticle => "save the text of the article as plain text".to_owned(),
            Self::Empty | Self::Io(_) => return None,
        })
    }
}

/// A size in the unit people use.
fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}
