//! Conjuncts that the parser joined to the wrong word: "fighting between the army **and the militia**", "Egypt and
//! **South** Sudan".

use crate::{
    labels::{Relation as R, Upos},
    sentence::{EntityKind, Sentence, Token},
};

const NOMINAL: [Upos; 3] = [Upos::Noun, Upos::Propn, Upos::Pron];

/// Joins what stands behind "and" to what stands behind "between": it takes two.
pub fn between(sentence: &mut Sentence) {
    for case in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[case].lemma != "between" || tokens[case].relation != R::Case {
            continue;
        }
        let Some(one) = tokens[case].head.filter(|&one| one > case && NOMINAL.contains(&tokens[one].upos)) else {
            continue;
        };
        let Some(above) = tokens[one].head.filter(|&above| above < case) else { continue };
        let conjunct = |t: &Token, of: usize| t.head == Some(of) && t.relation == R::Conj;
        if tokens.iter().any(|t| conjunct(t, one)) {
            continue;
        }
        // Nothing but "and" and what describes the other may stand between the two.
        let other = (one + 1..tokens.len()).find(|&t| conjunct(&tokens[t], above) && NOMINAL.contains(&tokens[t].upos));
        let Some(other) = other else { continue };
        let and = |t: usize| tokens[t].head == Some(other) && tokens[t].relation == R::Cc && tokens[t].lemma == "and";
        let own = |t: usize| t > one && super::below(sentence, t, other) || super::below(sentence, t, one);
        if (one + 1..other).any(and) && (one + 1..other).all(own) {
            sentence.tokens[other].head = Some(one);
        }
    }
}

/// Makes one conjunct of two neighbours of one name that both hang from the same word: the last is the head.
pub fn names(sentence: &mut Sentence) {
    for i in 0..sentence.entities.len() {
        let name = &sentence.entities[i];
        if name.kind == EntityKind::Per {
            continue;
        }
        for word in name.first..name.last.saturating_sub(1) {
            let (now, next) = (&sentence.tokens[word], &sentence.tokens[word + 1]);
            let named = |t: &Token| matches!(t.upos, Upos::Propn | Upos::Adj);
            if now.head == next.head
                && now.head.is_some()
                && now.relation == next.relation
                && named(now)
                && named(next)
                && !matches!(now.relation, R::Compound | R::Amod | R::Flat | R::NmodDesc)
            {
                let adjective = now.upos == Upos::Adj;
                sentence.tokens[word].head = Some(word + 1);
                sentence.tokens[word].relation = if adjective { R::Amod } else { R::Compound };
            }
        }
    }
}

/// Makes a conjunct of what has an "and" of its own but hangs beside what it is joined to: "the summit of Japan **and South
/// Korea**", read as a summit of Japan, South Korea.
pub fn beside(sentence: &mut Sentence) {
    for other in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let phrase = matches!(tokens[other].relation, R::Nmod | R::Obl | R::Appos);
        if !phrase || !NOMINAL.contains(&tokens[other].upos) {
            continue;
        }
        let has = |relation: R| (0..other).find(|&t| tokens[t].head == Some(other) && tokens[t].relation == relation);
        let Some(and) = has(R::Cc).filter(|_| has(R::Case).is_none()) else { continue };
        let one = (0..and).rev().find(|&t| {
            tokens[t].head == tokens[other].head
                && tokens[t].relation == tokens[other].relation
                && NOMINAL.contains(&tokens[t].upos)
        });
        let Some(one) = one else { continue };
        if (one + 1..and).all(|t| super::below(sentence, t, one)) {
            (sentence.tokens[other].head, sentence.tokens[other].relation) = (Some(one), R::Conj);
        }
    }
}

/// Gives the second of two verbs the object behind it: "closed its airspace to carriers and ended **trade**", read as
/// airspace and trade; "suspended the pact and sealed the **post**", read as a second object of the first verb.
pub fn own_object(sentence: &mut Sentence) {
    for noun in 3..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if !NOMINAL.contains(&tokens[noun].upos) {
            continue;
        }
        let has = |of: usize, wanted: &[R]| super::child(sentence, of, wanted).is_some();
        let acts = |&verb: &usize| {
            tokens[verb].relation == R::Conj
                && tokens[verb].upos == Upos::Verb
                && matches!(tokens[verb].xpos.as_str(), "VBD" | "VBN" | "VBZ" | "VBP")
                && !has(verb, &[R::Obj, R::Ccomp, R::Xcomp])
        };
        let Some(above) = tokens[noun].head.filter(|&above| above + 1 < noun) else { continue };
        let verb = match tokens[noun].relation {
            R::Conj if above + 1 < noun - 1 && !has(noun, &[R::Cc, R::Case, R::Punct]) => Some(noun - 1),
            R::Obj if !has(noun, &[R::Case]) => {
                let first = (above + 1..noun).any(|t| tokens[t].head == Some(above) && tokens[t].relation == R::Obj);
                let near = |verb: &usize| (verb + 1..noun).all(|t| super::below(sentence, t, noun));
                (above + 1..noun)
                    .rev()
                    .find(|&t| tokens[t].head == Some(above) && acts(&t))
                    .filter(near)
                    .filter(|_| first)
            }
            _ => None,
        };
        if let Some(verb) = verb.filter(acts).filter(|&verb| tokens[verb].head.is_some_and(|head| head < verb)) {
            (sentence.tokens[noun].head, sentence.tokens[noun].relation) = (Some(verb), R::Obj);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sentence::Entity, world::testing};

    #[test]
    fn fighting_between_two_is_between_two() {
        let rows = [
            ("Fighting", "NOUN", 7, "nsubj"),
            ("between", "ADP", 3, "case"),
            ("troops", "NOUN", 1, "nmod"),
            ("and", "CCONJ", 6, "cc"),
            ("a", "DET", 6, "det"),
            ("militia", "NOUN", 1, "conj"),
            ("raged", "VERB", 0, "root"),
        ];
        let mut fighting = testing::sentence("Fighting between troops and a militia raged", &rows);
        between(&mut fighting);
        assert_eq!(fighting.tokens[5].head, Some(2));
    }

    #[test]
    fn a_name_of_two_words_is_one_conjunct() {
        let rows = [
            ("Egypt", "PROPN", 5, "nsubj"),
            ("and", "CCONJ", 4, "cc"),
            ("South", "PROPN", 1, "conj"),
            ("Sudan", "PROPN", 1, "conj"),
            ("left", "VERB", 0, "root"),
        ];
        let mut both = testing::sentence("Egypt and South Sudan left", &rows);
        both.entities = vec![Entity { span: crate::Span::new(10, 21), first: 2, last: 4, kind: EntityKind::Gpe }];
        names(&mut both);
        assert_eq!((both.tokens[2].head, both.tokens[2].relation), (Some(3), R::Compound));
    }
}
