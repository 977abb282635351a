//! Who a phrase denotes: names, offices, nationality and role, metonyms, and unknown names by their description.

use crate::{
    claim::Party,
    day::Day,
    labels::{Relation as R, Upos},
    sentence::{EntityKind, Sentence},
    span::Span,
    world::{
        Alias, By, Code, EntityClass, Role, RoleKind, Sectors, World,
        people::Sex,
        scene::{Joined, Mark, Scene},
    },
};

/// What sort of party it is, as far as a pronoun or "both sides" asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Person,
    People,
    Force,
    Body,
    State,
    Thing,
}

/// The name of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// None: plain description.
    No,
    /// Known to the world.
    Known(u32),
    /// As written in the report.
    Words(Span),
}

/// How a party was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Name,
    Demonym,
    Capital,
    Holder(u16),
    /// The words that tell the country.
    Described(Option<Span>),
    /// The phrase it takes up.
    Antecedent(Span),
    /// The country the report is about at this place.
    Focus(Span),
    /// One of the two in question.
    Pair(Span),
    Speaker,
}

/// A party in the making: everything by number and span, no allocation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Who {
    pub span: Span,
    pub named: Named,
    pub country: Option<Code>,
    pub sectors: Sectors,
    pub sort: Sort,
    pub plural: bool,
    pub sex: Option<Sex>,
    pub why: Why,
}

impl Who {
    /// The party for the outside, with its strings.
    pub fn party(&self, world: &World, text: &str) -> Party {
        let (name, wikidata) = match self.named {
            Named::No => (None, None),
            Named::Words(span) => (Some(span.of(text).to_owned()), None),
            Named::Known(entity) => {
                let known = &world.known[entity as usize];
                let wikidata = Some(known.wikidata.to_string()).filter(|id| !id.is_empty());
                (Some(known.name.to_string()), wikidata)
            }
        };
        let name_or = |span: Span| name.clone().unwrap_or_else(|| span.of(text).to_owned());
        let why = match self.why {
            Why::Name => format!("name of {}", name_or(self.span)),
            Why::Demonym => "people of the country".to_owned(),
            Why::Capital => "seat of government".to_owned(),
            Why::Holder(office) => format!("holder of the office {}", world.title(office)),
            Why::Described(Some(span)) => format!("described by «{}»", span.of(text)),
            Why::Described(None) => "described".to_owned(),
            Why::Antecedent(span) => format!("takes up «{}»", span.of(text)),
            Why::Focus(span) => format!("in the account of «{}»", span.of(text)),
            Why::Pair(span) => format!("one of two: «{}»", span.of(text)),
            Why::Speaker => "speaker of the words".to_owned(),
        };
        Party {
            span: self.span,
            name,
            country: self.country.map(|code| world.code(code).to_owned()),
            sectors: self.sectors.iter().collect(),
            wikidata,
            why,
        }
    }
}

/// Whom the noun phrase with this head denotes, by the sentence alone; several for coordinations. `day` is that of the
/// report, for offices. Pronouns and phrases that need the report are for [`crate::code::cast::Cast`].
pub fn party(world: &World, text: &str, sentence: &Sentence, head: usize, day: Option<Day>) -> Vec<Party> {
    let scene = Scene::new(world, text, sentence);
    let phrase = Phrase { world, scene: &scene, day };
    phrase.parties(head).iter().map(|who| who.party(world, text)).collect()
}

/// The words of a noun phrase sorted by what they may tell of it.
#[derive(Default)]
struct Parts {
    /// Modifiers before or after the head that are no phrases of their own.
    modifiers: Vec<usize>,
    /// Heads of possessors.
    owners: Vec<usize>,
    /// Preposition and head of prepositional modifiers.
    prepositions: Vec<(usize, usize)>,
    /// Heads of appositions.
    appositions: Vec<usize>,
}

/// A whereabouts of country and sector: whose soldiers, which ministry.
#[derive(Clone, Copy)]
struct Owner {
    span: Span,
    country: Option<Code>,
    sectors: Sectors,
    sort: Sort,
    named: Named,
    rank: u8,
}

