//! Linking of event mentions that somebody marked, to measure linking apart from coding.
//!
//! Documents fall into stories first. Inside a story two mentions may be one event when their words are the same or news
//! uses them for one another; what hangs on them (who, what, where) and the words around them decide. Groups grow by
//! average linkage, so one odd pair does not chain two events together.

mod features;
mod synonyms;

use features::{Features, features};

use super::stories;
use crate::{numbers::ln, sentence::Sentence};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A document with its event mentions.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its text; spans of the sentences point into it.
    pub text: String,
    /// Its sentences, parsed.
    pub sentences: Vec<Sentence>,
    /// The mentions: index of the sentence, and indices of their tokens in it.
    pub mentions: Vec<(usize, Vec<usize>)>,
}

/// Numbers of words that occur in the input.
#[derive(Default)]
struct Words(HashMap<String, u32>);

impl Words {
    fn number(&mut self, word: String) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(word).or_insert(next)
    }
}

/// A pair is held against this much.
const LEAST: f32 = 0.45;
/// Worth of one word, and of two that news uses for one another.
const SAME: f32 = 1.0;
const GROUP: f32 = 0.45;
/// What a word of saying, and one too thin to tell an event by, is worth less.
const SAYING: f32 = 0.75;
const THIN: f32 = 0.7;
/// Worth of what hangs on both, less this where nothing of it is shared.
const ARGUMENTS: f32 = 0.9;
const NOTHING_SHARED: f32 = 0.43;
/// Worth of the words around.
const AROUND: f32 = 0.5;
/// What a pair of words that have nothing to do with each other counts in the average of two groups.
const STRANGERS: f32 = -0.6;
/// Least average of two groups that become one.
const AVERAGE: f32 = -0.15;

/// For each document the number of the event of each of its mentions. Equal numbers are one event.
///
/// Documents without a mention, and mentions that point at no token, are allowed.
pub fn chains(documents: &[Document]) -> Vec<Vec<usize>> {
    let mut words = Words::default();
    let found: Vec<Vec<Features>> =
        documents.iter().enumerate().map(|(number, document)| features(number, document, &mut words)).collect();
    let texts: Vec<(&str, Option<i64>)> = documents.iter().map(|d| (d.text.as_str(), None)).collect();
    let mut out: Vec<Vec<usize>> = documents.iter().map(|d| vec![0; d.mentions.len()]).collect();
    let mut next = 0;
    for story in stories::group(&texts) {
        let places: Vec<(usize, usize)> =
            story.iter().flat_map(|&d| (0..found[d].len()).map(move |m| (d, m))).collect();
        let mentions: Vec<&Features> = places.iter().map(|&(d, m)| &found[d][m]).collect();
        for members in group(&mentions) {
            for i in members {
                out[places[i].0][places[i].1] = next;
            }
            next += 1;
        }
    }
    out
}

