//! The words of a claim as concepts: stems, with words that tell the same thing counted as one.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::LazyLock,
};

use crate::plover::EventType;

/// The groups of `crates/data/link/concepts.toml`, by stem.
struct Groups {
    /// Name of each group and the index of the wider one.
    names: Vec<(String, Option<usize>)>,
    /// Stem, or two stems joined by a blank, to group.
    of: HashMap<String, usize>,
    /// Groups of what measures are taken on.
    things: Vec<usize>,
    /// Groups of what is struck, stormed or seized.
    sites: Vec<usize>,
    /// Groups of what two sides do to each other.
    exchanges: Vec<usize>,
    /// Stem, or two stems joined by a blank, to the number of the means by which an attack is made.
    means: HashMap<String, u8>,
    /// First stems of the phrases of two.
    first: HashSet<String>,
    /// Groups of appeals that are made in every crisis.
    pleas: Vec<usize>,
    /// Groups that rule a land, with the land.
    lands: Vec<(String, String)>,
    /// Stems that say nothing.
    stop: HashSet<String>,
    /// Type and stems that say what the type says.
    of_type: HashSet<(EventType, String)>,
}

/// Sections of the file that are no group.
const APART: [&str; 4] = ["stop", "said-by-type", "means", "lands"];

static GROUPS: LazyLock<Groups> = LazyLock::new(|| Groups::read(demarche_data::CONCEPTS));

impl Groups {
    fn read(text: &str) -> Self {
        let table: toml::Table = text.parse().expect("concepts.toml is checked by a test");
        let words = |value: &toml::Value| -> Vec<String> {
            let list = value.get("words").and_then(toml::Value::as_array);
            list.into_iter().flatten().filter_map(|w| w.as_str()).map(phrase).collect()
        };
        let names: Vec<&String> = table.keys().filter(|name| !APART.contains(&name.as_str())).collect();
        let groups = names.iter().map(|name| {
            let wider = table[*name].get("under").and_then(toml::Value::as_str);
            ((*name).clone(), wider.and_then(|wider| names.iter().position(|n| *n == wider)))
        });
        let of = names.iter().enumerate().flat_map(|(i, name)| words(&table[*name]).into_iter().map(move |w| (w, i)));
        let stop = table.get("stop").map(words).unwrap_or_default();
        let types = table.get("said-by-type").and_then(toml::Value::as_table);
        let of_type = types.into_iter().flatten().flat_map(|(kind, list)| {
            let list = list.as_array().into_iter().flatten().filter_map(|w| w.as_str());
            list.filter_map(|w| Some((EventType::from_name(kind)?, stem(w))))
        });
        let means = table.get("means").and_then(toml::Value::as_table).into_iter().flatten().zip(0u8..);
        let means = means.flat_map(|((_, list), n)| {
            let list = list.as_array().into_iter().flatten().filter_map(|w| w.as_str());
            list.map(move |w| (phrase(w), n)).collect::<Vec<_>>()
        });
        let lands = table.get("lands").and_then(toml::Value::as_table).into_iter().flatten();
        let lands = lands.filter_map(|(group, land)| Some((group.clone(), land.as_str()?.to_string()))).collect();
        let marked = |mark: &str| {
            let has = |&i: &usize| table[names[i]].get(mark).and_then(toml::Value::as_bool) == Some(true);
            (0..names.len()).filter(has).collect::<Vec<usize>>()
        };
        let of: BTreeMap<String, usize> = of.collect();
        Self {
            first: of.keys().filter_map(|phrase| Some(phrase.split_once(' ')?.0.to_string())).collect(),
            pleas: marked("plea"),
            things: marked("thing"),
            sites: marked("site"),
            means: means.collect(),
            lands,
            exchanges: marked("exchange"),
            names: groups.collect(),
            of: of.into_iter().collect(),
            stop: stop.into_iter().collect(),
            of_type: of_type.collect(),
        }
    }
}

/// Stems of a phrase. Words in it that say nothing are left out on both sides: "put on hold" is "put hold".
fn phrase(words: &str) -> String {
    words.split(' ').map(stem).collect::<Vec<_>>().join(" ")
}

