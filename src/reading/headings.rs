//! What a heading opens: a phase, a week, a part of a week, or a topic.

use super::letters::find_ignoring_case;
use crate::calendar::{Week, weekday};
use chrono::Weekday;

/// What a heading opens.
#[derive(Debug, Clone, PartialEq)]
pub enum Heading {
    /// A phase: its number, its name, its weeks.
    Phase(Option<u32>, String, Option<(Week, Week)>),
    /// A week, or several that one heading holds: the first, the last, and the name.
    Week(Week, Week, String),
    /// A part of a week.
    Block(BlockDays),
    /// Risks of one severity, or of none.
    Risks(Option<String>),
    /// Teams and their strength.
    Team,
    /// What the plan costs.
    Budget,
    /// Something else.
    Other,
}

/// The days of a block, as its heading names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockDays {
    /// Days of the week, first and last.
    Weekdays(Weekday, Weekday),
    /// A numbered day and how many days from it on.
    Numbered(u32, u32),
}

/// Reads a heading.
#[must_use]
pub fn heading(words: &str) -> Heading {
    let words = words.trim_start_matches(|it: char| !it.is_alphanumeric()).trim();
    if let Some((number, rest)) = numbered(words, "phase") {
        let (name, weeks) = weeks_behind(rest);
        return Heading::Phase(number, name, weeks);
    }
    let is_week = words.as_bytes().first().is_some_and(|it| it.eq_ignore_ascii_case(&b'w'));
    if is_week
        && let Some((Some(week), rest)) = numbered(words, "week").or_else(|| numbered(words, "weeks"))
        && !mentions(rest, "standup")
    {
        let (last, rest) = last_week(rest).filter(|(last, _)| week < *last && *last <= 520).unwrap_or((week, rest));
        return Heading::Week(week, last, name_of(rest).to_owned());
    }
    if let Some(days) = block_days(words) {
        return Heading::Block(days);
    }
    topic(words)
}

/// Reads the week of a heading such as "Week 3 Standup".
#[must_use]
pub fn standup_week(words: &str) -> Option<Week> {
    let words = words.trim_start_matches(|it: char| !it.is_alphanumeric()).trim();
    let (week, rest) = numbered(words, "week")?;
    if mentions(rest, "standup") || mentions(rest, "stand-up") { week.filter(|it| *it != 0) } else { None }
}

/// Reads a range of weeks such as "Week 1-2", "Weeks 5-8" or "Week 3", and returns what stands before it.
#[must_use]
pub fn week_range(text: &str) -> Option<(Week, Week)> {
    let text = text.trim();
    let (first, rest) = ["weeks", "week", "wk", "w"].iter().find_map(|it| numbered(text, it))?;
    let first = first?;
    let last = rest.trim_start().strip_prefix(['-', '–', '—']).and_then(|it| leading_number(it.trim_start()));
    let last = last.map_or(first, |(it, _)| it);
    (1 <= first && first <= last && last <= 520).then_some((first, last))
}

/// Reads the second number of "Week 1-2: Name" or "Week 1 to 2", and returns what follows.
fn last_week(rest: &str) -> Option<(Week, &str)> {
    let behind = rest.trim_start();
    if behind.starts_with(':') {
        return None;
    }
    let joins = ["-", "–", "—", "to ", "and ", "+", "/", "&"];
    let behind = joins.iter().find_map(|it| behind.strip_prefix(it))?.trim_start();
    leading_number(strip_prefix_ignoring_case(behind, "week ").unwrap_or(behind))
}

