//! What each chart shows: figures, labels and one sentence, but no geometry and no colours.

use crate::calendar::{Day, Week};
use serde::Serialize;

/// A chart with its reading and its data.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// A name, unique on its page, for addresses inside the page.
    pub id: String,
    /// The reading in one sentence: the heading.
    pub heading: String,
    /// The measure and how to read the marks.
    pub note: String,
    /// What the chart is, in a few words: its title for screen readers.
    pub title: String,
    /// What the chart shows, in sentences.
    pub desc: String,
    /// What to draw.
    #[serde(skip)]
    pub chart: Chart,
    /// The same figures as a table.
    pub table: DataTable,
}

/// Figures as a table; the first cell of each row is its header.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DataTable {
    /// What the table is called where it is closed.
    pub summary: String,
    /// The column headers.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// A sentence below.
    pub note: String,
}

/// What to draw.
#[derive(Debug, Clone)]
pub enum Chart {
    /// Open work over time.
    Burndown(Burndown),
    /// The chance that all is done, day by day.
    Chances(Chances),
    /// Reported health against its target.
    Health(Health),
    /// One metric against its weekly targets.
    Metric(MetricChart),
    /// Planned work against capacity, week by week.
    Load(Load),
    /// The plan on the calendar.
    Timeline(Timeline),
    /// A small picture: the range of the forecast.
    ForecastSpark(ForecastSpark),
    /// A small picture: one mark for each item.
    ItemsSpark(ItemsSpark),
    /// A small picture: health against its target.
    HealthSpark(Health),
}

/// How something stands, for the shape and colour of its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Look {
    /// Good.
    Ok,
    /// At risk, or a person must act.
    Warn,
    /// Wrong now.
    Bad,
    /// Moving.
    Live,
    /// Nothing yet.
    Plain,
}

impl Look {
    /// Returns how well it is, the worst first.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Bad => 0,
            Self::Warn => 1,
            Self::Live => 2,
            Self::Plain => 3,
            Self::Ok => 4,
        }
    }
}

/// Open work over time, in items or in days.
#[derive(Debug, Clone)]
pub struct Burndown {
    /// The first day on the axis; values of the plan's start stand here.
    pub first: Day,
    /// The last day on the axis.
    pub last: Day,
    /// The weeks of the plan by their Mondays.
    pub weeks: Vec<(Week, Day)>,
    /// The week that holds today.
    pub this_week: Option<Week>,
    /// The series, by day, sorted.
    pub points: Vec<BurndownPoint>,
    /// The day the report is made for.
    pub today: Day,
    /// "Today 6 Feb".
    pub today_label: String,
    /// The last working day before the target, and its label, such as "Target 13 Mar: 26%".
    pub target: Option<(Day, String)>,
    /// What the values are: "left", or "done" where they are what is done.
    pub value_word: &'static str,
    /// "32 left".
    pub remaining_label: String,
    /// "plan: 30".
    pub planned_label: String,
    /// "Scope 42, unchanged".
    pub scope_label: String,
    /// The forecast, where there is one.
    pub fan: Option<Fan>,
}

/// One day of a burndown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BurndownPoint {
    /// The day, at its end.
    pub date: Day,
    /// All of the work.
    pub scope: f64,
    /// The work that the plan leaves open; nothing where the plan has no days.
    pub planned: Option<f64>,
    /// The work that is open; nothing for days to come.
    pub remaining: Option<f64>,
}

/// When the open work may come down to each level.
#[derive(Debug, Clone)]
pub struct Fan {
    /// From the work open today down to 0.
    pub levels: Vec<FanLevel>,
    /// "50% 31 Mar".
    pub p50_label: String,
    /// "85% 14 May".
    pub p85_label: String,
}

/// When the open work may come down to one level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FanLevel {
    /// Work still open.
    pub remaining: f64,
    /// The day reached with a chance of 15%; nothing when later than a year.
    pub p15: Option<Day>,
    /// The day reached with a chance of 50%; nothing when later than a year.
    pub p50: Option<Day>,
    /// The day reached with a chance of 85%; nothing when later than a year.
    pub p85: Option<Day>,
}

/// The chance that all is done, day by day.
#[derive(Debug, Clone)]
pub struct Chances {
    /// The day of the report.
    pub first: Day,
    /// The last day on the axis.
    pub last: Day,
    /// The chance, 0 to 1, by day, sorted.
    pub points: Vec<(Day, f64)>,
    /// The planned end, its chance, and its label such as "Planned end 13 Mar: 26%".
    pub target: Option<(Day, f64, String)>,
    /// Days of round chances with their labels, such as "50% by 31 Mar".
    pub marks: Vec<(Day, f64, String)>,
}

/// Reported health against its target, by week; week 0 is the start.
#[derive(Debug, Clone)]
pub struct Health {
    /// The number of weeks.
    pub weeks: Week,
    /// The week that holds today.
    pub this_week: Option<Week>,
    /// The value when the plan was made.
    pub at_start: Option<f64>,
    /// The reported values; a missing week is a gap.
    pub reported: Vec<(Week, Option<f64>)>,
    /// The target from the start of the first week to the end of the last.
    pub steps: Vec<(Week, Week, f64)>,
    /// The gates, at the end of their weeks.
    pub gates: Vec<GateMark>,
    /// "Reported 81".
    pub label: String,
    /// The ends of the axis.
    pub axis: (f64, f64),
}

