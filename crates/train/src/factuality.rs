//! Trains the weights that judge whether something happened, on judgements of readers over EWT.

use std::{collections::HashMap, fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::{
    Modality, Sentence, Span, Tree,
    code::{
        Coder,
        factuality::{SIZE, features, score},
    },
    parse::parse_tokens,
};
use serde_json::Value;

use crate::{conllu, rng::Rng};

/// Passes over the examples.
const EPOCHS: usize = 5;
const RATE: f32 = 0.1;
const DECAY: f32 = 1e-3;
/// How much more a predicate weighs that did not happen: they are fewer, and missing one is as bad.
const RARE: f32 = 1.5;
/// Features met less often are left out.
const LEAST: u32 = 3;

/// One judged predicate.
pub struct Judged {
    /// Sentence of the treebank.
    pub sentence: String,
    /// Its word, from 0.
    pub token: usize,
    /// About -3 did not happen, +3 happened.
    pub value: f32,
    /// How sure the readers were, 0 to 1.
    pub confidence: f32,
}

/// The decided judgements of `part` (`train`, `dev`): value 1 and more or -1 and less, of sure readers, of content words.
///
/// # Errors
/// A file that cannot be read or is no JSON Lines.
pub fn judged(corpora: &Path, part: &str) -> Result<Vec<Judged>> {
    let path = corpora.join(format!("uds-factuality/uds-factuality-{part}.jsonl"));
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut out = vec![];
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).with_context(|| path.display().to_string())?;
        let number = |key: &str| row[key].as_f64().unwrap_or(0.0) as f32;
        let (value, confidence) = (number("factuality"), number("confidence"));
        let kind = row["upos"].as_str().unwrap_or("");
        if value.abs() < 1.0 || confidence < 0.5 || !matches!(kind, "VERB" | "AUX" | "NOUN" | "ADJ") {
            continue;
        }
        let sentence = row["sent_id"].as_str().unwrap_or("").to_owned();
        let token = row["token"].as_u64().unwrap_or(0).saturating_sub(1) as usize;
        out.push(Judged { sentence, token, value, confidence });
    }
    Ok(out)
}

/// The sentences of a part of EWT by id, with the trees that the parser finds on their words.
///
/// # Errors
/// A treebank that cannot be read.
pub fn parsed(corpora: &Path, part: &str) -> Result<(String, HashMap<String, Sentence>)> {
    let trees = conllu::read(&corpora.join(format!("ud-ewt/en_ewt-ud-{part}.conllu")))?;
    let mut text = String::new();
    let mut sentences = vec![];
    for tree in &trees {
        let mut words = vec![];
        for word in &tree.words {
            words.push((Span::new(text.len(), text.len() + word.form.len()), false));
            text.push_str(&word.form);
            text.push(' ');
        }
        sentences.push(words);
    }
    let parsed = parse_tokens(&text, &sentences);
    Ok((text, trees.into_iter().map(|tree| tree.id).zip(parsed).collect()))
}

/// Features, truth and weight of an example.
type Example = (Vec<u32>, bool, f32);

/// The weights, one signed byte each, from what is judged below `corpora`, and how they fare on what was kept apart.
///
/// # Errors
/// A corpus that cannot be read.
pub fn train(corpora: &Path) -> Result<(Vec<u8>, String)> {
    let (_, sentences) = parsed(corpora, "train")?;
    let operators = &Coder::embedded().operators;
    let mut material: Vec<Example> = vec![];
    let mut seen = vec![0u32; SIZE];
    for row in judged(corpora, "train")? {
        let Some(sentence) = sentences.get(&row.sentence).filter(|s| row.token < s.tokens.len()) else { continue };
        let tree = Tree::new(sentence);
        let mut found = vec![];
        let rule: Modality = operators.modality(&tree, row.token, &[]);
        features(&tree, row.token, rule, &mut found);
        for &f in &found {
            seen[f as usize] += 1;
        }
        let happened = row.value > 0.0;
        let weight = row.confidence * (row.value.abs() / 2.0).min(1.0) * if happened { 1.0 } else { RARE };
        material.push((found, happened, weight));
    }
    for (found, _, _) in &mut material {
        found.retain(|&f| seen[f as usize] >= LEAST);
    }
    eprintln!("{} judgements, {} of what happened", material.len(), material.iter().filter(|e| e.1).count());
    let weights = learn(material);
    let (_, sentences) = parsed(corpora, "dev")?;
    let mut right = [[0usize; 2]; 2];
    let mut found = vec![];
    for row in judged(corpora, "dev")? {
        let Some(sentence) = sentences.get(&row.sentence).filter(|s| row.token < s.tokens.len()) else { continue };
        let tree = Tree::new(sentence);
        features(&tree, row.token, operators.modality(&tree, row.token, &[]), &mut found);
        right[usize::from(row.value > 0.0)][usize::from(score(&weights, &found) > 0)] += 1;
    }
    eprintln!("on the development part, did not and did by said so: {right:?}");
    let all = right.iter().flatten().sum::<usize>().max(1);
    let accuracy = (right[0][0] + right[1][1]) as f64 / all as f64;
    Ok((weights, format!("UDS dev accuracy {accuracy:.4}")))
}

/// Logistic regression with a rate of its own for every weight (Adagrad), in a fixed order.
fn learn(mut material: Vec<Example>) -> Vec<u8> {
    let mut weights = vec![0f32; SIZE];
    let mut squares = vec![1e-2f32; SIZE];
    // The mean over the later passes errs less than the last state.
    let mut mean = vec![0f32; SIZE];
    let mut random = Rng::new(1);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut material);
        let mut loss = 0f64;
        for (features, happened, weight) in &material {
            let sum: f32 = features.iter().map(|&f| weights[f as usize]).sum();
            let probability = 1.0 / (1.0 + (-sum).exp());
            let error = weight * (probability - f32::from(u8::from(*happened)));
            loss -= f64::from(if *happened { probability } else { 1.0 - probability }.max(1e-9).ln());
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
        if epoch > 0 {
            mean.iter_mut().zip(&weights).for_each(|(mean, w)| *mean += w / (EPOCHS - 1) as f32);
        }
        eprintln!("epoch {} loss {:.5}", epoch + 1, loss / material.len() as f64);
    }
    let most = mean.iter().fold(0f32, |most, w| most.max(w.abs()));
    let scale = 127.0 / most.min(1.5);
    mean.iter().map(|w| (w * scale).round().clamp(-127.0, 127.0) as i8 as u8).collect()
}
