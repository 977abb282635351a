//! Stories: mixed reports split by what they tell of.
//!
//! Average linkage over rare words and pairs of words brings together reports of one kind of happening; then what two
//! look-alike stories never share (a name, a number, a day) takes them apart again; last, small leftovers join the
//! story that they are clearly nearest to. The reports are sorted before, so their order does not matter.

use super::words::{split, stem};
use crate::numbers::{exp2, ln};
use crate::{brief::Story, claim::Annotation, span::Span};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap},
};

/// Mean similarity from which on two groups of reports are one story.
const TOGETHER: f32 = 0.16;
/// Two marks that never meet must between them be in this share of a story's reports to split it.
const COVERED: f32 = 0.85;
/// Reports that each half of a split story needs.
const HALF: usize = 3;
/// A leftover of at most so many reports joins a story this near, and so much nearer than the next.
const LEFTOVER: usize = 3;
const NEAR: f32 = 0.1;
const NEARER: f32 = 1.5;
/// Words in more reports than this say nothing of which story it is, and comparing by them would not be linear.
const COMMON: usize = 400;
/// A similarity of less is none: nearly every two reports share some word, and to keep them all would not be linear.
const TRACE: f32 = 0.02;
/// Days between two reports that halve their similarity.
const FADE: f32 = 30.0;

/// The stories of these reports, in order of their first report.
pub fn stories(annotations: &[Annotation]) -> Vec<Story> {
    let texts: Vec<(&str, Option<i64>)> =
        annotations.iter().map(|a| (a.report.text.as_str(), a.report.day().map(crate::Day::number))).collect();
    let groups = group(&texts);
    let story = |(i, reports): (usize, Vec<usize>)| {
        let named =
            reports.iter().copied().find(|&r| !annotations[r].report.text.trim().is_empty()).unwrap_or(reports[0]);
        Story { id: format!("s{}", i + 1), title: (named, headline(&annotations[named].report.text)), reports }
    };
    groups.into_iter().enumerate().map(story).collect()
}

/// The first line that holds letters, at most its first 140 characters up to a blank.
fn headline(text: &str) -> Span {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        let end = match words.char_indices().nth(140) {
            Some((far, _)) => words[..far].rfind(' ').unwrap_or(far),
            None => words.len(),
        };
        return Span::new(start, start + end);
    }
    Span::new(0, 0)
}

/// Groups texts with their days into stories, each a sorted list of indices, in order of the first.
pub fn group(texts: &[(&str, Option<i64>)]) -> Vec<Vec<usize>> {
    let vectors = vectors(texts);
    let similarities = similarities(texts, &vectors);
    let marks: Vec<BTreeSet<String>> = texts.iter().map(|(text, _)| marks(text)).collect();
    let mut split = Vec::new();
    let mut todo = linked(texts.len(), &similarities);
    while let Some(story) = todo.pop() {
        match halves(&story, &marks) {
            Some((a, b)) => todo.extend([a, b]),
            None => split.push(story),
        }
    }
    let mut out = gather(split, &similarities);
    for story in &mut out {
        story.sort_unstable();
    }
    out.sort_unstable();
    out
}

/// The words that tell: stems and pairs of neighbouring stems, with their counts.
fn counts(text: &str) -> BTreeMap<String, f32> {
    let mut out = BTreeMap::new();
    let mut before: Option<String> = None;
    for word in split(text) {
        if super::words::says_nothing(&word) {
            before = None;
            continue;
        }
        let word = stem(&word);
        if let Some(before) = before {
            *out.entry(format!("{before} {word}")).or_insert(0.0) += 1.0;
        }
        *out.entry(word.clone()).or_insert(0.0) += 1.0;
        before = Some(word);
    }
    out
}

/// A word's number with its weight, sorted; length 1.
type Vector = Vec<(u32, f32)>;

fn vectors(texts: &[(&str, Option<i64>)]) -> Vec<Vector> {
    let counts: Vec<BTreeMap<String, f32>> = texts.iter().map(|(text, _)| counts(text)).collect();
    let mut held: HashMap<&str, u32> = HashMap::new();
    for word in counts.iter().flat_map(BTreeMap::keys) {
        *held.entry(word).or_insert(0) += 1;
    }
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let all = texts.len() as f32;
    let mut out = Vec::new();
    for counts in &counts {
        let mut vector: Vector = Vec::new();
        for (word, count) in counts {
            let held = held[word.as_str()];
            if held < 2 || (held as usize > COMMON && held as usize * 10 > texts.len()) {
                continue;
            }
            let pair = if word.contains(' ') { 0.5 } else { 1.0 };
            let next = numbers.len() as u32;
            let number = *numbers.entry(word).or_insert(next);
            vector.push((number, pair * (1.0 + ln(*count)) * ln(1.0 + all / held as f32)));
        }
        let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        for (_, weight) in &mut vector {
            *weight /= length;
        }
        vector.sort_unstable_by_key(|&(number, _)| number);
        out.push(vector);
    }
    out
}

