//! Sentences that the rules alone get right: the examples of the codebook and the cases of the tests. What is learnt from stories
//! must not unlearn them.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use demarche_core::{
    Report,
    code::{Coder, checks},
    parse,
    world::World,
};

/// A text that the rules alone get right.
pub struct Anchor {
    /// The text with its day.
    pub report: Report,
    /// All its claims are known, and words that no claim tells of tell of no deed.
    pub whole: bool,
    /// The entry that it is the example of.
    pub rule: Option<String>,
}

/// All of them.
///
/// # Errors
/// A file of cases that cannot be read.
pub fn all() -> Result<Vec<Anchor>> {
    let coder = Coder::with_codebook(&[], World::embedded()).expect("the built-in codebook").by_rules();
    let mut out = Vec::new();
    for entry in coder.book.written() {
        if !entry.void && checks::example(&coder, entry, parse(&entry.example)).is_none() {
            let report = Report::from_text("example", entry.example.clone());
            out.push(Anchor { report, whole: false, rule: Some(entry.id.clone()) });
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut files: Vec<_> = fs::read_dir(&folder).context("tests/cases")?.flatten().map(|one| one.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "case"));
    files.sort();
    for file in files {
        let content = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        for case in content.split("\n--- ").skip(1) {
            let mut report = Report::from_text("case", String::new());
            let mut text = Vec::new();
            for line in case.lines().skip(1) {
                if let Some(day) = line.strip_prefix("published: ") {
                    report.published = Some(day.to_owned());
                } else if !line.starts_with("=>") && !line.trim().is_empty() {
                    text.push(line);
                }
            }
            // One that is known to be wrong teaches nothing.
            if text.iter().any(|line| line.starts_with("todo:")) {
                continue;
            }
            report.text = text.join("\n");
            out.push(Anchor { report, whole: true, rule: None });
        }
    }
    Ok(out)
}
