//! Which changes of tasks are the reason that a gate fails, or can be met again.

use super::{Both, Change, Kind, Said, Side, Subject};
use crate::analysis::{Amount, asks, asks_phase};
use crate::model::{Gate, Task};
use std::collections::HashSet;

/// Which changes are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Those that make a gate harder to meet.
    Worse,
    /// Those that make it easier.
    Better,
}

/// Changes of tasks, as reasons.
pub struct Reasons<'a> {
    tasks: Vec<Reason<'a>>,
    /// The classes that tasks of either side are of.
    classes: HashSet<&'a str>,
    /// How many phases the plan has.
    phases: usize,
    /// How often all of them may still be looked through.
    left: usize,
}

/// A change of a task that may be a reason.
struct Reason<'a> {
    kind: Kind,
    is_dropped: bool,
    was: Option<&'a Task>,
    is: Option<&'a Task>,
}

/// Criteria beyond this many get no reasons: each may be about all tasks.
const MAX_CRITERIA: usize = 100;
/// Tasks of one verb that are named.
const MOST_NAMES: usize = 3;

impl<'a> Reasons<'a> {
    /// Collects what may be a reason.
    pub fn of(changes: &[Change], sides: &Both<Side<'a>>) -> Self {
        let (old, new) = (&sides.before.history.plan.tasks, &sides.after.history.plan.tasks);
        let matters = |it: &&Change| {
            it.subject == Subject::Task
                && (matches!(it.kind, Kind::Removed | Kind::Moved | Kind::Added) || it.is_drop())
        };
        let reason = |it: &Change| Reason {
            kind: it.kind,
            is_dropped: it.is_drop(),
            was: it.task.before.and_then(|at| old.get(at)),
            is: it.task.after.and_then(|at| new.get(at)),
        };
        Self {
            tasks: changes.iter().filter(matters).map(reason).collect(),
            classes: old.iter().chain(new).filter_map(|it| it.priority.as_deref()).collect(),
            phases: sides.after.history.plan.phases.len(),
            left: MAX_CRITERIA,
        }
    }

    /// Names the tasks that are the reason why a criterion fails at a gate, or no longer does: those of a class that it counts which
    /// were moved past the gate, taken out, or added behind it. Nothing where it counts no tasks.
    pub fn since(&mut self, gate: &Gate, criterion: &str, way: Way) -> Said {
        let asks = asks(criterion, |it| self.classes.contains(it));
        let (Some(due), Some(asks), true) = (gate.due, asks, 0 < self.left) else { return Said::default() };
        self.left -= 1;
        // "All items" are those of the gate's phase.
        let phase = asks_phase(gate, self.phases);
        let counts = |task: &&'a Task| {
            let is_of_phase = phase.is_none() || task.last().phase == phase;
            let of = |class: &Option<String>| {
                class.as_deref().map_or(is_of_phase, |it| task.priority.as_deref() == Some(it))
            };
            asks.iter().any(|it| of(&it.class))
        };
        // Where all are asked for, one less is no reason, and one more is none against it.
        let asks_all = asks.iter().any(|it| it.amount == Amount::All);
        let in_time = |it: &Task| it.end.is_some_and(|it| it <= due);
        let mut said: Vec<(Verb, Vec<&Task>)> = Vec::new();
        for it in &self.tasks {
            let (was, is) = (it.was.filter(counts), it.is.filter(counts));
            let Some(task) = was.or(is) else { continue };
            let verb = match (way, it.kind, was, is) {
                (Way::Worse, Kind::Removed, Some(was), _) if !asks_all && in_time(was) => GONE,
                (Way::Worse, Kind::Moved, Some(was), Some(is)) if in_time(was) && !in_time(is) => PAST,
                (Way::Worse, Kind::Added, _, Some(is)) if asks_all && !in_time(is) => BEHIND,
                (Way::Worse, _, Some(was), _) if it.is_dropped && !asks_all && in_time(was) => DROPS,
                (Way::Better, Kind::Removed, Some(was), _) if asks_all && !in_time(was) => GONE,
                (Way::Better, Kind::Moved, Some(was), Some(is)) if !in_time(was) && in_time(is) => BEFORE,
                (Way::Better, Kind::Added, _, Some(is)) if !asks_all && in_time(is) => ADDED,
                (Way::Better, _, Some(was), _) if it.is_dropped && asks_all && !in_time(was) => DROPS,
                _ => continue,
            };
            match said.iter_mut().find(|it| it.0 == verb) {
                Some(it) => it.1.push(task),
                None => said.push((verb, vec![task])),
            }
        }
        let clauses: Vec<Said> = said.into_iter().map(clause).collect();
        if clauses.is_empty() { Said::default() } else { Said::ours(", since ").and_all(Said::list(clauses)) }
    }
}

/// What a change of a task does to a gate: of one task, and of several.
type Verb = [&'static str; 2];

const GONE: Verb = ["is gone", "are gone"];
const DROPS: Verb = ["is dropped", "are dropped"];
const PAST: Verb = ["moves past the gate", "move past the gate"];
const BEFORE: Verb = ["moves before the gate", "move before the gate"];
const BEHIND: Verb = ["is added behind the gate", "are added behind the gate"];
const ADDED: Verb = ["is added", "are added"];

/// Returns "P2-08 and P2-09 move past the gate".
fn clause(([one, many], tasks): (Verb, Vec<&Task>)) -> Said {
    let more = tasks.len().saturating_sub(MOST_NAMES);
    let mut names: Vec<Said> = tasks.iter().take(MOST_NAMES).map(|it| Said::theirs(it.name())).collect();
    names.extend((0 < more).then(|| Said::ours(format!("{more} more"))));
    Said::list(names).and(" ").and(if tasks.len() == 1 { one } else { many })
}
