//! The word lists of the tokenizer, from `crates/data/text/*.toml`.

use std::sync::LazyLock;

use crate::quick::{HashMap, HashSet};

/// What a full stop after a known abbreviation may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// "Gen.": a name follows; ends no sentence.
    Title,
    /// "No.": an abbreviation before a number only.
    Number,
    /// "Jan.", "Calif.": with a capital only.
    Capital,
    /// "etc.": may end a sentence.
    Other,
}

/// Word lists, folded to lower case where case does not matter.
pub struct Lexicon {
    abbreviations: HashMap<String, Abbreviation>,
    prefixes: HashSet<String>,
    split: HashSet<String>,
    cuts: HashMap<String, Vec<usize>>,
    clitics: HashSet<String>,
    elided: HashSet<String>,
    units: HashSet<String>,
    endings: HashSet<String>,
    slashed: HashSet<String>,
    marked: HashSet<String>,
    emoticons: Vec<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    /// The embedded lists.
    pub fn get() -> &'static Self {
        &LEXICON
    }

    fn load() -> Self {
        let list = |table: &toml::Table, key: &str| -> Vec<String> {
            let rows = table[key].as_array().into_iter().flatten();
            rows.filter_map(|row| row.as_str().map(String::from)).collect()
        };
        let parse = |source: &str| source.parse::<toml::Table>().expect("embedded word lists are valid TOML");
        let short = parse(demarche_data::ABBREVIATIONS);
        let words = parse(demarche_data::WORDS);
        let mut abbreviations = HashMap::default();
        for (key, class) in [
            ("calendar", Abbreviation::Capital),
            ("region", Abbreviation::Capital),
            ("other", Abbreviation::Other),
            ("number", Abbreviation::Number),
            ("title", Abbreviation::Title),
        ] {
            abbreviations.extend(list(&short, key).into_iter().map(|word| (word, class)));
        }
        let mut cuts = HashMap::default();
        for entry in list(&words, "cuts") {
            let mut at = vec![];
            for part in entry.split('|') {
                at.push(at.last().copied().unwrap_or(0) + part.len());
            }
            at.pop();
            cuts.insert(entry.replace('|', ""), at);
        }
        let set = |key: &str| list(&words, key).into_iter().collect::<HashSet<_>>();
        let mut emoticons = list(&words, "emoticons");
        emoticons.sort_by_key(|face| std::cmp::Reverse(face.len()));
        Self {
            abbreviations,
            prefixes: set("prefixes"),
            split: set("split_all_the_same"),
            cuts,
            clitics: set("clitics"),
            elided: set("elided"),
            units: set("units"),
            endings: set("endings"),
            slashed: set("slashed"),
            marked: set("marked"),
            emoticons,
        }
    }

    /// What `word` (without its stop, any case) abbreviates as.
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.len() > 10 {
            return None;
        }
        let class = *self.abbreviations.get(&*fold(word))?;
        let capital = word.starts_with(char::is_uppercase);
        (class != Abbreviation::Capital || capital).then_some(class)
    }

    /// True when `first` stays with what follows its hyphen; `whole` is the compound.
    pub fn keeps_hyphen(&self, first: &str, whole: &str) -> bool {
        first.len() <= 7 && self.prefixes.contains(&*fold(first)) && !self.split.contains(&*fold(whole))
    }

    /// Where a whole word falls into syntactic words.
    pub fn cuts(&self, word: &str) -> Option<&[usize]> {
        (word.len() <= 8).then(|| self.cuts.get(&*fold(word)).map(Vec::as_slice)).flatten()
    }

    /// True for the "s" of "'s".
    pub fn is_clitic(&self, rest: &str) -> bool {
        rest.len() <= 2 && self.clitics.contains(&*fold(rest))
    }

    /// True for the "em" of "'em".
    pub fn is_elided(&self, rest: &str) -> bool {
        rest.len() <= 9 && self.elided.contains(&*fold(rest))
    }

    /// True for a unit, which parts from its number.
    pub fn is_unit(&self, rest: &str) -> bool {
        self.units.contains(rest)
    }

    /// True for the "org" of "example.org".
    pub fn is_ending(&self, rest: &str) -> bool {
        rest.len() <= 5 && self.endings.contains(&*fold(rest))
    }

    /// True for "s/he".
    pub fn is_slashed(&self, word: &str) -> bool {
        word.len() <= 5 && self.slashed.contains(&*fold(word))
    }

    /// True for "Yahoo!".
    pub fn is_marked(&self, word: &str) -> bool {
        self.marked.contains(&*fold(word))
    }

    /// Length of the face that `rest` begins with.
    pub fn emoticon(&self, rest: &str) -> Option<usize> {
        self.emoticons.iter().find(|face| rest.starts_with(face.as_str())).map(String::len)
    }
}

/// Lower case, borrowed where nothing changes.
pub fn fold(word: &str) -> std::borrow::Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        std::borrow::Cow::Borrowed(word)
    } else {
        std::borrow::Cow::Owned(word.to_lowercase())
    }
}
