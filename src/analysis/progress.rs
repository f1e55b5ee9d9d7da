//! What is done: counted by items and by effort.

use crate::history::History;
use crate::model::State;
use crate::phrase::rounded;
use std::collections::BTreeMap;

/// What is done on the day asked for.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Items in scope: all but dropped ones.
    pub total: usize,
    /// Items done.
    pub done: usize,
    /// Items in progress.
    pub in_progress: usize,
    /// Items blocked.
    pub blocked: usize,
    /// Items not begun.
    pub todo: usize,
    /// Items dropped.
    pub dropped: usize,
    /// Effort in scope, in days.
    pub effort_total: f64,
    /// Effort of items done, in days.
    pub effort_done: f64,
    /// Whether effort measures the work: at least half of the items in scope state theirs.
    pub has_effort: bool,
    /// Items by class, in the order of the classes' names.
    pub by_priority: BTreeMap<String, Shares>,
    /// Items without a class.
    pub without_priority: Shares,
    /// Items that the plan has done by now; nothing where no item has a planned day.
    pub planned_done: Option<usize>,
}

/// Items of a class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shares {
    /// Items done.
    pub done: usize,
    /// Items in scope.
    pub total: usize,
    /// Items that the plan has done by now.
    pub planned: usize,
}

impl Progress {
    /// Returns the items done and all items in scope that a metric such as "P3 Completion" or "Total progress" counts, by its name;
    /// nothing where it counts no items of the plan.
    #[must_use]
    pub fn counted(&self, name: &str) -> Option<(usize, usize)> {
        let (done, total) = match counts_items(name)? {
            None => (self.done, self.total),
            Some(class) => {
                let of_class = |it: &&Shares| (it.done, it.total);
                let found = self.by_priority.iter().find(|(it, _)| it.to_lowercase() == class).map(|it| it.1);
                found.as_ref().map(of_class)?
            }
        };
        (0 < total).then_some((done, total))
    }
}

/// Returns what a counter counts, by its name: the class of "P2 completion" in lower case, nothing of "Total items" for all. A name with
/// other words counts no items.
#[must_use]
pub fn counts_items(name: &str) -> Option<Option<String>> {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let counts =
        |it: &str| matches!(it, "completion" | "complete" | "completed" | "done" | "items" | "tasks" | "progress");
    let (first, rest) = words.split_first()?;
    if !rest.iter().all(|it| counts(it)) {
        return None;
    }
    let all = matches!(first.as_str(), "total" | "overall" | "all" | "items" | "tasks");
    Some((!all).then(|| first.clone()))
}

/// Counts items and effort on the day asked for.
#[must_use]
pub fn progress(history: &History) -> Progress {
    let mut sum = Progress::default();
    let (mut has_days, mut planned_done, mut stated) = (false, 0, 0);
    for (task, state) in history.plan.tasks.iter().zip(history.states(history.as_of)) {
        match state {
            State::Todo => sum.todo += 1,
            State::InProgress => sum.in_progress += 1,
            State::Blocked => sum.blocked += 1,
            State::Done => sum.done += 1,
            State::Dropped => {
                sum.dropped += 1;
                continue;
            }
        }
        let done = state == State::Done;
        let planned = task.end.is_some_and(|it| it <= history.as_of);
        let effort = task.effort_days.unwrap_or(0.0);
        sum.total += 1;
        sum.effort_total += effort;
        sum.effort_done += if done { effort } else { 0.0 };
        stated += usize::from(task.effort_days.is_some());
        let shares = match &task.priority {
            Some(it) => sum.by_priority.entry(it.to_string()).or_default(),
            None => &mut sum.without_priority,
        };
        shares.total += 1;
        shares.done += usize::from(done);
        shares.planned += usize::from(planned);
        has_days |= task.end.is_some();
        planned_done += usize::from(planned);
    }
    sum.planned_done = has_days.then_some(planned_done);
    sum.has_effort = 0 < stated && sum.total <= 2 * stated;
    (sum.effort_total, sum.effort_done) = (rounded(sum.effort_total, 2), rounded(sum.effort_done, 2));
    sum
}
