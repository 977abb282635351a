//! Sentences of news with trees, made of our own clauses (`data/news.toml`) and names of the world.
//!
//! Each sentence is written down word by word together with its tree, in the relations of Universal Dependencies'
//! English treebanks. Names, numbers and clauses meet at random: who does what to whom is of no account.

use anyhow::{Context, Result};
use demarche_core::{Relation, Upos, Xpos};
use toml::Table;

use crate::{
    conllu::{Tree, Word},
    rng::Rng,
    silver::{Lists, world},
};

/// A verb with its forms, its objects and what else may follow.
struct Verb {
    lemma: String,
    past: String,
    participle: String,
    doubled: bool,
    objects: Vec<String>,
    complements: Vec<String>,
}

/// Forms of a verb that a clause may ask for.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Past,
    Perfect,
    Present,
    Bare,
    Gerund,
}

/// `count` sentences.
pub fn sentences(count: usize, rng: &mut Rng) -> Result<Vec<Tree>> {
    let table: Table = include_str!("../data/news.toml").parse()?;
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str).with_context(|| key.to_owned());
    let list =
        |key: &str| -> Result<Vec<Verb>> { Ok(text(key)?.split('/').map(|head| verb(head, "-", "-")).collect()) };
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
            .filter(|name| !name.ends_with('s') && !name.ends_with("man"))
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

fn verb(head: &str, objects: &str, complements: &str) -> Verb {
    let mut forms = head.split_whitespace();
    let first = forms.next().unwrap_or_default();
    let lemma = first.trim_end_matches('!').to_owned();
    let doubled = first.ends_with('!');
    let regular = regular(&lemma, doubled);
    let past = forms.next().map_or(regular, str::to_owned);
    let participle = forms.next().map_or_else(|| past.clone(), str::to_owned);
    let parts = |text: &str| text.split('/').map(str::to_owned).collect();
    Verb { lemma, past, participle, doubled, objects: parts(objects), complements: parts(complements) }
}

/// The regular past.
fn regular(lemma: &str, doubled: bool) -> String {
    let vowel_before_y = lemma.len() > 1 && lemma[..lemma.len() - 1].ends_with(['a', 'e', 'o', 'u']);
    match lemma {
        _ if doubled => format!("{lemma}{}ed", &lemma[lemma.len() - 1..]),
        _ if lemma.ends_with('e') => format!("{lemma}d"),
        _ if lemma.ends_with('y') && !vowel_before_y => format!("{}ied", &lemma[..lemma.len() - 1]),
        _ => format!("{lemma}ed"),
    }
}

fn third(lemma: &str) -> String {
    match lemma {
        _ if lemma.ends_with(['s', 'x', 'z', 'o']) || lemma.ends_with("ch") || lemma.ends_with("sh") => {
            format!("{lemma}es")
        }
        _ if lemma.ends_with('y') && !lemma.ends_with("ay") && !lemma.ends_with("oy") => {
            format!("{}ies", &lemma[..lemma.len() - 1])
        }
        _ => format!("{lemma}s"),
    }
}

fn gerund(lemma: &str, doubled: bool) -> String {
    match lemma {
        _ if doubled || matches!(lemma, "cut" | "shut" | "hit" | "quit" | "begin") => {
            format!("{lemma}{}ing", &lemma[lemma.len() - 1..])
        }
        _ if lemma.ends_with('e') && !lemma.ends_with("ee") => format!("{}ing", &lemma[..lemma.len() - 1]),
        _ => format!("{lemma}ing"),
    }
}

fn singular(noun: &str) -> String {
    match noun {
        _ if noun.ends_with("ies") => format!("{}y", &noun[..noun.len() - 3]),
        _ if noun.ends_with("ches") || noun.ends_with("shes") => noun[..noun.len() - 2].to_owned(),
        "people" => "person".to_owned(),
        _ => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    }
}

