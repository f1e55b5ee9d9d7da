//! Cells of metrics tables: `85+`, `<300ms`, `~0%`, `TBD`, `Multiple/day`.

use super::durations::number;
use super::letters::trim;
use crate::model::{Cell, CellKind, Comparator, currency, currency_before, is_known_unit};
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
    let (currency, rest) = currency_before(rest.trim_start());
    let is_price = |it: &Dotted<'_>| {
        let is_rate = [" per ", "/"].iter().any(|sign| it.rest.contains(sign));
        !is_rate && (currency.is_some() || begins_with_currency(it.rest))
    };
    let dotted = dotted(rest).filter(|it| it.is_sure || is_price(it));
    let (value, rest) = dotted.map(|it| (it.value, it.rest)).or_else(|| number_with_thousands(rest))?;
    let (plus, rest) = plus(rest.trim_start());
    // "80/100" is a share of a whole that everyone knows; the whole is no unit.
    let rest = rest.strip_prefix("/100").unwrap_or(rest).trim_start();
    let (value, rest) = scaled(value, rest);
    let (unit, rest) = match currency {
        Some(code) => by(code, rest)?,
        None => unit(rest)?,
    };
    let (plus_behind, rest) = self::plus(rest.trim_start());
    if !trim(rest).is_empty() {
        return None;
    }
    let comparator = sign.or((plus || plus_behind).then_some(Comparator::AtLeast));
    let (value, kind, span) = (Some(value), CellKind::Number, Span::default());
    Some(Cell { text: text.to_owned(), comparator, value, unit, kind, approximate, span })
}

/// Words of a value in a sentence: sign, number, scale, unit.
const MOST_WORDS: usize = 4;

/// Reads the value that a text begins with, and says where it ends: "< 500 ms at p95" is less than 500 ms. A word behind the number is
/// its unit only where it is known as one.
#[must_use]
pub fn leading(text: &str) -> Option<(Cell, usize)> {
    let mut from = 0;
    let mut ends: Vec<(usize, &str)> = Vec::new();
    for word in text.split_whitespace().take(MOST_WORDS) {
        let at = from + text.get(from..)?.find(word)?;
        from = at + word.len();
        let word = word.trim_end_matches(['.', ',', ';', ':', ')']);
        ends.push((at + word.len(), word));
    }
    let read = |(end, last): &(usize, &str)| {
        let cell = cell(text.get(..*end)?);
        let is_glued = last.contains(|it: char| it.is_ascii_digit());
        let is_known = cell.unit.as_deref().is_none_or(is_known_unit);
        let is_number = cell.value.is_some() && cell.kind == CellKind::Number;
        (is_number && (is_glued || is_known)).then_some((cell, *end))
    };
    ends.iter().rev().find_map(read)
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

/// Reads "1,200", "1,200.5" and "0,31": three digits behind a comma are thousands, others are decimals.
fn number_with_thousands(text: &str) -> Option<(f64, &str)> {
    let (mut value, mut rest) = number(text)?;
    if !rest.starts_with(',') {
        return Some((value, rest));
    }
    let whole = text.get(..digits(text))?;
    if whole.len() + rest.len() != text.len() {
        return None;
    }
    let behind = rest.get(1..)?;
    let count = digits(behind);
    if count == 0 {
        return None;
    }
    if count != 3 || value == 0.0 {
        let (decimals, rest) = behind.split_at_checked(count)?;
        return Some((format!("{whole}.{decimals}").parse().ok()?, rest));
    }
    while let Some(behind) = rest.strip_prefix(',') {
        let (thousand, next) = behind.split_at_checked(3)?;
        value = value * 1000.0 + thousand.parse::<f64>().ok()?;
        rest = next;
    }
    let decimals = rest.strip_prefix('.').map_or(0, digits);
    if 0 < decimals {
        let (written, behind) = rest.split_at_checked(decimals + 1)?;
        return Some((format!("{value}{written}").parse().ok()?, behind));
    }
    Some((value, rest))
}

/// Returns how many digits a text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A number whose thousands are parted by dots.
#[derive(Debug, Clone, Copy)]
pub struct Dotted<'a> {
    /// The number.
    pub value: f64,
    /// Whether it can be no other: several dots, or a comma behind them.
    pub is_sure: bool,
    /// What stands behind it.
    pub rest: &'a str,
}

