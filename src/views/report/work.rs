//! The parts of the report that change from day to day.

use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A task.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TaskPart {
    /// A name that stays from build to build.
    pub key: String,
    /// The ID as written.
    pub id: Option<String>,
    /// The title.
    pub title: String,
    /// `todo`, `in_progress`, `blocked`, `done` or `dropped`.
    pub state: String,
    /// How much is done, 0 to 100, while it is in progress or blocked.
    pub percent: Option<f64>,
    /// Its effort in days, as it counts in totals.
    pub effort_days: Option<f64>,
    /// What it is part of, when its effort is counted there.
    pub part_of: Option<String>,
    /// Who does it, as written.
    pub owners: Vec<String>,
    /// The class in its ID.
    pub priority: Option<String>,
    /// The number of the phase in which it ends.
    pub phase: Option<u32>,
    /// The week in which it ends.
    pub week: Option<u32>,
    /// The name of the block in which it ends.
    pub block: Option<String>,
    /// Its first planned day.
    pub start: Option<String>,
    /// Its last planned day.
    pub end: Option<String>,
    /// The day by which it is to be done, where one is written for it.
    pub due: Option<String>,
    /// What must be done before, as written: IDs, or words.
    pub depends_on: Vec<String>,
    /// The lines it is written in.
    pub segments: Vec<SegmentPart>,
    /// The file.
    pub path: String,
    /// Its first line.
    pub line: u32,
    /// Its own checkboxes.
    pub subtasks: SubtasksPart,
    /// What is known of it, oldest first.
    pub evidence: Vec<EvidencePart>,
    /// How often its planned end was moved to a later day, by the versions of the plan.
    pub slips: SlipsPart,
}

/// How often a planned end was moved to a later day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SlipsPart {
    /// How often.
    pub times: usize,
    /// By how many working days in all.
    pub working_days: usize,
}

/// A line of a task.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SegmentPart {
    /// The line.
    pub line: u32,
    /// The words behind its duration.
    pub qualifier: Option<String>,
    /// The effort written for it, in days.
    pub effort_days: Option<f64>,
}

/// A task's own checkboxes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SubtasksPart {
    /// All of them.
    pub total: usize,
    /// The ticked ones.
    pub done: usize,
}

/// What one line says about a task.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EvidencePart {
    /// The day it speaks for.
    pub date: String,
    /// The state it shows.
    pub state: String,
    /// How much is done, 0 to 100.
    pub percent: Option<f64>,
    /// `roadmap`, `standup` or `commit`.
    pub kind: String,
    /// The file.
    pub path: String,
    /// The line.
    pub line: u32,
    /// The commit.
    pub commit: Option<String>,
}

/// What is done.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProgressPart {
    /// By items.
    pub items: ItemsPart,
    /// By effort, in days.
    pub effort_days: EffortPart,
    /// By class.
    pub by_priority: BTreeMap<String, ShareOfPart>,
    /// Items that the plan has done by now.
    pub planned_done_items: Option<usize>,
}

/// Items by state.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ItemsPart {
    /// Items in scope: all but dropped ones.
    pub total: usize,
    /// Items done.
    pub done: usize,
    /// Items in progress.
    pub in_progress: usize,
    /// Items blocked.
    pub blocked: usize,
    /// Items not begun.
    pub todo: usize,
    /// Items dropped.
    pub dropped: usize,
}

/// Effort, in days.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EffortPart {
    /// In scope.
    pub total: f64,
    /// Of items done.
    pub done: f64,
    /// The rest.
    pub remaining: f64,
}

/// Items of a class.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShareOfPart {
    /// Items done.
    pub done: usize,
    /// Items in scope.
    pub total: usize,
}

/// What is open, day by day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BurndownPart {
    /// In items.
    pub items: Vec<PointPart>,
    /// In days of effort.
    pub effort_days: Vec<PointPart>,
}

/// What is open at the end of a day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PointPart {
    /// The day.
    pub date: String,
    /// All of the work.
    pub scope: f64,
    /// The work that the plan leaves open; nothing where the plan names no days, and commits alone tell of them.
    pub planned_remaining: Option<f64>,
    /// The work that is open; nothing for days that are not over, nor for earlier ones of which neither a standup nor a commit tells.
    pub remaining: Option<f64>,
}

/// When the plan may be finished.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ForecastPart {
    /// `plan`, `history` or `none`.
    pub basis: String,
    /// How many weeks of finished work it knows.
    pub weeks_of_data: usize,
    /// The day reached with a chance of one half; nothing when later than a year.
    pub p50: Option<String>,
    /// The day reached with a chance of 85%; nothing when later than a year.
    pub p85: Option<String>,
    /// The chance to be done by the last working day on or before the target, 0 to 1.
    pub on_time_probability: Option<f64>,
    /// What to know about it.
    pub note: String,
}

/// The forecast after one more week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OutlookPart {
    /// The week; null where the plan has no calendar, and the week is the next seven days.
    pub week: Option<u32>,
    /// Items finished in it.
    pub items: usize,
    /// Those of them that are planned for it.
    pub due: usize,
    /// Those of them that were planned before.
    pub left_over: usize,
    /// The day reached with a chance of one half; null when later than a year.
    pub p50: Option<String>,
}

