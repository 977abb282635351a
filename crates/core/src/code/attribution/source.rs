//! Who says it: from the cue to the phrase that names the speaker.

use super::{
    aside::Aside,
    edges::{follows_comma, is_comma, is_finite, stop_after, stop_before},
};
use crate::{Relation, Tree, Upos};

/// The phrase that names a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Head of the phrase that tells who it is; of "who" the noun it stands for.
    pub head: usize,
    /// The words of the phrase, without a gap.
    pub tokens: Vec<usize>,
}

/// How many heads are climbed to find a subject: deeper chains are parse errors.
const CLIMB: usize = 6;

/// The speaker of a verb or predicate: its own subject, or the one it shares with what it hangs on.
pub fn of_verb(tree: &Tree, verb: usize, passive: bool) -> Option<Source> {
    if passive {
        return agent(tree, verb);
    }
    if let Some(beside) = last_words(tree, verb).or_else(|| beside(tree, verb)) {
        return Some(beside);
    }
    let head = speaker(tree, verb).or_else(|| said_on(tree, verb)).or_else(|| shared_subject(tree, verb, CLIMB));
    let Some(head) = head else { return before(tree, verb) };
    if matches!(tree.relation(head), Relation::Expl) {
        return None;
    }
    // A clause is no speaker: it is the subject of that clause who speaks.
    let is_clause = tree.sentence.tokens[head].upos == Upos::Verb && tree.relation(head) != Relation::AclRelcl;
    let head = if is_clause { subject(tree, head)? } else { head };
    Some(phrase(tree, head, verb))
}

/// The end of the words before a finite verb and what belongs to it: "the minister also | said".
fn end_before(tree: &Tree, verb: usize) -> usize {
    let tokens = &tree.sentence.tokens;
    (0..verb).rfind(|&t| !matches!(tokens[t].upos, Upos::Aux | Upos::Adv | Upos::Part)).map_or(0, |t| t + 1)
}

/// The speaker of "…, the minister said." and "…, the minister said, …"
fn last_words(tree: &Tree, verb: usize) -> Option<Source> {
    let range = final_speaker(tree, verb).or_else(|| Aside::of(tree, verb).map(|aside| aside.speaker))?;
    let tokens = &tree.sentence.tokens;
    let cut = range.clone().find(|&t| tokens[t].lemma == "of").unwrap_or(range.end);
    let noun = |&t: &usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let head = (range.start..cut).rfind(noun)?;
    Some(Source { head, tokens: range.collect() })
}

/// The speaker right before a finite verb, where the parser took a phrase before the comma for the subject:
/// "In a statement on Monday, Rubio said".
fn beside(tree: &Tree, verb: usize) -> Option<Source> {
    let tokens = &tree.sentence.tokens;
    let own = subject(tree, verb)?;
    if !is_finite(tree, verb) || own > verb {
        return None;
    }
    let end = end_before(tree, verb);
    let start = (0..end).rfind(|&t| is_comma(tree, t))? + 1;
    let nominal = |t: usize| {
        use Upos::{Adj, Det, Noun, Pron, Propn};
        matches!(tokens[t].upos, Adj | Det | Noun | Pron | Propn) || tokens[t].xpos.as_str() == "POS"
    };
    if start >= end || own >= start || own + 1 == start || !(start..end).all(nominal) {
        return None;
    }
    let fronted = matches!(tokens[0].upos, Upos::Adp | Upos::Sconj | Upos::Verb | Upos::Adv);
    let named =
        matches!(tokens[start].upos, Upos::Propn | Upos::Pron) && !matches!(tokens[start].xpos.as_str(), "WP" | "WDT");
    // "Ann Lee, the minister said" is rare, "On Monday, the minister said" is not.
    let commas = (own..start).filter(|&t| is_comma(tree, t)).count();
    if !(fronted && commas == 1 && (named || tokens[start].upos == Upos::Det)) {
        return None;
    }
    let head = (start..end).rfind(|&t| tokens[t].upos != Upos::Part)?;
    Some(Source { head, tokens: (start..end).collect() })
}

