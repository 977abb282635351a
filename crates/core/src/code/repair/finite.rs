//! Finite verbs and infinitives that the parser took for a part of a noun phrase: "a frigate **set** sail", "refused to
//! **free** the envoy", "nothing **justified** the raid".

use super::child;
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    parse,
    sentence::Sentence,
};

/// Makes a verb of a word, with the lemma that it has as one.
pub(super) fn verbal(text: &str, sentence: &mut Sentence, at: usize, tag: &str) {
    let xpos = Xpos::from_name(tag);
    let lemma = parse::lemma(sentence.form(text, at), xpos);
    let token = &mut sentence.tokens[at];
    (token.upos, token.xpos, token.lemma) = (Upos::Verb, xpos, lemma);
}

/// Makes the verb of the sentence of what modifies the word right behind it though it has a subject of its own: "A frigate
/// **set** sail for Cyprus", read as a set that sails.
pub fn with_subject(text: &str, sentence: &mut Sentence) {
    for verb in 1..sentence.tokens.len().saturating_sub(1) {
        let (tokens, thing) = (&sentence.tokens, verb + 1);
        let part = tokens[verb].relation == R::Amod && tokens[verb].head == Some(thing);
        let past = matches!(tokens[verb].xpos.as_str(), "VBN" | "VBD");
        if !(part && past) {
            continue;
        }
        let subject = child(sentence, verb, &[R::Nsubj]).filter(|&subject| subject < verb);
        // What has a subject of its own is a verb itself.
        let own = child(sentence, thing, &[R::Nsubj, R::NsubjPass, R::Obj, R::Aux, R::Mark]).is_some();
        if subject.is_none() || own {
            continue;
        }
        let (head, relation) = (tokens[thing].head, tokens[thing].relation);
        for t in (0..sentence.tokens.len()).filter(|&t| t != verb) {
            if sentence.tokens[t].head == Some(thing) {
                sentence.tokens[t].head = Some(verb);
            }
        }
        (sentence.tokens[verb].head, sentence.tokens[verb].relation) = (head, relation);
        verbal(text, sentence, verb, "VBD");
        let object = &mut sentence.tokens[thing];
        (object.head, object.relation) = (Some(verb), R::Obj);
        (object.upos, object.xpos) = (Upos::Noun, Xpos::from_name("NN"));
    }
}

/// Makes the verb of the sentence of a past tense right behind the subject, where it was taken for a clause of that and the
/// participle behind it for the verb: "The navy **evacuated** stranded Danes". No past tense tells more of a noun without a
/// "that".
pub fn before_participle(sentence: &mut Sentence) {
    for quality in 2..sentence.tokens.len().saturating_sub(1) {
        let (tokens, verb) = (&sentence.tokens, quality - 1);
        let Some(subject) = tokens[verb].head.filter(|&head| head < verb && tokens[verb].relation == R::Acl) else {
            continue;
        };
        let finite = tokens[verb].xpos.as_str() == "VBD" && tokens[quality].xpos.as_str() == "VBN";
        let acts = tokens[subject].relation == R::Nsubj && tokens[subject].head == Some(quality);
        let helped = child(sentence, quality, &[R::Aux, R::AuxPass, R::Obj, R::Cop]).is_some();
        let object = child(sentence, verb, &[R::Obj]).filter(|&object| object > quality);
        let Some(object) = object.filter(|_| finite && acts && !helped) else { continue };
        let (head, relation) = (tokens[quality].head, tokens[quality].relation);
        for t in (0..sentence.tokens.len()).filter(|&t| t != verb && t != quality) {
            if sentence.tokens[t].head == Some(quality) {
                sentence.tokens[t].head = Some(verb);
            }
        }
        (sentence.tokens[verb].head, sentence.tokens[verb].relation) = (head, relation);
        let token = &mut sentence.tokens[quality];
        (token.head, token.relation) = (Some(object), R::Amod);
    }
}

