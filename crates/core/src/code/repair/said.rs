//! What is said or shown, where the parser took it for a circumstance: "told by Iran **that** Israel attacked",
//! "intelligence suggesting the army may **attack**".

use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::{EntityKind, Sentence, Token},
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
        let degree = |t: &Token| matches!(t.lemma.as_str(), "so" | "such" | "too" | "enough");
        let other = matches!(tokens[mark - 1].upos, Upos::Sconj | Upos::Adv | Upos::Verb) && mark - 1 != above;
        if other || tokens[..mark].iter().any(degree) || has(sentence, above, &[R::Ccomp]) {
            continue;
        }
        sentence.tokens[verb].relation = R::Ccomp;
    }
}

/// Gives a clause its subject where somebody's name stands before a verb of saying that breaks in: "**Mr Doe**, he charged,
/// was lying", read as a call to Mr Doe.
pub fn broken_into(sentence: &mut Sentence) {
    for name in 0..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(verb) = tokens[name].head.filter(|&verb| verb > name && tokens[name].relation == R::Vocative) else {
            continue;
        };
        let child = |of: usize, relation: R, from: usize| {
            (from..tokens.len()).find(|&t| tokens[t].head == Some(of) && tokens[t].relation == relation)
        };
        let Some(clause) = child(verb, R::Ccomp, verb).filter(|_| child(verb, R::Nsubj, name).is_some()) else {
            continue;
        };
        let finite = child(clause, R::Aux, verb).or_else(|| child(clause, R::Cop, verb));
        let finite = finite.is_some() || matches!(tokens[clause].xpos.as_str(), "VBD" | "VBZ" | "VBP");
        if finite && !has(sentence, clause, &[R::Nsubj, R::NsubjPass]) {
            let token = &mut sentence.tokens[name];
            (token.head, token.relation) = (Some(clause), R::Nsubj);
        }
    }
}

/// Makes a whole clause of what was taken for a relative one though nothing is left for its "that" to be: "was proof **that**
/// Oslo wished to starve the town", read as a proof that it wished.
pub fn whole(sentence: &mut Sentence) {
    for that in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[that].lemma != "that" || tokens[that].relation != R::Obj {
            continue;
        }
        let Some(verb) = tokens[that].head.filter(|&verb| verb > that && tokens[verb].relation == R::AclRelcl) else {
            continue;
        };
        let near = tokens[verb].head.is_some_and(|head| head + 1 == that);
        let own = |of: usize, relations: &[R]| {
            (that + 1..tokens.len()).find(|&t| tokens[t].head == Some(of) && relations.contains(&tokens[t].relation))
        };
        // "the thing **that** I advise you to do": it may be what is done in the clause below.
        let below = own(verb, &[R::Xcomp, R::Ccomp]);
        let taken = own(verb, &[R::Obj]).or_else(|| below.and_then(|below| own(below, &[R::Obj])));
        if near && taken.is_some() && has(sentence, verb, &[R::Nsubj, R::NsubjPass]) {
            let mark = &mut sentence.tokens[that];
            (mark.relation, mark.upos, mark.xpos) = (R::Mark, Upos::Sconj, Xpos::from_name("IN"));
            sentence.tokens[verb].relation = R::Acl;
        }
    }
}

/// Makes the clause behind whoever is told what he is told: "informed the countries **that** it rejects the deal", where it is
/// read as telling more of the countries.
pub fn told(sentence: &mut Sentence) {
    for mark in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[mark].lemma != "that" || tokens[mark].relation != R::Mark {
            continue;
        }
        let below = |&verb: &usize| verb > mark && matches!(tokens[verb].relation, R::Acl | R::AclRelcl);
        let Some(verb) = tokens[mark].head.filter(below) else { continue };
        let Some(addressee) = tokens[verb].head.filter(|&at| at < mark) else { continue };
        let who = matches!(tokens[addressee].relation, R::Obj | R::Iobj);
        let Some(above) = tokens[addressee].head.filter(|&above| above < addressee && who) else { continue };
        let tells = tokens[above].upos == Upos::Verb && holds(&LISTS.tells, &tokens[above].lemma);
        if tells && !has(sentence, above, &[R::Ccomp]) {
            (sentence.tokens[verb].head, sentence.tokens[verb].relation) = (Some(above), R::Ccomp);
        }
    }
}

