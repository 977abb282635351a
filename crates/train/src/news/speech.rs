//! Who says what: cues before, after and within what is said.

use demarche_core::Upos;

use super::{
    Maker,
    verbs::{Form, simple},
};

impl Maker<'_, '_> {
    /// Who said it, behind what was said: "the minister said", "said Ali Keita, an envoy", "Ali Keita, an envoy, said".
    pub(super) fn cue(&mut self) -> usize {
        match self.rng.below(5) {
            0 => {
                let verb = simple(self.one_of(&["say said said", "say said said", "add", "warn", "insist"]));
                let says = self.verb(&verb, Form::Past, None);
                let subject = match self.rng.below(4) {
                    0 => self.titled(),
                    1 => self.office(),
                    2 => {
                        let name = self.bare_name();
                        let comma = self.comma(0);
                        let office = self.office();
                        self.hang(office, name, "appos");
                        self.hang(comma, office, "punct");
                        name
                    }
                    _ => self.person(),
                };
                self.hang(subject, says, "nsubj");
                says
            }
            1 => {
                let subject = self.person_and_office();
                let verb = self.pick(&self.lexicon.says);
                self.verb(verb, Form::Past, Some((subject, false)))
            }
            _ => {
                let says = self.saying();
                if self.rng.below(4) == 0 {
                    let rest = self.one_of(&["in a_d statement", "in $P", "after the_d talks_s", "during a_d visit"]);
                    self.complement(rest, says, None);
                }
                says
            }
        }
    }

    /// "The ministry said it would close the border", "Ali said they had left."
    pub(super) fn said_they_would(&mut self) {
        let says = self.saying();
        if self.rng.below(4) == 0 {
            let rest = self.one_of(&["in a_d statement", "on television", "in $P"]);
            self.complement(rest, says, None);
        }
        let that = (self.rng.below(3) == 0).then(|| self.push("that", "that", Upos::Sconj, "IN", 0, "mark"));
        let subject = if self.rng.below(2) == 0 {
            let (pronoun, plural) = [("he", false), ("it", false), ("they", true)][self.rng.below(3)];
            (self.push(pronoun, pronoun, Upos::Pron, "PRP", 0, "root"), plural)
        } else {
            self.actor()
        };
        let content = self.helped(subject);
        if let Some(that) = that {
            self.hang(that, content, "mark");
        }
        self.hang(content, says, "ccomp");
        self.root(says);
    }

    /// "would close", "had closed", "was closing" with the subject that stands before; the number of the verb.
    pub(super) fn helped(&mut self, subject: (usize, bool)) -> usize {
        let (word, lemma, tag, form) = match self.rng.below(7) {
            0 | 1 => ("would", "would", "MD", Form::Bare),
            6 => ("may", "may", "MD", Form::Bare),
            2 => ("will", "will", "MD", Form::Bare),
            3 | 4 => ("had", "have", "VBD", Form::Participle),
            _ if subject.1 => ("were", "be", "VBD", Form::Gerund),
            _ => ("was", "be", "VBD", Form::Gerund),
        };
        let helper = self.push(word, lemma, Upos::Aux, tag, 0, "aux");
        let not = (self.rng.below(6) == 0).then(|| self.push("not", "not", Upos::Part, "RB", 0, "advmod"));
        let verb = self.rest(form, Some(subject));
        self.hang(helper, verb, "aux");
        if let Some(not) = not {
            self.hang(not, verb, "advmod");
        }
        verb
    }

    /// A verb of saying with its subject; the number of the verb.
    pub(super) fn saying(&mut self) -> usize {
        let subject = self.actor();
        let verb = self.pick(&self.lexicon.says);
        self.verb(verb, Form::Past, Some(subject))
    }

    /// "“…,” Keita notes": the present tense, whose verbs are plural nouns too.
    fn notes(&mut self) -> usize {
        let subject = match self.rng.below(5) {
            0 => self.bare_name(),
            1 => self.titled(),
            2 => self.office(),
            _ => {
                let (_, family) = self.lexicon.names.people(self.rng);
                self.name(family)
            }
        };
        let verb =
            simple(self.one_of(&["note", "say", "warn", "claim", "report", "add", "remark", "comment", "state"]));
        self.verb(&verb, Form::Present, Some((subject, false)))
    }

    /// "“…,” the minister said."
    pub(super) fn quoted(&mut self) {
        let (open, close) = [("\"", "\""), ("“", "”")][self.rng.below(2)];
        let first = self.push(open, open, Upos::Punct, "``", 0, "punct");
        let pronoun = ["we", "they", "he", "it"][self.rng.below(4)];
        let subject = self.push(pronoun, pronoun, Upos::Pron, "PRP", 0, "root");
        let content = self.rest(Form::Perfect, Some((subject, matches!(pronoun, "we" | "they"))));
        self.comma(content);
        self.push(close, close, Upos::Punct, "''", content, "punct");
        self.hang(first, content, "punct");
        if self.rng.below(4) == 0 {
            let says = self.notes();
            self.hang(content, says, "ccomp");
            return self.root(says);
        }
        let says = self.cue();
        self.hang(content, says, "ccomp");
        self.maybe_when(says);
        self.root(says);
    }

    /// "…, according to the army."
    pub(super) fn according_to(&mut self) {
        let main = self.clause(Form::Past, None);
        let comma = self.comma(0);
        let according = self.push("according", "accord", Upos::Verb, "VBG", 0, "case");
        self.push("to", "to", Upos::Adp, "IN", according, "fixed");
        let source = self.party();
        self.hang(according, source, "case");
        self.hang(source, main, "obl");
        self.hang(comma, source, "punct");
        self.root(main);
    }

    pub(super) fn said_after(&mut self) {
        let content = self.clause(Form::Past, None);
        self.comma(content);
        let says = self.cue();
        self.hang(content, says, "ccomp");
        self.maybe_when(says);
        self.root(says);
    }

    pub(super) fn said_before(&mut self) {
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

    /// "Russia urged Kyiv to …"
    pub(super) fn told_to(&mut self) {
        let subject = self.actor();
        let verb = self.pick(&self.lexicon.told);
        let verb = self.verb(verb, Form::Past, Some(subject));
        let object = self.party();
        self.hang(object, verb, "obj");
        self.infinitive(verb);
        self.root(verb);
    }

    pub(super) fn going_to(&mut self) {
        self.headline = self.rng.below(2) == 0;
        let form = if self.headline { Form::Present } else { Form::Past };
        let subject = self.actor();
        let verb = self.pick(&self.lexicon.to);
        let verb = self.verb(verb, form, Some(subject));
        self.infinitive(verb);
        self.root(verb);
    }
}
