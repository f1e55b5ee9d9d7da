//! Days, weeks and working days. Nothing here knows what day it is.

use chrono::{Datelike as _, Days, Weekday};
use std::collections::BTreeSet;
use std::str::FromStr;

/// A calendar day in the project's time zone.
pub type Day = chrono::NaiveDate;

/// A day in a settings file or in front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingDay(pub Day);

impl FromStr for SettingDay {
    type Err = ();

    /// Reads `2026-03-15`; a time behind it, as other tools write it, is not looked at.
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
        text.get(..end).and_then(|it| it.parse().ok()).map(Self).ok_or(())
    }
}

/// A plan's week, counted from 1.
pub type Week = u32;

/// Which days are worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    /// The days of a week that are worked.
    pub weekdays: Vec<Weekday>,
    /// Days off besides.
    pub holidays: BTreeSet<Day>,
}

impl Default for WorkingDays {
    fn default() -> Self {
        use Weekday::{Fri, Mon, Thu, Tue, Wed};
        Self { weekdays: vec![Mon, Tue, Wed, Thu, Fri], holidays: BTreeSet::new() }
    }
}

const ALL_WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

impl WorkingDays {
    /// Says whether a day is worked.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.weekdays.contains(&day.weekday()) && !self.holidays.contains(&day)
    }

    /// Counts the working days from `first` to `last`, both included; 0 where `last` is earlier.
    #[must_use]
    pub fn count(&self, first: Day, last: Day) -> usize {
        let Ok(length) = usize::try_from((last - first).num_days() + 1) else { return 0 };
        // Whole weeks are counted at once, less the days off in them.
        let is_worked = |it: &Day| self.weekdays.contains(&it.weekday());
        let rest = first.iter_days().take(length % 7).filter(is_worked).count();
        let off = if length == 0 { 0 } else { self.holidays.range(first..=last).filter(|it| is_worked(it)).count() };
        (length / 7 * self.in_a_week() + rest).saturating_sub(off)
    }

    /// Counts the working days after a day, up to and with another: how many working days lie between the two.
    #[must_use]
    pub fn count_after(&self, day: Day, last: Day) -> usize {
        day.succ_opt().map_or(0, |next| self.count(next, last))
    }

    /// Counts the weekdays that are worked.
    fn in_a_week(&self) -> usize {
        ALL_WEEKDAYS.iter().filter(|it| self.weekdays.contains(it)).count()
    }

    /// Returns the last working day on or before a day, looking back a month at most.
    #[must_use]
    pub fn on_or_before(&self, day: Day) -> Day {
        let mut back = (0..=31).filter_map(|it| day.checked_sub_days(Days::new(it)));
        back.find(|it| self.contains(*it)).unwrap_or(day)
    }

    /// Returns the `n`th working day after a day, looking ahead four years at most.
    #[must_use]
    pub fn after(&self, day: Day, n: usize) -> Option<Day> {
        let last = day.checked_add_days(Days::new(1461))?;
        let (mut day, mut left) = (day, n);
        let in_a_week = self.in_a_week();
        // Whole weeks are stepped over at once, less the days off in them, as long as some are left.
        loop {
            let fitting = u64::try_from((last - day).num_days() / 7).unwrap_or(0);
            // Where no day is worked, nothing can be stepped over.
            let asked = left.saturating_sub(1).checked_div(in_a_week).unwrap_or(0);
            let weeks = fitting.min(u64::try_from(asked).unwrap_or(fitting));
            if weeks == 0 {
                break;
            }
            let later = day.checked_add_days(Days::new(7 * weeks))?;
            let off = self.holidays.range(day.succ_opt()?..=later).filter(|it| self.weekdays.contains(&it.weekday()));
            left -= (usize::try_from(weeks).ok()? * in_a_week).saturating_sub(off.count());
            day = later;
        }
        days(day, last).skip(1).filter(|it| self.contains(*it)).nth(left.checked_sub(1)?)
    }
}

/// A plan's weeks on the calendar: week 1 begins on `start`, a Monday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The Monday of week 1.
    pub start: Day,
    /// Which days are worked.
    pub working: WorkingDays,
}

impl Calendar {
    /// Returns the Monday of a week, or nothing beyond the calendar's end.
    #[must_use]
    pub fn monday(&self, week: Week) -> Option<Day> {
        self.start.checked_add_days(Days::new(7 * u64::from(week.checked_sub(1)?)))
    }

    /// Returns a weekday of a week.
    #[must_use]
    pub fn day(&self, week: Week, weekday: Weekday) -> Option<Day> {
        self.monday(week)?.checked_add_days(Days::new(u64::from(weekday.num_days_from_monday())))
    }

