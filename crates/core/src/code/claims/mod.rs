//! Matches into claims: which of them stand, what type they are of in their mood, and what belongs to them.

mod build;
mod draft;
mod own;
mod spans;
mod turns;

use self::{build::claim, draft::Site};
use super::{
    agreement, anaphora,
    attribution::Held,
    codebook::{Entry, Role},
    content::{is_content, is_part},
    deeds::{about, answered, blamed, fallen, is_behind, is_deed, is_exchange, step_of, step_words, suffered},
    frames::{Match, Scene},
    modality::Operators,
    parties::{self, Fallen, Told},
    spot,
    weigh::deeds::{self, Deeds, Ruled},
    words::Part,
};
use crate::{Claim, DateMention, EventType, Figure, Modality, Party, PlaceMention, Relation as R, Report};

/// The layers of a report that claims draw on.
pub struct Layers<'a> {
    /// The report.
    pub report: &'a Report,
    /// Temporal expressions.
    pub dates: &'a [DateMention],
    /// Place names.
    pub places: &'a [PlaceMention],
    /// Reported statements.
    pub statements: &'a Held<'a>,
    /// Numbers of this sentence.
    pub figures: &'a [Figure],
    /// Who acts in a heading that does not say so.
    pub heading: Vec<Party>,
    /// What weighs which deed a word tells of.
    pub deeds: &'a Deeds<'a>,
}

/// Claims back that a claim may take up. The work stays in step with the length of a report.
const REACH: usize = 200;

/// Sentences in which a report tells what it is about.
const LEAD: usize = 4;

/// The claims of one sentence, the main clause first.
///
/// `earlier` are the claims of the sentences before.
pub fn of_sentence(scene: &Scene, operators: &Operators, layers: &Layers, earlier: &[Claim]) -> Vec<Claim> {
    let tree = scene.tree;
    let lead = &earlier[..earlier.partition_point(|claim| claim.sentence < LEAD)];
    let earlier = &earlier[earlier.len().saturating_sub(REACH)..];
    // What accuses or refuses only in somebody's mouth leaves room for another entry where nobody speaks.
    let spoken = |i: usize| {
        let said = layers.statements.innermost(tree.sentence.tokens[i].span);
        !layers.heading.is_empty() || said.is_some_and(|said| !said.speakers.is_empty())
    };
    let best = |i: usize| {
        let spoken = spoken(i);
        let nobody = |entry: &Entry, part: Part| entry.actor[usize::from(part == Part::Noun)].is_empty();
        scene.best_of(i, |entry, part| spoken || !entry.kind.verbal() || !nobody(entry, part))
    };
    let matches: Vec<Match> = (0..tree.sentence.tokens.len()).filter_map(best).collect();
    let standing: Vec<&Match> = matches.iter().filter(|found| !is_content(scene, found, &matches)).collect();
    let mut ruled: Vec<&Match> = standing.iter().copied().filter(|found| !is_part(scene, found, &standing)).collect();
    ruled.retain(|found| !scene.book.entries[found.entry].void);
    let weighed = weighed(scene, operators, layers, &matches, &ruled);
    let mut kept: Vec<&Match> = weighed.iter().collect();
    let mourns =
        |found: &Match| scene.book.entries[found.entry].recipient.iter().any(|roles| roles.contains(&Role::Victims));
    // The dead last: "Nine people died after rebels shelled Goma" tells first of their death.
    kept.sort_by_key(|found| (mourns(found), depth(scene, found.trigger), found.trigger));
    // "an attack in which nine died" has been told of.
    let above = |found: &Match, claims: &[Claim]| {
        mourns(found) && !claims.is_empty() && claims.iter().all(|claim| !tree.below(found.trigger, claim.trigger))
    };
    let mut claims: Vec<Claim> = Vec::new();
    let mut groups: Vec<(&Match, usize)> = Vec::new();
    for found in kept {
        // "Nine people died": of an attack only where one was told of, and where the dead are counted.
        if mourns(found) && scene.book.entries[found.entry].kind == EventType::Assault {
            let counted = layers.figures.iter().any(|figure| figure.what == "killed");
            let attack = |claim: &Claim| claim.kind == EventType::Assault && claim.modality == Modality::Occurred;
            let here = if above(found, &claims) { &claims[..] } else { &[] };
            if !counted || !earlier.iter().chain(here).any(attack) {
                continue;
            }
        }
        groups.push((found, claims.len()));
        let site = Site { scene, operators, layers, found, entry: &scene.book.entries[found.entry] };
        claim(&site, earlier, &mut claims);
    }
    spot::settle(tree, layers.places, layers.dates, &mut claims);
    for (n, &(found, first)) in groups.iter().enumerate() {
        let mourned = mourns(found);
        let told: Vec<Claim>;
        let mut earlier = earlier;
        if above(found, &claims[..first]) {
            told = earlier.iter().chain(&claims[..first]).cloned().collect();
            earlier = &told;
        }
        let is_event = |i: usize| scene.book.frames.contains_key(&(scene.words[i], Part::Noun));
        let event = anaphora::definite_event(tree, found, is_event);
        let end = groups.get(n + 1).map_or(claims.len(), |&(_, next)| next);
        let (before, new) = claims[..end].split_at_mut(first);
        for claim in new {
            if claim.recipients.is_empty() {
                claim.recipients = agreement::addressees(tree, claim, before);
            }
            if found.part == Part::Noun {
                blamed(scene, claim, before);
            }
            let of_state = |party: &Party| scene.cast.has_state(party);
            // The dead of a whole war are of no side because those of the last attack were.
            if mourned && claim.kind != EventType::Assault {
                anaphora::inherit(claim, EventType::Assault, found.trigger, tree, earlier, of_state);
            } else if let Some(at) = event {
                anaphora::inherit(claim, claim.kind, at, tree, earlier, of_state);
                if !is_exchange(scene, at) {
                    anaphora::inherit_actors(claim, at, tree, earlier);
                }
            }
            if claim.kind == EventType::Accuse && is_deed(scene, found) {
                claim.recipients.clear();
            }
            anaphora::inherit_thing(claim, found, tree, || earlier.iter().chain(&*before), scene.cast);
            if found.arguments.subject.is_none() {
                anaphora::inherit_author(claim, found.trigger, tree, before, earlier);
            }
            let suffered = claim.kind == EventType::Accuse && suffered(scene, claim, found.arguments.object);
            let victims = match suffered {
                true if is_behind(tree, claim, &["on", "upon", "against"]) => Fallen::On,
                true => Fallen::There,
                false => Fallen::No,
            };
            fallen(tree, claim, before);
            let step = found.arguments.object.and_then(|object| step_of(scene, object));
            let words = found.arguments.object.map(|object| step_words(tree, object)).unwrap_or_default();
            let (about, answered) = (about(scene, found, claim), answered(scene, found, claim));
            let told = Told { lead, earlier, here: before, about, step, words: &words, answered, victims };
            parties::complete(claim, tree.sentence.tokens[found.trigger].span, scene.cast, &told, layers.places);
        }
    }
    claims
}

