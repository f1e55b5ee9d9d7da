//! Headings that open a standup: they name a day, a range of days, or a week, and say little else.

use super::day_forms::DayOrder;
use super::day_tokens::Token;
use super::headings::{WEEK_BEFORE, standup_week};
use super::letters::is_one_of;
use super::standup_dates::{Dated, dated};
use super::standup_part::{Part, part};
use crate::calendar::Week;
use crate::model::WrittenDay;

/// What a heading that opens a standup says.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// The week.
    pub week: Option<Week>,
    /// The day, or the first of a range.
    pub day: Option<WrittenDay>,
    /// The last day of a range.
    pub last: Option<WrittenDay>,
    /// Where the words name the day, in bytes of the heading's words.
    pub span: Option<(usize, usize)>,
    /// What its numbers tell of the order of day and month.
    pub order: DayOrder,
    /// Whether it says "Week 3 Standup", or names a day and nothing else: it opens a standup wherever it stands.
    pub is_sure: bool,
}

/// The last week that a standup may name.
pub const MOST_WEEKS: Week = 520;

/// Words that name what a standup is.
pub const KINDS: [&str; 19] = [
    "standup", "standups", "update", "updates", "meeting", "notes", "minutes", "report", "status", "sync", "scrum",
    "recap", "journal", "log", "weekly", "daily", "checkin", "retro", "huddle",
];

/// Words that may stand around them.
const SMALL: [&str; 29] = [
    "stand",
    "up",
    "check",
    "in",
    "week",
    "weeks",
    "wk",
    "day",
    "sprint",
    "ending",
    "ended",
    "ends",
    "beginning",
    "of",
    "for",
    "the",
    "from",
    "on",
    "and",
    "team",
    "progress",
    "summary",
    "date",
    "no",
    "number",
    "to",
    "our",
    "w",
    "until",
];

/// Beside a day or a week, so many other words may stand in a heading that says what it is, such as the name of a team.
const MOST_OTHERS: usize = 3;

/// Reads the words of a heading.
#[must_use]
pub fn opening(words: &str) -> Option<Opening> {
    if let Some(week) = standup_week(words) {
        let week = Some(week).filter(|it| *it <= MOST_WEEKS)?;
        // Most say "Week 3 Standup" and nothing of a day.
        let digits = words.bytes().rev().take_while(|it| !it.is_ascii_digit()).count();
        let before = words.len() - digits;
        let number =
            words.as_bytes().get(..before).unwrap_or_default().iter().rev().take_while(|it| it.is_ascii_digit());
        let number = number.count();
        let others = words.bytes().take(before - number).any(|it| it.is_ascii_digit());
        if !others {
            return Some(Opening { week: Some(week), is_sure: true, ..Opening::default() });
        }
        return Some(Opening { week: Some(week), is_sure: true, ..with_day(&dated(words)) });
    }
    if !words.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let mut read = dated(words);
    let week = week(&mut read.tokens);
    let it = Opening { week, ..with_day(&read) };
    if it.week.is_none() && it.day.is_none() {
        return None;
    }
    let rest = || read.tokens.iter().filter(|it| !it.is_used && it.is_word());
    let kinds = rest().filter(|it| is_one_of(it.text, &KINDS)).count();
    let others = rest().filter(|it| !is_one_of(it.text, &KINDS) && !is_one_of(it.text, &SMALL)).count();
    let begins = read.tokens.iter().find(|it| it.is_used || it.is_word()).is_some_and(|it| it.is_used);
    if read.may_be_share && 0 < others + kinds {
        return None;
    }
    let is_sure = others == 0 && it.day.is_some();
    // "Week 3: Security" is a week whatever follows; "Plan for week 4" is no standup of week 4.
    let is_week = it.week.is_some() && (begins || 0 < kinds);
    let says_what = (0 < kinds || begins) && others <= MOST_OTHERS;
    let is_part = !begins && kinds == 0 && part(words) != Part::Other;
    let opens = !is_part && (is_sure || if it.day.is_some() { says_what } else { is_week && (begins || says_what) });
    opens.then_some(Opening { is_sure, ..it })
}

