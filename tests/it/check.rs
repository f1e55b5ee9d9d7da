//! Every rule: what it says about its case, word for word, and that it is silent where nothing is wrong.
//!
//! In `tests/cases/check/<rule>/`, folders whose names begin with `input` are projects with what the rule complains about; those
//! that begin with `silent` look alike and are right. A `day` file beside them names the day, 2026-02-06 otherwise.

use super::cases::folders;
use super::support::{roadbook, root, shared};
use roadbook::calendar::Day;
use roadbook::checks::{RULES, all};
use roadbook::diagnostic::{Diagnostic, print};
use roadbook::edge::{GitUse, locate, read};
use roadbook::pipeline::{Understood, understand};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn checked(folder: &Path, day: &str) -> Understood {
    let sources = read(locate(folder).unwrap(), GitUse::IGNORED).unwrap();
    understand(sources, day.trim().parse::<Day>().unwrap())
}

fn of_rule(understood: &Understood, rule: &str) -> Vec<Diagnostic> {
    understood.diagnostics.iter().filter(|it| it.rule == rule).cloned().collect()
}

#[test]
fn every_rule_says_what_it_should() {
    for case in folders(&root().join("tests/cases/check")) {
        let rule = case.file_name().unwrap().to_str().unwrap().to_owned();
        let day = fs::read_to_string(case.join("day")).unwrap_or_else(|_| "2026-02-06".to_owned());
        let name = |it: &Path| it.file_name().unwrap().to_str().unwrap().to_owned();
        for input in folders(&case).into_iter().filter(|it| name(it).starts_with("input")) {
            let understood = checked(&input, &day);
            let found = of_rule(&understood, &rule);
            let files: Vec<_> = understood.sources.files().collect();
            let snapshot = name(&input).replacen("input", "said", 1);
            insta::with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(snapshot, print(&found, &files, false));
            });
            assert!(!found.is_empty(), "{rule} says nothing about its own case");
        }
        for silent in folders(&case).into_iter().filter(|it| name(it).starts_with("silent")) {
            let understood = checked(&silent, &day);
            let files: Vec<_> = understood.sources.files().collect();
            let found = print(&of_rule(&understood, &rule), &files, false);
            assert!(found.is_empty(), "{} is not silent:\n{found}", silent.display());
        }
    }
}

#[test]
fn every_rule_has_a_case() {
    let cases: BTreeSet<String> = folders(&root().join("tests/cases/check"))
        .iter()
        .map(|it| it.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|it| it.name.to_owned()).collect();
    let without: Vec<_> = rules.difference(&cases).collect();
    assert!(without.is_empty(), "no folder under tests/cases/check for {without:?}");
    let strangers: Vec<_> = cases.iter().filter(|it| !all().iter().any(|rule| rule.name == **it)).collect();
    assert!(strangers.is_empty(), "no rule is called {strangers:?}");
}

/// Limits are met by plans too long for a folder.
#[test]
fn limits_say_what_is_left_out() {
    let said = |text: &str, rule: &str| {
        let it = super::support::understood(text, &[], "2026-02-06");
        let found: Vec<_> = it.diagnostics.iter().filter(|it| it.rule == rule).collect();
        assert_eq!(found.len(), 1, "{rule}");
        (found[0].message.clone(), found[0].line().unwrap())
    };
    let deep: String = (0..70).map(|depth| "  ".repeat(depth) + "- item\n").collect();
    let message = "lists are nested more than 64 deep: what lies deeper is counted but not understood";
    assert_eq!(said(&deep, "nested-too-deep"), (message.to_owned(), 66));
    let tasks = "- [ ] task\n".repeat(20_001);
    let message = "more than 20000 tasks: from here on they are counted but not understood";
    assert_eq!(said(&tasks, "too-many-tasks"), (message.to_owned(), 20_001));
    let gates = "**Gate:** the sheet is out\n\n".repeat(1_001);
    let message = "more than 1000 phases, weeks, gates, criteria, metrics or risks: from here on they are left out";
    assert_eq!(said(&gates, "too-many-parts"), (message.to_owned(), 2_001));
    let long = format!("# Plan\n\n{}- [ ] last\n", "words and words\n".repeat(140_000));
    let message = "the file has 2.1 MiB, of which 2.0 MiB are read: from line 131074 on, 1 checkbox is counted but not understood";
    assert_eq!(said(&long, "file-too-large").0, message);
}

#[test]
fn fix_repairs_damage_and_no_other_byte() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("roadmap.md");
    let damaged = "\u{FEFF}# Plan\r\n\r\n- [ ] **A-1:** âœ… tidy  \r\n- [ ] **A-2:** Größe\r\n- [â³] **A-3:** late";
    let mended = "\u{FEFF}# Plan\r\n\r\n- [ ] **A-1:** ✅ tidy  \r\n- [ ] **A-2:** Größe\r\n- [⏳] **A-3:** late";
    fs::write(&plan, damaged).unwrap();
    let path = folder.path().to_str().unwrap();
    let shown = roadbook(&["check", path, "--fix", "--diff"]);
    assert_eq!(fs::read_to_string(&plan).unwrap(), damaged, "a diff changes nothing");
    let changed = |sign: char| shown.out.lines().filter(|it| it.starts_with(sign)).count();
    assert_eq!((changed('+'), changed('-'), shown.status), (3, 3, 1), "{}", shown.out);
    let first = roadbook(&["check", path, "--fix"]);
    assert_eq!(first.err, "repaired roadmap.md: 2 symbols\n");
    assert_eq!(fs::read_to_string(&plan).unwrap(), mended);
    let again = roadbook(&["check", path, "--fix"]);
    assert_eq!((fs::read_to_string(&plan).unwrap().as_str(), again.err.as_str()), (mended, ""));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["roadmap.md"], "nothing is left beside it");
}

