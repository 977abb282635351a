//! A clause before a verb of saying that the parser took for two, and speakers that it took for a part of what they say:
//! "**Evidence** tied Chad to the murder, Oslo said".

use super::child;
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::{Sentence, Token},
};

/// Joins two halves of one clause that both hang from the verb of saying behind them: the subject and its verb ("**Evidence**
/// tied Chad to it"), the verb and the state it tells of ("would stay **frozen**"), "there is" and what there is ("will be
/// **hell** to pay").
pub fn halves(sentence: &mut Sentence) {
    for first in 0..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(said) = tokens[first].head.filter(|&said| said > first && tokens[first].relation == R::Ccomp) else {
            continue;
        };
        let half = |&t: &usize| tokens[t].head == Some(said) && tokens[t].relation == R::Ccomp;
        let Some(second) = (first + 1..said).find(half) else { continue };
        let apart = (first + 1..second).any(|t| matches!(tokens[t].upos, Upos::Punct | Upos::Cconj));
        let own = child(sentence, second, &[R::Nsubj, R::NsubjPass, R::Mark, R::Csubj, R::Expl]).is_some();
        if apart || own {
            continue;
        }
        let helped = child(sentence, second, &[R::Aux, R::AuxPass, R::Cop]);
        let noun = matches!(tokens[first].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        let bare = child(sentence, first, &[R::Cop, R::Nsubj, R::NsubjPass, R::Case, R::Mark]).is_none();
        let verb = tokens[second].upos == Upos::Verb;
        if noun && bare && verb {
            let passive = child(sentence, second, &[R::AuxPass]).is_some();
            let token = &mut sentence.tokens[first];
            (token.head, token.relation) = (Some(second), if passive { R::NsubjPass } else { R::Nsubj });
            if helped.is_none() && sentence.tokens[second].xpos.as_str() == "VBN" {
                sentence.tokens[second].xpos = Xpos::from_name("VBD");
            }
        } else if helped.is_none() && second == first + 1 {
            let lasts = holds(&LISTS.lasts, &tokens[first].lemma);
            let there = tokens[first].lemma == "be" && child(sentence, first, &[R::Expl]).is_some();
            let quality = tokens[second].xpos.as_str() == "VBN" || tokens[second].upos == Upos::Adj;
            let token = &mut sentence.tokens[second];
            if lasts && quality {
                (token.head, token.relation) = (Some(first), R::Xcomp);
            } else if there {
                (token.head, token.relation) = (Some(first), R::Nsubj);
                if token.upos == Upos::Verb {
                    (token.upos, token.xpos) = (Upos::Noun, Xpos::from_name("NN"));
                }
                let below = |token: &&mut Token| token.head == Some(second) && token.relation == R::Xcomp;
                sentence.tokens.iter_mut().filter(below).for_each(|token| token.relation = R::Acl);
            }
        }
    }
}

/// Makes a subject of the name between a comma and a verb of saying, where it was joined to what is said: "a cover for men
/// from Eritrea, **Addis Ababa** said". What was taken for the subject is then a part of what is said.
pub fn speakers(text: &str, sentence: &mut Sentence) {
    for said in 3..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let finite = matches!(tokens[said].xpos.as_str(), "VBD" | "VBZ" | "VBP") && tokens[said].upos == Upos::Verb;
        if !finite || child(sentence, said, &[R::NsubjPass, R::Expl, R::AuxPass, R::Obj]).is_some() {
            continue;
        }
        // From the comma to the verb there is one phrase, whose head hangs from the clause.
        let Some(comma) = (1..said).rev().find(|&t| sentence.form(text, t) == ",") else { continue };
        let clause = child(sentence, said, &[R::Ccomp]).filter(|&clause| clause < comma);
        let subject = child(sentence, said, &[R::Nsubj]);
        let told = |at: &usize| *at < comma && (clause.is_some() || lost_verb(text, sentence, *at, comma));
        let Some(top) = subject.map_or(clause, |subject| Some(subject).filter(told)) else { continue };
        let outside = |t: &usize| tokens[*t].head.is_none_or(|head| head <= comma || head >= said);
        let mut heads = (comma + 1..said).filter(outside);
        let (Some(speaker), None) = (heads.next(), heads.next()) else { continue };
        let joined = matches!(tokens[speaker].relation, R::Conj | R::Appos | R::Flat | R::Nmod | R::Dep | R::List);
        let nominal = matches!(tokens[speaker].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        let within = |head: usize, of: usize| head == of || super::below(sentence, head, of);
        let inside = tokens[speaker].head.is_some_and(|head| {
            head < comma && (within(head, top) || clause.is_some_and(|clause| within(head, clause)))
        });
        if !(joined && nominal && inside) || child(sentence, speaker, &[R::Cc, R::Case]).is_some() {
            continue;
        }
        if let Some(subject) = subject {
            sentence.tokens[subject].relation = R::Ccomp;
        }
        let token = &mut sentence.tokens[speaker];
        (token.head, token.relation) = (Some(said), R::Nsubj);
    }
}

