//! SQLite: opening a file so that what is acknowledged lasts, and its errors in our words. `rusqlite` is named here alone.

use std::{path::Path, time::Duration};

pub use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params, params_from_iter};
use rusqlite::{ErrorCode, OpenFlags};
pub use rusqlite::{
    Result as RowResult,
    types::{Value, ValueRef},
};

use crate::{
    archive::READING,
    error::{Fault, StoreError},
};

/// How long one process waits for another before it gives up.
const PATIENCE: Duration = Duration::from_mins(1);

/// Opens for writing; nothing is written before [`write_ahead`].
pub fn open_to_write(path: &Path, create: bool) -> rusqlite::Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let db = Connection::open_with_flags(path, flags)?;
    // Also while the file is turned to the write-ahead log, which needs it alone for a moment.
    db.busy_timeout(PATIENCE)?;
    // Reading the first page here, rather than later, tells at once whether this is a database.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    settle(&db)?;
    Ok(db)
}

/// Write-ahead log, every commit synced: what was said to be kept is on the disk. It changes the head of the file.
pub fn write_ahead(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")
}

/// Opens for reading.
pub fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let db = open_tidy(path).or_else(|_| open_protected(path))?;
    settle(&db)?;
    // Only what is read is mapped: pages that were written would count as memory for as long as the program runs.
    db.pragma_update(None, "mmap_size", 256_i64 << 20)?;
    Ok(db)
}

/// With the right to write but not the will: whoever closes last takes the write-ahead log away, which a reader without
/// that right leaves beside the archive.
fn open_tidy(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(PATIENCE)?;
    db.pragma_update(None, "query_only", "on")?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(db)
}

/// Without the right to write; as a file that nobody changes where the folder may not be written either.
fn open_protected(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let plain = Connection::open_with_flags(path, flags)?;
    plain.busy_timeout(PATIENCE)?;
    let read = |db: &Connection| db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match read(&plain) {
        // A write-ahead log needs a file beside the archive. On a medium that cannot be written nobody else writes.
        Err(error)
            if matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
                && !std::path::PathBuf::from(format!("{}-wal", path.display())).exists() =>
        {
            let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let db = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
            read(&db)?;
            Ok(db)
        }
        other => other.map(|()| plain),
    }
}

/// The bytes of a database that ends before its head says it does, and how many it speaks of.
pub fn shorter(path: &Path) -> Option<(u64, u64)> {
    let mut head = [0; 32];
    let mut file = std::fs::File::open(path).ok()?;
    let there = file.metadata().ok()?.len();
    std::io::Read::read_exact(&mut file, &mut head).ok()?;
    // The size of a page, 1 for 65,536, and the number of pages: sqlite.org/fileformat.html, 1.3.
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let wanted = page * u64::from(u32::from_be_bytes([head[28], head[29], head[30], head[31]]));
    (there < wanted).then_some((there, wanted))
}

fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "foreign_keys", "on")?;
    // 64 MiB of pages in memory.
    db.pragma_update(None, "cache_size", -65_536)?;
    // Pages of the indexes are written again with every few reports: the log is emptied every 64 MB, not every 4.
    db.pragma_update(None, "wal_autocheckpoint", 16_384)?;
    db.pragma_update(None, "temp_store", "memory")?;
    // A file from a stranger must not run anything of its own.
    db.pragma_update(None, "trusted_schema", "off")?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let message = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::new(
                Fault::Full,
                "the disk is full; what was acknowledged before is kept, nothing else",
                "make room and run the same command again: what is held already is passed over",
            ),
            Some(ErrorCode::SystemIoFailure) => Self::new(
                Fault::Full,
                format!(
                    "the system does not let it read or write on ({message}); what was acknowledged before is kept, nothing else"
                ),
                "see whether the disk is full or failing, or a limit on the size of files is set (`ulimit -f`), and run the \
                 same command again: what is held already is passed over",
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                Self::new(Fault::ReadOnly, "the archive may not be written", READING)
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::new(
                Fault::Busy,
                "another process has been writing to the archive for a minute",
                "wait for it to end and run the same command again; nothing is lost",
            ),
            Some(ErrorCode::NotADatabase) => Self::new(
                Fault::Foreign,
                "the file is no archive",
                "name another file with --archive; `demarche archive add` makes a new one",
            ),
            Some(ErrorCode::DatabaseCorrupt) => Self::new(
                Fault::Damaged,
                format!("the archive is damaged: {message}"),
                "`demarche archive verify` tells what; restore a copy, or `demarche archive export` what can still be read",
            ),
            Some(ErrorCode::CannotOpen) => Self::new(
                Fault::Missing,
                "the archive cannot be opened",
                "is its folder there, and may you read it? `demarche archive add` makes a new one",
            ),
            _ => Self::new(
                Fault::System,
                format!("SQLite says: {message}"),
                "run the same command again; what was acknowledged is kept",
            ),
        }
    }
}
