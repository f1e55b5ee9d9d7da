//! The marker: the first line of the one comment of a pull request. It says what wrote the comment, about which commit and when.

use chrono::{DateTime, Utc};
use std::fmt;

/// What the first line of a comment says.
///
/// Written by the comparison of two plans, read by the command that posts it, and read again when the comment is updated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// The commit that was looked at: 7 to 64 digits of hexadecimal in lower case.
    pub head: String,
    /// When it was looked at, to the second.
    pub valid_at: DateTime<Utc>,
    /// What came of it.
    pub state: MarkerState,
}

/// What came of a look at a pull request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkerState {
    /// The plan changes.
    Changed,
    /// The plan stays what it is.
    Unchanged,
    /// The plan cannot be read.
    Unreadable,
}

/// What stands before the commit. Another version of the format is another marker.
const BEFORE: &str = "<!-- roadbook:preview v1 head=";

impl Marker {
    /// Reads a marker from the first line of a comment, without its line break. Only the very form that is written counts, so that
    /// nothing that somebody typed is taken for one.
    #[must_use]
    pub fn parse(first_line: &str) -> Option<Self> {
        let fields = first_line.strip_prefix(BEFORE)?.strip_suffix(" -->")?;
        let (head, rest) = fields.split_once(" valid-at=")?;
        let (valid_at, state) = rest.split_once(" state=")?;
        let state = MarkerState::ALL.into_iter().find(|it| it.name() == state)?;
        let valid_at = DateTime::parse_from_rfc3339(valid_at).ok()?.to_utc();
        let marker = Self { head: head.to_owned(), valid_at, state };
        (is_commit(head) && marker.to_string() == first_line).then_some(marker)
    }

    /// Returns the commit as people write it: its first 7 digits.
    #[must_use]
    pub fn short_head(&self) -> &str {
        short(&self.head)
    }
}

/// Says whether a text is a commit's name, or enough of its beginning: 7 to 64 digits of hexadecimal in lower case.
#[must_use]
pub fn is_commit(text: &str) -> bool {
    (7..=64).contains(&text.len()) && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// Returns the first 7 digits of a commit's name.
#[must_use]
pub fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { head, valid_at, state } = self;
        write!(f, "{BEFORE}{head} valid-at={} state={} -->", valid_at.format("%Y-%m-%dT%H:%M:%SZ"), state.name())
    }
}

impl MarkerState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Unchanged, Self::Unreadable];

    /// Returns the word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Unreadable => "unreadable",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "<!-- roadbook:preview v1 head=9f3c2ab valid-at=2026-02-06T15:04:11Z state=changed -->";

    #[test]
    fn a_marker_is_read_as_it_is_written() {
        for state in MarkerState::ALL {
            let marker = Marker { head: "9f3c2ab".into(), valid_at: "2026-02-06T15:04:11Z".parse().unwrap(), state };
            assert_eq!(Marker::parse(&marker.to_string()), Some(marker));
        }
        assert_eq!(Marker::parse(LINE).unwrap().to_string(), LINE);
    }

    #[test]
    fn what_is_nearly_a_marker_is_none() {
        let head64 = LINE.replace("9f3c2ab", &"a".repeat(64));
        assert!(Marker::parse(&head64).is_some());
        let wrong = [
            String::new(),
            format!(" {LINE}"),
            format!("{LINE} "),
            format!("{LINE}\r"),
            format!("{LINE}\n"),
            format!("{LINE} text"),
            LINE.to_uppercase(),
            LINE.replace("v1", "v2"),
            LINE.replace("9f3c2ab", "9f3c2a"),
            LINE.replace("9f3c2ab", "9F3C2AB"),
            LINE.replace("9f3c2ab", "9f3c2ag"),
            LINE.replace("9f3c2ab", &"a".repeat(65)),
            LINE.replace("9f3c2ab", "9f3c2ab --> <b>"),
            LINE.replace(" valid-at", "  valid-at"),
            LINE.replace("11Z", "11z"),
            LINE.replace("11Z", "11+00:00"),
            LINE.replace("11Z", "11+02:00"),
            LINE.replace("11Z", "11.5Z"),
            LINE.replace("02-06", "02-30"),
            LINE.replace(" state=changed", ""),
            LINE.replace("changed", "Changed"),
            LINE.replace("changed", "gone"),
            LINE.replace("changed", "changed state=changed"),
        ];
        for it in wrong {
            assert_eq!(Marker::parse(&it), None, "{it}");
        }
    }
}