/// Splits a text into lower-case words: letters and digits, an inner apostrophe ends the word, the parts of a compound
/// are words of their own except behind a prefix ("de-escalate").
///
/// ```
/// use demarche_core::link::words::split;
/// assert_eq!(split("India’s cross-border de-escalation"), ["india", "cross", "border", "deescalation"]);
/// ```
pub fn split(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase().map(plain));
        } else if c == '-' && matches!(word.as_str(), "de" | "re" | "co" | "pre" | "anti" | "non" | "un" | "ex") {
            // joined
        } else if matches!(c, '\'' | '’') && !word.is_empty() {
            out.push(std::mem::take(&mut word));
            while chars.next_if(|c| c.is_alphanumeric()).is_some() {}
        } else if c == '.' && word.chars().count() == 1 && chars.peek().is_some_and(|c| c.is_alphabetic()) {
            // U.S.: the letters of an abbreviation are one word
        } else if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// A letter without its accent, for the letters that names and loans bring into English news.
fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => 'a',
        'ç' | 'č' | 'ć' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' => 'o',
        'š' | 'ş' | 'ś' => 's',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        'ğ' => 'g',
        c => c,
    }
}

const SUFFIXES: &[&str] = &[
    "ization", "ational", "atory", "ation", "ating", "ators", "ator", "ates", "ated", "ate", "itions", "ition",
    "ments", "ment", "ings", "ing", "ions", "ion", "ives", "ive", "ers", "er", "ors", "or", "ily", "ed", "es", "ly",
    "al", "s", "y", "e",
];

/// Words that would fall together with others that say nothing.
const OWN: [&str; 7] = ["governor", "station", "officer", "reporter", "fighter", "site", "armed"];

/// A word without its ending, so that the forms of one word and its common derivations fall together.
///
/// ```
/// use demarche_core::link::words::stem;
/// assert_eq!(stem("retaliatory"), stem("retaliated"));
/// assert_eq!(stem("closing"), stem("closed"));
/// ```
pub fn stem(word: &str) -> String {
    if word.len() <= 3 || !word.is_ascii() {
        return word.to_string();
    }
    // A governor is no government, a station no statement, and to kill a fighter is no fight.
    if let Some(own) = OWN.iter().find(|own| word.strip_prefix(**own).is_some_and(|rest| matches!(rest, "" | "s"))) {
        return (*own).to_string();
    }
    let ending = ["ies", "ied"].iter().find_map(|e| word.strip_suffix(e)).filter(|rest| rest.len() > 1);
    let word = &ending.map_or_else(|| word.to_string(), |rest| format!("{rest}y"));
    let found = SUFFIXES.iter().find_map(|suffix| {
        // "army" is no form of "arm", "corner" none of "corn": these endings need a longer word before them.
        let least =
            if matches!(*suffix, "y" | "al" | "ly" | "er" | "ers" | "or" | "ors" | "ive" | "ives") { 4 } else { 3 };
        word.strip_suffix(suffix).filter(|rest| rest.len() >= least)
    });
    let mut stem = found.unwrap_or(word).to_string();
    let bytes = stem.as_bytes();
    if bytes.len() > 3 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2] {
        stem.pop();
    }
    stem
}

/// Groups that rule a land, with the land whose name stands for them.
pub(super) fn lands() -> impl Iterator<Item = (&'static str, &'static str)> {
    GROUPS.lands.iter().map(|(group, land)| (group.as_str(), land.as_str()))
}

/// True for a word that says nothing about which happening is meant.
pub fn says_nothing(word: &str) -> bool {
    GROUPS.stop.contains(&stem(word))
}

/// True for a word for what is struck, stormed or seized: a base, a bridge, a ship.
///
/// ```
/// use demarche_core::link::words::site;
/// assert!(site("airports") && !site("soldiers"));
/// ```
pub fn site(word: &str) -> bool {
    GROUPS.of.get(&stem(word)).is_some_and(|group| GROUPS.sites.contains(group))
}

