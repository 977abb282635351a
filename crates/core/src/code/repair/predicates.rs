//! What something is called: the quality or the name behind the noun, where the parser took it for a part of the phrase.

use super::child;
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos},
    sentence::Sentence,
};

/// Hangs what somebody or something is called from the verb, and what is called so as its object.
pub fn called(sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len() {
        if !holds(&LISTS.calls, &sentence.tokens[verb].lemma) || sentence.tokens[verb].upos != Upos::Verb {
            continue;
        }
        quality_in_phrase(sentence, verb);
        quality_in_object(sentence, verb);
        object_in_quality(sentence, verb);
        name_in_thing(sentence, verb);
        two_names(sentence, verb);
        plural_in_name(sentence, verb);
        // "declared the envoy **a terrorist**": of two objects the second is what the first is called.
        let object = child(sentence, verb, &[R::Obj]);
        if let (Some(one), Some(name)) = (child(sentence, verb, &[R::Iobj]), object)
            && verb < one
            && one < name
        {
            sentence.tokens[one].relation = R::Obj;
            sentence.tokens[name].relation = R::Xcomp;
        }
    }
}

/// "called the map of the South China Sea **worthless**", read as a worthless that is the sea's: the noun before it heads the
/// phrase.
fn quality_in_phrase(sentence: &mut Sentence, verb: usize) {
    let tokens = &sentence.tokens;
    let Some(object) = child(sentence, verb, &[R::Obj]).filter(|&object| object > verb) else { return };
    let quality = |&t: &usize| {
        tokens[t].upos == Upos::Adj
            && tokens[t].relation == R::Nmod
            && tokens[t].head == Some(object)
            && tokens[t - 1].head == Some(t)
            && tokens[t - 1].relation == R::Compound
            && child(sentence, t, &[R::Case]).is_some()
    };
    let Some(quality) = (object + 2..tokens.len()).find(quality) else { return };
    if child(sentence, verb, &[R::Xcomp]).is_some() {
        return;
    }
    let place = quality - 1;
    for t in object + 1..place {
        if sentence.tokens[t].head == Some(quality) {
            sentence.tokens[t].head = Some(place);
        }
    }
    (sentence.tokens[place].head, sentence.tokens[place].relation) = (Some(object), R::Nmod);
    (sentence.tokens[quality].head, sentence.tokens[quality].relation) = (Some(verb), R::Xcomp);
}

/// "called the raid “**unacceptable**”", "declared the memorandum **null** and void", read as parts of the thing.
fn quality_in_object(sentence: &mut Sentence, verb: usize) {
    let tokens = &sentence.tokens;
    let Some(noun) = child(sentence, verb, &[R::Obj]).filter(|&noun| noun > verb) else { return };
    let behind = |t: usize| {
        let bare = child(sentence, t, &[R::Case, R::Det]).is_none();
        let quality = tokens[t].upos == Upos::Adj && matches!(tokens[t].relation, R::Amod | R::Xcomp);
        let void = matches!(tokens[t].lemma.as_str(), "null" | "void") && bare;
        tokens[t].head == Some(noun) && (quality || void)
    };
    if child(sentence, verb, &[R::Xcomp]).is_none()
        && let Some(quality) = (noun + 1..tokens.len()).find(|&t| behind(t))
    {
        sentence.tokens[quality].head = Some(verb);
        sentence.tokens[quality].relation = R::Xcomp;
    }
}

/// "called the Danish **criticism** unfair", read as unfair in the way of criticism.
fn object_in_quality(sentence: &mut Sentence, verb: usize) {
    let tokens = &sentence.tokens;
    let Some(quality) = child(sentence, verb, &[R::Xcomp]).filter(|&quality| quality > verb + 1) else { return };
    if child(sentence, verb, &[R::Obj]).is_some() || tokens[quality].upos != Upos::Adj {
        return;
    }
    let noun = |t: &usize| {
        matches!(tokens[*t].upos, Upos::Noun | Upos::Propn)
            && tokens[*t].head == Some(quality)
            && matches!(tokens[*t].relation, R::OblUnmarked | R::NmodUnmarked | R::Nsubj | R::Obl | R::Compound)
            && child(sentence, *t, &[R::Case]).is_none()
    };
    if let Some(thing) = (verb + 1..quality).find(noun) {
        (sentence.tokens[thing].head, sentence.tokens[thing].relation) = (Some(verb), R::Obj);
    }
}

/// "called the premier **a madman**", read as two names for nobody: the first is who is called so.
fn two_names(sentence: &mut Sentence, verb: usize) {
    let tokens = &sentence.tokens;
    let name = |t: &usize| {
        tokens[*t].head == Some(verb)
            && tokens[*t].relation == R::Xcomp
            && matches!(tokens[*t].upos, Upos::Noun | Upos::Propn)
            && child(sentence, *t, &[R::Case, R::Mark]).is_none()
    };
    let mut names = (verb + 1..tokens.len()).filter(name);
    if let (Some(one), Some(_)) = (names.next(), names.next())
        && child(sentence, verb, &[R::Obj]).is_none()
    {
        sentence.tokens[one].relation = R::Obj;
    }
}

