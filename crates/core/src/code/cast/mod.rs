//! Cast: who is who within one report. Short names, pronouns, roles taken up again, "both sides".

mod account;
mod both;
mod bystanders;
mod entities;
mod focus;
mod nation;
mod persons;
mod pronouns;
mod stage;
mod things;
mod words;

pub(crate) use self::focus::is_side;
use std::cell::RefCell;

use self::{
    stage::{Slot, Stage},
    words::WORDS,
};
use crate::{
    claim::Party,
    code::{memory::Countries, rivalry::Rivalry},
    day::Day,
    labels::Upos,
    sentence::{Sentence, Token},
    span::Span,
    world::{
        Alias, By, Code, World,
        actors::{Context, Phrase, Who},
        scene::{Mark, Scene},
    },
};

/// True for "mediators", "observers": words for whoever is of neither side.
pub(super) fn is_outsider(word: &str) -> bool {
    crate::code::lists::holds(&WORDS.outsiders, word)
}

/// True for "embassy", "consulate": premises of a state abroad.
pub(super) fn is_embassy(word: &str) -> bool {
    crate::code::lists::holds(&WORDS.embassies, word)
}

/// True for "many countries", "Western governments": states that nobody names.
pub(super) fn is_states(word: &str) -> bool {
    crate::code::lists::holds(&WORDS.states, word)
}

/// True for an armed group that has a land of its own, which is not this one: what it fights there is no war within.
pub(super) fn is_of_another_land(group: &str, land: &str) -> bool {
    WORDS.grounds.get(group).is_some_and(|own| own != land)
}

/// Who every phrase of a report denotes.
pub struct Cast<'a> {
    world: &'a World,
    text: &'a str,
    day: Option<Day>,
    sentences: &'a [Sentence],
    scenes: Vec<Scene<'a>>,
    /// For each sentence and token its parties, coordination left out.
    found: Vec<Vec<Slot>>,
    focus: Vec<Party>,
    from: Option<Code>,
    speakers: Vec<(Span, Vec<Party>)>,
    countries: Countries,
    /// What was told of each token: coding asks for the same ones over and over.
    asked: RefCell<Vec<Vec<Option<Vec<Party>>>>>,
}

impl<'a> Cast<'a> {
    /// Resolves every phrase of a report, headline first. `day` is that of publication, for offices; without it the
    /// latest holder counts.
    pub fn build(text: &'a str, sentences: &'a [Sentence], world: &'a World, day: Option<Day>) -> Self {
        let scenes: Vec<Scene> = sentences.iter().map(|sentence| Scene::new(world, text, sentence)).collect();
        let countries = Countries::read(world, &scenes, day);
        let found = Stage::run(world, text, day, sentences, &scenes, &countries);
        let focus = focus::of(world, text, &countries);
        let (from, speakers) = (countries.dateline(), Vec::new());
        let asked = RefCell::new(blank(sentences));
        Self { world, text, day, sentences, scenes, found, focus, from, speakers, countries, asked }
    }

    /// The parties that the phrase with this head denotes, those coordinated with it included; empty for a phrase that
    /// is none ("the treaty"). Whose such a thing is tells [`Cast::owners`].
    pub fn parties(&self, sentence: usize, token: usize) -> Vec<Party> {
        let told = |asked: &Vec<Vec<Option<Vec<Party>>>>| asked.get(sentence)?.get(token)?.clone();
        if let Some(told) = told(&self.asked.borrow()) {
            return told;
        }
        let found = self.read_parties(sentence, token);
        if let Some(place) = self.asked.borrow_mut().get_mut(sentence).and_then(|row| row.get_mut(token)) {
            *place = Some(found.clone());
        }
        found
    }

