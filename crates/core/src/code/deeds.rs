//! The deed that a claim is about: whether its words name one, whom it fell on, and who is blamed for it.

use super::{
    codebook::{Entry, Frame, Role},
    frames::{Match, Scene},
    lists::{LISTS, holds},
    parties::About,
    words::Part,
};
use crate::{AccordingTo, Claim, EventType, Party, Relation as R, Stance, Tree, Upos, world::figures::is_of_victims};

/// "Summoned the envoy over the attack", "condemned Togo for the raid": whoever is rebuked for a deed did it, to whoever
/// rebukes him where the words tell nobody else. Who is only blamed for it may have done nothing.
pub(super) fn blamed(scene: &Scene, claim: &mut Claim, before: &[Claim]) {
    let tree = scene.tree;
    let known = |parties: &[Party]| parties.iter().any(|party| party.country.is_some());
    let over =
        tree.child(claim.trigger, R::Case).is_some_and(|case| matches!(tree.lemma(case), "over" | "for" | "about"));
    if !over || claim.kind.quad() != 4 || known(&claim.actors) {
        return;
    }
    let charge = |other: &&Claim| {
        let rebuke = other.kind == EventType::Accuse && other.mode.as_deref() == Some("disapprove");
        (rebuke || other.kind == EventType::Sanction) && tree.head(claim.trigger) == Some(other.trigger)
    };
    let Some(charge) = before.iter().find(charge).filter(|charge| known(&charge.recipients)) else { return };
    let span = tree.sentence.tokens[claim.trigger].span;
    let why = "not named here: who is charged with it";
    let of = |parties: &[Party]| -> Vec<Party> {
        parties.iter().map(|party| Party { span, why: why.to_owned(), ..party.clone() }).collect()
    };
    claim.actors = of(&charge.recipients);
    if !known(&claim.recipients) && charge.actors.iter().any(|party| scene.cast.has_state(party)) {
        claim.recipients = of(&charge.actors);
    }
}

/// True for "clash", "fighting": what two do to each other has no one author.
pub(super) fn is_exchange(scene: &Scene, noun: usize) -> bool {
    let frames = scene.book.frames.get(&(scene.words[noun], Part::Noun));
    frames.is_some_and(|frames| frames.iter().any(|frame| scene.book.entries[frame.entry as usize].reciprocal))
}

/// What tells of a claim whom it is meant for where it names nobody.
pub(super) fn about(scene: &Scene, found: &Match, claim: &Claim) -> About {
    let word = scene.tree.lemma(found.trigger);
    // "the raids, **which** Oslo supported"
    let tree = scene.tree;
    let relative = |object: usize| tree.lemma(object) == "which" && tree.sentence.tokens[object].upos == Upos::Pron;
    let before = |object: usize| (0..object).rev().find(|&t| tree.sentence.tokens[t].upos != Upos::Punct);
    let object = found.arguments.object;
    let object = object.map(|object| before(object).filter(|_| relative(object)).unwrap_or(object));
    match claim.kind {
        EventType::Request if holds(&LISTS.demands, word) => About::Demand,
        EventType::Agree if holds(&LISTS.promises, word) => About::Promise,
        EventType::Assault if is_of_victims(word) => About::Victims,
        _ if object.is_some_and(|object| is_attack(scene, object)) => About::Deed,
        _ if object.is_some_and(|object| holds(&LISTS.remarks, scene.tree.lemma(object))) => About::Words,
        _ if object.is_some_and(|object| holds(&LISTS.steps, scene.tree.lemma(object))) => About::Step,
        _ => About::Other,
    }
}

