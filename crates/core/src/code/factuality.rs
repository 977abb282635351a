//! Did it happen? A linear model over the words around and above a predicate: hashed features, weights of one byte.
//!
//! The rules of `modality` know which words make a plan, a threat or a denial; what they cannot weigh ("she was able to
//! leave", "I think it broke", headlines, orders, wishes between the lines) is learnt by `crates/train` from judgements of
//! readers. [`features`] is shared with the trainer, so that both see the same.

use std::sync::LazyLock;

use super::arguments::is_verbal;
use crate::{Modality, Relation as R, Tree, Upos};

/// Weights of the model; a power of two.
pub const SIZE: usize = 1 << 16;

/// How many heads are looked at above a predicate.
const CLIMB: usize = 4;

/// One step of FNV-1a over 32-bit words.
const fn step(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(0x0100_0193)
}

/// A word as a number, whatever its case.
pub(super) fn word(lemma: &str) -> u32 {
    lemma.bytes().fold(0x811C_9DC5, |hash, byte| step(hash, u32::from(byte.to_ascii_lowercase())))
}

const NEGATIONS: &[&str] =
    &["not", "n't", "n’t", "nt", "never", "no", "neither", "nor", "nobody", "none", "nothing", "hardly", "without"];

fn is_negation(lemma: &str) -> bool {
    NEGATIONS.iter().any(|negation| negation.eq_ignore_ascii_case(lemma))
}

/// True for the auxiliaries of a verb, passive ones too.
fn is_auxiliary(relation: R) -> bool {
    matches!(relation, R::Aux | R::AuxPass)
}

fn is_subject(relation: R) -> bool {
    matches!(relation, R::Nsubj | R::NsubjPass | R::NsubjOuter | R::Csubj | R::CsubjPass)
}

/// The features of one predicate, as places in the table of weights.
struct Features<'o>(&'o mut Vec<u32>);

