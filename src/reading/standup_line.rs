//! What a line of a standup begins with: a label such as `**Yesterday:**`, `achieved:` or `Date:`, or words in strong type alone.

use super::letters::is_one_of;
use super::standup_part::{LONGEST_LABEL, Part, label};
use crate::document::{Document, Line};
use crate::text::{SourceFile, Span};
use std::borrow::Cow;

/// The words that a line begins with.
#[derive(Debug)]
pub struct Lead<'a> {
    /// The words, without markup and colon.
    pub words: Cow<'a, str>,
    /// The byte of the file at which the words behind them begin.
    pub rest: u32,
    /// Whether nothing follows, or a remark in brackets alone.
    pub is_alone: bool,
    /// Whether a colon stands behind them.
    pub has_colon: bool,
}

impl Lead<'_> {
    /// Returns the part of a standup that the words name.
    #[must_use]
    pub fn part(&self) -> Option<Part> {
        label(&self.words).filter(|_| self.has_colon || self.is_alone)
    }

    /// Says whether the words announce a day.
    #[must_use]
    pub fn is_day(&self) -> bool {
        self.has_colon && is_one_of(self.words.trim(), &DAYS)
    }

    /// Says whether the words announce the number of a week.
    #[must_use]
    pub fn is_week(&self) -> bool {
        self.has_colon && is_one_of(self.words.trim(), &["week", "week number", "week no"])
    }
}

/// Labels of days.
const DAYS: [&str; 10] = [
    "date",
    "day",
    "week ending",
    "week of",
    "week ended",
    "meeting date",
    "report date",
    "reporting period",
    "period",
    "dates",
];

/// Reads the words that a line begins with: those in strong type, or those before a colon.
#[must_use]
pub fn lead<'a>(document: &'a Document, line: Line, file: &'a SourceFile) -> Option<Lead<'a>> {
    let raw = file.slice(line.span);
    // A line begins with its first letter: the signs of strong type stand before it.
    let before = line.span.start.checked_sub(1).and_then(|it| file.text.as_bytes().get(it as usize));
    match raw.as_bytes() {
        _ if matches!(before, Some(b'*' | b'_')) => {}
        // An ID such as "P1-01:" is no label.
        [first, second, ..] if first.is_ascii_alphabetic() && !second.is_ascii_digit() => {
            let colon = memchr::memchr(b':', raw.as_bytes().get(..raw.len().min(LONGEST_LABEL + 1))?)?;
            let (words, behind) = (raw.get(..colon)?, raw.get(colon + 1..)?);
            let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
            let rest = u32::try_from(raw.len() - behind.trim_start().len()).unwrap_or(0);
            let is_alone = behind.trim().is_empty();
            let lead = Lead { words: Cow::Borrowed(words), rest: line.span.start + rest, is_alone, has_colon: true };
            return ends.then_some(lead);
        }
        _ => return None,
    }
    let (words, end) = document.leading_strong(line, file)?;
    let behind = file.slice(Span { start: end, end: line.span.end });
    let bare = behind.trim_start_matches(['*', '_']).trim_start();
    let colon = bare.strip_prefix([':', '：']);
    let has_colon = colon.is_some() || words.trim_end().ends_with([':', '：']);
    let rest = colon.unwrap_or(bare).trim_start();
    let is_alone = rest.is_empty() || (colon.is_none() && rest.starts_with('(') && rest.ends_with(')'));
    let words = match words {
        Cow::Borrowed(it) => Cow::Borrowed(it.trim().trim_end_matches([':', '：'])),
        Cow::Owned(it) => Cow::Owned(it.trim().trim_end_matches([':', '：']).to_owned()),
    };
    let rest = line.span.end - u32::try_from(rest.len()).unwrap_or(0);
    Some(Lead { words, rest, is_alone, has_colon })
}
