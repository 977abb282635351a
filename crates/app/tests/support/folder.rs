//! A fresh folder for a test, with the files that it is given.

// Each of its users takes what it needs.
#![allow(dead_code)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A folder that is empty when the test begins, and stays when it ends.
pub struct Folder(pub PathBuf);

impl Folder {
    /// The folder of a test, named by a path that no other test has: `cli/empty`.
    pub fn new(test: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.0.join(name), bytes).unwrap();
        self
    }
}
