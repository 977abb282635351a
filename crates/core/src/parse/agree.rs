//! Names of one report made to agree: what is a person in full stays one by the family name alone, and what is mostly
//! a place is a place throughout.

use std::collections::BTreeMap;

use super::known::{Known, known};
use crate::{Entity, EntityKind, Relation, Sentence};

/// A person named in full speaks for the family name as loud as so many bare mentions.
const FAMILY: u32 = 4;

/// Votes of the mentions of one name: persons, organisations, places, nationalities, other things.
#[derive(Clone, Copy, Default)]
struct Votes {
    kinds: [u32; 6],
}

impl Votes {
    fn add(&mut self, kind: EntityKind, weight: u32) {
        self.kinds[kind as usize] += weight;
    }

    /// A place is a place, a polity or not.
    fn of(&self, kind: EntityKind) -> u32 {
        let [.., norp, misc] = self.kinds;
        let [person, body, place, polity, ..] = self.kinds;
        match kind {
            EntityKind::Per => person,
            EntityKind::Org => body,
            EntityKind::Loc | EntityKind::Gpe => place + polity,
            EntityKind::Norp => norp,
            EntityKind::Misc => misc,
        }
    }

    /// The kind with the most votes; `kind` itself when none has more.
    fn elect(&self, kind: EntityKind) -> EntityKind {
        use EntityKind::{Gpe, Loc, Misc, Norp, Org, Per};
        let place = if self.kinds[Gpe as usize] >= self.kinds[Loc as usize] { Gpe } else { Loc };
        let mut best = kind;
        for other in [Per, Org, place, Norp, Misc] {
            if self.of(other) > self.of(best) {
                best = other;
            }
        }
        best
    }
}

/// Lets the mentions of each name vote on its kind. `sentences` are those of one report.
pub fn names(text: &str, sentences: &mut [Sentence]) {
    let mut votes: BTreeMap<&str, Votes> = BTreeMap::new();
    for sentence in sentences.iter() {
        for entity in &sentence.entities {
            votes.entry(entity.span.of(text)).or_default().add(entity.kind, 1);
            if entity.kind == EntityKind::Per && entity.last - entity.first > 1 {
                votes.entry(sentence.form(text, entity.last - 1)).or_default().add(EntityKind::Per, FAMILY);
                votes.entry(sentence.form(text, entity.first)).or_default().add(EntityKind::Per, 1);
            }
            if let Some((kind, weight)) = told(text, sentence, entity) {
                votes.entry(entity.span.of(text)).or_default().add(kind, weight);
            }
            // "Golan" of "the Golan Heights"
            let form = sentence.form(text, entity.first);
            let long = entity.last - entity.first > 1
                && matches!(entity.kind, EntityKind::Loc | EntityKind::Gpe | EntityKind::Org);
            if long && form.starts_with(char::is_uppercase) && known(form) == Known::default() {
                votes.entry(form).or_default().add(entity.kind, 1);
            }
        }
    }
    for sentence in sentences {
        for entity in &mut sentence.entities {
            entity.kind = votes[entity.span.of(text)].elect(entity.kind);
        }
    }
}

/// What the words beside a name of one word tell of its kind: nobody is in a person, and an unknown place says nothing.
fn told(text: &str, sentence: &Sentence, entity: &Entity) -> Option<(EntityKind, u32)> {
    use EntityKind::{Gpe, Loc, Per};
    if entity.last - entity.first > 1 {
        return None;
    }
    let unknown = || known(sentence.form(text, entity.first)) == Known::default();
    let before = entity.first.checked_sub(1).map_or("", |at| sentence.form(text, at));
    let token = &sentence.tokens[entity.first];
    match entity.kind {
        Per if matches!(before, "in" | "near" | "outside" | "around" | "across") => Some((Gpe, 3)),
        Loc | Gpe if token.relation == Relation::Nsubj && unknown() => {
            let says = |head: usize| {
                matches!(
                    sentence.tokens[head].lemma.as_str(),
                    "say" | "tell" | "add" | "explain" | "note" | "recall" | "ask"
                )
            };
            token.head.is_some_and(says).then_some((Per, 3))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, Span, Token};

    fn sentence(text: &str, names: &[(usize, usize, EntityKind)]) -> Sentence {
        let mut sentence = Sentence::default();
        for word in text.split(' ') {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            sentence.tokens.push(Token {
                span: Span::new(start, start + word.len()),
                ..crate::parse::parse_tokens("x", &[vec![(Span::new(0, 1), false)]])[0].tokens[0].clone()
            });
        }
        for &(first, last, kind) in names {
            let span = sentence.tokens[first].span.cover(sentence.tokens[last - 1].span);
            sentence.entities.push(Entity { span, first, last, kind });
        }
        sentence
    }

    #[test]
    fn a_person_in_full_decides_what_the_family_name_is() {
        use EntityKind::{Gpe, Per};
        let text = "Aleko Varna spoke . Varna left Varna";
        let mut all = vec![sentence(text, &[(0, 2, Per), (4, 5, Gpe), (6, 7, Gpe)])];
        names(text, &mut all);
        assert_eq!(all[0].entities.iter().map(|e| e.kind).collect::<Vec<_>>(), [Per, Per, Per]);
    }

    #[test]
    fn nobody_is_in_a_person_and_an_unknown_place_says_nothing() {
        use EntityKind::{Gpe, Loc, Per};
        let text = "in Zarkesh Zarkesh ; Tolvane said";
        let mut all = vec![sentence(text, &[(1, 2, Per), (2, 3, Per), (4, 5, Loc)])];
        all[0].tokens[4].relation = Relation::Nsubj;
        all[0].tokens[4].head = Some(5);
        all[0].tokens[5].lemma = "say".into();
        names(text, &mut all);
        assert_eq!(all[0].entities.iter().map(|e| e.kind).collect::<Vec<_>>(), [Gpe, Gpe, Per]);
    }

    #[test]
    fn the_first_word_of_a_long_name_is_of_its_kind() {
        use EntityKind::{Loc, Per};
        let text = "Zarkesh Heights Zarkesh Heights Zarkesh";
        let mut all = vec![sentence(text, &[(0, 2, Loc), (2, 4, Loc), (4, 5, Per)])];
        names(text, &mut all);
        assert_eq!(all[0].entities[2].kind, Loc);
    }

    #[test]
    fn most_mentions_win_and_a_tie_changes_nothing() {
        use EntityKind::{Gpe, Loc, Org, Per};
        let text = "Kesh Kesh Kesh Tarn Tarn";
        let mut all = vec![sentence(text, &[(0, 1, Loc), (1, 2, Gpe), (2, 3, Per), (3, 4, Org), (4, 5, Per)])];
        names(text, &mut all);
        assert_eq!(all[0].entities.iter().map(|e| e.kind).collect::<Vec<_>>(), [Loc, Gpe, Gpe, Org, Per]);
    }
}
