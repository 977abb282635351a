//! Nouns that the parser hung from the wrong word or took for another part of speech: officials of a country, "military"
//! before a verb, "cross-border firing", "at least". "at least".

use super::{below, child};
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::Sentence,
};

/// Hangs the "in both nations" of "officials in both nations" from the officials.
pub fn belong(text: &str, sentence: &mut Sentence) {
    for t in 0..sentence.tokens.len().saturating_sub(2) {
        if sentence.tokens[t].upos != Upos::Noun || !holds(&LISTS.officials, sentence.form(text, t)) {
            continue;
        }
        if !matches!(sentence.form(text, t + 1), "in" | "of" | "from" | "on")
            || sentence.tokens[t + 1].upos != Upos::Adp
        {
            continue;
        }
        let Some(place) = sentence.tokens[t + 1].head.filter(|&head| head > t + 1 && head < t + 6) else { continue };
        let token = &sentence.tokens[place];
        let nominal = matches!(token.upos, Upos::Noun | Upos::Propn);
        if nominal && token.head != Some(t) && token.relation == R::Obl && !below(sentence, t, place) {
            sentence.tokens[place].head = Some(t);
            sentence.tokens[place].relation = R::Nmod;
        }
    }
}

/// Makes "military" of "India's military claims" the subject that a parser took for an adjective of the verb.
pub fn military(text: &str, sentence: &mut Sentence) {
    for t in 1..sentence.tokens.len().saturating_sub(1) {
        let token = &sentence.tokens[t];
        let verb = t + 1;
        if token.relation != R::Amod
            || token.head != Some(verb)
            || sentence.tokens[verb].upos != Upos::Verb
            || !sentence.form(text, t).eq_ignore_ascii_case("military")
        {
            continue;
        }
        sentence.tokens[t].upos = Upos::Noun;
        sentence.tokens[t].relation = R::Nsubj;
        for before in 0..t {
            let before = &mut sentence.tokens[before];
            if before.head == Some(verb) && matches!(before.relation, R::NmodPoss | R::Det | R::Amod | R::Compound) {
                before.head = Some(t);
            }
        }
    }
}

/// Makes the "firing" of "a rise in cross-border firing", without an object, the noun that the hyphenated word modifies.
pub fn shelling(text: &str, sentence: &mut Sentence) {
    for act in 3..sentence.tokens.len() {
        let (part, hyphen) = (act - 1, act - 2);
        let tokens = &sentence.tokens;
        let participle = tokens[act].upos == Upos::Verb && sentence.form(text, act).ends_with("ing");
        if !participle || tokens[act].relation != R::Acl {
            continue;
        }
        let joined = |a: usize, b: usize| tokens[a].span.end == tokens[b].span.start;
        let beside = tokens[act].head == Some(part) || tokens[act].head == tokens[part].head;
        let ends = tokens.get(act + 1).is_none_or(|next| matches!(next.upos, Upos::Punct | Upos::Adp | Upos::Cconj));
        let bare = !tokens.iter().any(|t| t.head == Some(act) && matches!(t.relation, R::Obj | R::Nsubj | R::Xcomp));
        if !(beside && ends && bare)
            || sentence.form(text, hyphen) != "-"
            || !(joined(hyphen - 1, hyphen) && joined(hyphen, part))
            || tokens[part].upos != Upos::Noun
        {
            continue;
        }
        let (head, relation) = (tokens[part].head, tokens[part].relation);
        for i in 0..part {
            let before = &mut sentence.tokens[i];
            if before.head == Some(part) && matches!(before.relation, R::Case | R::Det | R::Amod | R::NmodPoss) {
                before.head = Some(act);
            }
        }
        let lemma = sentence.form(text, act).to_lowercase();
        let noun = &mut sentence.tokens[act];
        (noun.head, noun.relation, noun.upos, noun.lemma) = (head, relation, Upos::Noun, lemma);
        let part = &mut sentence.tokens[part];
        (part.head, part.relation) = (Some(act), R::Compound);
    }
}

/// Makes the "shelling" of "killed in **shelling** near the border" the noun that its place in the clause asks for: what is no
/// clause of its own has a preposition, not a conjunction.
pub fn circumstances(text: &str, sentence: &mut Sentence) {
    for act in 1..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let phrase = matches!(tokens[act].relation, R::Obl | R::Nmod) && tokens[act].xpos.as_str() == "VBG";
        let mark = act - 1;
        let marked = tokens[mark].head == Some(act) && tokens[mark].relation == R::Mark;
        if phrase && marked && super::child(sentence, act, &[R::Obj, R::Nsubj]).is_none() {
            (sentence.tokens[act].upos, sentence.tokens[mark].upos) = (Upos::Noun, Upos::Adp);
            sentence.tokens[mark].relation = R::Case;
            sentence.tokens[act].lemma = sentence.form(text, act).to_lowercase();
        }
    }
}

