//! The program killed at random, in short; `cargo bench -p demarche --bench kill` is the long form.
#![allow(clippy::disallowed_methods)] // a test of crashes needs a clock and threads

#[path = "support/kill.rs"]
mod kill;
#[path = "support/news.rs"]
mod news;

use std::{fs, path::Path};

fn folder(test: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kill").join(test);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn killed_while_adding_it_loses_nothing_and_doubles_nothing() {
    let found = kill::adding(env!("CARGO_BIN_EXE_demarche"), &folder("add"), 6, 500);
    assert_eq!((found.lost, found.doubled, found.faults), (0, 0, 0), "{found:?}");
    assert!(found.killed > 0, "{found:?}");
}

#[test]
fn killed_while_watching_it_loses_nothing_and_doubles_nothing() {
    let found = kill::watching(env!("CARGO_BIN_EXE_demarche"), &folder("watch"), 4, 12);
    assert_eq!((found.lost, found.doubled, found.faults), (0, 0, 0), "{found:?}");
}
