//! The plan: phases, weeks, blocks, and what hangs on them.

use super::{Gate, Metric, Phase, Task, TaskIds};
use crate::calendar::{Calendar, Day, Week};
use crate::prose::Prose;
use crate::text::{Place, SharedStr, SourceFile, Span};
use std::collections::BTreeMap;

/// A roadmap, understood.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The title: the setting, the first heading, or the file's name.
    pub title: String,
    /// Where the title stands; nothing where a setting or the file's name is the title.
    pub title_place: Option<Place>,
    /// What the head and foot of the roadmap say.
    pub header: Header,
    /// What its own legend says that symbols mean, line by line.
    pub legend: Vec<Located<String>>,
    /// The phases in the order of their headings.
    pub phases: Vec<Phase>,
    /// The weeks in the order of their headings.
    pub weeks: Vec<WeekPlan>,
    /// The parts of weeks in the order of their headings.
    pub blocks: Vec<Block>,
    /// The tasks in the order of their first line.
    pub tasks: Vec<Task>,
    /// The tasks by their IDs.
    pub task_ids: TaskIds,
    /// Promised results, in order.
    pub deliverables: Vec<Deliverable>,
    /// The gates, in order.
    pub gates: Vec<Gate>,
    /// The rows of the metrics tables.
    pub metrics: Vec<Metric>,
    /// The risks, in order.
    pub risks: Vec<Risk>,
    /// The teams, in order.
    pub teams: Vec<Team>,
    /// The budget, where there is one.
    pub budget: Budget,
    /// The weeks on the calendar, where a start is known.
    pub schedule: Option<Schedule>,
    /// Counts of the file itself.
    pub facts: FileFacts,
}

impl Plan {
    /// Returns the headings that hold several weeks: the first week of each, and the last.
    #[must_use]
    pub fn week_spans(&self) -> BTreeMap<Week, Week> {
        self.weeks.iter().filter(|it| it.week < it.last).map(|it| (it.week, it.last)).collect()
    }

    /// Says whether any task has a planned last day.
    #[must_use]
    pub fn has_planned_days(&self) -> bool {
        self.tasks.iter().any(|it| it.end.is_some())
    }

    /// Returns the place of the task with an ID; case does not matter.
    #[must_use]
    pub fn task_with_id(&self, id: &str) -> Option<usize> {
        self.task_ids.find(id, &self.tasks)
    }
}

/// A value and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// What the head and foot of a roadmap say.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The day the plan was made: "Generated", "Created", "Date" or "Last Updated".
    pub date: Option<Located<Day>>,
    /// The first day of week 1, where it is written.
    pub start: Option<Located<Day>>,
    /// The target launch.
    pub target: Option<Located<Day>>,
    /// The length of the plan in weeks, where it is written.
    pub weeks: Option<Located<Week>>,
    /// The declared total effort in days.
    pub effort_days: Option<Located<f64>>,
}

/// A week of the plan, or several under one heading.
#[derive(Debug, Clone)]
pub struct WeekPlan {
    /// The number; of several the first.
    pub week: Week,
    /// The last of several, else the same.
    pub last: Week,
    /// The name in its heading.
    pub name: String,
    /// The phase that holds it, by its place in [`Plan::phases`].
    pub phase: Option<usize>,
    /// Where its heading stands.
    pub place: Place,
}

/// A part of a week: the tasks of some of its days.
#[derive(Debug, Clone)]
pub struct Block {
    /// The week that holds it.
    pub week: Option<Week>,
    /// The phase that holds it, by its place in [`Plan::phases`].
    pub phase: Option<usize>,
    /// The name below its heading, or the heading.
    pub name: String,
    /// Its first and last day of the week, where the heading names them.
    pub weekdays: Option<(chrono::Weekday, chrono::Weekday)>,
    /// Its first day.
    pub start: Option<Day>,
    /// Its last day.
    pub end: Option<Day>,
    /// Where its heading stands.
    pub place: Place,
}