/// Resolves phrases of one scene.
pub(crate) struct Phrase<'w, 's> {
    pub world: &'w World,
    pub scene: &'s Scene<'s>,
    pub day: Option<Day>,
}

/// What [`Phrase::read`] needs to know of other phrases in the report.
pub(crate) trait Context {
    /// The parties of a phrase nested in the one being read.
    fn nested(&mut self, head: usize) -> Vec<Who>;
    /// Which person of several with one name, or none of them, is meant: "Sharif" after "Shehbaz Sharif".
    fn person(&mut self, candidates: &[Alias], mark: &Mark) -> Option<u32>;
    /// A person or body of this written name told of elsewhere.
    fn written(&mut self, name: Span) -> Option<Who>;
}

struct Alone<'p, 'w, 's>(&'p Phrase<'w, 's>);

impl Context for Alone<'_, '_, '_> {
    fn nested(&mut self, head: usize) -> Vec<Who> {
        self.0.parties(head)
    }
    fn person(&mut self, candidates: &[Alias], _: &Mark) -> Option<u32> {
        self.0.nearest_person(candidates)
    }
    fn written(&mut self, _: Span) -> Option<Who> {
        None
    }
}

const MEMBERSHIP: &[&str] = &["of", "from", "in", "at", "within", "for", "inside", "with"];

impl Phrase<'_, '_> {
    /// Parties of a phrase and of those coordinated with it.
    pub fn parties(&self, head: usize) -> Vec<Who> {
        let mut out = self.read(head, &mut Alone(self));
        for conjunct in self.conjuncts(head) {
            out.extend(self.read(conjunct, &mut Alone(self)));
        }
        out
    }

    /// The heads coordinated with this one that are nominal.
    pub fn conjuncts(&self, head: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let nominal = |&c: &usize| tree.relation(c) == R::Conj && is_nominal(self.scene.sentence, c);
        tree.children(head).filter(nominal).collect()
    }

    /// Of people who share a name, the one in office on the day or nearest to it; among equals the first known.
    pub fn nearest_person(&self, candidates: &[Alias]) -> Option<u32> {
        let people = candidates.iter().filter(|a| self.world.known[a.entity as usize].class == EntityClass::Person);
        people.map(|a| a.entity).min_by_key(|&person| self.world.distance(person, self.day))
    }

    /// Span of the phrase without coordinated ones, clauses, appositions and its preposition.
    pub fn span(&self, head: usize) -> Span {
        let tree = &self.scene.tree;
        let inside = |i: usize| match tree.relation(i) {
            R::Det
            | R::DetPredet
            | R::Amod
            | R::Compound
            | R::Flat
            | R::NmodDesc
            | R::NmodPoss
            | R::Nmod
            | R::Nummod
            | R::NmodUnmarked
            | R::Fixed
            | R::Goeswith => true,
            // Prepositions, joints and marks inside a phrase lie between its words anyway.
            R::Conj | R::Cc | R::Case | R::Punct => tree.head(i) != Some(head),
            _ => false,
        };
        let mut tokens = tree.subtree(head, inside);
        let edge = |i: usize| {
            matches!(self.scene.sentence.tokens[i].upos, Upos::Adp | Upos::Cconj | Upos::Punct | Upos::Sconj)
                || tree.relation(i) == R::Case
        };
        while tokens.first().is_some_and(|&i| i != head && edge(i)) {
            tokens.remove(0);
        }
        while tokens.last().is_some_and(|&i| i != head && edge(i)) {
            tokens.pop();
        }
        tree.span(&tokens).unwrap_or(self.scene.sentence.tokens[head].span)
    }

