//! How a project stands in one word, and on what it rests.

use super::support::{report, roadbook, understood, write};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;

/// Ten weeks with two items each, of which so many were done by the fifth.
fn project(done: usize) -> (String, String) {
    let mut plan = "# Plan\n\n**Start:** 2026-01-05\n**Target Launch:** 2026-03-13\n\n".to_owned();
    for week in 1..=10 {
        write!(plan, "### Week {week}: W\n\n- [ ] **P1-{:02}:** a\n- [ ] **P1-{:02}:** b\n\n", 2 * week - 1, 2 * week)
            .unwrap();
    }
    let mut standup = "## Week 5 Standup\n\n### Completed\n".to_owned();
    for at in 1..=done {
        writeln!(standup, "- [x] P1-{at:02}: x").unwrap();
    }
    (plan, standup)
}

/// Returns the chance of the launch day, and the word over the headline with why.
fn standing(done: usize) -> (f64, String) {
    let folder = tempfile::tempdir().unwrap();
    let (plan, standup) = project(done);
    write(folder.path(), &[("roadmap.md", plan.as_bytes()), ("standups/week-05.md", standup.as_bytes())]);
    let (path, out) = (folder.path().to_str().unwrap(), folder.path().join("site"));
    let ran = roadbook(&["build", path, "--out", out.to_str().unwrap(), "--as-of", "2026-02-06"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let read = |name: &str| serde_json::from_str::<Value>(&fs::read_to_string(out.join(name)).unwrap()).unwrap();
    let chance = read("data/report.json")["forecast"]["on_time_probability"].as_f64().unwrap();
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let word = read("badges/status.json")["message"].as_str().unwrap().to_owned();
    let why =
        ["the chance of the launch day is red", "the chance of the launch day is amber", "chance of the launch day"];
    let why = why.iter().find(|it| page.contains(**it)).unwrap_or(&"");
    (chance, format!("{} {why}", word.to_lowercase()).trim().to_owned())
}

#[test]
fn a_lower_chance_is_never_a_better_word() {
    let rank = |word: &str| {
        let words = ["off track", "at risk", "on track"];
        words.iter().position(|it| word.starts_with(it)).unwrap_or_else(|| panic!("{word}"))
    };
    let all: Vec<(f64, String)> = [2, 6, 8, 9, 10, 11, 12, 14].into_iter().map(standing).collect();
    for pair in all.windows(2) {
        assert!(pair[0].0 <= pair[1].0 && rank(&pair[0].1) <= rank(&pair[1].1), "{all:?}");
    }
    let words: Vec<&str> = all.iter().map(|it| it.1.as_str()).collect();
    assert!(words.iter().any(|it| it.contains("chance of the launch day")), "{all:?}");
    assert!(all.iter().all(|it| 0.3 <= it.0 || it.1.starts_with("off track")), "{all:?}");
}

#[test]
fn an_index_without_a_base_is_not_shown() {
    let plan =
        "# Plan\n\n**Start:** 2026-01-05\n\n## Phase 1: A (Week 1-4)\n\n- [ ] **P1-01:** a\n- [ ] **P1-02:** b\n";
    let standup = ("standups/week-01.md", "## Week 1 Standup\n\n### Completed\n- [x] P1-01: a\n");
    let report = report(&understood(plan, &[standup], "2026-01-09"));
    let schedule = &report["health"]["delivery"]["parts"][0];
    assert_eq!((&schedule["name"], &schedule["value"]), (&Value::from("schedule"), &Value::Null), "{schedule}");
}
