//! What linking looks at in a claim, in a form that is cheap to compare.

use super::{
    around::Around,
    called,
    context::{self, Context},
    place,
    said::{classes, content, object, reported},
    when,
    words::{self, Concepts},
};
use crate::{
    claim::{Annotation, Claim, DateMention, DatePrecision, Modality, Party, PlaceMention, PlacePrecision, Stance},
    day::Day,
    event::ClaimRef,
    labels::{Relation as R, Upos},
    plover::EventType,
    span::Span,
    tree::Tree,
    world::lists::{LISTS, holds_form},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What linking looks at in one claim.
#[allow(clippy::struct_excessive_bools)] // four independent properties of a phrase
#[derive(Clone, Debug)]
pub struct Facts {
    /// Which claim.
    pub at: ClaimRef,
    /// Number of the story that its report belongs to.
    pub story: usize,
    /// PLOVER type.
    pub kind: EventType,
    /// Met, phoned: the mode where it tells apart.
    pub mode: Option<String>,
    /// Index of the sentence.
    pub sentence: usize,
    /// The words of the act: claims with one act are the directions of one deed.
    pub act: Span,
    /// Numbers of the parties that act, sorted.
    pub actors: Vec<u32>,
    /// Numbers of the parties acted on, sorted.
    pub recipients: Vec<u32>,
    /// All of them, sorted.
    pub everybody: Vec<u32>,
    /// True where no words of the report name those acted on: they were worked out, and may be wrong.
    pub implied: bool,
    /// Persons among those who act, as (party, person).
    pub acting: Vec<(u32, u32)>,
    /// Persons among those acted on.
    pub receiving: Vec<(u32, u32)>,
    /// Persons who are named in the words of the claim and do not act, sorted.
    pub named: Vec<u32>,
    /// Words of names in the claim that are no party's: "**Bir al-Ghanam** falls". Sorted.
    pub proper: Vec<u32>,
    /// What those are called who act, and those acted on, whom nobody knows: "insurgents". Sorted.
    pub described: [Vec<u32>; 2],
    /// Concepts with weights; the vector has length 1 (or 0 where it is empty).
    pub words: Vec<(u32, f32)>,
    /// What a measure is taken on, as concepts.
    pub things: Vec<u32>,
    /// Skirmishes, crossfire: what two sides do to each other.
    pub exchange: bool,
    /// Denies a charge; other rejections refuse a request.
    pub denial: bool,
    /// Asks for what is asked of everybody in every crisis: calm, restraint.
    pub plea: bool,
    /// By which means it was done, where its words tell: from the air, with guns.
    pub means: Vec<u8>,
    /// Tells only of dead and wounded: "more than 20 were injured".
    pub casualty: bool,
    /// One of the two directions of one statement: "both sides blame each other".
    pub mutual: bool,
    /// Where.
    pub place: Option<PlaceMention>,
    /// First and last day it may have happened, as day numbers.
    pub days: Option<(i64, i64)>,
    /// True where the day hangs on when the words were spoken ("today" in a quotation).
    pub floating: bool,
    /// Numbers of people and things: what, least, most.
    pub counts: Vec<(String, u64, u64)>,
    /// "the attack", "this strike": points back to something told before.
    pub definite: bool,
    /// The same, by a noun that tells the deed: "the bombing of the embassy".
    pub the: bool,
    /// Told by a noun, or by a word that only describes one: "anger over the **killing**", "the **murdered** priest".
    pub passing: bool,
    /// Whether it happened.
    pub modality: Modality,
    /// Told as history.
    pub historical: bool,
    /// Laid to somebody by another party: no statement or threat of its own.
    pub alleged: bool,
    /// How many sentences of its report tell of such a thing between these parties; 0 where a party is not told.
    pub alike: u32,
    /// The day its report came out, as a day number.
    pub told: Option<i64>,
    /// The words of its sentence.
    pub context: Context,
    /// Its story is told at such length that what was learnt from stories holds for it.
    pub whole: bool,
    /// The word of the deed, and the class of words that it is used like.
    pub deed: (u32, u32),
    /// A noun tells it.
    pub noun: bool,
    /// Whether its sentence names those who act, and those acted on, as the rules find them.
    pub sure: [bool; 2],
    /// Who most likely acts, and on whom, where that is all that is known. Sorted.
    pub likely: [Vec<u32>; 2],
    /// According to whom.
    pub source: Option<u32>,
    /// Classes of words that its own words and those of its sentence are used like. Sorted.
    pub classes: [Vec<u32>; 2],
    /// How sure the codebook is.
    pub confidence: f32,
    /// Where in its report it stands, from 0 to 1.
    pub height: f32,
}

/// The facts of every claim, in order, and the names of the numbers in them.
pub struct Ground {
    /// In the order of reports and claims.
    pub facts: Vec<Facts>,
    /// Names of the concepts.
    pub concepts: Concepts,
    /// Names of parties and persons by number.
    pub names: Vec<String>,
}

#[derive(Default)]
struct Names {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&n) = self.numbers.get(name) {
            return n;
        }
        self.names.push(name.to_string());
        self.numbers.insert(name.to_string(), self.names.len() as u32 - 1);
        self.names.len() as u32 - 1
    }
}

