//! The findings in the source roadmap against the inconsistencies that were counted by hand: every row is found at its lines, and
//! nothing else is called wrong. `tests/cases/check/README.md` says which rule finds which row.

use super::support::{roadbook, root, shared};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// A finding: its rule, its own line, and all lines that it names.
#[derive(Debug)]
struct Found {
    rule: String,
    line: u64,
    lines: BTreeSet<u64>,
}

fn found(roadmap: &str, day: &str) -> Vec<Found> {
    let ran = roadbook(&["check", roadmap, "--as-of", day, "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    let findings = json["diagnostics"].as_array().unwrap().iter().map(|it| {
        let line = it["line"].as_u64().unwrap();
        let related = it["related"].as_array().unwrap().iter().map(|it| it["line"].as_u64().unwrap());
        Found { rule: it["rule"].as_str().unwrap().to_owned(), line, lines: related.chain([line]).collect() }
    });
    findings.collect()
}

/// The table in the README: the rule of each row; nothing for a row that needs a reader.
fn rules() -> BTreeMap<usize, Option<String>> {
    let text = fs::read_to_string(root().join("tests/cases/check/README.md")).unwrap();
    let mut rules = BTreeMap::new();
    for line in text.lines().filter(|it| it.starts_with("| ") && it.as_bytes()[2].is_ascii_digit()) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let rule = cells[1].strip_prefix('`').and_then(|it| it.strip_suffix('`')).map(str::to_owned);
        for row in cells[0].split(", ") {
            assert!(rules.insert(row.parse().unwrap(), rule.clone()).is_none(), "row {row} stands twice");
        }
    }
    rules
}

fn lines(row: &Value) -> BTreeSet<u64> {
    row["lines"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).collect()
}

fn facts() -> Option<(PathBuf, Value)> {
    let folder = shared("the findings in the source roadmap")?.join("story-portal");
    let facts = serde_json::from_str(&fs::read_to_string(folder.join("facts.json")).unwrap()).unwrap();
    Some((folder.join("roadmap.md"), facts))
}

#[test]
fn every_row_is_found_at_its_lines() {
    let Some((roadmap, facts)) = facts() else { return };
    let found = found(roadmap.to_str().unwrap(), "2026-01-19");
    let rules = rules();
    let rows = facts["inconsistencies"].as_array().unwrap();
    assert_eq!((rows.len(), rules.len()), (60, 60));
    let mut missed = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let needs_reader = row["detect"] == "semantic";
        let rule = &rules[&number];
        assert_eq!(rule.is_none(), needs_reader, "row {number}");
        let Some(rule) = rule else { continue };
        // One cause is one finding: it stands on a line of the row, and names the others.
        let wanted = lines(row);
        let of_rule: Vec<&Found> = found.iter().filter(|it| it.rule == *rule).collect();
        let named: BTreeSet<u64> = of_rule.iter().flat_map(|it| &it.lines).copied().collect();
        if !of_rule.iter().any(|it| wanted.contains(&it.line)) || !wanted.is_subset(&named) {
            missed.push(format!("row {number}, {rule}: {wanted:?} of {named:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn nothing_else_is_called_wrong() {
    let Some((roadmap, facts)) = facts() else { return };
    let rules = rules();
    let rows = facts["inconsistencies"].as_array().unwrap();
    let consistent: BTreeSet<u64> = facts["verified_consistent"].as_array().unwrap().iter().flat_map(lines).collect();
    for it in found(roadmap.to_str().unwrap(), "2026-01-19") {
        let of_row = |(number, row): (usize, &Value)| {
            let rule = rules[&number].as_deref();
            rule == Some(it.rule.as_str()) && (lines(row).contains(&it.line) || it.rule == "mojibake")
        };
        let known = (1..).zip(rows).any(of_row);
        assert!(known || !consistent.contains(&it.line), "{} calls line {} wrong, which is right", it.rule, it.line);
        assert!(known, "{} on line {} is in no row", it.rule, it.line);
    }
}

#[test]
fn one_cause_is_one_finding() {
    let Some((roadmap, _)) = facts() else { return };
    let found = found(roadmap.to_str().unwrap(), "2026-01-19");
    let count = |rule: &str| found.iter().filter(|it| it.rule == rule).count();
    // What could not be known from the bytes alone is told apart.
    assert_eq!(count("mojibake"), 2);
    for rule in ["task-without-id", "scope-label", "gate-gap", "idle-team", "table-columns", "effort-total"] {
        assert_eq!(count(rule), 1, "{rule}");
    }
    let places: Vec<(&str, u64)> = found.iter().map(|it| (it.rule.as_str(), it.line)).collect();
    let distinct: BTreeSet<_> = places.iter().collect();
    assert_eq!(places.len(), distinct.len(), "two findings of one rule on one line: {places:?}");
}
