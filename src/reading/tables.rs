//! Tables: the phases and the metrics.

use super::cells::cell;
use super::headings::week_range;
use crate::calendar::Week;
use crate::document::{Document, Table, TableCell, TableRow};
use crate::model::{Located, Metric};
use crate::text::SourceFile;

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

impl Reader<'_> {
    fn words(&self, cell: TableCell) -> String {
        cell.line.map_or_else(String::new, |it| self.document.words(it, self.file).trim().to_owned())
    }

    fn columns(&self, table: &Table) -> Vec<String> {
        let head = table.rows.first().map_or(&[][..], |it| &it.cells);
        head.iter().map(|it| self.words(*it).to_lowercase()).collect()
    }

    fn at(&self, row: &TableRow, column: Option<usize>) -> Option<String> {
        column.and_then(|it| row.cells.get(it)).map(|it| self.words(*it))
    }
}

/// Reads a table whose first column is headed "Phase".
#[must_use]
pub fn phase_rows(document: &Document, table: &Table, file: &SourceFile) -> Vec<PhaseRow> {
    let reader = Reader { document, file };
    let columns = reader.columns(table);
    if columns.first().is_none_or(|it| it != "phase") {
        return Vec::new();
    }
    let column = |word: &str| columns.iter().position(|it| it.contains(word));
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
            gate: reader.at(it, gate).filter(|it| !it.is_empty()),
        })
    };
    table.rows.iter().skip(1).filter_map(row).collect()
}

/// Reads a table with a column of metrics and columns of values: "Current", "Week N", "Target".
#[must_use]
pub fn metrics(document: &Document, table: &Table, file: &SourceFile) -> Vec<Metric> {
    let reader = Reader { document, file };
    let columns = reader.columns(table);
    if columns.first().is_none_or(|it| it != "metric" && it != "metrics" && it != "kpi") {
        return Vec::new();
    }
    let is = |words: &[&str]| columns.iter().position(|it| words.contains(&it.as_str()));
    let current = is(&["current", "baseline", "now", "today"]);
    let target = is(&["target", "goal"]);
    let weeks: Vec<(usize, Week)> =
        columns.iter().enumerate().filter_map(|(at, it)| week_range(it).map(|(week, _)| (at, week))).collect();
    if target.is_none() && weeks.is_empty() {
        return Vec::new();
    }
    let row = |it: &TableRow| {
        let name = reader.at(it, Some(0)).filter(|it| !it.is_empty())?;
        let cell_at = |column: usize| reader.at(it, Some(column)).map(|it| cell(&it));
        Some(Metric {
            name,
            current: current.and_then(cell_at),
            target: target.and_then(cell_at),
            targets: weeks.iter().filter_map(|(at, week)| cell_at(*at).map(|it| (*week, it))).collect(),
            place: file.place(it.cells.first().and_then(|it| it.line).map_or(it.span, |it| it.span)),
        })
    };
    table.rows.iter().skip(1).filter_map(row).collect()
}