/// Hangs a "that" clause from the verb right before it, where the parser hung it from the verb of saying behind: "The raid
/// showed **that** Oslo lied, Chad said".
pub fn near(sentence: &mut Sentence) {
    for mark in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let verb = mark - 1;
        if tokens[mark].lemma != "that" || tokens[mark].relation != R::Mark || tokens[verb].upos != Upos::Verb {
            continue;
        }
        let Some(clause) = tokens[mark].head.filter(|&clause| clause > mark) else { continue };
        let far = tokens[clause].head.is_some_and(|far| far > clause && tokens[verb].head == Some(far));
        let both = tokens[clause].relation == R::Ccomp && tokens[verb].relation == R::Ccomp;
        if far && both && !has(sentence, verb, &[R::Ccomp]) {
            sentence.tokens[clause].head = Some(verb);
        }
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

/// Hangs the participle by which evidence speaks from the evidence: "has **intelligence** suggesting". Nobody has it
/// suggest.
pub fn evidence(sentence: &mut Sentence) {
    for participle in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let token = &tokens[participle];
        let noun = participle - 1;
        let speaks =
            token.xpos.as_str() == "VBG" && token.relation == R::Xcomp && holds(&LISTS.evidential, &token.lemma);
        let object = tokens[noun].relation == R::Obj && tokens[noun].head == token.head;
        if speaks && object && has(sentence, participle, &[R::Ccomp]) {
            sentence.tokens[participle].head = Some(noun);
            sentence.tokens[participle].relation = R::Acl;
        }
    }
}

/// Hangs the place from what is told of it, not from the telling: "reported blows to a base **in the desert**", "called for
/// a vote **in Chad**".
pub fn places(sentence: &mut Sentence) {
    for i in 0..sentence.entities.len() {
        let name = &sentence.entities[i];
        if !matches!(name.kind, EntityKind::Gpe | EntityKind::Loc) {
            continue;
        }
        let tokens = &sentence.tokens;
        let hangs = |t: &usize| tokens[*t].relation == R::Obl;
        let Some(place) = (name.first..name.last.saturating_add(1).min(tokens.len())).find(hangs) else { continue };
        let Some(verb) = tokens[place].head.filter(|&verb| verb < name.first) else { continue };
        if !matches!(tokens[verb].lemma.as_str(), "report" | "call") || tokens[verb].upos != Upos::Verb {
            continue;
        }
        let case = (verb + 2..name.first)
            .find(|&t| tokens[t].head == Some(place) && tokens[t].relation == R::Case && tokens[t].lemma == "in");
        let Some(case) = case else { continue };
        let noun = case - 1;
        let told = |t: usize| {
            let token = &tokens[t];
            token.head == Some(verb)
                && (token.relation == R::Obj || token.relation == R::Obl && has_case(tokens, t, "for"))
        };
        let inside = (verb + 1..case).any(|t| told(t) && (t == noun || super::below(sentence, noun, t)));
        if tokens[noun].upos == Upos::Noun && inside {
            sentence.tokens[place].head = Some(noun);
            sentence.tokens[place].relation = R::Nmod;
        }
    }
}

/// Makes the verb of the sentence out of what the parser took for a plural noun behind a quotation: "“…,” Rubio **notes**."
pub fn notes(text: &str, sentence: &mut Sentence) {
    const LONGEST: usize = 5;
    let n = sentence.tokens.len();
    let tokens = &sentence.tokens;
    let last = |t: &usize| tokens[*t].upos != Upos::Punct;
    let Some(verb) = (0..n).rev().find(last).filter(|&verb| verb > 2) else { return };
    let plural = tokens[verb].upos == Upos::Noun && tokens[verb].xpos.as_str() == "NNS";
    let Some(root) = (0..verb).find(|&t| tokens[t].head.is_none()) else { return };
    if !plural || !holds(&LISTS.notes, &tokens[verb].lemma) || tokens[verb].head != Some(root) {
        return;
    }
    let close = (root + 1..verb).rev().find(|&t| matches!(tokens[t].span.of(text), "”" | "\"" | "''" | "“"));
    let Some(close) = close.filter(|close| verb - close <= LONGEST + 1) else { return };
    let nominal = |t: &Token| matches!(t.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det | Upos::Num);
    if verb == close + 1 || tokens[root].upos != Upos::Verb || !tokens[close + 1..verb].iter().all(nominal) {
        return;
    }
    // The speaker's head is the word that hangs from outside the speaker's name.
    let outside = |t: &usize| tokens[*t].head.is_none_or(|head| head <= close || head >= verb);
    let Some(speaker) = (close + 1..verb).find(outside) else { return };
    let alone = !has(sentence, root, &[R::Obj]) || tokens[verb].relation == R::Obj;
    let tokens = &mut sentence.tokens;
    let relation = tokens[root].relation;
    (tokens[verb].head, tokens[verb].relation) = (None, relation);
    (tokens[verb].upos, tokens[verb].xpos) = (Upos::Verb, Xpos::from_name("VBZ"));
    (tokens[root].head, tokens[root].relation) = (Some(verb), R::Ccomp);
    (tokens[speaker].head, tokens[speaker].relation) = (Some(verb), R::Nsubj);
    for token in tokens.iter_mut().skip(verb + 1).filter(|token| token.head == Some(root)) {
        token.head = Some(verb);
    }
    // "attacked us" with the verb as the thing done
    for token in tokens.iter_mut().filter(|token| token.head == Some(root) && token.relation == R::Iobj && alone) {
        token.relation = R::Obj;
    }
}

