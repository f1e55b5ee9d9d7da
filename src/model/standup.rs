//! Standups: of a week, of a day, or the notes of a meeting.

use super::{AskedDecision, Cell, State};
use crate::calendar::{Day, Week};
use crate::prose::Prose;
use crate::text::{Place, SharedStr};
use chrono::{Datelike as _, Weekday};
use smallvec::SmallVec;
use std::sync::Arc;

/// What a team said about a week or a day.
#[derive(Debug, Clone)]
pub struct Standup {
    /// The week it is about, where it is written; else it follows from the day.
    pub week: Option<Week>,
    /// The day it speaks for, where it is written; else the Friday of its week.
    pub date: Option<Day>,
    /// A day that is written so that the file alone does not say which one is meant, and where; nothing once it is known.
    pub written: Option<Box<(WrittenDay, Place)>>,
    /// What was finished.
    pub done: Vec<Entry>,
    /// What is being done.
    pub in_progress: Vec<Entry>,
    /// What is held up.
    pub blocked: Vec<Entry>,
    /// What comes next.
    pub next: Vec<Entry>,
    /// What worries the team.
    pub risks: Vec<Entry>,
    /// What is to be decided, or was.
    pub decisions: Vec<AskedDecision>,
    /// What was measured.
    pub metrics: Vec<StandupMetric>,
    /// Lines about what was measured that have no colon, until it is known what the plan measures.
    pub unsplit: Vec<(String, Place)>,
    /// The file.
    pub path: Arc<str>,
    /// Where its heading stands.
    pub place: Place,
}

impl Standup {
    /// Returns the lines that are evidence, each with the state that it shows.
    pub fn evidence(&self) -> impl Iterator<Item = (State, &Entry)> {
        let lists =
            [(State::Done, &self.done), (State::InProgress, &self.in_progress), (State::Blocked, &self.blocked)];
        lists.into_iter().flat_map(|(state, list)| list.iter().map(move |it| (state, it)))
    }

    /// Returns the lines that tell no state: what comes next, what worries the team, what is to be decided.
    pub fn others(&self) -> impl Iterator<Item = &Entry> {
        self.next.iter().chain(&self.risks).chain(self.decisions.iter().map(|it| &it.entry))
    }

    /// Returns all lines but those that measure.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.evidence().map(|(_, it)| it).chain(self.others())
    }
}

/// One line of a standup.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The IDs it begins with.
    pub ids: SmallVec<[SharedStr; 1]>,
    /// The words behind the IDs, without percentage and blocker.
    pub text: Prose,
    /// How much is done, 0 to 100.
    pub percent: Option<f64>,
    /// What holds it up.
    pub reason: Option<SharedStr>,
    /// Who says it, where the standup has a heading for each person.
    pub by: Option<SharedStr>,
    /// Whether it is told of yesterday or last week without a word on its end: what the same standup says of today counts more.
    pub is_lately: bool,
    /// Where it stands.
    pub place: Place,
}

impl Entry {
    /// Returns the words, and before them who says it: "Iva: the tests run".
    #[must_use]
    pub fn said(&self) -> String {
        self.by.as_ref().map_or_else(|| self.text.plain(), |by| format!("{by}: {}", self.text.plain()))
    }
}

/// A day as it is written: perhaps without a year, perhaps with day and month in an order that nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDay {
    /// The year, where it is written.
    pub year: Option<i32>,
    /// The month; of `3/4` the first number.
    pub month: u32,
    /// The day of the month; of `3/4` the second number.
    pub day: u32,
    /// Whether month and day may be the other way round.
    pub may_swap: bool,
    /// The weekday, where it is written beside the day.
    pub weekday: Option<Weekday>,
}

/// How far from a day the year of another is looked for; the 29th of February comes every four years, and once in eight.
const YEARS: i32 = 8;

impl WrittenDay {
    /// Returns the day, where the year is written and there is such a day.
    #[must_use]
    pub fn in_its_year(&self) -> Option<Day> {
        Day::from_ymd_opt(self.year?, self.month, self.day)
    }

    /// Returns the day with month and day the other way round.
    #[must_use]
    pub const fn swapped(self) -> Self {
        Self { month: self.day, day: self.month, ..self }
    }

    /// Says whether some year has such a day.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        Day::from_ymd_opt(self.year.unwrap_or(2000), self.month, self.day).is_some()
    }

    /// Returns the day in its own year, else in the year that puts it nearest to another day. A year in which the day falls
    /// on the written weekday comes first, when it is the one before, the same, or the one after.
    #[must_use]
    pub fn nearest(&self, to: Day) -> Option<Day> {
        if self.year.is_some() {
            return self.in_its_year();
        }
        let days = (-YEARS..=YEARS).filter_map(|it| Day::from_ymd_opt(to.year() + it, self.month, self.day));
        let away = |it: &Day| (*it - to).num_days().abs();
        let fits = |it: &Day| Some(it.weekday()) == self.weekday && (it.year() - to.year()).abs() <= 1;
        let on_weekday = days.clone().filter(fits).min_by_key(away);
        on_weekday.or_else(|| days.min_by_key(away))
    }
}

/// A measured value in a standup.
#[derive(Debug, Clone)]
pub struct StandupMetric {
    /// The name as written.
    pub name: String,
    /// The value; for a counter such as "6/8" the first number.
    pub value: Cell,
    /// The second number of "6/8" or "79/100".
    pub of: Option<f64>,
    /// The target that the standup itself names.
    pub target: Option<f64>,
    /// Where it stands.
    pub place: Place,
}