#[test]
fn fix_makes_the_repaired_source_roadmap() {
    let Some(shared) = shared("the source roadmap, repaired") else { return };
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("roadmap.md");
    // What is shared is read-only, and a copy would be, too.
    fs::write(&plan, fs::read(shared.join("story-portal/roadmap.md")).unwrap()).unwrap();
    roadbook(&["check", plan.to_str().unwrap(), "--fix"]);
    assert_eq!(fs::read(&plan).unwrap(), fs::read(shared.join("story-portal/roadmap.repaired.md")).unwrap());
}

fn sample(format: &str) -> String {
    let content = root().join("content");
    roadbook(&["check", content.to_str().unwrap(), "--format", format]).out
}

#[test]
fn json_fits_its_schema() {
    let found: serde_json::Value = serde_json::from_str(&sample("json")).unwrap();
    let schema = serde_json::to_value(schemars::schema_for!(roadbook::diagnostic::Findings)).unwrap();
    jsonschema::validate(&schema, &found).unwrap();
    assert!(!found["diagnostics"].as_array().unwrap().is_empty());
}

#[test]
fn sarif_fits_the_published_schema() {
    let log: serde_json::Value = serde_json::from_str(&sample("sarif")).unwrap();
    let schema = fs::read_to_string(root().join("tests/schemas/sarif-2.1.0.json")).unwrap();
    jsonschema::validate(&serde_json::from_str(&schema).unwrap(), &log).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(!results.is_empty() && results.iter().all(|it| it["ruleIndex"].is_u64()), "{results:?}");
}

#[test]
fn github_shows_ten_at_most() {
    let text = sample("github");
    assert!((1..=10).contains(&text.lines().count()), "{text}");
    assert!(
        text.lines()
            .all(|it| it.starts_with("::error ") || it.starts_with("::warning ") || it.starts_with("::notice "))
    );
}

/// A plan with one error, one warning and one note.
const PLAN: &str = "# Plan\n\n**Start:** 2026-02-02\n**Target Launch:** 2026-02-15\n\n## Phase 1: All (Week 1-2)\n\n### Week 1: A\n\n\
     - [ ] **A-1:** Kick off on [DATE]\n  - *Owner: Ghosts | Duration: 1d*\n\n### Week 2: B\n\n- [ ] **A-2:** Go\n  - *Owner: Crew | \
     Duration: 5d*\n\n### Team Composition\n- **Crew:** 2 FTE (Week 2)\n";

fn project(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/roadmap.md"), PLAN).unwrap();
    fs::write(folder.path().join("content/roadbook.toml"), settings).unwrap();
    folder
}

/// Checks a project as of its second day; returns the exit status and each finding's severity and rule.
fn levels(settings: &str, more: &[&str]) -> (u8, Vec<String>) {
    let folder = project(settings);
    let path = folder.path().to_str().unwrap();
    let ran = roadbook(&[&["check", path, "--as-of", "2026-02-03", "--format", "json"], more].concat());
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
    let found = found["diagnostics"].as_array().unwrap().iter();
    (ran.status, found.map(|it| text(&it["severity"]) + " " + &text(&it["rule"])).collect())
}

#[test]
fn settings_set_levels_and_the_exit_status_follows() {
    let all = ["warning non-working-target", "info placeholder", "error unknown-owner"];
    assert_eq!(levels("", &[]), (1, all.map(str::to_owned).to_vec()));
    let (status, found) = levels("[check]\nunknown-owner = \"off\"\nplaceholder = \"warning\"\n", &[]);
    assert_eq!((status, found), (0, vec!["warning non-working-target".into(), "warning placeholder".into()]));
    let quiet = "[check]\nunknown-owner = \"off\"\nnon-working-target = \"off\"\n";
    assert_eq!(levels(quiet, &["--strict"]), (1, vec!["info placeholder".into()]));
    assert_eq!(levels(&(quiet.to_owned() + "placeholder = \"off\"\n"), &["--strict"]), (0, vec![]));
    assert_eq!(levels("[check]\nplaceholder = \"error\"\nunknown-owner = \"info\"\n", &[]).0, 1);
}

#[test]
fn annotations_and_sarif_name_files_from_the_top_of_the_repository() {
    let folder = project("");
    fs::create_dir(folder.path().join(".git")).unwrap();
    let path = folder.path().to_str().unwrap();
    let github = roadbook(&["check", path, "--as-of", "2026-02-03", "--format", "github"]).out;
    assert!(github.lines().all(|it| it.contains(" file=content/roadmap.md,line=")), "{github}");
    let sarif = roadbook(&["check", path, "--as-of", "2026-02-03", "--format", "sarif"]).out;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    for it in sarif["runs"][0]["results"].as_array().unwrap() {
        assert_eq!(it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "content/roadmap.md");
    }
}