    fn parts(&self, head: usize) -> Parts {
        let mut parts = Parts::default();
        let mut stack = vec![(head, 0)];
        while let Some((at, depth)) = stack.pop() {
            for child in self.scene.tree.children(at) {
                match self.scene.tree.relation(child) {
                    R::Compound
                    | R::Flat
                    | R::NmodDesc
                    | R::Amod
                    | R::Nummod
                    | R::NmodUnmarked
                    | R::Goeswith
                    | R::Fixed
                    | R::Det => {
                        parts.modifiers.push(child);
                        if depth < 4 {
                            stack.push((child, depth + 1));
                        }
                    }
                    // "Indian and Pakistani officials", "the US-UK strikes".
                    R::Conj if at != head => {
                        parts.modifiers.push(child);
                        stack.push((child, depth + 1));
                    }
                    R::NmodPoss => parts.owners.push(child),
                    R::Nmod => {
                        let case = self.scene.tree.child(child, R::Case);
                        match case {
                            Some(case) => parts.prepositions.push((case, child)),
                            None => parts.modifiers.push(child),
                        }
                    }
                    R::Appos => parts.appositions.push(child),
                    _ => {}
                }
            }
        }
        parts.modifiers.sort_unstable();
        parts
    }

    /// Parties of the phrase with this head, coordination left to the caller.
    pub fn read(&self, head: usize, context: &mut impl Context) -> Vec<Who> {
        let parts = self.parts(head);
        let span = self.span(head);
        if let Some(mark) = self.scene.name_at(head).copied()
            && let Some(found) = self.named(head, &mark, span, &parts, context)
        {
            return found;
        }
        if let Some(found) = self.titled(head, span, &parts, context) {
            return found;
        }
        if let Some(found) = self.tagged(head, span, &parts, context) {
            return found;
        }
        // "military readiness": an adjective is nobody.
        let token = &self.scene.sentence.tokens[head];
        if token.upos == Upos::Adj && token.relation == R::Amod {
            return vec![];
        }
        if let Some(role) = self.role(head) {
            return self.described(head, role, span, &parts, context);
        }
        vec![]
    }

    /// Whose the thing of this phrase is: possessors, nationality, "of" and "by".
    pub fn owners(&self, head: usize, context: &mut impl Context) -> Vec<Who> {
        let parts = self.parts(head);
        let owners = self.owners_of(head, None, &parts, context, true);
        let who = |o: Owner| Who {
            span: o.span,
            named: o.named,
            country: o.country,
            sectors: o.sectors,
            sort: o.sort,
            plural: false,
            sex: None,
            why: Why::Described(Some(o.span)),
        };
        best(owners).into_iter().map(who).collect()
    }

    fn role(&self, head: usize) -> Option<(Mark, Role)> {
        let mark = *self.scene.role_at(head)?;
        let role = self.world.roles.values(mark.value).next()?;
        Some((mark, role))
    }

