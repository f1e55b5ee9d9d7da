//! From byte offsets to lines and columns.

use super::Span;
use std::sync::{Arc, OnceLock};

/// Where each line of a text begins. Looked up when the first line is asked for: most places of most texts are never shown.
#[derive(Debug, Clone)]
pub struct LineIndex {
    text: Arc<String>,
    starts: OnceLock<Vec<u32>>,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl LineIndex {
    /// Makes an index of a text with LF line ends.
    #[must_use]
    pub fn new(text: Arc<String>) -> Self {
        Self { text, starts: OnceLock::new() }
    }

    fn starts(&self) -> &[u32] {
        self.starts.get_or_init(|| {
            let mut starts = Vec::with_capacity(self.text.len() / 32 + 1);
            starts.push(0);
            starts.extend(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|it| Span::new(it + 1, it + 1).start));
            starts
        })
    }

    /// Returns the line, counted from 1, that holds a byte.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        let line = self.starts().partition_point(|it| *it <= offset);
        u32::try_from(line.max(1)).unwrap_or(u32::MAX)
    }

    /// Returns the line and the column of a byte.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let start = self.starts().get(line as usize - 1).copied().unwrap_or(0);
        let before = self.text.get(start as usize..offset as usize).unwrap_or_default();
        let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX - 1) + 1;
        LineColumn { line, column }
    }

    /// Returns the bytes of a line, counted from 1, without its line end; an empty span where there is no such line.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Span {
        let at = (line as usize).saturating_sub(1);
        let Some(start) = self.starts().get(at).copied() else {
            return Span::new(self.text.len(), self.text.len());
        };
        match self.starts().get(at + 1) {
            Some(next) => Span { start, end: next - 1 },
            None => Span::new(start as usize, self.text.len()),
        }
    }

    /// Returns the number of lines; a final line end does not begin another.
    #[must_use]
    pub fn lines(&self) -> u32 {
        let open = u32::from(!self.text.ends_with('\n') && !self.text.is_empty());
        u32::try_from(self.starts().len() - 1).unwrap_or(u32::MAX - 1) + open
    }
}
