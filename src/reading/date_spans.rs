//! Spans of days as headings and labels name them: `June 8-21, 2025`, `Q3 2025`, `Nov – Feb 2026`, `2025年12月`.

use super::months::month;
use crate::calendar::Day;
use chrono::{Datelike as _, Months};
use smallvec::SmallVec;

/// Texts longer than this many bytes name no span.
const MAX_TEXT: usize = 80;

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Year(i32),
    Month(u32),
    /// A day of a month.
    Number(u32),
    /// A part of a year: its first month, and how many months it has.
    Part(u32, u32),
    /// A whole day.
    Day(Day),
    /// What stands between a first and a last day.
    To,
}

/// What one end of a span says.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    part: Option<(u32, u32)>,
    whole: Option<Day>,
}

/// Reads a text that is a span of days and nothing else. A year must be written in it; a year alone is no span.
///
/// A missing year or month is taken from the other end: "June 8-21, 2025", "July ~ August 2021". A first month that is later
/// than the last belongs to the year before: "Nov – Feb 2026".
#[must_use]
pub fn date_span(text: &str) -> Option<(Day, Day)> {
    let text = text.trim();
    // Every span has a year. Many a long text is asked about, so its length comes first.
    if MAX_TEXT < text.len() || !text.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens(text)?;
    let (first, last) = ends(&tokens)?;
    // "2026-01 to 06" may end in a month or on a day.
    if last.day.is_some() && last.month.is_none() && first.month.is_some() && first.day.is_none() {
        return None;
    }
    let (first, last) = (first.filled_from(last), last.filled_from(first));
    let (mut from, to) = (first.first_day()?, last.last_day()?);
    if to < from && first.inherited_year {
        from = from.checked_sub_months(Months::new(12))?;
    }
    (from <= to).then_some((from, to))
}

/// Reads a text that is a span of days without a year and nothing else, in a year: "Mar 3-10", "Dec 15 – Jan 9", "March – May".
///
/// A last day that lies before the first belongs to the year after. A month alone is no span: "May" is a word as well.
#[must_use]
pub fn span_in_year(text: &str, year: i32) -> Option<(Day, Day)> {
    let tokens = tokens(text.trim())?;
    let is_yearless = |it: &Token| matches!(it, Token::Month(_) | Token::Number(_) | Token::To);
    if !tokens.iter().all(is_yearless) {
        return None;
    }
    let (first, last) = ends(&tokens)?;
    let days = (first.day.is_some(), last.day.is_some());
    if days.0 != days.1 || !days.0 && (!tokens.contains(&Token::To) || first.month.is_none() || last.month.is_none()) {
        return None;
    }
    let in_year = |it: End, year| End { year: Some(year), ..it };
    let (first, last) = (in_year(first, year).filled_from(last), in_year(last, year).filled_from(first));
    let (from, mut to) = (first.first_day()?, last.last_day()?);
    if to < from {
        to = Filled { end: in_year(last.end, year + 1), ..last }.last_day()?;
    }
    Some((from, to))
}

/// Parts a text into the pieces of dates; nothing when anything else stands in it.
fn tokens(text: &str) -> Option<SmallVec<[Token; 8]>> {
    if text.is_empty() || MAX_TEXT < text.len() {
        return None;
    }
    let mut tokens: SmallVec<[Token; 8]> = SmallVec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (token, behind) = match first {
            ' ' | ',' | '\u{A0}' | '，' | '.' => (None, rest.get(first.len_utf8()..)?),
            '-' | '–' | '—' | '~' | '〜' | '～' | '/' | '→' | '至' | '到' => {
                // The signs of "2024-H2" and "Q4/2023" join; they do not part.
                let behind = rest.get(first.len_utf8()..)?;
                let joins = match tokens.last() {
                    Some(Token::Year(_)) => behind.starts_with(['Q', 'H', 'q', 'h']),
                    Some(Token::Part(..)) => {
                        let year = behind.bytes().take_while(u8::is_ascii_digit).count();
                        first == '/' && year == 4 && behind.as_bytes().get(4) != Some(&b'-')
                    }
                    _ => false,
                };
                ((!joins).then_some(Token::To), behind)
            }
            it if it.is_ascii_digit() => {
                if let Some((year, month)) = year_and_month(rest) {
                    tokens.extend([Token::Year(year), Token::Month(month)]);
                    rest = rest.get(7..)?;
                    continue;
                }
                let (token, behind) = number(rest)?;
                (Some(token), behind)
            }
            it if it.is_alphabetic() => {
                let (token, behind) = word(rest)?;
                (token, behind)
            }
            _ => return None,
        };
        tokens.extend(token);
        rest = behind;
    }
    (tokens.iter().filter(|it| **it == Token::To).count() <= 1).then_some(tokens)
}