/// True for a noun with this preposition.
fn has_case(tokens: &[Token], noun: usize, word: &str) -> bool {
    tokens.iter().any(|t| t.head == Some(noun) && t.relation == R::Case && t.lemma == word)
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
    use crate::{sentence::Entity, world::testing};

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
    fn a_that_with_no_place_left_opens_a_whole_clause() {
        let rows = [
            ("proof", "NOUN", 0, "root"),
            ("that", "PRON", 4, "obj"),
            ("Oslo", "PROPN", 4, "nsubj"),
            ("wished", "VERB", 1, "acl:relcl"),
            ("starve", "VERB", 4, "xcomp"),
            ("towns", "NOUN", 5, "obj"),
        ];
        let mut proof = testing::sentence("proof that Oslo wished starve towns", &rows);
        whole(&mut proof);
        assert_eq!((proof.tokens[1].relation, proof.tokens[3].relation), (R::Mark, R::Acl));
        let mut thing = testing::sentence("proof that Oslo wished starve towns", &rows);
        thing.tokens[5].relation = R::Obl;
        whole(&mut thing);
        assert_eq!(thing.tokens[3].relation, R::AclRelcl);
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
        shows.tokens[3].lemma = "suggest".into();
        evidence(&mut shows);
        assert_eq!((shows.tokens[3].head, shows.tokens[3].relation), (Some(2), R::Acl));
    }

    #[test]
    fn a_vote_that_is_called_for_is_where_the_place_behind_it_is() {
        let rows = [
            ("Rome", "PROPN", 2, "nsubj"),
            ("called", "VERB", 0, "root"),
            ("for", "ADP", 5, "case"),
            ("a", "DET", 5, "det"),
            ("vote", "NOUN", 2, "obl"),
            ("in", "ADP", 7, "case"),
            ("Chad", "PROPN", 2, "obl"),
        ];
        let mut vote = testing::sentence("Rome called for a vote in Chad", &rows);
        vote.tokens[1].lemma = "call".into();
        vote.entities = vec![Entity { span: vote.tokens[6].span, first: 6, last: 7, kind: EntityKind::Gpe }];
        places(&mut vote);
        assert_eq!((vote.tokens[6].head, vote.tokens[6].relation), (Some(4), R::Nmod));
    }

    #[test]
    fn a_plural_behind_a_quotation_and_a_name_is_a_verb_of_saying() {
        let text = "“ Chad shelled us , ” Keita notes .";
        let rows = [
            ("“", "PUNCT", 3, "punct"),
            ("Chad", "PROPN", 3, "nsubj"),
            ("shelled", "VERB", 0, "root"),
            ("us", "PRON", 3, "iobj"),
            (",", "PUNCT", 3, "punct"),
            ("”", "PUNCT", 3, "punct"),
            ("Keita", "PROPN", 8, "compound"),
            ("notes", "NOUN", 3, "obj"),
            (".", "PUNCT", 3, "punct"),
        ];
        let mut said = testing::sentence(text, &rows);
        said.tokens[7].lemma = "note".into();
        notes(text, &mut said);
        let tree: Vec<_> = said.tokens.iter().map(|t| (t.head, t.relation.as_str())).collect();
        assert_eq!((tree[7], tree[2], tree[6]), ((None, "root"), (Some(7), "ccomp"), (Some(7), "nsubj")));
        assert_eq!((tree[3].1, tree[8].0), ("obj", Some(7)));
    }
}
