//! Which of the places of one name is meant: by size, what stands behind the comma, and the rest of the report.

use std::collections::BTreeMap;

use super::{
    atlas::{Atlas, Place},
    find::Mention,
    gazetteer::{Entry, Kind, name_key},
};

/// Evidence for states and provinces, gathered from the other names of the report.
#[derive(Default)]
struct Votes {
    countries: BTreeMap<&'static str, f32>,
    provinces: BTreeMap<(&'static str, u16), f32>,
    points: Vec<(f32, f32, u32)>,
}

/// The place of every mention; `None` where no list has the name.
pub(super) fn resolve(
    atlas: &Atlas,
    mentions: &[Mention],
    peoples: &BTreeMap<&'static str, f32>,
) -> Vec<Option<Place>> {
    // One name, one place: mentions by their key.
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate().filter(|(_, mention)| !mention.places.is_empty()) {
        groups.entry(mention.key).or_default().push(i);
    }
    let together = together(atlas, mentions, &groups);
    let mut chosen: BTreeMap<u32, Place> = BTreeMap::new();
    let mut votes = Votes { countries: peoples.clone(), ..Votes::default() };
    for round in 0..3 {
        let mut next = BTreeMap::new();
        for (key, members) in &groups {
            let best = mentions[members[0]].places.iter().copied().max_by(|&a, &b| {
                let score = |place: Place| {
                    // Beside a capital of the name, only what stands with the name speaks for a lesser bearer.
                    if eclipsed(atlas, place, *key, &mentions[members[0]].places) {
                        return score(atlas, place, *key, members, mentions, &BTreeMap::new(), &Votes::default());
                    }
                    let near = together.get(&(*key, place)).copied().unwrap_or(0.0);
                    near + score(atlas, place, *key, members, mentions, &chosen, &votes)
                };
                score(a).total_cmp(&score(b)).then(b.cmp(&a))
            });
            if let Some(best) = best {
                next.insert(*key, best);
            }
        }
        let settled = next == chosen;
        chosen = next;
        if settled || round == 2 {
            break;
        }
        votes = Votes { countries: peoples.clone(), ..Votes::default() };
        for (key, place) in &chosen {
            let entry = atlas.entry(*place);
            let weight = (groups[key].len() as f32).sqrt();
            if !entry.country.is_empty() {
                *votes.countries.entry(entry.country).or_default() += weight;
                if let Some(province) = entry.province {
                    *votes.provinces.entry((entry.country, province)).or_default() += weight;
                }
            }
            if entry.kind > Kind::Country {
                votes.points.push((entry.lat, entry.lon, *key));
            }
        }
    }
    mentions.iter().map(|mention| chosen.get(&mention.key).copied().filter(|_| !mention.places.is_empty())).collect()
}

/// True for a town called so only besides its own name, where a larger capital of a state bears the name as its own:
/// "Islamabad" for Anantnag.
fn eclipsed(atlas: &Atlas, place: Place, key: u32, places: &[Place]) -> bool {
    let Some(state) = atlas.capital(key) else { return false };
    let entry = atlas.entry(place);
    let lesser = matches!(place, Place::Listed(_)) && entry.kind == Kind::City && name_key(entry.name) != key;
    lesser
        && places.iter().map(|&other| atlas.entry(other)).any(|other| {
            other.kind == Kind::City && other.country == state && other.size > entry.size && name_key(other.name) == key
        })
}

/// What speaks for a place because other names of the report have a place close to it, by name and place.
///
/// Of a name only the largest places are compared: a report of sixty names stays cheap.
fn together(atlas: &Atlas, mentions: &[Mention], groups: &BTreeMap<u32, Vec<usize>>) -> BTreeMap<(u32, Place), f32> {
    const MOST: usize = 10;
    let candidates: Vec<(u32, Vec<(Place, Entry)>)> = groups
        .iter()
        .take(60)
        .map(|(&key, members)| {
            let places = mentions[members[0]].places.iter().map(|&place| (place, atlas.entry(place)));
            let mut local: Vec<(Place, Entry)> =
                places.filter(|(_, e)| matches!(e.kind, Kind::District | Kind::City | Kind::Site)).collect();
            local.sort_by_key(|&(place, entry)| (std::cmp::Reverse(entry.size), place));
            local.truncate(MOST);
            (key, local)
        })
        .filter(|(_, local)| !local.is_empty())
        .collect();
    let mut out = BTreeMap::new();
    for (key, local) in candidates.iter().filter(|(_, local)| local.len() > 1) {
        for (place, entry) in local {
            let mut sum = 0.0;
            for (_, others) in candidates.iter().filter(|(other, _)| other != key) {
                let closest = others.iter().map(|(_, other)| closeness(entry, other)).fold(0.0, f32::max);
                sum += closest / (1.0 + 0.1 * (others.len() - 1) as f32);
            }
            if sum > 0.0 {
                out.insert((*key, *place), (1.6 * sum).min(3.0));
            }
        }
    }
    out
}

fn closeness(a: &Entry, b: &Entry) -> f32 {
    if a.country != b.country || !near(a.lat, a.lon, b.lat, b.lon) {
        return 0.0;
    }
    // A town in its county stands within some 50 kilometres of the county's middle.
    let (x, y) = (a.lon - b.lon, a.lat - b.lat);
    match x * x + y * y < 0.25 {
        true if (a.kind == Kind::District) != (b.kind == Kind::District) => 1.8,
        true => 1.0,
        false => 0.35,
    }
}

/// How well a place fits a name: by its size and kind, what stands behind the comma, and the rest of the report.
fn score(
    atlas: &Atlas,
    place: Place,
    key: u32,
    members: &[usize],
    mentions: &[Mention],
    chosen: &BTreeMap<u32, Place>,
    votes: &Votes,
) -> f32 {
    let entry = atlas.entry(place);
    let own = matches!(place, Place::Own(_));
    let mut score = match entry.kind {
        Kind::Country => 12.5,
        Kind::Region | Kind::Line => 11.0,
        // Washington is the capital before it is the state.
        Kind::City if own => 12.5,
        Kind::Province if own => 12.0,
        Kind::Province => 8.5,
        Kind::District if !own => 5.5,
        Kind::District | Kind::Site => 9.5,
        // 1.6 for every tenfold.
        Kind::City => f32::from(entry.size.max(66)) * 0.0602,
    };
    // What the name itself has voted for does not speak for it again.
    let self_vote = |country: &str| {
        chosen
            .get(&key)
            .filter(|&&place| atlas.entry(place).country == country)
            .map_or(0.0, |_| (members.len() as f32).sqrt())
    };
    let total: f32 = votes.countries.values().sum();
    let mine = votes.countries.get(entry.country).copied().unwrap_or(0.0) - self_vote(entry.country);
    let others = total - chosen.get(&key).map_or(0.0, |_| (members.len() as f32).sqrt());
    if others > 0.1 && !entry.country.is_empty() {
        score += 4.5 * (mine.max(0.0) / others.max(1.0));
    }
    if let Some(province) = entry.province
        && entry.kind != Kind::Country
    {
        let same = chosen
            .get(&key)
            .map(|&place| atlas.entry(place))
            .is_some_and(|now| now.province == Some(province) && now.country == entry.country);
        let sum: f32 = votes.provinces.values().sum();
        let mine = votes.provinces.get(&(entry.country, province)).copied().unwrap_or(0.0)
            - if same { (members.len() as f32).sqrt() } else { 0.0 };
        score += 4.5 * (mine.max(0.0) / sum.max(1.5));
    }
    if entry.kind > Kind::Province {
        let near = votes
            .points
            .iter()
            .filter(|(lat, lon, other)| *other != key && near(entry.lat, entry.lon, *lat, *lon))
            .count();
        score += (near as f32 * 1.2).min(3.0);
    }
    // A name that a town bears only beside its own: "Berea" for Aleppo.
    if matches!(place, Place::Listed(_)) && entry.kind == Kind::City && name_key(entry.name) != key {
        score -= 4.0;
    }
    // "Mexico" is the state before it is its capital.
    let state = |&place: &Place| {
        let other = atlas.entry(place);
        other.kind == Kind::Country && other.country == entry.country
    };
    if entry.kind > Kind::Country && mentions[members[0]].places.iter().any(state) {
        score -= 4.0;
    }
    let mut bonus: f32 = 0.0;
    for &member in members {
        let mention = &mentions[member];
        if mention.generic == Some(entry.kind) {
            bonus += 4.0;
        }
        if let Some(container) = mention.container {
            let holds = mentions[container].places.iter().any(|&outer| contains(&atlas.entry(outer), &entry));
            bonus += if holds { 12.0 } else { 0.0 };
        }
        // The province behind the comma is the one that has such a town.
        if member > 0 && mentions[member - 1].container == Some(member) {
            let held = mentions[member - 1].places.iter().any(|&inner| contains(&entry, &atlas.entry(inner)));
            bonus += if held { 5.0 } else { 0.0 };
        }
    }
    score + bonus.min(14.0)
}

/// True when `inner` lies in the state, province or district `outer`.
pub(super) fn contains(outer: &Entry, inner: &Entry) -> bool {
    if outer.country != inner.country || outer.kind >= inner.kind {
        return false;
    }
    match outer.kind {
        Kind::Country => true,
        Kind::Province => outer.province.is_some() && outer.province == inner.province,
        Kind::District => near(outer.lat, outer.lon, inner.lat, inner.lon),
        _ => false,
    }
}

/// Within some 150 kilometres.
fn near(lat: f32, lon: f32, other_lat: f32, other_lon: f32) -> bool {
    // The cosine by its series: the same on every machine.
    let angle = lat.to_radians() * lat.to_radians();
    let shrink = 1.0 - angle / 2.0 + angle * angle / 24.0;
    let (x, y) = ((lon - other_lon) * shrink, lat - other_lat);
    x * x + y * y < 1.9
}
