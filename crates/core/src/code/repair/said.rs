//! What is said or shown, where the parser took it for a circumstance: "told by Iran **that** Israel attacked",
//! "intelligence suggesting the army may **attack**".

use crate::{
    labels::{Relation as R, Upos},
    sentence::Sentence,
};

/// Makes the clause that "that" opens below a verb what is said, not when or why: in the treebanks it is, but for "so that"
/// and "now that".
pub fn that_clauses(sentence: &mut Sentence) {
    for mark in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[mark].lemma != "that" || tokens[mark].relation != R::Mark {
            continue;
        }
        let Some(verb) = tokens[mark].head.filter(|&verb| verb > mark && tokens[verb].relation == R::Advcl) else {
            continue;
        };
        let Some(above) = tokens[verb].head.filter(|&above| above < mark && tokens[above].upos == Upos::Verb) else {
            continue;
        };
        let degree = |t: &crate::sentence::Token| matches!(t.lemma.as_str(), "so" | "such" | "too" | "enough");
        let other = matches!(tokens[mark - 1].upos, Upos::Sconj | Upos::Adv | Upos::Verb) && mark - 1 != above;
        if other || tokens[..mark].iter().any(degree) || has(sentence, above, &[R::Ccomp]) {
            continue;
        }
        sentence.tokens[verb].relation = R::Ccomp;
    }
}

/// Hangs a whole clause from the participle right before its subject, where the parser hung both from the verb: "has
/// intelligence **suggesting** North Korea may be planning an attack".
pub fn shown(sentence: &mut Sentence) {
    for verb in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let token = &tokens[verb];
        let Some(above) = token.head.filter(|&above| above < verb && token.relation == R::Advcl) else { continue };
        let own = |t: usize, relations: &[R]| tokens[t].head == Some(verb) && relations.contains(&tokens[t].relation);
        let helped = (above..verb).any(|t| own(t, &[R::Aux, R::AuxPass]) && tokens[t].xpos.as_str() != "TO");
        let finite = matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBP") || helped;
        let subject = (above + 1..verb).find(|&t| own(t, &[R::Nsubj, R::NsubjPass]));
        let (Some(subject), true) = (subject, finite) else { continue };
        // The clause begins where the first word below its verb stands.
        let first = (above + 1..=subject).find(|&t| tokens[t].head == Some(verb) || under(sentence, t, subject));
        let Some(participle) = first.and_then(|first| first.checked_sub(1)).filter(|&p| p > above + 1) else {
            continue;
        };
        let shows = tokens[participle].xpos.as_str() == "VBG"
            && tokens[participle].head.is_some_and(|head| head == above || head == participle - 1)
            && matches!(tokens[participle].relation, R::Xcomp | R::Acl | R::Advcl)
            && matches!(tokens[participle - 1].upos, Upos::Noun | Upos::Propn);
        let marked = (above..verb).any(|t| own(t, &[R::Mark]));
        if shows && !marked && !has(sentence, participle, &[R::Obj, R::Ccomp, R::Xcomp]) {
            sentence.tokens[verb].head = Some(participle);
            sentence.tokens[verb].relation = R::Ccomp;
        }
    }
}

/// True when a word has a child by one of these relations.
fn has(sentence: &Sentence, of: usize, relations: &[R]) -> bool {
    sentence.tokens.iter().any(|t| t.head == Some(of) && relations.contains(&t.relation))
}

/// True for a word that hangs, at any depth, below `top`.
fn under(sentence: &Sentence, word: usize, top: usize) -> bool {
    word == top || super::below(sentence, word, top)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{labels::Xpos, world::testing};

    #[test]
    fn a_that_clause_below_a_verb_is_what_was_told() {
        let rows = [
            ("Oman", "PROPN", 3, "nsubj:pass"),
            ("was", "AUX", 3, "aux:pass"),
            ("told", "VERB", 0, "root"),
            ("by", "ADP", 5, "case"),
            ("Iran", "PROPN", 3, "obl:agent"),
            ("that", "SCONJ", 8, "mark"),
            ("ships", "NOUN", 8, "nsubj"),
            ("sank", "VERB", 3, "advcl"),
        ];
        let mut told = testing::sentence("Oman was told by Iran that ships sank", &rows);
        that_clauses(&mut told);
        assert_eq!(told.tokens[7].relation, R::Ccomp);
        let rows = [
            ("They", "PRON", 2, "nsubj"),
            ("fired", "VERB", 0, "root"),
            ("so", "ADV", 4, "advmod"),
            ("often", "ADV", 2, "advmod"),
            ("that", "SCONJ", 7, "mark"),
            ("ships", "NOUN", 7, "nsubj"),
            ("sank", "VERB", 2, "advcl"),
        ];
        let mut so = testing::sentence("They fired so often that ships sank", &rows);
        that_clauses(&mut so);
        assert_eq!(so.tokens[6].relation, R::Advcl);
    }

    #[test]
    fn a_clause_right_behind_a_participle_is_what_it_shows() {
        let rows = [
            ("Seoul", "PROPN", 2, "nsubj"),
            ("has", "VERB", 0, "root"),
            ("data", "NOUN", 2, "obj"),
            ("suggesting", "VERB", 2, "xcomp"),
            ("the", "DET", 6, "det"),
            ("army", "NOUN", 8, "nsubj"),
            ("may", "AUX", 8, "aux"),
            ("attack", "VERB", 2, "advcl"),
        ];
        let mut shows = testing::sentence("Seoul has data suggesting the army may attack", &rows);
        shows.tokens[3].xpos = Xpos::from_name("VBG");
        shown(&mut shows);
        assert_eq!((shows.tokens[7].head, shows.tokens[7].relation), (Some(3), R::Ccomp));
    }
}
