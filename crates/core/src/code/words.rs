//! Words of the codebook as numbers, and the classes they belong to.
//!
//! Every lemma the codebook knows gets a number once; a sentence is turned into numbers once; after that matching
//! compares integers only.

use rustc_hash::FxHashMap;

use super::inflection;
use crate::{Relation, Sentence, Tree, Upos, sentence::Token};

/// A map for words of the codebook. Only the codebook puts words into it, never a report: no one can aim at the hash, which
/// may be a fast one.
pub(super) type WordMap<K, V> = FxHashMap<K, V>;

/// Number of a codebook word; [`Word::NONE`] for a word it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(u32);

impl Word {
    /// No word of the codebook.
    pub const NONE: Self = Self(u32::MAX);
}

/// Words that a sentence may have, by the last bits of their numbers: a quick no to most wordings of the codebook.
#[derive(Clone, Copy, Debug, Default)]
pub struct Present([u64; 4]);

impl Present {
    /// From the words of a sentence.
    pub fn of(words: &[Word]) -> Self {
        let mut out = Self::default();
        for word in words.iter().filter(|&&word| word != Word::NONE) {
            out.0[word.0 as usize / 64 % 4] |= 1 << (word.0 % 64);
        }
        out
    }

    /// False only where the sentence does not have the word.
    pub fn may_hold(&self, word: Word) -> bool {
        self.0[word.0 as usize / 64 % 4] >> (word.0 % 64) & 1 == 1
    }
}

/// Number of a word class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(pub u16);

/// One or more words with their head: "diplomat", "embassy staff", "state of emergency".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The head word.
    pub head: Word,
    /// The words that must stand below it.
    pub below: Vec<Word>,
}

/// The word list and its classes.
#[derive(Clone, Debug, Default)]
pub struct Words {
    numbers: WordMap<String, Word>,
    /// By word: the classes it is in, each with the words that must stand below it.
    members: Vec<Vec<(Class, Box<[Word]>)>>,
}

impl Words {
    /// The number of a word, new where it has none. British spellings are folded into American ones.
    pub fn add(&mut self, word: &str) -> Word {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let word = if plain(word) { word.to_owned() } else { american(word) };
        if let Some(&number) = self.numbers.get(&word) {
            return number;
        }
        let number = Word(self.members.len() as u32);
        self.members.push(Vec::new());
        self.numbers.insert(word, number);
        number
    }

    /// The phrase of some words: the last one is the head unless a preposition follows it.
    pub fn phrase(&mut self, text: &str) -> Phrase {
        let mut words = text.split_ascii_whitespace();
        if let (Some(word), None) = (words.next(), words.next()) {
            return Phrase { head: self.add(word), below: Vec::new() };
        }
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        let head = match words.iter().position(|word| is_preposition(word)) {
            Some(at) if at > 0 => at - 1,
            _ => words.len().saturating_sub(1),
        };
        let below = words.iter().enumerate().filter(|&(i, _)| i != head).map(|(_, word)| self.add(word)).collect();
        Phrase { head: self.add(words.get(head).copied().unwrap_or_default()), below }
    }

    /// Puts a phrase into a class.
    pub fn join(&mut self, phrase: Phrase, class: Class) {
        let member = (class, phrase.below.into_boxed_slice());
        let members = &mut self.members[phrase.head.0 as usize];
        if !members.contains(&member) {
            members.push(member);
        }
    }

    /// The heads of the phrases of a class, in the order of the words.
    pub fn members(&self, class: Class) -> Vec<Word> {
        let holds = |members: &Vec<(Class, Box<[Word]>)>| members.iter().any(|(of, _)| *of == class);
        self.members.iter().enumerate().filter(|(_, of)| holds(of)).map(|(i, _)| Word(i as u32)).collect()
    }

    /// The number of a lemma of a report, whatever its case and spelling.
    pub fn find(&self, lemma: &str) -> Word {
        if let Some(&word) = self.numbers.get(lemma) {
            return word;
        }
        if plain(lemma) {
            return Word::NONE;
        }
        self.numbers.get(&american(lemma)).copied().unwrap_or(Word::NONE)
    }

