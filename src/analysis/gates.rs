//! Gates: whether each can be passed. What people decide is kept apart, and never changes what is computed.

use super::criteria::{CriterionState, Facts, Finding, judge};
use super::metrics::MetricReview;
use crate::history::History;

/// A gate of the plan, by its place there, judged.
#[derive(Debug, Clone)]
pub struct GateReview {
    /// Whether it can be passed.
    pub readiness: Readiness,
    /// What was found of each criterion, in the order of the gate's.
    pub findings: Vec<Finding>,
    /// Working days until it is due, when it is.
    pub days_left: Option<usize>,
    /// Working days since it was due, when it has no decision.
    pub days_overdue: Option<usize>,
}

/// Whether a gate can be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Some criterion is not met.
    NotReady,
    /// Of some criterion nothing is known.
    Incomplete,
    /// People have to sign.
    AwaitingSignOff,
    /// Everything is met, signed or waived.
    Ready,
}

impl Readiness {
    /// Returns the readiness' name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotReady => "not_ready",
            Self::Incomplete => "incomplete",
            Self::AwaitingSignOff => "awaiting_sign_off",
            Self::Ready => "ready",
        }
    }
}

impl GateReview {
    /// Counts the criteria in a state.
    #[must_use]
    pub fn count(&self, state: CriterionState) -> usize {
        self.findings.iter().filter(|it| it.state == state).count()
    }
}

/// Judges every gate of the plan on the day asked for.
#[must_use]
pub fn gates(history: &History, metrics: &[MetricReview]) -> Vec<GateReview> {
    let facts = Facts::new(history, metrics);
    let working = history.plan.schedule.as_ref().map(|it| &it.calendar.working);
    let review = |gate: &crate::model::Gate| {
        let findings: Vec<Finding> = gate.criteria.iter().map(|it| judge(it, gate, &facts)).collect();
        let between = |day, last| working.map(|it| it.count_after(day, last));
        let decided = gate.decision_by(history.as_of).is_some();
        let overdue = gate.due.filter(|due| *due < history.as_of && !decided);
        let ahead = gate.due.filter(|due| history.as_of <= *due);
        GateReview {
            readiness: readiness(&findings),
            findings,
            days_left: ahead.and_then(|due| between(history.as_of, due)),
            days_overdue: overdue.and_then(|due| between(due, history.as_of)),
        }
    };
    history.plan.gates.iter().map(review).collect()
}

fn readiness(findings: &[Finding]) -> Readiness {
    let any = |state| findings.iter().any(|it| it.state == state);
    if any(CriterionState::NotMet) {
        Readiness::NotReady
    } else if any(CriterionState::Unknown) || findings.is_empty() {
        Readiness::Incomplete
    } else if any(CriterionState::NeedsSignOff) {
        Readiness::AwaitingSignOff
    } else {
        Readiness::Ready
    }
}
