//! What a change does to a plan: every folder `tests/cases/diff/<case>/` is a pair, `before` and `after`, and the whole comment is
//! compared, and what the terminal says.
//!
//! A new case is a new folder, with a `day` when it is not 2026-02-06. `INSTA_UPDATE=always cargo test every_pair` writes what is
//! expected; read it before it is committed.

use super::cases::folders;
use super::git_history::made::{Delete, Put, git};
use super::history::repository;
use super::support::{Ran, ran, root, shared, tree, write};
use roadbook::marker::Marker;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const KINDS: [&str; 11] = [
    "added",
    "removed",
    "renamed",
    "moved",
    "reestimated",
    "reassigned",
    "ticked",
    "unticked",
    "retargeted",
    "criteria_changed",
    "other",
];

fn cases() -> Vec<PathBuf> {
    folders(&root().join("tests/cases/diff")).into_iter().filter(|it| it.join("before").is_dir()).collect()
}

fn compared(case: &Path, sides: [&str; 2], more: &[&str]) -> Ran {
    let day = fs::read_to_string(case.join("day")).unwrap_or_else(|_| "2026-02-06".to_owned());
    let [before, after] = sides.map(|it| case.join(it).display().to_string());
    let it = ran(&[&["diff", &before, &after, "--as-of", day.trim()], more].concat());
    let named = |text: String| text.replace(&before, sides[0]).replace(&after, sides[1]);
    Ran { status: it.status, out: named(it.out), err: named(it.err) }
}

fn json_of(it: &Ran) -> Value {
    assert_eq!(it.status, 0, "{}", it.err);
    serde_json::from_str(&it.out).unwrap()
}

/// Returns the counts of the summary by kind, and holds that they are all there is.
fn summary(report: &Value) -> Vec<(String, u64)> {
    let summary = report["summary"].as_object().unwrap();
    assert_eq!(summary.len(), KINDS.len());
    KINDS.iter().map(|it| ((*it).to_owned(), summary[*it].as_u64().unwrap())).collect()
}

#[test]
fn every_pair() {
    let cases = cases();
    assert!(25 <= cases.len(), "only {} pairs", cases.len());
    let schema = serde_json::to_value(schemars::schema_for!(roadbook::views::diff::DiffReport)).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for case in cases {
        let name = case.file_name().unwrap().to_str().unwrap();
        let comment = compared(&case, ["before", "after"], &["--format", "markdown"]);
        let terminal = compared(&case, ["before", "after"], &[]);
        assert_eq!((comment.status, comment.err.as_str()), (0, ""), "{name}");
        assert!(Marker::parse(comment.out.lines().next().unwrap()).is_some(), "{name}: it could not be posted");
        insta::with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("comment", comment.out);
            insta::assert_snapshot!("terminal", terminal.out + &terminal.err);
        });
        if comment.out.contains("state=unreadable") {
            continue;
        }
        let report = json_of(&compared(&case, ["before", "after"], &["--format", "json"]));
        assert!(schema.is_valid(&report), "{name}: {:?}", schema.iter_errors(&report).next());
        let changes = report["changes"].as_array().unwrap();
        let counts = summary(&report);
        for (kind, n) in &counts {
            let found = changes.iter().filter(|it| it["kind"] == kind.as_str()).count();
            assert_eq!(*n, found as u64, "{name}: {kind}");
        }
        // The line of counts names every kind, so that it adds up too.
        let all = counts.iter().map(|it| it.1).sum::<u64>();
        assert_eq!(all, changes.len() as u64, "{name}");
        if all == 0 {
            assert!(comment.out.contains("### ⚪ No plan changes"), "{name}");
        } else {
            let line = comment.out.lines().find(|it| it.starts_with("**") && it.contains(" change")).unwrap();
            let numbers = line.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse::<u64>().ok());
            let numbers: Vec<u64> = numbers.collect();
            assert_eq!(numbers[0], all, "{name}: {line}");
            assert_eq!(numbers[1..].iter().sum::<u64>(), all, "{name}: {line}");
        }
        let failing = report["gates"].as_array().unwrap().iter().any(|it| it["news"] == "now fails");
        let status = if failing { 4 } else { 3 * u8::from(0 < all) };
        assert_eq!(compared(&case, ["before", "after"], &["--exit-code"]).status, status, "{name}");
    }
}

