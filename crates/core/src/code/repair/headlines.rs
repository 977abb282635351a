//! Headlines whose verb looks like a noun: "Peru and Chile **strike** Chad", "Peru **strikes** Chadian targets".

use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::Sentence,
};

/// Makes the verb of a headline out of the noun between the names that it begins with and the phrase behind it.
///
/// One name goes with "strikes", two joined by "and" or a comma with "strike": number tells the verb from the noun of
/// "Israel strike kills two".
pub fn strikes(text: &str, sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let n = tokens.len();
    let finite = |t: usize| {
        matches!(tokens[t].upos, Upos::Verb | Upos::Aux)
            && matches!(tokens[t].xpos.as_str(), "VBZ" | "VBD" | "VBP" | "MD")
    };
    let noun = |t: &usize| tokens[*t].upos == Upos::Noun && holds(&LISTS.headline_verbs, &tokens[*t].lemma);
    let Some(verb) = (1..n.min(9)).find(noun).filter(|&verb| verb + 1 < n) else { return };
    let ends = matches!(sentence.form(text, n - 1), "." | "!" | "?");
    if ends || (0..n).any(finite) {
        return;
    }
    let name = |t: usize| tokens[t].upos == Upos::Propn;
    let joins = |t: usize| matches!(sentence.form(text, t), "and" | "&" | ",");
    if !name(0) || !name(verb - 1) || !(0..verb).all(|t| name(t) || joins(t)) {
        return;
    }
    let several = (0..verb).any(joins);
    if several != (tokens[verb].xpos.as_str() == "NN") {
        return;
    }
    // The phrase behind begins with a name, an adjective, an article, a number or a noun, and so with no preposition.
    if !matches!(tokens[verb + 1].upos, Upos::Propn | Upos::Adj | Upos::Det | Upos::Num | Upos::Noun) {
        return;
    }
    let below_verb = |t: &usize| tokens[*t].head == Some(verb) && *t > verb;
    let whole = |t: &usize| tokens[*t].head.is_none() && *t > verb;
    let object = (verb + 1..n).find(whole).or_else(|| {
        let set = |t: &usize| {
            below_verb(t)
                && matches!(tokens[*t].relation, R::Appos | R::Nmod | R::NmodUnmarked | R::Conj | R::Obj | R::Flat)
        };
        (verb + 1..n).find(set).filter(|_| tokens[verb].head.is_none())
    });
    let Some(object) = object else { return };
    let tokens = &mut sentence.tokens;
    for t in 0..n {
        let before = t < verb && tokens[t].head.is_none_or(|head| head >= verb);
        if before && t > 0 {
            tokens[t].head = Some(0);
            let joiner = tokens[t].upos != Upos::Propn;
            tokens[t].relation = match (joiner, tokens[t].relation) {
                (true, relation) => relation,
                (false, _) if several && tokens[t - 1].upos != Upos::Propn => R::Conj,
                (false, _) => R::Flat,
            };
        } else if t > verb && tokens[t].head == Some(verb) && matches!(tokens[t].relation, R::Nmod) {
            tokens[t].relation = R::Obl;
        }
    }
    (tokens[0].head, tokens[0].relation) = (Some(verb), R::Nsubj);
    (tokens[object].head, tokens[object].relation) = (Some(verb), R::Obj);
    let token = &mut tokens[verb];
    (token.head, token.relation, token.upos) = (None, R::Root, Upos::Verb);
    token.xpos = Xpos::from_name(if several { "VBP" } else { "VBZ" });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    #[test]
    fn two_names_before_a_strike_strike() {
        let rows = [
            ("Peru", "PROPN", 4, "compound"),
            ("and", "CCONJ", 3, "cc"),
            ("Chile", "PROPN", 1, "conj"),
            ("strike", "NOUN", 0, "root"),
            ("Chad", "PROPN", 4, "appos"),
        ];
        let mut sentence = testing::sentence("Peru and Chile strike Chad", &rows);
        sentence.tokens[3].xpos = Xpos::from_name("NN");
        strikes("Peru and Chile strike Chad", &mut sentence);
        let tokens = &sentence.tokens;
        assert_eq!((tokens[0].head, tokens[0].relation), (Some(3), R::Nsubj));
        assert_eq!((tokens[4].head, tokens[4].relation), (Some(3), R::Obj));
        assert_eq!(tokens[3].upos, Upos::Verb);
    }
}
