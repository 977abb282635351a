//! Words a second and instructions a word of splitting and parsing, over a fixed text that the bench writes itself.
//!
//! `cargo bench -p demarche-core --bench parsing`. Instructions are counted by `perf stat` or else by Valgrind (on which
//! the AVX2 pass runs, because it knows no AVX-512), where there is one.
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

/// Reports that are counted: Valgrind takes fifty times as long.
const COUNTED: usize = 40;

fn main() {
    let reports = reports(400);
    if let Some(times) = std::env::args().skip_while(|a| a != "--only").nth(1) {
        (0..times.parse().unwrap_or(1)).for_each(|_| {
            black_box(run(&reports[..COUNTED]));
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
    let counted = run(&reports[..COUNTED]);
    for (name, count) in [("perf", by_perf as fn(&str) -> Option<f64>), ("Valgrind", by_valgrind)] {
        if let (Some(once), Some(thrice)) = (count("1"), count("3")) {
            println!("{:.0} instructions a word, by {name}", (thrice - once) / (2 * counted) as f64);
            return;
        }
    }
    println!("neither perf nor Valgrind: instructions not counted");
}

/// What a program that watches this one over so many passes writes to its standard error.
fn watched(watcher: &str, arguments: &[&str], passes: &str) -> Option<String> {
    let me = std::env::current_exe().ok()?;
    let output = Command::new(watcher).args(arguments).arg(me).args(["--only", passes]).output().ok()?;
    String::from_utf8(output.stderr).ok()
}

/// Instructions of that many passes and the start, by the processor's own counters.
fn by_perf(passes: &str) -> Option<f64> {
    let report = watched("perf", &["stat", "-x,", "-e", "instructions:u", "--"], passes)?;
    report.lines().find_map(|line| line.split(',').next()?.parse().ok())
}

/// The same, by running every instruction under Valgrind.
fn by_valgrind(passes: &str) -> Option<f64> {
    let report = watched("valgrind", &["--tool=callgrind", "--callgrind-out-file=/dev/null"], passes)?;
    report.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
}
