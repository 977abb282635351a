//! Rows of CSV and TSV, names in the first. The only file that knows the crate.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use demarche_core::Report;

use crate::{
    Columns, ReadError,
    columns::Places,
    encoding, finish,
    source::{Bytes, lift},
};

/// An open table.
pub struct Table {
    bytes: Bytes,
    reader: Reader,
    places: Places,
    /// Fields in the row of names.
    width: usize,
    /// The rows that came so far, that of the names among them.
    pub row: usize,
    limit: u64,
    fields: Vec<u8>,
    ends: Vec<usize>,
    /// True where the quotation marks of the row do not come in pairs though it goes over several lines.
    torn: bool,
}

/// Opens a table and reads its names; `separator` stands between fields.
pub fn open(bytes: Bytes, separator: u8, columns: &Columns, limit: u64) -> Result<Table, ReadError> {
    let reader = ReaderBuilder::new().delimiter(separator).build();
    let (fields, ends) = (vec![0; 1 << 16], vec![0; 64]);
    let mut table =
        Table { bytes, reader, places: Places::default(), width: 0, row: 0, limit, fields, ends, torn: false };
    let names = match table.record() {
        Some(names) => names?,
        None => return Err(ReadError::Empty),
    };
    let mut names: Vec<String> =
        (0..names).map(|at| encoding::decode(table.cell(at), false).text.trim().to_owned()).collect();
    if let Some(name) = names.first_mut().and_then(|name| name.strip_prefix('\u{FEFF}').map(str::to_owned)) {
        names[0] = name;
    }
    table.places = columns.places(&names)?;
    table.width = names.len();
    Ok(table)
}

impl Table {
    /// The next report.
    pub fn next(&mut self) -> Option<Result<Report, ReadError>> {
        let width = match self.record()? {
            Ok(width) => width,
            Err(error) => return Some(Err(error)),
        };
        let mut from = None;
        let report = self.places.report(|at| {
            let decoded = (at < width).then(|| encoding::decode(self.cell(at), false))?;
            from = from.or(decoded.from);
            Some(decoded.text)
        });
        Some(report.map(|mut report| {
            if let Some(name) = from {
                finish::warn(&mut report, format!("read as {name}: the row is not in UTF-8"));
            }
            if self.torn {
                let what = "a quotation mark of this row has no second one, so that rows behind it may stand in it: look at \
                            the file there; what was read is kept";
                finish::warn(&mut report, what.to_owned());
            }
            if width != self.width {
                let named = self.width;
                let what =
                    if width < named { "what is missing is unknown" } else { "what is too much was passed over" };
                finish::warn(&mut report, format!("it has {width} fields where {named} are named: {what}"));
            }
            report
        }))
    }

    fn cell(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.fields[start..self.ends[at]]
    }

    /// Reads one row into the buffers; how many fields it has. Longer ones than the limit are passed over and refused.
    fn record(&mut self) -> Option<Result<usize, ReadError>> {
        let (mut used, mut count, mut large) = (0, 0, false);
        // True after an odd number of quotation marks.
        let mut unpaired = false;
        loop {
            let chunk = match self.bytes.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) => return Some(Err(lift(error))),
            };
            let (result, read, written, fields) =
                self.reader.read_record(chunk, &mut self.fields[used..], &mut self.ends[count..]);
            unpaired ^= chunk[..read].iter().fold(false, |odd, &byte| odd ^ (byte == b'"'));
            self.bytes.consume(read);
            used += written;
            count += fields;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if used as u64 >= self.limit || large => {
                    // What was read is given up; the rest of the row goes through a small buffer.
                    large = true;
                    self.fields.resize(1 << 16, 0);
                    self.fields.shrink_to_fit();
                    used = 0;
                }
                ReadRecordResult::OutputFull => {
                    let most = usize::try_from(self.limit).unwrap_or(usize::MAX).max(1 << 16);
                    self.fields.resize((self.fields.len() * 2).min(most + 1), 0);
                }
                ReadRecordResult::OutputEndsFull if count >= 1 << 16 => count = 0,
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.row += 1;
                    self.torn = unpaired && self.fields[..used].contains(&b'\n');
                    if large || used as u64 > self.limit {
                        return Some(Err(ReadError::TooLarge { limit: self.limit }));
                    }
                    return Some(Ok(count));
                }
                ReadRecordResult::End => return None,
            }
        }
    }
}
