//! Marks that number the items of a list: "1.", "2)", "(b)", "iii.", and bullets.

use super::boundary::{Class, Gaps};

/// How an item is numbered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Number,
    Letter,
    Capital,
    Roman,
}

/// A mark: its style, the signs around it, its value, and how many words it takes.
#[derive(Clone, Copy)]
struct Mark {
    style: Style,
    signs: u8,
    value: u32,
    words: usize,
}

/// The list that the paragraph is in, if any.
#[derive(Default)]
pub struct Enumerators {
    last: Vec<Mark>,
    seen: Option<usize>,
}

impl Enumerators {
    /// Whether a list settles that the sentence from word `start` ends after word `i`: an item ends where the next
    /// begins, and never right after its own mark.
    pub fn settle(&mut self, gaps: &Gaps, i: usize, start: usize) -> Option<bool> {
        if self.seen != Some(start) {
            self.seen = Some(start);
            let at = start + usize::from(gaps.class(start) == Class::Bullet);
            if let Some(mark) = mark(gaps, at) {
                self.last.retain(|last| last.style != mark.style || last.signs != mark.signs);
                self.last.push(mark);
            }
        }
        // Right after the mark the item begins.
        let bullet = usize::from(gaps.class(start) == Class::Bullet);
        let own = bullet + mark(gaps, start + bullet).map_or(0, |mark| mark.words);
        if own > 0 && i < start + own {
            return Some(false);
        }
        if gaps.class(i + 1) == Class::Bullet && gaps.form(i + 1) != "*" && gaps.form(i + 1) != "·" {
            return Some(true);
        }
        let next = mark(gaps, i + 1)?;
        let follows = self
            .last
            .iter()
            .any(|last| last.style == next.style && last.signs == next.signs && last.value + 1 == next.value);
        follows.then_some(true)
    }
}

/// The list mark that begins at word `i`.
fn mark(gaps: &Gaps, i: usize) -> Option<Mark> {
    let count = gaps.len();
    let form = |at: usize| if at < count { gaps.form(at) } else { "" };
    let joined = |at: usize| at + 1 < count && gaps.gap(at).is_empty();
    let opened = form(i) == "(" && joined(i);
    let at = i + usize::from(opened);
    let bare = form(at).trim_end_matches('.');
    let stop = bare.len() < form(at).len();
    let (style, value) = value(bare)?;
    let mut signs = u8::from(opened) | u8::from(stop) << 1;
    let mut words = at + 1 - i;
    for (sign, bit) in [(".", 2), (")", 4)] {
        if joined(i + words - 1) && form(i + words) == sign {
            signs |= bit;
            words += 1;
        }
    }
    let closed = if opened { signs & 4 != 0 } else { signs & 6 != 0 };
    (closed && i + words < count).then_some(Mark { style, signs, value, words })
}

fn value(form: &str) -> Option<(Style, u32)> {
    let bytes = form.as_bytes();
    match bytes {
        [] => None,
        _ if bytes.len() <= 2 && bytes.iter().all(u8::is_ascii_digit) => Some((Style::Number, form.parse().ok()?)),
        _ if bytes.len() <= 4
            && bytes.len() + usize::from(form == "i" || form == "v") > 1
            && bytes.iter().all(|b| b"ivx".contains(b)) =>
        {
            const ROMAN: &[&str] = &["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
            Some((Style::Roman, ROMAN.iter().position(|&roman| roman == form)? as u32 + 1))
        }
        [letter @ b'a'..=b'z'] => Some((Style::Letter, u32::from(letter - b'a' + 1))),
        [letter @ b'A'..=b'Z'] => Some((Style::Capital, u32::from(letter - b'A' + 1))),
        _ => None,
    }
}
