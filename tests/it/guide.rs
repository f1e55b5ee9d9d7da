//! The guide says what is true: its links lead somewhere, its commands run, its plans are read without a finding, and what is made of
//! the program's own tables is current.

use super::support::{root, write};
use clap::Parser as _;
use roadbook::cli::Cli;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Commands that are read and not run, by a word in them, each with its reason.
const NOT_RUN: &[(&str, &str)] = &[
    ("roadbook serve", "it goes on until Ctrl-C; tests/it/serve.rs"),
    ("roadbook lsp", "an editor starts it"),
    ("roadbook comment", "it asks GitHub; tests/it/comment"),
    ("--preview", "it goes on until Ctrl-C"),
    ("--send", "it needs a mail server; tests/smtp"),
    ("roadbook init", "it writes a project; it has tests of its own"),
    ("roadbook standup", "it writes a file; it has tests of its own"),
    ("roadbook tick", "it changes a file; it has tests of its own"),
    ("roadbook progress", "it changes a file; it has tests of its own"),
    ("roadbook block", "it changes a file; it has tests of its own"),
    ("roadbook export", "it has tests of its own"),
    ("| man -l -", "man is not everywhere; tests/it/manual.rs"),
    ("| Out-String", "PowerShell is not here"),
];

fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for folder in ["", "docs"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "md") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                pages.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    pages
}

/// A fenced block: what stands behind its fence, and its lines.
struct Block {
    info: String,
    text: String,
}

/// Parts a page into its words and its fenced blocks.
fn parted(page: &str) -> (String, Vec<Block>) {
    let (mut words, mut blocks, mut open) = (String::new(), Vec::<Block>::new(), false);
    for line in page.lines() {
        if let Some(info) = line.strip_prefix("```") {
            open = !open;
            if open {
                blocks.push(Block { info: info.trim().to_owned(), text: String::new() });
            }
        } else if open {
            let block = blocks.last_mut().unwrap();
            block.text += line;
            block.text.push('\n');
        } else {
            words += line;
            words.push('\n');
        }
    }
    assert!(!open, "a block is not closed");
    (words, blocks)
}

/// What GitHub and mdBook call the anchor of a heading.
fn anchor(heading: &str) -> String {
    let text: String = heading.chars().filter(|it| !matches!(it, '`' | '*')).collect();
    let kept = text.trim().to_lowercase();
    kept.chars()
        .filter_map(|it| match it {
            ' ' => Some('-'),
            it if it.is_alphanumeric() || matches!(it, '-' | '_') => Some(it),
            _ => None,
        })
        .collect()
}

fn anchors(page: &str) -> BTreeSet<String> {
    let (words, _) = parted(page);
    words.lines().filter(|it| it.starts_with('#')).map(|it| anchor(it.trim_start_matches('#'))).collect()
}