/// By which means an attack is made, where these words tell: from the air, with guns; sorted numbers.
pub fn means(words: &[String]) -> Vec<u8> {
    let stems: Vec<String> = words.iter().map(|w| stem(w)).collect();
    let pairs = stems.windows(2).map(|two| two.join(" "));
    let mut out: Vec<u8> = pairs.chain(stems.iter().cloned()).filter_map(|w| GROUPS.means.get(&w).copied()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Weight of a group against that of a stem.
const GROUP: f32 = 2.0;

/// Gives every concept of a set of claims a number. A group and the stems outside every group are concepts.
#[derive(Default)]
pub struct Concepts {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
}

impl Concepts {
    fn number(&mut self, name: String) -> u32 {
        if let Some(&n) = self.numbers.get(&name) {
            return n;
        }
        let n = self.names.len() as u32;
        self.names.push(name.clone());
        self.numbers.insert(name, n);
        n
    }

    /// The concept's name: the group, in brackets, or the stem.
    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// True for an appeal that is made in every crisis.
    pub fn plea(&self, number: u32) -> bool {
        self.is_one_of(number, &GROUPS.pleas)
    }

    /// True for what measures are taken on: borders, treaties, diplomats.
    pub fn thing(&self, number: u32) -> bool {
        self.is_one_of(number, &GROUPS.things)
    }

    /// True for what is struck, stormed or seized.
    pub fn site(&self, number: u32) -> bool {
        self.is_one_of(number, &GROUPS.sites)
    }

    /// True for what two sides do to each other.
    pub fn exchange(&self, number: u32) -> bool {
        self.is_one_of(number, &GROUPS.exchanges)
    }

    /// True for a group under a wider one: a certain kind of attack.
    pub fn narrow(&self, number: u32) -> bool {
        let name = self.name(number).strip_prefix('[').and_then(|n| n.strip_suffix(']'));
        GROUPS.names.iter().any(|(group, wider)| Some(group.as_str()) == name && wider.is_some())
    }

    fn is_one_of(&self, number: u32, groups: &[usize]) -> bool {
        let name = self.name(number).strip_prefix('[').and_then(|n| n.strip_suffix(']'));
        groups.iter().any(|&g| name == Some(&GROUPS.names[g].0))
    }

    /// Adds the plea of the list, an appeal to all sides of a conflict being nothing else.
    pub fn add_plea(&mut self, words: &mut Vec<(u32, f32)>) {
        for &g in &GROUPS.pleas {
            let number = self.number(format!("[{}]", GROUPS.names[g].0));
            if !words.iter().any(|(n, _)| *n == number) {
                words.push((number, GROUP));
            }
        }
        words.sort_unstable_by_key(|&(number, _)| number);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True before the first word.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The concepts of these words with their weights before any counting, sorted by number: 1 for a stem, 2 for a
    /// group, half of it for the wider group.
    ///
    /// Words that the type says already are left out.
    pub fn of(&mut self, words: &[String], kind: Option<EventType>) -> Vec<(u32, f32)> {
        let stems = words.iter().map(|w| stem(w)).filter(|s| {
            !GROUPS.stop.contains(s) && kind.is_none_or(|kind| !GROUPS.of_type.contains(&(kind, s.clone())))
        });
        let stems: Vec<String> = stems.filter(|s| s.len() > 1 && !s.as_bytes()[0].is_ascii_digit()).collect();
        let mut out: Vec<(u32, f32)> = Vec::new();
        let mut add = |number: u32, weight: f32| match out.iter_mut().find(|(n, _)| *n == number) {
            Some((_, had)) => *had = had.max(weight),
            None => out.push((number, weight)),
        };
        let mut i = 0;
        while i < stems.len() {
            // "ordered the attachés to leave": the two words of a phrase may have others between them.
            let next = (i + 1..stems.len().min(i + 6)).filter(|_| GROUPS.first.contains(&stems[i]));
            let mut pairs = next.map(|j| format!("{} {}", stems[i], stems[j]));
            let pair = pairs.find_map(|pair| GROUPS.of.get(&pair));
            let group = pair.or_else(|| GROUPS.of.get(&stems[i]));
            if let Some(&g) = group {
                let (name, wider) = &GROUPS.names[g];
                add(self.number(format!("[{name}]")), GROUP);
                if let Some(wider) = wider {
                    add(self.number(format!("[{}]", GROUPS.names[*wider].0)), GROUP / 2.0);
                }
            } else {
                add(self.number(stems[i].clone()), 1.0);
            }
            i += 1;
        }
        out.sort_unstable_by_key(|&(number, _)| number);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_concepts_stands_in_one_group_only() {
        let table: toml::Table = demarche_data::CONCEPTS.parse().unwrap();
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (name, group) in table.iter().filter(|(name, _)| !APART.contains(&name.as_str())) {
            if let Some(wider) = group.get("under") {
                assert!(table.contains_key(wider.as_str().unwrap()), "{name} lies under a group that is not there");
            }
            for word in group["words"].as_array().unwrap() {
                let before = seen.insert(phrase(word.as_str().unwrap()), name);
                assert!(before.is_none_or(|b| b == name), "{word} stands in {before:?} and in {name}");
            }
        }
    }

    #[test]
    fn a_strike_shares_half_of_its_weight_with_an_attack() {
        let mut concepts = Concepts::default();
        let attack = concepts.of(&split("the attack"), None);
        let strike = concepts.of(&split("a missile strike"), None);
        assert_eq!(attack.len(), 1);
        assert!(strike.iter().any(|(n, w)| *n == attack[0].0 && *w < attack[0].1));
    }
}
