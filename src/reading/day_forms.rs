//! The forms of a single day: in numbers, with the name of a month, with Han signs.

use super::day_tokens::Token;
use super::months::english_month;
use crate::calendar::Day;
use crate::model::WrittenDay;

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

/// A day and how many tokens it takes.
#[derive(Debug)]
pub struct Hit {
    /// The day.
    pub day: WrittenDay,
    /// How many tokens it takes.
    pub tokens: usize,
    /// Whether it is two numbers with a slash, which may as well be a share.
    pub may_be_share: bool,
    /// What the numbers tell of the order of day and month.
    pub order: DayOrder,
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

/// Reads the day that begins at a token.
#[must_use]
pub fn hit(tokens: &[Token<'_>], at: usize) -> Option<Hit> {
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
        let month = english_month(behind.get(of)?.text)?;
        let (year, tokens) = year_behind(behind.get(of + 1..)?);
        return Some(Hit::of(year, month, number, 2 + of + tokens));
    }
    let month = english_month(first.text)?;
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
#[must_use]
pub fn year_behind(rest: &[Token<'_>]) -> (Option<i32>, usize) {
    let comma = usize::from(rest.first().is_some_and(|it| matches!(it.text, "," | "." | "-" | "_")));
    let year = rest.get(comma).and_then(Token::year);
    (year, if year.is_some() { comma + 1 } else { 0 })
}
