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

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(phases: &[(PhaseKind, u32, &str)]) -> Plan {
        let file = crate::text::SourceFile::new("roadmap.md", Vec::new());
        let place = file.place(crate::text::Span::new(0, 0));
        let (weeks, goal, lead, health_target, gate, start, end) = (None, None, None, None, None, None, None);
        let blank = Phase {
            kind: PhaseKind::Phase,
            number: 1,
            name: String::new(),
            weeks,
            goal,
            lead,
            health_target,
            gate,
            place,
            start,
            end,
            tag: None,
            named_start: None,
            named_end: None,
            stated: None,
        };
        let phase =
            |it: &(PhaseKind, u32, &str)| Phase { kind: it.0, number: it.1, name: it.2.to_owned(), ..blank.clone() };
        Plan { phases: phases.iter().map(phase).collect(), ..Plan::default() }
    }

    fn words(plan: &Plan) -> Vec<String> {
        let phase = |it: &Phase| format!("{} | {}", cell(plan, it), on_chart(plan, it));
        std::iter::once(noun(plan).to_owned()).chain(plan.phases.iter().map(phase)).collect()
    }

    #[test]
    fn phases_are_called_what_the_plan_calls_them() {
        let one_kind = plan(&[(PhaseKind::Milestone, 1, "Ground"), (PhaseKind::Milestone, 2, "Milestone 2")]);
        assert_eq!(words(&one_kind), ["milestone", "1 | 1  Ground", "2 | Milestone 2"]);
        let mixed = plan(&[(PhaseKind::Version, 1, "v1.2"), (PhaseKind::Sprint, 4, "Walls")]);
        assert_eq!(words(&mixed), ["part", "v1.2 | v1.2", "Sprint 4 | Sprint 4  Walls"]);
        assert_eq!(words(&Plan::default()), ["phase"]);
    }
}