/// Health.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HealthPart {
    /// As people report it, week by week.
    pub reported: Vec<ReportedPart>,
    /// As computed.
    pub delivery: DeliveryPart,
}

/// Health reported for a week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportedPart {
    /// The week.
    pub week: u32,
    /// The day.
    pub date: Option<String>,
    /// The value, 0 to 100.
    pub value: Option<f64>,
    /// The target.
    pub target: Option<f64>,
}

/// The delivery index.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeliveryPart {
    /// The mean of the known parts, 0 to 100; nothing with fewer than two.
    pub value: Option<f64>,
    /// The colour of the worst part: `green`, `amber` or `red`; `green` only where there is a value.
    pub rag: Option<String>,
    /// The parts.
    pub parts: Vec<DeliveryPartPart>,
}

/// A part of the delivery index.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeliveryPartPart {
    /// The name.
    pub name: String,
    /// The value, 0 to 100.
    pub value: Option<f64>,
    /// The colour.
    pub rag: Option<String>,
    /// How it is computed, with its inputs.
    pub formula: String,
}

/// A gate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GatePart {
    /// The name in its heading.
    pub name: String,
    /// `day`, `week`, `phase` or `launch`.
    pub kind: String,
    /// The number of its phase.
    pub phase: Option<u32>,
    /// Its week.
    pub week: Option<u32>,
    /// The day by which it is to be decided.
    pub due: Option<String>,
    /// `not_ready`, `incomplete`, `awaiting_sign_off` or `ready`; never a decision.
    pub status: String,
    /// Items planned to end by its day that are not done.
    pub open_items: usize,
    /// The chance that they are done by then, 0 to 1; null where there is no forecast, none is open, or the day is past.
    pub chance: Option<f64>,
    /// What people decided.
    pub decision: Option<DecisionPart>,
    /// The line.
    pub line: u32,
    /// What must be true.
    pub criteria: Vec<CriterionPart>,
}

/// What people decided at a gate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionPart {
    /// `GO`, `NO-GO` or `CONDITIONAL`.
    pub verdict: String,
    /// The day.
    pub date: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// The line.
    pub line: u32,
}

/// Something that must be true at a gate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CriterionPart {
    /// The words.
    pub text: String,
    /// The list it stands in: `exit`, `review` or `gate`.
    pub kind: String,
    /// How it is judged: `count`, `metric`, `proxy` or `manual`.
    pub class: String,
    /// `met`, `not_met`, `needs_sign_off`, `unknown` or `waived`.
    pub state: String,
    /// On what the state rests.
    pub evidence: String,
    /// Why it cannot be met by what is planned before the gate.
    pub off_plan: Option<String>,
    /// The line.
    pub line: u32,
}

/// A metric.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MetricPart {
    /// The name as written.
    pub name: String,
    /// The unit of its target or of its first value.
    pub unit: Option<String>,
    /// The value when the plan was made.
    pub current: Option<CellPart>,
    /// The value to be reached.
    pub target: Option<CellPart>,
    /// The value to be reached by the end of each week.
    pub targets: Vec<WeekCellPart>,
    /// The measured values.
    pub actuals: Vec<ActualPart>,
    /// The line.
    pub line: u32,
}

/// A cell of a metrics table.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CellPart {
    /// The words as written.
    pub text: String,
    /// `<`, `<=`, `>` or `>=`.
    pub comparator: Option<String>,
    /// The number.
    pub value: Option<f64>,
    /// The unit, such as `%`, `ms` or `per_day`.
    pub unit: Option<String>,
    /// Whether the number is written as a rough one.
    pub approximate: bool,
}

/// A cell of a metrics table for a week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WeekCellPart {
    /// The week.
    pub week: u32,
    /// The cell.
    #[serde(flatten)]
    pub cell: CellPart,
}

/// A measured value.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ActualPart {
    /// The week; nothing for a standup of a day in no week of the plan.
    pub week: Option<u32>,
    /// The day it speaks for.
    pub date: String,
    /// `standup` or `measured`.
    pub kind: String,
    /// The value.
    pub value: f64,
    /// The file.
    pub path: String,
    /// The line.
    pub line: u32,
}

/// A standup.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StandupPart {
    /// The week, as written or as the day says; nothing for a day in no week of the plan.
    pub week: Option<u32>,
    /// The day it speaks for.
    pub date: String,
    /// What was finished.
    pub done: Vec<EntryPart>,
    /// What is being done.
    pub in_progress: Vec<EntryPart>,
    /// What is held up.
    pub blocked: Vec<EntryPart>,
    /// What comes next.
    pub next: Vec<EntryPart>,
    /// What worries the team.
    pub risks: Vec<EntryPart>,
    /// What is to be decided, or was.
    pub decisions: Vec<EntryPart>,
    /// What was measured, as written, by name.
    pub metrics: BTreeMap<String, String>,
    /// The file.
    pub path: String,
}

/// A line of a standup.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntryPart {
    /// The IDs it begins with.
    pub ids: Vec<String>,
    /// The words behind them.
    pub text: String,
    /// How much is done, 0 to 100.
    pub percent: Option<f64>,
    /// What holds it up.
    pub reason: Option<String>,
    /// Who says it, where the standup has a heading for each person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The line.
    pub line: u32,
}
