//! The program killed at random, in length: `cargo bench -p demarche --bench kill -- 1000`.
//!
//! Prints what was found so far after every hundred rounds.
#![allow(clippy::disallowed_methods)] // a test of crashes needs a clock and threads

#[path = "../tests/support/folder.rs"]
mod folder;
#[path = "../tests/support/http.rs"]
mod http;
#[path = "../tests/support/kill.rs"]
mod kill;
#[path = "../tests/support/news.rs"]
mod news;

fn main() {
    let rounds: usize = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(50);
    let folder = folder::Folder::new("kill-long").0;
    let (mut adding, mut watching) = (kill::Found::default(), kill::Found::default());
    while adding.rounds < rounds {
        let (some, seed) = ((rounds - adding.rounds).min(100), adding.rounds as u64);
        adding += kill::adding(env!("CARGO_BIN_EXE_demarche"), &folder, some, 500, seed);
        println!("archive add: {adding:?}");
        watching += kill::watching(env!("CARGO_BIN_EXE_demarche"), &folder, some, 12, seed);
        println!("watch:       {watching:?}");
    }
}
