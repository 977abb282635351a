//! Scene: one sentence with the known names and role nouns found in it.

use crate::{
    labels::{Relation, Upos},
    sentence::{Entity, EntityKind, Sentence},
    span::Span,
    tree::Tree,
    world::{
        By, EntityClass, World,
        lists::{LISTS, holds_form},
        names::{Unit, units},
        table::edits,
    },
};

/// A known name or a role noun in a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Its letters.
    pub span: Span,
    /// First value in the trie it was found in.
    pub value: u32,
    /// "-backed", "pro-": what the words joined to it by a hyphen make of it.
    pub joined: Joined,
}

/// What the words joined to a name by a hyphen make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    /// Nothing.
    No,
    /// "Hamas-run", "US-led", "Brussels-based": still whose it is, if nothing else tells.
    Led,
    /// "Iran-backed", "pro-Russian", "Israeli-occupied": somebody else's.
    Other,
}

/// One sentence ready for resolving.
pub(crate) struct Scene<'a> {
    pub text: &'a str,
    pub sentence: &'a Sentence,
    pub tree: Tree<'a>,
    names: Vec<Mark>,
    roles: Vec<Mark>,
    /// For each token one more than the index of its mark in `names` and in `roles`.
    at: Vec<(u16, u16)>,
}

impl<'a> Scene<'a> {
    pub fn new(world: &World, text: &'a str, sentence: &'a Sentence) -> Self {
        let tokens = sentence.tokens.len();
        let mut scene =
            Scene { text, sentence, tree: Tree::new(sentence), names: vec![], roles: vec![], at: vec![(0, 0); tokens] };
        let units = units(text, sentence);
        scene.find_names(world, &units);
        scene.find_roles(world, &units);
        scene
    }

    fn find_names(&mut self, world: &World, units: &[Unit]) {
        let mut i = 0;
        while i < units.len() {
            let mut best = None;
            world.names.each_at(&units[i..], |n, value| {
                if self.accepts(world, units, i, n, value) {
                    best = Some((n, value));
                }
            });
            let Some((n, value)) = best else {
                i += 1;
                continue;
            };
            let (mut first, last) = (units[i].token, units[i + n - 1].token + 1);
            let joined = self.joined(units, i, n);
            let mut span = units[i].span.cover(units[i + n - 1].span);
            if n == 1 && self.spelled_otherwise(world, first, value) {
                first -= 1;
                span = self.sentence.tokens[first].span.cover(span);
            }
            self.names.push(Mark { first, last, span, value, joined });
            let index = self.names.len() as u16;
            // Of two names in one token ("US-India") the first stays the token's; both are in the list.
            self.at[first..last].iter_mut().filter(|at| at.0 == 0).for_each(|at| at.0 = index);
            i += n;
        }
    }

    fn find_roles(&mut self, world: &World, units: &[Unit]) {
        let mut i = 0;
        while i < units.len() {
            let mut best = None;
            world.roles.each_at(&units[i..], |n, value| best = Some((n, value)));
            let Some((n, value)) = best else {
                i += 1;
                continue;
            };
            let (first, last) = (units[i].token, units[i + n - 1].token + 1);
            let span = units[i].span.cover(units[i + n - 1].span);
            // "under house arrest" is no parliament.
            if self.is(last - 1, &["house"]) && last < self.sentence.tokens.len() && self.is(last, &["arrest"]) {
                i += n;
                continue;
            }
            self.roles.push(Mark { first, last, span, value, joined: Joined::No });
            let index = self.roles.len() as u16;
            self.at[first..last].iter_mut().for_each(|at| at.1 = index);
            i += n;
        }
    }

