//! Place names of a report: which words are one, and which place of that name is meant.

use std::collections::BTreeMap;

use super::{
    atlas::{ATLAS, Atlas, Place},
    gazetteer::{Entry, Kind, START, step},
};
use crate::{
    claim::{PlaceMention, PlacePrecision},
    sentence::{EntityKind, Sentence},
    span::Span,
    world::names::{Unit, units},
};

/// Longest name, in words.
const LONGEST: usize = 7;

/// A name in the text with the places it can mean.
struct Mention {
    span: Span,
    /// Token range.
    first: usize,
    last: usize,
    /// Mentions with the same words share it.
    key: u32,
    places: Vec<Place>,
    /// The mention behind the comma: "Paris, **Texas**".
    container: Option<usize>,
    /// "state", "county" … behind the name.
    generic: Option<Kind>,
}

/// Every place name of a report in text order, with the place it most likely means.
///
/// Names come from the gazetteer and from the names the tagger calls a place. One name means one place throughout a
/// report; the place behind the comma, the states and provinces of the report and size decide between places of one name.
pub fn find(text: &str, sentences: &[Sentence]) -> Vec<PlaceMention> {
    let atlas = &*ATLAS;
    let mut mentions = Vec::new();
    let mut peoples: BTreeMap<&'static str, f32> = BTreeMap::new();
    for sentence in sentences {
        let scan = Scan { atlas, text, sentence, units: units(text, sentence) };
        scan.run(&mut mentions, &mut peoples);
    }
    let chosen = resolve(atlas, &mentions, &peoples);
    let mut out: Vec<PlaceMention> = mentions
        .iter()
        .zip(chosen)
        .map(|(mention, place)| match place {
            Some(place) => placed(&atlas.entry(place), mention.span),
            None => PlaceMention {
                span: mention.span,
                name: mention.span.of(text).to_owned(),
                country: None,
                lat: None,
                lon: None,
                precision: PlacePrecision::City,
                geonameid: None,
            },
        })
        .collect();
    out.sort_by_key(|place| place.span);
    out
}

fn placed(entry: &Entry, span: Span) -> PlaceMention {
    PlaceMention {
        span,
        name: entry.name.to_owned(),
        country: Some(entry.country.to_owned()).filter(|code| !code.is_empty()),
        lat: Some(entry.lat),
        lon: Some(entry.lon),
        precision: match entry.kind {
            Kind::Region | Kind::Line => PlacePrecision::Region,
            Kind::Country => PlacePrecision::Country,
            Kind::Province => PlacePrecision::Province,
            Kind::District => PlacePrecision::District,
            Kind::City => PlacePrecision::City,
            Kind::Site => PlacePrecision::Site,
        },
        geonameid: entry.id,
    }
}

struct Scan<'s> {
    atlas: &'static Atlas,
    text: &'s str,
    sentence: &'s Sentence,
    units: Vec<Unit>,
}

