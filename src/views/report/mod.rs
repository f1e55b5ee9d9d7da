//! The machine-readable report: structs of its own, versioned. Within a major version fields are only added.
//!
//! Percentages are 0 to 100, probabilities 0 to 1, days ISO dates, effort and load in working days.

mod decisions;
mod depends;
mod make;
mod past;
mod plan;
mod work;

pub use self::decisions::{DecidedPart, DecisionReviewPart, MentionPart};
pub use self::depends::{ChainPart, DependenciesPart, EndangeredPart, NeedPart};
pub use self::make::report;
pub(in crate::views) use self::make::{forecast, items};
pub use self::past::{BaselinePart, HistoryPart, PastForecastPart, ScopeChangePart, ScorePart};
pub use self::plan::{BlockPart, BudgetItemPart, BudgetPart, DeliverablePart, PhasePart, PlanPart, RiskPart, TeamPart};
pub use self::work::{
    BurndownPart, CellPart, CriterionPart, DecisionPart, DeliveryPart, EntryPart, EvidencePart, ForecastPart, GatePart,
    HealthPart, ItemsPart, MetricPart, OutlookPart, ProgressPart, StandupPart, TaskPart,
};

use crate::diagnostic::DiagnosticPart;
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the report's shape.
pub const SCHEMA_VERSION: &str = "1.0";

/// A plan on one day.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "roadbook report")]
pub struct Report {
    /// The version of this shape: within a major version fields are only added.
    pub schema_version: String,
    /// The program that made the report.
    pub generator: Generator,
    /// The day the report is made for.
    pub as_of: String,
    /// The plan itself.
    pub plan: PlanPart,
    /// The tasks, in the order of their first lines.
    pub tasks: Vec<TaskPart>,
    /// What is done.
    pub progress: ProgressPart,
    /// What is open, day by day.
    pub burndown: BurndownPart,
    /// When the plan may be finished.
    pub forecast: ForecastPart,
    /// What the forecast would be after one more week: with all done that is due in it or left over, and with half of it. Empty without
    /// a forecast.
    pub outlook: Vec<OutlookPart>,
    /// What depends on what.
    pub dependencies: DependenciesPart,
    /// How the plan got here.
    pub history: HistoryPart,
    /// Health as reported, and as computed.
    pub health: HealthPart,
    /// The gates, in order.
    pub gates: Vec<GatePart>,
    /// The rows of the metrics tables.
    pub metrics: Vec<MetricPart>,
    /// Promised results.
    pub deliverables: Vec<DeliverablePart>,
    /// The risks.
    pub risks: Vec<RiskPart>,
    /// The teams.
    pub team: Vec<TeamPart>,
    /// The budget.
    pub budget: BudgetPart,
    /// The standups up to the day, oldest first.
    pub standups: Vec<StandupPart>,
    /// The decisions that standups ask for: open ones first, of those what is overdue, then by the day they are due, then by age.
    pub decisions: Vec<DecisionReviewPart>,
    /// The files read.
    pub files: Vec<FilePart>,
    /// What is wrong with plan and standups.
    pub diagnostics: Vec<DiagnosticPart>,
}

/// The program that made the report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Generator {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Generator {
    /// Names this program.
    #[must_use]
    pub fn this() -> Self {
        Self { name: "roadbook".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// A file that was read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FilePart {
    /// Its path, relative to the project.
    pub path: String,
    /// `roadmap`, `standup` or `measured`.
    pub kind: String,
    /// The checkboxes that GitHub's Markdown sees.
    pub checkboxes: CheckboxesPart,
    /// Damaged symbols that were repaired.
    pub repaired_characters: usize,
    /// Checkboxes that are neither task, subtask nor sign-off.
    pub not_understood: Vec<LinePart>,
}

/// Checkboxes counted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckboxesPart {
    /// All of them.
    pub total: usize,
    /// The ticked ones.
    pub checked: usize,
}

/// A line of a file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LinePart {
    /// The line, counted from 1.
    pub line: u32,
    /// Its text.
    pub text: String,
}
