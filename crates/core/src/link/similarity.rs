//! How much speaks for two claims telling of one happening.

use super::{
    context,
    facts::Facts,
    place::{Lie, lie},
    veto::{
        Sides, agree_on_day, by_one_means, counted, mirrored, one_spot, one_statement, one_victim, sides, struck,
        together,
    },
};
use crate::{claim::Modality, plover::EventType};

/// What one thing that both were done to speaks for.
const THING: f32 = 0.15;

/// What parties speak for that are called alike where nobody knows who they are.
const CALLED: f32 = 0.4;

/// Likeness of words above which two reports word a thing the same, and what it speaks for.
const ALIKE: f32 = 0.8;
const WORDED: f32 = 0.3;

/// What a name that both tell speaks for, where it is nobody's who acts or suffers.
const NAME: f32 = 0.3;

/// The most that like sentences around two attacks speak for.
const CONTEXT: f32 = 0.3;

/// What the leads of two reports speak for, where both tell of an attack by one party.
const LEAD: f32 = 0.35;

/// What a named person whom two attacks hit speaks for.
const VICTIM: f32 = 0.8;

/// What a definite noun speaks for, where two reports tell of an attack on one party.
const THE: f32 = 0.5;

/// What two different means of attack speak against it, and one means in like sentences for it.
const MEANS: f32 = 0.4;

/// What speaks for it: parties and content apart, since neither makes up for the other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Who.
    pub parties: f32,
    /// What, when, where, how many.
    pub content: f32,
}

/// The least of each that a link needs.
pub fn least(kind: EventType) -> Evidence {
    let (parties, content) = match kind {
        EventType::Assault => (0.3, 0.85),
        // Of a protest the news mostly tell neither who nor against whom.
        EventType::Protest => (0.7, 0.5),
        EventType::Consult => (1.5, 0.0),
        EventType::Sanction | EventType::Coerce => (0.6, 0.7),
        EventType::Reject => (1.0, 0.3),
        EventType::Threaten | EventType::Mobilize | EventType::Accuse => (0.9, 0.35),
        _ => (1.0, 0.5),
    };
    Evidence { parties, content }
}

