//! Which column of a table holds what.

use std::{collections::BTreeMap, sync::LazyLock};

use demarche_core::Report;

use crate::{ReadError, finish, page, published::rfc3339};

/// Names of the columns, where they are not the usual ones. The same names are looked for in rows of JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Of the id.
    pub id: Option<String>,
    /// Of the text.
    pub text: Option<String>,
    /// Of the headline.
    pub title: Option<String>,
    /// Of the outlet.
    pub outlet: Option<String>,
    /// Of the author.
    pub author: Option<String>,
    /// Of the address.
    pub url: Option<String>,
    /// Of the time of publication.
    pub published: Option<String>,
    /// Of the language.
    pub language: Option<String>,
}

/// The fields of a report in the order in which places are kept.
const FIELDS: [&str; 8] = ["id", "text", "title", "outlet", "author", "url", "published", "language"];

/// Usual names of each field, the surest first.
static USUAL: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| toml::from_str(demarche_data::COLUMNS).expect("crates/data/read/columns.toml"));

impl Columns {
    fn given(&self, field: &str) -> Option<&str> {
        let name = match field {
            "id" => &self.id,
            "text" => &self.text,
            "title" => &self.title,
            "outlet" => &self.outlet,
            "author" => &self.author,
            "url" => &self.url,
            "published" => &self.published,
            _ => &self.language,
        };
        name.as_deref()
    }

    /// The key of a field in a row of JSON: the name given, else its own.
    pub fn key<'a>(&'a self, field: &'a str) -> &'a str {
        self.given(field).unwrap_or(field)
    }

    /// Where the fields stand among the names of a table, cases aside. A name that was given must be there, and the
    /// text must be somewhere.
    pub fn places(&self, names: &[String]) -> Result<Places, ReadError> {
        let at = |wanted: &str| {
            let exact = names.iter().position(|name| name.trim() == wanted);
            exact.or_else(|| names.iter().position(|name| name.trim().eq_ignore_ascii_case(wanted)))
        };
        let mut places = Places::default();
        for (place, field) in places.0.iter_mut().zip(FIELDS) {
            *place = match self.given(field) {
                Some(name) => Some(at(name).ok_or_else(|| missing(name, field, names))?),
                None => USUAL[field].iter().find_map(|name| at(name)),
            };
        }
        if places.0[1].is_none() { Err(missing("text", "text", names)) } else { Ok(places) }
    }
}

fn missing(name: &str, field: &'static str, names: &[String]) -> ReadError {
    const SHOWN: usize = 12;
    let mut shown: Vec<String> =
        names.iter().take(SHOWN).map(|name| name.trim().chars().take(40).collect::<String>()).collect();
    if names.len() > SHOWN {
        shown.push("…".to_owned());
    }
    ReadError::NoColumn { name: name.to_owned(), field, names: shown.join(", ") }
}

/// Where the fields of a report stand in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places([Option<usize>; 8]);

impl Places {
    /// Places of the columns that are needed, in order, and how the places are called among those alone.
    pub fn needed(&self) -> (Vec<usize>, Self) {
        let mut needed: Vec<usize> = self.0.iter().flatten().copied().collect();
        needed.sort_unstable();
        needed.dedup();
        let narrowed = self.0.map(|place| place.and_then(|place| needed.binary_search(&place).ok()));
        (needed, Self(narrowed))
    }

    /// Where the text stands.
    pub fn text(&self) -> Option<usize> {
        self.0[1]
    }

    /// The report of a row; `cell` gives the content of a column.
    pub fn report(&self, mut cell: impl FnMut(usize) -> Option<String>) -> Result<Report, ReadError> {
        let mut report = Report::default();
        let mut fields = self.0.map(|place| place.and_then(&mut cell));
        report.text = fields[1].take().unwrap_or_default();
        let [id, _, title, outlet, author, url, published, language] =
            fields.map(|field| field.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
        report.id = id.unwrap_or_default();
        (report.title, report.outlet, report.author, report.url, report.language) =
            (title, outlet, author, url, language);
        if let Some(given) = published {
            date(&mut report, &given);
        }
        if report.text.trim().is_empty() { Err(ReadError::EmptyText) } else { Ok(report) }
    }
}

/// Takes a time of publication from any form that cannot be misread.
fn date(report: &mut Report, given: &str) {
    report.published = rfc3339(given).or_else(|| page::unmistakable(given));
    if report.published.is_none() {
        let message = format!(
            "published {given:?} is no date that can be read in one way alone (2025-05-01 is); taken as unknown"
        );
        finish::warn(report, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn usual_names_are_found_and_given_ones_go_first() {
        let table = names(&["Headline", "Body", "note"]);
        let places = Columns::default().places(&table).unwrap();
        assert_eq!((places.0[1], places.0[2]), (Some(1), Some(0)));
        let given = Columns { text: Some("NOTE".to_owned()), ..Columns::default() };
        assert_eq!(given.places(&table).unwrap().0[1], Some(2));
    }

    #[test]
    fn a_column_that_is_not_there_is_named_with_those_that_are() {
        let error = Columns::default().places(&names(&["a", "b"])).unwrap_err();
        assert_eq!(error.to_string(), "it has no column \"text\"; its columns are a, b");
        let given = Columns { url: Some("web".to_owned()), ..Columns::default() };
        assert!(given.places(&names(&["text"])).is_err());
    }

    #[test]
    fn a_day_that_may_be_two_is_unknown() {
        let places = Columns::default().places(&names(&["text", "date"])).unwrap();
        let report =
            |date: &str| places.report(|at| Some([String::from("Talks."), date.to_owned()][at].clone())).unwrap();
        assert_eq!(report("1 May 2025").published.as_deref(), Some("2025-05-01"));
        assert_eq!(report("05/01/2025").published, None);
        assert_eq!(report("05/01/2025").warnings.len(), 1);
        assert_eq!(report("31/05/2025").published.as_deref(), Some("2025-05-31"));
    }
}