/// The targets of links and pictures, outside of code.
fn targets(words: &str) -> Vec<String> {
    let mut bare = String::new();
    for (at, part) in words.split('`').enumerate() {
        // In the words of a link code may stand; a target never holds any.
        bare += if at % 2 == 0 { part } else { "x" };
    }
    let mut found = Vec::new();
    for (at, _) in bare.match_indices("](") {
        let rest = &bare[at + 2..];
        found.push(rest[..rest.find(')').unwrap_or(0)].to_owned());
    }
    found
}

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for (name, page) in &pages {
        let (words, _) = parted(page);
        for target in targets(&words) {
            if target.starts_with("https://") || target.starts_with("mailto:") || target.is_empty() {
                continue;
            }
            looked_at += 1;
            let (file, place) = target.split_once('#').unwrap_or((&target, ""));
            let folder = Path::new(name).parent().unwrap();
            let path = if file.is_empty() { PathBuf::from(name) } else { folder.join(file) };
            let known = path.to_string_lossy().replace('\\', "/");
            if !root().join(&path).exists() {
                wrong.push(format!("{name}: {target} is not there"));
            } else if !place.is_empty() && !pages.get(&known).is_some_and(|it| anchors(it).contains(place)) {
                wrong.push(format!("{name}: {target} has no such heading"));
            }
            if name.starts_with("docs/") && file.starts_with("../") {
                wrong.push(format!("{name}: {target} lies outside of the book"));
            }
        }
    }
    assert!(100 < looked_at, "only {looked_at} links were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every page stands in the list once, and every entry of it is a page.
#[test]
fn the_list_has_every_page() {
    let pages = pages();
    let mut listed = targets(&pages["docs/SUMMARY.md"]);
    listed.sort();
    let mut own: Vec<String> = pages.keys().filter_map(|it| it.strip_prefix("docs/")).map(str::to_owned).collect();
    own.retain(|it| it != "SUMMARY.md");
    assert_eq!(listed, own);
    for page in own {
        let text = &pages[&format!("docs/{page}")];
        assert!(text.starts_with("# "), "{page} begins with no title");
    }
}

/// Commands stand at the beginning of a line of a block that a shell reads; `[` and capitals stand for something.
fn commands(page: &str) -> Vec<String> {
    let (_, blocks) = parted(page);
    let shells = blocks.iter().filter(|it| matches!(it.info.split(' ').next(), Some("sh" | "console")));
    let mut found = Vec::new();
    for line in shells.flat_map(|it| it.text.lines()) {
        let line = line.trim_start_matches("$ ").split(" #").next().unwrap_or_default().trim_end();
        let names_something = line.contains('[') || line.contains('…') || line.contains('<');
        if line.starts_with("roadbook ") && !names_something {
            found.push(line.to_owned());
        }
    }
    found
}

/// The words of a command as a shell parts them.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for letter in command.split(['>', '|', ';', '&']).next().unwrap_or_default().chars() {
        match letter {
            '"' | '\'' => quoted = !quoted,
            ' ' if !quoted => words.extend(Some(std::mem::take(&mut word)).filter(|it| !it.is_empty())),
            it => word.push(it),
        }
    }
    words.extend(Some(word).filter(|it| !it.is_empty()));
    words
}

#[test]
fn every_command_of_the_guide_is_one() {
    let mut count = 0;
    for (name, page) in pages() {
        for command in commands(&page) {
            count += 1;
            if let Err(error) = Cli::try_parse_from(words(&command)) {
                assert!(!error.use_stderr(), "{name}: {command}\n{error}");
            }
        }
    }
    assert!(10 < count, "only {count} commands were found");
}

/// A repository with the sample plan, a branch that plans otherwise, and two folders to compare.
fn repository() -> tempfile::TempDir {
    let work = tempfile::tempdir().unwrap();
    let files = super::support::tree(&root().join("content"));
    let copy = |folder: &Path| {
        for (name, bytes) in &files {
            write(folder, &[(name, bytes)]);
        }
    };
    copy(work.path());
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
        let mut command = super::git_history::made::command(work.path(), &[&who[..], arguments].concat());
        assert!(command.status().unwrap().success(), "git {arguments:?}");
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "plan"]);
    git(&["checkout", "-q", "-b", "replan"]);
    let roadmap = work.path().join("roadmap.md");
    let replanned = fs::read_to_string(&roadmap).unwrap().replacen("- [ ] ", "- [x] ", 1);
    fs::write(&roadmap, replanned).unwrap();
    git(&["commit", "-q", "-am", "replan"]);
    git(&["checkout", "-q", "main"]);
    for name in ["old", "new"] {
        copy(&work.path().join(name));
    }
    work
}

#[test]
fn every_command_of_the_guide_runs() {
    let mut ran = 0;
    for (name, page) in pages() {
        let commands = commands(&page);
        if commands.iter().all(|command| NOT_RUN.iter().any(|(it, _)| command.contains(it))) {
            continue;
        }
        let work = repository();
        for command in commands {
            if NOT_RUN.iter().any(|(it, _)| command.contains(it)) {
                continue;
            }
            let mut program = Command::new(env!("CARGO_BIN_EXE_roadbook"));
            let said =
                program.args(&words(&command)[1..]).current_dir(work.path()).env("HOME", work.path()).output().unwrap();
            let err = String::from_utf8_lossy(&said.stderr);
            assert!(said.status.code().is_some_and(|it| it != 2 && it < 5), "{name}: {command}\n{err}");
            ran += 1;
        }
    }
    assert!(6 < ran, "only {ran} commands ran");
}

#[test]
fn the_reasons_are_needed() {
    let all: Vec<String> = pages().values().flat_map(|it| commands(it.as_str())).collect();
    for (word, _) in NOT_RUN.iter().filter(|(it, _)| matches!(*it, "--preview" | "--send" | "| man -l -")) {
        assert!(all.iter().any(|it| it.contains(word)), "no command has {word}");
    }
}

