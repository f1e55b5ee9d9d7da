//! What a figure leads back to.

use super::{LineIndex, Span};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// A span together with its file: what a figure leads back to.
#[derive(Clone)]
pub struct Place {
    /// The file's path, relative to the project's folder.
    pub path: Arc<str>,
    /// The bytes in the decoded text.
    pub span: Span,
    index: Arc<LineIndex>,
}

impl Place {
    /// Makes the place of a span in the file that an index is of.
    #[must_use]
    pub fn new(path: Arc<str>, span: Span, index: Arc<LineIndex>) -> Self {
        Self { path, span, index }
    }

    /// Returns the line, counted from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.index.line(self.span.start)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.path, self.line())
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Place {}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.path, self.span).cmp(&(&other.path, other.span))
    }
}
