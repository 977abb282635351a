//! Claims to events: the likeliest pairs first, average linkage, a veto of any member counts, no transitive closure.

use super::{
    context,
    facts::{Facts, Ground},
    rest::{self, Open},
    similarity::{Evidence, evidence, foreign, least},
    veto::{Sides, agree_on_day, apart, counted, everybody, one_statement, sides},
};
use crate::{
    claim::Modality,
    event::{ClaimRef, Event, Link},
    plover::EventType,
};
use std::collections::{BTreeMap, HashMap};

/// How many earlier claims of one block a claim is held against: keeps the work linear in the number of claims.
const WINDOW: usize = 48;

/// What a link needs less where it is the only such thing that two reports tell of two parties.
const SINGLE: f32 = 0.5;

/// The same where their words have nothing in common.
const FOREIGN: f32 = 0.15;

/// What a link needs more where one says it alone and another with others.
const JOINT: f32 = 0.3;

/// What a link of two reports needs more where one tells of an attack and of nothing about it.
const UNSAID: f32 = 0.25;

/// Sentences of two reports that charge a party, as a product, above which a charge is one of several.
const SEVERAL: u32 = 2;

/// How alike the sentences of two charges must be that are some of several, and of two talks; what is needed more where
/// they are not.
const CHARGE: f32 = 0.12;
const TALK: f32 = 0.145;
const UNLIKE: f32 = 0.6;

/// How many members stand for a large event.
const EXEMPLARS: usize = 24;

