//! Verbs that the parser took for passive participles though the sentence leaves them only the active voice.
//!
//! Past and participle of most English verbs are spelled alike. Two things tell them apart: a passive has no object of
//! its own, and a whole sentence has a finite verb.

use super::lists::{LISTS, holds};
use crate::{Relation as R, Sentence, Upos, labels::Xpos};

/// Makes such verbs active again, and their nouns subjects.
pub fn restore(sentence: &mut Sentence) {
    let whole = sentence.tokens.last().is_some_and(|token| token.upos == Upos::Punct);
    for verb in 0..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        if token.upos != Upos::Verb || !matches!(token.xpos.as_str(), "VBN" | "VBD") {
            continue;
        }
        let helped = child(sentence, verb, |relation| matches!(relation, R::AuxPass)).is_some();
        if helped || child(sentence, verb, |relation| relation == R::OblAgent).is_some() {
            continue;
        }
        if token.relation == R::Acl {
            take_head(sentence, verb);
        } else if whole || child(sentence, verb, |relation| relation == R::Obj).is_some() {
            name_subject(sentence, verb);
        }
    }
}

fn child(sentence: &Sentence, head: usize, wanted: impl Fn(R) -> bool) -> Option<usize> {
    let tokens = &sentence.tokens;
    (0..tokens.len()).find(|&i| tokens[i].head == Some(head) && wanted(tokens[i].relation))
}

/// "China called for calm": without a form of "be" or "get" the subject of a main clause is no passive one.
fn name_subject(sentence: &mut Sentence, verb: usize) {
    let finite = matches!(sentence.tokens[verb].relation, R::Root | R::Conj | R::Ccomp | R::Parataxis);
    let modified = child(sentence, verb, |relation| relation == R::Aux).is_some();
    let Some(subject) = child(sentence, verb, |relation| relation == R::NsubjPass) else { return };
    if finite && !modified && subject < verb {
        sentence.tokens[subject].relation = R::Nsubj;
        sentence.tokens[verb].xpos = Xpos::from_name("VBD");
    }
}

/// "days after his men seized Bazoum", "the emir phoned Sharif": a participle with an object right behind it is the verb
/// of the noun before it, and takes its place in the tree.
fn take_head(sentence: &mut Sentence, verb: usize) {
    let tokens = &sentence.tokens;
    let Some(noun) = tokens[verb].head.filter(|&noun| noun < verb) else { return };
    let object = |i: usize| i > verb && i < verb + 5;
    let acted_on = child(sentence, verb, |relation| relation == R::Obj).filter(|&i| object(i));
    if acted_on.is_none() || holds(&LISTS.two_objects, &tokens[verb].lemma) {
        return;
    }
    let case = child(sentence, noun, |relation| relation == R::Case);
    let joint = |i: usize| matches!(tokens[i].lemma.as_str(), "after" | "before" | "since" | "until" | "as" | "while");
    let relation = match tokens[noun].relation {
        R::Root if tokens.last().is_some_and(|token| token.upos == Upos::Punct) => R::Root,
        R::Obl | R::Nmod if case.is_some_and(joint) => R::Advcl,
        _ => return,
    };
    let (above, place) = (tokens[noun].head, noun);
    let tokens = &mut sentence.tokens;
    tokens[verb].head = above;
    tokens[verb].relation = relation;
    tokens[verb].xpos = Xpos::from_name("VBD");
    tokens[place].head = Some(verb);
    tokens[place].relation = R::Nsubj;
    if let Some(case) = case {
        tokens[case].head = Some(verb);
        tokens[case].relation = R::Mark;
    }
    for token in tokens.iter_mut().skip(verb) {
        if token.head == Some(place) && matches!(token.relation, R::Punct | R::Conj | R::Obl | R::Advcl) {
            token.head = Some(verb);
        }
    }
}
