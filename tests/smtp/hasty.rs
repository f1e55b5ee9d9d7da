//! roadbook with little patience, for `tests/smtp/run`: pauses and deadlines are short, all else is as in `src/main.rs`.
#![expect(clippy::disallowed_methods, reason = "the clock and the environment are read here, once")]

use clap::Parser as _;
use roadbook::cli::Cli;
use roadbook::commands::{World, run};
use roadbook::edge::{Post, Secret, Web};
use std::io;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let now = || chrono::DateTime::from(std::time::SystemTime::now());
    let post = Post {
        url: std::env::var("ROADBOOK_SMTP_URL").ok().map(|it| Secret::new(&it)),
        ca: std::env::var_os("ROADBOOK_SMTP_CA").map(Into::into),
        wait: |pause| std::thread::sleep(pause / 500),
        now,
        patience: Duration::from_millis(700),
    };
    let world = World {
        now: now(),
        source_date_epoch: None,
        colour: false,
        colour_results: false,
        is_terminal: false,
        web: Web::default(),
        post,
    };
    ExitCode::from(run(&Cli::parse(), &world, &mut io::stdout().lock(), &mut io::stderr().lock()))
}
