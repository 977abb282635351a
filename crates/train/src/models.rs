//! The command that makes every model: teachers, what they think, the small network that learns from both.

use std::{fs, num::NonZero, path::Path, thread};

use anyhow::{Context, Result};
use demarche_core::parse::{
    model::{Dims, Model},
    store::Store,
};

use crate::{
    corpora, evaluate, export,
    learn::{self, Settings},
    lemmas, manifest, names,
    net::{Dropout, Loss, Net, Soft},
    news,
    rng::Rng,
    silver,
};

/// Sentences of our own with names.
const SILVER: usize = 4000;

/// Sentences of our own with trees.
const NEWS: usize = 7000;

/// Of so many parts of the examples each teacher leaves one out.
const PARTS: usize = 8;

/// Sizes of a teacher: it is not shipped and need not be fast, but four of them are to learn within the hour.
const TEACHER: Dims = Dims { embedding: 96, layers: 3, arc: 128, label: 128, ..DIMS };

/// Sizes of the network that ships.
const DIMS: Dims = Dims {
    embedding: 80,
    state: 256,
    gate: 128,
    layers: 2,
    arc: 96,
    label: 96,
    name: 64,
    tags: 0,
    relations: 0,
    names: 0,
};

/// How much is trained.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Teachers; each leaves out its share of the examples.
    pub teachers: usize,
    /// Passes of a teacher.
    pub teacher_epochs: usize,
    /// Passes of the network that ships.
    pub epochs: usize,
    /// Seed of everything random.
    pub seed: u64,
    /// Variants of each sentence of the treebanks that the network that ships learns from teachers alone.
    pub variants: usize,
    /// Take teachers that lie in the folder from an earlier run.
    pub reuse: bool,
    /// Highest rate of the network that ships.
    pub rate: f32,
    /// The network that ships sees every so manieth example that is no tree of our own; 1 for all.
    pub every: usize,
    /// How far the network that ships goes from the weights it starts from to those it then learns: part of the
    /// way forgets little of what it knew and has much of what is new.
    pub way: f32,
}

impl Effort {
    /// The command that asks for it.
    fn command(self, from: bool) -> String {
        let Self { teachers, teacher_epochs, epochs, seed, reuse, rate, every, way, variants } = self;
        let reuse = if reuse { " --reuse" } else { "" };
        let from = if from { " --from MODEL" } else { "" };
        format!(
            "cargo run --release -p train -- models CORPORA --teachers {teachers} --teacher-epochs {teacher_epochs} \
             --epochs {epochs} --seed {seed} --rate {rate} --every {every} --way {way} --variants {variants}{reuse}{from}"
        )
    }
}