/// What is kept of the matches once the words are weighed: some fall away, some are of another type, and some words tell of a
/// deed that no entry knows.
fn weighed(scene: &Scene, operators: &Operators, layers: &Layers, matches: &[Match], kept: &[&Match]) -> Vec<Match> {
    let Some(sight) = layers.deeds.words(scene.tree, scene.sentence) else {
        return kept.iter().map(|&found| found.clone()).collect();
    };
    let void = |found: &&Match| scene.book.entries[found.entry].void;
    let mut out = Vec::new();
    for token in 0..scene.tree.sentence.tokens.len() {
        // Words that an entry says tell of nothing tell of nothing.
        if matches.iter().filter(void).any(|found| found.wording.contains(&token)) {
            continue;
        }
        let found = kept.iter().find(|found| found.trigger == token);
        // A user's entry stands, and what is planned or denied is of the type that its mood makes of it.
        let settled = |found: &Match| operators.modality(scene.tree, token, &found.wording) == Modality::Occurred;
        let own = |found: &Match| found.entry < scene.book.own;
        if let Some(&found) = found.filter(|found| own(found) || !settled(found)) {
            out.push(found.clone());
            continue;
        }
        let ruled = match found {
            Some(found) => Ruled::Deed(scene.book.entries[found.entry].kind, found.entry),
            None => match matches.iter().find(|found| found.trigger == token) {
                Some(found) => Ruled::Part(scene.book.entries[found.entry].kind),
                None if kept.iter().any(|other| other.wording.contains(&token)) => continue,
                None => Ruled::Nothing,
            },
        };
        let wording = found.map_or(&[][..], |found| &found.wording);
        let verdict = layers.deeds.ask(scene.tree, &sight, scene.sentence, token, ruled, wording);
        match (found, verdict) {
            (Some(&found), Some(verdict)) => out.push(deeds::judged(scene.book, found, verdict)),
            (Some(&found), None) => out.push(found.clone()),
            (None, Some(verdict)) => out.extend(deeds::proposed(scene, token, ruled, verdict)),
            (None, None) => {}
        }
    }
    out
}

/// Steps from the root, coordination not counted.
fn depth(scene: &Scene, mut i: usize) -> usize {
    let mut steps = 0;
    while let Some(head) = scene.tree.head(i) {
        steps += usize::from(scene.tree.relation(i) != R::Conj);
        i = head;
    }
    steps
}
