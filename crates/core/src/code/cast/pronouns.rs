//! Pronouns: whom "he", "it", "they" and "each other" stand for.

use super::{
    stage::{Stage, WINDOW, scene_of},
    words::WORDS,
};
use crate::{
    code::{
        lists::holds,
        memory::{Mention, Wanted},
    },
    labels::{Relation as R, Upos},
    tree::Tree,
    world::{
        actors::{Named, Who, Why},
        scene::Scene,
    },
};

impl Stage<'_, '_> {
    /// Pronouns: `None` where the word is none of those resolved here.
    pub(super) fn pronoun(&mut self, sentence: usize, token: usize, form: &str) -> Option<Vec<Who>> {
        let scene = scene_of(self.scenes, sentence);
        let tree = &scene.tree;
        let span = scene.sentence.tokens[token].span;
        let taking = |whos: Vec<Who>| -> Vec<Who> {
            whos.into_iter().map(|who| Who { span, why: Why::Antecedent(who.span), ..who }).collect()
        };
        if matches!(form, "other" | "another") {
            let before = token.checked_sub(1)?;
            if !(form == "other" && scene.is(before, &["each"]) || form == "another" && scene.is(before, &["one"])) {
                return None;
            }
            let subject = self.subject_near(sentence, token)?;
            return Some(taking(self.group(sentence, subject)));
        }
        if WORDS.is_first_person(form) {
            let subject = self.speaker_near(sentence)?;
            let whos = self.group(sentence, subject);
            return Some(whos.into_iter().map(|who| Who { span, why: Why::Speaker, ..who }).collect());
        }
        if matches!(form, "who" | "which" | "that" | "whose" | "whom") {
            let mut at = token;
            while let Some(head) = tree.head(at) {
                if matches!(tree.relation(at), R::AclRelcl) {
                    return Some(taking(self.resolve(sentence, head)));
                }
                at = head;
            }
            return Some(vec![]);
        }
        if matches!(form, "both" | "neither") {
            return self.two(sentence, token, form);
        }
        let wanted = Wanted::of(form)?;
        if tree.relation(token) == R::Expl {
            return Some(vec![]);
        }
        if form.ends_with("self") || form.ends_with("selves") {
            // "had himself asked for it" only stresses who does.
            if tree.head(token).is_some_and(|verb| verb > token && scene.sentence.tokens[verb].upos == Upos::Verb) {
                return Some(vec![]);
            }
            let subject = self.subject_near(sentence, token)?;
            return Some(taking(self.group(sentence, subject)));
        }
        Some(taking(self.antecedent(sentence, token, wanted)))
    }

