//! `demarche parse`: text to CoNLL-U.

use std::ffi::OsString;

use anyhow::{Result, anyhow};
use clap::Args;
use demarche_core::{
    Sentence,
    code::Coder,
    parse::{conllu, parse_tokens},
    text::split,
};
use demarche_read::{Input, Options, read_text};

use super::sink;
use crate::warn;

/// Print the sentences, words, tags, lemmas, trees, names and factuality of plain text as CoNLL-U
#[derive(Args)]
#[command(after_help = "\
Examples:
  echo 'Norway expelled two diplomats.' | demarche parse
  demarche parse story.txt > story.conllu
  demarche parse --pretokenized gold.conllu > predicted.conllu")]
pub struct Parse {
    /// Plain text files; standard input without any
    #[arg(value_name = "FILE")]
    files: Vec<OsString>,
    /// The files are CoNLL-U: keep their sentences and words, predict columns 3 to 8
    #[arg(long)]
    pretokenized: bool,
}

impl Parse {
    /// Reads, parses, prints.
    pub fn run(self) -> Result<()> {
        let mut out = sink(None)?;
        let files = if self.files.is_empty() { vec!["-".into()] } else { self.files };
        for file in files {
            let report =
                read_text(&Input::from_argument(&file), &Options::default()).map_err(|skipped| anyhow!("{skipped}"))?;
            let mut lines = String::new();
            if self.pretokenized {
                let given = conllu::read_tokens(&report.text)
                    .map_err(|error| anyhow!("{}: {error}", file.to_string_lossy()))?;
                let sentences = parse_tokens(&given.text, &given.sentences);
                let extra = factuality(&given.text, &sentences);
                conllu::write(&mut lines, &given.text, &sentences, |s| given.comments[s].clone(), extra);
            } else {
                for warning in &report.warnings {
                    warn::of_report(&report, warning);
                }
                let sentences = parse_tokens(&report.text, &split(&report.text));
                conllu::write(&mut lines, &report.text, &sentences, |_| vec![], factuality(&report.text, &sentences));
            }
            out.write_all(lines.as_bytes())?;
        }
        out.flush()?;
        Ok(())
    }
}

/// What MISC says of a token: whether what it tells happened.
fn factuality(text: &str, sentences: &[Sentence]) -> impl Fn(usize, usize) -> Option<String> {
    let coder = Coder::embedded();
    let all: Vec<_> = sentences.iter().map(|sentence| coder.factuality(sentence, text)).collect();
    move |sentence, token| all[sentence][token].map(|modality| format!("Factuality={}", modality.as_str()))
}