/// Makes an infinitive of the quality behind the "to" of a verb that takes one: "refused to **free** the envoy", read as
/// refused to a free envoy.
pub fn qualities(text: &str, sentence: &mut Sentence) {
    for quality in 2..sentence.tokens.len() {
        let (tokens, to) = (&sentence.tokens, quality - 1);
        let verb = to - 1;
        let Some(thing) = tokens[quality].head.filter(|&thing| thing > quality) else { continue };
        let part = matches!(tokens[quality].relation, R::Amod | R::Compound | R::Flat | R::NmodDesc);
        let behind = tokens[to].lemma == "to" && tokens[to].relation == R::Case && tokens[to].head == Some(thing);
        let hangs = tokens[thing].head == Some(verb) && matches!(tokens[thing].relation, R::Obl | R::Obj);
        let listed = holds(&LISTS.wills, &tokens[verb].lemma) && holds(&LISTS.frees, sentence.form(text, quality));
        if !(part && behind && hangs && listed) {
            continue;
        }
        for t in to..thing {
            if sentence.tokens[t].head == Some(thing) && t <= quality {
                sentence.tokens[t].head = Some(quality);
            }
        }
        (sentence.tokens[to].relation, sentence.tokens[to].upos) = (R::Mark, Upos::Part);
        sentence.tokens[to].xpos = Xpos::from_name("TO");
        (sentence.tokens[quality].head, sentence.tokens[quality].relation) = (Some(verb), R::Xcomp);
        verbal(text, sentence, quality, "VB");
        (sentence.tokens[thing].head, sentence.tokens[thing].relation) = (Some(quality), R::Obj);
        for name in sentence.entities.iter_mut().filter(|name| name.first == quality && name.last > thing) {
            name.first = thing;
            name.span = sentence.tokens[thing].span.cover(sentence.tokens[name.last - 1].span);
        }
    }
}

/// Makes an infinitive of the verb behind a "to" that was taken for a preposition: "told the envoy to **pack**". No verb stands
/// behind a preposition in its bare form.
pub fn infinitives(text: &str, sentence: &mut Sentence) {
    for verb in 2..sentence.tokens.len() {
        let (tokens, to) = (&sentence.tokens, verb - 1);
        let bare = tokens[verb].upos == Upos::Verb && tokens[verb].xpos.as_str() == "VB";
        let behind = tokens[to].lemma == "to" && tokens[to].relation == R::Case && tokens[to].head == Some(verb);
        let Some(above) = tokens[verb].head.filter(|&above| above < to && bare && behind) else { continue };
        let phrase = tokens[verb].relation == R::Obl && tokens[above].upos == Upos::Verb;
        // "drove **to work**": only somebody is told to do something.
        let told = child(sentence, above, &[R::Obj, R::Iobj]).is_some_and(|whom| above < whom && whom < to);
        if phrase
            && told
            && tokens[to - 1].upos != Upos::Adv
            && !holds(&LISTS.behind_to, &sentence.form(text, verb).to_lowercase())
        {
            sentence.tokens[verb].relation = R::Xcomp;
            let mark = &mut sentence.tokens[to];
            (mark.relation, mark.upos, mark.xpos) = (R::Mark, Upos::Part, Xpos::from_name("TO"));
        }
    }
}

/// True for a word that looks like a past tense and is none of the prepositions that do.
pub(super) fn is_past(text: &str, sentence: &Sentence, at: usize) -> bool {
    let form = sentence.form(text, at);
    form.len() > 4 && form.ends_with("ed") && !holds(&LISTS.past_prepositions, form)
}

