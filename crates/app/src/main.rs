//! The binary `demarche`.

mod commands;

use clap::Parser;

#[derive(Parser)]
#[command(name = "demarche", version, about = "Reads news of an international crisis and keeps the record")]
enum Demarche {
    Parse(commands::parse::Parse),
}

fn main() -> anyhow::Result<()> {
    match Demarche::parse() {
        Demarche::Parse(command) => command.run(),
    }
}
