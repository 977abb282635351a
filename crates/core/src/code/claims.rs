//! Matches into claims: which of them stand, what type they are of in their mood, and what belongs to them.

use super::{
    agreement, anaphora,
    attribution::Held,
    codebook::{Entry, Role},
    content::{is_bare_mention, is_content, is_news, is_part, own_command},
    deeds::{
        about, answered, blamed, fallen, foreseen, is_behind, is_deed, is_exchange, is_foreseen, is_suffered, step_of,
        step_words, suffered,
    },
    directions::directions,
    frames::{Match, Scene},
    lists::{LISTS, holds},
    modality::Operators,
    mood::mood,
    parties::{self, Fallen, Told},
    spot,
    words::Part,
};
use crate::{
    AccordingTo, Attribution, Claim, DateMention, EventType, Figure, Modality, Party, PlaceMention, Relation as R,
    Report, Span, Tree, Upos,
    world::{dates, places},
};

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
    let mut kept: Vec<&Match> = standing.iter().copied().filter(|found| !is_part(scene, found, &standing)).collect();
    kept.retain(|found| !scene.book.entries[found.entry].void);
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
        claim(scene, operators, layers, found, earlier, &mut claims);
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

/// Steps from the root, coordination not counted.
fn depth(scene: &Scene, mut i: usize) -> usize {
    let mut steps = 0;
    while let Some(head) = scene.tree.head(i) {
        steps += usize::from(scene.tree.relation(i) != R::Conj);
        i = head;
    }
    steps
}

