//! Weights of features that are few among many: a table of hashes in buckets, each with the answers that it speaks for.
//!
//! `crates/data/models/deeds.bin`, all numbers in little-endian order: for each of 1,024 buckets and behind the last one a `u16`,
//! where its features begin, and a `u16`, where their weights begin; then one `u16` a feature, 12 bits of its hash and 4 bits that
//! tell one less than how many weights it has; then two bytes a weight, the answer and how much it gains, as a signed byte.

use super::deeds::KINDS;
use crate::code::words::WordMap;

const BUCKETS: usize = 1 << 10;
/// Weights that a feature may have.
const MOST: usize = 16;

/// Weights by feature and answer.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Of each feature, by bucket and tag: the first weight, and the one behind the last.
    features: WordMap<u32, (u16, u16)>,
    weights: Vec<(u8, i8)>,
}

fn bucket(feature: u32) -> usize {
    (feature >> 22) as usize
}

fn tag(feature: u32) -> u16 {
    (feature >> 10 & 0xFFF) as u16
}

impl Weights {
    /// Reads a table as [`Self::write`] leaves it; an empty one where there are no bytes.
    pub fn read(bytes: &[u8]) -> Self {
        let pairs: Vec<[u8; 2]> = bytes.chunks_exact(2).map(|two| [two[0], two[1]]).collect();
        if pairs.len() < 2 * (BUCKETS + 1) {
            return Self::default();
        }
        let (head, rest) = pairs.split_at(2 * (BUCKETS + 1));
        let number = |pair: [u8; 2]| u16::from_le_bytes(pair);
        let starts: Vec<(u16, u16)> = head.chunks_exact(2).map(|two| (number(two[0]), number(two[1]))).collect();
        let count = usize::from(starts[BUCKETS].0).min(rest.len());
        let (listed, weights) = rest.split_at(count);
        let mut features = WordMap::default();
        for (at, two) in starts.windows(2).enumerate() {
            let ((first, mut from), (last, _)) = (two[0], two[1]);
            for &pair in listed.get(usize::from(first)..usize::from(last)).unwrap_or_default() {
                let one = number(pair);
                let to = from.saturating_add((one & 0xF) + 1);
                features.insert((at as u32) << 12 | u32::from(one >> 4), (from, to));
                from = to;
            }
        }
        Self { features, weights: weights.iter().map(|&[answer, weight]| (answer, weight as i8)).collect() }
    }

    /// The table of these weights, by feature and answer. Of features with the same hash the first one stays, of more than
    /// sixteen weights of one the greatest.
    pub fn write(rows: &[(u32, [i8; KINDS])]) -> Vec<u8> {
        let mut rows: Vec<_> = rows.iter().filter(|row| row.1.iter().any(|&weight| weight != 0)).collect();
        rows.sort_unstable_by_key(|row| (bucket(row.0), tag(row.0), row.0));
        rows.dedup_by_key(|row| (bucket(row.0), tag(row.0)));
        let (mut starts, mut features, mut weights) = (Vec::new(), Vec::<u16>::new(), Vec::<[u8; 2]>::new());
        let mut rows = rows.into_iter().peekable();
        for at in 0..=BUCKETS {
            starts.push([features.len() as u16, weights.len() as u16]);
            while let Some((feature, row)) = rows.next_if(|row| bucket(row.0) == at) {
                let mut found: Vec<usize> = (0..KINDS).filter(|&answer| row[answer] != 0).collect();
                found.sort_by_key(|&answer| std::cmp::Reverse(row[answer].unsigned_abs()));
                found.truncate(MOST);
                features.push(tag(*feature) << 4 | (found.len() - 1) as u16);
                weights.extend(found.into_iter().map(|answer| [answer as u8, row[answer] as u8]));
            }
        }
        let numbers = starts.into_iter().flatten().chain(features).flat_map(u16::to_le_bytes);
        numbers.chain(weights.into_iter().flatten()).collect()
    }

    /// True where nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// What these features say of each answer.
    pub fn scores(&self, features: &[u32]) -> [i32; KINDS] {
        let mut scores = [0; KINDS];
        for feature in features {
            let Some(&(from, to)) = self.features.get(&(feature >> 10)) else { continue };
            for &(answer, gain) in self.weights.get(usize::from(from)..usize::from(to)).unwrap_or_default() {
                if let Some(score) = scores.get_mut(usize::from(answer)) {
                    *score += i32::from(gain);
                }
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut rows: Vec<(u32, [i8; KINDS])> = Vec::new();
        for n in 1..300u32 {
            let mut row = [0i8; KINDS];
            row[n as usize % KINDS] = (n % 100) as i8 + 1;
            row[(n * 7) as usize % KINDS] = -((n % 50) as i8) - 1;
            rows.push((n.wrapping_mul(0x9E37_79B1), row));
        }
        let table = Weights::read(&Weights::write(&rows));
        for (feature, row) in &rows {
            assert_eq!(table.scores(&[*feature]), row.map(i32::from));
        }
        assert_eq!(table.scores(&[rows[0].0 ^ 1 << 15]), [0; KINDS]);
        assert!(Weights::read(&[]).is_empty() && Weights::read(&[7; 99]).is_empty());
    }
}
