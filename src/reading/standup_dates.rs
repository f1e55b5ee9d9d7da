//! Days as people write them in headings, labels and names of files: whole, without a year, with slashes, as a range.

use super::day_forms::{DayOrder, hit, year_behind};
use super::day_tokens::{Token, tokens};
use crate::calendar::weekday;
use crate::model::WrittenDay;
use smallvec::SmallVec;

/// A text in tokens, and the first day of it.
#[derive(Debug, Default)]
pub struct Dated<'a> {
    /// The tokens.
    pub tokens: SmallVec<[Token<'a>; 16]>,
    /// The day, or the first of a range.
    pub day: Option<WrittenDay>,
    /// The last day of a range.
    pub last: Option<WrittenDay>,
    /// Whether the day is two numbers with a slash, which may as well be a share.
    pub may_be_share: bool,
    /// What the numbers tell of the order of day and month.
    pub order: DayOrder,
}

/// Reads the first day of a text, or the first range of days.
#[must_use]
pub fn dated(text: &str) -> Dated<'_> {
    let mut it = Dated { tokens: tokens(text), ..Dated::default() };
    let found = (0..it.tokens.len()).find_map(|at| Some((at, hit(&it.tokens, at)?)));
    let Some((start, first)) = found else { return it };
    let mut end = start + first.tokens;
    it.may_be_share = first.may_be_share;
    it.order = first.order;
    let mut day = first.day;
    let mut last = None;
    let behind = it.tokens.get(end..).unwrap_or_default();
    let mut from = start;
    if let [joiner, rest @ ..] = behind
        && joiner.is_joiner()
    {
        let skipped = usize::from(rest.first().is_some_and(|it| weekday(it.text).is_some()));
        if let Some(second) = hit(&it.tokens, end + 1 + skipped) {
            last = Some(second.day);
            it.order.add(second.order);
            end += 1 + skipped + second.tokens;
        } else if let Some((number, tokens, year)) = day_alone(rest) {
            // "Feb 2 - 6" and "July 4-10": the month is said once.
            last = Some(WrittenDay { day: number, year: year.or(day.year), ..day });
            end += 1 + tokens;
        }
    } else if let Some((number, before)) = number_before(&it.tokens, start) {
        // "2-6 February"
        last = Some(day);
        day.day = number;
        from = before;
    }
    if let Some(last) = &mut last {
        share_year(&mut day, last);
    }
    let near = [from.checked_sub(1), from.checked_sub(2), Some(end)];
    let named = near.into_iter().flatten().find_map(|at| Some((at, weekday(it.tokens.get(at)?.text)?)));
    day.weekday = named.map(|(_, it)| it).filter(|_| last.is_none());
    let named = named.map(|(at, _)| at);
    for (at, token) in it.tokens.iter_mut().enumerate() {
        token.is_used = (from..end).contains(&at) || Some(at) == named;
    }
    it.day = Some(day);
    it.last = last;
    it
}

/// Reads the day that the path of a file names at its end, and the year that it names anywhere.
#[must_use]
pub fn in_path(path: &str) -> (Dated<'_>, Option<i32>) {
    let stem = path.rfind('.').and_then(|it| path.get(..it)).unwrap_or(path);
    let year = || {
        let words = stem.rsplit(|it: char| !it.is_ascii_digit()).filter(|it| it.len() == 4);
        words.filter_map(|it| it.parse().ok()).find(|it| (1970..=2099).contains(it))
    };
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let by_name = dated(name);
    if by_name.day.is_some() && !by_name.may_be_share {
        return (by_name, year());
    }
    // 2026/02-03.md, 2026/02/03.md
    let by_folders = [1, 2].into_iter().find_map(|folders| {
        let start = memchr::memrchr_iter(b'/', stem.as_bytes()).nth(folders).map_or(0, |it| it + 1);
        let read = dated(stem.get(start..)?);
        let is_whole = read.tokens.iter().all(|it| it.is_used) && read.day.is_some_and(|it| it.year.is_some());
        is_whole.then_some(read)
    });
    (by_folders.unwrap_or(by_name), year())
}

