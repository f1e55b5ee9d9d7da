//! What would change the forecast: one more week, with much or little finished in it; and the chance for each day.

use super::Analysis;
use super::forecast::{Prepared, forecast_of, prepare_ahead};
use crate::calendar::{Day, Week, WorkingDays};
use crate::history::History;
use chrono::Days;

/// The forecast after one more week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// The week; nothing where the plan has no calendar, and the week is the next seven days.
    pub week: Option<Week>,
    /// Items finished in it.
    pub items: usize,
    /// Those of them that are due in it by the plan.
    pub due: usize,
    /// Those of them that were due before.
    pub late: usize,
    /// The day that would be reached with a chance of 50%; nothing when later than a year.
    pub p50: Option<Day>,
}

/// Works out the forecast after a week in which all that is due and late is finished, and after one with half of it.
pub(super) fn outlook(history: &History, analysis: &Analysis) -> Vec<Outlook> {
    if !analysis.forecast.basis.is_known() {
        return Vec::new();
    }
    let today = history.as_of;
    let week = history.plan.schedule.as_ref().map(|_| analysis.data_week.unwrap_or(0) + 1);
    let open = || history.plan.tasks.iter().enumerate().filter(|(at, _)| history.state(*at, today).state.is_open());
    let until = match (&history.plan.schedule, week) {
        (Some(it), Some(week)) => it.calendar.last_working_day(week),
        _ => today.checked_add_days(Days::new(7)),
    };
    // A week that is over and of which nothing is known is not to come.
    let Some(until) = until.filter(|it| today < *it) else { return Vec::new() };
    let late = open().filter(|(_, it)| it.end.is_some_and(|end| end <= today)).count();
    let due = open().filter(|(_, it)| it.end.is_some_and(|end| today < end && end <= until)).count();
    let all = due + late;
    let at = |items: usize| {
        let prepared = prepare_ahead(history, analysis.data_week, today, Some(items));
        let forecast = forecast_of(&prepared, analysis.deadline, &analysis.working, until);
        Outlook { week, items, due: due.min(items), late: items.saturating_sub(due), p50: forecast.p50 }
    };
    // With all done there is nothing left to forecast.
    let choices = [all, all / 2].into_iter().filter(|it| *it < open().count());
    if all == 0 { Vec::new() } else { choices.map(at).collect() }
}

/// Points of the curve of chances.
const POINTS: usize = 48;
/// The curve ends where it is this high.
const TOP: f64 = 0.95;

/// Returns the chance for each of some days: none of them is later than a year.
pub(super) fn chances(it: &Prepared, working: &WorkingDays, today: Day) -> Vec<(Day, f64)> {
    let horizon = it.date(TOP, working, today).or_else(|| working.after(today, super::gamma_process::HORIZON));
    let Some(last) = horizon else { return Vec::new() };
    let days = working.count_after(today, last);
    let step = (days / POINTS).max(1);
    let ends = (step..=days).step_by(step).chain([days]);
    let mut days: Vec<Day> = std::iter::once(today).chain(ends.filter_map(|n| working.after(today, n))).collect();
    days.dedup();
    days.into_iter().map(|day| (day, it.chance(day, working, today))).collect()
}