    /// The head is part of a name the world knows.
    fn named(
        &self,
        head: usize,
        mark: &Mark,
        span: Span,
        parts: &Parts,
        context: &mut impl Context,
    ) -> Option<Vec<Who>> {
        let world = self.world;
        let aliases: Vec<Alias> = world.names.values(mark.value).collect();
        let alias = *aliases.first()?;
        let known = &world.known[alias.entity as usize];
        let covered = |token: usize| mark.first <= token && token < mark.last;
        // "the India office": the name only modifies the head of a longer tagged name or phrase.
        match known.class {
            EntityClass::Person => {
                let person = context.person(&aliases, mark)?;
                Some(self.person(person, head, mark, span, parts, context))
            }
            EntityClass::Country | EntityClass::Region => {
                // A longer tagged name around it is somebody else's: "Bank of China", "Air India".
                if let Some(entity) = self.scene.entity_at(head)
                    && matches!(entity.kind, EntityKind::Org | EntityKind::Per | EntityKind::Misc)
                    && !(entity.first..entity.last).all(|t| covered(t) || self.scene.is(t, &["the", "'s", "’s"]))
                {
                    return None;
                }
                let token = &self.scene.sentence.tokens[head];
                if alias.by == By::Demonym && mark.joined == Joined::Other {
                    return Some(vec![]);
                }
                let modifies =
                    matches!(token.relation, R::Amod | R::Compound | R::NmodDesc | R::Flat | R::NmodUnmarked);
                if alias.by == By::Demonym && !modifies {
                    let plural =
                        token.xpos.as_str() == "NNS" || token.xpos.as_str() == "NNPS" || token.upos == Upos::Adj;
                    let who = Who {
                        span,
                        named: Named::No,
                        country: Some(known.country),
                        sectors: Sectors::one("CVL"),
                        sort: if plural { Sort::People } else { Sort::Person },
                        plural,
                        sex: None,
                        why: Why::Demonym,
                    };
                    return Some(vec![who]);
                }
                if mark.joined == Joined::Other {
                    return Some(vec![]);
                }
                let capital = alias.by == By::Capital;
                let entity = if capital || alias.by == By::Demonym {
                    world.state(known.country).unwrap_or(alias.entity)
                } else {
                    alias.entity
                };
                let region = known.class == EntityClass::Region;
                let sectors = if region { Sectors::default() } else { Sectors::one("GOV") };
                let who = Who {
                    span,
                    named: Named::Known(entity),
                    country: Some(known.country),
                    sectors: known.sectors.and(sectors),
                    sort: Sort::State,
                    plural: false,
                    sex: None,
                    why: match alias.by {
                        By::Capital => Why::Capital,
                        By::Demonym => Why::Demonym,
                        By::Name | By::Short => Why::Name,
                    },
                };
                Some(vec![who])
            }
            EntityClass::Organization => {
                // "the Hamas-run ministry" is no Hamas; with the head inside the name it is.
                let who = Who {
                    span,
                    named: Named::Known(self.organization(&aliases, parts, context)),
                    country: Some(known.country),
                    sectors: known.sectors,
                    sort: if known.sectors.has("MIL") || known.sectors.has("REB") { Sort::Force } else { Sort::Body },
                    plural: false,
                    sex: None,
                    why: Why::Name,
                };
                let chosen = match who.named {
                    Named::Known(entity) => &world.known[entity as usize],
                    _ => known,
                };
                Some(vec![Who { country: Some(chosen.country), sectors: chosen.sectors, ..who }])
            }
        }
    }

    /// Of bodies that share a name ("Congress", "Senate"), the one of the country the phrase tells; else the first.
    fn organization(&self, aliases: &[Alias], parts: &Parts, context: &mut impl Context) -> u32 {
        let first = aliases[0].entity;
        if aliases.len() == 1 {
            return first;
        }
        for &owner in &parts.owners {
            for who in context.nested(owner) {
                let same = |a: &&Alias| Some(self.world.known[a.entity as usize].country) == who.country;
                if let Some(alias) = aliases.iter().find(same) {
                    return alias.entity;
                }
            }
        }
        first
    }

    fn person(
        &self,
        person: u32,
        head: usize,
        mark: &Mark,
        span: Span,
        parts: &Parts,
        context: &mut impl Context,
    ) -> Vec<Who> {
        let known = &self.world.known[person as usize];
        let role = self.title_of(head, mark, parts);
        let holding = self.world.holding(person, self.day);
        let mut country = holding.map_or(known.country, |holding| holding.country);
        let current = self.world.distance(person, self.day) == 0;
        let mut sectors = holding.map_or(Sectors::default(), |holding| holding.sectors);
        if self.is_former(head, parts) || !current && role.is_none() && self.day.is_some() {
            sectors = Sectors::one("ELI");
        } else if let Some((role_mark, role)) = role {
            let owners = self.owners_of(head, Some(&role_mark), parts, context, false);
            if !role.sectors.is_empty() && !role.of_owner && (!current || sectors.is_empty()) {
                sectors = role.sectors;
            }
            // "Palestinian Prime Minister X": what the report says of somebody out of office goes before the table.
            if !current && let Some(owner) = best(owners).first().and_then(|o| o.country) {
                country = owner;
            }
        }
        let named = Named::Known(person);
        vec![Who {
            span,
            named,
            country: Some(country),
            sectors,
            sort: Sort::Person,
            plural: false,
            sex: known.sex,
            why: Why::Name,
        }]
    }