/// Collects the facts of all claims; rare concepts weigh more. `stories` holds for each report the number of its story.
pub fn collect(annotations: &[Annotation], stories: &[usize]) -> Ground {
    let mut names = Names::default();
    let mut concepts = Concepts::default();
    let mut facts = Vec::new();
    for (report, annotation) in annotations.iter().enumerate() {
        let around = Around::new(annotation);
        for (claim, c) in annotation.claims.iter().enumerate() {
            let found = of_claim(&around, c, ClaimRef { report, claim }, &mut names, &mut concepts);
            facts.push(Facts { story: stories[report], ..found });
        }
    }
    mark_whole(&mut facts);
    settle(&mut facts, &names);
    context::lay(&mut facts, annotations);
    take_up(&mut facts);
    weigh(&mut facts, concepts.len());
    count_alike(&mut facts);
    for f in &mut facts {
        f.everybody = [f.actors.as_slice(), &f.recipients].concat();
        f.everybody.sort_unstable();
        f.everybody.dedup();
        if !f.kind.verbal() {
            // What a measure is taken on is its object; jets and borders are no aim of an attack.
            let attack = matches!(f.kind, EventType::Assault | EventType::Protest);
            let thing = |n: u32| concepts.thing(n) && (!attack || concepts.site(n));
            f.things.retain(|&n| thing(n));
            if f.things.is_empty() {
                f.things = f.words.iter().map(|&(n, _)| n).filter(|&n| thing(n)).collect();
            }
        }
        let has = |test: fn(&Concepts, u32) -> bool| f.words.iter().any(|&(n, _)| test(&concepts, n));
        f.exchange = has(Concepts::exchange) && !has(Concepts::narrow);
        f.plea = f.words.iter().any(|&(n, _)| concepts.plea(n));
    }
    Ground { facts, concepts, names: names.names }
}

