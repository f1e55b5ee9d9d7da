//! One file for each command: read, run, write, report.

mod build;
mod check;
mod comment;
mod completions;
mod diff;
mod edit;
pub mod email;
mod explain;
mod export;
mod init;
mod lsp;
mod man;
mod serve;
mod standup;

mod input;
mod repairs;

use crate::calendar::Day;
use crate::cli::{Cli, ColorChoice, Command};
use crate::diagnostic::{Diagnostic, Severity, print};
use crate::edge::{Failure, Post, Web, browse};
use crate::settings::Settings;
use crate::text::SourceFile;
use chrono::{DateTime, Utc};
use std::io::{self, Write};

/// What the world outside says: the clock and the environment, read once.
#[derive(Debug, Clone)]
pub struct World {
    /// The moment the program was started.
    pub now: DateTime<Utc>,
    /// The value of `SOURCE_DATE_EPOCH`.
    pub source_date_epoch: Option<String>,
    /// Whether complaints go to a terminal that wants colours.
    pub colour: bool,
    /// Whether results go to such a terminal.
    pub colour_results: bool,
    /// Whether results go to a terminal, and so to somebody who sits there.
    pub is_terminal: bool,
    /// What is said about GitHub, and how to wait for it.
    pub web: Web,
    /// What is said about the mail server, and how to wait for it.
    pub post: Post,
}

impl World {
    /// Returns the world with the clock asked again, for what goes on for days.
    fn at_this_moment(&self) -> Self {
        Self { now: (self.post.now)(), ..self.clone() }
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// Something in the world.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// A template.
    #[error(transparent)]
    Template(#[from] crate::render::TemplateError),
    /// Output that could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// Anything else that the user has to correct.
    #[error("{what}")]
    Usage {
        /// What is wrong.
        what: String,
        /// What to do.
        help: String,
    },
}

impl CommandError {
    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Failure(it) => Some(&it.help),
            Self::Usage { help, .. } => Some(help),
            Self::Template(it) => Some(&it.help),
            Self::Output(_) => None,
        }
    }

    /// Returns what is wrong in a file, place by place, where that is known.
    #[must_use]
    pub fn places(&self) -> Option<(&SourceFile, &[Diagnostic])> {
        match self {
            Self::Failure(it) => it.found.as_deref().map(|it| (&it.file, it.diagnostics.as_slice())),
            Self::Template(it) => it.found.as_deref().map(|(file, found)| (file, std::slice::from_ref(found))),
            Self::Usage { .. } | Self::Output(_) => None,
        }
    }
}

impl From<crate::editing::Refusal> for CommandError {
    fn from(it: crate::editing::Refusal) -> Self {
        Self::Usage { what: it.what, help: it.help }
    }
}

/// Runs a command, and returns the exit status: 0 fine, 1 findings, 2 cannot do it.
pub fn run(cli: &Cli, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let result = match &cli.command {
        Command::Build(it) => build::run(it, cli, world, out, err),
        Command::Check(it) => check::run(it, cli, world, out, err),
        Command::Diff(it) => diff::run(it, cli, world, out),
        Command::Comment(it) => comment::run(it, cli, world, out, err),
        Command::Email(it) => email::run(it, cli, world, out, err),
        Command::Explain(it) => explain::run(it, out),
        Command::Init(it) => init::run(it, cli, world, out),
        Command::Serve(it) => serve::run(it, cli, world, out, err),
        Command::Standup(it) => standup::run(it, cli, world, out, err),
        Command::Tick(it) => edit::tick(it, cli, world, out),
        Command::Progress(it) => edit::progress(it, cli, world, out),
        Command::Block(it) => edit::block(it, cli, world, out),
        Command::Export(it) => export::run(it, cli, world, out),
        Command::Lsp => lsp::run(world, out),
        Command::Completions(it) => completions::run(it, out),
        Command::Man(it) => man::run(it, out),
    };
    match result {
        Ok(status) => status,
        // Whoever read the output has seen enough.
        Err(CommandError::Output(it)) if it.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            if let Some((file, found)) = error.places() {
                let _ = write!(err, "{}", print(found, &[file], colour(cli, world)));
            }
            // When not even this can be written, the exit status has to say it.
            let _ = writeln!(err, "error: {error}");
            let _ = error.help().map_or(Ok(()), |it| writeln!(err, "  help: {it}"));
            2
        }
    }
}

/// Returns the day to report for: the argument, the setting, `SOURCE_DATE_EPOCH`, today in the project's time zone.
fn as_of(argument: Option<Day>, settings: &Settings, world: &World) -> Result<Day, CommandError> {
    if let Some(day) = argument.or(settings.as_of.map(|it| it.0)) {
        return Ok(day);
    }
    Ok(moment(world)?.with_timezone(&settings.zone()).date_naive())
}

/// Returns the moment of the run: `SOURCE_DATE_EPOCH`, else that of the start.
fn moment(world: &World) -> Result<DateTime<Utc>, CommandError> {
    let Some(it) = &world.source_date_epoch else { return Ok(world.now) };
    it.trim().parse().ok().and_then(|it| DateTime::from_timestamp(it, 0)).ok_or_else(|| CommandError::Usage {
        what: format!("SOURCE_DATE_EPOCH is no number of seconds: \"{it}\""),
        help: "set it to seconds since 1970, or unset it".to_owned(),
    })
}

/// Says whether to colour complaints.
fn colour(cli: &Cli, world: &World) -> bool {
    chosen_colour(cli, world.colour)
}

/// Says whether to colour results.
fn colour_results(cli: &Cli, world: &World) -> bool {
    chosen_colour(cli, world.colour_results)
}

fn chosen_colour(cli: &Cli, by_itself: bool) -> bool {
    match cli.common.color {
        ColorChoice::Auto => by_itself,
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    }
}

/// Says where something is shown, such as "preview" at an address, and opens it in a browser.
fn show((what, url): (&str, &str), no_open: bool, (cli, world): (&Cli, &World), out: &mut dyn Write) -> io::Result<()> {
    if !cli.common.quiet {
        writeln!(out, "{what} at {url} (Ctrl-C ends it)")?;
        out.flush()?;
    }
    // Whoever reads the output in a file or a pipe is no one to open a window for.
    if world.is_terminal && !no_open && !browse(url) && !cli.common.quiet {
        writeln!(out, "no browser could be opened: open that address yourself")?;
    }
    Ok(())
}

/// How many complaints are shown in full.
const SHOWN: usize = 5;

/// Shows errors and warnings, the worst first, and counts the rest, which stands on a page.
fn complain(
    found: &[Diagnostic],
    files: &[SourceFile],
    page: &str,
    (cli, world): (&Cli, &World),
    err: &mut dyn Write,
) -> io::Result<()> {
    let mut worth: Vec<Diagnostic> = found.iter().filter(|it| it.severity != Severity::Info).cloned().collect();
    worth.sort_by_key(|it| it.severity);
    if cli.common.quiet {
        worth.retain(|it| it.severity == Severity::Error);
    }
    let files: Vec<_> = files.iter().collect();
    let shown = worth.get(..SHOWN.min(worth.len())).unwrap_or_default();
    write!(err, "{}", print(shown, &files, colour(cli, world)))?;
    let rest = worth.len() - shown.len();
    if 0 < rest {
        writeln!(err, "… and {rest} more: see {page}\n")?;
    }
    Ok(())
}
