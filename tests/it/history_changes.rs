//! How the plan got here: what changed between its versions, how often items slipped, and what the forecast learns of it.

use super::git_history::made::{Put, git};
use super::history::{built, repository};
use super::support::{root, shared};
use serde_json::{Value, json};
use std::process::Command;

/// Returns the changes of the report: day, kind, name, and from what to what.
fn changes(report: &Value) -> Vec<String> {
    let line = |it: &Value| {
        let word = |key: &str| it[key].as_str().unwrap_or("-").to_owned();
        let gone = if it["key"].is_null() { ", no longer there" } else { "" };
        let tail = match (it["from"].as_str(), it["to"].as_str()) {
            (None, None) => String::new(),
            _ => format!(": {} > {}", word("from"), word("to")),
        };
        let commit = if it["commit"].is_string() { "" } else { ", not committed" };
        format!("{} {} {}{tail}{gone}{commit}", word("date"), word("kind"), word("name"))
    };
    report["history"]["changes"].as_array().unwrap().iter().map(line).collect()
}

const HEAD: &str = "# Plan\n**Start:** 2023-11-13\n\n## Phase 1: Build (Week 1-3)\n\n";

#[test]
fn what_changed_is_listed_by_name_and_day() {
    let first = "### Week 1: One\n- [ ] **P1-01:** Parse\n  - *Duration: 1d*\n- [ ] **P1-02:** Draw\n  - *Duration: 2d*\n- [ ] **P1-03:** Send\n\
                 ### Week 2: Two\n### Week 3: Three\n";
    // Draw goes to the next week and grows; Print comes.
    let second = "### Week 1: One\n- [x] **P1-01:** Parse\n  - *Duration: 1d*\n- [ ] **P1-03:** Send\n\
                  ### Week 2: Two\n- [ ] **P1-02:** Draw\n  - *Duration: 3d*\n- [ ] **P1-04:** Print\n### Week 3: Three\n";
    // Draw slips again, under another name; Parse is tidied away, Send taken out, Print dropped.
    let third = "### Week 1: One\n### Week 2: Two\n- [ ] ~~**P1-04:** Print~~\n\
                 ### Week 3: Three\n- [ ] **P1-02:** Draw it all\n  - *Duration: 3d*\n";
    // Draw comes back a week, and nothing of it is committed.
    let fourth = "### Week 1: One\n### Week 2: Two\n- [ ] **P1-02:** Draw it all\n  - *Duration: 3d*\n- [ ] ~~**P1-04:** Print~~\n### Week 3: Three\n";
    let [first, second, third, fourth] = [first, second, third, fourth].map(|it| format!("{HEAD}{it}"));
    let made = repository(&[
        (0, &[("roadmap.md", Put(&first))]),
        (3, &[("roadmap.md", Put(&second))]),
        (9, &[("roadmap.md", Put(&third))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-11-24"]);
    assert_eq!(
        changes(&it.report),
        [
            "2023-11-17 added P1-04: Print",
            "2023-11-17 moved P1-02: Draw it all: phase 1, week 1 > phase 1, week 2",
            "2023-11-17 rescheduled P1-02: Draw it all: 2023-11-17 > 2023-11-24",
            "2023-11-17 re_estimated P1-02: Draw it all: 2 > 3",
            "2023-11-23 dropped P1-04: Print",
            "2023-11-23 renamed P1-02: Draw it all: Draw > Draw it all",
            "2023-11-23 moved P1-02: Draw it all: phase 1, week 2 > phase 1, week 3",
            "2023-11-23 rescheduled P1-02: Draw it all: 2023-11-24 > 2023-12-01",
            "2023-11-23 tidied P1-01: Parse, no longer there",
            "2023-11-23 taken_out P1-03: Send, no longer there",
        ]
    );
    // Twice by five working days each.
    let slips = |report: &Value| {
        let task = report["tasks"].as_array().unwrap().iter().find(|it| it["id"] == "P1-02").unwrap().clone();
        task["slips"].clone()
    };
    assert_eq!(slips(&it.report), json!({"times": 2, "working_days": 10}));
    assert_eq!(it.report["history"]["baseline"], json!({"date": "2023-11-14", "items": 3, "added": 0}));
    let task = it.page("tasks/p1-02.html");
    for words in [
        "two times",
        "10 working days in all",
        "From Fri 17 Nov to Fri 24 Nov, 5 working days later",
        "From phase 1, week 2 to phase 1, week 3",
        "Was “Draw”",
        "From 2 d to 3 d",
    ] {
        assert!(task.contains(words), "{words}: {task}");
    }
    let page = it.page("history.html");
    for words in [
        "The plan shrank from 3 to 1 item",
        "1 taken out and 1 dropped",
        "and 1 taken out when done",
        "moved 2 times, 10 working days in all",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // On an earlier day nothing later is known.
    let it = built(made.path(), &["--as-of", "2023-11-20"]);
    assert_eq!(changes(&it.report).len(), 4);
    assert_eq!(slips(&it.report), json!({"times": 1, "working_days": 5}));
    // What is not committed yet has no commit, and an earlier day is no slip.
    std::fs::write(made.path().join("roadmap.md"), fourth).unwrap();
    let it = built(made.path(), &["--as-of", "2023-11-24"]);
    let last = changes(&it.report);
    assert!(
        last.contains(&"2023-11-24 rescheduled P1-02: Draw it all: 2023-12-01 > 2023-11-24, not committed".to_owned()),
        "{last:?}"
    );
    assert_eq!(slips(&it.report), json!({"times": 2, "working_days": 10}));
}

#[test]
fn another_name_or_number_of_a_phase_moves_nothing() {
    let plan = |one: &str, two: &str| format!("# Plan\n## {one}\n- [ ] Parse\n- [ ] Read\n## {two}\n- [ ] Draw\n");
    let made = repository(&[
        (0, &[("roadmap.md", Put(&plan("Ground", "Roof")))]),
        (2, &[("roadmap.md", Put(&plan("Foundations", "Roof")))]),
        (4, &[("roadmap.md", Put(&plan("Roof", "Foundations")))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-11-30"]);
    assert_eq!(
        changes(&it.report),
        [
            "2023-11-18 moved Parse: “Foundations” > “Roof”",
            "2023-11-18 moved Read: “Foundations” > “Roof”",
            "2023-11-18 moved Draw: “Roof” > “Foundations”",
        ],
        "a section with another name is the same; items that change places moved"
    );
}

#[test]
fn without_planned_days_the_weeks_so_far_make_the_forecast() {
    let plan = |done: usize, all: usize| {
        (0..all).fold("# Plan\n".to_owned(), |text, n| {
            format!("{text}- [{}] Piece number {n}\n", if n < done { 'x' } else { ' ' })
        })
    };
    let texts = [plan(0, 16), plan(2, 16), plan(3, 17), plan(3, 19), plan(6, 19)];
    let made = repository(&[
        (0, &[("roadmap.md", Put(&texts[0]))]),
        (6, &[("roadmap.md", Put(&texts[1]))]),
        (13, &[("roadmap.md", Put(&texts[2]))]),
        (20, &[("roadmap.md", Put(&texts[3]))]),
        (27, &[("roadmap.md", Put(&texts[4]))]),
    ]);
    // Four weeks after the first version: 2, 1, 0 and 3 finished, 3 of 19 came later. The reference says 78 and 191 working days
    // for the 13 that are open.
    let it = built(made.path(), &["--as-of", "2023-12-12"]);
    let forecast = &it.report["forecast"];
    assert_eq!(
        (&forecast["basis"], &forecast["weeks_of_data"], &forecast["note"]),
        (
            &json!("history"),
            &json!(4),
            &json!("From 4 weeks of finished work alone, since no item has a planned day; 3 items were added.")
        )
    );
    assert_eq!((&forecast["p50"], &forecast["p85"]), (&json!("2024-03-29"), &json!("2024-09-04")));
    let page = it.page("progress.html");
    assert!(page.contains("What the forecast said before"), "{page}");
    // Too little, and too long ago.
    let note = |day: &str| built(made.path(), &["--as-of", day]).report["forecast"]["note"].clone();
    assert!(note("2023-11-21").as_str().unwrap().contains("fewer than two weeks"));
    assert_eq!(note("2023-12-26"), "No forecast: nothing was reported for more than two weeks.");
}

#[test]
fn a_plan_with_weeks_is_held_to_what_it_said_at_first() {
    // Three items a week for two weeks; one a week is done, and then the rest is planned for later.
    let plan = |done: usize, week: &str| {
        let item = |n: usize| format!("- [{}] **P1-0{n}:** Piece {n}\n", if n <= done { 'x' } else { ' ' });
        let items = |range: std::ops::RangeInclusive<usize>| range.map(item).collect::<String>();
        format!("{HEAD}### Week 1: One\n{}### {week}: Two\n{}", items(1..=3), items(4..=6))
    };
    let texts = [plan(0, "Week 2"), plan(1, "Week 2"), plan(2, "Week 3")];
    let made = repository(&[
        (0, &[("roadmap.md", Put(&texts[0]))]),
        (3, &[("roadmap.md", Put(&texts[1]))]),
        (10, &[("roadmap.md", Put(&texts[2]))]),
    ]);
    // Done 1 and 1 where the plan had 3 and 6, of 6 in three weeks: the reference says 18 and 42 working days for the four that are open.
    let it = built(made.path(), &["--as-of", "2023-11-24"]);
    let forecast = &it.report["forecast"];
    assert_eq!((&forecast["basis"], &forecast["weeks_of_data"]), (&json!("plan"), &json!(2)));
    assert_eq!((&forecast["p50"], &forecast["p85"]), (&json!("2023-12-20"), &json!("2024-01-23")));
    // The forecast of week 1 is that of then.
    let before = built(made.path(), &["--as-of", "2023-11-17"]).report["forecast"].clone();
    let past = &it.report["history"]["forecasts"];
    assert_eq!(past.as_array().unwrap().len(), 1, "{past}");
    assert_eq!(
        (&past[0]["date"], &past[0]["p50"], &past[0]["p85"]),
        (&json!("2023-11-17"), &before["p50"], &before["p85"])
    );
}

#[test]
fn the_story_is_told_week_by_week() {
    let Some(folder) = shared("the source roadmap, committed week by week") else { return };
    let work = tempfile::tempdir().unwrap();
    let story = work.path().join("story");
    let made = Command::new(root().join("tests/tools/story-repository"))
        .args([folder.join("story-portal").as_os_str(), story.as_os_str()])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    assert_eq!(git(&story, &["log", "--format=%cs"]).lines().count(), 6);
    // Done, 50% and 85% at the end of each week, as the vectors of the forecast have them, a working day off at most.
    for (day, done, p50, p85) in [
        ("2026-01-23", 6, "2026-03-20", "2026-05-13"),
        ("2026-01-30", 7, "2026-03-27", "2026-05-19"),
        ("2026-02-06", 10, "2026-03-31", "2026-05-14"),
        ("2026-02-13", 14, "2026-03-31", "2026-05-05"),
        ("2026-02-20", 17, "2026-04-01", "2026-04-30"),
    ] {
        let it = built(&story, &["--as-of", day]).report;
        assert_eq!(it["progress"]["items"]["done"], done, "{day}");
        assert_eq!((&it["forecast"]["p50"], &it["forecast"]["p85"]), (&json!(p50), &json!(p85)), "{day}");
        assert_eq!(it["history"]["baseline"]["items"], 42);
        assert_eq!(changes(&it), Vec::<String>::new(), "ticks change no scope");
    }
    let it = built(&story, &["--as-of", "2026-02-20"]);
    let past = it.report["history"]["forecasts"].as_array().unwrap().clone();
    let days: Vec<&str> = past.iter().filter_map(|it| it["p50"].as_str()).collect();
    assert_eq!(days, ["2026-03-20", "2026-03-27", "2026-03-31", "2026-03-31"]);
    let page = it.page("history.html");
    assert!(page.contains("The plan kept its 42 items"), "{page}");
}

#[test]
fn a_signature_is_for_the_words_that_were_signed() {
    let plan = |one: &str, more: &str| {
        format!(
            "# Plan\n**Start:** 2023-11-13\n\n## Phase 1: Build (Week 1-3)\n- [ ] **P1-01:** Parse\n\n### GO/NO-GO Gate: Release\n\
             - [x] {one} (signed: M. Chen, 2023-11-16)\n- [x] The manual is read (signed: J. Rivera, 2023-11-16)\n{more}"
        )
    };
    let late = "- [x] The weir is painted (signed: A. Day, 2023-11-15)\n";
    let made = repository(&[
        (0, &[("roadmap.md", Put(&plan("The load test holds 400 users", "")))]),
        // Other spaces and a full stop are the same words.
        (4, &[("roadmap.md", Put(&plan("The  load test holds 400 users.", "")))]),
        (6, &[("roadmap.md", Put(&plan("The load test holds 200 users", late)))]),
    ]);
    let states = |day: &str| {
        let it = built(made.path(), &["--as-of", day]);
        let gate = it.report["gates"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["kind"] == "phase")
            .unwrap_or_else(|| panic!("{}", it.report["gates"]))
            .clone();
        let line = |it: &Value| format!("{}: {}", it["state"].as_str().unwrap(), it["evidence"].as_str().unwrap());
        gate["criteria"].as_array().unwrap().iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        states("2023-11-19"),
        ["met: signed by M. Chen on 2023-11-16", "met: signed by J. Rivera on 2023-11-16"]
    );
    assert_eq!(
        states("2023-11-20"),
        [
            "needs_sign_off: signed by M. Chen on 2023-11-16, before its words changed on 2023-11-20: they were \"The load test holds 400 users.\"",
            "met: signed by J. Rivera on 2023-11-16",
            // It was written down later than it was signed, and replaced nothing.
            "met: signed by A. Day on 2023-11-15",
        ]
    );
}

#[test]
fn a_target_that_is_moved_moves_no_start() {
    let plan = |target: &str, more: &str| {
        format!(
            "# Plan\n**Target Launch:** {target}\n\n### Week 1: One\n- [ ] **P1-01:** Parse\n\n### Week 2: Two\n- [ ] **P1-02:** Send\n{more}"
        )
    };
    let third = "\n### Week 3: Three\n- [ ] **P1-03:** Print\n";
    let made = repository(&[
        (0, &[("roadmap.md", Put(&plan("2023-11-24", "")))]),
        (3, &[("roadmap.md", Put(&plan("2023-12-15", third)))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-11-20"]).report;
    let plan = &it["plan"];
    assert_eq!(
        (&plan["start"], &plan["target"], &plan["weeks"]),
        (&json!("2023-11-13"), &json!("2023-12-15"), &json!(3))
    );
    assert_eq!(
        plan["start_rule"],
        "the Monday that put the target launch into the last week when it was first written"
    );
    assert_eq!(changes(&it), ["2023-11-17 added P1-03: Print"], "no task was rescheduled");
    let before = built(made.path(), &["--as-of", "2023-11-15"]).report;
    assert_eq!(before["plan"]["start"], "2023-11-13");
    assert_eq!(before["plan"]["start_rule"], "the Monday that puts the target launch into the last week");
}

#[test]
fn a_later_version_never_rewrites_the_past() {
    let Some(folder) = shared("real histories, day by day") else { return };
    let work = tempfile::tempdir().unwrap();
    let mut held = 0;
    for entry in std::fs::read_dir(folder.join("histories")).unwrap() {
        let bundle = entry.unwrap().path();
        let name = bundle.file_stem().unwrap().to_str().unwrap();
        git(work.path(), &["clone", "-q", bundle.to_str().unwrap(), name]);
        let repository = work.path().join(name);
        let log =
            git(&repository, &["log", "--first-parent", "--reverse", "--format=%cd", "--date=format-local:%Y-%m-%d"]);
        let mut days: Vec<&str> = log.lines().collect();
        days.dedup();
        let last = days.len() - 1;
        let some = days.iter().enumerate().filter(|(at, _)| at % 5 == 0 || *at == last);
        let mut before: Vec<(String, Value, Value)> = Vec::new();
        for (_, day) in some {
            let report = built(&repository, &["--as-of", day]).report;
            let points = report["burndown"]["items"].as_array().unwrap().iter();
            let known = points.filter(|it| !it["remaining"].is_null());
            let known: Vec<(String, Value, Value)> = known
                .map(|it| (it["date"].as_str().unwrap().to_owned(), it["scope"].clone(), it["remaining"].clone()))
                .collect();
            for (date, scope, remaining) in &before {
                // A day on which nothing changed may have no point of its own later.
                let Some(now) = known.iter().find(|it| it.0 == *date) else { continue };
                assert_eq!((&now.1, &now.2), (scope, remaining), "{name}: {date}, as of {day}");
                held += 1;
            }
            before = known;
        }
    }
    assert!(500 < held, "{held}");
}
