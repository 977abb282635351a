//! What something is called: the quality or the name behind the noun, where the parser took it for a part of the phrase.

use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos},
    sentence::Sentence,
};

/// Hangs an adjective that stands behind its noun from the verb that calls it so: "called the raid “**unacceptable**”".
pub fn called(sentence: &mut Sentence) {
    for noun in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(verb) = tokens[noun].head.filter(|&verb| verb < noun && tokens[noun].relation == R::Obj) else {
            continue;
        };
        if !holds(&LISTS.calls, &tokens[verb].lemma) {
            continue;
        }
        let behind =
            |t: usize| tokens[t].head == Some(noun) && tokens[t].relation == R::Amod && tokens[t].upos == Upos::Adj;
        let taken = (0..tokens.len()).any(|t| tokens[t].head == Some(verb) && tokens[t].relation == R::Xcomp);
        let Some(quality) = (noun + 1..tokens.len()).find(|&t| behind(t)).filter(|_| !taken) else { continue };
        sentence.tokens[quality].head = Some(verb);
        sentence.tokens[quality].relation = R::Xcomp;
    }
}

/// Hangs a name with an article of its own that stands behind an object from the verb that gives it: "called the launch **an
/// outrage**", where it is read as a part of the object or set beside it.
pub fn named(sentence: &mut Sentence) {
    for name in 3..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let part = matches!(
            tokens[name].relation,
            R::Nmod | R::NmodUnmarked | R::Obj | R::Obl | R::OblUnmarked | R::Appos | R::Dep | R::Conj
        );
        if tokens[name].upos != Upos::Noun || !part {
            continue;
        }
        // The object may itself hang from a phrase: "called the arrest of a reporter a disgrace".
        // "called the presence in Mali a tragedy": both may hang from the verb.
        let above = tokens[name].head.filter(|&head| head < name);
        let beside = above.and_then(|verb| {
            let first = |t: &usize| tokens[*t].head == Some(verb) && matches!(tokens[*t].relation, R::Obj | R::Iobj);
            (verb + 1..name).find(first)
        });
        let mut object = beside.or(above);
        while let Some(up) = object.filter(|&up| tokens[up].relation != R::Obj && tokens[up].relation != R::Iobj) {
            object = tokens[up].head.filter(|&head| head < up);
        }
        let Some(object) = object else { continue };
        let Some(verb) = tokens[object].head.filter(|&verb| verb < object && tokens[verb].upos == Upos::Verb) else {
            continue;
        };
        let own = |t: usize, of: usize, relations: &[R]| {
            tokens[t].head == Some(of) && relations.contains(&tokens[t].relation)
        };
        let article = (object + 1..name).find(|&t| own(t, name, &[R::Det]) && tokens[t].lemma == "a");
        let joined = (object..name).any(|t| own(t, name, &[R::Case, R::Cc]));
        let taken = (0..tokens.len()).any(|t| own(t, verb, &[R::Xcomp, R::Iobj]) && t != object);
        let Some(article) = article.filter(|_| !joined && !taken && holds(&LISTS.calls, &tokens[verb].lemma)) else {
            continue;
        };
        if (object..article).any(|t| tokens[t].lemma == ",") {
            continue;
        }
        let token = &mut sentence.tokens[name];
        (token.head, token.relation) = (Some(verb), R::Xcomp);
        sentence.tokens[object].relation = R::Obj;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    #[test]
    fn what_a_deed_is_called_hangs_from_the_verb() {
        let rows = [
            ("Chad", "PROPN", 2, "nsubj"),
            ("called", "VERB", 0, "root"),
            ("the", "DET", 4, "det"),
            ("launch", "NOUN", 2, "obj"),
            ("an", "DET", 6, "det"),
            ("outrage", "NOUN", 4, "nmod"),
        ];
        let mut sentence = testing::sentence("Chad called the launch an outrage", &rows);
        sentence.tokens[1].lemma = "call".into();
        sentence.tokens[4].lemma = "a".into();
        named(&mut sentence);
        assert_eq!((sentence.tokens[5].head, sentence.tokens[5].relation), (Some(1), R::Xcomp));
    }
}
