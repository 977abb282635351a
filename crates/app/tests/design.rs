//! DESIGN.md against the tree: every file has its line, every line its file, and the line is the file's own first words.
// File names here are our own, in lower case.
#![allow(clippy::case_sensitive_file_extension_comparisons, clippy::format_push_string)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Folders of one kind of file, told of in one line.
const WHOLE: [&str; 9] = [
    "fuzz/seeds/",
    "crates/data/codebook/",
    "examples/",
    "crates/train/retold/",
    "crates/train/stories/",
    "tests/cases/",
    "tests/marked/",
    "tests/stories/",
    "tests/reports/",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Files of the project, as paths from its root.
fn files(root: &Path, folder: &Path, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        if path.is_dir() {
            if name != "target" && (!name.starts_with('.') || name == ".ci") {
                files(root, &path, out);
            }
        } else if name != ".git" && !name.ends_with(".db") {
            let whole = WHOLE.iter().find(|whole| name.starts_with(*whole));
            out.push(whole.map_or(name, ToString::to_string));
        }
    }
}

/// What a Rust file or a table says of itself: the first sentence of the comment it begins with.
fn first_words(name: &str, source: &str) -> Option<String> {
    let (_, extension) = name.rsplit_once('.')?;
    let comment = match extension {
        "rs" => "//!",
        "toml" | "csv" | "tsv" if !name.ends_with("Cargo.toml") => "#",
        _ => return None,
    };
    let lines = source.lines().map_while(|line| line.strip_prefix(comment)).map(str::trim);
    let paragraph: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let text = paragraph.join(" ");
    let end = text.find(". ").unwrap_or(text.len());
    (!text.is_empty()).then(|| text[..end].trim_end_matches('.').to_string())
}

fn map(design: &str) -> BTreeMap<String, String> {
    let lines = design.lines().filter_map(|line| line.strip_prefix("- `")?.split_once("` "));
    lines.map(|(path, words)| (path.to_string(), words.to_string())).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "asked to write, a test writes")]
fn every_file_has_its_line_and_every_line_its_file() {
    let root = root();
    let path = root.join("DESIGN.md");
    let design = fs::read_to_string(&path).unwrap();
    let (before, old) = design.split_once("## The map\n").expect("DESIGN.md has its map");
    let old = map(old);
    let mut names = Vec::new();
    files(&root, &root, &mut names);
    names.sort();
    names.dedup();
    let mut new = BTreeMap::new();
    for name in names {
        let own = fs::read_to_string(root.join(&name)).ok().and_then(|source| first_words(&name, &source));
        let words = own.or_else(|| old.get(&name).cloned());
        new.insert(name, words.unwrap_or_else(|| "TODO".to_string()));
    }
    let section = |name: &str| match name.split('/').collect::<Vec<_>>()[..] {
        ["crates", krate, ..] => format!("crates/{krate}"),
        [folder, _, ..] => folder.to_string(),
        _ => "the root".to_string(),
    };
    if std::env::var("DEMARCHE_UPDATE").is_ok() {
        let intro = design.split_once("## The map\n").unwrap().1.split("\n### ").next().unwrap().trim();
        let mut text = format!("{before}## The map\n\n{intro}\n");
        let mut sections: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, words) in &new {
            sections.entry(section(name)).or_default().push(format!("- `{name}` {words}\n"));
        }
        for (title, lines) in sections {
            text.push_str(&format!("\n### {title}\n\n{}", lines.concat()));
        }
        fs::write(&path, text).unwrap();
    }
    let missing: Vec<&String> = new.iter().filter(|(name, _)| !old.contains_key(*name)).map(|(name, _)| name).collect();
    let gone: Vec<&String> = old.keys().filter(|name| !new.contains_key(*name)).collect();
    let stale: Vec<&String> = new
        .iter()
        .filter(|(name, words)| old.get(*name).is_some_and(|old| old != *words))
        .map(|(name, _)| name)
        .collect();
    let empty: Vec<&String> = new.iter().filter(|(_, words)| *words == "TODO").map(|(name, _)| name).collect();
    let hint = "DEMARCHE_UPDATE=1 cargo test -p demarche --test design";
    assert!(
        missing.is_empty() && gone.is_empty() && stale.is_empty(),
        "no line: {missing:?}; no file: {gone:?}; says otherwise: {stale:?}; run {hint}"
    );
    assert!(empty.is_empty(), "say in DESIGN.md what these are: {empty:?}");
}

#[test]
fn every_link_between_the_documents_leads_somewhere() {
    let root = root();
    for name in ["README.md", "DESIGN.md", "COMPARE.md", "NEWS.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#']).next().unwrap();
            let local = !target.is_empty() && !target.contains("://");
            assert!(!local || root.join(target).exists(), "{name}: {target}");
        }
    }
}

#[test]
fn the_example_is_the_story_that_is_measured() {
    let root = root();
    for entry in fs::read_dir(root.join("examples/pahalgam")).unwrap() {
        let path = entry.unwrap().path();
        let measured = root.join("tests/stories/pahalgam").join(path.file_name().unwrap());
        assert!(fs::read(&path).unwrap() == fs::read(&measured).unwrap(), "{}", path.display());
    }
}
