//! Which words are used like which: the Brown cluster of a word, from a table made of far more text than has trees.
//!
//! Brown et al. 1992 ("Class-based n-gram models of natural language") sort words into a binary tree of classes; a class
//! is a path from its root, and words whose paths begin alike stand in like places. Koo et al. 2008 ("Simple
//! semi-supervised dependency parsing") give beginnings of the path to a parser.
//!
//! The table (`crates/data/models/clusters.bin`, made by `train clusters`): a `u32` with the number of classes, one `u32`
//! a class with its path (first step in the highest bit), and one `u32` a word in rising order: 22 bits of the hash of the
//! word's letters, then 10 bits that number its class. All in little-endian order.

/// Bits of an entry that number the class.
pub const CLASS_BITS: u32 = 10;

/// The path of the class of a word with these letters, first step in the highest bit; of the word as it is written, or
/// else of the word in small letters. `None` where the table does not know it.
///
/// ```
/// use demarche_core::parse::clusters::path;
/// let chars = |word: &str| word.chars().collect::<Vec<_>>();
/// let of = |word: &str| path(&chars(word), &chars(&word.to_lowercase()));
/// assert_eq!(of("Monday"), of("Tuesday"));
/// assert_ne!(of("Monday"), of("soldiers"));
/// assert_eq!(of("qwrtzz"), None);
/// ```
pub fn path(cased: &[char], lower: &[char]) -> Option<u32> {
    let table = Table { bytes: demarche_data::CLUSTERS };
    table.find(cased).or_else(|| if cased == lower { None } else { table.find(lower) })
}

/// The part of an entry that stands for a word with these letters (FNV-1a with a final mix).
pub fn key(chars: &[char]) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for &c in chars {
        h = (h ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    h ^= h >> 29;
    ((h.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32) >> CLASS_BITS
}

struct Table {
    bytes: &'static [u8],
}

impl Table {
    fn number(&self, at: usize) -> u32 {
        self.bytes[at * 4..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    fn find(&self, chars: &[char]) -> Option<u32> {
        let classes = self.number(0) as usize;
        let (wanted, first) = (key(chars), 1 + classes);
        let (mut low, mut high) = (first, self.bytes.len() / 4);
        while low < high {
            let middle = low.midpoint(high);
            if self.number(middle) >> CLASS_BITS < wanted { low = middle + 1 } else { high = middle }
        }
        let entry = (low < self.bytes.len() / 4).then(|| self.number(low))?;
        let class = entry & ((1 << CLASS_BITS) - 1);
        (entry >> CLASS_BITS == wanted).then(|| self.number(1 + class as usize))
    }
}
