//! Lines for the terminal in at most 100 columns: what is longer goes on below the place where its text began.

use std::io::{self, Write};

/// Columns.
const WIDTH: usize = 100;
/// A label stands within so many columns; text goes on behind it.
const LABEL: usize = 24;

/// Hands lines on, each fitted.
pub struct Fitted<W: Write> {
    inner: W,
    line: Vec<u8>,
}

impl<W: Write> Fitted<W> {
    /// Before this.
    pub fn new(inner: W) -> Self {
        Self { inner, line: Vec::new() }
    }

    fn hand_on(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        fit(&String::from_utf8_lossy(&line), &mut self.inner)
    }
}

impl<W: Write> Write for Fitted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.hand_on()?;
            }
        }
        Ok(bytes.len())
    }

    /// What has no line end yet is a line of its own.
    fn flush(&mut self) -> io::Result<()> {
        self.hand_on()?;
        self.inner.flush()
    }
}

/// Writes a line as one or more.
fn fit(line: &str, out: &mut dyn Write) -> io::Result<()> {
    let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
    if columns(text) <= WIDTH {
        return out.write_all(line.as_bytes());
    }
    let hang = hang(text);
    let (mut rest, mut indent) = (text, 0);
    while columns(rest) + indent > WIDTH {
        let (here, there) = cut(rest, WIDTH - indent, if indent == 0 { hang } else { 0 });
        writeln!(out, "{:indent$}{}", "", here.trim_end())?;
        rest = there.trim_start();
        indent = hang;
    }
    if rest.is_empty() { Ok(()) } else { write!(out, "{:indent$}{rest}{end}", "") }
}

/// Where the lines that follow begin: behind the label, else below the line's first word.
fn hang(text: &str) -> usize {
    let plain: Vec<char> = shown(text).map(|(_, c)| c).collect();
    let indent = plain.iter().take_while(|&&c| c == ' ').count().min(LABEL);
    let gap = (indent + 1..LABEL).find(|&at| plain[at - 1] == ' ' && plain[at] == ' ');
    gap.map_or(indent, |gap| gap + plain[gap..].iter().take_while(|&&c| c == ' ').count()).min(WIDTH / 2)
}

/// The part of at most `room` columns that ends with a word, and what follows; a longer word is broken.
fn cut(text: &str, room: usize, least: usize) -> (&str, &str) {
    let mut last = None;
    let mut end = text.len();
    for (column, (at, c)) in shown(text).enumerate() {
        if column == room {
            end = at;
            if c == ' ' {
                last = Some(at);
            }
            break;
        }
        if c == ' ' && column > least {
            last = Some(at);
        }
    }
    text.split_at(last.unwrap_or(end))
}

fn columns(text: &str) -> usize {
    shown(text).count()
}

/// The characters that take a column, with their places: colours take none.
fn shown(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut escaped = false;
    text.char_indices().filter(move |&(_, c)| {
        let was = escaped;
        escaped = c == '\u{1B}' || escaped && !c.is_ascii_alphabetic();
        !was && c != '\u{1B}'
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted(text: &str) -> String {
        let mut out = Vec::new();
        let mut writer = Fitted::new(&mut out);
        writer.write_all(text.as_bytes()).unwrap();
        writer.flush().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_long_line_goes_on_below_its_text() {
        let text = format!("    words      {}\nshort\n", "seven words of a report ".repeat(8).trim_end());
        let found = fitted(&text);
        assert!(found.lines().all(|line| columns(line) <= 100), "{found}");
        assert!(
            found.lines().nth(1).unwrap().starts_with("               ") && found.ends_with("\nshort\n"),
            "{found}"
        );
        assert_eq!(found.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn colours_take_no_room_and_long_words_are_broken() {
        let coloured = format!("\u{1B}[1m{}\u{1B}[0m\n", "x".repeat(100));
        assert_eq!(fitted(&coloured), coloured);
        let long = fitted(&format!("  {}\n", "y".repeat(250)));
        assert!(long.lines().count() == 3 && long.matches('y').count() == 250, "{long}");
        assert!(long.lines().all(|line| columns(line) <= 100), "{long}");
    }
}
