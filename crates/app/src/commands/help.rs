//! `demarche completions` and `demarche man`: what a shell and a manual need, made from the command line itself.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Args, Command};
use clap_complete::Shell;

use super::{counted, sink};

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

/// Print a manual page, or write those of all commands to a folder
#[derive(Args)]
#[command(after_help = "\
Examples:
  demarche man | man -l -
  demarche man archive add | man -l -
  demarche man --out ~/.local/share/man/man1     then `man demarche-archive-add`")]
pub struct Man {
    /// Of this command: `brief`, `archive add`; of the program where none is named.
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write the pages of the program and all its commands to this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    out: Option<PathBuf>,
}

impl Man {
    /// Prints, or writes.
    pub fn run(self, mut program: Command) -> Result<()> {
        program.build();
        if let Some(folder) = &self.out {
            let context = || format!("cannot write to {}; is it a folder, and may you write in it?", folder.display());
            fs::create_dir_all(folder).with_context(context)?;
            let written = pages(program, "demarche", folder).with_context(context)?;
            writeln!(sink(None)?, "{}: {}", folder.display(), counted(written, "page"))?;
            return Ok(());
        }
        let (mut page, mut name) = (&program, "demarche".to_owned());
        for word in &self.command {
            let Some(below) = page.find_subcommand(word) else {
                bail!("there is no command {}; `demarche help` lists them", self.command.join(" "));
            };
            (page, name) = (below, format!("{name}-{word}"));
        }
        let mut out = sink(None)?;
        render(page.clone(), &name, &mut out)?;
        Ok(out.flush()?)
    }
}

fn render(command: Command, name: &str, out: &mut dyn Write) -> io::Result<()> {
    // The page is of `demarche-archive-add`; what is typed has blanks.
    let typed = name.replace('-', " ");
    let named = command.display_name(name.to_owned()).bin_name(typed);
    clap_mangen::Man::new(named.name(&*Box::leak(name.to_owned().into_boxed_str()))).render(out)
}

/// Writes the pages of a command and of all below it. How many.
fn pages(command: Command, name: &str, folder: &Path) -> io::Result<usize> {
    let mut written = 1;
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        written += pages(below.clone(), &format!("{name}-{}", below.get_name()), folder)?;
    }
    let mut page = Vec::new();
    render(command, name, &mut page)?;
    fs::write(folder.join(format!("{name}.1")), page)?;
    Ok(written)
}
