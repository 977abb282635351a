//! Place names of a report: which words are one, and which place of that name is meant.

use std::collections::{BTreeMap, HashSet};

use super::{
    atlas::{ATLAS, Atlas, Place},
    choose::{contains, resolve},
    gazetteer::{Entry, Kind, START, name_key, step},
};
use crate::{
    claim::{PlaceMention, PlacePrecision},
    sentence::{EntityKind, Sentence},
    span::Span,
    world::names::{Unit, units, word_hash},
};

/// Longest name of what stands at a place, in words: "nuclear power plant".
const FACILITY: usize = 3;
/// Longest name, in words.
const LONGEST: usize = 7;

/// A name in the text with the places it can mean.
pub(super) struct Mention {
    pub span: Span,
    /// Index of its sentence.
    sentence: usize,
    /// Token range.
    first: usize,
    last: usize,
    /// Mentions with the same words share it.
    pub key: u32,
    pub places: Vec<Place>,
    /// The mention behind the comma: "Paris, **Texas**".
    pub container: Option<usize>,
    /// "state", "county" … behind the name.
    pub generic: Option<Kind>,
    /// How much speaks for a place; [`SURE`] is enough.
    score: f32,
    /// A comma stands behind it.
    comma: bool,
}

/// Score from which a name is taken for a place.
const SURE: f32 = 2.0;
/// Score from which it is, where the same name is surely one elsewhere in the report.
const LIKELY: f32 = 0.5;

/// How much a word that only the press of one state uses speaks for that state, beside a name of the state itself.
const TELLING: f32 = 1.0;

/// Every place name of a report in text order, with the place it most likely means.
///
/// Names come from the gazetteer and from the names the tagger calls a place. One name means one place throughout a
/// report; the place behind the comma, the states and provinces of the report and size decide between places of one name.
pub fn find(text: &str, sentences: &[Sentence]) -> Vec<PlaceMention> {
    let atlas = &*ATLAS;
    let mut mentions = Vec::new();
    let mut peoples: BTreeMap<&'static str, f32> = BTreeMap::new();
    let surnames = surnames(text, sentences);
    let mut telling: Vec<(u32, &'static str)> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let scan = Scan { atlas, text, sentence, number, units: units(text, sentence), surnames: &surnames };
        scan.run(&mut mentions, &mut peoples);
        scan.telling(&mut telling);
    }
    telling.sort_unstable();
    telling.dedup();
    for (_, state) in telling {
        *peoples.entry(state).or_default() += TELLING;
    }
    keep_likely(&mut mentions);
    // "Paris, Texas"
    for i in 0..mentions.len().saturating_sub(1) {
        let (a, b) = (&mentions[i], &mentions[i + 1]);
        if a.sentence == b.sentence && b.first == a.last + 1 && a.comma {
            mentions[i].container = Some(i + 1);
        }
    }
    let chosen = resolve(atlas, &mentions, &peoples);
    let container = |mention: &Mention| {
        let place = chosen[mention.container?]?;
        Some(atlas.entry(place)).filter(|entry| entry.kind > Kind::Country)
    };
    let mut out: Vec<PlaceMention> = mentions
        .iter()
        .zip(&chosen)
        .enumerate()
        .map(|(i, (mention, place))| {
            let outer = || container(mention).or_else(|| beside(atlas, &mentions, &chosen, i));
            match (place, place.is_none().then(outer).flatten()) {
                (&Some(place), _) => placed(&atlas.entry(place), mention.span),
                // A village that no list has lies where the words behind the comma say: as exact as they are.
                (None, Some(outer)) => PlaceMention {
                    name: mention.span.of(text).to_owned(),
                    geonameid: None,
                    ..placed(&outer, mention.span)
                },
                (None, None) => PlaceMention {
                    span: mention.span,
                    name: mention.span.of(text).to_owned(),
                    country: None,
                    lat: None,
                    lon: None,
                    precision: PlacePrecision::City,
                    geonameid: None,
                },
            }
        })
        .collect();
    out.sort_by_key(|place| place.span);
    out
}

