//! Where a part is added to a standup that has none of its kind.

use super::Edit;
use super::current::{Known, extent};
use super::form::{FormPart, PLANNED, place};
use crate::document::{Document, Kind};
use crate::reading::{Part, part, standup_week};
use crate::text::Span;

/// Returns the edit that adds a part with one line, in the order of our own form. Nothing where the standup is written person by person.
#[must_use]
pub fn with_part(it: &Known<'_>, known: &[Known<'_>], document: &Document, new: &FormPart, line: &str) -> Option<Edit> {
    if it.standup.entries().any(|it| it.by.is_some()) {
        return None;
    }
    let (start, end) = extent(it, known);
    // A standup begins with the words of its heading; the sign before them is not the last one's.
    let line_start = |at: u32| it.file.index.line_span(it.file.index.line(at)).start;
    let end = if (end as usize) < it.file.text.len() { line_start(end) } else { end };
    let start = line_start(start);
    let mut headings: Vec<(u8, u32, Part)> = Vec::new();
    let mut own_level = None;
    for block in &document.blocks {
        let Kind::Heading(level) = block.kind else { continue };
        if !(start..end).contains(&block.span.start) {
            continue;
        }
        let words = document.all_words(block, it.file);
        let names_it = it.file.index.line(block.span.start) == it.standup.place.line() && part(&words) == Part::Other;
        if own_level.is_none() && (names_it || standup_week(&words).is_some()) {
            own_level = Some(level);
            continue;
        }
        // What is planned for the week stands first, whatever comes.
        let of = if words.trim().eq_ignore_ascii_case(PLANNED) { Part::Other } else { part(&words) };
        headings.push((level, block.span.start, of));
    }
    let level = headings.iter().map(|it| it.0).min().or(own_level.map(|it| it + 1)).unwrap_or(2);
    headings.retain(|it| it.0 == level);
    let before = place(headings.iter().map(|it| it.2), new.part);
    let behind = headings.get(before).map_or(end, |it| it.1);
    let text = it.file.text.get(..behind as usize)?.trim_end();
    let new = format!("\n\n{} {}\n- {line}", "#".repeat(level.clamp(1, 6).into()), new.words);
    Some(Edit { path: it.file.path.clone(), span: Span::new(text.len(), text.len()), text: new })
}
