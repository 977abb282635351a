//! Matches into claims: which of them stand, what type they are of in their mood, and what belongs to them.

use super::{
    anaphora,
    attribution::Held,
    codebook::Role,
    frames::{Match, Scene},
    modality::Operators,
    parties,
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

/// The claims of one sentence, the main clause first.
///
/// `earlier` are the claims of the sentences before.
pub fn of_sentence(scene: &Scene, operators: &Operators, layers: &Layers, earlier: &[Claim]) -> Vec<Claim> {
    let tree = scene.tree;
    let matches: Vec<Match> = (0..tree.sentence.tokens.len()).filter_map(|i| scene.best(i)).collect();
    let standing: Vec<&Match> = matches.iter().filter(|found| !is_content(scene, found, &matches)).collect();
    let mut kept: Vec<&Match> = standing.iter().copied().filter(|found| !is_part(scene, found, &standing)).collect();
    kept.sort_by_key(|found| (depth(scene, found.trigger), found.trigger));
    let mut claims = Vec::new();
    for found in kept {
        let first = claims.len();
        claim(scene, operators, layers, found, &mut claims);
        let is_event = |i: usize| scene.book.frames.contains_key(&(scene.words[i], Part::Noun));
        let event = anaphora::definite_event(tree, found, is_event);
        let mourned = scene.book.entries[found.entry].recipient.iter().any(|roles| roles.contains(&Role::Victims));
        let (before, new) = claims.split_at_mut(first);
        for claim in new {
            if claim.recipients.is_empty() {
                claim.recipients = addressees(tree, claim, before);
            }
            if mourned {
                anaphora::inherit(claim, EventType::Assault, found.trigger, tree, earlier);
            } else if let Some(at) = event {
                anaphora::inherit(claim, claim.kind, at, tree, earlier);
            }
            parties::complete(claim, tree.sentence.tokens[found.trigger].span, scene.cast, earlier);
        }
    }
    claims
}

/// "called Kyiv, offering help", "called Kyiv and offered help": who is talked to is offered, promised, asked or threatened
/// what the second verb says.
fn addressees(tree: &Tree, claim: &Claim, before: &[Claim]) -> Vec<Party> {
    use EventType::{Agree, Aid, Consult, Request, Support, Threaten};
    let joined = matches!(tree.relation(claim.trigger), R::Advcl | R::Conj);
    let participle = joined && tree.child(claim.trigger, R::Mark).is_none();
    if !participle || !matches!(claim.kind, Agree | Aid | Request | Support | Threaten) {
        return vec![];
    }
    let same = |talk: &&Claim| {
        let one = |party: &Party| claim.actors.iter().any(|actor| actor.country == party.country);
        talk.kind == Consult && tree.head(claim.trigger) == Some(talk.trigger) && talk.actors.iter().any(one)
    };
    before.iter().find(same).map_or(vec![], |talk| talk.recipients.clone())
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

/// True where a match is only a part of another one that stands: "attack" in "launched an attack".
fn is_part(scene: &Scene, found: &Match, standing: &[&Match]) -> bool {
    let tree = scene.tree;
    let kind = scene.book.entries[found.entry].kind;
    standing.iter().filter(|other| other.trigger != found.trigger).any(|other| {
        let entry = &scene.book.entries[other.entry];
        if other.wording.contains(&found.trigger) {
            return other.wording.len() > found.wording.len() || other.specificity >= found.specificity;
        }
        if other.used.contains(&found.trigger) && found.part != Part::Verb {
            // A deed that is condemned or denied stays a deed.
            return kind.quad() != 4 || entry.kind == kind;
        }
        // "the attack, which killed 26": the clause tells it better.
        let clause = tree.relation(other.trigger) == R::AclRelcl && tree.head(other.trigger) == Some(found.trigger);
        clause && found.part == Part::Noun && entry.kind == kind
    })
}

/// True for what is asked for, promised, threatened or refused: the content of that, no deed ("agreed to withdraw").
fn is_content(scene: &Scene, found: &Match, all: &[Match]) -> bool {
    let tree = scene.tree;
    let kind = scene.book.entries[found.entry].kind;
    // "the lives lost in the attack in Kashmir": what is taken for granted stays a deed, whatever is asked.
    let participle = tree.relation(found.trigger) == R::Acl && found.arguments.passive;
    // "blames Ankara for an attack in which nine died": so is what a clause tells more of.
    let told = found.part == Part::Noun
        && tree.subtree(found.trigger, |_| true).iter().any(|&below| tree.relation(below) == R::AclRelcl);
    let noun = found.part == Part::Noun && (told || is_definite(scene, found.trigger));
    let granted = kind.quad() == 4 && (participle || noun);
    if granted {
        return false;
    }
    all.iter().filter(|other| other.trigger != found.trigger).any(|other| {
        let entry = &scene.book.entries[other.entry];
        let commits = matches!(
            entry.kind,
            EventType::Agree
                | EventType::Concede
                | EventType::Request
                | EventType::Reject
                | EventType::Threaten
                | EventType::Accuse
                | EventType::Support
        );
        // An accusation tells of the deed or the plan as well, as its accuser's claim.
        let alleged = entry.content
            && entry.kind == EventType::Accuse
            && (kind.quad() == 4 || kind == EventType::Threaten)
            && other.arguments.clauses.contains(&found.trigger);
        commits && !alleged && in_clause(scene, found.trigger, other)
    })
}

/// True when `trigger` is the verb of a clause of the other match, or coordinated with it, or below it by control.
fn in_clause(scene: &Scene, trigger: usize, other: &Match) -> bool {
    let tree = scene.tree;
    if other.arguments.clauses.is_empty() && other.arguments.prepositions.is_empty() {
        return false;
    }
    let mut at = trigger;
    for _ in 0..8 {
        let verbal = super::arguments::is_verbal(tree, at);
        if other.arguments.clauses.contains(&at) {
            return true;
        }
        // nouns under "called for a withdrawal of troops"
        if other.arguments.prepositions.iter().any(|&(case, head)| head == at && tree.lemma(case) == "for") {
            return true;
        }
        match tree.relation(at) {
            R::Conj | R::Xcomp | R::Advcl | R::Obj | R::Nmod | R::Ccomp | R::Obl => {}
            R::Acl if verbal => {}
            _ => return false,
        }
        match tree.head(at) {
            Some(head) if head != other.trigger => at = head,
            _ => return false,
        }
    }
    false
}

fn claim(scene: &Scene, operators: &Operators, layers: &Layers, found: &Match, claims: &mut Vec<Claim>) {
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
    let span = clause_span(scene, found);
    // "would not stand by": the negation is part of what is said, and turns nothing round.
    let denies = |&i: &usize| i != found.trigger && matches!(tree.lemma(i), "not" | "no" | "never" | "nothing");
    let says_no = found.wording.iter().any(denies);
    let mut modality = if says_no { Modality::Occurred } else { operators.modality(tree, found.trigger) };
    let attribution = according_to(layers, scene, found, span);
    let mut kind = entry.kind;
    let mut mode = entry.mode.clone();
    let mut actors = found.actors.clone();
    // "Pakistan must act, he said": who says a demand or a threat makes it.
    if actors.is_empty()
        && kind.verbal()
        && let Some(speaker) = attribution.as_ref().and_then(|said| said.source.clone())
    {
        actors.push(speaker);
        if matches!(modality, Modality::Hypothetical | Modality::Planned) {
            modality = Modality::Occurred;
        }
    }
    let mut recipients = found.recipients.clone();
    if actors.is_empty() && matches!(tree.relation(found.trigger), R::Root | R::Conj | R::Parataxis) {
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
    // "will not negotiate"
    if modality == Modality::Negated && matches!(kind.quad(), 1 | 2) && operators.is_refusal(tree, found.trigger) {
        mode = match kind {
            EventType::Consult => Some("meet".to_owned()),
            EventType::Aid | EventType::Cooperate | EventType::Support => Some("assist".to_owned()),
            _ => Some("yield".to_owned()),
        };
        (kind, modality) = (EventType::Reject, Modality::Occurred);
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
                actor.country == party.country && (actor.name == party.name || state(actor) || state(party))
            })
        };
        recipients.retain(|party| party.country.is_none() || !own(party));
    }
    // "India's provocations" are an accusation only in somebody's mouth.
    if kind == EventType::Accuse && entry.actor[0].is_empty() && actors.is_empty() {
        return;
    }
    let known = |parties: &[Party]| parties.iter().any(|party| party.country.is_some());
    if kind.verbal() && actors.is_empty() && !known(&recipients) {
        return;
    }
    mood(&mut kind, &mut mode, &mut modality, &actors, attribution.as_ref());
    let tokens = &tree.sentence.tokens;
    let act = match (found.wording.first(), found.wording.last()) {
        (Some(&first), Some(&last)) => tokens[first].span.cover(tokens[last].span),
        _ => tokens[found.trigger].span,
    };
    let object = found.arguments.object.filter(|&object| !found.wording.contains(&object));
    let date = dates::of_claim(layers.dates, &layers.report.text, tree, found.trigger);
    let place = places::of_claim(layers.places, tree, found.trigger).cloned();
    let historical = date.as_ref().is_some_and(|date| is_past(date, layers.report));
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
    for (actors, recipients) in directions(entry.reciprocal, &base, scene.cast.focus()) {
        claims.push(Claim { actors, recipients, ..base.clone() });
    }
}