/// Similarity of every pair that shares a word, by (larger, smaller) index.
fn similarities(texts: &[(&str, Option<i64>)], vectors: &[Vector]) -> Vec<BTreeMap<usize, f32>> {
    let mut holders: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
    let mut out: Vec<BTreeMap<usize, f32>> = Vec::new();
    let mut sums = vec![0.0f32; vectors.len()];
    for (i, vector) in vectors.iter().enumerate() {
        let mut touched = Vec::new();
        for &(word, weight) in vector {
            let list = holders.entry(word).or_default();
            for &(j, other) in list.iter().rev().take(COMMON) {
                if sums[j] == 0.0 {
                    touched.push(j);
                }
                sums[j] += weight * other;
            }
            list.push((i, weight));
        }
        let mut row = BTreeMap::new();
        // Time between two reports only takes away.
        touched.retain(|&j| {
            let kept = sums[j] >= TRACE;
            if !kept {
                sums[j] = 0.0;
            }
            kept
        });
        for j in touched {
            let gap = texts[i].1.zip(texts[j].1).map_or(0.0, |(a, b)| (a - b).abs() as f32);
            let near = sums[j] * exp2(-gap / FADE);
            if near >= TRACE {
                row.insert(j, near);
            }
            sums[j] = 0.0;
        }
        out.push(row);
    }
    out
}

