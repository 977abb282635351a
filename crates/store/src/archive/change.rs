//! Removing and correcting: by hand, with a reason, never without a trace.

use demarche_core::{Day, EventType, Modality, Report};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Archive,
    add::{Columns, REMOVED, STANDS, STRUCK, forget_words, seal, unlist},
    find::{no_claim, parts},
    list, log,
};
use crate::{
    error::{Fault, Result, StoreError},
    record::{Date, Record},
    sqlite::{Connection, OptionalExtension, TransactionBehavior, params},
};

/// What of a report is set anew; `None` leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ReportEdit {
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// RFC 3339.
    pub published: Option<String>,
}

/// What of a claim is set anew. Kept with the claim, and done again whenever it is coded anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimEdit {
    /// PLOVER type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Whether it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modality: Option<String>,
    /// Value of the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Code of the one who acts, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Code of the one acted on, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
}

impl ClaimEdit {
    /// The record with this done.
    pub fn apply(&self, record: &mut Record) {
        if let Some(kind) = self.kind.as_deref().and_then(EventType::from_name) {
            if record.kind != kind.as_str() {
                record.mode = None;
            }
            kind.as_str().clone_into(&mut record.kind);
            record.quad = kind.quad();
            record.intensity = f64::from(kind.intensity(record.mode.as_deref()));
        }
        if let Some(modality) = &self.modality {
            record.modality.clone_from(modality);
        }
        if let Some(value) = &self.date {
            let precision = ["year", "month", "day"][value.matches('-').count().min(2)].to_owned();
            let (span, text) = record.date.take().map_or(([0, 0], String::new()), |date| (date.span, date.text));
            record.date = Some(Date { span, text, value: Some(value.clone()), precision });
        }
        for (code, parties) in [(&self.actor, &mut record.actors), (&self.recipient, &mut record.recipients)] {
            if let Some(code) = code {
                for party in parties.iter_mut() {
                    party.country = Some(code.clone());
                }
            }
        }
    }

    fn over(self, before: Self) -> Self {
        Self {
            kind: self.kind.or(before.kind),
            modality: self.modality.or(before.modality),
            date: self.date.or(before.date),
            actor: self.actor.or(before.actor),
            recipient: self.recipient.or(before.recipient),
        }
    }

    fn check(&self) -> Result<()> {
        let wrong = |given: &Option<String>, what: &str, hint: String| {
            let given = given.as_deref().unwrap_or_default();
            Err(StoreError::new(Fault::Request, format!("{given:?} is no {what}"), hint))
        };
        if self.kind.as_deref().is_some_and(|kind| EventType::from_name(kind).is_none()) {
            let all: Vec<&str> = EventType::ALL.iter().map(|kind| kind.as_str()).collect();
            return wrong(&self.kind, "PLOVER type", format!("one of {}", all.join(", ")));
        }
        if self.modality.as_deref().is_some_and(|modality| Modality::from_name(modality).is_none()) {
            return wrong(
                &self.modality,
                "modality",
                "occurred, planned, threatened, hypothetical or negated".to_owned(),
            );
        }
        let day =
            |value: &str| Day::from_rfc3339(&format!("{value}{}", &"0000-01-01"[value.len().min(10)..])).is_some();
        if self.date.as_deref().is_some_and(|date| !matches!(date.len(), 4 | 7 | 10) || !date.is_ascii() || !day(date))
        {
            return wrong(&self.date, "date", "write 2025, 2025-05 or 2025-05-01".to_owned());
        }
        Ok(())
    }
}