    /// True when the letters of the units are written as the name is written.
    fn accepts(&self, world: &World, units: &[Unit], i: usize, n: usize, value: u32) -> bool {
        let matched = &units[i..i + n];
        if !matched.iter().any(|unit| unit.capital) || n == 1 && !matched[0].capital {
            return false;
        }
        let caps = n > 1 || matched[0].caps;
        let mut entities = world.names.values(value).filter(|alias| !alias.caps || caps).peekable();
        let Some(&alias) = entities.peek() else { return false };
        let class = world.known[alias.entity as usize].class;
        let (first, last) = (matched[0].token, matched[n - 1].token);
        let inside = self.sentence.entities.iter().find(|e| e.first <= first && last < e.last);
        if n == 1 && !matched[0].caps {
            let token = &self.sentence.tokens[first];
            // A common word that only opens the sentence: "Shell hit", "Dawn broke".
            // A nationality may be an adjective, a family name is none: "Major protests".
            let name = token.upos == Upos::Propn || token.upos == Upos::Adj && class != EntityClass::Person;
            let common = !name && inside.is_none();
            let state = class == EntityClass::Country || class == EntityClass::Region;
            let unlike = matches!(token.upos, Upos::Verb | Upos::Adv | Upos::Aux);
            if common && (i == 0 || unlike) && !state {
                return false;
            }
        }
        // "the Australian embassy" is no newspaper's.
        let press = world.code(world.known[alias.entity as usize].country) == "MEDIA";
        let words = n - usize::from(self.is(first, &["the"]));
        if press && words == 1 && self.is_before_noun(world, last) {
            return false;
        }
        // "Latin American states" are not the United States', nor is Algeria's High Security Council that of the world.
        let joined = |list: &[String]| {
            let before = first.checked_sub(1).map(|t| self.form(t)).filter(|form| form.starts_with(char::is_uppercase));
            before.is_some_and(|before| holds_form(list, &format!("{before} {}", self.form(first))))
        };
        let own = class == EntityClass::Organization
            && first
                .checked_sub(1)
                .is_some_and(|t| self.is_of(t, &LISTS.of_one_state) && self.form(t).starts_with(char::is_uppercase));
        if own || class == EntityClass::Country && joined(&LISTS.wider_than_states) {
            return false;
        }
        // "the West" is nobody's family name.
        if n == 1 && class == EntityClass::Person && first > 0 && self.is(first - 1, &["the"]) {
            let modifies = matches!(self.sentence.tokens[first].relation, Relation::Compound | Relation::Amod);
            if !modifies {
                return false;
            }
        }
        // "May 3" is no prime minister.
        if n == 1 && class == EntityClass::Person && self.is_month(first) {
            return false;
        }
        match inside {
            // "the Philippine Sea", "the Sea of Japan": nobody's.
            Some(entity) if n == 1 && (entity.first..entity.last).any(|t| self.is(t, &["sea", "ocean", "gulf"])) => {
                false
            }
            // A state or a family name inside a longer name of a person is no actor: "Jordan Peterson".
            Some(entity) if entity.kind == EntityKind::Per && class != EntityClass::Organization => {
                let short = class != EntityClass::Person || n == 1;
                let given = |t: usize| t + 1 == first && self.spelled_otherwise(world, first, value);
                let other = |t: usize| !(first..=last).contains(&t) && !self.title_like(world, t) && !given(t);
                !short || !(entity.first..entity.last).any(other)
            }
            // A family name inside the name of an organisation or place: "Trump Tower".
            Some(entity) if class == EntityClass::Person && alias.by == By::Short => {
                entity.kind == EntityKind::Per || (entity.first == first && entity.last == last + 1)
            }
            None if class == EntityClass::Person && n == 1 => !self.after_given_name(world, first),
            _ => true,
        }
    }

    /// True for a capitalized word that is only a part of a longer phrase, of which another noun is the head: "the
    /// **National** Assembly", "**Times** Square", "the Al-**Wafa** hospital"; but not "**Times** reporters".
    fn is_before_noun(&self, world: &World, token: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let caps = self.sentence.form(self.text, token).chars().filter(|c| c.is_uppercase()).count() > 1;
        let mut at = token;
        while let Some(head) = tokens[at].head
            && matches!(tokens[at].relation, Relation::Flat | Relation::Compound | Relation::Amod)
        {
            at = head;
        }
        let proper = tokens[at].upos == Upos::Propn;
        let adjective = tokens[token].upos == Upos::Adj;
        let hyphen = token.checked_sub(1).is_some_and(|t| self.sentence.form(self.text, t) == "-");
        let press = world.roles.get(&tokens[at].lemma).any(|role| role.sectors.iter().any(|sector| sector == "JRN"));
        at > token && !caps && !press && (proper || adjective || hyphen)
    }

    /// True for the month of a date: "May 3", "3 May", "late May".
    fn is_month(&self, token: usize) -> bool {
        let number = |t: usize| self.sentence.tokens.get(t).is_some_and(|token| token.upos == Upos::Num);
        let before =
            token.checked_sub(1).is_some_and(|t| number(t) || self.is(t, &["in", "late", "early", "mid", "last"]));
        self.is(token, &["may", "march", "april", "june", "august"]) && (before || number(token + 1))
    }

