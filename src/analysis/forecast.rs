//! When the plan may be finished: from the plan and the weeks so far, or from those weeks alone.

use super::earned::baseline_line;
use super::gamma_process::{FanLevel, Items, Model};
use crate::calendar::{Day, Week, WorkingDays};
use crate::history::{Finished, History};
use chrono::Days;
use std::collections::BTreeSet;

/// Weeks and finished items below which history makes no forecast.
const FEWEST: usize = 2;
/// Days after the last data beyond which no forecast is made.
const STALE_DAYS: i64 = 14;

/// When the plan may be finished.
#[derive(Debug, Clone, Default)]
pub struct Forecast {
    /// What it rests on.
    pub basis: Basis,
    /// How many weeks of finished work it knows.
    pub weeks_of_data: usize,
    /// How many items came into the plan in those weeks; nothing where its earlier versions are not known.
    pub added: Option<usize>,
    /// The last day it knows.
    pub from: Option<Day>,
    /// The day reached with a chance of 15%.
    pub p15: Option<Day>,
    /// The day reached with a chance of 50%; nothing when later than a year.
    pub p50: Option<Day>,
    /// The day reached with a chance of 85%; nothing when later than a year.
    pub p85: Option<Day>,
    /// The chance to be done by the deadline, 0 to 1.
    pub on_time: Option<f64>,
    /// When the open items may come down to each level.
    pub fan: Vec<FanLevel>,
}

/// What a forecast rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// The plan and the weeks so far.
    Plan,
    /// The plan alone: nothing is known yet.
    PlanOnly,
    /// The weeks so far alone: no item has a planned day.
    History,
    /// No forecast: everything is done.
    Done,
    /// No forecast: nothing was reported for more than two weeks.
    Stale,
    /// No forecast: work was to begin more than two weeks ago, and no standup tells of it.
    Untold,
    /// No forecast: no item has a planned day, and too little was finished so far.
    TooLittle,
    /// No forecast: the plan has no dates.
    #[default]
    None,
}

impl Basis {
    /// Says whether there is a forecast.
    #[must_use]
    pub const fn is_known(self) -> bool {
        matches!(self, Self::Plan | Self::PlanOnly | Self::History)
    }
}

/// Forecasts from what was known at the end of a week; without a week, from the plan alone. No day of it is before the day
/// asked for. Where no item has a planned day, the weeks before that day are all there is.
#[must_use]
pub fn forecast_at(history: &History, week: Option<Week>, deadline: Option<Day>, working: &WorkingDays) -> Forecast {
    forecast_on(history, week, deadline, working, history.as_of)
}

/// Forecasts as [`forecast_at`] does, on an earlier day.
pub(super) fn forecast_on(
    history: &History,
    week: Option<Week>,
    deadline: Option<Day>,
    working: &WorkingDays,
    today: Day,
) -> Forecast {
    forecast_of(&prepare(history, week, today), deadline, working, today)
}

/// Forecasts on a day from what is prepared for it.
pub(super) fn forecast_of(
    prepared: &Result<Prepared, Forecast>,
    deadline: Option<Day>,
    working: &WorkingDays,
    today: Day,
) -> Forecast {
    match prepared {
        Ok(it) => {
            let dates = [0.15, 0.5, 0.85].map(|chance| it.date(chance, working, today));
            let fan = it.model.fan(it.from().max(today), dates, &|days| it.day(days, working, today));
            let [p15, p50, p85] = dates;
            let on_time = deadline.map(|deadline| it.chance(deadline, working, today));
            Forecast { p15, p50, p85, on_time, fan, ..it.known.clone() }
        }
        Err(it) => it.clone(),
    }
}

/// All that a forecast is made of.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The pace, and what is open.
    pub model: Model,
    /// A forecast without its dates.
    pub known: Forecast,
}

impl Prepared {
    fn from(&self) -> Day {
        self.known.from.unwrap_or_default()
    }

    fn day(&self, days: Option<usize>, working: &WorkingDays, today: Day) -> Option<Day> {
        // Nobody knows of it yet, so what was likely before today is as likely today.
        days.and_then(|it| working.after(self.from(), it)).map(|it| it.max(today))
    }