/// A block "markdown roadmap.md" is that file; after each of them the check has nothing against the plan, and the site is built.
#[test]
fn plans_of_the_guide_are_read_without_a_finding() {
    let mut steps = 0;
    for (name, page) in pages() {
        let work = tempfile::tempdir().unwrap();
        for block in parted(&page).1 {
            let Some(file) = block.info.strip_prefix("markdown ") else { continue };
            write(work.path(), &[(file, block.text.as_bytes())]);
            let plan = work.path().to_str().unwrap();
            let day = if file.starts_with("standups/") { "2026-01-09" } else { "2026-01-05" };
            let checked = super::support::roadbook(&["check", plan, "--strict", "--as-of", day]);
            assert_eq!(checked.status, 0, "{name}: {file}\n{}{}", checked.out, checked.err);
            let site = tempfile::tempdir().unwrap();
            let out = site.path().join("site");
            let built = super::support::roadbook(&["build", plan, "--out", out.to_str().unwrap(), "--as-of", day]);
            assert_eq!((built.status, built.err.as_str()), (0, ""), "{name}: {file}");
            // What a page shows is read as more than text.
            let report: serde_json::Value =
                serde_json::from_slice(&fs::read(out.join("data/report.json")).unwrap()).unwrap();
            let lost =
                report["files"].as_array().unwrap().iter().map(|it| it["not_understood"].as_array().unwrap().len());
            assert_eq!(lost.sum::<usize>(), 0, "{name}: {file}");
            steps += 1;
        }
    }
    assert!(6 <= steps, "only {steps} plans were found");
}

/// A block of TOML is one of settings, unless it says otherwise behind its fence.
#[test]
fn settings_of_the_guide_are_settings() {
    let mut count = 0;
    for (name, page) in pages() {
        for block in parted(&page).1.iter().filter(|it| it.info == "toml") {
            let work = tempfile::tempdir().unwrap();
            write(work.path(), &[("roadmap.md", b"# Plan\n\n- [ ] One\n"), ("roadbook.toml", block.text.as_bytes())]);
            let ran = super::support::roadbook(&["check", work.path().to_str().unwrap()]);
            assert_ne!(ran.status, 2, "{name}: {}\n{}", block.text, ran.err);
            count += 1;
        }
    }
    assert!(2 < count, "only {count} settings were found");
}

/// The figures of the page are those of the sample plan.
#[test]
fn the_forecast_of_the_guide_is_that_of_the_sample() {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let ran =
        super::support::roadbook(&["build", root().join("content").to_str().unwrap(), "--out", site.to_str().unwrap()]);
    assert_eq!(ran.status, 0);
    let report: serde_json::Value = serde_json::from_slice(&fs::read(site.join("data/report.json")).unwrap()).unwrap();
    let day = |it: &serde_json::Value| {
        let day: roadbook::calendar::Day = it.as_str().unwrap().parse().unwrap();
        day.format("%-d %B %Y").to_string()
    };
    let (forecast, items) = (&report["forecast"], &report["progress"]["items"]);
    let expected = [
        format!("For the sample plan, on {}:", day(&report["as_of"])),
        format!("| half of such plans would be done by | {} |", day(&forecast["p50"])),
        format!("| 85 of 100 would be done by | {} |", day(&forecast["p85"])),
        format!(
            "| chance to be done by the target, {} | {:.0}% |",
            day(&report["plan"]["target"]),
            100.0 * forecast["on_time_probability"].as_f64().unwrap()
        ),
        format!(
            "| it knows | {} weeks of finished work; {} of {} items are done |",
            forecast["weeks_of_data"], items["done"], items["total"]
        ),
    ];
    let page = &pages()["docs/forecast.md"];
    for line in expected {
        assert!(page.contains(&line), "docs/forecast.md lacks: {line}");
    }
}

fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = line(heads.iter().map(|it| (*it).to_owned()).collect());
    writeln!(text, "|{}", "-|".repeat(heads.len())).unwrap();
    for row in rows {
        assert_eq!(row.len(), heads.len(), "{row:?}");
        text += &line(row.clone());
    }
    text
}