/// Reads a keyword with a number behind it, and returns what follows.
fn numbered<'a>(words: &'a str, keyword: &str) -> Option<(Option<u32>, &'a str)> {
    let rest = strip_prefix_ignoring_case(words, keyword)?;
    if rest.starts_with(|it: char| it.is_alphabetic()) {
        return None;
    }
    let behind = rest.trim_start();
    match leading_number(behind) {
        Some((number, rest)) => Some((Some(number), rest)),
        None => behind.starts_with(':').then_some((None, behind)),
    }
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn mentions(text: &str, word: &str) -> bool {
    find_ignoring_case(text, word).is_some()
}

/// Parts a name from weeks in brackets behind it.
fn weeks_behind(rest: &str) -> (String, Option<(Week, Week)>) {
    let name = name_of(rest);
    let bracket = name.rfind('(').and_then(|open| name.split_at_checked(open));
    if let Some((before, inside)) = bracket
        && let Some(weeks) = week_range(inside.trim_matches(['(', ')', ' ']))
    {
        return (before.trim().to_owned(), Some(weeks));
    }
    (name.to_owned(), None)
}

fn name_of(rest: &str) -> &str {
    rest.trim_start_matches([':', '-', '–', '—', '.', ' ']).trim()
}

fn block_days(words: &str) -> Option<BlockDays> {
    let (before, inside) = match words.split_once('(') {
        Some((before, inside)) => (before.trim(), inside),
        None => (words, ""),
    };
    if let Some((Some(day), rest)) = numbered(before, "day") {
        let last = rest.trim_start().strip_prefix(['-', '–']).and_then(|it| leading_number(it.trim_start()));
        let length = leading_number(inside).map(|(it, _)| it);
        let days = last.map_or(length.unwrap_or(1), |(last, _)| last.saturating_sub(day) + 1);
        return (1..=366).contains(&days).then_some(BlockDays::Numbered(day, days));
    }
    let mut words = before.split([':', ' ']).filter(|it| !it.is_empty());
    let mut names = words.next()?.split(['-', '–', '—', '/']);
    let first = weekday(names.next()?)?;
    let last = match names.next() {
        Some(last) => weekday(last)?,
        // "Wed to Fri", "Wed - Fri"
        None if words.next().is_some_and(|it| matches!(it, "to" | "through" | "-" | "–" | "—")) => {
            words.next().and_then(weekday).unwrap_or(first)
        }
        None => first,
    };
    Some(BlockDays::Weekdays(first, last))
}

fn topic(words: &str) -> Heading {
    let lower = words.to_lowercase();
    if lower.contains("risk") {
        let severities = ["critical", "high", "medium", "low"];
        let severity = severities.iter().find(|it| lower.split_whitespace().any(|word| word == **it));
        return Heading::Risks(severity.map(|it| crate::phrase::capitalise(it)));
    }
    let has = |words: &[&str]| words.iter().any(|it| lower.contains(it));
    if has(&["team composition", "team allocation", "resource allocation", "staffing"]) || lower == "team" {
        Heading::Team
    } else if has(&["budget", "cost estimate"]) {
        Heading::Budget
    } else {
        Heading::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_the_source_roadmap() {
        let phase = Heading::Phase(Some(1), "Critical Fixes".into(), Some((1, 2)));
        assert_eq!(heading("Phase 1: Critical Fixes (Week 1-2)"), phase);
        assert_eq!(heading("Week 2: Security & Quality"), Heading::Week(2, 2, "Security & Quality".into()));
        for text in ["Week 1-2: Data", "Weeks 1 to 2: Data", "Week 1 – 2: Data", "Week 1/2: Data"] {
            assert_eq!(heading(text), Heading::Week(1, 2, "Data".into()), "{text}");
        }
        assert_eq!(heading("Week 3 - 2026 plan"), Heading::Week(3, 3, "2026 plan".into()));
        let days = BlockDays::Weekdays(Weekday::Mon, Weekday::Tue);
        assert_eq!(heading("Monday-Tuesday (2 days)"), Heading::Block(days));
        assert_eq!(heading("Friday (1 day)"), Heading::Block(BlockDays::Weekdays(Weekday::Fri, Weekday::Fri)));
        assert_eq!(heading("Mon to Tue (2 days)"), Heading::Block(days));
        assert_eq!(heading("Monday – Tuesday"), Heading::Block(days));
        assert_eq!(heading("Day 3 (2 days)"), Heading::Block(BlockDays::Numbered(3, 2)));
        assert_eq!(heading("High Risks"), Heading::Risks(Some("High".into())));
        assert_eq!(heading("Roadmap Phases"), Heading::Other);
        assert_eq!(heading("Weekly Standup Template"), Heading::Other);
        assert_eq!(heading("Monitoring and alerts"), Heading::Other);
    }

    #[test]
    fn a_standup_is_not_a_week_of_the_plan() {
        assert_eq!(heading("Week 3 Standup"), Heading::Other);
        assert_eq!(standup_week("Week 3 Standup"), Some(3));
        assert_eq!(standup_week("Week [X] Standup"), None);
        assert_eq!(week_range("Weeks 5-8"), Some((5, 8)));
        assert_eq!(week_range("Wk 3"), Some((3, 3)));
        assert_eq!(week_range("W2-W3"), Some((2, 2)));
        assert_eq!(week_range("Workload"), None);
    }
}
