//! `demarche link`: links event mentions that the input gives, to measure linking apart from coding.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

/// Link given event mentions across documents, for measuring
#[derive(Args)]
pub struct Link {
    /// JSON Lines: documents with their event mentions.
    #[arg(long, value_name = "FILE")]
    mentions: PathBuf,
}

impl Link {
    /// Reads mentions, prints their chains.
    pub fn run(self) -> Result<()> {
        bail!("linking of given mentions is not part of this version ({} was not read)", self.mentions.display())
    }
}
