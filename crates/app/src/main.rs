//! The binary `demarche`.

fn main() {}
