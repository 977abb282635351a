//! What is said: from the cue to the words that it puts in somebody's mouth.

use super::{
    aside::Aside,
    cues::{Cue, Cues},
};
use crate::{
    Relation, Tree, Upos,
    code::attribution::source::{has_case, subject},
};

/// The words of a reported statement in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Tokens in text order, with gaps where something stands between.
    pub tokens: Vec<usize>,
    /// The preposition that belongs to the cue: "for" of "called for".
    pub preposition: Option<usize>,
    /// Index of the entry among those of the word.
    pub entry: usize,
    /// False where the content is a thing and no clause.
    pub clause: bool,
    /// Nobody is said to say it: "is believed to", "seems to".
    pub nobody: bool,
}

/// True when the verb stands in the passive, as a participle after its noun included.
pub fn is_passive(tree: &Tree, verb: usize) -> bool {
    let marked = |c| matches!(tree.relation(c), Relation::AuxPass | Relation::NsubjPass | Relation::OblAgent);
    if tree.children(verb).any(marked) {
        return true;
    }
    let bare = || !tree.children(verb).any(|c| matches!(tree.relation(c), Relation::Aux | Relation::Nsubj));
    let relation = tree.relation(verb);
    // "Asked whether …, the minister said"
    if verb == 0 && relation == Relation::Advcl && tree.sentence.tokens[verb].xpos.as_str() == "VBD" {
        return true;
    }
    tree.sentence.tokens[verb].xpos.as_str() == "VBN"
        && (matches!(relation, Relation::Acl | Relation::Advcl) && bare()
            || relation == Relation::Conj
                && bare()
                && tree.head(verb).is_some_and(|head| head != verb && is_passive(tree, head)))
}

/// What a verb says, by the first of its entries that finds its content; `entries` are those whose words are there.
pub fn of_verb(tree: &Tree, verb: usize, entries: &[(usize, &Cue)], passive: bool, cues: &Cues) -> Option<Content> {
    let first = |takes: fn(&Cue) -> bool| entries.iter().find(|(_, cue)| takes(cue)).copied();
    let make = |tokens, entry, clause, nobody| Some(Content { tokens, preposition: None, entry, clause, nobody });
    if let Some((entry, _)) = first(|cue| cue.clause)
        && let Some(tokens) = clause(tree, verb, passive, cues)
    {
        return make(tokens, entry, true, false);
    }
    let to = tree.children(verb).find(|&c| {
        matches!(tree.relation(c), Relation::Xcomp | Relation::Ccomp | Relation::Advcl)
            && is_infinitive(tree, c)
            && c > verb
            && (tree.relation(c) != Relation::Advcl || passive)
    });
    if let (Some((entry, cue)), Some(to)) = (first(|cue| cue.infinitive), to) {
        let mut tokens = tree.subtree(to, |_| true);
        let doer = if passive { thing_acted_on(tree, verb, true) } else { object(tree, verb) };
        if let Some(doer) = doer {
            tokens.extend(noun_phrase(tree, doer, verb));
        }
        return make(tokens, entry, true, passive && cue.impersonal);
    }
    if let Some((entry, _)) = first(|cue| cue.raised || (cue.impersonal)).filter(|(_, cue)| cue.raised || passive) {
        let below = |c: &usize| matches!(tree.relation(*c), Relation::Xcomp | Relation::Ccomp) && *c > verb;
        if let Some(predicate) = tree.children(verb).find(below) {
            let mut tokens = tree.subtree(predicate, |_| true);
            if let Some(subject) = subject(tree, verb) {
                tokens.extend(noun_phrase(tree, subject, verb));
            }
            return make(tokens, entry, true, true);
        }
    }
    if let Some((entry, _)) = first(|cue| cue.complement)
        && let Some(tokens) = called_in_marks(tree, verb)
    {
        return make(tokens, entry, false, false);
    }
    if let Some((entry, cue)) = first(|cue| cue.object || cue.complement)
        && let Some(thing) = thing_acted_on(tree, verb, passive)
    {
        // "made it clear that …": the clause is what is said, and "it" only keeps its place.
        let mut held = tree.children(verb).filter(|&c| tree.relation(c) == Relation::Xcomp);
        let clause = held.find_map(|c| tree.child(c, Relation::Ccomp));
        if let Some(clause) = clause.filter(|_| tree.lemma(thing) == "it") {
            return make(tree.subtree(clause, |_| true), entry, true, false);
        }
        let mut tokens = noun_phrase(tree, thing, verb);
        let mut complement = false;
        for c in tree.children(verb).filter(|&c| c > verb && c != thing) {
            let belongs = match tree.relation(c) {
                Relation::Xcomp => true,
                // "called him a liar": one of the two is taken for a second object or a clause.
                Relation::Obj | Relation::Ccomp => cue.complement,
                Relation::Obl | Relation::Advcl => cue.with.iter().any(|word| has_case(tree, c, word)),
                _ => false,
            };
            if belongs {
                complement = true;
                tokens.extend(tree.subtree(c, |_| true));
            }
        }
        if !cue.object && !complement {
            return None;
        }
        return make(tokens, entry, false, false);
    }
    entries.iter().find_map(|&(entry, cue)| after_preposition(tree, verb, cue, entry))
}

