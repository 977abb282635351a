//! `figures.toml`, ready to be asked.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::quick::{HashMap, HashSet};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<Class>,
    hedges: BTreeMap<Hedge, Vec<String>>,
    vague: HashMap<String, u64>,
    people: Words,
    money: Money,
    describes: Describes,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    what: String,
    verbs: Vec<String>,
    states: Vec<String>,
    nouns: Vec<String>,
    tolls: Vec<String>,
    #[serde(default)]
    taken: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    nouns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Money {
    signs: Vec<String>,
    nouns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Describes {
    words: Vec<String>,
}

/// What a word before a number does to its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Hedge {
    Least,
    Above,
    Most,
    Below,
    Near,
    About,
}

/// How a word tells what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Done to those counted.
    Verb,
    /// What they are or do.
    State,
    /// The noun counted.
    Noun,
    /// A noun before the number.
    Toll,
    /// A verb with the noun counted: "claim life".
    Taken,
}

pub(super) struct Lexicon {
    names: Vec<String>,
    cues: HashMap<String, Vec<(Cue, usize)>>,
    /// By their first word, the longest first.
    hedges: HashMap<String, Vec<(Vec<String>, Hedge)>>,
    pub vague: HashMap<String, u64>,
    pub people: HashSet<String>,
    pub signs: HashSet<String>,
    pub money: HashSet<String>,
    pub describes: HashSet<String>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let file: File = toml::from_str(demarche_data::FIGURES).expect("figures.toml is checked by the tests");
    let mut cues: HashMap<String, Vec<(Cue, usize)>> = HashMap::default();
    let mut names = Vec::new();
    for (i, class) in file.class.into_iter().enumerate() {
        names.push(class.what);
        for (cue, words) in [
            (Cue::Verb, class.verbs),
            (Cue::State, class.states),
            (Cue::Noun, class.nouns),
            (Cue::Toll, class.tolls),
            (Cue::Taken, class.taken),
        ] {
            for word in words {
                cues.entry(word).or_default().push((cue, i));
            }
        }
    }
    let mut hedges: Vec<(Vec<String>, Hedge)> = file
        .hedges
        .into_iter()
        .flat_map(|(hedge, words)| words.into_iter().map(move |w| (w.split(' ').map(String::from).collect(), hedge)))
        .collect();
    hedges.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    let mut by_first: HashMap<String, Vec<(Vec<String>, Hedge)>> = HashMap::default();
    for (words, hedge) in hedges {
        by_first.entry(words[0].clone()).or_default().push((words, hedge));
    }
    Lexicon {
        names,
        cues,
        hedges: by_first,
        vague: file.vague,
        people: file.people.nouns.into_iter().collect(),
        signs: file.money.signs.into_iter().collect(),
        money: file.money.nouns.into_iter().collect(),
        describes: file.describes.words.into_iter().collect(),
    }
});

impl Lexicon {
    /// The class that a word tells of in this way.
    pub(super) fn cue(&self, lemma: &str, cue: Cue) -> Option<usize> {
        self.cues.get(lemma)?.iter().find(|(c, _)| *c == cue).map(|(_, class)| *class)
    }

    /// The hedges that begin with a word, the longest first.
    pub(super) fn hedges(&self, first: &str) -> &[(Vec<String>, Hedge)] {
        self.hedges.get(first).map_or(&[], Vec::as_slice)
    }

    /// The name of a class.
    pub(super) fn name(&self, class: usize) -> &str {
        &self.names[class]
    }
}
