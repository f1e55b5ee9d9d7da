//! The weekly mail: whole texts, and every figure of it traced to the report.
//!
//! A new case is a new folder under `tests/cases/email/` with an `input` and its `arguments`.

use super::cases::folders;
use super::git_history::made::Put;
use super::history::{built, repository};
use super::support::{Ran, ran, root};
use chrono::Datelike as _;
use roadbook::views::burndown_figure::TRACK_RECORD;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What a run wrote: the folder, and what was said.
struct Written {
    folder: TempDir,
    ran: Ran,
}

impl Written {
    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join("mail").join(name)).unwrap()
    }

    fn names(&self, ending: &str) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("mail")).into_iter().flatten();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|it| it.ends_with(ending)).collect();
        names.sort();
        names
    }
}

fn written(plan: &Path, arguments: &[&str]) -> Written {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mail");
    let fixed = ["email", plan.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let mut ran = ran(&[&fixed[..], arguments].concat());
    for text in [&mut ran.out, &mut ran.err] {
        *text = text.replace(out.to_str().unwrap(), "[OUT]");
    }
    Written { folder, ran }
}

#[test]
fn every_case() {
    let cases = folders(&root().join("tests/cases/email"));
    assert!(5 <= cases.len(), "the cases are gone: {cases:?}");
    for case in cases {
        let arguments = fs::read_to_string(case.join("arguments")).unwrap();
        // The cases lie in a repository of their own, whose commits say nothing about them.
        let arguments: Vec<&str> = arguments.split_whitespace().chain(["--no-history"]).collect();
        let it = written(&case.join("input"), &arguments);
        let mut said = format!("status: {}\n--- out\n{}--- err\n{}", it.ran.status, it.ran.out, it.ran.err);
        for name in it.names(".txt") {
            write!(said, "--- {name}\n{}", it.read(&name)).unwrap();
        }
        insta::with_settings!({ snapshot_path => case, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("mails", said);
        });
    }
}

#[test]
fn the_sample_s_mail_is_whole() {
    let it = written(&root().join("content"), &["--week", "3", "--base-url", "https://example.org/portal/"]);
    assert_eq!(it.ran.status, 0, "{}", it.ran.err);
    insta::assert_snapshot!("sample_text", it.read("stakeholders.txt"));
    insta::assert_snapshot!("sample_html", it.read("stakeholders.html"));
    assert_eq!(it.names(".png"), ["burnup.png", "forecast.png"]);
}

#[test]
fn equal_input_gives_equal_mails() {
    let [a, b] = [(); 2].map(|()| written(&root().join("content"), &["--week", "3"]));
    for name in a.names("") {
        let bytes = |it: &Written| fs::read(it.folder.path().join("mail").join(&name)).unwrap();
        assert!(bytes(&a) == bytes(&b), "{name} differs");
    }
}

const HEAD: &str = "# Plan\n**Start:** 2023-11-13\n**Target Launch:** 2023-12-15\n\n## Phase 1: Build (Week 1-5)\n\n";

#[test]
fn what_changed_in_the_plan_is_told() {
    let first = format!(
        "{HEAD}### Week 1: One\n- [ ] **P1-01:** Parse\n- [ ] **P1-02:** Draw\n### Week 2: Two\n### Week 3: Three\n- [ ] **P1-03:** Send\n"
    );
    let second = format!(
        "{HEAD}### Week 1: One\n- [x] **P1-01:** Parse\n### Week 2: Two\n- [ ] **P1-02:** Draw\n- [ ] **P1-04:** Print\n### Week 3: Three\n"
    );
    let standup = "# Week 1 Standup\n## Completed\n- P1-01: Parsed\n";
    let made = repository(&[
        (0, &[("roadmap.md", Put(&first))]),
        (4, &[("standups/week-01.md", Put(standup))]),
        (9, &[("roadmap.md", Put(&second))]),
    ]);
    let it = written(made.path(), &["--as-of", "2023-11-24"]);
    insta::assert_snapshot!("changed_plan", it.read("stakeholders.txt"));
    // Before the change there is nothing to tell of it.
    let before = written(made.path(), &["--as-of", "2023-11-22"]).read("stakeholders.txt");
    assert!(before.contains("Nothing: 3 items"), "{before}");
    let new = written(made.path(), &["--as-of", "2023-11-16"]).read("stakeholders.txt");
    assert!(new.contains("The plan is new: its first version is of"), "{new}");
}

#[test]
fn a_week_that_cannot_be_told_is_refused() {
    let said = |arguments: &[&str]| {
        let plan = root().join("content");
        let it = ran(&[&["email", plan.to_str().unwrap()], arguments].concat());
        (it.status, it.err)
    };
    let wrong = |what: &str, help: &str| (2, format!("error: {what}\n  help: {help}\n"));
    assert_eq!(
        said(&["--week", "5"]),
        wrong("week 5 begins on 2026-02-16, after 2026-02-06", "name a week that has begun")
    );
    assert_eq!(
        said(&["--week", "2", "--as-of", "2026-02-06"]),
        wrong("2026-02-06 does not lie in week 2", "leave out --week, or --as-of")
    );
    assert_eq!(
        said(&["--audience", "board"]),
        wrong("no audience \"board\"", "write it into roadbook.toml: [email.audiences.NAME]")
    );
}

/// Every figure of the HTML stands in the text; and each is one of the report of the day, of the report of a week before, or counted
/// from them here a second way.
#[test]
fn every_figure_leads_back_to_the_report() {
    let content = root().join("content");
    for (week, day, before) in [("3", "2026-02-06", "2026-01-30"), ("2", "2026-01-30", "2026-01-23")] {
        let it = written(&content, &["--week", week]);
        // How well the model did elsewhere is no figure of the plan.
        let html = visible(&it.read("stakeholders.html")).replace(TRACK_RECORD.split(';').next().unwrap(), "");
        let text = it.read("stakeholders.txt");
        let in_text = figures(&text);
        let [now, then] = [day, before].map(|day| built(&content, &["--as-of", day]).report);
        let mut known = BTreeSet::new();
        for report in [&now, &then] {
            known_in(report, &mut known);
        }
        counted(&now, &then, &mut known);
        for figure in figures(&html) {
            assert!(in_text.contains(&figure), "week {week}: {figure} is not in the text\n{text}");
            assert!(known.contains(&figure), "week {week}: {figure} is not in the report\n{html}");
        }
    }
}

/// Returns what a reader sees of HTML, words of pictures included.
fn visible(html: &str) -> String {
    let body = html.split_once("<main>").unwrap().1;
    let alts = body.split(" alt=\"").skip(1).map(|it| it.split('"').next().unwrap().to_owned());
    let alts: Vec<String> = alts.collect();
    let mut seen = String::new();
    let mut is_inside = false;
    for letter in body.chars() {
        match letter {
            '<' => is_inside = true,
            '>' => {
                is_inside = false;
                seen.push(' ');
            }
            it if !is_inside => seen.push(it),
            _ => {}
        }
    }
    format!("{seen} {}", alts.join(" ")).replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<")
}

/// Returns the numbers of a text; what is glued to letters, as in an ID, is one of the plan's words.
fn figures(text: &str) -> BTreeSet<String> {
    let parts = text.split(|it: char| !(it.is_ascii_alphanumeric() || "-.%:".contains(it)));
    let trimmed = parts.map(|it| it.trim_matches(|it: char| "-.:%".contains(it)));
    trimmed
        .filter(|it| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit() || it == '.'))
        .map(str::to_owned)
        .collect()
}