#[test]
fn a_plan_does_not_differ_from_itself_and_the_way_back_undoes_all() {
    for case in cases() {
        let name = case.file_name().unwrap().to_str().unwrap();
        let there = compared(&case, ["before", "after"], &["--format", "json"]);
        if there.status == 2 {
            continue;
        }
        for side in ["before", "after"] {
            let same = json_of(&compared(&case, [side, side], &["--format", "json"]));
            assert_eq!(same["changes"], json!([]), "{name}: {side}");
            assert_eq!(same["headline"], "No plan changes");
        }
        let there = summary(&json_of(&there));
        let back = summary(&json_of(&compared(&case, ["after", "before"], &["--format", "json"])));
        let of = |all: &[(String, u64)], kind: &str| all.iter().find(|it| it.0 == kind).unwrap().1;
        for (kind, other) in [("added", "removed"), ("ticked", "unticked"), ("moved", "moved"), ("renamed", "renamed")]
        {
            assert_eq!(of(&there, kind), of(&back, other), "{name}: {kind} and {other}");
        }
    }
}

fn is_page(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == "html")
}

const PLAN: &str = "# Plan\n**Start:** 2023-11-13\n**Target Launch:** 2023-12-01\n\n## Phase 1: Build (Week 1-3)\n\n\
                    ### Week 1: One\n- [ ] **P1-01:** Parse\n- [ ] **P1-02:** Draw\n### Week 2: Two\n- [ ] **P1-03:** Send\n\
                    ### Week 3: Three\n- [ ] **P1-04:** Ship\n";

#[test]
fn revisions_are_read_out_of_git() {
    let moved = PLAN
        .replace("- [ ] **P1-02:** Draw\n", "")
        .replace("- [ ] **P1-03:** Send\n", "- [ ] **P1-03:** Send\n- [ ] **P1-02:** Draw\n");
    let ticked = PLAN.replace("- [ ] **P1-01:**", "- [x] **P1-01:**");
    let made = repository(&[
        (1, &[("plan/roadmap.md", Put(PLAN))]),
        (2, &[("plan/standups/w1.md", Put("# Week 1 Standup\n## Done\n- P1-01 is parsed\n"))]),
    ]);
    let at = |name: &str| made.path().join(name).display().to_string();
    // A branch that moves a task, while the main branch ticks another.
    git(made.path(), &["checkout", "-q", "-b", "replan", "HEAD~1"]);
    write(made.path(), &[("plan/roadmap.md", moved.as_bytes())]);
    git(made.path(), &["commit", "-q", "-am", "move"]);
    git(made.path(), &["checkout", "-q", "main"]);
    write(made.path(), &[("plan/roadmap.md", ticked.as_bytes())]);
    git(made.path(), &["commit", "-q", "-am", "tick"]);
    let path = at("plan");
    let kinds = |arguments: &[&str]| -> Vec<String> {
        let it = ran(&[&["diff"], arguments, &["--path", &path, "--format", "json", "--as-of", "2023-11-17"]].concat());
        let report = json_of(&it);
        let kind = |it: &Value| format!("{} {}", it["kind"].as_str().unwrap(), it["title"].as_str().unwrap());
        report["changes"].as_array().unwrap().iter().map(kind).collect()
    };
    assert_eq!(kinds(&["main", "replan"]), ["moved Draw", "unticked Parse", "other standup of week 1"]);
    assert_eq!(kinds(&["main", "replan", "--merge-base"]), ["moved Draw"]);
    assert_eq!(kinds(&["main~1"]), ["ticked Parse"], "the files as they lie there");
    assert_eq!(kinds(&["HEAD", "HEAD"]), Vec::<String>::new());
    // Nothing of the other branch was checked out.
    assert_eq!(git(made.path(), &["status", "--porcelain"]), "");
    // Where there was no plan yet, all is new.
    git(made.path(), &["checkout", "-q", "--orphan", "empty"]);
    git(made.path(), &["commit", "-q", "--allow-empty", "-m", "nothing"]);
    git(made.path(), &["rm", "-rfq", "."]);
    git(made.path(), &["commit", "-q", "--allow-empty", "-m", "still nothing"]);
    let new = kinds(&["empty", "main"]);
    assert_eq!(new.iter().filter(|it| it.starts_with("added ")).count(), 4, "{new:?}");
    git(made.path(), &["checkout", "-q", "main"]);
    // Lines lead to the commit that was compared.
    let head = git(made.path(), &["rev-parse", "replan"]);
    let it = ran(&[
        "diff",
        "main",
        "replan",
        "--path",
        &path,
        "--merge-base",
        "--format",
        "markdown",
        "--as-of",
        "2023-11-17",
        "--repo-url",
        "https://example.org/o/r/",
    ]);
    assert!(it.out.starts_with(&format!(
        "<!-- roadbook:preview v1 head={} valid-at=2026-02-06T12:00:00Z state=changed -->\n",
        head.trim()
    )));
    let line = format!("[11](https://example.org/o/r/blob/{}/plan/roadmap.md?plain=1#L11)", head.trim());
    assert!(it.out.contains(&line), "{}", it.out);
}