    fn antecedent(&mut self, sentence: usize, token: usize, wanted: Wanted) -> Vec<Who> {
        let scene = scene_of(self.scenes, sentence);
        let tree = &scene.tree;
        let possessive = tree.relation(token) == R::NmodPoss;
        let subject_of_clause = self.subject_near(sentence, token);
        // A pronoun in a phrase before the subject looks ahead to it: "In his call with Jaishankar, Rubio said".
        if let Some(subject) = self.main_subject_after(sentence, token) {
            self.group(sentence, subject);
        }
        // "it shot down 99 percent of them": whoever acts is not what it acts on.
        // "Ethiopia attacked its camps": nobody attacks what is their own.
        let other = |s: usize| if possessive { harmed(scene, token, s) } else { acted_on(scene, token, s) };
        let actor_at = subject_of_clause.filter(|&s| s < token && other(s));
        let actor = actor_at.map(|subject| self.resolve(sentence, subject)).unwrap_or_default();
        // "China demanded that they withdraw": nobody asks himself.
        let asker = asks(scene, token).and_then(|subject| self.resolve(sentence, subject).first().copied());
        let person = matches!(wanted, Wanted::He | Wanted::She);
        let quoted = self.quoted[sentence][token];
        let from = self.memory.partition_point(|m| (m.sentence, m.token) < (sentence, token)).saturating_sub(WINDOW);
        let ahead = self.main_subject_after(sentence, token);
        let mut best: Option<(f32, &Mention)> = None;
        for mention in &self.memory[from..] {
            if mention.sentence > sentence {
                break;
            }
            let distance = sentence - mention.sentence;
            if distance > 4 {
                continue;
            }
            let same = distance == 0;
            let looked_ahead = same && Some(mention.token) == ahead;
            if same && mention.token >= token && !looked_ahead {
                continue;
            }
            // "his brother" is not he.
            let here = scene.sentence.tokens[token].span;
            let within = mention.whos.iter().any(|who| who.span.holds(here));
            if same
                && mention.token != token
                && (within
                    || mention.whos.is_empty()
                        && tree.below(token, mention.token)
                        && possessive_inside(scene, token, mention.token))
            {
                continue;
            }
            let is_subject = same && Some(mention.token) == subject_of_clause;
            // "Rubio called him": not the subject of the same verb.
            if is_subject && !possessive && tree.head(token) == tree.head(mention.token) {
                continue;
            }
            // "Syria, it said, attacked": whoever says it is nobody named by what is said.
            if same && tree.relation(token) == R::Nsubj && said_of(scene, token, mention.token) {
                continue;
            }
            // "The consul asked for a meeting with her"
            if same && !possessive && Some(mention.token) == actor_at {
                continue;
            }
            if let ([own], [other]) = (actor.as_slice(), mention.whos.as_slice())
                && own.named != Named::No
                && own.named == other.named
            {
                continue;
            }
            if let [other] = mention.whos.as_slice()
                && let Some(asker) = asker.filter(|asker| asker.country.is_some())
                && other.country == asker.country
                // "The opposition leader demanded that **he** resign": another of the same country.
                && (!person || other.named == Named::No || other.named == asker.named)
            {
                continue;
            }
            let Some(fit) = wanted.fits(mention) else { continue };
            let mut score = fit + mention.rank - 1.6 * distance as f32;
            // "detained Jane Doe, whom it accuses of helping her company": a name of either sex in the same sentence.
            let open = mention.whos.first().is_some_and(|who| who.sex.is_none() && who.named != Named::No);
            if same && wanted == Wanted::She && open {
                score += 1.0;
            }
            // "“Kosovo attacked us,” its spokesman said": whoever speaks is not the one spoken of.
            if mention.quoted && !quoted {
                score -= if same { 2.0 } else { 1.0 };
            }
            // In somebody's own words "he" is somebody else.
            if quoted && !mention.quoted && same && mention.subject {
                score -= 2.0;
            }
            if is_subject && possessive {
                score += 1.5;
            }
            if looked_ahead {
                score += 1.0;
            }
            // "summoned the envoy, handed him a note and told **him** that": what one verb acts on the next one does too.
            if same && !possessive && acts_alike(scene, token, mention.token) {
                score += 1.5;
            }
            // Nearer first inside a sentence, subjects before the rest across sentences.
            let order = (mention.token as f32) / (tree.sentence.tokens.len().max(mention.token + 1) as f32);
            score += if same { 0.6 * order } else { 0.1 * order };
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, mention));
            }
        }
        best.map(|(_, mention)| mention.whos.clone()).unwrap_or_default()
    }

    /// The subject of the main clause where it comes after the phrase that holds the token.
    fn main_subject_after(&self, sentence: usize, token: usize) -> Option<usize> {
        let tree = &self.scenes[sentence].tree;
        let mut at = token;
        let mut verb = None;
        while let Some(head) = tree.head(at) {
            if matches!(tree.relation(at), R::Obl | R::Advcl | R::OblUnmarked) {
                verb = Some(head);
            }
            at = head;
        }
        let subject = tree.children(verb?).find(|&c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass))?;
        (subject > token && !tree.below(token, subject)).then_some(subject)
    }

    /// The subject of the clause a token stands in, through clauses without one of their own.
    pub(super) fn subject_near(&self, sentence: usize, token: usize) -> Option<usize> {
        let tree = &self.scenes[sentence].tree;
        let mut at = token;
        while let Some(head) = tree.head(at) {
            let subject = tree.children(head).find(|&c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass));
            match subject {
                Some(subject) if subject != token && !tree.below(token, subject) => {
                    // "who" and "which" stand for the noun before.
                    let relative = tree.relation(head) == R::AclRelcl
                        && self.scenes[sentence].sentence.tokens[subject].upos == Upos::Pron;
                    return if relative { tree.head(head) } else { Some(subject) };
                }
                _ => at = head,
            }
            // "India, accused of…": a participle's subject is the noun it hangs from.
            if tree.relation(at) == R::Acl {
                return tree.head(at);
            }
        }
        None
    }

    /// The subject of the verb of saying outside the quotation.
    fn speaker_near(&self, sentence: usize) -> Option<usize> {
        let scene = &self.scenes[sentence];
        let quoted = &self.quoted[sentence];
        let subject = |&t: &usize| {
            matches!(scene.tree.relation(t), R::Nsubj)
                && !quoted[t]
                && scene
                    .tree
                    .head(t)
                    .is_some_and(|verb| !quoted[verb] && scene.sentence.tokens[verb].upos == Upos::Verb)
        };
        quoted.iter().any(|&q| q).then(|| (0..quoted.len()).find(subject)).flatten()
    }
}