/// "his country", "its nation".
fn is_own_country(text: &str, party: &Party) -> bool {
    let words = party.span.of(text).to_lowercase();
    let whose =
        words.split_once(' ').filter(|(whose, _)| matches!(*whose, "his" | "her" | "its" | "their" | "our" | "my"));
    whose.is_some_and(|(_, what)| matches!(what, "country" | "nation" | "homeland" | "people" | "government"))
}

/// One claim as a rule; one per direction where two parties act on each other.
fn directions(reciprocal: bool, claim: &Claim, rivals: &[Party]) -> Vec<(Vec<Party>, Vec<Party>)> {
    let (actors, recipients) = (&claim.actors, &claim.recipients);
    if claim.kind == EventType::Consult {
        return vec![(actors.clone(), recipients.clone())];
    }
    let one_group = recipients.is_empty()
        && actors.len() == 2
        && actors.iter().all(|actor| actor.country.is_some())
        && actors[0].country != actors[1].country;
    // "both countries expelled diplomats": each other's.
    let rival = |party: &Party| rivals.len() == 2 && rivals.iter().any(|one| one.country == party.country);
    let both = one_group && (actors[0].span == actors[1].span || actors.iter().all(rival));
    let mutual = both
        && matches!(
            claim.kind,
            EventType::Sanction | EventType::Accuse | EventType::Assault | EventType::Threaten | EventType::Coerce
        );
    // "X and Y agreed to talk": with each other; "offered to mediate" (CAMEO 039): between others.
    let agreed = claim.kind == EventType::Agree && claim.cameo.as_deref() != Some("039");
    if one_group && (reciprocal || mutual || agreed) {
        return vec![
            (vec![actors[0].clone()], vec![actors[1].clone()]),
            (vec![actors[1].clone()], vec![actors[0].clone()]),
        ];
    }
    // "crossfire, with both sides …"
    if reciprocal && actors.is_empty() && recipients.len() == 2 && recipients[0].country != recipients[1].country {
        return vec![
            (vec![recipients[0].clone()], vec![recipients[1].clone()]),
            (vec![recipients[1].clone()], vec![recipients[0].clone()]),
        ];
    }
    let same = !actors.is_empty()
        && actors.len() == recipients.len()
        && actors.len() > 1
        && actors.iter().zip(recipients).all(|(actor, recipient)| actor.country == recipient.country);
    if same {
        // "both sides blame each other"
        let mut out = Vec::new();
        for (i, actor) in actors.iter().enumerate() {
            let others =
                recipients.iter().enumerate().filter(|&(j, _)| j != i).map(|(_, party)| party.clone()).collect();
            out.push((vec![actor.clone()], others));
        }
        return out;
    }
    // A promise is one side's alone.
    if reciprocal && claim.kind != EventType::Agree && !recipients.is_empty() && !actors.is_empty() {
        return vec![(actors.clone(), recipients.clone()), (recipients.clone(), actors.clone())];
    }
    vec![(actors.clone(), recipients.clone())]
}

