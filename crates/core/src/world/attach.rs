//! Whether a phrase of time or place belongs to the act that a word tells of.

use super::lists::{LISTS, holds_form};
use crate::{
    labels::{Relation, Upos},
    span::Span,
    tree::Tree,
};

/// Letters from the act beyond which no phrase is looked for: a bound for texts that are no news.
pub(crate) const REACH: u32 = 2_000;
/// Steps up the tree that are followed.
const DEEPEST: usize = 60;

/// How far a phrase stands from the act of token `trigger`; `None` where it belongs to another clause or another noun.
///
/// 0 is closest. The phrase is found by its letters; nothing is said of one that lies outside the sentence.
pub(crate) fn distance(tree: &Tree, span: Span, trigger: usize) -> Option<usize> {
    let tokens = &tree.sentence.tokens;
    let inside = |i: usize| tokens[i].span.touches(span);
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let mut at =
        (first..tokens.len()).take_while(|&i| inside(i)).find(|&i| tree.head(i).is_none_or(|head| !inside(head)))?;
    if inside(trigger) {
        return None;
    }
    let phrase = at;
    let mut steps = 0;
    // Up through the noun phrase, as long as the phrase can be said of the word above.
    loop {
        if at == trigger {
            return Some(steps);
        }
        let Some(head) = tree.head(at) else { break };
        if clause(tree, at) {
            break;
        }
        if head != trigger && modifies_noun(tree, at, head) && !inside(at)
            || head != trigger && of_noun(tree, at, head) && !on_name(tree, at, head)
        {
            return None;
        }
        (at, steps) = (head, steps + 1);
        if steps > DEEPEST {
            return None;
        }
    }
    if at == trigger {
        return None;
    }
    let shared = shared(tree, at, trigger).map(|more| steps + more);
    shared.or_else(|| before_perfect(tree, phrase, trigger).then_some(steps + 3))
}

/// True for "tensions have risen after the attack **last week**": a perfect takes no time that is over, so the time is
/// that of the noun right before it.
fn before_perfect(tree: &Tree, phrase: usize, noun: usize) -> bool {
    let Some(verb) = tree.head(phrase).filter(|&verb| tree.head(noun) == Some(verb)) else { return false };
    let perfect = |child: usize| {
        let xpos = tree.sentence.tokens[child].xpos;
        tree.relation(child) == Relation::Aux && tree.lemma(child) == "have" && matches!(xpos.as_str(), "VBP" | "VBZ")
    };
    let first = *tree.subtree(phrase, |_| true).first().unwrap_or(&phrase);
    let last = *tree.subtree(noun, |_| true).last().unwrap_or(&noun);
    let nominal = matches!(tree.relation(noun), Relation::Obl | Relation::Obj);
    let time = tree.relation(phrase) == Relation::OblUnmarked;
    time && nominal && last + 1 == first && tree.children(verb).any(perfect)
}

/// True where a clause of its own begins at this token.
fn clause(tree: &Tree, i: usize) -> bool {
    use Relation::{Acl, AclRelcl, Advcl, AdvclRelcl, Ccomp, Csubj, CsubjOuter, CsubjPass, Parataxis, Xcomp};
    match tree.relation(i) {
        Ccomp | Csubj | CsubjPass | CsubjOuter | Advcl | AdvclRelcl | Acl | AclRelcl | Parataxis | Xcomp => true,
        Relation::Conj => matches!(tree.sentence.tokens[i].upos, Upos::Verb | Upos::Aux | Upos::Adj),
        _ => false,
    }
}

/// True for a phrase that is part of a noun's own name or description: "the **April 22** attack", "**Delhi's** reply".
fn modifies_noun(tree: &Tree, i: usize, head: usize) -> bool {
    let noun = matches!(tree.sentence.tokens[head].upos, Upos::Noun | Upos::Propn);
    noun && matches!(tree.relation(i), Relation::Compound | Relation::Nummod | Relation::Amod | Relation::NmodPoss)
}

/// True for "the attack **of April 22**", said of a noun that is not asked about.
fn of_noun(tree: &Tree, i: usize, head: usize) -> bool {
    let noun = matches!(tree.sentence.tokens[head].upos, Upos::Noun | Upos::Propn);
    let argument = matches!(
        tree.relation(head),
        Relation::Obj | Relation::Obl | Relation::NsubjPass | Relation::Nsubj | Relation::Iobj | Relation::Root
    );
    let preposition = tree.child(i, Relation::Case).map(|case| tree.lemma(case));
    noun && tree.relation(i).universal() == "nmod" && (!argument || preposition == Some("of"))
}

/// True for "the attack in Kashmir **last week**": hung on the name of the place, it is still said of the attack.
fn on_name(tree: &Tree, i: usize, head: usize) -> bool {
    tree.sentence.tokens[head].upos == Upos::Propn && tree.relation(i) == Relation::NmodUnmarked
}

