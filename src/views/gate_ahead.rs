//! The gate that comes next, and those of its criteria that are shown: the dashboard and the mail say the same of it.

use super::Desk;
use crate::analysis::{Finding, GateReview};
use crate::model::{Criterion, CriterionKind, Gate};

/// Returns the first gate of a phase, or of the plan, that is neither past nor decided, with its place in the plan.
#[must_use]
pub fn next<'a>(desk: &Desk<'a>) -> Option<(usize, &'a Gate, &'a GateReview)> {
    let gates = desk.plan().gates.iter().zip(&desk.analysis().gates).enumerate();
    let big = gates.filter(|(_, (gate, _))| gate.kind.is_big() && gate.decision_by(desk.as_of()).is_none());
    let ahead = big.filter(|(_, (_, it))| it.days_left.is_some());
    ahead.min_by_key(|(at, (gate, _))| (gate.due, *at)).map(|(at, (gate, review))| (at, gate, review))
}

/// Returns the exit criteria of a gate, where it has some; else all.
#[must_use]
pub fn shown<'a>(gate: &'a Gate, review: &'a GateReview) -> Vec<(&'a Criterion, &'a Finding)> {
    let all = || gate.criteria.iter().zip(&review.findings);
    let exit: Vec<_> = all().filter(|(it, _)| it.kind == CriterionKind::Exit).collect();
    if exit.is_empty() { all().collect() } else { exit }
}
