//! Who acts and who is acted on, where the parser gave their phrases another part.

use crate::{
    labels::{Relation as R, Upos, Xpos},
    sentence::{Entity, EntityKind, Sentence},
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

/// Sets the place before a subject free: "In **New York** the council met", "in **Norway** Danish police fired" read as a
/// council of New York and police of Norway.
pub fn placed(sentence: &mut Sentence) {
    for noun in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let subject = matches!(tokens[noun].relation, R::Nsubj | R::NsubjPass);
        let Some(verb) = tokens[noun].head.filter(|&verb| subject && verb > noun) else { continue };
        let town = |e: &&Entity| {
            matches!(e.kind, EntityKind::Gpe | EntityKind::Loc)
                && e.first > 0
                && e.last <= noun
                && tokens[e.last - 1].head == Some(noun)
                && matches!(tokens[e.last - 1].relation, R::Compound | R::Nmod | R::Flat)
        };
        let Some((from, until)) = sentence.entities.iter().find(town).map(|e| (e.first, e.last)) else { continue };
        let place = until - 1;
        // What stands between the preposition and the name: "in the occupied **West Bank**".
        let beside = |t: &usize| matches!(tokens[*t].relation, R::Det | R::Amod) && tokens[*t].head == Some(noun);
        let first = (0..from).rev().take_while(beside).last().unwrap_or(from);
        let Some(case) = first.checked_sub(1) else { continue };
        let inside = tokens[case].lemma.eq_ignore_ascii_case("in") && tokens[case].relation == R::Case;
        if !inside || !matches!(tokens[case].head, Some(head) if head == noun || head == place) {
            continue;
        }
        sentence.tokens[place].head = Some(verb);
        sentence.tokens[place].relation = R::Obl;
        for (t, token) in sentence.tokens.iter_mut().enumerate().take(place).skip(case) {
            if t < from || token.head == Some(noun) {
                token.head = Some(place);
            }
        }
    }
}

