//! Every place the coder knows: the gazetteer, the states, and the lands, waters, lines and sites of `places.csv`.

use std::sync::LazyLock;

use super::gazetteer::{Entry, Gazetteer, Kind, name_key};
use crate::quick::{HashMap, HashSet};

/// A place by where it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Index into the gazetteer.
    Listed(u32),
    /// Index into the places of our own.
    Own(u32),
}

pub(super) struct Atlas {
    pub gazetteer: Gazetteer,
    own: Vec<Entry>,
    keys: HashMap<u32, Vec<u32>>,
    /// Abbreviations that are a province only behind a comma.
    short: HashMap<u32, u32>,
    /// Seats of government, to their state.
    capitals: HashMap<u32, &'static str>,
    /// Adjectives and nouns of peoples, to their state.
    peoples: HashMap<u32, &'static str>,
    /// What a town or state has: "Police", "County".
    bodies: HashSet<u32>,
    /// Who and what is named by its town: "residents", "suburb".
    locals: HashSet<u32>,
    /// Names that are mostly no place: "Route".
    common: HashSet<u32>,
    called: HashSet<u32>,
    /// What is mostly named by where it stands: "check post".
    facilities: HashSet<u32>,
    /// Prepositions of place: "near".
    before: HashSet<u32>,
    /// Words that only the press of one state uses of its own affairs: "selectmen".
    tells: HashMap<u32, &'static str>,
}

pub(super) static ATLAS: LazyLock<Atlas> = LazyLock::new(Atlas::load);

/// Rows of a CSV file of ours: comments and the head line left out, quotes taken off.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1).map(cells)
}

fn cells(line: &'static str) -> Vec<&'static str> {
    let mut out = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            Some((cell, after)) => (cell, after.strip_prefix(',')),
            None => rest.split_once(',').map_or((rest, None), |(cell, after)| (cell, Some(after))),
        };
        out.push(cell);
        match after {
            Some(after) => rest = after,
            None => return out,
        }
    }
}

impl Atlas {
    fn load() -> Self {
        let gazetteer =
            Gazetteer::open(demarche_data::GAZETTEER).expect("the built-in gazetteer is checked by the tests");
        let mut atlas = Self {
            gazetteer,
            own: Vec::with_capacity(1200),
            keys: HashMap::default(),
            short: HashMap::default(),
            capitals: HashMap::default(),
            peoples: HashMap::default(),
            bodies: HashSet::default(),
            locals: HashSet::default(),
            common: HashSet::default(),
            called: HashSet::default(),
            facilities: HashSet::default(),
            before: HashSet::default(),
            tells: HashMap::default(),
        };
        let centers: HashMap<&str, (f32, f32)> = rows(demarche_data::COUNTRY_CENTERS)
            .filter_map(|row| Some((*row.first()?, (row.get(1)?.parse().ok()?, row.get(2)?.parse().ok()?))))
            .collect();
        let countries =
            demarche_data::WORLD.iter().find(|(name, _)| *name == "countries.csv").map_or("", |file| file.1);
        for row in rows(countries) {
            let [code, name, _, aliases, demonyms, capitals, ..] = row[..] else { continue };
            // Rows with sectors are parts of a state; the places of our own know them.
            let Some(&(lat, lon)) = centers.get(code).filter(|_| row.get(6).is_none_or(|sectors| sectors.is_empty()))
            else {
                continue;
            };
            let entry =
                Entry { name, lat, lon, country: code, province: None, size: 240, kind: Kind::Country, id: None };
            atlas.add(entry, std::iter::once(name).chain(aliases.split('|')));
            for people in demonyms.split('|').filter(|people| !people.is_empty()) {
                atlas.peoples.insert(name_key(people), code);
            }
            for capital in capitals.split('|').filter(|capital| !capital.is_empty()) {
                atlas.capitals.insert(name_key(capital), code);
            }
        }
        for row in rows(demarche_data::PLACES) {
            let [kind, name, country, lat, lon, aliases, short] = row[..] else { continue };
            let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else { continue };
            let kind = match kind {
                "province" => Kind::Province,
                "district" => Kind::District,
                "city" => Kind::City,
                "site" => Kind::Site,
                "line" => Kind::Line,
                _ => Kind::Region,
            };
            let province = atlas.province(name, country, kind);
            // "England" is an alias of the state in the list of states, and a place of its own here.
            if let Some(list) = atlas.keys.get_mut(&name_key(name)) {
                let own = &atlas.own;
                list.retain(|&i| own[i as usize].country != country || own[i as usize].name == name);
            }
            let entry = Entry { name, lat, lon, country, province, size: 160, kind, id: None };
            let index = atlas.add(entry, std::iter::once(name).chain(aliases.split('|')));
            for short in short.split('|').filter(|short| !short.is_empty()) {
                atlas.short.insert(name_key(short), index);
            }
        }
        for row in rows(demarche_data::PLACE_WORDS) {
            let [kind, words] = row[..] else { continue };
            let keys = words.split('|').map(name_key);
            match kind {
                "before" => atlas.before.extend(keys),
                "body" => atlas.bodies.extend(keys),
                "people" => atlas.locals.extend(keys),
                "common" => atlas.common.extend(keys),
                "called" => atlas.called.extend(keys),
                "facility" => atlas.facilities.extend(keys),
                state => atlas.tells.extend(keys.map(|key| (key, state))),
            }
        }
        atlas
    }

