//! Runs `tests/cases/*.case`: sentences of our own and the claims that must come of them.
//!
//! `cargo test -p demarche-core --test cases` compares; `… -- --update` rewrites the files with what comes out now;
//! `… -- WORD` runs the cases whose name holds the word. The format is told in `tests/cases/README.md`.
// Text for a person, built line by line.
#![allow(clippy::format_push_string, clippy::format_collect)]

use std::{env, fs, path::PathBuf, process::ExitCode};

use demarche_core::{Claim, Party, Report, code, parse};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let update = arguments.iter().any(|argument| argument == "--update");
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("tests/cases")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "case"))
        .collect();
    files.sort();
    let (mut passed, mut failed) = (0, 0);
    for file in files {
        let content = fs::read_to_string(&file).expect("readable");
        let mut out = String::new();
        for case in content.split_inclusive('\n').fold(Vec::new(), blocks) {
            let (block, result) = run(&case, filter.map(String::as_str));
            match result {
                Some(true) => passed += 1,
                Some(false) => {
                    failed += 1;
                    if !update {
                        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                        println!(
                            "{name}: {}\n  wanted:\n{}  coded:\n{}",
                            case.lines().next().unwrap_or_default(),
                            claims_of(&case),
                            claims_of(&block)
                        );
                    }
                }
                None => {}
            }
            out.push_str(&block);
        }
        if update && out != content {
            fs::write(&file, out).expect("writable");
        }
    }
    println!(
        "test result: {}. {passed} passed; {failed} failed; cases",
        if failed == 0 || update { "ok" } else { "FAILED" }
    );
    if failed == 0 || update { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Splits a file before every `---` line; what stands before the first is a block of its own.
fn blocks(mut blocks: Vec<String>, line: &str) -> Vec<String> {
    if blocks.is_empty() || line.starts_with("---") {
        blocks.push(String::new());
    }
    blocks.last_mut().expect("not empty").push_str(line);
    blocks
}

fn claims_of(block: &str) -> String {
    block.lines().filter(|line| line.starts_with("=>")).map(|line| format!("    {line}\n")).collect()
}

/// The block as it ought to read now, and whether it does.
fn run(block: &str, filter: Option<&str>) -> (String, Option<bool>) {
    let mut lines = block.lines();
    let Some(name) = lines.next().filter(|line| line.starts_with("---")) else { return (block.to_owned(), None) };
    if filter.is_some_and(|filter| !name.contains(filter)) {
        return (block.to_owned(), None);
    }
    let mut head = vec![name];
    let mut text: Vec<&str> = Vec::new();
    let mut report = Report::from_text("case", "");
    let mut todo = false;
    for line in lines {
        if let Some(day) = line.strip_prefix("published: ") {
            report.published = Some(day.to_owned());
            head.push(line);
        } else if line.starts_with("todo:") {
            todo = true;
            head.push(line);
        } else if !line.starts_with("=>") && !line.trim().is_empty() {
            text.push(line);
        }
    }
    report.text = text.join("\n");
    let sentences = parse(&report.text);
    let annotation = code(report, sentences);
    let mut out = head.join("\n") + "\n" + &text.join("\n") + "\n";
    for claim in &annotation.claims {
        out.push_str(&format!("=> {}\n", line(claim, &annotation.report.text)));
    }
    out.push('\n');
    let same = claims_of(&out) == claims_of(block);
    if todo {
        // Known to be wrong: shown, not counted, until it comes out right.
        return (block.to_owned(), same.then_some(true));
    }
    (if same { block.to_owned() } else { out }, Some(same))
}

/// `IND -> PAK SANCTION expel, planned, says USA, on 2025-04-22, in Pahalgam, 26 killed`
fn line(claim: &Claim, text: &str) -> String {
    let parties = |parties: &[Party]| {
        let name = |party: &Party| party.country.clone().unwrap_or_else(|| format!("\"{}\"", party.span.of(text)));
        if parties.is_empty() { "?".to_owned() } else { parties.iter().map(name).collect::<Vec<_>>().join("+") }
    };
    let mut out = format!("{} -> {} {}", parties(&claim.actors), parties(&claim.recipients), claim.kind);
    if let Some(mode) = &claim.mode {
        out.push_str(&format!(" {mode}"));
    }
    if claim.modality.as_str() != "occurred" {
        out.push_str(&format!(", {}", claim.modality));
    }
    if let Some(said) = &claim.attribution {
        let source =
            said.source.as_ref().map_or_else(|| "?".to_owned(), |source| parties(std::slice::from_ref(source)));
        out.push_str(&format!(", {source} {}", said.stance));
    }
    if claim.historical {
        out.push_str(", history");
    }
    if let Some(date) = &claim.date {
        out.push_str(&format!(", on {}", date.value));
    }
    if let Some(place) = &claim.place {
        out.push_str(&format!(", in {}", place.name));
    }
    for figure in &claim.figures {
        let low = figure.low.map_or_else(|| "?".to_owned(), |low| low.to_string());
        let high = figure.high.map_or_else(|| "?".to_owned(), |high| high.to_string());
        let range = if low == high { low } else { format!("{low}-{high}") };
        out.push_str(&format!(", {range} {}", figure.what));
    }
    out
}
