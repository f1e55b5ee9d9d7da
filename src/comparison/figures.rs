//! Forecast, effort, items, load and the longest chain, before and after.

use super::effects::was_done;
use super::gate_effects::names_of_failing;
use super::order::by_key;
use super::words::bare;
use super::{Both, Change, Kind, Side};
use crate::analysis::{Basis, WeekLoad};
use crate::calendar::{Day, Week};
use crate::model::Task;
use std::collections::HashMap;

/// The figures of both sides.
#[derive(Debug, Clone)]
pub struct Figures {
    /// What the forecasts rest on.
    pub basis: Both<Basis>,
    /// The day of 50%; nothing when later than a year, or where there is no forecast.
    pub p50: Both<Option<Day>>,
    /// The day of 85%.
    pub p85: Both<Option<Day>>,
    /// By how much the day of 50% moves.
    pub shift: Shift,
    /// By how much the day of 85% moves.
    pub shift_85: Shift,
    /// The chance for the target, 0 to 1.
    pub on_time: Both<Option<f64>>,
    /// The last day on which the plan is in time.
    pub deadline: Both<Option<Day>>,
    /// The last planned day of all tasks.
    pub planned_end: Both<Option<Day>>,
    /// Items in scope.
    pub items: Both<usize>,
    /// Items done.
    pub done: Both<usize>,
    /// Items that were done and are no longer in the plan.
    pub pruned: usize,
    /// Effort in scope, in days.
    pub effort_days: Both<f64>,
    /// The longest chain of work left: names, and working days.
    pub chain: Both<Option<(Vec<String>, f64)>>,
    /// Tasks that wait for one another: names of each circle.
    pub circles: Both<Vec<Vec<String>>>,
    /// The gates that fail.
    pub failing: Both<Vec<String>>,
    /// How many findings the plan check has.
    pub findings: Both<usize>,
    /// Weeks in which a team is asked for more than before.
    pub load: Vec<Load>,
}

/// By how much a day moves, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// One of the days is not known.
    Unknown,
    /// Later, or earlier where less than 0; so many working days, and whether that is more than noise.
    By {
        /// Working days.
        days: i64,
        /// Whether it is too little to mean anything.
        is_noise: bool,
    },
}

/// What is asked of a team in a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// The team.
    pub team: String,
    /// The week.
    pub week: Week,
    /// Days of work planned.
    pub planned: Both<f64>,
    /// Days of work that are there.
    pub capacity: Both<f64>,
}

impl Load {
    /// Says whether the team was, and is, asked for more than it can give.
    #[must_use]
    pub fn is_over(&self) -> Both<bool> {
        let over = |planned: f64, capacity: f64| capacity + 1e-9 < planned;
        Both {
            before: over(self.planned.before, self.capacity.before),
            after: over(self.planned.after, self.capacity.after),
        }
    }
}

/// A move of fewer working days than this means nothing.
const NOISE: i64 = 5;
/// Where the work is due within this many working days, every day counts.
const NEAR: usize = 15;

/// Collects the figures of both sides.
#[must_use]
pub fn figures(sides: &Both<Side<'_>>, changes: &[Change]) -> Figures {
    let p50 = of(sides, |it| it.analysis.forecast.p50);
    let p85 = of(sides, |it| it.analysis.forecast.p85);
    Figures {
        basis: of(sides, |it| it.analysis.forecast.basis),
        shift: shift(sides, p50),
        shift_85: shift(sides, p85),
        p50,
        p85,
        on_time: of(sides, |it| it.analysis.forecast.on_time),
        deadline: of(sides, |it| it.analysis.deadline),
        planned_end: of(sides, |it| it.history.plan.tasks.iter().filter_map(|it| it.end).max()),
        items: of(sides, |it| it.analysis.progress.total),
        done: of(sides, |it| it.analysis.progress.done),
        pruned: changes.iter().filter(|it| it.kind == Kind::Removed && was_done(it, sides)).count(),
        effort_days: of(sides, |it| it.analysis.progress.effort_total),
        chain: of(sides, |it| {
            let chain = it.analysis.dependencies.critical.as_ref()?;
            Some((names(it, &chain.tasks), chain.days))
        }),
        circles: of(sides, |it| it.analysis.dependencies.circles.iter().map(|tasks| names(it, tasks)).collect()),
        failing: of(sides, names_of_failing),
        findings: of(sides, |it| it.diagnostics.len()),
        load: load(sides),
    }
}

fn of<T>(sides: &Both<Side<'_>>, figure: impl Fn(&Side<'_>) -> T) -> Both<T> {
    sides.as_ref().map(figure)
}

fn names(side: &Side<'_>, tasks: &[usize]) -> Vec<String> {
    tasks.iter().filter_map(|it| side.history.plan.tasks.get(*it)).map(Task::name).collect()
}

fn shift(sides: &Both<Side<'_>>, day: Both<Option<Day>>) -> Shift {
    let (Some(before), Some(after)) = (day.before, day.after) else { return Shift::Unknown };
    let working = &sides.after.analysis.working;
    let between = |a: Day, b: Day| i64::try_from(working.count_after(a, b)).unwrap_or(i64::MAX);
    let days = if before <= after { between(before, after) } else { -between(after, before) };
    let is_near = working.count_after(sides.after.history.as_of, before.min(after)) <= NEAR;
    Shift::By { days, is_noise: days.abs() < if is_near { 1 } else { NOISE } }
}

/// Returns the weeks in which a team comes to be asked for more than it can give, or no longer is, or is so by another amount.
fn load(sides: &Both<Side<'_>>) -> Vec<Load> {
    let mut load = Vec::new();
    let (old, new) = (&sides.before.history.plan, &sides.after.history.plan);
    for pair in by_key(&old.teams, &new.teams, |it| Some(bare(&it.name))) {
        let weeks = |side: &Side<'_>, at: Option<usize>| -> Vec<WeekLoad> {
            at.and_then(|it| side.analysis.capacity.teams.get(it)).cloned().unwrap_or_default()
        };
        let Some(team) = pair.after.and_then(|it| new.teams.get(it)) else { continue };
        let before: HashMap<Week, WeekLoad> =
            weeks(&sides.before, pair.before).into_iter().map(|it| (it.week, it)).collect();
        for it in weeks(&sides.after, pair.after) {
            let was = before.get(&it.week);
            let planned = Both { before: was.map_or(0.0, |it| it.planned), after: it.planned };
            // A team that the plan had not could give what it can give now.
            let capacity = Both { before: was.map_or(it.capacity, |it| it.capacity), after: it.capacity };
            let found = Load { team: team.name.clone(), week: it.week, planned, capacity };
            let over = found.is_over();
            if (over.before || over.after) && (planned.differs() || capacity.differs()) {
                load.push(found);
            }
        }
    }
    load
}
