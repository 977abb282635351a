//! Adding reports: the same once, a changed page as a new version, all of a batch or none.

use std::collections::BTreeSet;

use demarche_core::{Day, Report};
use serde::Serialize;
use serde_json::Value as Json;

use super::{Archive, Stamp, change::update_claim, list, log};
use crate::{
    error::Result,
    hash::{Digest, Fields},
    record::{Coded, Record},
    sqlite::{Connection, OptionalExtension, TransactionBehavior, ValueRef, params},
};

/// States of a report.
pub(super) const OLDER: i64 = 1;
pub(super) const REMOVED: i64 = 2;

/// States of a claim.
pub(super) const STANDS: i64 = 0;
pub(super) const OF_OLDER: i64 = 1;
pub(super) const GONE: i64 = 2;
pub(super) const STRUCK: i64 = 3;

/// Share of words that two texts under one id have in common when the one is a version of the other.
const KIN: f64 = 0.3;

/// What became of the reports of one call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Added {
    /// Pages not seen before.
    pub new: usize,
    /// New versions of pages.
    pub versions: usize,
    /// Held already.
    pub held: usize,
    /// Removed by hand before; not taken again.
    pub refused: usize,
    /// Claims kept with them.
    pub claims: usize,
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.versions += other.versions;
        self.held += other.held;
        self.refused += other.refused;
        self.claims += other.claims;
    }
}

/// What makes two texts versions of one page: the address without its fragment, else the id.
pub(super) fn key(report: &Report) -> String {
    match &report.url {
        Some(url) => url.split('#').next().unwrap_or(url).trim_end_matches('/').to_owned(),
        // `#2` tells the second of one id in one run.
        None => report.id.rsplit_once('#').map_or(report.id.as_str(), |(id, _)| id).to_owned(),
    }
}

/// The content address of a report.
pub(super) fn address(report: &Report, key: &str) -> Digest {
    let fields = Fields::new("report").text(Some(key)).text(report.outlet.as_deref()).text(report.title.as_deref());
    let fields = fields.text(report.url.as_deref()).text(report.published.as_deref());
    fields.text(report.language.as_deref()).text(Some(&report.text)).end()
}

impl Archive {
    /// The reports that are not held and have to be coded, in their order. A new version of a page has what only the version
    /// before says of itself, so that it is coded with it.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn unknown(&self, reports: Vec<Report>) -> Result<Vec<Report>> {
        let mut out = Vec::with_capacity(reports.len());
        for mut report in reports {
            match place(&self.db, &report)? {
                // What was removed is counted when it is added, and refused.
                Place::Held { state: REMOVED, .. } => out.push(report),
                Place::Held { .. } => {}
                // The address stays as it was given, since it tells which page is meant.
                Place::New { report: known, .. } => out.push(Report { url: report.url.take(), ..known }),
            }
        }
        Ok(out)
    }

    /// Keeps reports with their claims. When it returns they are on the disk; where it fails none of them is.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn add(&mut self, batch: &[Coded], stamp: Stamp) -> Result<Added> {
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = Added::default();
        for coded in batch {
            add_one(&step, coded, stamp, &mut added)?;
        }
        list::step(&step)?;
        step.commit()?;
        Ok(added)
    }
}

