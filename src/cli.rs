//! From arguments to a request.

mod author;
mod program;

pub use self::author::{Block, Init, Progress, Standup, Target, Tick};
pub use self::program::{Completions, Export, ExportFormat, Man, Serve, Shell};

/// All that a command takes, as completions and manual pages need it.
pub use clap::Command as Grammar;

use crate::calendar::Day;
use crate::mail::site_url;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
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

/// Returns the grammar of all arguments, of which completions and manual pages are made. Its version names no commit: the same source
/// gives the same pages.
#[must_use]
pub fn grammar() -> Grammar {
    Cli::command().version(env!("CARGO_PKG_VERSION"))
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
    /// Say what is wrong with the plan and its standups
    #[command(after_help = "Example:\n  roadbook check . --as-of 2026-02-06 --strict")]
    Check(Check),
    /// Say what a change does to the plan: to the launch, the gates, the load
    #[command(after_help = "Example:\n  roadbook diff main replan --format markdown\n  roadbook diff HEAD\n  \
                            roadbook diff old/roadmap.md new/roadmap.md --exit-code")]
    Diff(Diff),
    /// Post or update the one comment of a pull request
    #[command(
        after_help = "The token is taken from GITHUB_TOKEN, the API's address from GITHUB_API_URL.\n\nExample:\n  roadbook comment --repo octo/plan --pull 42 --body-file comment.md --dry-run"
    )]
    Comment(Comment),
    /// Write the weekly mail to the stakeholders, and with --send send it
    #[command(after_help = "Without --out and --send the text of the mail is printed.\n\nExample:\n  \
                            roadbook email . --week 3 --out mail\n  \
                            roadbook email . --preview\n  \
                            ROADBOOK_SMTP_URL=smtps://user:password@mail.example.org roadbook email . --send")]
    Email(Email),
    /// Say why a rule complains, and what to write instead
    #[command(after_help = "Example:\n  roadbook explain day-label")]
    Explain(Explain),
    /// Begin a project: settings, standups and workflows for the plan that is there, or a small plan
    #[command(
        after_help = "Nothing is ever written over. At a terminal each file is asked for.\n\nExample:\n  roadbook init\n  roadbook init new-project --yes"
    )]
    Init(Init),
    /// Show the site in a browser, and make it anew whenever a file changes
    #[command(after_help = "Example:\n  roadbook serve . --port 4000")]
    Serve(Serve),
    /// Write the file of the next standup, filled in from the plan
    #[command(after_help = "Example:\n  roadbook standup . --week 4")]
    Standup(Standup),
    /// Mark a task as done, in the plan's own Markdown
    #[command(after_help = "Example:\n  roadbook tick P1-03\n  roadbook tick --undo")]
    Tick(Tick),
    /// Say how far a task is, in the plan's own Markdown
    #[command(after_help = "Example:\n  roadbook progress P2-05 80\n  roadbook progress --undo")]
    Progress(Progress),
    /// Say that a task is blocked, and by what, in the plan's own Markdown
    #[command(after_help = "Example:\n  roadbook block P2-11 \"waits for the new server\"\n  roadbook block --undo")]
    Block(Block),
    /// Write the plan in another form: data, table, calendar, feed, diagram
    #[command(after_help = "Example:\n  roadbook export . --format ics --out plan.ics")]
    Export(Export),
    /// Speak with an editor: findings, hover, definitions, completion (Language Server Protocol)
    #[command(after_help = "Editors start it by themselves: see docs/editors.md.\n\nExample:\n  roadbook lsp")]
    Lsp,
    /// Write the script that completes commands in a shell
    #[command(
        after_help = "Example:\n  roadbook completions bash > ~/.local/share/bash-completion/completions/roadbook"
    )]
    Completions(Completions),
    /// Write the manual pages
    #[command(after_help = "Example:\n  roadbook man | man -l -\n  roadbook man --out man1")]
    Man(Man),
}

/// Say what is wrong.
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// The project's folder, a folder over several projects, or a roadmap alone
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// How to say it
    #[arg(long, value_enum, default_value_t = CheckFormat::Terminal, value_name = "FORMAT")]
    pub format: CheckFormat,
    /// Repair what can be repaired, in place
    #[arg(long)]
    pub fix: bool,
    /// With `--fix`: show what would change, and change nothing
    #[arg(long, requires = "fix")]
    pub diff: bool,
    /// Fail on any finding, not only on errors
    #[arg(long)]
    pub strict: bool,
    /// Which day, and from what was known on it.
    #[command(flatten)]
    pub when: When,
}