/// Groups the claims into events, in order of the first claim of each.
pub fn group(ground: &mut Ground) -> Vec<Event> {
    let statements = mark_mutual(ground);
    let (ground, facts) = (&*ground, &ground.facts);
    let mut pairs: Vec<(f32, u32, u32)> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for (a, b) in candidates(facts) {
        let (x, y) = (&facts[a as usize], &facts[b as usize]);
        let Some((parties, content)) = over(x, y) else { continue };
        if parties >= 0.0 && content >= 0.0 {
            pairs.push((parties + content, a, b));
        }
        if x.at.report != y.at.report && x.kind == y.kind {
            open.push(Open { claims: (a, b), parties, content });
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let mut cluster: Vec<u32> = statements.clone();
    let mut members: Vec<Vec<u32>> = vec![vec![]; facts.len()];
    for (i, &s) in cluster.iter().enumerate() {
        members[s as usize].push(i as u32);
    }
    let mut why: BTreeMap<u32, Vec<Link>> = BTreeMap::new();
    for (score, a, b) in pairs {
        let (x, y) = (cluster[a as usize], cluster[b as usize]);
        if x == y || !may_join(facts, &statements, &members[x as usize], &members[y as usize]) {
            continue;
        }
        let (x, y) = (x.min(y), x.max(y));
        let moved = std::mem::take(&mut members[y as usize]);
        for &m in &moved {
            cluster[m as usize] = x;
        }
        members[x as usize].extend(moved);
        why.entry(a.max(b)).or_default().push(reason(ground, a.min(b), a.max(b), score));
    }
    rest::join(facts, &open, &mut cluster, &mut members, EXEMPLARS, |score, a, b| {
        why.entry(a.max(b)).or_default().push(reason(ground, a.min(b), a.max(b), score));
    });
    let mut out: Vec<Vec<u32>> = members.into_iter().filter(|m| !m.is_empty()).collect();
    for members in &mut out {
        members.sort_unstable();
    }
    out.sort_unstable();
    let event = |(i, members): (usize, Vec<u32>)| Event {
        id: format!("e{}", i + 1),
        claims: members.iter().map(|&m| facts[m as usize].at).collect(),
        links: members.iter().flat_map(|m| why.get(m).cloned().unwrap_or_default()).collect(),
    };
    out.into_iter().enumerate().map(event).collect()
}

/// Finds the statements of two directions and marks their claims; for each claim the first claim of its statement.
pub(super) fn mark_mutual(ground: &mut Ground) -> Vec<u32> {
    let statements = statements(&ground.facts);
    for (i, &s) in statements.iter().enumerate() {
        if s as usize != i {
            ground.facts[i].mutual = true;
            ground.facts[s as usize].mutual = true;
        }
    }
    statements
}

/// Pairs worth a look: claims that share a type family and a party, or a type family and a concept.
fn candidates(facts: &[Facts]) -> Vec<(u32, u32)> {
    let mut blocks: HashMap<(u8, u8, u32), Vec<u32>> = HashMap::new();
    let mut out = Vec::new();
    for (i, f) in facts.iter().enumerate() {
        let mut near = Vec::new();
        let mut heavy = f.words.clone();
        heavy.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let words = heavy.iter().take(6).map(|&(n, _)| (0u8, n));
        let parties = f.actors.iter().chain(&f.recipients).map(|&n| (1u8, n));
        for (sort, key) in words.chain(parties) {
            let block = blocks.entry((family(f), sort, key)).or_default();
            near.extend(block.iter().rev().take(WINDOW).copied());
            block.push(i as u32);
        }
        near.sort_unstable();
        near.dedup();
        out.extend(near.into_iter().map(|j| (j, i as u32)));
    }
    out
}

/// Types that may be linked share a family.
fn family(f: &Facts) -> u8 {
    use crate::EventType::{
        Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request, Retreat,
        Sanction, Support, Threaten,
    };
    match f.kind {
        Assault | Coerce | Sanction | Mobilize | Threaten | Reject | Accuse | Request | Protest => 0,
        Agree | Consult | Support | Cooperate | Aid | Concede | Retreat => 1,
    }
}

/// What speaks for a pair above what it needs, parties and content; `None` where something keeps them apart.
fn over(a: &Facts, b: &Facts) -> Option<(f32, f32)> {
    if apart(a, b).is_some() {
        return None;
    }
    let (found, need) = (evidence(a, b), need(a, b));
    Some((found.parties - need.parties, found.content - need.content))
}

pub(super) fn need(a: &Facts, b: &Facts) -> Evidence {
    let (x, y) = (least(a.kind), least(b.kind));
    let mut content = x.content.max(y.content);
    let same_target = sides(&a.recipients, &b.recipients) == Sides::Same;
    let exact = sides(&a.actors, &b.actors) == Sides::Same && same_target;
    let ahead = |f: &Facts| matches!(f.modality, Modality::Planned | Modality::Threatened | Modality::Hypothetical);
    // One party does less to one other in the days of a story than all do to all; it threatens still less.
    if exact && a.kind == EventType::Assault {
        content -= if ahead(a) && ahead(b) { 0.35 } else { 0.2 };
    }
    // Nothing but the word ties an attack by nobody on nobody to another report's.
    let apart = a.at.report != b.at.report;
    let blank = |f: &Facts| f.actors.is_empty() && f.recipients.is_empty() && f.days.is_none() && f.place.is_none();
    if apart && a.kind == EventType::Assault && (blank(a) || blank(b)) && !counted(a, b) {
        content += UNSAID;
    }
    // Who throws stones at an embassy protests here and attacks there.
    if matches!((a.kind, b.kind), (EventType::Protest, EventType::Assault) | (EventType::Assault, EventType::Protest)) {
        let unknown = sides(&a.actors, &b.actors) == Sides::Unknown;
        content = least(EventType::Protest).content - if exact || unknown && same_target { 0.2 } else { 0.0 };
    }
    // Where each report tells one such thing between the two, they hardly tell of two things in one week.
    let week = a.told.zip(b.told).is_none_or(|(x, y)| x.abs_diff(y) <= 7);
    let unsaid =
        a.recipients.is_empty() && b.recipients.is_empty() && (a.kind.verbal() || a.kind == EventType::Mobilize);
    let single = exact || unsaid && sides(&a.actors, &b.actors) == Sides::Same;
    if single && a.kind == b.kind && a.kind != EventType::Assault && a.at.report != b.at.report && week {
        // Who charges another with something else makes another charge, even where each report has only one; and who
        // threatens with something else another threat.
        let charge = |kind| matches!(kind, EventType::Accuse | EventType::Reject | EventType::Threaten);
        let foreign = charge(a.kind) && foreign(a, b);
        content -= if foreign { FOREIGN } else { SINGLE } / ((a.alike.max(1) * b.alike.max(1)) as f32).sqrt();
    }
    let meeting = apart && a.kind == EventType::Consult && b.kind == EventType::Consult;
    let unlike = |least: f32| context::shared(&a.context, &b.context) < least;
    // Where a report charges a party with several things, like words are not enough: the sentences must be alike.
    let several = a.alike * b.alike > SEVERAL;
    if apart && a.kind == EventType::Accuse && several && unlike(CHARGE) {
        content += UNLIKE;
    }
    // Governments speak often in the days of a crisis: persons, day or sentence tell which call it was.
    let person = a.acting.iter().chain(&a.receiving).any(|p| b.acting.contains(p) || b.receiving.contains(p));
    if meeting && !person && !agree_on_day(a, b) && unlike(TALK) {
        content += UNLIKE;
    }
    // What four governments said together is not what one of them said.
    let joint = a.actors.len().max(b.actors.len()) > 2 && a.actors.len().min(b.actors.len()) == 1;
    if joint && apart && a.kind.verbal() && a.kind != EventType::Consult {
        content += JOINT;
    }
    // A call of three may be told as two calls of two.
    if meeting && sides(&everybody(a), &everybody(b)) != Sides::Same {
        content += 0.2;
    }
    Evidence { parties: x.parties.max(y.parties) - 0.4, content }
}

/// For each claim the first claim of its statement: the two directions of "both expelled diplomats" stand together.
fn statements(facts: &[Facts]) -> Vec<u32> {
    let mut first: HashMap<(ClaimRef, u32), Vec<u32>> = HashMap::new();
    let mut out: Vec<u32> = (0..facts.len() as u32).collect();
    for (i, f) in facts.iter().enumerate() {
        let key = (ClaimRef { report: f.at.report, claim: f.sentence }, f.act.start);
        let same = first.entry(key).or_default();
        if let Some(&twin) = same.iter().find(|&&j| one_statement(&facts[j as usize], f)) {
            out[i] = out[twin as usize];
        }
        same.push(i as u32);
    }
    out
}

/// Average linkage over the pairs of statements of both, with the veto of any pair. Of the directions of a statement
/// the one that fits best counts.
fn may_join(facts: &[Facts], statements: &[u32], xs: &[u32], ys: &[u32]) -> bool {
    let mut best: BTreeMap<(u32, u32), Option<(f32, f32)>> = BTreeMap::new();
    for &x in xs.iter().take(EXEMPLARS) {
        for &y in ys.iter().take(EXEMPLARS) {
            let (a, b) = (&facts[x as usize], &facts[y as usize]);
            let pair = best.entry((statements[x as usize], statements[y as usize])).or_insert(None);
            let Some(over) = over(a, b) else { continue };
            if pair.is_none_or(|(p, c)| p + c < over.0 + over.1) {
                *pair = Some(over);
            }
        }
    }
    let (mut parties, mut content, mut pairs) = (0.0, 0.0, 0.0);
    let counts = |s: u32| facts[s as usize].casualty;
    // "Heavy gunfire shook the town" came in by who fired, and says of nobody else that he did not.
    let nameless = |s: u32| facts[s as usize].exchange && facts[s as usize].actors.is_empty();
    let bare = |s: u32| facts[s as usize].words.is_empty() || counts(s) || nameless(s);
    // "More than 20 were injured" hangs on the one claim before it.
    if best.keys().all(|&(x, y)| counts(x) || counts(y)) {
        let most = best.values().flatten().map(|(_, c)| *c).fold(f32::MIN, f32::max);
        return best.values().all(Option::is_some) && most >= 0.0;
    }
    let all_bare = best.keys().all(|&(x, y)| bare(x) || bare(y));
    for (&(x, y), pair) in &best {
        let Some((p, c)) = pair else { return false };
        // "Rubio backs India" fits all that he said of India; it must not be the bridge between two things he said.
        if all_bare || !(bare(x) || bare(y)) {
            parties += p;
            content += c;
            pairs += 1.0;
        }
    }
    // Mentions of one event share less with each other than with the one that tells it best: a little slack.
    let spoken = xs.iter().chain(ys).all(|&m| facts[m as usize].kind.verbal());
    let slack = if spoken { 0.15 } else { 0.35 };
    parties / pairs >= -0.25 && content / pairs >= -slack
}

fn reason(ground: &Ground, a: u32, b: u32, score: f32) -> Link {
    let (x, y) = (&ground.facts[a as usize], &ground.facts[b as usize]);
    let mut shared = Vec::new();
    let name = |n: &u32| ground.names[*n as usize].trim_start_matches("person ").to_string();
    shared.extend(x.actors.iter().filter(|n| y.actors.contains(n)).map(|n| format!("actor {}", name(n))));
    shared.extend(x.recipients.iter().filter(|n| y.recipients.contains(n)).map(|n| format!("recipient {}", name(n))));
    let words = x.words.iter().filter(|(n, _)| y.words.iter().any(|(m, _)| m == n));
    let words: Vec<&str> = words.map(|(n, _)| ground.concepts.name(*n)).collect();
    if !words.is_empty() {
        shared.push(format!("words {}", words.join(" ")));
    }
    if counted(x, y) {
        shared.push("number".to_string());
    }
    if agree_on_day(x, y) {
        shared.push("day".to_string());
    }
    if x.at.report != y.at.report && context::shared(&x.context, &y.context) > 0.05 {
        shared.push("sentence".to_string());
    }
    Link { claim: y.at, with: x.at, shared, score }
}
