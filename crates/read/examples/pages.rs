//! Prints report, text, title and date of the pages of a folder as JSON Lines, for measuring the extraction alone.

use demarche_read::{Input, Options, stream};

fn main() {
    let inputs: Vec<Input> = std::env::args_os().skip(1).map(|path| Input::from_argument(&path)).collect();
    for item in stream(&inputs, &Options::default()) {
        match item {
            Ok(report) => println!(
                "{}",
                serde_json::json!({"report": report.id, "text": report.text, "title": report.title, "published": report.published})
            ),
            Err(skipped) => eprintln!("{skipped}"),
        }
    }
}
