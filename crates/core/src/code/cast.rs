//! Cast: who is who within one report. Short names, pronouns, roles taken up again, "both sides".

use crate::{
    claim::{NamedEntity, Party},
    code::{
        memory::{Countries, Mention, Wanted, role_word},
        quoted::quoted_tokens,
    },
    day::Day,
    labels::{Relation as R, Upos},
    sentence::{Entity, EntityKind, Sentence, Token},
    span::Span,
    world::{
        Alias, By, Code, EntityClass, RoleKind, World,
        actors::{Context, Named, Phrase, Sort, Who, Why, is_nominal},
        names::word_hash,
        scene::{Mark, Scene},
    },
};

/// Who every phrase of a report denotes.
pub struct Cast<'a> {
    world: &'a World,
    text: &'a str,
    day: Option<Day>,
    scenes: Vec<Scene<'a>>,
    /// For each sentence and token its parties, coordination left out.
    found: Vec<Vec<Slot>>,
    focus: Vec<Party>,
    speakers: Vec<(Span, Vec<Party>)>,
}

#[derive(Clone, Debug, Default)]
enum Slot {
    #[default]
    Fresh,
    Busy,
    Done(Vec<Who>),
}

impl<'a> Cast<'a> {
    /// Resolves every phrase of a report, headline first. `day` is that of publication, for offices; without it the
    /// latest holder counts.
    pub fn build(text: &'a str, sentences: &'a [Sentence], world: &'a World, day: Option<Day>) -> Self {
        let scenes: Vec<Scene> = sentences.iter().map(|sentence| Scene::new(world, text, sentence)).collect();
        let countries = Countries::read(world, &scenes, day);
        let found = sentences.iter().map(|s| vec![Slot::Fresh; s.tokens.len()]).collect();
        let quoted = quoted_tokens(text, sentences);
        let mut stage = Stage {
            world,
            text,
            day,
            scenes: &scenes,
            quoted: &quoted,
            countries: &countries,
            found,
            memory: Vec::new(),
            full: full_names(world, &scenes),
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
        let found = stage.found;
        let focus = focus(world, text, &countries);
        Self { world, text, day, scenes, found, focus, speakers: Vec::new() }
    }

    /// The parties that the phrase with this head denotes, those coordinated with it included; empty for a phrase that
    /// is none ("the treaty"). Whose such a thing is tells [`Cast::owners`].
    pub fn parties(&self, sentence: usize, token: usize) -> Vec<Party> {
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

    /// True for a state as a whole: "Kenya", "Nairobi", "the Kenyan government".
    pub fn is_state(&self, party: &Party) -> bool {
        let code = party.country.as_deref().and_then(|code| self.world.find_code(code));
        let state =
            code.and_then(|code| self.world.state(code)).map(|state| self.world.known[state as usize].name.to_string());
        state.is_some() && state == party.name
    }

    /// The parties of the crisis that the report is about: the country where one alone is concerned, or the two that it
    /// sets side by side.
    pub fn focus(&self) -> &[Party] {
        &self.focus
    }

    /// Tells that words are a speaker's own, so that "I", "we" and "our" in them are resolved.
    pub fn speaks(&mut self, content: Span, speakers: &[Party]) {
        self.speakers.push((content, speakers.to_vec()));
    }

    /// Every tagged name and every known name the tagger missed, with whom it denotes.
    ///
    /// A name that the world knows is what the world knows it as: "Caracas" that opens a sentence is no person.
    pub fn entities(&self) -> Vec<NamedEntity> {
        let mut out = Vec::new();
        for (sentence, scene) in self.scenes.iter().enumerate() {
            let mut names: Vec<Entity> = scene.sentence.entities.clone();
            for mark in scene.all_names() {
                let touching = names.iter_mut().find(|e| e.first < mark.last && mark.first < e.last);
                let kind = self.kind_of(mark);
                match touching {
                    None if kind != EntityKind::Per || mark.last - mark.first > 1 => {
                        names.push(Entity { span: mark.span, first: mark.first, last: mark.last, kind });
                    }
                    // "Rapid Support" of "Rapid Support Forces"
                    Some(name) if mark.first <= name.first && name.last <= mark.last => {
                        if !(name.kind == EntityKind::Loc && kind == EntityKind::Gpe) {
                            name.kind = kind;
                        }
                        if mark.first < name.first || name.last < mark.last {
                            *name = Entity { span: mark.span, first: mark.first, last: mark.last, kind };
                        }
                    }
                    _ => {}
                }
            }
            names.sort_by_key(|name| (name.first, name.last));
            names.dedup_by(|b, a| b.first < a.last);
            for entity in names {
                let party = self.entity(sentence, &entity);
                out.push(NamedEntity { entity, sentence, party });
            }
        }
        out
    }

    fn kind_of(&self, mark: &Mark) -> EntityKind {
        let Some(alias) = self.world.names.values(mark.value).next() else { return EntityKind::Misc };
        match self.world.known[alias.entity as usize].class {
            EntityClass::Person => EntityKind::Per,
            EntityClass::Organization => EntityKind::Org,
            _ if alias.by == By::Demonym => EntityKind::Norp,
            _ => EntityKind::Gpe,
        }
    }

    /// Whom a name denotes; its span is the name's.
    pub fn entity(&self, sentence: usize, entity: &Entity) -> Option<Party> {
        let scene = self.scenes.get(sentence)?;
        // The party of the phrase that the name heads, where it is somebody by name.
        let outside = |&t: &usize| scene.tree.head(t).is_none_or(|h| h < entity.first || h >= entity.last);
        let head = (entity.first..entity.last).find(outside)?;
        let by_phrase = self.whos(sentence, head).into_iter().find(|who| who.named != Named::No);
        let wanted = |who: &Who| match entity.kind {
            EntityKind::Per => who.sort == Sort::Person,
            _ => who.sort != Sort::Person,
        };
        if let Some(who) = by_phrase.filter(wanted) {
            return Some(Party { span: entity.span, ..who.party(self.world, self.text) });
        }
        let mark = (entity.first..entity.last).find_map(|t| scene.name_at(t))?;
        let alias = self.world.names.values(mark.value).next()?;
        let known = &self.world.known[alias.entity as usize];
        if entity.kind == EntityKind::Per && known.class != EntityClass::Person {
            return None;
        }
        let why = if alias.by == By::Demonym { Why::Demonym } else { Why::Name };
        let who = Who {
            span: entity.span,
            named: Named::Known(alias.entity),
            country: Some(known.country),
            sectors: known.sectors,
            sort: Sort::State,
            plural: false,
            sex: None,
            why,
        };
        Some(who.party(self.world, self.text))
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
        if t.upos != Upos::Pron || !scene.is(token, FIRST_PERSON) {
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

/// The one country or the two rivals of the report as parties, with empty spans.
fn focus(world: &World, text: &str, countries: &Countries) -> Vec<Party> {
    let home = countries.home(|code| world.is_state(code)).map(|(code, _)| vec![code]);
    let rivals = countries.pair(0, |code| is_side(world, code)).map(|(pair, _)| vec![pair.0, pair.1]);
    // A state at war within has a rival that is no state.
    let rebels = |pair: &Vec<Code>| countries.is_civil_war() && pair.iter().any(|&code| !world.is_state(code));
    let (civil, rivals) = if rivals.as_ref().is_some_and(rebels) { (rivals, None) } else { (None, rivals) };
    let side = |code: Code| {
        let named = world.state(code).map_or(Named::No, Named::Known);
        let sectors = crate::world::Sectors::one("GOV");
        let why = Why::Described(None);
        let who = Who {
            span: Span::default(),
            named,
            country: Some(code),
            sectors,
            sort: Sort::State,
            plural: false,
            sex: None,
            why,
        };
        who.party(world, text)
    };
    civil.or(home).or(rivals).unwrap_or_default().into_iter().map(side).collect()
}

/// States and armed groups can be sides; international organisations and the press are none.
fn is_side(world: &World, code: Code) -> bool {
    world.is_state(code) || world.is_armed(code)
}

const FIRST_PERSON: &[&str] = &["i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"];

/// People whose whole name stands in the report.
fn full_names(world: &World, scenes: &[Scene]) -> Vec<u32> {
    let mut out = Vec::new();
    for mark in scenes.iter().flat_map(Scene::all_names) {
        let people =
            world.names.values(mark.value).filter(|a| world.known[a.entity as usize].class == EntityClass::Person);
        let named: Vec<Alias> = people.filter(|alias| alias.by == By::Name).collect();
        if let [one] = named.as_slice() {
            out.push(one.entity);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
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

/// A person named in full whom the world does not know.
#[derive(Clone, Copy)]
struct Character {
    surname: u64,
    who: Who,
}

/// The report while it is read.
struct Stage<'b, 'a> {
    world: &'a World,
    text: &'a str,
    day: Option<Day>,
    scenes: &'b [Scene<'a>],
    quoted: &'b [Vec<bool>],
    countries: &'b Countries,
    found: Vec<Vec<Slot>>,
    memory: Vec<Mention>,
    full: Vec<u32>,
    characters: Vec<Character>,
    depth: usize,
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
}

/// Nesting of phrases in phrases that is followed; a text may nest without end.
const DEEPEST: usize = 12;
/// Mentions back that a pronoun may reach.
const WINDOW: usize = 120;

impl<'b, 'a> Stage<'b, 'a> {
    fn phrase(&self, sentence: usize) -> Phrase<'a, 'b> {
        Phrase { world: self.world, scene: scene_of(self.scenes, sentence), day: self.day }
    }

    /// A phrase with those coordinated with it.
    fn group(&mut self, sentence: usize, head: usize) -> Vec<Who> {
        let mut out = self.resolve(sentence, head);
        for conjunct in self.phrase(sentence).conjuncts(head) {
            out.extend(self.resolve(sentence, conjunct));
        }
        out
    }

    fn resolve(&mut self, sentence: usize, token: usize) -> Vec<Who> {
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
        if scene.sentence.tokens[token].upos == Upos::Pron || form == "other" || form == "another" {
            if let Some(whos) = self.pronoun(sentence, token, &form) {
                return whos;
            }
            if scene.sentence.tokens[token].upos == Upos::Pron {
                return vec![];
            }
        }
        if let Some(whos) = self.two(sentence, token, &form) {
            return whos;
        }
        let whos = self.phrase(sentence).read(token, &mut Here { stage: self, sentence });
        self.complete(sentence, token, whos)
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

    fn person(&self, candidates: &[Alias]) -> Option<u32> {
        let world = self.world;
        let people = || candidates.iter().filter(|a| world.known[a.entity as usize].class == EntityClass::Person);
        let nearest = |keep: &dyn Fn(&&Alias) -> bool| {
            people().filter(keep).map(|a| a.entity).min_by_key(|&person| world.distance(person, self.day))
        };
        if let Some(person) = nearest(&|alias| self.full.binary_search(&alias.entity).is_ok()) {
            return Some(person);
        }
        if let Some(person) = nearest(&|alias| alias.by == By::Name) {
            return Some(person);
        }
        // A family name alone: somebody in office about that day, of a country that the report names.
        let near = |person: u32| world.distance(person, self.day) <= 2 * 366;
        let counted = |person: u32| {
            let country = world.holding(person, self.day).map_or(world.known[person as usize].country, |h| h.country);
            self.countries.count(country)
        };
        let mut fitting: Vec<u32> = people().map(|a| a.entity).filter(|&p| near(p) && counted(p) > 1).collect();
        fitting.sort_by_key(|&p| (world.distance(p, self.day), std::cmp::Reverse(counted(p))));
        if let Some(&first) = fitting.first() {
            return Some(first);
        }
        // "Xi", "Macron": of those with this name one is known everywhere.
        let mut known = people().map(|a| a.entity).filter(|&p| world.is_prominent(p, self.day));
        known.next().filter(|_| known.next().is_none())
    }

    /// What the report tells elsewhere of a person of this name.
    fn written(&mut self, sentence: usize, name: Span) -> Option<Who> {
        let words = name.of(self.text);
        let surname = word_hash(words.rsplit([' ', '-']).next()?);
        let known = |stage: &Self| stage.characters.iter().find(|c| c.surname == surname).map(|c| c.who);
        if let Some(who) = known(self) {
            return Some(who).filter(|who| {
                !words.contains(' ') || who.named == Named::Words(name) || same_name(self.text, who, words)
            });
        }
        if words.contains(' ') {
            return None;
        }
        // Taken up before it is told in full, as headlines do.
        for later in sentence..self.scenes.len().min(sentence + 40) {
            let scene = scene_of(self.scenes, later);
            let full = |e: &&crate::Entity| {
                let text = e.span.of(self.text);
                e.kind == EntityKind::Per
                    && text.contains(' ')
                    && word_hash(text.rsplit([' ', '-']).next().unwrap_or("")) == surname
            };
            let Some(entity) = scene.sentence.entities.iter().find(full) else { continue };
            let inside = |h: usize| entity.first <= h && h < entity.last;
            let head = (entity.first..entity.last).find(|&t| scene.tree.head(t).is_none_or(|h| !inside(h)))?;
            self.resolve(later, head);
            return known(self);
        }
        None
    }

    /// Pronouns: `None` where the word is none of those resolved here.
    fn pronoun(&mut self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let tree = &scene.tree;
        let span = scene.sentence.tokens[token].span;
        let taking = |whos: Vec<Who>| -> Vec<Who> {
            whos.into_iter().map(|who| Who { span, why: Why::Antecedent(who.span), ..who }).collect()
        };
        if matches!(form, "other" | "another") {
            let before = token.checked_sub(1)?;
            if !(form == "other" && scene.is(before, &["each"]) || form == "another" && scene.is(before, &["one"])) {
                return None;
            }
            let subject = self.subject_near(sentence, token)?;
            return Some(taking(self.group(sentence, subject)));
        }
        if FIRST_PERSON.contains(&form) {
            let subject = self.speaker_near(sentence)?;
            let whos = self.group(sentence, subject);
            return Some(whos.into_iter().map(|who| Who { span, why: Why::Speaker, ..who }).collect());
        }
        if matches!(form, "who" | "which" | "that" | "whose" | "whom") {
            let mut at = token;
            while let Some(head) = tree.head(at) {
                if matches!(tree.relation(at), R::AclRelcl) {
                    return Some(taking(self.resolve(sentence, head)));
                }
                at = head;
            }
            return Some(vec![]);
        }
        if matches!(form, "both" | "neither") {
            return self.two(sentence, token, form);
        }
        let wanted = Wanted::of(form)?;
        if tree.relation(token) == R::Expl {
            return Some(vec![]);
        }
        if form.ends_with("self") || form.ends_with("selves") {
            let subject = self.subject_near(sentence, token)?;
            return Some(taking(self.group(sentence, subject)));
        }
        Some(taking(self.antecedent(sentence, token, wanted)))
    }

    fn antecedent(&mut self, sentence: usize, token: usize, wanted: Wanted) -> Vec<Who> {
        let scene = scene_of(self.scenes, sentence);
        let tree = &scene.tree;
        let possessive = tree.relation(token) == R::NmodPoss;
        let subject_of_clause = self.subject_near(sentence, token);
        // A pronoun in a phrase before the subject looks ahead to it: "In his call with Jaishankar, Rubio said".
        if let Some(subject) = self.main_subject_after(sentence, token) {
            self.group(sentence, subject);
        }
        // "it shot down 99 percent of them": whoever acts is not what it acts on.
        let actor = subject_of_clause.filter(|&s| s < token && !possessive && acted_on(scene, token, s));
        let actor = actor.map(|subject| self.resolve(sentence, subject)).unwrap_or_default();
        let quoted = self.quoted[sentence][token];
        let from = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token)).saturating_sub(WINDOW);
        let ahead = self.main_subject_after(sentence, token);
        let mut best: Option<(f32, &Mention)> = None;
        for mention in &self.memory[from..] {
            if mention.sentence > sentence {
                break;
            }
            let distance = sentence - mention.sentence;
            if distance > 4 {
                continue;
            }
            let same = distance == 0;
            let looked_ahead = same && Some(mention.token) == ahead;
            if same && mention.token >= token && !looked_ahead {
                continue;
            }
            // "his brother" is not he.
            let here = scene.sentence.tokens[token].span;
            let within = mention.whos.iter().any(|who| who.span.holds(here));
            if same
                && mention.token != token
                && (within
                    || mention.whos.is_empty()
                        && tree.below(token, mention.token)
                        && possessive_inside(scene, token, mention.token))
            {
                continue;
            }
            let is_subject = same && Some(mention.token) == subject_of_clause;
            // "Rubio called him": not the subject of the same verb.
            if is_subject && !possessive && tree.head(token) == tree.head(mention.token) {
                continue;
            }
            if let ([own], [other]) = (actor.as_slice(), mention.whos.as_slice())
                && own.named != Named::No
                && own.named == other.named
            {
                continue;
            }
            let Some(fit) = wanted.fits(mention) else { continue };
            let mut score = fit + mention.rank - 1.6 * distance as f32;
            if mention.quoted && !quoted {
                score -= 1.0;
            }
            // In somebody's own words "he" is somebody else.
            if quoted && !mention.quoted && same && mention.subject {
                score -= 2.0;
            }
            if is_subject && possessive {
                score += 1.5;
            }
            if looked_ahead {
                score += 1.0;
            }
            // Nearer first inside a sentence, subjects before the rest across sentences.
            let order = (mention.token as f32) / (tree.sentence.tokens.len().max(mention.token + 1) as f32);
            score += if same { 0.6 * order } else { 0.1 * order };
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, mention));
            }
        }
        best.map(|(_, mention)| mention.whos.clone()).unwrap_or_default()
    }

    /// The subject of the main clause where it comes after the phrase that holds the token.
    fn main_subject_after(&self, sentence: usize, token: usize) -> Option<usize> {
        let tree = &self.scenes[sentence].tree;
        let mut at = token;
        let mut verb = None;
        while let Some(head) = tree.head(at) {
            if matches!(tree.relation(at), R::Obl | R::Advcl | R::OblUnmarked) {
                verb = Some(head);
            }
            at = head;
        }
        let subject = tree.children(verb?).find(|&c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass))?;
        (subject > token && !tree.below(token, subject)).then_some(subject)
    }

    /// The subject of the clause a token stands in, through clauses without one of their own.
    fn subject_near(&self, sentence: usize, token: usize) -> Option<usize> {
        let tree = &self.scenes[sentence].tree;
        let mut at = token;
        while let Some(head) = tree.head(at) {
            let subject = tree.children(head).find(|&c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass));
            match subject {
                Some(subject) if subject != token && !tree.below(token, subject) => {
                    // "who" and "which" stand for the noun before.
                    let relative = tree.relation(head) == R::AclRelcl
                        && self.scenes[sentence].sentence.tokens[subject].upos == Upos::Pron;
                    return if relative { tree.head(head) } else { Some(subject) };
                }
                _ => at = head,
            }
            // "India, accused of…": a participle's subject is the noun it hangs from.
            if tree.relation(at) == R::Acl {
                return tree.head(at);
            }
        }
        None
    }

    /// The subject of the verb of saying outside the quotation.
    fn speaker_near(&self, sentence: usize) -> Option<usize> {
        let scene = &self.scenes[sentence];
        let quoted = &self.quoted[sentence];
        let subject = |&t: &usize| {
            matches!(scene.tree.relation(t), R::Nsubj)
                && !quoted[t]
                && scene
                    .tree
                    .head(t)
                    .is_some_and(|verb| !quoted[verb] && scene.sentence.tokens[verb].upos == Upos::Verb)
        };
        quoted.iter().any(|&q| q).then(|| (0..quoted.len()).find(subject)).flatten()
    }

    /// "both countries", "the two sides", "the neighbours": the two in question.
    fn two(&mut self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        const SIDES: &[&str] = &[
            "countries",
            "nations",
            "sides",
            "governments",
            "states",
            "neighbours",
            "neighbors",
            "rivals",
            "powers",
            "parties",
            "militaries",
            "armies",
            "capitals",
            "foes",
            "adversaries",
            "neighbour",
            "neighbor",
            "side",
            "republics",
            "enemies",
            "belligerents",
            "combatants",
            "superpowers",
            "archrivals",
            "arch-rivals",
            "forces",
            "economies",
            "peoples",
            "delegations",
            "arch",
            "allies",
        ];
        const PEOPLE: &[&str] = &[
            "leaders",
            "ministers",
            "presidents",
            "men",
            "diplomats",
            "officials",
            "chiefs",
            "women",
            "generals",
            "pair",
            "duo",
            "counterparts",
            "premiers",
            "politicians",
            "negotiators",
            "secretaries",
            "envoys",
            "ambassadors",
        ];
        let scene = scene_of(self.scenes, sentence);
        let sides = SIDES.contains(&form);
        let people = PEOPLE.contains(&form);
        let alone = matches!(form, "both" | "two" | "neither");
        if !sides && !people && !alone {
            return None;
        }
        let children: Vec<usize> = scene.tree.children(token).collect();
        let all = matches!(form, "sides" | "parties" | "belligerents" | "combatants")
            && children.iter().any(|&c| scene.is(c, &["all"]));
        let two =
            children.iter().any(|&c| scene.is(c, &["both", "two", "either", "neither", "warring"])) || alone || all;
        let definite = children.iter().any(|&c| scene.is(c, &["the", "these", "those"]));
        // A name or possessor in the phrase tells more than the report: "the Baltic states", "NATO countries".
        let described = children.iter().any(|&c| {
            matches!(scene.tree.relation(c), R::NmodPoss | R::Compound | R::Nmod | R::AclRelcl | R::Amod)
                && !scene.is(
                    c,
                    &[
                        "nuclear-armed",
                        "armed",
                        "neighboring",
                        "neighbouring",
                        "rival",
                        "warring",
                        "asian",
                        "nuclear",
                        "opposing",
                        "hostile",
                        "feuding",
                        "arch",
                        "two",
                        "both",
                    ],
                )
                && !(scene.tree.relation(c) == R::Amod && scene.name_at(c).is_none())
        });
        if !two
            && (!definite
                || described
                || people
                || !matches!(
                    form,
                    "sides"
                        | "countries"
                        | "nations"
                        | "neighbours"
                        | "neighbors"
                        | "rivals"
                        | "parties"
                        | "foes"
                        | "adversaries"
                        | "archrivals"
                        | "arch-rivals"
                        | "pair"
                        | "duo"
                ))
        {
            return None;
        }
        if alone && (scene.sentence.tokens[token].upos == Upos::Cconj || !is_nominal(scene.sentence, token)) {
            return None;
        }
        if described && two && children.iter().any(|&c| scene.tree.relation(c) == R::Nmod && c > token) {
            return None;
        }
        let span = if alone { scene.sentence.tokens[token].span } else { self.phrase(sentence).span(token) };
        if people || alone {
            if let Some(group) = self.last_group(sentence, token, people) {
                return Some(group.into_iter().map(|who| Who { span, why: Why::Pair(who.span), ..who }).collect());
            }
            if people {
                return None;
            }
        }
        // Whoever addresses both is neither; who only does something "in both countries" may be one of them.
        let inside = scene.tree.relation(token) == R::Nmod;
        let subject =
            self.subject_near(sentence, token).filter(|&s| !inside && s != token && !scene.tree.below(token, s));
        let others: Vec<Option<Code>> =
            subject.map(|s| self.group(sentence, s)).unwrap_or_default().iter().map(|who| who.country).collect();
        let side = |code: Code| is_side(self.world, code);
        if all && let Some((home, source)) = self.countries.home(|code| self.world.is_state(code)) {
            let named = self.named_code(home);
            let sectors = crate::world::Sectors::default();
            let why = Why::Focus(source);
            return Some(vec![Who {
                span,
                named,
                country: Some(home),
                sectors,
                sort: Sort::State,
                plural: true,
                sex: None,
                why,
            }]);
        }
        let found =
            self.countries.pair(sentence, |code| side(code) && (others.len() > 1 || !others.contains(&Some(code))));
        let ((a, b), source) = found.or_else(|| self.countries.pair(sentence, side))?;
        let who = |code: Code| Who {
            span,
            named: self.named_code(code),
            country: Some(code),
            sectors: crate::world::Sectors::one("GOV"),
            sort: Sort::State,
            plural: true,
            sex: None,
            why: Why::Pair(source),
        };
        Some(vec![who(a), who(b)])
    }

    fn named_code(&self, code: Code) -> Named {
        self.world.state(code).map_or(Named::No, Named::Known)
    }

    /// The last two or more named together; people only where people are asked for.
    fn last_group(&self, sentence: usize, token: usize, people: bool) -> Option<Vec<Who>> {
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let recent = self.memory[..until].iter().rev().take_while(|m| sentence - m.sentence <= 3);
        let fits = |who: &Who| if people { who.sort == Sort::Person } else { who.sort != Sort::Thing };
        let mut single: Vec<Who> = Vec::new();
        for mention in recent {
            if mention.whos.len() == 2 && mention.whos.iter().all(fits) {
                return Some(mention.whos.clone());
            }
            if let [who] = mention.whos.as_slice()
                && people
                && fits(who)
                && !who.plural
                && !single.iter().any(|s| s.named == who.named)
                && who.named != Named::No
            {
                single.push(*who);
            }
        }
        (single.len() >= 2).then(|| {
            single.truncate(2);
            single.reverse();
            single
        })
    }

    /// Gives a phrase without a country the one of whom it takes up, or of the account it stands in.
    fn complete(&mut self, sentence: usize, token: usize, whos: Vec<Who>) -> Vec<Who> {
        let [who] = whos.as_slice() else { return whos };
        let mut who = *who;
        if who.country.is_some() {
            return whos;
        }
        let scene = scene_of(self.scenes, sentence);
        let Some(mark) = scene.role_at(token).copied() else { return whos };
        // "the Foreign Ministry": a name that is only what every state calls its own.
        match who.named {
            Named::No => {}
            Named::Words(name) if mark.span.holds(name) => who.named = Named::No,
            _ => return whos,
        }
        let Some(role) = self.world.roles.values(mark.value).next() else { return whos };
        let indefinite = scene
            .tree
            .children(token)
            .any(|c| c < token && scene.is(c, &["a", "an", "another", "any", "no", "some", "every"]));
        let definite = scene.tree.children(token).any(|c| {
            c < token && scene.is(c, &["the", "this", "that", "these", "those", "its", "his", "her", "their"])
        });
        if definite && let Some(earlier) = self.taken_up(sentence, token, &mark, &who) {
            return vec![Who { span: who.span, why: Why::Antecedent(earlier.span), sort: earlier.sort, ..earlier }];
        }
        // Headlines name the group only below: "Rebel militia storms palace".
        let armed = role.sectors.has("REB") || role.sectors.has("PRM");
        if armed
            && !indefinite
            && (definite || sentence == 0)
            && let Some((group, source)) = self.countries.rebels(self.world)
        {
            let named = self.world.group(group).map_or(Named::No, Named::Known);
            return vec![Who { country: Some(group), named, sort: Sort::Force, why: Why::Antecedent(source), ..who }];
        }
        let official = match role.kind {
            RoleKind::Body => role.sectors.has("GOV") || role.sectors.has("LEG") || role.sectors.has("JUD"),
            RoleKind::Force => role.sectors.has("MIL") || role.sectors.has("COP") || role.sectors.has("SPY"),
            RoleKind::Person => {
                role.sectors.has("GOV")
                    || role.sectors.has("COP")
                    || role.sectors.has("LEG")
                    || role.sectors.has("MIL")
                    || role.sectors.has("OPP")
            }
            _ => false,
        };
        // Whoever acts on the ground is of the country that the whole report is about.
        let ground = role.kind == RoleKind::People
            || role.kind != RoleKind::Thing
                && ["COP", "MIL", "JUD", "OPP", "REB", "PRM", "LEG"].iter().any(|sector| role.sectors.has(sector))
            || scene.is(token, &["junta", "putschists", "plotters", "mutineers"]);
        let home = self.countries.home(|code| self.world.is_state(code)).filter(|_| ground);
        if home.is_none() && (!official || indefinite) {
            return whos;
        }
        let Some((country, source)) = home.or_else(|| self.account_of(sentence, token)) else { return whos };
        let mut who = Who { country: Some(country), why: Why::Focus(source), ..who };
        if let Some(office) = role.office
            && !who.plural
            && let Some(person) = self.world.holder(country, office, self.day)
        {
            who.named = Named::Known(person);
            who.sex = self.world.known[person as usize].sex;
        }
        vec![who]
    }

    /// Somebody with this role told of before: "the secretary" after "Secretary of State Marco Rubio", "the group" after
    /// "Hamas".
    fn taken_up(&self, sentence: usize, token: usize, mark: &Mark, who: &Who) -> Option<Who> {
        let scene = &self.scenes[sentence];
        let word = role_word(scene, mark.first, mark.last);
        let group = scene.is(
            token,
            &[
                "group",
                "movement",
                "organization",
                "organisation",
                "militants",
                "rebels",
                "militia",
                "fighters",
                "insurgents",
                "outfit",
                "faction",
                "alliance",
                "agency",
                "bloc",
                "paramilitary",
                "paramilitaries",
                "terrorists",
                "company",
                "party",
                "court",
                "watchdog",
                "body",
                "coalition",
                "cartel",
            ],
        );
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        let recent = self.memory[..until].iter().rev().take(WINDOW);
        let mut recent = recent.filter(|m| sentence - m.sentence <= 30 && m.whos.len() == 1);
        recent.find_map(|m| {
            let other = m.whos[0];
            let person = who.sort == Sort::Person && other.sort == Sort::Person && !who.plural && !other.plural;
            let same_role = m.role == word && word != 0 && other.country.is_some();
            if person && same_role && other.named != Named::No {
                return Some(other);
            }
            if !person && same_role && who.sort == other.sort && other.country.is_some() && sentence - m.sentence <= 8 {
                return Some(other);
            }
            let tag = |code: Code| !self.world.is_state(code);
            if group
                && other.named != Named::No
                && matches!(other.sort, Sort::Force | Sort::Body)
                && other.country.is_some_and(tag)
                && sentence - m.sentence <= 8
            {
                let armed = other.sectors.has("REB") || other.sectors.has("UAF") || other.sectors.has("PRM");
                let fighters = scene.is(token, &["group", "movement", "faction", "outfit", "militia", "alliance"]);
                let wants_armed = who.sectors.has("UAF") || who.sectors.has("REB") || who.sectors.has("PRM");
                let wants_armed = wants_armed || fighters && self.countries.rebels(self.world).is_some();
                return (armed || !wants_armed).then_some(other);
            }
            None
        })
    }

    /// The country whose side the text is telling at a token.
    fn account_of(&self, sentence: usize, token: usize) -> Option<(Code, Span)> {
        let until = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token));
        // "New Delhi blames Pakistan. The Foreign Ministry rejected the charge": who denies is not who accused.
        let tree = &self.scenes[sentence].tree;
        let denies = tree.relation(token) == R::Nsubj
            && tree
                .head(token)
                .is_some_and(|verb| matches!(tree.lemma(verb), "reject" | "deny" | "dismiss" | "refute" | "rebut"));
        let mut best: Option<(f32, Code, Span)> = None;
        for mention in self.memory[..until].iter().rev().take(60) {
            let distance = sentence - mention.sentence;
            if distance > 3 {
                break;
            }
            for who in &mention.whos {
                let Some(code) = who.country.filter(|&code| self.world.is_state(code)) else { continue };
                if matches!(who.why, Why::Focus(_)) && distance > 1 {
                    continue;
                }
                let score =
                    0.5 * mention.rank - 1.2 * distance as f32 + if mention.whos.len() > 1 { -1.0 } else { 0.0 };
                let score = if denies && mention.subject && distance > 0 { score - 4.0 } else { score };
                if best.is_none_or(|(top, ..)| score > top) {
                    best = Some((score, code, who.span));
                }
            }
        }
        if let Some((_, code, span)) = best {
            return Some((code, span));
        }
        self.countries.most(|code| self.world.is_state(code))
    }
}