impl Scan<'_> {
    fn run(&self, mentions: &mut Vec<Mention>, peoples: &mut BTreeMap<&'static str, f32>) {
        let from = mentions.len();
        let mut at = 0;
        while at < self.units.len() {
            if !self.units[at].capital {
                at += 1;
                continue;
            }
            if let Some(mention) = self.abbreviation(at, mentions, from) {
                mentions.push(mention);
                at += 1;
                continue;
            }
            if let Some((mention, end)) = self.candidate(at) {
                if self.accepts(&mention) {
                    mentions.push(mention);
                }
                at = end;
                continue;
            }
            let key = step(START, self.units[at].hash).finish();
            if let Some(country) = self.atlas.people(key) {
                *peoples.entry(country).or_default() += 0.6;
            }
            at += 1;
        }
        self.unlisted(mentions, from);
        mentions[from..].sort_by_key(|mention| mention.span);
        // "Paris, Texas"
        for i in from..mentions.len().saturating_sub(1) {
            let (a, b) = (&mentions[i], &mentions[i + 1]);
            if b.first == a.last + 1 && self.word(a.last) == "," {
                mentions[i].container = Some(i + 1);
            }
        }
    }

    fn word(&self, token: usize) -> &str {
        self.sentence.tokens.get(token).map_or("", |token| token.span.of(self.text))
    }

    fn tag(&self, token: usize) -> &'static str {
        self.sentence.tokens.get(token).map_or("", |token| token.xpos.as_str())
    }

    /// The longest name that starts at this unit, with the unit behind it.
    fn candidate(&self, at: usize) -> Option<(Mention, usize)> {
        let mut key = START;
        let mut best = None;
        for (n, unit) in self.units[at..].iter().take(LONGEST).enumerate() {
            if unit.hash == 0 {
                if n == 0 {
                    return None;
                }
                continue;
            }
            key = step(key, unit.hash);
            let places = self.atlas.find(key.finish());
            // A short word in capitals is an abbreviation of its own: "US" is no "us", "IN" no Indiana.
            if !places.is_empty() && (unit.capital || n > 0) {
                best = Some((key.finish(), at + n + 1, places));
            }
        }
        let (key, end, places) = best?;
        let (first, last) = (&self.units[at], &self.units[end - 1]);
        let span = first.span.cover(last.span);
        // A part of a token ("Franco-German") names no place on the map.
        let whole = self.sentence.tokens[first.token].span.start == span.start
            && self.sentence.tokens[last.token].span.end == span.end;
        if !whole
            && end == at + 1
            && self.sentence.tokens[first.token].span.len() != span.len()
            && self.tag(first.token).starts_with('J')
        {
            return None;
        }
        let mut span = span;
        // "U.S." keeps its last stop.
        if self.text[span.end as usize..].starts_with('.') && self.sentence.tokens[last.token].span.end == span.end + 1
        {
            span.end += 1;
        }
        let generic = generic(self.word(last.token + 1));
        let mention = Mention { span, first: first.token, last: last.token + 1, key, places, container: None, generic };
        Some((mention, end))
    }

    /// "Tex." or "TX" behind a town and a comma.
    fn abbreviation(&self, at: usize, mentions: &[Mention], from: usize) -> Option<Mention> {
        let unit = &self.units[at];
        let before = unit.token.checked_sub(1)?;
        let town = mentions[from..].last()?;
        if self.word(before) != "," || town.last != before {
            return None;
        }
        let key = step(START, unit.hash).finish();
        let place = self.atlas.short(key)?;
        let span = self.sentence.tokens[unit.token].span;
        Some(Mention {
            span,
            first: unit.token,
            last: unit.token + 1,
            key: key ^ 1,
            places: vec![place],
            container: None,
            generic: None,
        })
    }

    /// Names that the tagger calls places and no list has.
    fn unlisted(&self, mentions: &mut Vec<Mention>, from: usize) {
        let known: Vec<Span> = mentions[from..].iter().map(|mention| mention.span).collect();
        for entity in &self.sentence.entities {
            if !matches!(entity.kind, EntityKind::Gpe | EntityKind::Loc)
                || known.iter().any(|span| span.touches(entity.span))
            {
                continue;
            }
            let proper = (entity.first..entity.last).any(|i| self.tag(i).starts_with("NNP"));
            let placed = entity.first > 0 && locative(&self.word(entity.first - 1).to_lowercase());
            let people = self.atlas.people(super::gazetteer::name_key(entity.span.of(self.text))).is_some();
            if proper && placed && !people {
                mentions.push(Mention {
                    span: entity.span,
                    first: entity.first,
                    last: entity.last,
                    key: 0,
                    places: Vec::new(),
                    container: None,
                    generic: None,
                });
            }
        }
    }

    /// Whether these words are used as the name of a place here.
    fn accepts(&self, mention: &Mention) -> bool {
        let entries: Vec<Entry> = mention.places.iter().map(|&place| self.atlas.entry(place)).collect();
        let country = entries.iter().any(|entry| entry.kind == Kind::Country);
        let own = mention.places.iter().any(|place| matches!(place, Place::Own(_)));
        let size = entries.iter().map(|entry| entry.size).max().unwrap_or(0);
        let words = mention.last - mention.first;
        let proper = (mention.first..mention.last).any(|i| self.tag(i).starts_with("NNP"));
        let mut score = 0.0;
        if !(proper || country || own && words > 1) {
            score -= 3.0;
        }
        score += match (country, own) {
            (true, _) => 4.0,
            (_, true) => 2.5,
            _ if size >= 160 => 1.5, // a million people
            _ if size >= 133 => 1.0,
            _ if size >= 106 => 0.5,
            _ => 0.0,
        };
        if words > 1 {
            score += 1.0;
        }
        if mention.generic.is_some() {
            score += 2.0;
        }
        let entity =
            self.sentence.entities.iter().find(|entity| entity.first < mention.last && mention.first < entity.last);
        if let Some(entity) = entity {
            let larger = entity.last - entity.first > words;
            score += match (entity.kind, larger) {
                (EntityKind::Gpe | EntityKind::Loc, false) => 3.0,
                (EntityKind::Gpe | EntityKind::Loc, true) => 1.5,
                (EntityKind::Norp, _) => -1.0,
                (_, true) => -6.0,
                (EntityKind::Per, false) => -3.0,
                (EntityKind::Org | EntityKind::Misc, false) => -1.5,
            };
        } else if !country {
            score -= 0.5;
        }
        let before = mention.first.checked_sub(1).map_or(String::new(), |i| self.word(i).to_lowercase());
        if locative(&before) {
            score += 1.5;
        }
        // "in the Gaza Strip"
        if before == "the" && mention.first > 1 && locative(&self.word(mention.first - 2).to_lowercase()) {
            score += 1.0;
        }
        let capital =
            |i: usize| self.tag(i).starts_with("NNP") && self.word(i).chars().next().is_some_and(char::is_uppercase);
        if mention.first > 0 && capital(mention.first - 1) {
            score -= 2.5; // "Michael Jordan", "University of Paris"
        }
        if capital(mention.last) && mention.generic.is_none() {
            score -= 2.0; // "Jordan Smith", "Lincoln Center"
        }
        if self.word(mention.last) == "," && self.comma_container(mention.last + 1) {
            score += 3.0;
        }
        score >= 2.0
    }

    /// True where a state, a province or its abbreviation starts at this token.
    fn comma_container(&self, token: usize) -> bool {
        let Some(at) = self.units.iter().position(|unit| unit.token == token && unit.capital) else { return false };
        let mut key = START;
        self.units[at..].iter().take(3).enumerate().any(|(n, unit)| {
            key = step(key, unit.hash);
            n == 0 && self.atlas.short(key.finish()).is_some()
                || self.atlas.find(key.finish()).into_iter().any(|place| self.atlas.entry(place).kind <= Kind::Province)
        })
    }
}

