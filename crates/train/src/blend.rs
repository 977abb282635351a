//! The mean of networks that learnt on from the same weights, each with its share: better than any of them.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::Path,
};

use anyhow::{Context, Result, ensure};
use demarche_core::parse::{model::Model, store::Store};

use crate::{
    corpora, evaluate,
    export::{self, Names},
    lemmas, manifest,
    net::Net,
};

/// A model file with its share of the mean, written `FILE` or `FILE=SHARE`.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    file: String,
    share: f32,
}

impl std::str::FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (file, share) = text.rsplit_once('=').unwrap_or((text, "1"));
        let share: f32 = share.parse().map_err(|_| format!("{share} is no number"))?;
        if share > 0.0 { Ok(Self { file: file.to_owned(), share }) } else { Err(format!("{share} is no share")) }
    }
}

/// Writes the mean of the networks to `out`, its figures to standard error.
pub fn make(corpora: &Path, parts: &[Part], out: &Path) -> Result<()> {
    let banks = corpora::treebanks(corpora)?;
    let read = |part: &Part| -> Result<(Net, Names)> {
        let bytes = fs::read(&part.file).with_context(|| part.file.clone())?;
        Store::from_bytes(&bytes).as_ref().and_then(export::import).with_context(|| format!("{}: no model", part.file))
    };
    let nets = parts.iter().map(read).collect::<Result<Vec<_>>>()?;
    let shares: Vec<f32> = parts.iter().map(|part| part.share).collect();
    let (net, names) = mean(&nets, &shares)?;
    let mut store = export::export(&net, &names);
    lemmas::learn(&banks.train, &mut store);
    let model = Model::new(&store).context("a whole model")?;
    for (name, set) in &evaluate::names::sets(corpora)? {
        if *name != "news-blind" {
            eprintln!("  {name:10} {}", evaluate::names::score(&model, set));
        }
    }
    let scores: Vec<String> =
        banks.dev.iter().map(|(n, set)| format!("{n} {}", evaluate::parse::score(&model, set))).collect();
    for line in &scores {
        eprintln!("  {line}");
    }
    let made = manifest::Made {
        corpora: &manifest::PARSER,
        scores: &format!("development sets, words given: {}", scores.join("; ")),
        command: "cargo run --release -p train -- blend CORPORA PARTS",
    };
    crate::write(out, "parser.bin", &store.to_bytes(), &made)
}

/// The mean of networks of one kind. A feature that one of them does not know counts as nothing there.
fn mean(nets: &[(Net, Names)], shares: &[f32]) -> Result<(Net, Names)> {
    let (first, names) = nets.first().context("a network is wanted")?;
    let labels = |names: &Names| (names.tags.clone(), names.relations.clone(), names.names.clone());
    let alike = |(net, other): &(Net, Names)| net.dims == first.dims && labels(other) == labels(names);
    ensure!(nets.iter().all(alike), "the networks have other sizes or labels");
    let keys: BTreeSet<u32> = nets.iter().flat_map(|(_, names)| &names.keys).copied().collect();
    let place: HashMap<u32, usize> = keys.iter().copied().zip(0..).collect();
    let (sum, width) = (shares.iter().sum::<f32>(), first.dims.embedding);
    let mut out = Net { rows: vec![0.0; keys.len() * width], ..first.clone() };
    out.dense.fill(0.0);
    for ((net, names), share) in nets.iter().zip(shares) {
        for (value, part) in out.dense.iter_mut().zip(&net.dense) {
            *value += part * share / sum;
        }
        for (row, key) in net.rows.chunks_exact(width).zip(&names.keys) {
            for (value, part) in out.rows[place[key] * width..][..width].iter_mut().zip(row) {
                *value += part * share / sum;
            }
        }
    }
    Ok((out, Names { keys: keys.into_iter().collect(), ..names.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{learn, news, rng::Rng};
    use demarche_core::parse::model::Dims;

    #[test]
    fn a_mean_lies_between_its_parts_and_asks_for_parts_of_one_kind() {
        let trees = news::sentences(5, &mut Rng::new(2)).unwrap();
        let material = learn::material(&trees, &[]);
        let dims = Dims {
            embedding: 4,
            state: 8,
            gate: 4,
            layers: 1,
            arc: 4,
            label: 4,
            name: 4,
            tags: material.names.tags.len(),
            relations: material.names.relations.len(),
            names: material.names.names.len(),
        };
        let net = |seed| Net::new(dims, material.names.keys.len(), &mut Rng::new(seed));
        let parts = [(net(1), material.names.clone()), (net(2), material.names.clone())];
        let (one, two) = (parts[0].0.rows[3], parts[1].0.rows[3]);
        let (both, _) = mean(&parts, &[3.0, 1.0]).unwrap();
        assert!((both.rows[3] - (0.75 * one + 0.25 * two)).abs() < 1e-6);
        let mut other = parts.clone();
        other[1].1.relations.pop();
        assert!(mean(&other, &[1.0, 1.0]).is_err());
        // A feature that the second does not know counts as nothing there.
        let mut fewer = parts.clone();
        fewer[1].1.keys.pop();
        let width = fewer[1].0.dims.embedding;
        let shorter = fewer[1].0.rows.len() - width;
        fewer[1].0.rows.truncate(shorter);
        let (both, _) = mean(&fewer, &[3.0, 1.0]).unwrap();
        assert_eq!(both.rows.len(), parts[0].0.rows.len());
        assert!((both.rows[shorter] - 0.75 * parts[0].0.rows[shorter]).abs() < 1e-6);
        assert!(mean(&[], &[]).is_err());
    }

    #[test]
    fn a_part_is_a_file_with_a_share() {
        assert_eq!("a=b.bin=0.5".parse(), Ok(Part { file: "a=b.bin".into(), share: 0.5 }));
        assert_eq!("a.bin".parse(), Ok(Part { file: "a.bin".into(), share: 1.0 }));
        assert!("a.bin=-1".parse::<Part>().is_err());
    }
}
