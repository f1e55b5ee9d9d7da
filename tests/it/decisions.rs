//! Decisions that standups ask for, from one standup to the next, and many of them.

use super::support::{report, root, understood};
use roadbook::pipeline::Understood;
use std::fmt::Write as _;

const PLAN: &str = "# Weir\n**Start:** 2026-01-12\n**Target Launch:** 2026-02-20\n## Phase 1: Ground (Week 1-6)\n\
    ### Week 1: Dig\n- [ ] **P1-01:** Dig\n### Week 6: Open\n- [ ] **P1-02:** Open\n";

fn of_weeks(weeks: &[&str], as_of: &str) -> Understood {
    let files: Vec<(String, String)> = weeks
        .iter()
        .enumerate()
        .map(|(at, text)| (format!("standups/week-{:02}.md", at + 1), format!("## Week {} Standup\n\n{text}", at + 1)))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    understood(PLAN, &files, as_of)
}

/// "open since week 1, last in week 2: Choose".
fn told(it: &Understood) -> Vec<String> {
    let report = report(it);
    let line = |it: &serde_json::Value| {
        let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
        let (asked, last) = (&it["asked"]["week"], &it["last_mentioned"]["week"]);
        format!("{} since week {asked}, last in week {last}: {}", text(&it["status"]), text(&it["text"]))
    };
    report["decisions"].as_array().unwrap().iter().map(line).collect()
}

fn page(it: &Understood, path: &str) -> String {
    let site = roadbook::render::site(it.facts(), &roadbook::render::SiteOptions::default()).unwrap();
    let (_, bytes) = site.files.iter().find(|(at, _)| at.as_str() == path).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

const ASKED: &str = "### Decisions Needed\n- Choose the steel of the gates\n";

#[test]
fn silence_closes_no_decision() {
    let it = of_weeks(&[ASKED, "### Completed\n- P1-01: Dig\n", "### Decisions Needed\n- None\n"], "2026-02-06");
    assert_eq!(told(&it), ["open since week 1, last in week 1: Choose the steel of the gates"]);
    assert!(page(&it, "index.html").contains("Asked in week 1, not mentioned since"));
}

#[test]
fn what_is_not_told_yet_is_not_known() {
    let weeks = [ASKED, "### Decisions made\n- Choose the steel of the gates: plain\n"];
    assert_eq!(
        told(&of_weeks(&weeks, "2026-01-22")),
        ["open since week 1, last in week 1: Choose the steel of the gates"]
    );
    assert_eq!(
        told(&of_weeks(&weeks, "2026-01-23")),
        ["decided since week 1, last in week 2: Choose the steel of the gates"]
    );
    // A day in the line counts as well: on the 16th nobody knows what will be decided on the 20th.
    let weeks = ["### Decisions Needed\n- Choose the steel (decided 20 Jan: plain)\n"];
    assert_eq!(told(&of_weeks(&weeks, "2026-01-19")), ["open since week 1, last in week 1: Choose the steel"]);
    assert_eq!(told(&of_weeks(&weeks, "2026-01-20")), ["decided since week 1, last in week 1: Choose the steel"]);
}

#[test]
fn what_is_asked_again_is_open_again() {
    let made = "### Decisions Needed\n- [x] Choose the steel of the gates\n";
    let it =
        of_weeks(&[ASKED, made, "### Decisions Needed\n- Choose the gates\u{2019} steel (due: 4 Feb)\n"], "2026-02-06");
    assert_eq!(told(&it), ["open since week 1, last in week 3: Choose the gates\u{2019} steel"]);
    assert!(page(&it, "index.html").contains("2 working days overdue"));
    assert!(page(&it, "weeks/1.html").contains("Open"));
}

#[test]
fn a_week_says_what_became_of_what_it_asked() {
    let it = of_weeks(&[ASKED, "### Decisions made\n- Choose the steel of the gates: plain\n"], "2026-02-06");
    let asked = page(&it, "weeks/1.html");
    assert!(asked.contains("Decided in week 2"), "{asked}");
    assert!(page(&it, "index.html").contains("all that standups asked for are made"));
}

#[test]
fn the_dashboard_lists_as_many_as_anybody_reads() {
    let mut text = "### Decisions Needed\n".to_owned();
    for at in 0..10_000 {
        writeln!(text, "- P1-01: Choose the steel of gate {at} (owner: Kim, due: 13 Feb, options: a / b)").unwrap();
    }
    let it = of_weeks(&[&text, &text], "2026-02-06");
    assert_eq!(report(&it)["decisions"].as_array().unwrap().len(), 10_000);
    let page = page(&it, "index.html");
    assert!(page.contains("10000 decisions are needed") && page.contains("and 9988 more"));
    assert!(page.len() < 100_000, "{}", page.len());
}

#[test]
fn the_docs_are_true() {
    let text = std::fs::read_to_string(root().join("docs/decisions.md")).unwrap();
    let fences: Vec<&str> = text.split("```markdown\n").skip(1).map(|it| it.split("```").next().unwrap()).collect();
    let asked = fences[0].strip_prefix("## Week 3 Standup\n").unwrap();
    let crane = "open since week 1, last in week 1: Order the crane";
    let weir = "open since week 1, last in week 1: Decide whether the old weir stays or goes";
    let open = told(&of_weeks(&[asked], "2026-02-06"));
    assert_eq!(open.len(), 4, "{open:?}");
    let said: Vec<&str> = fences[1].split_inclusive("\n- ").collect();
    assert_eq!(said.len(), 5);
    // Each of the first four closes the same decision by itself, and the last one the other.
    for (at, it) in said.iter().enumerate() {
        let line = format!("### Decisions Needed\n- {}", it.trim_start_matches("- ").trim_end_matches("- "));
        let told = told(&of_weeks(&[asked, &line], "2026-02-06"));
        let which = if at < 4 { "Choose the steel of the gates" } else { "Where to put the spare gate" };
        assert!(told.contains(&format!("decided since week 1, last in week 2: {which}")), "{line}: {told:#?}");
        assert!(told.len() == 4 && told.contains(&crane.to_owned()) && told.contains(&weir.to_owned()), "{told:#?}");
    }
}

#[test]
fn the_sample_asks_what_its_third_week_asks() {
    let read = |path: &str| std::fs::read_to_string(root().join("content").join(path)).unwrap();
    let weeks: Vec<String> = (1..=3).map(|it| read(&format!("standups/week-0{it}.md"))).collect();
    let files: Vec<(String, &str)> =
        weeks.iter().enumerate().map(|(at, it)| (format!("standups/week-0{}.md", at + 1), it.as_str())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let it = understood(&read("roadmap.md"), &files, "2026-02-06");
    let asked = "Decide whether a build under 80% coverage fails or only warns until week 6";
    assert_eq!(told(&it), [format!("open since week 3, last in week 3: {asked}")]);
}
