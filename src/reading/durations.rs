//! Durations of work, such as `0.5d`, `3d total` or `1d (part of CI setup)`.

use super::letters::{is_one_of, trim};

/// A duration and the words behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Duration {
    /// Working days; nothing where a range leaves it open.
    pub days: Option<f64>,
    /// The words behind it, without brackets.
    pub qualifier: Option<String>,
}

/// Hours in a working day.
const HOURS: f64 = 8.0;
/// Working days in a week.
const WEEK: f64 = 5.0;
/// Working days in a month.
const MONTH: f64 = 20.0;

/// Reads a number with a unit of time. A range such as "2-3 weeks" has no number of days: it is not guessed.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    let text = trim(text).trim_start_matches('~').trim_start();
    let text = ["about ", "approx. ", "ca. "].iter().find_map(|it| text.strip_prefix(it)).unwrap_or(text);
    let (first, rest) = decimal(text)?;
    let (range, rest) = match rest.trim_start().strip_prefix(['-', '–']) {
        Some(behind) => decimal(behind.trim_start()).map_or((false, rest), |(_, rest)| (true, rest)),
        None => (false, rest),
    };
    let rest = rest.trim_start();
    let rest = ["person ", "person-", "man-"].iter().find_map(|it| rest.strip_prefix(it)).unwrap_or(rest);
    let length = rest.find(|it: char| !it.is_alphabetic()).unwrap_or(rest.len());
    let (unit, behind) = rest.split_at_checked(length)?;
    let days = match unit {
        it if is_one_of(it, &["d", "day", "days", "pd"]) => first,
        it if is_one_of(it, &["h", "hr", "hrs", "hour", "hours"]) => first / HOURS,
        it if is_one_of(it, &["w", "wk", "week", "weeks"]) => first * WEEK,
        it if is_one_of(it, &["mo", "month", "months"]) => first * MONTH,
        _ => return None,
    };
    if behind.is_empty() {
        return Some(Duration { days: (!range).then_some(days), qualifier: None });
    }
    let qualifier = behind.trim_matches(|it: char| it.is_whitespace() || matches!(it, '(' | ')' | ','));
    Some(Duration { days: (!range).then_some(days), qualifier: (!qualifier.is_empty()).then(|| qualifier.to_owned()) })
}

/// Reads a number whose decimals stand behind a point or a comma, as in "1,5d".
fn decimal(text: &str) -> Option<(f64, &str)> {
    let (whole, rest) = number(text)?;
    let digits = rest.strip_prefix(',').map_or(0, |it| it.bytes().take_while(u8::is_ascii_digit).count());
    if !(1..=2).contains(&digits) || !whole.fract().eq(&0.0) {
        return Some((whole, rest));
    }
    let (decimals, rest) = rest.get(1..)?.split_at_checked(digits)?;
    Some((whole + decimals.parse::<f64>().ok()? / if digits == 1 { 10.0 } else { 100.0 }, rest))
}

/// Reads a decimal number at the beginning of a text, and returns what stands behind it.
#[must_use]
pub fn number(text: &str) -> Option<(f64, &str)> {
    let digits = |from: usize| text.bytes().skip(from).take_while(u8::is_ascii_digit).count();
    let whole = digits(0);
    let point = 0 < whole && text.as_bytes().get(whole) == Some(&b'.');
    let decimals = if point { digits(whole + 1) } else { 0 };
    let end = if 0 < decimals { whole + 1 + decimals } else { whole };
    let (digits, rest) = text.split_at_checked(end)?;
    let value: f64 = digits.parse().ok()?;
    value.is_finite().then_some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<f64>, Option<String>)> {
        duration(text).map(|it| (it.days, it.qualifier))
    }

    #[test]
    fn units_and_words_behind() {
        assert_eq!(read("0.5d"), Some((Some(0.5), None)));
        assert_eq!(read("3d total"), Some((Some(3.0), Some("total".into()))));
        assert_eq!(read("1d (part of CI setup)"), Some((Some(1.0), Some("part of CI setup".into()))));
        assert_eq!(read("4 hours"), Some((Some(0.5), None)));
        assert_eq!(read("2-3 weeks"), Some((None, None)));
        assert_eq!(read("1,5d"), Some((Some(1.5), None)));
        assert_eq!(read("about 9 person days"), Some((Some(9.0), None)));
        assert_eq!(read("P95 <200ms"), None);
        assert_eq!(read("3 apples"), None);
    }
}
