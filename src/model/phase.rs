//! Phases, and what plays the part of them: milestones, sprints, versions, quarters, sections.

use super::{Located, State};
use crate::calendar::{Day, Week};
use crate::phrase::capitalise;
use crate::prose::Prose;
use crate::text::Place;

/// What a part of a plan is called, where it plays the part of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PhaseKind {
    /// A phase.
    #[default]
    Phase,
    /// A stage.
    Stage,
    /// A milestone with the work towards it.
    Milestone,
    /// A sprint.
    Sprint,
    /// A version.
    Version,
    /// A quarter or half of a year.
    Quarter,
    /// A month.
    Month,
    /// A section that is called nothing of that kind.
    Section,
}

impl PhaseKind {
    /// Returns the kind as a noun in a sentence.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Phase => "phase",
            Self::Stage => "stage",
            Self::Milestone => "milestone",
            Self::Sprint => "sprint",
            Self::Version => "version",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Section => "section",
        }
    }

    /// Says whether phases of this kind are called by their number.
    #[must_use]
    pub const fn is_numbered(self) -> bool {
        matches!(self, Self::Phase | Self::Milestone | Self::Stage | Self::Sprint)
    }
}

/// A phase of the plan, or what plays the part of one.
#[derive(Debug, Clone)]
pub struct Phase {
    /// What it is called.
    pub kind: PhaseKind,
    /// The number in its heading, or its place among the phases.
    pub number: u32,
    /// What it is called instead of its kind and number, such as "v1.2" or "Q3 2025".
    pub tag: Option<String>,
    /// The name in its heading.
    pub name: String,
    /// The first and the last week.
    pub weeks: Option<(Week, Week)>,
    /// What it is for.
    pub goal: Option<Located<Prose>>,
    /// Who leads it, as written; that is no owner of its tasks.
    pub lead: Option<Located<String>>,
    /// The reported health it aims at, 0 to 100.
    pub health_target: Option<Located<f64>>,
    /// The short name of its gate in the phase table.
    pub gate: Option<String>,
    /// Where its heading stands.
    pub place: Place,
    /// The first day that its heading, a line below it or a table names.
    pub named_start: Option<Day>,
    /// The last day that its heading, a line below it or a table names.
    pub named_end: Option<Day>,
    /// The state that its heading states: a claim, shown beside what follows from its tasks.
    pub stated: Option<State>,
    /// Its first day.
    pub start: Option<Day>,
    /// Its last working day; the last day where it is named.
    pub end: Option<Day>,
}

impl Phase {
    /// Makes a phase of which nothing but its heading is known. Without a name it is named as it is called.
    #[must_use]
    pub fn new(kind: PhaseKind, number: u32, tag: Option<String>, name: String, place: Place) -> Self {
        let mut phase = Self {
            kind,
            number,
            tag,
            name,
            weeks: None,
            goal: None,
            lead: None,
            health_target: None,
            gate: None,
            place,
            named_start: None,
            named_end: None,
            stated: None,
            start: None,
            end: None,
        };
        if phase.name.is_empty() {
            phase.name = phase.label();
        }
        phase
    }

    /// Returns what it is called: "Phase 2", "Milestone 3", "v1.2", "Q3 2025"; a section by its name.
    #[must_use]
    pub fn label(&self) -> String {
        match (&self.tag, self.kind) {
            (Some(tag), _) => tag.clone(),
            (None, kind) if kind.is_numbered() => format!("{} {}", capitalise(kind.word()), self.number),
            (None, _) => self.name.clone(),
        }
    }

    /// Returns what it is called within a sentence: "phase 2", "milestone 3", "v1.2"; a section in quotes.
    #[must_use]
    pub fn label_in_sentence(&self) -> String {
        match (&self.tag, self.kind) {
            (Some(tag), _) => tag.clone(),
            (None, PhaseKind::Section) => format!("“{}”", self.name),
            (None, kind) if kind.is_numbered() => format!("{} {}", kind.word(), self.number),
            (None, _) => self.name.clone(),
        }
    }

    /// Returns what it is called, and its name behind: "Phase 2: Name".
    #[must_use]
    pub fn full_label(&self) -> String {
        let label = self.label();
        if self.name.is_empty() || self.name == label { label } else { format!("{label}: {}", self.name) }
    }
}
