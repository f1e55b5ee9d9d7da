//! Complaints in the Static Analysis Results Interchange Format, for code scanning.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use super::data::{Files, part};
use super::{Diagnostic, Severity};
use crate::text::SourceFile;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A rule as the log describes it.
#[derive(Debug, Clone, Copy)]
pub struct SarifRule {
    /// Its name.
    pub name: &'static str,
    /// What it finds, in one sentence.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// How much its findings matter when no setting says otherwise.
    pub severity: Severity,
}

/// Returns complaints as a SARIF 2.1.0 log of one run. Columns count characters. `folder` is where the project lies in its
/// repository: empty, or with a `/` at its end.
#[must_use]
pub fn sarif(
    diagnostics: &[Diagnostic],
    files: &[&SourceFile],
    rules: &[SarifRule],
    version: &str,
    folder: &str,
) -> Value {
    let described = rules.iter().map(|it| {
        json!({
            "id": it.name,
            "shortDescription": {"text": it.what},
            "fullDescription": {"text": it.why},
            "help": {"text": format!("roadbook explain {}", it.name)},
            "defaultConfiguration": {"level": level(it.severity)},
        })
    });
    let driver = json!({"name": "roadbook", "version": version, "rules": described.collect::<Vec<_>>()});
    let files = Files::new(files);
    let results: Vec<Value> = diagnostics.iter().map(|it| result(it, &files, rules, folder)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    })
}

fn result(it: &Diagnostic, files: &Files<'_>, rules: &[SarifRule], folder: &str) -> Value {
    let part = part(it, files);
    let mut text = it.message.clone();
    for more in it.notes.iter().chain(&it.help) {
        text.push('\n');
        text.push_str(more);
    }
    let mut physical = json!({"artifactLocation": {"uri": uri(&format!("{folder}{}", it.path))}});
    if let Some(line) = part.line {
        let mut region = json!({"startLine": line});
        for (key, value) in [("startColumn", part.column), ("endColumn", part.end_column)] {
            if let (Some(value), Some(region)) = (value, region.as_object_mut()) {
                region.insert(key.to_owned(), value.into());
            }
        }
        physical.as_object_mut().map(|it| it.insert("region".to_owned(), region));
    }
    let related: Vec<Value> = part.related.iter().enumerate().map(|(at, it)| related(at, it, folder)).collect();
    let index = rules.iter().position(|rule| rule.name == it.rule);
    let mut result = json!({
        "ruleId": it.rule,
        "level": level(it.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": physical}],
        "relatedLocations": related,
    });
    if let (Some(index), Some(result)) = (index, result.as_object_mut()) {
        result.insert("ruleIndex".to_owned(), index.into());
    }
    result
}

fn related(at: usize, it: &super::RelatedPart, folder: &str) -> Value {
    json!({
        "id": at,
        "message": {"text": it.message},
        "physicalLocation": {"artifactLocation": {"uri": uri(&format!("{folder}{}", it.path))}, "region": {"startLine": it.line}},
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Returns a relative path as a URI: what is neither unreserved nor a slash is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
