//! Who acts and who is acted on, where the parser gave their phrases another part.

use crate::{
    labels::{Relation as R, Upos},
    sentence::Sentence,
};

/// Makes a subject of the noun before a finite verb that has an object behind it as well: "In the evening **the
/// ministry** rejected the charge" read as a ministry that is rejected.
pub fn fronted(sentence: &mut Sentence) {
    for noun in 0..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let nominal = matches!(tokens[noun].upos, Upos::Noun | Upos::Propn);
        let Some(verb) = tokens[noun].head.filter(|&verb| verb > noun && nominal && tokens[noun].relation == R::Obj)
        else {
            continue;
        };
        let finite = matches!(tokens[verb].xpos.as_str(), "VBD" | "VBZ" | "VBP");
        let clause = matches!(tokens[verb].relation, R::Root | R::Conj | R::Parataxis | R::Ccomp | R::Advcl);
        let below = |t: &usize| tokens[*t].head == Some(verb) && *t != noun;
        let subject = (0..tokens.len())
            .filter(below)
            .any(|t| matches!(tokens[t].relation, R::Nsubj | R::NsubjPass | R::Csubj | R::AuxPass | R::Expl));
        let object = (verb + 1..tokens.len()).filter(below).any(|t| matches!(tokens[t].relation, R::Obj | R::Ccomp));
        if finite && clause && !subject && object {
            sentence.tokens[noun].relation = R::Nsubj;
        }
    }
}

/// Makes an object of the number that stands for people behind its verb: "asked **the two** to show restraint", where it
/// is read as counting what comes behind.
pub fn counted(sentence: &mut Sentence) {
    for number in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let counts = tokens[number].upos == Upos::Num && tokens[number].relation == R::Nummod;
        let Some(head) = tokens[number].head.filter(|_| counts) else { continue };
        let has = |head: usize, relation: R| {
            tokens.iter().any(|token| token.head == Some(head) && token.relation == relation)
        };
        let verb = if head < number {
            Some(head)
        } else {
            let between = (number + 1..=head).find(|&t| tokens[t].relation == R::Xcomp);
            between.and_then(|clause| tokens[clause].head)
        };
        let verb = verb.filter(|&verb| verb < number && tokens[verb].upos == Upos::Verb && !has(verb, R::Obj));
        if let Some(verb) = verb.filter(|_| has(number, R::Det)) {
            sentence.tokens[number].relation = R::Obj;
            sentence.tokens[number].head = Some(verb);
        }
    }
}

/// Makes a subject of the noun right before a finite verb that has none: "Britain condemned the raid and **France** called
/// it a crime" read as a raid and France.
pub fn joined(sentence: &mut Sentence) {
    for verb in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let noun = verb - 1;
        let finite = matches!(tokens[verb].xpos.as_str(), "VBD" | "VBZ" | "VBP") && tokens[verb].relation == R::Conj;
        let nominal = matches!(tokens[noun].upos, Upos::Noun | Upos::Propn) && tokens[noun].relation == R::Conj;
        let (Some(above), Some(first)) = (tokens[verb].head, tokens[noun].head) else { continue };
        if !(finite && nominal && above < first && super::below(sentence, first, above)) {
            continue;
        }
        let has = |head: usize, relations: &[R]| {
            tokens.iter().any(|token| token.head == Some(head) && relations.contains(&token.relation))
        };
        let and = (first..noun).find(|&t| tokens[t].head == Some(noun) && tokens[t].relation == R::Cc);
        let Some(and) = and.filter(|_| !has(verb, &[R::Nsubj, R::NsubjPass, R::Cc, R::Csubj, R::AuxPass])) else {
            continue;
        };
        sentence.tokens[and].head = Some(verb);
        (sentence.tokens[noun].head, sentence.tokens[noun].relation) = (Some(verb), R::Nsubj);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{labels::Xpos, world::testing};

    #[test]
    fn whoever_stands_right_before_the_second_verb_is_its_subject() {
        let rows = [
            ("Chad", "PROPN", 2, "nsubj"),
            ("condemned", "VERB", 0, "root"),
            ("raids", "NOUN", 2, "obj"),
            ("and", "CCONJ", 5, "cc"),
            ("Mali", "PROPN", 3, "conj"),
            ("called", "VERB", 2, "conj"),
            ("them", "PRON", 6, "obj"),
        ];
        let mut both = testing::sentence("Chad condemned raids and Mali called them", &rows);
        both.tokens[5].xpos = Xpos::from_name("VBD");
        joined(&mut both);
        assert_eq!((both.tokens[4].head, both.tokens[4].relation), (Some(5), R::Nsubj));
        assert_eq!(both.tokens[3].head, Some(5));
    }
}
