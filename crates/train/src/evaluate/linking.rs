//! Linking of given mentions and grouping into stories on ECB+, as `score_linking` counts them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    path::Path,
};

use anyhow::{Context, Result};
use demarche_core::{
    Span,
    link::{
        mentions::{Document, chains},
        stories::group,
    },
    parse::parse_tokens,
};
use serde_json::Value;

/// Topics of the development part that nobody read while linking was made.
pub const BLIND: [&str; 4] = ["5", "18", "23", "35"];

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rate(pub f64, pub f64);

impl Rate {
    fn f1(self) -> f64 {
        if self.0 + self.1 > 0.0 { 2.0 * self.0 * self.1 / (self.0 + self.1) } else { 0.0 }
    }
}

/// How well groups fit the groups of the corpus.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    /// Links (Vilain and others 1995).
    pub muc: Rate,
    /// Items (Bagga and Baldwin 1998).
    pub b3: Rate,
    /// Groups, by the best one-to-one assignment (Luo 2005).
    pub ceaf: Rate,
    /// Items.
    pub items: usize,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (name, rate) in [("MUC", self.muc), ("B3", self.b3), ("CEAFe", self.ceaf)] {
            write!(f, "{name} P {:.3} R {:.3} F1 {:.3}  ", rate.0, rate.1, rate.f1())?;
        }
        let conll = (self.muc.f1() + self.b3.f1() + self.ceaf.f1()) / 3.0;
        write!(f, "CoNLL {conll:.4}  n {}", self.items)
    }
}