/// "Jets sank three boats, killing **ten men**": the dead are of the side that was hit, where nothing tells otherwise.
pub(super) fn fallen(tree: &Tree, claim: &mut Claim, before: &[Claim]) {
    let assault = |claim: &Claim| claim.kind == EventType::Assault;
    if !assault(claim) || tree.relation(claim.trigger) != R::Advcl || claim.actors.is_empty() {
        return;
    }
    let own = |party: &Party| claim.actors.iter().any(|actor| actor.country == party.country);
    let guessed = |party: &Party| party.country.is_none() || own(party) && !party.why.starts_with("described by");
    let Some(hit) = before.iter().find(|hit| assault(hit) && tree.head(claim.trigger) == Some(hit.trigger)) else {
        return;
    };
    let Some(side) = hit.recipients.iter().find_map(|party| party.country.clone()) else { return };
    if claim.recipients.iter().all(guessed) && hit.recipients.iter().all(|party| !own(party)) {
        for party in &mut claim.recipients {
            party.country = Some(side.clone());
            party.why = format!("{}; of the side that was hit", party.why);
        }
    }
}

/// True where an accusation has only found those whom the deed fell on: "condemned the attack on **Iraq**", "called it a
/// violation of **Iraq**'s airspace".
pub(super) fn suffered(scene: &Scene, claim: &Claim, object: Option<usize>) -> bool {
    const ON: &[&str] = &["on", "upon", "against", "of", "in", "at", "inside", "into", "near", "within"];
    let tree = scene.tree;
    // "condemned the coup in Niger": done by those who are there.
    if object.is_some_and(|object| holds(&LISTS.at_home, tree.lemma(object))) {
        return false;
    }
    let deed = object.is_some_and(|object| is_attack(scene, object));
    let fell_on = |party: &Party| {
        let inside = |&i: &usize| party.span.touches(tree.sentence.tokens[i].span) && i != claim.trigger;
        let Some(mut at) = (0..tree.sentence.tokens.len()).find(inside) else { return false };
        while let Some(head) = tree.head(at).filter(|_| at != claim.trigger) {
            let on = tree.child(at, R::Case).is_some_and(|case| ON.contains(&tree.lemma(case)));
            let of_deed = is_attack(scene, head) || head == claim.trigger && deed;
            if on && matches!(tree.relation(at), R::Nmod | R::Obl) && of_deed {
                return true;
            }
            // "the strikes, which violated Iraqi airspace"
            if deed && tree.relation(at) == R::Obj && matches!(tree.relation(head), R::AclRelcl | R::Acl) {
                return true;
            }
            at = head;
        }
        false
    };
    !claim.recipients.is_empty() && claim.recipients.iter().all(fell_on)
}

/// True for "its envoys **had been threatened**, Ottawa said": not by whoever says so.
pub(super) fn is_suffered(tree: &Tree, found: &Match, entry: &Entry) -> bool {
    let passive = tree.child(found.trigger, R::NsubjPass).is_some();
    // "The raiders would be punished, Oslo said" is his threat.
    let open = tree.children(found.trigger).any(|c| tree.relation(c) == R::Aux && tree.lemma(c) != "have");
    passive && !open && entry.kind == EventType::Threaten && entry.recipient[0].contains(&Role::Object)
}

/// True for "condemned **it** as arbitrary", "denounced **this**": what was done and not who did it. "Criticized it for
/// its silence" tells of somebody.
pub(super) fn is_deed(scene: &Scene, found: &Match) -> bool {
    let tree = scene.tree;
    let verb = holds(&LISTS.deplores, tree.lemma(found.trigger));
    let object = found.arguments.object.filter(|&object| {
        tree.sentence.tokens[object].upos == Upos::Pron && matches!(tree.lemma(object), "it" | "this" | "that" | "they")
    });
    let charged = found.arguments.prepositions.iter().any(|&(case, _)| matches!(tree.lemma(case), "for" | "of"));
    verb && object.is_some() && !charged
}

/// True for "bombing", "massacre".
pub(super) fn is_attack(scene: &Scene, noun: usize) -> bool {
    let frames = scene.book.frames.get(&(scene.words[noun], Part::Noun));
    let assault = |frame: &Frame| scene.book.entries[frame.entry as usize].kind == EventType::Assault;
    frames.is_some_and(|frames| frames.iter().any(assault))
}

