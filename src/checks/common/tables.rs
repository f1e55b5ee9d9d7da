//! The roadmap's tables by the words of their heads.

use super::Subject;
use crate::document::{Document, Kind, TableCell, TableRow};
use crate::text::{Place, SourceFile, Span};

/// A table with a head.
#[derive(Debug)]
pub struct Headed<'a> {
    /// The words of its head as written.
    pub columns: Vec<String>,
    /// The rows below its head.
    pub rows: &'a [TableRow],
    /// Where its head stands.
    pub head: Place,
}

/// Returns the tables of the roadmap, in order.
pub fn tables<'a>(subject: &Subject<'a>) -> impl Iterator<Item = Headed<'a>> {
    let (document, file) = (subject.document, subject.roadmap());
    let readable = file.readable().end;
    document.blocks.iter().take_while(move |it| it.span.start < readable).filter_map(move |block| {
        let Kind::Table(at) = block.kind else { return None };
        let (head, rows) = document.tables.get(at as usize)?.rows.split_first()?;
        let columns = head.cells.iter().map(|it| words(document, file, *it)).collect();
        let spans = || head.cells.iter().filter_map(|it| it.line).map(|it| it.span);
        let span =
            spans().next().zip(spans().next_back()).map_or(head.span, |(first, last): (Span, Span)| first.to(last));
        Some(Headed { columns, rows, head: file.place(span) })
    })
}

impl Headed<'_> {
    /// Returns the first column with one of some names, written in lower case.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        self.columns.iter().position(|it| names.contains(&it.to_lowercase().as_str()))
    }

    /// Says whether the first column has one of some names, written in lower case.
    #[must_use]
    pub fn is_headed(&self, names: &[&str]) -> bool {
        self.columns.first().is_some_and(|it| names.contains(&it.to_lowercase().as_str()))
    }
}

/// Returns the words of a cell of a row, and where they stand; nothing for an empty one.
#[must_use]
pub fn cell(subject: &Subject<'_>, row: &TableRow, column: usize) -> Option<(String, Place)> {
    let cell = row.cells.get(column)?;
    let words = words(subject.document, subject.roadmap(), *cell);
    let place = subject.roadmap().place(cell.line?.span);
    (!words.is_empty()).then_some((words, place))
}

fn words(document: &Document, file: &SourceFile, cell: TableCell) -> String {
    cell.line.map_or(String::new(), |it| document.words(it, file).trim().to_owned())
}

/// The rows of the tables of phases: the number of the phase, the words of one of some columns, and where they stand.
#[must_use]
pub fn of_phases(subject: &Subject<'_>, columns: &[&str]) -> Vec<(u32, String, Place)> {
    let mut found = Vec::new();
    for table in tables(subject).filter(|it| it.is_headed(&["phase"])) {
        let Some(column) = table.column(columns) else { continue };
        for row in table.rows {
            let number = cell(subject, row, 0).and_then(|(words, _)| first_number(&words));
            if let Some((number, (words, place))) = number.zip(cell(subject, row, column)) {
                found.push((number, words, place));
            }
        }
    }
    found
}

fn first_number(words: &str) -> Option<u32> {
    let digits = words.trim_start_matches(|it: char| !it.is_ascii_digit());
    digits.split(|it: char| !it.is_ascii_digit()).next()?.parse().ok()
}
