//! Writes the weights of the sentence splitter: `splitter CORPORA OUT`.

#[path = "../split.rs"]
mod split;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, corpora, out] = arguments.as_slice() else { anyhow::bail!("usage: splitter CORPORA OUT") };
    Ok(std::fs::write(out, split::train(corpora.as_ref())?)?)
}
