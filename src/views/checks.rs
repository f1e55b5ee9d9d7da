//! The plan checks: every finding, worst first.

use super::Desk;
use super::anchor::Anchors;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Link, Mark, Src};
use super::rules;
use crate::diagnostic::{Diagnostic, Related, Severity};
use crate::phrase::{capitalise, count, count_in_words, list};
use crate::text::Place;
use crate::views::charts::Look;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The plan checks.
#[derive(Debug, Serialize)]
pub struct Checks {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// What was checked.
    pub note: String,
    /// How often rules spoke that spoke more than once, the most frequent first; empty with a handful of findings.
    pub rules: Vec<RuleCount>,
    /// The findings by severity, worst first; empty when there is none.
    pub groups: Vec<CheckGroup>,
}

/// How often a rule spoke.
#[derive(Debug, Serialize)]
pub struct RuleCount {
    /// The rule, with its explanation.
    pub rule: Link,
    /// The number of findings.
    pub count: usize,
}

/// A piece of a sentence: words, or code.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is code.
    pub is_code: bool,
}

/// The findings of one severity.
#[derive(Debug, Serialize)]
pub struct CheckGroup {
    /// Its name on the page.
    pub id: &'static str,
    /// "Two errors".
    pub heading: String,
    /// What it means.
    pub note: &'static str,
    /// The findings, by file and line.
    pub rows: Vec<CheckRow>,
}

/// A finding.
#[derive(Debug, Serialize)]
pub struct CheckRow {
    /// Its name on the page.
    pub id: String,
    /// How much it matters.
    pub mark: Mark,
    /// The rule, with its explanation.
    pub rule: Link,
    /// What is wrong.
    pub message: Vec<Piece>,
    /// The words that it is about, as the source has them; may be empty.
    pub quote: String,
    /// What stands there; may be empty.
    pub label: String,
    /// The calculation, or what was tried.
    pub notes: Vec<Vec<Piece>>,
    /// What to do about it; may be empty.
    pub help: Vec<Piece>,
    /// Where it is.
    pub src: CheckSource,
    /// Where its line is edited.
    pub edit: Option<String>,
    /// Further places that belong to it.
    pub related: Vec<RelatedRow>,
    /// How many more there are than those listed; 0 for none.
    pub more: usize,
}

/// A place that may have no page, such as a file that could not be read.
#[derive(Debug, Serialize)]
pub struct CheckSource {
    /// The file, and its line where one is known.
    pub label: String,
    /// Where it leads; empty when there is no page for it.
    pub href: String,
}

/// Further places of a finding of which the same is to be said.
#[derive(Debug, Serialize)]
pub struct RelatedRow {
    /// What stands there.
    pub message: String,
    /// The lines; those behind the first in one file by their numbers alone.
    pub places: Vec<CheckSource>,
}

/// At most so many further places are listed for one finding.
const MOST_RELATED: usize = 20;

impl Page for Checks {
    const TEMPLATE: &'static str = "site/checks.html";
}

/// Makes the page of the plan checks.
#[must_use]
pub fn checks(desk: &Desk<'_>, base_url: Option<&str>) -> Checks {
    let heading = heading(desk.facts.diagnostics);
    let words = Heading {
        title: heading.clone(),
        description: format!("What the checks of {} found, with the lines and what to do", desk.plan().title),
        section: Section::Checks,
        is_first: true,
        path: "checks.html".to_owned(),
    };
    let groups = [Severity::Error, Severity::Warning, Severity::Info].into_iter();
    let mut anchors = Anchors::default();
    let groups: Vec<CheckGroup> = groups.filter_map(|it| group(desk, it, &mut anchors)).collect();
    let frame = frame(desk, &words, base_url);
    Checks { frame, heading, note: note(desk), rules: rule_counts(desk), groups }
}

/// With fewer findings than this a list of them is its own summary.
const FEW: usize = 10;

fn rule_counts(desk: &Desk<'_>) -> Vec<RuleCount> {
    let found = desk.facts.diagnostics;
    if found.len() < FEW {
        return Vec::new();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for it in found {
        *counts.entry(it.rule).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, n)| 1 < *n).collect();
    counts.sort_by_key(|(rule, n)| (Reverse(*n), *rule));
    counts.into_iter().map(|(rule, count)| RuleCount { rule: rule_link(desk, rule), count }).collect()
}

fn rule_link(desk: &Desk<'_>, rule: &str) -> Link {
    Link { text: rule.to_owned(), href: desk.href(&format!("{}#{rule}", rules::PATH)) }
}

/// "Two errors and one warning in the plan’s files".
fn heading(found: &[Diagnostic]) -> String {
    let number = |it: Severity| found.iter().filter(|found| found.severity == it).count();
    let counts =
        [(number(Severity::Error), "error"), (number(Severity::Warning), "warning"), (number(Severity::Info), "note")];
    let parts: Vec<String> =
        counts.into_iter().filter(|(n, _)| 0 < *n).map(|(n, noun)| count_in_words(n, noun)).collect();
    if parts.is_empty() { "No findings".to_owned() } else { capitalise(&list(&parts)) + " in the plan’s files" }
}