/// Compare two states of a plan.
#[derive(Debug, Clone, Args)]
pub struct Diff {
    /// What the plan was: a revision of the repository that holds PATH, or a folder or file
    pub base: String,
    /// What it is now: the same [default: the files as they lie in PATH]
    pub head: Option<String>,
    /// Where the project lies, when a revision is named
    #[arg(long, default_value = ".", value_name = "PATH")]
    pub path: PathBuf,
    /// Compare with the commit that both have in common, as a pull request does
    #[arg(long)]
    pub merge_base: bool,
    /// How to say it
    #[arg(long, value_enum, default_value_t = DiffFormat::Terminal, value_name = "FORMAT")]
    pub format: DiffFormat,
    /// Write a preview of the site as well: to a folder that is absent, empty, or made by roadbook
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Exit with 3 when something changes, and with 4 when a gate now fails
    #[arg(long)]
    pub exit_code: bool,
    /// The repository's page at the source host, for links to lines
    #[arg(long, value_name = "URL")]
    pub repo_url: Option<String>,
    /// Where the preview will be found, for links to it
    #[arg(long, value_name = "URL")]
    pub preview_url: Option<String>,
    /// The number of the pull request
    #[arg(long, value_name = "N")]
    pub pull: Option<u64>,
    /// Which day, and from what was known on it.
    #[command(flatten)]
    pub when: When,
}

/// How differences are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people.
    Terminal,
    /// The comment of a pull request, in GitHub's Markdown.
    Markdown,
    /// Versioned data.
    Json,
}

/// Which day a plan is looked at, and from what was known on it.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct When {
    /// The day to look at [default: the setting `as_of`, then `SOURCE_DATE_EPOCH`, then today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Day>,
    /// Take the files as they stand, whatever git knows of them
    #[arg(long)]
    pub no_history: bool,
    /// In a clone without its older commits: go on without history
    #[arg(long)]
    pub allow_shallow: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people, with source lines.
    Terminal,
    /// Versioned data.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// Post or update the comment of a pull request.
#[derive(Debug, Clone, Args)]
pub struct Comment {
    /// The repository
    #[arg(long, value_name = "OWNER/NAME")]
    pub repo: String,
    /// The number of the pull request
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub pull: u64,
    /// The comment, as `roadbook diff --format markdown` writes it
    #[arg(long, value_name = "FILE")]
    pub body_file: PathBuf,
    /// Whose comment it is [default: whoever the token belongs to]
    #[arg(long, value_name = "LOGIN")]
    pub author: Option<String>,
    /// Read everything, write nothing, and print the comment
    #[arg(long)]
    pub dry_run: bool,
}

/// Write the weekly mail.
#[derive(Debug, Clone, Args)]
pub struct Email {
    /// The project's folder, or a roadmap alone
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The week of the plan to tell of [default: the one of the day to look at]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub week: Option<u32>,
    /// Whom it is for, by a name under `[email.audiences]` [default: each of them]
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,
    /// Write each mail as .eml, .html and .txt: to a folder that is absent, empty, or made by roadbook
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Show the mails in a browser, from a server that only this machine reaches; Ctrl-C ends it
    #[arg(long, conflicts_with_all = ["out", "send"])]
    pub preview: bool,
    /// The port for --preview; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 4000, requires = "preview")]
    pub port: u16,
    /// With --preview: print the address, and open no browser
    #[arg(long, requires = "preview")]
    pub no_open: bool,
    /// The site's address, for links to it [default: the setting `email.site_url`]
    #[arg(long, value_name = "URL", value_parser = site)]
    pub base_url: Option<String>,
    /// Send the mails by the server that `ROADBOOK_SMTP_URL` names, each recipient once
    #[arg(long)]
    pub send: bool,
    /// Send the same mail again to those of whom nobody knows whether they have it
    #[arg(long, requires = "send")]
    pub resend_unknown: bool,
    /// The remote that the record of what was sent is pushed to [default: origin, where there is one]
    #[arg(long, value_name = "NAME", requires = "send")]
    pub remote: Option<String>,
    /// Which day, and from what was known on it.
    #[command(flatten)]
    pub when: When,
}

/// Explain a rule.
#[derive(Debug, Clone, Args)]
pub struct Explain {
    /// The rule; without it, all rules are listed
    pub rule: Option<String>,
}

/// Reads the address of a site.
fn site(text: &str) -> Result<String, String> {
    let url = site_url(text).map_err(|why| format!("{why}; write one such as https://example.org/plan/"))?;
    Ok(url.trim_end_matches('/').to_owned())
}

/// Build the site.
#[derive(Debug, Clone, Args)]
pub struct Build {
    /// The project's folder, a folder over several projects, or a roadmap alone
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The folder to write to: absent, empty, or made by roadbook
    #[arg(long, default_value = "output", value_name = "DIR")]
    pub out: PathBuf,
    /// The site's address, for links that need all of it
    #[arg(long, value_name = "URL", value_parser = site)]
    pub base_url: Option<String>,
    /// Which day, and from what was known on it.
    #[command(flatten)]
    pub when: When,
}
