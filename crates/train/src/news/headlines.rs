//! Headlines: no articles, the present for the past, helpers left out.

use demarche_core::Upos;

use super::{
    Maker,
    verbs::{Form, simple},
};

impl Maker<'_, '_> {
    /// A headline of any kind; its words end without a stop.
    pub(super) fn headline(&mut self) {
        self.headline = true;
        match self.rng.below(8) {
            0 => self.killed_in(),
            1 => self.plans(),
            2 => self.two_deeds(),
            3 => self.source_last(),
            4 => self.two_parties(),
            5 => self.source_first(),
            6 => self.accused_of(),
            _ => {
                let root = self.clause(Form::Present, None);
                self.root(root);
            }
        }
    }

    /// "Nine soldiers killed in attack on Gao".
    fn killed_in(&mut self) {
        let who = ["$n people_s", "two_n soldiers_s", "$D commander", "opposition leader", "dozens_s", "aid workers_s"];
        let who = self.one_of(&who);
        let subject = self.phrase(who);
        let verb =
            self.one_of(&["kill", "wound", "arrest", "detain", "displace", "rescue", "abduct", "shoot shot shot"]);
        let verb = simple(verb);
        let root = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", 0, "root");
        self.hang(subject, root, "nsubj:pass");
        // The place belongs to the deed where there is one: "in attack on Gao".
        match [
            ("in", "attack", "+on $P"),
            ("", "", "in $P"),
            ("", "", "near $P"),
            ("by", "$D forces_s", ""),
            ("in", "air strike", "-"),
            ("after", "clashes_s", "+in $P"),
        ][self.rng.below(6)]
        {
            ("by", agent, _) => self.by(root, Some(agent)),
            ("", _, place) => self.complement(place, root, None),
            (case, deed, place) => {
                let case = self.push(case, case, Upos::Adp, "IN", 0, "case");
                let deed = self.phrase(deed);
                self.hang(deed, root, "obl");
                self.hang(case, deed, "case");
                self.complement(place, root, Some(deed));
            }
        }
        self.root(root);
    }

    /// "Mali to close border with Chad".
    fn plans(&mut self) {
        let subject = self.actor();
        let to = self.push("to", "to", Upos::Part, "TO", 0, "mark");
        let root = self.rest(Form::Bare, None);
        self.hang(to, root, "mark");
        self.hang(subject.0, root, "nsubj");
        self.root(root);
    }

    /// "Army seizes town, arrests mayor".
    fn two_deeds(&mut self) {
        let first = self.clause(Form::Present, None);
        // Its number is that of the first verb.
        let plural = self.words[first - 1].xpos.as_str() == "VBP";
        let comma = self.comma(0);
        let second = self.rest(Form::Present, None);
        if plural {
            let lemma = self.words[second - 1].lemma.clone();
            self.words[second - 1].form = lemma;
            self.words[second - 1].xpos = demarche_core::Xpos::from_name("VBP");
        }
        self.hang(comma, second, "punct");
        self.hang(second, first, "conj");
        self.root(first);
    }

    /// "Rebels capture town, minister says".
    fn source_last(&mut self) {
        let content = self.clause(Form::Present, None);
        self.comma(content);
        let subject = self.actor();
        let verb = self.pick(&self.lexicon.says);
        let says = self.verb(verb, Form::Present, Some(subject));
        self.hang(content, says, "ccomp");
        self.root(says);
    }

    /// "Chad, Mali sign ceasefire".
    fn two_parties(&mut self) {
        let one = self.country();
        let comma = self.comma(0);
        let other = self.country();
        self.hang(other, one, "conj");
        self.hang(comma, other, "punct");
        let root = self.rest(Form::Present, Some((one, true)));
        self.root(root);
    }

    /// "Chad says rebels attacked convoy".
    fn source_first(&mut self) {
        let subject = self.actor();
        let verb = self.pick(&self.lexicon.says);
        let says = self.verb(verb, Form::Present, Some(subject));
        let form = [Form::Past, Form::Present][self.rng.below(2)];
        let content = self.clause(form, None);
        self.hang(content, says, "ccomp");
        self.root(says);
    }

    /// "General accused of backing rebels".
    fn accused_of(&mut self) {
        let subject = self.actor().0;
        let (verb, rests): (_, &[&'static str]) = [
            ("accuse", &["of back_v rebels_s", "of break_v truce", "of spying", "of attack_v convoy"] as &[_]),
            ("charge", &["with treason", "with murder", "over $P protests_s"]),
            ("urge", &["to"]),
            ("expect", &["to"]),
            ("order", &["to"]),
            ("ban!", &["from enter_v $C", "from election"]),
        ][self.rng.below(6)];
        let verb = simple(verb);
        let root = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", 0, "root");
        self.hang(subject, root, "nsubj:pass");
        match self.one_of(rests) {
            "to" => self.infinitive(root),
            rest => self.complement(rest, root, None),
        }
        self.root(root);
    }
}
