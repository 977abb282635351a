//! What stands around the claims of a report: who is named where, and which claims share a sentence.

use crate::{
    claim::{Annotation, Claim, NamedEntity, Party},
    sentence::EntityKind,
    span::Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// What stands around the claims of a report, laid out so that a claim looks at its own sentence alone.
pub(crate) struct Around<'a> {
    pub(super) annotation: &'a Annotation,
    /// Spans of the names of persons, by start, and their canonical names.
    persons: Vec<(Span, String)>,
    pub(super) person_names: BTreeSet<String>,
    /// Spans of the names of parties, by start.
    pub(super) parties: Vec<Span>,
    /// The claims of each sentence.
    claims: BTreeMap<usize, Vec<&'a Claim>>,
}

impl<'a> Around<'a> {
    /// Lays out a report.
    pub(crate) fn new(annotation: &'a Annotation) -> Self {
        let text = &annotation.report.text;
        let mut entities: Vec<_> = annotation.entities.iter().collect();
        entities.sort_by_key(|e| e.entity.span);
        let people = entities.iter().filter(|e| e.entity.kind == EntityKind::Per);
        let name = |e: &&NamedEntity| {
            let known = e.party.as_ref().and_then(|p| p.name.clone());
            (e.entity.span, known.unwrap_or_else(|| e.entity.span.of(text).to_string()))
        };
        let persons: Vec<(Span, String)> = people.map(name).collect();
        let of_state = |e: &&&NamedEntity| e.party.as_ref().is_some_and(|p| p.country.is_some());
        let mut claims: BTreeMap<usize, Vec<&Claim>> = BTreeMap::new();
        for claim in &annotation.claims {
            claims.entry(claim.sentence).or_default().push(claim);
        }
        Self {
            annotation,
            person_names: persons.iter().map(|(_, name)| name.clone()).collect(),
            persons,
            parties: entities.iter().filter(of_state).map(|e| e.entity.span).collect(),
            claims,
        }
    }

    /// The claims of the sentence that a claim stands in, itself among them.
    pub(super) fn mates(&self, c: &Claim) -> impl Iterator<Item = &'a Claim> {
        self.claims.get(&c.sentence).into_iter().flatten().copied()
    }

    /// What a claim made by a word of saying reports, as far as it stands outside the claim's own words.
    pub(super) fn said(&self, c: &Claim) -> Vec<Span> {
        if !c.kind.verbal() {
            return Vec::new();
        }
        let all = &self.annotation.attributions;
        let from = all.partition_point(|said| said.sentence < c.sentence);
        let mut here = all[from..].iter().take_while(|said| said.sentence == c.sentence);
        let found = here.find(|said| said.cue.touches(c.act));
        let parts = found.into_iter().flat_map(|said| &said.content);
        parts.copied().filter(|part| !part.touches(c.span)).collect()
    }

    /// True for words inside the name of a party.
    pub(super) fn is_party(&self, words: Span) -> bool {
        let after = self.parties.partition_point(|span| span.start <= words.start);
        after > 0 && self.parties[after - 1].holds(words)
    }

    /// The name of the first person who is named inside these words.
    pub(crate) fn person(&self, words: Span) -> Option<&String> {
        let from = self.persons.partition_point(|(span, _)| span.start < words.start);
        let near = self.persons[from..].iter().take_while(|(span, _)| span.start <= words.end);
        near.into_iter().find(|(span, _)| words.holds(*span)).map(|(_, name)| name)
    }

    /// True for somebody who is named, or whom the report names elsewhere.
    pub(crate) fn is_person(&self, party: &Party) -> bool {
        self.person(party.span).is_some() || party.name.as_ref().is_some_and(|name| self.person_names.contains(name))
    }

    /// The names of all persons who are named inside these words.
    pub(super) fn people(&self, words: Span) -> impl Iterator<Item = &String> {
        let from = self.persons.partition_point(|(span, _)| span.start < words.start);
        let near = self.persons[from..].iter().take_while(move |(span, _)| span.start <= words.end);
        near.filter(move |(span, _)| words.holds(*span)).map(|(_, name)| name)
    }

    /// The names of parties inside these words.
    pub(super) fn parties_in(&self, words: Span) -> Vec<Span> {
        let from = self.parties.partition_point(|span| span.start < words.start);
        let near = self.parties[from..].iter().take_while(|span| span.start <= words.end);
        near.copied().filter(|span| words.holds(*span)).collect()
    }
}
