//! Finding claims and reports: by words, parties, type, place, days and speaker, the newest first.

use demarche_core::Report;
use serde::Serialize;

use super::{Archive, filter::Filter, plan};
use crate::{
    error::{Fault, Result, StoreError},
    record::Record,
    sqlite::{Row, params, params_from_iter},
};

/// A claim with what its report says of itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct ClaimRow {
    pub id: String,
    pub report: String,
    #[serde(flatten)]
    pub record: Record,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    #[serde(skip)]
    pub language: Option<String>,
    /// Days since 1970-01-01.
    #[serde(skip)]
    pub day: Option<i64>,
}

/// A report without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ReportRow {
    pub report: String,
    pub version: u32,
    /// `current`, `older`, `removed`.
    pub state: &'static str,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub first_seen: String,
    pub claims: u32,
    /// SHA-256 of what was read.
    pub sha256: String,
    /// Where words were searched: some of them, the found ones in brackets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

const CLAIM: &str = "r.name, c.sentence, c.number, json, r.outlet, r.published, r.url, r.language, c.day";

fn claim_row(row: &Row) -> Result<ClaimRow> {
    let report: String = row.get(0)?;
    let (sentence, number): (u32, u32) = (row.get(1)?, row.get(2)?);
    let id = format!("{report}/{sentence}.{number}");
    let record = serde_json::from_str(row.get_ref(3)?.as_str().unwrap_or_default()).map_err(|error| {
        StoreError::new(
            Fault::Damaged,
            format!("the claim {id} cannot be read: {error}"),
            "`demarche archive verify` tells what is damaged; `demarche archive recode --all` makes the claims anew",
        )
    })?;
    let (outlet, published, url) = (row.get(4)?, row.get(5)?, row.get(6)?);
    Ok(ClaimRow { id, report, record, outlet, published, url, language: row.get(7)?, day: row.get(8)? })
}

impl Archive {
    /// Claims that fit, the newest first, `skip` of them passed over.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn claims(&self, filter: &Filter, limit: usize, skip: usize) -> Result<Vec<ClaimRow>> {
        let mut out = Vec::new();
        self.each_claim(filter, limit, skip, |row| {
            out.push(row);
            Ok(())
        })?;
        Ok(out)
    }

    /// The same one by one: memory holds one.
    ///
    /// # Errors
    /// When the archive cannot be read, and those of `each`.
    pub fn each_claim(
        &self,
        filter: &Filter,
        limit: usize,
        skip: usize,
        mut each: impl FnMut(ClaimRow) -> Result<()>,
    ) -> Result<()> {
        let found = plan::claims(&self.db, filter)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = format!(
            "SELECT {CLAIM} FROM ({} LIMIT {limit} OFFSET {skip}) f CROSS JOIN claim c ON c.id = f.id
             CROSS JOIN report r ON r.id = c.report CROSS JOIN record ON record.claim = c.id
             ORDER BY f.day DESC, f.id DESC",
            found.text
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(found.values))?;
        while let Some(row) = rows.next()? {
            each(claim_row(row)?)?;
        }
        Ok(())
    }

    /// One claim by its id.
    ///
    /// # Errors
    /// When there is none, or the archive cannot be read.
    pub fn claim(&self, id: &str) -> Result<ClaimRow> {
        let (report, sentence, number) = parts(id).ok_or_else(|| no_claim(id))?;
        let sql = format!(
            "SELECT {CLAIM} FROM claim c JOIN report r ON r.id = c.report JOIN record ON record.claim = c.id
             WHERE r.name = ? AND c.sentence = ? AND c.number = ?"
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![report, sentence, number])?;
        rows.next()?.map_or_else(|| Err(no_claim(id)), claim_row)
    }

    /// Reports by words, outlet and day of publication; by claims where the filter asks for any. Newest first; with
    /// words the best match first.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn reports(&self, filter: &Filter, all_versions: bool, limit: usize, skip: usize) -> Result<Vec<ReportRow>> {
        let columns = "r.name, r.version, r.state, r.outlet, b.title, r.url, r.published, r.language, r.first_seen,
             (SELECT count(*) FROM claim WHERE claim.report = r.id AND claim.state < 2), r.sha";
        let found = plan::reports(&self.db, filter, columns, all_versions)?;
        let mut statement = self.db.prepare_cached(&format!("{} LIMIT {limit} OFFSET {skip}", found.text))?;
        let mut rows = statement.query(params_from_iter(found.values))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let words = if filter.words.is_some() { row.get(11)? } else { None };
            out.push(report_row(row, words)?);
        }
        Ok(out)
    }

    /// The texts of the reports that fit, the newest first, as they were read or corrected.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn texts(&self, filter: &Filter, limit: usize) -> Result<Vec<Report>> {
        let found = plan::reports(&self.db, filter, TEXT, false)?;
        let mut statement = self.db.prepare_cached(&format!("{} LIMIT {limit}", found.text))?;
        let rows = statement.query_map(params_from_iter(found.values), text_row)?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// One report with its text, and all versions of its page, the first one first.
    ///
    /// # Errors
    /// When there is none, or the archive cannot be read.
    pub fn report(&self, name: &str) -> Result<(Report, Vec<ReportRow>)> {
        let id = self.report_id(name)?;
        let sql = format!("SELECT {TEXT} FROM report r LEFT JOIN body b ON b.report = r.id WHERE r.id = ?");
        let report = self.db.prepare_cached(&sql)?.query_row([id], text_row)?;
        let mut statement = self.db.prepare_cached(
            "SELECT r.name, r.version, r.state, r.outlet, b.title, r.url, r.published, r.language, r.first_seen,
                    (SELECT count(*) FROM claim WHERE claim.report = r.id AND claim.state < 2), r.sha
             FROM report r LEFT JOIN body b ON b.report = r.id
             WHERE r.page = (SELECT page FROM report WHERE id = ?) ORDER BY r.version",
        )?;
        let mut rows = statement.query([id])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            versions.push(report_row(row, None)?);
        }
        Ok((report, versions))
    }

    /// The row of a report with this name.
    pub(super) fn report_id(&self, name: &str) -> Result<i64> {
        let mut statement = self.db.prepare_cached("SELECT id FROM report WHERE name = ?")?;
        let mut rows = statement.query([name])?;
        match rows.next()? {
            Some(row) => Ok(row.get(0)?),
            None => Err(StoreError::new(
                Fault::Missing,
                format!("the archive holds no report {name}"),
                "`demarche archive list` and `demarche archive search WORDS` show what it holds",
            )),
        }
    }
}