/// The town, district or province named nearest to a mention that no list has, in its sentence or the three before.
fn beside(atlas: &Atlas, mentions: &[Mention], chosen: &[Option<Place>], at: usize) -> Option<Entry> {
    // Mentions stand in the order of the text.
    let here = mentions[at].sentence;
    let first = mentions.partition_point(|mention| mention.sentence + 4 < here);
    let last = mentions.partition_point(|mention| mention.sentence <= here);
    let local = |i: usize| {
        let entry = atlas.entry(chosen[i]?);
        (entry.kind > Kind::Country).then_some((i.abs_diff(at), entry))
    };
    let found = (first..last).filter_map(local).min_by_key(|(away, _)| *away);
    found.map(|(_, entry)| Entry { kind: entry.kind.min(Kind::Province), ..entry })
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

/// Leaves the names that are surely places, and of the others those that are surely one elsewhere.
fn keep_likely(mentions: &mut Vec<Mention>) {
    let mut sure: Vec<u32> =
        mentions.iter().filter(|m| m.score >= SURE && !m.places.is_empty()).map(|m| m.key).collect();
    sure.sort_unstable();
    mentions.retain(|m| m.score >= SURE || m.score >= LIKELY && sure.binary_search(&m.key).is_ok());
    mentions.sort_by_key(|mention| mention.span);
    mentions.dedup_by(|b, a| a.span.touches(b.span));
}

/// Last words of the names of persons that are told in full.
fn surnames(text: &str, sentences: &[Sentence]) -> HashSet<u64> {
    let people = sentences.iter().flat_map(|sentence| {
        let full = sentence.entities.iter().filter(|e| e.kind == EntityKind::Per && e.last - e.first > 1);
        full.map(|entity| sentence.tokens[entity.last - 1].span.of(text))
    });
    people.map(word_hash).filter(|&hash| hash != 0).collect()
}

struct Scan<'s> {
    atlas: &'static Atlas,
    text: &'s str,
    sentence: &'s Sentence,
    number: usize,
    units: Vec<Unit>,
    surnames: &'s HashSet<u64>,
}