    /// The title before or around a name: "Foreign Minister" of "Indian Foreign Minister S. Jaishankar".
    fn title_of(&self, head: usize, name: &Mark, parts: &Parts) -> Option<(Mark, Role)> {
        let outside = |mark: &Mark| mark.last <= name.first || mark.first >= name.last;
        let candidates = parts.modifiers.iter().chain(std::iter::once(&head)).copied();
        let mut marks: Vec<(Mark, Role)> = candidates.filter_map(|token| self.role(token)).collect();
        marks.retain(|(mark, role)| outside(mark) && role.kind != RoleKind::Thing);
        marks.sort_by_key(|(mark, _)| mark.first);
        // The first office named: "Army Chief Gen." is the army chief.
        let office = marks.iter().find(|(_, role)| role.office.is_some()).copied();
        office.or_else(|| marks.last().copied())
    }

    fn is_former(&self, head: usize, parts: &Parts) -> bool {
        const FORMER: &[&str] =
            &["former", "ex", "then", "late", "ousted", "deposed", "toppled", "outgoing", "retired"];
        const STILL: &[&str] = &["outgoing", "then", "late"];
        let near = parts.modifiers.iter().copied().filter(|&t| t < head);
        near.into_iter().any(|t| self.scene.is(t, FORMER) && !self.scene.is(t, STILL))
            || self.scene.form(parts.modifiers.first().copied().unwrap_or(head)).to_ascii_lowercase().starts_with("ex-")
    }

    /// A title whose holder's name follows it in the phrase: the parse may make either the head.
    fn titled(&self, head: usize, span: Span, parts: &Parts, context: &mut impl Context) -> Option<Vec<Who>> {
        let (mark, role) = self.role(head)?;
        if role.kind != RoleKind::Person {
            return None;
        }
        let inside = |token: usize| token >= mark.last && parts.modifiers.contains(&token);
        for &token in parts.modifiers.iter().filter(|&&token| inside(token)) {
            if let Some(name) = self.scene.name_at(token) {
                let aliases: Vec<Alias> = self.world.names.values(name.value).collect();
                if self.world.known[aliases[0].entity as usize].class == EntityClass::Person
                    && let Some(person) = context.person(&aliases, name)
                {
                    return Some(self.person(person, head, &name.clone(), span, parts, context));
                }
            }
            if let Some(entity) = self.scene.entity_at(token).filter(|e| e.kind == EntityKind::Per) {
                return Some(vec![self.unknown_person(head, entity.span, span, Some((mark, role)), parts, context)]);
            }
        }
        // "Pakistan's army chief, Asim Munir,"
        for &apposition in &parts.appositions {
            let found = context.nested(apposition);
            if let [one] = found.as_slice()
                && one.sort == Sort::Person
                && one.named != Named::No
            {
                let mut who = Who { span, ..*one };
                if who.country.is_none() || who.sectors.is_empty() {
                    let own = self.described(head, (mark, role), span, parts, context);
                    if let Some(own) = own.first() {
                        who.country = who.country.or(own.country);
                        who.sectors = who.sectors.and(own.sectors);
                    }
                }
                return Some(vec![who]);
            }
        }
        None
    }

