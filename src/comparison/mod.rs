//! What differs between two states of a plan, by meaning, and what follows from it.

mod choices;
mod effects;
mod figures;
mod firmness;
mod gate_effects;
mod gates;
mod head;
mod kinds;
mod order;
mod parts;
mod reasons;
mod said;
mod standups;
mod still;
mod task_words;
mod tasks;
mod thing;
mod tokens;
mod words;

pub use self::figures::{Figures, Load, Shift, figures};
pub use self::firmness::{Firmness, firmness};
pub use self::gate_effects::{GateEffect, GateNews};
pub use self::kinds::{Kind, Subject};
pub use self::said::{Piece, Said};

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostic;
use crate::history::{History, same_tasks};
use crate::settings::Settings;
use crate::text::Place;

/// A plan as one side of a comparison has it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What is known.
    pub history: &'a History,
    /// What follows from it.
    pub analysis: &'a Analysis,
    /// What is wrong, sorted.
    pub diagnostics: &'a [Diagnostic],
    /// The project's choices.
    pub settings: &'a Settings,
}

/// The same of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Both<T> {
    /// As it was.
    pub before: T,
    /// As it is after the change.
    pub after: T,
}

impl<T> Both<T> {
    /// Says something of both sides.
    pub fn map<U>(self, words: impl Fn(T) -> U) -> Both<U> {
        Both { before: words(self.before), after: words(self.after) }
    }

    /// Looks at both sides.
    #[must_use]
    pub const fn as_ref(&self) -> Both<&T> {
        Both { before: &self.before, after: &self.after }
    }
}

impl<T: PartialEq> Both<T> {
    /// Says whether the two differ.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// What differs between two states of a plan.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The changes: by kind, the gravest first, then in the order of the plan.
    pub changes: Vec<Change>,
    /// Forecast, effort, items and load before and after.
    pub figures: Figures,
    /// The gates of which something is to be said.
    pub gates: Vec<GateEffect>,
    /// Findings that the plan had not before, by their places among those of after.
    pub new_findings: Vec<usize>,
    /// Findings that it no longer has, by their places among those of before.
    pub gone_findings: Vec<usize>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What was done.
    pub kind: Kind,
    /// To what kind of thing.
    pub subject: Subject,
    /// Which side of it, where the kind does not say so: "dependencies"; else empty.
    pub aspect: &'static str,
    /// The thing's name in addresses, where it has a page.
    pub key: Option<String>,
    /// Its ID.
    pub id: Option<String>,
    /// What it is called.
    pub title: Said,
    /// What it was; nothing where there was nothing.
    pub before: Option<Said>,
    /// What it is now; nothing where there is nothing.
    pub after: Option<Said>,
    /// The line: after the change, or before it where there is none any more.
    pub place: Place,
    /// Whether the line is one of before.
    pub is_of_before: bool,
    /// Whether less is asked for than before.
    pub is_loosened: bool,
    /// What follows from it; empty where nothing is known to.
    pub effect: Said,
    /// How much it weighs among those of its kind.
    pub weight: i64,
    /// The task by its places in both plans.
    pub task: Both<Option<usize>>,
    /// The gate by its places in both plans.
    pub gate: Both<Option<usize>>,
}

impl Change {
    /// Makes a change of something that is after the change.
    fn now(kind: Kind, subject: Subject, title: Said, place: Place) -> Self {
        Self {
            kind,
            subject,
            aspect: "",
            key: None,
            id: None,
            title,
            before: None,
            after: None,
            place,
            is_of_before: false,
            is_loosened: false,
            effect: Said::default(),
            weight: 0,
            task: Both::default(),
            gate: Both::default(),
        }
    }

    /// Makes a change of something that was before it.
    fn then(kind: Kind, subject: Subject, title: Said, place: Place) -> Self {
        Self { is_of_before: true, ..Self::now(kind, subject, title, place) }
    }

    /// Says whether a task is dropped by it: it weighs as much as one that is taken out.
    #[must_use]
    pub fn is_drop(&self) -> bool {
        self.subject == Subject::Task && self.aspect == tasks::DROPPED
    }

    fn aspect(self, aspect: &'static str) -> Self {
        Self { aspect, ..self }
    }

    fn said(self, before: Option<Said>, after: Option<Said>) -> Self {
        Self { before, after, ..self }
    }
}

/// Compares two states of a plan.
#[must_use]
pub fn compare(before: Side<'_>, after: Side<'_>) -> Comparison {
    let (old, new) = (&before.history.plan, &after.history.plan);
    let same = same_tasks(old, new);
    let mut changes = tasks::tasks(old, new, &same);
    changes.extend(gates::gates(old, new));
    changes.extend(head::head(old, new));
    changes.extend(head::phases(old, new));
    changes.extend(head::headings(old, new));
    changes.extend(parts::parts(old, new));
    changes.extend(standups::standups(before.history, after.history));
    changes.extend(choices::settings(before.settings, after.settings));
    let sides = Both { before, after };
    effects::add(&mut changes, &sides);
    order::sort(&mut changes);
    let (new_findings, gone_findings) = order::findings(before.diagnostics, after.diagnostics);
    Comparison {
        gates: gate_effects::effects(&sides, &changes),
        figures: figures(&sides, &changes),
        changes,
        new_findings,
        gone_findings,
    }
}