impl Archive {
    /// Takes a report's text and claims out, all versions of its page. Its content address stays, so that it does not
    /// come back by itself. Returns how many versions went.
    ///
    /// # Errors
    /// When there is none, or the archive cannot be written.
    pub fn remove(&mut self, name: &str, reason: &str, at: &str) -> Result<usize> {
        let id = self.report_id(name)?;
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let versions: Vec<(i64, String, i64)> = step
            .prepare(
                "SELECT id, name, state FROM report WHERE page = (SELECT page FROM report WHERE id = ?) AND state < 2",
            )?
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<std::result::Result<_, _>>()?;
        if versions.is_empty() {
            drop(step);
            return Err(self.gone(name));
        }
        for (id, name, state) in &versions {
            if *state == 0 {
                forget_words(&step, *id)?;
            }
            unlist(&step, *id)?;
            step.execute("DELETE FROM record WHERE claim IN (SELECT id FROM claim WHERE report = ?)", [id])?;
            step.execute("DELETE FROM claim WHERE report = ?", [id])?;
            step.execute("DELETE FROM body WHERE report = ?", [id])?;
            step.execute(
                "UPDATE report SET state = ?2, outlet = NULL, author = NULL, url = NULL, given = NULL WHERE id = ?1",
                params![id, REMOVED],
            )?;
            seal(&step, *id)?;
            log::write(&step, at, "removed", name, Some(reason), None)?;
        }
        list::shorten(&step)?;
        step.commit()?;
        Ok(versions.len())
    }

    /// Why nothing can be done to a report that was removed: when that was, and the reason given then.
    fn gone(&self, name: &str) -> StoreError {
        let hint = "nothing of its text is left, and it does not come back when it is added again";
        self.done_before(name, "removed", hint)
    }

    fn done_before(&self, name: &str, what: &str, hint: &str) -> StoreError {
        let log = self.log(Some(name), usize::MAX >> 1).unwrap_or_default();
        let told = log.iter().rfind(|entry| entry.what == what).map(|entry| {
            let why = entry.reason.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
            format!(" on {}{why}", entry.at)
        });
        StoreError::new(Fault::Request, format!("{name} was {what}{}", told.unwrap_or_default()), hint)
    }

    /// Sets what a report says of itself. Its claims wait for [`Archive::recode`], since dates hang on publication.
    ///
    /// # Errors
    /// When there is none, or the archive cannot be written.
    pub fn correct_report(&mut self, name: &str, edit: &ReportEdit, reason: &str, at: &str) -> Result<()> {
        let id = self.report_id(name)?;
        let (before, _) = self.report(name)?;
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let state: i64 = step.query_row("SELECT state FROM report WHERE id = ?", [id], |row| row.get(0))?;
        if state == REMOVED {
            drop(step);
            return Err(self.gone(name));
        }
        let given =
            json!({"outlet": before.outlet, "title": before.title, "url": before.url, "published": before.published});
        step.execute("UPDATE report SET given = coalesce(given, ?2) WHERE id = ?1", params![id, given.to_string()])?;
        let after = Report {
            outlet: edit.outlet.clone().or(before.outlet),
            title: edit.title.clone().or(before.title),
            url: edit.url.clone().or(before.url),
            published: edit.published.clone().or(before.published),
            ..Report::default()
        };
        if state == 0 {
            forget_words(&step, id)?;
        }
        step.execute(
            "UPDATE report SET outlet = ?2, url = ?3, published = ?4, day = ?5, coder = '' WHERE id = ?1",
            params![id, after.outlet, after.url, after.published, after.day().map(Day::number)],
        )?;
        step.execute("UPDATE body SET title = ?2 WHERE report = ?1", params![id, after.title])?;
        if state == 0 {
            step.execute(
                "INSERT INTO words(rowid, title, text) SELECT report, title, text FROM body WHERE report = ?",
                [id],
            )?;
        }
        seal(&step, id)?;
        let now = json!({"outlet": after.outlet, "title": after.title, "url": after.url, "published": after.published});
        log::write(&step, at, "corrected", name, Some(reason), Some(&json!({"before": given, "after": now})))?;
        Ok(step.commit()?)
    }

