//! Days as people write them in headings, labels and names of files: whole, without a year, with slashes, as a range.

use super::letters::is_one_of;
use crate::calendar::{Day, weekday};
use crate::model::WrittenDay;
use smallvec::SmallVec;

/// At most so many bytes of a heading or a name are looked at.
const LIMIT: usize = 200;

/// What dates with slashes tell of the order of day and month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayOrder {
    /// One has a second number over 12.
    pub month_first: bool,
    /// One has a first number over 12.
    pub day_first: bool,
}

impl DayOrder {
    /// Adds what others tell.
    pub fn add(&mut self, other: Self) {
        self.month_first |= other.month_first;
        self.day_first |= other.day_first;
    }

    /// Says whether the day stands first; nothing where no date tells, or two tell different things.
    #[must_use]
    pub fn is_day_first(self) -> Option<bool> {
        (self.day_first != self.month_first).then_some(self.day_first)
    }
}

/// A word, a number or a sign of a text.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its first byte in the text.
    pub start: usize,
    /// Whether it belongs to a day.
    pub is_used: bool,
    /// Whether nothing stands between it and the one before.
    is_glued: bool,
}

impl Token<'_> {
    /// Returns the number, where it is one.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.text.trim_end_matches(|it: char| it.is_ascii_alphabetic()).parse().ok()
    }

    /// Says whether it is a word.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphabetic)
    }

    /// Returns a number of at most two digits, such as "9" or "9th".
    fn short(&self) -> Option<u32> {
        self.number().filter(|_| self.text.bytes().take_while(u8::is_ascii_digit).count() <= 2)
    }

    fn year(&self) -> Option<i32> {
        let is_plain = self.text.len() == 4 && self.text.bytes().all(|it| it.is_ascii_digit());
        self.text.parse().ok().filter(|it| is_plain && (1970..=2999).contains(it))
    }

    fn is_joiner(&self) -> bool {
        matches!(self.text, "-" | "–" | "—") || is_one_of(self.text, &["to", "until", "through", "till"])
    }
}

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

/// A day and how many tokens it takes.
struct Hit {
    day: WrittenDay,
    tokens: usize,
    may_be_share: bool,
    order: DayOrder,
}

impl Hit {
    const fn of(year: Option<i32>, month: u32, day: u32, tokens: usize) -> Self {
        let day = WrittenDay { year, month, day, may_swap: false, weekday: None };
        Self { day, tokens, may_be_share: false, order: DayOrder { month_first: false, day_first: false } }
    }

