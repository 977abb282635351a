//! Does a sentence end here? A linear model over the words around a gap: hashed features, integer weights.
//!
//! Trained by `crates/train` on running text of the treebanks; [`Gaps::features`] is shared with the trainer, so that
//! both see the same.

use super::{
    chars::{is_apostrophe, is_closing_bracket, is_opening_bracket, is_quote},
    lexicon::{Abbreviation, Lexicon},
    tokens::Piece,
};

/// Weights of the model; a power of two.
pub const SIZE: usize = 1 << 16;
/// Features of one gap.
pub const COUNT: usize = 24;

/// What a word or mark is to the splitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    Edge,
    Stop,
    Question,
    Ellipsis,
    Colon,
    Semicolon,
    Comma,
    Dash,
    OpenQuote,
    CloseQuote,
    OpenBracket,
    CloseBracket,
    Title,
    Abbreviation,
    Initialism,
    Initial,
    Number,
    Lower,
    Capital,
    Capitals,
    Face,
    Symbols,
    Address,
    Bullet,
    Mark,
    Clitic,
    Enumerator,
}

/// One word with what the features ask of it.
#[derive(Clone, Copy)]
struct Word {
    class: Class,
    /// Of the form as written, of its lower case, and of its last three letters.
    form: u32,
    folded: u32,
    suffix: u32,
}

const EDGE: Word = Word { class: Class::Edge, form: 1, folded: 1, suffix: 1 };

/// The words of a text, ready to be asked about the gaps between them.
pub struct Gaps<'t> {
    text: &'t str,
    pieces: &'t [Piece],
    words: Vec<Word>,
    /// Paragraph of every word.
    paragraph: Vec<u32>,
    /// Style of every paragraph: how it ends, how many stops it has, how it is capitalised.
    style: Vec<u32>,
}

impl<'t> Gaps<'t> {
    /// Looks at every word once.
    pub fn new(text: &'t str, pieces: &'t [Piece]) -> Self {
        let mut gaps = Self { text, pieces, words: Vec::with_capacity(pieces.len()), paragraph: vec![], style: vec![] };
        let mut quoted = false;
        let mut first = 0;
        for i in 0..pieces.len() {
            if i > 0 && gaps.blank_line(i - 1) {
                gaps.close_paragraph(first, i);
                first = i;
                quoted = false;
            }
            let class = gaps.classify(i, &mut quoted);
            let form = &text[pieces[i].start..pieces[i].end];
            let bytes = form.as_bytes();
            let fold =
                |bytes: &[u8]| bytes.iter().fold(0x811C_9DC5, |hash, b| step(hash, u32::from(b.to_ascii_lowercase())));
            gaps.words.push(Word {
                class,
                form: bytes.iter().fold(0x811C_9DC5, |hash, &b| step(hash, u32::from(b))),
                folded: fold(bytes),
                suffix: fold(&bytes[bytes.len().saturating_sub(3)..]),
            });
        }
        gaps.close_paragraph(first, pieces.len());
        gaps
    }

    fn close_paragraph(&mut self, first: usize, end: usize) {
        let words = &self.words[first..end];
        let mut last = words.iter().rev().find(|word| !matches!(word.class, Class::CloseQuote | Class::CloseBracket));
        let stops = words.iter().filter(|word| matches!(word.class, Class::Stop | Class::Question)).count().min(2);
        let count = |class| words.iter().filter(|word| word.class == class).count();
        let (lower, capital, capitals) = (count(Class::Lower), count(Class::Capital), count(Class::Capitals));
        let cased = (capital + capitals) * 4 / (lower + capital + capitals).max(1);
        let ended =
            last.take().is_some_and(|word| matches!(word.class, Class::Stop | Class::Question | Class::Ellipsis));
        self.style.push((usize::from(ended) + 2 * stops + 6 * cased) as u32);
        self.paragraph.resize(end, self.style.len() as u32 - 1);
    }

