//! What reports open with: fighting that erupts, blasts that rock a town, two who trade fire, deeds in a row.

use demarche_core::Upos;

use super::{Maker, verbs::Form};

impl Maker<'_, '_> {
    /// "Heavy fighting erupted in Gao on Friday", "Clashes between Chad and Niger broke out".
    pub(super) fn flared(&mut self) {
        self.headline = self.rng.below(4) == 0;
        let what = self.pick(&self.lexicon.unrest);
        let described = !what.contains("_d") && self.rng.below(3) == 0;
        let how = described.then(|| {
            let how = self.pick(&self.lexicon.how);
            self.push(how, how, Upos::Adj, "JJ", 0, "amod")
        });
        let subject = self.phrase(what);
        if let Some(how) = how {
            self.hang(how, subject, "amod");
        }
        if self.rng.below(6) == 0 {
            self.between(subject);
        }
        let form = match (self.headline, self.rng.below(5)) {
            (true, _) => Form::Present,
            (_, 0) => Form::Perfect,
            _ => Form::Past,
        };
        let verb = self.pick(&self.lexicon.flares);
        let root = self.deed(verb, form, Some((subject, what.ends_with("_s"))));
        match self.rng.below(6) {
            0 => {
                let mark = self.one_of(&["after", "as", "when", "before", "while"]);
                let mark = self.push(mark, mark, Upos::Sconj, "IN", 0, "mark");
                let below = self.clause(if self.headline { Form::Present } else { Form::Past }, None);
                self.hang(mark, below, "mark");
                self.hang(below, root, "advcl");
            }
            _ if self.headline => {}
            _ => self.maybe_when(root),
        }
        self.root(root);
    }

    /// "Bomb tears through market in Gao", "A missile slammed into a bus".
    pub(super) fn blow(&mut self) {
        self.headline = self.rng.below(2) == 0;
        let what = self.pick(&self.lexicon.blow);
        let subject = self.phrase(what);
        if self.rng.below(5) == 0 {
            self.reduced(subject);
        }
        // Headlines tell the past in the past too: "Bomb tore through market".
        let form = if self.headline && self.rng.below(4) > 0 { Form::Present } else { Form::Past };
        let verb = self.pick(&self.lexicon.blows);
        let root = self.deed(verb, form, Some((subject, what.ends_with("_s"))));
        if !self.headline {
            self.maybe_when(root);
        }
        self.root(root);
    }

    /// "Iran strikes Israel", "Rebels raid camp": a headline whose verb is a plural noun too.
    pub(super) fn curt(&mut self) {
        self.headline = true;
        let subject = match self.rng.below(8) {
            0..=3 => (self.country(), false),
            4 => (self.bare_name(), false),
            _ => self.actor(),
        };
        let verb = self.pick(&self.lexicon.curt);
        let root = self.deed(verb, Form::Present, Some(subject));
        match self.rng.below(8) {
            0 => {
                let comma = self.comma(0);
                let verb = self.pick(&self.lexicon.curt);
                let second = self.deed(verb, Form::Present, Some(subject));
                self.hang(subject.0, root, "nsubj");
                self.hang(second, root, "conj");
                self.hang(comma, second, "punct");
            }
            1 => {
                let mark = self.one_of(&["as", "after"]);
                let mark = self.push(mark, mark, Upos::Sconj, "IN", 0, "mark");
                let below = self.clause(Form::Present, None);
                self.hang(mark, below, "mark");
                self.hang(below, root, "advcl");
            }
            _ => {}
        }
        self.root(root);
    }

    /// "Chad and Niger traded fire", "Fiji and Tonga blamed each other".
    pub(super) fn together(&mut self) {
        self.headline = self.rng.below(4) == 0;
        let one = if self.rng.below(4) == 0 { self.party() } else { self.country() };
        let (between, relation) = if self.headline && self.rng.below(2) == 0 {
            (self.comma(0), "punct")
        } else {
            (self.push("and", "and", Upos::Cconj, "CC", 0, "cc"), "cc")
        };
        let other = if self.rng.below(4) == 0 { self.party() } else { self.country() };
        self.hang(other, one, "conj");
        self.hang(between, other, relation);
        let form = if self.headline { Form::Present } else { Form::Past };
        let root = if self.rng.below(5) == 0 {
            let verb = self.pick(&self.lexicon.each_other);
            let root = self.verb(verb, form, Some((one, true)));
            let each = self.push("each", "each", Upos::Det, "DT", root, "obj");
            self.push("other", "other", Upos::Adj, "JJ", each, "fixed");
            let rest = self.one_of(&["of aggression", "for the_d attack", "over the_d border", "-"]);
            self.complement(rest, root, None);
            root
        } else {
            let verb = self.pick(&self.lexicon.together);
            self.deed(verb, form, Some((one, true)))
        };
        if !self.headline {
            self.maybe_when(root);
        }
        self.root(root);
    }

    /// "Poland closed the border, sent troops and summoned the envoy."
    pub(super) fn three_deeds(&mut self) {
        self.headline = self.rng.below(5) == 0;
        let form = if self.headline { Form::Present } else { Form::Past };
        let subject = self.actor();
        let first = self.rest(form, Some(subject));
        let comma = self.comma(0);
        let second = self.rest(form, Some(subject));
        self.hang(comma, second, "punct");
        let last = (self.rng.below(3) == 0).then(|| self.comma(0));
        let and = self.push("and", "and", Upos::Cconj, "CC", 0, "cc");
        let third = self.rest(form, Some(subject));
        self.hang(second, first, "conj");
        self.hang(third, first, "conj");
        self.hang(subject.0, first, "nsubj");
        self.hang(and, third, "cc");
        if let Some(last) = last {
            self.hang(last, third, "punct");
        }
        self.root(first);
    }

    /// "Mali shut its border, citing threats", "…, killing nine people".
    pub(super) fn citing(&mut self) {
        let main = self.clause(Form::Past, None);
        self.maybe_when(main);
        let comma = self.comma(0);
        let verb = self.pick(&self.lexicon.citing);
        let participle = self.deed(verb, Form::Gerund, None);
        self.hang(participle, main, "advcl");
        self.hang(comma, participle, "punct");
        self.root(main);
    }

    /// "Fighters backed by Chad captured a town", "The army, backed by jets, advanced".
    pub(super) fn helped_by(&mut self) {
        let noun = self.pick(&self.lexicon.helped);
        let subject = self.phrase(noun);
        let comma = (self.rng.below(3) == 0).then(|| self.comma(0));
        let verb = self.pick(&self.lexicon.helps);
        let participle = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", subject, "acl");
        let rest = self.pick(&verb.complements);
        match rest.strip_prefix("by ") {
            Some(agent) => self.by(participle, Some(agent)),
            None => self.complement(rest, participle, None),
        }
        if let Some(comma) = comma {
            self.hang(comma, participle, "punct");
            self.comma(participle);
        }
        let main = self.rest(Form::Past, Some((subject, noun.ends_with("_s"))));
        self.maybe_when(main);
        self.root(main);
    }
}
