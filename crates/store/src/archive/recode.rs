//! Coding anew after the codebook, a model or a date changed: what is the same is not touched, and keeps its id.

use std::collections::BTreeMap;

use demarche_core::{Day, Report};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{
    Archive, Stamp,
    add::{GONE, OF_OLDER, STANDS, STRUCK, insert_claim, seal},
    change::{ClaimEdit, retire, update_claim},
    log,
};
use crate::{
    error::Result,
    record::{Coded, Party, Record},
    sqlite::{Connection, TransactionBehavior, params},
};

/// Which reports are coded anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// All.
    All,
    /// Those of another coder than this.
    OtherThan(&'a str),
    /// Those whose publication was corrected by hand since.
    Corrected,
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Recoded {
    /// Reports looked at.
    pub reports: usize,
    /// Claims that are the same.
    pub same: usize,
    /// Ids of claims that were not found before.
    pub added: Vec<String>,
    /// Ids of claims that say something else now, with the fields that do.
    pub changed: Vec<(String, Vec<String>)>,
    /// Ids of claims that are no longer found.
    pub removed: Vec<String>,
}

impl Recoded {
    /// Adds what another call changed.
    pub fn extend(&mut self, other: Self) {
        self.reports += other.reports;
        self.same += other.same;
        self.added.extend(other.added);
        self.changed.extend(other.changed);
        self.removed.extend(other.removed);
    }
}

/// A claim as the archive holds it.
struct Held {
    id: i64,
    number: u32,
    state: i64,
    json: String,
    record: Option<Record>,
    edits: Option<ClaimEdit>,
}

impl Archive {
    /// Reports to be coded anew; `after` is where the last call ended.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn stale(&self, which: Which, after: i64, limit: usize) -> Result<Vec<(i64, Report)>> {
        let (other_than, by) = match which {
            Which::All => (None, None),
            Which::OtherThan(coder) => (Some(coder), None),
            Which::Corrected => (None, Some("")),
        };
        let mut statement = self.db.prepare_cached(
            "SELECT r.id, r.name, r.outlet, b.title, r.url, r.published, r.language, b.text, r.author
             FROM report r JOIN body b ON b.report = r.id
             WHERE r.id > ?1 AND r.state < 2 AND (?2 IS NULL OR r.coder <> ?2) AND (?3 IS NULL OR r.coder = ?3)
             ORDER BY r.id LIMIT ?4",
        )?;
        let rows = statement.query_map(params![after, other_than, by, limit as i64], |row| {
            let report = Report {
                id: row.get(1)?,
                outlet: row.get(2)?,
                title: row.get(3)?,
                url: row.get(4)?,
                published: row.get(5)?,
                author: row.get(8)?,
                language: row.get(6)?,
                text: row.get(7)?,
                unnamed: false,
                warnings: vec![],
            };
            Ok((row.get(0)?, report))
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Puts the claims of reports coded anew in the place of the old ones, all of a batch or none.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn recode(&mut self, batch: &[(i64, Coded)], stamp: Stamp) -> Result<Recoded> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut out = Recoded::default();
        for (id, coded) in batch {
            out.extend(recode_one(&step, *id, coded, stamp)?);
        }
        step.commit()?;
        Ok(out)
    }
}

fn recode_one(db: &Connection, id: i64, coded: &Coded, stamp: Stamp) -> Result<Recoded> {
    let (name, state): (String, i64) =
        db.query_row("SELECT name, state FROM report WHERE id = ?", [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let day = coded.report.day();
    let mut held = held(db, id)?;
    let mut out = Recoded { reports: 1, ..Recoded::default() };
    let place = |sentence: u32, number: u32| format!("{name}/{sentence}.{number}");
    let mut found: Vec<Option<Record>> = coded.claims.iter().cloned().map(Some).collect();
    // First what is the same to the letter, then what is the same act by the same people, then the same words.
    for likeness in [identical, same_act, same_words] {
        for slot in &mut found {
            let Some(record) = slot else { continue };
            let Some(at) = held.iter().position(|old| is_now(old, record, likeness)) else { continue };
            let old = held.remove(at);
            keep(db, &old, record, day, state, &mut out, &place)?;
            *slot = None;
        }
    }
    for old in held.iter().filter(|old| old.state < GONE && old.record.is_some()) {
        retire(db, old.id, GONE)?;
        out.removed.push(old.record.as_ref().map_or_else(String::new, |record| place(record.sentence, old.number)));
    }
    let mut next = next_numbers(db, id)?;
    for record in found.into_iter().flatten() {
        let number = next.entry(record.sentence).or_insert(0);
        let claim = insert_claim(db, id, *number, &record, &record.json(), day)?;
        if state != 0 {
            // It came of an older version, whose claims do not stand.
            retire(db, claim, OF_OLDER)?;
        }
        out.added.push(place(record.sentence, *number));
        *number += 1;
    }
    db.prepare_cached("UPDATE report SET coder = ?2 WHERE id = ?1")?.execute(params![id, stamp.coder])?;
    seal(db, id)?;
    if !(out.added.is_empty() && out.changed.is_empty() && out.removed.is_empty()) {
        let detail = json!({"added": out.added, "changed": out.changed, "removed": out.removed, "coder": stamp.coder});
        log::write(db, stamp.seen, "recoded", &name, None, Some(&detail))?;
    }
    Ok(out)
}

/// True where the claim that is held has become the new one. What is held has its corrections, so the new one is looked at with
/// the same corrections; who was coded before tells two claims of one act apart.
fn is_now(held: &Held, record: &Record, likeness: fn(&Record, &Record) -> bool) -> bool {
    let Some(old) = &held.record else { return false };
    let Some(edits) = &held.edits else { return likeness(old, record) };
    let mut corrected = record.clone();
    edits.apply(&mut corrected);
    let first = |parties: &[Party]| parties.first().map(|party| party.span);
    likeness(old, &corrected) && (edits.actor.is_none() || first(&old.actors) == first(&corrected.actors))
}

/// The new record in the old one's place, with what was set by hand set again.
fn keep(
    db: &Connection,
    old: &Held,
    record: &Record,
    day: Option<Day>,
    state: i64,
    out: &mut Recoded,
    place: &dyn Fn(u32, u32) -> String,
) -> Result<()> {
    let mut record = record.clone();
    if let Some(edits) = &old.edits {
        edits.apply(&mut record);
    }
    let json = record.json();
    if json == old.json && old.state < GONE {
        out.same += 1;
        if state == 0 {
            // The words are the same; the day may hang on a corrected publication.
            update_claim(db, old.id, &record, day, STANDS)?;
        }
        return Ok(());
    }
    if old.state == STRUCK {
        return Ok(());
    }
    update_claim(db, old.id, &record, day, if state == 0 { STANDS } else { OF_OLDER })?;
    let id = place(record.sentence, old.number);
    match (&old.record, old.state < GONE) {
        (Some(before), true) => out.changed.push((id, differing(before, &record))),
        _ => out.added.push(id),
    }
    Ok(())
}

fn held(db: &Connection, report: i64) -> Result<Vec<Held>> {
    let mut statement = db.prepare_cached(
        "SELECT id, number, state, json, edits FROM claim JOIN record ON claim = id WHERE report = ? ORDER BY id",
    )?;
    let mut rows = statement.query([report])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let json: String = row.get(3)?;
        let edits: Option<String> = row.get(4)?;
        out.push(Held {
            id: row.get(0)?,
            number: row.get(1)?,
            state: row.get(2)?,
            record: serde_json::from_str(&json).ok(),
            json,
            edits: edits.and_then(|json| serde_json::from_str(&json).ok()),
        });
    }
    Ok(out)
}

fn next_numbers(db: &Connection, report: i64) -> Result<BTreeMap<u32, u32>> {
    let mut statement =
        db.prepare_cached("SELECT sentence, max(number) + 1 FROM claim WHERE report = ? GROUP BY sentence")?;
    let rows = statement.query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn identical(old: &Record, new: &Record) -> bool {
    old == new
}

fn same_act(old: &Record, new: &Record) -> bool {
    let who = |record: &Record| {
        let spans = |parties: &[Party]| parties.iter().map(|party| party.span).collect::<Vec<_>>();
        (spans(&record.actors), spans(&record.recipients))
    };
    same_words(old, new) && old.kind == new.kind && who(old) == who(new)
}

fn same_words(old: &Record, new: &Record) -> bool {
    let first = |record: &Record| record.actors.first().and_then(|party| party.country.clone());
    old.sentence == new.sentence && old.act == new.act && first(old) == first(new)
}

/// Names of the fields that differ.
fn differing(old: &Record, new: &Record) -> Vec<String> {
    let (Ok(Json::Object(old)), Ok(Json::Object(new))) = (serde_json::to_value(old), serde_json::to_value(new)) else {
        return vec![];
    };
    new.iter().filter(|(name, value)| old.get(*name) != Some(value)).map(|(name, _)| name.clone()).collect()
}