/// A gate on a chart by weeks.
#[derive(Debug, Clone)]
pub struct GateMark {
    /// The week at whose end it stands.
    pub week: Week,
    /// The health it asks for.
    pub value: f64,
    /// "Staging ≥80".
    pub label: String,
    /// "79 on the day", or "due 13 Feb".
    pub note: String,
    /// How it stands.
    pub look: Look,
}

/// One metric against its weekly targets; week 0 is the start.
#[derive(Debug, Clone)]
pub struct MetricChart {
    /// The number of weeks.
    pub weeks: Week,
    /// The week that holds today.
    pub this_week: Option<Week>,
    /// The value when the plan was made.
    pub at_start: Option<f64>,
    /// The targets by week.
    pub targets: Vec<(Week, f64)>,
    /// The measured values by week.
    pub actuals: Vec<(Week, f64)>,
    /// The target at the end, with its label such as "Target <200 ms".
    pub target: Option<(f64, String)>,
    /// The label of the last measured value.
    pub label: String,
    /// How the last measured value stands.
    pub look: Look,
    /// The ends of the axis, where nothing wider is needed.
    pub axis: (f64, f64),
    /// What stands before a number, such as "€".
    pub sign: String,
    /// What stands behind a number, such as "%".
    pub unit: String,
}

/// Planned work against capacity, in days, week by week.
#[derive(Debug, Clone)]
pub struct Load {
    /// One bar for each week.
    pub bars: Vec<LoadBar>,
    /// The week that holds today.
    pub this_week: Option<Week>,
}

/// One week of planned work against capacity.
#[derive(Debug, Clone, Copy)]
pub struct LoadBar {
    /// The week.
    pub week: Week,
    /// Planned days.
    pub planned: f64,
    /// Days that are there.
    pub capacity: f64,
}

/// The plan on the calendar.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
    /// The weeks by their Mondays.
    pub weeks: Vec<(Week, Day)>,
    /// The week that holds today.
    pub this_week: Option<Week>,
    /// The day the report is made for.
    pub today: Day,
    /// Phases with their rows.
    pub groups: Vec<TimelineGroup>,
    /// What waits for what.
    pub ties: Vec<TimelineTie>,
}

/// A part of the plan that waits for another one; both by the place of their phase and theirs in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimelineTie {
    /// What must be done before.
    pub from: (usize, usize),
    /// What waits for it.
    pub to: (usize, usize),
    /// Whether it is in the longest chain of work left.
    pub is_critical: bool,
}

/// A phase on the calendar.
#[derive(Debug, Clone)]
pub struct TimelineGroup {
    /// "1  Critical Fixes".
    pub label: String,
    /// Its first and last day.
    pub span: Option<(Day, Day)>,
    /// Its gate.
    pub gate: Option<TimelineGate>,
    /// Its parts.
    pub rows: Vec<TimelineRow>,
}

/// A gate on the calendar.
#[derive(Debug, Clone)]
pub struct TimelineGate {
    /// The day it is due; it stands at the end of that day.
    pub due: Day,
    /// "Staging, due 30 Jan: no decision".
    pub label: String,
    /// How it stands.
    pub look: Look,
}

/// A part of a phase on the calendar.
#[derive(Debug, Clone)]
pub struct TimelineRow {
    /// The name.
    pub label: String,
    /// Its first day.
    pub start: Day,
    /// Its last day.
    pub end: Day,
    /// Items done.
    pub done: usize,
    /// All items.
    pub total: usize,
    /// The day up to which it is late: the last item's day, or today; nothing when it is in time.
    pub late_until: Option<Day>,
    /// Whether it was finished, late.
    pub finished: bool,
    /// How it stands.
    pub look: Look,
    /// "1 of 2, P2-10 is 3 days late".
    pub note: String,
    /// Whether a task of it is in the longest chain of work left.
    pub is_critical: bool,
}

/// The range of the forecast on a line of days.
#[derive(Debug, Clone)]
pub struct ForecastSpark {
    /// The day the report is made for.
    pub today: Day,
    /// The target.
    pub target: Option<Day>,
    /// The day reached with a chance of 15%.
    pub p15: Day,
    /// The day reached with a chance of 50%.
    pub p50: Day,
    /// The day reached with a chance of 85%; nothing when later than a year.
    pub p85: Option<Day>,
}

/// One mark for each item, by state.
#[derive(Debug, Clone)]
pub struct ItemsSpark {
    /// Items done.
    pub done: usize,
    /// Items blocked.
    pub blocked: usize,
    /// Items in progress.
    pub in_progress: usize,
    /// Items not begun.
    pub todo: usize,
    /// Items that the plan has done by now.
    pub planned: Option<usize>,
}
