//! Finding claims and reports: by words, parties, type, place, days and speaker, the newest first.

use demarche_core::{Day, EventType, Modality, Report};
use serde::Serialize;

use super::Archive;
use crate::{
    error::{Fault, Result, StoreError},
    record::Record,
    sqlite::{Connection, Row, Value, params, params_from_iter},
};

/// What is looked for; everything that is given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words of the report.
    pub words: Option<String>,
    /// Who acts: a code or tag in capitals, else a canonical name.
    pub actor: Option<String>,
    /// On whom.
    pub recipient: Option<String>,
    /// Either of the two.
    pub party: Option<String>,
    /// PLOVER type.
    pub kind: Option<EventType>,
    /// Whether it happened.
    pub modality: Option<Modality>,
    /// Country code, or name of the place.
    pub place: Option<String>,
    /// Who says so.
    pub according_to: Option<Attributed>,
    /// First day.
    pub since: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// Id of one report.
    pub report: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
}

/// In whose voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attributed {
    /// The outlet's own.
    Outlet,
    /// Anybody's.
    Anybody,
    /// This code or name.
    Speaker(String),
}

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

/// Conditions with their values.
#[derive(Default)]
struct Where {
    from: String,
    terms: Vec<String>,
    values: Vec<Value>,
}

impl Where {
    fn term(&mut self, sql: &str, value: impl Into<Value>) {
        self.terms.push(sql.to_owned());
        self.values.push(value.into());
    }
}

