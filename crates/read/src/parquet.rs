//! Rows of a Parquet table. The only file that knows the crate.

use std::{fs::File, panic::AssertUnwindSafe, sync::Arc};

use ::parquet::{
    basic::Type as PhysicalType,
    file::{
        metadata::ParquetMetaData,
        reader::{FileReader, SerializedFileReader},
    },
    record::{Field, reader::RowIter},
    schema::types::Type,
};
use demarche_core::{Day, Report};

use crate::{Columns, ReadError, columns::Places, member::Seekable};

/// An open table.
pub struct Table {
    rows: RowIter<'static>,
    places: Places,
    ended: bool,
}

fn damaged(error: impl std::fmt::Display) -> ReadError {
    ReadError::Damaged { what: format!("the Parquet table: {error}") }
}

/// The crate gives up on some damaged tables by a panic: it becomes an error like the others, and nothing is printed.
fn guarded<T>(read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let found = std::panic::catch_unwind(AssertUnwindSafe(read));
    std::panic::set_hook(hook);
    found.unwrap_or_else(|_| Err(damaged("its pages contradict themselves")))
}

/// Opens a table by the columns that are needed.
pub fn open(whole: &Seekable, columns: &Columns) -> Result<Table, ReadError> {
    guarded(|| {
        let reader: Box<dyn FileReader> = match whole {
            Seekable::File(path) => Box::new(SerializedFileReader::new(File::open(path)?).map_err(damaged)?),
            Seekable::Memory(bytes) => Box::new(SerializedFileReader::new(bytes.clone()).map_err(damaged)?),
        };
        let (schema, places) = projection(reader.metadata(), columns)?;
        let rows = RowIter::from_file_into(reader).project(Some(schema)).map_err(damaged)?;
        Ok(Table { rows, places, ended: false })
    })
}

/// The schema with nothing but the columns that are needed, and where they stand in it.
fn projection(metadata: &ParquetMetaData, columns: &Columns) -> Result<(Type, Places), ReadError> {
    let schema = metadata.file_metadata().schema();
    let fields = schema.get_fields();
    let names: Vec<String> = fields.iter().map(|field| field.name().to_owned()).collect();
    let (needed, places) = columns.places(&names)?.needed();
    let kept: Vec<Arc<Type>> = needed.iter().map(|&at| fields[at].clone()).collect();
    let wrong = |field: &Type, holds: String| ReadError::WrongColumn { name: field.name().to_owned(), holds };
    if let Some(field) = kept.iter().find(|field| !field.is_primitive()) {
        return Err(wrong(field, "lists or groups".to_owned()));
    }
    let of_text = places.text().and_then(|at| kept.get(at));
    if let Some(field) = of_text.filter(|field| field.get_physical_type() != PhysicalType::BYTE_ARRAY) {
        return Err(wrong(field, format!("{}s", field.get_physical_type())));
    }
    let schema = Type::group_type_builder(schema.name()).with_fields(kept).build().map_err(damaged)?;
    Ok((schema, places))
}

impl Table {
    /// The next report.
    pub fn next(&mut self) -> Option<Result<Report, ReadError>> {
        if self.ended {
            return None;
        }
        let found = guarded(|| match self.rows.next() {
            None => Ok(None),
            Some(row) => {
                let row = row.map_err(|error| {
                    self.ended = true; // Nothing can follow.
                    damaged(error)
                })?;
                let cells: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
                Ok(Some(self.places.report(|at| cells.get(at).and_then(|field| text(field)))))
            }
        });
        match found {
            Ok(row) => row,
            Err(error) => {
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}

/// A cell as text; times as RFC 3339.
fn text(field: &Field) -> Option<String> {
    let time = |seconds: i64| {
        let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        format!("{}T{:02}:{:02}:{:02}Z", Day::from_number(day), second / 3600, second / 60 % 60, second % 60)
    };
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Date(day) => Some(Day::from_number(i64::from(*day)).to_string()),
        Field::TimestampMillis(time_of) => Some(time(time_of.div_euclid(1000))),
        Field::TimestampMicros(time_of) => Some(time(time_of.div_euclid(1_000_000))),
        other => Some(other.to_string()),
    }
}