    /// A name that only the tagger knows.
    fn tagged(&self, head: usize, span: Span, parts: &Parts, context: &mut impl Context) -> Option<Vec<Who>> {
        let entity = *self
            .scene
            .entity_at(head)
            .or_else(|| {
                let right = parts.modifiers.iter().copied().filter(|&t| t > head);
                right.filter_map(|t| self.scene.entity_at(t)).find(|e| e.kind == EntityKind::Per && e.first <= head)
            })
            .as_ref()?;
        // "Urges Cooperation" of a headline is no name.
        let verb = |t: usize| {
            let token = &self.scene.sentence.tokens[t];
            token.upos == Upos::Verb || matches!(token.xpos.as_str(), "VBZ" | "VBD" | "VBP")
        };
        if entity.last - entity.first > 1 && verb(entity.first) {
            return None;
        }
        match entity.kind {
            EntityKind::Per => {
                let name =
                    Mark { first: entity.first, last: entity.last, span: entity.span, value: 0, joined: Joined::No };
                let title = self.title_of(head, &name, parts);
                let mut name_span = entity.span;
                // Titles the tagger took for part of the name are none of it.
                if let Some(at) = (entity.first..entity.last).rev().find(|&t| self.role(t).is_some())
                    && at + 1 < entity.last
                {
                    name_span = Span { start: self.scene.sentence.tokens[at + 1].span.start, end: entity.span.end };
                }
                Some(vec![self.unknown_person(head, name_span, span, title, parts, context)])
            }
            EntityKind::Org => {
                let inner = (entity.first..entity.last).rev().find_map(|t| self.role(t));
                let mut owners = self.owners_of(head, None, parts, context, false);
                for token in entity.first..entity.last {
                    self.name_owner(token, 3, &mut owners);
                }
                let owner = best(owners).first().copied();
                let sectors = inner.filter(|(_, role)| !role.of_owner).map(|(_, role)| role.sectors);
                let told = context.written(entity.span);
                let who = Who {
                    span,
                    named: Named::Words(entity.span),
                    country: owner.and_then(|o| o.country).or(told.and_then(|t| t.country)),
                    sectors: sectors.or(told.map(|t| t.sectors)).unwrap_or_default(),
                    sort: inner.map_or(Sort::Body, |(_, role)| sort_of(&role)),
                    plural: false,
                    sex: None,
                    why: Why::Described(owner.map(|o| o.span)),
                };
                Some(vec![who])
            }
            _ => None,
        }
    }

    fn unknown_person(
        &self,
        head: usize,
        name: Span,
        span: Span,
        title: Option<(Mark, Role)>,
        parts: &Parts,
        context: &mut impl Context,
    ) -> Who {
        let mut who = Who {
            span,
            named: Named::Words(name),
            country: None,
            sectors: Sectors::default(),
            sort: Sort::Person,
            plural: false,
            sex: self.world.sex_of_given_name(name.of(self.scene.text).split(' ').next().unwrap_or("")),
            why: Why::Described(None),
        };
        let owners = self.owners_of(head, title.as_ref().map(|(mark, _)| mark), parts, context, false);
        let owner = best(owners).first().copied();
        who.country = owner.and_then(|o| o.country);
        who.why = Why::Described(owner.map(|o| o.span));
        who.sectors = match title {
            Some((_, role)) if self.is_former(head, parts) && !role.sectors.is_empty() => Sectors::one("ELI"),
            Some((_, role)) if role.of_owner => owned_sectors(&role, owner.as_ref()),
            Some((_, role)) => role.sectors,
            None => Sectors::default(),
        };
        // "X, a spokesman for the ministry": the apposition tells what the name does not.
        for &apposition in &parts.appositions {
            if let Some(told) = context.nested(apposition).first() {
                who.country = who.country.or(told.country);
                if who.sectors.is_empty() {
                    who.sectors = told.sectors;
                }
                who.sex = who.sex.or(told.sex);
            }
        }
        if let Some(told) = context.written(name) {
            who.country = who.country.or(told.country);
            if who.sectors.is_empty() {
                who.sectors = told.sectors;
            }
            who.sex = who.sex.or(told.sex);
            if who.named != told.named && told.named != Named::No {
                who.named = told.named;
                who.why = Why::Antecedent(told.span);
            }
        }
        who
    }

    /// A role noun with what the phrase tells of it: "senior Pakistani officials", "the foreign ministry".
    fn described(
        &self,
        head: usize,
        (mark, role): (Mark, Role),
        span: Span,
        parts: &Parts,
        context: &mut impl Context,
    ) -> Vec<Who> {
        let owners = best(self.owners_of(head, Some(&mark), parts, context, false));
        let sort = sort_of(&role);
        let former = self.is_former(head, parts);
        let plural = role.plural || self.scene.sentence.tokens[head].xpos.as_str() == "NNS";
        let mut who = Who {
            span,
            named: Named::No,
            country: None,
            sectors: if former { Sectors::one("ELI") } else { owned_sectors(&role, None) },
            sort,
            plural,
            sex: None,
            why: Why::Described(None),
        };
        if owners.is_empty() {
            return if role.kind == RoleKind::Thing { vec![] } else { vec![who] };
        }
        let definite = !plural && !former && !self.has_indefinite(head);
        let one = |owner: &Owner| {
            let mut who = Who { country: owner.country, why: Why::Described(Some(owner.span)), ..who };
            if !former {
                who.sectors = owned_sectors(&role, Some(owner));
            }
            if let (Some(office), Some(country), true) = (role.office, owner.country, definite)
                && let Some(person) = self.world.holder(country, office, self.day)
            {
                let known = &self.world.known[person as usize];
                who.named = Named::Known(person);
                who.sex = known.sex;
                who.why = Why::Holder(office);
            }
            who
        };
        if owners.len() == 1 {
            who = one(&owners[0]);
            return vec![who];
        }
        owners.iter().map(one).collect()
    }

