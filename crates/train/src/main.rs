//! Makes the models in `crates/data` from public corpora, and evaluates them.
// A model is bytes once it is trained; training itself need only repeat on the machine that did it, and reads a clock.
#![allow(clippy::disallowed_methods, clippy::struct_field_names, clippy::case_sensitive_file_extension_comparisons)]

mod adam;
mod blend;
mod boost;
mod clusters;
mod conllu;
mod corpora;
mod evaluate;
mod export;
mod factuality;
mod gemm;
mod gum_names;
mod learn;
mod lemmas;
mod manifest;
mod marked;
mod models;
mod names;
mod net;
mod news;
mod places;
mod rng;
mod silver;
mod split;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use demarche_core::parse::model::Model;
use manifest::Made;

#[derive(Parser)]
#[command(about = "Makes the models of Demarche from public corpora, and evaluates them")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Where the stories of our own lie whose deeds are marked.
const STORIES: [&str; 2] = ["crates/train/stories", "crates/train/retold"];

#[derive(Subcommand)]
enum Command {
    /// Trains every model and writes it into crates/data/models.
    Models {
        /// Folder of the corpora.
        corpora: PathBuf,
        /// Teachers; 0 for none.
        #[arg(long, default_value_t = 4)]
        teachers: usize,
        /// Passes of a teacher over its examples.
        #[arg(long, default_value_t = 16)]
        teacher_epochs: usize,
        /// Passes of the network that ships.
        #[arg(long, default_value_t = 16)]
        epochs: usize,
        /// Seed of everything random.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Take teachers that lie in the folder from an earlier run.
        #[arg(long)]
        reuse: bool,
        /// Sentences made of each one of the treebanks by changing words, for teachers to speak of.
        #[arg(long, default_value_t = 3)]
        variants: usize,
        /// Highest rate of the network that ships.
        #[arg(long, default_value_t = 0.003)]
        rate: f32,
        /// How many of the corpora's examples the network that ships sees: every so manieth, and all of our own trees.
        #[arg(long, default_value_t = 1)]
        every: usize,
        /// How far the network that ships goes from the weights it starts from to those it then learns.
        #[arg(long, default_value_t = 1.0)]
        way: f32,
        /// A model whose weights the network that ships starts from.
        #[arg(long)]
        from: Option<PathBuf>,
        /// Where the models go.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Makes one network of several that learnt on from the same weights: their mean.
    Blend {
        /// Folder of the corpora.
        corpora: PathBuf,
        /// Model files, with their shares where these differ: FILE=0.5.
        #[arg(required = true)]
        parts: Vec<blend::Part>,
        /// Where the model goes.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Trains only the sentence splitter and writes it into crates/data/models.
    Splitter {
        /// Folder of the corpora.
        corpora: PathBuf,
        /// Where the model goes.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Trains only the weights that judge whether something happened and writes them into crates/data/models.
    Factuality {
        /// Folder of the corpora.
        corpora: PathBuf,
        /// Where the model goes.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Trains only the weights that tell who acts and on whom, and writes them into crates/data/models.
    Parties {
        /// Folders of the marked stories.
        #[arg(default_values = STORIES)]
        stories: Vec<PathBuf>,
        /// Where the model goes.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Trains only the weights that tell which deed a word tells of, and writes them into crates/data/models.
    Deeds {
        /// Folders of the marked stories.
        #[arg(default_values = STORIES)]
        stories: Vec<PathBuf>,
        /// Where the model goes.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Trains only the trees that tell whether two claims are one happening, and writes them into crates/data/models.
    Links {
        /// Folders of the marked stories.
        #[arg(default_values = STORIES)]
        stories: Vec<PathBuf>,
        /// Where the model goes.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Makes the table of Brown clusters from the lookups of spaCy.
    Clusters {
        /// Folder with en_lexeme_cluster.json and en_lexeme_prob.json.
        source: PathBuf,
        /// Where the table goes.
        #[arg(long, default_value = "crates/data/models")]
        out: PathBuf,
    },
    /// Makes the gazetteer from GeoNames data.
    Places {
        /// Folder with cities500.json, countries.json and rg_cities1000.csv.
        source: PathBuf,
        /// Where the table goes.
        #[arg(long, default_value = "crates/data/world/places.bin")]
        out: PathBuf,
    },
    /// Prints the figures of the built-in models on the development sets.
    Evaluate {
        /// Folder of the corpora.
        corpora: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Models {
            corpora,
            teachers,
            teacher_epochs,
            epochs,
            seed,
            reuse,
            variants,
            rate,
            every,
            way,
            from,
            out,
        } => {
            let effort = models::Effort { teachers, teacher_epochs, epochs, seed, variants, reuse, rate, every, way };
            models::make(&corpora, &out, effort, from.as_deref())?;
            splitter(&corpora, &out)?;
        }
        Command::Blend { corpora, parts, out } => blend::make(&corpora, &parts, &out)?,
        Command::Splitter { corpora, out } => splitter(&corpora, &out)?,
        Command::Factuality { corpora, out } => {
            let (bytes, scores) = factuality::train(&corpora)?;
            let command = "cargo run --release -p train -- factuality CORPORA";
            let corpora = &[manifest::FACTUALITY];
            write(
                &out,
                "factuality.bin",
                &demarche_core::code::factuality::pack(&bytes),
                &Made { corpora, scores: &scores, command },
            )?;
        }
        Command::Deeds { stories, out } => {
            let (bytes, scores) = marked::deeds::train(&marked::all(&stories)?);
            println!("{scores}");
            let command = "cargo run --release -p train -- deeds";
            write(&out, "deeds.bin", &bytes, &Made { corpora: &[manifest::OWN], scores: &scores, command })?;
        }
        Command::Parties { stories, out } => {
            let (bytes, scores) = marked::parties::train(&marked::all(&stories)?);
            println!("{scores}");
            let command = "cargo run --release -p train -- parties";
            write(&out, "parties.bin", &bytes, &Made { corpora: &[manifest::OWN], scores: &scores, command })?;
        }
        Command::Links { stories, out } => {
            let (bytes, scores) = marked::links::train(&marked::all(&stories)?);
            println!("{scores}");
            let command = "cargo run --release -p train -- links";
            write(&out, "links.bin", &bytes, &Made { corpora: &[manifest::OWN], scores: &scores, command })?;
        }
        Command::Clusters { source, out } => {
            let (bytes, scores) = clusters::build(&source)?;
            let command = "cargo run --release -p train -- clusters SOURCE";
            write(&out, "clusters.bin", &bytes, &Made { corpora: &[manifest::LOOKUPS], scores: &scores, command })?;
        }
        Command::Places { source, out } => places::build(&source, &out)?,
        Command::Evaluate { corpora } => {
            let banks = corpora::treebanks(&corpora)?;
            for (name, set) in &banks.dev {
                println!("{name:10} {}", evaluate::parse::score(Model::built_in(), set));
            }
            println!("{:10} {}", "sentences", evaluate::segmentation::score(&corpora)?);
            println!("{:10} {}", "factuality", evaluate::factuality::score(&corpora)?);
            let attribution = evaluate::attribution::score(&corpora, "polnear-dev.jsonl")?;
            println!("{:10} {attribution}", "attribution");
            for (name, set) in &evaluate::names::sets(&corpora)? {
                println!("{name:10} {}", evaluate::names::score(Model::built_in(), set));
            }
            for (name, set) in &evaluate::dates::sets(&corpora)? {
                println!("dates  {name:16} {}", evaluate::dates::score(set));
            }
            for (name, set) in &evaluate::places::sets(&corpora)? {
                println!("places {name:16} {}", evaluate::places::score(set));
            }
            for (name, scores) in evaluate::linking::scores(&corpora)? {
                println!("ecbplus    {name}: {scores}");
            }
            for (name, shared) in evaluate::retellings::scores(&corpora)? {
                println!("retellings {name}: {shared}");
            }
            for (name, rows) in &evaluate::relations::sets(&corpora)? {
                println!("{name:10} {}", evaluate::relations::score(rows));
            }
            evaluate::read::print(&corpora)?;
        }
    }
    Ok(())
}

fn splitter(corpora: &Path, out: &Path) -> Result<()> {
    let (bytes, scores) = split::train(corpora)?;
    let command = "cargo run --release -p train -- splitter CORPORA";
    write(out, "splitter.bin", &bytes, &Made { corpora: &[manifest::EWT, manifest::GUM], scores: &scores, command })
}

/// Writes a model and notes in the manifest what made it.
fn write(folder: &Path, name: &str, bytes: &[u8], made: &Made) -> Result<()> {
    fs::create_dir_all(folder)?;
    let file = folder.join(name);
    fs::write(&file, bytes).with_context(|| file.display().to_string())?;
    manifest::note(folder, name, bytes, made)
}
