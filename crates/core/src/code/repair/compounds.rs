//! Words of several parts that the parser took apart: "**test-fired** a missile", "staged a **sit-in**", "the border
//! **crossing** with Chad".

use super::child;
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::Sentence,
};

/// True where a hyphen joins a token to the one before it and the one behind.
fn hyphened(text: &str, sentence: &Sentence, hyphen: usize) -> bool {
    let tokens = &sentence.tokens;
    hyphen > 0
        && hyphen + 1 < tokens.len()
        && sentence.form(text, hyphen) == "-"
        && tokens[hyphen - 1].span.end == tokens[hyphen].span.start
        && tokens[hyphen].span.end == tokens[hyphen + 1].span.start
}

/// Gives a verb of two parts its subject: "North Korea **test-fired** a missile", read as fired at a Korea test.
pub fn verbs(text: &str, sentence: &mut Sentence) {
    for verb in 3..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let past = tokens[verb].upos == Upos::Verb && matches!(tokens[verb].xpos.as_str(), "VBD" | "VBN");
        let part = verb - 2;
        if !past || !hyphened(text, sentence, verb - 1) || tokens[part].head != Some(verb) {
            continue;
        }
        let clause = matches!(tokens[verb].relation, R::Root | R::Ccomp | R::Conj | R::Parataxis | R::Advcl);
        let own = child(sentence, verb, &[R::Nsubj, R::NsubjPass, R::Aux, R::AuxPass, R::Cop]).is_some();
        let acted_on = child(sentence, verb, &[R::Obj]).is_some_and(|object| object > verb);
        if !clause || own || !acted_on {
            continue;
        }
        let before = part - 1;
        let noun = matches!(tokens[before].upos, Upos::Noun | Upos::Propn);
        if !noun || !tokens[before].head.is_some_and(|head| head == part || head == verb) {
            continue;
        }
        for t in 0..before {
            if sentence.tokens[t].head == Some(part) && sentence.tokens[t].upos != Upos::Punct {
                sentence.tokens[t].head = Some(before);
            }
        }
        (sentence.tokens[before].head, sentence.tokens[before].relation) = (Some(verb), R::Nsubj);
        sentence.tokens[part].relation = R::Compound;
        sentence.tokens[verb].xpos = Xpos::from_name("VBD");
    }
}

/// Makes one noun of a verb and its particle: "staged a **sit-in** against the law", read as in the law.
pub fn nouns(text: &str, sentence: &mut Sentence) {
    for noun in 1..sentence.tokens.len().saturating_sub(2) {
        let (hyphen, particle) = (noun + 1, noun + 2);
        let tokens = &sentence.tokens;
        if tokens[noun].upos != Upos::Noun
            || !hyphened(text, sentence, hyphen)
            || !holds(&LISTS.noun_particles, sentence.form(text, particle))
            || tokens[particle].upos == Upos::Noun && tokens[particle].head != Some(noun)
        {
            continue;
        }
        let inside = |t: usize| (noun..=particle).contains(&t);
        let Some(above) = [noun, particle].into_iter().find_map(|t| tokens[t].head.filter(|&head| !inside(head)))
        else {
            continue;
        };
        // "in" as the preposition of what stands behind another one: the noun takes the place of that phrase.
        let cased = |phrase: usize| {
            (particle + 1..phrase).any(|t| tokens[t].head == Some(phrase) && tokens[t].relation == R::Case)
        };
        let (head, relation, behind) = if above > particle && cased(above) {
            (tokens[above].head, tokens[above].relation, Some(above))
        } else {
            (Some(above), tokens[noun].relation, None)
        };
        let Some(head) = head.filter(|&head| !inside(head) && !super::below(sentence, head, noun)) else { continue };
        let verb = tokens[head].upos == Upos::Verb && head < noun;
        let object = child(sentence, head, &[R::Obj]).is_some_and(|object| !inside(object));
        if !verb || object {
            continue;
        }
        if let Some(behind) = behind {
            (sentence.tokens[behind].head, sentence.tokens[behind].relation) = (Some(noun), R::Nmod);
        }
        for t in head + 1..noun {
            let token = &sentence.tokens[t];
            if token.head.is_some_and(|of| of == particle || Some(of) == behind) && token.upos != Upos::Punct {
                sentence.tokens[t].head = Some(noun);
            }
        }
        let relation = if matches!(relation, R::NsubjPass | R::Nmod) { relation } else { R::Obj };
        (sentence.tokens[noun].head, sentence.tokens[noun].relation) = (Some(head), relation);
        (sentence.tokens[particle].head, sentence.tokens[particle].relation) = (Some(noun), R::CompoundPrt);
        (sentence.tokens[hyphen].head, sentence.tokens[hyphen].relation) = (Some(noun), R::Punct);
    }
}

