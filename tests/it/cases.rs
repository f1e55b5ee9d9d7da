//! Every folder `tests/cases/<feature>/<case>/` is a project; its report and what the program says are compared whole.
//!
//! A new case is a new folder with an `input`, and a `day` when it is not 2026-02-06. `INSTA_UPDATE=always cargo test cases`
//! writes what is expected; read it before it is committed.

use super::support::{roadbook, root};
use std::fs;
use std::path::Path;

#[test]
fn every_case() {
    let features = folders(&root().join("tests/cases"))
        .into_iter()
        .filter(|it| ["check", "degrade", "email", "init"].iter().all(|own| !it.ends_with(own)));
    let cases: Vec<_> = features.flat_map(|it| folders(&it)).filter(|it| it.join("input").exists()).collect();
    assert!(8 <= cases.len(), "the cases are gone: {cases:?}");
    for case in cases {
        check(&case);
    }
}

fn check(case: &Path) {
    let day = fs::read_to_string(case.join("day")).unwrap_or_else(|_| "2026-02-06".to_owned());
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let input = case.join("input");
    let ran = roadbook(&["build", input.to_str().unwrap(), "--out", site.to_str().unwrap(), "--as-of", day.trim()]);
    let said = format!("status: {}\n--- out\n{}--- err\n{}", ran.status, ran.out, ran.err);
    let said =
        said.replace(site.to_str().unwrap(), "[OUT]").replace(case.to_str().unwrap(), "[CASE]").replace('\\', "/");
    insta::with_settings!({ snapshot_path => case, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("said", said);
        if let Ok(report) = fs::read_to_string(site.join("data/report.json")) {
            let mut report: serde_json::Value = serde_json::from_str(&report).unwrap();
            report["generator"]["version"] = "[VERSION]".into();
            insta::assert_snapshot!("report", outline(&report));
        }
    });
}

/// The report without the days of the burndown between Fridays, which say nothing of their own.
fn outline(report: &serde_json::Value) -> String {
    let mut report = report.clone();
    for unit in ["items", "effort_days"] {
        if let Some(points) = report["burndown"][unit].as_array_mut() {
            let all = points.len();
            let mut at = 0;
            points.retain(|_| {
                at += 1;
                at == 1 || at == all || at % 5 == 1
            });
        }
    }
    serde_json::to_string_pretty(&report).unwrap()
}

pub fn folders(path: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(path).unwrap().map(|it| it.unwrap().path());
    let mut folders: Vec<_> = entries.filter(|it| it.is_dir()).collect();
    folders.sort();
    folders
}
