//! Earned schedule: where the work done stands on the plan's own line.
//!
//! Lipke, "Schedule is Different" (2003): ES is the time at which the plan had as much done as there is now, and
//! SPI(t) = ES / actual time.

use crate::calendar::{Day, Week};
use crate::history::History;
use crate::model::State;

/// Earned schedule at the end of a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Earned {
    /// The week.
    pub week: Week,
    /// Items done by its end.
    pub done: usize,
    /// Items that the plan has done by its end.
    pub planned: usize,
    /// Earned schedule, in weeks.
    pub weeks: f64,
    /// SPI(t): earned schedule by actual time, a ratio; below 1 is late.
    pub spi: f64,
}

/// Works out the earned schedule at the end of a week; nothing where the plan has no calendar or no dated task, or has nothing done by
/// then: without a base there is no ratio.
#[must_use]
pub fn earned(history: &History, week: Week) -> Option<Earned> {
    let line = planned_line(history)?;
    let day = history.plan.schedule.as_ref()?.calendar.last_working_day(week)?;
    let done = history.states(day.min(history.as_of)).iter().filter(|it| **it == State::Done).count();
    let weeks = schedule_at(&line, done);
    let planned = line.get(week as usize).or(line.last()).copied().filter(|it| 0 < *it)?;
    let spi = weeks / f64::from(week.max(1));
    Some(Earned { week, done, planned, weeks, spi })
}

/// Returns the items that the plan has done by the end of each week; week 0 has none.
#[must_use]
pub fn planned_line(history: &History) -> Option<Vec<usize>> {
    let weeks = history.plan.schedule.as_ref()?.weeks;
    line_of(history, weeks, history.plan.tasks.iter().filter_map(|it| it.end))
}

/// Returns the same of the plan as it was at the end of its first day: a plan that is changed later is held to what it said
/// then. Where no version is as old, or nothing was planned then, that is the plan of now.
#[must_use]
pub fn baseline_line(history: &History) -> Option<Vec<usize>> {
    let calendar = &history.plan.schedule.as_ref()?.calendar;
    let first = history.versions.told_from().map(|it| it.max(calendar.start));
    let then = first.and_then(|it| history.versions.planned(it));
    let then = then.and_then(|it| line_of(history, it.weeks?, it.ends.iter().copied()));
    then.or_else(|| planned_line(history))
}

fn line_of(history: &History, weeks: Week, ends: impl Iterator<Item = Day>) -> Option<Vec<usize>> {
    let schedule = history.plan.schedule.as_ref()?;
    let mut line = vec![0; weeks as usize + 1];
    let last = line.len() - 1;
    for end in ends {
        let week = schedule.calendar.week(end).map_or(0, |it| it as usize).min(last);
        if let Some(it) = line.get_mut(week) {
            *it += 1;
        }
    }
    for week in 1..line.len() {
        let before = line.get(week - 1).copied().unwrap_or(0);
        if let Some(it) = line.get_mut(week) {
            *it += before;
        }
    }
    (line.last().copied().unwrap_or(0) > 0).then_some(line)
}

/// Returns the time, in weeks, at which a line reaches a number, between weeks by proportion.
#[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items or weeks")]
fn schedule_at(line: &[usize], done: usize) -> f64 {
    let whole = line.iter().rposition(|it| *it <= done).unwrap_or(0);
    match (line.get(whole), line.get(whole + 1)) {
        (Some(low), Some(high)) if low < high => whole as f64 + (done - low) as f64 / (high - low) as f64,
        _ => whole as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_weeks_by_proportion() {
        let line = [0, 6, 8, 12, 16, 19, 23, 29, 42];
        for (done, weeks) in [(6, 1.0), (7, 1.5), (10, 2.5), (14, 3.5), (42, 8.0), (0, 0.0)] {
            assert!((schedule_at(&line, done) - weeks).abs() < 1e-9, "{done}");
        }
        assert!((schedule_at(&line, 17) - 4.333_333).abs() < 1e-5);
    }
}