/// The words before a finite verb that has no subject in the tree.
fn before(tree: &Tree, verb: usize) -> Option<Source> {
    let tokens = &tree.sentence.tokens;
    if !is_finite(tree, verb) || tree.relation(verb) == Relation::Conj {
        return None;
    }
    let end = end_before(tree, verb);
    let border = |t: usize| {
        tokens[t].upos == Upos::Punct
            || tokens[t].upos == Upos::Sconj
            || matches!(tokens[t].lemma.as_str(), "but" | "yet")
            || is_finite(tree, t)
    };
    let start = (0..end).rfind(|&t| border(t)).map_or(0, |t| t + 1);
    let noun = |&t: &usize| {
        matches!(tokens[t].upos, Upos::Noun | Upos::Propn | Upos::Pron)
            || (tokens[t].upos == Upos::Adj
                && matches!(tokens[t].lemma.as_str(), "many" | "most" | "several" | "few" | "other" | "some"))
    };
    if start >= end || matches!(tokens[start].upos, Upos::Adp | Upos::Verb | Upos::Cconj | Upos::Adv) {
        return None;
    }
    let last = (start..end).find(|&t| tokens[t].upos == Upos::Adp).unwrap_or(end);
    let head = (start..last).rfind(noun)?;
    Some(Source { head, tokens: (start..end).collect() })
}

/// Who speaks on: the subject of the verb of saying above "…, adding that".
fn said_on(tree: &Tree, verb: usize) -> Option<usize> {
    let after_comma = follows_comma(tree, verb);
    let on = matches!(
        tree.lemma(verb),
        "add" | "note" | "repeat" | "reiterate" | "continue" | "cite" | "reference" | "refer"
    );
    if !on || !after_comma || tree.sentence.tokens[verb].xpos.as_str() != "VBG" {
        return None;
    }
    let mut at = tree.head(verb)?;
    let mut outer = None;
    for _ in 0..CLIMB {
        if tree.relation(at) == Relation::Ccomp {
            outer = tree.head(at);
        }
        let Some(head) = tree.head(at) else { break };
        at = head;
    }
    speaker(tree, outer?)
}

/// "by" whom a passive is done.
pub fn agent(tree: &Tree, verb: usize) -> Option<Source> {
    let by = |&c: &usize| {
        tree.relation(c) == Relation::OblAgent
            || (tree.relation(c) == Relation::Obl && has_case(tree, c, "by") && tree.lemma(c) != "day")
    };
    let head = tree.children(verb).find(by)?;
    Some(phrase(tree, head, verb))
}

/// True when `token` has this preposition.
pub fn has_case(tree: &Tree, token: usize, word: &str) -> bool {
    tree.children(token).any(|c| matches!(tree.relation(c), Relation::Case | Relation::Mark) && tree.lemma(c) == word)
}

/// The subject that stands below this word.
pub fn subject(tree: &Tree, word: usize) -> Option<usize> {
    tree.children(word)
        .find(|&c| matches!(tree.relation(c), Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter))
}

fn shared_subject(tree: &Tree, word: usize, climb: usize) -> Option<usize> {
    let head = tree.head(word)?;
    if climb == 0 {
        return None;
    }
    let own = || subject(tree, head).or_else(|| shared_subject(tree, head, climb - 1));
    // "urged women to vote, saying": who urged goes on to speak.
    if tree.relation(word) == Relation::Advcl
        && tree.relation(head) == Relation::Xcomp
        && tree.sentence.tokens[word].xpos.as_str() == "VBG"
        && follows_comma(tree, word)
        && let Some(above) = tree.head(head)
    {
        return subject(tree, above).or_else(|| shared_subject(tree, above, climb - 1));
    }
    match tree.relation(word) {
        Relation::Conj | Relation::Advcl | Relation::Ccomp if is_predicate(tree, head) => own(),
        Relation::Xcomp => {
            let object = tree.child(head, Relation::Obj).or_else(|| tree.child(head, Relation::Iobj));
            let to = has_case(tree, word, "to");
            // "urged Pakistan to condemn": Pakistan is to condemn; "promised India to condemn" is the other way.
            object.filter(|_| to && tree.lemma(head) != "promise").or_else(own)
        }
        Relation::Acl if has_case(tree, word, "to") => owner(tree, head).or_else(|| holder(tree, head)),
        Relation::Acl | Relation::AclRelcl => Some(head),
        _ => None,
    }
}

