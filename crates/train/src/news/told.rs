//! What somebody was told and what evidence shows: clauses below a passive and below a noun's participle.

use demarche_core::Upos;

use super::{
    Maker,
    verbs::{Form, simple},
};

/// What is known, and how it tells of something.
const EVIDENCE: &[&str] = &[
    "intelligence",
    "evidence",
    "information",
    "a_d report",
    "reports_s",
    "satellite images_s",
    "documents_s",
    "signs_s",
    "data",
    "a_d statement",
    "videos_s",
    "a_d letter",
];

impl Maker<'_, '_> {
    /// "Oman was told by Iran that …", "Mali has been warned that …".
    pub(super) fn was_told(&mut self) {
        let subject = self.actor();
        let helpers: &[(&str, &str, &str)] = match self.rng.below(4) {
            0 => &[("had", "VBD", "aux"), ("been", "VBN", "aux:pass")],
            1 if subject.1 => &[("have", "VBP", "aux"), ("been", "VBN", "aux:pass")],
            1 => &[("has", "VBZ", "aux"), ("been", "VBN", "aux:pass")],
            _ if subject.1 => &[("were", "VBD", "aux:pass")],
            _ => &[("was", "VBD", "aux:pass")],
        };
        let helpers: Vec<(usize, &str)> = helpers
            .iter()
            .map(|&(word, tag, relation)| {
                let lemma = if relation == "aux" { "have" } else { "be" };
                (self.push(word, lemma, Upos::Aux, tag, 0, relation), relation)
            })
            .collect();
        let verb = simple(self.one_of(&["tell told told", "inform", "warn", "assure", "remind", "notify"]));
        let told = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", 0, "root");
        for (helper, relation) in helpers {
            self.hang(helper, told, relation);
        }
        self.hang(subject.0, told, "nsubj:pass");
        if self.rng.below(3) > 0 {
            self.by(told, None);
        }
        self.that_clause(told, true);
        self.root(told);
    }

    /// "Seoul has intelligence suggesting the army may …", "evidence that shows Mali had …".
    pub(super) fn suggesting(&mut self) {
        let subject = self.actor();
        let verb = simple(self.one_of(&["have had had", "see saw seen", "receive", "release", "publish", "cite"]));
        let form = [Form::Past, Form::Present][self.rng.below(2)];
        let root = self.verb(&verb, form, Some(subject));
        let what = self.one_of(EVIDENCE);
        let evidence = self.phrase(what);
        self.hang(evidence, root, "obj");
        let tells = simple(self.one_of(&["suggest", "show", "indicate", "say", "prove", "claim", "warn"]));
        let tells = if self.rng.below(3) > 0 {
            let tells = self.verb(&tells, Form::Gerund, None);
            self.hang(tells, evidence, "acl");
            tells
        } else {
            let that = self.push("that", "that", Upos::Pron, "WDT", 0, "nsubj");
            let tells = self.verb(&tells, Form::Present, Some((that, what.ends_with("_s"))));
            self.hang(tells, evidence, "acl:relcl");
            tells
        };
        let that = self.rng.below(2) == 0;
        self.that_clause(tells, that);
        self.root(root);
    }

    /// A clause that a verb takes, with "that" or without.
    fn that_clause(&mut self, above: usize, that: bool) {
        let that = that.then(|| self.push("that", "that", Upos::Sconj, "IN", 0, "mark"));
        let content = if self.rng.below(2) == 0 {
            let subject = self.actor();
            self.helped(subject)
        } else {
            self.clause(Form::Past, None)
        };
        if let Some(that) = that {
            self.hang(that, content, "mark");
        }
        self.hang(content, above, "ccomp");
    }
}
