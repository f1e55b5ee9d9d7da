//! The parts of the report that come from the plan alone.

use schemars::JsonSchema;
use serde::Serialize;

/// The plan's frame.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanPart {
    /// The title.
    pub title: String,
    /// The Monday of week 1.
    pub start: Option<String>,
    /// How the start was found, in words.
    pub start_rule: Option<String>,
    /// The target launch.
    pub target: Option<String>,
    /// The number of weeks.
    pub weeks: Option<u32>,
    /// The total effort that the plan declares, in days.
    pub declared_effort_days: Option<f64>,
    /// The day from which marks in the roadmap count, since no earlier version of it is known.
    pub marks_from: Option<String>,
    /// The phases.
    pub phases: Vec<PhasePart>,
    /// The parts of weeks.
    pub blocks: Vec<BlockPart>,
}

/// A phase.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PhasePart {
    /// What it is: `phase`, `stage`, `milestone`, `sprint`, `version`, `quarter`, `month`, or `section` for a heading that only
    /// plays the part of one.
    pub kind: String,
    /// What it is called, such as "Phase 2", "v1.2" or "Q3 2025".
    pub label: String,
    /// The state that its heading states: a claim, not what follows from its tasks.
    pub stated_state: Option<String>,
    /// The number.
    pub number: u32,
    /// The name in its heading.
    pub name: String,
    /// The first and the last week.
    pub weeks: Option<(u32, u32)>,
    /// What it is for.
    pub goal: Option<String>,
    /// The reported health it aims at, 0 to 100.
    pub health_target: Option<f64>,
    /// The short name of its gate in the phase table.
    pub gate: Option<String>,
    /// Its first day.
    pub start: Option<String>,
    /// Its last working day.
    pub end: Option<String>,
    /// The line of its heading.
    pub line: u32,
}

/// A part of a week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BlockPart {
    /// The week.
    pub week: Option<u32>,
    /// The name.
    pub name: String,
    /// Its first day.
    pub start: Option<String>,
    /// Its last day.
    pub end: Option<String>,
    /// The line of its heading.
    pub line: u32,
}

/// A promised result.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeliverablePart {
    /// The label of its list, such as "Day 1-2".
    pub scope: String,
    /// The words.
    pub text: String,
    /// The line.
    pub line: u32,
}

/// A risk.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RiskPart {
    /// The severity as written.
    pub severity: String,
    /// The words.
    pub title: String,
    /// How likely it is, as written, where the plan says that besides the severity.
    pub likelihood: Option<String>,
    /// What is done against it.
    pub mitigation: Option<String>,
    /// Whether a standup says that it has happened.
    pub happened: bool,
    /// The weeks whose standups name it.
    pub weeks: Vec<u32>,
    /// The line.
    pub line: u32,
}

/// A team.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TeamPart {
    /// The name as written.
    pub name: String,
    /// Its strength by weeks.
    pub fte: Vec<FtePart>,
    /// What is asked of it, week by week.
    pub load: Vec<LoadPart>,
    /// The line.
    pub line: u32,
}

/// A team's strength in some weeks.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FtePart {
    /// The first and the last week; nothing for all weeks.
    pub weeks: Option<(u32, u32)>,
    /// Full-time equivalents.
    pub fte: f64,
}

/// What is asked of a team in a week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LoadPart {
    /// The week.
    pub week: u32,
    /// Days of work planned.
    pub planned_days: f64,
    /// Days of work that are there.
    pub capacity_days: f64,
}

/// The budget.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BudgetPart {
    /// The posts.
    pub items: Vec<BudgetItemPart>,
    /// The declared total, spent once.
    pub one_time: Option<f64>,
    /// The declared running cost of a month.
    pub monthly: Option<f64>,
    /// The currency.
    pub currency: Option<String>,
}

/// A post of the budget.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BudgetItemPart {
    /// The name.
    pub name: String,
    /// The amount.
    pub amount: f64,
    /// The currency.
    pub currency: String,
    /// The line.
    pub line: u32,
}
