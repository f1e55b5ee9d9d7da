//! Complaints for people at a terminal, with the source line and carets.

use super::{Diagnostic, Severity};
use crate::prose::visible;
use crate::text::SourceFile;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Returns complaints as text with source lines and carets; `colour` adds terminal colours.
///
/// Control characters and characters that reorder a line are replaced, so that content cannot steer a terminal.
#[must_use]
pub fn print(diagnostics: &[Diagnostic], files: &[&SourceFile], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for it in diagnostics {
        text.push_str(&renderer.render(&[group(it, files)]));
        text.push_str("\n\n");
    }
    text
}

fn group<'a>(it: &Diagnostic, files: &[&'a SourceFile]) -> Group<'a> {
    let level = match it.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(clean(&it.message)).id(it.rule);
    let file = files.iter().find(|file| *file.path == *it.path);
    let mut group = match (&it.place, file) {
        (Some(place), Some(file)) => {
            let line = file.index.line_span(place.line());
            let start = place.span.start.max(line.start);
            let end = place.span.end.clamp(start, line.end.max(start));
            let mark = AnnotationKind::Primary.span((start - line.start) as usize..(end - line.start) as usize);
            let snippet = Snippet::source(clean_line(file.slice(line)))
                .line_start(place.line() as usize)
                .path(file.path.to_string())
                .annotation(mark);
            title.element(snippet)
        }
        _ => title.element(Origin::path(clean(&it.path))),
    };
    for related in &it.related {
        let place = &related.place;
        group =
            group.element(Level::NOTE.message(clean(&format!("{}:{}: {}", place.path, place.line(), related.message))));
    }
    if let Some(help) = &it.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    group
}

/// Replaces what could steer a terminal.
fn clean(text: &str) -> String {
    visible(text).chars().map(|it| if it.is_control() && it != '\n' { '\u{FFFD}' } else { it }).collect()
}

/// Replaces control characters one for one in bytes, so that carets stay in place.
fn clean_line(line: &str) -> String {
    line.chars().map(|it| if it.is_ascii_control() && it != '\t' { '?' } else { it }).collect()
}
