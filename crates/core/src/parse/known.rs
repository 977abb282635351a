//! What the world's tables know of a single word: a place of some size, a given name, a family name, a state, a
//! nationality, a body. The network learns what that is worth; it never decides alone.

use std::sync::OnceLock;

use crate::{
    quick::HashMap,
    world::{
        names::word_hash,
        places::{Gazetteer, Kind, name_key},
    },
};

/// Bits of [`Known::kinds`].
pub const GIVEN: u8 = 1;
pub const FAMILY: u8 = 2;
pub const STATE: u8 = 4;
pub const PEOPLE: u8 = 8;
pub const BODY: u8 = 16;

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// 0: no place of one word; 1 to 4 by its people: below 10,000, below 100,000, below a million, more; 5: a province
    /// or district.
    pub place: u8,
    /// Kinds of names it is or belongs to, as bits.
    pub kinds: u8,
}

/// Looks a word up, whatever its capitals.
pub fn known(form: &str) -> Known {
    let tables = tables();
    let mut place = 0;
    for entry in tables.places.find(name_key(form)).map(|i| tables.places.entry(i)) {
        let rank = match (entry.kind, entry.size) {
            (Kind::City, 0..106) => 1,
            (Kind::City, 106..133) => 2,
            (Kind::City, 133..160) => 3,
            (Kind::City, _) => 4,
            _ => 5,
        };
        place = place.max(rank);
    }
    Known { place, kinds: tables.kinds.get(&word_hash(form)).copied().unwrap_or(0) }
}

struct Tables {
    places: Gazetteer,
    kinds: HashMap<u64, u8>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        places: Gazetteer::open(demarche_data::GAZETTEER).expect("the built-in gazetteer is whole"),
        kinds: kinds(),
    })
}

/// The words of the tables with their kinds.
fn kinds() -> HashMap<u64, u8> {
    let mut out = HashMap::default();
    let mut add = |word: &str, kind: u8| *out.entry(word_hash(word)).or_insert(0) |= kind;
    for (file, column, kind) in [
        ("given-names.csv", 1, GIVEN),
        ("countries.csv", 1, STATE),
        ("countries.csv", 3, STATE),
        ("countries.csv", 5, STATE),
        ("regions.csv", 1, STATE),
        ("countries.csv", 4, PEOPLE),
        ("organizations.csv", 1, BODY),
        ("organizations.csv", 3, BODY),
        ("media.csv", 1, BODY),
        ("media.csv", 3, BODY),
    ] {
        for name in column_of(file, column).filter(|name| !name.contains(' ')) {
            add(name, kind);
        }
    }
    for (file, column) in [("offices.csv", 2), ("persons.csv", 1)] {
        for name in column_of(file, column) {
            let mut words = name.split(' ').filter(|word| word.chars().count() > 2);
            if let Some(first) = words.next() {
                add(first, GIVEN);
                if let Some(last) = words.next_back() {
                    add(last, FAMILY);
                }
            }
        }
    }
    out
}

/// The names in a column of a table of the world, lists taken apart.
fn column_of(file: &str, column: usize) -> impl Iterator<Item = &'static str> {
    let text = demarche_data::WORLD.iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text);
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(move |line| line.split(',').nth(column)).flat_map(|cell| cell.split('|')).filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_have_a_size_and_words_of_the_tables_their_kinds() {
        assert_eq!(known("Karachi").place, 4);
        assert_eq!(known("karachi").place, 4);
        assert_eq!(known("KENYA").kinds & STATE, STATE);
        assert_eq!(known("Kenyans").kinds & PEOPLE, PEOPLE);
        assert_eq!(known("Ahmed").kinds & GIVEN, GIVEN);
        assert_eq!(known("NATO").kinds & BODY, BODY);
        assert_eq!(known("quickly"), Known::default());
    }
}