pub(super) fn add_one(db: &Connection, coded: &Coded, stamp: Stamp, added: &mut Added) -> Result<()> {
    let (before, key, sha, report) = match place(db, &coded.report)? {
        Place::Held { state, .. } => {
            *(if state == REMOVED { &mut added.refused } else { &mut added.held }) += 1;
            return Ok(());
        }
        Place::New { before, key, sha, report } => (before, key, sha, report),
    };
    // Claims that were coded without what is known of the page wait to be coded anew.
    let same = report.published == coded.report.published;
    let coder = if same || report.day().is_none() { stamp.coder } else { "" };
    let name = match &before {
        Some(before) => free_name(db, &format!("{}@{}", before.name, before.version + 1))?,
        None => free_name(db, &report.id)?,
    };
    let day = report.day().map(Day::number);
    let jsons: Vec<String> = coded.claims.iter().map(Record::json).collect();
    db.prepare_cached(
        "INSERT INTO report(name, sha, key, page, version, state, first_seen, outlet, url, published, language, day,
                            coder, author, coded, seal)
         VALUES (?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, x'')",
    )?
    .execute(params![
        name,
        sha.0,
        key,
        stamp.seen,
        report.outlet,
        report.url,
        report.published,
        report.language,
        day,
        coder,
        report.author,
        digest(jsons.iter().map(String::as_str).collect()).0
    ])?;
    let id = db.last_insert_rowid();
    let (page, version) = before.as_ref().map_or((id, 1), |before| (before.page, before.version + 1));
    db.prepare_cached("UPDATE report SET page = ?2, version = ?3 WHERE id = ?1")?
        .execute(params![id, page, version])?;
    db.prepare_cached("INSERT INTO body(report, title, text) VALUES (?, ?, ?)")?.execute(params![
        id,
        report.title,
        report.text
    ])?;
    db.prepare_cached("INSERT INTO words(rowid, title, text) VALUES (?, ?, ?)")?.execute(params![
        id,
        report.title,
        report.text
    ])?;
    let mut numbers = std::collections::BTreeMap::new();
    for (record, json) in coded.claims.iter().zip(&jsons) {
        let number = numbers.entry(record.sentence).or_insert(0);
        insert_claim(db, id, *number, record, json, report.day())?;
        *number += 1;
    }
    added.claims += coded.claims.len();
    match before {
        Some(before) => {
            added.versions += 1;
            supersede(db, before.id)?;
            let detail = serde_json::json!({ "after": before.current });
            log::write(db, stamp.seen, "version", &name, None, Some(&detail))?;
        }
        None => added.new += 1,
    }
    seal_row(db, id)
}

/// A page that was just read and says what a version before the last said: that version stands again, and the log tells when
/// it was seen. Returns false where the report is nothing like that.
pub(super) fn stands_again(db: &Connection, report: &Report, stamp: Stamp) -> Result<bool> {
    let Place::Held { id, state: OLDER } = place(db, report)? else { return Ok(false) };
    let current = db
        .prepare_cached(
            "SELECT now.id, now.name, old.name, old.published FROM report now JOIN report old ON old.page = now.page
             WHERE old.id = ? AND now.state = 0",
        )?
        .query_row([id], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, Option<String>>(3)?,
            ))
        })
        .optional()?;
    let Some((now, after, name, published)) = current else { return Ok(false) };
    supersede(db, now)?;
    db.prepare_cached("UPDATE report SET state = 0 WHERE id = ?")?.execute([id])?;
    db.prepare_cached("INSERT INTO words(rowid, title, text) SELECT report, title, text FROM body WHERE report = ?")?
        .execute([id])?;
    let mut claims =
        db.prepare_cached("SELECT id, json FROM claim JOIN record ON claim = id WHERE report = ? AND state = ?")?;
    let claims: Vec<(i64, String)> = claims
        .query_map([id, OF_OLDER], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let published = published.as_deref().and_then(Day::from_rfc3339);
    for (claim, json) in claims {
        // A record that cannot be read is for `verify` to tell; it is not made worse.
        if let Ok(record) = serde_json::from_str::<Record>(&json) {
            update_claim(db, claim, &record, published, STANDS)?;
        }
    }
    seal(db, id)?;
    log::write(db, stamp.seen, "again", &name, None, Some(&serde_json::json!({ "after": after })))?;
    Ok(true)
}

/// What a report is to the archive.
#[expect(clippy::large_enum_variant, reason = "one at a time, for as long as a report is added")]
enum Place {
    /// It has it, in this row and state.
    Held { id: i64, state: i64 },
    New {
        before: Option<Before>,
        key: String,
        sha: Digest,
        /// With what the version before says of itself and it does not.
        report: Report,
    },
}

