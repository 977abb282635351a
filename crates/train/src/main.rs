//! Makes the models in `crates/data` from public corpora.

fn main() {}
