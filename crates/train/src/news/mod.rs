//! Sentences of news with trees, made of our own clauses (`data/news.toml`) and names of the world.
//!
//! Each sentence is written down word by word together with its tree, in the relations of Universal Dependencies'
//! English treebanks. Names, numbers and clauses meet at random: who does what to whom is of no account.

mod phrases;
mod verbs;

use anyhow::{Context, Result};
use demarche_core::{Relation, Upos, Xpos};
use toml::Table;

use crate::{
    conllu::{Tree, Word},
    rng::Rng,
    silver::{Lists, world},
};
use verbs::{Form, Verb, gerund, simple, third, verb};

/// `count` sentences.
pub fn sentences(count: usize, rng: &mut Rng) -> Result<Vec<Tree>> {
    let table: Table = include_str!("../../data/news.toml").parse()?;
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str).with_context(|| key.to_owned());
    let list = |key: &str| -> Result<Vec<Verb>> { Ok(text(key)?.split('/').map(simple).collect()) };
    let lines = |key: &str| -> Result<Vec<Vec<String>>> {
        let lines = text(key)?.lines().filter(|line| !line.trim().is_empty());
        Ok(lines.map(|line| line.split(" : ").map(|part| part.trim().to_owned()).collect()).collect())
    };
    let verbs = lines("verbs")?.iter().map(|parts| verb(&parts[0], &parts[1], &parts[2])).collect();
    let plain = lines("plain")?.iter().map(|parts| verb(&parts[0], "-", &parts[1])).collect();
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
        verbs,
        plain,
        told: list("told")?,
        to: list("to")?,
        says: list("says")?,
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
    told: Vec<Verb>,
    to: Vec<Verb>,
    says: Vec<Verb>,
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
        match self.rng.below(36) {
            0..=4 => {
                let form = [Form::Past, Form::Past, Form::Perfect][self.rng.below(3)];
                let root = self.clause(form, None);
                self.maybe_when(root);
                self.root(root);
            }
            5..=7 => {
                self.headline = true;
                let root = self.clause(Form::Present, None);
                self.root(root);
            }
            8 | 31..=32 => self.passive(),
            9 => self.said_after(),
            10..=11 => self.said_before(),
            12 => self.joined(),
            13..=14 => self.with_clause(),
            15 => self.apposed(),
            16..=17 => self.told_to(),
            18 => self.going_to(),
            19 => self.relative(),
            20..=21 => self.will(),
            22 => self.when_first(),
            23 => self.given(),
            24 => self.is_such(),
            25..=26 => self.event(),
            27 => self.quoted(),
            28 => self.according_to(),
            29 => self.did_not(),
            30 => self.if_clause(),
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

    /// Subject, verb and what follows; the number of the verb.
    fn clause(&mut self, form: Form, subject: Option<(usize, bool)>) -> usize {
        let silent = matches!(form, Form::Bare | Form::Gerund);
        let subject = subject.or_else(|| (!silent).then(|| self.actor()));
        self.rest(form, subject)
    }

    fn rest(&mut self, form: Form, subject: Option<(usize, bool)>) -> usize {
        let transitive = self.rng.below(4) > 0;
        let verb = self.pick(if transitive { &self.lexicon.verbs } else { &self.lexicon.plain });
        let often = matches!(form, Form::Past | Form::Present) && !self.headline && self.rng.below(9) == 0;
        let adverb = often.then(|| {
            let adverb =
                ["also", "again", "later", "repeatedly", "immediately", "reportedly", "then"][self.rng.below(7)];
            self.push(adverb, adverb, Upos::Adv, "RB", 0, "advmod")
        });
        let number = self.verb(verb, form, subject);
        if let Some(adverb) = adverb {
            self.hang(adverb, number, "advmod");
        }
        let mut object = None;
        let spec = self.pick(&verb.objects);
        if spec != "-" {
            let mut spec = spec.as_str();
            if let Some((particle, rest)) = spec.split_once("_r ") {
                self.push(particle, particle, Upos::Adp, "RP", number, "compound:prt");
                spec = rest;
            }
            if !spec.ends_with("_r") {
                let noun = self.phrase(spec);
                self.hang(noun, number, "obj");
                object = Some(noun);
            }
        }
        if let Some(object) = object.filter(|_| self.rng.below(14) == 0) {
            self.reduced(object);
            return number;
        }
        let complement = self.pick(&verb.complements);
        self.complement(complement, number, object);
        number
    }

    /// The verb with its auxiliary, its subject hung from it.
    fn verb(&mut self, verb: &Verb, form: Form, subject: Option<(usize, bool)>) -> usize {
        let plural = subject.is_some_and(|(_, plural)| plural);
        let mut has = None;
        if form == Form::Perfect {
            let (word, tag) = if plural { ("have", "VBP") } else { ("has", "VBZ") };
            has = Some(self.push(word, "have", Upos::Aux, tag, 0, "aux"));
        }
        let (word, tag) = match form {
            Form::Past => (verb.past.clone(), "VBD"),
            Form::Perfect => (verb.participle.clone(), "VBN"),
            Form::Present if plural => (verb.lemma.clone(), "VBP"),
            Form::Present => (third(&verb.lemma), "VBZ"),
            Form::Bare => (verb.lemma.clone(), "VB"),
            Form::Gerund => (gerund(&verb.lemma, verb.doubled), "VBG"),
        };
        let number = self.push(&word, &verb.lemma, Upos::Verb, tag, 0, "root");
        if let Some(has) = has {
            self.hang(has, number, "aux");
        }
        if let Some((subject, _)) = subject {
            self.hang(subject, number, "nsubj");
        }
        number
    }

    /// "on Monday", "overnight", "last week", or nothing.
    fn maybe_when(&mut self, verb: usize) {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let day = days[self.rng.below(7)];
        match self.rng.below(6) {
            0 | 1 => {
                let on = self.push("on", "on", Upos::Adp, "IN", 0, "case");
                let day = self.push(day, day, Upos::Propn, "NNP", verb, "obl");
                self.hang(on, day, "case");
            }
            2 => {
                self.push("overnight", "overnight", Upos::Adv, "RB", verb, "advmod");
            }
            3 => {
                let last = self.push("last", "last", Upos::Adj, "JJ", 0, "amod");
                let noun = ["week", "month", "year", "night"][self.rng.below(4)];
                let noun = self.push(noun, noun, Upos::Noun, "NN", verb, "obl:unmarked");
                self.hang(last, noun, "amod");
            }
            _ => {}
        }
    }

    fn comma(&mut self, head: usize) -> usize {
        self.push(",", ",", Upos::Punct, ",", head, "punct")
    }

    /// A verb of saying with its subject; the number of the verb.
    fn saying(&mut self) -> usize {
        let subject = self.actor();
        let verb = self.pick(&self.lexicon.says);
        self.verb(verb, Form::Past, Some(subject))
    }

    /// "… imposed by Mali": a passive participle that hangs from a noun.
    fn reduced(&mut self, noun: usize) {
        let verb = self.pick(&self.lexicon.verbs);
        let participle = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", noun, "acl");
        match self.rng.below(3) {
            0 => self.complement("in $P", participle, None),
            1 => self.complement("on $n", participle, None),
            _ => {
                let by = self.push("by", "by", Upos::Adp, "IN", 0, "case");
                let agent = self.actor().0;
                self.hang(agent, participle, "obl:agent");
                self.hang(by, agent, "case");
            }
        }
    }

    fn passive(&mut self) {
        let fits = |spec: &&String| !spec.contains("_r") && !spec.contains('$') && *spec != "-";
        let verb = loop {
            let verb = self.pick(&self.lexicon.verbs);
            if verb.objects.iter().any(|spec| fits(&spec)) {
                break verb;
            }
        };
        let objects: Vec<&String> = verb.objects.iter().filter(fits).collect();
        let object = objects[self.rng.below(objects.len())];
        let plural = object.ends_with("_s");
        let subject = self.phrase(object);
        let mut helpers = Vec::new();
        match self.rng.below(5) {
            0 => {
                let (form, tag) = if plural { ("have", "VBP") } else { ("has", "VBZ") };
                helpers.push((self.push(form, "have", Upos::Aux, tag, 0, "aux"), "aux"));
                helpers.push((self.push("been", "be", Upos::Aux, "VBN", 0, "aux:pass"), "aux:pass"));
            }
            1 => {
                let modal = ["will", "would", "could", "must", "should"][self.rng.below(5)];
                helpers.push((self.push(modal, modal, Upos::Aux, "MD", 0, "aux"), "aux"));
                helpers.push((self.push("be", "be", Upos::Aux, "VB", 0, "aux:pass"), "aux:pass"));
            }
            _ => {
                let form = if plural { "were" } else { "was" };
                helpers.push((self.push(form, "be", Upos::Aux, "VBD", 0, "aux:pass"), "aux:pass"));
            }
        }
        let number = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", 0, "root");
        self.hang(subject, number, "nsubj:pass");
        for (helper, relation) in helpers {
            self.hang(helper, number, relation);
        }
        if self.rng.below(2) == 0 {
            let by = self.push("by", "by", Upos::Adp, "IN", 0, "case");
            let agent = self.actor().0;
            self.hang(agent, number, "obl:agent");
            self.hang(by, agent, "case");
        }
        self.maybe_when(number);
        self.root(number);
    }

    /// "Ghana gave Togo weapons."
    fn given(&mut self) {
        let subject = self.actor();
        let verb = [
            "give gave given",
            "offer offered offered",
            "send sent sent",
            "hand handed handed",
            "grant granted granted",
        ];
        let verb = simple(self.one_of(&verb));
        let number = self.verb(&verb, Form::Past, Some(subject));
        let receiver = self.actor().0;
        self.hang(receiver, number, "iobj");
        let things = [
            "weapons_s",
            "support",
            "$n tanks_s",
            "a_d deadline",
            "one_n week",
            "assurances_s",
            "food",
            "a_d list",
            "shelter",
        ];
        let thing = self.one_of(&things);
        let thing = self.phrase(thing);
        self.hang(thing, number, "obj");
        if self.rng.below(3) == 0 {
            let to = self.push("to", "to", Upos::Part, "TO", 0, "mark");
            let below = self.clause(Form::Bare, None);
            self.hang(to, below, "mark");
            self.hang(below, number, "advcl");
        }
        self.root(number);
    }

    /// "Chad was behind the attack", "Chad is ready for talks".
    fn is_such(&mut self) {
        let (subject, plural) = self.actor();
        let form = [("was", "were", "VBD"), ("is", "are", "VBZ")][self.rng.below(2)];
        let word = if plural { form.1 } else { form.0 };
        let be = self.push(word, "be", Upos::Aux, form.2, 0, "cop");
        let adjectives = ["ready", "responsible", "willing", "guilty", "prepared", "open", "concerned", "hostile"];
        let root = if self.rng.below(3) == 0 {
            let case = ["behind", "against", "under", "at"][self.rng.below(4)];
            let case = self.push(case, case, Upos::Adp, "IN", 0, "case");
            let noun =
                ["the_d attack", "war", "the_d plan", "pressure", "the_d blast", "a_d ceasefire"][self.rng.below(6)];
            let noun = self.phrase(noun);
            self.hang(case, noun, "case");
            noun
        } else {
            let adjective = adjectives[self.rng.below(adjectives.len())];
            let adjective = self.push(adjective, adjective, Upos::Adj, "JJ", 0, "root");
            let rest = self.one_of(&["for the_d attack", "for talks_s", "to $C", "-"]);
            self.complement(rest, adjective, None);
            adjective
        };
        self.hang(subject, root, "nsubj");
        self.hang(be, root, "cop");
        self.root(root);
    }

    /// "A drone attack on Gao killed nine people."
    fn event(&mut self) {
        self.headline = self.rng.below(3) == 0;
        let what = [
            "a_d drone attack",
            "an_d air strike",
            "a_d car bomb",
            "$D shelling",
            "a_d rocket",
            "clashes_s",
            "the_d raid",
            "an_d explosion",
            "$D air strikes_s",
            "a_d $D missile",
        ];
        let what = what[self.rng.below(what.len())];
        let subject = self.phrase(what);
        let rest = self.one_of(&["+on $P", "+in $P", "+near $P", "+by $C", "-"]);
        self.complement(rest, subject, Some(subject));
        let verb = simple(self.one_of(&[
            "kill",
            "wound",
            "injure",
            "destroy",
            "damage",
            "hit hit hit",
            "leave left left",
            "displace",
        ]));
        let form = if self.headline { Form::Present } else { Form::Past };
        let number = self.verb(&verb, form, Some((subject, what.ends_with("_s"))));
        let objects = [
            "$n people_s",
            "at_x $n civilians_s",
            "a_d hospital",
            "three_n soldiers_s",
            "two_n children_s",
            "a_d bridge",
            "homes_s",
        ];
        let object = objects[self.rng.below(objects.len())].replace("at_x ", "");
        let object = self.phrase(&object);
        self.hang(object, number, "obj");
        let rest = self.one_of(&["in $P", "-", "-"]);
        self.complement(rest, number, None);
        self.maybe_when(number);
        self.root(number);
    }

    /// "“…,” the minister said."
    fn quoted(&mut self) {
        let (open, close) = [("\"", "\""), ("“", "”")][self.rng.below(2)];
        let first = self.push(open, open, Upos::Punct, "``", 0, "punct");
        let pronoun = ["we", "they", "he", "it"][self.rng.below(4)];
        let subject = self.push(pronoun, pronoun, Upos::Pron, "PRP", 0, "root");
        let content = self.rest(Form::Perfect, Some((subject, matches!(pronoun, "we" | "they"))));
        let comma = self.comma(0);
        let last = self.push(close, close, Upos::Punct, "''", content, "punct");
        self.hang(first, content, "punct");
        self.hang(last, content, "punct");
        let says = self.saying();
        self.hang(comma, says, "punct");
        self.hang(content, says, "ccomp");
        self.root(says);
    }

    /// "…, according to the army."
    fn according_to(&mut self) {
        let main = self.clause(Form::Past, None);
        let comma = self.comma(0);
        let according = self.push("according", "accord", Upos::Verb, "VBG", 0, "case");
        self.push("to", "to", Upos::Adp, "IN", according, "fixed");
        let source = self.actor().0;
        self.hang(according, source, "case");
        self.hang(source, main, "obl");
        self.hang(comma, source, "punct");
        self.root(main);
    }

    fn did_not(&mut self) {
        let subject = self.actor();
        let did = self.push("did", "do", Upos::Aux, "VBD", 0, "aux");
        let not = self.push("not", "not", Upos::Part, "RB", 0, "advmod");
        let verb = self.rest(Form::Bare, Some(subject));
        self.hang(did, verb, "aux");
        self.hang(not, verb, "advmod");
        self.root(verb);
    }

    /// "Peru would retaliate if Chile attacked Lima."
    fn if_clause(&mut self) {
        let subject = self.actor();
        let modal = ["will", "would"][self.rng.below(2)];
        let aux = self.push(modal, modal, Upos::Aux, "MD", 0, "aux");
        let main = self.rest(Form::Bare, Some(subject));
        self.hang(aux, main, "aux");
        let word = ["if", "unless", "until"][self.rng.below(3)];
        let mark = self.push(word, word, Upos::Sconj, "IN", 0, "mark");
        let form = if modal == "will" { Form::Present } else { Form::Past };
        let below = self.clause(form, None);
        self.hang(mark, below, "mark");
        self.hang(below, main, "advcl");
        self.root(main);
    }

    fn said_after(&mut self) {
        let content = self.clause(Form::Past, None);
        let comma = self.comma(0);
        let says = self.saying();
        self.hang(comma, says, "punct");
        self.hang(content, says, "ccomp");
        self.maybe_when(says);
        self.root(says);
    }

    fn said_before(&mut self) {
        let says = self.saying();
        let that = (self.rng.below(2) == 0).then(|| self.push("that", "that", Upos::Sconj, "IN", 0, "mark"));
        let form = [Form::Past, Form::Perfect, Form::Past][self.rng.below(3)];
        let content = self.clause(form, None);
        self.hang(content, says, "ccomp");
        if let Some(that) = that {
            self.hang(that, content, "mark");
        }
        self.root(says);
    }

    fn joined(&mut self) {
        let first = self.clause(Form::Past, None);
        let and = self.push("and", "and", Upos::Cconj, "CC", 0, "cc");
        let second = self.rest(Form::Past, None);
        self.hang(second, first, "conj");
        self.hang(and, second, "cc");
        self.maybe_when(second);
        self.root(first);
    }

    fn with_clause(&mut self) {
        let main = self.clause(Form::Past, None);
        if self.rng.below(2) == 0 {
            let mark = ["after", "before", "as", "while", "because", "since"][self.rng.below(6)];
            let mark = self.push(mark, mark, Upos::Sconj, "IN", 0, "mark");
            let below = self.clause(Form::Past, None);
            self.hang(below, main, "advcl");
            self.hang(mark, below, "mark");
        } else {
            let comma = self.comma(0);
            let below = self.clause(Form::Gerund, None);
            self.hang(below, main, "advcl");
            self.hang(comma, below, "punct");
        }
        self.root(main);
    }

    /// "Qatar's emir, Tamim, phoned …"
    fn apposed(&mut self) {
        let owner = self.country();
        self.push("'s", "'s", Upos::Part, "POS", owner, "case");
        let noun = ["emir", "president", "king", "ambassador", "chancellor", "leader"][self.rng.below(6)];
        let subject = self.push(noun, noun, Upos::Noun, "NN", 0, "root");
        self.hang(owner, subject, "nmod:poss");
        let comma = self.comma(0);
        let name = self.person();
        self.hang(name, subject, "appos");
        self.hang(comma, name, "punct");
        self.comma(name);
        let verb = self.rest(Form::Past, Some((subject, false)));
        self.maybe_when(verb);
        self.root(verb);
    }

    /// "Russia urged Kyiv to …"
    fn told_to(&mut self) {
        let subject = self.actor();
        let verb = self.pick(&self.lexicon.told);
        let verb = self.verb(verb, Form::Past, Some(subject));
        let object = self.actor().0;
        self.hang(object, verb, "obj");
        self.infinitive(verb);
        self.root(verb);
    }

    fn infinitive(&mut self, above: usize) {
        let to = self.push("to", "to", Upos::Part, "TO", 0, "mark");
        let below = self.clause(Form::Bare, None);
        self.hang(to, below, "mark");
        self.hang(below, above, "xcomp");
    }

    fn going_to(&mut self) {
        self.headline = self.rng.below(2) == 0;
        let form = if self.headline { Form::Present } else { Form::Past };
        let subject = self.actor();
        let verb = self.pick(&self.lexicon.to);
        let verb = self.verb(verb, form, Some(subject));
        self.infinitive(verb);
        self.root(verb);
    }

    /// "Mali, which broke the truce, …"
    fn relative(&mut self) {
        let (subject, plural) = self.actor();
        let comma = self.comma(0);
        let which = self.push("which", "which", Upos::Pron, "WDT", 0, "nsubj");
        let inner = self.rest(Form::Past, Some((which, plural)));
        self.hang(inner, subject, "acl:relcl");
        self.hang(comma, inner, "punct");
        self.comma(inner);
        let main = self.rest(Form::Past, Some((subject, plural)));
        self.root(main);
    }

    fn will(&mut self) {
        let subject = self.actor();
        let modal = ["will", "would", "could", "may", "must", "should"][self.rng.below(6)];
        let modal = self.push(modal, modal, Upos::Aux, "MD", 0, "aux");
        let not = (self.rng.below(4) == 0).then(|| self.push("not", "not", Upos::Part, "RB", 0, "advmod"));
        let verb = self.rest(Form::Bare, Some(subject));
        self.hang(modal, verb, "aux");
        if let Some(not) = not {
            self.hang(not, verb, "advmod");
        }
        self.root(verb);
    }

    /// "On Monday, Mali …"
    fn when_first(&mut self) {
        let on = self.push("on", "on", Upos::Adp, "IN", 0, "case");
        let day = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"][self.rng.below(5)];
        let day = self.push(day, day, Upos::Propn, "NNP", 0, "obl");
        self.hang(on, day, "case");
        let comma = (self.rng.below(2) == 0).then(|| self.comma(0));
        let verb = self.clause(Form::Past, None);
        self.hang(day, verb, "obl");
        if let Some(comma) = comma {
            self.hang(comma, verb, "punct");
        }
        self.root(verb);
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
