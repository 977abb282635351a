//! The binary `demarche`: files in, briefs and records out. Everything that is thought about news lives in the core.

mod chain;
mod clock;
mod coder;
mod commands;
mod fetch;
mod input;
mod render;
mod stop;
mod warn;

use std::{io, path::PathBuf, process::ExitCode};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

const ABOUT: &str = "Reads news of an international crisis and keeps the record: who did or said what to whom, \
                     when, where and according to whom; and where the reports differ.";

const EXAMPLES: &str = "\
Examples:
  demarche brief examples/pahalgam                      read three reports of one day side by side
  demarche brief --format html --out day.html reports/  the same as a page for the browser
  demarche brief --published 2025-05-01 a.txt b.txt     reports that carry no date themselves
  demarche code archive.jsonl.gz > claims.jsonl         event data, one claim a line
  demarche explain a.txt --at \"closed borders\"          why a sentence was coded as it was
  curl -s https://example.org/story.html | demarche annotate -

INPUT is a file, a folder of files, or - for standard input. What is read, each gzipped or not:
  plain text, Markdown        one report a file
  HTML                        the main text, with title, outlet, author, time, language and address
  RSS, Atom, JSON Feed        one report an entry
  JSON Lines, JSON arrays     one report a row: text; id, title, outlet, author, url, published, language
  CSV, TSV, Parquet           the same by the names of the columns; --text-column and its like name others
  WARC                        one report a captured page
  zip, tar                    what they hold
Reports in other languages than English are kept and marked, not coded. What cannot be read is named on standard error with
its place, and the rest is read. A report has 64 MiB at most; what inflates to more than 100 times its size is refused.

Exit status: 0 when there is output, though some inputs may have been skipped with a warning on standard error;
1 when there is none, also when nothing in an archive fits; 2 when the command line is wrong; 130 when Ctrl-C stopped it.";

/// The command line.
#[derive(Parser)]
#[command(name = "demarche", version, about = ABOUT, after_help = EXAMPLES, max_term_width = 100)]
#[command(subcommand_required = true, arg_required_else_help = true, propagate_version = true)]
struct Cli {
    /// Folder with codebook files (.toml) and tables of actors (.csv) of your own, beside the built-in ones.
    #[arg(long, global = true, value_name = "DIR")]
    codebook: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
    /// Actors of your own, as comma-separated values with one of the headers of the built-in tables; may be repeated
    #[arg(long, global = true, value_name = "FILE")]
    actors: Vec<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    Brief(commands::brief::Brief),
    Annotate(commands::annotate::Annotate),
    Code(commands::code::Code),
    Codebook(commands::codebook::Codebook),
    Explain(commands::explain::Explain),
    Parse(commands::parse::Parse),
    Stories(commands::stories::Stories),
    Link(commands::link::Link),
    Track(commands::track::Track),
    Archive(commands::archive::Archive),
    Export(commands::export::Export),
    Watch(commands::watch::Watch),
    Completions(commands::help::Completions),
    Man(commands::help::Man),
}

fn main() -> ExitCode {
    // `code --pairs FILE` is the one command that reads something else than reports.
    let arguments = Cli::command().mut_subcommand("code", |code| {
        code.mut_arg("paths", |paths| paths.required(false).required_unless_present("pairs"))
    });
    // `export` reads an archive where one is named.
    let arguments = arguments.mut_subcommand("export", |export| {
        export.mut_arg("paths", |paths| paths.required(false).required_unless_present("archive"))
    });
    let cli = Cli::from_arg_matches(&arguments.get_matches()).unwrap_or_else(|error| error.exit());
    if let Err(error) = chain::use_own(cli.codebook.as_deref(), &cli.actors) {
        warn::error(&error);
        return ExitCode::FAILURE;
    }
    stop::large_files_are_errors();
    let done = match cli.command {
        Command::Brief(command) => command.run(),
        Command::Annotate(command) => command.run(),
        Command::Code(command) => command.run(),
        Command::Codebook(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Parse(command) => command.run(),
        Command::Stories(command) => command.run(),
        Command::Link(command) => command.run(),
        Command::Track(command) => command.run(),
        Command::Archive(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Watch(command) => command.run(),
        Command::Completions(command) => command.run(Cli::command()),
        Command::Man(command) => command.run(Cli::command()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads us has seen enough (`demarche code … | head`): that is no failure.
        Err(error) if broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            warn::error(&error);
            if error.is::<stop::Stopped>() { ExitCode::from(stop::STATUS) } else { ExitCode::FAILURE }
        }
    }
}

fn broken_pipe(error: &anyhow::Error) -> bool {
    let io = |cause: &(dyn std::error::Error + 'static)| {
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        cause.downcast_ref::<io::Error>().map(io::Error::kind).or(json) == Some(io::ErrorKind::BrokenPipe)
    };
    error.chain().any(io)
}