/// A page that is made of the program's own tables; `INSTA_UPDATE=always cargo test guide` writes it.
fn is_current(name: &str, text: &str) {
    let path = root().join(name);
    if std::env::var("INSTA_UPDATE").is_ok_and(|it| it == "always") {
        fs::write(&path, text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "{name} is old: INSTA_UPDATE=always cargo test guide");
}

#[test]
fn the_format_reference_is_current() {
    let mut page = "# The format: all words and marks\n\nMade of the lists that roadbook itself reads with, so that it cannot say anything else. \
                    [Write a plan](write-a-plan.md) shows how they come together, [limits](limits.md) what is not read.\n\nNot in these lists, \
                    since they are forms rather than words: IDs, days (examples stand below), dependencies within a line, signatures and waivers (see \
                    [gates](gates.md)), amounts of money, and the words by which a line says that something was decided (see \
                    [decisions](decisions.md)). Which language a word is of is not kept: only its letters are told apart.\n"
        .to_owned();
    for section in roadbook::reading::reference() {
        write!(page, "\n## {}\n\n{}\n\n{}", section.title, section.words, table(section.heads, &section.rows)).unwrap();
    }
    page += "\n## Days\n\nIn labels, headings and columns:\n\n";
    let rows: Vec<Vec<String>> = DAYS.iter().map(|(form, _)| vec![format!("`{form}`")]).collect();
    page += &table(&["one of"], &rows);
    page += "\nIn a standup a day without a year is the one nearest to its other days; of `3/4/26` the other days of the file decide which is \
             the month, and where they do not, `ambiguous-date` says so.\n";
    is_current("docs/format.md", &page);
}

/// Forms of days, each with the day that it is.
const DAYS: [(&str, &str); 8] = [
    ("2026-03-15", "2026-03-15"),
    ("2026-03-15T10:00:00Z", "2026-03-15"),
    ("15 March 2026", "2026-03-15"),
    ("March 15, 2026", "2026-03-15"),
    ("15 Mar 2026", "2026-03-15"),
    ("15.03.2026", "2026-03-15"),
    ("3/15/2026", "2026-03-15"),
    ("2026年3月15日", "2026-03-15"),
];

#[test]
fn days_of_the_reference_are_read() {
    for (form, day) in DAYS {
        assert_eq!(roadbook::reading::date(form).map(|it| it.to_string()).as_deref(), Some(day), "{form}");
    }
}

/// Marks of the reference do what it says, in a whole plan.
#[test]
fn marks_of_the_reference_are_read() {
    let names = [
        ("nothing yet", "todo"),
        ("in progress", "in_progress"),
        ("blocked", "blocked"),
        ("done", "done"),
        ("dropped", "dropped"),
    ];
    let mut looked_at = 0;
    for section in roadbook::reading::reference().iter().filter(|it| it.heads.get(1) == Some(&"says")) {
        for row in &section.rows {
            let expected =
                names.iter().find(|(it, _)| *it == row[1].to_lowercase()).unwrap_or_else(|| panic!("{row:?}")).1;
            let marks = row[0]
                .split(", ")
                .flat_map(|it| if it.starts_with('`') { vec![it.trim_matches('`')] } else { it.split(' ').collect() });
            for mark in marks {
                let plan = format!("# Plan\n\n- [ ] One\n- [{mark}] Two\n");
                let report = super::support::report(&super::support::understood(&plan, &[], "2026-02-06"));
                let found = report["tasks"].as_array().unwrap().iter().find(|it| it["title"] == "Two");
                let state = found.map_or("none", |it| it["state"].as_str().unwrap());
                // A sign that GFM knows as none, such as a list of things to do, is a title's own where it stands in a bracket.
                if section.title == "Symbols" && expected == "todo" {
                    continue;
                }
                assert_eq!(state, expected, "{mark}");
                looked_at += 1;
            }
        }
    }
    assert!(25 < looked_at, "only {looked_at} marks were looked at");
}

#[test]
fn the_list_of_rules_is_current() {
    let mut page = "# Rules of the check\n\nWhat `roadbook check` looks for. `roadbook explain RULE` says why it matters, and what to write \
                    instead. A rule gets another level in the settings (`[check]`), and one place is silenced by\n\
                    `<!-- roadbook: allow RULE: reason -->` on the line before.\n\n"
        .to_owned();
    let rows: Vec<Vec<String>> = roadbook::checks::all()
        .iter()
        .map(|it| vec![format!("`{}`", it.name), it.severity.name().to_owned(), it.what.replace('|', "\\|")])
        .collect();
    page += &table(&["rule", "level", "what"], &rows);
    is_current("docs/rules.md", &page);
}