/// True where a verb below a noun was taken for a preposition: "Nothing **justified** the raid".
fn lost_verb(text: &str, sentence: &Sentence, noun: usize, until: usize) -> bool {
    (noun + 1..until).any(|t| super::finite::is_past(text, sentence, t) && sentence.tokens[t].relation == R::Case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    fn relations(sentence: &Sentence) -> Vec<(Option<usize>, &str)> {
        sentence.tokens.iter().map(|token| (token.head, token.relation.as_str())).collect()
    }

    #[test]
    fn a_subject_and_its_verb_are_one_clause() {
        let text = "Proof tied Mali , Oslo said";
        let rows = [
            ("Proof", "NOUN", 6, "ccomp"),
            ("tied", "VERB", 6, "ccomp"),
            ("Mali", "PROPN", 2, "obj"),
            (",", "PUNCT", 2, "punct"),
            ("Oslo", "PROPN", 6, "nsubj"),
            ("said", "VERB", 0, "root"),
        ];
        let mut tied = testing::sentence(text, &rows);
        tied.tokens[1].xpos = Xpos::from_name("VBN");
        halves(&mut tied);
        assert_eq!(relations(&tied)[..2], [(Some(1), "nsubj"), (Some(5), "ccomp")]);
        assert_eq!(tied.tokens[1].xpos.as_str(), "VBD");
    }

    #[test]
    fn what_stays_so_and_what_there_is_belong_to_their_verb() {
        let rows = [
            ("Aid", "NOUN", 2, "nsubj"),
            ("stays", "VERB", 6, "ccomp"),
            ("frozen", "VERB", 6, "ccomp"),
            (",", "PUNCT", 2, "punct"),
            ("Oslo", "PROPN", 6, "nsubj"),
            ("said", "VERB", 0, "root"),
        ];
        let mut frozen = testing::sentence("Aid stays frozen , Oslo said", &rows);
        frozen.tokens[1].lemma = "stay".into();
        frozen.tokens[2].xpos = Xpos::from_name("VBN");
        halves(&mut frozen);
        assert_eq!(relations(&frozen)[2], (Some(1), "xcomp"));
        let rows = [
            ("There", "PRON", 2, "expl"),
            ("is", "VERB", 6, "ccomp"),
            ("hell", "VERB", 6, "ccomp"),
            ("pay", "VERB", 3, "xcomp"),
            ("Oslo", "PROPN", 6, "nsubj"),
            ("said", "VERB", 0, "root"),
        ];
        let mut hell = testing::sentence("There is hell pay Oslo said", &rows);
        hell.tokens[1].lemma = "be".into();
        halves(&mut hell);
        assert_eq!(relations(&hell)[2..4], [(Some(1), "nsubj"), (Some(2), "acl")]);
    }

    #[test]
    fn whoever_stands_before_the_verb_of_saying_says_it() {
        let text = "Men came from Mali , Addis Ababa said";
        let rows = [
            ("Men", "NOUN", 2, "nsubj"),
            ("came", "VERB", 8, "ccomp"),
            ("from", "ADP", 4, "case"),
            ("Mali", "PROPN", 2, "obl"),
            (",", "PUNCT", 2, "punct"),
            ("Addis", "PROPN", 4, "conj"),
            ("Ababa", "PROPN", 6, "flat"),
            ("said", "VERB", 0, "root"),
        ];
        let mut said = testing::sentence(text, &rows);
        said.tokens[7].xpos = Xpos::from_name("VBD");
        speakers(text, &mut said);
        assert_eq!(relations(&said)[5..7], [(Some(7), "nsubj"), (Some(5), "flat")]);
        let text = "Nothing justified raids , Oslo said";
        let rows = [
            ("Nothing", "NOUN", 6, "nsubj"),
            ("justified", "ADP", 3, "case"),
            ("raids", "NOUN", 1, "nmod"),
            (",", "PUNCT", 1, "punct"),
            ("Oslo", "PROPN", 3, "appos"),
            ("said", "VERB", 0, "root"),
        ];
        let mut raids = testing::sentence(text, &rows);
        raids.tokens[5].xpos = Xpos::from_name("VBD");
        speakers(text, &mut raids);
        assert_eq!((relations(&raids)[0], relations(&raids)[4]), ((Some(5), "ccomp"), (Some(5), "nsubj")));
        // "Togo , a state , said" and "Men from Togo , Mali said": an aside and a list.
        let mut list = testing::sentence(text, &rows);
        list.tokens[5].xpos = Xpos::from_name("VBD");
        list.tokens[1].relation = R::Amod;
        speakers(text, &mut list);
        assert_eq!(list.tokens[0].relation, R::Nsubj);
    }
}
