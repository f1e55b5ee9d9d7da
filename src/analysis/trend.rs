//! Where measured values go: their trend, carried to the target.
//!
//! The trend is the median of the slopes between all pairs of values (Theil 1950, Sen 1968): one odd value does not turn it.

use crate::calendar::Day;
use chrono::Days;

/// Days of fewer values have no trend.
const FEWEST: usize = 3;
/// Of more values the last are looked at: every pair of them has a slope.
const MOST: usize = 60;
/// A target further away than this, in days, is not named.
const HORIZON: f64 = 366.0;

/// Where measured values go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// How much they change in a week.
    pub per_week: f64,
    /// How many values it rests on.
    pub values: usize,
    /// The target it is carried to.
    pub target: f64,
    /// When they come to it.
    pub reaches: Reaches,
}

/// When a trend comes to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaches {
    /// The last value is there.
    Already,
    /// On a day.
    On(Day),
    /// Later than a year after the last value.
    Late,
    /// It does not come closer.
    Never,
}

/// Finds the trend of values, by day, and carries it to a target; nothing where they are of fewer than three days.
#[must_use]
pub fn trend(values: &[(Day, f64)], target: f64, more_is_better: bool) -> Option<Trend> {
    let values = values.get(values.len().saturating_sub(MOST)..)?;
    let (first, last) = (values.first()?, values.last()?);
    let mut days: Vec<Day> = values.iter().map(|it| it.0).collect();
    days.dedup();
    if days.len() < FEWEST {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "days of one plan")]
    let at = |day: Day| (day - first.0).num_days() as f64;
    let mut slopes: Vec<f64> = Vec::new();
    for (n, a) in values.iter().enumerate() {
        let later = values.iter().skip(n + 1).filter(|b| a.0 < b.0);
        slopes.extend(later.map(|b| (b.1 - a.1) / (at(b.0) - at(a.0))));
    }
    let slope = median(&mut slopes)?;
    let mut bases: Vec<f64> = values.iter().map(|it| slope.mul_add(-at(it.0), it.1)).collect();
    let base = median(&mut bases)?;
    let is_there = if more_is_better { target <= last.1 } else { last.1 <= target };
    let comes_closer = if more_is_better { 1e-9 < slope } else { slope < -1e-9 };
    let day = ((target - base) / slope).max(at(last.0));
    let reaches = if is_there {
        Reaches::Already
    } else if !comes_closer {
        Reaches::Never
    } else if HORIZON < day - at(last.0) {
        Reaches::Late
    } else {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within a year of the last value")]
        first.0.checked_add_days(Days::new(day.ceil() as u64)).map_or(Reaches::Late, Reaches::On)
    };
    Some(Trend { per_week: slope * 7.0, values: values.len(), target, reaches })
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = *values.get(half)?;
    let lower = *values.get(half.checked_sub(1).unwrap_or(half))?;
    Some(if values.len().is_multiple_of(2) { f64::midpoint(lower, upper) } else { upper })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(of: &[(&str, f64)]) -> Vec<(Day, f64)> {
        of.iter().map(|(day, value)| (day.parse().unwrap(), *value)).collect()
    }

    #[test]
    fn a_trend_is_carried_to_its_target() {
        // Slopes a week: 0, 2, 1, 3, and between weeks further apart 1, 1.5, 2, 1, 2, 1.5; the median is 1.5.
        let health = values(&[
            ("2026-01-23", 79.0),
            ("2026-01-30", 79.0),
            ("2026-02-06", 81.0),
            ("2026-02-13", 82.0),
            ("2026-02-20", 85.0),
        ]);
        let it = trend(&health, 88.0, true).unwrap();
        assert!((it.per_week - 1.5).abs() < 1e-9, "{it:?}");
        // On the line, 78 + 1.5 a week since 23 January, 88 is ten by one and a half weeks later: 47 days.
        assert_eq!((it.values, it.reaches), (5, Reaches::On("2026-03-11".parse().unwrap())));
        assert_eq!(trend(&health, 85.0, true).unwrap().reaches, Reaches::Already);
        assert_eq!(trend(&health, 70.0, false).unwrap().reaches, Reaches::Never);
        assert_eq!(trend(&health, 800.0, true).unwrap().reaches, Reaches::Late);
        assert_eq!(trend(&health[..2], 88.0, true), None);
    }

    #[test]
    fn one_odd_value_does_not_turn_it() {
        let latency = values(&[
            ("2026-01-02", 900.0),
            ("2026-01-09", 800.0),
            ("2026-01-16", 5_000.0),
            ("2026-01-23", 600.0),
            ("2026-01-30", 500.0),
        ]);
        let it = trend(&latency, 300.0, false).unwrap();
        assert!((it.per_week + 100.0).abs() < 1e-9, "{it:?}");
        assert_eq!(it.reaches, Reaches::On("2026-02-13".parse().unwrap()));
    }
}
