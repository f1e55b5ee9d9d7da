//! From arguments to a request.

use crate::calendar::Day;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns a Markdown roadmap and its weekly standups into a static site.
#[derive(Debug, Parser)]
#[command(name = "roadbook", version = VERSION, disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
}

/// The version, with the commit it was built from where that is known.
pub const VERSION: &str = env!("ROADBOOK_VERSION");

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Colour the output
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
}

/// When to colour the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site, with its data
    #[command(after_help = "Example:\n  roadbook build . --out output --as-of 2026-02-06")]
    Build(Build),
}

/// Build the site.
#[derive(Debug, Clone, Args)]
pub struct Build {
    /// The project's folder, or a roadmap alone
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The folder to write to: absent, empty, or made by roadbook
    #[arg(long, default_value = "output", value_name = "DIR")]
    pub out: PathBuf,
    /// The site's address, for links that need all of it
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The day to report for [default: the setting `as_of`, then `SOURCE_DATE_EPOCH`, then today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Day>,
}