/// Event linking on the whole development part and on the topics that nobody read; then its stories.
pub fn scores(corpora: &Path) -> Result<Vec<(&'static str, Scores)>> {
    let file = corpora.join("ecbplus/ecbplus-dev.jsonl");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let rows: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let documents: Vec<Document> = rows.iter().map(document).collect();
    let mut events: Vec<(bool, String, usize)> = Vec::new();
    for (row, said) in rows.iter().zip(chains(&documents)) {
        let blind = BLIND.contains(&row["topic"].as_str().unwrap_or_default());
        let gold = array(&row["events"]).iter().map(|event| event["chain"].to_string());
        events.extend(gold.zip(said).map(|(gold, said)| (blind, gold, said)));
    }
    let of = |all: bool| {
        let held = events.iter().filter(|(blind, _, _)| all || *blind);
        score(&held.map(|(_, gold, said)| (gold.clone(), *said)).collect::<Vec<_>>())
    };
    let texts: Vec<String> = rows.iter().map(|row| joined(row, "\n")).collect();
    let undated: Vec<(&str, Option<i64>)> = texts.iter().map(|text| (text.as_str(), None)).collect();
    let mut stories: Vec<(String, usize)> = Vec::new();
    for (number, story) in group(&undated).iter().enumerate() {
        stories.extend(story.iter().map(|&report| (rows[report]["story"].to_string(), number)));
    }
    Ok(vec![("events", of(true)), ("events, blind topics", of(false)), ("stories", score(&stories))])
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn words(sentence: &Value) -> impl Iterator<Item = &str> {
    array(&sentence["tokens"]).iter().filter_map(Value::as_str)
}

fn joined(row: &Value, end: &str) -> String {
    let lines = array(&row["sentences"]).iter().map(|s| words(s).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join(end)
}

fn document(row: &Value) -> Document {
    let text = joined(row, "\n");
    let mut at = 0;
    let mut sentences = Vec::new();
    for sentence in array(&row["sentences"]) {
        let mut spans = Vec::new();
        for word in words(sentence) {
            spans.push((Span::new(at, at + word.len()), false));
            at += word.len() + 1;
        }
        sentences.push(spans);
    }
    let place = |id: &Value| array(&row["sentences"]).iter().position(|s| s["id"] == *id).unwrap_or(usize::MAX);
    let tokens = |event: &Value| array(&event["tokens"]).iter().filter_map(|t| Some(t.as_u64()? as usize)).collect();
    let mentions = array(&row["events"]).iter().map(|event| (place(&event["sent"]), tokens(event))).collect();
    Document { sentences: parse_tokens(&text, &sentences), text, mentions }
}

/// Scores items that carry the group of the corpus and the group that was found.
fn score(items: &[(String, usize)]) -> Scores {
    let mut gold: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut said: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (i, (right, found)) in items.iter().enumerate() {
        gold.entry(right).or_default().insert(i);
        said.entry(*found).or_default().insert(i);
    }
    let both = |i: usize| gold[items[i].0.as_str()].intersection(&said[&items[i].1]).count() as f64;
    let n = items.len() as f64;
    let precision = (0..items.len()).map(|i| both(i) / said[&items[i].1].len() as f64).sum::<f64>() / n;
    let recall = (0..items.len()).map(|i| both(i) / gold[items[i].0.as_str()].len() as f64).sum::<f64>() / n;
    let links = |groups: Vec<&BTreeSet<usize>>, other: &dyn Fn(usize) -> String| {
        let (mut held, mut all) = (0.0, 0.0);
        for group in groups {
            let parts = group.iter().map(|&i| other(i)).collect::<BTreeSet<_>>().len();
            held += (group.len() - parts) as f64;
            all += group.len() as f64 - 1.0;
        }
        if all > 0.0 { held / all } else { 0.0 }
    };
    let muc = Rate(
        links(said.values().collect(), &|i| items[i].0.clone()),
        links(gold.values().collect(), &|i| items[i].1.to_string()),
    );
    let total = ceaf(&gold.values().collect::<Vec<_>>(), &said.values().collect::<Vec<_>>());
    let ceaf = Rate(total / said.len() as f64, total / gold.len() as f64);
    Scores { muc, b3: Rate(precision, recall), ceaf, items: items.len() }
}

/// Sum of the similarities of the best one-to-one assignment of groups.
fn ceaf(gold: &[&BTreeSet<usize>], said: &[&BTreeSet<usize>]) -> f64 {
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for (j, group) in said.iter().enumerate() {
        of.extend(group.iter().map(|&i| (i, j)));
    }
    let mut rows: Vec<BTreeMap<usize, f64>> = Vec::new();
    let mut back: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, group) in gold.iter().enumerate() {
        let mut row: BTreeMap<usize, f64> = BTreeMap::new();
        for item in *group {
            *row.entry(of[item]).or_default() += 1.0;
        }
        for (&j, sum) in &mut row {
            *sum *= 2.0 / (group.len() + said[j].len()) as f64;
            back.entry(j).or_default().push(i);
        }
        rows.push(row);
    }
    // What shares no item has nothing to do with each other: each connected part is solved apart.
    let mut seen = BTreeSet::new();
    let mut total = 0.0;
    for start in 0..rows.len() {
        if !seen.insert(start) {
            continue;
        }
        let (mut part, mut columns, mut todo) = (vec![], BTreeSet::new(), vec![start]);
        while let Some(i) = todo.pop() {
            part.push(i);
            for &j in rows[i].keys() {
                if columns.insert(j) {
                    todo.extend(back[&j].iter().copied().filter(|&other| seen.insert(other)));
                }
            }
        }
        let weight = |i: &usize| columns.iter().map(|j| rows[*i].get(j).copied().unwrap_or(0.0)).collect::<Vec<_>>();
        total += assign(part.iter().map(weight).collect());
    }
    total
}

/// Largest sum of a one-to-one assignment of rows to columns (Kuhn 1955, with potentials).
fn assign(mut weight: Vec<Vec<f64>>) -> f64 {
    if weight.len() > weight[0].len() {
        weight = (0..weight[0].len()).map(|j| weight.iter().map(|row| row[j]).collect()).collect();
    }
    let (n, m) = (weight.len(), weight[0].len());
    let (mut u, mut v, mut taken) = (vec![0.0; n + 1], vec![0.0; m + 1], vec![0usize; m + 1]);
    for i in 1..=n {
        taken[0] = i;
        let mut at = 0;
        let (mut least, mut way, mut used) = (vec![f64::INFINITY; m + 1], vec![0; m + 1], vec![false; m + 1]);
        loop {
            used[at] = true;
            let (row, mut step, mut next) = (taken[at], f64::INFINITY, 0);
            for j in (1..=m).filter(|&j| !used[j]).collect::<Vec<_>>() {
                let cost = 1.0 - weight[row - 1][j - 1] - u[row] - v[j];
                if cost < least[j] {
                    (least[j], way[j]) = (cost, at);
                }
                if least[j] < step {
                    (step, next) = (least[j], j);
                }
            }
            for j in 0..=m {
                if used[j] {
                    u[taken[j]] += step;
                    v[j] -= step;
                } else {
                    least[j] -= step;
                }
            }
            at = next;
            if taken[at] == 0 {
                break;
            }
        }
        while at != 0 {
            let before = way[at];
            taken[at] = taken[before];
            at = before;
        }
    }
    (1..=m).filter(|&j| taken[j] != 0).map(|j| weight[taken[j] - 1][j - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(groups: &[(&str, usize)]) -> Vec<(String, usize)> {
        groups.iter().map(|(gold, said)| ((*gold).to_string(), *said)).collect()
    }

    #[test]
    fn right_groups_score_one() {
        let all = score(&items(&[("a", 7), ("a", 7), ("b", 3)]));
        assert!([all.muc, all.b3, all.ceaf].iter().all(|rate| (rate.f1() - 1.0).abs() < 1e-9));
    }

    #[test]
    fn one_group_for_all_has_full_recall_and_half_the_precision_of_items() {
        let all = score(&items(&[("a", 1), ("a", 1), ("b", 1), ("b", 1)]));
        assert!((all.b3.0 - 0.5).abs() < 1e-9 && (all.b3.1 - 1.0).abs() < 1e-9);
        assert!((all.muc.0 - 2.0 / 3.0).abs() < 1e-9 && (all.muc.1 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_best_assignment_is_not_the_greedy_one() {
        assert!((assign(vec![vec![0.9, 0.8], vec![0.8, 0.1]]) - 1.6).abs() < 1e-9);
    }
}
