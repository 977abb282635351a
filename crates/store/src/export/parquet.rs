//! Parquet: one file, gzipped pages, every column optional. The layout is small enough to be written by hand.
//!
//! ```text
//! PAR1 | row group: page of column 1, page of column 2, … | row group … | footer (Thrift) | its length | PAR1
//! page = header (Thrift) | gzip( length, definition levels as runs | values that are there, plain )
//! ```

use std::io::{self, Write};

use flate2::{Compression, write::GzEncoder};

use super::{Cell, Column, Kind, Line};

/// First and last bytes of a file.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// Rows in a group.
const GROUP: usize = 50_000;

/// Physical types of the format, and the two meanings of them that we use.
const BOOLEAN: i64 = 0;
const INT32: i64 = 1;
const INT64: i64 = 2;
const DOUBLE: i64 = 5;
const BYTE_ARRAY: i64 = 6;
const UTF8: i64 = 0;
const DATE: i64 = 6;

fn physical(kind: Kind) -> i64 {
    match kind {
        Kind::Text => BYTE_ARRAY,
        Kind::Whole => INT64,
        Kind::Real => DOUBLE,
        Kind::Yes => BOOLEAN,
        Kind::Day => INT32,
    }
}

/// Columns of a row group that is being filled.
pub(super) struct Buffer {
    columns: &'static [Column],
    /// Whether there is a value, row by row.
    there: Vec<Vec<bool>>,
    values: Vec<Vec<u8>>,
    /// Truths wait to be packed into bits.
    truths: Vec<Vec<bool>>,
    rows: usize,
    /// Where the next byte of the file goes.
    at: u64,
    groups: Vec<Group>,
}

struct Group {
    rows: usize,
    /// Offset, bytes before and after packing, for each column.
    chunks: Vec<(u64, usize, usize)>,
}

impl Buffer {
    pub fn new(columns: &'static [Column]) -> Self {
        let n = columns.len();
        Self {
            columns,
            there: vec![vec![]; n],
            values: vec![vec![]; n],
            truths: vec![vec![]; n],
            rows: 0,
            at: MAGIC.len() as u64,
            groups: vec![],
        }
    }

    pub fn add(&mut self, line: &Line) {
        for (n, column) in self.columns.iter().enumerate() {
            let cell = (column.of)(line);
            self.there[n].push(cell != Cell::None);
            let values = &mut self.values[n];
            match cell {
                Cell::None => {}
                Cell::Text(text) => {
                    values.extend((text.len() as u32).to_le_bytes());
                    values.extend(text.as_bytes());
                }
                Cell::Whole(number) => values.extend(number.to_le_bytes()),
                Cell::Real(number) => values.extend(number.to_le_bytes()),
                Cell::Day(day) => values.extend((day as i32).to_le_bytes()),
                Cell::Yes(yes) => self.truths[n].push(yes),
            }
        }
        self.rows += 1;
    }

    pub fn full(&self) -> bool {
        self.rows >= GROUP
    }

    /// Writes the group and empties the buffer.
    pub fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut chunks = Vec::new();
        for n in 0..self.columns.len() {
            let levels = levels(&self.there[n]);
            let mut page = (levels.len() as u32).to_le_bytes().to_vec();
            page.extend(levels);
            page.append(&mut self.values[n]);
            page.extend(
                self.truths[n]
                    .chunks(8)
                    .map(|bits| bits.iter().enumerate().fold(0u8, |byte, (i, &bit)| byte | u8::from(bit) << i)),
            );
            self.truths[n].clear();
            self.there[n].clear();
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&page)?;
            let packed = packed.finish()?;
            let mut header = Thrift::default();
            header.whole(1, 0).whole(2, page.len() as i64).whole(3, packed.len() as i64);
            // Data page: values, plain; levels as runs.
            header.open(5).whole(1, self.rows as i64).whole(2, 0).whole(3, 3).whole(4, 3).close();
            header.close();
            out.write_all(&header.bytes)?;
            out.write_all(&packed)?;
            chunks.push((self.at, header.bytes.len() + page.len(), header.bytes.len() + packed.len()));
            self.at += (header.bytes.len() + packed.len()) as u64;
        }
        self.groups.push(Group { rows: self.rows, chunks });
        self.rows = 0;
        Ok(())
    }

    /// Writes the last group and the footer.
    pub fn end(mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows > 0 {
            self.write(out)?;
        }
        let footer = self.footer();
        out.write_all(&footer)?;
        out.write_all(&(footer.len() as u32).to_le_bytes())?;
        out.write_all(MAGIC)
    }

    fn footer(&self) -> Vec<u8> {
        let mut t = Thrift::default();
        t.whole(1, 1).list(2, STRUCT, self.columns.len() + 1);
        t.text(4, "demarche").whole(5, self.columns.len() as i64).close();
        for column in self.columns {
            t.whole(1, physical(column.kind)).whole(3, 1).text(4, column.name);
            match column.kind {
                Kind::Text => {
                    t.whole(6, UTF8);
                }
                Kind::Day => {
                    t.whole(6, DATE);
                }
                _ => {}
            }
            t.close();
        }
        t.end_list(2);
        t.long(3, self.groups.iter().map(|group| group.rows as i64).sum());
        t.list(4, STRUCT, self.groups.len());
        for group in &self.groups {
            t.list(1, STRUCT, group.chunks.len());
            for (column, &(at, plain, packed)) in self.columns.iter().zip(&group.chunks) {
                t.long(2, at as i64).open(3).whole(1, physical(column.kind));
                t.list(2, I32, 2).item(0).item(3).end_list(2);
                t.list(3, BINARY, 1).item_text(column.name).end_list(3);
                // Gzip.
                t.whole(4, 2)
                    .long(5, group.rows as i64)
                    .long(6, plain as i64)
                    .long(7, packed as i64)
                    .long(9, at as i64);
                t.close().close();
            }
            t.end_list(1);
            t.long(2, group.chunks.iter().map(|chunk| chunk.1 as i64).sum()).long(3, group.rows as i64).close();
        }
        t.end_list(4);
        t.text(6, concat!("demarche version ", env!("CARGO_PKG_VERSION"))).close();
        t.bytes
    }
}

