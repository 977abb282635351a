//! Bytes only: models, gazetteers, cue lists and the codebook that are built into the program.
//! `MANIFEST.toml` beside this crate's `src` tells of each file its source, licence, sha256, score and command.

include!(concat!(env!("OUT_DIR"), "/codebook.rs"));

/// Abbreviations of English, TOML.
pub const ABBREVIATIONS: &str = include_str!("../text/abbreviations.toml");

/// How written words fall into syntactic words, TOML.
pub const WORDS: &str = include_str!("../text/words.toml");

/// Words that report a statement, `(file name, content)`.
pub const CUES: &[(&str, &str)] = &[
    ("verbs.toml", include_str!("../cues/verbs.toml")),
    ("nouns.toml", include_str!("../cues/nouns.toml")),
    ("phrases.toml", include_str!("../cues/phrases.toml")),
];

/// Tagger, parser, lemma rules and names, made by `train models`.
pub const PARSER: &[u8] = include_bytes!("../models/parser.bin");
/// Words that tell the same thing in crisis news, for linking.
pub const CONCEPTS: &str = include_str!("../link/concepts.toml");

/// Words that frame what they name, for comparison.
pub const LABELS: &str = include_str!("../link/labels.toml");