fn is_predicate(tree: &Tree, word: usize) -> bool {
    let upos = tree.sentence.tokens[word].upos;
    matches!(upos, Upos::Verb | Upos::Aux | Upos::Adj) || tree.child(word, Relation::Cop).is_some()
}

/// Who speaks through a text: "the statement from **Kenya's government** read", "a letter by **the envoy**".
pub fn author(tree: &Tree, text: usize) -> Option<usize> {
    let by = |&c: &usize| c > text && ["from", "by", "of"].iter().any(|word| has_case(tree, c, word));
    owner(tree, text).or_else(|| tree.children(text).find(by))
}

/// Whose a noun is: "his" of "his claim".
pub fn owner(tree: &Tree, noun: usize) -> Option<usize> {
    tree.child(noun, Relation::NmodPoss)
}

/// Subject of the verb that has this noun as its object.
pub fn holder(tree: &Tree, noun: usize) -> Option<usize> {
    let verb = tree.head(noun).filter(|_| tree.relation(noun) == Relation::Obj)?;
    subject(tree, verb).or_else(|| shared_subject(tree, verb, CLIMB))
}

/// The noun phrase of `head` as a source: without its preposition, without what the cue itself hangs on it, without a
/// relative clause after a comma.
pub fn phrase(tree: &Tree, head: usize, cue: usize) -> Source {
    let token = &tree.sentence.tokens[head];
    let relative = matches!(token.xpos.as_str(), "WDT" | "WP")
        || (token.upos == Upos::Pron && matches!(token.lemma.as_str(), "who" | "which"));
    if relative {
        let antecedent = antecedent(tree, head).unwrap_or(head);
        return Source { head: antecedent, tokens: vec![head] };
    }
    let comma_before = |c: usize| {
        let first = *tree.subtree(c, |_| true).first().unwrap_or(&c);
        tree.children(c)
            .chain(tree.children(head))
            .any(|p| tree.relation(p) == Relation::Punct && (p == first || p + 1 == first) && p > head)
    };
    let keep = |c: usize| {
        if c == cue || tree.head(c) != Some(head) {
            return c != cue;
        }
        match tree.relation(c) {
            Relation::Case | Relation::Mark | Relation::Cc => c > head,
            Relation::Parataxis | Relation::Advcl | Relation::Discourse | Relation::Cop | Relation::Aux => false,
            Relation::AclRelcl | Relation::Acl => c < cue && !comma_before(c),
            _ => true,
        }
    };
    let tokens = tree.subtree(head, keep);
    Source { head, tokens: run_around(tree, &tokens, head) }
}

/// The tokens that stand without a gap around `head`, without punctuation at the ends.
fn run_around(tree: &Tree, tokens: &[usize], head: usize) -> Vec<usize> {
    let at = tokens.iter().position(|&t| t == head).unwrap_or(0);
    let (mut from, mut to) = (at, at);
    while from > 0 && tokens[from - 1] + 1 == tokens[from] {
        from -= 1;
    }
    while to + 1 < tokens.len() && tokens[to] + 1 == tokens[to + 1] {
        to += 1;
    }
    let outer = |t: usize| {
        let token = &tree.sentence.tokens[t];
        t != head && (token.upos == Upos::Punct || token.xpos.as_str() == "POS")
    };
    while from < at && outer(tokens[from]) {
        from += 1;
    }
    while to > at && outer(tokens[to]) {
        to -= 1;
    }
    tokens[from..=to].to_vec()
}

/// The noun that a relative pronoun stands for.
fn antecedent(tree: &Tree, pronoun: usize) -> Option<usize> {
    let mut at = pronoun;
    for _ in 0..CLIMB {
        let head = tree.head(at)?;
        if tree.relation(at) == Relation::AclRelcl {
            return Some(head);
        }
        at = head;
    }
    None
}

/// Who speaks: the subject, or the noun behind an inverted verb, whatever the parser took it for.
pub fn speaker(tree: &Tree, verb: usize) -> Option<usize> {
    let nearest = || {
        let mut own =
            tree.children(verb).filter(|&c| matches!(tree.relation(c), Relation::Nsubj | Relation::NsubjPass));
        own.rfind(|&c| c < verb)
    };
    inverted(tree, verb).or_else(nearest).or_else(|| subject(tree, verb))
}

