//! Tables: the phases and the metrics.

use super::cells::cell;
use super::headings::week_range;
use super::letters::{find_ignoring_case, is_one_of, trim};
use crate::calendar::Week;
use crate::document::{Document, Table, TableCell, TableRow};
use crate::model::{Cell, Located, Metric};
use crate::text::SourceFile;
use std::borrow::Cow;

/// A row of the phase table.
#[derive(Debug, Clone)]
pub struct PhaseRow {
    /// The phase's number.
    pub number: u32,
    /// Its weeks.
    pub weeks: Option<(Week, Week)>,
    /// The reported health it aims at.
    pub health_target: Option<Located<f64>>,
    /// The short name of its gate.
    pub gate: Option<String>,
}

/// Words of cells, by column.
struct Reader<'a> {
    document: &'a Document,
    file: &'a SourceFile,
}

impl<'a> Reader<'a> {
    fn words(&self, cell: TableCell) -> Cow<'a, str> {
        match cell.line.map(|it| self.document.words(it, self.file)).unwrap_or_default() {
            Cow::Borrowed(it) => trim(it).into(),
            Cow::Owned(it) => trim(&it).to_owned().into(),
        }
    }

    fn columns(&self, table: &Table) -> Vec<Cow<'a, str>> {
        let head = table.rows.first().map_or(&[][..], |it| &it.cells);
        head.iter().map(|it| self.words(*it)).collect()
    }

    /// Says whether the first column has one of some names.
    fn is_headed(&self, table: &Table, names: &[&str]) -> bool {
        let first = table.rows.first().and_then(|it| it.cells.first());
        first.is_some_and(|it| is_one_of(&self.words(*it), names))
    }

    fn at(&self, row: &TableRow, column: Option<usize>) -> Option<Cow<'a, str>> {
        column.and_then(|it| row.cells.get(it)).map(|it| self.words(*it))
    }
}

/// Reads a table whose first column is headed "Phase".
#[must_use]
pub fn phase_rows(document: &Document, table: &Table, file: &SourceFile) -> Vec<PhaseRow> {
    let reader = Reader { document, file };
    if !reader.is_headed(table, &["phase"]) {
        return Vec::new();
    }
    let columns = reader.columns(table);
    let column = |word: &str| columns.iter().position(|it| find_ignoring_case(it, word).is_some());
    let (health, gate) = (column("health"), column("gate"));
    let weeks = column("duration").or_else(|| column("week")).or_else(|| column("timeline"));
    let row = |it: &TableRow| {
        let name = reader.at(it, Some(0))?;
        let digits = name.trim_start_matches(|it: char| !it.is_ascii_digit());
        let end = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
        let health_target = health.and_then(|at| it.cells.get(at)).and_then(|at| {
            let value = cell(&reader.words(*at)).value?;
            Some(Located { value, place: file.place(at.line.map_or(at.span, |it| it.span)) })
        });
        Some(PhaseRow {
            number: digits.get(..end)?.parse().ok()?,
            weeks: reader.at(it, weeks).and_then(|it| week_range(&it)),
            health_target,
            gate: reader.at(it, gate).filter(|it| !it.is_empty()).map(Cow::into_owned),
        })
    };
    table.rows.iter().skip(1).filter_map(row).collect()
}

/// Reads a table with a column of metrics and columns of values: "Current", "Week N", "Target".
#[must_use]
pub fn metrics(document: &Document, table: &Table, file: &SourceFile) -> Vec<Metric> {
    let reader = Reader { document, file };
    if !reader.is_headed(table, &["metric", "metrics", "kpi"]) {
        return Vec::new();
    }
    let columns = reader.columns(table);
    let is = |words: &[&str]| columns.iter().position(|it| is_one_of(it, words));
    let current = is(&["current", "baseline", "now", "today"]);
    let target = is(&["target", "goal"]);
    let weeks: Vec<(usize, Week)> =
        columns.iter().enumerate().filter_map(|(at, it)| week_range(it).map(|(week, _)| (at, week))).collect();
    if target.is_none() && weeks.is_empty() {
        return Vec::new();
    }
    let row = |it: &TableRow| {
        let name = reader.at(it, Some(0)).filter(|it| !it.is_empty())?;
        let cell_at = |column: usize| {
            let span = it.cells.get(column).map(|it| it.line.map_or(it.span, |line| line.span))?;
            reader.at(it, Some(column)).map(|it| Cell { span, ..cell(&it) })
        };
        Some(Metric {
            name: name.into_owned(),
            current: current.and_then(cell_at),
            target: target.and_then(cell_at),
            targets: weeks.iter().filter_map(|(at, week)| cell_at(*at).map(|it| (*week, it))).collect(),
            place: file.place(it.cells.first().and_then(|it| it.line).map_or(it.span, |it| it.span)),
        })
    };
    table.rows.iter().skip(1).filter_map(row).collect()
}
