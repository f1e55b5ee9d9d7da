//! Small parts that pages share: links to sources, states as marks, tasks by name.

use super::charts::Look;
use super::wording;
use crate::analysis::CriterionState;
use crate::history::TaskState;
use crate::model::State;
use serde::Serialize;

/// A link to the line that a figure was read from.
#[derive(Debug, Clone, Serialize)]
pub struct Src {
    /// File and line, such as "roadmap.md:156".
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// What a change does to what stands there, in a preview: "criterion changed".
    pub changed: Option<String>,
}

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The words.
    pub text: String,
    /// Where it leads; empty for words without a link.
    pub href: String,
}

/// A state: a shape, a word, and then a colour.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// How it stands, for the colour.
    pub look: Look,
    /// The shape: ok, warn, bad, blocked, live, todo or sign.
    pub icon: &'static str,
    /// The word.
    pub text: String,
    /// A figure behind the word, such as "80%".
    pub small: Option<String>,
}

impl Mark {
    /// Makes a mark with the shape that belongs to its look.
    #[must_use]
    pub fn new(look: Look, text: impl Into<String>) -> Self {
        let icon = match look {
            Look::Ok => "ok",
            Look::Warn => "warn",
            Look::Bad => "bad",
            Look::Live => "live",
            Look::Plain => "todo",
        };
        Self { look, icon, text: text.into(), small: None }
    }

    /// Makes a mark of another shape.
    #[must_use]
    pub fn shaped(look: Look, icon: &'static str, text: impl Into<String>) -> Self {
        Self { look, icon, text: text.into(), small: None }
    }

    /// Makes the mark of a criterion's state.
    #[must_use]
    pub fn of_criterion(state: CriterionState) -> Self {
        match state {
            CriterionState::Met => Self::new(Look::Ok, "Met"),
            CriterionState::NotMet => Self::new(Look::Bad, "Not met"),
            CriterionState::NeedsSignOff => Self::shaped(Look::Warn, "sign", "Needs sign-off"),
            CriterionState::Unknown => Self::new(Look::Plain, "Not known"),
            CriterionState::Waived => Self::new(Look::Plain, "Waived"),
        }
    }

    /// Makes the mark of a task's state.
    #[must_use]
    pub fn of_state(it: &TaskState<'_>) -> Self {
        let small = it.percent.map(wording::percent);
        let mark = match it.state {
            State::Todo => Self::new(Look::Plain, "To do"),
            State::InProgress => Self::new(Look::Live, "In progress"),
            State::Blocked => Self::shaped(Look::Bad, "blocked", "Blocked"),
            State::Done => Self::new(Look::Ok, "Done"),
            State::Dropped => Self::shaped(Look::Plain, "blocked", "Dropped"),
        };
        Self { small, ..mark }
    }

    /// Returns the mark in words, such as "Blocked 80%".
    #[must_use]
    pub fn words(&self) -> String {
        self.small.as_ref().map_or_else(|| self.text.clone(), |small| format!("{} {small}", self.text))
    }
}

/// A figure with its label.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: String,
    /// What it stands beside, or what to know about it; may be empty.
    pub note: String,
}

impl Fact {
    /// Makes a fact.
    #[must_use]
    pub fn new(label: &str, value: impl Into<String>, note: impl Into<String>) -> Self {
        Self { label: label.to_owned(), value: value.into(), note: note.into() }
    }
}

/// A task by name.
#[derive(Debug, Clone, Serialize)]
pub struct TaskRef {
    /// The ID.
    pub id: Option<String>,
    /// The title, as HTML.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its state.
    pub mark: Mark,
    /// "3 days late".
    pub late: Option<String>,
    /// What a change does to it, in a preview: "moved".
    pub changed: Option<String>,
}
