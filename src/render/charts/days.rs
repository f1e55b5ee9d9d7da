//! Days on a line of working days: a weekend takes no room unless work ends on one.

use crate::calendar::{Day, monday_of};
use chrono::{Datelike as _, Days};

/// A line of days.
#[derive(Debug, Clone, Copy)]
pub struct DayLine {
    origin: Day,
    per_week: f64,
    offset: f64,
}

impl DayLine {
    /// Returns the line that begins with a day and has room for every day on which something begins or ends.
    pub fn new(first: Day, used: impl IntoIterator<Item = Day>) -> Self {
        let most = used.into_iter().map(|it| it.weekday().num_days_from_monday() + 1).max().unwrap_or(5);
        let line = Self { origin: monday_of(first), per_week: f64::from(most.max(5)), offset: 0.0 };
        Self { offset: line.start(first), ..line }
    }

    /// Returns where a day begins.
    pub fn start(&self, day: Day) -> f64 {
        self.place(day, 0)
    }

    /// Returns where a day ends.
    pub fn end(&self, day: Day) -> f64 {
        self.place(day, 1)
    }

    /// Returns the length of a week.
    pub const fn week(&self) -> f64 {
        self.per_week
    }

    fn place(&self, day: Day, more: u32) -> f64 {
        let weeks = (monday_of(day) - self.origin).num_days() / 7;
        let weeks = i32::try_from(weeks).map_or(0.0, f64::from);
        let within = f64::from(day.weekday().num_days_from_monday() + more);
        weeks * self.per_week + within.min(self.per_week) - self.offset
    }
}

/// Returns the Mondays from one day to another, no more than a century of them.
pub fn mondays(first: Day, last: Day) -> impl Iterator<Item = Day> {
    let from = monday_of(first);
    std::iter::successors(Some(from), |it| it.checked_add_days(Days::new(7)))
        .take_while(move |it| *it <= last)
        .take(5200)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> Day {
        Day::from_ymd_opt(2026, 2, d).unwrap_or_default()
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn a_weekend_takes_no_room() {
        let line = DayLine::new(day(2), [day(6), day(10)]);
        assert!(near(line.start(day(2)), 0.0) && near(line.end(day(6)), 5.0) && near(line.end(day(8)), 5.0));
        assert!(near(line.end(day(9)), 6.0) && near(line.start(day(9)), 5.0));
    }

    #[test]
    fn work_on_a_weekend_gives_it_room() {
        let line = DayLine::new(day(2), [day(7)]);
        assert!(near(line.end(day(7)), 6.0) && near(line.end(day(8)), 6.0) && near(line.end(day(9)), 7.0));
    }

    #[test]
    fn mondays_begin_with_the_first_week() {
        assert_eq!(mondays(day(3), day(16)).collect::<Vec<_>>(), [day(2), day(9), day(16)]);
    }
}