/// Says whether a heading calls what is below it a meeting, an update or the like.
#[must_use]
pub fn names_kind(words: &str) -> bool {
    words.split(|it: char| !it.is_alphabetic()).any(|it| is_one_of(it, &KINDS))
}

/// Reads a line below a heading that says nothing but a day, such as `*(May 7, 2024)*`.
#[must_use]
pub fn day_alone(words: &str) -> Option<Opening> {
    let read = dated(words);
    let others = read.tokens.iter().any(|it| !it.is_used && it.is_word() && !is_one_of(it.text, &SMALL));
    (read.day.is_some() && !read.may_be_share && !others).then(|| with_day(&read))
}

/// Reads a title or the name of a file, such as `week-01`, `2024-04-15 Codex Weekly` or `Week 3: Security`.
#[must_use]
pub fn week_in(words: &str) -> Option<Week> {
    week(&mut dated(words).tokens)
}

fn with_day(read: &Dated<'_>) -> Opening {
    let mut used = read.tokens.iter().filter(|it| it.is_used);
    let first = used.next();
    let span =
        first.map(|it| (it.start, used.next_back().map_or(it.start + it.text.len(), |it| it.start + it.text.len())));
    let span = span.filter(|_| read.day.is_some());
    Opening { week: None, day: read.day, last: read.last, span, order: read.order, is_sure: false }
}

/// Finds "week 3" among tokens, and marks them as used.
fn week(tokens: &mut [Token<'_>]) -> Option<Week> {
    let is_other = |it: &str| WEEK_BEFORE.strip(it).is_some_and(|(_, (), rest)| rest.is_empty());
    let is_week = |it: &Token<'_>| is_one_of(it.text, &["week", "wk", "w", "kw"]) || is_other(it.text);
    let at = tokens.iter().position(is_week)?;
    let behind =
        |from: usize| tokens.get(from..).unwrap_or_default().iter().position(|it| it.text != "-" && it.text != "_");
    let number = at + 1 + behind(at + 1).filter(|it| *it <= 1)?;
    let token = tokens.get(number).filter(|it| !it.is_used)?;
    let week = token.number().filter(|it| (1..=MOST_WEEKS).contains(it))?;
    for it in tokens.get_mut(at..=number).unwrap_or_default() {
        it.is_used = true;
    }
    Some(week)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_open_standups() {
        for (words, week, has_day, is_sure) in [
            ("Week 3 Standup", Some(3), false, true),
            ("Week 3 Standup (2026-02-06)", Some(3), true, true),
            ("04/14/2025", None, true, true),
            ("3/19", None, true, true),
            ("Monday, 2 February", None, true, true),
            ("Codex Update Apr 9th - Apr 16th", None, true, false),
            ("Week 6 Update (26 Sept to 2 Oct)", Some(6), true, true),
            ("Week Ending: March 6, 2026", None, true, true),
            ("Week 01", Some(1), false, false),
            ("Week 3: Security and quality of the whole gateway", Some(3), false, false),
            ("Status of week 3", Some(3), false, false),
            ("2026-02-03: Backend sync", None, true, false),
            ("Meeting 2 (May 9, 2024)", None, true, true),
        ] {
            let it = opening(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!((it.week, it.day.is_some(), it.is_sure), (week, has_day, is_sure), "{words}");
        }
        for words in [
            "Completed This Week",
            "Completed in week 3",
            "Plan for week 4",
            "Next steps until 2026-03-01",
            "Logos and Codex Off-site Links (2024/04/01 - 2024/04/15)",
            "Tests 6/8",
            "Status 6/8",
            "Phase 2",
            "Meeting 2",
            "[Milestone - Store Service Upgrade]",
        ] {
            assert!(opening(words).is_none(), "{words}");
        }
    }
}
