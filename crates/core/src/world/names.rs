//! Names: how words are folded to be compared, and the trie that finds the names and role nouns of a sentence.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::{sentence::Sentence, span::Span};

/// One word to match: a token, or a part of a token written with hyphens.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// Hash of the folded letters; 0 matches nothing.
    pub hash: u64,
    /// Index of its token.
    pub token: usize,
    /// Its letters in the report.
    pub span: Span,
    /// First letter is a capital.
    pub capital: bool,
    /// All letters are capitals and there are two at least, or one with a dot.
    pub caps: bool,
}

/// Lower-case ASCII letters for a Latin letter with marks; the letter itself where there is none.
fn fold(c: char, out: &mut impl FnMut(u8)) {
    let base: &str = match c {
        '\'' | '’' | '‘' | 'ʼ' | '`' | '.' | 'ʻ' | '·' => "",
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'ạ' | 'ả' | 'ấ' | 'ầ' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ə' | 'ə' | 'ế' | 'ệ' => "e",
        'Ĝ'..='ģ' | 'Ǧ' | 'ǧ' => "g",
        'Ĥ'..='ħ' | 'ḥ' | 'Ḥ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ' | 'ķ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŉ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'ồ' | 'ộ' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' | 'ṣ' | 'Ṣ' => "s",
        'ß' => "ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' | 'ṭ' | 'Ṭ' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'ư' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        _ => {
            let mut bytes = [0; 4];
            for lower in c.to_lowercase() {
                lower.encode_utf8(&mut bytes).bytes().for_each(&mut *out);
            }
            return;
        }
    };
    base.bytes().for_each(out);
}

/// Hash of a word without case, marks, dots and apostrophes; 0 for a word of nothing else (and for "'s").
///
/// ```
/// use demarche_core::world::names::word_hash;
/// assert_eq!(word_hash("Erdoğan"), word_hash("ERDOGAN"));
/// assert_eq!(word_hash("U.S."), word_hash("US"));
/// assert_eq!(word_hash("’s"), 0);
/// ```
pub fn word_hash(word: &str) -> u64 {
    if matches!(word, "'s" | "’s" | "'" | "’") {
        return 0;
    }
    // FNV-1a, 64 bit.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut any = false;
    let mut eat = |byte: u8| {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        any = true;
    };
    if word.is_ascii() {
        word.bytes()
            .filter(|byte| !matches!(byte, b'.' | b'\'' | b'`'))
            .for_each(|byte| eat(byte.to_ascii_lowercase()));
        return if any { hash } else { 0 };
    }
    for c in word.chars() {
        if c.is_ascii() {
            if c != '.' && c != '\'' && c != '`' {
                eat(c.to_ascii_lowercase() as u8);
            }
        } else {
            fold(c, &mut eat);
        }
    }
    if any { hash } else { 0 }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '/')
}

/// The words of a sentence; a hyphen alone is no word, and "Franco-German" is two.
pub fn units(text: &str, sentence: &Sentence) -> Vec<Unit> {
    let mut out = Vec::with_capacity(sentence.tokens.len() + 4);
    for (token, t) in sentence.tokens.iter().enumerate() {
        let form = t.span.of(text);
        let mut at = t.span.start as usize;
        for part in form.split(is_hyphen) {
            if !part.is_empty() {
                out.push(unit(part, token, at));
            }
            // Every hyphen of `is_hyphen` is stepped over by its own length.
            at += part.len();
            at += text[at..].chars().next().filter(|&c| is_hyphen(c)).map_or(0, char::len_utf8);
        }
    }
    out
}

fn unit(part: &str, token: usize, at: usize) -> Unit {
    let span = Span::new(at, at + part.len());
    if part.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Unit { hash: word_hash(part), token, span, capital: false, caps: false };
    }
    let capital = part.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let letters = part.chars().filter(|c| c.is_alphabetic());
    let caps = capital
        && letters.clone().all(char::is_uppercase)
        && (letters.count() > 1 || part.contains('.') || part.contains(|c: char| c.is_ascii_digit()));
    Unit { hash: word_hash(part), token, span, capital, caps }
}

/// The words of a name in a data file, in the same way as [`units`].
///
/// The mark of the genitive inside a name is a token of its own in a report: "People's Liberation Army".
pub fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut parts = name
        .split(|c: char| c == ' ' || c == '(' || c == ')' || c == ',' || is_hyphen(c))
        .filter(|w| !w.is_empty())
        .peekable();
    std::iter::from_fn(move || {
        let word = parts.next()?;
        let inner = parts.peek().is_some();
        let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).filter(|stem| inner && !stem.is_empty());
        Some(stem.unwrap_or(word))
    })
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
struct Passed(u64);

impl Hasher for Passed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[derive(Clone, Copy)]
struct Node {
    /// Index of the first value of the name that ends here; `NONE` where none does.
    first: u32,
    /// True when a longer name goes on from here.
    more: bool,
}

