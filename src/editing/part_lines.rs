//! Where a line is added to a part of a standup.

use super::Edit;
use super::current::{Known, extent};
use super::line::Lines;
use crate::document::{Document, Kind};
use crate::model::{Entry, State};
use crate::reading::{Part, part};
use crate::text::{SourceFile, Span};

/// Returns the edit that adds a line to a part: behind its last line, else below its heading. Nothing where the standup has no such
/// part, or is written person by person.
#[must_use]
pub fn added(
    it: &Known<'_>,
    known: &[Known<'_>],
    (document, lines): (&Document, &Lines<'_>),
    state: State,
    words: &str,
) -> Option<Edit> {
    if it.standup.entries().any(|it| it.by.is_some()) {
        return None;
    }
    let (list, wanted): (&[Entry], _) = match state {
        State::Done => (&it.standup.done, Part::Done),
        State::Blocked => (&it.standup.blocked, Part::Blocked),
        _ => (&it.standup.in_progress, Part::InProgress),
    };
    let path = it.file.path.clone();
    let range = extent(it, known);
    let heading = part_heading(document, it.file, range, wanted);
    // The last line of the list may stand in another part, by its mark alone.
    let in_part = |entry: &&Entry| heading.is_none_or(|(from, to)| (from..to).contains(&entry.place.span.start));
    let last = list.iter().rev().filter(in_part).find_map(|it| lines.find(it.place.span));
    if let Some(last) = last {
        let bullet = next_bullet(last.bullet())?;
        let at = end_of_line(it.file, last.extent.end);
        return Some(Edit { path, span: Span::new(at, at), text: format!("\n{bullet}{words}") });
    }
    let (from, _) = heading?;
    let at = end_of_line(it.file, from);
    let behind = it.file.text.get(at..).unwrap_or_default().strip_prefix('\n').unwrap_or_default();
    let next = behind.lines().next().unwrap_or_default().trim();
    // Words right behind the new line would become part of it.
    let gap = if next.is_empty() || next.starts_with(['#', '-', '*', '+']) { "" } else { "\n" };
    Some(Edit { path, span: Span::new(at, at), text: format!("\n{gap}- {words}{gap}") })
}

/// Returns the last byte of the heading of a part within a standup, and where the part ends.
fn part_heading(document: &Document, file: &SourceFile, (start, end): (u32, u32), wanted: Part) -> Option<(u32, u32)> {
    let headings = document.blocks.iter().filter_map(|it| match it.kind {
        Kind::Heading(level) if (start..end).contains(&it.span.start) => Some((level, it)),
        _ => None,
    });
    let mut headings = headings.skip_while(|(_, it)| part(&document.all_words(it, file)) != wanted);
    let (_, heading) = headings.next()?;
    let next = headings.next().map_or(end, |(_, it)| it.span.start);
    let length = file.slice(heading.span).trim_end().len();
    Some((heading.span.start + u32::try_from(length).unwrap_or(0), next))
}

/// Returns where the line ends that holds a byte, without white space at its end.
fn end_of_line(file: &SourceFile, at: u32) -> usize {
    let at = at as usize;
    let rest = file.text.get(at..).unwrap_or_default();
    let line = rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())).unwrap_or_default();
    at + line.len()
}

/// Returns the bullet of the next item of a list; nothing where something else stands before the words.
fn next_bullet(bullet: &str) -> Option<String> {
    let marker = bullet.trim_start();
    let indent = bullet.get(..bullet.len() - marker.len())?;
    if matches!(marker.trim_end(), "-" | "*" | "+") {
        return Some(bullet.to_owned());
    }
    let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = marker.split_at_checked(digits)?;
    let number: u32 = number.parse().ok()?;
    rest.starts_with(['.', ')']).then(|| format!("{indent}{}{rest}", number.saturating_add(1)))
}
