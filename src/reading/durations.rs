//! Durations of work, such as `0.5d`, `3d total` or `1d (part of CI setup)`.

use super::letters::{is_one_of, trim};
use crate::settings::Units;

/// A duration and the words behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Duration {
    /// Working days; nothing where a range leaves it open.
    pub days: Option<f64>,
    /// The words behind it, without brackets.
    pub qualifier: Option<String>,
}

/// Reads a number with a unit of time, or a size. A range such as "2-3 weeks" has no number of days: it is not guessed, and
/// neither is the length of points and sizes that the settings do not name.
#[must_use]
pub fn duration_in(text: &str, units: &Units) -> Option<Duration> {
    let text = trim(text);
    if let Some(days) = units.size(text) {
        return Some(Duration { days: Some(days), qualifier: None });
    }
    // Most durations are a few days.
    if let [number @ b'0'..=b'9', b'd'] = text.as_bytes() {
        return Some(Duration { days: Some(f64::from(number - b'0')), qualifier: None });
    }
    let text = if text.as_bytes().first().is_some_and(u8::is_ascii_digit) { text } else { roughly(text) };
    let (first, rest) = decimal(text)?;
    // Most durations are a number and a letter.
    let is_plain = rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let dash = if is_plain { None } else { rest.trim_start().strip_prefix(['-', '–', '—', '~']) };
    let (range, rest) = match dash {
        Some(behind) => decimal(behind.trim_start()).map_or((false, rest), |(_, rest)| (true, rest)),
        None => (false, rest),
    };
    let rest = if rest.as_bytes().first() == Some(&b' ') { rest.trim_start() } else { rest };
    let rest = if rest.starts_with("person") { rest.get(7..)? } else { rest };
    let length = rest.find(|it: char| !it.is_alphabetic()).unwrap_or(rest.len());
    let (unit, behind) = rest.split_at_checked(length)?;
    let days = match unit_of(unit)? {
        Unit::Days => first,
        Unit::Hours => first / units.hours_per_day,
        Unit::Weeks => first * units.days_per_week,
        Unit::Months => first * units.days_per_month,
        Unit::Minutes => first / 60.0 / units.hours_per_day,
        Unit::Points => {
            return Some(Duration { days: units.points.map(|it| it * first).filter(|_| !range), qualifier: None });
        }
    };
    if behind.is_empty() {
        return Some(Duration { days: (!range).then_some(days), qualifier: None });
    }
    let qualifier = behind.trim_matches(|it: char| it.is_whitespace() || matches!(it, '(' | ')' | ','));
    Some(Duration { days: (!range).then_some(days), qualifier: (!qualifier.is_empty()).then(|| qualifier.to_owned()) })
}

/// A unit of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Working days.
    Days,
    /// Hours.
    Hours,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Minutes.
    Minutes,
    /// Story points, which have days only where the settings say how many.
    Points,
}

/// The units: their words in ASCII, and the others, in lower case. The reference of the format lists them.
pub const UNITS: [(Unit, &[&str], &[&str]); 6] = [
    (
        Unit::Days,
        &["d", "day", "days", "pd", "jour", "jours", "dia", "dias", "tag", "tage"],
        &[
            "天",
            "日",
            "个工作日",
            "人天",
            "人日",
            "일",
            "يوم",
            "أيام",
            "יום",
            "ימים",
            "día",
            "días",
            "день",
            "дня",
            "дней",
            "ngày",
        ],
    ),
    (
        Unit::Hours,
        &["h", "hr", "hrs", "hour", "hours", "heure", "heures", "hora", "horas", "stunde", "stunden", "std"],
        &["小时", "時間", "시간", "ساعة", "ساعات", "שעה", "שעות", "час", "часа", "часов", "giờ"],
    ),
    (
        Unit::Weeks,
        &["w", "wk", "week", "weeks", "semaine", "semaines", "semana", "semanas", "woche", "wochen"],
        &[
            "周",
            "週",
            "週間",
            "个星期",
            "주",
            "أسبوع",
            "أسابيع",
            "שבוע",
            "שבועות",
            "неделя",
            "недели",
            "недель",
            "tuần",
        ],
    ),
    (
        Unit::Months,
        &["mo", "month", "months", "mois", "mes", "meses", "monat", "monate"],
        &[
            "个月",
            "mês",
            "ヶ月",
            "か月",
            "개월",
            "شهر",
            "أشهر",
            "חודש",
            "חודשים",
            "месяц",
            "месяца",
            "месяцев",
            "tháng",
        ],
    ),
    (Unit::Minutes, &["min", "mins", "minute", "minutes"], &[]),
    (Unit::Points, &["point", "points", "pt", "pts", "sp"], &[]),
];

fn unit_of(word: &str) -> Option<Unit> {
    let found = if word.is_ascii() {
        UNITS.iter().find(|(_, ascii, _)| is_one_of(word, ascii))
    } else {
        let lower = word.to_lowercase();
        UNITS.iter().find(|(.., others)| others.contains(&lower.as_str()))
    };
    found.map(|(unit, ..)| *unit)
}

/// Returns what stands behind a word or a sign for "about".
fn roughly(text: &str) -> &str {
    let text = text.trim_start_matches('~').trim_start();
    ["about ", "approx. ", "ca. "].iter().find_map(|it| text.strip_prefix(it)).unwrap_or(text)
}

/// Reads a number whose decimals stand behind a point or a comma, as in "1,5d".
fn decimal(text: &str) -> Option<(f64, &str)> {
    let (whole, rest) = number(text)?;
    let Some(behind) = rest.strip_prefix(',') else { return Some((whole, rest)) };
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) || !whole.fract().eq(&0.0) {
        return Some((whole, rest));
    }
    let (decimals, rest) = behind.split_at_checked(digits)?;
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
    // Most numbers are small and whole, and need no parser of decimals.
    if decimals == 0 && (1..=9).contains(&whole) {
        let value = digits.bytes().fold(0, |all, it| all * 10 + u32::from(it - b'0'));
        return Some((f64::from(value), rest));
    }
    let value: f64 = digits.parse().ok()?;
    value.is_finite().then_some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<f64>, Option<String>)> {
        duration_in(text, &Units::default()).map(|it| (it.days, it.qualifier))
    }

    #[test]
    fn units_and_words_behind() {
        assert_eq!(read("0.5d"), Some((Some(0.5), None)));
        assert_eq!(read("3d total"), Some((Some(3.0), Some("total".into()))));
        assert_eq!(read("1d (part of CI setup)"), Some((Some(1.0), Some("part of CI setup".into()))));
        assert_eq!(read("4 hours"), Some((Some(0.5), None)));
        assert_eq!(read("2-3 weeks"), Some((None, None)));
        assert_eq!(read("1,5d"), Some((Some(1.5), None)));
        assert_eq!(read("3 天"), Some((Some(3.0), None)));
        assert_eq!(read("1-3个月"), Some((None, None)));
        assert_eq!(read("4 שעות"), Some((Some(0.5), None)));
        assert_eq!(read("2 jours"), Some((Some(2.0), None)));
        assert_eq!(read("30 minutes"), Some((Some(0.0625), None)));
        assert_eq!(read("about 9 person days"), Some((Some(9.0), None)));
        assert_eq!(read("P95 <200ms"), None);
        assert_eq!(read("3 apples"), None);
    }
}