/// Makes the noun of "amid **escalating** tension" the head of its phrase: no clause follows such a preposition.
pub fn amid(sentence: &mut Sentence) {
    for case in 0..sentence.tokens.len().saturating_sub(2) {
        let (tokens, participle) = (&sentence.tokens, case + 1);
        let amid = matches!(tokens[case].lemma.as_str(), "amid" | "amidst" | "despite" | "during");
        let quality = tokens[participle].xpos.as_str() == "VBG" && tokens[case].head == Some(participle);
        let object = |&t: &usize| tokens[t].head == Some(participle) && tokens[t].relation == R::Obj;
        let bare = |noun: usize| {
            (participle + 1..noun)
                .all(|t| tokens[t].head == Some(noun) && matches!(tokens[t].relation, R::Amod | R::Compound))
        };
        let Some(noun) = (participle + 1..tokens.len()).find(object) else { continue };
        if !(amid && quality && bare(noun)) || tokens[participle].relation != R::Advcl {
            continue;
        }
        let head = tokens[participle].head;
        for token in &mut sentence.tokens {
            if token.head == Some(participle) {
                token.head = Some(noun);
            }
        }
        (sentence.tokens[noun].head, sentence.tokens[noun].relation) = (head, R::Obl);
        (sentence.tokens[case].relation, sentence.tokens[case].upos) = (R::Case, Upos::Adp);
        let quality = &mut sentence.tokens[participle];
        (quality.head, quality.relation, quality.upos) = (Some(noun), R::Amod, Upos::Adj);
    }
}

/// Gives an owner to what stands behind his "'s": "Chad's president called **Denmark**'s premier a madman", read as a president
/// of both.
pub fn owners(sentence: &mut Sentence) {
    for owner in 2..sentence.tokens.len().saturating_sub(2) {
        let tokens = &sentence.tokens;
        let behind = tokens[owner].relation == R::NmodPoss && tokens[owner].head.is_some_and(|head| head < owner);
        let marked = tokens[owner + 1].xpos.as_str() == "POS" && tokens[owner + 1].head == Some(owner);
        if !behind || !marked {
            continue;
        }
        let part = |t: &usize| matches!(tokens[*t].relation, R::Amod | R::Compound | R::Nummod | R::Flat | R::NmodDesc);
        let Some(thing) = (owner + 2..tokens.len()).find(|t| !part(t)) else { continue };
        if matches!(tokens[thing].upos, Upos::Noun | Upos::Propn) && !below(sentence, thing, owner) {
            sentence.tokens[owner].head = Some(thing);
        }
    }
}

/// Makes the "check" of "sealed the Attari check post" and the "refugee" of "shelled the Jabalia refugee camp" the nouns
/// that their article tells they are: no verb stands between an article and its noun.
pub fn with_articles(sentence: &mut Sentence) {
    for t in 1..sentence.tokens.len().saturating_sub(1) {
        let (tokens, next) = (&sentence.tokens, t + 1);
        // The article hangs from it, or from its own object behind it.
        let phrase = |i: usize| tokens[i].head == Some(t) || tokens[i].head == Some(next);
        let below = |i: usize| phrase(i) && matches!(tokens[i].relation, R::Det | R::Compound);
        let bare = tokens[t].upos == Upos::Verb && matches!(tokens[t].xpos.as_str(), "VB" | "VBP");
        let named = matches!(tokens[next].upos, Upos::Noun | Upos::Propn) && tokens[next].head == Some(t);
        let own = |relation: R| tokens.iter().any(|c| c.head == Some(t) && c.relation == relation);
        let article = (0..t).find(|&i| tokens[i].head == Some(next) && tokens[i].relation == R::Det);
        let within = |i: usize| article.is_some_and(|article| i > article && i < t);
        let subject = (0..tokens.len()).find(|&i| tokens[i].head == Some(t) && tokens[i].relation == R::Nsubj);
        let acts = subject.is_some_and(|subject| !within(subject)) || own(R::Mark);
        let finite = tokens[t].xpos.as_str() == "VBP" && article.is_none();
        if !(bare && named && tokens[next].relation == R::Obj && (0..t).any(below)) || acts || finite {
            continue;
        }
        let (head, relation) = (tokens[t].head, tokens[t].relation);
        for token in &mut sentence.tokens {
            if token.head == Some(t) {
                token.head = Some(next);
            }
        }
        if let Some(subject) = subject {
            sentence.tokens[subject].relation = R::Compound;
        }
        sentence.tokens[next].head = head;
        sentence.tokens[next].relation = if relation == R::Xcomp || relation == R::Ccomp { R::Obj } else { relation };
        let noun = &mut sentence.tokens[t];
        (noun.upos, noun.xpos, noun.head, noun.relation) = (Upos::Noun, Xpos::from_name("NN"), Some(next), R::Compound);
    }
}

