//! What differs between two versions of a plan, task by task.

use super::identity::normal;
use crate::calendar::Day;
use crate::model::{Phase, Plan, Task};
use crate::sources::CommitId;

/// What became of a task from one version to the next.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It came into the plan.
    Added,
    /// It was taken out of the plan.
    TakenOut,
    /// Its title has other words.
    Renamed {
        /// The words before.
        from: String,
        /// The words from then on.
        to: String,
    },
    /// It stands in another phase or week.
    Moved {
        /// Where it stood: "phase 1, week 2".
        from: String,
        /// Where it stands from then on.
        to: String,
    },
    /// It is planned to end on another day.
    Rescheduled {
        /// The planned end before; nothing where it had none.
        from: Option<Day>,
        /// The planned end from then on.
        to: Option<Day>,
    },
    /// Its effort is another.
    Reestimated {
        /// The days before; nothing where none were written.
        from: Option<f64>,
        /// The days from then on.
        to: Option<f64>,
    },
}

/// A change, and when it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedChange {
    /// The first day of the version with it.
    pub day: Day,
    /// The commit that made it; nothing for what is not committed.
    pub commit: Option<CommitId>,
    /// What changed.
    pub change: Change,
}

/// Returns what changed of a task from an older version of a plan to a newer one. Its marks are no part of it.
#[must_use]
pub fn task_changes(older: (&Plan, &Task), newer: (&Plan, &Task)) -> Vec<Change> {
    let ((old_plan, old), (new_plan, new)) = (older, newer);
    let mut changes = Vec::new();
    if old.title() != new.title() {
        let (from, to) = (old.title().plain(), new.title().plain());
        if normal(&from) != normal(&to) {
            changes.push(Change::Renamed { from, to });
        }
    }
    let (was, is) = (phase_of(old_plan, old), phase_of(new_plan, new));
    if old.week() != new.week() || is_in_other_phase(older, newer) {
        let (from, to) = (place(was, old), place(is, new));
        if from != to {
            changes.push(Change::Moved { from, to });
        }
    }
    if old.end != new.end {
        changes.push(Change::Rescheduled { from: old.end, to: new.end });
    }
    if old.effort_days != new.effort_days {
        changes.push(Change::Reestimated { from: old.effort_days, to: new.effort_days });
    }
    changes
}

fn phase_of<'a>(plan: &'a Plan, task: &Task) -> Option<&'a Phase> {
    task.last().phase.and_then(|it| plan.phases.get(it))
}

/// Says whether a task stands in another phase than it did.
#[must_use]
pub fn is_in_other_phase(older: (&Plan, &Task), newer: (&Plan, &Task)) -> bool {
    is_other_phase((older.0, phase_of(older.0, older.1)), (newer.0, phase_of(newer.0, newer.1)))
}

/// Says whether two phases of two versions are two. One that only has another name, or another number, is the same.
fn is_other_phase(older: (&Plan, Option<&Phase>), newer: (&Plan, Option<&Phase>)) -> bool {
    let (Some(old), Some(new)) = (older.1, newer.1) else { return older.1.is_some() != newer.1.is_some() };
    if is_same_phase(old, new) {
        return false;
    }
    let has = |plan: &Plan, phase: &Phase| plan.phases.iter().any(|it| is_same_phase(it, phase));
    has(newer.0, old) || has(older.0, new)
}

/// Says whether two phases of two versions of a plan are one.
#[must_use]
pub fn is_same_phase(a: &Phase, b: &Phase) -> bool {
    let is_called_alike = a.kind == b.kind && a.tag == b.tag && a.number == b.number;
    let is_named_alike = !a.name.is_empty() && a.name == b.name;
    is_named_alike || is_called_alike && (a.kind.is_numbered() || a.tag.is_some())
}

/// Says where a task stands: "phase 1, week 2".
fn place(phase: Option<&Phase>, task: &Task) -> String {
    let week = task.week().map(|it| format!("week {it}"));
    let parts: Vec<String> = phase.map(Phase::label_in_sentence).into_iter().chain(week).collect();
    if parts.is_empty() { "no phase".to_owned() } else { parts.join(", ") }
}