/// Reads "2026-03". In earlier years the second number may be a year as well: "2010-12".
fn year_and_month(text: &str) -> Option<(i32, u32)> {
    let (year, month) = text.get(..7)?.split_once('-')?;
    let are_digits = year.len() == 4 && year.bytes().chain(month.bytes()).all(|it| it.is_ascii_digit());
    let behind = text.as_bytes().get(7);
    let goes_on = behind.is_some_and(u8::is_ascii_alphanumeric)
        || behind == Some(&b'-') && text.as_bytes().get(8).is_some_and(u8::is_ascii_digit);
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    (are_digits && !goes_on && (2013..=2999).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}

fn number(text: &str) -> Option<(Token, &str)> {
    if let Some(day) = text.get(..10).and_then(iso) {
        return Some((Token::Day(day), text.get(10..)?));
    }
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    let value: u32 = digits.parse().ok()?;
    if let Some(rest) = rest.strip_prefix('年').or_else(|| rest.strip_prefix('년')) {
        return Some((Token::Year(i32::try_from(value).ok()?), rest));
    }
    if let Some(rest) = rest.strip_prefix('月').or_else(|| rest.strip_prefix('월')) {
        return (1..=12).contains(&value).then_some((Token::Month(value), rest));
    }
    if let Some(rest) = ["日", "号", "일", "st", "nd", "rd", "th"].iter().find_map(|it| rest.strip_prefix(it)) {
        return Some((Token::Number(value), rest));
    }
    if length == 4 && (1970..=2999).contains(&value) {
        return Some((Token::Year(i32::try_from(value).ok()?), rest));
    }
    (length <= 2).then_some((Token::Number(value), rest))
}

fn word(text: &str) -> Option<(Option<Token>, &str)> {
    let length = text.find(|it: char| !it.is_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(length)?;
    let lower = word.to_lowercase();
    let token = match lower.as_str() {
        "to" | "until" | "till" | "through" | "bis" | "au" | "a" | "al" => Some(Token::To),
        "of" | "de" => None,
        "q1" | "h1" | "q2" | "h2" | "q3" | "q4" => {
            let number = lower.as_bytes().get(1).map(|it| u32::from(it - b'0'))?;
            let months = if lower.starts_with('q') { 3 } else { 6 };
            Some(Token::Part((number - 1) * months + 1, months))
        }
        _ => Some(Token::Month(month(&lower)?)),
    };
    Some((token, rest))
}

fn iso(text: &str) -> Option<Day> {
    let bytes = text.as_bytes();
    (bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-')).then(|| text.parse().ok()).flatten()
}

/// Reads both ends of a span; a single one is both.
fn ends(tokens: &[Token]) -> Option<(End, End)> {
    match tokens.iter().position(|it| *it == Token::To) {
        Some(at) => Some((end(tokens.get(..at)?)?, end(tokens.get(at + 1..)?)?)),
        None => end(tokens).map(|it| (it, it)),
    }
}

fn end(tokens: &[Token]) -> Option<End> {
    let mut end = End::default();
    for token in tokens {
        let is_new = match token {
            Token::Year(it) => end.year.replace(*it).is_none(),
            Token::Month(it) => end.month.replace(*it).is_none(),
            Token::Number(it) => end.day.replace(*it).is_none(),
            Token::Part(first, months) => end.part.replace((*first, *months)).is_none(),
            Token::Day(it) => end.whole.replace(*it).is_none(),
            Token::To => false,
        };
        if !is_new {
            return None;
        }
    }
    (!tokens.is_empty()).then_some(end)
}

/// An end with what the other one lends it.
#[derive(Debug, Clone, Copy)]
struct Filled {
    end: End,
    inherited_year: bool,
}

impl End {
    fn filled_from(self, other: Self) -> Filled {
        if self.whole.is_some() {
            return Filled { end: self, inherited_year: false };
        }
        let other_year = other.year.or_else(|| other.whole.map(|it| it.year()));
        // "8-21 June": a bare day takes the month of the other end.
        let month = self.month.or_else(|| other.month.filter(|_| self.day.is_some() && self.part.is_none()));
        Filled {
            end: Self { year: self.year.or(other_year), month, ..self },
            inherited_year: self.year.is_none() && other_year.is_some(),
        }
    }
}

impl Filled {
    fn first_day(self) -> Option<Day> {
        let it = self.end;
        if let Some(day) = it.whole {
            return Some(day);
        }
        let (month, _) = it.months()?;
        Day::from_ymd_opt(it.year?, month, it.day.unwrap_or(1))
    }

    fn last_day(self) -> Option<Day> {
        let it = self.end;
        if let Some(day) = it.whole {
            return Some(day);
        }
        let (month, months) = it.months()?;
        match it.day {
            Some(day) => Day::from_ymd_opt(it.year?, month, day),
            None => Day::from_ymd_opt(it.year?, month, 1)?.checked_add_months(Months::new(months))?.pred_opt(),
        }
    }
}

impl End {
    /// Returns the first month and the number of months; nothing for an end that names no month, or a part of a year and a day.
    fn months(self) -> Option<(u32, u32)> {
        match (self.month, self.part) {
            (Some(month), None) => Some((month, 1)),
            (None, Some(part)) if self.day.is_none() => Some(part),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn spans_in_their_forms() {
        for (text, first, last) in [
            ("2026-01-05", "2026-01-05", "2026-01-05"),
            ("2026-01-05 – 2026-01-16", "2026-01-05", "2026-01-16"),
            ("2026-01-05 to 2026-01-16", "2026-01-05", "2026-01-16"),
            ("June 8-21, 2025", "2025-06-08", "2025-06-21"),
            ("June 22 - July 19, 2025", "2025-06-22", "2025-07-19"),
            ("8 June – 21 June 2025", "2025-06-08", "2025-06-21"),
            ("8-21 June 2025", "2025-06-08", "2025-06-21"),
            ("Mar 2022", "2022-03-01", "2022-03-31"),
            ("July ~ August 2021", "2021-07-01", "2021-08-31"),
            ("Nov – Feb 2026", "2025-11-01", "2026-02-28"),
            ("Dec 15 - Jan 9, 2026", "2025-12-15", "2026-01-09"),
            ("Q4 2025", "2025-10-01", "2025-12-31"),
            ("2025-Q4", "2025-10-01", "2025-12-31"),
            ("2022 Q2 ~ Q4", "2022-04-01", "2022-12-31"),
            ("2024-H2/2025-H1", "2024-07-01", "2025-06-30"),
            ("Q4/2023", "2023-10-01", "2023-12-31"),
            ("2026-01", "2026-01-01", "2026-01-31"),
            ("2026-01 to 2026-06", "2026-01-01", "2026-06-30"),
            ("2025-11–2026-02", "2025-11-01", "2026-02-28"),
            ("2026-01-15 – 2026-03", "2026-01-15", "2026-03-31"),
            ("2025年12月", "2025-12-01", "2025-12-31"),
            ("2025年1月22日", "2025-01-22", "2025-01-22"),
            ("2025年6月-8月", "2025-06-01", "2025-08-31"),
        ] {
            assert_eq!(date_span(text), Some((day(first), day(last))), "{text}");
        }
    }

    #[test]
    fn spans_without_a_year() {
        for (text, first, last) in [
            ("Jan 5 – Jan 16", "2026-01-05", "2026-01-16"),
            ("March 3-10", "2026-03-03", "2026-03-10"),
            ("3-10 March", "2026-03-03", "2026-03-10"),
            ("Dec 15 - Jan 9", "2026-12-15", "2027-01-09"),
            ("March – May", "2026-03-01", "2026-05-31"),
            ("June 8", "2026-06-08", "2026-06-08"),
            ("3月3日-10日", "2026-03-03", "2026-03-10"),
        ] {
            assert_eq!(span_in_year(text, 2026), Some((day(first), day(last))), "{text}");
        }
        for text in
            ["", "May", "3-10", "2026", "March 3-10, 2026", "Q3", "March 3 – May", "Feb 30", "starting in March"]
        {
            assert_eq!(span_in_year(text, 2026), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_span() {
        for text in [
            "",
            "2026",
            "June 8-21",
            "Q3",
            "Week 3 2026",
            "1-3 months",
            "March",
            "3/15/2026",
            "May 2026 or later",
            "2026-13-01",
            "2026-13",
            "2010-12",
            "2026-01 to 06",
            "2026-01-5",
            "2026-012",
        ] {
            assert_eq!(date_span(text), None, "{text}");
        }
    }
}