/// Average linkage: the nearest two groups become one while they are near enough.
fn linked(n: usize, similarities: &[BTreeMap<usize, f32>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let mut alive = vec![true; n];
    // Sums of similarities between groups; ordered maps, since the sums are added up in this order.
    let mut between: Vec<BTreeMap<usize, f32>> = vec![BTreeMap::new(); n];
    let mut heap: BinaryHeap<(Score, Reverse<usize>, Reverse<usize>)> = BinaryHeap::new();
    for (i, row) in similarities.iter().enumerate() {
        for (&j, &s) in row {
            between[i].insert(j, s);
            between[j].insert(i, s);
            if s >= TOGETHER {
                heap.push((Score(s), Reverse(i), Reverse(j)));
            }
        }
    }
    while let Some((_, Reverse(i), Reverse(j))) = heap.pop() {
        if !alive[i] || !alive[j] {
            continue;
        }
        let new = groups.len();
        let merged = [std::mem::take(&mut groups[i]), std::mem::take(&mut groups[j])].concat();
        let (x, y) = (std::mem::take(&mut between[i]), std::mem::take(&mut between[j]));
        (alive[i], alive[j]) = (false, false);
        let mut sums = x;
        for (k, s) in y {
            *sums.entry(k).or_insert(0.0) += s;
        }
        sums.retain(|&k, _| alive[k]);
        for (&k, &s) in &sums {
            between[k].remove(&i);
            between[k].remove(&j);
            between[k].insert(new, s);
            let mean = s / (merged.len() * groups[k].len()) as f32;
            if mean >= TOGETHER {
                heap.push((Score(mean), Reverse(new), Reverse(k)));
            }
        }
        groups.push(merged);
        between.push(sums);
        alive.push(true);
    }
    groups.into_iter().filter(|g| !g.is_empty()).collect()
}

/// A similarity as a key of a heap.
#[derive(Clone, Copy, PartialEq)]
struct Score(f32);
impl Eq for Score {}
impl Ord for Score {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What may tell one happening from its like: names, numbers, weekdays.
fn marks(text: &str) -> BTreeSet<String> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let mut out = BTreeSet::new();
    for piece in text.split_whitespace() {
        let piece = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
        let name = piece.starts_with(char::is_uppercase);
        for word in split(piece) {
            if DAYS.contains(&word.as_str()) || word.starts_with(|c: char| c.is_ascii_digit()) {
                out.insert(word);
            } else if name && !super::words::says_nothing(&word) {
                out.insert(stem(&word));
            }
        }
    }
    out
}

/// Splits a story where two marks never meet and between them cover it: Jackson here, Williams there.
fn halves(story: &[usize], marks: &[BTreeSet<String>]) -> Option<(Vec<usize>, Vec<usize>)> {
    if story.len() < 2 * HALF {
        return None;
    }
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &i in story {
        for mark in &marks[i] {
            holders.entry(mark).or_default().push(i);
        }
    }
    let least = HALF.max(story.len() / 8);
    let mut usable: Vec<Vec<usize>> =
        holders.into_values().filter(|h| h.len() >= least && h.len() + least <= story.len()).collect();
    for held in &mut usable {
        held.sort_unstable();
    }
    // The most frequent marks are enough; all pairs of all marks would be too many in a large story.
    usable.sort_by_key(|h| Reverse(h.len()));
    usable.truncate(300);
    let mut best: Option<((usize, usize), usize, usize)> = None;
    for (x, a) in usable.iter().enumerate() {
        for (y, b) in usable.iter().enumerate().skip(x + 1) {
            if ((a.len() + b.len()) as f32) < COVERED * story.len() as f32 {
                continue;
            }
            let both = a.iter().filter(|i| b.binary_search(i).is_ok()).count();
            let covered = a.len() + b.len() - both;
            let apart = both * 10 <= a.len().min(b.len());
            if apart && covered as f32 >= COVERED * story.len() as f32 {
                let score = (covered - both, a.len().min(b.len()));
                if best.is_none_or(|(s, _, _)| s < score) {
                    best = Some((score, x, y));
                }
            }
        }
    }
    let (_, x, y) = best?;
    let (a, b) = (&usable[x], &usable[y]);
    let only = |h: &[usize], other: &[usize]| {
        h.iter().copied().filter(|i| other.binary_search(i).is_err()).collect::<Vec<_>>()
    };
    let (mut first, mut second) = (only(a, b), only(b, a));
    let rest: Vec<usize> = story.iter().copied().filter(|i| !first.contains(i) && !second.contains(i)).collect();
    let share = |half: &[usize], mark: &String| {
        let held = half.iter().filter(|&&i| marks[i].contains(mark)).count() as f32;
        (held + 0.5) / (half.len() as f32 + 1.0)
    };
    let (mut to_first, mut to_second) = (vec![], vec![]);
    for i in rest {
        let sum: f32 = marks[i].iter().map(|m| ln(share(&first, m) / share(&second, m))).sum();
        if sum >= 0.0 { to_first.push(i) } else { to_second.push(i) }
    }
    first.extend(to_first);
    second.extend(to_second);
    Some((first, second))
}

/// Leftovers join the story they are clearly nearest to.
fn gather(groups: Vec<Vec<usize>>, similarities: &[BTreeMap<usize, f32>]) -> Vec<Vec<usize>> {
    let (mut large, mut small): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.len() > LEFTOVER);
    for group in large.iter_mut().chain(&mut small) {
        group.sort_unstable();
    }
    large.sort_unstable();
    small.sort_by_key(|g| (Reverse(g.len()), g.clone()));
    let mut near: Vec<Vec<(usize, f32)>> = vec![vec![]; similarities.len()];
    for (i, row) in similarities.iter().enumerate() {
        for (&j, &s) in row {
            near[i].push((j, s));
            near[j].push((i, s));
        }
    }
    // The story of each report that has one.
    let mut of: Vec<Option<usize>> = vec![None; similarities.len()];
    for (n, story) in large.iter().enumerate() {
        for &i in story {
            of[i] = Some(n);
        }
    }
    for group in small {
        let mut sums: BTreeMap<usize, f32> = BTreeMap::new();
        for &(j, s) in group.iter().flat_map(|&i| &near[i]) {
            if let Some(n) = of[j] {
                *sums.entry(n).or_insert(0.0) += s;
            }
        }
        let mean = |(&n, sum): (&usize, &f32)| (Score(sum / (group.len() * large[n].len()) as f32), Reverse(n));
        let mut means: Vec<(Score, Reverse<usize>)> = sums.iter().map(mean).collect();
        means.sort_unstable_by_key(|&key| Reverse(key));
        let story = match means.first() {
            Some(&(Score(best), Reverse(n)))
                if best >= NEAR && means.get(1).is_none_or(|(Score(next), _)| best >= NEARER * next) =>
            {
                n
            }
            _ => {
                large.push(vec![]);
                large.len() - 1
            }
        };
        for &i in &group {
            of[i] = Some(story);
        }
        large[story].extend(group);
    }
    large
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_look_alike_stories_are_told_apart_by_what_they_never_share() {
        let one = [
            "Police in Oslo arrested Berg for drunk driving on Friday.",
            "Berg, held for drunk driving, was released in Oslo.",
            "Drunk driving: Berg faces a charge in Oslo.",
            "Oslo police said Berg had been drunk while driving.",
        ];
        let two = [
            "Police in Oslo arrested Dahl for drunk driving on Sunday.",
            "Dahl, held for drunk driving, was released in Oslo.",
            "Drunk driving: Dahl faces a charge in Oslo.",
            "Oslo police said Dahl had been drunk while driving.",
        ];
        let other =
            ["A volcano in Iceland covered three villages with ash.", "Ash of the volcano closed roads in Iceland."];
        let texts: Vec<(&str, Option<i64>)> = one.iter().chain(&two).chain(&other).map(|t| (*t, None)).collect();
        assert_eq!(group(&texts), [vec![0, 1, 2, 3], vec![4, 5, 6, 7], vec![8, 9]]);
    }

    #[test]
    fn a_headline_is_the_first_line_with_words_and_not_longer_than_it_reads() {
        assert_eq!(headline("\n  Fog over Oslo  \nText.").of("\n  Fog over Oslo  \nText."), "Fog over Oslo");
        let long = "é ".repeat(300);
        assert!(headline(&long).of(&long).chars().count() <= 140);
        assert!(headline(" \n").is_empty());
    }
}
