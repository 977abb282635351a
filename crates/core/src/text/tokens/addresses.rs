//! Addresses of the web and of mail, names of hosts and files.

use super::{Lexer, run_of};
use crate::text::{
    chars::{is_quote, is_word},
    lexicon::fold,
};

impl Lexer<'_> {
    /// Addresses of the web and of mail, names of hosts and files.
    pub(super) fn address(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = self.ahead(at, end);
        let first = rest.as_bytes()[0];
        if !first.is_ascii_alphanumeric() && first != b'_' {
            return None;
        }
        let name = run_of(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.'));
        let head = &rest[..name];
        let web = rest[name..].starts_with("://")
            || matches!(&*fold(head), "mailto" | "ymsgr") && rest[name..].starts_with(':')
            || head.len() > 4 && head.as_bytes()[..4].eq_ignore_ascii_case(b"www.");
        if web {
            let run = run_of(&self.text[at..end], |c| !matches!(c, '<' | '>' | '"' | '|' | '“' | '”' | '»' | '«'));
            let stop = at + self.trimmed(at, run);
            return Some(self.mark(at, stop, end));
        }
        let mail = run_of(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-'));
        if rest[mail..].starts_with('@') && rest[..mail].contains(|c: char| c.is_ascii_alphabetic()) {
            let host = run_of(&rest[mail + 1..], |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
            let stop = at + self.trimmed(at, mail + 1 + host);
            if host > 0 && stop > at + mail + 1 {
                return Some(self.mark(at, stop, end));
            }
        }
        self.dotted(at, end)
    }

    /// "example.org", "minutes.doc", "example.org/page", "comp.sources.unix".
    pub(super) fn dotted(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = self.ahead(at, end);
        let run = run_of(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        let name = rest[..run].trim_end_matches(['.', '-', '_']);
        let (stem, ending) = name.rsplit_once('.')?;
        let whole = stem.len() > 1 && stem.bytes().any(|b| b.is_ascii_alphabetic()) && self.lexicon.is_ending(ending);
        let sentence =
            stem.ends_with(|c: char| c.is_ascii_lowercase()) && ending.starts_with(|c: char| c.is_uppercase());
        let group = name.split('.').count() >= 3
            && name.split('.').all(|part| part.len() >= 3 && part.bytes().all(|b| b.is_ascii_lowercase()));
        if !(whole && !sentence || group) || is_word(rest[name.len()..].chars().next().unwrap_or(' ')) {
            return None;
        }
        let mut stop = at + name.len();
        if self.text[stop..end].starts_with('/') {
            let run = run_of(&self.text[stop..end], |c| !matches!(c, '<' | '>' | '"' | '|' | '“' | '”'));
            stop = at + self.trimmed(at, name.len() + run);
        }
        Some(self.mark(at, stop, end))
    }

    /// Length of an address without the marks that belong to the sentence around it.
    pub(super) fn trimmed(&self, at: usize, mut length: usize) -> usize {
        let whole = &self.text[at..at + length];
        let mut open = whole.matches('(').count();
        let mut close = whole.matches(')').count();
        while let Some(c) = self.text[at..at + length].chars().next_back() {
            let goes = match c {
                ')' => close > open,
                '.' | ',' | ';' | ':' | '!' | '?' | ']' | '}' | '…' => true,
                _ => is_quote(c),
            };
            if !goes || length <= 1 {
                break;
            }
            close -= usize::from(c == ')');
            open -= usize::from(c == '(');
            length -= c.len_utf8();
        }
        length
    }
}
