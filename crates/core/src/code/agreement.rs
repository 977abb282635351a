//! Who agrees where the sentence does not say it, to whom an offer is made, and what is sworn off.

use super::lists::{LISTS, holds};
use crate::{Claim, EventType, Party, Relation as R, Tree, Upos};

/// Why somebody agrees whom the sentence does not name.
const AGREES: &str = "not named here: who agrees";

/// Who agrees where nobody is named: "The accord was signed in Doha" by those who agreed or talked last, else by the two
/// parties of the crisis; "the treaty grants **Chad** a port" is agreed by the other of the two. `told` are the claims
/// before, the latest last.
pub(super) fn agreeing<'a>(
    kind: EventType,
    reciprocal: bool,
    recipients: &[Party],
    told: impl DoubleEndedIterator<Item = &'a Claim>,
    focus: &[Party],
) -> Vec<Party> {
    if !matches!(kind, EventType::Agree | EventType::Support) {
        return vec![];
    }
    let why = |party: &Party| Party { why: AGREES.to_owned(), ..party.clone() };
    match recipients {
        [] if reciprocal => {
            let crisis = || if focus.len() == 2 { focus.iter().map(why).collect() } else { vec![] };
            partners(told).map_or_else(crisis, |two| two.map(why).to_vec())
        }
        [one] if kind == EventType::Agree && one.country.is_some() => match partners(told) {
            Some([a, b]) if a.country == one.country => vec![why(b)],
            Some([a, b]) if b.country == one.country => vec![why(a)],
            _ => vec![],
        },
        _ => vec![],
    }
}

/// The two who agreed or talked last.
fn partners<'a>(told: impl DoubleEndedIterator<Item = &'a Claim>) -> Option<[&'a Party; 2]> {
    let met = |claim: &'a Claim| {
        let treaty = claim.kind == EventType::Support && claim.cameo.as_deref() == Some("057");
        if !treaty && !matches!(claim.kind, EventType::Agree | EventType::Consult) {
            return None;
        }
        let mut both: Vec<&Party> = Vec::new();
        for party in claim.actors.iter().chain(&claim.recipients) {
            if both.iter().all(|other| other.country != party.country) {
                both.push(party);
            }
        }
        <[&Party; 2]>::try_from(both).ok().filter(|two| two.iter().all(|party| party.country.is_some()))
    };
    told.rev().find_map(met)
}

/// True for "promised **not to shell** villages": who swears off a deed binds himself.
pub(super) fn is_sworn_off(tree: &Tree, deed: usize) -> bool {
    let open = matches!(tree.relation(deed), R::Xcomp | R::Ccomp | R::Acl);
    let vow = tree.head(deed).filter(|_| open).is_some_and(|head| {
        let word = tree.lemma(head);
        holds(&LISTS.commits, word) || holds(&LISTS.promises, word)
    });
    vow && is_negated(tree, deed)
}

/// True for "pledged that it **would not shut** the strait": a vow that threatens nobody.
pub(super) fn swears_off(tree: &Tree, vow: usize, clauses: &[usize]) -> bool {
    // "vowed that the raid would not go unpunished": what somebody else does not do, or what is not left undone.
    let own = |clause: usize| {
        let subject = tree.child(clause, R::Nsubj).or_else(|| tree.child(clause, R::NsubjPass));
        subject.is_none_or(|subject| tree.sentence.tokens[subject].upos == Upos::Pron)
    };
    let negated = |&clause: &usize| tree.head(clause) == Some(vow) && is_negated(tree, clause) && own(clause);
    holds(&LISTS.commits, tree.lemma(vow)) && clauses.iter().any(negated)
}

/// True where a verb has a negation of its own.
fn is_negated(tree: &Tree, verb: usize) -> bool {
    let not = |c: usize| matches!(tree.lemma(c).to_ascii_lowercase().as_str(), "not" | "n't" | "never");
    tree.children(verb).any(|c| tree.relation(c) == R::Advmod && not(c))
}

/// "called Kyiv, offering help", "called Kyiv and offered help": who is talked to is offered, promised, asked or threatened
/// what the second verb says.
pub(super) fn addressees(tree: &Tree, claim: &Claim, before: &[Claim]) -> Vec<Party> {
    use EventType::{Agree, Aid, Consult, Request, Support, Threaten};
    let joined = matches!(tree.relation(claim.trigger), R::Advcl | R::Conj);
    let participle = joined && tree.child(claim.trigger, R::Mark).is_none();
    // "phoned Kyiv to offer help"
    let head = tree.head(claim.trigger).filter(|_| tree.relation(claim.trigger) == R::Xcomp);
    let purpose = head.is_some_and(|head| holds(&LISTS.purposive, tree.lemma(head)));
    if !(participle || purpose) || !matches!(claim.kind, Agree | Aid | Request | Support | Threaten) {
        return vec![];
    }
    let same = |talk: &&Claim| {
        let one = |party: &Party| claim.actors.iter().any(|actor| actor.country == party.country);
        talk.kind == Consult && tree.head(claim.trigger) == Some(talk.trigger) && talk.actors.iter().any(one)
    };
    before.iter().find(same).map_or(vec![], |talk| talk.recipients.clone())
}
