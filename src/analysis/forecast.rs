//! When the plan may be finished: a gamma process anchored on the plan, by quadrature.
//!
//! Items finished in a week are a gamma process with mean λ and variance φλ, where λ is pace × planned rate × drift. Pace has
//! a gamma posterior whose prior says "as planned". The chance to be done by a time is the mean of upper regularised
//! incomplete gamma functions over fixed nodes: no random numbers, so that equal input gives equal dates.
//! The gamma-Poisson form of throughput is textbook material; the constants were fitted to public projects with plans.

use super::earned::planned_line;
use crate::calendar::{Calendar, Day, Week};
use crate::history::History;
use crate::model::State;
use statrs::function::erf::erf_inv;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur};
use std::collections::BTreeSet;

/// The weight of the plan: prior events that say "as planned".
const A0: f64 = 4.0;
/// Prior mean pace, as a share of the planned rate.
const M0: f64 = 1.0;
/// How far pace drifts: standard deviation of its logarithm.
const TAU: f64 = 0.4;
/// Prior dispersion: variance by mean of weekly counts.
const PHI0: f64 = 3.0;
/// The weight of the prior dispersion, in weeks.
const NU0: f64 = 4.0;
/// Prior mean growth of scope in a week, as a share of scope.
const GROWTH: f64 = 0.02;
/// Working days after which a date counts as "later than a year".
pub const HORIZON: usize = 260;
/// Working days in a week.
const WEEK_DAYS: f64 = 5.0;
/// Days after the last data beyond which no forecast is made.
const STALE_DAYS: i64 = 14;

/// When the plan may be finished.
#[derive(Debug, Clone, Default)]
pub struct Forecast {
    /// What it rests on.
    pub basis: Basis,
    /// How many weeks of finished work it knows.
    pub weeks_of_data: usize,
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
    /// No forecast: everything is done.
    Done,
    /// No forecast: nothing was reported for more than two weeks.
    Stale,
    /// No forecast: work was to begin more than two weeks ago, and no standup tells of it.
    Untold,
    /// No forecast: the plan has no dates.
    #[default]
    None,
}

/// When the open items may come down to a level; nothing when later than a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FanLevel {
    /// Items still open.
    pub remaining: f64,
    /// The day reached with a chance of 15%.
    pub p15: Option<Day>,
    /// The day reached with a chance of 50%.
    pub p50: Option<Day>,
    /// The day reached with a chance of 85%.
    pub p85: Option<Day>,
}

/// Forecasts from what was known at the end of a week; without a week, from the plan alone. No day of it is before the day
/// asked for.
#[must_use]
pub fn forecast_at(history: &History, week: Option<Week>, deadline: Option<Day>) -> Forecast {
    forecast_on(history, week, deadline, history.as_of)
}

/// Forecasts as [`forecast_at`] does, on an earlier day.
pub(super) fn forecast_on(history: &History, week: Option<Week>, deadline: Option<Day>, today: Day) -> Forecast {
    let (Some(schedule), Some(line)) = (&history.plan.schedule, planned_line(history)) else {
        return Forecast::default();
    };
    let calendar = &schedule.calendar;
    // Without a standup the marks tell what is done by now, and nothing tells in which week.
    let is_told = !history.standups.is_empty();
    let week = week.filter(|_| is_told).unwrap_or(0);
    let from = if week == 0 { calendar.start.pred_opt() } else { calendar.last_working_day(week) };
    let Some(from) = from else { return Forecast::default() };
    let states = history.states(if is_told { from.min(today) } else { today });
    let count = |wanted: State| states.iter().filter(|it| **it == wanted).count();
    let scope = states.len() - count(State::Dropped);
    let open = scope - count(State::Done);
    if open == 0 {
        return Forecast { basis: Basis::Done, ..Forecast::default() };
    }
    let finished = finished(history, week, today);
    let weeks_of_data = finished.len();
    if STALE_DAYS < (today - from).num_days() {
        let basis = if week == 0 { Basis::Untold } else { Basis::Stale };
        return Forecast { basis, weeks_of_data, from: Some(from), ..Forecast::default() };
    }
    // Work that is open although some was done is open from now on.
    let from = if !is_told && open < scope { from.max(today) } else { from };
    let model = Model::new(&finished, week, &line, open, scope);
    // Nobody knows of it yet, so what was likely before today is as likely today.
    let day = |days: Option<usize>| days.and_then(|it| calendar.working.after(from, it)).map(|it| it.max(today));
    let dates = [0.15, 0.5, 0.85].map(|it| day(model.quantile(it)));
    let [p15, p50, p85] = dates;
    Forecast {
        basis: if week == 0 { Basis::PlanOnly } else { Basis::Plan },
        weeks_of_data,
        from: Some(from),
        p15,
        p50,
        p85,
        // Work that is open when the deadline is over is late.
        on_time: deadline.map(|it| if it < today { 0.0 } else { model.chance(working_days_to(calendar, from, it)) }),
        fan: model.fan(open, from.max(today), dates, &day),
    }
}

