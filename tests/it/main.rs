//! All tests at the boundary: whole inputs in, whole outputs compared.
#![expect(clippy::disallowed_methods, reason = "tests make files and run the program")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed"
)]

mod both_ways;
mod carets;
mod cases;
mod check;
mod comment;
mod corpus;
mod decisions;
mod degrade;
mod determinism;
mod dice;
mod diff;
mod diff_hostile;
mod editing;
mod email;
mod far_days;
mod feeds;
mod first_sight;
mod gfm;
mod git_history;
mod grammar;
mod guide;
mod history;
mod history_changes;
mod house;
mod init;
mod invariants;
mod live;
mod look;
mod lsp;
mod made_up;
mod mail;
mod manual;
mod measured;
mod metrics_page;
mod mutate;
mod own_look;
mod portfolio;
mod properties;
mod publishing;
mod reading;
mod reading_page;
mod serve;
mod settings;
mod shrink;
mod site_tools;
mod source_findings;
mod source_roadmap;
mod standing;
mod support;
mod terminal;
mod writing;