    /// Returns the last working day of a week; its Friday where no day of it is worked.
    #[must_use]
    pub fn last_working_day(&self, week: Week) -> Option<Day> {
        let weekdays = ALL_WEEKDAYS.iter().rev().filter(|it| self.working.weekdays.contains(it));
        let mut back = weekdays.filter_map(|it| self.day(week, *it));
        let worked = back.find(|it| !self.working.holidays.contains(it));
        worked.or_else(|| self.day(week, Weekday::Fri))
    }

    /// Counts the working days of a week.
    #[must_use]
    pub fn working_days_in(&self, week: Week) -> usize {
        let monday = self.monday(week);
        let sunday = monday.and_then(|it| it.checked_add_days(Days::new(6)));
        monday.zip(sunday).map_or(0, |(monday, sunday)| self.working.count(monday, sunday))
    }

    /// Returns the week that holds a day; nothing before week 1.
    #[must_use]
    pub fn week(&self, day: Day) -> Option<Week> {
        let days = (day - self.start).num_days();
        (0 <= days).then(|| Week::try_from(days / 7 + 1).ok()).flatten()
    }

    /// Returns the `n`th working day of the plan, counted from 1.
    #[must_use]
    pub fn working_day(&self, n: usize) -> Option<Day> {
        self.working.after(self.start.pred_opt()?, n)
    }
}

/// Returns the days from `first` to `last`, both included.
pub fn days(first: Day, last: Day) -> impl Iterator<Item = Day> {
    first.iter_days().take_while(move |it| *it <= last)
}

/// Returns the Monday of the week that holds a day.
#[must_use]
pub fn monday_of(day: Day) -> Day {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

/// Returns "Mon 2 to Tue 3 Feb", or "Wed 4 Feb" for a single day.
#[must_use]
pub fn day_range(first: Day, last: Day) -> String {
    let same_month = (first.year(), first.month()) == (last.year(), last.month());
    match (first == last, same_month) {
        (true, _) => short_day(last),
        (false, true) => format!("{} to {}", first.format("%a %-d"), short_day(last)),
        (false, false) => format!("{} to {}", short_day(first), short_day(last)),
    }
}

/// Returns a day with its weekday, as in "Fri 27 Feb".
#[must_use]
pub fn short_day(day: Day) -> String {
    day.format("%a %-d %b").to_string()
}

/// Returns a day with its weekday, and with its year where that is not the year of the day asked for: "Sat 31 Dec 2022".
#[must_use]
pub fn short_day_as_of(day: Day, as_of: Day) -> String {
    if day.year() == as_of.year() { short_day(day) } else { day.format("%a %-d %b %Y").to_string() }
}

/// Returns "week 3", or "Tue 3 Feb" where no week is known.
#[must_use]
pub fn week_or_day(week: Option<Week>, day: Day) -> String {
    week.map_or_else(|| short_day(day), |it| format!("week {it}"))
}

/// Returns "in week 3", or "on Tue 3 Feb" where no week is known.
#[must_use]
pub fn in_week_or_on_day(week: Option<Week>, day: Day) -> String {
    let preposition = if week.is_some() { "in" } else { "on" };
    format!("{preposition} {}", week_or_day(week, day))
}

/// Reads the English name of a weekday, whole or cut to three letters or more, in any case.
#[must_use]
pub fn weekday(word: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    let fits = |name: &str| name.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    NAMES.iter().find(|(name, _)| fits(name)).map(|(_, day)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_stepped_over_as_days_are() {
        use Weekday::{Mon, Sat, Thu, Wed};
        let day = |day| Day::from_ymd_opt(2026, 1, 1).unwrap().checked_add_days(Days::new(day)).unwrap();
        let off: BTreeSet<Day> = (0..200).filter(|it| it % 5 == 0 || (30..60).contains(it)).map(day).collect();
        let odd = WorkingDays { weekdays: vec![Mon, Wed, Mon, Thu, Sat], holidays: off };
        let never = WorkingDays { weekdays: vec![], holidays: BTreeSet::new() };
        for working in [odd, WorkingDays::default(), never] {
            for (from, n) in (0..14).flat_map(|from| (0..90).map(move |n| (from, n))) {
                let all = days(day(from + 1), day(from + 1461)).filter(|it| working.contains(*it));
                let slow = if n == 0 { None } else { all.into_iter().nth(n - 1) };
                assert_eq!(working.after(day(from), n), slow, "{n} after {}", day(from));
                let (first, last) = (day(from), day(n as u64));
                let slow = days(first, last).filter(|it| working.contains(*it)).count();
                assert_eq!(working.count(first, last), slow, "{first} to {last}");
            }
        }
    }
}
