//! The program killed at random, in short; `cargo bench -p demarche --bench kill` is the long form.
#![allow(clippy::disallowed_methods)] // a test of crashes needs a clock and threads

#[path = "support/folder.rs"]
mod folder;
#[path = "support/http.rs"]
mod http;
#[path = "support/kill.rs"]
mod kill;
#[path = "support/news.rs"]
mod news;

use folder::Folder;

#[test]
fn killed_while_adding_it_loses_nothing_and_doubles_nothing() {
    let found = kill::adding(env!("CARGO_BIN_EXE_demarche"), &Folder::new("kill/add").0, 6, 500, 7);
    assert_eq!((found.lost, found.doubled, found.faults), (0, 0, 0), "{found:?}");
    assert!(found.killed > 0, "{found:?}");
}

#[test]
fn killed_while_watching_it_loses_nothing_and_doubles_nothing() {
    let found = kill::watching(env!("CARGO_BIN_EXE_demarche"), &Folder::new("kill/watch").0, 4, 12, 11);
    assert_eq!((found.lost, found.doubled, found.faults), (0, 0, 0), "{found:?}");
}
