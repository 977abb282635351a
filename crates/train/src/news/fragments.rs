//! Pieces that stand beside a clause in a report: a place and an agency in front, words between quotation marks, "the
//! first since".

use demarche_core::Upos;

use super::{
    Maker,
    verbs::{Form, simple},
};

/// Agencies, as datelines name them.
const AGENCIES: &[&str] = &["Reuters", "AP", "AFP", "Xinhua", "TASS", "dpa", "EFE", "UPI", "Interfax", "Kyodo"];

impl Maker<'_, '_> {
    /// Opens quotation marks and gives the mark that closes them.
    fn open(&mut self) -> (usize, &'static str) {
        let (open, close) = [("\"", "\""), ("“", "”"), ("'", "'")][self.rng.below(3)];
        (self.push(open, open, Upos::Punct, "``", 0, "punct"), close)
    }

    /// Words between marks, both of which hang from their head.
    fn marked(&mut self, spec: &str) -> usize {
        let (open, close) = self.open();
        let (first, rest) = match spec.split_once(" of ").or_else(|| spec.split_once(" to ")) {
            Some((first, _)) => (first, &spec[first.len() + 1..]),
            None => (spec, ""),
        };
        let adjective = first.strip_suffix("_j").filter(|word| !word.contains(' '));
        let head = match adjective {
            Some(adjective) => self.push(adjective, adjective, Upos::Adj, "JJ", 0, "root"),
            None => self.phrase(first),
        };
        if !rest.is_empty() {
            self.complement(&format!("+{rest}"), head, Some(head));
        }
        self.push(close, close, Upos::Punct, "''", head, "punct");
        self.hang(open, head, "punct");
        head
    }

    /// "Petro called the attack 'an act of cowardice'", "Iran warned of a 'crushing response'".
    pub(super) fn fragment(&mut self) {
        let subject = match self.rng.below(3) {
            0 => (self.titled(), false),
            _ => self.actor(),
        };
        let root = match self.rng.below(5) {
            0 | 1 => {
                let verb = simple(self.one_of(&[
                    "call",
                    "describe",
                    "denounce",
                    "brand",
                    "condemn",
                    "label labelled labelled",
                ]));
                let root = self.verb(&verb, Form::Past, Some(subject));
                let what = self.pick(&self.lexicon.judged);
                let object = self.phrase(what);
                self.hang(object, root, "obj");
                let bare = matches!(verb.lemma.as_str(), "call" | "brand" | "label");
                let case = (!bare).then(|| self.push("as", "as", Upos::Adp, "IN", 0, "case"));
                let words = self.pick(&self.lexicon.judgements);
                let words = self.marked(words);
                self.hang(words, root, if bare { "xcomp" } else { "obl" });
                if let Some(case) = case {
                    self.hang(case, words, "case");
                }
                root
            }
            2 => {
                let verb = simple(self.one_of(&["warn", "speak spoke spoken", "complain"]));
                let root = self.verb(&verb, Form::Past, Some(subject));
                let of = self.push("of", "of", Upos::Adp, "IN", 0, "case");
                let noun = self.some_marked();
                self.hang(noun, root, "obl");
                self.hang(of, noun, "case");
                root
            }
            3 => {
                let verb = simple(self.one_of(&["accuse", "accuse", "suspect"]));
                let root = self.verb(&verb, Form::Past, Some(subject));
                let object = self.party();
                self.hang(object, root, "obj");
                let of = self.push("of", "of", Upos::Adp, "IN", 0, "case");
                let noun = self.some_marked();
                self.hang(noun, root, "obl");
                self.hang(of, noun, "case");
                root
            }
            _ => {
                let verb = self.pick(&self.lexicon.says);
                let says = self.verb(verb, Form::Past, Some(subject));
                let what = self.one_of(&[
                    "the_d raid",
                    "the_d claim",
                    "the_d vote",
                    "the_d strike",
                    "the_d talks_s",
                    "the_d charge",
                ]);
                let what_number = self.phrase(what);
                let (be, tag) = if what.ends_with("_s") { ("were", "VBD") } else { ("was", "VBD") };
                let be = self.push(be, "be", Upos::Aux, tag, 0, "cop");
                let words = self.pick(&self.lexicon.judgements);
                let words = self.marked(words);
                self.hang(what_number, words, "nsubj");
                self.hang(be, words, "cop");
                self.hang(words, says, "ccomp");
                says
            }
        };
        self.maybe_when(root);
        self.root(root);
    }

