//! Whose people are whom the words do not tell: a person named for the first time, a crowd; and whose they cannot be.

use super::{
    account::is_where,
    stage::{Stage, scene_of},
    words::WORDS,
};
use crate::{
    code::{
        lists::{LISTS, holds},
        memory::Mention,
    },
    labels::{Relation as R, Upos},
    span::Span,
    world::{
        Code, Sectors,
        actors::{Named, Sort, Who, Why},
    },
};

impl Stage<'_, '_> {
    /// Whose a person is whom nobody but the tagger knows: of the office told of last without its holder's name. "It asked
    /// its ambassador to protest. **Jane Doe** said that"
    pub(super) fn introduced(&self, sentence: usize, token: usize, who: &Who) -> Option<Who> {
        let Named::Words(name) = who.named else { return None };
        let tree = &self.scenes[sentence].tree;
        let acts = matches!(tree.relation(token), R::Nsubj | R::NsubjPass);
        if who.sort != Sort::Person || who.country.is_some() || !name.of(self.text).contains(' ') || !acts {
            return None;
        }
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let mut recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= 2);
        let fits = |m: &&Mention| {
            let [other] = m.whos.as_slice() else { return false };
            let pronoun = scene_of(self.scenes, m.sentence).sentence.tokens[m.token].upos == Upos::Pron;
            let sexes = other.sex.is_none() || who.sex.is_none() || other.sex == who.sex;
            let open = other.sort == Sort::Person && other.named == Named::No && !other.plural && !m.plural;
            open && sexes && !pronoun && m.role != 0 && other.country.is_some() && m.sentence < sentence
        };
        let other = recent.find(fits)?.whos[0];
        let sectors = if who.sectors.is_empty() { other.sectors } else { who.sectors };
        Some(Who { country: other.country, sectors, why: Why::Antecedent(other.span), ..*who })
    }

    /// "Nine people died and **four others** were hurt": people, of whom only the number is told.
    pub(super) fn counted_others(&self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let number = |c: usize| scene.tree.relation(c) == R::Nummod;
        if form != "others" || !scene.tree.children(token).any(number) {
            return None;
        }
        let span = self.phrase(sentence).span(token);
        let (named, sectors, why) = (Named::No, Sectors::one("CVL"), Why::Described(None));
        Some(vec![Who { span, named, country: None, sectors, sort: Sort::People, plural: true, sex: None, why }])
    }

    /// Whose a crowd is that acts: of the place that opens the sentence, else the crowd that was told of last.
    pub(super) fn crowd(&self, sentence: usize, token: usize) -> Option<(Code, Span)> {
        let scene = scene_of(self.scenes, sentence);
        let tree = &scene.tree;
        // "thousands of people rallied"
        let mut top = token;
        while tree.relation(top) == R::Nmod
            && let Some(head) = tree
                .head(top)
                .filter(|&head| holds(&LISTS.amounts, tree.lemma(head)) || tree.lemma(head).ends_with('s'))
        {
            top = head;
        }
        let verb = tree.head(top).filter(|_| matches!(tree.relation(top), R::Nsubj | R::NsubjPass))?;
        let place = |&c: &usize| c < top && is_where(tree, c);
        let here = tree.children(verb).find(place).and_then(|c| Some((self.country_named(sentence, c)?, c)));
        if let Some((country, at)) = here.filter(|&(country, _)| self.world.is_state(country)) {
            return Some((country, scene.sentence.tokens[at].span));
        }
        let counted = tree.children(token).any(|c| matches!(tree.relation(c), R::Nummod | R::Amod));
        if counted || top != token {
            return None;
        }
        let marching = |word: &str| {
            matches!(
                word,
                "protesters"
                    | "demonstrators"
                    | "marchers"
                    | "rioters"
                    | "crowd"
                    | "crowds"
                    | "mob"
                    | "people"
                    | "supporters"
            )
        };
        if !marching(&scene.form(token).to_lowercase()) || scene.is(token, &["people"]) {
            return None;
        }
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let mut recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= 2);
        recent.find_map(|m| {
            let [who] = m.whos.as_slice() else { return None };
            let word = scene_of(self.scenes, m.sentence).form(m.token).to_lowercase();
            let country = who.country.filter(|_| who.sort == Sort::People && marching(&word))?;
            Some((country, who.span))
        })
    }

    /// The countries that the verb of this subject deals with by name: "the ministry broke off contacts **with Ankara**".
    pub(super) fn dealt_with(&self, sentence: usize, token: usize) -> Vec<Code> {
        let scene = scene_of(self.scenes, sentence);
        let tree = &scene.tree;
        let Some(verb) = tree.head(token).filter(|_| tree.relation(token) == R::Nsubj) else { return vec![] };
        let place = |at: usize| {
            let case = tree.child(at, R::Case);
            case.is_some_and(|case| scene.is(case, &["in", "near", "inside", "across", "at", "within", "around", "of"]))
        };
        let mut out = Vec::new();
        for mark in scene.all_names().iter().filter(|mark| mark.first > verb) {
            let mut at = mark.last - 1;
            let mut inside = true;
            while let Some(head) = tree.head(at).filter(|_| at != verb) {
                let clause = matches!(tree.relation(at), R::Ccomp | R::Advcl | R::AclRelcl | R::Parataxis | R::Conj);
                inside &= !clause && !place(at);
                at = head;
            }
            let alias = self.world.names.values(mark.value).next();
            let country = alias.map(|alias| self.world.known[alias.entity as usize].country);
            out.extend(country.filter(|&code| inside && at == verb && self.world.is_state(code)));
        }
        out
    }

    /// The state that speaks or acts against the phrase: the subject of "accused the army of".
    pub(super) fn accused_by(&self, sentence: usize, token: usize) -> Option<Code> {
        let tree = &self.scenes[sentence].tree;
        let verb = tree.head(token).filter(|_| tree.relation(token) == R::Obj)?;
        if !holds(&WORDS.accusing, tree.lemma(verb)) {
            return None;
        }
        let subject = self.subject_near(sentence, token)?;
        let until = self.memory.partition_point(|m| (m.sentence, m.token) <= (sentence, subject));
        let mention = self.memory[..until].iter().rev().find(|m| m.sentence == sentence && m.token == subject)?;
        let [who] = mention.whos.as_slice() else { return None };
        let at_home =
            ["LEG", "OPP", "PTY", "CVL", "SOC", "JUD", "JRN", "ELI"].iter().any(|sector| who.sectors.has(sector));
        who.country.filter(|_| !at_home)
    }

    /// The country of the subject who holds the same office: "President Reagan phoned **President** Galtieri".
    pub(super) fn peer(&self, sentence: usize, token: usize, office: Option<u16>) -> Option<Code> {
        let office = office?;
        let subject = self.subject_near(sentence, token).filter(|&subject| subject != token)?;
        let until = self.memory.partition_point(|m| (m.sentence, m.token) <= (sentence, subject));
        let mention = self.memory[..until].iter().rev().find(|m| m.sentence == sentence && m.token == subject)?;
        let [who] = mention.whos.as_slice() else { return None };
        let Named::Known(person) = who.named else { return None };
        let held = self.world.holding(person, self.day)?.office;
        who.country.filter(|_| held == Some(office))
    }
}