/// Makes a main verb of the participle behind "had himself": "had **himself** asked them" read as having himself asked.
pub fn stressed(text: &str, sentence: &mut Sentence) {
    for word in 1..sentence.tokens.len().saturating_sub(1) {
        let tokens = &sentence.tokens;
        let reflexive = matches!(sentence.form(text, word), "himself" | "herself" | "itself" | "themselves");
        let Some(have) = tokens[word].head.filter(|&head| head + 1 == word && tokens[word].relation == R::Obj) else {
            continue;
        };
        let done = |t: usize| {
            tokens[t].head == Some(have) && tokens[t].relation == R::Xcomp && tokens[t].xpos.as_str() == "VBN"
        };
        let acts = |verb: usize| tokens.iter().any(|token| token.head == Some(verb) && token.relation == R::Obj);
        let verb = (word + 1..tokens.len()).find(|&t| done(t)).filter(|&verb| acts(verb));
        let Some(verb) = verb.filter(|_| reflexive && tokens[have].lemma.as_str() == "have") else { continue };
        let (head, relation) = (tokens[have].head, tokens[have].relation);
        for token in sentence.tokens.iter_mut().filter(|token| token.head == Some(have)) {
            token.head = Some(verb);
        }
        let tokens = &mut sentence.tokens;
        (tokens[verb].head, tokens[verb].relation) = (head, relation);
        (tokens[have].head, tokens[have].relation) = (Some(verb), R::Aux);
        tokens[word].relation = R::Advmod;
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
        if !matches!(tokens[verb].relation, R::Conj | R::Ccomp) {
            continue;
        }
        // "and Congress **has** accused"
        let helped = |t: usize| tokens[t].head == Some(verb) && matches!(tokens[t].relation, R::Aux | R::AuxPass);
        let first_word = (2..verb).rev().take_while(|&t| helped(t)).last().unwrap_or(verb);
        let noun = first_word - 1;
        let past = |t: usize| matches!(tokens[t].xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD");
        let marked = tokens.iter().any(|t| t.head == Some(verb) && t.relation == R::Mark);
        let finite = past(first_word) && (tokens[verb].relation == R::Conj || !marked);
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
        sentence.tokens[verb].relation = R::Conj;
        (sentence.tokens[noun].head, sentence.tokens[noun].relation) = (Some(verb), R::Nsubj);
    }
}

/// Takes a participle for the verb of the sentence no longer where another verb stands behind it that has no subject: "A
/// minister **sacked** last week accuses the premier".
pub fn garden_path(text: &str, sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let n = tokens.len();
    let Some(first) = (1..n).find(|&t| tokens[t].head.is_none()) else { return };
    if !matches!(tokens[first].xpos.as_str(), "VBD" | "VBN") {
        return;
    }
    let own =
        |t: usize, of: usize, relations: &[R]| tokens[t].head == Some(of) && relations.contains(&tokens[t].relation);
    let subject =
        (0..first).find(|&t| own(t, first, &[R::Nsubj]) && matches!(tokens[t].upos, Upos::Noun | Upos::Propn));
    let Some(subject) = subject else { return };
    let finite = |t: usize| matches!(tokens[t].xpos.as_str(), "VBZ" | "VBP" | "VBD" | "MD");
    let second = (first + 2..n).find(|&t| own(t, first, &[R::Ccomp]) && tokens[t].upos == Upos::Verb);
    let Some(second) = second else { return };
    let begins = (first + 1..=second).find(|&t| t == second || own(t, second, &[R::Aux, R::AuxPass])).unwrap_or(second);
    let taken = [R::Nsubj, R::NsubjPass, R::Csubj, R::Mark, R::Expl];
    if !finite(begins) || (0..n).any(|t| own(t, second, &taken)) || (0..n).any(|t| own(t, first, &[R::Obj, R::Aux])) {
        return;
    }
    // A comma, a colon or a quotation mark parts what is said from who says it.
    if (first..begins).any(|t| tokens[t].upos == Upos::Punct && !matches!(sentence.form(text, t), "-" | "'s")) {
        return;
    }
    let passive = (0..n).any(|t| own(t, second, &[R::AuxPass]));
    let tokens = &mut sentence.tokens;
    for (t, token) in tokens.iter_mut().enumerate().skip(begins) {
        if token.head == Some(first) && t != second {
            token.head = Some(second);
        }
    }
    (tokens[second].head, tokens[second].relation) = (None, tokens[first].relation);
    (tokens[first].head, tokens[first].relation) = (Some(subject), R::Acl);
    tokens[first].xpos = Xpos::from_name("VBN");
    (tokens[subject].head, tokens[subject].relation) = (Some(second), if passive { R::NsubjPass } else { R::Nsubj });
    // Words between that hung from the second verb although they stand before it: "sacked **last week** accuses".
    for token in tokens.iter_mut().take(begins).skip(first + 1).filter(|token| token.head == Some(second)) {
        token.head = Some(first);
    }
}

/// Reads "at the hands of" as "by": "were killed **at the hands of** the police" names who did it.
pub fn at_the_hands(text: &str, sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len().saturating_sub(4) {
        let words = ["at", "the", "hands", "of"];
        if (0..4).any(|i| !sentence.form(text, at + i).eq_ignore_ascii_case(words[i])) {
            continue;
        }
        let tokens = &sentence.tokens;
        let hands = at + 2;
        let doer = (at + 4..tokens.len()).find(|&t| tokens[t].head == Some(hands) && tokens[t].relation == R::Nmod);
        let (Some(doer), Some(above)) = (doer, tokens[hands].head) else { continue };
        let passive = tokens.iter().any(|t| t.head == Some(above) && matches!(t.relation, R::AuxPass | R::NsubjPass));
        let relation = match tokens[hands].relation {
            R::Obl if passive => R::OblAgent,
            relation @ (R::Obl | R::Nmod) => relation,
            _ => continue,
        };
        let tokens = &mut sentence.tokens;
        (tokens[doer].head, tokens[doer].relation) = (Some(above), relation);
        (tokens[at].head, tokens[at].relation) = (Some(doer), R::Case);
        tokens[at].lemma = "by".into();
        for token in &mut tokens[at + 1..at + 4] {
            (token.head, token.relation) = (Some(at), R::Fixed);
        }
        for token in tokens.iter_mut().filter(|token| token.head == Some(hands)) {
            token.head = Some(doer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

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
