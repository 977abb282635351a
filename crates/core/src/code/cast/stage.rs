//! The report while it is read: phrases are resolved in text order, and later ones look back at earlier ones.

use super::persons::{Character, full_names};
use crate::{
    code::{
        memory::{Countries, Mention, role_word},
        quoted::quoted_tokens,
    },
    day::Day,
    labels::{Relation as R, Upos},
    sentence::Sentence,
    span::Span,
    world::{
        Alias, Code, World,
        actors::{Context, Named, Phrase, Sort, Who, is_nominal},
        names::word_hash,
        scene::{Mark, Scene},
    },
};

#[derive(Clone, Debug, Default)]
pub(super) enum Slot {
    #[default]
    Fresh,
    Busy,
    Done(Vec<Who>),
}

/// The report while it is read.
pub(super) struct Stage<'b, 'a> {
    pub(super) world: &'a World,
    pub(super) text: &'a str,
    pub(super) day: Option<Day>,
    pub(super) scenes: &'b [Scene<'a>],
    pub(super) quoted: &'b [Vec<bool>],
    pub(super) countries: &'b Countries,
    pub(super) found: Vec<Vec<Slot>>,
    pub(super) memory: Vec<Mention>,
    pub(super) full: Vec<u32>,
    pub(super) characters: Vec<Character>,
    pub(super) depth: usize,
}

struct Here<'s, 'b, 'a> {
    stage: &'s mut Stage<'b, 'a>,
    sentence: usize,
}

impl Context for Here<'_, '_, '_> {
    fn nested(&mut self, head: usize) -> Vec<Who> {
        self.stage.group(self.sentence, head)
    }
    fn person(&mut self, candidates: &[Alias], _: &Mark) -> Option<u32> {
        self.stage.person(candidates)
    }
    fn written(&mut self, name: Span) -> Option<Who> {
        self.stage.written(self.sentence, name)
    }
    fn at_home(&self, code: Code) -> bool {
        self.stage.countries.is_at_home(code, self.sentence, |code| self.stage.world.is_state(code))
    }
}

/// Nesting of phrases in phrases that is followed; a text may nest without end.
const DEEPEST: usize = 12;
/// Mentions back that a pronoun may reach.
pub(super) const WINDOW: usize = 120;

