//! Figures of every layer on the parts of the corpora that nothing learnt from; one file a layer.

pub mod attribution;
pub mod factuality;
pub mod names;
pub mod parse;