    /// True for a token that may stand in a tagged name without being one: "President", "Gen.", "Indian".
    fn title_like(&self, world: &World, token: usize) -> bool {
        let form = self.sentence.form(self.text, token);
        world.roles.get(form).next().is_some()
            || matches!(
                form,
                "Mr." | "Mr" | "Mrs." | "Mrs" | "Ms." | "Ms" | "Dr." | "Dr" | "Sir" | "Sheikh" | "Lord" | "'s" | "’s"
            )
            || world.names.get(form).next().is_some_and(|alias| alias.by == By::Demonym)
    }

    /// True when a family name stands behind the given name of its bearer in another spelling: "**Moammar** Gaddafi".
    fn spelled_otherwise(&self, world: &World, family: usize, value: u32) -> bool {
        const LEAST: usize = 5;
        const EDITS: usize = 2;
        let Some(before) = family.checked_sub(1) else { return false };
        let written = self.sentence.form(self.text, before);
        let together = |e: &Entity| e.kind == EntityKind::Per && e.first == before && e.last == family + 1;
        if written.len() < LEAST || !self.sentence.entities.iter().any(together) {
            return false;
        }
        world.names.values(value).any(|alias| {
            let known = &world.known[alias.entity as usize];
            let given = known.name.split(' ').next().unwrap_or("");
            let alike = given.len() >= LEAST && given.chars().next() == written.chars().next();
            known.class == EntityClass::Person && alike && edits(given, written) <= EDITS
        })
    }

    /// True when a capitalised word that is neither title nor nationality stands right before: "John Brown".
    fn after_given_name(&self, world: &World, token: usize) -> bool {
        let Some(before) = token.checked_sub(1) else { return false };
        let form = self.sentence.form(self.text, before);
        let known = world.given.contains_key(&super::names::word_hash(form));
        known && self.sentence.tokens[before].upos == Upos::Propn && !self.title_like(world, before)
    }

    fn joined(&self, units: &[Unit], i: usize, n: usize) -> Joined {
        let between = |a: &Unit, b: &Unit| {
            let gap = &self.text[a.span.end as usize..b.span.start as usize];
            matches!(gap, "-" | "‐" | "‑" | "–")
        };
        if i > 0 && between(&units[i - 1], &units[i]) {
            let before = units[i - 1].span.of(self.text);
            if holds_form(&LISTS.before_hyphen, before) {
                return Joined::Other;
            }
        }
        let end = i + n - 1;
        if units.get(end + 1).is_some_and(|after| between(&units[end], after)) {
            let after = units[end + 1].span.of(self.text);
            if holds_form(&LISTS.led, after) {
                return Joined::Led;
            }
            if holds_form(&LISTS.beside, after) {
                return Joined::Other;
            }
        }
        Joined::No
    }

    /// The known name that covers a token.
    pub fn name_at(&self, token: usize) -> Option<&Mark> {
        self.at[token].0.checked_sub(1).map(|i| &self.names[i as usize])
    }

    /// Every known name, in order.
    pub fn all_names(&self) -> &[Mark] {
        &self.names
    }

    /// Every known name that begins in a token.
    pub fn names_in(&self, token: usize) -> impl Iterator<Item = &Mark> {
        let from = self.names.partition_point(|mark| mark.first < token);
        self.names[from..].iter().take_while(move |mark| mark.first == token)
    }

    /// The role noun or title that covers a token.
    pub fn role_at(&self, token: usize) -> Option<&Mark> {
        self.at[token].1.checked_sub(1).map(|i| &self.roles[i as usize])
    }

    /// The tagged name that covers a token.
    pub fn entity_at(&self, token: usize) -> Option<&Entity> {
        self.sentence.entities.iter().find(|e| e.first <= token && token < e.last)
    }

    /// The letters of a token.
    pub fn form(&self, token: usize) -> &'a str {
        self.sentence.form(self.text, token)
    }

    /// True for a token whose form is one of a list, whatever its case.
    pub fn is_of(&self, token: usize, list: &[String]) -> bool {
        holds_form(list, self.form(token))
    }

    /// True when the token's lower-case form is one of these.
    pub fn is(&self, token: usize, words: &[&str]) -> bool {
        let form = self.form(token);
        words.iter().any(|word| form.eq_ignore_ascii_case(word))
    }
}
