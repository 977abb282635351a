//! Apostrophes: clitics and possessives, elided words, single quotation marks.

use super::{Lexer, run_of};
use crate::text::{
    chars::{is_apostrophe, is_quote, is_word},
    lexicon::{Lexicon, fold},
};

impl Lexer<'_> {
    /// The apostrophe of "the ministers'" after a word that ends at `at`, unless a quotation closes there.
    pub(super) fn possessive(&mut self, at: usize, end: usize) -> usize {
        let Some(c) = self.char(at, end) else { return at };
        let (Some(last), Some(piece)) = (self.text[..at].chars().next_back(), self.out.last().copied()) else {
            return at;
        };
        if !is_apostrophe(c) || matches!(c, '‘' | '`') {
            return at;
        }
        let after = at + c.len_utf8();
        if self.quote_open == Some(c) || self.char(after, end).is_some_and(is_word) {
            return at;
        }
        let word = &self.text[piece.start..piece.end];
        if matches!(last, 's' | 'S' | 'z' | 'x') && piece.end == at && word.len() > 2 {
            self.push(at, after, true);
            return after;
        }
        if word.len() > 3 && fold(word).ends_with("in") && !self.char(after, end).is_some_and(is_quote) && c != '´' {
            self.out.pop();
            self.push(piece.start, after, piece.clitic); // "cookin'"
            return after;
        }
        at
    }

    pub(super) fn apostrophe(&mut self, at: usize, start: usize, end: usize) -> usize {
        let rest = self.ahead(at, end);
        let c = rest.chars().next().unwrap_or('\'');
        let width = c.len_utf8();
        if matches!(c, '\'' | '`') && rest[width..].starts_with(c) {
            return self.mark(at, at + 2, end); // '' and ``
        }
        if self.at_border(at, start) && !self.before(at, start).is_some_and(is_quote) {
            let right = run_of(&rest[width..], is_word);
            let word = &rest[width..width + right];
            let close = rest[width + right..].chars().next();
            let quoted = close.is_some_and(is_apostrophe) && close != Some('`');
            let year = right >= 2
                && word.as_bytes()[..2].iter().all(u8::is_ascii_digit)
                && (right == 2 || right == 3 && word.ends_with('s'));
            if right > 0 && !quoted && (year || self.lexicon.is_elided(word) || self.lexicon.is_clitic(word)) {
                return self.mark(at, at + width + right, end);
            }
            if right > 0 {
                self.quote_open = Some(if c == '‘' { '’' } else { c });
                return self.mark(at, at + width, end);
            }
        }
        if self.quote_open == Some(c) {
            self.quote_open = None;
        }
        self.mark(at, at + width, end)
    }

    /// Pushes the word `[start, end)` cut into its syntactic words.
    pub(super) fn word(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        if let Some(cuts) = self.lexicon.cuts(word)
            && word.is_ascii()
        {
            let mut from = start;
            for &cut in cuts {
                self.push(from, start + cut, from > start);
                from = start + cut;
            }
            self.push(from, end, true);
            return;
        }
        let first = self.out.len();
        let mut rest = end;
        while let Some(cut) = clitic(&self.text[start..rest], self.lexicon) {
            self.push(start + cut, rest, true);
            rest = start + cut;
        }
        self.push(start, rest, false);
        self.out[first..].reverse();
    }
}

/// Where the last clitic of `word` begins: the "n't" of "don't", the "'s" of "India's".
fn clitic(word: &str, lexicon: &Lexicon) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|&(_, c)| is_apostrophe(c))?;
    let rest = &word[at + mark.len_utf8()..];
    if at == 0 {
        return None;
    }
    if matches!(rest, "t" | "T") && at > 1 && matches!(word.as_bytes()[at - 1], b'n' | b'N') {
        return Some(at - 1);
    }
    lexicon.is_clitic(rest).then_some(at)
}
