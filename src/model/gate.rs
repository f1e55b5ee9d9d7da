//! Gates: what must be true before the plan goes on.

use crate::calendar::{Day, Week};
use crate::prose::Prose;
use crate::text::Place;

/// A point at which people decide whether the plan goes on.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The name in its heading, such as "Staging Deployment Approval" or "Day 2 Gate".
    pub name: String,
    /// The name for small places: the one in the phase table, or the name.
    pub short: String,
    /// What it closes.
    pub kind: GateKind,
    /// The phase it belongs to, by its place in the plan.
    pub phase: Option<usize>,
    /// The week it belongs to.
    pub week: Option<Week>,
    /// The day by which it is to be decided.
    pub due: Option<Day>,
    /// What must be true.
    pub criteria: Vec<Criterion>,
    /// What people decided.
    pub decision: Option<Decision>,
    /// Criteria that people set aside.
    pub waivers: Vec<Waiver>,
    /// Where it stands.
    pub place: Place,
}

impl Gate {
    /// Returns its short name as a gate's: "Staging" is the "Staging gate", and a name that has the word needs no other.
    #[must_use]
    pub fn short_as_gate(&self) -> String {
        let has_word = self.short.split(|it: char| !it.is_alphanumeric()).any(|it| it.eq_ignore_ascii_case("gate"));
        if has_word { self.short.clone() } else { format!("{} gate", self.short) }
    }

    /// Returns what people had decided by a day.
    #[must_use]
    pub fn decision_by(&self, day: Day) -> Option<&Decision> {
        self.decision.as_ref().filter(|it| it.date.is_none_or(|date| date <= day))
    }
}

/// What a gate closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GateKind {
    /// A day or a few.
    Day,
    /// A week.
    Week,
    /// A phase.
    Phase,
    /// The plan.
    Launch,
}

impl GateKind {
    /// Says whether the gate closes a phase or the plan, rather than a day or a week.
    #[must_use]
    pub const fn is_big(self) -> bool {
        matches!(self, Self::Phase | Self::Launch)
    }

    /// Returns the kind's name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Phase => "phase",
            Self::Launch => "launch",
        }
    }
}

/// Something that must be true.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// The words, without a leading tick.
    pub text: Prose,
    /// Which list it stands in.
    pub kind: CriterionKind,
    /// Whether its box is ticked; a tick without name and date signs nothing.
    pub ticked: bool,
    /// Who signed it, and when.
    pub sign_off: Option<SignOff>,
    /// Where it stands.
    pub place: Place,
}

/// Which list a criterion stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CriterionKind {
    /// The exit criteria of a phase.
    Exit,
    /// The review list below a gate.
    Review,
    /// The gate's own line.
    Gate,
}

impl CriterionKind {
    /// Returns the kind's name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exit => "exit",
            Self::Review => "review",
            Self::Gate => "gate",
        }
    }
}

/// A name and a day that stand for a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// Who signed.
    pub name: String,
    /// When.
    pub date: Day,
}

/// What people decided at a gate.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The word as written, in capitals: GO, NO-GO or CONDITIONAL.
    pub verdict: String,
    /// When.
    pub date: Option<Day>,
    /// Who.
    pub by: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A criterion that people set aside.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The words of the criterion.
    pub text: String,
    /// Who signed, and when.
    pub sign_off: SignOff,
    /// The last day on which it holds.
    pub until: Option<Day>,
    /// Why.
    pub reason: Option<String>,
    /// Where it stands.
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_called_one_once() {
        let file = crate::text::SourceFile::new("roadmap.md", Vec::new());
        let called = |short: &str| Gate {
            name: String::new(),
            short: short.to_owned(),
            kind: GateKind::Phase,
            phase: None,
            week: None,
            due: None,
            criteria: Vec::new(),
            decision: None,
            waivers: Vec::new(),
            place: file.place(crate::text::Span::new(0, 0)),
        };
        assert_eq!(called("Staging").short_as_gate(), "Staging gate");
        assert_eq!(called("Gate 1: payments work").short_as_gate(), "Gate 1: payments work");
        assert_eq!(called("GO/NO-GO GATE").short_as_gate(), "GO/NO-GO GATE");
        assert_eq!(called("Delegates").short_as_gate(), "Delegates gate");
    }
}
