//! What the network sees of a word: hashed features of its letters. Training and run time share this file.

use super::{clusters, known::known};

/// Most features one word can have.
pub const MOST_FEATURES: usize = 22;

/// Steps of the path of a word's class that are features, each of its own; 32 stands for the whole path.
const STEPS: [u32; 4] = [4, 7, 10, 32];

/// Longest piece of a word that is looked at, in characters; a longer word is cut in the middle of nowhere.
const LONGEST: usize = 40;

/// Letters of a word as the features see them: typographic marks become the plain ones of the treebanks.
pub fn normal_char(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '–' | '—' | '―' | '‒' | '−' | '‐' | '‑' => '-',
        '\u{a0}' | '\u{202f}' => ' ',
        _ => c,
    }
}

/// Style of a sentence's capitals, which tells what a capital letter is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Style {
    /// Capitals mark names and the first word.
    Plain = 0,
    /// A headline in which most words have a capital.
    Title = 1,
    /// No small letters.
    Capitals = 2,
    /// No capitals at all.
    Small = 3,
}

/// Number of styles.
pub const STYLES: usize = 4;

/// The style of a sentence with these words.
pub fn style<'t>(forms: impl Iterator<Item = &'t str>) -> Style {
    let (mut long, mut capital, mut any_small, mut any_capital) = (0u32, 0u32, false, false);
    for form in forms {
        let Some(first) = form.chars().next() else { continue };
        if !first.is_alphabetic() {
            continue;
        }
        let small = form.chars().any(char::is_lowercase);
        any_small |= small;
        any_capital |= first.is_uppercase();
        // Short words stay small in headlines, so they tell nothing.
        if form.len() >= 4 {
            long += 1;
            capital += u32::from(first.is_uppercase());
        }
    }
    if any_capital && !any_small {
        Style::Capitals
    } else if long >= 3 && capital * 5 >= long * 4 {
        Style::Title
    } else if !any_capital && any_small {
        Style::Small
    } else {
        Style::Plain
    }
}

/// Hashes of the features of one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Features {
    /// The hashes; only the first `len` count.
    pub hashes: [u32; MOST_FEATURES],
    /// How many there are.
    pub len: usize,
    /// The first `lexical` of them name the whole word (training hides them at times).
    pub lexical: usize,
    /// From here on they tell what the world's tables know of the word (training hides them at times).
    pub known: usize,
}

impl Features {
    fn push(&mut self, hash: u32) {
        if self.len < MOST_FEATURES {
            self.hashes[self.len] = hash;
            self.len += 1;
        }
    }

    /// The hashes in use.
    pub fn as_slice(&self) -> &[u32] {
        &self.hashes[..self.len]
    }
}

/// FNV-1a over characters with a final mix; the kind of feature is the seed.
fn hash(kind: u32, chars: &[char]) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64 ^ (u64::from(kind) << 32);
    for &c in chars {
        h = (h ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^= h >> 29;
    h = h.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (h >> 32) as u32
}

/// The same of a number.
fn hash_number(kind: u32, number: u32) -> u32 {
    // Ten bits a character: all are assigned or at least valid ones.
    let piece = |shift: u32| char::from_u32(number >> shift & 0x3ff).unwrap_or('\0');
    hash(kind, &[piece(0), piece(10), piece(20), piece(30)])
}

/// The features of `form`: the word, its digits masked, its capitals, its ends, its shape.
pub fn features(form: &str) -> Features {
    let mut cased = ['\0'; LONGEST];
    let mut n = 0;
    for c in form.chars().take(LONGEST) {
        cased[n] = normal_char(c);
        n += 1;
    }
    // Two marks that the treebanks write as one thing.
    if n == 2 && (cased[..2] == ['\'', '\''] || cased[..2] == ['-', '-']) {
        cased[0] = if cased[0] == '\'' { '"' } else { '-' };
        n = 1;
    }
    let cased = &cased[..n];
    let mut lower = ['\0'; LONGEST];
    let mut masked = ['\0'; LONGEST];
    let (mut upper, mut digits, mut hyphen, mut letters) = (0usize, 0usize, false, 0usize);
    for (i, &c) in cased.iter().enumerate() {
        lower[i] = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
        masked[i] = lower[i];
        if c.is_ascii_digit() || c.is_numeric() {
            digits += 1;
            masked[i] = '0';
        }
        letters += usize::from(c.is_alphabetic());
        upper += usize::from(c != lower[i]);
        hyphen |= c == '-';
    }
    let (lower, masked) = (&lower[..n], &masked[..n]);
    let mut out = Features::default();
    out.push(hash(0, lower));
    if upper > 0 {
        out.push(hash(1, cased));
    }
    if digits > 0 {
        out.push(hash(2, masked));
    }
    out.lexical = out.len;
    for len in 1..=5.min(n.saturating_sub(1)) {
        out.push(hash(2 + len as u32, &masked[n - len..]));
    }
    for len in 1..=4.min(n.saturating_sub(1)) {
        out.push(hash(7 + len as u32, &masked[..len]));
    }
    // Shape: runs of one class cut at two.
    let mut shape = ['\0'; LONGEST];
    let mut m = 0;
    for &c in cased {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            c if c.is_ascii() => c,
            _ => '?',
        };
        if m < 2 || shape[m - 1] != class || shape[m - 2] != class {
            shape[m] = class;
            m += 1;
        }
    }
    out.push(hash(12, &shape[..m]));
    let capitals = match upper {
        0 => 'n',
        _ if upper == letters && letters > 1 => 'a',
        1 if cased[0] != lower[0] => 'f',
        _ => 'm',
    };
    let length = char::from(b'a' + n.min(12) as u8);
    let mark = if letters > 0 { 'w' } else { 'p' };
    let digit = if digits > 0 { 'd' } else { 'o' };
    let hyphen = if hyphen { '-' } else { ' ' };
    out.push(hash(13, &[capitals, length, mark, digit, hyphen]));
    out.push(hash(14, &[capitals, mark, digit]));
    out.known = out.len;
    if upper > 0 {
        let known = known(form);
        if known.place > 0 {
            out.push(hash(15, &[char::from(b'0' + known.place)]));
        }
        if known.kinds > 0 {
            out.push(hash(16, &[char::from(b'@' + known.kinds)]));
        }
    }
    if let Some(path) = clusters::path(cased, lower) {
        for (kind, steps) in (17..).zip(STEPS) {
            let beginning = path >> (32 - steps);
            out.push(hash_number(kind, beginning));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curly_marks_have_the_features_of_plain_ones() {
        for (curly, plain) in [("“", "\""), ("n’t", "n't"), ("—", "--"), ("”", "''")] {
            assert_eq!(features(curly).as_slice(), features(plain).as_slice());
        }
    }

    #[test]
    fn style_follows_the_capitals() {
        let of = |text: &str| style(text.split(' '));
        assert_eq!(of("Envoy Leaves Capital After Border Talks"), Style::Title);
        assert_eq!(of("ENVOY LEAVES"), Style::Capitals);
        assert_eq!(of("The envoy left Geneva on Monday ."), Style::Plain);
        assert_eq!(of("the envoy left"), Style::Small);
    }

    #[test]
    fn any_string_has_features_within_bounds() {
        let long = "é".repeat(900);
        for form in ["", "\u{0}", "\u{200d}", "🙂", long.as_str(), "ABC-123-x", "1"] {
            assert!(features(form).len <= MOST_FEATURES);
        }
    }
}
