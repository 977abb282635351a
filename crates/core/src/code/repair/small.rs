//! Small clauses: who is helped to do something, what somebody lets happen, what somebody is ready for.

use super::child;
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::Sentence,
};

/// Makes an object of whoever the parser took for the subject of a bare infinitive: "helped **Mali** rebuild its port".
pub fn helped(sentence: &mut Sentence) {
    for verb in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let clause =
            matches!(tokens[verb].relation, R::Xcomp | R::Ccomp) && matches!(tokens[verb].xpos.as_str(), "VB" | "VBP");
        let Some(head) = tokens[verb].head.filter(|&head| clause && head < verb) else { continue };
        if !holds(&LISTS.bare, &tokens[head].lemma)
            || child(sentence, head, &[R::Obj, R::Iobj]).is_some()
            || child(sentence, verb, &[R::Mark, R::Aux, R::AuxPass, R::Cop]).is_some()
        {
            continue;
        }
        let Some(who) = child(sentence, verb, &[R::Nsubj]).filter(|&who| head < who && who < verb) else { continue };
        (sentence.tokens[who].head, sentence.tokens[who].relation) = (Some(head), R::Obj);
        let does = &mut sentence.tokens[verb];
        (does.relation, does.upos, does.xpos) = (R::Xcomp, Upos::Verb, Xpos::from_name("VB"));
    }
}

/// Makes an object of whoever was taken for the subject of an infinitive with "to": "told **Danish firms** to quit the port".
/// An infinitive has a subject only behind "for".
pub fn told_to(sentence: &mut Sentence) {
    for verb in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let clause = matches!(tokens[verb].relation, R::Xcomp | R::Ccomp) && tokens[verb].xpos.as_str() == "VB";
        let Some(head) = tokens[verb].head.filter(|&head| clause && head < verb) else { continue };
        let Some(who) = child(sentence, verb, &[R::Nsubj]).filter(|&who| head < who && who < verb) else { continue };
        let to = |t: usize| tokens[t].head == Some(verb) && tokens[t].xpos.as_str() == "TO";
        let other = |t: usize| tokens[t].head == Some(verb) && matches!(tokens[t].relation, R::Aux | R::Cop);
        let for_whom =
            (head..verb).any(|t| tokens[t].lemma == "for" && matches!(tokens[t].relation, R::Mark | R::Case));
        if (who + 1..verb).any(to)
            && !(head..verb).any(other)
            && !for_whom
            && tokens[head].upos == Upos::Verb
            && child(sentence, head, &[R::Obj, R::Iobj]).is_none()
        {
            (sentence.tokens[who].head, sentence.tokens[who].relation) = (Some(head), R::Obj);
            sentence.tokens[verb].relation = R::Xcomp;
        }
    }
}

/// Hangs what somebody is kept doing from the verb that keeps him at it: "kept the envoy **waiting**", read as an envoy who
/// waits.
pub fn kept(sentence: &mut Sentence) {
    for doing in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let open = tokens[doing].xpos.as_str() == "VBG" && tokens[doing].relation == R::Acl;
        let Some(object) = tokens[doing].head.filter(|&object| open && object + 1 == doing) else { continue };
        let Some(verb) = tokens[object].head.filter(|&verb| verb < object && tokens[object].relation == R::Obj) else {
            continue;
        };
        if holds(&LISTS.keeps, &tokens[verb].lemma) && child(sentence, verb, &[R::Xcomp]).is_none() {
            (sentence.tokens[doing].head, sentence.tokens[doing].relation) = (Some(verb), R::Xcomp);
        }
    }
}

