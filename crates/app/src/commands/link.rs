//! `demarche link`: links event mentions that the input gives, to measure linking apart from coding.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use demarche_core::{
    Span,
    link::mentions::{Document, chains},
    parse,
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{json_line, sink};

/// Link given event mentions across documents, for measuring
#[derive(Args)]
#[command(after_help = "\
Example:
  demarche link --mentions mentions.jsonl > clusters.jsonl")]
pub struct Link {
    /// JSON Lines: documents with their event mentions.
    #[arg(long, value_name = "FILE")]
    mentions: PathBuf,
}

/// A document as the input gives it. What groups its events already is not read.
#[derive(Deserialize)]
struct Row {
    doc: String,
    sentences: Vec<Words>,
    events: Vec<Mention>,
}

#[derive(Deserialize)]
struct Words {
    id: usize,
    tokens: Vec<String>,
}

#[derive(Deserialize)]
struct Mention {
    sent: usize,
    tokens: Vec<usize>,
}

#[derive(Serialize)]
struct Chained<'a> {
    doc: &'a str,
    event: usize,
    chain: String,
}

impl Link {
    /// Reads mentions, prints their chains.
    pub fn run(self) -> Result<()> {
        let name = self.mentions.display();
        let input = fs::read_to_string(&self.mentions).with_context(|| format!("cannot read {name}"))?;
        let lines = input.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let read = |(i, line): (usize, &str)| {
            serde_json::from_str(line).with_context(|| format!("{name}, line {}: no document with mentions", i + 1))
        };
        let rows: Vec<Row> = lines.map(read).collect::<Result<_>>()?;
        let documents: Vec<Document> = rows.par_iter().map(document).collect();
        let mut out = sink(None)?;
        for (row, events) in rows.iter().zip(chains(&documents)) {
            for (event, chain) in events.into_iter().enumerate() {
                json_line(&mut *out, &Chained { doc: &row.doc, event, chain: format!("c{}", chain + 1) })?;
            }
        }
        Ok(out.flush()?)
    }
}

/// Joins the words with blanks and parses them; a sentence a line.
fn document(row: &Row) -> Document {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for sentence in &row.sentences {
        let mut words = Vec::new();
        for word in &sentence.tokens {
            words.push((Span::new(text.len(), text.len() + word.len()), false));
            text.push_str(word);
            text.push(' ');
        }
        if text.pop().is_some() {
            text.push('\n');
        }
        sentences.push(words);
    }
    let place = |id: usize| row.sentences.iter().position(|s| s.id == id).unwrap_or(usize::MAX);
    let mentions = row.events.iter().map(|e| (place(e.sent), e.tokens.clone())).collect();
    Document { sentences: parse::parse_tokens(&text, &sentences), text, mentions }
}