/// Counts the working days after one day up to another.
#[must_use]
pub fn working_days_to(calendar: &Calendar, from: Day, to: Day) -> usize {
    from.succ_opt().map_or(0, |it| calendar.working.count(it, to))
}

/// Returns the items finished in each week up to one, as known on a day; weeks without a standup are one interval with the next
/// that has one.
#[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
fn finished(history: &History, last: Week, today: Day) -> Vec<f64> {
    let Some(schedule) = &history.plan.schedule else { return Vec::new() };
    let told: BTreeSet<Week> = history.standups.iter().filter_map(|it| it.week).collect();
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
    let mut changes = Vec::new();
    for evidence in &history.evidence {
        let mut was_done = false;
        for on_a_day in evidence.chunk_by(|a, b| a.date == b.date) {
            // The last line of a day is its strongest, and counts.
            let Some(last) = on_a_day.last() else { continue };
            let is_done = last.state == State::Done;
            if is_done != was_done {
                changes.push((last.date, if is_done { 1 } else { -1 }));
            }
            was_done = is_done;
        }
    }
    changes.sort_unstable_by_key(|it| it.0);
    changes
}

/// The mixture over pace, drift and growth.
struct Model {
    /// Items a week, each as likely as the others.
    rates: Vec<f64>,
    /// Items added in a week, each as likely as the others.
    growth: Vec<f64>,
    /// Weeks in which scope goes on growing.
    growing: f64,
    dispersion: f64,
    open: f64,
}

impl Model {
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
    fn new(finished: &[f64], week: Week, line: &[usize], open: usize, scope: usize) -> Self {
        let planned = |at: usize| line.get(at).or(line.last()).copied().unwrap_or(0) as f64;
        let weeks = (line.len() - 1) as f64;
        let elapsed = f64::from(week);
        let dispersion = dispersion(finished);
        let rate = planned(line.len() - 1) / weeks.max(1.0);
        let exposure = planned(week as usize) + (elapsed - weeks).max(0.0) * rate;
        let (shape, inverse_scale) = (A0 + finished.iter().sum::<f64>() / dispersion, A0 / M0 + exposure / dispersion);
        let pace = gamma_nodes(41, shape, inverse_scale);
        let drift: Vec<f64> =
            middle(9).map(|it| (TAU * std::f64::consts::SQRT_2 * erf_inv(2.0 * it - 1.0)).exp()).collect();
        let mut rates: Vec<f64> = pace.iter().flat_map(|p| drift.iter().map(move |d| p * d * rate)).collect();
        rates.sort_by(f64::total_cmp);
        let growth = gamma_nodes(7, 0.5, 0.5 / (GROWTH * (scope as f64).max(1.0)) + elapsed / 2.0);
        Self { rates: merged(&rates, 3), growth, growing: (weeks - elapsed).max(2.0), dispersion, open: open as f64 }
    }

    /// The chance that the open items are done within some working days, 0 to 1.
    fn chance(&self, days: usize) -> f64 {
        self.chance_of(days, 0.0, &self.rates, &self.growth)
    }

    #[expect(clippy::cast_precision_loss, reason = "days and nodes are few")]
    fn chance_of(&self, days: usize, still_open: f64, rates: &[f64], growth: &[f64]) -> f64 {
        if days == 0 {
            return 0.0;
        }
        let weeks = days as f64 / WEEK_DAYS;
        let mut sum = 0.0;
        for grown in growth {
            let work = (self.open - still_open + grown * weeks.min(self.growing)) / self.dispersion;
            for rate in rates {
                let shape = (rate * weeks / self.dispersion).max(1e-9);
                sum += checked_gamma_ur(shape, work.max(1e-12)).unwrap_or(0.0);
            }
        }
        sum / (rates.len() * growth.len()).max(1) as f64
    }

    /// The first number of working days with at least a chance; nothing beyond the horizon.
    fn quantile(&self, chance: f64) -> Option<usize> {
        first_day(|days| chance <= self.chance(days))
    }

