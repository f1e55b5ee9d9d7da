//! Which tasks of two versions of a plan are the same.

use crate::model::{Plan, State, Task};
use crate::phrase::likeness_from;
use std::collections::{HashMap, VecDeque};

/// What is held against the tasks of another version.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    /// The ID, in capitals.
    id: Option<String>,
    /// The words of the title, without case.
    title: String,
    /// The name of the phase, without case; empty outside of phases.
    phase: String,
    /// What its marks show: a state, and how much is done.
    pub mark: Option<(State, Option<f64>)>,
}

/// Tasks that are left over are held against each other by the likeness of their titles when there are no more than this many
/// in either version.
const MAX_LEFT: usize = 100;
/// Titles are the same with other words where they are at least this alike, from 0 to 1.
const ALIKE: f64 = 0.6;

/// Returns what is known of a plan's tasks, in their order.
pub(super) fn tasks_of(plan: &Plan) -> Vec<Known> {
    plan.tasks.iter().map(|it| Known::of(plan, it)).collect()
}

impl Known {
    fn of(plan: &Plan, task: &Task) -> Self {
        Self {
            id: task.id.as_ref().map(|it| it.to_uppercase()),
            title: normal(&task.title().words()),
            phase: task.last().phase.and_then(|it| plan.phases.get(it)).map(|it| normal(&it.name)).unwrap_or_default(),
            mark: task.marked_state().map(|(state, segment)| (state, segment.percent())),
        }
    }
}

/// Finds each task of a newer version of a plan in an older one; nothing for one that the older lacks.
#[must_use]
pub fn same_tasks(older: &Plan, newer: &Plan) -> Vec<Option<usize>> {
    // Most tasks have the ID that they had, and nothing more is asked of them.
    let by_id = |it: &Task| it.id.as_deref().and_then(|id| older.task_with_id(id));
    let mut found: Vec<Option<usize>> = newer.tasks.iter().map(by_id).collect();
    let mut is_taken = vec![false; older.tasks.len()];
    for at in found.iter().flatten() {
        if let Some(it) = is_taken.get_mut(*at) {
            *it = true;
        }
    }
    let left: Vec<usize> = found.iter().enumerate().filter(|it| it.1.is_none()).map(|it| it.0).collect();
    let free: Vec<usize> = is_taken.iter().enumerate().filter(|it| !it.1).map(|it| it.0).collect();
    let known = |plan: &Plan, of: &[usize]| -> Vec<Known> {
        of.iter().filter_map(|at| plan.tasks.get(*at)).map(|it| Known::of(plan, it)).collect()
    };
    for (at, it) in left.iter().zip(same(&known(newer, &left), &known(older, &free))) {
        if let Some(slot) = found.get_mut(*at) {
            *slot = it.and_then(|it| free.get(it)).copied();
        }
    }
    found
}

/// Finds each task of a version in another one: by its ID, else by its title and phase, else by its title, else, where both are
/// left over and neither has another's ID, by a title that is alike, in the same phase first. Of several tasks with one title
/// the first is the first.
pub(super) fn same(tasks: &[Known], others: &[Known]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; tasks.len()];
    let mut taken = vec![false; others.len()];
    by_key(tasks, others, &mut found, &mut taken, |it| it.id.clone());
    by_key(tasks, others, &mut found, &mut taken, |it| Some(format!("{}\n{}", it.phase, it.title)));
    by_key(tasks, others, &mut found, &mut taken, |it| Some(it.title.clone()));
    by_likeness(tasks, others, &mut found, &mut taken);
    found
}

fn by_key(
    tasks: &[Known],
    others: &[Known],
    found: &mut [Option<usize>],
    taken: &mut [bool],
    key: impl Fn(&Known) -> Option<String>,
) {
    let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, it) in others.iter().enumerate().filter(|(at, _)| taken.get(*at) == Some(&false)) {
        if let Some(key) = key(it) {
            free.entry(key).or_default().push_back(at);
        }
    }
    for (slot, task) in found.iter_mut().zip(tasks).filter(|(slot, _)| slot.is_none()) {
        let at = key(task).and_then(|key| free.get_mut(&key)?.pop_front());
        if let Some(taken) = at.and_then(|at| taken.get_mut(at)) {
            (*slot, *taken) = (at, true);
        }
    }
}

fn by_likeness(tasks: &[Known], others: &[Known], found: &mut [Option<usize>], taken: &mut [bool]) {
    let left: Vec<usize> = (0..tasks.len()).filter(|at| found.get(*at) == Some(&None)).collect();
    let free: Vec<usize> = (0..others.len()).filter(|at| taken.get(*at) == Some(&false)).collect();
    if MAX_LEFT < left.len() || MAX_LEFT < free.len() {
        return;
    }
    let mut pairs: Vec<(bool, f64, usize, usize)> = Vec::new();
    for a in left {
        for b in &free {
            let (Some(one), Some(other)) = (tasks.get(a), others.get(*b)) else { continue };
            // Two IDs are two tasks, unless the title says otherwise.
            if one.id.is_some() && other.id.is_some() {
                continue;
            }
            if let Some(alike) = likeness_from(ALIKE, &one.title, &other.title) {
                pairs.push((one.phase != other.phase, -alike, a, *b));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    for (_, _, a, b) in pairs {
        if let (Some(slot @ None), Some(taken @ false)) = (found.get_mut(a), taken.get_mut(b)) {
            (*slot, *taken) = (Some(b), true);
        }
    }
}

/// Returns words without case, in single spaces, and without the punctuation at their end.
pub(super) fn normal(title: &str) -> String {
    crate::phrase::normal(title).trim_end_matches(['.', ',', ';', ':', '!', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: &str, title: &str, phase: &str) -> Known {
        let id = (!id.is_empty()).then(|| id.to_owned());
        Known { id, title: title.to_owned(), phase: phase.to_owned(), mark: None }
    }

    #[test]
    fn tasks_are_found_again() {
        let now = [
            known("P1-01", "write the parser", "build"),
            known("", "check the invoices", "build"),
            known("", "check the invoices", "ship"),
            known("", "publish the handbook", "ship"),
            known("P2-09", "measure", "ship"),
            known("", "something new", "ship"),
        ];
        let then = [
            known("", "publish a handbook", "build"),
            known("P1-02", "measure", "build"),
            known("", "check the invoices", "ship"),
            known("P1-01", "parser", "plan"),
            known("", "check the invoices", "plan"),
            known("P1-07", "write the parser", "build"),
        ];
        assert_eq!(same(&now, &then), [Some(3), Some(4), Some(2), Some(0), Some(1), None]);
    }
}
