//! Dictionary forms by rules learnt from the treebanks: the longest known ending of the word decides.
//!
//! A rule cuts letters off the end, adds others and sets the capitals. Keys are hashes of (Penn tag, class of
//! capitals, ending); the whole word counts as the longest ending, so irregular words are rules like any other.

use super::{features::normal_char, store::Store};
use crate::Xpos;

/// What a rule does with capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// All letters small.
    Lower,
    /// As written.
    Keep,
    /// First letter large, the others small.
    Capital,
    /// All letters large.
    Upper,
}

/// One way to make a lemma of a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// What happens to capitals, before the cut.
    pub case: Case,
    /// Characters cut off the end; `None` for all of them.
    pub cut: Option<usize>,
    /// What is added.
    pub add: String,
}

impl Rule {
    /// The lemma this rule makes of `form`, if it can be applied.
    pub fn apply(&self, form: &str) -> Option<String> {
        let mut out = String::with_capacity(form.len() + self.add.len());
        let count = form.chars().count();
        let keep = match self.cut {
            Some(cut) => count.checked_sub(cut)?,
            None => 0,
        };
        for (i, c) in form.chars().take(keep).enumerate() {
            match self.case {
                Case::Lower => out.extend(c.to_lowercase()),
                Case::Keep => out.push(c),
                Case::Capital if i > 0 => out.extend(c.to_lowercase()),
                Case::Capital | Case::Upper => out.extend(c.to_uppercase()),
            }
        }
        out.push_str(&self.add);
        (!out.is_empty()).then_some(out)
    }

    /// The rule as a line: case, cut, what is added.
    pub fn to_line(&self) -> String {
        let case = match self.case {
            Case::Lower => 'l',
            Case::Keep => 'k',
            Case::Capital => 'c',
            Case::Upper => 'u',
        };
        let cut = self.cut.map_or("*".to_owned(), |c| c.to_string());
        format!("{case} {cut} {}", self.add)
    }

    /// Reads [`Rule::to_line`].
    pub fn from_line(line: &str) -> Option<Self> {
        let mut parts = line.splitn(3, ' ');
        let case = match parts.next()? {
            "l" => Case::Lower,
            "k" => Case::Keep,
            "c" => Case::Capital,
            "u" => Case::Upper,
            _ => return None,
        };
        let cut = match parts.next()? {
            "*" => None,
            number => Some(number.parse().ok()?),
        };
        Some(Self { case, cut, add: parts.next()?.to_owned() })
    }
}

/// How a word's capitals are to be read in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Capitals {
    /// None.
    None = 0,
    /// A capital where every word would have one: sentence start, headline, text in capitals.
    Expected = 1,
    /// A capital that means something.
    Meant = 2,
    /// Several capitals that mean something.
    Several = 3,
}

/// The class of `form`'s capitals; `expected` where any word would have one.
pub fn capitals(form: &str, expected: bool) -> Capitals {
    let mut upper = form.chars().filter(|c| c.is_uppercase());
    match (upper.next(), upper.next()) {
        (None, _) => Capitals::None,
        _ if expected => Capitals::Expected,
        (Some(_), None) => Capitals::Meant,
        _ => Capitals::Several,
    }
}

/// Longest ending in characters.
pub const LONGEST_ENDING: usize = 6;

/// Key of the whole word (`class` set or not) or of an ending of its small letters.
pub fn key(xpos: Xpos, class: Option<Capitals>, whole: bool, letters: &str) -> u32 {
    end_key(class_key(tag_key(xpos), class, whole), letters)
}

