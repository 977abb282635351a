//! Where and when a claim's deed happened, as far as the sentence tells: by its own words, else by the clause that it hangs on.

use super::{around::Around, facts::circumstances};
use crate::{
    claim::{Annotation, Claim, DateMention, PlaceMention, PlacePrecision},
    labels::{Relation, Upos},
    plover::EventType,
    sentence::Sentence,
    span::Span,
    tree::Tree,
    world::places::is_of_place,
};

/// Steps from a name of a place up to the word behind the preposition: "in the Syrian city **of** Homs".
const STEPS: usize = 4;

/// Deeds that happen at one spot, so that two spots are two deeds.
fn tied(kind: EventType) -> bool {
    matches!(kind, EventType::Assault | EventType::Protest | EventType::Consult)
}

/// The place of a claim: the coder's, else one that its words name behind a preposition of place, or that it strikes.
pub fn place<'a>(around: &Around<'a>, c: &'a Claim) -> Option<&'a PlaceMention> {
    if c.place.is_some() || !tied(c.kind) {
        return c.place.as_ref();
    }
    let sentence = around.annotation.sentences.get(c.sentence).filter(|s| c.trigger < s.tokens.len())?;
    told(around, c, sentence).or_else(|| {
        let other = breath(around, c, sentence)?;
        other.place.as_ref().or_else(|| told(around, other, sentence))
    })
}

/// The date of a claim: the coder's, else that of the clause that it hangs on, where both tell of one attack.
pub fn date<'a>(around: &Around<'a>, c: &'a Claim) -> Option<&'a DateMention> {
    if c.date.is_some() || c.kind != EventType::Assault {
        return c.date.as_ref();
    }
    let sentence = around.annotation.sentences.get(c.sentence).filter(|s| c.trigger < s.tokens.len())?;
    breath(around, c, sentence)?.date.as_ref()
}

/// What the words of the claim and of its parties name: the narrowest place, `None` where there are two.
fn told<'a>(around: &Around<'a>, c: &Claim, sentence: &Sentence) -> Option<&'a PlaceMention> {
    let annotation: &'a Annotation = around.annotation;
    let parties = c.actors.iter().chain(&c.recipients).map(|p| p.span).filter(|span| !span.is_empty());
    let own = parties.chain(c.object).filter(|span| sentence.span.holds(*span)).fold(c.span, Span::cover);
    let tree = Tree::new(sentence);
    let heads = [Some(c.trigger), predicate(&tree, c.trigger)].into_iter().flatten();
    let clauses = heads.filter_map(|t| tree.span(&tree.subtree(t, |below| !clause(&tree, below))));
    let words = clauses.fold(own, Span::cover);
    // What stands in another claim, or tells what was before and after, is the place of that.
    let inner = around.mates(c).filter(|o| o.span != c.span && words.holds(o.span) && !o.span.touches(c.act));
    let mut others: Vec<Span> = inner.map(|o| o.span).collect();
    let meanwhile = |span: &Span| {
        let first = sentence.tokens.iter().find(|t| t.span.end > span.start);
        first.is_some_and(|t| matches!(t.lemma.as_str(), "during" | "amid"))
    };
    let (same, apart): (Vec<Span>, Vec<Span>) = circumstances(c, sentence).into_iter().partition(meanwhile);
    others.retain(|other| !same.iter().any(|span| span.holds(*other)));
    others.extend(apart);
    let from = annotation.places.partition_point(|p| p.span.start < words.start);
    let near = annotation.places[from..].iter().take_while(|p| p.span.end <= words.end);
    let mut best: Option<&PlaceMention> = None;
    let mut torn = false;
    for place in near.filter(|p| p.precision <= PlacePrecision::Province) {
        if others.iter().any(|span| span.holds(place.span)) || !stands(&tree, place.span, c) {
            continue;
        }
        match best {
            Some(had) if had.precision < place.precision => {}
            Some(had) if had.precision == place.precision => torn |= had.name != place.name,
            _ => (best, torn) = (Some(place), false),
        }
    }
    best.filter(|_| !torn)
}

/// The verb that only says that its subject went on: "**fighting** erupts in the capital".
fn predicate(tree: &Tree, trigger: usize) -> Option<usize> {
    const GOES_ON: [&str; 14] = [
        "erupt", "break", "take", "occur", "happen", "rage", "continue", "spread", "flare", "resume", "shake", "rock",
        "hit", "report",
    ];
    let subject = matches!(tree.relation(trigger), Relation::Nsubj | Relation::NsubjPass | Relation::Csubj);
    tree.head(trigger).filter(|&verb| subject && GOES_ON.contains(&tree.lemma(verb)))
}

/// True where a clause of its own begins.
fn clause(tree: &Tree, t: usize) -> bool {
    let verb = matches!(tree.sentence.tokens[t].upos, Upos::Verb | Upos::Aux);
    matches!(tree.relation(t).universal(), "advcl" | "acl" | "ccomp" | "csubj" | "parataxis")
        || tree.relation(t) == Relation::Conj && verb
}

/// True for a name behind a preposition of place, or that is itself what is struck.
fn stands(tree: &Tree, span: Span, c: &Claim) -> bool {
    let tokens = &tree.sentence.tokens;
    let inside = |i: usize| tokens[i].span.touches(span);
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let held = (first..tokens.len()).take_while(|&i| inside(i));
    let Some(mut at) = held.into_iter().find(|&i| tree.head(i).is_none_or(|head| !inside(head))) else { return false };
    for _ in 0..STEPS {
        match tree.child(at, Relation::Case).map(|case| tree.lemma(case)) {
            Some("of") => {}
            Some(case) => return is_of_place(case),
            None if matches!(tree.relation(at), Relation::Obj | Relation::NsubjPass) => {
                // "Shook Khartoum", "Goma was seized".
                let verb = tree.head(at);
                return c.kind == EventType::Assault && (verb == Some(c.trigger) || verb == predicate(tree, c.trigger));
            }
            None => {
                let name = matches!(tree.relation(at).universal(), "compound" | "appos" | "flat" | "nmod");
                if !name || tree.relation(at) == Relation::NmodPoss {
                    return false;
                }
            }
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// The attack that this one is told in one breath with: "explosions shook the town **as** the army clashed with …",
/// "dozens died **when** rebels attacked", "one was killed and four **were hurt**".
fn breath<'a>(around: &Around<'a>, c: &Claim, sentence: &Sentence) -> Option<&'a Claim> {
    if c.kind != EventType::Assault {
        return None;
    }
    let tree = Tree::new(sentence);
    let attacks = || around.mates(c).filter(|o| o.kind == EventType::Assault && o.trigger != c.trigger);
    let meanwhile = |t: usize| {
        let mark = tree.child(t, Relation::Mark).or_else(|| tree.child(t, Relation::Advmod));
        mark.is_some_and(|m| m < t && matches!(tree.lemma(m), "as" | "when" | "while"))
    };
    let hangs = |below: usize, above: usize| {
        tree.head(below) == Some(above)
            && match tree.relation(below).universal() {
                "advcl" => meanwhile(below),
                "conj" => true,
                _ => false,
            }
    };
    let main = |other: &Claim| predicate(&tree, other.trigger).unwrap_or(other.trigger);
    let own = main(c);
    let bare = |o: &Claim| o.place.is_none() && o.date.is_none();
    let found = attacks().filter(|o| hangs(own, main(o)) || hangs(main(o), own));
    found.min_by_key(|o| (bare(o), o.trigger))
}
