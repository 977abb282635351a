//! Damage to records of others: whatever happens to the bytes of a file, there is an answer and no panic, and an archive
//! takes the whole of a file or none of it.

#[path = "../../../fuzz/damage.rs"]
mod damage;

use std::path::Path;

use damage::damaged;
use demarche_store::{
    Archive,
    import::{Maker, Reader},
};
use proptest::prelude::*;

const MAKERS: [Maker; 3] = [Maker::Polecat, Maker::Icews, Maker::Gdelt];

/// The seeds of the fuzz target, with their makers.
fn seeds() -> Vec<(Maker, Vec<u8>)> {
    let maker = |path: &Path| Maker::from_name(path.file_stem().unwrap().to_str().unwrap()).unwrap();
    damage::seeds(|target| target == "records").into_iter().map(|(path, bytes)| (maker(&path), bytes)).collect()
}

/// Rows kept, or nothing where the file was refused; then the archive must be as it was.
fn imported(maker: Maker, bytes: &[u8]) -> Option<usize> {
    let mut archive = Archive::in_memory().unwrap();
    let before = archive.log(None, 9).unwrap().len();
    let found = archive.import(maker, "file", bytes, "2025-05-01T00:00:00Z");
    assert!(archive.verify().unwrap().faults.is_empty());
    match found {
        Ok(found) => Some(found.rows),
        Err(error) => {
            assert!(!error.hint.is_empty(), "{error}");
            assert_eq!(archive.log(None, 9).unwrap().len(), before);
            None
        }
    }
}

#[test]
fn every_seed_gives_records_and_may_end_anywhere() {
    let seeds = seeds();
    assert_eq!(seeds.len(), MAKERS.len(), "a seed for each maker");
    for (maker, bytes) in seeds {
        assert!(imported(maker, &bytes).is_some_and(|rows| rows > 0), "{maker:?}");
        for end in (0..bytes.len()).step_by(7) {
            imported(maker, &bytes[..end]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_seed_may_be_damaged_anywhere((maker, bytes) in damaged(seeds())) {
        imported(maker, &bytes);
    }

    #[test]
    fn any_bytes_have_an_answer(bytes in any::<Vec<u8>>(), cells in prop::collection::vec("[0-9\\-a-zA-Z\"\t\n ]{0,9}", 0..70)) {
        for maker in MAKERS {
            let _ = Reader::new(maker).read(&bytes[..], |_, _| Ok(()));
            let _ = Reader::new(maker).read(cells.join("\t").as_bytes(), |_, _| Ok(()));
        }
    }
}