/// Weighs the evidence. Assumes that nothing keeps the two apart ([`super::veto::apart`]).
pub fn evidence(a: &Facts, b: &Facts) -> Evidence {
    if one_statement(a, b) {
        return Evidence { parties: 3.0, content: 3.0 };
    }
    let mut parties = 0.0;
    if mirrored(a, b) {
        parties += 1.6;
    } else if a.kind == EventType::Consult && b.kind == EventType::Consult {
        parties += conversation(a, b);
    } else {
        let spoken = a.kind.verbal() && b.kind.verbal();
        parties += match actors(a, b) {
            Sides::Same => 1.0,
            Sides::Part => 0.7,
            Sides::Some => 0.5,
            Sides::Apart => -1.0,
            // Anybody may have said it.
            Sides::Unknown if spoken && a.actors.is_empty() != b.actors.is_empty() => 0.0,
            Sides::Unknown => 0.2,
        };
        parties += match sides(&a.recipients, &b.recipients) {
            Sides::Same => 0.8,
            Sides::Part => 0.6,
            Sides::Some => 0.4,
            Sides::Apart if a.implied || b.implied || struck(a, b) => 0.1,
            Sides::Apart => -0.5,
            Sides::Unknown => 0.2,
        };
        if a.acting.iter().any(|x| b.acting.contains(x)) {
            parties += 0.3;
        }
        // "Insurgents urge Sunnis to vote": nobody knows who they are, but they are called the same.
        let called = |side: usize| a.described[side].iter().any(|word| b.described[side].contains(word));
        if called(0) && sides(&a.actors, &b.actors) == Sides::Unknown {
            parties += CALLED;
        }
        if called(1) && sides(&a.recipients, &b.recipients) == Sides::Unknown {
            parties += CALLED;
        }
    }
    // One wording in two reports: whoever is not told here is who is told there. Attacks are all worded alike.
    let worded = a.words.len() > 1 && b.words.len() > 1 && likeness(&a.words, &b.words) > ALIKE;
    if worded && a.kind != EventType::Assault && a.at.report != b.at.report {
        parties += WORDED;
    }
    // "A truce was reached in Doha": who made it is not said, and where or when stands for who.
    let unsaid = |f: &Facts| f.actors.is_empty() && f.recipients.is_empty();
    if (unsaid(a) || unsaid(b)) && (agree_on_day(a, b) || one_spot(a, b)) && a.kind != EventType::Assault {
        parties += 0.3;
    }
    let mut content = 2.0 * alike(a, b) + together(a.kind, b.kind).unwrap_or(-2.0) - 0.3;
    let told_apart = |kind: EventType| kind == EventType::Accuse && a.kind == b.kind;
    if told_apart(a.kind) && a.mode.is_some() && b.mode.is_some() && a.mode != b.mode {
        content -= 0.3;
    }
    // One embassy, one palace: what is struck or closed tells which happening it is.
    if !a.kind.verbal() && !b.kind.verbal() && a.things.iter().any(|thing| b.things.contains(thing)) {
        content += THING;
    }
    // "Reinstate Bazoum" here and "restore President Bazoum" there.
    if a.kind != EventType::Consult && a.named.iter().any(|person| b.named.contains(person)) {
        content += 0.2;
    }
    // "Rebels capture Bir al-Ghanam" here and "Bir al-Ghanam falls to the rebels" there.
    if !a.kind.verbal() && a.kind != EventType::Consult && a.proper.iter().any(|name| b.proper.contains(name)) {
        content += NAME;
    }
    content += match (a.days, b.days) {
        _ if agree_on_day(a, b) => 0.5,
        (Some(_), Some(_)) => 0.2,
        _ => 0.0,
    };
    // "Hit more than sixty targets" here and "some sixty sites were hit" there: attacks are told in few words of their own.
    if a.kind == EventType::Assault && b.kind == EventType::Assault && a.at.report != b.at.report {
        content += context::shared(&a.context, &b.context).min(CONTEXT);
    }
    if let (Some(here), Some(there)) = (&a.place, &b.place) {
        content += match lie(here, there) {
            Lie::Same => 0.5,
            Lie::Holds | Lie::Within => 0.3,
            Lie::Unknown => 0.0,
            Lie::Apart => -0.3,
        };
    }
    if counted(a, b) {
        // Three dead of one agency are hardly three others.
        let whose = matches!(sides(&a.recipients, &b.recipients), Sides::Same | Sides::Part);
        content += if whose { 0.9 } else { 0.6 };
    }
    // Whoever is named is killed, or hurt, but once in the days of a story.
    if one_victim(a, b) {
        content += VICTIM;
    }
    // By other means it is another attack.
    if !a.means.is_empty() && !b.means.is_empty() && a.means.iter().all(|n| !b.means.contains(n)) {
        content -= MEANS;
    }
    // A headline is told again in the lead; further down the next sentence tells of the next attack.
    let again = a.kind != EventType::Assault
        || a.exchange && b.exchange
        || a.sentence.min(b.sentence) == 0
        || a.sentence == b.sentence;
    let beside = a.at.report == b.at.report && a.kind == b.kind && a.sentence.abs_diff(b.sentence) <= 1;
    // "Broke off relations and recalled its diplomats" are two measures in one breath.
    let measure = |f: &Facts| !f.kind.verbal() && !matches!(f.kind, EventType::Assault | EventType::Consult);
    if a.at.report == b.at.report && a.sentence == b.sentence && measure(a) && measure(b) && foreign(a, b) {
        content -= 0.5;
    }
    if beside && again && a.plea == b.plea {
        let speaker = a.acting.iter().any(|x| b.acting.contains(x));
        let one = a.kind == EventType::Request && speaker && sides(&a.recipients, &b.recipients) == Sides::Same;
        content += if one { 0.5 } else { 0.25 };
    }
    // What the leads of two reports tell of one party's attack is the news of the day.
    let lead =
        |f: &Facts| f.sentence <= 1 && f.modality == Modality::Occurred && !f.historical && !f.mutual && !f.exchange;
    let attack = a.kind == EventType::Assault && b.kind == EventType::Assault && a.at.report != b.at.report;
    let others = !a.proper.is_empty() && !b.proper.is_empty() && a.proper.iter().all(|name| !b.proper.contains(name));
    let party = matches!(sides(&a.actors, &b.actors), Sides::Same | Sides::Part);
    if attack && lead(a) && lead(b) && party && !others {
        content += LEAD;
    }
    // "The killing" of a report tells of the one that the other reports tell of, where whom it hit is the same.
    let one_target = sides(&a.recipients, &b.recipients) == Sides::Same;
    if attack && (a.the || b.the) && one_target && !a.exchange && !b.exchange && !a.mutual && !b.mutual {
        content += THE;
    }
    if attack && by_one_means(a, b) {
        content += MEANS;
    }
    let (former, later) = if a.at < b.at { (a, b) } else { (b, a) };
    let near = later.sentence.saturating_sub(former.sentence);
    // "Dozens died when the militia attacked": within a sentence the dead may come first.
    let (deed, toll) = if near == 0 && former.casualty && !later.casualty { (later, former) } else { (former, later) };
    if a.at.report == b.at.report && toll.casualty && deed.kind == EventType::Assault {
        content += match near {
            _ if toll.kind != EventType::Assault => 0.0,
            0 if !deed.casualty => 0.9,
            0 | 1 => 0.8,
            // "Nobody was hurt" stands for no deed of its own.
            2 | 3 if toll.modality == Modality::Negated => 0.9,
            2 => 0.6,
            _ => 0.0,
        };
    }
    // The dead of all the war, of nobody and nowhere in particular, are counted once in each report.
    let sum = |f: &Facts| {
        f.casualty && f.actors.is_empty() && f.recipients.is_empty() && f.place.is_none() && f.days.is_none()
    };
    let dead = |f: &Facts| f.counts.iter().filter(|(what, ..)| what == "killed").map(|&(_, low, _)| low).max();
    let near = |x: u64, y: u64| x.min(y) > 9 && 2 * x.max(y) <= 3 * x.min(y);
    if a.at.report != b.at.report && sum(a) && sum(b) && dead(a).zip(dead(b)).is_some_and(|(x, y)| near(x, y)) {
        content += 0.4;
    }
    if a.at.report == b.at.report && later.definite && a.kind == EventType::Assault {
        content += 0.4;
    }
    Evidence { parties, content }
}

