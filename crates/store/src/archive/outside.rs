//! Records of others in the archive: each file once, each record once, counted by day for a pair.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    io::{BufRead, Read},
};

use demarche_core::{Day, EventType};
use serde::Serialize;

use super::{Archive, log};
use crate::{
    error::Result,
    hash::Digest,
    import::{Line, Maker, Reader},
    sqlite::{OptionalExtension, TransactionBehavior, params},
};

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Records kept.
    pub rows: usize,
    /// Of these, rows whose cells had to be put right.
    pub mended: usize,
    /// Rows that make no sense, or have no day.
    pub skipped: usize,
    /// The first of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// Of the records kept, statements, which PLOVER has no type for: counted by themselves.
    pub statements: usize,
    /// Rows of an id and a pair that came before in this file; the last stands.
    pub repeated: usize,
    /// True where the very file was imported before.
    pub held: bool,
}

/// A row that was not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its first line in the file, from 1.
    pub line: usize,
    /// Why.
    pub why: &'static str,
}

/// The type of a statement, which is none of PLOVER's.
const STATEMENT: i64 = -1;

/// Rows that are named at most.
const NAMED: usize = 10;

fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Records of one maker for a directed pair on one day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutsideDay {
    /// `polecat`, `icews` or `gdelt`.
    pub source: String,
    /// Day.
    pub start: String,
    /// Records by quad class.
    pub quad: [u32; 4],
    /// Statements (CAMEO 01), which are in no quad class of PLOVER.
    pub statements: u32,
}

/// Hands bytes on and digests them.
struct Digested<R> {
    inner: R,
    hasher: crate::hash::Stream,
}

impl<R: Read> Read for Digested<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hasher.add(&buffer[..read]);
        Ok(read)
    }
}

impl Archive {
    /// Keeps the records of a file, all or none.
    ///
    /// # Errors
    /// When the file is none of its maker's, or the archive cannot be written.
    pub fn import(&mut self, maker: Maker, name: &str, file: impl BufRead, at: &str) -> Result<Imported> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        step.execute(
            "INSERT INTO import(source, file, sha, at, rows, mended, skipped) VALUES (?, ?, x'', ?, 0, 0, 0)",
            params![maker.as_str(), name, at],
        )?;
        let id = step.last_insert_rowid();
        let mut out = Imported::default();
        let mut file = Digested { inner: file, hasher: crate::hash::Stream::default() };
        {
            let mut insert = step.prepare(
                "INSERT OR REPLACE INTO outside(source, serial, import, day, actor, recipient, kind, intensity, code)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?;
            // Digests of the ids of this file, each with that of its first pair.
            let mut seen: HashMap<u64, u64> = HashMap::new();
            Reader::new(maker).read(std::io::BufReader::new(&mut file), |number, line| {
                match line {
                    Line::Record(mut record, mended) => {
                        let pair = digest((&record.actor, &record.recipient));
                        // One event of several pairs, a row each: the further ones are kept under ids of their own.
                        if seen.get(&digest(&record.serial)).is_some_and(|&first| first != pair) {
                            record.serial = format!("{} {} {}", record.serial, record.actor, record.recipient);
                        }
                        let again = seen.insert(digest(&record.serial), pair).is_some();
                        out.repeated += usize::from(again);
                        out.rows += usize::from(!again);
                        out.mended += usize::from(mended);
                        out.statements += usize::from(!again && record.kind.is_none());
                        insert.execute(params![
                            maker.as_str(),
                            record.serial,
                            id,
                            record.day.number(),
                            record.actor,
                            record.recipient,
                            record.kind.map_or(STATEMENT, |kind| kind as i64),
                            record.intensity,
                            record.code
                        ])?;
                    }
                    Line::Wrong(why) => {
                        out.skipped += 1;
                        if out.left_out.len() < NAMED {
                            out.left_out.push(LeftOut { line: number, why });
                        }
                    }
                    Line::Passed => {}
                }
                Ok(())
            })?;
        }
        let sha: Digest = file.hasher.end();
        let held: Option<(i64, bool)> = step
            .query_row("SELECT id, statements IS NULL FROM import WHERE sha = ?", [sha.0], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        match held {
            // Dropped with the transaction.
            Some((_, false)) => return Ok(Imported { held: true, ..out }),
            // What an earlier version kept of it is replaced.
            Some((before, true)) => {
                step.execute("DELETE FROM outside WHERE import = ?", [before])?;
                step.execute("DELETE FROM import WHERE id = ?", [before])?;
            }
            None => {}
        }
        step.execute(
            "UPDATE import SET sha = ?2, rows = ?3, mended = ?4, skipped = ?5, statements = ?6 WHERE id = ?1",
            params![id, sha.0, out.rows as i64, out.mended as i64, out.skipped as i64, out.statements as i64],
        )?;
        log::write(&step, at, "imported", name, None, Some(&serde_json::json!(out)))?;
        step.commit()?;
        Ok(out)
    }

    /// Records of others for `actor` towards `recipient`, by maker and day.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn outside(&self, actor: &str, recipient: &str) -> Result<Vec<OutsideDay>> {
        let mut statement = self.db.prepare_cached(
            "SELECT source, day, kind, count(*) FROM outside WHERE actor = ? AND recipient = ?
             GROUP BY source, day, kind ORDER BY source, day",
        )?;
        let mut rows = statement.query([actor, recipient])?;
        let mut days: BTreeMap<(String, i64), ([u32; 4], u32)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (kind, records): (i64, u32) = (row.get(2)?, row.get(3)?);
            let (quad, statements) = days.entry((row.get(0)?, row.get(1)?)).or_default();
            match usize::try_from(kind).ok().and_then(|kind| EventType::ALL.get(kind)) {
                Some(kind) => quad[usize::from(kind.quad()) - 1] += records,
                None => *statements += records,
            }
        }
        let day = |((source, day), (quad, statements)): ((String, i64), ([u32; 4], u32))| OutsideDay {
            source,
            start: Day::from_number(day).to_string(),
            quad,
            statements,
        };
        Ok(days.into_iter().map(day).collect())
    }
}