#[test]
fn what_cannot_be_compared_says_why() {
    let made = repository(&[(1, &[("roadmap.md", Put(PLAN))]), (2, &[("roadmap.md", Delete), ("x.md", Put("x"))])]);
    let path = made.path().display().to_string();
    let said = |arguments: &[&str]| {
        let it = ran(&[&["diff"], arguments, &["--path", &path, "--as-of", "2023-11-17"]].concat());
        assert_eq!(it.out, "");
        (it.status, it.err.replace(&path, "[REPOSITORY]"))
    };
    let expected = "error: [REPOSITORY]: the repository has no commit \"nosuch\"\n  help: name a branch, a tag or a commit that `git rev-parse` \
                    knows; one of a remote has to be fetched first\n";
    assert_eq!(said(&["nosuch", "main"]), (2, expected.to_owned()));
    let (status, error) = said(&["main~1", "main"]);
    assert_eq!(status, 2);
    assert!(error.contains("no roadmap found"), "{error}");
    // As a comment it is said all the same, to whoever wrote the change.
    let it = ran(&["diff", "main~1", "main", "--path", &path, "--format", "markdown", "--as-of", "2023-11-17"]);
    assert_eq!(it.status, 0);
    assert!(it.out.lines().next().unwrap().ends_with("state=unreadable -->"), "{}", it.out);
    assert!(it.out.contains("### ⛔ Plan not readable: ``no roadmap found"), "{}", it.out);
}

#[test]
fn the_preview_says_on_every_page_that_it_is_none_of_the_plan() {
    let case = root().join("tests/cases/diff/replan-of-a-week");
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let it = compared(&case, ["before", "after"], &["--out", site.to_str().unwrap(), "--pull", "42"]);
    assert_eq!(it.status, 0, "{}", it.err);
    let pages: Vec<_> = tree(&site).into_iter().filter(|it| is_page(&it.0)).collect();
    assert!(20 < pages.len());
    for (name, page) in &pages {
        let page = String::from_utf8_lossy(page);
        assert!(page.contains("<meta name=\"robots\" content=\"noindex, nofollow\">"), "{name}");
        assert!(page.contains("Preview of pull request #42: this is not the plan."), "{name}");
    }
    let page = |name: &str| String::from_utf8(pages.iter().find(|it| it.0 == name).unwrap().1.clone()).unwrap();
    assert!(page("tasks/p2-08.html").contains("Changed here: moved."));
    assert!(page("tasks.html").contains("<span class=\"chg\">moved</span>"));
    assert!(page("gates/production-readiness-review.html").contains("<span class=\"chg\">criterion changed</span>"));
    // What did not change has no mark.
    assert!(!page("tasks/p1-01.html").contains("Changed here"));
    let changes = page("changes.html");
    for words in
        ["W4 Thu–Fri", "W5 Thu–Fri", "7 days later, after <bdi>Pre-Production Deployment Approval</bdi>", "Now fails"]
    {
        assert!(changes.contains(words), "{words}");
    }
    // The plan's own site has none of it.
    let own = out.path().join("own");
    ran(&[
        "build",
        case.join("after").to_str().unwrap(),
        "--out",
        own.to_str().unwrap(),
        "--no-history",
        "--as-of",
        "2026-02-06",
    ]);
    for (name, page) in tree(&own).into_iter().filter(|it| is_page(&it.0)) {
        let page = String::from_utf8_lossy(&page).into_owned();
        assert!(!page.contains("noindex") && !page.contains("class=\"preview\""), "{name}");
        assert!(!name.ends_with("changes.html"), "{name}");
    }
}