    fn read_parties(&self, sentence: usize, token: usize) -> Vec<Party> {
        let Some(scene) = self.scenes.get(sentence) else { return vec![] };
        let usable = |t: &Token| {
            matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num | Upos::Det | Upos::X)
        };
        if !scene.sentence.tokens.get(token).is_some_and(usable) {
            return vec![];
        }
        if let Some(said) = self.speaking(sentence, token) {
            return said;
        }
        let phrase = Phrase { world: self.world, scene, day: self.day };
        let heads = std::iter::once(token).chain(phrase.conjuncts(token));
        let whos = heads.flat_map(|head| self.whos(sentence, head));
        let mut out: Vec<Party> = Vec::new();
        for who in whos {
            let party = who.party(self.world, self.text);
            if !out.iter().any(|p| p.country == party.country && p.name == party.name && p.span == party.span) {
                out.push(party);
            }
        }
        out
    }

    /// Whose the thing of this phrase is: "India's provocations", "a Supreme Court decision", "the strike by Israel".
    pub fn owners(&self, sentence: usize, token: usize) -> Vec<Party> {
        let Some(scene) = self.scenes.get(sentence) else { return vec![] };
        if token >= scene.sentence.tokens.len() {
            return vec![];
        }
        let phrase = Phrase { world: self.world, scene, day: self.day };
        let owners = phrase.owners(token, &mut Settled { cast: self, sentence });
        owners.iter().map(|who| who.party(self.world, self.text)).collect()
    }

    /// The words at a span of the report.
    pub fn words(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// True for "it", "them", "his": a pronoun that takes up a phrase before it.
    pub fn is_pronoun(&self, party: &Party) -> bool {
        let at = self.sentences.partition_point(|sentence| sentence.span.end <= party.span.start);
        let tokens = self.sentences.get(at).map_or(&[][..], |sentence| &sentence.tokens);
        let token = tokens.get(tokens.partition_point(|token| token.span.start < party.span.start));
        let pronoun = token.is_some_and(|token| token.span == party.span && token.upos == Upos::Pron);
        pronoun && party.why.starts_with("takes up")
    }

    /// True for a state as a whole: "Kenya", "Nairobi", "the Kenyan government".
    pub fn is_state(&self, party: &Party) -> bool {
        let code = party.country.as_deref().and_then(|code| self.world.find_code(code));
        let state =
            code.and_then(|code| self.world.state(code)).map(|state| self.world.known[state as usize].name.to_string());
        state.is_some() && state == party.name
    }

    /// True for a party of an armed group.
    pub fn is_group(&self, party: &Party) -> bool {
        party
            .country
            .as_deref()
            .and_then(|code| self.world.find_code(code))
            .is_some_and(|code| self.world.is_armed(code))
    }

    /// True for a party of a state, false for one of an organisation or of nobody known.
    pub fn has_state(&self, party: &Party) -> bool {
        let code = party.country.as_deref().and_then(|code| self.world.find_code(code));
        code.is_some_and(|code| self.world.is_state(code))
    }

    /// True for a party that is neither a state nor an armed group: "the UN Security Council".
    pub fn is_organization(&self, party: &Party) -> bool {
        let code = party.country.as_deref().and_then(|code| self.world.find_code(code));
        code.is_some_and(|code| !focus::is_side(self.world, code))
    }

    /// The parties of the crisis that the report is about: the country where one alone is concerned, or the two that it
    /// sets side by side.
    pub fn focus(&self) -> &[Party] {
        &self.focus
    }

    /// Resolves every phrase anew where the report is of other parties than was thought, as its claims tell who stands
    /// against whom; false where it is not. Who speaks is to be told again.
    pub(crate) fn refocus(&mut self, rivalry: Rivalry) -> bool {
        // A war within a state is told of by what its rebels are called.
        if self.focus.iter().any(|side| !self.has_state(side)) {
            return false;
        }
        self.countries.knowing(rivalry);
        let focus = focus::of(self.world, self.text, &self.countries);
        let code = |party: &Party| party.country.clone();
        if focus.iter().map(code).eq(self.focus.iter().map(code)) {
            return false;
        }
        self.speakers.clear();
        self.asked = RefCell::new(blank(self.sentences));
        self.found = Stage::run(self.world, self.text, self.day, self.sentences, &self.scenes, &self.countries);
        self.focus = focus;
        true
    }

    /// True for a party of the crisis, and for the country that the report comes from.
    pub fn at_home(&self, country: &str) -> bool {
        self.focus_holds(country) || self.from.is_some_and(|code| self.world.code(code) == country)
    }

    /// True for a country that the report names, and where it names none at all.
    pub fn names(&self, country: &str) -> bool {
        let code = self.world.find_code(country);
        self.countries.most(|code| self.world.is_state(code)).is_none()
            || code.is_some_and(|code| self.countries.count(code) > 0)
    }

    /// The country that the report is datelined from, where that is one of the crisis.
    pub fn told_from(&self) -> Option<&str> {
        self.from.map(|code| self.world.code(code)).filter(|code| self.focus_holds(code))
    }

    /// Whom a party stands against more than against anybody else, as the report's own claims tell.
    pub fn opponent(&self, country: &str) -> Option<&str> {
        let code = self.world.find_code(country)?;
        self.countries.opponent(code).map(|code| self.world.code(code))
    }

    /// True for the country of a party of the crisis.
    pub fn focus_holds(&self, country: &str) -> bool {
        self.focus.iter().any(|side| side.country.as_deref() == Some(country))
    }

    /// Tells that words are a speaker's own, so that "I", "we" and "our" in them are resolved.
    pub fn speaks(&mut self, content: Span, speakers: &[Party]) {
        self.speakers.push((content, speakers.to_vec()));
        // Who "I" and "we" are is another matter then.
        let held = |sentence: &Sentence| sentence.span.touches(content);
        for (row, _) in self.asked.get_mut().iter_mut().zip(self.sentences).filter(|(_, sentence)| held(sentence)) {
            row.fill(None);
        }
    }

    fn whos(&self, sentence: usize, token: usize) -> Vec<Who> {
        if let Slot::Done(whos) = &self.found[sentence][token] {
            return whos.clone();
        }
        let phrase = Phrase { world: self.world, scene: &self.scenes[sentence], day: self.day };
        phrase.read(token, &mut Settled { cast: self, sentence })
    }

    fn speaking(&self, sentence: usize, token: usize) -> Option<Vec<Party>> {
        let scene = &self.scenes[sentence];
        let t = &scene.sentence.tokens[token];
        if t.upos != Upos::Pron || !WORDS.first_person.iter().any(|word| scene.is(token, &[word.as_str()])) {
            return None;
        }
        // The innermost content: the shortest.
        let holding = self.speakers.iter().filter(|(content, _)| content.holds(t.span));
        let (_, speakers) = holding.min_by_key(|(content, _)| content.len())?;
        Some(
            speakers
                .iter()
                .map(|p| Party { span: t.span, why: "speaker of the words".to_owned(), ..p.clone() })
                .collect(),
        )
    }
}

/// Nothing told yet of any token.
fn blank(sentences: &[Sentence]) -> Vec<Vec<Option<Vec<Party>>>> {
    sentences.iter().map(|sentence| vec![None; sentence.tokens.len()]).collect()
}

/// Reads settled phrases only: for owners asked after building.
struct Settled<'c, 'a> {
    cast: &'c Cast<'a>,
    sentence: usize,
}

impl Context for Settled<'_, '_> {
    fn nested(&mut self, head: usize) -> Vec<Who> {
        let scene = &self.cast.scenes[self.sentence];
        let phrase = Phrase { world: self.cast.world, scene, day: self.cast.day };
        let heads = std::iter::once(head).chain(phrase.conjuncts(head));
        heads.flat_map(|head| self.cast.whos(self.sentence, head)).collect()
    }
    fn person(&mut self, candidates: &[Alias], _: &Mark) -> Option<u32> {
        let strong: Vec<Alias> = candidates.iter().filter(|a| a.by == By::Name).copied().collect();
        Phrase { world: self.cast.world, scene: &self.cast.scenes[self.sentence], day: self.cast.day }
            .nearest_person(&strong)
    }
    fn written(&mut self, _: Span) -> Option<Who> {
        None
    }
}
