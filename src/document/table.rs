//! Tables, with the place of every cell.

use super::Line;
use crate::text::Span;
use smallvec::SmallVec;

/// A table: its first row is its header.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The header row and the rows below it.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// Its bytes.
    pub span: Span,
    /// Its cells: most tables have few columns, and then a row takes no room of its own.
    pub cells: SmallVec<[TableCell; 4]>,
}

/// A cell of a table.
#[derive(Debug, Clone, Copy)]
pub struct TableCell {
    /// Its bytes.
    pub span: Span,
    /// Its words, when it has any.
    pub line: Option<Line>,
}