/// Makes a verb of the past tense that was taken for a preposition: "Nothing **justified** the raid". The prepositions that
/// look like one are few.
pub fn prepositions(text: &str, sentence: &mut Sentence) {
    for verb in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(object) = tokens[verb].head.filter(|&head| head > verb && tokens[verb].relation == R::Case) else {
            continue;
        };
        let subject = verb - 1;
        let behind = tokens[object].head == Some(subject) && tokens[object].relation == R::Nmod;
        let nominal = matches!(tokens[subject].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        if !(behind && nominal && is_past(text, sentence, verb)) {
            continue;
        }
        let (head, relation) = (tokens[subject].head, tokens[subject].relation);
        let clause = matches!(relation, R::Root | R::Ccomp | R::Parataxis | R::Conj | R::Advcl);
        if !clause || child(sentence, subject, &[R::Cop, R::Nsubj, R::Case]).is_some() {
            continue;
        }
        for t in verb + 1..sentence.tokens.len() {
            if sentence.tokens[t].head == Some(subject) {
                sentence.tokens[t].head = Some(verb);
            }
        }
        verbal(text, sentence, verb, "VBD");
        (sentence.tokens[verb].head, sentence.tokens[verb].relation) = (head, relation);
        (sentence.tokens[subject].head, sentence.tokens[subject].relation) = (Some(verb), R::Nsubj);
        (sentence.tokens[object].head, sentence.tokens[object].relation) = (Some(verb), R::Obj);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    fn tree(sentence: &Sentence) -> Vec<(Option<usize>, &str)> {
        sentence.tokens.iter().map(|token| (token.head, token.relation.as_str())).collect()
    }

    fn tagged(text: &str, rows: &[(&str, &str, usize, &str)], tags: &[(usize, &str)]) -> Sentence {
        let mut sentence = testing::sentence(text, rows);
        for &(at, tag) in tags {
            sentence.tokens[at].xpos = Xpos::from_name(tag);
        }
        sentence
    }

    #[test]
    fn what_has_a_subject_modifies_nothing() {
        let text = "tugs set sail for Mali";
        let rows = [
            ("tugs", "NOUN", 2, "nsubj"),
            ("set", "VERB", 3, "amod"),
            ("sail", "VERB", 0, "root"),
            ("for", "ADP", 5, "case"),
            ("Mali", "PROPN", 3, "obl"),
        ];
        let mut sails = tagged(text, &rows, &[(1, "VBN")]);
        with_subject(text, &mut sails);
        assert_eq!(tree(&sails)[1..3], [(None, "root"), (Some(1), "obj")]);
        assert_eq!((sails.tokens[4].head, sails.tokens[2].upos), (Some(1), Upos::Noun));
    }

    #[test]
    fn a_past_tense_is_the_verb_of_the_sentence() {
        let text = "sailors saved stranded Danes";
        let rows = [
            ("sailors", "NOUN", 3, "nsubj"),
            ("saved", "VERB", 1, "acl"),
            ("stranded", "VERB", 0, "root"),
            ("Danes", "PROPN", 2, "obj"),
        ];
        let mut saved = tagged(text, &rows, &[(1, "VBD"), (2, "VBN")]);
        before_participle(&mut saved);
        assert_eq!(tree(&saved), [(Some(1), "nsubj"), (None, "root"), (Some(3), "amod"), (Some(1), "obj")]);
    }

    #[test]
    fn a_quality_behind_to_is_what_is_refused() {
        let text = "Mali refused to free Keita";
        let rows = [
            ("Mali", "PROPN", 2, "nsubj"),
            ("refused", "VERB", 0, "root"),
            ("to", "ADP", 5, "case"),
            ("free", "ADJ", 5, "amod"),
            ("Keita", "PROPN", 2, "obl"),
        ];
        let mut refused = tagged(text, &rows, &[(3, "JJ")]);
        refused.tokens[1].lemma = "refuse".into();
        qualities(text, &mut refused);
        assert_eq!(tree(&refused)[2..], [(Some(3), "mark"), (Some(1), "xcomp"), (Some(3), "obj")]);
        assert_eq!(refused.tokens[3].upos, Upos::Verb);
    }

    #[test]
    fn a_bare_verb_behind_to_is_an_infinitive_where_somebody_is_told() {
        let text = "Togo told them to pack";
        let rows = [
            ("Togo", "PROPN", 2, "nsubj"),
            ("told", "VERB", 0, "root"),
            ("them", "PRON", 2, "iobj"),
            ("to", "ADP", 5, "case"),
            ("pack", "VERB", 2, "obl"),
        ];
        let mut told = tagged(text, &rows, &[(4, "VB")]);
        infinitives(text, &mut told);
        assert_eq!(tree(&told)[3..], [(Some(4), "mark"), (Some(1), "xcomp")]);
        let text = "They drove to work";
        let rows = [
            ("They", "PRON", 2, "nsubj"),
            ("drove", "VERB", 0, "root"),
            ("to", "ADP", 4, "case"),
            ("work", "VERB", 2, "obl"),
        ];
        let mut drove = tagged(text, &rows, &[(3, "VB")]);
        infinitives(text, &mut drove);
        assert_eq!(drove.tokens[3].relation, R::Obl);
    }

    #[test]
    fn only_few_prepositions_look_like_a_past_tense() {
        let text = "nothing justified raids";
        let rows = [("nothing", "NOUN", 0, "root"), ("justified", "ADP", 3, "case"), ("raids", "NOUN", 1, "nmod")];
        let mut raids = testing::sentence(text, &rows);
        prepositions(text, &mut raids);
        assert_eq!(tree(&raids), [(Some(1), "nsubj"), (None, "root"), (Some(1), "obj")]);
        let text = "output compared prices";
        let rows = [("output", "NOUN", 0, "root"), ("compared", "ADP", 3, "case"), ("prices", "NOUN", 1, "nmod")];
        let mut prices = testing::sentence(text, &rows);
        prepositions(text, &mut prices);
        assert_eq!(prices.tokens[1].relation, R::Case);
    }
}
