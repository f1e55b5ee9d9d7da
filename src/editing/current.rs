//! The standups of a project, later ones as well, and the one that is being written now.

use crate::calendar::{Day, Week, monday_of};
use crate::document::parse;
use crate::history::{day_of, settle_days};
use crate::model::{Schedule, Standup};
use crate::reading::{DayOrder, standups};
use crate::sources::Sources;
use crate::text::SourceFile;

/// A standup, whatever day it speaks for.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// Its file.
    pub file: &'a SourceFile,
    /// Its day.
    pub date: Day,
    /// Its week, where the plan has weeks.
    pub week: Option<Week>,
    /// What it says.
    pub standup: Standup,
}

/// Reads all standups, sorted by day; those without a day are left out.
#[must_use]
pub fn known<'a>(sources: &'a Sources, schedule: Option<&Schedule>, as_of: Day) -> Vec<Known<'a>> {
    let read: Vec<_> = sources.standups.iter().map(|it| (it, standups(it, &parse(it)).value)).collect();
    let order = read.iter().fold(DayOrder::default(), |mut all, (_, it)| {
        all.add(it.order);
        all
    });
    let mut known = Vec::new();
    for (file, mut it) in read {
        settle_days(&mut it.standups, order.is_day_first(), schedule, as_of);
        for standup in it.standups {
            let Some(date) = day_of(&standup, schedule) else { continue };
            let week = standup.week.or_else(|| schedule?.calendar.week(date));
            known.push(Known { file, date, week, standup });
        }
    }
    known.sort_by(|a, b| {
        (a.date, &a.standup.path, a.standup.place.span).cmp(&(b.date, &b.standup.path, b.standup.place.span))
    });
    known
}

/// Returns the standup that tells of a day: its own, else the one of its week. Where a week has several, each tells of its own day
/// alone.
#[must_use]
pub fn current<'k, 'a>(known: &'k [Known<'a>], day: Day) -> Option<&'k Known<'a>> {
    if let Some(it) = known.iter().rev().find(|it| it.date == day) {
        return Some(it);
    }
    if is_daily(known) {
        return None;
    }
    known.iter().find(|it| monday_of(it.date) == monday_of(day))
}

/// Standups that say how often a team writes them: the last so many.
const LATEST: usize = 20;

/// Says whether a project has lately had standups of several days in one week.
#[must_use]
pub fn is_daily(known: &[Known<'_>]) -> bool {
    let latest = known.get(known.len().saturating_sub(LATEST)..).unwrap_or_default();
    latest.windows(2).any(|it| matches!(it, [a, b] if a.date != b.date && monday_of(a.date) == monday_of(b.date)))
}

/// Returns the text of a standup: from its heading to that of the next one in its file.
#[must_use]
pub fn extent(it: &Known<'_>, known: &[Known<'_>]) -> (u32, u32) {
    let start = it.standup.place.span.start;
    let mut same_file =
        known.iter().filter(|other| other.standup.path == it.standup.path).map(|it| it.standup.place.span.start);
    let end = u32::try_from(it.file.text.len()).unwrap_or(u32::MAX);
    // A standup that has a file for itself may begin before the line that names it.
    let begins_file = same_file.clone().nth(1).is_none();
    let next = same_file.by_ref().filter(|it| start < *it).min();
    (if begins_file { 0 } else { start }, next.unwrap_or(end))
}
