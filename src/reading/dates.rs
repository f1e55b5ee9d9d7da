//! Dates in labelled places.

use super::date_spans::date_span;
use super::months::month;
use crate::calendar::Day;

/// Reads the first date of a text: `2026-03-15` (with a time or without), `15 March 2026` or `March 15, 2026`; or a text that
/// is one day and nothing else in another form, such as `2025年1月22日`.
#[must_use]
pub fn date(text: &str) -> Option<Day> {
    let one_day = || date_span(text).filter(|(first, last)| first == last).map(|(first, _)| first);
    iso(text).or_else(|| with_month(text)).or_else(|| with_slashes(text)).or_else(one_day)
}

/// Reads `30/04/2026`, `4/30/2026` or `30.04.2026`, where it is clear which number is the month: with points the second, with
/// slashes the one that can be.
fn with_slashes(text: &str) -> Option<Day> {
    let mut words = text.split(|it: char| it.is_whitespace() || matches!(it, ',' | '(' | ')' | ';'));
    words.find_map(|word| {
        let sign = if word.contains('/') { '/' } else { '.' };
        let mut parts = word.split(sign);
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() != 4 || parts.next().is_some() || 2 < first.len() || 2 < second.len() {
            return None;
        }
        let (first, second, year): (u32, u32, i32) = (first.parse().ok()?, second.parse().ok()?, year.parse().ok()?);
        let (day, month) = match (sign, 12 < first, 12 < second) {
            ('.', ..) | ('/', true, false) => (first, second),
            ('/', false, true) => (second, first),
            _ if first == second => (first, second),
            _ => return None,
        };
        Day::from_ymd_opt(year, month, day)
    })
}

/// Reads the first ISO date of a text.
#[must_use]
pub fn iso(text: &str) -> Option<Day> {
    let bytes = text.as_bytes();
    let mut starts = bytes.windows(10).enumerate().filter(|(at, it)| {
        let shape =
            it.iter().enumerate().all(|(n, byte)| if n == 4 || n == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
        let alone = at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|it| !it.is_ascii_digit());
        shape && alone && bytes.get(at + 10).is_none_or(|it| !it.is_ascii_digit())
    });
    starts.find_map(|(at, _)| text.get(at..at + 10)?.parse().ok())
}

fn with_month(text: &str) -> Option<Day> {
    let words: Vec<&str> = text.split([' ', ',', '(', ')']).filter(|it| !it.is_empty()).collect();
    words.windows(3).find_map(|it| match it {
        [a, b, year] => {
            let year = year.parse().ok().filter(|it| (1970..=2999).contains(it))?;
            let (day, month) = month(b).map(|it| (a, it)).or_else(|| month(a).map(|it| (b, it)))?;
            let day = day.trim_end_matches(|it: char| it.is_ascii_alphabetic()).parse().ok()?;
            Day::from_ymd_opt(year, month, day)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_their_forms() {
        let day = Day::from_ymd_opt(2026, 3, 15);
        for text in [
            "2026-03-15",
            "2026-03-15T19:57:00Z",
            "15 March 2026",
            "Mar 15, 2026",
            "on 15th Mar 2026 (Sunday)",
            "15/03/2026",
            "3/15/2026",
            "15.3.2026",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in ["2026-13-01", "12026-03-15", "3/5/2026", "v1.2.2026x", "March", ""] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
