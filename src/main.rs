//! Arguments, the clock, the exit code: nothing else.
#![expect(clippy::disallowed_methods, reason = "the clock and the environment are read here, once")]

use clap::Parser as _;
use roadbook::cli::Cli;
use roadbook::commands::{World, run};
use roadbook::edge::{Post, Secret, Web};
use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let wants_colour = std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
    let web = Web {
        token: std::env::var("GITHUB_TOKEN").ok().map(|it| Secret::new(&it)),
        api: std::env::var("GITHUB_API_URL").ok(),
        ..Web::default()
    };
    let post = Post {
        url: std::env::var("ROADBOOK_SMTP_URL").ok().map(|it| Secret::new(&it)),
        ca: std::env::var_os("ROADBOOK_SMTP_CA").filter(|it| !it.is_empty()).map(Into::into),
        now: || chrono::DateTime::from(std::time::SystemTime::now()),
        ..Post::default()
    };
    let world = World {
        now: chrono::DateTime::from(std::time::SystemTime::now()),
        source_date_epoch: std::env::var("SOURCE_DATE_EPOCH").ok(),
        colour: wants_colour && io::stderr().is_terminal(),
        colour_results: wants_colour && io::stdout().is_terminal(),
        is_terminal: io::stdout().is_terminal(),
        web,
        post,
    };
    ExitCode::from(run(&cli, &world, &mut io::stdout().lock(), &mut io::stderr().lock()))
}