impl Features<'_> {
    fn add(&mut self, template: u32, a: u32, b: u32) {
        let mut hash = template.wrapping_mul(0x9E37_79B1);
        for value in [a, b] {
            hash = (hash ^ value).wrapping_mul(0x85EB_CA6B);
            hash ^= hash >> 15;
        }
        hash = hash.wrapping_mul(0xC2B2_AE35);
        self.0.push((hash >> 16) & (SIZE as u32 - 1));
    }

    /// What stands beside token `i`, which is `level` heads above the predicate.
    fn beside(&mut self, tree: &Tree, i: usize, level: u32) {
        let t = |template: u32| template + level * 64;
        let tokens = &tree.sentence.tokens;
        let kind = |i: usize| word(tokens[i].xpos.as_str());
        let relation = tree.relation(i) as u32;
        let negated = tree.children(i).any(|c| {
            matches!(tree.relation(c), R::Advmod | R::Det | R::Cc | R::Mark | R::Case) && is_negation(tree.lemma(c))
        });
        let auxiliaries = || tree.children(i).filter(|&c| is_auxiliary(tree.relation(c)));
        let modals = auxiliaries().fold(u32::from(negated), |hash, c| step(hash, word(tree.lemma(c))));
        let tense = auxiliaries().fold(step(modals, kind(i)), |hash, c| step(hash, kind(c)));
        self.add(t(1), u32::from(negated), 0);
        self.add(t(2), kind(i), 0);
        self.add(t(3), modals, 0);
        self.add(t(4), tense, 0);
        self.add(t(5), relation, 0);
        self.add(t(6), word(tree.lemma(i)), 0);
        let mut subject = false;
        for c in tree.children(i) {
            let lemma = word(tree.lemma(c));
            let any_negation = || tree.children(c).any(|d| is_negation(tree.lemma(d)));
            match tree.relation(c) {
                R::Aux | R::AuxPass => self.add(t(7), lemma, u32::from(negated)),
                R::Mark => {
                    self.add(t(8), lemma, 0);
                    self.add(t(9), lemma, relation);
                }
                R::Advmod => self.add(t(10), lemma, 0),
                R::Cop => self.add(t(11), lemma, kind(c)),
                one if is_subject(one) => {
                    subject = true;
                    self.add(t(12), lemma, 0);
                    self.add(t(13), tokens[c].upos as u32, 0);
                    self.add(t(14), lemma, tense);
                    self.add(t(15), u32::from(any_negation()), 0);
                    for d in tree.children(c).filter(|&d| tree.relation(d) == R::Det) {
                        self.add(t(16), word(tree.lemma(d)), 0);
                    }
                }
                R::Obj | R::Obl => {
                    self.add(t(17), tree.relation(c) as u32, u32::from(any_negation()));
                }
                R::Advcl => {
                    for d in tree.children(c).filter(|&d| tree.relation(d) == R::Mark) {
                        self.add(t(18), word(tree.lemma(d)), 0);
                    }
                }
                R::Xcomp | R::Ccomp => self.add(t(19), tree.relation(c) as u32, 0),
                _ => {}
            }
        }
        if !subject {
            self.add(t(20), 0, 0);
            self.add(t(21), tense, relation);
        }
    }

    /// The heads above `i`, with the way to them and the words that join them.
    fn above(&mut self, tree: &Tree, i: usize) {
        let tokens = &tree.sentence.tokens;
        let (mut at, mut path) = (i, 0);
        for level in 1..=CLIMB {
            let Some(head) = tree.head(at) else { break };
            let relation = tree.relation(at);
            path = step(path, relation as u32 + 1);
            let lemma = word(tree.lemma(head));
            let marks = tree.children(at).filter(|&c| tree.relation(c) == R::Mark);
            let marks = marks.fold(path, |hash, c| step(hash, word(tree.lemma(c))));
            let negated = tree.children(head).any(|c| tree.relation(c) == R::Advmod && is_negation(tree.lemma(c)));
            self.add(300, path, 0);
            self.add(301, path, lemma);
            self.add(302, marks, lemma);
            if level <= 2 {
                self.beside(tree, head, level as u32);
            } else {
                for c in tree.children(head) {
                    match tree.relation(c) {
                        R::Mark => self.add(303, word(tree.lemma(c)), 0),
                        R::Aux | R::AuxPass => self.add(304, word(tree.lemma(c)), 0),
                        _ => {}
                    }
                }
            }
            if matches!(relation, R::Xcomp | R::Ccomp | R::Advcl | R::Conj | R::Acl) {
                self.add(305, relation as u32, lemma);
            }
            if negated {
                self.add(306, path, 0);
                self.add(307, 0, 0);
                self.add(308, path, lemma);
            }
            at = head;
        }
        self.add(309, word(tree.lemma(at)), 0);
        self.add(310, word(tokens[at].xpos.as_str()), 0);
    }
}

/// The features of what token `i` tells; `rule` is what the rules say of it.
pub fn features(tree: &Tree, i: usize, rule: Modality, out: &mut Vec<u32>) {
    out.clear();
    let tokens = &tree.sentence.tokens;
    let mut features = Features(out);
    features.add(320, 0, 0);
    features.beside(tree, i, 0);
    features.above(tree, i);
    let (relation, kind) = (tree.relation(i) as u32, word(tokens[i].xpos.as_str()));
    let asks = |from: usize| u32::from(tokens[from..].iter().any(|token| token.lemma == "?"));
    features.add(321, tokens.last().map_or(0, |last| word(&last.lemma)), 0);
    features.add(322, asks(i), 0);
    features.add(323, asks(i), relation);
    features.add(324, rule as u32, 0);
    features.add(325, rule as u32, kind);
    features.add(326, rule as u32, relation);
    // The words around it, whatever the tree says.
    let at = |steps: isize| i.checked_add_signed(steps).and_then(|at| tokens.get(at));
    let lemma = |steps: isize| at(steps).map_or(0, |token| word(&token.lemma));
    let tag = |steps: isize| at(steps).map_or(0, |token| word(token.xpos.as_str()));
    for steps in [-3, -2, -1, 1, 2, 3] {
        features.add(327, lemma(steps), steps as u32);
    }
    features.add(328, lemma(-1), lemma(-2));
    features.add(329, lemma(-1), kind);
    features.add(330, step(lemma(-1), lemma(-2)), kind);
    features.add(331, step(lemma(-1), lemma(-2)), lemma(-3));
    features.add(332, tag(-1), kind);
    features.add(333, step(tag(-1), tag(-2)), kind);
    features.add(334, word(&tokens[0].lemma), 0);
    out.sort_unstable();
    out.dedup();
}