/// A promised result. A tick before it is decoration, never a state.
#[derive(Debug, Clone)]
pub struct Deliverable {
    /// The label of its list, such as "Day 1-2".
    pub scope: SharedStr,
    /// The words.
    pub text: Prose,
    /// The week in which it is listed.
    pub week: Option<Week>,
    /// The block in which it is listed, by its place in [`Plan::blocks`].
    pub block: Option<usize>,
    /// Where it stands.
    pub place: Place,
}

/// Something that may go wrong.
#[derive(Debug, Clone)]
pub struct Risk {
    /// The severity in the heading above it, such as "High".
    pub severity: String,
    /// The words.
    pub title: Prose,
    /// How likely it is, as written in a column of its own beside the severity.
    pub likelihood: Option<String>,
    /// What is done against it.
    pub mitigation: Option<Prose>,
    /// Where it stands.
    pub place: Place,
}

/// A team and its strength.
#[derive(Debug, Clone)]
pub struct Team {
    /// The name as written.
    pub name: String,
    /// Its strength by weeks.
    pub periods: Vec<TeamPeriod>,
    /// Where it stands.
    pub place: Place,
}

/// A team's strength in some weeks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamPeriod {
    /// The first and the last week; all weeks where none are named.
    pub weeks: Option<(Week, Week)>,
    /// Full-time equivalents.
    pub fte: f64,
}

impl Team {
    /// Returns the full-time equivalents in a week.
    #[must_use]
    pub fn fte(&self, week: Week) -> f64 {
        let holds = |it: &&TeamPeriod| it.weeks.is_none_or(|(first, last)| (first..=last).contains(&week));
        self.periods.iter().filter(holds).map(|it| it.fte).sum()
    }
}

/// What the plan costs.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    /// The posts.
    pub items: Vec<BudgetItem>,
    /// The declared total, spent once.
    pub one_time: Option<f64>,
    /// The declared running cost of a month.
    pub monthly: Option<f64>,
    /// The currency: an ISO 4217 code where the sign is unambiguous enough, else the sign as written.
    pub currency: Option<String>,
    /// Where the total stands.
    pub total_place: Option<Place>,
}

/// A post of the budget.
#[derive(Debug, Clone)]
pub struct BudgetItem {
    /// The name.
    pub name: String,
    /// The amount.
    pub amount: f64,
    /// The currency, as for the whole budget.
    pub currency: String,
    /// What it is for.
    pub note: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A plan's weeks on the calendar.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// The calendar.
    pub calendar: Calendar,
    /// How the start was found.
    pub rule: StartRule,
    /// The number of weeks.
    pub weeks: Week,
}

/// How the start of week 1 was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartRule {
    /// The setting `start`.
    Setting,
    /// A "Start" line of the roadmap.
    Header,
    /// The Monday that puts the target launch into the last week.
    Target,
    /// The same for the target that was written first: one that is moved later moves no start.
    FirstTarget,
    /// The first day that a phase names.
    Dates,
    /// The first Monday on or after the plan's own date.
    PlanDate,
}

impl StartRule {
    /// Returns the rule in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Setting => "the start in roadbook.toml",
            Self::Header => "the start in the roadmap's head",
            Self::Target => "the Monday that puts the target launch into the last week",
            Self::FirstTarget => "the Monday that put the target launch into the last week when it was first written",
            Self::Dates => "the first day that a heading names",
            Self::PlanDate => "the first Monday on or after the plan's own date",
        }
    }
}

/// Counts of a file, as GitHub's Markdown sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileFacts {
    /// Checkboxes.
    pub boxes: usize,
    /// Ticked checkboxes.
    pub checked: usize,
    /// Checkboxes that are neither task, subtask nor sign-off.
    pub not_understood: Vec<Place>,
}

impl FileFacts {
    /// Counts boxes, each given by its place and whether it is ticked, and lists those that were not understood.
    #[must_use]
    pub fn new(file: &SourceFile, boxes: &[(Span, bool)], understood: &[bool]) -> Self {
        let unread = boxes.iter().enumerate().filter(|(at, _)| !understood.get(*at).copied().unwrap_or(false));
        Self {
            boxes: boxes.len(),
            checked: boxes.iter().filter(|(_, checked)| *checked).count(),
            not_understood: unread.map(|(_, (span, _))| file.place(*span)).collect(),
        }
    }
}
