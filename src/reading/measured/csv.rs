//! CSV: a row for each value (`date,metric,value,unit`), or a column for each metric (`date,Test Coverage,Uptime`).

use super::{Full, Reader, Written};
use crate::calendar::SettingDay;
use crate::text::Span;
use csv::{ReaderBuilder, StringRecord};

/// Columns beyond this many are not read.
const MOST_COLUMNS: usize = 200;

/// What the columns are.
struct Columns {
    date: usize,
    metric: Option<usize>,
    value: Option<usize>,
    unit: Option<usize>,
    /// Where each column is a metric: its name, by its place.
    metrics: Vec<(usize, String)>,
}

/// Reads a file; the first row names the columns, unless it begins with a day.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> Result<(), Full> {
    let file = reader.file;
    let text = file.slice(file.readable());
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let sign = [',', ';', '\t'].into_iter().rev().max_by_key(|it| count(*it)).unwrap_or(',');
    let has_decimal_comma = sign != ',';
    let mut rows = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(sign).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let start = usize::try_from(file.readable().start).unwrap_or(0);
    let mut columns: Option<Columns> = None;
    let mut row = StringRecord::new();
    loop {
        let begin = place(rows.position().byte());
        match rows.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(_) => {
                let at = file.place(Span::new(start + begin, start + begin));
                reader.wrong(&at, "the row cannot be read".to_owned(), "write comma-separated values in UTF-8");
                return Ok(());
            }
        }
        let begin = row.position().map_or(begin, |it| place(it.byte()));
        let end = place(rows.position().byte()).max(begin);
        // The row without the end of its line, and without empty lines before it.
        let whole = text.get(begin..end).unwrap_or_default();
        let begin = begin + (whole.len() - whole.trim_start().len());
        let at = Span::new(start + begin, start + begin + whole.trim().len());
        if row.iter().all(|it| it.trim().is_empty()) || row.get(0).is_some_and(|it| it.starts_with('#')) {
            continue;
        }
        let Some(columns) = &columns else {
            let is_data = row.get(0).is_some_and(|it| it.trim().parse::<SettingDay>().is_ok());
            let found =
                if is_data { unnamed(&row, reader.metric.is_some()) } else { named(&row, reader.metric.is_some()) };
            let Some(found) = found else {
                let place = file.place(at);
                let help = if reader.metric.is_some() {
                    "begin the file with a row such as `date,value`"
                } else {
                    "begin the file with a row such as `date,metric,value,unit`"
                };
                reader.wrong(&place, "the first row does not name the columns".to_owned(), help);
                return Ok(());
            };
            columns = Some(found);
            if is_data {
                take(reader, columns.as_ref(), &row, at, has_decimal_comma)?;
            }
            continue;
        };
        take(reader, Some(columns), &row, at, has_decimal_comma)?;
    }
}

fn place(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn take(
    reader: &mut Reader<'_, '_>,
    columns: Option<&Columns>,
    row: &StringRecord,
    at: Span,
    has_decimal_comma: bool,
) -> Result<(), Full> {
    let Some(columns) = columns else { return Ok(()) };
    let get = |it: usize| row.get(it).unwrap_or_default();
    let date = get(columns.date).trim();
    let written = |metric, value, unit| Written { metric, date, value, unit, has_decimal_comma };
    if let Some(value) = columns.value {
        return reader.take(&written(columns.metric.map(get), get(value), columns.unit.map(get)), at);
    }
    for (column, metric) in &columns.metrics {
        reader.take(&written(Some(metric), get(*column), None), at)?;
    }
    Ok(())
}

/// A file of one metric may leave the names of its columns out.
fn unnamed(row: &StringRecord, is_of_one: bool) -> Option<Columns> {
    let unit = (2 < row.len()).then_some(2);
    (is_of_one && 2 <= row.len()).then(|| Columns { date: 0, metric: None, value: Some(1), unit, metrics: Vec::new() })
}

fn named(row: &StringRecord, is_of_one: bool) -> Option<Columns> {
    let names: Vec<String> = row.iter().take(MOST_COLUMNS).map(|it| it.trim().to_lowercase()).collect();
    let find = |known: &[&str]| names.iter().position(|it| known.contains(&it.as_str()));
    let date = find(&["date", "day", "timestamp", "time"])?;
    let (metric, unit) = (find(&["metric", "name"]), find(&["unit"]));
    let others: Vec<usize> = (0..names.len()).filter(|it| *it != date && Some(*it) != unit).collect();
    let value = find(&["value"]).or_else(|| others.first().copied().filter(|_| is_of_one && others.len() == 1));
    match (value, metric, is_of_one) {
        (Some(_), Some(_), _) | (Some(_), None, true) => {
            Some(Columns { date, metric, value, unit, metrics: Vec::new() })
        }
        (None, None, false) if !others.is_empty() => {
            let name = |it: usize| Some((it, row.get(it)?.trim().to_owned())).filter(|(_, it)| !it.is_empty());
            Some(Columns {
                date,
                metric: None,
                value: None,
                unit: None,
                metrics: others.into_iter().filter_map(name).collect(),
            })
        }
        _ => None,
    }
}