fn place(db: &Connection, report: &Report) -> Result<Place> {
    let held = |sha: &Digest| {
        let mut held = db.prepare_cached("SELECT id, state FROM report WHERE sha = ?")?;
        held.query_row([sha.0], |row| Ok(Place::Held { id: row.get(0)?, state: row.get(1)? })).optional()
    };
    let key = key(report);
    let sha = address(report, &key);
    if let Some(held) = held(&sha)? {
        return Ok(held);
    }
    let before = match version_before(db, report, &key)? {
        // What no more than its file names is no version of what stands beside it there.
        Some(before) if report.unnamed && !before.says(report) => None,
        found => found,
    };
    let Some(before) = before else {
        return Ok(Place::New { before: None, key, sha, report: report.clone() });
    };
    if before.says(report) {
        return Ok(Place::Held { id: before.id, state: 0 });
    }
    let report = before.completed(report);
    let sha = address(&report, &before.key);
    // The text may be that of a version before the last.
    Ok(match held(&sha)? {
        Some(held) => held,
        None => Place::New { key: before.key.clone(), before: Some(before), sha, report },
    })
}

/// The version that a new text follows.
struct Before {
    id: i64,
    page: i64,
    version: i64,
    /// Name of the first version.
    name: String,
    current: String,
    key: String,
    /// What it says, and what it said of itself before a correction.
    report: Report,
    given: Json,
}

impl Before {
    /// Whether a report has the same text and says nothing of itself that this one does not.
    fn says(&self, report: &Report) -> bool {
        let known = |new: &Option<String>, now: &Option<String>, given: &str| {
            new.is_none() || new == now || new.as_deref() == self.given[given].as_str()
        };
        let now = &self.report;
        report.text == now.text
            && known(&report.outlet, &now.outlet, "outlet")
            && known(&report.title, &now.title, "title")
            && known(&report.url, &now.url, "url")
            && known(&report.published, &now.published, "published")
            && known(&report.language, &now.language, "language")
    }

    /// The report with what is known of its page and it does not say.
    fn completed(&self, report: &Report) -> Report {
        let known = |new: &Option<String>, now: &Option<String>| new.as_ref().or(now.as_ref()).cloned();
        let now = &self.report;
        Report {
            outlet: known(&report.outlet, &now.outlet),
            title: known(&report.title, &now.title),
            url: known(&report.url, &now.url),
            published: known(&report.published, &now.published),
            author: known(&report.author, &now.author),
            language: known(&report.language, &now.language),
            ..report.clone()
        }
    }
}

/// The current versions that bear a key or are of a page of that name. The plus keeps SQLite from walking all current
/// reports: every report that is added asks this.
const BEFORE: &str = "
    SELECT r.id, r.page, (SELECT max(version) FROM report v WHERE v.page = r.page), first.name, r.name, r.key,
           r.outlet, b.title, r.url, r.published, r.author, r.language, b.text, r.given
    FROM report r JOIN report first ON first.id = r.page JOIN body b ON b.report = r.id
    WHERE +r.state = 0 AND r.id IN (
        SELECT id FROM report WHERE key = ?1
        UNION SELECT id FROM report WHERE page = (SELECT page FROM report WHERE name = ?1))
    ORDER BY r.id";

/// The current version of a name.
const NAMED: &str = "
    SELECT r.id, r.page, r.version, first.name, r.name, r.key,
           r.outlet, b.title, r.url, r.published, r.author, r.language, b.text, r.given
    FROM report r JOIN report first ON first.id = r.page JOIN body b ON b.report = r.id
    WHERE r.state = 0 AND r.name = ?1";

