//! Stats: how much an archive holds of what, as it is counted while it is written.

use std::{fs, path::Path};

use demarche_core::{Day, EventType};
use serde::Serialize;

use super::{
    Archive,
    add::{OLDER, REMOVED, STANDS, STRUCK},
    schema,
};
use crate::error::Result;

/// Outlets that are named.
const OUTLETS: usize = 10;

/// What an archive holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Stats {
    pub schema: i64,
    pub hash: String,
    pub bytes: u64,
    /// Pages with a current version.
    pub reports: u64,
    pub older_versions: u64,
    pub removed: u64,
    /// Reports in another language than English: kept, not coded.
    pub not_coded: u64,
    pub claims: u64,
    pub struck: u64,
    pub types: Vec<(String, u64)>,
    /// The outlets with most reports.
    pub outlets: Vec<(String, u64)>,
    pub first_day: Option<String>,
    pub last_day: Option<String>,
    pub coders: Vec<(String, u64)>,
}

/// So many of one name, in one state.
struct Count {
    state: i64,
    name: String,
    n: u64,
}

impl Archive {
    /// Counts.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn stats(&self) -> Result<Stats> {
        let (types, coders) = (self.tally("type")?, self.tally("coder")?);
        let claims = |state: i64| of(&types, |count| count.state == state);
        let reports = |state: i64| of(&coders, |count| count.state == state);
        let kind = |kind: EventType| {
            let name = (kind as i64).to_string();
            (kind.as_str().to_owned(), of(&types, |count| count.state == STANDS && count.name == name))
        };
        let mut outlets: Vec<(String, u64)> = Vec::new();
        for Count { name, n, .. } in self.tally("outlet")?.into_iter().filter(|count| count.state == STANDS) {
            outlets.push((if name.is_empty() { "unknown".to_owned() } else { name }, n));
        }
        outlets.sort_by(|(a, many), (b, few)| few.cmp(many).then_with(|| a.cmp(b)));
        outlets.truncate(OUTLETS);
        let not_coded = |count: &Count| count.state == STANDS && !matches!(count.name.as_str(), "" | "en");
        let mut coded_by: Vec<(String, u64)> = Vec::new();
        for Count { name, n, .. } in coders.iter().filter(|count| count.state < REMOVED) {
            match coded_by.iter_mut().find(|(known, _)| known == name) {
                Some((_, all)) => *all += n,
                None => coded_by.push((name.clone(), *n)),
            }
        }
        coded_by.sort();
        let day = |which: &str| -> Result<Option<String>> {
            let sql = format!("SELECT {which}(day) FROM report WHERE state = 0");
            let day: Option<i64> = self.db.query_row(&sql, [], |row| row.get(0))?;
            Ok(day.map(|day| Day::from_number(day).to_string()))
        };
        Ok(Stats {
            schema: schema::VERSION,
            hash: self.hash()?.to_string(),
            bytes: size(&self.path),
            reports: reports(STANDS),
            older_versions: reports(OLDER),
            removed: reports(REMOVED),
            not_coded: of(&self.tally("language")?, not_coded),
            claims: claims(STANDS),
            struck: claims(STRUCK),
            types: EventType::ALL.iter().copied().map(kind).collect(),
            outlets,
            first_day: day("min")?,
            last_day: day("max")?,
            coders: coded_by,
        })
    }

    fn tally(&self, what: &str) -> Result<Vec<Count>> {
        let mut statement = self.db.prepare_cached("SELECT state, name, n FROM tally WHERE what = ? AND n > 0")?;
        let rows = statement.query_map([what], |row| {
            Ok(Count { state: row.get(0)?, name: row.get(1)?, n: row.get::<_, i64>(2)? as u64 })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// How many counts are not what counting finds.
    pub(super) fn miscounted(&self) -> Result<u64> {
        let sql = "SELECT count(*) FROM (
            SELECT * FROM (SELECT what, state, name, n FROM tally WHERE n <> 0 EXCEPT SELECT * FROM counted)
            UNION ALL SELECT * FROM (SELECT * FROM counted EXCEPT SELECT what, state, name, n FROM tally))";
        Ok(self.db.query_row(sql, [], |row| row.get::<_, i64>(0))? as u64)
    }
}

fn of(counts: &[Count], wanted: impl Fn(&Count) -> bool) -> u64 {
    counts.iter().filter(|count| wanted(count)).map(|count| count.n).sum()
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |meta| meta.len())
}

#[cfg(test)]
mod tests {
    use demarche_core::Report;

    use super::*;
    use crate::{Coded, Stamp};

    #[test]
    fn a_count_that_is_wrong_is_found() {
        let mut archive = Archive::in_memory().unwrap();
        let report = Report::from_text("a", "Norland left.");
        archive.add(&[Coded { report, claims: vec![] }], Stamp { seen: "2025-05-01T00:00:00Z", coder: "c" }).unwrap();
        assert_eq!((archive.miscounted().unwrap(), archive.stats().unwrap().reports), (0, 1));
        archive.db.execute("UPDATE tally SET n = 2 WHERE what = 'coder'", []).unwrap();
        assert_eq!(archive.miscounted().unwrap(), 2);
        let faults = archive.verify().unwrap().faults;
        assert_eq!(faults, ["the counts of `stats` are not those of what is there"]);
    }
}
