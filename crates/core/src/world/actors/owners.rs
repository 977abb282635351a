//! Whose somebody is: the possessors, nationalities and bodies that a noun phrase tells of.

use super::{Context, Named, Parts, Phrase, Sort, Who, Why, is_common, sort_of};
use crate::{
    span::Span,
    world::{
        Alias, By, Code, EntityClass, RoleKind, Sectors,
        lists::LISTS,
        scene::{Joined, Mark},
    },
};

const MEMBERSHIP: &[&str] = &["of", "from", "in", "at", "within", "for", "inside", "with", "to"];

/// A whereabouts of country and sector: whose soldiers, which ministry.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    pub span: Span,
    pub country: Option<Code>,
    pub sectors: Sectors,
    pub sort: Sort,
    pub named: Named,
    pub rank: u8,
    /// Told by the name of a people: "Ukrainian".
    pub people: bool,
}

impl Phrase<'_, '_> {
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

    /// Everything in the phrase that may tell whose it is. `role` is the role noun's own mark; `things` reads "by" too.
    pub(super) fn owners_of(
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
                    people: false,
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
        // "his counterparts in Oslo" are not his country's.
        // "appealed to their Asian partners"
        let other = self.scene.is_of(head, &LISTS.others);
        for &owner in parts.owners.iter().filter(|_| !other) {
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
            if form == "to" && !self.serves(head) || matches!(form.as_str(), "for" | "with") && !self.speaks_for(head) {
                continue;
            }
            // "the embassy in Dakar" is anybody's but Senegal's.
            if matches!(form.as_str(), "in" | "at" | "inside" | "within" | "to") && self.is_sent(head) {
                continue;
            }
            let rank = Owner::OF + place as u8;
            let nested = context.nested(token);
            // "police in the Iranian capital": a place is nobody, but lies somewhere.
            if nested.is_empty() && self.scene.is_of(token, &LISTS.whereabouts) {
                let inside = self.parts(token);
                inside.modifiers.iter().for_each(|&modifier| self.name_owner(modifier, rank, &mut owners));
                for &owner in &inside.owners {
                    owners.extend(context.nested(owner).iter().map(|who| Owner::of(who, rank)));
                }
            }
            for who in nested {
                owners.push(Owner::of(&who, rank));
            }
        }
        owners
    }

    /// "An adviser **to** the president"; an ambassador to a state is another's.
    fn serves(&self, head: usize) -> bool {
        let form = self.scene.form(head).to_ascii_lowercase();
        matches!(
            form.trim_end_matches('s'),
            "adviser"
                | "advisor"
                | "aide"
                | "assistant"
                | "deputy"
                | "counsel"
                | "counselor"
                | "counsellor"
                | "secretary"
        )
    }

    /// A mission of one state in another.
    fn is_sent(&self, head: usize) -> bool {
        self.scene.is_of(head, &LISTS.missions)
    }

    /// "spokesman for the ministry", "official with the agency": these belong to whom they speak for.
    pub(super) fn speaks_for(&self, head: usize) -> bool {
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
    pub(super) fn name_owner(&self, token: usize, rank: u8, owners: &mut Vec<Owner>) {
        for mark in self.scene.names_in(token) {
            let Some(alias) = self.world.names.values(mark.value).next() else { continue };
            let known = &self.world.known[alias.entity as usize];
            // "The Congress", "The National Defense Commission": a name that says nothing of the country.
            let press = self.world.code(known.country) == "MEDIA";
            let inside = self.scene.entity_at(token);
            let longer = inside.is_some_and(|entity| entity.first < mark.first || entity.last > mark.last);
            if is_common(self.world, self.scene, mark) || press && longer {
                continue;
            }
            if mark.joined == Joined::Other {
                continue;
            }
            if known.class == EntityClass::Person {
                // "the Putin government", "Assad forces".
                let aliases: Vec<Alias> = self.world.names.values(mark.value).collect();
                let holding = self.nearest_person(&aliases).and_then(|person| self.world.holding(person, self.day));
                // Long out of office, a name leads nothing any more.
                let recent = |holding: &&crate::world::people::Holding| {
                    self.day.is_none_or(|day| holding.distance(day.number() as i32) <= 2 * 366)
                };
                if let Some(holding) = holding.filter(recent) {
                    let (country, sectors) = (Some(holding.country), Sectors::default());
                    owners.push(Owner {
                        span: mark.span,
                        country,
                        sectors,
                        sort: Sort::State,
                        named: Named::No,
                        rank,
                        people: false,
                    });
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
                people: alias.by == By::Demonym,
            });
        }
    }
}

impl Owner {
    /// Rank of whoever stands behind "of".
    pub(super) const OF: u8 = 3;

    fn of(who: &Who, rank: u8) -> Self {
        Self {
            span: who.span,
            country: who.country,
            sectors: who.sectors,
            sort: who.sort,
            named: who.named,
            rank,
            people: false,
        }
    }
}

/// The owners of the best rank that tell a country, with the sectors that bodies without one add to them.
pub(super) fn best(mut owners: Vec<Owner>) -> Vec<Owner> {
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
