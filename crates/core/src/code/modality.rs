//! Whether it happened, as the words tell it: occurred, planned, threatened, hypothetical, negated.
//!
//! The words are in `crates/data/code/modality.toml`; here stands how they reach down the tree. The innermost operator
//! decides, but a negation outside turns an occurrence round. After the lexicon-driven factuality of De Facto (Saurí
//! and Pustejovsky 2012), with one source.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    arguments::{is_passive, is_verbal},
    factuality,
};
use crate::{
    Modality, Relation as R, Tree, Upos,
    error::{Error, Place},
};

/// The operator words by part of speech.
#[derive(Clone, Debug, Default)]
pub struct Operators {
    verbs: HashMap<String, Modality>,
    verbs_of_nouns: HashMap<String, Modality>,
    nouns: HashMap<String, Modality>,
    adjectives: HashMap<String, Modality>,
    auxiliaries: HashMap<String, Modality>,
    marks: HashMap<String, Modality>,
    particles: HashMap<String, Modality>,
    /// Words of obligation.
    duties: HashSet<String>,
    /// Words by which somebody binds himself.
    vows: HashSet<String>,
    /// Subjects and objects that are nobody and nothing, and what stands before them.
    none: HashSet<String>,
}

impl Operators {
    /// Reads the word lists.
    ///
    /// # Errors
    /// A group or a modality that does not exist, with its line.
    pub fn read(file: &str, text: &str) -> Result<Self, Error> {
        type Lists = BTreeMap<String, BTreeMap<String, Vec<String>>>;
        let lists: Lists = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            Place::of(file, text, offset).error(error.message(), "mend the TOML")
        })?;
        let mut operators = Self::default();
        for (group, modalities) in lists {
            let wrong = |what: &str, hint: &str| {
                Place::of(file, text, text.find(what).unwrap_or(0)).error(format!("unknown `{what}`"), hint)
            };
            let target = match group.as_str() {
                "verbs" => &mut operators.verbs,
                "verbs_of_nouns" => &mut operators.verbs_of_nouns,
                "nouns" => &mut operators.nouns,
                "adjectives" => &mut operators.adjectives,
                "auxiliaries" => &mut operators.auxiliaries,
                "marks" => &mut operators.marks,
                "particles" => &mut operators.particles,
                "none" => {
                    operators.none.extend(modalities.into_values().flatten());
                    continue;
                }
                "duties" => {
                    operators.duties.extend(modalities.into_values().flatten());
                    continue;
                }
                "vows" => {
                    operators.vows.extend(modalities.into_values().flatten());
                    continue;
                }
                other => {
                    return Err(wrong(
                        other,
                        "verbs, verbs_of_nouns, nouns, adjectives, auxiliaries, marks, particles, none, duties or vows",
                    ));
                }
            };
            for (name, words) in modalities {
                let modality = Modality::from_name(&name)
                    .ok_or_else(|| wrong(&name, "occurred, planned, threatened, hypothetical or negated"))?;
                target.extend(words.into_iter().map(|word| (word, modality)));
            }
        }
        Ok(operators)
    }

    /// The modality of what token `i` (a verb or an event noun) tells. A negation among the words of the entry that
    /// fired (`wording`) is a part of what happened: "would **not** tolerate", "has **no** intention of".
    pub fn modality(&self, tree: &Tree, i: usize, wording: &[usize]) -> Modality {
        self.up(tree, i, wording, 5)
    }

    /// What readers would say of token `i`, a predicate: whether it happened by the learnt weights, and where it did not,
    /// how by the rules.
    pub fn factuality(&self, tree: &Tree, i: usize) -> Modality {
        let rule = self.modality(tree, i, &[]);
        // What a word beside it negates ("none of them were hit") is no matter of weight, and claims say so too.
        if self.own(tree, i, &[]) == Modality::Negated {
            return Modality::Negated;
        }
        let mut features = Vec::with_capacity(128);
        factuality::features(tree, i, rule, &mut features);
        match rule {
            _ if factuality::score(&factuality::WEIGHTS, &features) > 0 => Modality::Occurred,
            Modality::Occurred => Modality::Hypothetical,
            rule => rule,
        }
    }

    /// True for "will not talk", "would not talk": not only that it does not happen, but that it is refused.
    pub fn is_refusal(&self, tree: &Tree, i: usize) -> bool {
        self.own(tree, i, &[]) == Modality::Negated && self.is_announced(tree, i)
    }

    /// True for what is told as a thing to come: "will strike", and as reported "would strike", whatever it depends on.
    pub fn is_announced(&self, tree: &Tree, i: usize) -> bool {
        let mut auxiliaries = tree.children(i).filter(|&c| tree.relation(c) == R::Aux);
        // "would have struck" did not come.
        let first = auxiliaries.next().map(|c| lower(tree.lemma(c)));
        let to_come = first.is_some_and(|first| {
            matches!(first.as_ref(), "would" | "'d") || self.auxiliaries.get(first.as_ref()) == Some(&Modality::Planned)
        });
        to_come && auxiliaries.all(|c| tree.lemma(c) != "have")
    }

    /// True for what somebody vows to do: "vowed to strike", "its pledge to close the strait".
    pub fn is_vowed(&self, tree: &Tree, i: usize) -> bool {
        let above = |i: usize| {
            let open = matches!(tree.relation(i), R::Xcomp | R::Acl | R::Conj);
            tree.head(i).filter(|_| open)
        };
        let vow = |at: &usize| self.vows.contains(lower(tree.lemma(*at)).as_ref());
        std::iter::successors(above(i), |&at| above(at)).take(3).any(|at| vow(&at))
    }

    /// True where somebody is told that they should or must do it.
    pub fn is_duty(&self, tree: &Tree, trigger: usize) -> bool {
        let mut i = trigger;
        for _ in 0..3 {
            let duty = |t: usize| self.duties.contains(lower(tree.lemma(t)).as_ref());
            // "has struck" is no duty, "has to strike" is.
            let modal = |c: usize| tree.relation(c) == R::Aux && tree.lemma(c) != "have" && duty(c);
            if tree.children(i).any(modal) || i != trigger && duty(i) {
                return true;
            }
            match (tree.relation(i), tree.head(i)) {
                (R::Xcomp | R::Conj, Some(head)) => i = head,
                _ => return false,
            }
        }
        false
    }

    fn up(&self, tree: &Tree, i: usize, wording: &[usize], depth: usize) -> Modality {
        let own = self.own(tree, i, wording);
        if own != Modality::Occurred || depth == 0 {
            return own;
        }
        let Some(head) = tree.head(i) else { return Modality::Occurred };
        let verb = is_verbal(tree, i);
        match tree.relation(i) {
            R::Conj => {
                let kind = |t: usize| tree.sentence.tokens[t].upos;
                let own_subject = tree.children(i).any(|c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass));
                // "did not fire back **but** appealed to the UN": what is set against it is not denied with it.
                let but =
                    tree.child(i, R::Cc).is_some_and(|cc| matches!(lower(tree.lemma(cc)).as_ref(), "but" | "yet"));
                let against = but && self.own(tree, head, wording) == Modality::Negated;
                if verb && (own_subject || against) {
                    self.governor(tree, head, wording, depth)
                } else if (kind(i) == Upos::Verb) == (kind(head) == Upos::Verb) {
                    self.up(tree, head, wording, depth - 1)
                } else {
                    Modality::Occurred
                }
            }
            R::Xcomp | R::Ccomp | R::Csubj | R::CsubjPass | R::Acl if verb => {
                self.through(tree, head, i, wording, depth)
            }
            R::Advcl if verb => {
                let mark = tree.children(i).find(|&c| tree.relation(c) == R::Mark);
                match mark.map(|mark| tree.lemma(mark)) {
                    // a purpose
                    Some("to") => Modality::Hypothetical,
                    Some("of" | "from" | "for" | "against") => self.through(tree, head, i, wording, depth),
                    // "will not stop until the junta disarms"
                    Some("until" | "once" | "unless") if self.is_open(tree, head) => Modality::Hypothetical,
                    _ => Modality::Occurred,
                }
            }
            // "plan an attack", "a threat of strikes", "stopped by an attack"
            R::Obj | R::Nmod | R::Compound | R::NsubjPass if !verb => self.through(tree, head, i, wording, depth),
            R::Obl if !verb => {
                let case = tree.children(i).find(|&c| tree.relation(c) == R::Case).map(|case| tree.lemma(case));
                if matches!(case, Some("for" | "of" | "from" | "to" | "against" | "without")) {
                    self.through(tree, head, i, wording, depth)
                } else {
                    Modality::Occurred
                }
            }
            _ => Modality::Occurred,
        }
    }

    /// True for what is yet to come or may never do.
    fn is_open(&self, tree: &Tree, i: usize) -> bool {
        self.is_announced(tree, i) || !matches!(self.up(tree, i, &[], 1), Modality::Occurred | Modality::Negated)
    }

    /// What stands beside the token itself.
    fn own(&self, tree: &Tree, i: usize, wording: &[usize]) -> Modality {
        let mut found = Modality::Occurred;
        for child in tree.children(i).filter(|child| !wording.contains(child)) {
            let lemma = lower(tree.lemma(child));
            // "**not only** repelled the raid but …": both happened.
            if lemma == "not" && child + 1 < i && matches!(tree.lemma(child + 1), "only" | "just" | "merely" | "simply")
            {
                continue;
            }
            let here = match tree.relation(child) {
                R::Aux => self.auxiliaries.get(lemma.as_ref()),
                R::Mark | R::Advmod | R::Det | R::Cc | R::Case | R::CcPreconj => {
                    self.particles.get(lemma.as_ref()).or_else(|| self.marks.get(lemma.as_ref()))
                }
                R::Amod => self.adjectives.get(lemma.as_ref()),
                _ => None,
            };
            // "no longer"
            let ended = || tree.children(child).any(|c| lower(tree.lemma(c)) == "no" && !wording.contains(&c));
            match here {
                Some(Modality::Negated) => return Modality::Negated,
                None if tree.relation(child) == R::Advmod && ended() => return Modality::Negated,
                Some(&modality) if found == Modality::Occurred => found = modality,
                _ => {}
            }
        }
        if self.is_none(tree, i, wording) {
            return Modality::Negated;
        }
        if found == Modality::Hypothetical && self.is_later(tree, i) || found == Modality::Occurred && is_due(tree, i) {
            return Modality::Planned;
        }
        if found == Modality::Occurred && is_asked(tree, i) {
            return Modality::Hypothetical;
        }
        let token = &tree.sentence.tokens[i];
        if found == Modality::Occurred && token.upos == Upos::Verb && token.relation == R::Root {
            let bare = token.xpos.as_str() == "VB";
            let subject = tree.children(i).any(|c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass));
            // "Peru to strike Chile"
            if bare
                && subject
                && tree.children(i).any(|c| c < i && tree.lemma(c) == "to" && tree.relation(c) == R::Mark)
            {
                return Modality::Planned;
            }
            // an order or an appeal
            if bare && !subject && tree.child(i, R::Aux).is_none() {
                return Modality::Hypothetical;
            }
        }
        found
    }

    /// "X said it would send aid": what was to come when it was said, and depends on nothing.
    fn is_later(&self, tree: &Tree, i: usize) -> bool {
        let would = tree.children(i).any(|c| tree.relation(c) == R::Aux && lower(tree.lemma(c)) == "would");
        let Some(said) = tree.head(i).filter(|_| would && tree.relation(i) == R::Ccomp) else { return false };
        let open = |c: usize| {
            let mark = tree.child(c, R::Mark).map(|mark| lower(tree.lemma(mark)));
            tree.relation(c) == R::Advcl && mark.is_some_and(|mark| matches!(mark.as_ref(), "if" | "unless" | "should"))
        };
        let word = self.verbs.get(lower(tree.lemma(said)).as_ref());
        is_past(tree, said)
            && !matches!(word, Some(Modality::Hypothetical | Modality::Negated))
            && self.own(tree, said, &[]) != Modality::Negated
            && !tree.children(i).chain(tree.children(said)).any(open)
    }

    /// "Nobody attacked", "no troops crossed", "has yet to leave".
    fn is_none(&self, tree: &Tree, i: usize, wording: &[usize]) -> bool {
        let none = |c: usize| !wording.contains(&c) && self.none.contains(lower(tree.lemma(c)).as_ref());
        let child = |c: usize| match tree.relation(c) {
            R::Nsubj | R::NsubjPass | R::Obj => {
                // "Not one of the terms was kept"
                let not = |d: usize| tree.relation(d) == R::Advmod && d < c && lower(tree.lemma(d)) == "not";
                none(c)
                    || tree
                        .children(c)
                        .any(|d| !wording.contains(&d) && (tree.relation(d) == R::Det && none(d) || not(d)))
            }
            R::Advmod => tree.lemma(c) == "yet" && tree.children(i).any(|m| m > c && tree.lemma(m) == "to"),
            _ => false,
        };
        let yet = tree.relation(i) == R::Xcomp
            && tree.head(i).is_some_and(|head| {
                tree.lemma(head) == "have" && tree.children(head).any(|c| tree.lemma(c) == "yet" && c > head && c < i)
            });
        is_verbal(tree, i) && (yet || tree.children(i).any(child))
    }

    /// What the word above does to the clause or noun below it.
    fn through(&self, tree: &Tree, head: usize, below: usize, wording: &[usize], depth: usize) -> Modality {
        let noun = !is_verbal(tree, below);
        let lemma = lower(tree.lemma(head));
        let token = &tree.sentence.tokens[head];
        let word = match token.upos {
            // "called the raid unacceptable": there was one.
            Upos::Verb if noun && lemma == "call" && tree.child(head, R::Xcomp).is_some() => None,
            Upos::Verb | Upos::Aux if noun => self.verbs_of_nouns.get(lemma.as_ref()),
            Upos::Verb | Upos::Aux => self.verbs.get(lemma.as_ref()),
            Upos::Noun | Upos::Propn => self.nouns.get(lemma.as_ref()),
            Upos::Adj => self.adjectives.get(lemma.as_ref()),
            _ => None,
        };
        let finite = tree.relation(below) == R::Ccomp;
        let tag = token.xpos.as_str();
        let to = || tree.children(below).any(|c| c < below && tree.lemma(c) == "to");
        match lemma.as_ref() {
            // "is going to leave", "is about to leave"
            "go" if tag == "VBG" && to() => return Modality::Planned,
            "about" if to() => return Modality::Planned,
            // "has to leave" is open, "had to leave" is leaving
            "have" if !noun && to() && tag != "VBD" => return Modality::Hypothetical,
            // "was able to leave" is leaving
            "able" if tree.children(head).any(|c| tree.relation(c) == R::Cop && is_past(tree, c)) => {
                return self.up(tree, head, wording, depth - 1);
            }
            _ => {}
        }
        // "Called **for** a raid" wishes for one, "called the raid a crime" judges one.
        let judged = noun && lemma == "call" && tree.relation(below) == R::Obj;
        match word.filter(|_| !judged) {
            Some(Modality::Occurred) if finite => self.governor(tree, head, wording, depth),
            Some(Modality::Occurred) => self.up(tree, head, wording, depth - 1),
            // "insists that only rebels died" tells of it, "insists that he leave" does not.
            Some(Modality::Hypothetical) if finite && lemma == "insist" && is_told(tree, below) => Modality::Occurred,
            // "announced that X resigned", "warned that X had left" tell of it.
            Some(Modality::Planned | Modality::Threatened) if finite => Modality::Occurred,
            Some(&modality) => {
                // not refusing is doing; not planning is nothing
                if self.own(tree, head, wording) == Modality::Negated {
                    return if modality == Modality::Negated { Modality::Occurred } else { Modality::Negated };
                }
                modality
            }
            None if noun && is_verbal(tree, head) => Modality::Occurred,
            None => self.governor(tree, head, wording, depth),
        }
    }

    fn governor(&self, tree: &Tree, head: usize, wording: &[usize], depth: usize) -> Modality {
        // A statement keeps its own mood: "did not say that X left" tells nothing of X.
        if is_verbal(tree, head)
            && !matches!(tree.relation(head), R::Xcomp | R::Conj | R::Acl)
            && !is_passive(tree, head)
        {
            return Modality::Occurred;
        }
        self.up(tree, head, wording, depth - 1)
    }
}