    fn has_indefinite(&self, head: usize) -> bool {
        const INDEFINITE: &[&str] = &["a", "an", "another", "any", "some", "no", "every", "each", "one", "deputy"];
        self.scene.tree.children(head).any(|c| c < head && self.scene.is(c, INDEFINITE))
    }

    /// Everything in the phrase that may tell whose it is. `role` is the role noun's own mark; `things` reads "by" too.
    fn owners_of(
        &self,
        head: usize,
        role: Option<&Mark>,
        parts: &Parts,
        context: &mut impl Context,
        things: bool,
    ) -> Vec<Owner> {
        let mut owners = Vec::new();
        let inside = |token: usize| role.is_some_and(|mark| mark.first <= token && token < mark.last);
        let own = self.scene.name_at(head).copied();
        for &token in &parts.modifiers {
            let part_of_own = own.is_some_and(|mark| mark.first <= token && token < mark.last) && role.is_none();
            if part_of_own {
                continue;
            }
            self.name_owner(token, if inside(token) { 9 } else { 1 }, &mut owners);
            // A body named by its role only: "Foreign Ministry spokesman", "army commander".
            if !inside(token)
                && token < head
                && let Some((mark, modifier)) = self.role(token)
                && token + 1 == mark.last
                && matches!(modifier.kind, RoleKind::Force | RoleKind::Body | RoleKind::People)
                && !modifier.of_owner
            {
                owners.push(Owner {
                    span: mark.span,
                    country: None,
                    sectors: modifier.sectors,
                    sort: sort_of(&modifier),
                    named: Named::No,
                    rank: 0,
                });
            }
        }
        // A title may hold a name inside its words: "Pentagon spokesman".
        if let Some(mark) = role {
            for token in mark.first..mark.last {
                if !parts.modifiers.contains(&token) && (own.is_none() || token != head) {
                    self.name_owner(token, 9, &mut owners);
                }
            }
        }
        for &owner in &parts.owners {
            owners.extend(context.nested(owner).iter().map(|who| Owner::of(who, 2)));
        }
        for &(case, token) in &parts.prepositions {
            let form = self.scene.form(case).to_ascii_lowercase();
            let Some(place) = MEMBERSHIP.iter().position(|word| *word == form) else {
                if things && form == "by" {
                    owners.extend(context.nested(token).iter().map(|who| Owner::of(who, 0)));
                }
                continue;
            };
            if matches!(form.as_str(), "for" | "with") && !self.speaks_for(head) {
                continue;
            }
            let rank = 3 + place as u8;
            for who in context.nested(token) {
                owners.push(Owner::of(&who, rank));
            }
        }
        owners
    }

    /// "spokesman for the ministry", "official with the agency": these belong to whom they speak for.
    fn speaks_for(&self, head: usize) -> bool {
        let form = self.scene.form(head).to_ascii_lowercase();
        [
            "spokes",
            "official",
            "analyst",
            "officer",
            "lawyer",
            "correspondent",
            "reporter",
            "adviser",
            "advisor",
            "fighter",
        ]
        .iter()
        .any(|stem| form.starts_with(stem))
    }

