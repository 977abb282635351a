//! A clause: subject, verb, what the verb takes, when it was.

use demarche_core::Upos;

use super::{
    Maker,
    verbs::{Form, Verb, gerund, third},
};

impl<'l> Maker<'_, 'l> {
    /// Subject, verb and what follows; the number of the verb.
    pub(super) fn clause(&mut self, form: Form, subject: Option<(usize, bool)>) -> usize {
        let silent = matches!(form, Form::Bare | Form::Gerund);
        let subject = subject.or_else(|| (!silent).then(|| self.actor()));
        self.rest(form, subject)
    }

    pub(super) fn rest(&mut self, form: Form, subject: Option<(usize, bool)>) -> usize {
        let transitive = self.rng.below(4) > 0;
        let verb = self.pick(if transitive { &self.lexicon.verbs } else { &self.lexicon.plain });
        self.deed(verb, form, subject)
    }

    /// A verb with what it takes; its number.
    pub(super) fn deed(&mut self, verb: &'l Verb, form: Form, subject: Option<(usize, bool)>) -> usize {
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
            if let Some(particle) = spec.strip_suffix("_r") {
                self.push(particle, particle, Upos::Adp, "RP", number, "compound:prt");
            } else {
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
    pub(super) fn verb(&mut self, verb: &Verb, form: Form, subject: Option<(usize, bool)>) -> usize {
        let plural = subject.is_some_and(|(_, plural)| plural);
        let mut has = None;
        if form == Form::Perfect {
            let (word, tag) = if plural { ("have", "VBP") } else { ("has", "VBZ") };
            has = Some(self.push(word, "have", Upos::Aux, tag, 0, "aux"));
        }
        let (word, tag) = match form {
            Form::Past => (verb.past.clone(), "VBD"),
            Form::Perfect | Form::Participle => (verb.participle.clone(), "VBN"),
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

    /// "on Monday", "late on Monday", "on Monday night", "on 3 May", "overnight", "last week", or nothing.
    pub(super) fn maybe_when(&mut self, verb: usize) {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let day = days[self.rng.below(7)];
        match self.rng.below(12) {
            0..=2 => {
                self.on_day(day, verb);
            }
            3 => {
                let adverb = ["late", "early"][self.rng.below(2)];
                let adverb = self.push(adverb, adverb, Upos::Adv, "RB", verb, "advmod");
                let day = self.on_day(day, verb);
                self.hang(adverb, day, "advmod");
            }
            4 => {
                let on = self.push("on", "on", Upos::Adp, "IN", 0, "case");
                let day = self.push(day, day, Upos::Propn, "NNP", 0, "compound");
                let part = ["night", "morning", "evening", "afternoon"][self.rng.below(4)];
                let part = self.push(part, part, Upos::Noun, "NN", verb, "obl");
                self.hang(day, part, "compound");
                self.hang(on, part, "case");
            }
            5 => {
                let months = ["January", "March", "April", "May", "June", "August", "October", "December"];
                let month = months[self.rng.below(8)];
                let number = (1 + self.rng.below(30)).to_string();
                let on = self.push("on", "on", Upos::Adp, "IN", 0, "case");
                // "3 May" and "May 3": the month is the head of both.
                let british = self.rng.below(2) == 0;
                let before = british.then(|| self.push(&number, &number, Upos::Num, "CD", 0, "nummod"));
                let month = self.push(month, month, Upos::Propn, "NNP", verb, "obl");
                let number = before.unwrap_or_else(|| self.push(&number, &number, Upos::Num, "CD", month, "nummod"));
                self.hang(number, month, "nummod");
                self.hang(on, month, "case");
            }
            6 => {
                self.push("overnight", "overnight", Upos::Adv, "RB", verb, "advmod");
            }
            7 => {
                let last = self.push("last", "last", Upos::Adj, "JJ", 0, "amod");
                let noun = ["week", "month", "year", "night"][self.rng.below(4)];
                let noun = self.push(noun, noun, Upos::Noun, "NN", verb, "obl:unmarked");
                self.hang(last, noun, "amod");
            }
            _ => {}
        }
    }

    /// "on Monday" below the verb; the number of the day.
    fn on_day(&mut self, day: &str, verb: usize) -> usize {
        let on = self.push("on", "on", Upos::Adp, "IN", 0, "case");
        let day = self.push(day, day, Upos::Propn, "NNP", verb, "obl");
        self.hang(on, day, "case");
        day
    }

    /// "… imposed by Mali": a passive participle that hangs from a noun.
    pub(super) fn reduced(&mut self, noun: usize) {
        let verb = self.pick(&self.lexicon.verbs);
        let participle = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", noun, "acl");
        match self.rng.below(3) {
            0 => self.complement("in $P", participle, None),
            1 => self.complement("near $P", participle, None),
            _ => {
                self.by(participle, None);
            }
        }
    }

    pub(super) fn infinitive(&mut self, above: usize) {
        let to = self.push("to", "to", Upos::Part, "TO", 0, "mark");
        let below = self.clause(Form::Bare, None);
        self.hang(to, below, "mark");
        self.hang(below, above, "xcomp");
    }

    /// "by Mali", or by the phrase given, below a passive.
    pub(super) fn by(&mut self, passive: usize, agent: Option<&str>) {
        let by = self.push("by", "by", Upos::Adp, "IN", 0, "case");
        let agent = match agent {
            Some(phrase) => self.phrase(phrase),
            None => self.party(),
        };
        self.hang(agent, passive, "obl:agent");
        self.hang(by, agent, "case");
    }
}
