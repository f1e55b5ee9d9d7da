//! What commits tell: since when items are planned and marked, what was known on an earlier day, and what is said of it.

use super::git_history::made::{Delete, Do, Made, Put, git};
use super::support::{ran, shared, write};
use roadbook::calendar::Day;
use roadbook::document::parse;
use roadbook::history::versions;
use roadbook::reading;
use roadbook::settings::Settings;
use roadbook::sources::{BlobId, CommitId, FileVersion, Past, Revision, Texts, Unreadable};
use roadbook::text::SourceFile;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A day in seconds.
const DAY: i64 = 86_400;

/// A repository with a commit on each of the given days, counted from 2023-11-14, and its newest files in the folder.
pub(super) fn repository(commits: &[(i64, &[(&str, Do)])]) -> Made {
    let mut made = Made::new();
    for (day, changes) in commits {
        made.commit(day * DAY, changes);
    }
    made.make();
    git(made.path(), &["reset", "-q", "--hard"]);
    made
}

pub(super) struct Built {
    pub report: Value,
    out: tempfile::TempDir,
    said: String,
}

pub(super) fn built(folder: &Path, more: &[&str]) -> Built {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let it = ran(&[&["build", folder.to_str().unwrap(), "--out", site.to_str().unwrap()], more].concat());
    assert_eq!(it.status, 0, "{}", it.err);
    let report = serde_json::from_slice(&std::fs::read(site.join("data/report.json")).unwrap()).unwrap();
    Built { report, out, said: it.err }
}

impl Built {
    pub fn page(&self, name: &str) -> String {
        std::fs::read_to_string(self.out.path().join("site").join(name)).unwrap()
    }

    /// Returns the burndown by items: day, scope, planned and open.
    fn burndown(&self) -> Vec<String> {
        let number = |it: &Value| it.as_f64().map_or("-".to_owned(), |it| it.to_string());
        let point = |it: &Value| {
            let [scope, planned, open] = ["scope", "planned_remaining", "remaining"].map(|key| number(&it[key]));
            format!("{} {scope} {planned} {open}", it["date"].as_str().unwrap())
        };
        self.report["burndown"]["items"].as_array().unwrap().iter().map(point).collect()
    }

    /// Returns the evidence of a task: day, state and kind, and whether a commit is named.
    fn evidence(&self, title: &str) -> Vec<String> {
        let tasks = self.report["tasks"].as_array().unwrap();
        let task = tasks.iter().find(|it| it["title"] == title).unwrap_or_else(|| panic!("{title}"));
        let line = |it: &Value| {
            let word = |key: &str| it[key].as_str().unwrap_or("-");
            let commit = if it["commit"].is_string() { " with its commit" } else { "" };
            format!("{} {} {}{commit}", word("date"), word("state"), word("kind"))
        };
        task["evidence"].as_array().unwrap().iter().map(line).collect()
    }
}

