//! What is open, day by day: by items and by effort.

use crate::calendar::{Day, WorkingDays, days};
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

/// Open work over time in one unit, by day. The first point is the day before the plan begins; where no item has a planned day, it
/// is the day of the first commit.
pub type Series = Vec<SeriesPoint>;

/// Open work at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesPoint {
    /// The day.
    pub date: Day,
    /// All of the work.
    pub scope: f64,
    /// The work that the plan leaves open; nothing where no item has a planned day on the plan's calendar.
    pub planned: Option<f64>,
    /// The work that is open; nothing for days that are not over, nor for earlier ones where no standup and no commit tells of
    /// them.
    pub remaining: Option<f64>,
}

/// The days of a series.
struct Span<'a> {
    /// The first point.
    first: Day,
    /// The last one.
    last: Day,
    /// The days that have a point each, besides those on which something changes.
    working: Option<&'a WorkingDays>,
    /// Whether the plan says when work is to be done.
    is_planned: bool,
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

/// Makes the series of a plan. On the calendar there is a point for each working day, and for each day on which something changed;
/// for a plan without planned days, whose roadmap several commits tell of, only the latter.
#[must_use]
pub fn burndown(history: &History, has_effort: bool) -> Burndown {
    let Some(span) = span(history) else { return Burndown::default() };
    let effort = if has_effort { series(history, &span, |it| it) } else { Series::new() };
    Burndown { items: series(history, &span, |_| Some(1.0)), effort }
}

fn span(history: &History) -> Option<Span<'_>> {
    let is_planned = history.plan.schedule.is_some() && history.plan.has_planned_days();
    if !is_planned && let Some(first) = history.versions.told_from() {
        return Some(Span { first, last: history.as_of, working: None, is_planned });
    }
    let schedule = history.plan.schedule.as_ref()?;
    let calendar = &schedule.calendar;
    let first = calendar.start.pred_opt()?;
    let planned = history.plan.tasks.iter().filter_map(|it| it.end).max();
    let last = calendar.last_working_day(schedule.weeks).max(planned).unwrap_or(first).max(history.as_of);
    Some(Span { first, last, working: Some(&calendar.working), is_planned })
}

/// Makes a series of items that count by a weight, made of their effort.
fn series(history: &History, span: &Span<'_>, weight: impl Fn(Option<f64>) -> Option<f64>) -> Series {
    let mut changes: BTreeMap<Day, Change> = BTreeMap::from([(span.first, Change::default())]);
    let mut at_day = |day: Day, scope: f64, planned: f64, open: f64| {
        let change = changes.entry(day.max(span.first)).or_default();
        change.scope += scope;
        change.planned += planned;
        change.open += open;
    };
    for (at, task) in history.plan.tasks.iter().enumerate() {
        let Some(weight) = weight(task.effort_days) else { continue };
        // What came into the plan later never shifts an earlier day.
        let added = history.versions.added(at).unwrap_or(span.first);
        at_day(added, weight, weight, weight);
        let mut was = State::Todo;
        let evidence = history.evidence.get(at).map_or(&[][..], Vec::as_slice);
        // What is dropped leaves the plan as it leaves the scope: nothing is planned of it from then on.
        let dropped = evidence.iter().rev().take_while(|it| it.state == State::Dropped).last().map(|it| it.date);
        let dropped = dropped.filter(|it| *it <= history.as_of);
        if let Some(end) = task.end.into_iter().chain(dropped).min() {
            at_day(end.max(added), 0.0, -weight, 0.0);
        }
        for (n, it) in evidence.iter().enumerate() {
            let strongest = evidence.get(n + 1).is_none_or(|next| it.date < next.date);
            if !strongest || history.as_of < it.date {
                continue;
            }
            let (open, scope) = (is_open(it.state) - is_open(was), in_scope(it.state) - in_scope(was));
            at_day(it.date.max(added), scope * weight, 0.0, open * weight);
            was = it.state;
        }
    }
    // What the plan no longer has counts until it was taken out; it stands in no plan of today.
    for it in &history.versions.gone {
        let Some(weight) = weight(it.effort_days) else { continue };
        let (mut open, mut scope) = (0.0, 0.0);
        for (day, state) in it.states() {
            at_day(day, (in_scope(state) - scope) * weight, 0.0, (is_open(state) - open) * weight);
            (open, scope) = (is_open(state), in_scope(state));
        }
        at_day(it.day, -scope * weight, 0.0, -open * weight);
    }
    // The day asked for has a point, however far it is.
    at_day(history.as_of, 0.0, 0.0, 0.0);
    points(&changes, span, history)
}

fn points(changes: &BTreeMap<Day, Change>, span: &Span<'_>, history: &History) -> Series {
    let (mut scope, mut planned, mut open) = (0.0, 0.0, 0.0);
    let mut series = Series::new();
    // Marks alone tell what is open today, not since when.
    let known_from = if history.standups.is_empty() { history.versions.told_from() } else { Some(span.first) };
    let known_from = known_from.unwrap_or(history.as_of);
    let daily = span.first.checked_add_days(Days::new(DAILY)).map_or(span.last, |it| it.min(span.last));
    let beyond = changes.range((Bound::Excluded(daily), Bound::Unbounded)).map(|(it, _)| *it);
    for date in days(span.first, daily).chain(beyond) {
        let change = changes.get(&date);
        if let Some(it) = change {
            scope += it.scope;
            planned += it.planned;
            open += it.open;
        }
        if change.is_some() || span.working.is_some_and(|it| it.contains(date)) {
            series.push(SeriesPoint {
                date,
                scope: rounded(scope, 3),
                planned: span.is_planned.then(|| rounded(planned, 3)),
                remaining: (known_from..=history.as_of).contains(&date).then(|| rounded(open, 3)),
            });
        }
    }
    series
}

fn is_open(state: State) -> f64 {
    if state.is_open() { 1.0 } else { 0.0 }
}

fn in_scope(state: State) -> f64 {
    if state == State::Dropped { 0.0 } else { 1.0 }
}