/// True for a code or tag: `IND`, `G7`, `HAMAS`.
fn is_code(name: &str) -> bool {
    (2..=16).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Words as a person types them to a query that cannot be wrong: all of them must be there; "a phrase" stays together.
fn query(words: &str) -> String {
    let quoted = words.split('"').enumerate().flat_map(|(i, part)| {
        let parts: Vec<String> =
            if i % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() };
        parts.into_iter().filter(|part| part.chars().any(char::is_alphanumeric)).map(|part| format!("\"{part}\""))
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// Reports that are few enough to look at the claims of all of them; of more, the newest claims are walked until
/// enough fit.
const FEW: i64 = 3000;

/// True where a query of reports finds few.
fn few(db: &Connection, reports: &str, value: &str) -> Result<bool> {
    let sql = format!("SELECT count(*) FROM ({reports} LIMIT {FEW})");
    Ok(db.prepare_cached(&sql)?.query_row([value], |row| row.get::<_, i64>(0))? < FEW)
}

const BY_WORDS: &str = "SELECT rowid AS report FROM words WHERE words MATCH ?";
const BY_OUTLET: &str = "SELECT id AS report FROM report WHERE outlet = ? AND state = 0";

/// The claims that fit, as a query of their ids and days.
fn claims_where(db: &Connection, filter: &Filter) -> Result<Where> {
    let mut w = Where { from: "claim c".to_owned(), ..Where::default() };
    let mut day = "c.day";
    let words = filter.words.as_deref().map(searched).transpose()?;
    let by_reports = [(BY_WORDS, &words), (BY_OUTLET, &filter.outlet)];
    let no_party = filter.actor.is_none() && filter.recipient.is_none() && filter.party.is_none();
    let mut driver = None;
    for (n, (reports, value)) in by_reports.iter().enumerate() {
        if let Some(value) = value
            && driver.is_none()
            && no_party
            && few(db, reports, value)?
        {
            w.from = format!("({reports}) few CROSS JOIN claim c ON c.report = few.report");
            w.values.push(value.clone().into());
            driver = Some(n);
        }
    }
    let walked = w.from.clone();
    // Parties first: they narrow most, and their rows stand in the order of days.
    let sides = [(&filter.actor, "actor", 0), (&filter.recipient, "recipient", 1)];
    for (n, (name, column, role)) in sides.iter().enumerate() {
        let Some(name) = name else { continue };
        if is_code(name) {
            if n == 1 && w.from.starts_with("pair") {
                w.term("p.recipient = ?", name.clone());
                continue;
            }
            if w.from == walked {
                "pair p JOIN claim c ON c.id = p.claim".clone_into(&mut w.from);
                day = "p.day";
                w.term(&format!("p.{column} = ?"), name.clone());
            } else {
                w.term(&format!("EXISTS (SELECT 1 FROM pair q WHERE q.claim = c.id AND q.{column} = ?)"), name.clone());
            }
        } else if w.from == walked {
            "party n JOIN claim c ON c.id = n.claim".clone_into(&mut w.from);
            day = "n.day";
            w.term(&format!("n.role = {role} AND n.name = ?"), name.clone());
        } else {
            w.term(
                &format!("EXISTS (SELECT 1 FROM party q WHERE q.claim = c.id AND q.role = {role} AND q.name = ?)"),
                name.clone(),
            );
        }
    }
    if let Some(name) = &filter.party {
        let either = if is_code(name) {
            "SELECT claim, day FROM pair WHERE actor = ? UNION SELECT claim, day FROM pair WHERE recipient = ?"
        } else {
            "SELECT claim, day FROM party WHERE role = 0 AND name = ?
             UNION SELECT claim, day FROM party WHERE role = 1 AND name = ?"
        };
        if w.from == walked {
            w.from = format!("({either} ORDER BY 2 DESC, 1 DESC) p JOIN claim c ON c.id = p.claim");
            day = "p.day";
            // Values of the table come before those of the conditions.
            w.values.extend([Value::from(name.clone()), Value::from(name.clone())]);
        } else {
            w.terms.push(format!("c.id IN (SELECT claim FROM ({either}))"));
            w.values.extend([Value::from(name.clone()), Value::from(name.clone())]);
        }
    }
    // The sign keeps SQLite from walking all claims that stand where a few reports are at hand.
    w.terms.push((if driver.is_some() { "+c.state = 0" } else { "c.state = 0" }).to_owned());
    if let Some(kind) = filter.kind {
        w.term("c.kind = ?", kind as i64);
    }
    if let Some(modality) = filter.modality {
        w.term("c.modality = ?", modality as i64);
    }
    if let Some(place) = &filter.place {
        w.term(if is_code(place) { "c.country = ?" } else { "c.place = ?" }, place.clone());
    }
    match &filter.according_to {
        Some(Attributed::Outlet) => w.terms.push("c.source IS NULL".to_owned()),
        Some(Attributed::Anybody) => w.terms.push("c.source IS NOT NULL".to_owned()),
        Some(Attributed::Speaker(name)) => w.term("c.source = ?", name.clone()),
        None => {}
    }
    if let Some(since) = filter.since {
        w.term(&format!("{day} >= ?"), since.number());
    }
    if let Some(until) = filter.until {
        w.term(&format!("{day} <= ?"), until.number());
    }
    if let Some(report) = &filter.report {
        w.term("c.report = (SELECT id FROM report WHERE name = ?)", report.clone());
    }
    for (n, (reports, value)) in by_reports.iter().enumerate() {
        if let (Some(value), true) = (value, driver != Some(n)) {
            // The sign keeps the claims in the order of days.
            w.term(&format!("+c.report IN ({reports})"), value.clone());
        }
    }
    w.from = format!(
        "SELECT DISTINCT c.id AS id, {day} AS day FROM {} WHERE {} ORDER BY {day} DESC, {} DESC",
        w.from,
        w.terms.join(" AND "),
        if day == "c.day" {
            "c.id"
        } else if day == "n.day" {
            "n.claim"
        } else {
            "p.claim"
        }
    );
    Ok(w)
}

fn searched(words: &str) -> Result<String> {
    let query = query(words);
    if query.is_empty() {
        return Err(StoreError::new(
            Fault::Request,
            "there is no word to search for",
            "give at least one with a letter",
        ));
    }
    Ok(query)
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
        let w = claims_where(&self.db, filter)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = format!(
            "SELECT {CLAIM} FROM ({} LIMIT {limit} OFFSET {skip}) f CROSS JOIN claim c ON c.id = f.id
             CROSS JOIN report r ON r.id = c.report CROSS JOIN record ON record.claim = c.id
             ORDER BY f.day DESC, f.id DESC",
            w.from
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(w.values))?;
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
        let (sql, values) = reports_where(&self.db, filter, all_versions)?;
        let columns = "r.name, r.version, r.state, r.outlet, b.title, r.url, r.published, r.language, r.first_seen,
             (SELECT count(*) FROM claim WHERE claim.report = r.id AND claim.state < 2), r.sha";
        let sql = sql.replace("{columns}", columns);
        let mut statement = self.db.prepare_cached(&format!("{sql} LIMIT {limit} OFFSET {skip}"))?;
        let mut rows = statement.query(params_from_iter(values))?;
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
        let (sql, values) = reports_where(&self.db, filter, false)?;
        let sql = sql.replace("{columns}", TEXT);
        let mut statement = self.db.prepare_cached(&format!("{sql} LIMIT {limit}"))?;
        let rows = statement.query_map(params_from_iter(values), text_row)?;
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

fn reports_where(db: &Connection, filter: &Filter, all_versions: bool) -> Result<(String, Vec<Value>)> {
    let mut w = Where::default();
    let of_claims = Filter { words: None, outlet: None, since: None, until: None, report: None, ..filter.clone() };
    let mut sql = match &filter.words {
        Some(words) => {
            w.values.push(searched(words)?.into());
            "SELECT {columns}, snippet(words, -1, '[', ']', ' … ', 16) FROM words CROSS JOIN report r ON r.id = words.rowid
             CROSS JOIN body b ON b.report = r.id WHERE words MATCH ?"
                .to_owned()
        }
        None => "SELECT {columns} FROM report r LEFT JOIN body b ON b.report = r.id WHERE true".to_owned(),
    };
    if !all_versions {
        w.terms.push("r.state = 0".to_owned());
    }
    if let Some(since) = filter.since {
        w.term("r.day >= ?", since.number());
    }
    if let Some(until) = filter.until {
        w.term("r.day <= ?", until.number());
    }
    if let Some(outlet) = &filter.outlet {
        w.term("r.outlet = ?", outlet.clone());
    }
    if let Some(report) = &filter.report {
        w.term("r.name = ?", report.clone());
    }
    if of_claims != Filter::default() {
        let c = claims_where(db, &of_claims)?;
        w.terms.push(format!("r.id IN (SELECT report FROM claim WHERE id IN (SELECT id FROM ({})))", c.from));
        w.values.extend(c.values);
    }
    for term in &w.terms {
        sql.push_str(" AND ");
        sql.push_str(term);
    }
    // A set too large to weigh shows what came last.
    let weighed = match &filter.words {
        Some(words) => Some(few(db, BY_WORDS, &searched(words)?)?),
        None => None,
    };
    sql.push_str(match weighed {
        Some(true) => " ORDER BY rank, r.id DESC",
        Some(false) => " ORDER BY words.rowid DESC",
        None => " ORDER BY r.day DESC, r.id DESC",
    });
    Ok((sql, w.values))
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
    fn what_a_person_types_is_never_a_wrong_query() {
        assert_eq!(query("cross-border fire"), "\"cross-border\" \"fire\"");
        assert_eq!(query("the \"no fly\" zone*) OR"), "\"the\" \"no fly\" \"zone*)\" \"OR\"");
        assert_eq!(query("-- \" ("), "");
    }

    #[test]
    fn a_claims_id_is_told_from_its_end() {
        assert_eq!(parts("a/b/3.0"), Some(("a/b", 3, 0)));
        assert_eq!(parts("a"), None);
    }
}