    /// Adds the country or body that a modifying name tells of.
    fn name_owner(&self, token: usize, rank: u8, owners: &mut Vec<Owner>) {
        for mark in self.scene.names_in(token) {
            let Some(alias) = self.world.names.values(mark.value).next() else { continue };
            let known = &self.world.known[alias.entity as usize];
            if mark.joined == Joined::Other {
                continue;
            }
            if known.class == EntityClass::Person {
                // "the Putin government", "Assad forces".
                let aliases: Vec<Alias> = self.world.names.values(mark.value).collect();
                let holding = self.nearest_person(&aliases).and_then(|person| self.world.holding(person, self.day));
                if let Some(holding) = holding {
                    let (country, sectors) = (Some(holding.country), Sectors::default());
                    owners.push(Owner { span: mark.span, country, sectors, sort: Sort::State, named: Named::No, rank });
                }
                continue;
            }
            let rank = if mark.joined == Joined::Led { 8 } else { rank };
            let body = known.class == EntityClass::Organization;
            owners.push(Owner {
                span: mark.span,
                country: Some(known.country),
                sectors: known.sectors,
                sort: if body { Sort::Body } else { Sort::State },
                named: Named::Known(alias.entity),
                rank,
            });
        }
    }
}

impl Owner {
    fn of(who: &Who, rank: u8) -> Self {
        Self { span: who.span, country: who.country, sectors: who.sectors, sort: who.sort, named: who.named, rank }
    }
}

/// The owners of the best rank that tell a country, with the sectors that bodies without one add to them.
fn best(mut owners: Vec<Owner>) -> Vec<Owner> {
    let bodies: Vec<Owner> =
        owners.iter().filter(|o| o.sort != Sort::State && !o.sectors.is_empty()).copied().collect();
    let rank = owners.iter().filter(|o| o.country.is_some()).map(|o| o.rank).min();
    match rank {
        None => {
            owners.retain(|o| !o.sectors.is_empty());
            owners.truncate(1);
        }
        Some(rank) => {
            // "Iran's Revolutionary Guards commander": a body of the state named beside it tells the sector.
            owners.retain(|o| o.country.is_some() && o.rank == rank);
            if owners.iter().any(|o| o.sort == Sort::Body) && owners.iter().any(|o| o.sort == Sort::State) {
                let states: Vec<Option<Code>> =
                    owners.iter().filter(|o| o.sort == Sort::State).map(|o| o.country).collect();
                owners.retain(|o| o.sort == Sort::Body || !states.is_empty() && o.sort == Sort::State);
                owners.dedup_by_key(|o| o.country);
            }
            for owner in owners.iter_mut().filter(|o| o.sort == Sort::State) {
                if let Some(body) = bodies.first() {
                    owner.sectors = body.sectors;
                    owner.sort = body.sort;
                }
            }
        }
    }
    let mut seen: Vec<Option<Code>> = Vec::new();
    owners.retain(|o| {
        let new = !seen.contains(&o.country);
        seen.push(o.country);
        new
    });
    owners
}

fn owned_sectors(role: &Role, owner: Option<&Owner>) -> Sectors {
    match owner {
        Some(owner) if role.of_owner && owner.sort != Sort::State && !owner.sectors.is_empty() => owner.sectors,
        Some(owner) if owner.sort == Sort::Body && role.sectors.iter().next() != Some("CVL") => role.sectors,
        _ => role.sectors,
    }
}

fn sort_of(role: &Role) -> Sort {
    match role.kind {
        RoleKind::Person => Sort::Person,
        RoleKind::People => Sort::People,
        RoleKind::Force => Sort::Force,
        RoleKind::Body => Sort::Body,
        RoleKind::Thing => Sort::Thing,
    }
}

/// True for a token that can head a noun phrase.
pub(crate) fn is_nominal(sentence: &Sentence, i: usize) -> bool {
    let token = &sentence.tokens[i];
    match token.upos {
        Upos::Noun | Upos::Propn | Upos::Pron => true,
        Upos::Adj | Upos::Num | Upos::Det | Upos::X | Upos::Sym => matches!(
            token.relation,
            R::Nsubj
                | R::NsubjPass
                | R::Obj
                | R::Iobj
                | R::Obl
                | R::OblAgent
                | R::Nmod
                | R::NmodPoss
                | R::Appos
                | R::Root
                | R::Conj
        ),
        _ => false,
    }
}
