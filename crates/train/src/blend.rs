//! The mean of networks that learnt on from the same weights, each with its share: better than any of them.

use std::{fs, path::Path};

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

/// The mean of networks of one kind.
fn mean(nets: &[(Net, Names)], shares: &[f32]) -> Result<(Net, Names)> {
    let (first, names) = nets.first().context("a network is wanted")?;
    let alike = |(net, other): &(Net, Names)| net.dims == first.dims && other == names;
    ensure!(nets.iter().all(alike), "the networks have other sizes, labels or features");
    let sum: f32 = shares.iter().sum();
    let mut out = first.clone();
    for (values, pick) in [(&mut out.dense, (|n| &n.dense) as fn(&Net) -> &Vec<f32>), (&mut out.rows, |n| &n.rows)] {
        for (i, value) in values.iter_mut().enumerate() {
            *value = nets.iter().zip(shares).map(|((net, _), share)| pick(net)[i] * share).sum::<f32>() / sum;
        }
    }
    Ok((out, names.clone()))
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
        other[1].1.keys.pop();
        assert!(mean(&other, &[1.0, 1.0]).is_err());
        assert!(mean(&[], &[]).is_err());
    }

    #[test]
    fn a_part_is_a_file_with_a_share() {
        assert_eq!("a=b.bin=0.5".parse(), Ok(Part { file: "a=b.bin".into(), share: 0.5 }));
        assert_eq!("a.bin".parse(), Ok(Part { file: "a.bin".into(), share: 1.0 }));
        assert!("a.bin=-1".parse::<Part>().is_err());
    }
}