/// Makes a noun of the "crossing" that the parser took for something that a border does: "shut the border **crossing** with
/// Chad", "reopened the Rafah **crossing**".
pub fn crossings(text: &str, sentence: &mut Sentence) {
    for noun in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let before = noun - 1;
        if sentence.form(text, noun) != "crossing"
            || tokens[noun].upos != Upos::Verb
            || !matches!(tokens[noun].relation, R::Acl | R::Advcl | R::Xcomp)
            || child(sentence, noun, &[R::Obj]).is_some()
        {
            continue;
        }
        let named = tokens[before].xpos.as_str() == "NNP";
        // "Closed the Kerem **Shalom** crossing": of a name of two words the first heads the phrase.
        let before = match tokens[before].head {
            Some(head) if named && tokens[before].relation == R::Flat && head < before => head,
            _ => before,
        };
        let place = holds(&LISTS.crossed, &tokens[before].lemma);
        let beside = tokens[noun].head == Some(before) || tokens[noun].head == tokens[before].head;
        let phrase = matches!(tokens[before].relation, R::Obj | R::Obl | R::Nsubj | R::NsubjPass | R::Nmod);
        if !(named || place) || !beside || !phrase {
            continue;
        }
        let (head, relation) = (tokens[before].head, tokens[before].relation);
        for t in 0..sentence.tokens.len() {
            let token = &mut sentence.tokens[t];
            let phrase = !named || matches!(token.relation, R::Det | R::Case | R::NmodPoss);
            if t < before && token.head == Some(before) && phrase {
                token.head = Some(noun);
            } else if t > noun && token.head == Some(noun) && token.relation == R::Obl {
                token.relation = R::Nmod;
            }
        }
        let crossing = &mut sentence.tokens[noun];
        (crossing.head, crossing.relation, crossing.upos) = (head, relation, Upos::Noun);
        (crossing.xpos, crossing.lemma) = (Xpos::from_name("NN"), "crossing".to_owned());
        (sentence.tokens[before].head, sentence.tokens[before].relation) = (Some(noun), R::Compound);
    }
}

/// Makes a noun of a gerund that somebody has: "Beijing's **backing** for Islamabad angered Delhi". `is_event` knows the
/// nouns of deeds.
pub fn gerunds(text: &str, sentence: &mut Sentence, is_event: &dyn Fn(&str) -> bool) {
    for noun in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        if tokens[noun].xpos.as_str() != "VBG" {
            continue;
        }
        let nominal = matches!(tokens[noun].relation, R::Nsubj | R::NsubjPass | R::Obj | R::Obl | R::Nmod);
        let owned = nominal && child(sentence, noun, &[R::NmodPoss]).is_some_and(|owner| owner < noun);
        // "described as **meddling** by Oslo"
        let named = child(sentence, noun, &[R::Mark]).filter(|&mark| mark + 1 == noun && tokens[mark].lemma == "as");
        let bare = child(sentence, noun, &[R::Obj, R::Xcomp, R::Ccomp]).is_none();
        if !((owned || named.is_some()) && bare) {
            continue;
        }
        let form = sentence.form(text, noun).to_lowercase();
        if !is_event(&form) {
            continue;
        }
        for t in noun + 1..sentence.tokens.len() {
            let token = &mut sentence.tokens[t];
            if token.head == Some(noun) && token.relation == R::Obl {
                token.relation = R::Nmod;
            }
        }
        if let Some(mark) = named {
            sentence.tokens[mark].relation = R::Case;
            sentence.tokens[noun].relation = R::Obl;
        }
        let token = &mut sentence.tokens[noun];
        (token.upos, token.xpos, token.lemma) = (Upos::Noun, Xpos::from_name("NN"), form);
    }
}

