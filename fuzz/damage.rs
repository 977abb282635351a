//! The seeds of the fuzz targets, and damage to them: for the tests of every crate that reads files of others.

use std::{
    fmt::Debug,
    fs,
    path::{Path, PathBuf},
};

use proptest::{collection::vec, prelude::*, sample::Index};

/// Path and content of the seeds of the targets that are wanted, in order.
pub fn seeds(wanted: impl Fn(&str) -> bool) -> Vec<(PathBuf, Vec<u8>)> {
    let files = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let targets = files(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds"));
    let targets = targets.filter(|target| wanted(target.file_name().unwrap().to_str().unwrap()));
    let mut seeds: Vec<_> = targets.flat_map(files).map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    seeds.sort();
    seeds
}

/// One of these, with a few of its bytes changed.
pub fn damaged<T: Clone + Debug + 'static>(seeds: Vec<(T, Vec<u8>)>) -> impl Strategy<Value = (T, Vec<u8>)> {
    let changes = vec((any::<Index>(), any::<u8>()), 1..8);
    (prop::sample::select(seeds), changes).prop_map(|((what, mut bytes), changes)| {
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        (what, bytes)
    })
}
