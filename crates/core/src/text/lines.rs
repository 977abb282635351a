//! Line ends: wrapped text goes on, headlines and list items do not.

/// Narrower blocks are lists and verses, not wrapped text.
const NARROWEST: usize = 36;
/// Two lines alone tell little of a width: narrower ones are two headlines.
const NARROWEST_PAIR: usize = 64;
/// Nobody wraps at more.
const WIDEST: usize = 130;

/// The lines of a text, each with the width of its block (the lines between two empty ones).
pub struct Lines {
    /// First byte of every line, its length in bytes, and the width its block is wrapped at; 0 for none.
    lines: Vec<(usize, usize, usize)>,
}

impl Lines {
    /// One pass over the text.
    pub fn new(text: &str) -> Self {
        let mut lines = vec![];
        let mut at = 0;
        let mut first = 0;
        for line in text.split('\n') {
            let length = line.trim_end().len();
            if length == 0 {
                Self::close(&mut lines[first..]);
                first = lines.len() + 1;
            }
            lines.push((at, length, 0));
            at += line.len() + 1;
        }
        let first = first.min(lines.len());
        Self::close(&mut lines[first..]);
        Self { lines }
    }

    fn close(block: &mut [(usize, usize, usize)]) {
        let width = block.iter().map(|line| line.1).max().unwrap_or(0);
        let narrowest = if block.len() > 2 { NARROWEST } else { NARROWEST_PAIR };
        let width = if (narrowest..=WIDEST).contains(&width) { width } else { 0 };
        for line in block {
            line.2 = width;
        }
    }

    /// True when the line that holds byte `at` was broken because the next word, `next` bytes long, did not fit.
    pub fn wrapped(&self, at: usize, next: usize) -> bool {
        let Some(&(_, length, width)) = self.lines[..self.lines.partition_point(|line| line.0 <= at)].last() else {
            return false;
        };
        width > 0 && length + 1 + next > width
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn a_full_line_is_wrapped_and_a_short_one_is_not() {
        let text = "Talks fail\n\nThe ministers of both countries left\nthe capital on Friday evening after\na day of talks.\n";
        let lines = Lines::new(text);
        let at = |word: &str| text.find(word).unwrap();
        assert!(!lines.wrapped(at("fail"), 3));
        assert!(lines.wrapped(at("left"), 3));
        assert!(!lines.wrapped(at("talks."), 3));
    }
}
