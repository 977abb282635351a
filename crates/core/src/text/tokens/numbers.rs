//! Numbers with what they are written together with: stops, commas, units, hyphens.

use super::{Lexer, run_of};
use crate::text::{
    chars::{is_apostrophe, is_word},
    lexicon::fold,
};

impl Lexer<'_> {
    pub(super) fn number(&mut self, at: usize, end: usize) -> usize {
        let rest = self.ahead(at, end);
        let bytes = rest.as_bytes();
        let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut i = digits(0);
        if i == 0 {
            i = 1; // the stop of ".265"
            i += digits(i);
        }
        let dashed = dashed_number(bytes);
        if let Some(length) = dashed {
            i = length;
        } else {
            while let Some(&mark) = bytes.get(i) {
                let next = digits(i + 1);
                let joins = match mark {
                    b',' => next == 3 || next == 2 && bytes.get(i + 3) == Some(&b','),
                    b'.' | b'/' => next > 0,
                    b':' => next == 2,
                    _ => false,
                };
                if !joins {
                    break;
                }
                i += 1 + next;
            }
        }
        if i >= rest.len() && at + i < end {
            // A number longer than any rule needs: only its digits go on.
            i += run_of(&self.text[at + i..end], |c| c.is_ascii_digit());
            return self.mark(at, at + i, end);
        }
        let tail = run_of(&rest[i..], is_word);
        if tail > 0 {
            let suffix = &rest[i..i + tail];
            let closed = i + tail < rest.len() || at + i + tail == end;
            let plain = matches!(&*fold(suffix), "st" | "nd" | "rd" | "th" | "s");
            if closed && !plain && self.lexicon.is_unit(suffix) {
                return self.mark(at, at + i, end);
            }
            return self.lettered(at, at + i, at, end);
        }
        // "60's" is one word, "2025's" a possessive.
        let decade = i == 2 || i == 4 && bytes[i - 1] == b'0';
        let mut chars = rest[i..].chars();
        if decade
            && chars.next().is_some_and(is_apostrophe)
            && chars.next() == Some('s')
            && !chars.next().is_some_and(is_word)
        {
            let apostrophe = rest[i..].chars().next().map_or(1, char::len_utf8);
            return self.mark(at, at + i + apostrophe + 1, end);
        }
        if rest[i..].chars().next().is_some_and(is_apostrophe) {
            return self.lettered(at, at + i, at, end);
        }
        self.mark(at, at + i, end)
    }
}

/// Telephone numbers and dates keep their hyphens, ranges do not: "713-555-0142", "11-20-2000", "555-0142", "5 - 10".
fn dashed_number(bytes: &[u8]) -> Option<usize> {
    let mut groups = [0usize; 6];
    let mut count = 0;
    let mut i = 0;
    while count < groups.len() {
        let digits = bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        groups[count] = digits;
        count += 1;
        i += digits;
        if bytes.get(i) != Some(&b'-') || !bytes.get(i + 1).is_some_and(u8::is_ascii_digit) {
            break;
        }
        i += 1;
    }
    let kept = count >= 3 || count == 2 && matches!((groups[0], groups[1]), (3 | 5, 4));
    (kept && !bytes.get(i).is_some_and(|&b| b.is_ascii_alphabetic())).then_some(i)
}