    /// Returns the first day with a chance, from 0 to 1, to be done by it.
    pub fn date(&self, chance: f64, working: &WorkingDays, today: Day) -> Option<Day> {
        self.day(self.model.quantile(chance), working, today)
    }

    /// Returns the same for other open items, as those up to a gate.
    pub fn for_open(&self, open: usize) -> Self {
        Self { model: self.model.with_open(open), known: self.known.clone() }
    }

    /// Returns the chance to be done by a day, 0 to 1.
    pub fn chance(&self, by: Day, working: &WorkingDays, today: Day) -> f64 {
        // Work that is open when the day is over is late.
        if by < today { 0.0 } else { self.model.chance(working.count_after(self.from(), by)) }
    }
}

/// Finds the pace and what is open, as known at the end of a week; else the forecast that says why there is none.
pub(super) fn prepare(history: &History, week: Option<Week>, today: Day) -> Result<Prepared, Forecast> {
    prepare_ahead(history, week, today, None)
}

/// Does the same as if so many items were finished in one more week, up to its end.
pub(super) fn prepare_ahead(
    history: &History,
    week: Option<Week>,
    today: Day,
    ahead: Option<usize>,
) -> Result<Prepared, Forecast> {
    let Some(schedule) = history.plan.schedule.as_ref().filter(|_| history.plan.has_planned_days()) else {
        return by_history(history, today, ahead);
    };
    let calendar = &schedule.calendar;
    // Where neither standups nor commits tell, the marks say what is done by now, and nothing says in which week.
    let is_told = history.is_told();
    let week = week.filter(|_| is_told).unwrap_or(0);
    let from = if week == 0 { calendar.start.pred_opt() } else { calendar.last_working_day(week) };
    let Some(from) = from else { return Err(Forecast::default()) };
    let mut items = items_on(history, if is_told { from.min(today) } else { today });
    if items.open == 0 {
        return Err(Forecast { basis: Basis::Done, ..Forecast::default() });
    }
    let mut weeks = finished(history, week, today);
    let added = history.versions.told_from().is_some().then(|| came_between(history, calendar.start, from.min(today)));
    let known = Forecast { weeks_of_data: weeks.len(), added, from: Some(from), ..Forecast::default() };
    if STALE_DAYS < (today - from).num_days() {
        return Err(Forecast { basis: if week == 0 { Basis::Untold } else { Basis::Stale }, ..known });
    }
    // Work that is open although some was done is open from now on.
    let from = if !is_told && items.open < items.scope { from.max(today) } else { from };
    let (week, from) = match ahead {
        Some(n) => {
            one_more(&mut weeks, &mut items, n);
            (week + 1, calendar.last_working_day(week + 1).unwrap_or(from))
        }
        None => (week, from),
    };
    let Some(line) = baseline_line(history) else { return Err(Forecast::default()) };
    let model = Model::of_plan(&weeks, week, &line, items, added.unwrap_or(0));
    let basis = if week == 0 { Basis::PlanOnly } else { Basis::Plan };
    Ok(Prepared { model, known: Forecast { basis, from: Some(from), ..known } })
}

