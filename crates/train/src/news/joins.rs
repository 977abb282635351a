//! Sentences of several clauses: joined, below one another, relative.

use demarche_core::Upos;

use super::{Maker, verbs::Form};

impl Maker<'_, '_> {
    /// "Peru would retaliate if Chile attacked Lima."
    pub(super) fn if_clause(&mut self) {
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

    /// "… and …", with a subject of its own or without, and with a comma or without.
    pub(super) fn joined(&mut self) {
        let first = self.clause(Form::Past, None);
        let own = self.rng.below(3) == 0;
        let comma = (own || self.rng.below(4) == 0).then(|| self.comma(0));
        let word = ["and", "and", "but"][self.rng.below(3)];
        let and = self.push(word, word, Upos::Cconj, "CC", 0, "cc");
        let second = if own { self.clause(Form::Past, None) } else { self.rest(Form::Past, None) };
        self.hang(second, first, "conj");
        self.hang(and, second, "cc");
        if let Some(comma) = comma {
            self.hang(comma, second, "punct");
        }
        self.maybe_when(second);
        self.root(first);
    }

    pub(super) fn with_clause(&mut self) {
        if self.rng.below(4) == 0 {
            return self.clause_first();
        }
        let main = self.clause(Form::Past, None);
        if self.rng.below(2) == 0 {
            let comma = (self.rng.below(3) == 0).then(|| self.comma(0));
            let mark = ["after", "before", "as", "while", "because", "since"][self.rng.below(6)];
            let mark = self.push(mark, mark, Upos::Sconj, "IN", 0, "mark");
            let below = self.clause(Form::Past, None);
            self.hang(below, main, "advcl");
            self.hang(mark, below, "mark");
            if let Some(comma) = comma {
                self.hang(comma, below, "punct");
            }
        } else {
            let comma = self.comma(0);
            let below = self.clause(Form::Gerund, None);
            self.hang(below, main, "advcl");
            self.hang(comma, below, "punct");
        }
        self.root(main);
    }

    /// "After Mali closed the border, …", "Closing the border, …".
    pub(super) fn clause_first(&mut self) {
        let below = if self.rng.below(3) == 0 {
            self.clause(Form::Gerund, None)
        } else {
            let mark = ["after", "before", "as", "while", "when", "although"][self.rng.below(6)];
            let mark = self.push(mark, mark, Upos::Sconj, "IN", 0, "mark");
            let below = self.clause(Form::Past, None);
            self.hang(mark, below, "mark");
            below
        };
        self.comma(below);
        let main = self.clause(Form::Past, None);
        self.hang(below, main, "advcl");
        self.root(main);
    }

    /// "Mali, which broke the truce, …", "soldiers who fled …", "Keita, who left, …".
    pub(super) fn relative(&mut self) {
        let of_person = self.rng.below(2) == 0;
        let (subject, plural) = match (of_person, self.rng.below(3)) {
            (true, 0) => {
                let noun = ["soldiers_s", "rebels_s", "protesters_s", "officials_s", "gunmen_s"][self.rng.below(5)];
                (self.phrase(noun), true)
            }
            (true, _) => (self.bare_name(), false),
            _ => (self.country(), false),
        };
        let tight = of_person && plural;
        let comma = (!tight).then(|| self.comma(0));
        let (form, tag) = if of_person { ("who", "WP") } else { ("which", "WDT") };
        let which = self.push(form, form, Upos::Pron, tag, 0, "nsubj");
        let inner = self.rest(Form::Past, Some((which, plural)));
        self.hang(inner, subject, "acl:relcl");
        if let Some(comma) = comma {
            self.hang(comma, inner, "punct");
            self.comma(inner);
        }
        let main = self.rest(Form::Past, Some((subject, plural)));
        self.root(main);
    }
}