/// Makes nouns of the "attachés" of "ordered its military attachés to leave" and of the "crossing" of "closed the land
/// crossing": no third person and no participle with an article is the object of a verb.
pub fn objects(text: &str, sentence: &mut Sentence) {
    for noun in 2..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let (third, participle) = (tokens[noun].xpos.as_str() == "VBZ", tokens[noun].xpos.as_str() == "VBG");
        let object = matches!(tokens[noun].relation, R::Obj | R::Iobj) && tokens[noun].upos == Upos::Verb;
        let Some(verb) = tokens[noun].head.filter(|&verb| verb < noun && object && (third || participle)) else {
            continue;
        };
        let own = |t: usize| t > verb && t < noun && tokens[t].head == Some(noun);
        let before = noun - 1;
        // "the land crossing": the article may hang from what stands between.
        let phrase = |t: usize| own(t) || own(before) && tokens[t].head == Some(before);
        let article = (verb + 1..noun).any(|t| phrase(t) && tokens[t].relation == R::Det);
        let modifier = own(before) && matches!(tokens[before].relation, R::Compound | R::Amod | R::Nsubj | R::NmodPoss);
        let acts = sentence.tokens.iter().any(|t| t.head == Some(noun) && matches!(t.relation, R::Obj | R::Aux));
        if acts || !(third && modifier || participle && article) {
            continue;
        }
        // What was taken for a subject stands before the noun as its modifier, with what was said of it.
        if tokens[before].relation == R::Nsubj && own(before) {
            for t in verb + 1..before {
                if sentence.tokens[t].head == Some(before) {
                    sentence.tokens[t].head = Some(noun);
                }
            }
            sentence.tokens[before].relation = R::Compound;
        }
        let form = sentence.form(text, noun).to_lowercase();
        let lemma = if third { form.strip_suffix('s').unwrap_or(&form).to_owned() } else { form };
        let token = &mut sentence.tokens[noun];
        (token.upos, token.lemma) = (Upos::Noun, lemma);
        token.xpos = Xpos::from_name(if third { "NNS" } else { "NN" });
        token.relation = R::Obj;
        // What somebody is ordered to do hangs from the order.
        for t in noun + 1..sentence.tokens.len() {
            if sentence.tokens[t].head == Some(noun) && sentence.tokens[t].relation == R::Xcomp {
                sentence.tokens[t].head = Some(verb);
            }
        }
    }
}

/// Makes a quality of the "open" of "closer to **open conflict**", read as something that is going to be opened.
pub fn open_war(sentence: &mut Sentence) {
    for open in 1..sentence.tokens.len().saturating_sub(1) {
        let (tokens, fight) = (&sentence.tokens, open + 1);
        let verb =
            tokens[open].lemma == "open" && tokens[open].upos == Upos::Verb && tokens[open].xpos.as_str() == "VB";
        let object = tokens[fight].head == Some(open) && tokens[fight].relation == R::Obj;
        let to = tokens[open - 1].head == Some(open) && tokens[open - 1].relation == R::Mark;
        if !(verb && object && to && holds(&LISTS.open_fights, &tokens[fight].lemma)) {
            continue;
        }
        let (head, relation) = (tokens[open].head, tokens[open].relation);
        for t in 0..sentence.tokens.len() {
            if sentence.tokens[t].head == Some(open) {
                sentence.tokens[t].head = Some(fight);
            }
        }
        sentence.tokens[fight].head = head;
        sentence.tokens[fight].relation = if relation == R::Acl { R::Nmod } else { R::Obl };
        (sentence.tokens[open - 1].relation, sentence.tokens[open - 1].upos) = (R::Case, Upos::Adp);
        let quality = &mut sentence.tokens[open];
        (quality.head, quality.relation, quality.upos) = (Some(fight), R::Amod, Upos::Adj);
        quality.xpos = Xpos::from_name("JJ");
    }
}