/// True when a token stands among what the verb of this subject acts on, in the same clause or in one that shares the
/// subject: "Lula phoned Maduro and urged **him**".
fn acted_on(scene: &Scene, token: usize, subject: usize) -> bool {
    let own =
        |verb: usize| scene.tree.children(verb).any(|c| matches!(scene.tree.relation(c), R::Nsubj | R::NsubjPass));
    // "threatened to stop talks with **them**": whoever is told to do something stands between.
    let controls = |at: usize| {
        let above = scene.tree.head(at).filter(|_| scene.tree.relation(at) == R::Xcomp);
        above.is_some_and(|verb| scene.tree.child(verb, R::Obj).or_else(|| scene.tree.child(verb, R::Iobj)).is_none())
    };
    let shares =
        |at: usize| at != token && (matches!(scene.tree.relation(at), R::Conj | R::Advcl) && !own(at) || controls(at));
    let mut at = token;
    while shares(at) || matches!(scene.tree.relation(at), R::Obj | R::Iobj | R::Nmod | R::Obl | R::OblAgent) {
        let Some(head) = scene.tree.head(at) else { return false };
        if scene.tree.head(subject) == Some(head) {
            return true;
        }
        at = head;
    }
    false
}

/// The subject of the verb that asks for what the clause of this subject tells: "**China** demanded that they leave".
fn asks(scene: &Scene, token: usize) -> Option<usize> {
    let tree = &scene.tree;
    let clause = tree.head(token).filter(|_| matches!(tree.relation(token), R::Nsubj | R::NsubjPass))?;
    let verb = tree.head(clause).filter(|_| tree.relation(clause) == R::Ccomp)?;
    if !holds(&WORDS.demands, tree.lemma(verb)) {
        return None;
    }
    let governor = governor(tree, verb);
    tree.children(governor).find(|&c| matches!(tree.relation(c), R::Nsubj))
}

/// True for the objects of two verbs that share a subject.
fn acts_alike(scene: &Scene, token: usize, mention: usize) -> bool {
    let tree = &scene.tree;
    let object = |i: usize| matches!(tree.relation(i), R::Obj | R::Iobj);
    let top = |i: usize| tree.head(i).map(|verb| governor(tree, verb));
    object(token) && object(mention) && tree.head(token) != tree.head(mention) && top(token) == top(mention)
}

/// True for a possessive within what a verb of harm acts on, the subject of which is given: "Jets bombed the camp,
/// killing five of **its** guards".
fn harmed(scene: &Scene, token: usize, subject: usize) -> bool {
    let tree = &scene.tree;
    let of = |i: usize| tree.child(i, R::Case).is_some_and(|case| tree.lemma(case) == "of");
    let mut at = token;
    while matches!(tree.relation(at), R::NmodPoss | R::Nmod | R::Obj | R::Obl | R::Conj) {
        let Some(head) = tree.head(at) else { return false };
        let among = tree.relation(at) == R::Obl && of(at) && tree.child(head, R::Obj).is_some();
        if tree.relation(at) == R::Obj || among {
            // "a boat harassing one of its vessels"
            let hangs = tree.relation(head) == R::Acl && tree.head(head) == Some(subject);
            let acts = tree.head(subject) == Some(governor(tree, head));
            return holds(&WORDS.harm, tree.lemma(head)) && (acts || hangs);
        }
        if tree.relation(at) == R::Obl {
            return false;
        }
        at = head;
    }
    false
}

/// The verb that lends its subject to this one: "**bombed** the camp, killing".
fn governor(tree: &Tree, mut verb: usize) -> usize {
    let own = |verb: usize| tree.children(verb).any(|c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass));
    while matches!(tree.relation(verb), R::Advcl | R::Conj)
        && !own(verb)
        && let Some(head) = tree.head(verb)
    {
        verb = head;
    }
    verb
}

/// True where `mention` stands in the clause that the subject `token` says: "Syria, it said, attacked".
fn said_of(scene: &Scene, token: usize, mention: usize) -> bool {
    let tree = &scene.tree;
    let Some(verb) = tree.head(token) else { return false };
    // "Togo accused Chad; its answer, it said, was weak": what stands before is said by nobody.
    let apart = |c: usize| (c.min(verb)..c.max(verb)).any(|t| tree.lemma(t) == ";");
    let clause = tree.children(verb).find(|&c| tree.relation(c) == R::Ccomp && c != token && !apart(c));
    // "The rebels withdrew; they blamed Chad" says it of themselves.
    let whole = tree.children(verb).any(|c| c > verb && matches!(tree.relation(c), R::Obj | R::Iobj | R::Xcomp));
    let aside = tree.head(verb).filter(|_| tree.relation(verb) == R::Parataxis && !whole);
    let top = |clause: usize| tree.head(mention) == Some(clause) && tree.relation(mention) == R::Nsubj;
    clause.is_some_and(|clause| clause == mention || tree.below(mention, clause)) || aside.is_some_and(top)
}

/// True when the possessive stands inside the very phrase: the "his" of "his brother".
fn possessive_inside(scene: &Scene, token: usize, head: usize) -> bool {
    let mut at = token;
    while let Some(up) = scene.tree.head(at) {
        if matches!(scene.tree.relation(at), R::AclRelcl | R::Acl | R::Advcl | R::Ccomp) {
            return false;
        }
        if up == head {
            return true;
        }
        at = up;
    }
    false
}
