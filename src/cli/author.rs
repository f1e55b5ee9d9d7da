//! What those who write a plan ask for.

use super::When;
use clap::Args;
use std::path::PathBuf;

/// Begin a project.
#[derive(Debug, Clone, Args)]
pub struct Init {
    /// The folder: a repository, or any other; it is made where it does not exist
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Take all that is offered, and ask nothing. Without a terminal nothing is asked either, and workflows are left out
    #[arg(long, short)]
    pub yes: bool,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Write the next standup.
#[derive(Debug, Clone, Args)]
pub struct Standup {
    /// The project's folder, or a roadmap alone
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The week of the plan to write for [default: the first without a standup from the week of the day to look at on]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub week: Option<u32>,
    /// Print it, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Which day, and from what was known on it.
    #[command(flatten)]
    pub when: When,
}

/// Where a change of a task is written.
#[derive(Debug, Clone, Args)]
pub struct Target {
    /// The project's folder, or a roadmap alone
    #[arg(long, default_value = ".", value_name = "PATH")]
    pub path: PathBuf,
    /// Take the last change back that `tick`, `progress` or `block` made
    #[arg(long)]
    pub undo: bool,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Which day, and from what was known on it.
    #[command(flatten)]
    pub when: When,
}

/// Mark a task as done.
#[derive(Debug, Clone, Args)]
pub struct Tick {
    /// The task's ID
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    pub id: Option<String>,
    /// Where.
    #[command(flatten)]
    pub target: Target,
}

/// Say how far a task is.
#[derive(Debug, Clone, Args)]
pub struct Progress {
    /// The task's ID
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    pub id: Option<String>,
    /// How much of it is done, in percent
    #[arg(required_unless_present = "undo", conflicts_with = "undo", value_parser = percent)]
    pub percent: Option<u8>,
    /// Where.
    #[command(flatten)]
    pub target: Target,
}

/// Reads "50" or "50%".
fn percent(text: &str) -> Result<u8, String> {
    let number = text.trim().trim_end_matches('%').trim_end().parse().ok().filter(|it| *it <= 100);
    number.ok_or_else(|| "it has to be a whole number from 0 to 100".to_owned())
}

/// Say that a task is blocked.
#[derive(Debug, Clone, Args)]
pub struct Block {
    /// The task's ID
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    pub id: Option<String>,
    /// What it waits for, in one line
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    pub reason: Option<String>,
    /// Where.
    #[command(flatten)]
    pub target: Target,
}
