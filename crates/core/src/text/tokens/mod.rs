//! From text to syntactic words, as Universal Dependencies' English treebanks cut them.
//!
//! One pass, left to right, over runs of characters without a gap ("chunks"); every rule looks a bounded number of
//! characters ahead, so the time is linear even for a text without white space.

mod addresses;
mod clitics;
mod letters;
mod numbers;
#[cfg(test)]
mod tests;

use super::{
    chars::{is_apostrophe, is_extender, is_flag_half, is_gap, is_opening_bracket, is_picture, is_word},
    lexicon::Lexicon,
};

/// How far any rule looks ahead, in bytes.
const AHEAD: usize = 96;

/// A word or mark with its place in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Cut from the word before it.
    pub clitic: bool,
}

/// The words and marks of `text` in order. Between them lie only gaps.
pub fn tokens(text: &str) -> Vec<Piece> {
    let mut lexer =
        Lexer { text, lexicon: Lexicon::get(), out: Vec::with_capacity(text.len() / 5 + 1), quote_open: None };
    let mut at = 0;
    let mut chars = text.char_indices();
    while let Some((start, c)) = chars.next() {
        if is_gap(c) {
            continue;
        }
        let end = chars.by_ref().find(|&(_, c)| is_gap(c)).map_or(text.len(), |(i, _)| i);
        if text[at..start].matches('\n').nth(1).is_some() {
            lexer.quote_open = None;
        }
        lexer.chunk(start, end);
        at = end;
    }
    lexer.out
}

struct Lexer<'t> {
    text: &'t str,
    lexicon: &'static Lexicon,
    out: Vec<Piece>,
    /// The single quotation mark that is open, as it would close.
    quote_open: Option<char>,
}

impl<'t> Lexer<'t> {
    fn chunk(&mut self, start: usize, end: usize) {
        let chunk = &self.text[start..end];
        if chunk.bytes().all(|b| b.is_ascii_alphabetic()) {
            self.word(start, end);
            return;
        }
        let addressed = chunk.contains(['@', '/', '.', '#', '\\']);
        let mut at = start;
        while at < end {
            let next = (addressed && self.at_border(at, start)).then(|| self.address(at, end)).flatten();
            let next = next.unwrap_or_else(|| self.one(at, start, end));
            debug_assert!(next > at);
            at = next;
        }
    }

    fn char(&self, at: usize, end: usize) -> Option<char> {
        self.text[at..end].chars().next()
    }

    /// The character before `at` in the chunk.
    fn before(&self, at: usize, start: usize) -> Option<char> {
        self.text[start..at].chars().next_back()
    }

    fn at_border(&self, at: usize, start: usize) -> bool {
        self.before(at, start).is_none_or(|c| !is_word(c))
    }

    /// A window of the chunk from `at`, not longer than the rules look ahead.
    fn ahead(&self, at: usize, end: usize) -> &'t str {
        let mut stop = end.min(at + AHEAD);
        while !self.text.is_char_boundary(stop) {
            stop -= 1;
        }
        &self.text[at..stop]
    }

    fn push(&mut self, start: usize, end: usize, clitic: bool) {
        self.out.push(Piece { start, end, clitic });
    }

    /// Pushes a mark with all that extends it; returns its end.
    fn mark(&mut self, start: usize, end: usize, chunk_end: usize) -> usize {
        let end = self.extended(end, chunk_end);
        self.push(start, end, false);
        end
    }

    /// Past accents, joiners and what they join.
    fn extended(&self, mut at: usize, end: usize) -> usize {
        while let Some(c) = self.char(at, end) {
            if !is_extender(c) {
                break;
            }
            at += c.len_utf8();
            if c == '\u{200D}' {
                match self.char(at, end) {
                    Some(joined) if is_picture(joined) => at += joined.len_utf8(),
                    _ => {}
                }
            }
        }
        at
    }

    /// Lexes what starts at `at`: pushes one word or mark (a word with its clitics) and returns its end.
    fn one(&mut self, at: usize, start: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let c = rest.chars().next().unwrap_or('\0');
        if c.is_ascii_digit() {
            return self.number(at, end);
        }
        if is_word(c) && c != '_' {
            return self.lettered(at, at, start, end);
        }
        if self.at_border(at, start)
            && let Some(length) = self.face(at, start, end)
        {
            return self.mark(at, at + length, end);
        }
        if is_apostrophe(c) {
            return self.apostrophe(at, start, end);
        }
        let after = self.char(at + c.len_utf8(), end);
        match c {
            '.' | '?' | '!' | '…' => {
                let run = run_of(rest, |c| matches!(c, '.' | '?' | '!' | '…'));
                if run == 1 && c == '.' && after.is_some_and(|c| c.is_ascii_digit()) && self.at_border(at, start) {
                    return self.number(at, end); // ".265"
                }
                self.mark(at, at + run, end)
            }
            '@' | '#' if self.at_border(at, start) && after.is_some_and(char::is_alphabetic) => {
                let run = run_of(&rest[1..], |c| is_word(c) && !is_apostrophe(c));
                self.mark(at, at + 1 + run, end)
            }
            '+' if at == start && after.is_some_and(|c| c.is_ascii_digit()) => {
                let run = run_of(&rest[1..], |c| c.is_ascii_digit() || c == '-');
                self.mark(at, at + 1 + run, end)
            }
            '-' | '=' | '*' | '_' | '~' | '#' | '+' | '<' | '>' | '^' | '|' | '$' | '\\' | '•' => {
                let mut run = run_of(rest, |other| other == c);
                if matches!(c, '-' | '=') && rest[run..].starts_with('>') || c == '<' && rest[run..].starts_with('-') {
                    run += 1; // an arrow
                }
                self.mark(at, at + run, end)
            }
            _ if is_flag_half(c) && after.is_some_and(is_flag_half) => self.mark(at, at + 2 * c.len_utf8(), end),
            _ => {
                // "((((((": no sentence writes so, and each of them would be a word.
                let run = run_of(rest, |other| other == c);
                let many = run > 4 * c.len_utf8();
                self.mark(at, at + if many { run } else { c.len_utf8() }, end)
            }
        }
    }

    /// Length of a face drawn with marks, where nothing is written together with it.
    fn face(&self, at: usize, start: usize, end: usize) -> Option<usize> {
        let rest = self.ahead(at, end);
        if !rest.starts_with([':', ';', '=', '(', '<', '^', '-', '>']) {
            return None;
        }
        let length = self.lexicon.emoticon(rest)?;
        let closed = rest[length..].chars().next().is_none_or(|c| !is_word(c) && !is_opening_bracket(c));
        (closed && (at == start || !rest.starts_with('('))).then_some(length)
    }
}

/// Bytes of the longest head of `rest` whose characters all pass.
fn run_of(rest: &str, pass: impl Fn(char) -> bool) -> usize {
    rest.char_indices().find(|&(_, c)| !pass(c)).map_or(rest.len(), |(i, _)| i)
}