/// A key under way, with so many bytes more.
fn eat(key: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(key, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

fn tag_key(xpos: Xpos) -> u64 {
    eat(0x9e37_79b9_7f4a_7c15, xpos.as_str().bytes().chain([0]))
}

fn class_key(tag: u64, class: Option<Capitals>, whole: bool) -> u64 {
    eat(tag, [class.map_or(9, |c| c as u8), u8::from(whole)])
}

fn end_key(class: u64, letters: &str) -> u32 {
    let mut h = eat(class, letters.bytes());
    h ^= h >> 31;
    h = h.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (h >> 32) as u32
}

/// The small letters of a form with plain marks.
pub fn small(form: &str) -> String {
    if form.is_ascii() && !form.contains('`') {
        return form.to_ascii_lowercase();
    }
    form.chars().flat_map(|c| normal_char(c).to_lowercase()).collect()
}

/// The keys to try for a word, the most telling first.
pub fn keys(small: &str, xpos: Xpos, class: Capitals, mut visit: impl FnMut(u32) -> bool) {
    let tag = tag_key(xpos);
    let whole = |class| end_key(class_key(tag, class, true), small);
    if visit(whole(Some(class))) || visit(whole(None)) {
        return;
    }
    let ending = class_key(tag, Some(class), false);
    let mut starts = [0usize; LONGEST_ENDING + 1];
    starts[0] = small.len();
    let mut longest = 0;
    for (at, _) in small.char_indices().rev().take(LONGEST_ENDING) {
        longest += 1;
        starts[longest] = at;
    }
    for &at in starts[..=longest].iter().rev() {
        if visit(end_key(ending, &small[at..])) {
            return;
        }
    }
}

/// The learnt rules.
#[derive(Clone, Debug, Default)]
pub struct Lemmatiser {
    rules: Vec<Rule>,
    keys: Vec<u32>,
    /// Where the keys begin whose upper bits are this number: they are hashes and lie evenly.
    starts: Vec<u32>,
    choice: Vec<u8>,
}

/// Upper bits of a key that `starts` goes by.
const START_BITS: u32 = 12;

impl Lemmatiser {
    /// From the tables `lemma.rules`, `lemma.keys` (sorted) and `lemma.choice`.
    pub fn new(store: &Store) -> Self {
        let rules: Vec<Rule> = store.lines("lemma.rules").iter().filter_map(|l| Rule::from_line(l)).collect();
        let keys = store.u32s("lemma.keys").to_vec();
        let choice = store.bytes("lemma.choice").to_vec();
        if keys.len() != choice.len() || choice.iter().any(|&c| usize::from(c) >= rules.len()) {
            return Self::default();
        }
        let starts = (0..=1u64 << START_BITS).map(|upper| {
            let least = upper << (32 - START_BITS);
            keys.partition_point(|&key| u64::from(key) < least) as u32
        });
        Self { starts: starts.collect(), rules, keys, choice }
    }

    /// Where a key stands.
    fn find(&self, key: u32) -> Option<usize> {
        let upper = (key >> (32 - START_BITS)) as usize;
        let (first, last) = (*self.starts.get(upper)? as usize, *self.starts.get(upper + 1)? as usize);
        self.keys[first..last].binary_search(&key).ok().map(|at| first + at)
    }

    /// The lemma of `form` with this tag; `expected` where any word would have a capital.
    ///
    /// ```
    /// # use demarche_core::{parse::lemma::Lemmatiser, Xpos};
    /// // Without rules a word is its own lemma.
    /// assert_eq!(Lemmatiser::default().lemma("talks", Xpos::from_name("NNS"), false), "talks");
    /// ```
    pub fn lemma(&self, form: &str, xpos: Xpos, expected: bool) -> String {
        let mut found = None;
        let small = small(form);
        keys(&small, xpos, capitals(form, expected), |key| {
            let Some(at) = self.find(key) else { return false };
            found = self.rules[usize::from(self.choice[at])].apply(form);
            found.is_some()
        });
        found.unwrap_or_else(|| form.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_survives_writing_and_does_what_it_says() {
        let rule = Rule { case: Case::Lower, cut: Some(3), add: "y".into() };
        assert_eq!(Rule::from_line(&rule.to_line()), Some(rule.clone()));
        assert_eq!(rule.apply("Parties").as_deref(), Some("party"));
        assert_eq!(rule.apply("so"), None);
        let whole = Rule { case: Case::Keep, cut: None, add: "not".into() };
        assert_eq!(Rule::from_line(&whole.to_line()).unwrap().apply("n’t").as_deref(), Some("not"));
    }
}
