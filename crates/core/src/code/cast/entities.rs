//! Names of a report, with whom each denotes.

use super::Cast;
use crate::{
    claim::{NamedEntity, Party},
    sentence::{Entity, EntityKind},
    world::{
        By, EntityClass,
        actors::{Named, Sort, Who, Why},
        scene::Mark,
    },
};

impl Cast<'_> {
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
                let known = self.bare(sentence, mark, kind);
                match touching {
                    None if kind != EntityKind::Per || mark.last - mark.first > 1 => names.push(known),
                    // A people stays one where the world knows whose land it lives on: "the Rohingya".
                    Some(name) if name.kind == EntityKind::Norp && kind == EntityKind::Gpe => {}
                    // "Rapid Support" of "Rapid Support Forces"
                    Some(name) if known.first <= name.first && name.last <= known.last => {
                        if !(name.kind == EntityKind::Loc && kind == EntityKind::Gpe) {
                            name.kind = kind;
                        }
                        if known.first < name.first || name.last < known.last {
                            *name = known;
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

    /// A known name without the article that the world knows it with: "the US".
    fn bare(&self, sentence: usize, mark: &Mark, kind: EntityKind) -> Entity {
        let tokens = &self.scenes[sentence].sentence.tokens;
        let form = |at: usize| tokens[at].span.of(self.text);
        let article = mark.last - mark.first > 1
            && (form(mark.first) == "the"
                || form(mark.first) == "The" && !form(mark.first + 1).contains(char::is_lowercase));
        let first = mark.first + usize::from(article);
        Entity { span: tokens[first].span.cover(tokens[mark.last - 1].span), first, last: mark.last, kind }
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
}
