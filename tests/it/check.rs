//! Every rule: what it says about its case, word for word, and that it is silent where nothing is wrong.
//!
//! `tests/cases/check/<rule>/input` is a project with what the rule complains about; `silent`, and others whose name begins so,
//! are projects that look alike and are right. A `day` file beside them names the day, 2026-02-06 otherwise.

use super::cases::folders;
use super::support::{roadbook, root, shared};
use roadbook::calendar::Day;
use roadbook::checks::{RULES, all};
use roadbook::diagnostic::{Diagnostic, print};
use roadbook::edge::{locate, read};
use roadbook::pipeline::{Understood, understand};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn checked(folder: &Path, day: &str) -> Understood {
    let sources = read(locate(folder).unwrap()).unwrap();
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
        let understood = checked(&case.join("input"), &day);
        let found = of_rule(&understood, &rule);
        let files: Vec<_> = understood.sources.files().collect();
        insta::with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("said", print(&found, &files, false));
        });
        assert!(!found.is_empty(), "{rule} says nothing about its own case");
        let is_silent = |it: &Path| it.file_name().unwrap().to_str().unwrap().starts_with("silent");
        for silent in folders(&case).into_iter().filter(|it| is_silent(it)) {
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
    fs::copy(shared.join("story-portal/roadmap.md"), &plan).unwrap();
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
