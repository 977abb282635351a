//! `demarche codebook`: check a codebook, or make one out of PETRARCH dictionaries.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use demarche_core::{
    code::{checks, petrarch},
    parse, text,
};
use rayon::prelude::*;

use crate::chain;

/// Check a codebook, or import dictionaries of PETRARCH and TABARI
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche codebook check --codebook mine/           do all entries load, fire and code their examples as they say?
  demarche codebook import --out mine/ verbs.txt     dictionary to codebook; what could not be carried over, by line
  demarche code --codebook mine/ archive.jsonl       code with it")]
pub struct Codebook {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Code the example of every entry and tell which come out otherwise: the entries of --codebook, among the built-in ones;
    /// without it the built-in ones.
    Check,
    /// Make codebook files out of PETRARCH dictionaries of verbs, actors or agents.
    Import {
        /// Dictionaries; what each holds is found by its content.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Folder to write to.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

impl Codebook {
    /// Checks or imports.
    pub fn run(self) -> Result<()> {
        match self.task {
            Task::Check => check(),
            Task::Import { files, out } => import(&files, &out),
        }
    }
}

fn check() -> Result<()> {
    let coder = chain::coder();
    let mut out = BufWriter::new(io::stdout().lock());
    let never = checks::never_fire(&coder.book);
    for error in &never {
        writeln!(out, "{error}")?;
    }
    // Whoever has entries of his own asks about those; the built-in ones have a test.
    let entries = if coder.book.own > 0 { &coder.book.entries[..coder.book.own] } else { coder.book.written() };
    let wrong: Vec<_> = entries
        .par_iter()
        .filter_map(|entry| {
            let sentences = parse::parse_tokens(&entry.example, &text::split(&entry.example));
            checks::example(coder, entry, sentences).map(|(wanted, found)| (entry, wanted, found))
        })
        .collect();
    for (entry, wanted, found) in &wrong {
        writeln!(out, "{}: {}", entry.place, entry.example)?;
        writeln!(out, "  wanted: {wanted} ({})", entry.id)?;
        let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
        writeln!(out, "  found:  {found}")?;
    }
    let examples = entries.iter().filter(|entry| !entry.example.is_empty()).count();
    writeln!(
        out,
        "{} entries; {} of {examples} examples coded as they say; {} entries that can never match",
        entries.len(),
        examples - wrong.len(),
        never.len()
    )?;
    out.flush()?;
    if !wrong.is_empty() || !never.is_empty() {
        bail!("the codebook does not do what it says");
    }
    Ok(())
}

fn import(files: &[PathBuf], folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let mut out = BufWriter::new(io::stdout().lock());
    for file in files {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let stem: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let found = petrarch::import(&stem, &String::from_utf8_lossy(&bytes), &chain::coder().book);
        for (name, text) in &found.files {
            let path = folder.join(name);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        for (line, why) in &found.left {
            writeln!(out, "{}:{line}: {why}; left out", file.display())?;
        }
        writeln!(out, "{}: {} carried over, {} lines not", file.display(), found.carried, found.left.len())?;
    }
    Ok(out.flush()?)
}
