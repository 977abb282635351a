//! The type of a deed in its mood, where the sentence must have one: what is refused is a rejection, what is announced
//! a promise or a threat, what is ended the other way round.

use super::Marked;
use crate::{
    EventType, Modality, Relation as R, Span, Tree,
    code::{
        arguments::{Arguments, with_conjuncts},
        lists::{LISTS, holds},
        modality::Operators,
        mood,
    },
};

/// How far the words above a deed are asked.
const DEPTH: usize = 3;

/// What the words around a deed make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mood {
    /// Whether it happened, or its end did.
    pub modality: Modality,
    /// It is the end of the deed that is told of: "stopped firing".
    ended: bool,
    /// The source only says that the target did it.
    told: bool,
    /// Source and target do it together.
    together: bool,
}

impl Mood {
    /// The mood of a deed that a trigger tells of.
    pub fn of(tree: &Tree, operators: &Operators, marked: &Marked, trigger: usize, arguments: &Arguments) -> Self {
        let mut at = trigger;
        let mut ended = false;
        let mut prospect = false;
        let mut draft = false;
        for above in governors(tree, trigger) {
            let lemma = tree.lemma(above).to_lowercase();
            if !ended && holds(&LISTS.ends, &lemma) && !acts_on_another(tree, above, at) {
                ended = true;
                at = above;
            } else if holds(&LISTS.orders, &lemma) || holds(&LISTS.errands, &lemma) {
                at = above;
            } else {
                prospect |= holds(&LISTS.prospects, &lemma);
                draft |= holds(&LISTS.drafts, &lemma);
                break;
            }
        }
        let may =
            |i: usize| tree.children(i).any(|c| tree.relation(c) == R::Aux && holds(&LISTS.prospects, tree.lemma(c)));
        let mut modality = operators.modality(tree, at, &[]);
        // "will hold a strike", "its intent to deepen cooperation": the verb lends the noun its mood.
        if modality == Modality::Occurred
            && tree.relation(at) == R::Obj
            && let Some(verb) = tree.head(at)
        {
            modality = operators.modality(tree, verb, &[]);
            prospect |= may(verb);
        }
        if draft && modality != Modality::Negated || modality == Modality::Hypothetical && (prospect || may(at)) {
            modality = Modality::Planned;
        }
        // "would sue unless it paid"
        let unless = |c: usize| tree.relation(c) == R::Advcl && tree.children(c).any(|m| tree.lemma(m) == "unless");
        if modality != Modality::Occurred && tree.children(at).any(unless) {
            modality = Modality::Threatened;
        }
        let joined: Vec<usize> = arguments.subject.into_iter().flat_map(|i| with_conjuncts(tree, i)).collect();
        let both = [marked.source, marked.target].iter().all(|&party| joined.iter().any(|&i| within(tree, party, i)));
        // "held joint drills"
        let joint = |i: usize| {
            tree.children(i).any(|c| tree.relation(c) == R::Amod && matches!(tree.lemma(c), "joint" | "combined"))
        };
        let together = both || joint(trigger) || arguments.object.is_some_and(joint);
        Self { modality, ended, told: told(tree, marked, trigger, arguments), together }
    }

    /// The type and mode of a deed in this mood.
    pub fn apply(self, kind: EventType, mode: Option<&str>) -> (EventType, Option<String>) {
        use EventType::{
            Accuse, Agree, Aid, Concede, Consult, Cooperate, Mobilize, Reject, Retreat, Sanction, Support, Threaten,
        };
        let (kind, mode) = match (self.together, kind) {
            // "Both armies held drills": with each other.
            (true, Mobilize) => (Cooperate, None),
            _ => (kind, mode),
        };
        let (kind, mode) = match (self.ended, kind) {
            (true, Aid | Cooperate | Support | Consult) => (Sanction, Some("discontinue")),
            (true, Agree | Retreat | Concede) => (Reject, None),
            (true, kind) if kind.quad() == 4 => (Retreat, None),
            (true, _) => (Concede, None),
            (false, kind) => (kind, mode),
        };
        match (self.modality, kind) {
            (Modality::Planned, Consult | Support | Cooperate | Aid | Retreat | Concede) => (Agree, None),
            (Modality::Planned | Modality::Threatened, _) if kind.quad() == 4 => {
                (Threaten, mood::threat_mode(kind, mode))
            }
            (Modality::Threatened, Accuse | Reject) => (Threaten, None),
            (Modality::Negated, _) if matches!(kind.quad(), 1 | 2) => (Reject, None),
            _ if self.told && kind.quad() == 4 => (Accuse, Some("allege".to_owned())),
            _ => (kind, mode.map(str::to_owned)),
        }
    }
}

/// The words that a deed is the content or the object of, from below.
fn governors<'t>(tree: &'t Tree, trigger: usize) -> impl Iterator<Item = usize> + 't {
    let above = |&at: &usize| {
        let governed = match tree.relation(at) {
            R::Xcomp | R::Obj | R::Ccomp | R::Acl | R::AclRelcl | R::NsubjPass => true,
            R::Advcl | R::Obl | R::Nmod => tree.children(at).any(|c| {
                matches!(tree.relation(c), R::Mark | R::Case) && matches!(tree.lemma(c), "from" | "of" | "to")
            }),
            _ => false,
        };
        tree.head(at).filter(|_| governed)
    };
    std::iter::successors(above(&trigger), above).take(DEPTH)
}

/// "stopped **protesters** from marching".
fn acts_on_another(tree: &Tree, verb: usize, deed: usize) -> bool {
    tree.children(verb).any(|c| c != deed && tree.relation(c) == R::Obj && !tree.below(deed, c))
}

/// "**X** said **Y** had shelled the town".
fn told(tree: &Tree, marked: &Marked, trigger: usize, arguments: &Arguments) -> bool {
    if !arguments.subject.is_some_and(|i| within(tree, marked.target, i)) {
        return false;
    }
    let mut at = trigger;
    while let Some(head) = tree.head(at) {
        let said = tree.relation(at) == R::Ccomp;
        let speaker = |c: usize| tree.relation(c) == R::Nsubj && within(tree, marked.source, c);
        if said && tree.children(head).any(speaker) {
            return true;
        }
        at = head;
    }
    false
}

fn within(tree: &Tree, party: Option<Span>, i: usize) -> bool {
    party.is_some_and(|party| party.touches(tree.sentence.tokens[i].span))
}
