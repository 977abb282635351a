//! Clauses that the parser hung from too far away: a relative clause behind a comma, a bare infinitive joined to a finite
//! verb, what a commitment is to, the day on which something was done to somebody.

use super::below;
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos},
    sentence::Sentence,
    world::{World, dates, scene::Scene},
};

/// Hangs ", which …" from the noun phrase right before the comma where the parser jumped over it: "condemned by India,
/// **which** accused Pakistan".
pub fn which(text: &str, sentence: &mut Sentence) {
    for which in 2..sentence.tokens.len() {
        if sentence.form(text, which) != "which" || sentence.form(text, which - 1) != "," {
            continue;
        }
        relative(sentence, which);
        let mut clause = which;
        while sentence.tokens[clause].relation != R::AclRelcl {
            match sentence.tokens[clause].head {
                Some(head) if head > which => clause = head,
                _ => break,
            }
        }
        let Some(far) = sentence.tokens[clause].head.filter(|_| sentence.tokens[clause].relation == R::AclRelcl) else {
            continue;
        };
        let mut near = which - 2;
        if far >= near || below(sentence, near, far) {
            continue;
        }
        while matches!(sentence.tokens[near].relation, R::Flat | R::Compound | R::NmodDesc | R::Goeswith)
            && let Some(head) = sentence.tokens[near].head
        {
            near = head;
        }
        if matches!(sentence.tokens[near].upos, Upos::Noun | Upos::Propn)
            && near > far
            && !below(sentence, near, clause)
        {
            sentence.tokens[clause].head = Some(near);
        }
    }
}

/// Hangs a participle behind the verb of saying from that verb, where the parser took it for a part of what is said:
/// "“There is no point,” he said, **accusing** the group".
pub fn participles(sentence: &mut Sentence) {
    for i in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(above) = tokens[i].head.filter(|_| tokens[i].relation == R::Advcl && tokens[i].xpos.as_str() == "VBG")
        else {
            continue;
        };
        let Some(said) = tokens[above].head.filter(|_| tokens[above].relation == R::Ccomp) else { continue };
        let own = tokens.iter().any(|t| t.head == Some(i) && matches!(t.relation, R::Nsubj | R::Mark));
        if above < said && said < i && !own {
            sentence.tokens[i].head = Some(said);
        }
    }
}

/// What something is described as stands behind a preposition and beside it: "described the ban **as** unjust", where it is
/// read as an adverb of the quality or the quality as a part of the ban.
pub fn described(sentence: &mut Sentence) {
    for i in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(what) = tokens[i].head.filter(|&what| tokens[i].lemma == "as" && what > i) else { continue };
        let Some(above) = tokens[what].head.filter(|&above| above < i) else { continue };
        let object = |verb: usize| tokens.iter().any(|t| t.head == Some(verb) && t.relation == R::Obj);
        // "dismissed as absurd **a statement** by Oslo": a noun with an article and no preposition is the object.
        let article = |t: usize| tokens.iter().any(|d| d.head == Some(t) && d.relation == R::Det);
        let cased = |t: usize| tokens.iter().any(|c| c.head == Some(t) && c.relation == R::Case);
        let late = (what + 1..tokens.len()).find(|&t| {
            tokens[t].head == Some(above)
                && tokens[t].relation == R::Obl
                && matches!(tokens[t].upos, Upos::Noun | Upos::Propn)
                && article(t)
                && !cased(t)
        });
        let quality = tokens[i].relation == R::Advmod && tokens[what].relation == R::Obl;
        if quality && object(above) {
            sentence.tokens[i].relation = R::Case;
        } else if let Some(late) = late.filter(|_| quality) {
            sentence.tokens[i].relation = R::Case;
            sentence.tokens[late].relation = R::Obj;
        } else if tokens[above].relation == R::Obj
            && tokens[what].upos == Upos::Adj
            && let Some(verb) = tokens[above].head.filter(|&verb| holds(&LISTS.describes, &tokens[verb].lemma))
        {
            (sentence.tokens[what].head, sentence.tokens[what].relation) = (Some(verb), R::Obl);
            sentence.tokens[i].relation = R::Case;
        }
    }
}