const NONE: u32 = u32::MAX;

/// Names as sequences of word hashes. Values of one name form a list in the order of adding.
pub struct Trie<V> {
    nodes: HashMap<u64, Node, BuildHasherDefault<Passed>>,
    values: Vec<(V, u32)>,
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        Self { nodes: HashMap::default(), values: Vec::new() }
    }
}

fn step(key: u64, word: u64) -> u64 {
    // splitmix64's mixer: keys stay spread in both halves, as the table needs.
    let mut x = (key.rotate_left(23) ^ word).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 29;
    x.wrapping_mul(0x94d0_49bb_1331_11eb) ^ (x >> 32)
}

const ROOT: u64 = 0x9e37_79b9_7f4a_7c15;

impl<V: Copy> Trie<V> {
    /// An empty trie with room for so many names.
    pub fn with_capacity(names: usize) -> Self {
        let nodes = HashMap::with_capacity_and_hasher(names * 2, BuildHasherDefault::default());
        Self { nodes, values: Vec::with_capacity(names) }
    }

    /// Adds a name; a name without a word that can match is left out.
    pub fn add<'w>(&mut self, words: impl Iterator<Item = &'w str>, value: V) {
        self.add_hashes(words.map(word_hash), value);
    }

    /// The same for words hashed already; zeros are passed over.
    pub fn add_hashes(&mut self, words: impl Iterator<Item = u64>, value: V) {
        let mut key = ROOT;
        for word in words.filter(|&w| w != 0) {
            if key != ROOT {
                self.nodes.entry(key).or_insert(Node { first: NONE, more: false }).more = true;
            }
            key = step(key, word);
        }
        if key == ROOT {
            return;
        }
        let new = self.values.len() as u32;
        self.values.push((value, NONE));
        let node = self.nodes.entry(key).or_insert(Node { first: NONE, more: false });
        if node.first == NONE {
            node.first = new;
        } else {
            let mut at = node.first;
            while self.values[at as usize].1 != NONE {
                at = self.values[at as usize].1;
            }
            self.values[at as usize].1 = new;
        }
    }

    /// Calls `found` with the number of units and the first value index of every name that starts at `units[0]`,
    /// shortest first.
    pub fn each_at(&self, units: &[Unit], mut found: impl FnMut(usize, u32)) {
        let mut key = ROOT;
        for (i, unit) in units.iter().enumerate() {
            if unit.hash == 0 {
                if i == 0 {
                    return;
                }
                continue; // "People's Liberation Army"
            }
            key = step(key, unit.hash);
            let Some(node) = self.nodes.get(&key) else { return };
            if node.first != NONE {
                found(i + 1, node.first);
            }
            if !node.more {
                return;
            }
        }
    }

    /// The values of a name, from the index [`Trie::each_at`] gave.
    pub fn values(&self, first: u32) -> impl Iterator<Item = V> + '_ {
        let mut at = first;
        std::iter::from_fn(move || {
            let (value, next) = *self.values.get(at as usize)?;
            at = next;
            Some(value)
        })
    }

    /// The values of exactly this name.
    pub fn get(&self, name: &str) -> impl Iterator<Item = V> + '_ {
        let mut key = ROOT;
        for word in words(name).map(word_hash).filter(|&w| w != 0) {
            key = step(key, word);
        }
        let first = self.nodes.get(&key).map_or(NONE, |node| node.first);
        self.values(first)
    }

    /// Number of names with their values.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True when it holds no name.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_name_is_found_beside_its_beginning() {
        let mut trie = Trie::with_capacity(4);
        trie.add(words("Sudan"), 1);
        trie.add(words("South Sudan"), 2);
        trie.add(words("South Sudan"), 3);
        assert_eq!(trie.get("south sudan").collect::<Vec<_>>(), [2, 3]);
        assert_eq!(trie.get("Sudan").collect::<Vec<_>>(), [1]);
        assert_eq!(trie.get("South").count(), 0);
    }

    #[test]
    fn marks_dots_and_apostrophes_do_not_part_a_name_from_itself() {
        for (a, b) in [("Türkiye", "Turkiye"), ("Sana'a", "Sana’a"), ("Łódź", "lodz"), ("Şırnak", "SIRNAK")] {
            assert_eq!(word_hash(a), word_hash(b), "{a} {b}");
        }
        assert_ne!(word_hash("Iran"), word_hash("Iraq"));
    }

    #[test]
    fn hyphens_part_words_inside_a_token() {
        let text = "Hamas-run";
        let sentence = crate::world::testing::sentence(text, &[("Hamas-run", "ADJ", 0, "root")]);
        let parts: Vec<&str> = units(text, &sentence).iter().map(|u| u.span.of(text)).collect();
        assert_eq!(parts, ["Hamas", "run"]);
    }
}
