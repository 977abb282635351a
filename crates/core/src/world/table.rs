//! The tables of `crates/data/world` and of the user: comma-separated values with a header line and `#` comments.

use std::borrow::Cow;

/// A table that cannot be used, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct TableError {
    /// Name of the file as given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

/// What a table tells of, known by the columns of its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// States and entities like states.
    Countries,
    /// Regions and cities that count for a country.
    Regions,
    /// Organisations, ministries, armed groups, parties, media, companies.
    Organizations,
    /// Who held which office when.
    Offices,
    /// People without an office of state.
    Persons,
    /// Office titles with their sectors.
    Titles,
    /// Role nouns with their sectors.
    Agents,
    /// Given names with the sex they tell.
    GivenNames,
}

/// Every table kind with its columns; a file may leave out any but the first two and give them in any order.
pub const COLUMNS: &[(Kind, &[&str])] = &[
    (Kind::Countries, &["code", "name", "wikidata", "aliases", "demonyms", "capitals", "sectors"]),
    (Kind::Regions, &["country", "names"]),
    (Kind::Organizations, &["country", "organization", "sectors", "aliases", "wikidata"]),
    (Kind::Offices, &["country", "office", "holder", "from", "until", "sex", "aliases", "wikidata"]),
    (Kind::Persons, &["country", "person", "sectors", "sex", "from", "until", "aliases", "wikidata"]),
    (Kind::Titles, &["title", "sectors", "names"]),
    (Kind::Agents, &["kind", "sectors", "nouns"]),
    (Kind::GivenNames, &["given", "names"]),
];

/// A field: borrowed from the built-in tables, owned from a user's file.
pub type Text = Cow<'static, str>;

/// Rows of one table.
pub struct Table {
    /// What it tells of.
    pub kind: Kind,
    /// Name of the file.
    pub file: String,
    /// `(line, fields)` in the order of [`COLUMNS`]; a missing column gives empty fields.
    pub rows: Vec<(usize, Vec<Text>)>,
}

impl Table {
    /// Reads a built-in table.
    pub fn embedded(file: &str, text: &'static str) -> Result<Self, TableError> {
        read(file, text, Cow::Borrowed)
    }

    /// Reads a user's table; the fields are copied.
    pub fn given(file: &str, text: &str) -> Result<Self, TableError> {
        read(file, text, |field| Cow::Owned(field.to_owned()))
    }

    /// An error at a line of this table.
    pub fn error(&self, line: usize, message: impl Into<String>) -> TableError {
        TableError { file: self.file.clone(), line, message: message.into() }
    }
}

fn read<'t>(file: &str, text: &'t str, keep: impl Fn(&'t str) -> Text) -> Result<Table, TableError> {
    let fail = |line: usize, message: String| TableError { file: file.to_owned(), line, message };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim_end_matches('\r')));
    let lines = lines.by_ref().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let mut table: Option<(Kind, Vec<usize>, usize)> = None;
    let mut rows = Vec::with_capacity(text.len() / 64);
    for (line, content) in lines {
        let Some((_, order, width)) = &table else {
            table = Some(header(content).map_err(|message| fail(line, message))?);
            continue;
        };
        let mut fields = vec![Cow::Borrowed(""); *width];
        let mut rest = content;
        for i in 0.. {
            let (field, after) = field(rest, &keep).map_err(|message| fail(line, message))?;
            let Some(&column) = order.get(i) else {
                let message = format!("{} fields at most, as in the header; put quotes round a comma", order.len());
                return Err(fail(line, message));
            };
            fields[column] = field;
            match after {
                Some(after) => rest = after,
                None => break,
            }
        }
        rows.push((line, fields));
    }
    let (kind, ..) = table.ok_or_else(|| fail(1, "the header line with the names of the columns is missing".into()))?;
    Ok(Table { kind, file: file.to_owned(), rows })
}

