//! What is said about a plan while it is read.

use super::walk::{Contradiction, Found, MAX_DEPTH, MAX_PARTS, MAX_SEGMENTS};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::phrase;
use crate::text::{MAX_READ_BYTES, Place, SourceFile};
use std::collections::BTreeMap;

/// Contradictions and unknown marks beyond this many each are counted, not shown.
const MAX_SHOWN: usize = 100;

/// Returns what is to be said about what a walk found.
#[must_use]
pub fn complaints(found: &Found, file: &SourceFile, document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let readable = file.readable();
    if file.text.trim().is_empty() {
        let help = "write a heading, and each task as `- [ ] title`";
        diagnostics
            .push(Diagnostic::file("empty-file", Severity::Warning, &file.path, "the roadmap is empty").help(help));
    }
    if readable.range().len() < file.text.len() {
        let place = file.place(crate::text::Span { start: readable.end, end: readable.end });
        let unread = document.boxes.iter().filter(|it| readable.end <= it.span.start).count();
        let message = format!(
            "the file has {}, of which {} are read: from line {} on, {} {} counted but not understood",
            mebibytes(file.text.len()),
            mebibytes(MAX_READ_BYTES),
            place.line(),
            phrase::count(unread, "checkbox"),
            if unread == 1 { "is" } else { "are" },
        );
        let help = "split the plan into several projects, or move what is not plan into other files";
        diagnostics.push(Diagnostic::at("file-too-large", Severity::Warning, &place, message).help(help));
    }
    if let Some(place) = &found.too_deep {
        let message =
            format!("lists are nested more than {MAX_DEPTH} deep: what lies deeper is counted but not understood");
        let help = "move deep items up, or into a file of their own";
        diagnostics.push(Diagnostic::at("nested-too-deep", Severity::Warning, place, message).help(help));
    }
    if let Some(place) = &found.too_many {
        let message = format!("more than {MAX_SEGMENTS} tasks: from here on they are counted but not understood");
        let help = "split the plan into several projects";
        diagnostics.push(Diagnostic::at("too-many-tasks", Severity::Warning, place, message).help(help));
    }
    if let Some(place) = &found.too_many_parts {
        let message = format!(
            "more than {MAX_PARTS} phases, weeks, gates, criteria, metrics or risks: from here on they are left out"
        );
        let help = "split the plan into several projects";
        diagnostics.push(Diagnostic::at("too-many-parts", Severity::Warning, place, message).help(help));
    }
    marks(found, &mut diagnostics);
    diagnostics
}

fn mebibytes(bytes: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let mebibytes = bytes as f64 / (1024.0 * 1024.0);
    format!("{mebibytes:.1} MiB")
}

/// Boxes that say two things, and boxes that say nothing that is known.
fn marks(found: &Found, diagnostics: &mut Vec<Diagnostic>) {
    let complaint = |it: &Contradiction, message: String| {
        Diagnostic::at("mark-conflict", Severity::Warning, &it.place, message).help(it.help)
    };
    let of_boxes = found.contradictions.iter().filter(|it| it.of_many.is_none());
    diagnostics.extend(of_boxes.take(MAX_SHOWN).map(|it| complaint(it, it.message.clone())));
    // A way to write headings is one thing to decide, however many are written so.
    let mut headings: BTreeMap<&str, Vec<&Contradiction>> = BTreeMap::new();
    for it in &found.contradictions {
        if let Some(words) = it.of_many {
            headings.entry(words).or_default().push(it);
        }
    }
    for (words, all) in headings {
        let Some((first, more)) = all.split_first() else { continue };
        let message = if more.is_empty() { first.message.clone() } else { format!("{} {words}", all.len()) };
        let again = more.iter().take(MAX_SHOWN);
        diagnostics.push(again.fold(complaint(first, message), |all, it| all.again(&it.place, "and this one")));
    }
    for place in found.unknown_marks.iter().take(MAX_SHOWN) {
        let message = "the mark in this box is not known: the task counts as not begun";
        let help = "write `[ ]`, `[x]`, `[~]`, `[!]` or `[-]`, or name the mark in roadbook.toml under `[states]`";
        diagnostics.push(Diagnostic::at("unknown-mark", Severity::Warning, place, message).help(help));
    }
    states(found, diagnostics);
}

/// Words in columns of states that are no known state, each told once with all of its places.
fn states(found: &Found, diagnostics: &mut Vec<Diagnostic>) {
    let mut places: BTreeMap<String, Vec<&(String, Place)>> = BTreeMap::new();
    for it in &found.unknown_states {
        places.entry(it.0.to_lowercase()).or_default().push(it);
    }
    let mut all: Vec<_> = places.into_values().collect();
    all.sort_by_key(|it| it.first().map(|(_, place)| place.span.start));
    for said in all.iter().take(MAX_SHOWN) {
        let Some(((words, first), more)) = said.split_first() else { continue };
        let message = format!("\"{words}\" in a column of states is not known: the task counts as not begun");
        let help = "write a word such as \"done\" or \"in progress\", or name yours in roadbook.toml under `[states]`";
        let complaint = Diagnostic::at("unknown-mark", Severity::Warning, first, message).help(help);
        let again = more.iter().take(MAX_SHOWN);
        diagnostics.push(again.fold(complaint, |all, (_, it)| all.again(it, "and here")));
    }
}