fn claim(
    scene: &Scene,
    operators: &Operators,
    layers: &Layers,
    found: &Match,
    earlier: &[Claim],
    claims: &mut Vec<Claim>,
) {
    let tree = scene.tree;
    let entry = &scene.book.entries[found.entry];
    // "called it an attack", "it was an attack": a name for what is told elsewhere
    let named = |head: usize| tree.relation(found.trigger) == R::Obj && tree.child(head, R::Obj) != Some(found.trigger);
    let label = tree.relation(found.trigger) == R::Xcomp
        || tree.child(found.trigger, R::Cop).is_some()
        || tree.head(found.trigger).is_some_and(named);
    if found.part == Part::Noun && (label || is_bare_mention(scene, found)) {
        return;
    }
    // "denied **any** attack", "**any** meddling would mean war": no deed of that kind has been.
    let any = |c: usize| tree.relation(c) == R::Det && tree.lemma(c).eq_ignore_ascii_case("any");
    let deed = matches!(entry.kind.quad(), 2 | 4) || entry.kind == EventType::Accuse;
    if found.part == Part::Noun && deed && tree.children(found.trigger).any(any) {
        return;
    }
    // "near the **disputed** shoal": what is said of a thing before its name is told of nobody.
    if entry.kind.verbal() && found.part == Part::Verb && tree.relation(found.trigger) == R::Amod {
        return;
    }
    if own_command(scene, found) || is_question(scene, found, entry) || is_news(scene, found) {
        return;
    }
    let span = clause_span(scene, found);
    let mut modality = operators.modality(tree, found.trigger, &found.wording);
    let attribution = according_to(layers, scene, found, span);
    let mut kind = entry.kind;
    let mut mode = entry.mode.clone();
    let mut actors = found.actors.clone();
    let mut recipients = found.recipients.clone();
    let mut voiced = false;
    // "Pakistan must act, he said": who says a demand or a threat makes it.
    if actors.is_empty()
        && kind.verbal()
        && !is_suffered(tree, found, entry)
        && let Some(speaker) = attribution.as_ref().and_then(|said| said.source.clone())
    {
        // Whoever says it is none of those in the crisis that it is meant for.
        let implied = |party: &Party| party.why.starts_with("not named here") && party.country == speaker.country;
        recipients.retain(|party| !implied(party));
        // Nobody charges himself, nor his own state: "Canada was not looking to provoke anyone, its minister said" is no
        // charge, and of "Russia's terms were not met, its envoy said" somebody else is guilty.
        let state = |party: &Party| party.sectors.iter().any(|sector| matches!(*sector, "GOV" | "DIP" | "MIL"));
        let himself = |party: &Party| party.name.is_some() && party.name == speaker.name;
        let own = |party: &Party| state(party) && state(&speaker) && party.country == speaker.country;
        if kind == EventType::Accuse && !found.recipients.is_empty() {
            let denied = modality == Modality::Negated && found.recipients.iter().all(own);
            if denied || found.recipients.iter().all(himself) {
                return;
            }
            recipients.retain(|party| !own(party));
        }
        actors.push(speaker);
        voiced = true;
        if matches!(modality, Modality::Hypothetical | Modality::Planned) {
            modality = Modality::Occurred;
        }
    }
    // "The statement urged Chad to": whose it is tells who speaks.
    if actors.is_empty() && kind.verbal() && found.part == Part::Verb {
        let said = layers.statements.reported_by(tree.sentence.tokens[found.trigger].span);
        actors.extend(said.into_iter().flat_map(|said| said.speakers.clone()));
    }
    if actors.is_empty() && matches!(tree.relation(found.trigger), R::Root | R::Conj | R::Parataxis | R::Advcl) {
        let named = |party: &&Party| recipients.iter().all(|other| other.country != party.country);
        let span = tree.sentence.tokens[found.trigger].span;
        actors.extend(layers.heading.iter().filter(named).map(|party| Party { span, ..party.clone() }));
    }
    // "Pakistan should help, Rubio said" asks Pakistan for help.
    if let Some(speaker) = attribution.as_ref().and_then(|said| said.source.as_ref())
        && !actors.is_empty()
        && actors.iter().all(|actor| actor.country.is_some() && actor.country != speaker.country)
        && operators.is_duty(tree, found.trigger)
    {
        recipients = std::mem::replace(&mut actors, vec![speaker.clone()]);
        (kind, mode, modality) = (EventType::Request, None, Modality::Occurred);
    }
    // "warns of an Indian strike": who says what somebody else is about to do accuses him of it.
    if kind == EventType::Threaten && is_foreseen(scene, found, &actors) {
        (kind, mode) = (EventType::Accuse, Some("allege".to_owned()));
    }
    let announced = operators.is_announced(tree, found.trigger);
    // "will not negotiate"
    if modality == Modality::Negated
        && matches!(kind.quad(), 1 | 2)
        && !actors.is_empty()
        && operators.is_refusal(tree, found.trigger)
    {
        mode = match kind {
            EventType::Consult => Some("meet".to_owned()),
            EventType::Aid | EventType::Cooperate | EventType::Support => Some("assist".to_owned()),
            _ => Some("yield".to_owned()),
        };
        (kind, modality) = (EventType::Reject, Modality::Occurred);
    }
    // "will not attack": who binds himself to no deed promises.
    let binds = matches!(kind, EventType::Assault | EventType::Mobilize | EventType::Coerce);
    let refused = operators.is_refusal(tree, found.trigger) || agreement::is_sworn_off(tree, found.trigger);
    if modality == Modality::Negated && binds && !actors.is_empty() && refused {
        (kind, mode, modality) = (EventType::Agree, None, Modality::Occurred);
    }
    if kind == EventType::Threaten && agreement::swears_off(tree, found.trigger, &found.arguments.clauses) {
        (kind, mode, modality) = (EventType::Agree, None, Modality::Occurred);
    }
    // "has not criticized the raid", "has neither admitted nor denied it": what nobody says is no claim.
    if modality == Modality::Negated && kind.quad() == 3 && !voiced {
        return;
    }
    // "will make them pay", "would not tolerate it": to say so is the threat.
    let open = matches!(modality, Modality::Planned | Modality::Hypothetical);
    if open && announced && matches!(kind, EventType::Threaten | EventType::Reject) && !actors.is_empty() {
        modality = Modality::Occurred;
    }
    // "agreed not to use force over Essequibo", "traded fire near the temple": with each other.
    let among = |party: &Party| match party.country {
        // "agreed to set up a commission"
        None => entry.reciprocal || !party.sectors.iter().any(|sector| matches!(*sector, "CVL" | "REF" | "UAF")),
        _ => actors.iter().any(|actor| actor.country == party.country),
    };
    let several = actors.iter().any(|actor| actor.country != actors[0].country);
    if several && (kind == EventType::Agree || entry.reciprocal) && recipients.iter().all(among) {
        recipients.clear();
    }
    // Measures between states are not taken against oneself.
    // "offered his country's help": to nobody of his own country.
    let text = &layers.report.text;
    recipients
        .retain(|party| !is_own_country(text, party) || actors.iter().all(|actor| actor.country != party.country));
    if !is_domestic(kind) {
        let own = |party: &Party| {
            let state = |one: &Party| scene.cast.is_state(one);
            actors.iter().any(|actor| {
                let within =
                    party.sectors.iter().any(|sector| matches!(*sector, "REB" | "OPP" | "PTY" | "UAF" | "PRM"));
                actor.country == party.country
                    && (actor.name == party.name || !within && (state(actor) || state(party)))
            })
        };
        recipients.retain(|party| party.country.is_none() || !own(party));
    }
    // "told Washington that its bases would not be safe": nobody threatens his own, but whom he speaks to.
    let own = |party: &Party| is_possessed(text, party) && actors.iter().any(|actor| actor.country == party.country);
    if kind == EventType::Threaten && !recipients.is_empty() && recipients.iter().all(own) {
        recipients = hearers(scene, found.trigger);
    }
    // "India's provocations" are an accusation only in somebody's mouth.
    if kind == EventType::Accuse && entry.actor[0].is_empty() && actors.is_empty() {
        return;
    }
    if actors.is_empty() {
        let told = earlier.iter().chain(claims.iter());
        actors = agreement::agreeing(kind, entry.reciprocal, &recipients, told, scene.cast.focus());
        let span = tree.sentence.tokens[found.trigger].span;
        for party in &mut actors {
            party.span = span;
        }
    }
    let known = |parties: &[Party]| parties.iter().any(|party| party.country.is_some());
    // Nobody helps nobody; "seized rifles" alone tell of no seizure.
    let nobody = match kind {
        EventType::Aid | EventType::Cooperate => !known(&actors),
        kind => actors.is_empty() && (kind.verbal() || tree.relation(found.trigger) == R::Amod),
    };
    if nobody && !known(&recipients) {
        return;
    }
    // "Manila said Chinese vessels rammed its boats": nobody rams his own.
    let country = |party: &Party| party.country.clone();
    let speaker = attribution.as_ref().and_then(|said| said.source.as_ref()).and_then(country);
    // His own airspace somebody may well close: there "its" alone is the party.
    let rammed = |party: &Party| match kind {
        EventType::Assault => true,
        kind => kind == EventType::Coerce && party.span.of(text).contains(' '),
    };
    if speaker.is_some() {
        for party in recipients.iter_mut().filter(|party| rammed(party) && is_possessed(text, party)) {
            if actors.iter().any(|actor| country(actor) == party.country && country(actor) != speaker) {
                party.country.clone_from(&speaker);
                party.why = format!("{}; of whoever tells it", party.why);
            }
        }
    }
    let told = speaker.is_some() && actors.iter().any(|actor| country(actor) == speaker);
    let vowed = operators.is_vowed(tree, found.trigger);
    let own = told && (announced || modality == Modality::Planned) || vowed;
    let with = known(&recipients) || several;
    // "The Security Council will meet on Sunday": a session is no agreement with anybody.
    if kind != EventType::Consult || with {
        mood(&mut kind, &mut mode, &mut modality, own);
    }
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
    for more in super::content::further(scene, found, base.kind) {
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

/// The words of a clause.
fn clause_at(scene: &Scene, top: usize) -> Span {
    let tree = scene.tree;
    let kept =
        tree.subtree(top, |c| !(matches!(tree.relation(c), R::Conj | R::Cc | R::Punct) && tree.head(c) == Some(top)));
    tree.span(&kept).unwrap_or(tree.sentence.tokens[top].span)
}

/// Who is spoken to where somebody says what the trigger tells: "told **Washington** that".
fn hearers(scene: &Scene, trigger: usize) -> Vec<Party> {
    let tree = scene.tree;
    let cue = tree.head(trigger).filter(|_| tree.relation(trigger) == R::Ccomp);
    let hearer = cue.and_then(|cue| tree.child(cue, R::Iobj).or_else(|| tree.child(cue, R::Obj)));
    let parties = hearer.map(|hearer| scene.cast.parties(scene.sentence, hearer)).unwrap_or_default();
    // "told AFP that": the press only passes it on.
    parties.into_iter().filter(|party| party.country.as_deref() != Some("MEDIA")).collect()
}

/// "its boats", "their men".
fn is_possessed(text: &str, party: &Party) -> bool {
    let words = party.span.of(text);
    let first = words.split(' ').next().unwrap_or(words).to_lowercase();
    matches!(first.as_str(), "its" | "their" | "his" | "her" | "our")
}

/// "his country", "its nation".
fn is_own_country(text: &str, party: &Party) -> bool {
    let words = party.span.of(text).to_lowercase();
    let whose =
        words.split_once(' ').filter(|(whose, _)| matches!(*whose, "his" | "her" | "its" | "their" | "our" | "my"));
    whose.is_some_and(|(_, what)| matches!(what, "country" | "nation" | "homeland" | "people" | "government"))
}

/// Types whose parties are often of one country.
fn is_domestic(kind: EventType) -> bool {
    !matches!(
        kind,
        EventType::Sanction | EventType::Agree | EventType::Consult | EventType::Cooperate | EventType::Support
    )
}

/// From the subject to the last word that belongs to the act, without the clauses beside it.
fn clause_span(scene: &Scene, found: &Match) -> Span {
    let tree = scene.tree;
    let tokens = &tree.sentence.tokens;
    let top = found.trigger;
    let noun = found.part == Part::Noun;
    let first_level = |c: usize| tree.head(c) == Some(top);
    let keep = |c: usize| {
        let verbal = super::arguments::is_verbal(tree, c);
        match tree.relation(c) {
            R::Parataxis | R::Discourse | R::Vocative | R::List => false,
            R::Conj => !first_level(c) || !verbal,
            R::Cc => !first_level(c) || noun && !verbal,
            R::Advcl => !first_level(c) || found.arguments.clauses.contains(&c),
            R::Ccomp => !(first_level(c) && c < top),
            R::Punct | R::Case if noun && first_level(c) => false,
            _ => true,
        }
    };
    let mut kept = tree.subtree(top, keep);
    while kept.len() > 1 && kept.last().is_some_and(|&i| tokens[i].upos == Upos::Punct && i > top) {
        kept.pop();
    }
    while kept.len() > 1
        && kept.first().is_some_and(|&i| i < top && matches!(tokens[i].upos, Upos::Punct | Upos::Sconj | Upos::Cconj))
    {
        kept.remove(0);
    }
    let mut span = tree.span(&kept).unwrap_or(tokens[top].span);
    for &i in &found.wording {
        span = span.cover(tokens[i].span);
    }
    closed(&scene.tree.sentence.tokens, span)
}

/// The span with the quotation mark right behind it, where it has one that opens and none that closes: "vowed to chase them
/// "to the ends of the **earth"**".
fn closed(tokens: &[crate::Token], span: Span) -> Span {
    let mark = |t: &crate::Token| t.upos == Upos::Punct && matches!(t.lemma.as_str(), "\"" | "“" | "”" | "''" | "``");
    let first = tokens.partition_point(|t| t.span.start < span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    let inside = tokens[first..end].iter().filter(|t| mark(t)).count();
    let next = tokens.get(end).filter(|t| mark(t) && t.span.start == span.end);
    next.filter(|_| inside % 2 == 1).map_or(span, |mark| span.cover(mark.span))
}

/// A phrase without the clauses and appositions behind it.
fn phrase_span(scene: &Scene, head: usize) -> Span {
    let tree = scene.tree;
    let keep = |c: usize| {
        let own_case = tree.relation(c) == R::Case && tree.head(c) == Some(head);
        !own_case && !matches!(tree.relation(c), R::AclRelcl | R::Parataxis | R::Punct | R::Cc | R::Appos)
    };
    let kept =
        tree.subtree(head, |c| keep(c) && !(tree.relation(c) == R::Conj && super::arguments::is_verbal(tree, c)));
    tree.span(&kept).unwrap_or(tree.sentence.tokens[head].span)
}

/// The innermost reported statement that holds the claim, if it is not the claim's own verb that reports.
fn according_to(layers: &Layers, scene: &Scene, found: &Match, span: Span) -> Option<AccordingTo> {
    let trigger = scene.tree.sentence.tokens[found.trigger].span;
    let core = if span.holds(trigger) { trigger } else { span };
    let said = layers.statements.innermost(core)?;
    let source = said.speakers.first().cloned().or_else(|| press(layers, said));
    Some(AccordingTo { source, cue: said.cue, stance: said.stance, form: said.form })
}

/// "It has been reported", "there are reports of": the press says so.
fn press(layers: &Layers, said: &Attribution) -> Option<Party> {
    let cue = said.cue.of(&layers.report.text).to_lowercase();
    let reported = said.source.is_none() && cue.contains("report");
    reported.then(|| Party {
        span: said.cue,
        name: None,
        country: Some("MEDIA".to_owned()),
        sectors: vec!["JRN"],
        wikidata: None,
        why: "reported, without a source: the press".to_owned(),
    })
}

/// True for a date more than a year before publication.
fn is_past(date: &DateMention, report: &Report) -> bool {
    let year = date.value.get(..4).and_then(|year| year.parse::<i32>().ok());
    matches!((year, report.day()), (Some(year), Some(day)) if year < day.year - 1)
}

/// From the parser's certainty of the arcs involved, the parties found and how specific the entry is.
fn confidence(scene: &Scene, found: &Match) -> f32 {
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
