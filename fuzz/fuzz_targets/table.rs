//! Any bytes as CSV, TSV and JSON Lines.

#![no_main]

use demarche_read::{Input, Options, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["a.csv", "a.tsv", "a.jsonl"] {
        let input = Input::Bytes { name: name.to_owned(), bytes: bytes.to_vec() };
        read(&[input], &Options { limit: 1 << 20, ..Options::default() });
    }
});