    /// Reads two numbers that may be day and month in either order.
    fn slashed(year: Option<i32>, first: u32, second: u32, tokens: usize) -> Self {
        let order = DayOrder { month_first: 12 < second && first <= 12, day_first: 12 < first && second <= 12 };
        let mut hit = Self::of(year, first, second, tokens);
        if order.day_first {
            hit.day = hit.day.swapped();
        }
        hit.day.may_swap = first <= 12 && second <= 12 && first != second;
        Self { order, ..hit }
    }
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

fn tokens(text: &str) -> SmallVec<[Token<'_>; 16]> {
    let mut tokens = SmallVec::new();
    let (mut at, mut end) = (0, 0);
    while let Some(first) = text.get(at..).and_then(|it| it.chars().next()).filter(|_| at < LIMIT) {
        let rest = text.get(at..).unwrap_or_default();
        let run = |fits: fn(char) -> bool| rest.find(|it| !fits(it)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let digits = run(|it| it.is_ascii_digit());
            let ordinal = rest.get(digits..digits + 2).filter(|it| is_one_of(it, &["st", "nd", "rd", "th"]));
            let is_whole = !rest.get(digits + 2..).unwrap_or_default().starts_with(char::is_alphanumeric);
            if ordinal.is_some() && is_whole { digits + 2 } else { digits }
        } else if first.is_alphabetic() {
            run(char::is_alphabetic)
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            let text = rest.get(..length).unwrap_or_default();
            tokens.push(Token { text, start: at, is_used: false, is_glued: at == end && 0 < at });
            end = at + length;
        }
        at += length;
    }
    tokens
}

fn hit(tokens: &[Token<'_>], at: usize) -> Option<Hit> {
    let rest = tokens.get(at..)?;
    let first = rest.first()?;
    if !first.is_word() && first.number().is_none() {
        return None;
    }
    // What is glued to a word, as in "v1.2.2026", is no day.
    let before = at.checked_sub(1).and_then(|it| tokens.get(it)).filter(|_| first.is_glued);
    if before.is_some_and(|it| it.is_word() || matches!(it.text, "." | "/")) {
        return None;
    }
    numbers(rest).or_else(|| day_and_month(rest)).or_else(|| with_han_signs(rest))
}

/// `2026-02-03`, `20260203`, `3/19/25`, `03.02.2026`, `3/19`, `2026-W06`.
fn numbers(rest: &[Token<'_>]) -> Option<Hit> {
    let first = rest.first()?;
    if let [_, a, b, c, d, ..] = rest
        && [a, b, c, d].iter().all(|it| it.is_glued)
        && [a, c].iter().all(|it| matches!(it.text, "-" | "/" | "." | "_"))
    {
        if let (Some(year), Some(month), Some(day)) = (first.year(), b.short(), d.short()) {
            return Some(Hit::of(Some(year), month, day, 5));
        }
        let (one, two) = (first.short()?, b.short()?);
        let short_year = d.short().filter(|_| a.text == "/" && d.text.len() == 2).and_then(|it| i32::try_from(it).ok());
        let year = d.year().or(short_year.map(|it| 2000 + it))?;
        let german = a.text == ".";
        return Some(if german { Hit::of(Some(year), two, one, 5) } else { Hit::slashed(Some(year), one, two, 5) });
    }
    if let [_, dash, w, number, ..] = rest
        && let (Some(year), "-", "W" | "w", Some(week)) = (first.year(), dash.text, w.text, number.short())
        && [dash, w, number].iter().all(|it| it.is_glued)
    {
        use chrono::Datelike as _;
        let friday = Day::from_isoywd_opt(year, week, chrono::Weekday::Fri)?;
        return Some(Hit::of(Some(friday.year()), friday.month(), friday.day(), 4));
    }
    if first.text.len() == 8 && first.text.bytes().all(|it| it.is_ascii_digit()) {
        let part = |from: usize, to: usize| first.text.get(from..to)?.parse::<u32>().ok();
        let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
        let is_day = (1970..=2999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        return Some(Hit::of(i32::try_from(year).ok(), month, day, 1)).filter(|_| is_day);
    }
    if let [one, slash, two, ..] = rest
        && slash.text == "/"
        && slash.is_glued
        && two.is_glued
        && !rest.get(3).is_some_and(|it| it.is_glued && matches!(it.text, "/" | "." | "%"))
    {
        let (first, second) = (one.short()?, two.short()?);
        let hit = Hit { may_be_share: true, ..Hit::slashed(None, first, second, 3) };
        return Some(hit).filter(|it| it.day.is_possible());
    }
    None
}

/// `2 February 2026`, `2nd of Feb`, `February 2, 2026`, `Feb. 2`, `feb-02`.
fn day_and_month(rest: &[Token<'_>]) -> Option<Hit> {
    let (first, behind) = rest.split_first()?;
    if let Some(number) = first.short() {
        let joins =
            |it: &Token<'_>| it.text.eq_ignore_ascii_case("of") || (it.is_glued && matches!(it.text, "." | "-"));
        let of = usize::from(behind.first().is_some_and(joins));
        let month = month(behind.get(of)?.text)?;
        let (year, tokens) = year_behind(behind.get(of + 1..)?);
        return Some(Hit::of(year, month, number, 2 + of + tokens));
    }
    let month = month(first.text)?;
    let sign = behind.first().is_some_and(|it| it.text == "." || (it.is_glued && matches!(it.text, "-" | "_")));
    let sign = usize::from(sign);
    let number = behind.get(sign)?.short()?;
    let (year, tokens) = year_behind(behind.get(sign + 1..)?);
    Some(Hit::of(year, month, number, 2 + sign + tokens))
}

/// `2026年2月3日`, with the year or without.
fn with_han_signs(rest: &[Token<'_>]) -> Option<Hit> {
    let year = match rest {
        [year, sign, ..] if sign.text == "年" => Some(year.year()?),
        _ => None,
    };
    let skipped = if year.is_some() { 2 } else { 0 };
    match rest.get(skipped..)? {
        [month, a, day, b, ..] if a.text == "月" && matches!(b.text, "日" | "号") => {
            Some(Hit::of(year, month.short()?, day.short()?, skipped + 4))
        }
        _ => None,
    }
}

/// Reads a year behind a day, and how many tokens it takes with the comma before it.
fn year_behind(rest: &[Token<'_>]) -> (Option<i32>, usize) {
    let comma = usize::from(rest.first().is_some_and(|it| matches!(it.text, "," | "." | "-" | "_")));
    let year = rest.get(comma).and_then(Token::year);
    (year, if year.is_some() { comma + 1 } else { 0 })
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

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads the name of a month, whole or cut to three letters or more.
fn month(word: &str) -> Option<u32> {
    let fits = |it: &&str| it.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    let at = MONTHS.iter().position(|it| 3 <= word.len() && fits(it))?;
    u32::try_from(at + 1).ok()
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