/// True where both say something and nothing of it is the same.
pub fn foreign(a: &Facts, b: &Facts) -> bool {
    !a.words.is_empty() && !b.words.is_empty() && likeness(&a.words, &b.words) == 0.0
}

/// How those who act lie to each other. "Egypt and South Sudan offered" may be told of each to the other, or of both.
fn actors(a: &Facts, b: &Facts) -> Sides {
    if a.mutual && !b.mutual && b.recipients.is_empty() {
        return sides(&a.everybody, &b.actors);
    }
    if b.mutual && !a.mutual && a.recipients.is_empty() {
        return sides(&a.actors, &b.everybody);
    }
    sides(&a.actors, &b.actors)
}

fn conversation(a: &Facts, b: &Facts) -> f32 {
    let (x, y) = (&a.everybody, &b.everybody);
    let people = |f: &Facts| [f.acting.as_slice(), &f.receiving].concat();
    let known = people(b);
    let shared = people(a).iter().filter(|p| known.contains(p)).count();
    let base = match sides(x, y) {
        Sides::Same if x.len() > 1 => 1.5,
        // A council meets itself: one meeting where day or words agree.
        Sides::Same if agree_on_day(a, b) || likeness(&a.words, &b.words) > 0.0 => 1.1,
        Sides::Same => 0.6,
        Sides::Part => 0.8,
        _ => 0.0,
    };
    base + 0.5 * shared as f32
}

/// Likeness of words. A claim without words of its own ("blames India") says no more than its type and parties.
fn alike(a: &Facts, b: &Facts) -> f32 {
    // "Rejected the charge as baseless" rejects what is charged, whoever reports it.
    let denial = a.denial && b.denial && a.actors == b.actors;
    if !a.words.is_empty() && !b.words.is_empty() {
        let own = likeness(&a.words, &b.words);
        return own.max(if denial && own > 0.1 { 0.26 } else { 0.0 });
    }
    let same = sides(&a.actors, &b.actors) == Sides::Same && sides(&a.recipients, &b.recipients) == Sides::Same;
    let speaker = a.acting.iter().any(|x| b.acting.contains(x));
    let denial = a.kind == EventType::Reject && b.kind == EventType::Reject && a.actors == b.actors;
    if same && (speaker || a.at.report == b.at.report) || denial { 0.26 } else { 0.0 }
}

/// Cosine of two vectors of length 1, sorted by concept.
pub fn likeness(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}