    /// Sets what a claim says.
    ///
    /// # Errors
    /// When there is none, the value makes no sense, or the archive cannot be written.
    pub fn correct_claim(&mut self, id: &str, edit: ClaimEdit, reason: &str, at: &str) -> Result<()> {
        edit.check()?;
        let before = self.claim(id)?;
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (claim, report) = claim_id(&step, id)?;
        let (known, state): (Option<String>, i64) =
            step.query_row("SELECT edits, state FROM claim WHERE id = ?", [claim], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let known = known.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let edit = edit.over(known);
        let mut after = before.record.clone();
        edit.apply(&mut after);
        let published = before.published.as_deref().and_then(Day::from_rfc3339);
        update_claim(&step, claim, &after, published, state)?;
        let edits = serde_json::to_string(&edit).expect("an edit is JSON");
        step.execute("UPDATE claim SET edits = ?2 WHERE id = ?1", params![claim, edits])?;
        seal(&step, report)?;
        let detail = json!({"before": before.record, "set": edit});
        log::write(&step, at, "corrected", id, Some(reason), Some(&detail))?;
        Ok(step.commit()?)
    }

    /// Takes a claim back: it no longer stands, and does not when the report is coded anew.
    ///
    /// # Errors
    /// When there is none, or the archive cannot be written.
    pub fn strike(&mut self, id: &str, reason: &str, at: &str) -> Result<()> {
        let before = self.claim(id)?;
        let step = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (claim, report) = claim_id(&step, id)?;
        if step.query_row("SELECT state = ?2 FROM claim WHERE id = ?1", params![claim, STRUCK], |row| row.get(0))? {
            drop(step);
            return Err(self.done_before(
                id,
                "struck",
                "it does not stand, and will not when its report is coded anew",
            ));
        }
        retire(&step, claim, STRUCK)?;
        seal(&step, report)?;
        log::write(&step, at, "struck", id, Some(reason), Some(&json!({ "before": before.record })))?;
        Ok(step.commit()?)
    }
}

/// Rows of a claim and of its report.
fn claim_id(db: &Connection, id: &str) -> Result<(i64, i64)> {
    let (report, sentence, number) = parts(id).ok_or_else(|| no_claim(id))?;
    let found = db
        .query_row(
            "SELECT c.id, c.report FROM claim c JOIN report r ON r.id = c.report
             WHERE r.name = ? AND c.sentence = ? AND c.number = ?",
            params![report, sentence, number],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    found.ok_or_else(|| no_claim(id))
}

/// The claim no longer stands.
pub(super) fn retire(db: &Connection, claim: i64, state: i64) -> Result<()> {
    unlist_claim(db, claim)?;
    db.prepare_cached("UPDATE claim SET state = ?2 WHERE id = ?1")?.execute(params![claim, state])?;
    Ok(())
}

fn unlist_claim(db: &Connection, claim: i64) -> Result<()> {
    list::take(db, claim)?;
    db.prepare_cached("DELETE FROM side WHERE claim = ?")?.execute([claim])?;
    Ok(())
}

/// Writes another record for a claim, and with it the state that says whether it is to be found.
pub(super) fn update_claim(db: &Connection, claim: i64, record: &Record, day: Option<Day>, state: i64) -> Result<()> {
    unlist_claim(db, claim)?;
    let c = Columns::of(record, day);
    db.prepare_cached(
        "UPDATE claim SET kind = ?2, modality = ?3, day = ?4, country = ?5, place = ?6, source = ?7, state = ?8
         WHERE id = ?1",
    )?
    .execute(params![claim, c.kind, c.modality, c.day, c.country, c.place, c.source, state])?;
    let json = record.json();
    db.prepare_cached("UPDATE record SET json = ?2 WHERE claim = ?1")?.execute(params![claim, json])?;
    if state == STANDS {
        list::note_sides(db, claim, record)?;
        list::put(db, claim)?;
    }
    Ok(())
}
