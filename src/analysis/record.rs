//! The forecast's own record: what it said at the end of each past week, and what came of it.

use super::forecast::prepare;
use super::weeks::{data_week, week_ends};
use crate::calendar::{Day, Week, WorkingDays};
use crate::history::History;
use crate::phrase::rounded;

/// The forecasts of so many past weeks are made again, the latest: five years of them.
const MOST: usize = 260;
/// From so many forecasts on whose outcome is known, shares are given.
const ENOUGH: usize = 10;

/// What past forecasts said, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The forecasts, in order: one for each past week of which enough was known.
    pub forecasts: Vec<PastForecast>,
    /// Weeks before them that were left out.
    pub left_out: usize,
    /// The day on which the last item was finished, where all are.
    pub finished: Option<Day>,
    /// How well they held; nothing while the outcome of fewer than ten is known.
    pub score: Option<Score>,
}

/// A forecast as it was at the end of a past week, from what was known then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastForecast {
    /// The last working day of the week.
    pub day: Day,
    /// The week, in a plan with a calendar.
    pub week: Option<Week>,
    /// The day of 50%; nothing when later than a year.
    pub p50: Option<Day>,
    /// The day of 85%; nothing when later than a year.
    pub p85: Option<Day>,
    /// The target as it was then, by its last working day, and the chance to be done by it, 0 to 1.
    pub target: Option<(Day, f64)>,
}

/// How well forecasts held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Forecasts whose outcome is known: their 85% day is past, or all is done.
    pub resolved: usize,
    /// The share that was done by the 50% day, 0 to 1.
    pub within_50: f64,
    /// The share that was done by the 85% day, 0 to 1.
    pub within_85: f64,
    /// The mean square of chance less outcome for the target, 0 to 1, less is better; nothing where fewer than ten are known.
    /// Brier, "Verification of forecasts expressed in terms of probability" (1950).
    pub brier: Option<f64>,
}

impl PastForecast {
    /// Says whether the work was done by a day that a forecast named; nothing while that is not known.
    #[must_use]
    pub fn outcome(by: Option<Day>, finished: Option<Day>, today: Day) -> Option<bool> {
        match (by, finished) {
            (Some(by), Some(finished)) => Some(finished <= by),
            (Some(by), None) if by < today => Some(false),
            // It said "later than a year", and it was not.
            (None, Some(_)) => Some(true),
            _ => None,
        }
    }
}

/// Makes the forecasts of the past weeks again.
#[must_use]
pub fn record(history: &History, working: &WorkingDays) -> Record {
    let today = history.as_of;
    let ends = week_ends(history, working);
    let days: Vec<Day> = ends.into_iter().filter(|it| *it < today).collect();
    let left_out = days.len().saturating_sub(MOST);
    let days = days.get(left_out..).unwrap_or_default();
    let past = |day: &Day| {
        let week = data_week(history, *day);
        let it = prepare(history, week, *day).ok()?;
        let [p50, p85] = [0.5, 0.85].map(|chance| it.date(chance, working, *day));
        let target = match history.versions.planned(*day) {
            Some(then) => then.target,
            None => history.plan.header.target.as_ref().map(|it| it.value),
        };
        let target = target.map(|it| working.on_or_before(it)).map(|by| (by, it.chance(by, working, *day)));
        Some(PastForecast { day: *day, week, p50, p85, target })
    };
    let forecasts: Vec<PastForecast> = days.iter().filter_map(past).collect();
    let open = history.scope_on(today).open();
    let finished = history.finished().filter(|it| it.is_done).map(|it| it.day).last().filter(|_| open == 0);
    let score = score(&forecasts, finished, today);
    Record { forecasts, left_out, finished, score }
}

#[expect(clippy::cast_precision_loss, reason = "weeks are few")]
fn score(forecasts: &[PastForecast], finished: Option<Day>, today: Day) -> Option<Score> {
    let of = |by: Option<Day>| PastForecast::outcome(by, finished, today);
    let resolved: Vec<(bool, bool)> = forecasts.iter().filter_map(|it| of(it.p50).zip(of(it.p85))).collect();
    if resolved.len() < ENOUGH {
        return None;
    }
    let share = |n: usize| rounded(n as f64 / resolved.len() as f64, 3);
    let targets = forecasts.iter().filter_map(|it| it.target);
    let errors: Vec<f64> =
        targets.filter_map(|(by, chance)| Some((chance - f64::from(u8::from(of(Some(by))?))).powi(2))).collect();
    let brier = (ENOUGH <= errors.len()).then(|| rounded(errors.iter().sum::<f64>() / errors.len() as f64, 3));
    Some(Score {
        resolved: resolved.len(),
        within_50: share(resolved.iter().filter(|it| it.0).count()),
        within_85: share(resolved.iter().filter(|it| it.1).count()),
        brier,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn from_ten_on_shares_are_given() {
        let past = |n: u32| PastForecast {
            day: day("2026-01-02"),
            week: None,
            p50: Some(day(&format!("2026-03-{:02}", n + 1))),
            p85: Some(day(&format!("2026-03-{:02}", n + 11))),
            target: Some((day("2026-03-20"), 0.8)),
        };
        let all: Vec<PastForecast> = (0..10).map(past).collect();
        assert_eq!(score(&all[..9], Some(day("2026-03-15")), day("2026-04-01")), None);
        // Done on the 15th: none by its 50% day, six by their 85% day (15 to 20), all by the target.
        let it = score(&all, Some(day("2026-03-15")), day("2026-04-01")).unwrap();
        assert_eq!((it.resolved, it.within_50, it.within_85), (10, 0.0, 0.6));
        assert_eq!(it.brier, Some(0.04));
        // Not done yet: those whose days are past have not held.
        let it = score(&all, None, day("2026-04-01")).unwrap();
        assert_eq!((it.within_50, it.within_85, it.brier), (0.0, 0.0, Some(0.64)));
        assert_eq!(score(&all, None, day("2026-03-12")), None);
    }
}