/// True for "the attack", "this attack", "his arrest".
fn is_definite(scene: &Scene, noun: usize) -> bool {
    let tree = scene.tree;
    tree.children(noun).any(|c| match tree.relation(c) {
        R::Det => matches!(tree.lemma(c).to_ascii_lowercase().as_str(), "the" | "this" | "that" | "these" | "those"),
        R::NmodPoss => true,
        _ => false,
    })
}

/// A definite event noun that only points back: "after the attack", "the talks".
fn is_bare_mention(scene: &Scene, found: &Match) -> bool {
    let tree = scene.tree;
    let mut definite = false;
    for child in tree.children(found.trigger) {
        match tree.relation(child) {
            R::Det => {
                definite |= matches!(
                    tree.lemma(child).to_ascii_lowercase().as_str(),
                    "the" | "this" | "that" | "these" | "those"
                );
            }
            R::Case | R::Punct | R::Cc | R::Conj | R::Mark | R::Advmod => {}
            _ => return false,
        }
    }
    if !found.actors.is_empty() || !found.recipients.is_empty() {
        return false;
    }
    // A bare noun under a preposition or as a modifier tells nothing new either.
    definite || tree.relation(found.trigger) == R::Compound || tree.sentence.tokens[found.trigger].upos == Upos::Propn
}