/// True where the recipients stand behind one of these prepositions.
pub(super) fn is_behind(tree: &Tree, claim: &Claim, prepositions: &[&str]) -> bool {
    let tokens = &tree.sentence.tokens;
    claim.recipients.iter().all(|party| {
        let mut inside = (0..tokens.len()).filter(|&i| party.span.touches(tokens[i].span));
        inside.any(|i| tree.child(i, R::Case).is_some_and(|case| prepositions.contains(&tree.lemma(case))))
    })
}

/// The type of step that a noun names: a mobilisation for "test" and "launch".
pub(super) fn step_of(scene: &Scene, noun: usize) -> Option<EventType> {
    let frames = scene.book.frames.get(&(scene.words[noun], Part::Noun))?;
    let kinds = frames.iter().map(|frame| scene.book.entries[frame.entry as usize].kind);
    kinds.into_iter().find(|kind| !kind.verbal() && *kind != EventType::Consult)
}

/// The word for what is turned down: the object, or the noun that a relative clause tells it of.
pub(super) fn answered(scene: &Scene, found: &Match, claim: &Claim) -> Option<String> {
    if claim.kind != EventType::Reject {
        return None;
    }
    let tree = scene.tree;
    let noun = |&i: &usize| tree.sentence.tokens[i].upos == Upos::Noun;
    // "an overture that Chad rejected", read as "the fact that"
    let relative = match tree.relation(found.trigger) {
        R::AclRelcl => true,
        R::Acl => tree.child(found.trigger, R::Nsubj).is_some() && tree.child(found.trigger, R::Obj).is_none(),
        _ => false,
    };
    let above = || tree.head(found.trigger).filter(|_| relative);
    let what = found.arguments.object.filter(noun).or_else(above).filter(noun)?;
    // "a plea by its own ally" says whose it is.
    let whose = |c: usize| matches!(tree.relation(c), R::NmodPoss | R::Nmod);
    (!tree.children(what).any(whose)).then(|| tree.lemma(what).to_lowercase())
}

/// The word for a step and those beside it: "the **forced landing**".
pub(super) fn step_words(tree: &Tree, noun: usize) -> Vec<String> {
    let beside = |c: &usize| matches!(tree.relation(*c), R::Amod | R::Compound);
    let words = tree.children(noun).filter(beside).chain([noun]);
    words.map(|i| tree.lemma(i).to_lowercase()).collect()
}

/// True for "warns of an **Indian** strike": the deed is somebody else's, and nobody is spoken to.
pub(super) fn is_foreseen(scene: &Scene, found: &Match, actors: &[Party]) -> bool {
    let tree = scene.tree;
    if !holds(&LISTS.warns, tree.lemma(found.trigger)) || found.arguments.object.is_some() {
        return false;
    }
    let foreign = |party: &Party| {
        party.country.is_some() && actors.iter().all(|actor| actor.country.is_some() && actor.country != party.country)
    };
    let of = |&noun: &usize| {
        tree.relation(noun) == R::Obl && tree.child(noun, R::Case).is_some_and(|case| tree.lemma(case) == "of")
    };
    let whose = |c: &usize| matches!(tree.relation(*c), R::Amod | R::Compound | R::NmodPoss);
    tree.children(found.trigger).filter(of).any(|noun| {
        let mut owners = tree.children(noun).filter(whose);
        is_attack(scene, noun) && owners.any(|c| scene.cast.parties(scene.sentence, c).iter().any(foreign))
    })
}

/// "Warned that India would strike": who warns of what somebody else will do threatens nobody with it.
pub(super) fn foreseen(said: AccordingTo, actors: &[Party]) -> AccordingTo {
    let speaker = said.source.as_ref().and_then(|source| source.country.as_deref());
    let others =
        !actors.is_empty() && actors.iter().all(|actor| actor.country.is_some() && actor.country.as_deref() != speaker);
    match said.stance {
        Stance::Threatens if others && speaker.is_some() => AccordingTo { stance: Stance::Asserts, ..said },
        _ => said,
    }
}
