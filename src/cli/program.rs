//! What programs and shells ask for.

use super::{When, site};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Show the site while it is written.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// The project's folder, a folder over several projects, or a roadmap alone
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The port; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    pub port: u16,
    /// Print the address, and open no browser
    #[arg(long)]
    pub no_open: bool,
    /// Which day, and from what was known on it.
    #[command(flatten)]
    pub when: When,
}

/// Write a plan in another form.
#[derive(Debug, Clone, Args)]
pub struct Export {
    /// The project's folder, or a roadmap alone
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// In which form
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// Write to this file instead of the output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The site's address, for links to it
    #[arg(long, value_name = "URL", value_parser = site)]
    pub base_url: Option<String>,
    /// Which day, and from what was known on it.
    #[command(flatten)]
    pub when: When,
}

/// The forms that a plan is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The report: every figure.
    Json,
    /// A table of the tasks.
    Csv,
    /// A calendar of gates, phases, the launch and decisions that are due: iCalendar, RFC 5545.
    Ics,
    /// A feed of the weeks: Atom, RFC 4287.
    Atom,
    /// A Gantt diagram for Markdown pages.
    Mermaid,
    /// A project for the scheduler `TaskJuggler`.
    Taskjuggler,
}

/// Write the script that completes commands in a shell.
#[derive(Debug, Clone, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// The shells that have completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash.
    Bash,
    /// Elvish.
    Elvish,
    /// Fish.
    Fish,
    /// PowerShell.
    Powershell,
    /// Zsh.
    Zsh,
}

/// Write the manual pages.
#[derive(Debug, Clone, Args)]
pub struct Man {
    /// The folder to write a page for each command to [default: the page of roadbook itself, to the output]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}
