//! Trains the sentence splitter on the running text of the treebanks.

use std::{collections::HashSet, fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::text::{FEATURES, WEIGHTS, examples};

use crate::{corpora::GUM_GENRES, rng::Rng};

/// Passes over the examples.
const EPOCHS: usize = 5;
const RATE: f32 = 0.15;
const DECAY: f32 = 2e-6;

/// One document as it was written, with the byte offsets at which its sentences end.
struct Document {
    text: String,
    ends: HashSet<usize>,
}

type Example = ([u32; FEATURES], bool);

/// The weights, one signed byte each, from the treebanks below `corpora`, and how they fare on what was kept apart.
pub fn train(corpora: &Path) -> Result<(Vec<u8>, String)> {
    let mut material: Vec<Example> = vec![];
    for name in ["ud-ewt/en_ewt-ud-train.conllu", "ud-gum/en_gum-ud-train.conllu"] {
        material.extend(gaps(corpora, name)?);
    }
    let ends = material.iter().filter(|(_, ends)| *ends).count();
    eprintln!("{} gaps, {ends} of them ends", material.len());
    let weights = learn(material);
    let scores = scores(&weights, &gaps(corpora, "ud-ewt/en_ewt-ud-dev.conllu")?);
    Ok((weights, scores))
}

/// The gaps of a treebank that the layout leaves open, and whether a sentence ends there.
fn gaps(corpora: &Path, name: &str) -> Result<Vec<Example>> {
    let path = corpora.join(name);
    let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let found = documents(&source);
    Ok(found.iter().flat_map(|document| examples(&document.text, |end| document.ends.contains(&end))).collect())
}

/// Precision and recall of the ends.
fn scores(weights: &[u8], gaps: &[Example]) -> String {
    let says =
        |features: &[u32; FEATURES]| features.iter().map(|&f| i32::from(weights[f as usize] as i8)).sum::<i32>() > 0;
    let said = gaps.iter().filter(|(features, _)| says(features)).count();
    let ends = gaps.iter().filter(|(_, ends)| *ends).count();
    let right = gaps.iter().filter(|(features, ends)| *ends && says(features)).count();
    let share = |all: usize| right as f64 / all.max(1) as f64;
    format!("gaps of EWT dev that the layout leaves open: precision {:.3}, recall {:.3}", share(said), share(ends))
}

/// The documents of a CoNLL-U file that may be used, paragraphs apart by an empty line.
fn documents(source: &str) -> Vec<Document> {
    let mut out: Vec<Document> = vec![];
    let (mut free, mut until, mut sentence) = (true, 0usize, false);
    let mut paragraph = false;
    for line in source.lines() {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            free = id.strip_prefix("GUM_").is_none_or(|id| GUM_GENRES.iter().any(|genre| id.starts_with(genre)));
            out.push(Document { text: String::new(), ends: HashSet::new() });
        }
        paragraph |= line.starts_with("# newpar");
        let Some(document) = out.last_mut().filter(|_| free) else { continue };
        if line.is_empty() && sentence {
            document.ends.insert(document.text.trim_end().len());
            (sentence, until) = (false, 0);
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 || columns[0].contains('.') {
            continue;
        }
        let (first, last) = columns[0].split_once('-').unwrap_or((columns[0], columns[0]));
        let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else { continue };
        if first <= until && last <= until {
            continue; // inside a range
        }
        until = if last > first { last } else { until };
        if paragraph && !sentence && !document.text.is_empty() {
            document.text.push_str("\n\n");
        }
        (sentence, paragraph) = (true, false);
        document.text.push_str(columns[1]);
        if !columns[9].split('|').any(|field| field == "SpaceAfter=No") {
            document.text.push(' ');
        }
    }
    out
}

/// Logistic regression with a rate of its own for every weight (Adagrad), in a fixed order.
fn learn(mut material: Vec<Example>) -> Vec<u8> {
    let mut weights = vec![0f32; WEIGHTS];
    let mut squares = vec![1e-2f32; WEIGHTS];
    let mut random = Rng::new(1);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut material);
        let mut loss = 0f64;
        for (features, ends) in &material {
            let sum: f32 = features.iter().map(|&f| weights[f as usize]).sum();
            let probability = 1.0 / (1.0 + (-sum).exp());
            let error = probability - f32::from(u8::from(*ends));
            loss -= f64::from(if *ends { probability } else { 1.0 - probability }.max(1e-9).ln());
            if error.abs() < 1e-3 {
                continue;
            }
            for &f in features {
                let f = f as usize;
                let slope = error + DECAY * weights[f];
                squares[f] += slope * slope;
                weights[f] -= RATE * slope / squares[f].sqrt();
            }
        }
        eprintln!("epoch {} loss {:.5}", epoch + 1, loss / material.len() as f64);
    }
    let most = weights.iter().fold(0f32, |most, w| most.max(w.abs()));
    let scale = 127.0 / most.min(4.0);
    weights.iter().map(|w| (w * scale).round().clamp(-127.0, 127.0) as i8 as u8).collect()
}
