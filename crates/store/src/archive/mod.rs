//! Archive: reports and claims in one SQLite file that lasts.

mod add;
mod change;
mod filter;
mod find;
mod hand;
mod list;
mod log;
mod outside;
mod plan;
mod recode;
mod schema;
mod stats;
mod verify;
mod watch;

use std::path::{Path, PathBuf};

pub use add::Added;
pub use change::{ClaimEdit, ReportEdit};
pub use filter::{Attributed, Filter};
pub use find::{ClaimRow, ReportRow};
pub use log::Entry;
pub use outside::{Imported, LeftOut, OutsideDay};
pub use recode::{Recoded, Which};
pub use stats::Stats;
pub use verify::Verified;
pub use watch::{Feed, FeedStatus, Host, Page};

use crate::{
    error::{Fault, Result, StoreError},
    hash::{Digest, Fields},
    sqlite::{self, Connection},
};

/// An open archive.
pub struct Archive {
    db: Connection,
    path: PathBuf,
}

/// When and by what something is kept. The clock belongs to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// RFC 3339 time.
    pub seen: &'a str,
    /// Version of the program and digest of its data.
    pub coder: &'a str,
}

impl Archive {
    /// Opens an archive to write, and makes it where there is none.
    ///
    /// # Errors
    /// The file is no archive, from a newer version, damaged, held or not to be written.
    pub fn create(path: &Path) -> Result<Self> {
        let db = sqlite::open_to_write(path, true).map_err(|error| closed(error.into(), path))?;
        Self::prepared(db, path)
    }

    /// Opens an archive that is there, to write.
    ///
    /// # Errors
    /// As [`Archive::create`], and where there is none.
    pub fn open(path: &Path) -> Result<Self> {
        exists(path)?;
        let db = sqlite::open_to_write(path, false).map_err(|error| closed(error.into(), path))?;
        Self::prepared(db, path)
    }

    /// Opens an archive that is there, to read. One of an older version is brought up to date first.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn read(path: &Path) -> Result<Self> {
        exists(path)?;
        let db = sqlite::open_to_read(path).map_err(|error| closed(error.into(), path))?;
        let version = schema::version(&db).map_err(|error| closed(error, path))?;
        if version == schema::VERSION {
            return Ok(Self { db, path: path.to_owned() });
        }
        drop(db);
        Self::open(path).map_err(|error| match error.kind {
            Fault::ReadOnly | Fault::Missing => StoreError::new(
                Fault::ReadOnly,
                format!(
                    "{}: the archive is of version {version}; it has to be brought up to {} before it is read, and may not be written",
                    path.display(),
                    schema::VERSION
                ),
                "copy it to a folder where you may write, and read the copy; this file was not touched",
            ),
            _ => error,
        })
    }

    /// An archive that is gone when it is dropped.
    ///
    /// # Errors
    /// When memory runs out.
    pub fn in_memory() -> Result<Self> {
        Self::prepared(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    fn prepared(mut db: Connection, path: &Path) -> Result<Self> {
        // Before anything is written: a database of something else stays as it is.
        schema::version(&db).map_err(|error| closed(error, path))?;
        sqlite::write_ahead(&db).map_err(|error| closed(error.into(), path))?;
        schema::migrate(&mut db).map_err(|error| closed(error, path))?;
        Ok(Self { db, path: path.to_owned() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Names the state: every report with what was made of it, whatever the order and the time in which it came.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn hash(&self) -> Result<Digest> {
        // The index has all of it but what was corrected.
        let mut statement = self.db.prepare_cached(
            "SELECT sha, state, coded, given IS NULL, id FROM report INDEXED BY report_state ORDER BY sha",
        )?;
        let mut corrected = self.db.prepare_cached(
            "SELECT outlet, url, published, title FROM report LEFT JOIN body ON report = id WHERE id = ?",
        )?;
        let mut rows = statement.query([])?;
        let mut fields = Fields::new("archive");
        while let Some(row) = rows.next()? {
            fields = fields.bytes(row.get_ref(0)?.as_blob().unwrap_or_default());
            fields = fields.number(row.get(1)?).bytes(row.get_ref(2)?.as_blob().unwrap_or_default());
            if !row.get::<_, bool>(3)? {
                let mut now = corrected.query([row.get::<_, i64>(4)?])?;
                let now = now.next()?;
                for column in 0..4 {
                    let value = now.map(|row| row.get::<_, Option<String>>(column)).transpose()?.flatten();
                    fields = fields.text(value.as_deref());
                }
            }
        }
        Ok(fields.end())
    }
}

/// What helps where an archive may not be written.
pub(crate) const READING: &str =
    "check the rights of the file and its folder, or work on a copy; list, show, search and export only read";

/// Why an archive cannot be opened, with its name.
fn closed(error: StoreError, path: &Path) -> StoreError {
    match error.kind {
        Fault::Missing if path.is_dir() => StoreError::new(
            Fault::Missing,
            format!("{} is a folder", path.display()),
            "name a file in it with --archive FILE",
        ),
        // On a medium that nobody may write, SQLite says no more than that it cannot open it.
        Fault::Missing if std::fs::File::open(path).is_ok() => {
            StoreError::new(Fault::ReadOnly, format!("{}: the archive may not be written", path.display()), READING)
        }
        Fault::Missing => StoreError::new(
            Fault::Missing,
            format!("{} cannot be opened", path.display()),
            "is its folder there, and may you read and write it? Name another file with --archive FILE",
        ),
        Fault::Damaged => {
            let message = match sqlite::shorter(path) {
                Some((there, wanted)) => format!(
                    "{}: the file is cut off, or its head is wrong: {there} bytes are there of the {wanted} that it speaks of",
                    path.display()
                ),
                None => format!("{}: the archive is damaged so that it cannot be opened", path.display()),
            };
            StoreError::new(
                Fault::Damaged,
                message,
                "`verify` and `export` cannot read it either: copy the file once more from where it came, or restore a copy; \
                 without one, add the reports to a new archive with --archive FILE; nothing was written to this file",
            )
        }
        _ => error,
    }
}

fn exists(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(closed(StoreError::new(Fault::Missing, "", ""), path));
    }
    if path.exists() {
        return Ok(());
    }
    Err(StoreError::new(
        Fault::Missing,
        format!("there is no archive {}", path.display()),
        "name it with --archive FILE, or make one with `demarche archive add REPORTS`",
    ))
}

#[cfg(test)]
mod tests {
    use demarche_core::Report;

    use super::*;
    use crate::record::Coded;

    #[test]
    fn a_full_disk_is_told_and_what_was_kept_before_stays() {
        let mut archive = Archive::in_memory().unwrap();
        let stamp = Stamp { seen: "2025-05-01T00:00:00Z", coder: "c" };
        let text = |n: usize| {
            let report = Report::from_text(format!("r{n}"), format!("{n} {}", "words of a report ".repeat(400)));
            Coded { report, claims: vec![] }
        };
        archive.add(&[text(0)], stamp).unwrap();
        let pages: i64 = archive.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        archive.db.pragma_update(None, "max_page_count", pages + 4).unwrap();
        let before = archive.hash().unwrap();
        let error = archive.add(&(1..20).map(text).collect::<Vec<_>>(), stamp).unwrap_err();
        assert_eq!(error.kind, Fault::Full);
        assert!(error.to_string().contains("make room and run the same command again"));
        assert!(
            error.of(Path::new("day.db")).to_string().starts_with("day.db: the disk is full; what was acknowledged")
        );
        assert_eq!(archive.hash().unwrap(), before);
        assert!(archive.verify().unwrap().faults.is_empty());
    }
}
