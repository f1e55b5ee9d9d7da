//! What the program says at a terminal.

use super::support::roadbook;
use clap::CommandFactory as _;
use roadbook::cli::Cli;

#[test]
fn help_has_an_example() {
    let mut command = Cli::command();
    for sub in command.get_subcommands_mut() {
        let help = sub.render_long_help().to_string();
        assert!(help.contains("Example:"), "{help}");
    }
}

#[test]
fn a_missing_path_is_named() {
    let ran = roadbook(&["build", "no/such/place"]);
    let said = "error: no/such/place: cannot read it: it does not exist\n  help: check the path\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
}

#[test]
fn the_version_names_the_package() {
    assert!(roadbook::cli::VERSION.starts_with(env!("CARGO_PKG_VERSION")));
}