/// Hangs the clause of a ", which" that the parser took for one of its own ("contempt for the court, **which** on Friday
/// ordered …") from the noun before the comma, of a name from its head.
fn relative(sentence: &mut Sentence, which: usize) {
    let tokens = &sentence.tokens;
    let subject = matches!(tokens[which].relation, R::Nsubj | R::NsubjPass);
    let Some(verb) = tokens[which].head.filter(|&verb| subject && verb > which) else { return };
    let free = matches!(tokens[verb].relation, R::Ccomp | R::Conj | R::Parataxis);
    if !free || tokens[verb].head.is_none_or(|head| head >= which) {
        return;
    }
    let mut near = which - 2;
    if !matches!(tokens[near].upos, Upos::Noun | Upos::Propn) {
        return;
    }
    let name = sentence.entities.iter().find(|entity| entity.first <= near && near < entity.last);
    while let Some(head) = tokens[near].head
        && name.is_some_and(|name| name.first <= head && head < near)
    {
        near = head;
    }
    if !below(sentence, near, verb) {
        sentence.tokens[verb].head = Some(near);
        sentence.tokens[verb].relation = R::AclRelcl;
    }
}

/// Joins a bare infinitive to the infinitive before it: "made clear that it needs to step up and **condemn**". A finite verb
/// goes on with a finite one.
pub fn infinitives(sentence: &mut Sentence) {
    let n = sentence.tokens.len();
    for verb in 1..n {
        let token = &sentence.tokens[verb];
        let Some(head) = token.head.filter(|&head| head < verb) else { continue };
        let finite = matches!(sentence.tokens[head].xpos.as_str(), "VBD" | "VBZ");
        if token.relation != R::Conj || token.xpos.as_str() != "VB" || !finite {
            continue;
        }
        let own = |relation: R| matches!(relation, R::Nsubj | R::NsubjPass | R::Mark | R::Aux | R::AuxPass);
        let child = |of: usize, wanted: &dyn Fn(R) -> bool| {
            (0..n).any(|i| sentence.tokens[i].head == Some(of) && wanted(sentence.tokens[i].relation))
        };
        if child(verb, &own) {
            continue;
        }
        let infinitive = |i: usize| {
            sentence.tokens[i].xpos.as_str() == "VB"
                && child(i, &|r| matches!(r, R::Mark | R::Aux))
                && below(sentence, i, head)
        };
        if let Some(near) = (head + 1..verb).rev().find(|&i| infinitive(i)) {
            sentence.tokens[verb].head = Some(near);
        }
    }
}

/// Hangs "to collaborating with India" from the "commitment" right before it.
pub fn commitments(sentence: &mut Sentence) {
    for verb in 2..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        let Some(head) = token.head else { continue };
        if token.relation != R::Advcl || token.xpos.as_str() != "VBG" {
            continue;
        }
        let mark = verb - 1;
        let noun = verb - 2;
        let before = &sentence.tokens[noun];
        let object =
            before.upos == Upos::Noun && before.head == Some(head) && matches!(before.relation, R::Obj | R::Obl);
        if sentence.tokens[mark].head == Some(verb)
            && matches!(sentence.tokens[mark].lemma.as_str(), "to" | "of")
            && object
        {
            sentence.tokens[verb].head = Some(noun);
            sentence.tokens[verb].relation = R::Acl;
        }
    }
}

/// Hangs a clause with "that" right behind a noun from that noun, where the parser set it beside the sentence though nothing
/// is left for its verb to act on: "rejected a compromise **that** Oslo had put to it".
pub fn relatives(sentence: &mut Sentence) {
    for that in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let mark =
            tokens[that].lemma == "that" && tokens[that].relation == R::Mark && tokens[that - 1].upos == Upos::Noun;
        let Some(verb) = tokens[that].head.filter(|&verb| mark && verb > that && tokens[verb].upos == Upos::Verb)
        else {
            continue;
        };
        let aside = tokens[verb].relation == R::Parataxis && tokens[that - 1].relation == R::Obj;
        let has = |wanted: R| tokens.iter().any(|token| token.head == Some(verb) && token.relation == wanted);
        if aside && tokens[verb].head == tokens[that - 1].head && has(R::Nsubj) && !has(R::Obj) && !has(R::Ccomp) {
            sentence.tokens[verb].head = Some(that - 1);
            sentence.tokens[verb].relation = R::AclRelcl;
        }
    }
}

/// Hangs the day from the verb where the parser hung it from a person: "expelled two diplomats **on Wednesday**". What
/// happens may have a day of its own ("the talks on Wednesday"), people have none.
pub fn days(world: &World, text: &str, sentence: &mut Sentence) {
    let below = |day: usize| {
        let token = &sentence.tokens[day];
        token.relation == R::Nmod && token.head.is_some_and(|head| head < day)
    };
    let named = |&day: &usize| below(day) && dates::names_day(sentence.form(text, day));
    let days: Vec<usize> = (0..sentence.tokens.len()).filter(named).collect();
    if days.is_empty() {
        return;
    }
    let scene = Scene::new(world, text, sentence);
    let verb_of = |day: usize| {
        let tokens = &sentence.tokens;
        let whom = tokens[day].head?;
        let verb = tokens[whom].head.filter(|&verb| verb < whom && tokens[verb].upos == Upos::Verb)?;
        let given = matches!(tokens[whom].relation, R::Obj | R::Iobj | R::Obl | R::NsubjPass);
        let somebody = matches!(tokens[whom].upos, Upos::Propn | Upos::Pron) || scene.role_at(whom).is_some();
        let on = tokens[..day].iter().rev().any(|t| t.head == Some(day) && t.relation == R::Case && t.lemma == "on");
        (given && somebody && on).then_some(verb)
    };
    let moved: Vec<(usize, usize)> = days.into_iter().filter_map(|day| Some((day, verb_of(day)?))).collect();
    for (day, verb) in moved {
        sentence.tokens[day].head = Some(verb);
        sentence.tokens[day].relation = R::Obl;
    }
}