const PREPOSITIONS: &[&str] = &[
    "with",
    "to",
    "on",
    "of",
    "from",
    "in",
    "at",
    "into",
    "against",
    "near",
    "over",
    "along",
    "for",
    "towards",
    "under",
    "between",
    "outside",
    "through",
    "alongside",
];

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
        match self.rng.below(22) {
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
            8 => self.passive(),
            9 => self.said_after(),
            10..=11 => self.said_before(),
            12 => self.joined(),
            13..=14 => self.with_clause(),
            15 => self.apposed(),
            16..=17 => self.told_to(),
            18 => self.going_to(),
            19 => self.relative(),
            20 => self.will(),
            _ => self.when_first(),
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

    fn pick<T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.rng.below(list.len())]
    }

    fn name(&mut self, name: &str) -> usize {
        self.push(name, name, Upos::Propn, "NNP", 0, "root")
    }

    fn person(&mut self) -> usize {
        let (given, family) = self.lexicon.names.people(self.rng);
        let titles = ["President", "General", "Chancellor", "King", "Colonel", "Ambassador"];
        let chance = self.rng.below(10);
        let mut title = None;
        if chance < 3 {
            let word = titles[self.rng.below(titles.len())];
            title = Some(self.push(word, word, Upos::Propn, "NNP", 0, "nmod:desc"));
        } else if chance < 5 {
            let first = ["Prime", "Foreign", "Defence", "Interior"][self.rng.below(4)];
            let (upos, relation) =
                if matches!(first, "Prime" | "Foreign") { (Upos::Adj, "amod") } else { (Upos::Propn, "compound") };
            let demonym = self.rng.below(2) == 0;
            let country = demonym.then(|| self.demonym());
            let first = self.push(first, first, upos, "NNP", 0, relation);
            let word = self.push("Minister", "Minister", Upos::Propn, "NNP", 0, "nmod:desc");
            self.hang(first, word, relation);
            if let Some(country) = country {
                self.hang(country, word, "amod");
            }
            title = Some(word);
        }
        let head = if chance == 9 {
            self.name(family)
        } else {
            let head = self.name(given);
            self.push(family, family, Upos::Propn, "NNP", head, "flat");
            head
        };
        if let Some(title) = title {
            self.hang(title, head, "nmod:desc");
        }
        head
    }

    fn demonym(&mut self) -> usize {
        let word = self.pick(&self.lexicon.demonyms);
        self.push(word, word, Upos::Adj, "JJ", 0, "amod")
    }

    fn place(&mut self) -> usize {
        let city = self.pick(&self.lexicon.capitals);
        match self.rng.below(6) {
            0 => {
                let side = ["eastern", "northern", "southern", "western", "central"][self.rng.below(5)];
                let side = self.push(side, side, Upos::Adj, "JJ", 0, "amod");
                let country = self.country();
                self.hang(side, country, "amod");
                country
            }
            1 => {
                let the = self.push("the", "the", Upos::Det, "DT", 0, "det");
                let noun = ["capital", "region", "north", "border"][self.rng.below(4)];
                let noun = self.push(noun, noun, Upos::Noun, "NN", 0, "root");
                self.hang(the, noun, "det");
                noun
            }
            2 => self.country(),
            _ => self.name(city),
        }
    }

    fn country(&mut self) -> usize {
        let name = self.pick(&self.lexicon.countries);
        self.name(name)
    }

    /// A compound name with the article it may have: "the European Union".
    fn long_name(&mut self, article: bool, words: &[(&str, bool)]) -> usize {
        let the = (article && !self.headline).then(|| self.push("the", "the", Upos::Det, "DT", 0, "det"));
        let (last, before) = words.split_last().expect("a name has words");
        let mut parts = Vec::new();
        for &(word, adjective) in before {
            let (upos, relation) = if adjective { (Upos::Adj, "amod") } else { (Upos::Propn, "compound") };
            parts.push((self.push(word, word, upos, "NNP", 0, relation), relation));
        }
        let plural = last.0.ends_with('s');
        let lemma = if plural { singular(last.0) } else { last.0.to_owned() };
        let head = self.push(last.0, &lemma, Upos::Propn, if plural { "NNPS" } else { "NNP" }, 0, "root");
        for (part, relation) in parts {
            self.hang(part, head, relation);
        }
        if let Some(the) = the {
            self.hang(the, head, "det");
        }
        head
    }

    /// Who acts: its head, and whether it is plural.
    fn actor(&mut self) -> (usize, bool) {
        match self.rng.below(20) {
            0..=4 => (self.country(), false),
            5..=6 => {
                let city = self.pick(&self.lexicon.capitals);
                (self.name(city), false)
            }
            7..=9 => (self.person(), false),
            10..=11 => {
                let demonym = self.demonym();
                let nouns = [
                    "forces",
                    "troops",
                    "officials",
                    "warplanes",
                    "drones",
                    "soldiers",
                    "diplomats",
                    "rebels",
                    "jets",
                    "leaders",
                    "mediators",
                    "police",
                ];
                let noun = nouns[self.rng.below(nouns.len())];
                let head = self.push(noun, &singular(noun), Upos::Noun, "NNS", 0, "root");
                self.hang(demonym, head, "amod");
                (head, true)
            }
            12..=13 => {
                let the = (!self.headline).then(|| self.push("the", "the", Upos::Det, "DT", 0, "det"));
                let demonym = self.demonym();
                let nouns =
                    ["army", "military", "government", "president", "navy", "parliament", "junta", "opposition"];
                let noun = nouns[self.rng.below(nouns.len())];
                let head = self.push(noun, noun, Upos::Noun, "NN", 0, "root");
                self.hang(demonym, head, "amod");
                if let Some(the) = the {
                    self.hang(the, head, "det");
                }
                (head, false)
            }
            14 => {
                let owner = self.country();
                let mark = self.push("'s", "'s", Upos::Part, "POS", owner, "case");
                let (adjective, noun) = [
                    ("foreign", "ministry"),
                    ("coast", "guard"),
                    ("defence", "ministry"),
                    ("supreme", "court"),
                    ("prime", "minister"),
                    ("air", "force"),
                ][self.rng.below(6)];
                let amod = matches!(adjective, "foreign" | "supreme" | "prime");
                let (upos, xpos, relation) =
                    if amod { (Upos::Adj, "JJ", "amod") } else { (Upos::Noun, "NN", "compound") };
                let first = self.push(adjective, adjective, upos, xpos, 0, relation);
                let head = self.push(noun, noun, Upos::Noun, "NN", 0, "root");
                self.hang(first, head, relation);
                self.hang(owner, head, "nmod:poss");
                self.hang(mark, owner, "case");
                (head, false)
            }
            15 => {
                let nouns = [
                    "gunmen",
                    "militants",
                    "rebels",
                    "protesters",
                    "soldiers",
                    "troops",
                    "insurgents",
                    "separatists",
                    "students",
                    "fighters",
                ];
                let noun = nouns[self.rng.below(nouns.len())];
                let lemma = if noun == "gunmen" { "gunman".to_owned() } else { singular(noun) };
                (self.push(noun, &lemma, Upos::Noun, "NNS", 0, "root"), true)
            }
            16 => {
                let amount = ["thousands", "hundreds", "dozens"][self.rng.below(3)];
                let head = self.push(amount, &singular(amount), Upos::Noun, "NNS", 0, "root");
                let of = self.push("of", "of", Upos::Adp, "IN", 0, "case");
                let noun = ["protesters", "people", "supporters", "demonstrators", "refugees"][self.rng.below(5)];
                let noun = self.push(noun, &singular(noun), Upos::Noun, "NNS", head, "nmod");
                self.hang(of, noun, "case");
                (head, true)
            }
            17 => {
                let acronym = ["NATO", "ECOWAS", "Hamas", "Hezbollah", "ASEAN", "OPEC", "UNESCO"][self.rng.below(7)];
                (self.name(acronym), false)
            }
            18 => {
                let the = (!self.headline).then(|| self.push("the", "the", Upos::Det, "DT", 0, "det"));
                let acronym =
                    ["UN", "EU", "US", "IMF", "UAE", "UK", "Pentagon", "Kremlin", "Taliban"][self.rng.below(9)];
                let head = self.name(acronym);
                if let Some(the) = the {
                    self.hang(the, head, "det");
                }
                (head, false)
            }
            _ => {
                let names: [(bool, &[(&str, bool)]); 10] = [
                    (true, &[("European", true), ("Union", false)]),
                    (true, &[("United", true), ("Nations", false)]),
                    (true, &[("United", true), ("States", false)]),
                    (true, &[("United", true), ("Arab", true), ("Emirates", false)]),
                    (true, &[("Security", false), ("Council", false)]),
                    (true, &[("World", false), ("Bank", false)]),
                    (true, &[("African", true), ("Union", false)]),
                    (true, &[("Arab", true), ("League", false)]),
                    (false, &[("South", true), ("Korea", false)]),
                    (false, &[("North", true), ("Korea", false)]),
                ];
                let (article, words) = names[self.rng.below(names.len())];
                (self.long_name(article, words), false)
            }
        }
    }

    /// A noun phrase as `news.toml` writes it.
    fn phrase(&mut self, spec: &str) -> usize {
        let mut parts: Vec<(usize, &'static str)> = Vec::new();
        let mut head = 0;
        for piece in spec.split_whitespace() {
            let (word, mark) = piece.rsplit_once('_').unwrap_or((piece, ""));
            if self.headline && matches!(word, "the" | "a" | "an" | "its") {
                continue;
            }
            let (number, relation) = match (word, mark) {
                ("$C", _) => (self.actor().0, "compound"),
                ("$P", _) => (self.place(), "compound"),
                ("$H", _) => (self.person(), "compound"),
                ("$D", _) => (self.demonym(), "amod"),
                ("$n", _) => {
                    let number = (2 + self.rng.below(300)).to_string();
                    (self.push(&number, &number, Upos::Num, "CD", 0, "nummod"), "nummod")
                }
                (_, "j") => (self.push(word, word, Upos::Adj, "JJ", 0, "amod"), "amod"),
                (_, "d") => {
                    let lemma = if word == "an" { "a" } else { word };
                    (self.push(word, lemma, Upos::Det, "DT", 0, "det"), "det")
                }
                (_, "n") => (self.push(word, word, Upos::Num, "CD", 0, "nummod"), "nummod"),
                (_, "p") => (self.push(word, word, Upos::Pron, "PRP$", 0, "nmod:poss"), "nmod:poss"),
                (_, "s") => (self.push(word, &singular(word), Upos::Noun, "NNS", 0, "root"), "compound"),
                _ => (self.push(word, word, Upos::Noun, "NN", 0, "root"), "compound"),
            };
            parts.push((number, relation));
            head = number;
        }
        for (number, relation) in parts {
            if number != head {
                self.hang(number, head, relation);
            }
        }
        head
    }

    /// Prepositional phrases below `verb`, or with a leading `+` below its object.
    fn complement(&mut self, spec: &str, verb: usize, object: Option<usize>) {
        if spec == "-" {
            return;
        }
        let (spec, above, relation) = match (spec.strip_prefix('+'), object) {
            (Some(rest), Some(object)) => (rest, object, "nmod"),
            (Some(rest), None) => (rest, verb, "obl"),
            (None, _) => (spec, verb, "obl"),
        };
        let pieces: Vec<&str> = spec.split_whitespace().collect();
        let mut at = 0;
        while at < pieces.len() {
            let next = (at + 1..pieces.len()).find(|&i| PREPOSITIONS.contains(&pieces[i])).unwrap_or(pieces.len());
            let inner = &pieces[at + 1..next];
            if let Some((first, rest)) = inner.split_first()
                && let Some(doing) = first.strip_suffix("_v")
            {
                let mark = self.push(pieces[at], pieces[at], Upos::Sconj, "IN", 0, "mark");
                let stem = doing.strip_suffix("ing").unwrap_or(doing);
                let lemma = if stem == "violat" { "violate" } else { stem };
                let doing = self.push(doing, lemma, Upos::Verb, "VBG", verb, "advcl");
                self.hang(mark, doing, "mark");
                let object = self.phrase(&rest.join(" "));
                self.hang(object, doing, "obj");
            } else {
                let case = self.push(pieces[at], pieces[at], Upos::Adp, "IN", 0, "case");
                let noun = self.phrase(&inner.join(" "));
                self.hang(noun, above, relation);
                self.hang(case, noun, "case");
            }
            at = next;
        }
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
        let number = self.verb(verb, form, subject);
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

    fn passive(&mut self) {
        let fits = |spec: &&String| !spec.contains("_r") && spec.ends_with("_s");
        let verb = loop {
            let verb = self.pick(&self.lexicon.verbs);
            if verb.objects.iter().any(|spec| fits(&spec)) {
                break verb;
            }
        };
        let objects: Vec<&String> = verb.objects.iter().filter(fits).collect();
        let object = objects[self.rng.below(objects.len())];
        let subject = self.phrase(object);
        let be = self.push("were", "be", Upos::Aux, "VBD", 0, "aux:pass");
        let number = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", 0, "root");
        self.hang(subject, number, "nsubj:pass");
        self.hang(be, number, "aux:pass");
        if self.rng.below(2) == 0 {
            let by = self.push("by", "by", Upos::Adp, "IN", 0, "case");
            let agent = self.actor().0;
            self.hang(agent, number, "obl:agent");
            self.hang(by, agent, "case");
        }
        self.maybe_when(number);
        self.root(number);
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
