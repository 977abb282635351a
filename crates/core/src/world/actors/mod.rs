//! Who a phrase denotes: names, offices, nationality and role, metonyms, and unknown names by their description.

mod named;
mod owners;

pub(crate) use named::is_common;
use owners::{Owner, best};

use crate::{
    claim::Party,
    day::Day,
    labels::{Relation as R, Upos},
    sentence::Sentence,
    span::Span,
    world::{
        Alias, Code, EntityClass, Role, RoleKind, Sectors, World,
        lists::LISTS,
        people::Sex,
        scene::{Mark, Scene},
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
            // A pronoun goes by the words it takes up.
            Named::No => match self.why {
                Why::Antecedent(words) if words.len() < 80 => (Some(words.of(text).to_owned()), None),
                _ => (None, None),
            },
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
    /// True for a country whose own bodies the report may name without it.
    fn at_home(&self, _: Code) -> bool {
        true
    }
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
        // "at least 26 people"
        if let Some(&first) = tokens.first()
            && first > 0
            && self.scene.is(first, &["least", "most"])
            && self.scene.is(first - 1, &["at"])
        {
            tokens.insert(0, first - 1);
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

    fn role(&self, head: usize) -> Option<(Mark, Role)> {
        let mark = *self.scene.role_at(head)?;
        let role = self.world.roles.values(mark.value).next()?;
        Some((mark, role))
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
            // "the Pahalgam attackers": those who attacked there, of whatever country. "Ukrainian saboteurs" are of it.
            // Nor are "the killers of nine nurses" of their country.
            let of_victims = owner.rank == Owner::OF && matches!(owner.sort, Sort::Person | Sort::People);
            let there = owner.sectors.is_empty() && !owner.people;
            let only_there = role.sectors.has("UAF") && (there || of_victims);
            let country = owner.country.filter(|_| !only_there);
            let mut who = Who { country, why: Why::Described(Some(owner.span)), ..who };
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
        self.scene.tree.children(head).any(|c| c < head && self.scene.is_of(c, &LISTS.indefinite))
    }
}

fn owned_sectors(role: &Role, owner: Option<&Owner>) -> Sectors {
    match owner {
        Some(owner) if role.of_owner && owner.sort != Sort::State && !owner.sectors.is_empty() => owner.sectors,
        // "Al-Shabaab militants" are of the group, whatever they are called.
        Some(owner) if role.sectors.has("UAF") && owner.sectors.has("REB") => owner.sectors,
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
