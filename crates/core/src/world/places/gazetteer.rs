//! The gazetteer: provinces, districts and towns of the world, in one table that is read where it lies.
//!
//! Layout of `places.bin`, all numbers little-endian:
//!
//! | part | content |
//! | --- | --- |
//! | head | `DPL1`, number of entries, of provinces among them (they come first), of keys, of countries, bytes of names (u32 each) |
//! | keys | u32 each, ascending: the upper half of [`name_key`] |
//! | refs | u24 each, beside the keys: the entry; a key of several entries stands several times |
//! | lat, lon | i16 each per entry, in hundredths of a degree |
//! | province | u16 per entry: index of the entry it lies in, 65535 for none |
//! | name | u24 per entry: where its name starts in the names |
//! | id | u24 per entry: GeoNames id, 0 for none |
//! | country | u8 per entry: index into the countries |
//! | size | u8 per entry: 8 × log2 of the population, straight between powers of two |
//! | kind | u8 per entry |
//! | countries | three letters each |
//! | names | UTF-8, each behind a byte with its length |

use crate::world::names::{word_hash, words};

/// What kind of place an entry is, the widest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A continent, a sea, a river, a land of several countries.
    Region,
    /// A state.
    Country,
    /// The first level below the state.
    Province,
    /// The second.
    District,
    /// A city, town or village.
    City,
    /// A line on the map that people stand along.
    Line,
    /// A crossing, base, camp, plant, hall.
    Site,
}

impl Kind {
    /// Every kind in the order of its number.
    pub const ALL: [Self; 7] =
        [Self::Region, Self::Country, Self::Province, Self::District, Self::City, Self::Line, Self::Site];
}

/// The key of a name: its words without case and marks.
///
/// ```
/// use demarche_core::world::places::name_key;
/// assert_eq!(name_key("São Paulo"), name_key("sao paulo"));
/// ```
pub fn name_key(name: &str) -> u32 {
    words(name).map(word_hash).filter(|&hash| hash != 0).fold(START, step).finish()
}

/// A key under way: one word after the other.
#[derive(Clone, Copy)]
pub struct Key(u64);

/// The key of no word.
pub const START: Key = Key(0x9e37_79b9_7f4a_7c15);

/// The key with one more word.
pub fn step(key: Key, word: u64) -> Key {
    let mixed = (key.0.rotate_left(23) ^ word).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    Key((mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb))
}

impl Key {
    /// The upper half, as the table holds it.
    pub fn finish(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

/// One place of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Name in the Latin alphabet, as GeoNames has it.
    pub name: &'static str,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// Alpha-3.
    pub country: &'static str,
    /// Entry of the province it lies in; its own for a province.
    pub province: Option<u16>,
    /// Eight times the binary logarithm of its people; 160 is a million.
    pub size: u8,
    /// What it is.
    pub kind: Kind,
    /// GeoNames id.
    pub id: Option<u32>,
}

/// `places.bin`, opened.
pub struct Gazetteer {
    bytes: &'static [u8],
    keys: usize,
    entries: usize,
    /// Entries below this are provinces.
    pub provinces: usize,
    parts: [usize; 12],
}

impl Gazetteer {
    /// Checks the head and finds the parts; touches nothing else.
    ///
    /// # Errors
    /// When the bytes are not a gazetteer of this layout.
    pub fn open(bytes: &'static [u8]) -> Result<Self, &'static str> {
        let number = |i: usize| -> Option<usize> {
            Some(u32::from_le_bytes(bytes.get(4 + 4 * i..8 + 4 * i)?.try_into().ok()?) as usize)
        };
        if bytes.get(..4) != Some(b"DPL1") {
            return Err("not a gazetteer of this layout");
        }
        let head = || Some([number(0)?, number(1)?, number(2)?, number(3)?, number(4)?]);
        let [entries, provinces, keys, countries, names] = head().ok_or("gazetteer cut off in its head")?;
        let sizes = [
            4 * keys,
            3 * keys,
            2 * entries,
            2 * entries,
            2 * entries,
            3 * entries,
            3 * entries,
            entries,
            entries,
            entries,
            3 * countries,
            names,
        ];
        let mut parts = [0; 12];
        let mut at = 24;
        for (part, size) in parts.iter_mut().zip(sizes) {
            *part = at;
            at += size;
        }
        if at != bytes.len() {
            return Err("gazetteer of the wrong length");
        }
        Ok(Self { bytes, keys, entries, provinces, parts })
    }

    fn u16(&self, part: usize, i: usize) -> u16 {
        let at = self.parts[part] + 2 * i;
        u16::from_le_bytes([self.bytes[at], self.bytes[at + 1]])
    }

    fn u24(&self, part: usize, i: usize) -> u32 {
        let at = self.parts[part] + 3 * i;
        u32::from_le_bytes([self.bytes[at], self.bytes[at + 1], self.bytes[at + 2], 0])
    }

    fn key(&self, i: usize) -> u32 {
        let at = self.parts[0] + 4 * i;
        u32::from_le_bytes([self.bytes[at], self.bytes[at + 1], self.bytes[at + 2], self.bytes[at + 3]])
    }

    /// The entries that have this name, by their index.
    pub fn find(&self, key: u32) -> impl Iterator<Item = usize> + '_ {
        // Keys are hashes and lie evenly: its place is near where its size says, as far off as a few hundred.
        const NEAR: usize = 64;
        let guess = ((u64::from(key) * self.keys as u64) >> 32) as usize;
        let (mut low, mut high) = (guess, guess);
        let mut step = NEAR;
        while low > 0 && self.key(low - 1) >= key {
            low = low.saturating_sub(step);
            step *= 2;
        }
        step = NEAR;
        while high < self.keys && self.key(high) < key {
            high = (high + step).min(self.keys);
            step *= 2;
        }
        while low < high {
            let mid = usize::midpoint(low, high);
            if self.key(mid) < key { low = mid + 1 } else { high = mid }
        }
        (low..self.keys).take_while(move |&i| self.key(i) == key).map(|i| self.u24(1, i) as usize)
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries
    }

    /// True for a table of nothing.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// The entry at this index.
    pub fn entry(&self, i: usize) -> Entry {
        let bytes: &'static [u8] = self.bytes;
        let text = |from: usize, len: usize| std::str::from_utf8(&bytes[from..from + len]).unwrap_or("?");
        let name = self.parts[11] + self.u24(5, i) as usize;
        let country = self.parts[10] + 3 * bytes[self.parts[7] + i] as usize;
        Entry {
            name: text(name + 1, bytes[name] as usize),
            lat: f32::from(self.u16(2, i) as i16) / 100.0,
            lon: f32::from(self.u16(3, i) as i16) / 100.0,
            country: text(country, 3),
            province: Some(self.u16(4, i)).filter(|&province| province != u16::MAX),
            size: bytes[self.parts[8] + i],
            kind: Kind::ALL[(bytes[self.parts[9] + i] as usize).min(6)],
            id: Some(self.u24(6, i)).filter(|&id| id != 0),
        }
    }
}
