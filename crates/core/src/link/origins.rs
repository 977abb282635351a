//! Origins: near-identical texts (wire copy, reprints, light edits) found by MinHash in linear time.
//!
//! Corroboration counts origins, not outlets: ten reprints of one agency report are one witness.

use super::words::split;
use crate::claim::Annotation;
use std::collections::HashMap;

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Bands and rows of the signature: two texts that share half of their shingles meet in a band with 94 % probability.
const BANDS: usize = 21;
const ROWS: usize = 3;
/// Share of shingles from which on two texts are one: of both together, or of the shorter where it is a cut of the longer.
const ALIKE: f32 = 0.55;
const CUT: f32 = 0.8;
/// Shingles that a cut needs at least.
const CUT_LENGTH: usize = 30;

/// For each report the number of its origin, from 0 in the order of the reports.
pub fn origins(annotations: &[Annotation]) -> Vec<usize> {
    let texts: Vec<&str> = annotations.iter().map(|a| a.report.text.as_str()).collect();
    of_texts(&texts)
}

/// For each text the number of its origin, from 0 in the order of the texts.
///
/// ```
/// let wire = "The ministry said on Monday that the two ships had met in the strait and that nobody had been hurt in it.";
/// let reprint = format!("{wire} Our desk adds nothing.");
/// let other = "Prices of wheat rose by a tenth after the harbour was closed for a week by heavy storms from the west.";
/// assert_eq!(demarche_core::link::origins::of_texts(&[wire, &reprint, other]), [0, 0, 1]);
/// ```
pub fn of_texts(texts: &[&str]) -> Vec<usize> {
    let shingles: Vec<Vec<u64>> = texts.iter().map(|text| shingles(text)).collect();
    let mut root: Vec<usize> = (0..texts.len()).collect();
    // Of the texts in a bucket only the first of each origin is kept: a thousand copies are compared with one.
    let mut buckets: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    for (i, own) in shingles.iter().enumerate() {
        let signature = signature(own);
        for band in 0..BANDS {
            let rows = &signature[band * ROWS..(band + 1) * ROWS];
            let key = rows.iter().fold(band as u64, |hash, &row| mix(hash ^ row));
            let bucket = buckets.entry((band, key)).or_default();
            if bucket.iter().any(|&j| find(&root, j) == find(&root, i)) {
                continue;
            }
            let twin = bucket.iter().copied().find(|&j| same(own, &shingles[j]));
            match twin {
                Some(j) => {
                    let (x, y) = (find(&root, i), find(&root, j));
                    root[x.max(y)] = x.min(y);
                }
                None if bucket.len() < 64 => bucket.push(i),
                None => {}
            }
        }
    }
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    (0..texts.len())
        .map(|i| {
            let next = numbers.len();
            *numbers.entry(find(&root, i)).or_insert(next)
        })
        .collect()
}

fn find(root: &[usize], mut i: usize) -> usize {
    while root[i] != i {
        i = root[i];
    }
    i
}

/// Sorted hashes of every run of four words; of the whole where it is shorter.
fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = split(text).iter().map(|w| w.bytes().fold(0, |h, b| mix(h ^ u64::from(b)))).collect();
    let join = |run: &[u64]| run.iter().fold(1, |h, w| mix(h ^ w));
    let mut out: Vec<u64> =
        if words.len() < SHINGLE { vec![join(&words)] } else { words.windows(SHINGLE).map(join).collect() };
    out.sort_unstable();
    out.dedup();
    out
}

fn signature(shingles: &[u64]) -> [u64; BANDS * ROWS] {
    let mut out = [u64::MAX; BANDS * ROWS];
    for &shingle in shingles {
        let mut hash = shingle;
        for least in &mut out {
            hash = mix(hash);
            *least = (*least).min(hash);
        }
    }
    out
}

fn same(a: &[u64], b: &[u64]) -> bool {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let (shorter, all) = (a.len().min(b.len()), a.len() + b.len() - both);
    let both = both as f32;
    both >= ALIKE * all as f32 || shorter >= CUT_LENGTH && both >= CUT * shorter as f32
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): the same on every machine.
fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: u64, words: u64) -> String {
        (from..from + words).map(|i| format!("w{}", mix(i) % 5000)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_light_edit_and_a_cut_keep_their_origin() {
        let wire = text(0, 300);
        let edited = wire.replace("w12", "v12");
        let cut: String = wire.split_inclusive(' ').take(120).collect();
        let own = text(9000, 300);
        assert_eq!(of_texts(&[&wire, &edited[..], &cut, &own]), [0, 0, 0, 1]);
    }

    #[test]
    fn empty_texts_are_copies_of_each_other_only() {
        assert_eq!(of_texts(&["", "One word.", "", "Two words."]), [0, 1, 0, 2]);
    }

    #[test]
    fn a_thousand_copies_among_a_thousand_others_are_one_origin() {
        let wire = text(0, 200);
        let others: Vec<String> = (0..1000).map(|i| text(1_000_000 + i * 500, 200)).collect();
        let mut all: Vec<&str> = others.iter().map(String::as_str).collect();
        all.extend(std::iter::repeat_n(wire.as_str(), 1000));
        let origins = of_texts(&all);
        assert_eq!(*origins.iter().max().unwrap(), 1000);
        assert!(origins[1000..].iter().all(|&o| o == 1000));
    }
}