/// What the clause of `predicate` shares with the act of `trigger`, as a distance.
fn shared(tree: &Tree, predicate: usize, trigger: usize) -> Option<usize> {
    // "Crossfire was reported along the border": where it was reported from is where it was.
    let told = |verb: usize| {
        tree.relation(trigger) == Relation::NsubjPass
            && matches!(tree.lemma(verb), "report" | "record" | "register" | "see" | "hear" | "detect" | "note")
    };
    // "Fighting went on in Athens"
    let goes_on = |verb: usize| {
        let on = |child: usize| matches!(tree.relation(child), Relation::CompoundPrt | Relation::Advmod);
        tree.lemma(verb) == "go" && tree.children(verb).any(|child| on(child) && tree.lemma(child) == "on")
    };
    let takes_place = |verb: usize| holds_form(&LISTS.takes_place, tree.lemma(verb)) || told(verb) || goes_on(verb);
    // "answered on Monday **by** closing its airspace"
    let participle = |i: usize| {
        tree.relation(i) == Relation::Advcl
            && tree.child(i, Relation::Mark).is_none_or(|mark| tree.lemma(mark) == "by")
            && tree.child(i, Relation::Nsubj).is_none()
    };
    let head = tree.head(trigger);
    // "… by closing its airspace **and halting trade**"
    if tree.relation(trigger) == Relation::Conj
        && let Some(first) = head.filter(|&first| participle(first) && tree.child(first, Relation::Mark).is_some())
        && tree.head(first) == Some(predicate)
        && tree.child(trigger, Relation::Nsubj).is_none()
    {
        return Some(5);
    }
    match tree.relation(trigger) {
        // "began shelling on Monday", "shelled … and withdrew on Monday"
        Relation::Xcomp if head == Some(predicate) => return Some(2),
        Relation::Conj if head == Some(predicate) => return Some(4),
        // "opened fire on Monday, killing three"
        _ if head == Some(predicate) && participle(trigger) => return Some(3),
        // "the attack took place on Monday"
        Relation::Nsubj | Relation::NsubjPass | Relation::Obj if head == Some(predicate) && takes_place(predicate) => {
            return Some(2);
        }
        Relation::Obl if head == Some(predicate) && takes_place(predicate) => return Some(3),
        _ => {}
    }
    if tree.head(predicate) == Some(trigger) {
        return match tree.relation(predicate) {
            Relation::Xcomp => Some(2),
            _ if participle(predicate) => Some(3),
            // "the attack that took place on Monday", "the raid carried out on Monday"
            Relation::Acl | Relation::AclRelcl if takes_place(predicate) => Some(2),
            _ => None,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing::sentence;

    #[test]
    fn a_time_that_is_over_behind_a_perfect_is_that_of_the_noun_before_it() {
        let words = |aux, tag| {
            [
                ("Tension", "NOUN", 3, "nsubj", "NN"),
                (aux, "AUX", 3, "aux", tag),
                ("risen", "VERB", 0, "root", "VBN"),
                ("after", "ADP", 6, "case", "IN"),
                ("an", "DET", 6, "det", "DT"),
                ("attack", "NOUN", 3, "obl", "NN"),
                ("last", "ADJ", 8, "amod", "JJ"),
                ("week", "NOUN", 3, "obl:unmarked", "NN"),
            ]
        };
        let of_attack = |text: &str, aux, tag| {
            let mut sentence =
                sentence(text, &words(aux, tag).map(|(form, upos, head, rel, _)| (form, upos, head, rel)));
            sentence.tokens[1].xpos = crate::Xpos::from_name(tag);
            sentence.tokens[1].lemma = "have".into();
            let at = text.find("last").unwrap();
            distance(&Tree::new(&sentence), Span::new(at, at + 9), 5)
        };
        assert_eq!(of_attack("Tension has risen after an attack last week", "has", "VBZ"), Some(4));
        assert_eq!(of_attack("Tension had risen after an attack last week", "had", "VBD"), None);
    }

    #[test]
    fn a_time_behind_the_name_of_a_place_is_that_of_the_act() {
        let text = "an attack in Kashmir last week";
        let words = [
            ("an", "DET", 2, "det"),
            ("attack", "NOUN", 0, "root"),
            ("in", "ADP", 4, "case"),
            ("Kashmir", "PROPN", 2, "nmod"),
            ("last", "ADJ", 6, "amod"),
            ("week", "NOUN", 4, "nmod:unmarked"),
        ];
        let sentence = sentence(text, &words);
        assert_eq!(distance(&Tree::new(&sentence), Span::new(21, 30), 1), Some(2));
    }
}
