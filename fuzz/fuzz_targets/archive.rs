//! Any bytes as a zip, a tar, or a gzip of either, of a text, a page or rows.

#![no_main]

use demarche_read::{Input, Options, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["a.zip", "a.tar", "a.tgz", "a.txt.gz", "a.html.gz", "a.jsonl.gz"] {
        let input = Input::Bytes { name: name.to_owned(), bytes: bytes.to_vec() };
        read(&[input], &Options { limit: 1 << 20, ..Options::default() });
    }
});
