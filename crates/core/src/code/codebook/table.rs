//! A codebook file as plain data: keys, values and the lines they stand on.
//!
//! The build script reads the files that are built in with this very code and leaves them as one text of counted strings
//! (`4:verb`, as in netstrings), so that a start of the program parses no TOML; a user's own files are read when given.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

/// What a codebook file can say of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'t> {
    Text(Cow<'t, str>),
    Texts(Vec<Cow<'t, str>>),
    Flag(bool),
    Tables(Vec<Table<'t>>),
    /// Nothing that a codebook has a use for.
    Other,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field<'t> {
    pub key: Cow<'t, str>,
    /// Line of the value, from 1.
    pub line: usize,
    pub value: Value<'t>,
}

/// The fields of a file or of an entry, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table<'t> {
    /// Line on which it begins, from 1.
    pub line: usize,
    pub fields: Vec<Field<'t>>,
}

impl<'t> Table<'t> {
    /// Reads a file.
    ///
    /// # Errors
    /// The line of the first mistake in the TOML, and what it is.
    pub(crate) fn read(text: &'t str) -> Result<Self, (usize, String)> {
        let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let line = |offset: usize| starts.partition_point(|&start| start <= offset);
        let table = DeTable::parse(text)
            .map_err(|error| (line(error.span().map_or(0, |span| span.start)), error.message().to_owned()))?;
        Ok(Self { line: 1, fields: fields(table.into_inner(), &line) })
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Field<'t>> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// The files, with their names, of a text that the build script made; `None` where it is none.
pub(crate) fn read_back(mut text: &str) -> Option<Vec<(&str, Table<'_>)>> {
    let mut files = Vec::new();
    while !text.is_empty() {
        files.push((read_text(&mut text)?, read_table(&mut text)?));
    }
    Some(files)
}

fn read_number(text: &mut &str) -> Option<usize> {
    let mut number = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b':' => {
                *text = &text[at + 1..];
                return Some(number);
            }
            b'0'..=b'9' => number = number * 10 + usize::from(byte - b'0'),
            _ => return None,
        }
    }
    None
}

fn read_text<'t>(text: &mut &'t str) -> Option<&'t str> {
    let length = read_number(text)?;
    let (found, rest) = text.split_at_checked(length)?;
    *text = rest;
    Some(found)
}

fn read_table<'t>(text: &mut &'t str) -> Option<Table<'t>> {
    let (line, count) = (read_number(text)?, read_number(text)?);
    let mut fields = Vec::with_capacity(count);
    for _ in 0..count {
        let (key, line) = (read_text(text)?, read_number(text)?);
        let (kind, rest) = text.split_at_checked(1)?;
        *text = rest;
        let value = match kind {
            "t" => Value::Text(read_text(text)?.into()),
            "l" => Value::Texts((0..read_number(text)?).map(|_| Some(read_text(text)?.into())).collect::<Option<_>>()?),
            "e" => Value::Tables((0..read_number(text)?).map(|_| read_table(text)).collect::<Option<_>>()?),
            "y" | "n" => Value::Flag(kind == "y"),
            _ => Value::Other,
        };
        fields.push(Field { key: key.into(), line, value });
    }
    Some(Table { line, fields })
}

fn fields<'t>(table: DeTable<'t>, line: &impl Fn(usize) -> usize) -> Vec<Field<'t>> {
    let field = |(key, value): (toml::Spanned<Cow<'t, str>>, toml::Spanned<DeValue<'t>>)| {
        let at = value.span().start;
        Field { key: key.into_inner(), line: line(at), value: self::value(value.into_inner(), line) }
    };
    table.into_iter().map(field).collect()
}

fn value<'t>(value: DeValue<'t>, line: &impl Fn(usize) -> usize) -> Value<'t> {
    match value {
        DeValue::String(text) => Value::Text(text),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Array(list) => {
            let (mut texts, mut tables, all) = (Vec::new(), Vec::new(), list.len());
            for item in list {
                let at = item.span().start;
                match item.into_inner() {
                    DeValue::String(text) => texts.push(text),
                    DeValue::Table(table) => tables.push(Table { line: line(at), fields: fields(table, line) }),
                    _ => {}
                }
            }
            if texts.len() == all {
                Value::Texts(texts)
            } else if tables.len() == all {
                Value::Tables(tables)
            } else {
                Value::Other
            }
        }
        _ => Value::Other,
    }
}
