//! The tables of the archive, and how an older archive becomes one of today.

use super::list;
use crate::{
    error::{Fault, Result, StoreError},
    sqlite::{Connection, TransactionBehavior},
};

/// The version that this program writes.
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// "DMRC": what makes a SQLite file an archive.
const APPLICATION: i64 = 0x444D_5243;

/// What turns version `n` into `n + 1`; an empty file has version 0. A step that was released is never changed.
const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("watch.sql"),
    include_str!("outside.sql"),
    include_str!("author.sql"),
    include_str!("walks.sql"),
    include_str!("tally.sql"),
    include_str!("list.sql"),
    include_str!("code.sql"),
];

/// The version of an open file; an empty one has 0.
///
/// # Errors
/// When the file is something else.
pub fn version(db: &Connection) -> Result<i64> {
    let number = |pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && tables > 0 {
        return Err(StoreError::new(
            Fault::Foreign,
            "the file is a database of something else",
            "name another file with --archive; `demarche archive add` makes a new one",
        ));
    }
    if version > VERSION {
        return Err(StoreError::new(
            Fault::Foreign,
            format!("the archive is of version {version}; this program reads up to {VERSION}"),
            "install the version of demarche that wrote it, or a later one; the file was not touched",
        ));
    }
    Ok(version)
}

/// Brings a file up to date, all steps or none.
///
/// # Errors
/// As [`version`], and when it cannot be written.
pub fn migrate(db: &mut Connection) -> Result<()> {
    if version(db)? == VERSION {
        return Ok(());
    }
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it in between.
    let from = version(&step)?;
    for sql in &MIGRATIONS[from as usize..] {
        step.execute_batch(sql)?;
    }
    list::finish(&step)?;
    step.pragma_update(None, "application_id", APPLICATION)?;
    step.pragma_update(None, "user_version", VERSION)?;
    Ok(step.commit()?)
}