/// Types whose parties are often of one country.
fn is_domestic(kind: EventType) -> bool {
    !matches!(
        kind,
        EventType::Sanction | EventType::Agree | EventType::Consult | EventType::Cooperate | EventType::Support
    )
}

/// PLOVER's rules on mood (codebook 8.2): what is promised is an agreement, what is threatened a threat.
fn mood(
    kind: &mut EventType,
    mode: &mut Option<String>,
    modality: &mut Modality,
    actors: &[Party],
    attribution: Option<&AccordingTo>,
) {
    if *modality == Modality::Planned {
        match kind {
            EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => {
                *kind = EventType::Agree;
                *mode = None;
            }
            EventType::Retreat => {
                *kind = EventType::Concede;
                *mode = None;
            }
            EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Mobilize | EventType::Protest => {
                let country = |party: &Party| party.country.clone();
                let speaker = attribution.and_then(|said| said.source.as_ref()).and_then(country);
                let own = speaker.is_some() && actors.iter().any(|actor| country(actor) == speaker);
                if own {
                    *mode = threat_mode(*kind, mode.as_deref());
                    *kind = EventType::Threaten;
                    *modality = Modality::Occurred;
                }
            }
            _ => {}
        }
    }
    if *modality == Modality::Threatened && kind.quad() == 4 {
        *mode = threat_mode(*kind, mode.as_deref());
        *kind = EventType::Threaten;
        *modality = Modality::Occurred;
    }
}

/// The mode of a threat to do this.
pub fn threat_mode(kind: EventType, mode: Option<&str>) -> Option<String> {
    let mode = match (kind, mode) {
        (EventType::Assault | EventType::Mobilize, _) => "violence",
        (EventType::Coerce, Some("arrest")) => "arrest",
        (EventType::Sanction, Some("expel")) | (EventType::Coerce, Some("deport")) => "expel",
        (EventType::Coerce, _) => "restrict",
        _ => "relations",
    };
    Some(mode.to_owned())
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
    span
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
