//! Files that are no archives, or no longer whole, or may not be written: what is said of them, and that they stay as they
//! are.

mod support;

use std::fs;

use demarche_store::{Archive, Fault, archive::Filter};
use support::{STAMP, coded, file, filled};

#[test]
fn what_is_no_archive_or_a_newer_one_is_refused_untouched() {
    let path = file("foreign");
    assert_eq!(Archive::open(&path).err().unwrap().kind, Fault::Missing);
    fs::write(&path, "plain text, long enough to be read as a header of something else than a database".repeat(9))
        .unwrap();
    assert_eq!(Archive::create(&path).err().unwrap().kind, Fault::Foreign);
    fs::remove_file(&path).unwrap();
    drop(Archive::create(&path).unwrap());
    // SQLite keeps the version of the schema in bytes 60 to 63, big end first.
    let mut bytes = fs::read(&path).unwrap();
    bytes[62] = 9;
    fs::write(&path, &bytes).unwrap();
    let error = Archive::open(&path).err().unwrap();
    assert_eq!(error.kind, Fault::Foreign);
    assert!(error.to_string().contains("install the version"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_flipped_bit_is_found_or_harms_nothing() {
    let (path, archive) = filled("flipped");
    let (hash, claims) = (archive.hash().unwrap(), archive.claims(&Filter::default(), 9, 0).unwrap());
    drop(archive);
    let whole = fs::read(&path).unwrap();
    let mut found = 0;
    for at in (100..whole.len()).step_by(487) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&path, &bytes).unwrap();
        let verified = Archive::open(&path).and_then(|mut archive| {
            let verified = archive.verify()?;
            // What is sound must also say the same.
            if verified.faults.is_empty() {
                assert_eq!(archive.hash()?, hash, "byte {at}");
                assert_eq!(archive.claims(&Filter::default(), 9, 0)?, claims, "byte {at}");
            }
            Ok(verified)
        });
        found += usize::from(verified.map_or(true, |verified| !verified.faults.is_empty()));
    }
    assert!(found > 0);
}

#[test]
fn a_file_that_is_cut_off_is_told_as_such_with_what_helps() {
    let (path, archive) = filled("cut");
    drop(archive);
    let whole = fs::read(&path).unwrap();
    let half = whole.len() / 2;
    fs::write(&path, &whole[..half]).unwrap();
    for error in [Archive::open(&path).err().unwrap(), Archive::read(&path).err().unwrap()] {
        assert_eq!(error.kind, Fault::Damaged);
        let told = format!("cut off, or its head is wrong: {half} bytes are there of the {}", whole.len());
        assert!(error.message.contains(&told), "{error}");
        assert!(error.hint.contains("cannot read it either") && error.hint.contains("restore a copy"), "{error}");
    }
    assert_eq!(fs::read(&path).unwrap(), &whole[..half]);
}

#[test]
fn a_database_of_something_else_stays_as_it_is() {
    let path = file("else");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("CREATE TABLE bookmark(url TEXT)").unwrap();
    drop(db);
    let before = fs::read(&path).unwrap();
    for error in [Archive::create(&path).err().unwrap(), Archive::read(&path).err().unwrap()] {
        assert_eq!(error.kind, Fault::Foreign);
        assert!(error.to_string().contains("a database of something else"), "{error}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_archive_that_cannot_be_written_can_be_read() {
    let (path, archive) = filled("read-only");
    drop(archive);
    let archive = Archive::read(&path).unwrap();
    assert_eq!(archive.claims(&Filter::default(), 9, 0).unwrap().len(), 3);
    let mut archive = archive;
    let verified = archive.verify().unwrap();
    assert_eq!((verified.faults.len(), verified.unchecked.len(), verified.claims), (0, 1, 3), "{verified:?}");
    assert!(verified.unchecked[0].contains("may not be written"), "{verified:?}");
    let error = archive.add(&[coded("c", "More.", vec![])], STAMP).unwrap_err();
    assert_eq!(error.kind, Fault::ReadOnly);
}
