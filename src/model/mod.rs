//! What a plan and its standups mean, as plain data.

mod cell;
mod decision;
mod gate;
mod measured;
mod phase;
mod plan;
mod standup;
mod task;
mod task_ids;
mod unit;

pub use self::cell::{Cell, CellKind, Comparator, Metric};
pub use self::decision::{AskedDecision, SaidDay, Settled};
pub use self::gate::{Criterion, CriterionKind, Decision, Gate, GateKind, SignOff, Waiver};
pub use self::measured::MeasuredValue;
pub use self::phase::{Phase, PhaseKind};
pub use self::plan::{
    Block, Budget, BudgetItem, Deliverable, FileFacts, Header, Located, Plan, Risk, Schedule, StartRule, Team,
    TeamPeriod, WeekPlan,
};
pub use self::standup::{Entry, Standup, StandupMetric, WrittenDay};
pub use self::task::{Said, Segment, State, Tally, Task};
pub use self::task_ids::{TaskIds, compare_ids};
pub use self::unit::{currency, currency_before, in_unit, is_known_unit, kind_of_unit, with_unit};
