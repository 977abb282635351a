//! Makes the models in `crates/data` from public corpora, and evaluates them.
// A model is bytes once it is trained; training itself need only repeat on the machine that did it, and reads a clock.
#![allow(clippy::disallowed_methods, clippy::struct_field_names)]

mod adam;
mod conllu;
mod corpora;
mod evaluate;
mod export;
mod gemm;
mod gum_names;
mod learn;
mod lemmas;
mod names;
mod net;
mod rng;
mod silver;

use std::{fs, path::PathBuf, time::Instant};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use demarche_core::parse::model::{Dims, Model};

use crate::net::Dropout;

#[derive(Parser)]
#[command(about = "Makes the models of Demarche from public corpora, and evaluates them")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Trains every model and writes it into crates/data/models.
    Models {
        /// Folder of the corpora.
        corpora: PathBuf,
        /// Passes over the examples.
        #[arg(long, default_value_t = 22)]
        epochs: usize,
        /// Seed of everything random.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Where the models go.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Prints the figures of the built-in models on the development sets.
    Evaluate {
        /// Folder of the corpora.
        corpora: PathBuf,
    },
}

/// Sentences of our own with names.
const SILVER: usize = 4000;

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Models { corpora, epochs, seed, out } => {
            let banks = corpora::treebanks(&corpora)?;
            let mut named = names::examples(&corpora)?;
            named.extend(silver::examples(SILVER, &mut rng::Rng::new(seed))?);
            let sets = evaluate::names::sets(&corpora)?;
            let material = learn::material(&banks.train, &named);
            eprintln!("{} examples, {} features", material.examples.len(), material.names.keys.len());
            let dims = Dims {
                embedding: 64,
                state: 128,
                gate: 64,
                layers: 2,
                arc: 64,
                label: 64,
                name: 64,
                tags: 0,
                relations: 0,
                names: 0,
            };
            let settings = learn::Settings {
                epochs,
                rate: 0.002,
                batch: 300,
                dropout: Dropout { embedding: 0.2, state: 0.2, head: 0.2 },
                word_dropout: 0.25,
                share: 0.5,
                seed,
                dims,
            };
            let start = Instant::now();
            let finish = |net: &net::Net| {
                let mut store = export::export(net, &material.names);
                lemmas::learn(&banks.train, &mut store);
                store
            };
            let net = learn::train(&material, settings, &[], |epoch, net, loss| {
                eprint!("epoch {epoch} at {:.0} s, loss", start.elapsed().as_secs_f32());
                for i in 0..4 {
                    eprint!(" {:.4}", loss.sum[i] / loss.count[i].max(1) as f64);
                }
                eprintln!();
                if epoch % 4 == 0 || epoch == epochs {
                    let model = Model::new(&finish(net)).expect("a whole model");
                    for (name, set) in &banks.dev {
                        eprintln!("  {name:10} {}", evaluate::parse::score(&model, set));
                    }
                    for (name, set) in sets.iter().filter(|(name, _)| *name != "news-blind") {
                        eprintln!("  {name:10} {}", evaluate::names::score(&model, set));
                    }
                }
            });
            fs::create_dir_all(&out)?;
            let file = out.join("parser.bin");
            fs::write(&file, finish(&net).to_bytes()).with_context(|| file.display().to_string())?;
        }
        Command::Evaluate { corpora } => {
            let banks = corpora::treebanks(&corpora)?;
            for (name, set) in &banks.dev {
                println!("{name:10} {}", evaluate::parse::score(Model::built_in(), set));
            }
            for (name, set) in &evaluate::names::sets(&corpora)? {
                println!("{name:10} {}", evaluate::names::score(Model::built_in(), set));
            }
        }
    }
    Ok(())
}