impl<'b, 'a> Stage<'b, 'a> {
    /// Resolves every phrase, by sentence and token.
    pub(super) fn run(
        world: &'a World,
        text: &'a str,
        day: Option<Day>,
        sentences: &[Sentence],
        scenes: &'b [Scene<'a>],
        countries: &'b Countries,
    ) -> Vec<Vec<Slot>> {
        let quoted = quoted_tokens(text, sentences);
        let mut stage = Stage {
            world,
            text,
            day,
            scenes,
            quoted: &quoted,
            countries,
            found: sentences.iter().map(|s| vec![Slot::Fresh; s.tokens.len()]).collect(),
            memory: Vec::new(),
            full: full_names(world, scenes),
            characters: Vec::new(),
            depth: 0,
        };
        for (sentence, s) in sentences.iter().enumerate() {
            for token in 0..s.tokens.len() {
                if is_nominal(s, token) {
                    stage.resolve(sentence, token);
                }
            }
        }
        stage.found
    }

    pub(super) fn phrase(&self, sentence: usize) -> Phrase<'a, 'b> {
        Phrase { world: self.world, scene: scene_of(self.scenes, sentence), day: self.day }
    }

    /// A phrase with those coordinated with it.
    pub(super) fn group(&mut self, sentence: usize, head: usize) -> Vec<Who> {
        let mut out = self.resolve(sentence, head);
        for conjunct in self.phrase(sentence).conjuncts(head) {
            out.extend(self.resolve(sentence, conjunct));
        }
        out
    }

    pub(super) fn resolve(&mut self, sentence: usize, token: usize) -> Vec<Who> {
        match &self.found[sentence][token] {
            Slot::Done(whos) => return whos.clone(),
            Slot::Busy => return vec![],
            Slot::Fresh if self.depth >= DEEPEST => return vec![],
            Slot::Fresh => {}
        }
        self.found[sentence][token] = Slot::Busy;
        self.depth += 1;
        let whos = self.read(sentence, token);
        self.depth -= 1;
        self.remember(sentence, token, &whos);
        self.found[sentence][token] = Slot::Done(whos.clone());
        whos
    }

    fn read(&mut self, sentence: usize, token: usize) -> Vec<Who> {
        let scene = &self.scenes[sentence];
        let form = scene.form(token).to_ascii_lowercase();
        if let Some(whos) = self.the_other(sentence, token, &form) {
            return whos;
        }
        if scene.sentence.tokens[token].upos == Upos::Pron || form == "other" || form == "another" {
            if let Some(whos) = self.pronoun(sentence, token, &form) {
                return whos;
            }
            if scene.sentence.tokens[token].upos == Upos::Pron {
                return vec![];
            }
        }
        if let Some(whos) = self.several(sentence, token, &form) {
            return whos;
        }
        if let Some(whos) = self.counted_others(sentence, token, &form) {
            return whos;
        }
        let two = self.two(sentence, token, &form).or_else(|| self.rival(sentence, token, &form));
        let one = two.or_else(|| self.half(sentence, token, &form)).or_else(|| self.nation(sentence, token, &form));
        let told = one.or_else(|| self.latter(sentence, token, &form)).or_else(|| self.members(sentence, token, &form));
        if let Some(whos) = told {
            return whos;
        }
        let mut whos = self.phrase(sentence).read(token, &mut Here { stage: self, sentence });
        if whos.iter().all(|who| who.country.is_none()) {
            if let Some(found) = self.listed(sentence, token).or_else(|| self.same_thing(sentence, token)) {
                return found;
            }
            if whos.is_empty() {
                whos.extend(self.untagged(sentence, token));
            }
        }
        self.complete(sentence, token, whos)
    }

    /// "Fifteen countries, including **France and Britain**": those of them who are named.
    fn listed(&mut self, sentence: usize, token: usize) -> Option<Vec<Who>> {
        let scene = &self.scenes[sentence];
        let names = |&c: &usize| {
            let case = scene.tree.child(c, R::Case);
            c > token && case.is_some_and(|case| scene.is(case, &["including"]))
        };
        if scene.sentence.tokens[token].xpos.as_str() != "NNS" {
            return None;
        }
        let first = scene.tree.children(token).find(names)?;
        let found = self.group(sentence, first);
        found.iter().any(|who| who.country.is_some()).then_some(found)
    }

    /// Puts a resolved phrase where later ones find it.
    fn remember(&mut self, sentence: usize, token: usize, whos: &[Who]) {
        let scene = &self.scenes[sentence];
        let t = &scene.sentence.tokens[token];
        let thing = whos.is_empty();
        if thing && (t.upos != Upos::Noun || !matches!(t.relation, R::Nsubj | R::NsubjPass)) {
            return;
        }
        let mut top = token;
        while scene.tree.relation(top) == R::Conj
            && let Some(head) = scene.tree.head(top)
        {
            top = head;
        }
        // A modifier alone is taken up by nothing: the "Indian" of "Indian officials".
        if matches!(scene.tree.relation(top), R::Amod | R::Compound | R::Flat | R::NmodDesc) {
            return;
        }
        let (rank, subject) = self.rank(sentence, top);
        let role = match whos.first() {
            Some(_) => self.role_of(sentence, token),
            None => 0,
        };
        let plural = matches!(t.xpos.as_str(), "NNS" | "NNPS") || whos.first().is_some_and(|who| who.plural);
        let quoted = self.quoted[sentence][token];
        if let [who] = whos
            && let Named::Words(name) = who.named
            && who.sort == Sort::Person
        {
            let words = name.of(self.text);
            let surname = word_hash(words.rsplit([' ', '-']).next().unwrap_or(words));
            if words.contains(' ') && !self.characters.iter().any(|c| c.surname == surname) {
                self.characters.push(Character { surname, who: *who });
            }
        }
        let mention = Mention { sentence, token, rank, whos: whos.to_vec(), subject, plural, role, quoted };
        let at = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        self.memory.insert(at, mention);
        // "Rubio and Sharif": the two together are somebody too, for "they" and "both".
        let group: Vec<usize> = if top == token { self.phrase(sentence).conjuncts(token) } else { vec![] };
        if !group.is_empty() && !whos.is_empty() {
            let mut all = whos.to_vec();
            for conjunct in group {
                all.extend(self.resolve(sentence, conjunct));
            }
            if all.len() > whos.len() {
                let last = all.last().map_or(token, |_| token);
                let mention = Mention {
                    sentence,
                    token: last,
                    rank: rank + 0.2,
                    whos: all,
                    subject,
                    plural: true,
                    role: 0,
                    quoted,
                };
                let at = self.memory.partition_point(|m| (m.sentence, m.token) <= (sentence, last));
                self.memory.insert(at, mention);
            }
        }
    }

    fn rank(&self, sentence: usize, token: usize) -> (f32, bool) {
        let tree = &self.scenes[sentence].tree;
        match tree.relation(token) {
            R::Nsubj | R::NsubjPass => {
                let verb = tree.head(token);
                let main = verb.is_some_and(|v| matches!(tree.relation(v), R::Root | R::Conj | R::Parataxis));
                (if main { 4.0 } else { 3.2 }, true)
            }
            R::Root => (3.0, false),
            R::Obj | R::Iobj => (2.4, false),
            R::Obl | R::OblAgent => (2.0, false),
            R::NmodPoss => (1.6, false),
            _ => (1.2, false),
        }
    }

    /// The word by which a later definite phrase may take this one up.
    fn role_of(&self, sentence: usize, token: usize) -> u64 {
        let scene = &self.scenes[sentence];
        if let Some(mark) = scene.role_at(token) {
            return role_word(scene, mark.first, mark.last);
        }
        let child = |&c: &usize| {
            matches!(scene.tree.relation(c), R::Compound | R::Flat | R::NmodDesc | R::Appos | R::Nmod | R::NmodUnmarked)
                && scene.role_at(c).is_some()
        };
        let found = scene.tree.children(token).rfind(child);
        found.and_then(|c| scene.role_at(c)).map_or(0, |mark| role_word(scene, mark.first, mark.last))
    }
}

/// The scene at its own lifetime, apart from the stage that is being changed.
pub(super) fn scene_of<'b, 'a>(scenes: &'b [Scene<'a>], sentence: usize) -> &'b Scene<'a> {
    &scenes[sentence]
}
