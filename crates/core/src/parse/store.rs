//! The model file: named tables one after the other, little-endian, read once.
//!
//! ```text
//! "DMODEL1\n"  u32 count  then per table:  u8 length, name, u8 kind, u32 rows, u32 columns, data
//! ```
//!
//! Words that ascend are kept as what each is above the one before, seven bits a byte, the low ones first; a byte of 128 or more
//! is followed by another (LEB128).

use std::borrow::Cow;

/// What a table holds. Bytes read from a file stay where they are: the built-in model is never copied.
#[derive(Clone, Debug, PartialEq)]
pub enum Data<'f> {
    /// Bytes, often text with one label per line.
    Bytes(Cow<'f, [u8]>),
    /// Signed bytes in two's complement, a quantised matrix.
    I8(Cow<'f, [u8]>),
    /// Single floats.
    F32(Vec<f32>),
    /// Unsigned words.
    U32(Vec<u32>),
}

/// One named table, rows before columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<'f> {
    /// Name, unique in its file.
    pub name: String,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// `rows * columns` items.
    pub data: Data<'f>,
}

/// The tables of one model file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Store<'f> {
    tables: Vec<Table<'f>>,
}

const MAGIC: &[u8; 8] = b"DMODEL1\n";

impl<'f> Store<'f> {
    /// Adds a table.
    pub fn push(&mut self, name: &str, rows: usize, columns: usize, data: Data<'f>) {
        self.tables.push(Table { name: name.to_owned(), rows, columns, data });
    }

    /// The table with this name.
    pub fn table(&self, name: &str) -> Option<&Table<'f>> {
        self.tables.iter().find(|t| t.name == name)
    }

    /// The floats of a table, empty when there is none.
    pub fn f32s(&self, name: &str) -> &[f32] {
        match self.table(name).map(|t| &t.data) {
            Some(Data::F32(v)) => v,
            _ => &[],
        }
    }

    /// The signed bytes of a table as they are stored, empty when there is none.
    pub fn i8s(&self, name: &str) -> Cow<'f, [u8]> {
        match self.table(name).map(|t| &t.data) {
            Some(Data::I8(v)) => v.clone(),
            _ => Cow::Borrowed(&[]),
        }
    }

    /// The words of a table, empty when there is none.
    pub fn u32s(&self, name: &str) -> &[u32] {
        match self.table(name).map(|t| &t.data) {
            Some(Data::U32(v)) => v,
            _ => &[],
        }
    }

    /// The bytes of a table, empty when there is none.
    pub fn bytes(&self, name: &str) -> &[u8] {
        match self.table(name).map(|t| &t.data) {
            Some(Data::Bytes(v)) => v,
            _ => &[],
        }
    }

    /// The lines of a table of text.
    pub fn lines(&self, name: &str) -> Vec<&str> {
        std::str::from_utf8(self.bytes(name)).unwrap_or("").lines().collect()
    }

    /// The file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend((self.tables.len() as u32).to_le_bytes());
        for table in &self.tables {
            out.push(table.name.len() as u8);
            out.extend(table.name.as_bytes());
            out.push(match table.data {
                Data::Bytes(_) => 0,
                Data::I8(_) => 1,
                Data::F32(_) => 2,
                Data::U32(ref words) if words.is_sorted() => 4,
                Data::U32(_) => 3,
            });
            out.extend((table.rows as u32).to_le_bytes());
            out.extend((table.columns as u32).to_le_bytes());
            match &table.data {
                Data::Bytes(v) | Data::I8(v) => out.extend(v.iter()),
                Data::F32(v) => out.extend(v.iter().flat_map(|x| x.to_le_bytes())),
                Data::U32(v) if v.is_sorted() => ascending(v, &mut out),
                Data::U32(v) => out.extend(v.iter().flat_map(|x| x.to_le_bytes())),
            }
        }
        out
    }

    /// Reads a file; `None` when it is no model file or is cut short.
    pub fn from_bytes(bytes: &'f [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC.as_slice())?;
        let count = u32::from_le_bytes(take(&mut rest, 4)?.try_into().ok()?);
        let mut store = Self::default();
        for _ in 0..count {
            let length = take(&mut rest, 1)?[0] as usize;
            let name = String::from_utf8(take(&mut rest, length)?.to_vec()).ok()?;
            let kind = take(&mut rest, 1)?[0];
            let rows = u32::from_le_bytes(take(&mut rest, 4)?.try_into().ok()?) as usize;
            let columns = u32::from_le_bytes(take(&mut rest, 4)?.try_into().ok()?) as usize;
            let size = rows.checked_mul(columns)?;
            let words = |raw: &[u8]| -> Vec<[u8; 4]> { raw.as_chunks::<4>().0.to_vec() };
            let data = match kind {
                0 => Data::Bytes(take(&mut rest, size)?.into()),
                1 => Data::I8(take(&mut rest, size)?.into()),
                2 => Data::F32(
                    words(take(&mut rest, size.checked_mul(4)?)?).into_iter().map(f32::from_le_bytes).collect(),
                ),
                3 => Data::U32(
                    words(take(&mut rest, size.checked_mul(4)?)?).into_iter().map(u32::from_le_bytes).collect(),
                ),
                4 => Data::U32(ascended(&mut rest, size)?),
                _ => return None,
            };
            store.push(&name, rows, columns, data);
        }
        rest.is_empty().then_some(store)
    }
}

/// Writes words that ascend.
fn ascending(words: &[u32], out: &mut Vec<u8>) {
    let mut before = 0;
    for &word in words {
        let mut above = word - before;
        while above >= 128 {
            out.push(above as u8 | 128);
            above >>= 7;
        }
        out.push(above as u8);
        before = word;
    }
}

/// Reads so many words that ascend; `None` where they end too soon or are none.
fn ascended(rest: &mut &[u8], count: usize) -> Option<Vec<u32>> {
    let mut out = Vec::with_capacity(count.min(rest.len()));
    let mut before = 0u32;
    for _ in 0..count {
        let mut above = 0u32;
        for bits in (0..).step_by(7) {
            let byte = take(rest, 1)?[0];
            above |= u32::from(byte & 127).checked_shl(bits)?;
            if byte < 128 {
                break;
            }
        }
        before = before.checked_add(above)?;
        out.push(before);
    }
    Some(out)
}

fn take<'b>(rest: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (head, tail) = rest.split_at_checked(count)?;
    *rest = tail;
    Some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_reads_back_what_it_wrote_and_refuses_a_cut_file() {
        let mut store = Store::default();
        store.push("labels", 1, 5, Data::Bytes(b"a\nb\nc".into()));
        store.push("w", 2, 2, Data::I8(vec![1, 254, 3, 129].into()));
        store.push("b", 1, 2, Data::F32(vec![0.5, -1.25]));
        store.push("keys", 3, 1, Data::U32(vec![7, 200, u32::MAX]));
        store.push("dims", 1, 2, Data::U32(vec![9, 3]));
        let bytes = store.to_bytes();
        assert_eq!(Store::from_bytes(&bytes), Some(store));
        for cut in 0..bytes.len() {
            assert_eq!(Store::from_bytes(&bytes[..cut]), None);
        }
    }
}
