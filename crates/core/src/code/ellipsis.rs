//! Deeds told only by pointing back at another's: "as did Berlin", "so did Khartoum", "Denmark followed suit".

use super::{claims::Layers, frames::Scene, modality::Operators};
use crate::{
    AccordingTo, Claim, Modality, Relation as R, Upos,
    world::{dates, places},
};

/// Adds the claims of a sentence that say of somebody only that he did as another. `earlier` are the claims of the sentences
/// before, `found` those of the sentence.
pub(super) fn echoes(scene: &Scene, operators: &Operators, layers: &Layers, earlier: &[Claim], found: &mut Vec<Claim>) {
    for verb in 0..scene.tree.sentence.tokens.len() {
        let Some(who) = follower(scene, verb) else { continue };
        if operators.modality(scene.tree, verb, &[verb]) != Modality::Occurred {
            continue;
        }
        if let Some(claim) = deed(scene, verb, earlier, found).and_then(|deed| echo(scene, layers, verb, who, deed)) {
            found.push(claim);
        }
    }
}

/// Who does as another, where a verb tells no more than that.
fn follower(scene: &Scene, verb: usize) -> Option<usize> {
    let tree = scene.tree;
    let tokens = &tree.sentence.tokens;
    let is_do = tree.lemma(verb) == "do" && tree.relation(verb) != R::Aux;
    if !is_do && !matches!(tree.lemma(verb), "follow" | "join") {
        return None;
    }
    let who = |c: &usize| matches!(tokens[*c].upos, Upos::Propn | Upos::Noun | Upos::Num);
    let below = |c: &usize| matches!(tree.relation(*c), R::Nsubj | R::Obj) && who(c);
    let says = |words: &[&str]| tree.children(verb).any(|c| words.contains(&tree.lemma(c)));
    let behind = tree.children(verb).find(|&c| c > verb && below(&c));
    // "as did Berlin": whoever follows stands behind the verb.
    if is_do && let Some(behind) = behind.filter(|&c| tree.lemma(c) != "same") {
        let points = |&c: &usize| c < verb && matches!(tree.lemma(c), "as" | "so" | "likewise");
        // "as" may be read as a preposition of whoever follows.
        return tree.children(verb).chain(tree.children(behind)).any(|c| points(&c)).then_some(behind);
    }
    let same = match tree.lemma(verb) {
        "do" => says(&["likewise", "same"]),
        "follow" => says(&["suit"]),
        // "Mali joined it the next day": only those who act can be joined in acting.
        _ => says(&["it", "they", "he", "she"]) && tree.child(verb, R::Obl).is_none(),
    };
    let before = tree.children(verb).find(|&c| tree.relation(c) == R::Nsubj);
    // "shut its embassy in Tripoli and **Benin** did the same", read as two places
    let beside = verb.checked_sub(1).filter(|c| before.is_none() && tokens[*c].upos == Upos::Propn);
    same.then(|| before.or(beside)).flatten()
}

/// The deed that is pointed at: of the clause above, else of the one before, else the first of the sentence before.
fn deed<'a>(scene: &Scene, verb: usize, earlier: &'a [Claim], found: &'a [Claim]) -> Option<&'a Claim> {
    let mut above = scene.tree.head(verb);
    while let Some(at) = above {
        if let Some(claim) = found.iter().find(|claim| claim.trigger == at && at < verb) {
            return Some(claim);
        }
        above = scene.tree.head(at);
    }
    let before = found.iter().filter(|claim| claim.trigger < verb).max_by_key(|claim| claim.trigger);
    let last = earlier.partition_point(|claim| claim.sentence + 1 < scene.sentence);
    before.or_else(|| earlier.get(last))
}

/// The same deed, of somebody else.
fn echo(scene: &Scene, layers: &Layers, verb: usize, who: usize, deed: &Claim) -> Option<Claim> {
    let tree = scene.tree;
    let tokens = &tree.sentence.tokens;
    let actors = scene.cast.parties(scene.sentence, who);
    let is_of = |country: &Option<String>, parties: &[crate::Party]| parties.iter().any(|one| one.country == *country);
    // Nobody follows himself, and whom nothing is known of may follow in the shop as well as in the crisis.
    let known = actors.iter().all(|actor| actor.country.is_some() && !is_of(&actor.country, &deed.actors));
    let acted = deed.modality == Modality::Occurred && deed.actors.iter().any(|actor| actor.country.is_some());
    if actors.is_empty() || !known || !acted || deed.date.is_some() && deed.historical {
        return None;
    }
    let joined = tree.lemma(verb) != "join"
        || tree.child(verb, R::Obj).is_some_and(|it| {
            scene.cast.parties(scene.sentence, it).iter().any(|party| is_of(&party.country, &deed.actors))
        });
    if !joined {
        return None;
    }
    let keep = |c: usize| {
        let own = tree.head(c) != Some(verb);
        own || !matches!(tree.relation(c), R::Conj | R::Cc | R::Parataxis | R::Advcl | R::Punct)
    };
    let span = tree.span(&tree.subtree(verb, keep))?.cover(tokens[who].span);
    let said = layers.statements.innermost(tokens[verb].span);
    let attribution = said.map(|said| AccordingTo {
        source: said.speakers.first().cloned(),
        cue: said.cue,
        stance: said.stance,
        form: said.form,
    });
    let date = dates::of_claim(layers.dates, &layers.report.text, tree, verb);
    let near = deed.date.clone().filter(|_| deed.sentence == scene.sentence);
    Some(Claim {
        id: String::new(),
        sentence: scene.sentence,
        trigger: verb,
        span,
        act: tokens[verb].span,
        object: None,
        recipients: deed.recipients.iter().filter(|one| !is_of(&one.country, &actors)).cloned().collect(),
        date: date.or(near),
        place: places::of_claim(layers.places, tree, verb).cloned(),
        figures: vec![],
        attribution,
        confidence: (deed.confidence * 80.0).round() / 100.0,
        actors,
        ..deed.clone()
    })
}