/// The table's kind, the place of each field in [`COLUMNS`], and the number of columns.
fn header(line: &str) -> Result<(Kind, Vec<usize>, usize), String> {
    let names: Vec<&str> = line.split(',').map(str::trim).collect();
    let matching = |columns: &[&str]| names.iter().filter(|n| columns.contains(n)).count();
    let whole = COLUMNS.iter().filter(|(_, c)| names.contains(&c[0]) && names.contains(&c[1]));
    let (kind, columns) = whole.max_by_key(|(_, c)| matching(c)).ok_or_else(|| {
        let known: Vec<String> = COLUMNS.iter().map(|(_, c)| c.join(",")).collect();
        format!("the header `{line}` is that of no table; known are {}", known.join("; "))
    })?;
    let place = |name: &&str| {
        columns.iter().position(|c| c == name).ok_or_else(|| {
            format!("no column `{name}`, did you mean `{}`? known are {}", nearest(name, columns), columns.join(", "))
        })
    };
    Ok((*kind, names.iter().map(place).collect::<Result<_, _>>()?, columns.len()))
}

/// One field and what follows its comma; `None` after the last.
fn field<'t>(text: &'t str, keep: &impl Fn(&'t str) -> Text) -> Result<(Text, Option<&'t str>), String> {
    let Some(quoted) = text.strip_prefix('"') else {
        return Ok(match text.split_once(',') {
            Some((field, rest)) => (keep(field), Some(rest)),
            None => (keep(text), None),
        });
    };
    let mut from = 0;
    loop {
        let end = from + quoted[from..].find('"').ok_or("the quote is not closed")?;
        let after = &quoted[end + 1..];
        if after.starts_with('"') {
            from = end + 2;
            continue;
        }
        let field = &quoted[..end];
        let field = if field.contains('"') { Cow::Owned(field.replace("\"\"", "\"")) } else { keep(field) };
        return match after.strip_prefix(',') {
            Some(rest) => Ok((field, Some(rest))),
            None if after.is_empty() => Ok((field, None)),
            None => Err("a comma or the end of the line must follow a closing quote".into()),
        };
    }
}

/// The candidate with the fewest edits to `word`, of equals the first by name, for "did you mean".
pub fn nearest<'c>(word: &str, candidates: &[&'c str]) -> &'c str {
    candidates.iter().copied().min_by_key(|&c| (edits(word, c), c)).unwrap_or("")
}

/// Levenshtein distance in characters.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// The parts of a list field.
pub fn list(field: &Text) -> impl Iterator<Item = Text> + '_ {
    let parts: Box<dyn Iterator<Item = Text>> = match field {
        Cow::Borrowed(text) => Box::new(text.split('|').map(|part| Cow::Borrowed(part.trim()))),
        Cow::Owned(text) => Box::new(text.split('|').map(|part| Cow::Owned(part.trim().to_owned()))),
    };
    parts.filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_may_stand_in_any_order_and_quotes_hold_commas() {
        let table = Table::given("mine.csv", "# mine\nnames,country\n\"Foo, \"\"Bar\"\"|Baz\",UKR\n").unwrap();
        assert_eq!(table.kind, Kind::Regions);
        assert_eq!(table.rows[0].0, 3);
        assert_eq!(table.rows[0].1[0], "UKR");
        assert_eq!(list(&table.rows[0].1[1]).collect::<Vec<_>>(), ["Foo, \"Bar\"", "Baz"]);
    }

    #[test]
    fn a_misspelt_column_is_named_with_the_right_one() {
        let error = Table::given("mine.csv", "country,office,holder,form\n").err().unwrap();
        assert_eq!((error.line, error.file.as_str()), (1, "mine.csv"));
        assert!(error.message.contains("`form`, did you mean `from`"), "{error}");
    }

    #[test]
    fn an_open_quote_and_a_field_too_many_are_errors_with_their_line() {
        let error = Table::given("a.csv", "country,names\n\nUKR,\"Kyiv\nUKR,x\n").err().unwrap();
        assert_eq!(error.line, 3);
        let error = Table::given("a.csv", "country,names\nUKR,x,y\n").err().unwrap();
        assert_eq!(error.line, 2);
    }
}