fn of_claim(around: &Around, c: &Claim, at: ClaimRef, names: &mut Names, concepts: &mut Concepts) -> Facts {
    let annotation = around.annotation;
    let text = &annotation.report.text;
    let mut side = |parties: &[Party]| {
        let mut codes = Vec::new();
        let mut people = Vec::new();
        for party in parties.iter().filter(|p| !stage(text, c, p)) {
            let code = party.country.clone().or_else(|| party.name.as_ref().map(|n| n.to_lowercase()));
            let Some(code) = code else { continue };
            let code = names.number(&code);
            codes.push(code);
            let inside = around.person(party.span);
            let known = party.name.as_ref().filter(|name| around.person_names.contains(*name));
            if let Some(person) =
                known.or(inside.filter(|_| parties.iter().all(|p| p.span == party.span) || parties.len() == 1))
            {
                people.push((code, names.number(&format!("person {}", person.to_lowercase()))));
            }
        }
        codes.sort_unstable();
        codes.dedup();
        people.sort_unstable();
        people.dedup();
        (codes, people)
    };
    // Who did it was taken over from what the report told before: that must not keep it from another report's account.
    let taken_over = c.actors.iter().all(|party| party.why.starts_with(crate::code::anaphora::TAKEN_OVER));
    // Nor must whoever is only the likeliest one: that two reports tell the same is no matter of what is likely.
    let known = |parties: &[Party]| -> Vec<Party> { parties.iter().filter(|p| !p.is_weighed()).cloned().collect() };
    let (actors, acting) = side(&if taken_over { Vec::new() } else { known(&c.actors) });
    let (mut recipients, mut receiving) = side(&known(&c.recipients));
    // Nobody urges or threatens himself: whom such a claim is addressed to was not found.
    if (c.kind.verbal() || c.kind == EventType::Mobilize) && recipients == actors {
        recipients.clear();
        receiving.clear();
    }
    let stands = |party: &Party| !party.is_weighed() && !party.is_inferred();
    let sure = [&c.actors, &c.recipients].map(|parties| !parties.is_empty() && parties.iter().all(stands));
    // All that is known where nothing else is.
    let mut likely = [side(&c.actors).0, side(&c.recipients).0];
    for (likely, known) in likely.iter_mut().zip([&actors, &recipients]) {
        if likely == known {
            likely.clear();
        }
    }
    let source = c.attribution.as_ref().and_then(|a| a.source.as_ref()).and_then(|p| p.country.as_deref());
    let teller = source.map(|code| names.number(code));
    let of_use = |d: &&DateMention| d.precision <= DatePrecision::Year || d.precision == DatePrecision::Interval;
    let date = c.date.as_ref().filter(of_use);
    let days = date.and_then(|d| when::days(d, annotation.report.day())).map(|(a, b)| (a.number(), b.number()));
    let floating = date.is_some_and(|d| {
        let words = d.span.of(text).to_lowercase();
        ["today", "yesterday", "tonight", "overnight", "last night", "this morning"].iter().any(|w| words.contains(w))
    });
    let counts = c.figures.iter().filter_map(|f| {
        let low = f.low.or(f.high)?;
        Some((f.what.clone(), f.low.unwrap_or(0), f.high.unwrap_or(if f.low == f.high { low } else { u64::MAX })))
    });
    let mut named: Vec<u32> =
        around.people(c.span).map(|name| names.number(&format!("person {}", name.to_lowercase()))).collect();
    named.retain(|person| acting.iter().all(|(_, who)| who != person));
    named.sort_unstable();
    named.dedup();
    let mut numbers = |words: Vec<String>| {
        let mut out: Vec<u32> = words.iter().map(|word| names.number(&format!("word {word}"))).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    let proper = numbers(called::names(annotation, &around.parties, c));
    let described = [&c.actors, &c.recipients].map(|side| numbers(called::heads(annotation, c, side)));
    let deed = annotation.sentences.get(c.sentence).and_then(|s| s.tokens.get(c.trigger));
    let deed = deed.map_or((u32::MAX, 0), |token| {
        let chars: Vec<char> = token.lemma.chars().flat_map(char::to_lowercase).collect();
        (names.number(&format!("deed {}", token.lemma)), crate::parse::clusters::path(&chars, &chars).unwrap_or(0))
    });
    let told = content(around, c);
    let mut words = concepts.of(&told, Some(c.kind));
    if words.is_empty() {
        words = concepts.of(&reported(around, c), Some(c.kind));
    }
    if c.kind == EventType::Request && recipients.len() > 1 {
        concepts.add_plea(&mut words);
    }
    let object = object(annotation, c).filter(|_| !c.kind.verbal()).map(|object| words::split(object.of(text)));
    let things = concepts.of(&object.unwrap_or_default(), None).into_iter().map(|(n, _)| n).collect();
    Facts {
        at,
        story: 0,
        implied: !c.recipients.is_empty() && c.recipients.iter().all(|p| implied(text, c, p)),
        kind: c.kind,
        mode: c.mode.clone(),
        sentence: c.sentence,
        act: c.act,
        actors,
        recipients,
        everybody: vec![],
        acting,
        receiving,
        named,
        proper,
        described,
        words,
        things,
        exchange: false,
        denial: c.kind == EventType::Reject && denial(text, c),
        plea: false,
        means: if c.kind == EventType::Assault { words::means(&told) } else { vec![] },
        casualty: c.kind == EventType::Assault && casualty(text, c, c.place.as_ref()),
        mutual: false,
        place: place::of_claim(annotation, c),
        days,
        floating,
        counts: counts.collect(),
        definite: definite(text, c),
        the: definite(text, c) && by_noun(annotation, c),
        passing: in_passing(annotation, c),
        modality: c.modality,
        historical: c.historical,
        alleged: source
            .is_some_and(|code| code != "MEDIA" && c.actors.iter().all(|p| p.country.as_deref() != Some(code)))
            && !c.actors.is_empty(),
        alike: 0,
        told: annotation.report.day().map(Day::number),
        context: Context::default(),
        whole: false,
        deed,
        noun: by_noun(annotation, c),
        sure,
        likely,
        source: teller,
        classes: classes(annotation, c),
        confidence: c.confidence,
        height: c.sentence as f32 / annotation.sentences.len().max(1) as f32,
    }
}

/// Claims from which on a story is one. Reports of a newspaper make a dozen each.
const WHOLE: u32 = 24;

fn mark_whole(facts: &mut [Facts]) {
    let mut claims: HashMap<usize, u32> = HashMap::new();
    for f in facts.iter() {
        *claims.entry(f.story).or_default() += 1;
    }
    for f in facts {
        f.whole = claims[&f.story] >= WHOLE;
    }
}

/// Who rules a land is told by the land in some reports: "Yemen" where others say "the Houthis". Where no claim of a story
/// sets the two against each other they are one party in it.
fn settle(facts: &mut [Facts], names: &Names) {
    for (group, land) in words::lands() {
        let (Some(&group), Some(&land)) = (names.numbers.get(group), names.numbers.get(land)) else { continue };
        let mut against: BTreeSet<usize> = BTreeSet::new();
        for f in facts.iter().filter(|f| matches!(f.kind, EventType::Assault | EventType::Coerce)) {
            let turned = |x: u32, y: u32| f.actors.contains(&x) && f.recipients.contains(&y);
            if turned(group, land) || turned(land, group) {
                against.insert(f.story);
            }
        }
        for f in facts.iter_mut().filter(|f| !against.contains(&f.story)) {
            for side in [&mut f.actors, &mut f.recipients] {
                side.iter_mut().filter(|party| **party == group).for_each(|party| *party = land);
                side.sort_unstable();
                side.dedup();
            }
            for people in [&mut f.acting, &mut f.receiving] {
                people.iter_mut().filter(|(party, _)| *party == group).for_each(|(party, _)| *party = land);
                people.sort_unstable();
                people.dedup();
            }
        }
    }
}

/// A denial without words of its own ("rejects the charge") denies what it was charged with right before.
fn take_up(facts: &mut [Facts]) {
    /// Sentences between a charge and the denial, at most.
    const NEAR: usize = 2;
    for i in 0..facts.len() {
        let denial = &facts[i];
        if !denial.denial || !denial.words.is_empty() {
            continue;
        }
        let before = facts[..i].iter().rev().take_while(|f| f.at.report == denial.at.report);
        let near = before.take_while(|f| f.sentence + NEAR >= denial.sentence);
        let mut charges = near.filter(|f| f.kind == EventType::Accuse);
        let charge = charges.find(|f| f.recipients.iter().any(|party| denial.actors.contains(party)));
        if let Some(words) = charge.map(|f| f.words.clone()) {
            facts[i].words = words;
        }
    }
}

/// Counts for each claim the sentences of its report that tell of its type between its parties.
fn count_alike(facts: &mut [Facts]) {
    let key = |f: &Facts| (f.at.report, f.kind, f.actors.clone(), f.recipients.clone());
    let told = |f: &&Facts| !f.actors.is_empty() && (!f.recipients.is_empty() || f.kind.verbal());
    let distinct: BTreeSet<_> = facts.iter().filter(told).map(|f| (key(f), f.sentence)).collect();
    let mut sentences: HashMap<_, u32> = HashMap::new();
    for (key, _) in distinct {
        *sentences.entry(key).or_default() += 1;
    }
    for f in facts {
        f.alike = sentences.get(&key(f)).copied().unwrap_or(0);
    }
}

/// Denies what is charged, by the stance of the speaker or by its words.
pub fn denial(text: &str, c: &Claim) -> bool {
    // "Rejecting as lies what they claim": where the claim is the bare verb, what it rejects stands behind.
    let behind = text[c.span.end as usize..].split(['.', ';', '\n']).next().unwrap_or("");
    let behind: Vec<&str> = behind.split_whitespace().take(if c.span == c.act { 6 } else { 0 }).collect();
    let words = format!("{} {}", c.span.of(text), behind.join(" ")).to_lowercase();
    let denying = ["den", "refut", "repudiat", "disown", "disclaim"];
    let charge = [
        "allegation",
        "accusation",
        "charge",
        "claim",
        "involve",
        "role",
        "baseless",
        "false",
        "fabricat",
        "blame",
        "lie",
    ];
    let has = |list: &[&str]| words.split_whitespace().any(|w| list.iter().any(|stem| w.starts_with(stem)));
    let rejecting = ["reject", "dismiss", "rebuff", "brush"];
    let apart = ["nothing to do with", "no part in", "no hand in", "no role in"];
    c.attribution.as_ref().is_some_and(|a| a.stance == Stance::Denies)
        || apart.iter().any(|phrase| words.contains(phrase))
        || has(&denying)
        || has(&rejecting) && has(&charge)
}

/// A party that is the stage alone: of "a truce was reached in Pretoria" the land of the town is no side.
fn stage(text: &str, c: &Claim, party: &Party) -> bool {
    let spoken = c.kind.verbal()
        || matches!(c.kind, EventType::Consult | EventType::Agree | EventType::Cooperate | EventType::Retreat);
    let named = c.place.as_ref().is_some_and(|place| place.span.holds(party.span));
    let before = text[..party.span.start as usize].split_whitespace().next_back();
    spoken && named && !party.span.is_empty() && before.is_some_and(|w| matches!(w, "in" | "In" | "at" | "At"))
}

/// A party that no words of the report name: its span is empty, is the act itself ("skirmishes"), or the place.
fn implied(text: &str, c: &Claim, party: &Party) -> bool {
    let lower = party.span.of(text).chars().all(|letter| !letter.is_uppercase());
    // "The Damascus strike" hit whoever stood there.
    let ground = c.kind == EventType::Assault && c.place.as_ref().is_some_and(|place| place.span.holds(party.span));
    party.span.is_empty() || ground || lower && c.act.holds(party.span)
}

/// Tells of dead or wounded and names neither who did it nor where, but perhaps in which country.
fn casualty(text: &str, c: &Claim, place: Option<&PlaceMention>) -> bool {
    let act = c.act.of(text).to_lowercase();
    let harmed = ["kill", "dead", "died", "die", "wound", "injur", "hurt", "martyr"];
    let counted = c.figures.iter().any(|f| matches!(f.what.as_str(), "killed" | "injured" | "missing"));
    let wide = |p: &PlaceMention| p.precision >= PlacePrecision::Country;
    let told = counted || act.split_whitespace().any(|word| harmed.iter().any(|stem| word.starts_with(stem)));
    let unknown = c.actors.iter().all(|p| p.country.is_none() || p.is_implied());
    told && unknown && place.is_none_or(wide)
}

fn definite(text: &str, c: &Claim) -> bool {
    let points = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "the" | "this" | "that" | "these" | "those");
    let before = text[..c.act.start as usize].split_whitespace().next_back();
    let first = c.act.of(text).split_whitespace().next();
    first.is_some_and(points) || before.is_some_and(points)
}

