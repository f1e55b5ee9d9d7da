//! What phases are called on pages: phases, milestones, sprints, or parts where they are of several kinds.

use crate::model::{Phase, PhaseKind, Plan};

/// Returns the noun for the phases of a plan: what they all are, or "part" where they differ.
#[must_use]
pub fn noun(plan: &Plan) -> &'static str {
    let mut kinds = plan.phases.iter().map(|it| it.kind);
    match kinds.next() {
        None => PhaseKind::Phase.word(),
        Some(first) if kinds.all(|it| it == first) => first.word(),
        Some(_) => "part",
    }
}

/// Returns what stands for a phase below the noun of its plan: the number where that is enough, else its label.
#[must_use]
pub fn cell(plan: &Plan, phase: &Phase) -> String {
    let is_enough = phase.kind.is_numbered() && noun(plan) == phase.kind.word();
    if is_enough { phase.number.to_string() } else { phase.label() }
}

/// Returns what stands for a phase on a chart: "1  Critical Fixes".
#[must_use]
pub fn on_chart(plan: &Plan, phase: &Phase) -> String {
    let cell = cell(plan, phase);
    if phase.name.is_empty() || phase.name == phase.label() { phase.label() } else { format!("{cell}  {}", phase.name) }
}
