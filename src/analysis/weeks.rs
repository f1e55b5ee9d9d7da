//! Which weeks are over, and of which of them anything tells.

use crate::calendar::{Day, Week, WorkingDays, monday_of};
use crate::history::History;
use chrono::Days;

/// Returns the last week of which a standup up to a day tells; without any standup, the last one that was over while commits
/// told of the plan.
pub fn data_week(history: &History, day: Day) -> Option<Week> {
    let calendar = &history.plan.schedule.as_ref()?.calendar;
    if history.standups.is_empty() {
        history.versions.told_from()?;
        let last = history.versions.days.iter().map(|it| it.0).rfind(|it| *it <= day)?;
        // Two weeks without a commit are two weeks in which nothing was done; longer, nobody tells any more.
        let until = last.checked_add_days(Days::new(14))?.min(day);
        let week = calendar.week(until)?;
        let is_over = calendar.last_working_day(week).is_some_and(|it| it <= until);
        return Some(if is_over { week } else { week - 1 }).filter(|it| 0 < *it);
    }
    // A standup written before its week is over tells of that week all the same.
    history.standups.iter().filter(|it| it.date <= day).filter_map(|it| calendar.week(it.date)).max()
}

/// Returns the last working days of the weeks since something is known: of the plan's weeks, else of those of the calendar. It
/// ends with the day asked for.
pub fn week_ends(history: &History, working: &WorkingDays) -> Vec<Day> {
    let told = history.standups.iter().map(|it| it.date).chain(history.versions.told_from());
    let Some(first) = told.min() else { return Vec::new() };
    let first = history.plan.schedule.as_ref().map_or(first, |it| it.calendar.start.max(first));
    let mondays = std::iter::successors(Some(monday_of(first)), |it| it.checked_add_days(Days::new(7)));
    mondays
        .take_while(|it| *it <= history.as_of)
        .filter_map(|it| it.checked_add_days(Days::new(6)).map(|it| working.on_or_before(it)))
        .collect()
}

/// Returns how many weeks of the plan's calendar are over: their last working day is not after the day asked for.
fn weeks_over(history: &History) -> Option<Week> {
    let calendar = &history.plan.schedule.as_ref()?.calendar;
    let week = calendar.week(history.as_of)?;
    let ends = calendar.last_working_day(week)?;
    Some(if ends <= history.as_of { week } else { week - 1 })
}

/// Returns the weeks that are over and have no standup, when there are standups at all.
pub fn missing_standups(history: &History) -> Vec<Week> {
    let Some(schedule) = &history.plan.schedule else { return Vec::new() };
    // On its last day a week's standup may still come.
    let ends_today = |week: &Week| schedule.calendar.last_working_day(*week) == Some(history.as_of);
    let over = weeks_over(history).unwrap_or(0).min(schedule.weeks);
    if history.standups.is_empty() {
        return Vec::new();
    }
    let told = |week: &Week| history.standups.iter().any(|it| it.week == Some(*week));
    // In a week that is all holiday nobody stands up.
    (1..=over).filter(|it| !told(it) && !ends_today(it) && 0 < schedule.calendar.working_days_in(*it)).collect()
}