    /// Words in the text.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// What the word is to the splitter.
    pub fn class(&self, i: usize) -> Class {
        self.words[i].class
    }

    /// The letters of word `i`.
    pub fn form(&self, i: usize) -> &'t str {
        &self.text[self.pieces[i].start..self.pieces[i].end]
    }

    /// What lies between word `i` and the next.
    pub fn gap(&self, i: usize) -> &'t str {
        &self.text[self.pieces[i].end..self.pieces[i + 1].start]
    }

    /// True when the paragraph of word `i` has no mark that ends a sentence.
    pub fn unpunctuated(&self, i: usize) -> bool {
        self.style[self.paragraph[i] as usize].is_multiple_of(6)
    }

    /// True when an empty line lies after word `i`.
    pub fn blank_line(&self, i: usize) -> bool {
        let gap = self.gap(i);
        gap.len() > 1 && (gap.matches('\n').nth(1).is_some() || gap.contains(['\u{2029}', '\u{C}']))
    }

    fn classify(&self, i: usize, quoted: &mut bool) -> Class {
        let form = self.form(i);
        let mut chars = form.chars();
        let (first, last) = (chars.next().unwrap_or(' '), chars.next_back());
        if self.pieces[i].clitic {
            return Class::Clitic;
        }
        if first.is_alphabetic() {
            return Self::lettered(form, first);
        }
        if first.is_numeric() || matches!(first, '+' | '.') && last.is_some_and(char::is_numeric) {
            return Class::Number;
        }
        match first {
            '.' if last.is_none() => Class::Stop,
            '?' | '!' if form.chars().all(|c| matches!(c, '?' | '!' | '.' | '…')) => Class::Question,
            '.' | '…' => {
                if form.contains(['?', '!']) {
                    Class::Question
                } else {
                    Class::Ellipsis
                }
            }
            '。' | '।' | '？' | '！' | '؟' | '۔' => Class::Stop,
            _ if last.is_some() && !is_quote(first) => {
                if form.contains(|c: char| c.is_alphabetic() || c == ')' || c == '(') || form.starts_with([':', ';']) {
                    Class::Face
                } else if form.starts_with("--") {
                    Class::Dash
                } else {
                    Class::Symbols
                }
            }
            ':' => Class::Colon,
            ';' => Class::Semicolon,
            ',' => Class::Comma,
            '-' | '–' | '—' | '―' => Class::Dash,
            '•' | '⁃' | '‣' | '▪' | '●' | '■' | '◦' | '·' | '►' | '*' => Class::Bullet,
            '“' | '‘' | '„' | '«' => Class::OpenQuote,
            '”' | '»' | '’' => Class::CloseQuote,
            '"' | '＂' => {
                let spaced_before = i == 0 || self.pieces[i - 1].end < self.pieces[i].start;
                let spaced_after = self.pieces.get(i + 1).is_none_or(|next| next.start > self.pieces[i].end);
                let opens = if spaced_before == spaced_after { !*quoted } else { spaced_before };
                *quoted = opens;
                if opens { Class::OpenQuote } else { Class::CloseQuote }
            }
            _ if is_apostrophe(first) => {
                let opens = self.pieces.get(i + 1).is_some_and(|next| next.start == self.pieces[i].end)
                    && (i == 0
                        || self.pieces[i - 1].end < self.pieces[i].start
                        || self.words[i - 1].class == Class::OpenQuote);
                if form == "``" || form == "`" || opens { Class::OpenQuote } else { Class::CloseQuote }
            }
            _ if is_opening_bracket(first) => Class::OpenBracket,
            _ if is_closing_bracket(first) => Class::CloseBracket,
            _ => Class::Mark,
        }
    }

    fn lettered(form: &str, first: char) -> Class {
        if let Some(stem) = form.strip_suffix('.') {
            return match Lexicon::get().abbreviation(stem) {
                Some(Abbreviation::Title) => Class::Title,
                Some(Abbreviation::Number) => Class::Enumerator,
                _ if stem.contains('.') && first.is_uppercase() => Class::Initialism,
                _ if stem.chars().nth(1).is_none() => Class::Initial,
                _ => Class::Abbreviation,
            };
        }
        if form.len() > 4
            && (form.contains("://") || form.contains('@') || form.as_bytes()[1..form.len() - 1].contains(&b'.'))
        {
            return Class::Address;
        }
        if first.is_lowercase() {
            Class::Lower
        } else if first.is_uppercase() && form.len() > 1 && !form.chars().any(char::is_lowercase) {
            Class::Capitals
        } else {
            Class::Capital
        }
    }

    fn word(&self, i: usize, step: isize, paragraph: u32) -> Word {
        let at = i as isize + step;
        let inside = at >= 0 && (at as usize) < self.words.len() && self.paragraph[at as usize] == paragraph;
        if inside { self.words[at as usize] } else { EDGE }
    }

    /// Indices into the weights for the gap after word `i`, in a sentence that began with word `start`.
    pub fn features(&self, i: usize, start: usize, quotes: u32) -> [u32; COUNT] {
        let paragraph = self.paragraph[i];
        let word = |step| self.word(i, step, paragraph);
        let (l3, l2, l1, r1, r2, r3) = (word(-2), word(-1), word(0), word(1), word(2), word(3));
        let class = |word: Word| word.class as u32;
        let pair = class(l1) << 8 | class(r1);
        let long = match i + 1 - start {
            n @ 0..=3 => n,
            4..=5 => 4,
            6..=9 => 5,
            10..=15 => 6,
            16..=25 => 7,
            26..=40 => 8,
            _ => 9,
        } as u32;
        let spaced = u32::from(!self.gap(i).is_empty());
        let opened = self.words[start];
        let style = self.style[paragraph as usize];
        let wide = class(l2) << 24 | class(l1) << 16 | class(r1) << 8;
        [
            hash(1, pair, 0, 0),
            hash(2, wide, 0, 0),
            hash(3, pair, class(r2), 0),
            hash(4, class(l1), r1.form, 0),
            hash(5, l1.folded, class(r1), 0),
            hash(6, l1.folded, r1.form, 0),
            hash(7, wide | class(r2), 0, 0),
            hash(8, class(l1), r1.form, class(r2)),
            hash(9, l2.folded, pair, 0),
            hash(10, pair, long, 0),
            hash(11, pair, quotes, class(l2)),
            hash(12, pair, spaced, 0),
            hash(13, class(l1), r1.folded, r2.folded),
            hash(14, pair, class(opened), long.min(4)),
            hash(15, pair, style, 0),
            hash(16, l1.folded, spaced, long),
            hash(17, l1.suffix, pair, 0),
            hash(18, l2.folded, l1.folded, class(r1)),
            hash(19, pair, r2.folded, 0),
            hash(20, class(l3), wide | class(r2), class(r3)),
            hash(21, pair, style, long),
            hash(22, class(l1), class(r1) << 8 | class(r2), r2.folded ^ r1.folded),
            hash(23, l1.form, 0, 0),
            hash(24, r1.form, long.min(3), 0),
        ]
    }
}

/// One step of FNV-1a over 32-bit words.
fn step(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(0x0100_0193)
}

fn hash(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let mut hash = template.wrapping_mul(0x9E37_79B1);
    for value in [a, b, c] {
        hash = (hash ^ value).wrapping_mul(0x85EB_CA6B);
        hash ^= hash >> 15;
    }
    hash = hash.wrapping_mul(0xC2B2_AE35);
    (hash >> 16) & (SIZE as u32 - 1)
}

/// How sure the model is that a sentence ends at a gap: above zero it does. Weights are signed bytes.
pub fn score(weights: &[u8], features: &[u32]) -> i32 {
    features.iter().map(|&feature| i32::from(weights[feature as usize] as i8)).sum()
}
