//! Where on the line of a task's owner the duration stands.

use super::Subject;
use crate::model::Segment;
use crate::text::{Place, Span};

/// Returns where the duration of a segment stands, with the words behind it; the line, or the task, where it is not found.
#[must_use]
pub fn duration(subject: &Subject<'_>, segment: &Segment) -> Place {
    let Some(line) = &segment.owner_place else { return segment.place.clone() };
    let Some(file) = subject.file(line) else { return line.clone() };
    let mut start = line.span.start as usize;
    for part in file.slice(line.span).split('|') {
        if let Some((key, value)) = part.split_once(':') {
            let key = key.trim().trim_start_matches(['*', '_']).to_lowercase();
            if matches!(key.as_str(), "duration" | "effort" | "estimate" | "estimated") {
                let words = value.trim().trim_end_matches(['*', '_']).trim_end();
                let at = start + part.len() - value.len() + value.find(words).unwrap_or(0);
                return file.place(Span::new(at, at + words.len()));
            }
        }
        start += part.len() + 1;
    }
    line.clone()
}

/// Returns where the words in brackets behind a duration stand, or the duration where it has none.
#[must_use]
pub fn qualifier(subject: &Subject<'_>, segment: &Segment) -> Place {
    let duration = duration(subject, segment);
    segment.qualifier.as_deref().map_or(duration.clone(), |it| subject.words_in(&duration, it))
}
