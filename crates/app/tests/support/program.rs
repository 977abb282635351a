//! The program run in a folder of a test, and what it answered.

// Each of its users takes what it needs.
#![allow(dead_code)]

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::folder::Folder;

impl Folder {
    pub fn run(&self, arguments: &[&str]) -> Output {
        demarche(&self.0, arguments).output().unwrap()
    }
}

pub fn demarche(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

pub fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

pub fn status(output: &Output) -> i32 {
    output.status.code().expect("ended by itself")
}
