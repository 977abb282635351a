//! Prints who every phrase of a text denotes: `cargo run --release --example cast -- 2025-05-01 FILE`.
use demarche_core::{Day, code::cast::Cast, parse::parse_tokens, text::split, world::World};
// It measures time.
#[allow(clippy::disallowed_methods)]
fn main() {
    let mut args = std::env::args().skip(1);
    let day = args.next().and_then(|day| Day::from_rfc3339(&day));
    let text = std::fs::read_to_string(args.next().expect("a file")).expect("readable");
    let start = std::time::Instant::now();
    let world = World::embedded();
    let loaded = start.elapsed();
    let cut: Vec<_> = split(&text);
    let sentences = parse_tokens(&text, &cut);
    let start = std::time::Instant::now();
    let cast = Cast::build(&text, &sentences, world, day);
    let built = start.elapsed();
    for (s, sentence) in sentences.iter().enumerate() {
        println!("# {}", sentence.span.of(&text));
        for t in 0..sentence.tokens.len() {
            for party in cast.parties(s, t) {
                println!(
                    "  {:<40} {:<8} {:<14} {:<28} {} [{}]",
                    party.span.of(&text),
                    party.country.unwrap_or_default(),
                    party.sectors.join(" "),
                    party.name.unwrap_or_default(),
                    party.why,
                    sentence.tokens[t].relation
                );
            }
        }
    }
    eprintln!(
        "world {loaded:?}, cast of {} sentences {built:?}; focus {:?}",
        sentences.len(),
        cast.focus().iter().map(|p| p.country.clone()).collect::<Vec<_>>()
    );
}
