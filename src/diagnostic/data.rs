//! Complaints as published data.

use super::{Diagnostic, Severity};
use crate::text::{Place, SourceFile};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// The version of the form in which complaints are published; within a major version fields are only added.
pub const SCHEMA_VERSION: &str = "1.0";

/// What is wrong, as `roadbook check --format json` prints it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "roadbook findings")]
pub struct Findings {
    /// The version of this form.
    pub schema_version: String,
    /// The findings, by file and place.
    pub diagnostics: Vec<DiagnosticPart>,
}

/// Something that is wrong with the plan or a standup.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DiagnosticPart {
    /// The rule's name.
    pub rule: String,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// What stands at the place, in a few words; may be empty.
    pub label: String,
    /// The calculation, or what was tried.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// The file.
    pub path: String,
    /// The line, counted from 1.
    pub line: Option<u32>,
    /// The column, counted in characters from 1.
    pub column: Option<u32>,
    /// The column behind the last character, when it is on the same line.
    pub end_column: Option<u32>,
    /// Further places that belong to it.
    pub related: Vec<RelatedPart>,
    /// Whether a command can repair it.
    pub fixable: bool,
}

/// A further place of a diagnostic.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RelatedPart {
    /// The file.
    pub path: String,
    /// The line, counted from 1.
    pub line: u32,
    /// What stands there.
    pub message: String,
}

/// Files by path, so that complaints about many files find theirs at once.
pub(super) struct Files<'a>(HashMap<&'a str, &'a SourceFile>);

impl<'a> Files<'a> {
    pub(super) fn new(files: &[&'a SourceFile]) -> Self {
        Self(files.iter().map(|it| (&*it.path, *it)).collect())
    }

    pub(super) fn get(&self, path: &str) -> Option<&'a SourceFile> {
        self.0.get(path).copied()
    }
}

/// Returns complaints as data.
#[must_use]
pub fn findings(diagnostics: &[Diagnostic], files: &[&SourceFile]) -> Findings {
    let files = Files::new(files);
    let diagnostics = diagnostics.iter().map(|it| part(it, &files)).collect();
    Findings { schema_version: SCHEMA_VERSION.to_owned(), diagnostics }
}

/// Returns a complaint as data.
pub(super) fn part(it: &Diagnostic, files: &Files<'_>) -> DiagnosticPart {
    let columns = it.place.as_ref().and_then(|place| columns(place, files));
    let related = it.related.iter().map(|it| RelatedPart {
        path: it.place.path.to_string(),
        line: it.place.line(),
        message: it.message.clone(),
    });
    DiagnosticPart {
        rule: it.rule.to_owned(),
        severity: it.severity.name().to_owned(),
        message: it.message.clone(),
        label: it.label.clone(),
        notes: it.notes.clone(),
        help: it.help.clone(),
        path: it.path.clone(),
        line: it.line(),
        column: columns.map(|(first, _)| first),
        end_column: columns.and_then(|(_, end)| end),
        related: related.collect(),
        fixable: it.fixable,
    }
}

/// Returns the first column of a place, and the column behind it where it ends on the same line.
fn columns(place: &Place, files: &Files<'_>) -> Option<(u32, Option<u32>)> {
    let file = files.get(&place.path)?;
    let (start, end) = (file.index.line_column(place.span.start), file.index.line_column(place.span.end));
    Some((start.column, (end.line == start.line && place.span.start < place.span.end).then_some(end.column)))
}

/// Counts complaints: errors, warnings, notes.
#[must_use]
pub fn tally(diagnostics: &[Diagnostic]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Info]
        .map(|severity| diagnostics.iter().filter(|it| it.severity == severity).count())
}
