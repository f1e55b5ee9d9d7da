//! One week, and what was known at its end.

use crate::analysis::{Basis, Forecast, Mention, forecast_at};
use crate::calendar::{Day, Week};
use crate::history::{DatedStandup, History, TaskState};
use crate::model::{Entry, Gate, Standup, State, Task};
use crate::text::Place;
use crate::views::Desk;
use chrono::Days;
use std::collections::{BTreeMap, BTreeSet};

/// Where a week stands relative to the day of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Its last working day is not after the day of the report.
    Over,
    /// It holds the day of the report.
    Running,
    /// It begins later.
    ToCome,
}

/// One week, and what was known at its end.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// The desk of the page.
    pub desk: Desk<'a>,
    /// The week.
    pub week: Week,
    /// Where it stands.
    pub when: When,
    /// Its Monday and its last working day, where the plan has a calendar.
    pub days: Option<(Day, Day)>,
    /// The last day that counts for the week; never later than the day of the report.
    pub end: Day,
    /// The last day that counts for the week before.
    pub before: Day,
    /// Its standups, by day; mostly one.
    pub standups: Vec<&'a DatedStandup>,
    /// The tasks that lines of its standups are evidence of, so that no line is searched twice.
    evidence: BTreeMap<&'a Place, Vec<usize>>,
}

impl<'a> Scope<'a> {
    /// Looks at one week of the plan.
    #[must_use]
    pub fn new(desk: &Desk<'a>, week: Week) -> Self {
        let as_of = desk.as_of();
        let calendar = desk.plan().schedule.as_ref().map(|it| &it.calendar);
        let days = calendar.and_then(|it| it.monday(week).zip(it.last_working_day(week)));
        let when = match days {
            Some((monday, _)) if as_of < monday => When::ToCome,
            Some((_, last)) if as_of < last => When::Running,
            _ => When::Over,
        };
        let standups = standups(desk, week);
        let before = week.checked_sub(1).and_then(|it| week_end(desk, it));
        let before = before.or_else(|| days.and_then(|(monday, _)| monday.pred_opt())).unwrap_or(Day::MIN);
        let end = week_end(desk, week).unwrap_or(as_of).max(before).min(as_of);
        let evidence = evidence(desk.facts.history, &standups);
        Self { desk: *desk, week, when, days, end, before, standups, evidence }
    }

    /// Returns the plan's history.
    #[must_use]
    pub fn history(&self) -> &'a History {
        self.desk.facts.history
    }

    /// Says whether a standup tells of the week.
    #[must_use]
    pub fn is_told(&self) -> bool {
        !self.standups.is_empty()
    }

    /// Says whether anything tells of the week: a standup, or other evidence of its days.
    #[must_use]
    pub fn is_known(&self) -> bool {
        let within = |it: &Day| self.before < *it && *it <= self.end;
        self.is_told() || self.history().evidence.iter().flatten().any(|it| within(&it.date))
    }

    /// Returns the state of a task at the week's end.
    #[must_use]
    pub fn state(&self, at: usize) -> TaskState<'a> {
        self.history().state(at, self.end)
    }

    /// Returns the places in the plan of the tasks that a test holds for.
    #[must_use]
    pub fn tasks(&self, test: impl Fn(usize, &Task) -> bool) -> Vec<usize> {
        let tasks = self.desk.plan().tasks.iter().enumerate();
        tasks.filter(|(at, it)| test(*at, it)).map(|(at, _)| at).collect()
    }

    /// Says whether a task is planned to end in the week.
    #[must_use]
    pub fn ends_here(&self, task: &Task) -> bool {
        match (task.end, self.days.and_then(|(monday, _)| Some((monday, monday.checked_add_days(Days::new(6))?)))) {
            (Some(end), Some((monday, sunday))) => monday <= end && end <= sunday,
            _ => task.week() == Some(self.week),
        }
    }

    /// Returns the tasks that are planned to end in the week; dropped ones are left out.
    #[must_use]
    pub fn planned(&self) -> Vec<usize> {
        self.tasks(|at, it| self.ends_here(it) && self.state(at).state != State::Dropped)
    }

    /// Returns the tasks that were finished in the week.
    #[must_use]
    pub fn finished(&self) -> Vec<usize> {
        self.history().finished_between(self.before, self.end)
    }

    /// Counts the tasks that are done at the week's end, those that the plan has done by then, and all; dropped ones are left out.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let scope = self.tasks(|at, _| self.state(at).state != State::Dropped);
        let done = scope.iter().filter(|at| self.state(**at).state == State::Done).count();
        let planned = scope.iter().filter(|at| self.planned_end(**at).is_some_and(|it| it <= self.plan_day())).count();
        (done, planned, scope.len())
    }

    /// Returns by how many working days an open task is past its planned end at the week's end.
    #[must_use]
    pub fn late(&self, at: usize) -> Option<usize> {
        if !self.state(at).state.is_open() {
            return None;
        }
        let end = self.planned_end(at).filter(|it| *it < self.end)?;
        Some(self.desk.analysis().working.count_after(end, self.plan_day())).filter(|it| 0 < *it)
    }

    /// Returns the gates that are due in the week, by their places in the plan.
    #[must_use]
    pub fn gates(&self) -> Vec<(usize, &'a Gate)> {
        let sunday = self.days.and_then(|(monday, _)| monday.checked_add_days(Days::new(6)));
        let holds = |it: &Gate| match (it.due, self.days, sunday) {
            (Some(due), Some((monday, _)), Some(sunday)) => monday <= due && due <= sunday,
            _ => it.week == Some(self.week),
        };
        self.desk.plan().gates.iter().enumerate().filter(|(_, it)| holds(it)).collect()
    }

    /// Returns the entries of some list of the week's standups.
    pub fn entries<T: 'a>(&self, list: impl Fn(&'a Standup) -> &'a Vec<T>) -> Vec<&'a T> {
        self.standups.iter().flat_map(|it| list(&it.standup)).collect()
    }

    /// Returns the tasks that a line of a standup speaks of.
    #[must_use]
    pub fn tasks_of(&self, entry: &Entry) -> Vec<usize> {
        match self.evidence.get(&entry.place) {
            Some(tasks) => tasks.clone(),
            None => entry.ids.iter().filter_map(|it| self.desk.plan().task_with_id(it)).collect(),
        }
    }

    /// Returns the risk, by its place in the plan, that a line of a standup names, and what it says.
    #[must_use]
    pub fn risk_of(&self, place: &Place) -> Option<(usize, &'a Mention)> {
        let reviews = self.desk.analysis().risks.iter().enumerate();
        reviews.flat_map(|(at, it)| it.mentions.iter().map(move |it| (at, it))).find(|(_, it)| it.place == *place)
    }

    /// Returns the forecast as it was at the week's end, and the one before it.
    #[must_use]
    pub fn forecasts(&self) -> (Forecast, Forecast) {
        let told = self.history().standups.iter().filter_map(|it| it.week).filter(|it| *it < self.week).max();
        let before = told.map_or_else(|| forecast_of_plan(&self.desk), |it| forecast_of(&self.desk, it));
        (forecast_of(&self.desk, self.week), before)
    }

    /// The day up to which the plan is compared: on a weekend or later, the week's last working day.
    fn plan_day(&self) -> Day {
        self.days.map_or(self.end, |(_, last)| last.min(self.end))
    }

    fn planned_end(&self, at: usize) -> Option<Day> {
        self.desk.task(at)?.end
    }
}