    /// "a 'crushing response'", "'war crimes'".
    fn some_marked(&mut self) -> usize {
        let words = self.pick(&self.lexicon.harsh);
        let outside = !words.starts_with("a_d") && !words.ends_with("_s") && self.rng.below(2) == 0;
        let a = outside.then(|| self.push("a", "a", Upos::Det, "DT", 0, "det"));
        let head = self.marked(words);
        if let Some(a) = a {
            self.hang(a, head, "det");
        }
        head
    }

    /// "KHARTOUM, Sudan (AP) — The army …": puts a place and an agency before what follows, and gives them their head.
    pub(super) fn dateline(&mut self) {
        let capital = self.pick(&self.lexicon.capitals);
        let city = match self.rng.below(4) {
            0 => self.name(capital),
            _ => self.name(&capital.to_uppercase()),
        };
        if self.rng.below(3) == 0 {
            let comma = self.comma(0);
            let country = self.country();
            self.hang(country, city, "appos");
            self.hang(comma, country, "punct");
        }
        if self.rng.below(5) == 0 {
            let comma = self.comma(0);
            let month = self.one_of(&["March", "May", "Oct.", "January", "Nov.", "June", "Sept.", "August"]);
            let month = self.push(month, month, Upos::Propn, "NNP", city, "nmod:unmarked");
            self.hang(comma, month, "punct");
            let day = (1 + self.rng.below(28)).to_string();
            self.push(&day, &day, Upos::Num, "CD", month, "nummod");
        }
        if self.rng.below(2) == 0 {
            let open = self.push("(", "(", Upos::Punct, "-LRB-", 0, "punct");
            let agency = self.one_of(AGENCIES);
            let agency = self.name(agency);
            self.push(")", ")", Upos::Punct, "-RRB-", agency, "punct");
            self.hang(open, agency, "punct");
            self.hang(agency, city, "parataxis");
        }
        let dash = self.one_of(&["—", "–", "-", "--", ":"]);
        self.push(dash, dash, Upos::Punct, ":", city, "punct");
        let start = self.words.len();
        let form = [Form::Past, Form::Past, Form::Perfect][self.rng.below(3)];
        let main = if self.rng.below(4) == 0 {
            let content = self.clause(form, None);
            self.comma(content);
            let says = self.cue();
            self.hang(content, says, "ccomp");
            says
        } else {
            self.clause(form, None)
        };
        self.maybe_when(main);
        self.hang(city, main, "parataxis");
        self.capital(start);
        self.root(main);
    }

