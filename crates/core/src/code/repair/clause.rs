//! Clauses that the parser headed by what stands before them: a dateline, or the name of who acts.

use super::below;
use crate::{
    code::lists::{LISTS, holds},
    labels::{Relation as R, Upos, Xpos},
    sentence::Sentence,
};

/// Takes the dateline ("KHARTOUM, March 16 (Agency) --") out of the clause after it.
pub fn dateline(text: &str, sentence: &mut Sentence) {
    let Some(end) = dateline_end(text, sentence) else { return };
    let n = sentence.tokens.len();
    let top = (end..n).find(|&t| sentence.tokens[t].head.is_none());
    let Some(top) = top.or_else(|| first_clause(sentence, end)) else { return };
    sentence.tokens[top].head = None;
    sentence.tokens[top].relation = R::Root;
    for t in end..n {
        if t == top || sentence.tokens[t].head.is_none_or(|head| head >= end) {
            continue;
        }
        let nominal = matches!(sentence.tokens[t].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        let subject = (end..n).any(|c| {
            sentence.tokens[c].head == Some(top) && matches!(sentence.tokens[c].relation, R::Nsubj | R::NsubjPass)
        });
        sentence.tokens[t].head = Some(top);
        if nominal && t < top && !subject {
            sentence.tokens[t].relation = R::Nsubj;
        } else if matches!(sentence.tokens[t].relation, R::Flat | R::Appos | R::Compound | R::Root | R::NmodDesc) {
            sentence.tokens[t].relation = if nominal { R::Obl } else { R::Parataxis };
        }
    }
    for t in 0..end {
        let outside = sentence.tokens[t].head.is_none_or(|head| head >= end);
        if t == 0 || outside {
            sentence.tokens[t].head = Some(if t == 0 { top } else { 0 });
            sentence.tokens[t].relation = if sentence.tokens[t].upos == Upos::Punct { R::Punct } else { R::Dep };
        }
    }
}

/// One past the last token of a dateline.
fn dateline_end(text: &str, sentence: &Sentence) -> Option<usize> {
    const LONGEST: usize = 16;
    let n = sentence.tokens.len();
    let form = |t: usize| sentence.form(text, t);
    let first = form(0);
    if !first.starts_with(char::is_uppercase) {
        return None;
    }
    let capitals = first.len() > 2 && first.chars().all(|c| c.is_uppercase() || c == '.' || c == '-');
    let mut told = false;
    for t in 1..n.min(LONGEST) {
        let word = form(t);
        let more = t + 4 < n;
        match word {
            "--" | "—" | "–" | "-" if more && (capitals || told) => return Some(t + 1),
            // "Nairobi - Sudan's government"
            "—" | "–" | "-" if more && t == 1 && sentence.tokens[0].upos == Upos::Propn => {
                let apart = |a: usize, b: usize| sentence.tokens[a].span.end < sentence.tokens[b].span.start;
                let opens = form(t + 1).starts_with(char::is_uppercase) || form(t + 1) == "The";
                return (apart(0, 1) && apart(1, 2) && opens).then_some(t + 1);
            }
            ":" if more && capitals => return Some(t + 1),
            ")" if more && told && !matches!(form(t + 1), "--" | "—" | "–" | "-" | ":") => {
                return form(t + 1).starts_with(char::is_uppercase).then_some(t + 1);
            }
            "," | "(" | ")" | "/" | "." => {}
            _ if word.starts_with(|c: char| c.is_ascii_digit()) => told = true,
            _ if word.starts_with(char::is_uppercase) => {}
            _ => return None,
        }
    }
    None
}

/// The verb that heads the clause beginning at a token: the one that hangs from what stands before.
fn first_clause(sentence: &Sentence, from: usize) -> Option<usize> {
    let hangs = |&t: &usize| sentence.tokens[t].head.is_some_and(|head| head < from);
    let candidates = || (from..sentence.tokens.len()).filter(hangs);
    candidates()
        .find(|&t| sentence.tokens[t].upos == Upos::Verb)
        .or_else(|| candidates().find(|&t| sentence.tokens[t].upos != Upos::Punct))
}

/// Makes a verb of the participle that the parser saw in a whole sentence: "Washington **lifted** sanctions on Sudan" read
/// as sanctions that Washington has lifted.
pub fn flattened(text: &str, sentence: &mut Sentence) {
    let n = sentence.tokens.len();
    let Some(root) = (0..n).find(|&t| sentence.tokens[t].head.is_none()) else { return };
    let noun = |t: usize| matches!(sentence.tokens[t].upos, Upos::Noun | Upos::Propn);
    let whole = sentence.tokens.last().is_some_and(|token| token.upos == Upos::Punct);
    if !noun(root) || !whole {
        return;
    }
    let participle = |t: usize, of: usize| {
        let token = &sentence.tokens[t];
        let verb = matches!(token.xpos.as_str(), "VBN" | "VBD")
            || token.upos == Upos::Adj && sentence.form(text, t).ends_with("ed");
        verb && token.relation == R::Amod && token.head == Some(of)
    };
    // The object is the root itself, or set beside the name that is.
    let object = (root..n).find(|&o| {
        (o == root || sentence.tokens[o].head == Some(root) && sentence.tokens[o].relation == R::Appos)
            && (1..o).any(|t| participle(t, o))
    });
    let Some(object) = object else { return };
    let Some(verb) = (1..object).find(|&t| participle(t, object)) else { return };
    let subject = verb - 1;
    let adverb = sentence.tokens[subject].upos == Upos::Adv && subject > 0;
    let subject = if adverb { subject - 1 } else { subject };
    let named = sentence.tokens[subject].upos == Upos::Propn;
    // "The Amhara chief armed youths": no adjective stands behind a noun with an article.
    let article = |t: usize| (0..t).any(|d| d + 3 >= t && sentence.tokens[d].relation == R::Det);
    let plain = sentence.tokens[subject].head == Some(object) && article(subject);
    if !noun(subject) || sentence.tokens[verb].upos == Upos::Adj && !named && !plain || object < root {
        return;
    }
    if object != root && !below(sentence, subject, root) {
        return;
    }
    // Of a name in several words the first is the head.
    let mut head = subject;
    while let Some(up) =
        sentence.tokens[head].head.filter(|&up| up < verb && sentence.tokens[head].relation != R::Nsubj)
    {
        head = up;
    }
    if object != root && head != root {
        return;
    }
    let relation = sentence.tokens[root].relation;
    for t in 0..n {
        let token = &sentence.tokens[t];
        if t == head || t == verb || t == object || token.head.is_none() {
            continue;
        }
        if t < verb && token.head == Some(object) {
            sentence.tokens[t].head = Some(if token.upos == Upos::Adv { verb } else { head });
        } else if t > verb && token.head == Some(head) && t != object || t + 1 == n {
            sentence.tokens[t].head = Some(verb);
        }
    }
    super::finite::verbal(text, sentence, verb, "VBD");
    let verbal = &mut sentence.tokens[verb];
    verbal.head = None;
    verbal.relation = relation;
    sentence.tokens[object].head = Some(verb);
    sentence.tokens[object].relation = R::Obj;
    sentence.tokens[head].head = Some(verb);
    sentence.tokens[head].relation = R::Nsubj;
}

/// Makes the verb of a whole sentence of the participle right behind the noun that the parser took for its head: "Danish
/// guns **thundered** across the bay."
pub fn intransitive(text: &str, sentence: &mut Sentence) {
    let n = sentence.tokens.len();
    let Some(root) = (0..n).find(|&t| sentence.tokens[t].head.is_none()) else { return };
    let whole =
        sentence.tokens.last().is_some_and(|token| sentence.form(text, n - 1) == "." && token.upos == Upos::Punct);
    let verb = root + 1;
    if !whole || sentence.tokens[root].upos != Upos::Noun || verb + 2 >= n {
        return;
    }
    let participle = &sentence.tokens[verb];
    let behind = participle.xpos.as_str() == "VBN" && participle.relation == R::Acl && participle.head == Some(root);
    // "Guns captured by the army." is no sentence, and of two verbs the other one is its own.
    let finite = |t: usize| matches!(sentence.tokens[t].xpos.as_str(), "VBD" | "VBZ" | "VBP" | "VB" | "MD");
    let by = sentence.form(text, verb + 1) == "by";
    if !behind || by || sentence.tokens[verb + 1].upos != Upos::Adp || (0..n).any(finite) {
        return;
    }
    for t in verb + 1..n {
        if sentence.tokens[t].head == Some(root) {
            sentence.tokens[t].head = Some(verb);
        }
    }
    let relation = sentence.tokens[root].relation;
    sentence.tokens[verb].xpos = Xpos::from_name("VBD");
    sentence.tokens[verb].head = None;
    sentence.tokens[verb].relation = relation;
    sentence.tokens[root].head = Some(verb);
    sentence.tokens[root].relation = R::Nsubj;
}

/// Makes a particle of what the parser took for a preposition: "handed **over** a suspect", "called **off** the strike".
pub fn particles(text: &str, sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len().saturating_sub(2) {
        if sentence.tokens[verb].upos != Upos::Verb {
            continue;
        }
        let particle = verb + 1;
        let word = sentence.form(text, particle).to_lowercase();
        let lemma = sentence.tokens[verb].lemma.as_str();
        let goes = match word.as_str() {
            "over" => holds(&LISTS.over, lemma),
            "down" => holds(&LISTS.down, lemma),
            word => holds(&LISTS.particles, word) && sentence.form(text, particle + 1) != "of",
        };
        let token = &sentence.tokens[particle];
        let Some(object) = token.head.filter(|&head| head > particle && token.relation == R::Case && goes) else {
            continue;
        };
        let own = sentence.tokens[object].head == Some(verb) && sentence.tokens[object].relation == R::Obl;
        let other = sentence.tokens.iter().any(|t| t.head == Some(verb) && t.relation == R::Obj);
        if own && !other {
            sentence.tokens[particle].head = Some(verb);
            sentence.tokens[particle].relation = R::CompoundPrt;
            sentence.tokens[object].relation = R::Obj;
        }
    }
}

/// Gives a clause that the parser hung from its own subject back to its verb: "President X on Wednesday **blamed** Y"
/// read as a name with a clause beside it.
pub fn headless(text: &str, sentence: &mut Sentence) {
    let n = sentence.tokens.len();
    let Some(root) = (0..n).find(|&t| sentence.tokens[t].head.is_none()) else { return };
    if !matches!(sentence.tokens[root].upos, Upos::Noun | Upos::Propn) {
        return;
    }
    let child = |t: usize, of: usize, relations: &[R]| {
        sentence.tokens[t].head == Some(of) && relations.contains(&sentence.tokens[t].relation)
    };
    if (0..n).any(|t| child(t, root, &[R::Cop, R::Nsubj, R::NsubjPass, R::Case, R::Csubj])) {
        return;
    }
    let finite = |t: &usize| {
        let token = &sentence.tokens[*t];
        token.head == Some(root)
            && token.upos == Upos::Verb
            && matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBP")
            && matches!(token.relation, R::Parataxis | R::Acl | R::Appos | R::Dep | R::AclRelcl | R::Conj)
    };
    let Some(verb) = (root + 1..n).find(finite) else { return };
    let own = [R::Nsubj, R::NsubjPass, R::Mark, R::Cc, R::Expl];
    if (0..n).any(|t| child(t, verb, &own)) {
        return;
    }
    // A colon, a dash or a second sentence between them parts two clauses.
    let parts = |t: usize| {
        let word = sentence.form(text, t);
        matches!(
            word,
            ":" | ";" | "-" | "--" | "–" | "—" | "." | "?" | "!" | "\"" | "”" | "“" | "that" | "who" | "which"
        )
    };
    if (root..verb).any(parts) {
        return;
    }
    for t in root + 1..n {
        if sentence.tokens[t].head == Some(root) && t > verb {
            sentence.tokens[t].head = Some(verb);
        }
    }
    sentence.tokens[verb].head = None;
    sentence.tokens[verb].relation = R::Root;
    sentence.tokens[root].head = Some(verb);
    sentence.tokens[root].relation = R::Nsubj;
    // What stands beside the name before the verb ("on Wednesday") belongs to the verb already or stays with the name.
    debug_assert!(!below(sentence, verb, root));
}

/// "Israeli air strike **targets** officers in Qatar": what has an object is no noun, and what stands before it is its
/// subject.
pub fn headline_nouns(sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let Some(verb) = (1..tokens.len()).find(|&t| tokens[t].head.is_none()) else { return };
    let object = (verb + 1..tokens.len()).any(|t| tokens[t].head == Some(verb) && tokens[t].relation == R::Obj);
    let nominal = matches!(tokens[verb - 1].upos, Upos::Noun | Upos::Propn) && tokens[verb - 1].head == Some(verb);
    if !(tokens[verb].xpos.as_str() == "NNS" && object && nominal) {
        return;
    }
    for t in 0..verb - 1 {
        if sentence.tokens[t].head == Some(verb) && sentence.tokens[t].upos != Upos::Punct {
            sentence.tokens[t].head = Some(verb - 1);
        }
    }
    sentence.tokens[verb - 1].relation = R::Nsubj;
    (sentence.tokens[verb].upos, sentence.tokens[verb].xpos) = (Upos::Verb, Xpos::from_name("VBZ"));
}

/// "Cairo warns of famine, offers grain": the first of two verbs of a headline is no subject of the second, nor what the
/// second says, whose subject would have to be named.
pub fn headline_verbs(sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let finite = |i: usize| tokens[i].upos == Upos::Verb && matches!(tokens[i].xpos.as_str(), "VBZ" | "VBD" | "VBP");
    let own = |i: usize| tokens.iter().any(|t| t.head == Some(i) && matches!(t.relation, R::Nsubj | R::NsubjPass));
    let found = (0..tokens.len()).find_map(|first| {
        let second = tokens[first].head.filter(|&second| second > first && finite(first) && finite(second))?;
        let comma = (first..second).any(|t| tokens[t].lemma == "," || tokens[t].lemma == ";");
        let apart = match tokens[first].relation {
            R::Nsubj => true,
            R::Ccomp => second > 0 && tokens[second - 1].lemma == "," && !own(second),
            _ => false,
        };
        (apart && own(first) && comma).then_some((first, second))
    });
    let Some((first, second)) = found else {
        // No verb is joined to a noun; nor is what stands behind a comma without a subject what the first verb says.
        let joined = (1..tokens.len()).find_map(|second| {
            let beside = tokens[second - 1].lemma == "," && finite(second) && !own(second);
            let said = tokens[second].head.filter(|&first| first < second && tokens[second].relation == R::Ccomp);
            if let Some(first) = said.filter(|&first| beside && finite(first) && own(first)) {
                return Some((first, second));
            }
            let noun = tokens[second].head.filter(|&noun| noun < second && tokens[second].relation == R::Conj)?;
            let nominal = matches!(tokens[noun].upos, Upos::Noun | Upos::Propn);
            let first = tokens[noun].head.filter(|&first| first < noun && nominal && finite(first) && own(first))?;
            beside.then_some((first, second))
        });
        if let Some((first, second)) = joined {
            (sentence.tokens[second].head, sentence.tokens[second].relation) = (Some(first), R::Parataxis);
        }
        return;
    };
    (sentence.tokens[first].head, sentence.tokens[first].relation) = (tokens[second].head, tokens[second].relation);
    (sentence.tokens[second].head, sentence.tokens[second].relation) = (Some(first), R::Parataxis);
}

/// "Peru to strike Chile": in a headline who is named before the infinitive is going to do it.
pub fn headline_plans(sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let n = tokens.len();
    let Some(name) = (0..n).find(|&t| tokens[t].head.is_none()) else { return };
    let noun = matches!(tokens[name].upos, Upos::Propn | Upos::Noun);
    let whole = tokens.last().is_some_and(|token| matches!(token.lemma.as_str(), "." | "!" | "?"));
    let plan = |&v: &usize| {
        tokens[v].head == Some(name)
            && tokens[v].relation == R::Acl
            && tokens[v].xpos.as_str() == "VB"
            && (name + 1..v).any(|t| tokens[t].head == Some(v) && tokens[t].xpos.as_str() == "TO")
    };
    let Some(verb) = (name + 1..n).find(plan).filter(|_| noun && !whole) else { return };
    let finite = |t: usize| matches!(tokens[t].xpos.as_str(), "VBZ" | "VBD" | "VBP" | "MD");
    let article = (0..name).any(|t| tokens[t].head == Some(name) && tokens[t].relation == R::Det);
    if article || (0..n).any(|t| finite(t) && !below(sentence, t, verb)) {
        return;
    }
    for t in verb + 1..n {
        if sentence.tokens[t].head == Some(name) {
            sentence.tokens[t].head = Some(verb);
        }
    }
    (sentence.tokens[verb].head, sentence.tokens[verb].relation) = (None, R::Root);
    (sentence.tokens[name].head, sentence.tokens[name].relation) = (Some(verb), R::Nsubj);
}
