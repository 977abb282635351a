//! Words a second and instructions a word of splitting and parsing, over a fixed text that the bench writes itself.
//!
//! `cargo bench -p demarche-core --bench parsing`. Instructions are counted by `perf stat`, where there is one.
// A bench reads a clock; nothing that ships does.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::{hint::black_box, process::Command, time::Instant};

use demarche_core::{parse::parse_tokens, text::split};

const WHO: &[&str] =
    &["The foreign minister of Kenya", "Ankara", "A spokesman for the army", "President Elena Marković", "Two envoys"];
const DOES: &[&str] = &[
    "rejected",
    "has called for",
    "agreed to",
    "warned of",
    "did not rule out",
    "said on Monday that they would join",
];
const WHAT: &[&str] = &[
    "new talks on the border dispute",
    "a ceasefire along the river, which both sides have broken before",
    "sanctions against 14 companies",
    "the expulsion of three diplomats (and their families)",
];
const WHERE: &[&str] = &["in Geneva", "after the strike on Friday", "despite protests", "“for now”", "at the U.N."];

/// Reports of twenty-four sentences.
fn reports(count: usize) -> Vec<String> {
    let mut seed = 7u32;
    let mut any = |list: &[&str]| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        list[(seed >> 16) as usize % list.len()].to_owned()
    };
    let mut sentence = || format!("{} {} {} {}.", any(WHO), any(DOES), any(WHAT), any(WHERE));
    (0..count).map(|_| (0..24).map(|_| sentence()).collect::<Vec<_>>().join(" ")).collect()
}

/// Splits and parses; the number of words.
fn run(reports: &[String]) -> usize {
    let words = |text: &String| -> usize {
        black_box(parse_tokens(text, &split(text))).iter().map(|sentence| sentence.tokens.len()).sum()
    };
    reports.iter().map(words).sum()
}

fn main() {
    let reports = reports(400);
    if let Some(times) = std::env::args().skip_while(|a| a != "--only").nth(1) {
        (0..times.parse().unwrap_or(1)).for_each(|_| {
            black_box(run(&reports));
        });
        return;
    }
    let words = run(&reports);
    let mut split_best = f64::MAX;
    let mut best = f64::MAX;
    for _ in 0..9 {
        let start = Instant::now();
        black_box(reports.iter().map(|text| split(text).len()).sum::<usize>());
        split_best = split_best.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        black_box(run(&reports));
        best = best.min(start.elapsed().as_secs_f64());
    }
    let rate = |seconds: f64| words as f64 / seconds;
    println!("{words} words: splitting {:.0} words/s", rate(split_best));
    println!(
        "tags, lemmas, trees, names: {:.0} words/s; with splitting {:.0} words/s",
        rate(best - split_best),
        rate(best)
    );
    match (instructions(1), instructions(3)) {
        (Some(once), Some(thrice)) => {
            println!("{:.0} instructions a word", (thrice - once) / (2 * words) as f64);
        }
        _ => println!("no perf: instructions not counted"),
    }
}

/// Instructions of that many passes and the start, counted from outside.
fn instructions(times: usize) -> Option<f64> {
    let me = std::env::current_exe().ok()?;
    let output = Command::new("perf")
        .args(["stat", "-x,", "-e", "instructions:u", "--"])
        .arg(me)
        .args(["--only", &times.to_string()])
        .output()
        .ok()?;
    let report = String::from_utf8(output.stderr).ok()?;
    report.lines().find_map(|line| line.split(',').next()?.parse().ok())
}