#[test]
fn without_weeks_the_burndown_follows_the_commits() {
    let made = repository(&[
        (0, &[("roadmap.md", Put("# Plan\n- [ ] Parse\n- [x] Read\n"))]),
        (3, &[("notes.md", Put("nothing of the plan"))]),
        (7, &[("roadmap.md", Put("# Plan\n- [x] Parse\n- [x] Read\n- [ ] Draw\n"))]),
        // Two commits on one day: the last one counts.
        (9, &[("roadmap.md", Put("# Plan\n- [x] Parse\n- [ ] Read\n- [ ] Draw\n- [ ] Send\n"))]),
        (9, &[("roadmap.md", Put("# Plan\n- [x] Parse\n- [x] Read\n- [x] Draw\n- [ ] Send\n"))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-11-30"]);
    assert_eq!(
        it.burndown(),
        ["2023-11-14 2 - 1", "2023-11-21 3 - 1", "2023-11-23 4 - 1", "2023-11-30 4 - 1"],
        "day, scope, planned, open"
    );
    assert_eq!(it.evidence("Read"), ["2023-11-14 done commit with its commit"]);
    assert_eq!(it.evidence("Draw"), ["2023-11-23 done commit with its commit"]);
    assert_eq!(it.evidence("Send"), Vec::<String>::new());
    assert_eq!(it.report["plan"]["marks_from"], Value::Null);
    let page = it.page("progress.html");
    assert!(page.contains("1 of 4 items is left"), "{page}");
    assert!(page.contains("commits tell since Tuesday 14 November 2023"), "{page}");
    assert!(it.page("sources.html").contains("Three versions of the roadmap, from 14 November to 23 November 2023"));
    // What the first version has as done was done before it.
    let page = it.page("history.html");
    assert!(page.contains("Tue 21 Nov") && !page.contains("Tue 14 Nov"), "{page}");
    // On an earlier day nothing later is known.
    let it = built(made.path(), &["--as-of", "2023-11-22"]);
    assert_eq!(it.burndown(), ["2023-11-14 2 - 1", "2023-11-21 3 - 1", "2023-11-22 3 - 1"]);
    // What is not committed yet is known today.
    write(made.path(), &[("roadmap.md", b"# Plan\n- [x] Parse\n- [x] Read\n- [x] Draw\n- [x] Send\n- [ ] New\n")]);
    let it = built(made.path(), &["--as-of", "2023-11-30"]);
    assert_eq!(it.evidence("Send"), ["2023-11-30 done roadmap"]);
    assert_eq!(it.burndown().last().unwrap(), "2023-11-30 5 - 1");
}

#[test]
fn a_plan_with_weeks_grows_on_the_day_of_the_commit() {
    let plan = "# Plan\n**Start:** 2023-11-13\n\n## Phase 1: Build (Week 1-2)\n\n### Week 1: One\n- [ ] **P1-01:** Parse\n\n\
                ### Week 2: Two\n- [ ] **P1-02:** Draw\n";
    let later = format!("{}- [ ] **P1-03:** Send\n", plan.replace("[ ] **P1-01", "[x] **P1-01"));
    let made = repository(&[(0, &[("roadmap.md", Put(plan))]), (3, &[("roadmap.md", Put(&later))])]);
    let it = built(made.path(), &["--as-of", "2023-11-20"]);
    assert_eq!(
        it.burndown(),
        [
            "2023-11-12 2 2 -",
            "2023-11-13 2 2 -",
            "2023-11-14 2 2 2",
            "2023-11-15 2 2 2",
            "2023-11-16 2 2 2",
            "2023-11-17 3 2 2",
            "2023-11-20 3 2 2",
            "2023-11-21 3 2 -",
            "2023-11-22 3 2 -",
            "2023-11-23 3 2 -",
            "2023-11-24 3 0 -"
        ]
    );
}

#[test]
fn tasks_stay_the_same_through_other_words_places_and_names_of_files() {
    let before =
        "# Plan\n\nA house.\n\n## Phase 1: Ground\n- [x] **P1-01:** Parse\n- [x] Write the handbook\n- [ ] Measure\n";
    let after = "# Plan\n\nA house.\n\n## Phase 1: Ground\n- [ ] Measure\n## Phase 2: Roof\n\
                 - [x] **P1-01:** Read and parse\n- [x] Write the whole handbook\n";
    let made = repository(&[(0, &[("plan.md", Put(before))]), (5, &[("plan.md", Delete), ("roadmap.md", Put(after))])]);
    let it = built(made.path(), &["--as-of", "2023-11-30"]);
    assert_eq!(it.evidence("Read and parse"), ["2023-11-14 done commit with its commit"]);
    assert_eq!(it.evidence("Write the whole handbook"), ["2023-11-14 done commit with its commit"]);
    assert_eq!(it.burndown(), ["2023-11-14 3 - 1", "2023-11-30 3 - 1"], "nothing was added");
}

#[test]
fn what_was_taken_out_of_the_plan_counts_until_then() {
    let made = repository(&[
        (0, &[("roadmap.md", Put("# Plan\n- [x] Parse\n- [ ] Draw\n- [ ] Send\n"))]),
        (4, &[("roadmap.md", Put("# Plan\n- [x] Parse\n- [x] Draw\n- [ ] Send\n- [ ] Print\n"))]),
        // Finished work is pruned, and an item dropped.
        (8, &[("roadmap.md", Put("# Plan\n- [ ] Send\n"))]),
        (12, &[("roadmap.md", Put("# Plan\n- [x] Send\n- [ ] Draw\n"))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-11-30"]);
    assert_eq!(
        it.burndown(),
        ["2023-11-14 3 - 2", "2023-11-18 4 - 2", "2023-11-22 1 - 1", "2023-11-26 2 - 1", "2023-11-30 2 - 1"]
    );
}

/// Counts boxes and ticks as a plain look at lines does.
fn plain_count(text: &str) -> (u64, u64) {
    let boxes = text.lines().filter_map(|it| it.trim_start().strip_prefix(['-', '*', '+'])?.trim_start().get(..4));
    let marks: Vec<&str> = boxes.filter(|it| matches!(*it, "[ ] " | "[x] " | "[X] ")).collect();
    (marks.len() as u64, marks.iter().filter(|it| **it != "[ ] ").count() as u64)
}

#[test]
fn on_each_day_of_real_histories_the_boxes_are_those_of_the_version() {
    let Some(folder) = shared("real histories") else { return };
    let work = tempfile::tempdir().unwrap();
    let mut looked = 0;
    for entry in std::fs::read_dir(folder.join("histories")).unwrap() {
        let bundle = entry.unwrap().path();
        let name = bundle.file_stem().unwrap().to_str().unwrap();
        git(work.path(), &["clone", "-q", bundle.to_str().unwrap(), name]);
        let repository = work.path().join(name);
        let file = git(&repository, &["ls-files", "*.md"]).lines().next().unwrap().to_owned();
        // Newest first: the last commit of each day is the version of that day.
        let log = git(&repository, &["log", "--first-parent", "--format=%H %cd", "--date=format-local:%Y-%m-%d"]);
        let mut days: Vec<(&str, &str)> = log.lines().filter_map(|it| it.split_once(' ')).collect();
        days.dedup_by(|a, b| a.1 == b.1);
        for (commit, day) in days {
            let text = git(&repository, &["show", &format!("{commit}:{file}")]);
            let it = built(&repository.join(&file), &["--as-of", day]);
            let boxes = &it.report["files"][0]["checkboxes"];
            let found = (boxes["total"].as_u64().unwrap(), boxes["checked"].as_u64().unwrap());
            assert_eq!(found, plain_count(&text), "{name} on {day}");
            looked += 1;
        }
    }
    assert!(50 < looked, "{looked}");
}

#[test]
fn a_mark_that_is_taken_away_leaves_what_a_standup_said() {
    let plan = |one: char, two: char| {
        format!(
            "# Plan\n**Start:** 2023-11-13\n## Phase 1: Build (Week 1-2)\n### Week 1: One\n- [{one}] **P1-01:** Parse\n- [{two}] **P1-02:** Draw\n"
        )
    };
    let standup = "---\ndate: 2023-11-15\n---\n## Week 1 Standup\n### In Progress\n- P1-01: Parse (40% complete)\n";
    let made = repository(&[
        (0, &[("roadmap.md", Put(&plan(' ', ' '))), ("standups/week-01.md", Put(standup))]),
        (3, &[("roadmap.md", Put(&plan('x', 'x')))]),
        (6, &[("roadmap.md", Put(&plan(' ', ' ')))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-11-22"]);
    assert_eq!(
        it.evidence("Parse"),
        [
            "2023-11-15 in_progress standup",
            "2023-11-17 done commit with its commit",
            "2023-11-20 in_progress commit with its commit"
        ]
    );
    assert_eq!(
        it.evidence("Draw"),
        ["2023-11-17 done commit with its commit", "2023-11-20 todo commit with its commit"]
    );
    assert_eq!(it.report["tasks"][0]["percent"], json!(40.0));
}

/// A mark that was set after a standup contradicts it no more, and each line is quoted as its commit wrote it.
#[test]
fn a_box_that_is_ticked_after_a_standup_is_no_contradiction() {
    let plan = |mark: &str| {
        format!("# Plan\n\n**Start:** 2023-11-13\n\n## Phase 1: One (Week 1-4)\n\n- [{mark}] **B-1:** alpha\n")
    };
    let (open, begun, done) = (plan(" "), plan("-"), plan("x"));
    let standup = "## Week 1 Standup\n\n### In Progress\n- B-1: going\n";
    let made = repository(&[
        (0, &[("roadmap.md", Put(&open))]),
        (1, &[("roadmap.md", Put(&begun))]),
        (3, &[("standups/week-01.md", Put(standup))]),
        (14, &[("roadmap.md", Put(&done))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-12-01"]);
    assert!(!it.said.contains("state-conflict"), "{}", it.said);
    let page = it.page("tasks/b-1.html");
    for line in ["- [x] **B-1:** alpha", "- [-] **B-1:** alpha", "- [ ] **B-1:** alpha"] {
        assert!(page.contains(line), "{line}: {page}");
    }
    // A standup that is younger than the mark counts, and the finding says what history knows.
    let made = repository(&[
        (0, &[("roadmap.md", Put(&open))]),
        (1, &[("roadmap.md", Put(&done))]),
        (3, &[("standups/week-01.md", Put(standup))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-12-01"]);
    let note = "set the mark before, on Wed 15";
    assert!(it.said.contains("state-conflict") && it.said.contains(note), "{}", it.said);
}

/// What a week finished is the same on each page and in the mail, and what is done comes no more.
#[test]
fn pages_and_mail_agree_on_what_a_week_finished() {
    let line = |at: u32, mark: &str| format!("- [{mark}] **B-{at}:** task {at}\n");
    let plan = |marks: [&str; 4]| {
        let lines: String = (1..).zip(marks).map(|(at, mark)| line(at, mark)).collect();
        format!("# Plan\n\n**Start:** 2023-11-13\n\n## Phase 1: One (Week 1-4)\n\n{lines}")
    };
    let (open, ticked) = (plan([" "; 4]), plan(["x", "x", "x", " "]));
    let standup = "## Week 1 Standup\n\n### In Progress\n- B-4: going\n\n### Next Week\n- B-2: go\n- B-4: go on\n";
    let made = repository(&[
        (0, &[("roadmap.md", Put(&open))]),
        (3, &[("roadmap.md", Put(&ticked)), ("standups/week-01.md", Put(standup))]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-11-17"]);
    let (index, week) = (it.page("index.html"), it.page("weeks/1.html"));
    assert!(index.contains("This week: 3 finished"), "{index}");
    assert!(week.contains("Finished: B-1, B-2 and B-3") && it.page("feed.xml").contains("Finished: B-1, B-2 and B-3"));
    assert!(week.contains("go on") && !week.contains(">go<"), "{week}");
    let out = tempfile::tempdir().unwrap();
    let mail = out.path().to_str().unwrap();
    let it = ran(&["email", made.path().to_str().unwrap(), "--as-of", "2023-11-17", "--out", mail]);
    assert_eq!(it.status, 0, "{}", it.err);
    let mail = std::fs::read_to_string(out.path().join("stakeholders.txt")).unwrap();
    assert!(mail.contains("DONE THIS WEEK: 3."), "{mail}");
    assert!(mail.contains("B-4 go on") && !mail.contains("B-2 go"), "{mail}");
}

/// A mark that nothing dates does not date a task before the standup that tells of it.
#[test]
fn a_mark_without_a_day_is_dated_by_the_standup() {
    let folder = tempfile::tempdir().unwrap();
    let plan =
        "# Plan\n\n**Start:** 2026-01-05\n\n## Phase 1: One (Week 1-4)\n\n- [x] **B-1:** one\n- [x] **B-2:** two\n";
    let standup = "## Week 1 Standup\n\n### Completed\n- B-1: finished\n";
    write(folder.path(), &[("roadmap.md", plan.as_bytes()), ("standups/week-01.md", standup.as_bytes())]);
    let it = built(folder.path(), &["--as-of", "2026-01-16"]);
    assert!(it.page("index.html").contains("Week 1: 1 finished"));
    assert!(it.page("weeks/1.html").contains("Finished: B-1"));
    let (task, other) = (it.page("tasks/b-1.html"), it.page("tasks/b-2.html"));
    assert!(task.contains("Fri 9 Jan") && !task.contains("Mon 5 Jan"), "{task}");
    assert!(!other.contains("Mon 5 Jan"), "{other}");
    let history = it.page("history.html");
    assert!(history.contains("B-1: one") && !history.contains("B-2: two"), "{history}");
}

#[test]
fn where_no_version_is_as_old_as_the_day_the_earliest_stands_in() {
    let plan = |mark: char, title: &str| format!("# {title}\n**Date:** 2023-10-02\n- [{mark}] Parse\n- [x] Read\n");
    let made = repository(&[
        (0, &[("roadmap.md", Put(&plan(' ', "First")))]),
        (
            3,
            &[
                ("roadmap.md", Put(&plan('x', "Second"))),
                ("standups/one.md", Put("## Standup 2023-10-20\n### Done\n- Parse\n")),
            ],
        ),
        (6, &[("standups/one.md", Delete)]),
    ]);
    let it = built(made.path(), &["--as-of", "2023-10-25"]);
    assert_eq!(it.report["plan"]["title"], "First");
    assert_eq!(it.report["plan"]["marks_from"], "2023-10-02");
    assert_eq!(it.evidence("Read"), ["2023-10-02 done roadmap"]);
    assert_eq!(it.evidence("Parse"), ["2023-10-20 done standup"], "the standup was there once");
    assert!(it.page("sources.html").contains("the earliest one, of 14 November 2023, stands in"));
    let it = built(made.path(), &["--as-of", "2023-11-18"]);
    assert_eq!((&it.report["plan"]["title"], it.report["standups"].as_array().unwrap().len()), (&json!("Second"), 1));
    let it = built(made.path(), &["--as-of", "2023-11-20"]);
    assert_eq!(it.report["standups"], json!([]), "it was deleted");
}

#[test]
fn a_standup_that_was_renamed_tells_once() {
    let standup = "# Week 1 Standup\n## Done\n- P1-01 is parsed\n";
    let plan = "# Plan\n**Start:** 2023-11-13\n## Phase 1: Build (Week 1-2)\n### Week 1: One\n- [ ] **P1-01:** Parse\n";
    let made = repository(&[
        (3, &[("roadmap.md", Put(plan)), ("notes/w1.md", Put(standup))]),
        (4, &[("notes", Delete), ("standups/w1.md", Put(standup))]),
        (6, &[("standups/w1.md", Delete), ("standups/2023-W46.md", Put(&format!("{standup}- P1-01 is drawn\n")))]),
    ]);
    let lines = |day: &str| {
        let it = built(made.path(), &["--as-of", day]);
        let evidence = it.report["tasks"][0]["evidence"].as_array().unwrap().clone();
        let line = |it: &Value| format!("{}:{}", it["path"].as_str().unwrap(), it["line"]);
        (evidence.iter().map(line).collect::<Vec<_>>(), it.report["standups"].as_array().unwrap().len())
    };
    // The standup is that of Friday the 17th; the file was moved on the 18th and got its name of now on the 20th.
    assert_eq!(lines("2023-11-17"), (vec!["notes/w1.md:3".to_owned()], 1));
    assert_eq!(lines("2023-11-19"), (vec!["standups/w1.md:3".to_owned()], 1));
    assert_eq!(
        lines("2023-11-21"),
        (vec!["standups/2023-W46.md:3".to_owned(), "standups/2023-W46.md:4".to_owned()], 1)
    );
}

#[test]
fn a_text_that_comes_again_is_read_once() {
    let plan = |marks: &str| format!("# Plan\n- [{}] Parse\n- [{}] Draw\n", &marks[..1], &marks[1..]).into_bytes();
    // By day, from the first: a revert, and a revert of that.
    let texts = ["  ", "x ", "  ", "x ", "x ", "xx"].map(plan);
    let id = |text: &[u8]| BlobId::new(text).unwrap();
    let revision = |(day, text): (i64, &Vec<u8>)| Revision {
        commit: CommitId::new(&[u8::try_from(day).unwrap()]).unwrap(),
        time: day * DAY,
        roadmap: Some(FileVersion { path: "roadmap.md".into(), blob: Some(id(&text[7..])) }),
        standups: Vec::new(),
    };
    let known = texts.iter().map(|it| (id(&it[7..]), it.clone())).collect();
    let texts_read = Arc::new(Counted { texts: known, read: Mutex::default() });
    let past = Past {
        revisions: (1..).zip(&texts).map(revision).collect::<Vec<_>>().into_iter().rev().collect(),
        corrected: 0,
        notes: Vec::new(),
        texts: texts_read.clone(),
    };
    let roadmap = SourceFile::new("roadmap.md", texts[5].clone());
    let settings = Settings::default();
    let plan = reading::plan(&roadmap, &parse(&roadmap), &settings).value;
    let (versions, note) = versions(&plan, &past, &settings, Day::from_ymd_opt(1970, 1, 10).unwrap());
    assert!(note.is_none());
    assert_eq!(*texts_read.read.lock().unwrap(), [5, 4, 2].map(|it: usize| id(&texts[it][7..])));
    assert_eq!(versions.days.len(), 6);
    assert_eq!(versions.first_day(), Day::from_ymd_opt(1970, 1, 2));
}

/// Texts that note which of them are asked for.
#[derive(Debug)]
struct Counted {
    texts: BTreeMap<BlobId, Vec<u8>>,
    read: Mutex<Vec<BlobId>>,
}

impl Texts for Counted {
    fn read(&self, blob: BlobId) -> Result<Vec<u8>, Unreadable> {
        self.read.lock().unwrap().push(blob);
        self.texts.read(blob)
    }
}

#[test]
fn history_is_refused_or_left_out_where_it_is_not_there() {
    let texts = ["# Plan\n- [ ] Parse\n", "# Plan\n- [x] Parse\n"];
    let made = repository(&[(0, &[("roadmap.md", Put(texts[0]))]), (2, &[("roadmap.md", Put(texts[1]))])]);
    let clone = tempfile::tempdir().unwrap();
    let address = format!("file://{}", made.path().display());
    git(clone.path(), &["clone", "-q", "--depth", "1", &address, "it"]);
    let clone = clone.path().join("it");
    let folder = clone.to_str().unwrap();
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let arguments = ["build", folder, "--out", site.to_str().unwrap(), "--as-of", "2023-11-30"];
    let it = ran(&arguments);
    assert_eq!((it.status, site.exists()), (2, false), "{}", it.err);
    assert!(it.err.contains("fetch-depth: 0") && it.err.contains("without the older commits"), "{}", it.err);
    let it = built(&clone, &["--as-of", "2023-11-30", "--allow-shallow"]);
    assert_eq!(it.burndown(), Vec::<String>::new());
    assert_eq!(it.said, "");
    assert!(it.page("sources.html").contains("was cloned without its older commits"));
    // Files as they stand, whatever git knows.
    let it = built(made.path(), &["--as-of", "2023-11-15", "--no-history"]);
    assert_eq!(it.report["progress"]["items"]["done"], 1);
    assert_eq!(built(made.path(), &["--as-of", "2023-11-15"]).report["progress"]["items"]["done"], 0);
    // A day that the settings fix is that of the files.
    write(made.path(), &[("roadbook.toml", b"as_of = 2023-11-15\n")]);
    assert_eq!(built(made.path(), &[]).report["progress"]["items"]["done"], 1);
    // Repairs are made in the files of now.
    let check = ran(&["check", made.path().to_str().unwrap(), "--as-of", "2023-11-15", "--fix", "--diff"]);
    assert_eq!((check.status, check.out.as_str()), (0, ""), "{}", check.err);
}