fn version_before(db: &Connection, report: &Report, key: &str) -> Result<Option<Before>> {
    // A row that nothing names is held against that of its place in the file alone: against all of them, a table of a
    // hundred thousand would be read a hundred thousand times.
    let (sql, asked) = if report.unnamed { (NAMED, report.id.as_str()) } else { (BEFORE, key) };
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([asked])?;
    while let Some(row) = rows.next()? {
        let found: String = row.get(5)?;
        let text: String = row.get(12)?;
        // An address is one page. Two files may bear one name and be nothing to each other. A file that came with an
        // address and comes without is the same where its text is.
        let one = match &report.url {
            _ if report.unnamed => text == report.text,
            Some(_) => found == key,
            None => text == report.text || found == key && kin(&text, &report.text),
        };
        if one {
            let given: Option<String> = row.get(13)?;
            return Ok(Some(Before {
                id: row.get(0)?,
                page: row.get(1)?,
                version: row.get(2)?,
                name: row.get(3)?,
                current: row.get(4)?,
                key: found,
                report: Report {
                    outlet: row.get(6)?,
                    title: row.get(7)?,
                    url: row.get(8)?,
                    published: row.get(9)?,
                    author: row.get(10)?,
                    language: row.get(11)?,
                    ..Report::from_text("", text)
                },
                given: given.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
            }));
        }
    }
    Ok(None)
}

/// True where two texts share enough words for the one to be an edit of the other.
fn kin(a: &str, b: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (a, b) = (words(a), words(b));
    let both = a.intersection(&b).count() as f64;
    both >= KIN * (a.len() + b.len()) as f64 - KIN * both
}

/// The name, with `#2`, `#3` … where it is taken.
fn free_name(db: &Connection, wanted: &str) -> Result<String> {
    let mut taken = db.prepare_cached("SELECT 1 FROM report WHERE name = ?")?;
    if !taken.exists([wanted])? {
        return Ok(wanted.to_owned());
    }
    let base = wanted.rsplit_once('#').filter(|(_, n)| n.parse::<u32>().is_ok()).map_or(wanted, |(base, _)| base);
    let mut number = 2;
    loop {
        let name = format!("{base}#{number}");
        if !taken.exists([&name])? {
            return Ok(name);
        }
        number += 1;
    }
}

/// The old version steps back: its claims no longer stand, its words are no longer searched.
fn supersede(db: &Connection, report: i64) -> Result<()> {
    unlist(db, report)?;
    db.prepare_cached("UPDATE report SET state = ?2 WHERE id = ?1")?.execute(params![report, OLDER])?;
    db.prepare_cached("UPDATE claim SET state = ?2 WHERE report = ?1 AND state = ?3")?
        .execute(params![report, OF_OLDER, STANDS])?;
    forget_words(db, report)?;
    seal(db, report)
}

/// Takes a report's claims out of all lists, before anything of them changes.
pub(super) fn unlist(db: &Connection, report: i64) -> Result<()> {
    let mut claims = db.prepare_cached("SELECT id FROM claim WHERE report = ?")?;
    let claims: Vec<i64> = claims.query_map([report], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?;
    for claim in claims {
        list::take(db, claim)?;
    }
    db.prepare_cached("DELETE FROM side WHERE claim IN (SELECT id FROM claim WHERE report = ?)")?.execute([report])?;
    Ok(())
}

/// Takes a report's words out of the index.
pub(super) fn forget_words(db: &Connection, report: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO words(words, rowid, title, text) SELECT 'delete', report, title, text FROM body WHERE report = ?",
    )?
    .execute([report])?;
    Ok(())
}

/// What the tables say of a claim beside its record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Columns {
    pub kind: i64,
    pub modality: i64,
    pub day: Option<i64>,
    pub country: Option<String>,
    pub place: Option<String>,
    pub source: Option<String>,
}

impl Columns {
    pub fn of(record: &Record, published: Option<Day>) -> Self {
        let modality = demarche_core::Modality::from_name(&record.modality);
        Self {
            kind: record.event_type().map_or(-1, |kind| kind as i64),
            modality: modality.map_or(-1, |modality| modality as i64),
            day: record.day(published).map(Day::number),
            country: record.place.as_ref().and_then(|place| place.country.clone()),
            place: record.place.as_ref().map(|place| place.name.clone()),
            source: record.source().map(str::to_owned),
        }
    }
}