/// Makes a noun of the "backing" that somebody wins from somebody, read as something that he goes on to do.
pub fn gained(sentence: &mut Sentence) {
    for noun in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(verb) = tokens[noun].head.filter(|&verb| verb < noun) else { continue };
        if tokens[noun].xpos.as_str() != "VBG" || !matches!(tokens[noun].relation, R::Xcomp | R::Advcl) {
            continue;
        }
        let bare = child(sentence, noun, &[R::Obj, R::Mark, R::Aux, R::Xcomp, R::Ccomp]).is_none();
        let between =
            |t: usize| tokens[t].head == Some(noun) && matches!(tokens[t].relation, R::Amod | R::Det | R::Compound);
        if !bare
            || !holds(&LISTS.gains, &tokens[verb].lemma)
            || child(sentence, verb, &[R::Obj]).is_some()
            || !(verb + 1..noun).all(between)
        {
            continue;
        }
        let from = |t: usize| {
            let case = child(sentence, t, &[R::Case])
                .is_some_and(|case| matches!(tokens[case].lemma.as_str(), "from" | "for"));
            tokens[t].head == Some(noun) && tokens[t].relation == R::Obl && case
        };
        let Some(whose) = (noun + 1..tokens.len()).find(|&t| from(t)) else { continue };
        sentence.tokens[whose].relation = R::Nmod;
        let token = &mut sentence.tokens[noun];
        (token.relation, token.upos, token.xpos) = (R::Obj, Upos::Noun, Xpos::from_name("NN"));
        if token.lemma == "back" {
            "backing".clone_into(&mut token.lemma);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    #[test]
    fn a_verb_with_a_hyphen_has_its_subject_before_it() {
        let text = "Korea test-fired a missile";
        let rows = [
            ("Korea", "PROPN", 2, "compound"),
            ("test", "NOUN", 4, "obl:unmarked"),
            ("-", "PUNCT", 4, "punct"),
            ("fired", "VERB", 0, "root"),
            ("a", "DET", 6, "det"),
            ("missile", "NOUN", 4, "obj"),
        ];
        let mut fired = testing::sentence(text, &rows);
        fired.tokens[3].xpos = Xpos::from_name("VBD");
        verbs(text, &mut fired);
        assert_eq!((fired.tokens[0].head, fired.tokens[0].relation), (Some(3), R::Nsubj));
    }

    #[test]
    fn a_sit_in_is_one_noun() {
        let text = "Police broke up a sit-in by teachers";
        let rows = [
            ("Police", "NOUN", 2, "nsubj"),
            ("broke", "VERB", 0, "root"),
            ("up", "ADP", 2, "compound:prt"),
            ("a", "DET", 9, "det"),
            ("sit", "NOUN", 7, "compound"),
            ("-", "PUNCT", 7, "punct"),
            ("in", "ADP", 9, "case"),
            ("by", "ADP", 9, "case"),
            ("teachers", "NOUN", 2, "obl"),
        ];
        let mut sit = testing::sentence(text, &rows);
        nouns(text, &mut sit);
        let tree: Vec<_> = sit.tokens.iter().map(|t| (t.head, t.relation.as_str())).collect();
        assert_eq!((tree[4], tree[8], tree[3].0), ((Some(1), "obj"), (Some(4), "nmod"), Some(4)));
    }

    #[test]
    fn a_border_crossing_is_shut() {
        let text = "Chad shut the border crossing with Togo";
        let rows = [
            ("Chad", "PROPN", 2, "nsubj"),
            ("shut", "VERB", 0, "root"),
            ("the", "DET", 4, "det"),
            ("border", "NOUN", 2, "obj"),
            ("crossing", "VERB", 2, "advcl"),
            ("with", "ADP", 7, "case"),
            ("Togo", "PROPN", 5, "obl"),
        ];
        let mut shut = testing::sentence(text, &rows);
        crossings(text, &mut shut);
        let tree: Vec<_> = shut.tokens.iter().map(|t| (t.head, t.relation.as_str())).collect();
        assert_eq!((tree[4], tree[3], tree[6].1), ((Some(1), "obj"), (Some(4), "compound"), "nmod"));
    }
}
