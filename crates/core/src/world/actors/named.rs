//! Phrases with a name: states, bodies and people that the world knows, and names that only the tagger knows.

use super::{Context, Named, Parts, Phrase, Sort, Who, Why, owned_sectors, owners::best, sort_of};
use crate::{
    labels::{Relation as R, Upos},
    sentence::EntityKind,
    span::Span,
    world::{
        Alias, By, EntityClass, Role, RoleKind, Sectors, World,
        lists::{LISTS, holds_form},
        scene::{Joined, Mark, Scene},
    },
};

/// True for the name of a body that many states have: "Congress", "the Supreme Court", "the KGB".
pub(crate) fn is_common(world: &World, scene: &Scene, mark: &Mark) -> bool {
    let whole = scene.role_at(mark.last - 1).filter(|role| role.first <= mark.first && role.last == mark.last);
    let common = |role: Role| ["LEG", "JUD", "PTY"].iter().any(|sector| role.sectors.has(sector));
    whole.is_some_and(|role| world.roles.values(role.value).next().is_some_and(common))
        || holds_form(&LISTS.common_bodies, mark.span.of(scene.text))
}

impl Phrase<'_, '_> {
    /// The head is part of a name the world knows.
    pub(super) fn named(
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
                // "Peru's Congress", "the Bolivian Supreme Court": a word for such bodies anywhere, and not the one known.
                if self.role(head).is_some()
                    && let Some(owner) = best(self.owners_of(head, None, parts, context, false)).first()
                    && owner.sort == Sort::State
                    && !aliases.iter().any(|a| Some(world.known[a.entity as usize].country) == owner.country)
                {
                    return None;
                }
                // "the Azov Sea" is no Azov.
                if let Some(entity) = self.scene.entity_at(head)
                    && matches!(entity.kind, EntityKind::Loc | EntityKind::Gpe)
                    && !(entity.first..entity.last).all(|t| covered(t) || self.scene.is(t, &["the", "'s", "’s"]))
                {
                    return None;
                }
                // "The Congress", in New Delhi.
                if is_common(world, self.scene, mark)
                    && !aliases.iter().any(|a| context.at_home(world.known[a.entity as usize].country))
                {
                    return None;
                }
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
    pub(super) fn organization(&self, aliases: &[Alias], parts: &Parts, context: &mut impl Context) -> u32 {
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

    pub(super) fn person(
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
    pub(super) fn title_of(&self, head: usize, name: &Mark, parts: &Parts) -> Option<(Mark, Role)> {
        let outside = |mark: &Mark| mark.last <= name.first || mark.first >= name.last;
        let candidates = parts.modifiers.iter().chain(std::iter::once(&head)).copied();
        let mut marks: Vec<(Mark, Role)> = candidates.filter_map(|token| self.role(token)).collect();
        marks.retain(|(mark, role)| outside(mark) && role.kind != RoleKind::Thing);
        marks.sort_by_key(|(mark, _)| mark.first);
        // The first office named: "Army Chief Gen." is the army chief.
        let office = marks.iter().find(|(_, role)| role.office.is_some()).copied();
        office.or_else(|| marks.last().copied())
    }

    pub(super) fn is_former(&self, head: usize, parts: &Parts) -> bool {
        let near = parts.modifiers.iter().copied().filter(|&t| t < head);
        near.into_iter().any(|t| self.scene.is_of(t, &LISTS.former) && !self.scene.is_of(t, &LISTS.still))
            || self.scene.form(parts.modifiers.first().copied().unwrap_or(head)).to_ascii_lowercase().starts_with("ex-")
    }

    /// A title whose holder's name follows it in the phrase: the parse may make either the head.
    pub(super) fn titled(
        &self,
        head: usize,
        span: Span,
        parts: &Parts,
        context: &mut impl Context,
    ) -> Option<Vec<Who>> {
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
    pub(super) fn tagged(
        &self,
        head: usize,
        span: Span,
        parts: &Parts,
        context: &mut impl Context,
    ) -> Option<Vec<Who>> {
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

    pub(super) fn unknown_person(
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
}