/// Finds the pace in the weeks before a day, where no item has a planned day. Whole weeks count, back from that day to the first
/// one that is known.
fn by_history(history: &History, today: Day, ahead: Option<usize>) -> Result<Prepared, Forecast> {
    let told = || history.standups.iter().map(|it| it.date).filter(|it| *it <= today);
    let versions = || history.versions.days.iter().map(|it| it.0).filter(|it| *it <= today);
    let (Some(first), Some(last)) = (told().chain(versions()).min(), told().chain(versions()).max()) else {
        return Err(Forecast::default());
    };
    let mut items = items_on(history, today);
    if !history.is_told() || items.scope == 0 {
        return Err(Forecast::default());
    }
    if items.open == 0 {
        return Err(Forecast { basis: Basis::Done, ..Forecast::default() });
    }
    let count = usize::try_from((today - first).num_days() / 7).unwrap_or(0);
    let begin = today.checked_sub_days(Days::new(7 * count as u64)).unwrap_or(first);
    let mut weeks = vec![0.0; count];
    for it in history.finished().filter(|it| it.is_dated) {
        let (day, change) = change_of(it);
        // The last week ends today.
        let at = (day - begin).num_days() - 1;
        if let Some(week) = usize::try_from(at.div_euclid(7)).ok().and_then(|it| weeks.get_mut(it)) {
            *week += f64::from(i32::try_from(change).unwrap_or(0));
        }
    }
    // A correction downwards is no negative work.
    for it in &mut weeks {
        *it = it.max(0.0);
    }
    let added = history.versions.told_from().is_some().then(|| came_between(history, begin, today));
    let known = Forecast { weeks_of_data: count, added, from: Some(today), ..Forecast::default() };
    if STALE_DAYS < (today - last).num_days() {
        return Err(Forecast { basis: Basis::Stale, ..known });
    }
    #[expect(clippy::cast_precision_loss, reason = "two")]
    if count < FEWEST || weeks.iter().sum::<f64>() < FEWEST as f64 {
        return Err(Forecast { basis: Basis::TooLittle, ..known });
    }
    let from = match ahead {
        Some(n) => {
            one_more(&mut weeks, &mut items, n);
            today.checked_add_days(Days::new(7)).unwrap_or(today)
        }
        None => today,
    };
    let model = Model::of_history(&weeks, items, added.unwrap_or(0));
    Ok(Prepared { model, known: Forecast { basis: Basis::History, from: Some(from), ..known } })
}

/// Adds a week in which so many items are finished.
fn one_more(weeks: &mut Vec<f64>, items: &mut Items, n: usize) {
    let n = n.min(items.open);
    weeks.push(u32::try_from(n).map_or(f64::MAX, f64::from));
    items.open -= n;
}

/// Counts the items on a day.
fn items_on(history: &History, day: Day) -> Items {
    let it = history.scope_on(day);
    Items { scope: it.total, open: it.open() }
}

/// Counts the items that came into the plan after a day and up to another.
fn came_between(history: &History, after: Day, until: Day) -> usize {
    let versions = &history.versions;
    let came = (0..history.plan.tasks.len()).filter_map(|it| versions.added(it));
    let gone = versions.gone.iter().filter_map(|it| it.states().next()).map(|it| it.0);
    let first = versions.first_day();
    let gone = gone.filter(|it| first.is_none_or(|first| first < *it));
    came.chain(gone).filter(|it| after < *it && *it <= until).count()
}

/// Returns the items finished in each week up to one, as known on a day; weeks of which nothing tells are one interval with the
/// next of which something does.
#[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
fn finished(history: &History, last: Week, today: Day) -> Vec<f64> {
    let Some(schedule) = &history.plan.schedule else { return Vec::new() };
    let mut told: BTreeSet<Week> = history.standups.iter().filter_map(|it| it.week).collect();
    // Commits tell of each week since the first; with standups beside them, of those in which they changed the plan.
    match history.versions.told_from() {
        Some(_) if history.standups.is_empty() => told.extend(1..=last),
        Some(_) => told.extend(history.versions.days.iter().filter_map(|it| schedule.calendar.week(it.0))),
        None => {}
    }
    let is_told = |week: &Week| *week == last || told.contains(week);
    let changes = done_changes(history);
    let mut ahead = changes.iter().peekable();
    let mut finished = Vec::new();
    let (mut before, mut done) = (0, 0);
    for week in (1..=last).filter(is_told) {
        let Some(day) = schedule.calendar.last_working_day(week) else { break };
        let day = day.min(today);
        while let Some((_, change)) = ahead.next_if(|(date, _)| *date <= day) {
            done += change;
        }
        // A correction downwards is no negative work.
        finished.push((done - before).max(0) as f64);
        before = done;
    }
    finished
}

/// Returns by how many items the number of finished ones grows or falls on each day on which it changes, in order. It is made
/// once, since weeks may be many and each asks for the items finished by its end.
fn done_changes(history: &History) -> Vec<(Day, i64)> {
    history.finished().map(change_of).collect()
}

fn change_of(it: Finished) -> (Day, i64) {
    (it.day, if it.is_done { 1 } else { -1 })
}
