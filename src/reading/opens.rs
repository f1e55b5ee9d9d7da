//! What a heading can open.

use crate::calendar::{Day, Week};
use crate::model::PhaseKind;
use chrono::Weekday;

/// What a heading opens.
#[derive(Debug, Clone, PartialEq)]
pub enum Heading {
    /// A phase, or what plays the part of one.
    Phase(PhaseName),
    /// A week, or several that one heading holds: the first, the last, and the name.
    Week(Week, Week, String),
    /// A part of a week.
    Block(BlockDays),
    /// A task that is called one: "Task 3: …". A step is one only where something says its state.
    Task(Called),
    /// A topic of a phase that has been named before, as in "Phase 1 Exit Criteria" or "Phase 1 Checklist".
    OfPhase(PhaseName, Box<Self>),
    /// A gate, with a list of what must be true below it.
    Gate,
    /// A list of what must be true.
    Criteria,
    /// A list of promised results.
    Deliverables,
    /// Risks of one severity, or of none.
    Risks(Option<String>),
    /// Teams and their strength.
    Team,
    /// What the plan costs.
    Budget,
    /// Something else.
    Other,
}

impl Heading {
    /// Says whether a list of what must be true stands below it, of a phase or not.
    #[must_use]
    pub fn is_criteria(&self) -> bool {
        match self {
            Self::Criteria => true,
            Self::OfPhase(_, topic) => topic.is_criteria(),
            _ => false,
        }
    }
}

/// What a heading says of a phase.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PhaseName {
    /// What it is called.
    pub kind: PhaseKind,
    /// Its number.
    pub number: Option<u32>,
    /// What it is called instead of its number.
    pub tag: Option<String>,
    /// Its name; may be empty.
    pub name: String,
    /// Its days, where its name tells them.
    pub dates: Option<(Day, Day)>,
    /// A symbol between its number and its name.
    pub sign: Option<char>,
}

/// How surely a heading is a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    /// "Task 3".
    Task,
    /// "Step 3": a task, or an instruction.
    Step,
}

/// The days of a block, as its heading names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockDays {
    /// Days of the week, first and last.
    Weekdays(Weekday, Weekday),
    /// A numbered day and how many days from it on.
    Numbered(u32, u32),
    /// Days of the calendar, first and last.
    Dates(Day, Day),
}
