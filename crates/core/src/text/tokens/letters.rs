//! Words of letters: what joins their parts, and which keep a stop or another mark.

use super::{Lexer, run_of};
use crate::text::{
    chars::{is_apostrophe, is_gap, is_hyphen, is_word},
    lexicon::Abbreviation,
};

impl Lexer<'_> {
    /// A word from `at`, known to be one up to `from`. Pushes it with its clitics and returns the end.
    pub(super) fn lettered(&mut self, at: usize, from: usize, start: usize, end: usize) -> usize {
        let mut i = from;
        let mut part = at; // where the part after the last hyphen, stop or slash begins
        let mut dots = 0;
        loop {
            i += run_of(&self.text[i..end], is_word);
            let Some(c) = self.char(i, end) else { break };
            let after = i + c.len_utf8();
            let Some(next) = self.char(after, end) else { break };
            let so_far = &self.text[part..i];
            let joins = if is_apostrophe(c) {
                next.is_alphabetic() && !(c == '‘' || c == '`' && next != 's')
            } else {
                match c {
                    '.' => {
                        let single = so_far.chars().count() == 1 && so_far.starts_with(char::is_alphabetic);
                        let dotted = single && next.is_alphabetic();
                        let known = || {
                            let run = run_of(self.ahead(at, end), |c| c.is_ascii_alphabetic() || c == '.');
                            let run = self.text[at..at + run].trim_end_matches('.');
                            run.len() > i - at && self.lexicon.abbreviation(run).is_some()
                        };
                        let joins = next.is_alphabetic() && (dotted || known());
                        dots += usize::from(joins);
                        joins
                    }
                    '&' => {
                        let right = run_of(self.ahead(after, end), char::is_alphanumeric);
                        so_far.len() <= 3 && (1..=3).contains(&right) && next.is_alphabetic()
                    }
                    '/' => {
                        let right = run_of(self.ahead(after, end), is_word);
                        so_far.len() == 1 && right == 1 && next.is_alphabetic()
                            || self.lexicon.is_slashed(&self.text[at..after + right])
                    }
                    '*' => next.is_alphabetic() && at == part || next == '*' && self.starred(after, end),
                    '@' => next.is_alphabetic(),
                    '°' => matches!(so_far, "N" | "n"),
                    '$' => {
                        if so_far.len() <= 3 && so_far.bytes().all(|b| b.is_ascii_uppercase()) {
                            self.push(at, after, false);
                            return after;
                        }
                        false
                    }
                    _ if is_hyphen(c) => {
                        let right = run_of(self.ahead(after, end), is_word);
                        next.is_alphanumeric() && (self.lexicon.keeps_hyphen(so_far, &self.text[part..after + right]))
                    }
                    _ => false,
                }
            };
            if !joins {
                break;
            }
            i = after;
            if c == '.' || is_hyphen(c) {
                part = after;
            }
        }
        if self.text[i..end].starts_with("/-")
            || self.text[i..end].starts_with('/') && self.lexicon.is_slashed(&self.text[at..=i]) && i + 1 == end
        {
            i += 1; // "w/"
        }
        if self.text[i..end].starts_with('!') && self.lexicon.is_marked(&self.text[at..=i]) && self.marked(i + 1, end) {
            i += 1;
        }
        if self.text[i..end].starts_with('.') && self.keeps_stop(at, part, i, dots, start, end) {
            i += 1;
        }
        self.word(at, i);
        self.possessive(i, end)
    }

    /// True when asterisks from `at` lead back into letters: a word that hides some.
    pub(super) fn starred(&self, at: usize, end: usize) -> bool {
        let rest = self.ahead(at, end);
        rest[run_of(rest, |c| c == '*')..].starts_with(char::is_alphabetic)
    }

    /// True when the mark before `at` is part of a name: the sentence goes on in lower case.
    pub(super) fn marked(&self, at: usize, end: usize) -> bool {
        let mut rest = self.text[at..].chars();
        at < end || matches!((rest.next(), rest.next()), (Some(' '), Some(c)) if c.is_lowercase())
    }

    /// Decides whether the stop at `i` belongs to the word `[at, i)`.
    pub(super) fn keeps_stop(&self, at: usize, part: usize, i: usize, dots: usize, start: usize, end: usize) -> bool {
        let word = &self.text[at..i];
        let after = self.char(i + 1, end);
        if after == Some('.') {
            return false; // an ellipsis
        }
        if dots > 0 {
            return self.text[part..i].chars().count() == 1 || self.lexicon.abbreviation(word).is_some();
        }
        // The next thing written, over one gap.
        let next = || self.text[i + 1..].chars().find(|&c| !is_gap(c));
        let short = word.chars().count() == 1;
        if short && word.starts_with(char::is_alphabetic) && self.at_border(at, start) {
            let capital = word.starts_with(char::is_uppercase);
            if !capital {
                let number = self.lexicon.abbreviation(word).is_some() && next().is_some_and(|c| c.is_ascii_digit());
                return number || word == "v" && after.is_none();
            }
            if word == "I" || word == "A" && at == start && self.out.last().is_none_or(|last| last.end == at) {
                let name = self.out.last().is_some_and(|last| {
                    let before = &self.text[last.start..last.end];
                    before.starts_with(char::is_uppercase) && before.len() > 1
                });
                return name && next().is_some_and(char::is_uppercase);
            }
            return after.is_none_or(|c| !c.is_ascii_digit());
        }
        match self.lexicon.abbreviation(word) {
            None => {
                after == Some(',') && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_lowercase()) && word.len() > 1
            }
            Some(Abbreviation::Number) => next().is_some_and(|c| c.is_ascii_digit()),
            Some(Abbreviation::Capital) => next().is_some_and(|c| c.is_alphanumeric() || c == ','),
            Some(Abbreviation::Title) => {
                word.starts_with(char::is_uppercase) || next().is_some_and(char::is_alphanumeric)
            }
            Some(Abbreviation::Other) => true,
        }
    }
}
