//! People by a part of their name: who "Sharif" is, whom the report names in full elsewhere.

use super::stage::{Stage, scene_of};
use crate::{
    sentence::EntityKind,
    span::Span,
    world::{
        Alias, By, EntityClass, World,
        actors::{Named, Who},
        names::word_hash,
        scene::Scene,
    },
};

/// People whose whole name stands in the report.
pub(super) fn full_names(world: &World, scenes: &[Scene]) -> Vec<u32> {
    let mut out = Vec::new();
    for mark in scenes.iter().flat_map(Scene::all_names) {
        let people =
            world.names.values(mark.value).filter(|a| world.known[a.entity as usize].class == EntityClass::Person);
        let mut named: Vec<u32> = people.filter(|alias| alias.by == By::Name).map(|alias| alias.entity).collect();
        named.dedup();
        if let [one] = named.as_slice() {
            out.push(*one);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A person named in full whom the world does not know.
#[derive(Clone, Copy)]
pub(super) struct Character {
    pub(super) surname: u64,
    pub(super) who: Who,
}

impl Stage<'_, '_> {
    pub(super) fn person(&self, candidates: &[Alias]) -> Option<u32> {
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
    pub(super) fn written(&mut self, sentence: usize, name: Span) -> Option<Who> {
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
}

/// True when a written name may be the known one's: one holds all words of the other.
fn same_name(text: &str, who: &Who, words: &str) -> bool {
    let Named::Words(span) = who.named else { return true };
    let known = span.of(text);
    let all = |a: &str, b: &str| a.split(' ').all(|word| b.split(' ').any(|other| word_hash(word) == word_hash(other)));
    all(known, words) || all(words, known)
}
