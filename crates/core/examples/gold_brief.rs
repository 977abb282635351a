//! Links and compares the claims that somebody read in a story by hand, or with `--coded` those that the program finds:
//! `gold_brief [--coded] GOLD.json > BRIEF.json`.

#[path = "../tests/support/mod.rs"]
mod support;

use demarche_core::{brief, code, parse, text};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let coded = arguments.iter().any(|a| a == "--coded");
    arguments.retain(|a| a != "--coded");
    let path = arguments.first().expect("GOLD.json");
    let (_, mut annotations) = support::read(std::path::Path::new(path));
    if coded {
        for annotation in &mut annotations {
            let report = std::mem::take(&mut annotation.report);
            let sentences = parse::parse_tokens(&report.text, &text::split(&report.text));
            *annotation = code(report, sentences);
        }
    }
    println!("{}", serde_json::to_string_pretty(&support::json(&brief(annotations))).expect("plain data"));
}