/// "called him “a liar”": a noun phrase and words in quotation marks right behind the verb.
fn called_in_marks(tree: &Tree, verb: usize) -> Option<Vec<usize>> {
    let tokens = &tree.sentence.tokens;
    let is_mark = |t: usize| tokens[t].upos == Upos::Punct && matches!(tokens[t].xpos.as_str(), "``" | "''");
    let end = stop_after(tree, verb);
    let open = (verb + 1..end.min(verb + 14)).find(|&t| is_mark(t))?;
    let nominal = |t: usize| {
        use Upos::{Adj, Adp, Adv, Det, Noun, Num, Part, Pron, Propn};
        matches!(tokens[t].upos, Adj | Adp | Adv | Det | Noun | Num | Part | Pron | Propn)
    };
    let close = (open + 1..tokens.len().min(open + 30)).find(|&t| is_mark(t))?;
    (verb + 1..open).all(nominal).then(|| (verb + 1..=close).collect())
}

/// What a noun says: "the claim **that …**", "calls **for a truce**", "their demand **to leave**", "the idea is **that …**".
pub fn of_noun(tree: &Tree, noun: usize, entries: &[(usize, &Cue)]) -> Option<Content> {
    let first = |takes: fn(&Cue) -> bool| entries.iter().find(|(_, cue)| takes(cue)).copied();
    let make = |tokens, entry| Some(Content { tokens, preposition: None, entry, clause: true, nobody: false });
    let below = |c: &usize| matches!(tree.relation(*c), Relation::Acl | Relation::Ccomp) && *c > noun;
    if let Some((entry, _)) = first(|cue| cue.clause) {
        let that = |c: &usize| tree.children(*c).any(|m| tree.relation(m) == Relation::Mark && tree.lemma(m) == "that");
        // "claims by Armenia that …" may be taken for a relative clause.
        // "a claim that Baku denies" is one, and says nothing.
        let full = |c: usize| tree.children(c).any(|b| b > c && tree.relation(b) != Relation::Punct);
        let below = |c: &usize| below(c) || tree.relation(*c) == Relation::AclRelcl && *c > noun && full(*c);
        if let Some(clause) = tree.children(noun).filter(below).find(that) {
            return make(tree.subtree(clause, |_| true), entry);
        }
        // "The idea is that …": the clause is the predicate and the noun its outer subject.
        if tree.relation(noun) == Relation::NsubjOuter
            && let Some(head) = tree.head(noun)
        {
            let kept = |c: usize| {
                let outer = tree.head(c) == Some(head)
                    && c < head
                    && (c == noun || (tree.relation(c) == Relation::Cop && c < noun + 3));
                !outer
            };
            return make(tree.subtree(head, kept), entry);
        }
    }
    if let Some((entry, _)) = first(|cue| cue.infinitive)
        && let Some(to) = tree.children(noun).filter(below).find(|&c| is_infinitive(tree, c))
    {
        return make(tree.subtree(to, |_| true), entry);
    }
    entries.iter().find_map(|&(entry, cue)| after_preposition(tree, noun, cue, entry))
}