/// "Germany is to supply tanks".
fn is_due(tree: &Tree, i: usize) -> bool {
    let be = |c: usize| matches!(tree.relation(c), R::Cop | R::Aux) && tree.lemma(c) == "be";
    let mut before = tree.children(i).filter(|&c| c < i);
    let copula = before.find(|&c| be(c));
    let to = before.find(|&c| tree.lemma(c) == "to" && tree.relation(c) == R::Mark);
    // "their aim is to supply tanks": what it is for, and no plan to be met.
    let thing = |c: usize| tree.relation(c) == R::NsubjOuter;
    tree.sentence.tokens[i].xpos.as_str() == "VB" && copula.is_some() && to.is_some() && !tree.children(i).any(thing)
}

/// True for a verb in the indicative: "died", "has left", "is".
fn is_told(tree: &Tree, i: usize) -> bool {
    let told = |t: usize| matches!(tree.sentence.tokens[t].xpos.as_str(), "VBD" | "VBZ");
    told(i) || tree.children(i).any(|c| matches!(tree.relation(c), R::Aux | R::AuxPass | R::Cop) && told(c))
}

fn is_past(tree: &Tree, i: usize) -> bool {
    tree.sentence.tokens[i].xpos.as_str() == "VBD"
}

/// "Did they leave?", and "Had they left, …": a helping verb before the subject with nothing asked for before it.
fn is_asked(tree: &Tree, i: usize) -> bool {
    let tokens = &tree.sentence.tokens;
    let question = tokens.last().is_some_and(|last| last.lemma == "?");
    // The parser may take the subject for part of the predicate: "Did Egypt arrest …?"
    if question && tree.relation(i) == R::Root && tokens[0].upos == Upos::Aux {
        return true;
    }
    let subject = tree.children(i).find(|&c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass));
    let helping = tree.children(i).find(|&c| matches!(tree.relation(c), R::Aux | R::AuxPass | R::Cop));
    let (Some(subject), Some(helping)) = (subject, helping) else { return false };
    let inverted = helping < subject && subject < i;
    let asked = tree.children(i).any(|c| c < helping && matches!(tokens[c].xpos.as_str(), "WRB" | "WP" | "WDT"));
    match tree.relation(i) {
        R::Advcl => {
            inverted
                && !tree.children(i).any(|c| tree.relation(c) == R::Mark)
                && tree.children(i).next() == Some(helping)
        }
        R::Root | R::Conj | R::Ccomp | R::Parataxis => inverted && !asked && question,
        _ => false,
    }
}

fn lower(lemma: &str) -> std::borrow::Cow<'_, str> {
    if lemma.bytes().any(|b| b.is_ascii_uppercase()) { lemma.to_lowercase().into() } else { lemma.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_lists_are_read_and_an_unknown_group_is_told() {
        let operators = Operators::read("modality.toml", demarche_data::MODALITY).unwrap();
        assert_eq!(operators.verbs["refuse"], Modality::Negated);
        let error = Operators::read("modality.toml", "[verb]\nplanned = [\"plan\"]\n").unwrap_err();
        assert!(error.to_string().contains("unknown `verb`"), "{error}");
    }
}