/// The scene at its own lifetime, apart from the stage that is being changed.
fn scene_of<'b, 'a>(scenes: &'b [Scene<'a>], sentence: usize) -> &'b Scene<'a> {
    &scenes[sentence]
}

/// True when a token stands among what the verb of this subject acts on, in the same clause.
fn acted_on(scene: &Scene, token: usize, subject: usize) -> bool {
    let mut at = token;
    while matches!(scene.tree.relation(at), R::Obj | R::Iobj | R::Nmod | R::Obl | R::OblAgent) {
        let Some(head) = scene.tree.head(at) else { return false };
        if scene.tree.head(subject) == Some(head) {
            return true;
        }
        at = head;
    }
    false
}

/// True when the possessive stands inside the very phrase: the "his" of "his brother".
fn possessive_inside(scene: &Scene, token: usize, head: usize) -> bool {
    let mut at = token;
    while let Some(up) = scene.tree.head(at) {
        if matches!(scene.tree.relation(at), R::AclRelcl | R::Acl | R::Advcl | R::Ccomp) {
            return false;
        }
        if up == head {
            return true;
        }
        at = up;
    }
    false
}

/// True when a written name may be the known one's: one holds all words of the other.
fn same_name(text: &str, who: &Who, words: &str) -> bool {
    let Named::Words(span) = who.named else { return true };
    let known = span.of(text);
    let all = |a: &str, b: &str| a.split(' ').all(|word| b.split(' ').any(|other| word_hash(word) == word_hash(other)));
    all(known, words) || all(words, known)
}
