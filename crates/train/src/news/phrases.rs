//! Noun phrases of the news: countries, offices, persons, crowds, places, things.

use demarche_core::Upos;

use super::{
    Maker,
    verbs::{gerund, singular},
};

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
    "about",
    "by",
    "during",
    "after",
    "amid",
    "despite",
    "without",
    "across",
    "around",
    "off",
];

impl Maker<'_, '_> {
    pub(super) fn name(&mut self, name: &str) -> usize {
        self.push(name, name, Upos::Propn, "NNP", 0, "root")
    }

    pub(super) fn person(&mut self) -> usize {
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

    pub(super) fn demonym(&mut self) -> usize {
        let word = self.pick(&self.lexicon.demonyms);
        self.push(word, word, Upos::Adj, "JJ", 0, "amod")
    }

    pub(super) fn place(&mut self) -> usize {
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

    pub(super) fn country(&mut self) -> usize {
        let name = self.pick(&self.lexicon.countries);
        self.name(name)
    }

    /// Who acts, but no pronoun: those have another form where they are not the subject.
    pub(super) fn party(&mut self) -> usize {
        let before = self.words.len();
        loop {
            let party = self.actor().0;
            if self.words[party - 1].upos != Upos::Pron {
                return party;
            }
            self.words.truncate(before);
        }
    }

    /// "between the army and Chad" below a noun.
    pub(super) fn between(&mut self, noun: usize) {
        let between = self.push("between", "between", Upos::Adp, "IN", 0, "case");
        let one = self.party();
        let and = self.push("and", "and", Upos::Cconj, "CC", 0, "cc");
        let other = self.party();
        self.hang(between, one, "case");
        self.hang(one, noun, "nmod");
        self.hang(and, other, "cc");
        self.hang(other, one, "conj");
    }

    /// "Chad and Niger".
    fn two_countries(&mut self) -> usize {
        let one = self.country();
        let and = self.push("and", "and", Upos::Cconj, "CC", 0, "cc");
        let other = self.country();
        self.hang(other, one, "conj");
        self.hang(and, other, "cc");
        one
    }

    /// A compound name with the article it may have: "the European Union".
    pub(super) fn long_name(&mut self, article: bool, words: &[(&str, bool)]) -> usize {
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
    pub(super) fn actor(&mut self) -> (usize, bool) {
        match self.rng.below(32) {
            24..=26 => self.hyphened(),
            27 => self.described(),
            28 => self.described_thing(),
            29..=30 => (self.titled(), false),
            20 => {
                let pronoun = [("he", false), ("she", false), ("they", true), ("it", false)][self.rng.below(4)];
                (self.push(pronoun.0, pronoun.0, Upos::Pron, "PRP", 0, "root"), pronoun.1)
            }
            21 => (self.two_countries(), true),
            22 => {
                let both = ["both", "both", "all"][self.rng.below(3)];
                let both = self.push(both, both, Upos::Det, "DT", 0, "det");
                let noun = ["sides", "countries", "armies", "governments"][self.rng.below(4)];
                let noun = self.push(noun, &singular(noun), Upos::Noun, "NNS", 0, "root");
                self.hang(both, noun, "det");
                (noun, true)
            }
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
                let names: [(bool, &[(&str, bool)]); 14] = [
                    (true, &[("European", true), ("Union", false)]),
                    (true, &[("United", true), ("Nations", false)]),
                    (true, &[("United", true), ("States", false)]),
                    (true, &[("United", true), ("Arab", true), ("Emirates", false)]),
                    (true, &[("Security", false), ("Council", false)]),
                    (true, &[("World", false), ("Bank", false)]),
                    (true, &[("African", true), ("Union", false)]),
                    (true, &[("Arab", true), ("League", false)]),
                    (false, &[("South", false), ("Korea", false)]),
                    (false, &[("North", false), ("Korea", false)]),
                    (false, &[("South", false), ("Sudan", false)]),
                    (false, &[("South", false), ("Africa", false)]),
                    (false, &[("Sri", false), ("Lanka", false)]),
                    (false, &[("Saudi", true), ("Arabia", false)]),
                ];
                let (article, words) = names[self.rng.below(names.len())];
                (self.long_name(article, words), false)
            }
        }
    }

    /// A noun phrase as `news.toml` writes it.
    pub(super) fn phrase(&mut self, spec: &str) -> usize {
        let mut parts: Vec<(usize, &'static str)> = Vec::new();
        let mut head = 0;
        for piece in spec.split_whitespace() {
            let (word, mark) = piece.rsplit_once('_').unwrap_or((piece, ""));
            if self.headline && matches!(word, "the" | "a" | "an" | "its") {
                continue;
            }
            let (number, relation) = match (word, mark) {
                ("$C", _) => (self.party(), "compound"),
                ("$P", _) => (self.place(), "compound"),
                ("$H", _) => (self.person(), "compound"),
                ("$D", _) => (self.demonym(), "amod"),
                ("$B", _) => (self.two_countries(), "compound"),
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
    pub(super) fn complement(&mut self, spec: &str, verb: usize, object: Option<usize>) {
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
                // "accuse of": the clause tells more of the verb; "its commitment to": of the noun.
                let below = if relation == "nmod" { "acl" } else { "advcl" };
                let doing = self.push(&gerund(doing, false), doing, Upos::Verb, "VBG", above, below);
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
}