/// The noun behind the verb of "…, said the minister": after a comma or a closing mark, with no finite verb behind it
/// but in a relative clause.
pub fn inverted(tree: &Tree, verb: usize) -> Option<usize> {
    use Upos::{Adj, Det, Noun, Pron, Propn, Punct};
    let tokens = &tree.sentence.tokens;
    let after_mark = verb > 1 && tokens[verb - 1].upos == Punct && tree.lemma(verb - 1) != ":";
    if !after_mark || !is_finite(tree, verb) {
        return None;
    }
    let end = stop_after(tree, verb);
    let nominal =
        |t: &usize| matches!(tokens[*t].upos, Adj | Det | Noun | Pron | Propn) || tokens[*t].xpos.as_str() == "CD";
    let last = (verb + 1..end).take_while(|t| nominal(t)).last()?;
    let head = (verb + 1..=last).rfind(|&t| matches!(tokens[t].upos, Noun | Propn | Pron))?;
    let first = tree.head(head).filter(|&up| up > verb && up <= last && tokens[up].upos == Propn).unwrap_or(head);
    let time = tree.relation(first) == Relation::OblUnmarked
        || matches!(tokens[verb + 1].lemma.as_str(), "this" | "that" | "last");
    let relative = (last + 1..end).find(|&t| matches!(tokens[t].xpos.as_str(), "WP" | "WDT" | "WRB"));
    let plain = (last + 1..relative.unwrap_or(end)).all(|t| !is_finite(tree, t));
    // "…, blames India": what stands behind a verb that does not quote is what it acts on.
    let quotes = matches!(
        tree.lemma(verb),
        "say" | "write" | "add" | "note" | "announce" | "report" | "warn" | "argue" | "explain" | "recall" | "tweet"
    );
    if tree.relation(first) == Relation::Obj && !quotes && tokens[verb - 1].xpos.as_str() != "''" {
        return None;
    }
    let said_before = (stop_before(tree, verb)..verb - 1).any(|t| is_finite(tree, t));
    (plain && !time && (said_before || tokens[verb - 1].xpos.as_str() == "''")).then_some(first)
}

/// The noun phrase of ", the minister said." or ", the minister said on Monday." behind a clause, by the words alone: the
/// parser may hang the verb anywhere.
pub fn final_speaker(tree: &Tree, verb: usize) -> Option<std::ops::Range<usize>> {
    let tokens = &tree.sentence.tokens;
    if !is_finite(tree, verb) {
        return None;
    }
    let end = (0..verb).rfind(|&t| !matches!(tokens[t].upos, Upos::Aux | Upos::Adv))? + 1;
    let comma = (0..end).rfind(|&t| is_comma(tree, t))?;
    let nominal = |t: usize| {
        use Upos::{Adj, Det, Noun, Num, Pron, Propn};
        matches!(tokens[t].upos, Adj | Det | Noun | Num | Pron | Propn)
            || tokens[t].xpos.as_str() == "POS"
            || tokens[t].lemma == "of"
    };
    let named = (comma + 1..end).any(|t| matches!(tokens[t].upos, Upos::Noun | Upos::Propn | Upos::Pron));
    let relative = tokens.get(comma + 1).is_some_and(|t| matches!(t.xpos.as_str(), "WP" | "WDT" | "WRB"));
    if comma + 1 >= end || !named || relative || !(comma + 1..end).all(nominal) {
        return None;
    }
    let start = stop_before(tree, verb);
    let stop = stop_after(tree, verb);
    let subordinate =
        matches!(tokens[start].upos, Upos::Sconj | Upos::Adp) && !(start..comma).any(|t| is_comma(tree, t));
    let said = (start..comma).any(|t| is_finite(tree, t)) && !subordinate;
    let next = tokens.get(verb + 1).filter(|_| verb + 1 < stop);
    // "…, the president told his counterpart by telephone"
    let hearer = tree.lemma(verb) == "tell";
    let apart =
        next.is_none_or(|next| hearer || matches!(next.upos, Upos::Punct | Upos::Adp | Upos::Adv | Upos::Propn));
    (said && apart && !(verb + 1..stop).any(|t| is_finite(tree, t))).then_some(comma + 1..end)
}