/// Reads the second day of a range whose month stands before the first.
fn day_alone(rest: &[Token<'_>]) -> Option<(u32, usize, Option<i32>)> {
    let number = rest.first()?.short().filter(|it| (1..=31).contains(it))?;
    if rest.get(1).is_some_and(|it| it.is_glued && matches!(it.text, "/" | ":" | "." | "%")) {
        return None;
    }
    let (year, tokens) = year_behind(rest.get(1..).unwrap_or_default());
    Some((number, 1 + tokens, year))
}

/// Reads the first day of a range whose month stands behind the second, and where it stands.
fn number_before(tokens: &[Token<'_>], start: usize) -> Option<(u32, usize)> {
    let at = start.checked_sub(2)?;
    let is_range = tokens.get(at + 1).is_some_and(Token::is_joiner);
    let number = tokens.get(at)?.short().filter(|it| is_range && (1..=31).contains(it))?;
    Some((number, at))
}

/// A range says its year once.
fn share_year(first: &mut WrittenDay, last: &mut WrittenDay) {
    let turns = i32::from((last.month, last.day) < (first.month, first.day));
    first.year = first.year.or(last.year.map(|it| it - turns));
    last.year = last.year.or(first.year.map(|it| it + turns));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(it: WrittenDay) -> String {
        let year = it.year.map_or("?".to_owned(), |it| it.to_string());
        let weekday = it.weekday.map_or(String::new(), |it| format!(" {it}"));
        format!("{year}-{}-{}{}{weekday}", it.month, it.day, if it.may_swap { " either way" } else { "" })
    }

    fn read(text: &str) -> String {
        let it = dated(text);
        let last = it.last.map_or(String::new(), |it| format!(" to {}", show(it)));
        it.day.map_or("nothing".to_owned(), show) + &last
    }

    #[test]
    fn days_in_their_forms() {
        for (text, expected) in [
            ("2026-02-03", "2026-2-3"),
            ("2026-02-03T10:00:00Z", "2026-2-3"),
            ("20260203-notes", "2026-2-3"),
            ("2026-W06", "2026-2-6"),
            ("04/14/2025", "2025-4-14"),
            ("3/19/25", "2025-3-19"),
            ("19/3/25", "2025-3-19"),
            ("3/4/25", "2025-3-4 either way"),
            ("3/3/25", "2025-3-3"),
            ("03.04.2025", "2025-4-3"),
            ("Codex Update Apr 9th - Apr 16th", "?-4-9 to ?-4-16"),
            ("Week 6 Update (26 Sept to 2 Oct)", "?-9-26 to ?-10-2"),
            ("Week Ending: March 6, 2026", "2026-3-6"),
            ("Monday, 2 February", "?-2-2 Mon"),
            ("Feb 3rd (Tue)", "?-2-3"),
            ("Tue Feb 3rd", "?-2-3 Tue"),
            ("Week 5 (July 4-10)", "?-7-4 to ?-7-10"),
            ("2-6 February 2026", "2026-2-2 to 2026-2-6"),
            ("Dec 29 - Jan 2, 2026", "2025-12-29 to 2026-1-2"),
            ("29 Dec 2025 – 2 Jan", "2025-12-29 to 2026-1-2"),
            ("(2024/04/01 - 2024/04/15)", "2024-4-1 to 2024-4-15"),
            ("2026年2月3日", "2026-2-3"),
            ("4/14", "?-4-14"),
            ("2026-02-30", "2026-2-30"),
            ("v1.2.2026", "nothing"),
            ("Week 3 Standup", "nothing"),
            ("May the fourth", "nothing"),
            ("May 2026", "nothing"),
            ("192.168.1.1", "nothing"),
            ("30/45", "nothing"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn days_in_paths() {
        for (path, expected, year) in [
            ("standups/2026-02-03.md", "2026-2-3", Some(2026)),
            ("standups/standup-2026-02-03.md", "2026-2-3", Some(2026)),
            ("standups/2026/02/03.md", "2026-2-3", Some(2026)),
            ("standups/2026/02-03.md", "2026-2-3", Some(2026)),
            ("standups/2026/feb-03.md", "?-2-3", Some(2026)),
            ("standups/2025.md", "nothing", Some(2025)),
            ("standups/week-03.md", "nothing", None),
            ("a/1/2/3.md", "nothing", None),
        ] {
            let (it, found) = in_path(path);
            assert_eq!((it.day.map_or("nothing".to_owned(), show).as_str(), found), (expected, year), "{path}");
        }
    }
}
