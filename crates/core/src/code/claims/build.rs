//! A match made a claim: what tells of nothing is left out, and parties that act on each other are told of once for every
//! side.

use super::{
    Layers,
    draft::{Draft, Site},
    spans::{clause_at, clause_span, phrase_span},
};
use crate::{
    AccordingTo, Claim, DateMention, EventType, Modality, Party, Relation as R, Report, Span, Tree, Upos,
    code::{
        codebook::Entry,
        content::{further, is_bare_mention, is_news, own_command},
        deeds::foreseen,
        directions::directions,
        frames::{Match, Scene},
        lists::{LISTS, holds},
        words::Part,
    },
    world::{dates, places},
};

/// Adds what a match tells to the claims of its sentence. `earlier` are the claims of the sentences before.
pub(super) fn claim(site: &Site, earlier: &[Claim], claims: &mut Vec<Claim>) {
    let Site { scene, operators, found, entry, .. } = *site;
    if is_no_act(scene, found, entry) {
        return;
    }
    let span = clause_span(scene, found);
    let mut draft = Draft::new(site, span);
    if !draft.voice(site) {
        return;
    }
    draft.acts(site);
    draft.turn(site);
    // "has not criticized the raid", "has neither admitted nor denied it": what nobody says is no claim.
    if draft.modality == Modality::Negated && draft.kind.quad() == 3 && !draft.voiced {
        return;
    }
    let announced = operators.is_announced(scene.tree, found.trigger);
    draft.say(announced);
    draft.drop_own(site);
    // "India's provocations" are an accusation only in somebody's mouth.
    if draft.kind == EventType::Accuse && entry.actor[0].is_empty() && draft.actors.is_empty() {
        return;
    }
    draft.agrees(site, earlier.iter().chain(claims.iter()));
    if draft.is_of_nobody(site) {
        return;
    }
    draft.give_to_teller(site);
    draft.mood(site, announced);
    add(site, draft, span, claims);
}

/// True for words that are no act of their own: a name for what is told elsewhere, a question, a headline's news.
fn is_no_act(scene: &Scene, found: &Match, entry: &Entry) -> bool {
    let tree = scene.tree;
    let relation = tree.relation(found.trigger);
    // "called it an attack", "it was an attack": a name for what is told elsewhere
    let named = |head: usize| relation == R::Obj && tree.child(head, R::Obj) != Some(found.trigger);
    let label = relation == R::Xcomp
        || tree.child(found.trigger, R::Cop).is_some()
        || tree.head(found.trigger).is_some_and(named);
    if found.part == Part::Noun && (label || is_bare_mention(scene, found)) {
        return true;
    }
    // "denied **any** attack", "**any** meddling would mean war": no deed of that kind has been.
    let any = |c: usize| tree.relation(c) == R::Det && tree.lemma(c).eq_ignore_ascii_case("any");
    let deed = matches!(entry.kind.quad(), 2 | 4) || entry.kind == EventType::Accuse;
    if found.part == Part::Noun && deed && tree.children(found.trigger).any(any) {
        return true;
    }
    // "near the **disputed** shoal": what is said of a thing before its name is told of nobody.
    let quality = entry.kind.verbal() && found.part == Part::Verb && relation == R::Amod;
    quality || own_command(scene, found) || is_question(scene, found, entry) || is_news(scene, found)
}

/// Adds the claim with its words, day, place and figures: one for every direction, and for every act that its words go on
/// with.
fn add(site: &Site, draft: Draft, span: Span, claims: &mut Vec<Claim>) {
    let Site { scene, layers, found, entry, .. } = *site;
    let tree = scene.tree;
    let Draft { kind, mode, modality, actors, recipients, attribution, .. } = draft;
    let tokens = &tree.sentence.tokens;
    let act = match (found.wording.first(), found.wording.last()) {
        (Some(&first), Some(&last)) => tokens[first].span.cover(tokens[last].span),
        _ => tokens[found.trigger].span,
    };
    let object = found.arguments.object.filter(|&object| !found.wording.contains(&object));
    let date = dates::of_claim(layers.dates, &layers.report.text, tree, found.trigger);
    let date = date.filter(|date| !kind.verbal() || !is_of_deed(scene, date.span, found.trigger));
    let place = places::of_claim(layers.places, tree, found.trigger).cloned();
    let historical = date.as_ref().is_some_and(|date| is_past(date, layers.report));
    let attribution = attribution.map(|said| foreseen(said, &actors));
    let figures = layers.figures.iter().filter(|figure| span.touches(figure.span)).cloned().collect();
    let base = Claim {
        id: String::new(),
        report: layers.report.id.clone(),
        sentence: scene.sentence,
        trigger: found.trigger,
        span,
        act,
        object: object.map(|object| phrase_span(scene, object)),
        kind,
        mode,
        contexts: entry.contexts.clone(),
        cameo: entry.cameo.clone(),
        actors,
        recipients,
        date,
        place,
        figures,
        modality,
        attribution,
        historical,
        rule: entry.id.clone(),
        confidence: confidence(scene, found),
    };
    if let Some(pair) = of_the_other(layers, scene, found, &base) {
        claims.extend(pair);
        return;
    }
    let verb = found.part == Part::Verb;
    let offers = holds(&LISTS.offers, tree.lemma(found.trigger));
    // "blamed each other" names nothing
    let aimed = object.is_some_and(|object| matches!(tokens[object].upos, Upos::Noun | Upos::Propn));
    let mutual = entry.reciprocal || object.is_some_and(|object| is_each_other(tree, object));
    for (actors, recipients) in directions(mutual, aimed, &base, scene.cast.focus(), (verb, verb && offers)) {
        claims.push(Claim { actors, recipients, ..base.clone() });
    }
    for more in further(scene, found, base.kind) {
        claims.push(Claim { span: clause_at(scene, more), trigger: more, ..base.clone() });
    }
}

