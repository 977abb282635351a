//! The program killed at random, in length: `cargo bench -p demarche --bench kill -- 1000`.
#![allow(clippy::disallowed_methods)] // a test of crashes needs a clock and threads

#[path = "../tests/support/kill.rs"]
mod kill;
#[path = "../tests/support/news.rs"]
mod news;

fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(50);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("kill-long");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    println!("archive add: {:?}", kill::adding(env!("CARGO_BIN_EXE_demarche"), &folder, rounds, 500));
    println!("watch:       {:?}", kill::watching(env!("CARGO_BIN_EXE_demarche"), &folder, rounds, 12));
}
