//! Makes `clusters.bin`: which words are used like which, in the layout of `demarche_core::parse::clusters`.
//!
//! SOURCE holds two files of the Python package spacy-lookups-data (MIT), unpacked: `en_lexeme_cluster.json`, Brown
//! clusters of a million English words, and `en_lexeme_prob.json`, the logarithm of how often each is met.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
};

use anyhow::{Context, Result, ensure};
use demarche_core::parse::{
    clusters::{CLASS_BITS, key},
    features::normal_char,
};

/// Words kept, the most frequent first: rarer ones stand in no list of how often a word is met.
const WORDS: usize = 80_000;

/// Reads SOURCE; the table and a word on its size.
pub fn build(source: &Path) -> Result<(Vec<u8>, String)> {
    let clusters = read(source, "en_lexeme_cluster.json")?;
    let clusters: HashMap<String, u32> = clusters.into_iter().map(|(word, number)| (word, number as u32)).collect();
    let frequency = read(source, "en_lexeme_prob.json")?;
    let (words, classes) = (chosen(&clusters, &frequency), classes(&clusters)?);
    let bytes = table(&words, &classes);
    let scores = format!("{} words, {} classes", words.len(), classes.len());
    Ok((bytes, scores))
}

fn read(source: &Path, name: &str) -> Result<HashMap<String, f64>> {
    let path = source.join(name);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no table of words", path.display()))
}

/// The words of the table with their clusters: none that its small letters would find.
fn chosen<'c>(clusters: &'c HashMap<String, u32>, frequency: &HashMap<String, f64>) -> Vec<(&'c str, u32)> {
    let often = |word: &str| frequency.get(word).copied().unwrap_or(f64::MIN);
    let mut words: Vec<(&str, u32)> = clusters
        .iter()
        .filter(|(word, cluster)| **cluster != 0 && word.is_ascii() && word.starts_with(|c: char| c.is_alphabetic()))
        .filter(|(word, cluster)| {
            let lower = word.to_lowercase();
            lower == **word || clusters.get(&lower) != Some(*cluster) || often(&lower) < often(word)
        })
        .map(|(word, cluster)| (word.as_str(), *cluster))
        .collect();
    words.sort_by(|a, b| often(b.0).total_cmp(&often(a.0)).then_with(|| a.0.cmp(b.0)));
    words.truncate(WORDS);
    words
}

/// Path of every class, in order; the source writes the first step in the lowest bit.
fn classes(clusters: &HashMap<String, u32>) -> Result<BTreeMap<u32, u32>> {
    let mut paths: Vec<u32> = clusters.values().filter(|c| **c != 0).map(|c| c.reverse_bits()).collect();
    paths.sort_unstable();
    paths.dedup();
    ensure!(paths.len() < 1 << CLASS_BITS, "more classes than an entry has numbers for: {}", paths.len());
    Ok(paths.into_iter().zip(0..).collect())
}

fn table(words: &[(&str, u32)], classes: &BTreeMap<u32, u32>) -> Vec<u8> {
    let mut entries = BTreeMap::new();
    for (word, cluster) in words {
        let chars: Vec<char> = word.chars().map(normal_char).collect();
        // The more frequent of two words with one key comes first and stays.
        entries.entry(key(&chars)).or_insert(classes[&cluster.reverse_bits()]);
    }
    let head = std::iter::once(classes.len() as u32).chain(classes.keys().copied());
    let body = entries.into_iter().map(|(key, class)| key << CLASS_BITS | class);
    head.chain(body).flat_map(u32::to_le_bytes).collect()
}
