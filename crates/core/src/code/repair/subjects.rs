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
