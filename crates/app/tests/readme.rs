//! What the README shows is what the program prints.

use std::{path::Path, process::Command};

#[test]
fn the_brief_in_the_readme_is_the_one_that_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let run = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(&root)
        .args(["brief", "examples/pahalgam"])
        .output()
        .unwrap();
    let printed = String::from_utf8(run.stdout).unwrap();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let (_, below) = readme.split_once("## What it prints\n\n").expect("the README shows a brief");
    let shown: Vec<&str> = below
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with("    "))
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect();
    let shown = shown.join("\n");
    assert!(shown.trim_end().ends_with(|c: char| c.is_ascii_digit()), "{shown}");
    let head: String = printed.chars().take(shown.trim_end().chars().count()).collect();
    assert_eq!(head, shown.trim_end());
}