    /// The numbers of the words of a sentence: of their lemmas, or of what their forms may be inflected from where the
    /// lemma is no word of the codebook. A hyphenated word that the codebook knows as one stands at its head.
    pub fn of(&self, sentence: &Sentence, text: &str) -> Vec<Word> {
        let tokens = &sentence.tokens;
        let mut words: Vec<Word> = tokens.iter().map(|token| self.inflected(token, text)).collect();
        for i in 1..tokens.len().saturating_sub(1) {
            let (before, after) = (&tokens[i - 1], &tokens[i + 1]);
            let one = before.span.end == tokens[i].span.start && tokens[i].span.end == after.span.start;
            if !one || tokens[i].lemma != "-" {
                continue;
            }
            let first = before.span.of(text).to_lowercase();
            let form = after.span.of(text).to_lowercase();
            // "tit-for-tat": three parts, with the one as head that hangs from outside.
            let last = (tokens.get(i + 2), tokens.get(i + 3));
            if let (Some(hyphen), Some(last)) = last
                && hyphen.lemma == "-"
                && after.span.end == hyphen.span.start
                && hyphen.span.end == last.span.start
                && let Some(&word) = self.numbers.get(&format!("{first}-{form}-{}", last.span.of(text).to_lowercase()))
            {
                let inside = i - 1..i + 4;
                let outside = |t: &usize| tokens[*t].head.is_none_or(|head| !inside.contains(&head));
                words[[i - 1, i + 1, i + 3].into_iter().find(outside).unwrap_or(i + 3)] = word;
                continue;
            }
            let whole = |last: &str| self.numbers.get(&format!("{first}-{last}")).copied();
            let irregular = || inflection::irregular(&form).and_then(whole);
            if let Some(word) = whole(&form).or_else(irregular).or_else(|| inflection::regular(&form, whole)) {
                let particle = !matches!(after.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj);
                let head = if particle || after.head == Some(i - 1) { i - 1 } else { i + 1 };
                words[head] = word;
            }
        }
        words
    }

    fn inflected(&self, token: &Token, text: &str) -> Word {
        let verb = token.upos == Upos::Verb;
        let mut word = self.find(&token.lemma);
        if !(verb || word == Word::NONE && token.upos == Upos::Noun) {
            return word;
        }
        let form = token.span.of(text).to_lowercase();
        // "bombs" is no form of "be", whatever the rules of the parser make of it
        if verb && token.lemma == "be" && !inflection::is_be(&form) {
            word = Word::NONE;
        }
        if verb && let Some(&word) = inflection::irregular(&form).and_then(|lemma| self.numbers.get(lemma)) {
            return word;
        }
        if word != Word::NONE {
            return word;
        }
        inflection::regular(&form, |lemma| self.numbers.get(lemma).copied()).unwrap_or(word)
    }

    /// True when the phrase headed by token `i` belongs to the class.
    pub fn is_in(&self, class: Class, tree: &Tree, words: &[Word], i: usize) -> bool {
        let Some(members) = self.members.get(words[i].0 as usize) else { return false };
        members.iter().any(|(of, below)| *of == class && below.iter().all(|&word| stands_below(tree, words, i, word)))
    }

    /// True when token `i` heads this phrase.
    pub fn matches(&self, phrase: &Phrase, tree: &Tree, words: &[Word], i: usize) -> bool {
        words[i] == phrase.head && phrase.below.iter().all(|&word| stands_below(tree, words, i, word))
    }
}

/// True when `word` is a child of `i`, or a child of a child that is part of its name or phrase.
pub fn stands_below(tree: &Tree, words: &[Word], i: usize, word: Word) -> bool {
    tree.children(i).any(|c| {
        words[c] == word
            || matches!(tree.relation(c), Relation::Nmod | Relation::Compound | Relation::Obl | Relation::Flat)
                && tree.children(c).any(|g| words[g] == word)
    })
}

/// The list, and the question whether a word is in it as a comparison with constants: the codebook asks for every word it reads.
macro_rules! prepositions {
    ($($word:literal)*) => {
        /// Prepositions that may stand in entries, as conditions or in phrases.
        pub const PREPOSITIONS: &[&str] = &[$($word),*];

        /// True for one of [`PREPOSITIONS`].
        pub fn is_preposition(word: &str) -> bool {
            matches!(word, $($word)|*)
        }
    };
}