/// Reads "1.250.000", "1.234,50" and "1.500", of which the last may be a decimal as well.
#[must_use]
pub fn dotted(text: &str) -> Option<Dotted<'_>> {
    let first = digits(text);
    let (whole, mut rest) = text.split_at_checked(first)?;
    if !(1..=3).contains(&first) || whole.starts_with('0') {
        return None;
    }
    let (mut number, mut groups) = (whole.to_owned(), 0);
    while let Some(behind) = rest.strip_prefix('.').filter(|it| digits(it) == 3) {
        let (group, next) = behind.split_at_checked(3)?;
        number.push_str(group);
        (rest, groups) = (next, groups + 1);
    }
    let decimals = rest.strip_prefix(',').map_or(0, digits);
    if 0 < decimals {
        let (written, next) = rest.split_at_checked(decimals + 1)?;
        number.push('.');
        number.push_str(written.get(1..)?);
        rest = next;
    }
    let value = number.parse().ok().filter(|_| 0 < groups && groups < 6)?;
    Some(Dotted { value, is_sure: 1 < groups || 0 < decimals, rest })
}

/// Says whether a text begins with the sign or the name of a currency.
#[must_use]
pub fn begins_with_currency(text: &str) -> bool {
    let text = text.trim_start();
    let word = text.find(|it: char| !it.is_alphabetic()).unwrap_or(text.len());
    let sign = text.chars().next().map_or(0, char::len_utf8);
    [word, sign].into_iter().any(|end| text.get(..end).and_then(currency).is_some())
}

/// Reads "24K", "1.2M" and "5 million" as thousands and millions.
fn scaled(value: f64, rest: &str) -> (f64, &str) {
    for (word, scale) in [("thousand", 1e3), ("million", 1e6), ("billion", 1e9)] {
        if let Some(behind) = rest.strip_prefix(word).filter(|it| !it.starts_with(char::is_alphabetic)) {
            return (value * scale, behind.trim_start());
        }
    }
    let scale = match rest.as_bytes() {
        [b'k' | b'K' | b'M', next, ..] if next.is_ascii_alphabetic() => return (value, rest),
        [b'k' | b'K', ..] => 1e3,
        [b'M', ..] => 1e6,
        _ => return (value, rest),
    };
    (value * scale, rest.get(1..).unwrap_or_default().trim_start())
}

fn plus(text: &str) -> (bool, &str) {
    text.strip_prefix('+').map_or((false, text), |rest| (true, rest))
}

/// Reads a unit: a percent sign, a short word, a currency, a rate such as `/day`, or a word by another such as `req/s`.
fn unit(text: &str) -> Option<(Option<String>, &str)> {
    if let Some(rest) = text.strip_prefix('%').or_else(|| text.strip_prefix("per cent")) {
        return Some((Some("%".to_owned()), rest));
    }
    if let Some(unit) = per(text) {
        return Some((Some(unit), ""));
    }
    let sign = text.chars().next().map_or(0, char::len_utf8);
    let sign = text.split_at_checked(sign).and_then(|(sign, rest)| Some((currency(sign)?, rest)));
    let (word, rest) = match sign {
        Some(found) => found,
        None => text.split_at_checked(text.find(|it: char| !it.is_alphabetic()).unwrap_or(text.len()))?,
    };
    if LONGEST_UNIT < word.chars().count() {
        return None;
    }
    let word = currency(word).unwrap_or(word);
    if word.is_empty() {
        return Some((None, rest));
    }
    by(word, rest)
}

/// Reads what a unit is told by: "/s" and " per transaction" behind a word.
fn by<'a>(word: &str, rest: &'a str) -> Option<(Option<String>, &'a str)> {
    let spaced = rest.trim_start();
    let Some(below) = rest.strip_prefix('/').or_else(|| spaced.strip_prefix("per ")) else {
        return Some((Some(word.to_owned()), rest));
    };
    let below = below.trim();
    let (below, rest) = below.split_at_checked(below.find(|it: char| !it.is_alphabetic()).unwrap_or(below.len()))?;
    let fits = (1..=LONGEST_BELOW).contains(&below.chars().count());
    fits.then(|| (Some(format!("{word}/{below}")), rest))
}