/// Returns the standups of a week, by day.
#[must_use]
pub fn standups<'a>(desk: &Desk<'a>, week: Week) -> Vec<&'a DatedStandup> {
    desk.facts.history.standups.iter().filter(|it| it.week == Some(week)).collect()
}

/// Returns the last day that counts for a week: its Sunday, or the day of a standup that was written up to a week later.
fn week_end(desk: &Desk<'_>, week: Week) -> Option<Day> {
    let told = standups(desk, week).last().map(|it| it.date);
    let monday = desk.plan().schedule.as_ref().and_then(|it| it.calendar.monday(week));
    let Some(sunday) = monday.and_then(|it| it.checked_add_days(Days::new(6))) else { return told };
    let latest = sunday.checked_add_days(Days::new(7))?;
    Some(told.filter(|it| *it <= latest).map_or(sunday, |it| it.max(sunday)))
}

fn evidence<'a>(history: &'a History, standups: &[&DatedStandup]) -> BTreeMap<&'a Place, Vec<usize>> {
    let mut tasks: BTreeMap<&Place, Vec<usize>> = BTreeMap::new();
    let paths: BTreeSet<_> = standups.iter().map(|it| &it.standup.path).collect();
    for (at, all) in history.evidence.iter().enumerate() {
        for it in all.iter().filter(|it| paths.contains(&it.place.path)) {
            tasks.entry(&it.place).or_default().push(at);
        }
    }
    tasks
}

fn forecast_of(desk: &Desk<'_>, week: Week) -> Forecast {
    let analysis = desk.analysis();
    if analysis.data_week == Some(week) {
        return analysis.forecast.clone();
    }
    let Some(end) = week_end(desk, week) else { return Forecast::default() };
    let forecast = forecast_at(&known_at(desk.facts.history, end), Some(week), analysis.deadline, &analysis.working);
    if matches!(forecast.basis, Basis::Stale | Basis::Untold) { Forecast::default() } else { forecast }
}

/// Returns the forecast of the day before the plan begins.
fn forecast_of_plan(desk: &Desk<'_>) -> Forecast {
    let start = desk.plan().schedule.as_ref().map(|it| it.calendar.start);
    let Some(day) = start.and_then(|it| it.pred_opt()) else { return Forecast::default() };
    let analysis = desk.analysis();
    forecast_at(&known_at(desk.facts.history, day), None, analysis.deadline, &analysis.working)
}

/// Returns what was known on an earlier day.
fn known_at(history: &History, day: Day) -> History {
    let until = |it: &Vec<crate::history::Evidence>| it.iter().filter(|it| it.date <= day).cloned().collect();
    History {
        plan: history.plan.clone(),
        standups: history.standups.iter().filter(|it| it.date <= day).cloned().collect(),
        evidence: history.evidence.iter().map(until).collect(),
        versions: history.versions.until(day),
        as_of: day.min(history.as_of),
        marks_from: history.marks_from,
        measured: Vec::new(),
        later_standups: history.later_standups,
    }
}