/// Makes a verb of the noun that ends what somebody lets happen: "let its accord with Chad **lapse**", "let the crowd
/// **march**". Whoever lets something lets it do something.
pub fn let_go(sentence: &mut Sentence) {
    for head in 0..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[head].lemma != "let" || child(sentence, head, &[R::Xcomp, R::Ccomp, R::CompoundPrt]).is_some() {
            continue;
        }
        let Some(object) = child(sentence, head, &[R::Obj]).filter(|&object| object > head) else { continue };
        // The phrase ends with its last noun before the clause does.
        let noun = |t: usize| matches!(tokens[t].xpos.as_str(), "NN" | "VB");
        let ends = |t: &usize| {
            let next = tokens.get(t + 1);
            next.is_none_or(|next| matches!(next.upos, Upos::Punct | Upos::Adp | Upos::Adv | Upos::Sconj | Upos::Cconj))
        };
        let joined = |t: &usize| tokens[t - 1].head == Some(*t) && tokens[t - 1].relation == R::Compound;
        let beside = |t: &usize| *t == object || tokens[*t].head == Some(head) && tokens[*t].relation == R::Obl;
        let Some(verb) = (head + 2..tokens.len()).rev().find(|t| beside(t) && noun(*t) && ends(t) && joined(t)) else {
            continue;
        };
        let who = verb - 1;
        let relation = if verb == object { R::Obj } else { R::Nmod };
        let above = if verb == object { head } else { object };
        for t in head + 1..who {
            if sentence.tokens[t].head == Some(verb) {
                sentence.tokens[t].head = Some(who);
            }
        }
        (sentence.tokens[who].head, sentence.tokens[who].relation) = (Some(above), relation);
        let does = &mut sentence.tokens[verb];
        (does.head, does.relation, does.upos, does.xpos) = (Some(head), R::Xcomp, Upos::Verb, Xpos::from_name("VB"));
    }
}

/// Makes a noun of the verb that the parser saw before the one that somebody lets happen: "let its transit **agreement** with
/// Chad expire".
pub fn let_noun(sentence: &mut Sentence) {
    for head in 0..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[head].lemma != "let" {
            continue;
        }
        let noun = child(sentence, head, &[R::Xcomp]).filter(|&noun| noun > head);
        let (Some(noun), Some(part)) = (noun, child(sentence, head, &[R::Obj])) else { continue };
        let bare = |t: &usize| {
            tokens[*t].head == Some(head)
                && tokens[*t].relation == R::Advcl
                && matches!(tokens[*t].xpos.as_str(), "VB" | "VBP")
                && child(sentence, *t, &[R::Mark, R::Nsubj, R::Aux]).is_none()
        };
        let Some(verb) = (noun + 1..tokens.len()).find(bare).filter(|_| part + 1 == noun) else { continue };
        for t in head + 1..part {
            if sentence.tokens[t].head == Some(part) {
                sentence.tokens[t].head = Some(noun);
            }
        }
        (sentence.tokens[part].head, sentence.tokens[part].relation) = (Some(noun), R::Compound);
        let thing = &mut sentence.tokens[noun];
        (thing.relation, thing.upos, thing.xpos) = (R::Obj, Upos::Noun, Xpos::from_name("NN"));
        sentence.tokens[verb].relation = R::Xcomp;
    }
}

/// Makes a plain subject of the one that the parser took for a passive one beside "be" and a quality: "**Kenya** is
/// prepared to send nurses".
pub fn prepared(sentence: &mut Sentence) {
    for subject in 0..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(head) = tokens[subject].head.filter(|_| tokens[subject].relation == R::NsubjPass) else { continue };
        let is = child(sentence, head, &[R::Cop]).is_some() && child(sentence, head, &[R::AuxPass]).is_none();
        if is && tokens[head].upos != Upos::Verb {
            sentence.tokens[subject].relation = R::Nsubj;
        }
    }
}

/// Makes a clause of the "to be" phrase that the parser took for a circumstance: "asked the envoy to be **out of the
/// country**".
pub fn to_be(sentence: &mut Sentence) {
    for state in 2..sentence.tokens.len() {
        let to = |t: &usize| sentence.tokens[*t].head == Some(state) && sentence.tokens[*t].xpos.as_str() == "TO";
        let be = || child(sentence, state, &[R::Cop]).is_some_and(|cop| cop < state);
        if sentence.tokens[state].relation == R::Obl && be() && (0..state).any(|t| to(&t)) {
            sentence.tokens[state].relation = R::Xcomp;
        }
    }
}

/// Hangs the "no" of an answer from the verb: "said **no** to British bases", read as no bases.
pub fn said_no(text: &str, sentence: &mut Sentence) {
    for no in 1..sentence.tokens.len().saturating_sub(2) {
        let tokens = &sentence.tokens;
        let verb = no - 1;
        if matches!(sentence.form(text, no), "no" | "yes")
            && sentence.form(text, no + 1) == "to"
            && matches!(tokens[verb].lemma.as_str(), "say" | "answer")
            && tokens[no].head.is_some_and(|head| head > no)
        {
            (sentence.tokens[no].head, sentence.tokens[no].relation) = (Some(verb), R::Obj);
        }
    }
}