/// True for the day of "blames Chad for an attack **on Monday**": it is that of the attack, and not of the blame.
fn is_of_deed(scene: &Scene, day: Span, trigger: usize) -> bool {
    let tree = scene.tree;
    let tokens = &tree.sentence.tokens;
    let first = tokens.partition_point(|token| token.span.end <= day.start);
    let mut held = (first..tokens.len()).take_while(|&i| tokens[i].span.touches(day));
    let top = held.find(|&i| tree.head(i).is_none_or(|head| !tokens[head].span.touches(day)));
    let noun = top.filter(|&top| tree.relation(top).universal() == "nmod").and_then(|top| tree.head(top));
    noun.is_some_and(|noun| noun != trigger && scene.book.frames.contains_key(&(scene.words[noun], Part::Noun)))
}

/// "Each army says **the other** fired": two claims, each of one side about the other.
fn of_the_other(layers: &Layers, scene: &Scene, found: &Match, base: &Claim) -> Option<[Claim; 2]> {
    let said = layers.statements.innermost(scene.tree.sentence.tokens[found.trigger].span)?;
    let according_to = base.attribution.as_ref()?;
    let subject = scene.tree.child(found.trigger, R::Nsubj)?;
    let parties = scene.cast.parties(scene.sentence, subject);
    let ([one, two], [a, b]) = (said.speakers.as_slice(), parties.as_slice()) else { return None };
    let other = a.span == b.span && a.span.of(&layers.report.text).eq_ignore_ascii_case("the other");
    let same = |party: &Party, speaker: &Party| party.country.is_some() && party.country == speaker.country;
    if !other || same(one, two) || !(same(a, one) && same(b, two)) {
        return None;
    }
    let told = |speaker: &Party, actor: &Party| {
        let attribution = AccordingTo { source: Some(speaker.clone()), ..according_to.clone() };
        let span = scene.tree.sentence.tokens[found.trigger].span;
        let why = "not named here: whoever says it of the other".to_owned();
        // A charge is the speaker's, of the other; a deed is the other's, against the speaker.
        let (actors, recipients) = if base.kind.verbal() {
            (vec![speaker.clone()], vec![actor.clone()])
        } else {
            (vec![actor.clone()], vec![Party { span, why, ..speaker.clone() }])
        };
        Claim { actors, recipients, attribution: Some(attribution), ..base.clone() }
    };
    Some([told(one, b), told(two, a)])
}

/// "“How many more?” she **asked**": a question asks nothing of anybody.
fn is_question(scene: &Scene, found: &Match, entry: &Entry) -> bool {
    let tokens = &scene.tree.sentence.tokens;
    let text = |i: usize| tokens[i].lemma.as_str() == "?";
    entry.kind == EventType::Request && scene.tree.lemma(found.trigger) == "ask" && (0..found.trigger).any(text)
}

/// True for "each other" and "one another", whichever of the two words heads them.
fn is_each_other(tree: &Tree, object: usize) -> bool {
    let pair = |first: usize| {
        let last = tree.sentence.tokens.get(first + 1).map(|token| token.lemma.as_str());
        matches!((tree.lemma(first), last), ("each", Some("other")) | ("one", Some("another")))
    };
    pair(object) || object > 0 && pair(object - 1)
}

/// True for a date more than a year before publication.
fn is_past(date: &DateMention, report: &Report) -> bool {
    let year = date.value.get(..4).and_then(|year| year.parse::<i32>().ok());
    matches!((year, report.day()), (Some(year), Some(day)) if year < day.year - 1)
}

/// From the parser's certainty of the arcs involved, the parties found and how specific the entry is.
fn confidence(scene: &Scene, found: &Match) -> f32 {
    // What no wording tells is right every second time.
    if scene.book.is_weighed(found.entry) {
        return 0.5;
    }
    let tokens = &scene.tree.sentence.tokens;
    let arcs = found.wording.iter().map(|&i| tokens[i].certainty).fold(1.0f32, f32::min);
    let parties = match (found.actors.is_empty(), found.recipients.is_empty()) {
        (false, false) => 1.0,
        (false, true) | (true, false) => 0.8,
        (true, true) => 0.6,
    };
    let specific = if found.specificity >= 3 { 1.0 } else { 0.9 };
    ((0.5 + 0.5 * arcs) * parties * specific * 100.0).round() / 100.0
}
