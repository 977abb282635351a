//! What is said: from the cue to the words that it puts in somebody's mouth.

use super::{
    clause::clause,
    cues::{Cue, Cues},
    edges::stop_after,
    source::{has_case, subject},
};
use crate::{Relation, Tree, Upos};

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

pub fn is_infinitive(tree: &Tree, c: usize) -> bool {
    tree.children(c)
        .any(|m| m < c && matches!(tree.relation(m), Relation::Mark | Relation::Aux) && tree.lemma(m) == "to")
}

pub fn object(tree: &Tree, verb: usize) -> Option<usize> {
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