/// Makes a subject of "the other" before a verb, where it was taken for a quality of what is done: "says the **other** fired".
pub fn the_other(text: &str, sentence: &mut Sentence) {
    for other in 1..sentence.tokens.len().saturating_sub(1) {
        let (tokens, verb) = (&sentence.tokens, other + 1);
        let finite = matches!(tokens[verb].upos, Upos::Verb | Upos::Aux);
        let the = sentence.form(text, other - 1).eq_ignore_ascii_case("the");
        let adjective = tokens[other].upos == Upos::Adj && tokens[other].relation == R::Amod;
        if !(the && finite && adjective && sentence.form(text, other) == "other") {
            continue;
        }
        // Taken for a quality of the verb, or of what the verb acts on: "says the other opened fire", read as other fire.
        let acts = |&head: &usize| head == verb || tokens[head].head == Some(verb) && tokens[head].relation == R::Obj;
        let Some(noun) = tokens[other].head.filter(acts) else { continue };
        let head = verb;
        for t in 0..other {
            if sentence.tokens[t].head == Some(noun) && noun != head && sentence.tokens[t].relation != R::Det {
                sentence.tokens[t].head = Some(head);
            }
        }
        if child(sentence, head, &[R::Nsubj, R::NsubjPass]).is_some_and(|subject| subject != other) {
            continue;
        }
        let passive = child(sentence, head, &[R::AuxPass]).is_some();
        sentence.tokens[other - 1].head = Some(other);
        sentence.tokens[other - 1].relation = R::Det;
        let noun = &mut sentence.tokens[other];
        noun.relation = if passive { R::NsubjPass } else { R::Nsubj };
        (noun.upos, noun.head) = (Upos::Noun, Some(head));
        // A participle without an auxiliary that has a subject is a finite verb.
        let does = &mut sentence.tokens[head];
        if does.xpos.as_str() == "VBN" && !passive && head == verb {
            does.xpos = Xpos::from_name("VBD");
        }
    }
}

/// Makes the "hours" of "quit the grain deal **hours** after the blasts" a time beside the verb where it was taken for the
/// head of what stands before it.
pub fn times(text: &str, sentence: &mut Sentence) {
    const LATER: [&str; 7] = ["after", "before", "ago", "earlier", "later", "into", "since"];
    for t in 1..sentence.tokens.len().saturating_sub(1) {
        let (tokens, noun) = (&sentence.tokens, t - 1);
        let plural = tokens[t].xpos.as_str() == "NNS" && holds(&LISTS.durations, &tokens[t].lemma);
        let left = tokens[noun].head == Some(t) && matches!(tokens[noun].relation, R::Compound | R::Amod);
        let nominal = matches!(tokens[noun].upos, Upos::Noun | Upos::Propn);
        if !(plural && left && nominal && LATER.contains(&sentence.form(text, t + 1).to_lowercase().as_str())) {
            continue;
        }
        let Some(head) = tokens[t].head else { continue };
        let relation = tokens[t].relation;
        // "trade with India days earlier" where the time already is none of the verb's objects
        let verb = std::iter::successors(Some(head), |&at| sentence.tokens[at].head)
            .take(4)
            .find(|&at| matches!(sentence.tokens[at].upos, Upos::Verb | Upos::Aux));
        for before in 0..noun {
            let token = &mut sentence.tokens[before];
            if token.head == Some(t) {
                token.head = Some(noun);
            }
        }
        let case = sentence.tokens.iter().any(|token| token.head == Some(noun) && token.relation == R::Case);
        let token = &mut sentence.tokens[noun];
        token.head = Some(head);
        token.relation = match relation {
            R::OblUnmarked if case => R::Nmod,
            R::OblUnmarked => R::Obj,
            other => other,
        };
        // "days earlier", where the time hangs from the adverb behind it
        let beside = if head == t + 1 { sentence.tokens[head].head } else { None };
        if let Some(above) = beside {
            sentence.tokens[noun].head = Some(above);
            sentence.tokens[noun].relation = if case { R::Obl } else { R::Obj };
            let object = (0..noun).rev().find(|&i| {
                let token = &sentence.tokens[i];
                case && matches!(token.upos, Upos::Noun | Upos::Propn) && below(sentence, i, above)
            });
            if let Some(object) = object.filter(|&object| !below(sentence, object, noun)) {
                sentence.tokens[noun].head = Some(object);
                sentence.tokens[noun].relation = R::Nmod;
            }
            continue;
        }
        sentence.tokens[t].head = Some(verb.unwrap_or(noun));
        sentence.tokens[t].relation = R::OblUnmarked;
    }
}