/// Prepositions that a place stands behind.
fn locative(word: &str) -> bool {
    matches!(
        word,
        "in" | "at"
            | "near"
            | "from"
            | "to"
            | "outside"
            | "around"
            | "across"
            | "into"
            | "towards"
            | "toward"
            | "through"
            | "inside"
            | "over"
            | "throughout"
            | "southern"
            | "northern"
            | "eastern"
            | "western"
            | "central"
            | "downtown"
            | "north"
            | "south"
            | "east"
            | "west"
            | "southeast"
            | "northeast"
            | "southwest"
            | "northwest"
            | "southeastern"
            | "northeastern"
            | "southwestern"
            | "northwestern"
            | "within"
            | "beyond"
            | "via"
            | "off"
            | "along"
    )
}

/// The kind that a common noun behind a name tells: "Benue state".
fn generic(word: &str) -> Option<Kind> {
    Some(match word.to_lowercase().as_str() {
        "state" | "province" | "oblast" | "governorate" | "prefecture" | "krai" => Kind::Province,
        "county" | "district" | "municipality" | "parish" | "borough" | "division" => Kind::District,
        "city" | "town" | "village" => Kind::City,
        _ => return None,
    })
}

/// Evidence for states and provinces, gathered from the other names of the report.
#[derive(Default)]
struct Votes {
    countries: BTreeMap<&'static str, f32>,
    provinces: BTreeMap<(&'static str, u16), f32>,
    points: Vec<(f32, f32, u32)>,
}

/// The place of every mention; `None` where no list has the name.
fn resolve(atlas: &Atlas, mentions: &[Mention], peoples: &BTreeMap<&'static str, f32>) -> Vec<Option<Place>> {
    // One name, one place: mentions by their key.
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (i, mention) in mentions.iter().enumerate().filter(|(_, mention)| !mention.places.is_empty()) {
        groups.entry(mention.key).or_default().push(i);
    }
    let mut chosen: BTreeMap<u32, Place> = BTreeMap::new();
    let mut votes = Votes { countries: peoples.clone(), ..Votes::default() };
    for round in 0..3 {
        let mut next = BTreeMap::new();
        for (key, members) in &groups {
            let best = mentions[members[0]].places.iter().copied().max_by(|&a, &b| {
                let score = |place: Place| score(atlas, place, *key, members, mentions, &chosen, &votes);
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
        Kind::Province | Kind::City if own => 10.5,
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
fn contains(outer: &Entry, inner: &Entry) -> bool {
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
