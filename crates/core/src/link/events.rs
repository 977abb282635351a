//! Claims to events: the likeliest pairs first, average linkage, a veto of any member counts, no transitive closure.
//!
//! Of a few sentences what is set by hand knows best; whole stories are left to what stories taught ([`super::likely`]).

use super::{
    context,
    facts::{Facts, Ground},
    focus,
    likelihood::Trees,
    likely,
    rest::{self, Open},
    similarity::{Evidence, evidence, foreign, least},
    veto::{Sides, agree_on_day, apart, counted, one_statement, one_victim, sides},
};
use crate::{
    claim::Modality,
    event::{ClaimRef, Event, Link},
    plover::EventType,
};
use rustc_hash::FxHashMap;
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

/// Groups the claims into events, in order of the first claim of each.
pub fn group(ground: &mut Ground, trees: &Trees) -> Vec<Event> {
    let statements = mark_mutual(ground);
    let (ground, facts) = (&*ground, &ground.facts);
    let mut pairs: Vec<(f32, u32, u32)> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    candidates(facts, |a, b| {
        let (x, y) = (&facts[a as usize], &facts[b as usize]);
        let Some((parties, content)) = fits(x, y) else { return };
        if parties >= 0.0 && content >= 0.0 {
            pairs.push((parties + content, a, b));
        }
        if x.at.report != y.at.report && x.kind == y.kind {
            open.push(Open { claims: (a, b), parties, content });
        }
    });
    pairs.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let mut cluster: Vec<u32> = statements.clone();
    let mut members: Vec<Vec<u32>> = vec![vec![]; facts.len()];
    let mut spoken = vec![true; facts.len()];
    for (i, &s) in cluster.iter().enumerate() {
        members[s as usize].push(i as u32);
        spoken[s as usize] &= facts[i].kind.verbal();
    }
    let mut why: BTreeMap<u32, Vec<Link>> = BTreeMap::new();
    // Two clusters that may not join, by what was looked at of them: they are asked for again with every like pair.
    let mut refused: FxHashMap<(u32, u32), (usize, usize, bool)> = FxHashMap::default();
    for (score, a, b) in pairs {
        let (x, y) = (cluster[a as usize], cluster[b as usize]);
        if x == y {
            continue;
        }
        let (xs, ys) = (exemplars(&members[x as usize]), exemplars(&members[y as usize]));
        let words = spoken[x as usize] && spoken[y as usize];
        let looked_at = (xs.len(), ys.len(), words);
        if refused.get(&(x, y)) == Some(&looked_at) {
            continue;
        }
        if !may_join(facts, &statements, xs, ys, words) {
            refused.insert((x, y), looked_at);
            continue;
        }
        let (x, y) = (x.min(y), x.max(y));
        let moved = std::mem::take(&mut members[y as usize]);
        for &m in &moved {
            cluster[m as usize] = x;
        }
        members[x as usize].extend(moved);
        spoken[x as usize] = words;
        why.entry(a.max(b)).or_default().push(reason(ground, a.min(b), a.max(b), score));
    }
    rest::join(facts, &open, &mut cluster, &mut members, likely::MOST, |score, a, b| {
        why.entry(a.max(b)).or_default().push(reason(ground, a.min(b), a.max(b), score));
    });
    focus::join(facts, &mut cluster, &mut members, likely::MOST, |a, b| {
        why.entry(a.max(b)).or_default().push(reason(ground, a.min(b), a.max(b), 0.0));
    });
    likely::join(facts, trees, cluster, &mut members, |score, a, b| {
        why.entry(b).or_default().push(reason(ground, a, b, score));
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

/// Those of a large event that stand for it.
fn exemplars(members: &[u32]) -> &[u32] {
    &members[..members.len().min(likely::MOST)]
}

/// Pairs worth a look of stories that are not whole: claims that share a type family and a party, or a type family and a concept.
fn candidates(facts: &[Facts], mut look: impl FnMut(u32, u32)) {
    let mut blocks: FxHashMap<(u8, u8, u32), Vec<u32>> = FxHashMap::default();
    let (mut near, mut heavy) = (Vec::new(), Vec::new());
    for (i, f) in facts.iter().enumerate().filter(|(_, f)| !f.whole) {
        near.clear();
        heavy.clone_from(&f.words);
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
        for &j in &near {
            look(j, i as u32);
        }
    }
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
fn fits(a: &Facts, b: &Facts) -> Option<(f32, f32)> {
    if apart(a, b).is_some() { None } else { Some(over(a, b)) }
}

/// The same, whatever keeps them apart.
pub(super) fn over(a: &Facts, b: &Facts) -> (f32, f32) {
    let (found, need) = (evidence(a, b), need(a, b));
    (found.parties - need.parties, found.content - need.content)
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
    if meeting && sides(&a.everybody, &b.everybody) != Sides::Same {
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

/// Two statements, by the first claim of each.
type Statements = (u32, u32);

/// Average linkage over the pairs of statements of both, with the veto of any pair. Of the directions of a statement
/// the one that fits best counts. `spoken` says that all of both are words.
fn may_join(facts: &[Facts], statements: &[u32], xs: &[u32], ys: &[u32], spoken: bool) -> bool {
    let mut all: Vec<(Statements, Option<(f32, f32)>)> = Vec::with_capacity(xs.len() * ys.len());
    for &x in xs {
        for &y in ys {
            let (a, b) = (&facts[x as usize], &facts[y as usize]);
            let found = fits(a, b);
            // No other direction may make up for it.
            if found.is_none() && !a.mutual && !b.mutual {
                return false;
            }
            all.push(((statements[x as usize], statements[y as usize]), found));
        }
    }
    all.sort_by_key(|(pair, _)| *pair);
    let mut best: Vec<(Statements, (f32, f32))> = Vec::with_capacity(all.len());
    for directions in all.chunk_by(|x, y| x.0 == y.0) {
        let fits = directions.iter().filter_map(|(_, over)| *over);
        let Some(fit) = fits.reduce(|x, y| if x.0 + x.1 < y.0 + y.1 { y } else { x }) else { return false };
        best.push((directions[0].0, fit));
    }
    // Whoever is named is killed but once, in however many words.
    if xs.iter().any(|&x| ys.iter().any(|&y| one_victim(&facts[x as usize], &facts[y as usize]))) {
        return true;
    }
    let (mut parties, mut content, mut pairs) = (0.0, 0.0, 0.0);
    let counts = |s: u32| facts[s as usize].casualty;
    // "Heavy gunfire shook the town" came in by who fired, and says of nobody else that he did not.
    let nameless = |s: u32| facts[s as usize].exchange && facts[s as usize].actors.is_empty();
    let bare = |s: u32| facts[s as usize].words.is_empty() || counts(s) || nameless(s);
    // "More than 20 were injured" hangs on the one claim before it.
    if best.iter().all(|&((x, y), _)| counts(x) || counts(y)) {
        return best.iter().map(|&(_, (_, c))| c).fold(f32::MIN, f32::max) >= 0.0;
    }
    let all_bare = best.iter().all(|&((x, y), _)| bare(x) || bare(y));
    for &((x, y), (p, c)) in &best {
        // "Rubio backs India" fits all that he said of India; it must not be the bridge between two things he said.
        if all_bare || !(bare(x) || bare(y)) {
            parties += p;
            content += c;
            pairs += 1.0;
        }
    }
    // Mentions of one event share less with each other than with the one that tells it best: a little slack.
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