/// Keeps a claim that stands; the lists will come to it.
pub(super) fn insert_claim(
    db: &Connection,
    report: i64,
    number: u32,
    record: &Record,
    json: &str,
    day: Option<Day>,
) -> Result<i64> {
    let c = Columns::of(record, day);
    db.prepare_cached(
        "INSERT INTO claim(report, sentence, number, state, kind, modality, day, country, place, source)
         VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![report, record.sentence, number, c.kind, c.modality, c.day, c.country, c.place, c.source])?;
    let id = db.last_insert_rowid();
    db.prepare_cached("INSERT INTO record(claim, json) VALUES (?, ?)")?.execute(params![id, json])?;
    list::note_sides(db, id, record)?;
    Ok(id)
}

/// Computes the digest of a report's claims and the seal of its row anew.
pub(super) fn seal(db: &Connection, report: i64) -> Result<()> {
    let coded = coded(db, report)?;
    db.prepare_cached("UPDATE report SET coded = ?2 WHERE id = ?1")?.execute(params![report, coded.0])?;
    seal_row(db, report)
}

fn seal_row(db: &Connection, report: i64) -> Result<()> {
    let seal = row_seal(db, report)?;
    db.prepare_cached("UPDATE report SET seal = ?2 WHERE id = ?1")?.execute(params![report, seal.0])?;
    Ok(())
}

/// Digest of the claims of a report that stand or stood; numbers are left out, so that only what is said counts.
pub(super) fn coded(db: &Connection, report: i64) -> Result<Digest> {
    let mut statement = db.prepare_cached(
        "SELECT json FROM claim JOIN record ON claim = id WHERE report = ? AND state < 2 ORDER BY sentence, number",
    )?;
    let mut rows = statement.query([report])?;
    let mut jsons = Vec::new();
    while let Some(row) = rows.next()? {
        jsons.push(row.get::<_, String>(0)?);
    }
    Ok(digest(jsons.iter().map(String::as_str).collect()))
}

fn digest(mut jsons: Vec<&str>) -> Digest {
    jsons.sort_unstable();
    jsons.iter().fold(Fields::new("claims"), |fields, json| fields.text(Some(json))).end()
}

/// Digest of the row itself. What it covers beside is covered by `sha` and `coded`.
pub(super) fn row_seal(db: &Connection, report: i64) -> Result<Digest> {
    Ok(db
        .prepare_cached(
            "SELECT name, sha, key, page, version, state, first_seen, outlet, url, published, language, day, coder, coded,
                    given, author FROM report WHERE id = ?",
        )?
        .query_row([report], |row| {
            let mut fields = Fields::new("row");
            for column in 0..15 {
                fields = match row.get_ref(column)? {
                    ValueRef::Null => fields.text(None),
                    ValueRef::Integer(n) => fields.number(n),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => fields.bytes(bytes),
                    ValueRef::Real(x) => fields.number(x.to_bits() as i64),
                };
            }
            // Reports of the first versions have no author, and their seals know of none.
            if let Some(author) = row.get::<_, Option<String>>(15)? {
                fields = fields.text(Some(&author));
            }
            Ok(fields.end())
        })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_follows_is_found_without_a_walk_over_all_reports() {
        let archive = Archive::in_memory().unwrap();
        let mut plan = archive.db.prepare(&format!("EXPLAIN QUERY PLAN {BEFORE}")).unwrap();
        let steps: Vec<String> =
            plan.query_map(["a"], |row| row.get(3)).unwrap().collect::<std::result::Result<_, _>>().unwrap();
        // Only the few of one page may be looked for by anything but their number, name or key.
        let narrow = |step: &&String| ["rowid=?", "key=?", "page=?", "name=?"].iter().any(|by| step.contains(by));
        let walks = steps.iter().filter(|step| step.starts_with("SCAN") || step.starts_with("SEARCH"));
        assert_eq!(walks.clone().filter(|step| !narrow(step)).collect::<Vec<_>>(), Vec::<&String>::new());
        assert!(walks.count() > 4, "{steps:?}");
    }
}
