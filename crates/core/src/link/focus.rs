//! The attack that a story is about: what points back to it, or counts its dead, belongs to it.
//!
//! Where the leads of two reports tell of one attack and of no other, it is the news. Further down "the strike", "a vast
//! act of aggression" or "five of its fighters were killed" share no words with the lead, and tell of it all the same.

use super::{
    facts::Facts,
    place::{Lie, lie},
    veto::{Sides, agree_on_day, apart, sides},
};
use crate::{claim::Modality, plover::EventType};
use std::collections::{BTreeMap, BTreeSet};

/// The last sentence of a lead.
const LEAD: usize = 2;

/// What is told of the attack of a story: all who act in it, all whom it hit.
struct Focus<'f> {
    members: Vec<&'f Facts>,
    actors: Vec<u32>,
    recipients: Vec<u32>,
}

/// True for an attack that happened; skirmishes are many.
fn attack(f: &Facts) -> bool {
    f.kind == EventType::Assault && f.modality == Modality::Occurred && !f.historical && !f.exchange && !f.mutual
}

/// Joins to the one attack in the leads of a story what nothing keeps apart from it and what tells of no other. `most`
/// members stand for an event; `join` is told of each link.
pub(super) fn join(
    facts: &[Facts],
    cluster: &mut [u32],
    members: &mut [Vec<u32>],
    most: usize,
    mut joined: impl FnMut(u32, u32),
) {
    let found = events(facts, members);
    let mut of_story: BTreeMap<usize, BTreeSet<u32>> = found.keys().map(|&story| (story, BTreeSet::new())).collect();
    for (f, &event) in facts.iter().zip(cluster.iter()) {
        if let Some(list) = of_story.get_mut(&f.story) {
            list.insert(event);
        }
    }
    for (story, event) in found {
        let own = &members[event as usize][..members[event as usize].len().min(most)];
        let all = |side: fn(&Facts) -> &Vec<u32>| {
            let set: BTreeSet<u32> = own.iter().flat_map(|&m| side(&facts[m as usize]).clone()).collect();
            set.into_iter().collect::<Vec<u32>>()
        };
        let focus = Focus {
            members: own.iter().map(|&m| &facts[m as usize]).collect(),
            actors: all(|f| &f.actors),
            recipients: all(|f| &f.recipients),
        };
        // Two stories that share an attack have joined it already.
        let Some(&first) = own.first() else { continue };
        for &other in of_story[&story].iter().filter(|&&other| other != event) {
            let held = &members[other as usize];
            if held.is_empty() || !held.iter().all(|&m| belongs(&facts[m as usize], &focus)) {
                continue;
            }
            let moved = std::mem::take(&mut members[other as usize]);
            joined(first, moved[0]);
            for &m in &moved {
                cluster[m as usize] = event;
            }
            members[event as usize].extend(moved);
        }
    }
}

/// Of each story the event that is its attack, where there is one and no more.
fn events(facts: &[Facts], members: &[Vec<u32>]) -> BTreeMap<usize, u32> {
    let mut found: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (event, held) in members.iter().enumerate() {
        // Of a war the news tell many deeds, and who fires on whom runs both ways.
        if held.iter().any(|&m| facts[m as usize].exchange || facts[m as usize].mutual) {
            continue;
        }
        if held.iter().any(|&m| facts[m as usize].whole) {
            continue;
        }
        let leads = held.iter().map(|&m| &facts[m as usize]).filter(|f| attack(f) && f.sentence <= LEAD);
        let reports: BTreeSet<usize> = leads.map(|f| f.at.report).collect();
        if reports.len() > 1 {
            found.entry(facts[held[0] as usize].story).or_default().push(event as u32);
        }
    }
    found
        .into_iter()
        .filter_map(|(story, events)| Some((story, *events.first().filter(|_| events.len() == 1)?)))
        .collect()
}

/// True for a claim that tells of the attack: by the same doers, of the same who were hit, or of nobody.
fn belongs(f: &Facts, focus: &Focus) -> bool {
    if !attack(f) || focus.members.iter().any(|member| apart(f, member).is_some()) {
        return false;
    }
    // A day or a place that the attack is not told to have is another's.
    let day = f.days.is_none() || focus.members.iter().any(|member| agree_on_day(f, member));
    let spot = |member: &&Facts| match (&f.place, &member.place) {
        (Some(here), Some(there)) => !matches!(lie(here, there), Lie::Apart | Lie::Unknown),
        _ => false,
    };
    let place = f.place.is_none() || focus.members.iter().any(spot);
    if !day || !place {
        return false;
    }
    let doers = sides(&f.actors, &focus.actors);
    let hit = sides(&f.recipients, &focus.recipients);
    let whom = matches!(hit, Sides::Same | Sides::Part);
    match doers {
        Sides::Same | Sides::Part => whom || f.implied || f.recipients.is_empty(),
        // Who "claimed the massacre" is not told to have done what the leads lay to nobody.
        Sides::Unknown if f.actors.is_empty() => whom || f.recipients.is_empty() || f.implied,
        Sides::Unknown | Sides::Some | Sides::Apart => false,
    }
}