const TEXT: &str = "r.name, r.outlet, b.title, r.url, r.published, r.language, b.text, r.author, NULL, NULL, NULL";

fn text_row(row: &Row) -> crate::sqlite::RowResult<Report> {
    Ok(Report {
        id: row.get(0)?,
        outlet: row.get(1)?,
        title: row.get(2)?,
        url: row.get(3)?,
        published: row.get(4)?,
        author: row.get(7)?,
        language: row.get(5)?,
        text: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        unnamed: false,
        warnings: vec![],
    })
}

fn report_row(row: &Row, words: Option<String>) -> Result<ReportRow> {
    let sha: Vec<u8> = row.get(10)?;
    Ok(ReportRow {
        report: row.get(0)?,
        version: row.get(1)?,
        state: ["current", "older", "removed"].get(row.get::<_, u8>(2)? as usize).copied().unwrap_or("unknown"),
        outlet: row.get(3)?,
        title: row.get(4)?,
        url: row.get(5)?,
        published: row.get(6)?,
        language: row.get(7)?,
        first_seen: row.get(8)?,
        claims: row.get(9)?,
        sha256: crate::Digest::from_slice(&sha).map(|sha| sha.to_string()).unwrap_or_default(),
        words,
    })
}

/// Report, sentence and number of a claim's id.
pub(super) fn parts(id: &str) -> Option<(&str, u32, u32)> {
    let (report, place) = id.rsplit_once('/')?;
    let (sentence, number) = place.split_once('.')?;
    Some((report, sentence.parse().ok()?, number.parse().ok()?))
}

pub(super) fn no_claim(id: &str) -> StoreError {
    StoreError::new(
        Fault::Missing,
        format!("the archive holds no claim {id}"),
        "an id is REPORT/SENTENCE.NUMBER, as `demarche archive list` prints it",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claims_id_is_told_from_its_end() {
        assert_eq!(parts("a/b/3.0"), Some(("a/b", 3, 0)));
        assert_eq!(parts("a"), None);
    }
}
