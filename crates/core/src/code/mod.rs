//! Sentence → Claim: who did or said what to whom.

pub mod attribution;
pub mod codebook;
pub mod words;

pub use codebook::Codebook;
