//! Labels in strong type, such as `**Day 1-2 Deliverables:**` or `**Goal:** …`.

use crate::model::GateKind;

/// What a label announces.
#[derive(Debug, Clone, PartialEq)]
pub enum Label {
    /// A list of deliverables; the words that say of what, such as "Day 1-2".
    Deliverables(String),
    /// A list of exit criteria.
    ExitCriteria,
    /// A gate: its name for day and week gates, and what it closes, where the label says so.
    Gate(String, Option<GateKind>),
    /// What was decided at the gate before.
    GateDecision,
    /// What a phase is for.
    Goal,
    /// The day the plan was made.
    Date,
    /// The first day of the plan.
    Start,
    /// The target launch.
    Target,
    /// The length of the plan.
    Timeline,
    /// The total effort.
    Effort,
    /// Something else.
    Other,
}

/// Reads the words of a label, without its colon.
#[must_use]
pub fn label(words: &str) -> Label {
    let words = words.trim().trim_end_matches([':', '：']).trim_start_matches(|it: char| !it.is_alphanumeric()).trim();
    let lower = words.to_lowercase();
    if let Some(scope) = lower.strip_suffix("deliverables") {
        return Label::Deliverables(words.get(..scope.len()).unwrap_or_default().trim().to_owned());
    }
    if ["exit criteria", "success criteria", "acceptance criteria"].iter().any(|it| lower.ends_with(it)) {
        return Label::ExitCriteria;
    }
    if lower.ends_with("gate decision") {
        return Label::GateDecision;
    }
    if lower == "gate" || lower.ends_with(" gate") {
        return Label::Gate(words.to_owned(), gate_kind(&lower));
    }
    match lower.as_str() {
        "goal" | "objective" => Label::Goal,
        "generated" | "created" | "date" | "last updated" | "updated" => Label::Date,
        "start" | "start date" | "kick-off" | "kickoff" => Label::Start,
        "target launch" | "target" | "target date" | "launch" | "launch date" | "deadline" | "due" | "due date" => {
            Label::Target
        }
        "timeline" | "duration" | "length" => Label::Timeline,
        "total effort" | "effort" | "estimated effort" => Label::Effort,
        _ => Label::Other,
    }
}

fn gate_kind(lower: &str) -> Option<GateKind> {
    let first = lower.split_whitespace().next().unwrap_or_default();
    match first {
        "day" => Some(GateKind::Day),
        "week" => Some(GateKind::Week),
        "launch" | "release" => Some(GateKind::Launch),
        "phase" | "go/no-go" => Some(GateKind::Phase),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_the_source_roadmap() {
        assert_eq!(label("Day 1-2 Deliverables:"), Label::Deliverables("Day 1-2".into()));
        assert_eq!(label("Phase 1 Exit Criteria:"), Label::ExitCriteria);
        assert_eq!(label("🚦 GO/NO-GO GATE:"), Label::Gate("GO/NO-GO GATE".into(), Some(GateKind::Phase)));
        assert_eq!(label("🚦 LAUNCH GATE:"), Label::Gate("LAUNCH GATE".into(), Some(GateKind::Launch)));
        assert_eq!(label("Day 2 Gate:"), Label::Gate("Day 2 Gate".into(), Some(GateKind::Day)));
        assert_eq!(label("Gates:"), Label::Other);
        assert_eq!(label("Gate Decision:"), Label::GateDecision);
    }
}