/// The clause that a preposition such as "according to" or an adverb such as "reportedly" comments on: the nearest
/// predicate above `modifier` with all below it but the modifier.
pub fn commented(tree: &Tree, modifier: usize) -> Option<Vec<usize>> {
    let mut top = tree.head(modifier)?;
    for _ in 0..8 {
        let token = &tree.sentence.tokens[top];
        let clause = token.upos == Upos::Verb
            || tree.children(top).any(|c| matches!(tree.relation(c), Relation::Cop | Relation::Nsubj));
        match tree.head(top) {
            Some(head) if !clause => top = head,
            _ => break,
        }
    }
    Some(tree.subtree(top, |c| c != modifier))
}

/// True where a cue stands between two clauses that "and" or "but" joins, a comma on either side.
fn goes_on(tree: &Tree, verb: usize, clauses: &[usize]) -> bool {
    let tokens = &tree.sentence.tokens;
    let joined = tokens.get(verb + 1).is_some_and(|token| token.lemma == ",")
        && tokens.get(verb + 2).is_some_and(|token| token.upos == Upos::Cconj);
    let speaker = subject(tree, verb).unwrap_or(verb);
    joined && clauses.iter().any(|&c| c > verb) && clauses.iter().any(|&c| c < speaker)
}

/// The finite clause of a verb: below it, or around it where it stands in parentheses.
fn clause(tree: &Tree, verb: usize, passive: bool, cues: &Cues) -> Option<Vec<usize>> {
    let spoken = |c: usize| !is_spoken_aside(tree, c, cues);
    let below: Vec<usize> = tree.children(verb).filter(|&c| is_complement(tree, verb, c)).collect();
    let mut tokens: Vec<usize> = below.iter().flat_map(|&c| tree.subtree(c, spoken)).collect();
    tokens.sort_unstable();
    // "Troops fired, the army said, and soldiers responded": what goes on behind the cue began before it.
    if !passive && goes_on(tree, verb, &below) {
        return Some(tokens);
    }
    if !passive
        && cues.verb(tree.lemma(verb)).iter().any(|cue| cue.quote && cue.statement)
        && let Some(aside) = Aside::of(tree, verb)
        && let Some(around) = aside.around(tree, verb, cues)
    {
        return Some(around);
    }
    let right = tokens.iter().copied().find(|&t| t > verb).filter(|_| inverted(tree, verb).is_none());
    if !passive && cues.verb(tree.lemma(verb)).iter().any(|cue| cue.quote) && final_speaker(tree, verb).is_some() {
        return before_final_cue(tree, verb);
    }
    if let Some(first) = right {
        tokens.retain(|&t| t > verb);
        fill_gap(tree, verb, first, cues, &mut tokens);
        let last = tokens.iter().copied().max().unwrap_or(first);
        for c in tree.children(verb).filter(|&c| c > last && is_more_said(tree, c, last)) {
            tokens.extend(tree.subtree(c, spoken));
        }
        tokens.sort_unstable();
        tokens.dedup();
        reach_on(tree, verb, &mut tokens);
        cut_tail(tree, &mut tokens, cues);
        return Some(tokens);
    }
    if !passive && let Some(before) = before_final_cue(tree, verb) {
        return Some(before);
    }
    if passive && let Some(told) = told_by(tree, verb, cues) {
        return Some(told);
    }
    if !tokens.is_empty() {
        return Some(tokens);
    }
    if !passive && let Some(after) = after_bare_cue(tree, verb, cues) {
        return Some(after);
    }
    let head = tree.head(verb)?;
    let around = match tree.relation(verb) {
        Relation::Parataxis => !passive,
        // "as the minister said, …"
        Relation::Advcl => has_case(tree, verb, "as"),
        _ => false,
    };
    // "as the minister put it, …"
    let thing = object(tree, verb).is_some_and(|thing| tree.lemma(thing) != "it");
    let free = tree.sentence.tokens[head].upos != Upos::Punct && !thing;
    (around && free).then(|| tree.subtree(head, |c| c != verb))
}