/// The example of a comment tells a replan of the story: forecast, chance and effort come out as it says.
#[test]
fn the_change_of_the_example_comes_out_as_it_says() {
    let Some(shared) = shared("the example of a comment") else { return };
    let folder = tempfile::tempdir().unwrap();
    let story = folder.path().join("story");
    let script = root().join("tests/tools/story-repository");
    assert!(Command::new(script).arg(shared.join("story-portal")).arg(&story).status().unwrap().success());
    // The commit of week 3, and on it the change.
    let base = git(&story, &["log", "--format=%H", "--until=2026-02-07", "-1"]);
    git(&story, &["checkout", "-q", "-b", "replan", base.trim()]);
    let plan = fs::read_to_string(story.join("roadmap.md")).unwrap();
    let part = |from: &str, to: &str| {
        let at = plan.find(from).unwrap();
        plan[at..at + plan[at..].find(to).unwrap()].to_owned()
    };
    let gone = part("- [ ] **P2-04:**", "**Day 15 Deliverables:**");
    let late = part("- [ ] **P2-08:**", "- [ ] Start **P2-11:**");
    let (head, tail) = plan.split_once("### Week 5").unwrap();
    let (before, after) = tail.split_once("#### Thursday-Friday").unwrap();
    let at = after.find("- [ ]").unwrap();
    let tail = format!("### Week 5{before}#### Thursday-Friday{}{late}{}", &after[..at], &after[at..]);
    let added = "- [ ] **P3-11:** Rehearse secrets rotation\n  - *Owner: Security Team | Duration: 0.5d*\n\n**Week 6 Deliverables:**";
    let changed = format!("{head}{tail}")
        .replace(&gone, "")
        .replacen("Infrastructure Team | Duration: 3d*", "Infrastructure Team | Duration: 4d*", 1)
        .replace("**Week 6 Deliverables:**", added);
    let changed = changed.replacen(&late, "", 1);
    write(&story, &[("roadmap.md", changed.as_bytes())]);
    commit(&story, "2026-02-06T18:00:00Z");
    let path = story.display().to_string();
    let it =
        ran(&["diff", "main", "replan", "--merge-base", "--path", &path, "--format", "json", "--as-of", "2026-02-06"]);
    let report = json_of(&it);
    let counts: Vec<_> = summary(&report).into_iter().filter(|it| 0 < it.1).collect();
    assert_eq!(counts.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["added", "removed", "moved", "reestimated"]);
    let figures = |side: &str| {
        let it = &report[side];
        (it["p50"].clone(), it["p85"].clone(), it["on_time_probability"].clone(), it["effort_days"].clone())
    };
    assert_eq!(figures("before"), (json!("2026-03-31"), json!("2026-05-14"), json!(0.26), json!(46.0)));
    assert_eq!(figures("after"), (json!("2026-04-02"), json!("2026-05-19"), json!(0.24), json!(46.5)));
    assert_eq!(report["within_noise"], true);
    assert_eq!(report["headline"], "Pre-Production Deployment Approval (13 Feb) can no longer be met");
    let why = report["gates"][0]["why"].as_str().unwrap();
    assert!(why.ends_with("since P2-04 is gone and P2-08 moves past the gate"), "{why}");
}

/// Commits all that lies in a repository, at a moment.
fn commit(folder: &Path, moment: &str) {
    let who = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
    let mut command = super::git_history::made::command(folder, &[&who[..], &["commit", "-q", "-am", "x"]].concat());
    let done = command.env("GIT_AUTHOR_DATE", moment).env("GIT_COMMITTER_DATE", moment).status().unwrap();
    assert!(done.success());
}

/// The guide shows a comment as it is.
#[test]
fn the_guide_shows_the_comment_of_a_case() {
    let case = root().join("tests/cases/diff/replan-of-a-week");
    let comment = compared(&case, ["before", "after"], &["--format", "markdown"]).out;
    let quoted: Vec<String> = comment.lines().skip(1).map(|it| format!("> {it}").trim_end().to_owned()).collect();
    let page = fs::read_to_string(root().join("docs/changes.md")).unwrap();
    assert!(page.contains(&quoted.join("\n")), "put this into docs/changes.md:\n{}", quoted.join("\n"));
}