/// Makes an object of the name before "part": "a law that makes **Guyana** part of Venezuela", read as a Guyana part.
pub fn made_part(text: &str, sentence: &mut Sentence) {
    for part in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let (name, object) = (part - 1, tokens[part].relation == R::Obj);
        let Some(verb) = tokens[part].head.filter(|&verb| verb < name && object) else { continue };
        let makes = matches!(tokens[verb].lemma.as_str(), "make" | "declare" | "consider" | "call" | "proclaim");
        let named = tokens[name].upos == Upos::Propn && tokens[name].head == Some(part);
        if makes && named && sentence.form(text, part) == "part" {
            for t in verb + 1..name {
                if sentence.tokens[t].head == Some(part) {
                    sentence.tokens[t].head = Some(name);
                }
            }
            (sentence.tokens[name].head, sentence.tokens[name].relation) = (Some(verb), R::Obj);
            sentence.tokens[part].relation = R::Xcomp;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    #[test]
    fn whoever_is_helped_to_do_something_is_helped() {
        let rows = [
            ("Chad", "PROPN", 2, "nsubj"),
            ("helped", "VERB", 0, "root"),
            ("Mali", "PROPN", 4, "nsubj"),
            ("rebuild", "VERB", 2, "xcomp"),
            ("roads", "NOUN", 4, "obj"),
        ];
        let mut helps = testing::sentence("Chad helped Mali rebuild roads", &rows);
        helps.tokens[1].lemma = "help".into();
        helps.tokens[3].xpos = Xpos::from_name("VBP");
        helped(&mut helps);
        assert_eq!((helps.tokens[2].head, helps.tokens[2].relation), (Some(1), R::Obj));
    }

    #[test]
    fn whoever_is_told_to_do_something_is_told() {
        let rows = [
            ("Mali", "PROPN", 2, "nsubj"),
            ("told", "VERB", 0, "root"),
            ("firms", "NOUN", 5, "nsubj"),
            ("to", "PART", 5, "mark"),
            ("quit", "VERB", 2, "xcomp"),
        ];
        let mut told = testing::sentence("Mali told firms to quit", &rows);
        (told.tokens[3].xpos, told.tokens[4].xpos) = (Xpos::from_name("TO"), Xpos::from_name("VB"));
        told_to(&mut told);
        assert_eq!((told.tokens[2].head, told.tokens[2].relation), (Some(1), R::Obj));
    }

    #[test]
    fn whoever_is_kept_waiting_is_kept_so() {
        let rows = [
            ("Mali", "PROPN", 2, "nsubj"),
            ("kept", "VERB", 0, "root"),
            ("envoys", "NOUN", 2, "obj"),
            ("waiting", "VERB", 3, "acl"),
        ];
        let mut waiting = testing::sentence("Mali kept envoys waiting", &rows);
        waiting.tokens[3].xpos = Xpos::from_name("VBG");
        waiting.tokens[1].lemma = "keep".into();
        kept(&mut waiting);
        assert_eq!((waiting.tokens[3].head, waiting.tokens[3].relation), (Some(1), R::Xcomp));
    }

    #[test]
    fn what_somebody_lets_happen_is_a_verb() {
        let rows = [
            ("Chad", "PROPN", 2, "nsubj"),
            ("let", "VERB", 0, "root"),
            ("a", "DET", 4, "det"),
            ("pact", "NOUN", 2, "obj"),
            ("with", "ADP", 7, "case"),
            ("Mali", "PROPN", 7, "compound"),
            ("lapse", "NOUN", 2, "obl"),
        ];
        let mut lapse = testing::sentence("Chad let a pact with Mali lapse", &rows);
        let_go(&mut lapse);
        let tree: Vec<_> = lapse.tokens.iter().map(|t| (t.head, t.relation.as_str())).collect();
        assert_eq!((tree[6], tree[5], tree[4].0), ((Some(1), "xcomp"), (Some(3), "nmod"), Some(5)));
    }
}
