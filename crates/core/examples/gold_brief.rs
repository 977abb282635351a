//! Links and compares the claims that somebody read in a story by hand: `gold_brief GOLD.json > BRIEF.json`.

#[path = "../tests/support/mod.rs"]
mod support;

fn main() {
    let path = std::env::args().nth(1).expect("GOLD.json");
    let (_, annotations) = support::read(std::path::Path::new(&path));
    let brief = demarche_core::brief(annotations);
    println!("{}", serde_json::to_string_pretty(&support::json(&brief)).expect("plain data"));
}
