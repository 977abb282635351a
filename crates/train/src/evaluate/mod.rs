//! Figures of every layer on the parts of the corpora that nothing learnt from; one file a layer.

pub mod attribution;
pub mod dates;
pub mod factuality;
pub mod linking;
pub mod names;
pub mod pairs;
pub mod parse;
pub mod places;
pub mod read;
pub mod relations;
pub mod retellings;
pub mod segmentation;
pub mod times;
