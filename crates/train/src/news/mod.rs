//! Sentences of news with trees, made of our own clauses (`data/news.toml`) and names of the world.
//!
//! Each sentence is written down word by word together with its tree, in the relations of Universal Dependencies'
//! English treebanks. Names, numbers and clauses meet at random: who does what to whom is of no account.

mod clause;
mod fragments;
mod headlines;
mod joins;
mod modifiers;
mod phrases;
mod plain;
mod reports;
mod speech;
mod told;
mod verbs;

use anyhow::{Context, Result};
use demarche_core::{Relation, Upos, Xpos};
use toml::Table;

use crate::{
    conllu::{Tree, Word},
    rng::Rng,
    silver::{Lists, world},
};
use verbs::{Form, Verb, simple, verb};

/// `count` sentences.
pub fn sentences(count: usize, rng: &mut Rng) -> Result<Vec<Tree>> {
    let table: Table = include_str!("../../data/news.toml").parse()?;
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str).with_context(|| key.to_owned());
    let list = |key: &str| -> Result<Vec<Verb>> { Ok(text(key)?.split('/').map(simple).collect()) };
    let lines = |key: &str| -> Result<Vec<Vec<String>>> {
        let lines = text(key)?.lines().filter(|line| !line.trim().is_empty());
        Ok(lines.map(|line| line.split(" : ").map(|part| part.trim().to_owned()).collect()).collect())
    };
    let verbs = |key: &str| -> Result<Vec<Verb>> {
        Ok(lines(key)?.iter().map(|parts| verb(&parts[0], &parts[1], &parts[2])).collect())
    };
    let bare = |key: &str| -> Result<Vec<Verb>> {
        Ok(lines(key)?.iter().map(|parts| verb(&parts[0], "-", &parts[1])).collect())
    };
    let nouns = |key: &str| -> Result<Vec<String>> { Ok(text(key)?.split('/').map(str::to_owned).collect()) };
    let single = |file: &str, column: usize| -> Vec<String> {
        world(file, column).into_iter().filter(|name| !name.contains([' ', '-', '.', '\''])).collect()
    };
    let lexicon = Lexicon {
        names: Lists::read()?,
        countries: single("countries.csv", 1),
        demonyms: single("countries.csv", 4)
            .into_iter()
            .filter(|name| !name.ends_with('s') && !name.ends_with("man") && !name.ends_with("men"))
            .collect(),
        capitals: single("countries.csv", 5),
        verbs: verbs("verbs")?,
        plain: bare("plain")?,
        flares: verbs("flares")?,
        blows: verbs("blows")?,
        curt: verbs("curt")?,
        together: verbs("together")?,
        citing: verbs("citing")?,
        helps: bare("helps")?,
        each_other: list("each_other")?,
        told: list("told")?,
        to: list("to")?,
        says: list("says")?,
        unrest: nouns("unrest")?,
        how: nouns("how")?,
        blow: nouns("blow")?,
        helped: nouns("helped")?,
        judgements: nouns("judgements")?,
        harsh: nouns("harsh")?,
        judged: nouns("judged")?,
    };
    let mut maker = Maker { rng, lexicon: &lexicon, words: Vec::new(), headline: false };
    Ok((0..count).map(|number| maker.sentence(number)).collect())
}

/// What sentences are made of.
struct Lexicon {
    names: Lists,
    countries: Vec<String>,
    demonyms: Vec<String>,
    capitals: Vec<String>,
    verbs: Vec<Verb>,
    plain: Vec<Verb>,
    flares: Vec<Verb>,
    blows: Vec<Verb>,
    curt: Vec<Verb>,
    together: Vec<Verb>,
    citing: Vec<Verb>,
    helps: Vec<Verb>,
    each_other: Vec<Verb>,
    told: Vec<Verb>,
    to: Vec<Verb>,
    says: Vec<Verb>,
    unrest: Vec<String>,
    how: Vec<String>,
    blow: Vec<String>,
    helped: Vec<String>,
    judgements: Vec<String>,
    harsh: Vec<String>,
    judged: Vec<String>,
}

/// A sentence in the making.
struct Maker<'r, 'l> {
    rng: &'r mut Rng,
    lexicon: &'l Lexicon,
    words: Vec<Word>,
    headline: bool,
}

