//! Cells of metrics tables: `85+`, `<300ms`, `~0%`, `TBD`, `Multiple/day`.

use super::durations::number;
use super::letters::trim;
use crate::model::{Cell, CellKind, Comparator};
use crate::text::Span;

/// Reads a cell. What is no number, not known and not inapplicable, is text.
#[must_use]
pub fn cell(text: &str) -> Cell {
    let text = trim(text);
    let span = Span::default();
    let blank = |kind| Cell {
        text: text.to_owned(),
        comparator: None,
        value: None,
        unit: None,
        kind,
        approximate: false,
        span,
    };
    if text.starts_with(|it: char| it.is_ascii_digit()) {
        return numeric(text).unwrap_or_else(|| blank(CellKind::Text));
    }
    match text.to_lowercase().as_str() {
        "tbd" | "tba" | "tbc" | "?" | "unknown" | "" => return blank(CellKind::Unknown),
        "n/a" | "n.a." | "na" | "-" | "–" | "—" | "none" => return blank(CellKind::NotApplicable),
        "hourly" => return rate(text, 1.0, "per_hour", None),
        "daily" => return rate(text, 1.0, "per_day", None),
        "weekly" => return rate(text, 1.0, "per_week", None),
        "monthly" => return rate(text, 1.0, "per_month", None),
        lower => {
            if let Some(unit) = lower.strip_prefix("multiple").and_then(|it| per(it.trim_start())) {
                return rate(text, 2.0, &unit, Some(Comparator::AtLeast));
            }
        }
    }
    numeric(text).unwrap_or_else(|| blank(CellKind::Text))
}

fn rate(text: &str, value: f64, unit: &str, comparator: Option<Comparator>) -> Cell {
    Cell {
        text: text.to_owned(),
        comparator,
        value: Some(value),
        unit: Some(unit.to_owned()),
        kind: CellKind::Number,
        approximate: comparator.is_some(),
        span: Span::default(),
    }
}

fn numeric(text: &str) -> Option<Cell> {
    let (approximate, rest) = match text.strip_prefix(['~', '≈']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    };
    let (sign, rest) = comparator(rest);
    let rest = rest.trim_start().trim_start_matches('$');
    let (value, rest) = number_with_thousands(rest)?;
    let (plus, rest) = plus(rest.trim_start());
    // "80/100" is a share of a whole that everyone knows; the whole is no unit.
    let rest = rest.strip_prefix("/100").unwrap_or(rest).trim_start();
    let (value, rest) = scaled(value, rest);
    let (unit, rest) = unit(rest)?;
    let (plus_behind, rest) = self::plus(rest.trim_start());
    if !trim(rest).is_empty() {
        return None;
    }
    let comparator = sign.or((plus || plus_behind).then_some(Comparator::AtLeast));
    let (value, kind, span) = (Some(value), CellKind::Number, Span::default());
    Some(Cell { text: text.to_owned(), comparator, value, unit, kind, approximate, span })
}

fn comparator(text: &str) -> (Option<Comparator>, &str) {
    const SIGNS: [(&str, Comparator); 6] = [
        ("<=", Comparator::AtMost),
        ("≤", Comparator::AtMost),
        ("<", Comparator::Less),
        (">=", Comparator::AtLeast),
        ("≥", Comparator::AtLeast),
        (">", Comparator::Greater),
    ];
    let found = SIGNS.iter().find_map(|(sign, it)| text.strip_prefix(sign).map(|rest| (Some(*it), rest)));
    found.unwrap_or((None, text))
}

fn number_with_thousands(text: &str) -> Option<(f64, &str)> {
    let (mut value, mut rest) = number(text)?;
    while let Some(behind) = rest.strip_prefix(',') {
        let (thousand, next) = behind.split_at_checked(3)?;
        value = value * 1000.0 + thousand.parse::<f64>().ok()?;
        rest = next;
    }
    Some((value, rest))
}

/// Reads "24K" and "1.2M" as thousands and millions.
fn scaled(value: f64, rest: &str) -> (f64, &str) {
    let scale = match rest.as_bytes() {
        [b'k' | b'K' | b'M', next, ..] if next.is_ascii_alphabetic() => return (value, rest),
        [b'k' | b'K', ..] => 1e3,
        [b'M', ..] => 1e6,
        _ => return (value, rest),
    };
    (value * scale, rest.get(1..).unwrap_or_default())
}

fn plus(text: &str) -> (bool, &str) {
    text.strip_prefix('+').map_or((false, text), |rest| (true, rest))
}

/// Reads a unit: a percent sign, a short word, or a rate such as `/day`.
fn unit(text: &str) -> Option<(Option<String>, &str)> {
    if let Some(rest) = text.strip_prefix('%') {
        return Some((Some("%".to_owned()), rest));
    }
    if let Some(unit) = per(text) {
        return Some((Some(unit), ""));
    }
    let length = text.find(|it: char| !it.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(length)?;
    (word.chars().count() <= 10).then(|| (Some(word.to_owned()).filter(|it| !it.is_empty()), rest))
}

fn per(text: &str) -> Option<String> {
    let word = text.strip_prefix('/').or_else(|| text.strip_prefix("per "))?.trim();
    matches!(word, "hour" | "day" | "week" | "month" | "sprint").then(|| format!("per_{word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<&'static str>, Option<f64>, Option<String>, CellKind) {
        let it = cell(text);
        (it.comparator.map(Comparator::sign), it.value, it.unit, it.kind)
    }

    #[test]
    fn cells_of_the_wild() {
        use CellKind::{NotApplicable, Number, Text, Unknown};
        let unit = |it: &str| Some(it.to_owned());
        assert_eq!(read("<300ms"), (Some("<"), Some(300.0), unit("ms"), Number));
        assert_eq!(read("85+"), (Some(">="), Some(85.0), None, Number));
        assert_eq!(read("80%+"), (Some(">="), Some(80.0), unit("%"), Number));
        assert_eq!(read("~0%"), (None, Some(0.0), unit("%"), Number));
        assert!(cell("~0%").approximate);
        assert_eq!(read("1/week"), (None, Some(1.0), unit("per_week"), Number));
        assert_eq!(read("5+/day"), (Some(">="), Some(5.0), unit("per_day"), Number));
        assert_eq!(read("Multiple/day"), (Some(">="), Some(2.0), unit("per_day"), Number));
        assert_eq!(read("Daily"), (None, Some(1.0), unit("per_day"), Number));
        assert_eq!(read("80/100"), (None, Some(80.0), None, Number));
        assert_eq!(read("≥ 1,200 ms"), (Some(">="), Some(1200.0), unit("ms"), Number));
        assert_eq!(read("≤ $26K"), (Some("<="), Some(26_000.0), None, Number));
        assert_eq!(read("1.2M"), (None, Some(1_200_000.0), None, Number));
        assert_eq!(read("5 km"), (None, Some(5.0), unit("km"), Number));
        assert_eq!(read("TBD"), (None, None, None, Unknown));
        assert_eq!(read("N/A"), (None, None, None, NotApplicable));
        assert_eq!(read("Manual"), (None, None, None, Text));
        assert_eq!(read("3 of 5 teams"), (None, None, None, Text));
    }
}