/// Definition levels of one bit as runs of equal ones.
fn levels(there: &[bool]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = there;
    while let Some(&first) = rest.first() {
        let run = rest.iter().take_while(|&&bit| bit == first).count();
        varint((run as u64) << 1, &mut out);
        out.push(u8::from(first));
        rest = &rest[run..];
    }
    out
}

fn varint(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Thrift's compact protocol, as much as the format needs. Fields of a struct are given in rising order.
#[derive(Default)]
struct Thrift {
    bytes: Vec<u8>,
    /// Number of the last field, of this struct and of those around it.
    last: i64,
    outer: Vec<i64>,
}

impl Thrift {
    fn field(&mut self, number: i64, kind: u8) {
        // Differences between fields fit four bits in every struct of the format.
        self.bytes.push(((number - self.last) as u8) << 4 | kind);
        self.last = number;
    }

    fn zigzag(&mut self, number: i64) {
        varint(((number << 1) ^ (number >> 63)) as u64, &mut self.bytes);
    }

    fn whole(&mut self, number: i64, value: i64) -> &mut Self {
        self.field(number, I32);
        self.zigzag(value);
        self
    }

    fn long(&mut self, number: i64, value: i64) -> &mut Self {
        self.field(number, I64);
        self.zigzag(value);
        self
    }

    fn text(&mut self, number: i64, value: &str) -> &mut Self {
        self.field(number, BINARY);
        self.item_text(value)
    }

    fn item(&mut self, value: i64) -> &mut Self {
        self.zigzag(value);
        self
    }

    fn item_text(&mut self, value: &str) -> &mut Self {
        varint(value.len() as u64, &mut self.bytes);
        self.bytes.extend(value.as_bytes());
        self
    }

    /// Begins a list; structs in it begin with no field before them.
    fn list(&mut self, number: i64, kind: u8, length: usize) -> &mut Self {
        self.field(number, LIST);
        if length < 15 {
            self.bytes.push((length as u8) << 4 | kind);
        } else {
            self.bytes.push(0xF0 | kind);
            varint(length as u64, &mut self.bytes);
        }
        self.last = 0;
        self
    }

    /// Ends the list that is field `number`.
    fn end_list(&mut self, number: i64) -> &mut Self {
        self.last = number;
        self
    }

    fn open(&mut self, number: i64) -> &mut Self {
        self.field(number, STRUCT);
        self.outer.push(self.last);
        self.last = 0;
        self
    }

    fn close(&mut self) -> &mut Self {
        self.bytes.push(0);
        self.last = self.outer.pop().unwrap_or(0);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_levels_are_counted() {
        assert_eq!(levels(&[true, true, false]), [4, 1, 2, 0]);
        assert_eq!(levels(&[true; 100]), [0xC8, 1, 1]);
        assert!(levels(&[]).is_empty());
    }

    #[test]
    fn numbers_are_zigzagged_and_fields_count_from_the_last() {
        let mut t = Thrift::default();
        t.whole(1, 0).whole(3, -1).open(5).whole(1, 1).close().text(6, "a").close();
        assert_eq!(t.bytes, [0x15, 0, 0x25, 1, 0x2C, 0x15, 2, 0, 0x18, 1, b'a', 0]);
    }
}
