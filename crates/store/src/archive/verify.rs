//! Verifying: is every byte what was written?

use demarche_core::{Day, Report};
use serde::Serialize;
use serde_json::Value as Json;

use super::{
    Archive,
    add::{Columns, address, coded, row_seal},
    list, log,
};
use crate::{
    error::{Fault, Result, StoreError},
    record::Record,
    sqlite::TransactionBehavior,
};

/// What verifying found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Reports looked at.
    pub reports: usize,
    /// Claims looked at.
    pub claims: usize,
    /// What is wrong, a sentence each; empty for a sound archive.
    pub faults: Vec<String>,
    /// What could not be looked at; empty where the archive may be written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unchecked: Vec<String>,
}

/// Faults told of; more than that and the file as a whole is damaged.
const MOST: usize = 100;

impl Archive {
    /// Reads everything and holds it against its digests and its copies in the indexes.
    ///
    /// # Errors
    /// When the archive cannot be read at all.
    pub fn verify(&mut self) -> Result<Verified> {
        let mut found = Verified::default();
        let pages: Vec<String> = self
            .db
            .prepare("PRAGMA integrity_check(20)")?
            .query_map([], |row| row.get(0))?
            .collect::<std::result::Result<_, _>>()
            .unwrap_or_else(|error| vec![error.to_string()]);
        found.faults.extend(pages.into_iter().filter(|line| line != "ok").map(|line| format!("the file: {line}")));
        if let Err(error) = self.verify_reports(&mut found) {
            found.faults.push(format!("the reports cannot all be read: {}", error.message));
        }
        if let Err(error) = self.verify_claims(&mut found) {
            found.faults.push(format!("the claims cannot all be read: {}", error.message));
        }
        match self.miscounted() {
            Ok(0) => {}
            Ok(_) => found.faults.push("the counts of `stats` are not those of what is there".to_owned()),
            Err(error) => found.faults.push(format!("the counts of `stats` cannot be read: {}", error.message)),
        }
        match list::wrong(&self.db) {
            Ok(0) => {}
            Ok(_) => found.faults.push("the lists by which claims are found do not say what the claims say".to_owned()),
            Err(error) => found.faults.push(format!("the lists of claims cannot be read: {}", error.message)),
        }
        match log::broken(&self.db) {
            Ok(lines) => found.faults.extend(lines.iter().map(|line| format!("line {line} of the log was changed"))),
            Err(error) => found.faults.push(format!("the log cannot be read: {}", error.message)),
        }
        // The check of the words needs to write, and undoes what it wrote.
        let words = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|step| step.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 1)", []));
        match words.map_err(StoreError::from) {
            Ok(_) => {}
            Err(error) if matches!(error.kind, Fault::ReadOnly | Fault::Missing | Fault::Busy | Fault::Full) => {
                found.unchecked.push(format!("the index of words against the texts: {}", error.message));
            }
            Err(error) => found.faults.push(format!("the index of words does not fit the texts: {}", error.message)),
        }
        found.faults.truncate(MOST);
        Ok(found)
    }

    fn verify_reports(&self, found: &mut Verified) -> Result<()> {
        let mut statement = self.db.prepare(
            "SELECT r.id, r.name, r.sha, r.key, r.outlet, b.title, r.url, r.published, r.language, b.text, r.given,
                    r.seal, r.coded, r.state
             FROM report r LEFT JOIN body b ON b.report = r.id ORDER BY r.id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            found.reports += 1;
            let id: i64 = row.get(0)?;
            let name: String = row.get(1)?;
            let key: String = row.get(3)?;
            let given: Option<String> = row.get(10)?;
            let mut report = Report {
                outlet: row.get(4)?,
                title: row.get(5)?,
                url: row.get(6)?,
                published: row.get(7)?,
                language: row.get(8)?,
                text: row.get::<_, Option<String>>(9)?.unwrap_or_default(),
                ..Report::default()
            };
            if let Some(given) = given.and_then(|json| serde_json::from_str::<Json>(&json).ok()) {
                let field = |name: &str| given[name].as_str().map(str::to_owned);
                (report.outlet, report.title) = (field("outlet"), field("title"));
                (report.url, report.published) = (field("url"), field("published"));
            }
            let blob = |column: usize| row.get::<_, Vec<u8>>(column);
            let removed = row.get::<_, i64>(13)? == super::add::REMOVED;
            if !removed && address(&report, &key).0 != blob(2)?.as_slice() {
                found.faults.push(format!("report {name}: its text or what it says of itself is not what was added"));
            }
            if row_seal(&self.db, id)?.0 != blob(11)?.as_slice() {
                found.faults.push(format!("report {name}: its row was changed"));
            }
            if coded(&self.db, id)?.0 != blob(12)?.as_slice() {
                found.faults.push(format!("report {name}: its claims are not those that were coded"));
            }
        }
        Ok(())
    }

    fn verify_claims(&self, found: &mut Verified) -> Result<()> {
        let mut statement = self.db.prepare(
            "SELECT c.id, r.name, c.sentence, c.number, c.state, c.kind, c.modality, c.day, c.country, c.place, c.source,
                    r.published, json, r.state FROM claim c LEFT JOIN report r ON r.id = c.report
             LEFT JOIN record ON record.claim = c.id ORDER BY c.id",
        )?;
        let mut sides = self.db.prepare("SELECT role, name FROM side WHERE claim = ? ORDER BY role, name")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            found.claims += 1;
            let id: i64 = row.get(0)?;
            let place = format!(
                "claim {}/{}.{}",
                row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(3)?
            );
            let json: Option<String> = row.get(12)?;
            let Some(record) = json.and_then(|json| serde_json::from_str::<Record>(&json).ok()) else {
                found.faults.push(format!("{place}: its record is missing or cannot be read"));
                continue;
            };
            let published: Option<String> = row.get(11)?;
            let state: i64 = row.get(4)?;
            let columns = Columns::of(&record, published.as_deref().and_then(Day::from_rfc3339));
            let there = Columns {
                kind: row.get(5)?,
                modality: row.get(6)?,
                day: row.get(7)?,
                country: row.get(8)?,
                place: row.get(9)?,
                source: row.get(10)?,
            };
            let wanted = if state == 0 { list::sides(&record) } else { vec![] };
            let held: Vec<(u8, String)> =
                sides.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<std::result::Result<_, _>>()?;
            let stands = (state == 0) == (row.get::<_, Option<i64>>(13)? == Some(0)) || state > 1;
            // Day of a claim that no longer stands may hang on what its report said of itself before a correction.
            let same = columns == there || state > 1;
            if !same || wanted != held || !stands {
                found.faults.push(format!("{place}: the tables do not say what its record says"));
            }
        }
        Ok(())
    }
}