/// Makes an object of the noun behind "more than a thousand", where "more" was taken for it: "is holding more than a thousand
/// **lorries**".
pub fn more_than(text: &str, sentence: &mut Sentence) {
    for t in 1..sentence.tokens.len().saturating_sub(3) {
        let tokens = &sentence.tokens;
        let measure = matches!(sentence.form(text, t), "more" | "fewer" | "less")
            && sentence.form(text, t + 1) == "than"
            && tokens[t].relation == R::Obj;
        let Some(verb) = tokens[t].head.filter(|&verb| measure && verb < t) else { continue };
        let child =
            |of: usize, relation: R| tokens.iter().any(|token| token.head == Some(of) && token.relation == relation);
        let counted = |&noun: &usize| {
            tokens[noun].head == Some(verb)
                && tokens[noun].relation == R::Obl
                && tokens[noun].upos == Upos::Noun
                && child(noun, R::Nummod)
                && !child(noun, R::Case)
        };
        let Some(noun) = (t + 2..tokens.len()).find(counted) else { continue };
        sentence.tokens[noun].relation = R::Obj;
        (sentence.tokens[t].head, sentence.tokens[t].relation) = (Some(noun), R::Advmod);
    }
}

/// Makes the "at least" of "kept at least 120 soldiers" a measure of the number where it was taken for a preposition of place.
pub fn at_least(text: &str, sentence: &mut Sentence) {
    for t in 1..sentence.tokens.len().saturating_sub(3) {
        let tokens = &sentence.tokens;
        let measure = sentence.form(text, t).eq_ignore_ascii_case("at")
            && matches!(sentence.form(text, t + 1), "least" | "most")
            && tokens[t].relation == R::Case
            && tokens[t + 2].upos == Upos::Num;
        let Some(noun) = tokens[t + 2].head.filter(|&noun| measure && noun > t + 2) else { continue };
        let Some(verb) = tokens[noun].head.filter(|&verb| verb < t && tokens[noun].relation == R::Obl) else {
            continue;
        };
        let child = |relation: R| tokens.iter().any(|token| token.head == Some(verb) && token.relation == relation);
        if tokens[verb].upos == Upos::Verb && !child(R::Obj) && !child(R::AuxPass) {
            sentence.tokens[noun].relation = R::Obj;
            for (token, head, relation) in [(t, t + 1, R::Case), (t + 1, t + 2, R::Advmod)] {
                sentence.tokens[token].head = Some(head);
                sentence.tokens[token].relation = relation;
            }
        }
    }
}

/// Hangs whoever does a deed from the deed, not from those it is done to: "attacks on civilians **by the army**", "the
/// destruction of Malian towns **by rebels**".
pub fn doers(sentence: &mut Sentence) {
    for doer in 4..sentence.tokens.len() {
        let tokens = &sentence.tokens;
        let Some(victim) = tokens[doer].head.filter(|&head| head + 1 < doer && tokens[doer].relation == R::Nmod) else {
            continue;
        };
        let over =
            |phrase: usize| tokens[phrase].head.filter(|&head| head < phrase && tokens[phrase].relation == R::Nmod);
        let Some(above) = over(victim) else { continue };
        // "the handover of suspects to Kenya **by Uganda**": the phrase between is another one of the deed.
        let beside = tokens[victim + 1..doer].iter().all(|t| t.relation != R::Case || t.head == Some(doer));
        let between = (above..victim).any(|t| {
            tokens[t].head == Some(victim)
                && tokens[t].relation == R::Case
                && matches!(tokens[t].lemma.as_str(), "to" | "with" | "from")
        });
        let (deed, victim) = match over(above).filter(|_| between && beside) {
            Some(deed) => (deed, above),
            None => (above, victim),
        };
        let word = |of: usize| {
            let case = (deed..of).find(|&t| tokens[t].head == Some(of) && tokens[t].relation == R::Case)?;
            Some(tokens[case].lemma.as_str())
        };
        // "weeks of raids on ports **by rebels**": what is done to others is a deed itself.
        let itself = (victim + 1..doer).any(|t| {
            tokens[t].head == Some(victim) && matches!(word(t), Some("of" | "on" | "against" | "at" | "upon"))
        });
        let counts = holds(&LISTS.amounts, &tokens[deed].lemma)
            || holds(&LISTS.durations, &tokens[deed].lemma)
            || holds(&LISTS.rounds, &tokens[deed].lemma);
        let done_to =
            matches!(word(victim), Some("of" | "on" | "against" | "at" | "in" | "upon")) || between && victim != above;
        let by = |t: usize| t > deed && tokens[t].relation == R::Nmod && word(t) == Some("by");
        let taken = (deed + 1..tokens.len()).any(|t| t != doer && tokens[t].head == Some(deed) && by(t));
        if done_to && !itself && !counts && by(doer) && tokens[deed].upos == Upos::Noun && !taken {
            sentence.tokens[doer].head = Some(deed);
        }
    }
}