impl<'l> Maker<'_, 'l> {
    fn sentence(&mut self, number: usize) -> Tree {
        self.words.clear();
        self.headline = false;
        match self.rng.below(88) {
            0..=4 => {
                let form = [Form::Past, Form::Past, Form::Perfect][self.rng.below(3)];
                let root = self.clause(form, None);
                self.maybe_when(root);
                self.root(root);
            }
            5..=7 | 44..=46 => self.headline(),
            8 | 31..=32 => self.passive(),
            9 => self.said_after(),
            10 => self.said_before(),
            11 | 36..=38 => self.said_they_would(),
            12 | 39..=40 => self.joined(),
            13..=14 | 41 => self.with_clause(),
            15 | 42 => self.apposed(),
            16..=17 => self.told_to(),
            18 => self.going_to(),
            19 | 43 => self.relative(),
            20..=21 => self.will(),
            22 => self.when_first(),
            23 => self.given(),
            24 => self.is_such(),
            25..=26 => self.event(),
            27 | 47 => self.quoted(),
            28 => self.according_to(),
            29 => self.did_not(),
            30 => self.if_clause(),
            48..=52 => self.flared(),
            53..=56 => self.blow(),
            57..=62 => self.curt(),
            63..=65 => self.together(),
            66..=68 => self.three_deeds(),
            69..=70 => self.citing(),
            71..=73 => self.helped_by(),
            74..=76 => self.fragment(),
            77..=80 => self.dateline(),
            81..=82 => self.first_since(),
            83..=84 => self.was_told(),
            85..=86 => self.suggesting(),
            _ => {
                let root = self.clause(Form::Past, None);
                self.maybe_when(root);
                self.root(root);
            }
        }
        if !self.headline {
            let root = self.words.iter().position(|word| word.head == 0).map_or(1, |i| i + 1);
            self.push(".", ".", Upos::Punct, ".", root, "punct");
        }
        if let Some(first) = self.words.first_mut() {
            let mut letters = first.form.chars();
            first.form = letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect());
        }
        Tree { id: format!("news-{number}"), document: String::new(), words: self.words.clone() }
    }

    /// Adds a word and returns its number, counted from 1.
    fn push(&mut self, form: &str, lemma: &str, upos: Upos, xpos: &str, head: usize, relation: &str) -> usize {
        let relation = Relation::from_name(relation).expect("a relation of the treebanks");
        let (form, lemma) = (form.to_owned(), lemma.to_owned());
        self.words.push(Word { form, lemma, upos, xpos: Xpos::from_name(xpos), head, relation, entity: String::new() });
        self.words.len()
    }

    fn hang(&mut self, word: usize, head: usize, relation: &str) {
        self.words[word - 1].head = head;
        self.words[word - 1].relation = Relation::from_name(relation).expect("a relation of the treebanks");
    }

    fn root(&mut self, word: usize) {
        self.hang(word, 0, "root");
    }

    fn one_of(&mut self, list: &[&'static str]) -> &'static str {
        list[self.rng.below(list.len())]
    }

    fn pick<T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.rng.below(list.len())]
    }

    fn comma(&mut self, head: usize) -> usize {
        self.push(",", ",", Upos::Punct, ",", head, "punct")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_a_tree_with_one_root() {
        for tree in sentences(2000, &mut Rng::new(7)).unwrap() {
            let n = tree.words.len();
            let text: Vec<&str> = tree.words.iter().map(|word| word.form.as_str()).collect();
            assert_eq!(tree.words.iter().filter(|word| word.head == 0).count(), 1, "{text:?}");
            for mut at in 1..=n {
                for _ in 0..=n {
                    if at > 0 {
                        at = tree.words[at - 1].head;
                    }
                }
                assert_eq!(at, 0, "{text:?}");
            }
            assert!(tree.words.iter().all(|word| (word.head == 0) == (word.relation.as_str() == "root")), "{text:?}");
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_sentences() {
        let text = |seed| -> Vec<String> {
            let trees = sentences(20, &mut Rng::new(seed)).unwrap();
            trees.iter().flat_map(|tree| tree.words.iter().map(|word| word.form.clone())).collect()
        };
        assert_eq!(text(1), text(1));
        assert_ne!(text(1), text(2));
    }
}
