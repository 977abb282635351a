//! Sentence → Claim: who did or said what to whom.

pub mod attribution;
pub mod cast;
pub mod codebook;
mod memory;
mod quoted;
pub mod words;

pub use codebook::Codebook;
