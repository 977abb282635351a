//! Sentences of one clause: active, passive, with a helper, with a day in front.

use demarche_core::Upos;

use super::{
    Maker,
    verbs::{Form, simple},
};

impl Maker<'_, '_> {
    pub(super) fn passive(&mut self) {
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
            self.by(number, None);
        }
        self.maybe_when(number);
        self.root(number);
    }

    /// "Ghana gave Togo weapons."
    pub(super) fn given(&mut self) {
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
        let receiver = self.party();
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
    pub(super) fn is_such(&mut self) {
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
    pub(super) fn event(&mut self) {
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

    pub(super) fn did_not(&mut self) {
        let subject = self.actor();
        let did = self.push("did", "do", Upos::Aux, "VBD", 0, "aux");
        let not = self.push("not", "not", Upos::Part, "RB", 0, "advmod");
        let verb = self.rest(Form::Bare, Some(subject));
        self.hang(did, verb, "aux");
        self.hang(not, verb, "advmod");
        self.root(verb);
    }

    pub(super) fn will(&mut self) {
        let subject = self.actor();
        if self.rng.below(5) == 0 {
            return self.is_to(subject);
        }
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

    /// "Chad is to send troops": the treebanks take this "is" for an auxiliary.
    fn is_to(&mut self, subject: (usize, bool)) {
        let (word, tag) = match (self.rng.below(3), subject.1) {
            (0, true) => ("were", "VBD"),
            (0, false) => ("was", "VBD"),
            (_, true) => ("are", "VBP"),
            (_, false) => ("is", "VBZ"),
        };
        let be = self.push(word, "be", Upos::Aux, tag, 0, "aux");
        let not = (self.rng.below(8) == 0).then(|| self.push("not", "not", Upos::Part, "RB", 0, "advmod"));
        let to = self.push("to", "to", Upos::Part, "TO", 0, "mark");
        let verb = self.rest(Form::Bare, Some(subject));
        self.hang(be, verb, "aux");
        self.hang(to, verb, "mark");
        if let Some(not) = not {
            self.hang(not, verb, "advmod");
        }
        self.maybe_when(verb);
        self.root(verb);
    }

    /// "On Monday, Mali …"
    pub(super) fn when_first(&mut self) {
        let on = self.push("on", "on", Upos::Adp, "IN", 0, "case");
        let day = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"][self.rng.below(5)];
        let day = self.push(day, day, Upos::Propn, "NNP", 0, "obl");
        self.hang(on, day, "case");
        let comma = (self.rng.below(2) == 0).then(|| self.comma(0));
        let verb = self.clause(Form::Past, None);
        self.hang(day, verb, "obl");
        if let Some(comma) = comma {
            self.hang(comma, day, "punct");
        }
        self.root(verb);
    }

    /// "Qatar's emir, Tamim, phoned …", "Keita, an envoy for Chad, said …"
    pub(super) fn apposed(&mut self) {
        let subject = self.person_and_office();
        let verb = self.rest(Form::Past, Some((subject, false)));
        self.maybe_when(verb);
        self.root(verb);
    }
}