/// True where a noun tells the deed: "that" before a verb points at nothing.
fn by_noun(annotation: &Annotation, c: &Claim) -> bool {
    let sentence = annotation.sentences.get(c.sentence);
    sentence.and_then(|s| s.tokens.get(c.trigger)).is_some_and(|token| token.upos == Upos::Noun)
}

/// True where the word of the act is a noun below another word, or describes a noun.
fn in_passing(annotation: &Annotation, c: &Claim) -> bool {
    let Some(sentence) = annotation.sentences.get(c.sentence) else { return false };
    let Some(token) = sentence.tokens.get(c.trigger) else { return false };
    // "Row over murdered priest deepens", whatever the parser made of it.
    let about = |t: usize| holds_form(&LISTS.in_passing, &sentence.tokens[t].lemma);
    match token.upos {
        Upos::Noun => Tree::new(sentence).child(c.trigger, R::Case).is_some_and(about),
        _ => c.trigger.checked_sub(1).is_some_and(about) || matches!(token.relation.universal(), "amod" | "acl"),
    }
}

/// Multiplies each word by its rarity and gives every vector the length 1.
fn weigh(facts: &mut [Facts], concepts: usize) {
    let mut held = vec![0u32; concepts];
    facts.iter().flat_map(|f| &f.words).for_each(|&(n, _)| held[n as usize] += 1);
    let all = crate::numbers::ln(facts.len() as f32 + 1.0).max(1.0);
    for f in facts {
        for (n, weight) in &mut f.words {
            let rarity = (1.0 + concepts_ratio(held[*n as usize], all)).max(0.1);
            *weight *= rarity;
        }
        let length = f.words.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        if length > 0.0 {
            for (_, w) in &mut f.words {
                *w /= length;
            }
        }
    }
}

/// Rarity of a concept between 1 (once) and 0 (in every claim), on a logarithmic scale, less a half.
fn concepts_ratio(held: u32, all: f32) -> f32 {
    0.5 - crate::numbers::ln(held.max(1) as f32) / all
}