/// Units have so many letters at most.
const LONGEST_UNIT: usize = 10;
/// What a unit is told by, such as the transaction of a cost, has so many letters at most.
const LONGEST_BELOW: usize = 14;

fn per(text: &str) -> Option<String> {
    let word = text.strip_prefix('/').or_else(|| text.strip_prefix("per "))?.trim();
    let word = match word {
        "s" | "sec" => "second",
        "min" => "minute",
        "h" | "hr" => "hour",
        it => it,
    };
    let is_time = matches!(word, "second" | "minute" | "hour" | "day" | "week" | "month" | "sprint" | "year");
    is_time.then(|| format!("per_{word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<&'static str>, Option<f64>, Option<String>, CellKind) {
        let it = cell(text);
        (it.comparator.map(Comparator::sign), it.value, it.unit, it.kind)
    }

    #[test]
    fn values_in_sentences() {
        let read = |text: &str| leading(text).map(|(it, _)| (it.comparator.map(Comparator::sign), it.value, it.unit));
        let unit = |it: &str| Some(it.to_owned());
        assert_eq!(read("< 500 ms at p95"), Some((Some("<"), Some(500.0), unit("ms"))));
        assert_eq!(read("≥ 83/100"), Some((Some(">="), Some(83.0), None)));
        assert_eq!(read("≥ 92 % of all"), Some((Some(">="), Some(92.0), unit("%"))));
        assert_eq!(read("< 5 for a week"), Some((Some("<"), Some(5.0), None)));
        assert_eq!(read("≤ 0.22 € (net)"), Some((Some("<="), Some(0.22), unit("EUR"))));
        assert_eq!(read("<300ms."), Some((Some("<"), Some(300.0), unit("ms"))));
        assert_eq!(read("< last year"), None);
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
        assert_eq!(read("≤ $26K"), (Some("<="), Some(26_000.0), unit("USD"), Number));
        assert_eq!(read("≤ €0.22"), (Some("<="), Some(0.22), unit("EUR"), Number));
        assert_eq!(read("0.31 €"), (None, Some(0.31), unit("EUR"), Number));
        assert_eq!(read("0,31 €"), (None, Some(0.31), unit("EUR"), Number));
        assert_eq!(read("1.200 €"), (None, Some(1200.0), unit("EUR"), Number));
        assert_eq!(read("≥ €1.500"), (Some(">="), Some(1500.0), unit("EUR"), Number));
        assert_eq!(read("1.250.000 €"), (None, Some(1_250_000.0), unit("EUR"), Number));
        assert_eq!(read("1.234,50 EUR"), (None, Some(1234.5), unit("EUR"), Number));
        assert_eq!(read("€1.459/l"), (None, Some(1.459), unit("EUR/l"), Number));
        assert_eq!(read("0.125 €"), (None, Some(0.125), unit("EUR"), Number));
        assert_eq!(read("1.500 ms"), (None, Some(1.5), unit("ms"), Number));
        assert_eq!(read("£1,200.50"), (None, Some(1200.5), unit("GBP"), Number));
        assert_eq!(read("CHF 12"), (None, Some(12.0), unit("CHF"), Number));
        assert_eq!(read("$2K/month"), (None, Some(2000.0), unit("USD/month"), Number));
        assert_eq!(read("€0.22 per transaction"), (None, Some(0.22), unit("EUR/transaction"), Number));
        assert_eq!(read("250 req/s"), (None, Some(250.0), unit("req/s"), Number));
        assert_eq!(read("3 million"), (None, Some(3_000_000.0), None, Number));
        assert_eq!(read("99,5 %"), (None, Some(99.5), unit("%"), Number));
        assert_eq!(read("$5 apples"), (None, None, None, Text));
        assert_eq!(read("1.2M"), (None, Some(1_200_000.0), None, Number));
        assert_eq!(read("5 km"), (None, Some(5.0), unit("km"), Number));
        assert_eq!(read("TBD"), (None, None, None, Unknown));
        assert_eq!(read("N/A"), (None, None, None, NotApplicable));
        assert_eq!(read("Manual"), (None, None, None, Text));
        assert_eq!(read("3 of 5 teams"), (None, None, None, Text));
    }
}