/// Trains everything and writes it to `out`; the network that ships starts from the weights of `from`, if there are any.
pub fn make(corpora: &Path, out: &Path, effort: Effort, from: Option<&Path>) -> Result<()> {
    let banks = corpora::treebanks(corpora)?;
    let mut trees = banks.train.clone();
    trees.extend(news::sentences(NEWS, &mut Rng::new(effort.seed))?);
    let mut named = names::examples(corpora)?;
    named.extend(silver::examples(SILVER, &mut Rng::new(effort.seed))?);
    let material = learn::material(&trees, &named);
    eprintln!("{} examples, {} features", material.examples.len(), material.names.keys.len());
    let settings = Settings {
        epochs: effort.teacher_epochs,
        rate: 0.003,
        batch: 300,
        dropout: Dropout { embedding: 0.2, state: 0.2, head: 0.1 },
        word_dropout: 0.25,
        share: 0.5,
        seed: effort.seed,
        dims: DIMS,
    };
    let sets = evaluate::names::sets(corpora)?;
    let dev = &banks.dev;
    let report = |net: &Net, labels: &export::Names| {
        let mut store = export::export(net, labels);
        lemmas::learn(&banks.train, &mut store);
        let model = Model::new(&store).expect("a whole model");
        for (name, set) in dev {
            eprintln!("  {name:10} {}", evaluate::parse::score(&model, set));
        }
        for (name, set) in sets.iter().filter(|(name, _)| *name != "news-blind") {
            eprintln!("  {name:10} {}", evaluate::names::score(&model, set));
        }
    };
    fs::create_dir_all(out)?;
    let file = |teacher: usize| out.join(format!("teacher-{teacher}.bin"));
    let missing: Vec<usize> = (0..effort.teachers).filter(|&t| !(effort.reuse && file(t).exists())).collect();
    let train = |teacher: usize| {
        let settings = Settings { seed: effort.seed + 1 + teacher as u64, rate: 0.0025, dims: TEACHER, ..settings };
        let keep = |i: usize| i % PARTS != teacher % PARTS;
        learn::train(&material, &[], settings, None, keep, |epoch, net, loss| {
            eprint!("teacher {teacher}, ");
            progress(epoch, settings.epochs, loss, || report(net, &material.names));
        })
    };
    let train = &train;
    // One teacher a core; what each becomes depends on its own seed alone.
    for some in missing.chunks(thread::available_parallelism().map_or(1, NonZero::get)) {
        let trained: Vec<Net> = thread::scope(|scope| {
            let running: Vec<_> = some.iter().map(|&teacher| scope.spawn(move || train(teacher))).collect();
            running.into_iter().map(|one| one.join().expect("a teacher that learns does not panic")).collect()
        });
        for (&teacher, net) in some.iter().zip(&trained) {
            let bytes = export::export(net, &material.names).to_bytes();
            fs::write(file(teacher), bytes).with_context(|| file(teacher).display().to_string())?;
        }
    }
    let mut teachers = Vec::new();
    for file in (0..effort.teachers).map(file) {
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        // A teacher is read where it lies and lives as long as the run.
        teachers.push(Store::from_bytes(bytes.leak()).with_context(|| file.display().to_string())?);
    }
    if effort.epochs == 0 {
        return Ok(());
    }
    let mut material = material;
    let first = match from {
        Some(file) => {
            let bytes = fs::read(file).with_context(|| file.display().to_string())?;
            Some(Store::from_bytes(&bytes).as_ref().and_then(export::import).context("a whole model")?)
        }
        None => None,
    };
    if let Some((_, labels)) = &first {
        material.know(&labels.keys);
    }
    let own = banks.train.len()..trees.len();
    let known = material.examples.len();
    let variants = learn::variants(&material, 0..banks.train.len(), effort.variants, &mut Rng::new(effort.seed));
    material.examples.extend(variants);
    let keep = |i: usize| own.contains(&i) || i >= known || i.is_multiple_of(effort.every);
    let mut opinions: Vec<Soft> = Vec::new();
    for (number, teacher) in teachers.iter().enumerate() {
        if number == 0 {
            learn::guide(&mut material, &Model::new(teacher).context("a whole teacher")?);
        }
        let (net, labels) = export::import(teacher).context("a whole teacher")?;
        learn::consult(&net, &labels, &material, keep, &mut opinions);
    }
    for soft in &mut opinions {
        soft.divide(effort.teachers);
    }
    // Our own trees are right by the way they are made, whatever teachers think that learnt from fewer of them.
    for (soft, example) in opinions.iter_mut().zip(&material.examples).take(own.end).skip(own.start) {
        soft.believe(&example.truth);
    }
    let settings = Settings { epochs: effort.epochs, rate: effort.rate, ..settings };
    let mut net = learn::train(&material, &opinions, settings, first.as_ref(), keep, |epoch, net, loss| {
        progress(epoch, settings.epochs, loss, || report(net, &material.names));
    });
    if let Some((first, labels)) = &first {
        let mut start = net.clone();
        learn::start_from(&mut start, &material.rows, first, labels);
        net.stay_near(&start, effort.way);
    }
    let mut store = export::export(&net, &material.names);
    lemmas::learn(&banks.train, &mut store);
    let model = Model::new(&store).context("a whole model")?;
    let scores: Vec<String> =
        dev.iter().map(|(name, set)| format!("{name} {}", evaluate::parse::score(&model, set))).collect();
    let made = manifest::Made {
        corpora: &manifest::PARSER,
        scores: &format!("development sets, words given: {}", scores.join("; ")),
        command: &effort.command(from.is_some()),
    };
    crate::write(out, "parser.bin", &store.to_bytes(), &made)
}

/// Prints the losses of an epoch, and now and then the figures.
fn progress(epoch: usize, epochs: usize, loss: Loss, report: impl Fn()) {
    let mean = |i: usize| loss.sum[i] / loss.count[i].max(1) as f64;
    eprintln!(
        "epoch {epoch} of {epochs}: tags {:.4} arcs {:.4} relations {:.4} names {:.4}",
        mean(0),
        mean(1),
        mean(2),
        mean(3)
    );
    if epoch.is_multiple_of(6) || epoch == epochs {
        report();
    }
}
