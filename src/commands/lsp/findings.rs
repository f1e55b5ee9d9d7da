//! What is wrong, told to the editor: for all files of the projects whose documents are open.

use super::text::Aligned;
use super::workspace::{Reading, Workspace};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edge::Failure;
use crate::phrase;
use crate::prose::without_controls;
use crate::text::Place;
use lsp_types::{
    DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString,
    PublishDiagnosticsParams, Range, Uri,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Findings of a file beyond this many are counted, not told.
const MOST: usize = 1000;
/// Further places of a finding beyond this many are left out.
const MOST_PLACES: usize = 20;

/// What the editor was told.
#[derive(Debug, Default)]
pub struct Published {
    told: BTreeMap<PathBuf, Vec<lsp_types::Diagnostic>>,
    /// Files of which the editor may have lost what it was told.
    again: BTreeSet<PathBuf>,
}

impl Published {
    /// Notes that a file has to be told of again, whatever is found: an editor moves what it was told along with its text.
    pub fn again(&mut self, path: &Path) {
        self.again.insert(path.to_owned());
    }

    /// Returns what the editor does not know yet, file by file, and what has to be said in a message.
    pub fn changed(&mut self, workspace: &mut Workspace) -> (Vec<PublishDiagnosticsParams>, Vec<String>) {
        let (now, words) = all(workspace);
        let news = workspace.failures.news(words);
        let mut changed = Vec::new();
        let files: BTreeSet<&PathBuf> = now.keys().chain(self.told.keys()).chain(&self.again).collect();
        for path in files {
            let (old, new) = (self.told.get(path), now.get(path));
            let is_again = self.again.contains(path) && (old.is_some() || new.is_some());
            if old == new && !is_again {
                continue;
            }
            let Some(uri) = workspace.uri(path) else { continue };
            let version =
                workspace.documents.get(path).map(|it| it.version).filter(|_| workspace.can.versioned_findings);
            changed.push(PublishDiagnosticsParams { uri, diagnostics: new.cloned().unwrap_or_default(), version });
        }
        self.told = now;
        self.again.clear();
        (changed, news)
    }
}

/// Returns all findings by file, and what stands in no file.
fn all(workspace: &Workspace) -> (BTreeMap<PathBuf, Vec<lsp_types::Diagnostic>>, Vec<String>) {
    let mut by_file: BTreeMap<PathBuf, Vec<lsp_types::Diagnostic>> = BTreeMap::new();
    let mut words = Vec::new();
    for it in workspace.members.values().filter_map(|it| it.known.as_ref()) {
        for (found, path) in it.understood.diagnostics.iter().map(|found| (found, path_of(workspace, it, found))) {
            by_file.entry(path).or_default().push(told(workspace, it, found));
        }
    }
    for it in workspace.failures.all() {
        failure(workspace, it, &mut by_file, &mut words);
    }
    for it in by_file.values_mut().filter(|it| MOST < it.len()) {
        let left = it.len() - MOST;
        it.truncate(MOST);
        it.push(lsp_types::Diagnostic {
            severity: Some(DiagnosticSeverity::INFORMATION),
            source: Some("roadbook".to_owned()),
            message: format!("{} in this file more: `roadbook check` shows all", phrase::count(left, "finding")),
            ..lsp_types::Diagnostic::default()
        });
    }
    (by_file, words)
}

/// Returns the file that a finding is shown in: its own, or the roadmap where it is about none.
fn path_of(workspace: &Workspace, reading: &Reading, it: &Diagnostic) -> PathBuf {
    let path = reading.path_of(&it.path);
    let is_file = reading.file(&it.path).is_some() || workspace.has_file(&path);
    if is_file { path } else { reading.path_of(&reading.understood.sources.roadmap.path) }
}

/// Says why a project cannot be read: in the file where that is known, else in words.
fn failure(
    workspace: &Workspace,
    it: &Failure,
    by_file: &mut BTreeMap<PathBuf, Vec<lsp_types::Diagnostic>>,
    words: &mut Vec<String>,
) {
    if !workspace.has_file(&it.path) {
        words.push(format!("roadbook: {it} ({})", it.help));
        return;
    }
    let told = by_file.entry(it.path.clone()).or_default();
    let Some(found) = &it.found else {
        told.push(plain(
            Range::default(),
            &Diagnostic::file("", Severity::Error, "", it.what.as_str()).help(&*it.help),
        ));
        return;
    };
    let text = workspace.documents.get(&it.path).map(|it| it.text.clone());
    let text = text.unwrap_or_else(|| super::text::EditorText::new(found.file.text.clone(), workspace.can.units));
    let file = Aligned::new(text, found.file.clone());
    told.extend(found.diagnostics.iter().map(|it| {
        let range = it.place.as_ref().map_or_else(Range::default, |at| file.range(at.span));
        plain(range, it)
    }));
}

/// Returns a finding as the editor shows it.
pub fn told(workspace: &Workspace, reading: &Reading, it: &Diagnostic) -> lsp_types::Diagnostic {
    let range = it.place.as_ref().and_then(|at| range_of(reading, at)).unwrap_or_default();
    let mut told = plain(range, it);
    if reading.file(&it.path).is_none() && it.place.is_none() && !workspace.has_file(&reading.path_of(&it.path)) {
        told.message = format!("{}: {}", without_controls(&it.path), told.message);
    }
    if workspace.can.related && !it.related.is_empty() {
        let related = it.related.iter().take(MOST_PLACES).filter_map(|it| {
            let location = Location { uri: uri(workspace, reading, &it.place)?, range: range_of(reading, &it.place)? };
            Some(DiagnosticRelatedInformation { location, message: without_controls(&it.message) })
        });
        told.related_information = Some(related.collect());
    }
    if workspace.can.tags && it.rule == "allowance" {
        told.tags = Some(vec![DiagnosticTag::UNNECESSARY]);
    }
    told
}

/// Returns the range of a place in its file, as the editor has it.
pub fn range_of(reading: &Reading, at: &Place) -> Option<Range> {
    Some(reading.file(&at.path)?.range(at.span))
}

/// Returns the name of the file that a place is in.
pub fn uri(workspace: &Workspace, reading: &Reading, at: &Place) -> Option<Uri> {
    workspace.uri(&reading.path_of(&at.path))
}

/// A finding with its words alone: what is wrong, the calculation, what to do.
fn plain(range: Range, it: &Diagnostic) -> lsp_types::Diagnostic {
    let mut message = it.message.clone();
    for note in &it.notes {
        message.push('\n');
        message.push_str(note);
    }
    if let Some(help) = &it.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    // Line ends are ours; nothing of the plan's may break or turn a line.
    let lines: Vec<String> = message.lines().map(without_controls).collect();
    lsp_types::Diagnostic {
        range,
        severity: Some(match it.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: (!it.rule.is_empty()).then(|| NumberOrString::String(it.rule.to_owned())),
        source: Some("roadbook".to_owned()),
        message: lines.join("\n"),
        ..lsp_types::Diagnostic::default()
    }
}
