//! `demarche code --pairs`: what a marked source does to a marked target, for measuring the codebook apart from the rest.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::Path,
};

use anyhow::{Context, Result};
use demarche_core::{
    code::pairs::{Relation, unmark},
    parse, text,
};
use rayon::prelude::*;
use serde::Serialize;

use super::json_line;
use crate::{chain, warn};

#[derive(Serialize)]
struct RelationRecord<'a> {
    id: &'a serde_json::Value,
    #[serde(rename = "type")]
    kind: &'static str,
    mode: Option<&'a str>,
    quad: u8,
    confidence: f64,
    rule: Option<&'a str>,
}

/// Reads rows with `id` and `marked_sentence`, prints a type for each, in their order. A row that cannot be used is
/// warned of and left out.
///
/// # Errors
/// When the file cannot be read or the output not written.
pub fn run(file: &Path, out: &mut dyn Write) -> Result<()> {
    let read = || format!("cannot read {}", file.display());
    let lines = BufReader::new(File::open(file).with_context(read)?).lines();
    let lines: Vec<String> = lines.collect::<Result<_, _>>().with_context(read)?;
    let rows = lines.par_iter().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let related: Vec<Result<(serde_json::Value, Relation), String>> = rows
        .map(|(i, line)| relation(line).map_err(|why| format!("{}, row {}: {why}", file.display(), i + 1)))
        .collect();
    for related in related {
        match related {
            Ok((id, relation)) => json_line(
                out,
                &RelationRecord {
                    id: &id,
                    kind: relation.kind.as_str(),
                    mode: relation.mode.as_deref(),
                    quad: relation.kind.quad(),
                    confidence: (f64::from(relation.confidence) * 100.0).round() / 100.0,
                    rule: relation.rule.as_deref(),
                },
            )?,
            Err(why) => warn::warning(&format!("{why}; left out")),
        }
    }
    Ok(())
}

fn relation(line: &str) -> Result<(serde_json::Value, Relation), String> {
    let mut row: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let marked = row["marked_sentence"].as_str().ok_or("there is no marked_sentence")?;
    let marked = unmark(marked)?;
    let sentences = parse::parse_tokens(&marked.text, &text::split(&marked.text));
    Ok((row["id"].take(), chain::coder().relation(&marked, sentences)))
}