    /// True for a preposition of place: "near".
    pub(super) fn is_before(&self, key: u32) -> bool {
        self.before.contains(&key)
    }

    /// True for a word that names what a town or state has: "Police", "County".
    pub(super) fn is_body(&self, key: u32) -> bool {
        self.bodies.contains(&key)
    }

    /// True for a word for those who live in a town, or for a part of it.
    pub(super) fn is_local(&self, key: u32) -> bool {
        self.locals.contains(&key)
    }

    /// True for a word for a settlement or a port, as in "the port of X".
    pub(super) fn is_called(&self, key: u32) -> bool {
        self.called.contains(&key)
    }

    /// True for words for what is mostly named by where it stands: "check post", "air base".
    pub(super) fn is_facility(&self, key: u32) -> bool {
        self.facilities.contains(&key)
    }

    /// The state whose press has this word to itself.
    pub(super) fn tells(&self, key: u32) -> Option<&'static str> {
        self.tells.get(&key).copied()
    }

    /// True for a name that is mostly no place.
    pub(super) fn is_common(&self, key: u32) -> bool {
        self.common.contains(&key)
    }

    /// The province of the gazetteer that bears this name or, for what lies in one, is nearest.
    fn province(&self, name: &str, country: &str, kind: Kind) -> Option<u16> {
        if kind != Kind::Province {
            return None;
        }
        let found = self.gazetteer.find(name_key(name)).filter(|&i| i < self.gazetteer.provinces);
        found.filter(|&i| self.gazetteer.entry(i).country == country).map(|i| i as u16).next()
    }

    fn add<'n>(&mut self, entry: Entry, names: impl Iterator<Item = &'n str>) -> u32 {
        let index = self.own.len() as u32;
        self.own.push(entry);
        for name in names.filter(|name| !name.is_empty()) {
            let list = self.keys.entry(name_key(name)).or_default();
            if list.last() != Some(&index) {
                list.push(index);
            }
        }
        index
    }

    pub(super) fn entry(&self, place: Place) -> Entry {
        match place {
            Place::Listed(i) => self.gazetteer.entry(i as usize),
            Place::Own(i) => self.own[i as usize],
        }
    }

    /// Every place with this name. What our own list has, the gazetteer does not say again.
    pub(super) fn find(&self, key: u32) -> Vec<Place> {
        let own = self.keys.get(&key).map_or(&[][..], Vec::as_slice);
        let mut out: Vec<Place> = own.iter().map(|&i| Place::Own(i)).collect();
        for i in self.gazetteer.find(key) {
            let entry = self.gazetteer.entry(i);
            let again = own.iter().any(|&o| {
                let own = &self.own[o as usize];
                own.country == entry.country
                    && (own.kind == entry.kind && own.kind == Kind::Province
                        || (own.lat - entry.lat).abs() < 0.4 && (own.lon - entry.lon).abs() < 0.4)
            });
            if !again {
                out.push(Place::Listed(i as u32));
            }
        }
        out
    }

    /// The province that an abbreviation behind a comma stands for.
    pub(super) fn short(&self, key: u32) -> Option<Place> {
        self.short.get(&key).map(|&i| Place::Own(i))
    }

    /// The state whose seat of government bears this name.
    pub(super) fn capital(&self, key: u32) -> Option<&'static str> {
        self.capitals.get(&key).copied()
    }

    /// The state of a people.
    pub(super) fn people(&self, key: u32) -> Option<&'static str> {
        self.peoples.get(&key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_our_own_places_is_whole() {
        for row in rows(demarche_data::PLACES) {
            assert_eq!(row.len(), 7, "{row:?}");
            assert!(matches!(row[0], "region" | "province" | "district" | "city" | "site" | "line"), "{row:?}");
            assert!(row[2].is_empty() || row[2].len() == 3, "{row:?}");
            let (lat, lon): (f32, f32) = (row[3].parse().unwrap(), row[4].parse().unwrap());
            assert!(lat.abs() <= 90.0 && lon.abs() <= 180.0, "{row:?}");
        }
    }

    #[test]
    fn towns_provinces_states_and_lines_are_found_by_any_of_their_names() {
        let kinds = |name: &str| -> Vec<(Kind, &str)> {
            ATLAS.find(name_key(name)).into_iter().map(|p| ATLAS.entry(p)).map(|e| (e.kind, e.country)).collect()
        };
        assert!(kinds("Quetta").contains(&(Kind::City, "PAK")));
        assert!(kinds("Rajasthan").contains(&(Kind::Province, "IND")));
        assert!(kinds("Walker County").contains(&(Kind::District, "USA")));
        assert!(kinds("Line of Control").contains(&(Kind::Line, "")));
        assert!(kinds("India").contains(&(Kind::Country, "IND")));
        assert!(kinds("Paris").len() > 3);
        assert!(kinds("Xyzzyville").is_empty());
    }
}
