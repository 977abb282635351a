//! `demarche completions` and `demarche man`: what a shell and a manual need, made from the command line itself.

use anyhow::Result;
use clap::{Args, Command};
use clap_complete::Shell;

use super::sink;

/// Print what completes the command line in a shell
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche completions bash > ~/.local/share/bash-completion/completions/demarche
  demarche completions zsh > ~/.zfunc/_demarche
  demarche completions fish > ~/.config/fish/completions/demarche.fish")]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints.
    pub fn run(self, mut program: Command) -> Result<()> {
        // Into memory first: what writes them panics where a pipe is closed early.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, "demarche", &mut script);
        let mut out = sink(None)?;
        out.write_all(&script)?;
        Ok(out.flush()?)
    }
}

/// Print the manual page: `demarche man | man -l -`
#[derive(Args)]
pub struct Man {
    /// Of this command; of all where none is named.
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    /// Prints.
    pub fn run(self, program: Command) -> Result<()> {
        let mut out = sink(None)?;
        let page = match &self.command {
            None => program,
            Some(name) => match program.find_subcommand(name) {
                Some(command) => command.clone().name(&*Box::leak(format!("demarche-{name}").into_boxed_str())),
                None => anyhow::bail!("there is no command {name}; `demarche help` lists them"),
            },
        };
        clap_mangen::Man::new(page).render(&mut out)?;
        Ok(out.flush()?)
    }
}
