//! The log of changes: what, when and why, each line sealed with the line before it.

use super::Archive;
use crate::{
    error::Result,
    hash::{Digest, Fields},
    sqlite::{Connection, OptionalExtension, params},
};

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// RFC 3339 time.
    pub at: String,
    /// `version`, `again` (a version stands again), `removed`, `corrected`, `struck`, `recoded`, `imported`.
    pub what: String,
    /// Report or claim.
    pub subject: String,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// What was before, or what differs, as JSON.
    pub detail: Option<serde_json::Value>,
}

/// Adds a line.
pub(super) fn write(
    db: &Connection,
    at: &str,
    what: &str,
    subject: &str,
    reason: Option<&str>,
    detail: Option<&serde_json::Value>,
) -> Result<()> {
    let last = "SELECT seal FROM log ORDER BY id DESC LIMIT 1";
    let before: Option<Vec<u8>> = db.query_row(last, [], |row| row.get(0)).optional()?;
    let detail = detail.map(ToString::to_string);
    let seal = seal(&before.unwrap_or_default(), at, what, subject, reason, detail.as_deref());
    db.prepare_cached("INSERT INTO log(at, what, subject, reason, detail, seal) VALUES (?, ?, ?, ?, ?, ?)")?
        .execute(params![at, what, subject, reason, detail, seal.0])?;
    Ok(())
}

fn seal(before: &[u8], at: &str, what: &str, subject: &str, reason: Option<&str>, detail: Option<&str>) -> Digest {
    let fields = Fields::new("log").bytes(before).text(Some(at)).text(Some(what)).text(Some(subject));
    fields.text(reason).text(detail).end()
}

/// Lines whose seal does not fit, by number; a line taken out breaks the one after it.
pub(super) fn broken(db: &Connection) -> Result<Vec<i64>> {
    let mut statement = db.prepare("SELECT id, at, what, subject, reason, detail, seal FROM log ORDER BY id")?;
    let mut rows = statement.query([])?;
    let (mut before, mut out) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (at, what, subject): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let (reason, detail): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
        let found: Vec<u8> = row.get(6)?;
        if seal(&before, &at, &what, &subject, reason.as_deref(), detail.as_deref()).0 != found.as_slice() {
            out.push(row.get(0)?);
        }
        before = found;
    }
    Ok(out)
}

impl Archive {
    /// The newest lines of the log first; of one report or claim, where named.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn log(&self, subject: Option<&str>, limit: usize) -> Result<Vec<Entry>> {
        let mut statement = self.db.prepare_cached(
            "SELECT at, what, subject, reason, detail FROM log WHERE ?1 IS NULL OR subject = ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![subject, limit as i64], |row| {
            let detail: Option<String> = row.get(4)?;
            Ok(Entry {
                at: row.get(0)?,
                what: row.get(1)?,
                subject: row.get(2)?,
                reason: row.get(3)?,
                detail: detail.and_then(|text| serde_json::from_str(&text).ok()),
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
