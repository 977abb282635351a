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
    /// A container or table with nothing in it that could be read.
    #[error("it holds no report")]
    NoReport,
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
    /// Packed behind a bomb in the same container, whose measure is full.
    #[error("what stands before it inflates to more than {ratio} times the size of the whole")]
    BehindBomb {
        /// Inflated bytes allowed for each byte read.
        ratio: u64,
    },
    /// A name that leads out of its container.
    #[error("its name leads out of the archive it lies in")]
    Outside,
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
    #[error("the row has no {name:?}")]
    NoText {
        /// The field looked for.
        name: String,
    },
    /// A page without an article.
    #[error("the page holds no article text")]
    NoArticle,
    /// A row whose text is empty.
    #[error("its text is empty")]
    EmptyText,
    /// A table without a column.
    #[error("it has no column {name:?}; its columns are {names}")]
    NoColumn {
        /// The column looked for.
        name: String,
        /// The field of the report that it should give.
        field: &'static str,
        /// The columns that are there.
        names: String,
    },
    /// A table whose column holds no text.
    #[error("its column {name:?} holds {holds}, not text")]
    WrongColumn {
        /// The column.
        name: String,
        /// "INT64s".
        holds: String,
    },
    /// Content that does not fit the name.
    #[error("it is not {what}, whatever its name says")]
    NotA {
        /// "a zip archive".
        what: &'static str,
    },
    /// The bytes end before what they hold does.
    #[error("it breaks off before its end; what came before was read")]
    CutOff,
    /// A format whose rules the bytes do not keep.
    #[error("it is damaged: {what}")]
    Damaged {
        /// What does not fit.
        what: String,
    },
    /// A feed that can be read only so far.
    #[error("it is no well-formed feed from line {line} on ({what}); the {kept} entries before were read")]
    Broken {
        /// The fault.
        what: String,
        /// Its line, counted from 1.
        line: usize,
        /// Entries kept.
        kept: usize,
    },
    /// A member that wants a password.
    #[error("it is locked by a password")]
    Locked,
    /// Archives in archives in archives.
    #[error("it lies too deep: archives within archives are opened {deepest} times")]
    TooDeep {
        /// Containers within containers that are opened.
        deepest: usize,
    },
    /// A form that must be read from a file, because it is too large to be held in memory.
    #[error("it is larger than {} and can be read from a file of its own only", size(*limit))]
    Pipe {
        /// Bytes held in memory.
        limit: u64,
    },
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
                _ => "see `demarche help` for the forms that are read",
            }
            .to_owned(),
            Self::Json(_) => "every line must be one object with the field \"text\"".to_owned(),
            Self::NoText { .. } => {
                "the report's text belongs in the field \"text\"; --text-column names another".to_owned()
            }
            Self::NoArticle => "save the text of the article as plain text".to_owned(),
            Self::NoColumn { field, .. } => format!("name the column with --{field}-column"),
            Self::WrongColumn { .. } => {
                "name the column that holds the text with --text-column; `demarche help brief` lists the others"
                    .to_owned()
            }
            Self::NotA { .. } => "rename the file by what it holds".to_owned(),
            Self::CutOff => "fetch or copy it again to have the rest".to_owned(),
            Self::Damaged { .. } => "fetch or copy it again; the rest of the inputs was read".to_owned(),
            Self::BehindBomb { .. } => "unpack it without the file that inflates, and name the folder".to_owned(),
            Self::Locked | Self::TooDeep { .. } | Self::Outside => "unpack it and name the folder".to_owned(),
            Self::Pipe { .. } => "save it and give the file's name".to_owned(),
            Self::Broken { .. } => "the publisher has to mend it".to_owned(),
            Self::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                "may you read it? See its rights, and those of its folder".to_owned()
            }
            Self::Io(_) => "copy it to another place and read it there".to_owned(),
            Self::Empty | Self::EmptyText | Self::NoReport => return None,
        })
    }
}

/// A size in the unit people use.
fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}
