//! Manual pages and completions: what they say, and that the programs they are for can use them.

use super::support::{ran, root};
use std::fs;
use std::path::Path;
use std::process::Command;

fn text(arguments: &[&str]) -> String {
    let ran = ran(arguments);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    ran.out
}

/// Says whether a program is there; a test that needs one does nothing without it, and says so.
fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        eprintln!("SKIPPED: {program} is not installed");
    }
    found
}

fn pages() -> (tempfile::TempDir, Vec<std::path::PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("man1");
    text(&["man", "--out", out.to_str().unwrap()]);
    let mut pages: Vec<_> = fs::read_dir(&out).unwrap().map(|it| it.unwrap().path()).collect();
    pages.retain(|it| it.extension().is_some_and(|it| it == "1"));
    pages.sort();
    (folder, pages)
}

#[test]
fn the_manual_page_of_roadbook() {
    let page = text(&["man"]);
    assert_eq!(page, text(&["man"]), "two runs differ");
    insta::assert_snapshot!(page.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"));
}

#[test]
fn the_manual_page_of_a_command() {
    let (_folder, pages) = pages();
    let page = pages.iter().find(|it| it.ends_with("roadbook-check.1")).unwrap();
    let page = fs::read_to_string(page).unwrap();
    insta::assert_snapshot!(page.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"));
}

#[test]
fn every_command_has_a_page_that_mandoc_has_nothing_against() {
    let (_folder, pages) = pages();
    let commands = roadbook::cli::grammar().get_subcommands().count();
    assert_eq!(pages.len(), 1 + commands);
    if !has("mandoc") {
        return;
    }
    for page in pages {
        let said = Command::new("mandoc").arg("-Tlint").arg(&page).output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        // A page has no date, so that the same source gives the same bytes.
        let wrong: Vec<_> = said.lines().filter(|it| !it.contains("missing date, using \"\"")).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(!said.is_empty(), "mandoc did not look at {}", page.display());
    }
}

#[test]
fn the_folder_of_somebody_else_gets_no_pages() {
    let ran = ran(&["man", "--out", root().join("tests").to_str().unwrap()]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("roadbook did not make this folder"), "{}", ran.err);
}

/// Runs a shell that reads nothing of its own, and returns what it says.
fn in_shell(shell: &str, arguments: &[&str], script: &str, at: &Path) -> String {
    let said =
        Command::new(shell).args(arguments).arg("-c").arg(script).current_dir(at).env("HOME", at).output().unwrap();
    let (out, err) = (String::from_utf8(said.stdout).unwrap(), String::from_utf8(said.stderr).unwrap());
    assert!(said.status.success() && err.is_empty(), "{shell}: {out}{err}");
    out
}

#[test]
fn bash_completes() {
    if !has("bash") {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    fs::write(work.path().join("roadbook"), text(&["completions", "bash"])).unwrap();
    let complete = |words: &str| {
        let script = format!(
            "source ./roadbook; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _roadbook roadbook \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; echo \"${{COMPREPLY[@]}}\""
        );
        in_shell("bash", &["--norc", "--noprofile"], &script, work.path())
    };
    assert_eq!(complete("roadbook che"), "check\n");
    assert_eq!(complete("roadbook check --form"), "--format\n");
    assert_eq!(complete("roadbook check --format ''"), "terminal json sarif github\n");
    assert_eq!(
        complete("roadbook completions ''").trim(),
        "-q -h --quiet --color --help bash elvish fish powershell zsh"
    );
}

#[test]
fn fish_completes() {
    if !has("fish") {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    fs::write(work.path().join("roadbook.fish"), text(&["completions", "fish"])).unwrap();
    let complete = |words: &str| {
        let said =
            in_shell("fish", &["--no-config"], &format!("source roadbook.fish; complete -C '{words}'"), work.path());
        said.lines().map(|it| it.split('\t').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(complete("roadbook che"), ["check"]);
    assert_eq!(complete("roadbook check --format "), ["github", "json", "sarif", "terminal"]);
}

#[test]
fn zsh_completes() {
    if !has("zsh") {
        return;
    }
    let work = tempfile::tempdir().unwrap();
    fs::write(work.path().join("_roadbook"), text(&["completions", "zsh"])).unwrap();
    // Completion wants a terminal, and a line that somebody types.
    let script = "zmodload zsh/zpty; zpty z 'zsh -f -i'; \
                  zpty -w z 'PS1=; fpath=($PWD $fpath); autoload -U compinit; compinit -D -u; roadbook() { print G\"\"OT $@ END }'; \
                  zpty -w z $'roadbook che\\t--format gi\\t'; zpty -r z said '*GOT * END*'; zpty -d z; print -r -- $said";
    let said = in_shell("zsh", &["-f"], script, work.path());
    assert!(said.contains("GOT check --format github"), "{said}");
}

#[test]
fn every_shell_has_a_script_that_names_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = text(&["completions", shell]);
        for command in roadbook::cli::grammar().get_subcommands() {
            assert!(script.contains(command.get_name()), "{shell} does not know {}", command.get_name());
        }
        assert_eq!(script, text(&["completions", shell]));
    }
}