    /// The days on which the open items may come down to some levels; a picture needs fewer nodes than a date.
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
    fn fan(
        &self,
        open: usize,
        from: Day,
        dates: [Option<Day>; 3],
        day: &dyn Fn(Option<usize>) -> Option<Day>,
    ) -> Vec<FanLevel> {
        let rates = merged(&self.rates, 3);
        let growth = [self.growth.iter().sum::<f64>() / self.growth.len().max(1) as f64];
        let reached =
            |level: f64, chance: f64| day(first_day(|days| chance <= self.chance_of(days, level, &rates, &growth)));
        let levels = (0..8).map(|it| open as f64 * f64::from(7 - it) / 8.0);
        let level = |remaining: f64| FanLevel {
            remaining,
            p15: reached(remaining, 0.15),
            p50: reached(remaining, 0.5),
            p85: reached(remaining, 0.85),
        };
        let today = FanLevel { remaining: open as f64, p15: Some(from), p50: Some(from), p85: Some(from) };
        let mut fan: Vec<FanLevel> = std::iter::once(today).chain(levels.map(level)).collect();
        // At the axis the picture and the dates must agree.
        if let Some(last) = fan.last_mut() {
            [last.p15, last.p50, last.p85] = dates;
        }
        fan
    }
}

/// Searches the first number of working days that is enough; the chance grows with the days.
fn first_day(enough: impl Fn(usize) -> bool) -> Option<usize> {
    let (mut low, mut high) = (1, HORIZON + 1);
    while low < high {
        let middle = low.midpoint(high);
        if middle <= HORIZON && !enough(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low <= HORIZON).then_some(low)
}

/// Variance by mean of weekly counts, drawn towards its prior while weeks are few.
#[expect(clippy::cast_precision_loss, reason = "weeks are few")]
fn dispersion(finished: &[f64]) -> f64 {
    let n = finished.len() as f64;
    let mean = finished.iter().sum::<f64>() / n.max(1.0);
    if finished.len() < 2 || mean <= 0.0 {
        return PHI0;
    }
    let spread = finished.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / mean;
    ((NU0 * PHI0 + spread) / (NU0 + n - 1.0)).max(1.0)
}

#[expect(clippy::cast_precision_loss, reason = "nodes are few")]
fn middle(nodes: usize) -> impl Iterator<Item = f64> {
    (0..nodes).map(move |it| (it as f64 + 0.5) / nodes as f64)
}

/// Returns values of a gamma distribution, each as likely as the others.
fn gamma_nodes(nodes: usize, shape: f64, inverse_scale: f64) -> Vec<f64> {
    middle(nodes).map(|it| gamma_quantile(shape, it) / inverse_scale).collect()
}

/// Finds the value of a gamma distribution with scale 1 below which a share lies.
fn gamma_quantile(shape: f64, share: f64) -> f64 {
    let below = |it: f64| checked_gamma_lr(shape, it).unwrap_or(1.0);
    let (mut low, mut high) = (0.0, shape.max(1.0));
    while below(high) < share && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if below(middle) < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// Puts neighbours in a sorted list together to their mean.
#[expect(clippy::cast_precision_loss, reason = "nodes are few")]
fn merged(sorted: &[f64], by: usize) -> Vec<f64> {
    sorted.chunks(by).map(|it| it.iter().sum::<f64>() / it.len() as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: [usize; 9] = [0, 6, 8, 12, 16, 19, 23, 29, 42];

    /// Weekly counts, open items, and the working days of 50% and 85% with the chance by the plan's end,
    /// computed once with an independent implementation over all nodes.
    #[test]
    fn agrees_with_the_reference() {
        let cases: [(&[f64], usize, usize, usize, f64); 6] = [
            (&[], 42, 51, 108, 0.3684),
            (&[6.0], 36, 40, 78, 0.4177),
            (&[6.0, 1.0], 35, 40, 77, 0.3299),
            (&[6.0, 1.0, 3.0], 32, 37, 69, 0.2599),
            (&[6.0, 1.0, 3.0, 4.0], 28, 32, 57, 0.2186),
            (&[6.0, 1.0, 3.0, 4.0, 3.0], 25, 28, 49, 0.1408),
        ];
        for (finished, open, p50, p85, on_time) in cases {
            let week = u32::try_from(finished.len()).unwrap();
            let model = Model::new(finished, week, &LINE, open, 42);
            let near = |found: Option<usize>, wanted: usize| found.is_some_and(|it| it.abs_diff(wanted) <= 1);
            assert!(near(model.quantile(0.5), p50), "{finished:?}: {:?} against {p50}", model.quantile(0.5));
            assert!(near(model.quantile(0.85), p85), "{finished:?}: {:?} against {p85}", model.quantile(0.85));
            let chance = model.chance(5 * (8 - finished.len()));
            assert!((chance - on_time).abs() < 0.005, "{finished:?}: {chance} against {on_time}");
        }
    }

    #[test]
    fn chances_grow_with_the_days() {
        let model = Model::new(&[0.0, 0.0, 0.0], 3, &LINE, 42, 42);
        let chances: Vec<f64> = (0..=HORIZON).step_by(4).map(|it| model.chance(it)).collect();
        assert!(chances.windows(2).all(|it| it[0] <= it[1] + 1e-9), "{chances:?}");
    }
}
