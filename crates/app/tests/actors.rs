//! Actors of the user's own: known by their names, and named with file and line where a row is wrong.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

fn annotate(actors: &str, text: &str) -> Output {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(actors);
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["annotate", "--actors"])
        .arg(file)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read on.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn an_actor_of_the_users_own_is_known_by_its_other_names() {
    let output =
        annotate("actors.csv", "Kea Squadron attacked the harbour on Monday, and the guards of the port fled.");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains(r#""name":"Southern Watch","country":"NZL""#), "{text}");
}

#[test]
fn a_wrong_row_is_named_with_its_file_and_line() {
    let output = annotate("actors-wrong.csv", "Nothing happened.");
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(error.contains("actors-wrong.csv:2:"), "{error}");
    assert!(error.contains("`ARMY`"), "{error}");
}
