//! Any bytes as records of POLECAT, ICEWS and GDELT

#![no_main]

use demarche_store::import::{Maker, Reader};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for maker in [Maker::Polecat, Maker::Icews, Maker::Gdelt] {
        let _ = Reader::new(maker).read(bytes, |_, _| Ok(()));
    }
});
