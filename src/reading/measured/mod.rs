//! Measured values: files of CSV or JSON that a program wrote.

mod csv;
mod json;

use super::cell;
use crate::calendar::{Day, SettingDay};
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::model::MeasuredValue;
use crate::phrase;
use crate::text::{Place, SourceFile, Span};
use std::collections::BTreeMap;

/// The rule of what is wrong in such a file.
const RULE: &str = "measured-value";
/// Of all files together so many values are read.
const MOST: usize = 20_000;
/// Of one metric so many values are kept, the newest of them.
const MOST_OF_ONE: usize = 1_000;
/// So many wrong places of one file are told.
const MOST_WRONG: usize = 20;
/// The longest name of a metric, in letters.
const LONGEST: usize = 200;

/// Reads files of measured values, each with the metric that the settings say it holds, as they were known on a day: later values are
/// not seen.
#[must_use]
pub fn measured<'a>(
    files: impl IntoIterator<Item = (&'a SourceFile, Option<&'a str>)>,
    as_of: Day,
) -> Diagnosed<Vec<MeasuredValue>> {
    let mut found = Diagnosed { value: Vec::new(), diagnostics: Vec::new() };
    for (file, metric) in files {
        let mut reader = Reader { file, metric, as_of, found: &mut found, wrong: 0 };
        let is_json = file.path.to_ascii_lowercase().ends_with(".json");
        let whole = if is_json { json::read(&mut reader) } else { csv::read(&mut reader) };
        if let Err(Full) = whole {
            let what = format!("more than {MOST} measured values: from here on they are left out");
            let at = reader.start();
            reader.found.diagnostics.push(complaint(&at, what).help("keep fewer values a week, or drop old ones"));
            break;
        }
        reader.sum_up();
    }
    // The newest stand last; on one day the one that was written last.
    found.value.sort_by_key(|it| it.date);
    let mut over: BTreeMap<String, usize> = BTreeMap::new();
    for it in &found.value {
        *over.entry(it.metric.clone()).or_default() += 1;
    }
    over.retain(|_, n| MOST_OF_ONE < *n);
    for (name, n) in &mut over {
        *n -= MOST_OF_ONE;
        let Some(first) = found.value.iter().find(|it| it.metric == *name) else { continue };
        let what = format!("{name} has more than {MOST_OF_ONE} values: the newest {MOST_OF_ONE} are used");
        let it = complaint(&first.place, what).help("drop old values, or keep one a week");
        found.diagnostics.push(Diagnostic { severity: Severity::Info, ..it });
    }
    found.value.retain(|it| match over.get_mut(&it.metric) {
        Some(n) if 0 < *n => {
            *n -= 1;
            false
        }
        _ => true,
    });
    found
}

fn complaint(place: &Place, what: String) -> Diagnostic {
    Diagnostic::at(RULE, Severity::Warning, place, what)
}

/// There are too many values.
struct Full;

/// Takes values out of one file.
struct Reader<'a, 'b> {
    file: &'a SourceFile,
    metric: Option<&'a str>,
    as_of: Day,
    found: &'b mut Diagnosed<Vec<MeasuredValue>>,
    wrong: usize,
}

/// What a row or an object says.
#[derive(Default)]
struct Written<'a> {
    metric: Option<&'a str>,
    date: &'a str,
    value: &'a str,
    unit: Option<&'a str>,
    /// Whether a comma parts the decimals.
    has_decimal_comma: bool,
}

impl Reader<'_, '_> {
    fn start(&self) -> Place {
        self.file.place(Span::new(0, 0))
    }

    /// Takes what stands at a place, or says what is wrong with it.
    fn take(&mut self, it: &Written<'_>, at: Span) -> Result<(), Full> {
        let place = self.file.place(at);
        let value = match self.understood(it, &place) {
            Ok(Some(value)) => value,
            Ok(None) => return Ok(()),
            Err((what, help)) => {
                self.wrong(&place, what, help);
                return Ok(());
            }
        };
        if value.date <= self.as_of {
            if MOST <= self.found.value.len() {
                return Err(Full);
            }
            self.found.value.push(value);
        }
        Ok(())
    }

    fn understood(&self, it: &Written<'_>, place: &Place) -> Result<Option<MeasuredValue>, (String, &'static str)> {
        let short = |it: &str| format!("\"{}\"", crate::prose::one_line(&it.chars().take(40).collect::<String>()));
        let name = crate::prose::one_line(self.metric.or(it.metric).unwrap_or_default());
        if name.is_empty() {
            return Err((
                "the value names no metric".to_owned(),
                "write the name of a row of the plan's metrics table",
            ));
        }
        if LONGEST < name.chars().count() {
            return Err((format!("the name of the metric {} is too long", short(&name)), "write 200 letters at most"));
        }
        let Ok(SettingDay(date)) = it.date.parse::<SettingDay>() else {
            return Err((
                format!("{} is no day", short(it.date)),
                "write it as 2026-03-15; a time may stand behind it",
            ));
        };
        let text = it.value.trim();
        // An empty cell says that nothing was measured.
        if text.is_empty() || text == "null" {
            return Ok(None);
        }
        let (value, unit) = number(text, it.has_decimal_comma)
            .ok_or_else(|| (format!("{} is no number", short(text)), "write a plain number, such as 81.5"))?;
        let unit = it.unit.map(str::trim).filter(|it| !it.is_empty()).map(unit_of).or(unit);
        Ok(Some(MeasuredValue { metric: name, date, value, unit, place: place.clone() }))
    }

    fn wrong(&mut self, place: &Place, what: String, help: &str) {
        self.wrong += 1;
        if self.wrong <= MOST_WRONG {
            self.found.diagnostics.push(complaint(place, what).help(help));
        }
    }

    /// Says how many wrong places are not told.
    fn sum_up(&mut self) {
        let more = self.wrong.saturating_sub(MOST_WRONG);
        if 0 < more {
            let what = format!("{} of this file cannot be read besides", phrase::count(more, "value"));
            let at = self.start();
            self.found.diagnostics.push(complaint(&at, what).help("mend what writes the file"));
        }
    }
}

/// Reads "81.5", "-3", "1e3", "81,5" where a comma parts decimals, "82%", "240 ms".
fn number(text: &str, has_decimal_comma: bool) -> Option<(f64, Option<String>)> {
    let pointed = if has_decimal_comma { text.replace(',', ".") } else { text.to_owned() };
    // Words such as "inf" are numbers to Rust, and to nobody else.
    let looks = |it: char| it.is_ascii_digit() || "+-.eE".contains(it);
    if pointed.chars().all(looks) {
        return pointed.parse::<f64>().ok().filter(|it| it.is_finite()).map(|it| (it, None));
    }
    let (sign, rest) = pointed.strip_prefix('-').map_or((1.0, pointed.as_str()), |rest| (-1.0, rest));
    let cell = cell(rest);
    let is_plain = cell.comparator.is_none() && !cell.approximate;
    cell.value.filter(|it| is_plain && it.is_finite()).map(|it| (sign * it, cell.unit))
}

/// Returns a unit as the tables of a plan have it: "percent" and "%" are one.
fn unit_of(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "percent" | "pct" => "%".to_owned(),
        _ => cell(&format!("1 {text}")).unit.unwrap_or_else(|| crate::prose::one_line(text)),
    }
}