    /// Writes the word behind `start` with a capital letter.
    fn capital(&mut self, start: usize) {
        if let Some(word) = self.words.get_mut(start) {
            let mut letters = word.form.chars();
            word.form = letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect());
        }
    }

    /// "It was the first strike since the truce", "The raid, the first since May, killed nine people".
    pub(super) fn first_since(&mut self) {
        let what = self
            .one_of(&["raid", "visit", "attack", "strike", "vote", "meeting", "blast", "coup", "protest", "talks_s"]);
        let order = self.one_of(&["first", "second", "deadliest", "largest", "third", "worst", "biggest", "latest"]);
        let tag = if order.ends_with("est") || order == "worst" { "JJS" } else { "JJ" };
        let lemma = match order {
            "deadliest" => "deadly",
            "largest" => "large",
            "biggest" => "big",
            "latest" => "late",
            "worst" => "bad",
            _ => order,
        };
        if self.rng.below(2) == 0 {
            let it = match self.rng.below(3) {
                0 => self.push("this", "this", Upos::Pron, "DT", 0, "nsubj"),
                _ => self.push("it", "it", Upos::Pron, "PRP", 0, "nsubj"),
            };
            let (be, tag_be) = if self.rng.below(3) == 0 { ("is", "VBZ") } else { ("was", "VBD") };
            let be = self.push(be, "be", Upos::Aux, tag_be, 0, "cop");
            let the = self.push("the", "the", Upos::Det, "DT", 0, "det");
            let order = self.push(order, lemma, Upos::Adj, tag, 0, "amod");
            let head = self.phrase(what);
            self.hang(it, head, "nsubj");
            self.hang(be, head, "cop");
            self.hang(the, head, "det");
            self.hang(order, head, "amod");
            self.since(head, true);
            self.root(head);
            return;
        }
        let subject = self.phrase(&format!("the_d {what}"));
        let comma = self.comma(0);
        let the = self.push("the", "the", Upos::Det, "DT", 0, "det");
        let order = self.push(order, lemma, Upos::Adj, tag, 0, "root");
        self.hang(the, order, "det");
        self.hang(order, subject, "appos");
        self.hang(comma, order, "punct");
        if self.rng.below(3) == 0 {
            let by = self.one_of(&["by $C", "in $P", "on $P", "of its_p kind"]);
            self.complement(&format!("+{by}"), order, Some(order));
        }
        self.since(order, false);
        self.comma(order);
        let form = Form::Past;
        let main = if what == "talks_s" || self.rng.below(3) == 0 {
            let verb = simple(self.one_of(&["last", "begin began begun", "end", "follow", "come came come"]));
            let main = self.verb(&verb, form, Some((subject, what.ends_with("_s"))));
            let rest = self.one_of(&["for two_n hours_s", "in $P", "after the_d vote", "without a_d deal"]);
            self.complement(rest, main, None);
            main
        } else {
            let verb = simple(self.one_of(&["kill", "wound", "anger", "alarm", "follow", "displace"]));
            let main = self.verb(&verb, form, Some((subject, false)));
            let object = self.one_of(&["$n people_s", "residents_s", "$C", "two_n children_s"]);
            let object = self.phrase(object);
            self.hang(object, main, "obj");
            main
        };
        self.root(main);
    }

    /// "since May", "since the war began", "in two years".
    fn since(&mut self, head: usize, noun: bool) {
        let relation = if noun { "nmod" } else { "obl" };
        match self.rng.below(4) {
            0 => {
                let mark = self.push("since", "since", Upos::Sconj, "IN", 0, "mark");
                let subject = self.one_of(&["the_d war", "the_d truce", "the_d ceasefire", "the_d coup", "fighting"]);
                let subject = self.phrase(subject);
                let verb = simple(self.one_of(&["begin began begun", "end", "start", "collapse", "expire"]));
                let below = self.verb(&verb, Form::Past, Some((subject, false)));
                self.hang(mark, below, "mark");
                self.hang(below, head, "advcl");
            }
            1 => {
                let case = self.push("in", "in", Upos::Adp, "IN", 0, "case");
                let span = self.one_of(&["two_n years_s", "a_d decade", "three_n months_s", "weeks_s"]);
                let span = self.phrase(span);
                self.hang(span, head, relation);
                self.hang(case, span, "case");
            }
            _ => {
                let case = self.push("since", "since", Upos::Adp, "IN", 0, "case");
                let noun = match self.rng.below(3) {
                    0 => {
                        let year = (1990 + self.rng.below(36)).to_string();
                        self.push(&year, &year, Upos::Num, "CD", 0, "obl")
                    }
                    1 => {
                        let month = self.one_of(&["January", "March", "May", "October", "December"]);
                        self.name(month)
                    }
                    _ => {
                        let noun =
                            self.one_of(&["the_d truce", "the_d coup", "the_d war", "independence", "last_j year"]);
                        self.phrase(noun)
                    }
                };
                self.hang(noun, head, relation);
                self.hang(case, noun, "case");
            }
        }
    }
}
