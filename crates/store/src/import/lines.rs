//! Rows of tab separated files with the line on which each begins: a row that a quotation mark spreads over lines is one.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
};

/// Most bytes of one line.
const LINE: u64 = 1 << 20;
/// Most lines of one row.
const SPREAD: usize = 40;

/// The rows of a file.
pub(super) struct Lines<R> {
    file: R,
    /// True where cells may be quoted.
    quoted: bool,
    /// Tabs in the first line, which names the columns.
    width: Option<usize>,
    /// Read ahead of a row that did not end.
    ahead: VecDeque<(usize, String)>,
    line: usize,
}

impl<R: BufRead> Lines<R> {
    /// Of this file.
    pub fn new(file: R, quoted: bool) -> Self {
        Self { file, quoted, width: None, ahead: VecDeque::new(), line: 0 }
    }

    /// The next row, with the number of its first line from 1.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next(&mut self) -> io::Result<Option<(usize, String)>> {
        let Some((number, mut row)) = self.physical()? else { return Ok(None) };
        let width = *self.width.get_or_insert_with(|| tabs(&row));
        if !self.quoted || !open(&row) || tabs(&row) > width {
            return Ok(Some((number, row)));
        }
        // A stray mark opens nothing: what does not close within the columns that are left is rows of their own.
        let mut taken = Vec::new();
        let mut whole = row.clone();
        while taken.len() < SPREAD {
            let Some(next) = self.physical()? else { break };
            whole.push(' ');
            whole.push_str(&next.1);
            taken.push(next);
            if tabs(&whole) > width {
                break;
            }
            if !open(&whole) {
                taken.clear();
                row = whole;
                break;
            }
        }
        taken.into_iter().rev().for_each(|line| self.ahead.push_front(line));
        Ok(Some((number, row)))
    }

    fn physical(&mut self) -> io::Result<Option<(usize, String)>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        self.line += 1;
        let number = self.line;
        if Read::take(&mut self.file, LINE).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        // Of a longer line the rest is passed over; its row is short of cells and is said to be.
        let mut ended = bytes.ends_with(b"\n");
        while !ended {
            let mut rest = Vec::new();
            ended = Read::take(&mut self.file, LINE).read_until(b'\n', &mut rest)? == 0 || rest.ends_with(b"\n");
        }
        let text = String::from_utf8_lossy(&bytes);
        Ok(Some((number, text.trim_end_matches(['\n', '\r']).trim_start_matches('\u{FEFF}').to_owned())))
    }
}

fn tabs(row: &str) -> usize {
    row.bytes().filter(|&byte| byte == b'\t').count()
}

/// True where the last cell begins with a quotation mark and does not end with it.
fn open(row: &str) -> bool {
    let cell = row.rsplit('\t').next().unwrap_or(row);
    cell.starts_with('"') && cell.bytes().filter(|&byte| byte == b'"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, String)> {
        let mut lines = Lines::new(text.as_bytes(), true);
        std::iter::from_fn(|| lines.next().unwrap()).collect()
    }

    #[test]
    fn a_quoted_line_end_ends_no_row() {
        let found = rows("a\tb\tc\n1\t\"two\nlines\"\t3\n4\t5\t6\n");
        let row = |line, text: &str| (line, text.to_owned());
        assert_eq!(found, [row(1, "a\tb\tc"), row(2, "1\t\"two lines\"\t3"), row(4, "4\t5\t6")]);
    }

    #[test]
    fn a_stray_quotation_mark_swallows_no_rows() {
        let found = rows("a\tb\tc\n1\t2\t\"three\n4\t5\t6\n7\t8\t9\n");
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3, 4]);
    }
}