/// "called Chad's **patrols** harassment", read as a harassment by patrols: a plural whose own it is and that says whose it
/// is stands before no other noun.
fn plural_in_name(sentence: &mut Sentence, verb: usize) {
    let tokens = &sentence.tokens;
    let Some(name) = child(sentence, verb, &[R::Obj]).filter(|&name| name > verb + 2) else { return };
    let thing = name - 1;
    let plural = tokens[thing].xpos.as_str() == "NNS" && tokens[thing].upos == Upos::Noun;
    let part = tokens[thing].head == Some(name) && tokens[thing].relation == R::Compound;
    let whose = |t: usize| {
        matches!(tokens[t].relation, R::NmodPoss | R::Det | R::Amod)
            && (tokens[t].head == Some(name) || tokens[t].head == Some(thing))
    };
    let singular = tokens[name].xpos.as_str() == "NN" && child(sentence, verb, &[R::Xcomp, R::Iobj]).is_none();
    if !(plural && part && singular && (verb + 1..thing).any(whose)) {
        return;
    }
    for t in verb + 1..thing {
        if sentence.tokens[t].head == Some(name) {
            sentence.tokens[t].head = Some(thing);
        }
    }
    (sentence.tokens[thing].head, sentence.tokens[thing].relation) = (Some(verb), R::Obj);
    sentence.tokens[name].relation = R::Xcomp;
}

/// "called the Danish launch **an outrage**", read as a launch that has an outrage for its object, be it a noun or a verb.
fn name_in_thing(sentence: &mut Sentence, verb: usize) {
    let tokens = &sentence.tokens;
    let nominal = |t: usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn);
    // What stands right behind a quality or an article and without a "to" is no verb.
    let noun = |t: usize| {
        let behind = t > verb + 1 && matches!(tokens[t - 1].upos, Upos::Adj | Upos::Det);
        nominal(t) || behind && child(sentence, t, &[R::Mark, R::Aux, R::Nsubj]).is_none()
    };
    let Some(thing) = child(sentence, verb, &[R::Xcomp, R::Ccomp]).filter(|&thing| thing > verb && noun(thing)) else {
        return;
    };
    let article = |t: usize| {
        (thing + 1..t).any(|d| tokens[d].head == Some(t) && tokens[d].relation == R::Det && tokens[d].lemma == "a")
    };
    let name = |&t: &usize| {
        nominal(t)
            && tokens[t].head == Some(thing)
            && matches!(tokens[t].relation, R::Obj | R::Appos | R::Xcomp)
            && child(sentence, t, &[R::Case]).is_none()
            && article(t)
            && tokens[t - 1].upos != Upos::Punct
            && !(thing + 1..t).any(|i| tokens[i].lemma == ",")
    };
    let other = |relation: R| {
        tokens.iter().enumerate().any(|(t, token)| t != thing && token.head == Some(verb) && token.relation == relation)
    };
    let Some(name) = (thing + 1..tokens.len()).find(name) else { return };
    if other(R::Obj) || other(R::Xcomp) {
        return;
    }
    for t in verb + 1..thing {
        if sentence.tokens[t].head == Some(name) {
            sentence.tokens[t].head = Some(thing);
        }
    }
    (sentence.tokens[thing].head, sentence.tokens[thing].relation) = (Some(verb), R::Obj);
    if sentence.tokens[thing].upos == Upos::Verb {
        sentence.tokens[thing].upos = Upos::Noun;
    }
    (sentence.tokens[name].head, sentence.tokens[name].relation) = (Some(verb), R::Xcomp);
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

/// Takes the passive from participles that tell of somebody's mind: whoever "is **committed** to peace" commits himself.
pub fn minded(sentence: &mut Sentence) {
    for verb in 1..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        if token.upos != Upos::Verb || token.xpos.as_str() != "VBN" || !holds(&LISTS.minds, &token.lemma) {
            continue;
        }
        let tokens = &sentence.tokens;
        let own = |t: usize, relation: R| tokens[t].head == Some(verb) && tokens[t].relation == relation;
        let to = (verb + 1..tokens.len().min(verb + 4)).any(|t| tokens[t].lemma == "to");
        let by = (verb + 1..tokens.len()).any(|t| own(t, R::OblAgent));
        if !to || by {
            continue;
        }
        for token in sentence.tokens.iter_mut().filter(|token| token.head == Some(verb)) {
            token.relation = match token.relation {
                R::NsubjPass => R::Nsubj,
                R::AuxPass => R::Aux,
                other => other,
            };
        }
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

    #[test]
    fn a_plural_that_is_called_something_is_no_part_of_the_name() {
        let rows = [
            ("Lima", "PROPN", 2, "nsubj"),
            ("called", "VERB", 0, "root"),
            ("Quito", "PROPN", 6, "nmod:poss"),
            ("'s", "PART", 3, "case"),
            ("patrols", "NOUN", 6, "compound"),
            ("harassment", "NOUN", 2, "obj"),
        ];
        let mut patrols = testing::sentence("Lima called Quito 's patrols harassment", &rows);
        patrols.tokens[1].lemma = "call".into();
        called(&mut patrols);
        let tree: Vec<_> = patrols.tokens.iter().map(|t| (t.head, t.relation.as_str())).collect();
        assert_eq!((tree[2].0, tree[4], tree[5]), (Some(4), (Some(1), "obj"), (Some(1), "xcomp")));
    }

    #[test]
    fn a_launch_is_called_an_outrage() {
        let rows = [
            ("Chad", "PROPN", 2, "nsubj"),
            ("called", "VERB", 0, "root"),
            ("the", "DET", 6, "det"),
            ("launch", "NOUN", 2, "xcomp"),
            ("an", "DET", 6, "det"),
            ("outrage", "NOUN", 4, "obj"),
        ];
        let mut launch = testing::sentence("Chad called the launch an outrage", &rows);
        launch.tokens[1].lemma = "call".into();
        launch.tokens[4].lemma = "a".into();
        called(&mut launch);
        let tree: Vec<_> = launch.tokens.iter().map(|t| (t.head, t.relation.as_str())).collect();
        assert_eq!((tree[3], tree[5], tree[2].0), ((Some(1), "obj"), (Some(1), "xcomp"), Some(3)));
    }
}
