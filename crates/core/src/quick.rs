//! Hash maps of words that the program knows, looked up for every word of a text: hashing costs as little as it can.
//!
//! What such a map holds comes from tables that are built in, never from a text: nobody can fill it with words that all
//! fall on one place.

use std::hash::{BuildHasherDefault, Hasher};

/// A map to look up words of tables in.
pub type HashMap<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Quick>>;

/// A set to look up words of tables in.
pub type HashSet<K> = std::collections::HashSet<K, BuildHasherDefault<Quick>>;

/// Multiplies, eight bytes at a time, and folds both halves of the product together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quick(u64);

impl Quick {
    fn add(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * 0x9E37_79B9_7F4A_7C15;
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.add(rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)));
        }
    }

    // The end of a text.
    fn write_u8(&mut self, byte: u8) {
        self.0 ^= u64::from(byte);
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, BuildHasherDefault};

    use super::*;

    #[test]
    fn words_that_differ_in_a_letter_fall_on_other_places() {
        let hash = |word: &str| BuildHasherDefault::<Quick>::default().hash_one(word);
        let mut places: Vec<u64> = (0..4096).map(|n| hash(&format!("word{n}")) % 65_536).collect();
        places.sort_unstable();
        places.dedup();
        // Of 4096 thrown at random on 65,536 places some 125 fall on one that is taken.
        assert!(places.len() > 3800, "{}", places.len());
        assert_ne!(hash(""), hash("a"));
    }

    #[test]
    fn numbers_in_a_row_fall_on_other_places() {
        let hash = |n: u32| BuildHasherDefault::<Quick>::default().hash_one(n);
        let mut places: Vec<u64> = (0..4096).map(|n| hash(n) % 65_536).collect();
        places.sort_unstable();
        places.dedup();
        assert!(places.len() > 3800, "{}", places.len());
    }
}