/// Hangs the day between a deed and the clause that tells more of it from the deed: "blames Chad for an attack **on 22 April**
/// in which nine died", read as blamed on that day. `is_event` knows the nouns of deeds.
pub fn day_of_deed(text: &str, sentence: &mut Sentence, is_event: &dyn Fn(&str) -> bool) {
    for clause in 4..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(head) = tokens[clause].head.filter(|&head| tokens[clause].relation == R::AclRelcl && head < clause)
        else {
            continue;
        };
        let named =
            |t: &usize| dates::names_day(sentence.form(text, *t)) || dates::names_month(sentence.form(text, *t));
        let time = |t: &usize| named(t) && matches!(tokens[*t].relation, R::Obl | R::OblUnmarked | R::Nmod);
        let deed = |&t: &usize| tokens[t].upos == Upos::Noun && is_event(&tokens[t].lemma);
        // The clause hangs from the deed and the day between them from the verb, or the clause from the day.
        let (deed, day) = if named(&head) {
            let beside = |t: &usize| deed(t) && (tokens[head].head == Some(*t) || tokens[*t].head == tokens[head].head);
            ((0..head).rev().find(beside), Some(head).filter(time))
        } else {
            // "an attack on **pilgrims** … in which": of the noun, or of what hangs from it.
            let above = std::iter::successors(Some(head), |&t| {
                tokens[t].head.filter(|_| matches!(tokens[t].relation, R::Nmod))
            });
            let deed = above.take(3).find(deed);
            let between = |t: &usize| {
                time(t) && deed.is_some_and(|deed| tokens[*t].head.is_some() && tokens[*t].head == tokens[deed].head)
            };
            (deed, (head + 1..clause).find(between))
        };
        if let (Some(deed), Some(day)) = (deed, day) {
            if named(&head) {
                sentence.tokens[clause].head = Some(deed);
            }
            (sentence.tokens[day].head, sentence.tokens[day].relation) = (Some(deed), R::Nmod);
        }
    }
}

/// Hangs the time that opens a sentence from its first verb, not from one joined to that: "**A day after the raid**, Chad shut
/// its border, closed its ports and expelled envoys".
pub fn opening_time(sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let time = |&t: &usize| tokens[t].relation == R::OblUnmarked && tokens[t].head.is_some_and(|head| head > t);
    let Some(time) = (0..tokens.len().min(4)).find(time) else { return };
    let Some(joined) = tokens[time].head.filter(|&verb| tokens[verb].relation == R::Conj) else { return };
    let first = tokens[joined].head.filter(|&first| {
        let subject =
            tokens.iter().position(|t| t.head == Some(first) && matches!(t.relation, R::Nsubj | R::NsubjPass));
        first < joined && subject.is_some_and(|subject| time < subject)
    });
    if let Some(first) = first {
        sentence.tokens[time].head = Some(first);
    }
}

/// Hangs a participle of saying behind a comma from the verb of the sentence, not from what is asked there: "called for NATO
/// to negotiate, **accusing** it of murder" is said by whoever calls.
pub fn remarks(text: &str, sentence: &mut Sentence) {
    for remark in 3..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let says = tokens[remark].xpos.as_str() == "VBG"
            && tokens[remark].relation == R::Advcl
            && holds(&LISTS.adds, &tokens[remark].lemma);
        let behind = sentence.form(text, remark - 1) == ",";
        let Some(asked) = tokens[remark].head.filter(|&head| head < remark && says && behind) else { continue };
        let open = matches!(tokens[asked].relation, R::Xcomp | R::Advcl | R::Acl)
            && tokens.iter().any(|t| t.head == Some(asked) && t.relation == R::Mark && t.lemma == "to");
        let Some(above) = tokens[asked].head.filter(|&above| above < asked && open) else { continue };
        let comma = (above..asked).any(|t| sentence.form(text, t) == ",");
        if tokens[above].upos == Upos::Verb && !comma {
            sentence.tokens[remark].head = Some(above);
        }
    }
}