/// "said it was over and he was glad": without a comma, or with "that", what is joined belongs to what is said.
fn is_more_said(tree: &Tree, c: usize, last: usize) -> bool {
    if tree.relation(c) != Relation::Conj || subject(tree, c).is_none() {
        return false;
    }
    let first = *tree.subtree(c, |_| true).first().unwrap_or(&c);
    first == last + 1 || (first == last + 2 && has_case(tree, c, "that"))
}

/// Adds the rest of the sentence where the tree ends a clause too soon: before its verb ("said that the mayor – who fell ill –
/// had left"), or with a closing mark and no comma ("said it was “a mess” until he came").
fn reach_on(tree: &Tree, verb: usize, tokens: &mut Vec<usize>) {
    let all = &tree.sentence.tokens;
    let end = stop_after(tree, verb);
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return };
    if last + 1 >= end {
        return;
    }
    let next = last + 1;
    let mark = |t: usize| all[t].upos == Upos::Punct && matches!(all[t].xpos.as_str(), "``" | "''");
    let finite = |t: usize| is_finite(tree, t);
    let verbless = !tokens.iter().any(|&t| finite(t)) && (next..end).any(finite);
    let relative = is_comma(tree, next) && all.get(next + 1).is_some_and(|t| matches!(t.xpos.as_str(), "WP" | "WDT"));
    let that = tree.lemma(first) == "that" && all[first].upos == Upos::Sconj;
    let broken = verbless && (that || finite(next) || relative);
    let opened = tokens.iter().filter(|&&t| mark(t)).count() % 2 == 0;
    let closed = mark(last) && opened && matches!(all[next].upos, Upos::Adp | Upos::Sconj) && !is_comma(tree, last - 1);
    if broken || closed {
        tokens.extend(next..end);
    }
}

/// Takes away what stands at the end of a clause and is not said: "…, though she said", "… — adding that", "…, compared
/// with", "…, in an interview".
pub fn cut_tail(tree: &Tree, tokens: &mut Vec<usize>, cues: &Cues) {
    let all = &tree.sentence.tokens;
    let mut quoted = false;
    let is_mark = |t: usize| all[t].upos == Upos::Punct && matches!(all[t].xpos.as_str(), "``" | "''");
    let reports = |t: usize| cues.verb(&all[t].lemma).iter().any(|cue| cue.clause || cue.quote);
    let cut = (1..tokens.len()).find(|&i| {
        let (before, t) = (tokens[i - 1], tokens[i]);
        if is_mark(before) {
            quoted = !quoted;
        }
        let closed = is_mark(before) && !quoted;
        if quoted || i < 3 || before + 1 != t || !(closed || is_comma(tree, before)) {
            return false;
        }
        let tag = all[t].xpos.as_str();
        let next = all.get(t + 1).map_or("", |next| next.lemma.as_str());
        match all[t].lemma.as_str() {
            "compare" => tag.starts_with("VB") && matches!(next, "with" | "to") && !closed,
            "accord" | "according" => tag.starts_with("VB") && matches!(next, "with" | "to"),
            "in" | "during" | "at" => {
                let noun = tree.head(t).filter(|&noun| noun > t && noun < t + 6);
                noun.is_some_and(|noun| cues.is_occasion(&all[noun].lemma))
            }
            "while" => is_comma(tree, before),
            _ if matches!(tag, "WDT" | "WP" | "WP$") => !closed,
            _ if tag == "VBG" => reports(t) && is_said_on(tree, t),
            _ if matches!(all[t].upos, Upos::Cconj | Upos::Sconj) => {
                let clause = tree.head(t).filter(|&clause| clause > t);
                clause
                    .is_some_and(|clause| is_finite(tree, clause) && reports(clause) && subject(tree, clause).is_some())
            }
            _ => false,
        }
    });
    if let Some(cut) = cut {
        tokens.truncate(cut);
    }
}

