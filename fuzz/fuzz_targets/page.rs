//! Any bytes as a web page.

#![no_main]

use demarche_read::{Input, Options, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["a.html", "a.htm.gz"] {
        let input = Input::Bytes { name: name.to_owned(), bytes: bytes.to_vec() };
        read(&[input], &Options { limit: 1 << 20, ..Options::default() });
    }
});
