//! Complaints for people at a terminal, with the source line and carets.

use super::data::Files;
use super::{Diagnostic, Severity};
use crate::phrase;
use crate::prose::visible;
use crate::text::{Place, SourceFile};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Lines at most this far from each other are shown in one piece.
const NEAR: u32 = 8;
/// At most so many further places of a complaint are shown with their lines; the rest are named.
const SHOWN: usize = 6;
/// Columns of a note or a help, behind what stands before it.
const COLUMNS: usize = 68;

/// Returns complaints as text with source lines and carets; `colour` adds terminal colours.
///
/// Control characters and characters that reorder a line are replaced, so that content cannot steer a terminal.
#[must_use]
pub fn print(diagnostics: &[Diagnostic], files: &[&SourceFile], colour: bool) -> String {
    let files = Files::new(files);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for it in diagnostics {
        text.push_str(&renderer.render(&[group(it, &files)]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(it: &Diagnostic, files: &Files<'a>) -> Group<'a> {
    let level = match it.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(clean(&it.message));
    let title = if it.rule.is_empty() { title } else { title.id(it.rule) };
    let pieces = pieces(it, files);
    let mut group = if pieces.is_empty() {
        title.element(Origin::path(clean(&it.path)))
    } else {
        let mut group = Group::with_title(title);
        for piece in pieces {
            group = group.element(piece.snippet());
        }
        group
    };
    if let Some(rest) = rest(it) {
        group = group.element(Level::NOTE.message(wrapped(&rest)));
    }
    for note in &it.notes {
        group = group.element(Level::NOTE.message(wrapped(note)));
    }
    if let Some(help) = &it.help {
        group = group.element(Level::HELP.message(wrapped(help)));
    }
    group
}

/// Lines of one file that are shown together.
struct Piece<'a> {
    file: &'a SourceFile,
    first: u32,
    last: u32,
    marks: Vec<Mark>,
}

/// A marked place and what stands there.
struct Mark {
    place: Place,
    label: String,
    is_cause: bool,
}

/// Returns the lines that a complaint is about: the cause first, further places by file and line.
fn pieces<'a>(it: &Diagnostic, files: &Files<'a>) -> Vec<Piece<'a>> {
    let Some(place) = &it.place else { return Vec::new() };
    let cause = Mark { place: place.clone(), label: it.label.clone(), is_cause: true };
    let further = it.related.iter().take(SHOWN);
    let further = further.map(|it| Mark { place: it.place.clone(), label: it.message.clone(), is_cause: false });
    let mut further: Vec<Mark> = further.collect();
    further.sort_by(|a, b| a.place.cmp(&b.place));
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for mark in std::iter::once(cause).chain(further) {
        let Some(file) = files.get(&mark.place.path) else { continue };
        let line = mark.place.line();
        let near = pieces.iter_mut().find(|it| {
            it.file.path == file.path && it.first.saturating_sub(NEAR) <= line && line <= it.last.saturating_add(NEAR)
        });
        match near {
            Some(piece) => {
                (piece.first, piece.last) = (piece.first.min(line), piece.last.max(line));
                piece.marks.push(mark);
            }
            None => pieces.push(Piece { file, first: line, last: line, marks: vec![mark] }),
        }
    }
    pieces
}

impl<'a> Piece<'a> {
    fn snippet(self) -> Snippet<'a, Annotation<'a>> {
        let (first, last) = (self.file.index.line_span(self.first), self.file.index.line_span(self.last));
        let marks = self.marks.iter().map(|mark| {
            let start = mark.place.span.start.clamp(first.start, last.end);
            let line_end = self.file.index.line_span(mark.place.line()).end;
            let end = mark.place.span.end.min(line_end).clamp(start, last.end);
            let kind = if mark.is_cause { AnnotationKind::Primary } else { AnnotationKind::Context };
            let span = (start - first.start) as usize..(end - first.start) as usize;
            let label = (!mark.label.is_empty()).then(|| clean(&mark.label));
            kind.span(span).label(label)
        });
        Snippet::source(clean_line(self.file.slice(first.to(last))))
            .line_start(self.first as usize)
            .path(clean(&self.file.path))
            .annotations(marks.collect::<Vec<_>>())
    }
}

/// Names the further places that are not shown.
fn rest(it: &Diagnostic) -> Option<String> {
    let lines: Vec<String> = it.related.iter().skip(SHOWN).map(|it| it.place.line().to_string()).collect();
    let named = lines.get(..lines.len().min(24)).unwrap_or_default().join(", ");
    let more = lines.len().saturating_sub(24);
    let more = if 0 < more { format!(" and {more} more") } else { String::new() };
    let noun = if lines.len() == 1 { "line" } else { "lines" };
    (!lines.is_empty()).then(|| format!("also on {noun} {named}{more}"))
}

fn wrapped(text: &str) -> String {
    phrase::wrap(&clean(text), COLUMNS).join("\n")
}

/// Replaces what could steer a terminal.
fn clean(text: &str) -> String {
    visible(text).chars().map(|it| if it.is_control() && it != '\n' { '\u{FFFD}' } else { it }).collect()
}

/// Replaces characters one for one in bytes, so that carets stay in place: controls, and the sign that makes a symbol an emoji,
/// which widens it on some terminals; the joiner that stands for it is left out when the line is printed.
fn clean_line(line: &str) -> String {
    let clean = |it: char| match it {
        '\t' | '\n' => it,
        '\u{FE0F}' => '\u{200D}',
        it if it.is_ascii_control() => '?',
        it => it,
    };
    line.chars().map(clean).collect()
}