impl Scan<'_> {
    /// Notes the words that only the press of one state uses of its own affairs.
    fn telling(&self, found: &mut Vec<(u32, &'static str)>) {
        for (at, unit) in self.units.iter().enumerate().filter(|(_, unit)| unit.hash != 0) {
            let one = step(START, unit.hash);
            let two = self.units.get(at + 1).map(|next| step(one, next.hash).finish());
            let keys = std::iter::once(one.finish()).chain(two);
            found.extend(keys.filter_map(|key| Some((key, self.atlas.tells(key)?))));
        }
    }

    /// True for the article of an Arabic name, which a hyphen joins to it.
    fn is_article(&self, at: usize) -> bool {
        let unit = &self.units[at];
        let joined = self.text[unit.span.end as usize..].starts_with(['-', '‐', '‑']);
        let word = unit.span.of(self.text);
        let names_more = self.units.get(at + 1).is_some_and(|next| next.capital);
        joined
            && names_more
            && ["al", "el", "as", "ash", "ad", "ar", "an", "at", "az"]
                .iter()
                .any(|article| word.eq_ignore_ascii_case(article))
    }

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
            if let Some((mut mention, end)) = self.candidate(at) {
                mention.score = self.score(&mention);
                if mention.score >= LIKELY {
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
            // "Dublin City Council" is the council of Dublin, in whatever land.
            let council = best.is_some()
                && unit.hash == word_hash("city")
                && places.iter().all(|&place| self.atlas.entry(place).kind == Kind::District)
                && self.is_body(unit.token + 1);
            if !places.is_empty() && (unit.capital || n > 0) && !council {
                best = Some((key.finish(), at + n + 1, places));
            }
        }
        let (key, end, places) = best?;
        // "Al-Sabeen" is no Ål.
        if end == at + 1 && self.is_article(at) {
            return None;
        }
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
        let mention = Mention { key, places, generic, ..self.mention(span, first.token, last.token + 1) };
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
        let province = self.atlas.entry(place);
        if !town.places.iter().any(|&inner| contains(&province, &self.atlas.entry(inner))) {
            return None; // "in Iran, Ms. Moayyad"
        }
        let span = self.sentence.tokens[unit.token].span;
        Some(Mention {
            key: key ^ 1,
            places: vec![place],
            score: SURE,
            ..self.mention(span, unit.token, unit.token + 1)
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
            // "the town of Panjgur"
            let called = entity.first > 1
                && self.word(entity.first - 1) == "of"
                && (generic(self.word(entity.first - 2)).is_some()
                    || self.atlas.is_called(name_key(self.word(entity.first - 2))));
            // "Iran's Sistan-Baluchestan province"
            let called = called || generic(self.word(entity.last)).is_some() && self.word(entity.last) != "state";
            let called = called || self.is_facility(entity.last);
            let placed = called || entity.first > 0 && locative(&self.word(entity.first - 1).to_lowercase());
            let people = self.atlas.people(name_key(entity.span.of(self.text))).is_some();
            if proper && placed && !people {
                mentions.push(Mention { score: SURE, ..self.mention(entity.span, entity.first, entity.last) });
            }
        }
    }

    /// A mention of these tokens that nothing is known of.
    fn mention(&self, span: Span, first: usize, last: usize) -> Mention {
        let (places, container, generic) = (Vec::new(), None, None);
        let comma = self.word(last) == ",";
        Mention { span, sentence: self.number, first, last, key: 0, places, container, generic, score: 0.0, comma }
    }

    /// True where words for what is mostly named by where it stands begin: "the Attari **check post**".
    fn is_facility(&self, token: usize) -> bool {
        let mut key = START;
        (token..self.sentence.tokens.len()).take(FACILITY).any(|i| {
            key = step(key, word_hash(self.word(i)));
            self.atlas.is_facility(key.finish())
        })
    }

    /// True for a word of what a town or state has: "Police", "County".
    fn is_body(&self, token: usize) -> bool {
        self.atlas.is_body(name_key(self.word(token)))
    }

    /// How much speaks for these words being used as the name of a place here.
    fn score(&self, mention: &Mention) -> f32 {
        let entries: Vec<Entry> = mention.places.iter().map(|&place| self.atlas.entry(place)).collect();
        let country = entries.iter().any(|entry| entry.kind == Kind::Country);
        let province = entries.iter().any(|entry| entry.kind == Kind::Province);
        let own = mention.places.iter().any(|place| matches!(place, Place::Own(_)));
        let size = entries.iter().map(|entry| entry.size).max().unwrap_or(0);
        let words = mention.last - mention.first;
        let proper = (mention.first..mention.last).any(|i| self.tag(i).starts_with("NNP"));
        let county = words > 1 && generic(self.word(mention.last - 1)).is_some();
        let known = country || province || county || size >= 106;
        if words == 1 && self.atlas.is_common(mention.key) {
            return -9.0;
        }
        let mut score = 0.0;
        if !(proper || country || own && words > 1) {
            score -= 3.0;
        }
        score += match (country, own) {
            (true, _) => 4.0,
            (_, true) => 2.5,
            _ if size >= 160 => 2.5, // a million people
            _ if size >= 133 => 1.0,
            _ if size >= 106 => 0.5,
            _ => 0.0,
        };
        if words > 1 {
            score += 1.0;
        }
        if county {
            score += 1.5;
        }
        if mention.generic.is_some() {
            score += 2.0;
        }
        let facility = mention.generic.is_none() && self.is_facility(mention.last);
        if facility {
            score += 2.0; // "the Attari check post"
        }
        let surname = words == 1 && self.surnames.contains(&word_hash(self.word(mention.first)));
        if surname {
            score -= if country { 2.0 } else { 4.0 };
        }
        let mut inside = false;
        let entity =
            self.sentence.entities.iter().find(|entity| entity.first < mention.last && mention.first < entity.last);
        if let Some(entity) = entity {
            let larger = entity.last - entity.first > words;
            inside = larger && known && self.embedded(mention, entity.first, entity.last);
            score += match (entity.kind, larger) {
                (EntityKind::Gpe | EntityKind::Loc, false) => 3.0,
                (EntityKind::Gpe | EntityKind::Loc, true) if self.opens(mention, entity.first) => 1.5,
                (EntityKind::Norp, _) => -1.0,
                (EntityKind::Org | EntityKind::Misc, true) if inside => -0.5,
                (EntityKind::Gpe | EntityKind::Loc, true) => -3.0, // "Ceamurlia de **Jos**"
                (_, true) => -6.0,
                (EntityKind::Per, false) if !surname && (country || size >= 160) => -1.0,
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
        // "Ann Lee, of Wooster"; "the people of Wooster"
        if before == "of" && mention.first > 1 {
            let whose = mention.first - 2;
            let person = self.sentence.entities.iter().any(|e| e.kind == EntityKind::Per && e.last == whose + 1);
            if self.word(whose) == "," || person || self.atlas.is_local(name_key(self.word(whose))) {
                score += 1.5;
            }
        }
        let capital =
            |i: usize| self.tag(i).starts_with("NNP") && self.word(i).chars().next().is_some_and(char::is_uppercase);
        if mention.first > 0 && capital(mention.first - 1) && !inside {
            score -= 2.5; // "Michael Jordan", "University of Paris"
        }
        if capital(mention.last) {
            if mention.generic.is_none() && !facility && !inside && !county && !self.is_body(mention.last) {
                score -= 2.0; // "Jordan Smith", "Lincoln Center"
            }
        } else if known && proper && !facility && self.atlas.is_local(name_key(self.word(mention.last))) {
            score += 2.0; // "Leeds residents"
        }
        if mention.comma && self.comma_container(mention.last + 1) {
            score += 3.0;
        }
        score
    }

    /// True for a name inside that of a body of its own: "the **Ohio** Department of Health", "University of **Ohio**".
    fn embedded(&self, mention: &Mention, first: usize, last: usize) -> bool {
        let start = first + usize::from(self.word(first).eq_ignore_ascii_case("the"));
        let opens = mention.first == start && (mention.last..last).any(|i| self.is_body(i));
        let closes = mention.last == last
            && mention.first > first
            && self.word(mention.first - 1) == "of"
            && (first..mention.first).any(|i| self.is_body(i));
        opens || closes
    }

    /// True where a longer name of a place starts with the mention, but for words of direction: "northern Ohio".
    fn opens(&self, mention: &Mention, first: usize) -> bool {
        (first..mention.first).all(|i| {
            let word = self.word(i).to_lowercase();
            locative(&word)
                || matches!(word.as_str(), "the" | "upper" | "lower" | "greater")
                || generic(&word).is_some()
        })
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