/// A participle with something said after it: "adding that", "saying: “…”", "asserting it was".
fn is_said_on(tree: &Tree, participle: usize) -> bool {
    let below = |c: usize| c > participle && matches!(tree.relation(c), Relation::Ccomp | Relation::Parataxis);
    tree.children(participle).any(below)
}

/// Words between a verb and its clause that are neither hearer nor time nor place belong to the clause.
fn fill_gap(tree: &Tree, verb: usize, first: usize, cues: &Cues, tokens: &mut Vec<usize>) {
    if tree.lemma(first) == "that" || tree.lemma(first) == "whether" {
        return;
    }
    let outer = |t: usize| {
        let mut at = t;
        while let Some(head) = tree.head(at).filter(|&head| head != verb) {
            at = head;
        }
        let hearer = cues.is_addressed(tree.lemma(verb));
        match tree.relation(at) {
            Relation::Obl | Relation::OblUnmarked | Relation::Advmod | Relation::Punct => tree.head(at) == Some(verb),
            Relation::Nsubj | Relation::NsubjPass => {
                tree.head(at) == Some(verb) && at < verb || Some(at) == speaker(tree, verb)
            }
            Relation::Obj | Relation::Iobj => hearer || Some(at) == speaker(tree, verb),
            _ => false,
        }
    };
    if let Some(start) = (verb + 1..first).find(|&t| !outer(t) && !is_comma(tree, t)) {
        tokens.extend(start..first);
    }
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
fn inverted(tree: &Tree, verb: usize) -> Option<usize> {
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

pub fn is_finite(tree: &Tree, t: usize) -> bool {
    matches!(tree.sentence.tokens[t].xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD")
}

/// Start of the sentence that `t` stands in, where the splitter joined two.
pub fn stop_before(tree: &Tree, t: usize) -> usize {
    (0..t).rfind(|&i| is_stop(tree, i)).map_or(0, |i| i + 1)
}

/// End of the sentence that `t` stands in, its stop left out, where the splitter joined two.
pub fn stop_after(tree: &Tree, t: usize) -> usize {
    let tokens = &tree.sentence.tokens;
    (t + 1..tokens.len()).find(|&i| is_stop(tree, i)).unwrap_or(tokens.len())
}

pub fn is_stop(tree: &Tree, i: usize) -> bool {
    tree.sentence.tokens[i].upos == Upos::Punct && matches!(tree.lemma(i), "." | "?" | "!" | ";")
}

/// All that follows a verb without any complement the parser knows of, where it holds a finite verb.
fn after_bare_cue(tree: &Tree, verb: usize, cues: &Cues) -> Option<Vec<usize>> {
    let tokens = &tree.sentence.tokens;
    let finite = |t: usize| is_finite(tree, t);
    let subject = subject(tree, verb).filter(|&s| s < verb)?;
    let hearer = cues.is_addressed(tree.lemma(verb));
    if !finite(verb) || tree.relation(subject) != Relation::Nsubj || (object(tree, verb).is_some() && !hearer) {
        return None;
    }
    let end = stop_after(tree, verb);
    let that =
        (verb + 1..end).take_while(|&t| !finite(t)).find(|&t| tree.lemma(t) == "that" && tokens[t].upos == Upos::Sconj);
    let start = that.unwrap_or_else(|| {
        let addressee = object(tree, verb).filter(|_| hearer);
        addressee.and_then(|c| tree.subtree(c, |_| true).last().copied()).unwrap_or(verb) + 1
    });
    if is_comma(tree, verb + 1) && that.is_none() || !(start..end).any(finite) {
        return None;
    }
    Some((start..end).collect())
}

/// "had been told by Iran **that …**", wherever the parser hangs the clause.
fn told_by(tree: &Tree, verb: usize, cues: &Cues) -> Option<Vec<usize>> {
    use Upos::{Adj, Adp, Det, Noun, Num, Propn};
    let tokens = &tree.sentence.tokens;
    let end = stop_after(tree, verb);
    let named =
        |t: usize| matches!(tokens[t].upos, Adj | Adp | Det | Noun | Num | Propn) || tokens[t].xpos.as_str() == "POS";
    let that = (verb + 1..end.min(verb + 9)).find(|&t| tree.lemma(t) == "that")?;
    let by = that == verb + 1 || (tree.lemma(verb + 1) == "by" && (verb + 1..that).all(named));
    let relative = tokens.get(that + 1).is_none_or(|_| is_finite(tree, that + 1));
    let finite = (that..end).any(|t| is_finite(tree, t));
    (cues.is_addressed(tree.lemma(verb)) && by && !relative && finite).then(|| (that..end).collect())
}

/// "…, adding that": a participle after a comma that reports by itself belongs to the speaker, not to what is said.
fn is_spoken_aside(tree: &Tree, c: usize, cues: &Cues) -> bool {
    let tokens = &tree.sentence.tokens;
    tree.relation(c) == Relation::Advcl
        && tokens[c].xpos.as_str() == "VBG"
        && follows_comma(tree, c)
        && cues.verb(&tokens[c].lemma).iter().any(|cue| cue.clause || cue.quote)
}

pub fn is_comma(tree: &Tree, t: usize) -> bool {
    t < tree.sentence.tokens.len() && matches!(tree.lemma(t), "," | "-" | "–" | "—" | "--")
}

/// True where a comma stands before `t`, a quotation mark between them or none.
pub fn follows_comma(tree: &Tree, t: usize) -> bool {
    let mark = |t: usize| matches!(tree.sentence.tokens[t].xpos.as_str(), "''" | "``");
    t > 0 && (is_comma(tree, t - 1) || (t > 1 && mark(t - 1) && is_comma(tree, t - 2)))
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

/// What stands before ", the minister said." or ", said the minister on Monday." at the end of a sentence.
fn before_final_cue(tree: &Tree, verb: usize) -> Option<Vec<usize>> {
    if let Some(speaker) = final_speaker(tree, verb) {
        return Some((stop_before(tree, verb)..speaker.start - 1).collect());
    }
    let subject = speaker(tree, verb)?;
    let phrase = tree.subtree(subject, |_| true);
    let first = if subject < verb { *phrase.first()? } else { verb };
    let comma = first.checked_sub(1).filter(|&t| is_comma(tree, t))?;
    // Nothing after it but who, when and where.
    let rest = tree.children(verb).filter(|&c| c > verb);
    let plain = |c: usize| {
        use Relation::{Advcl, Advmod, Nsubj, Obl, OblUnmarked, Punct};
        matches!(tree.relation(c), Advmod | Nsubj | Obl | OblUnmarked | Punct | Advcl) || c == subject
    };
    let mut rest = rest.peekable();
    let ends = rest.all(plain);
    let start = stop_before(tree, first);
    let finite = (start..comma).any(|t| is_finite(tree, t));
    (ends && finite).then(|| (start..comma).collect())
}

fn is_complement(tree: &Tree, verb: usize, c: usize) -> bool {
    match tree.relation(c) {
        Relation::Ccomp => !is_infinitive(tree, c) && speaker(tree, verb) != Some(c),
        Relation::Advcl => {
            let that = c > verb && has_case(tree, c, "that") && !has_case(tree, c, "so");
            that || has_case(tree, c, "whether") || (has_case(tree, c, "if") && is_asking(tree, verb))
        }
        Relation::Parataxis => c > verb && after_colon_or_mark(tree, verb, c),
        _ => false,
    }
}

fn is_asking(tree: &Tree, verb: usize) -> bool {
    matches!(tree.lemma(verb), "ask" | "wonder" | "question" | "inquire" | "know" | "see")
}

/// A colon or an opening quotation mark stands before the first word of `c`.
fn after_colon_or_mark(tree: &Tree, verb: usize, c: usize) -> bool {
    let first = *tree.subtree(c, |_| true).first().unwrap_or(&c);
    let near = first.saturating_sub(2).max(verb + 1)..(first + 1).min(tree.sentence.tokens.len());
    near.into_iter().any(|i| matches!(tree.lemma(i), ":" | "“" | "\"" | "``" | "''" | "‘" | "«"))
}

fn is_infinitive(tree: &Tree, c: usize) -> bool {
    tree.children(c)
        .any(|m| m < c && matches!(tree.relation(m), Relation::Mark | Relation::Aux) && tree.lemma(m) == "to")
}

fn object(tree: &Tree, verb: usize) -> Option<usize> {
    tree.child(verb, Relation::Obj)
}

/// Object of an active verb, subject of a passive one, the noun before a participle or an object-less relative clause.
fn thing_acted_on(tree: &Tree, verb: usize, passive: bool) -> Option<usize> {
    if passive {
        let own = tree.children(verb).find(|&c| tree.relation(c) == Relation::NsubjPass);
        return own.or_else(|| match tree.relation(verb) {
            Relation::Acl => tree.head(verb),
            Relation::Conj => tree.head(verb).and_then(|head| subject(tree, head)),
            _ => None,
        });
    }
    object(tree, verb).or_else(|| {
        let gap = tree.relation(verb) == Relation::AclRelcl
            && subject(tree, verb).is_some_and(|s| !matches!(tree.lemma(s), "who" | "which" | "that"));
        tree.head(verb).filter(|_| gap)
    })
}

/// The phrase of a noun; of a noun that the cue hangs on, what stands before the cue.
fn noun_phrase(tree: &Tree, noun: usize, cue: usize) -> Vec<usize> {
    let mut tokens = tree.subtree(noun, |c| c != cue);
    if tree.head(cue) == Some(noun) {
        tokens.retain(|&t| t < cue);
    }
    tokens
}

fn after_preposition(tree: &Tree, cue: usize, entry: &Cue, number: usize) -> Option<Content> {
    let found = tree.children(cue).filter(|&c| c > cue).find_map(|c| {
        let phrase = matches!(
            tree.relation(c),
            Relation::Obl | Relation::Advcl | Relation::Nmod | Relation::Xcomp | Relation::Acl
        );
        let word = tree.children(c).find(|&m| {
            matches!(tree.relation(m), Relation::Case | Relation::Mark)
                && entry.prepositions.iter().any(|word| word == tree.lemma(m))
        });
        word.filter(|_| phrase).map(|word| (c, word))
    });
    let (phrase, word) = found?;
    let mut tokens = tree.subtree(phrase, |c| c != word);
    // "called on Pakistan to act": who is to act stands after the preposition.
    for c in tree.children(cue).filter(|&c| c > phrase) {
        let as_what = entry.with.iter().any(|word| has_case(tree, c, word));
        if as_what || matches!(tree.relation(c), Relation::Xcomp | Relation::Advcl) && is_infinitive(tree, c) {
            tokens.extend(tree.subtree(c, |_| true));
        }
    }
    Some(Content { tokens, preposition: Some(word), entry: number, clause: false, nobody: false })
}
