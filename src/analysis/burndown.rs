//! What is open, day by day: by items and by effort.

use crate::calendar::{Day, days};
use crate::history::History;
use crate::model::State;
use crate::phrase::rounded;
use chrono::Days;
use std::collections::BTreeMap;
use std::ops::Bound;

/// Open work over time.
#[derive(Debug, Clone, Default)]
pub struct Burndown {
    /// In items.
    pub items: Series,
    /// In days of effort; empty where effort does not measure the work.
    pub effort: Series,
}

/// Open work over time in one unit, by day; the first point is the day before the plan begins.
pub type Series = Vec<SeriesPoint>;

/// Open work at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesPoint {
    /// The day.
    pub date: Day,
    /// All of the work.
    pub scope: f64,
    /// The work that the plan leaves open.
    pub planned: f64,
    /// The work that is open; nothing for days that are not over, nor for earlier ones where no standup tells of them.
    pub remaining: Option<f64>,
}

/// What changes at the end of a day.
#[derive(Debug, Clone, Copy, Default)]
struct Change {
    scope: f64,
    planned: f64,
    open: f64,
}

/// So many days have a point each: ten years, longer than any plan in weeks. Beyond them only days on which something changes
/// have one, so that a far day costs no more than a near one.
pub const DAILY: u64 = 3_660;

/// Returns the last day of which each working day has a point, where a series goes on beyond it.
#[must_use]
pub fn daily_until(series: &[SeriesPoint]) -> Option<Day> {
    let until = series.first()?.date.checked_add_days(Days::new(DAILY))?;
    (until < series.last()?.date).then_some(until)
}

/// Makes the series of a plan on the calendar: a point for each working day, and for each day on which something changed.
#[must_use]
pub fn burndown(history: &History, has_effort: bool) -> Burndown {
    let effort = if has_effort {
        series(history, |at| history.plan.tasks.get(at).and_then(|it| it.effort_days))
    } else {
        Series::new()
    };
    Burndown { items: series(history, |_| Some(1.0)), effort }
}

fn series(history: &History, weight: impl Fn(usize) -> Option<f64>) -> Series {
    let Some(schedule) = &history.plan.schedule else { return Series::new() };
    let calendar = &schedule.calendar;
    let Some(before) = calendar.start.pred_opt() else { return Series::new() };
    let mut changes: BTreeMap<Day, Change> = BTreeMap::new();
    let mut last = calendar.last_working_day(schedule.weeks).unwrap_or(before).max(history.as_of);
    let mut whole = 0.0;
    for (at, task) in history.plan.tasks.iter().enumerate() {
        let Some(weight) = weight(at) else { continue };
        whole += weight;
        if let Some(end) = task.end {
            changes.entry(end.max(before)).or_default().planned -= weight;
            last = last.max(end);
        }
        let mut was = State::Todo;
        let evidence = history.evidence.get(at).map_or(&[][..], Vec::as_slice);
        for (n, it) in evidence.iter().enumerate() {
            let strongest = evidence.get(n + 1).is_none_or(|next| it.date < next.date);
            if !strongest || history.as_of < it.date {
                continue;
            }
            let (open, scope) = (is_open(it.state) - is_open(was), in_scope(it.state) - in_scope(was));
            let change = changes.entry(it.date.max(before)).or_default();
            change.open += open * weight;
            change.scope += scope * weight;
            was = it.state;
        }
    }
    // The day asked for has a point, however far it is.
    changes.entry(history.as_of.max(before)).or_default();
    points(&changes, whole, before, last, history, calendar)
}

fn points(
    changes: &BTreeMap<Day, Change>,
    whole: f64,
    before: Day,
    last: Day,
    history: &History,
    calendar: &crate::calendar::Calendar,
) -> Series {
    let (mut scope, mut planned, mut open) = (whole, whole, whole);
    let mut series = Series::new();
    // Marks alone tell what is open today, not since when.
    let is_told = !history.standups.is_empty();
    let daily = before.checked_add_days(Days::new(DAILY)).map_or(last, |it| it.min(last));
    let beyond = changes.range((Bound::Excluded(daily), Bound::Unbounded)).map(|(it, _)| *it);
    for date in days(before, daily).chain(beyond) {
        let change = changes.get(&date);
        if let Some(it) = change {
            scope += it.scope;
            planned += it.planned;
            open += it.open;
        }
        let shown = change.is_some() || date == before || calendar.working.contains(date);
        if shown {
            let is_known = if is_told { date <= history.as_of } else { date == history.as_of };
            let remaining = is_known.then(|| rounded(open, 3));
            series.push(SeriesPoint { date, scope: rounded(scope, 3), planned: rounded(planned, 3), remaining });
        }
    }
    series
}

fn is_open(state: State) -> f64 {
    if matches!(state, State::Done | State::Dropped) { 0.0 } else { 1.0 }
}

fn in_scope(state: State) -> f64 {
    if state == State::Dropped { 0.0 } else { 1.0 }
}