/// The weights that ship.
pub static WEIGHTS: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(demarche_data::FACTUALITY));

/// Weights as they are kept: a bit for each whether it is any, least significant first, then those that are.
pub fn pack(weights: &[u8]) -> Vec<u8> {
    let bits = weights.chunks(8).map(|eight| eight.iter().rev().fold(0, |byte, &w| byte << 1 | u8::from(w != 0)));
    bits.chain(weights.iter().copied().filter(|&w| w != 0)).collect()
}

/// The [`SIZE`] weights that [`pack`] keeps.
///
/// ```
/// use demarche_core::code::factuality::{SIZE, pack, unpack};
/// let mut weights = vec![0; SIZE];
/// (weights[3], weights[SIZE - 1]) = (200, 7);
/// assert_eq!(unpack(&pack(&weights)), weights);
/// assert_eq!(pack(&weights).len(), SIZE / 8 + 2);
/// ```
pub fn unpack(bytes: &[u8]) -> Vec<u8> {
    let (bits, kept) = bytes.split_at(bytes.len().min(SIZE / 8));
    let mut kept = kept.iter();
    let is_any = |at: usize| bits.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1);
    (0..SIZE).map(|at| if is_any(at) { kept.next().copied().unwrap_or(0) } else { 0 }).collect()
}

/// How sure the model is that it happened: above zero it did. Weights are signed bytes.
pub fn score(weights: &[u8], features: &[u32]) -> i32 {
    features.iter().map(|&feature| i32::from(weights[feature as usize] as i8)).sum()
}

/// True for what can be asked whether it happened: verbs but auxiliaries, and other heads of clauses.
pub fn is_predicate(tree: &Tree, i: usize) -> bool {
    let relation = tree.relation(i);
    match tree.sentence.tokens[i].upos {
        Upos::Verb => true,
        Upos::Aux => !is_auxiliary(relation) && relation != R::Cop,
        Upos::Noun | Upos::Adj | Upos::Propn | Upos::Adv => {
            is_verbal(tree, i)
                || matches!(relation, R::Root | R::Xcomp | R::Ccomp | R::Advcl | R::Acl | R::AclRelcl | R::Csubj)
                || tree.children(i).any(|c| is_subject(tree.relation(c)))
                || (relation == R::Conj && tree.head(i).is_some_and(|head| head != i && is_predicate(tree, head)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Modality, code::Coder, parse};

    fn of(text: &str, word: &str) -> Option<Modality> {
        let sentences = parse(text);
        let sentence = &sentences[0];
        let at = (0..sentence.tokens.len()).find(|&i| sentence.form(text, i) == word).unwrap();
        Coder::embedded().factuality(sentence, text)[at]
    }

    #[test]
    fn what_is_told_in_the_past_happened_and_what_is_denied_did_not() {
        assert_eq!(of("The envoy left the capital on Monday.", "left"), Some(Modality::Occurred));
        assert_eq!(of("The envoy did not leave the capital.", "leave"), Some(Modality::Negated));
        assert_eq!(of("If the envoy leaves, the talks will end.", "leaves"), Some(Modality::Hypothetical));
    }

    #[test]
    fn what_a_word_beside_it_negates_is_negated_whatever_the_weights_say() {
        assert_eq!(of("None of the nationals of the friendly country were hit.", "hit"), Some(Modality::Negated));
        assert_eq!(of("The raid could hardly have been mounted without help.", "mounted"), Some(Modality::Negated));
    }

    #[test]
    fn managing_is_doing_and_failing_is_not() {
        assert_eq!(of("The troops managed to cross the river.", "cross"), Some(Modality::Occurred));
        assert_ne!(of("The troops failed to cross the river.", "cross"), Some(Modality::Occurred));
    }

    #[test]
    fn words_that_tell_no_event_are_not_judged() {
        assert_eq!(of("The old envoy left.", "old"), None);
        assert_eq!(of("The envoy has left.", "has"), None);
    }
}