/// Average linkage of the mentions of one story.
fn group(mentions: &[&Features]) -> Vec<Vec<usize>> {
    let rarity = Rarity::new(mentions);
    let mut scores: HashMap<(usize, usize), f32> = HashMap::new();
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (a, b) in candidates(mentions) {
        let score = score(mentions[a], mentions[b], &rarity);
        scores.insert((a, b), score);
        if score > 0.0 {
            pairs.push((score, a, b));
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let mut cluster: Vec<usize> = (0..mentions.len()).collect();
    let mut members: Vec<Vec<usize>> = cluster.iter().map(|&i| vec![i]).collect();
    for (_, a, b) in pairs {
        let (x, y) = (cluster[a], cluster[b]);
        if x == y {
            continue;
        }
        let (mut sum, mut count) = (0.0, 0.0);
        for &i in &members[x] {
            for &j in &members[y] {
                sum += scores.get(&(i.min(j), i.max(j))).copied().unwrap_or(STRANGERS);
                count += 1.0;
            }
        }
        if sum / count < AVERAGE {
            continue;
        }
        let moved = std::mem::take(&mut members[y]);
        for &m in &moved {
            cluster[m] = x;
        }
        members[x].extend(moved);
    }
    members.retain(|m| !m.is_empty());
    members
}

/// Pairs that share a word or a group of words.
fn candidates(mentions: &[&Features]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<(u8, u32), Vec<usize>> = BTreeMap::new();
    let mut out = BTreeSet::new();
    for (i, mention) in mentions.iter().enumerate() {
        let keys = mention.groups.iter().map(|&g| (0, g)).chain([(1, mention.word), (1, mention.form)]);
        for key in keys.collect::<BTreeSet<_>>() {
            let block = blocks.entry(key).or_default();
            out.extend(block.iter().map(|&j| (j, i)));
            block.push(i);
        }
    }
    out
}

/// How rare each word is in the documents of one story.
struct Rarity(HashMap<u32, f32>);

impl Rarity {
    fn new(mentions: &[&Features]) -> Self {
        let mut documents: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for mention in mentions {
            documents.entry(mention.document).or_default().extend(&mention.around);
        }
        let mut held: BTreeMap<u32, usize> = BTreeMap::new();
        for word in documents.values().flatten() {
            *held.entry(*word).or_default() += 1;
        }
        let all = documents.len() as f32 + 1.0;
        Self(held.into_iter().map(|(word, n)| (word, ln(all / (n as f32 + 0.5)))).collect())
    }

    fn of(&self, word: u32) -> f32 {
        self.0.get(&word).copied().unwrap_or(1.0)
    }

    /// Share of the smaller set that both have, by rarity.
    fn overlap(&self, a: &BTreeSet<u32>, b: &BTreeSet<u32>) -> f32 {
        let sum = |words: &mut dyn Iterator<Item = &u32>| words.map(|&w| self.of(w)).sum::<f32>();
        sum(&mut a.intersection(b)) / sum(&mut a.iter()).min(sum(&mut b.iter())).max(1e-6)
    }

    /// Cosine of two sets by rarity.
    fn cosine(&self, a: &BTreeSet<u32>, b: &BTreeSet<u32>) -> f32 {
        let sum = |words: &mut dyn Iterator<Item = &u32>| words.map(|&w| self.of(w) * self.of(w)).sum::<f32>();
        let lengths = sum(&mut a.iter()) * sum(&mut b.iter());
        if lengths > 0.0 { sum(&mut a.intersection(b)) / lengths.sqrt() } else { 0.0 }
    }
}

/// What speaks for one event, above the least it needs.
fn score(a: &Features, b: &Features, rarity: &Rarity) -> f32 {
    let same = a.word == b.word || a.form == b.form && !a.thin;
    let mut score = if same { SAME } else { GROUP } - LEAST;
    if a.thin || b.thin {
        score -= THIN;
    } else if a.saying || b.saying {
        score -= SAYING;
    }
    if !a.arguments.is_empty() && !b.arguments.is_empty() {
        let shared = rarity.overlap(&a.arguments, &b.arguments);
        score += if shared > 0.0 { ARGUMENTS * shared } else { -NOTHING_SHARED };
    }
    score + AROUND * rarity.cosine(&a.around, &b.around)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse::parse_tokens, text::split};

    fn document(text: &str, mentions: &[&str]) -> Document {
        let sentences = parse_tokens(text, &split(text));
        let place = |word: &&str| {
            let at = text.find(*word).expect("in the text");
            let found = sentences
                .iter()
                .enumerate()
                .find_map(|(s, sentence)| Some((s, sentence.tokens.iter().position(|t| t.span.start as usize == at)?)));
            let (sentence, token) = found.expect("a token");
            (sentence, vec![token])
        };
        Document { text: text.into(), mentions: mentions.iter().map(place).collect(), sentences }
    }

    #[test]
    fn a_purchase_and_an_acquisition_are_one_and_another_firm_buys_for_itself() {
        let one = document("Norsk Hydro bought the smelter in Porvoo. Its board resigned.", &["bought", "resigned"]);
        let two = document(
            "The acquisition of the smelter in Porvoo by Norsk Hydro is done. A rival bought a mine in Chile.",
            &["acquisition", "bought"],
        );
        let out = chains(&[one, two]);
        assert_eq!(out[0][0], out[1][0]);
        assert_ne!(out[0][0], out[1][1]);
        assert_ne!(out[0][0], out[0][1]);
    }

    #[test]
    fn what_two_people_said_is_two_events() {
        let one = document("Berg said the bridge was safe.", &["said"]);
        let two = document("Dahl said the bridge would be closed.", &["said"]);
        let out = chains(&[one, two]);
        assert_ne!(out[0], out[1]);
    }

    #[test]
    fn a_mention_without_tokens_is_alone() {
        let mut empty = document("Rain fell.", &["fell"]);
        empty.mentions.push((7, vec![1]));
        empty.mentions.push((0, vec![]));
        let out = chains(&[empty]);
        assert_eq!(out[0].iter().collect::<BTreeSet<_>>().len(), 3);
    }
}