/// Collects the numbers of a report: as they are, as percentages, days of months, and those in its words.
fn known_in(value: &Value, known: &mut BTreeSet<String>) {
    match value {
        Value::Number(it) => {
            let number = it.as_f64().unwrap();
            known.insert(format!("{number}"));
            known.insert(format!("{:.0}", number * 100.0));
        }
        Value::String(it) => {
            if let Ok(day) = it.parse::<chrono::NaiveDate>() {
                known.insert(day.format("%-d").to_string());
                known.insert(day.format("%Y").to_string());
            }
            known.extend(figures(it));
            // SPI(t) of the delivery index is told in percent.
            known.extend(
                figures(it).iter().filter_map(|it| it.parse::<f64>().ok()).map(|it| format!("{:.0}", it * 100.0)),
            );
        }
        Value::Array(all) => all.iter().for_each(|it| known_in(it, known)),
        Value::Object(all) => {
            // Where a thing stands is no figure of it.
            let told = all.iter().filter(|(key, _)| !["line", "column", "path", "related"].contains(&key.as_str()));
            told.for_each(|(_, it)| known_in(it, known));
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Counts a second way what a mail says of lists: items finished in the week, blocked, late; decisions; days to the next gate.
fn counted(now: &Value, then: &Value, known: &mut BTreeSet<String>) {
    let day = |it: &Value| it.as_str().and_then(|it| it.parse::<chrono::NaiveDate>().ok());
    let as_of = day(&now["as_of"]).unwrap();
    let tasks = |report: &Value| report["tasks"].as_array().unwrap().clone();
    let done = |report: &Value| tasks(report).iter().filter(|it| it["state"] == "done").count();
    known.insert((done(now) - done(then)).to_string());
    known.insert(tasks(now).iter().filter(|it| it["state"] == "blocked").count().to_string());
    let is_open = |it: &Value| ["todo", "in_progress", "blocked"].contains(&it["state"].as_str().unwrap());
    let late: Vec<_> =
        tasks(now).iter().filter(|it| is_open(it)).filter_map(|it| day(&it["end"])).filter(|it| *it < as_of).collect();
    known.insert(late.len().to_string());
    for end in late {
        let working =
            end.iter_days().skip(1).take_while(|it| *it <= as_of).filter(|it| it.weekday().num_days_from_monday() < 5);
        known.insert(working.count().to_string());
    }
    let gates = now["gates"].as_array().unwrap();
    for gate in gates {
        if let Some(due) = day(&gate["due"]) {
            known.insert((due - as_of).num_days().to_string());
        }
        let exit: Vec<&Value> = gate["criteria"].as_array().unwrap().iter().filter(|it| it["kind"] == "exit").collect();
        known.insert(exit.len().to_string());
        for state in ["met", "not_met", "needs_sign_off", "unknown"] {
            known.insert(exit.iter().filter(|it| it["state"] == state).count().to_string());
        }
    }
    let risks = now["risks"].as_array().unwrap().len();
    let named = now["standups"].as_array().unwrap().last().map_or(0, |it| it["risks"].as_array().unwrap().len());
    known.extend(
        (0..=risks + named).map(|it| it.to_string()).filter(|it| *it == (risks + named).saturating_sub(4).to_string()),
    );
    // The numbers of risks and decisions, the moment, and the day's own.
    known.extend(["1", "2", "3", "17", "00"].map(str::to_owned));
    known.insert(as_of.format("%-d").to_string());
    known.insert("100".to_owned());
}