prepositions! {
    "to" "with" "against" "on" "from" "for" "of" "at" "in" "into" "over" "about" "by" "as" "between" "toward"
    "upon" "among" "near" "under" "within" "after" "before" "during" "across" "through" "out" "off" "behind"
    "around" "onto" "along" "without" "despite" "amid" "inside" "outside" "beyond" "regarding" "concerning"
    "versus" "via" "until" "past"
}

/// True for a word that folding cannot change.
fn plain(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase()) && !british(word)
}

/// True where the spelling may be British.
fn british(word: &str) -> bool {
    let pair = |two: &[u8]| matches!(two, b"is" | b"ys" | b"ou" | b"nc" | b"tr" | b"ll" | b"mm" | b"rd");
    word.as_bytes().windows(2).any(pair)
        && ["is", "ys", "our", "ence", "tre", "ll", "mme", "ards"].iter().any(|part| word.contains(part))
}

/// Lower case, American spelling: "Defence" → "defense", "criticise" → "criticize", "labour" → "labor".
pub fn american(word: &str) -> String {
    const SAME: &[&str] = &[
        "advise",
        "arise",
        "comprise",
        "compromise",
        "devise",
        "disguise",
        "enterprise",
        "exercise",
        "franchise",
        "improvise",
        "merchandise",
        "otherwise",
        "praise",
        "premise",
        "promise",
        "raise",
        "revise",
        "rise",
        "supervise",
        "surprise",
        "televise",
        "wise",
        "noise",
        "cruise",
        "bruise",
        "expertise",
        "demise",
        "excise",
        "surmise",
        "likewise",
        "treatise",
        "paradise",
        "precise",
        "concise",
        "poise",
        "hour",
        "four",
        "pour",
        "tour",
        "sour",
        "your",
        "our",
        "flour",
        "detour",
        "contour",
        "uprise",
        "apprise",
        "chastise",
    ];
    const WHOLE: &[(&str, &str)] = &[
        ("towards", "toward"),
        ("offence", "offense"),
        ("defence", "defense"),
        ("licence", "license"),
        ("programme", "program"),
        ("centre", "center"),
        ("theatre", "theater"),
        ("pretence", "pretense"),
        ("fulfil", "fulfill"),
        ("instal", "install"),
        ("armoured", "armored"),
    ];
    let word = word.to_lowercase().replace('’', "'");
    if SAME.contains(&word.as_str()) || !word.is_ascii() {
        return word;
    }
    if let Some((_, to)) = WHOLE.iter().find(|(from, _)| *from == word) {
        return (*to).to_owned();
    }
    for (from, to) in [("isation", "ization"), ("ise", "ize"), ("yse", "yze"), ("our", "or")] {
        if let Some(stem) = word.strip_suffix(from)
            && stem.len() >= 3
        {
            return format!("{stem}{to}");
        }
    }
    word
}

/// Part of speech by which an entry is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `verbs = […]`
    Verb,
    /// `nouns = […]`
    Noun,
    /// `adjectives = […]`
    Adjective,
}

impl Part {
    /// The part under which a token is looked up first.
    pub fn of(upos: Upos) -> Option<Self> {
        match upos {
            Upos::Verb | Upos::Aux => Some(Self::Verb),
            Upos::Noun | Upos::Propn => Some(Self::Noun),
            Upos::Adj => Some(Self::Adjective),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_spellings_are_folded() {
        let pairs = [("criticise", "criticize"), ("Defence", "defense"), ("labour", "labor"), ("promise", "promise")];
        for (from, to) in pairs.into_iter().chain([("hour", "hour"), ("mobilisation", "mobilization")]) {
            assert_eq!(american(from), to);
        }
    }

    #[test]
    fn a_phrase_ends_in_its_head_unless_a_preposition_follows_it() {
        let mut words = Words::default();
        let staff = words.phrase("embassy staff");
        assert_eq!((staff.head, staff.below), (words.find("staff"), vec![words.find("embassy")]));
        let state = words.phrase("state of emergency");
        assert_eq!(state.head, words.find("state"));
        assert_eq!(state.below, [words.find("of"), words.find("emergency")]);
    }
}
