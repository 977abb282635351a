//! `demarche parse`: text to CoNLL-U.

use std::{io::Write as _, path::PathBuf};

use anyhow::Context as _;
use demarche_core::{
    parse::{conllu, parse_tokens},
    text::split,
};

/// Print the sentences, words, tags, lemmas, trees and names of plain text as CoNLL-U
#[derive(clap::Args)]
pub struct Parse {
    /// Plain text files; standard input without any
    files: Vec<PathBuf>,
    /// The files are CoNLL-U: keep their sentences and words, predict columns 3 to 8
    #[arg(long)]
    pretokenized: bool,
}

impl Parse {
    /// Reads, parses, prints.
    pub fn run(self) -> anyhow::Result<()> {
        let files = if self.files.is_empty() { vec![PathBuf::from("-")] } else { self.files };
        let mut stdout = std::io::stdout().lock();
        for file in files {
            let bytes = if file.as_os_str() == "-" {
                let mut bytes = vec![];
                std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
                bytes
            } else {
                std::fs::read(&file).with_context(|| file.display().to_string())?
            };
            let text = String::from_utf8_lossy(&bytes);
            let mut out = String::new();
            if self.pretokenized {
                let given = conllu::read_tokens(&text).with_context(|| file.display().to_string())?;
                let sentences = parse_tokens(&given.text, &given.sentences);
                conllu::write(&mut out, &given.text, &sentences, |s| given.comments[s].clone(), |_, _| None);
            } else {
                let sentences = parse_tokens(&text, &split(&text));
                conllu::write(&mut out, &text, &sentences, |_| vec![], |_, _| None);
            }
            stdout.write_all(out.as_bytes())?;
        }
        Ok(())
    }
}