/// Says what was checked, in one sentence.
fn note(desk: &Desk<'_>) -> String {
    let files: Vec<_> = desk.facts.sources.files().collect();
    let lines: u64 = files.iter().map(|it| u64::from(it.index.lines())).sum();
    let boxes: usize = desk.facts.file_facts.iter().map(|it| it.boxes).sum();
    let counts = [
        count(desk.plan().tasks.len(), "item"),
        count(boxes, "checkbox").replace("checkboxs", "checkboxes"),
        count(desk.facts.history.standups.len(), "standup"),
    ];
    let parts: Vec<String> = counts.into_iter().filter(|it| !it.starts_with("0 ")).collect();
    let with = if parts.is_empty() { String::new() } else { format!(" with {}", list(&parts)) };
    let lines = count(usize::try_from(lines).unwrap_or(usize::MAX), "line");
    format!("Checked: {lines} of {}{with}.", count(files.len(), "file"))
}

fn group(desk: &Desk<'_>, severity: Severity, anchors: &mut Anchors) -> Option<CheckGroup> {
    let found: Vec<&Diagnostic> = desk.facts.diagnostics.iter().filter(|it| it.severity == severity).collect();
    if found.is_empty() {
        return None;
    }
    let (id, noun, note) = match severity {
        Severity::Error => ("errors", "error", "The plan or a file is wrong."),
        Severity::Warning => ("warnings", "warning", "Something is likely wrong."),
        Severity::Info => ("notes", "note", "Worth knowing."),
    };
    let heading = capitalise(&count_in_words(found.len(), noun));
    Some(CheckGroup { id, heading, note, rows: found.into_iter().map(|it| row(desk, it, anchors)).collect() })
}

fn row(desk: &Desk<'_>, it: &Diagnostic, anchors: &mut Anchors) -> CheckRow {
    let mark = match it.severity {
        Severity::Error => Mark::new(Look::Bad, "Error"),
        Severity::Warning => Mark::new(Look::Warn, "Warning"),
        Severity::Info => Mark::new(Look::Plain, "Note"),
    };
    CheckRow {
        id: anchors.give("f", &format!("{} {}", it.rule, it.message)),
        mark,
        rule: rule_link(desk, it.rule),
        quote: it.place.as_ref().map(|it| quote(desk, it)).unwrap_or_default(),
        label: if it.label.is_empty() { String::new() } else { sentence(&it.label) },
        notes: it.notes.iter().map(|it| pieces(&sentence(it))).collect(),
        message: pieces(&sentence(&it.message)),
        help: it.help.as_deref().map(|it| pieces(&sentence(it))).unwrap_or_default(),
        src: it.place.as_ref().map_or_else(|| file(desk, &it.path), |it| place(desk, it)),
        edit: it.place.as_ref().filter(|it| is_known(desk, it)).and_then(|it| desk.edit(it)),
        related: related(desk, it),
        more: it.related.len().saturating_sub(MOST_RELATED),
    }
}

/// Returns the further places, those of which the same is said in one row.
fn related(desk: &Desk<'_>, it: &Diagnostic) -> Vec<RelatedRow> {
    let shown = it.related.get(..it.related.len().min(MOST_RELATED)).unwrap_or_default();
    let rows = shown.chunk_by(|a, b| a.message == b.message && a.place.path == b.place.path);
    let row = |rows: &[Related]| {
        let alone = rows.len() == 1;
        let message = rows.first().map(|it| sentence(&it.message)).unwrap_or_default();
        let message = if alone { message } else { message.trim_end_matches('.').to_owned() + ":" };
        let mut places: Vec<CheckSource> = rows.iter().map(|it| place(desk, &it.place)).collect();
        for (shown, it) in places.iter_mut().zip(rows).skip(1) {
            shown.label = it.place.line().to_string();
        }
        RelatedRow { message, places }
    };
    rows.map(row).collect()
}

/// Parts a sentence at its backticks.
fn pieces(text: &str) -> Vec<Piece> {
    if text.matches('`').count() % 2 == 1 {
        return vec![Piece { text: text.to_owned(), is_code: false }];
    }
    let pieces = text.split('`').enumerate().filter(|(_, it)| !it.is_empty());
    pieces.map(|(at, it)| Piece { text: it.to_owned(), is_code: at % 2 == 1 }).collect()
}

/// Returns a message as a sentence; it may begin with an ID or a path, which stays as it is.
pub(super) fn sentence(message: &str) -> String {
    let message = crate::prose::visible(message);
    let first = message.split_whitespace().next().unwrap_or_default();
    let is_word = !first.is_empty() && first.chars().all(|it| it.is_ascii_lowercase() || it == '\'');
    let message = if is_word { capitalise(&message) } else { message.into_owned() };
    if message.ends_with(['.', '?', '!', ':', '…']) { message } else { message + "." }
}

/// Returns the words at a place, cut where they are long.
fn quote(desk: &Desk<'_>, place: &Place) -> String {
    const MOST: usize = 120;
    let file = desk.facts.sources.files().find(|it| it.path == place.path);
    let words = file.map(|it| it.slice(place.span)).unwrap_or_default();
    let words = crate::prose::visible(words.lines().next().unwrap_or_default().trim()).into_owned();
    match words.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", words.get(..at).unwrap_or_default()),
        None => words,
    }
}

fn place(desk: &Desk<'_>, place: &Place) -> CheckSource {
    let Src { label, href, .. } = desk.src(place);
    CheckSource { label, href: if is_known(desk, place) { href } else { String::new() } }
}

fn is_known(desk: &Desk<'_>, place: &Place) -> bool {
    desk.facts.sources.files().any(|it| it.path == place.path)
}

fn file(desk: &Desk<'_>, path: &str) -> CheckSource {
    let page = desk.facts.source_pages.get(path);
    CheckSource {
        label: crate::prose::visible(path).into_owned(),
        href: page.map(|it| desk.href(it)).unwrap_or_default(),
    }
}
