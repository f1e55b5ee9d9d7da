//! How the scope changed since the plan began, and how often each task slipped: by the versions of the roadmap.

use crate::calendar::{Day, WorkingDays};
use crate::history::{Change, DatedChange, History};
use crate::model::State;
use crate::sources::CommitId;

/// What became of the scope.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The baseline: the plan at the end of its first day, or its first version where that is later. Nothing where only one
    /// version is known.
    pub baseline: Option<Baseline>,
    /// What changed, in order of days; on one day in the order of the plan, what it no longer has behind.
    pub changes: Vec<ScopeChange>,
    /// How often each task slipped, in the order of the plan.
    pub slips: Vec<Slips>,
}

/// The plan as it was when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Baseline {
    /// The day.
    pub day: Day,
    /// Items in scope at its end.
    pub items: usize,
    /// Items in scope now that came later.
    pub added: usize,
}

/// A change of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeChange {
    /// The day.
    pub day: Day,
    /// The commit that made it; nothing for what is not committed.
    pub commit: Option<CommitId>,
    /// The task by its place in the plan; nothing for one that it no longer has.
    pub task: Option<usize>,
    /// What people call it: its ID and its title.
    pub name: String,
    /// What happened to it.
    pub kind: ScopeChangeKind,
}

/// What happened to a task.
#[derive(Debug, Clone, PartialEq)]
pub enum ScopeChangeKind {
    /// Its line in the plan changed.
    Plan(Change),
    /// It was taken out after it was done: nobody dropped it.
    Tidied,
    /// It was marked as no longer wanted.
    Dropped,
    /// It is wanted again.
    TakenUp,
}

/// How often a task slipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slips {
    /// How often its planned end was moved to a later day.
    pub times: usize,
    /// By how many working days in all.
    pub working_days: usize,
}

/// Collects what became of the scope up to the day asked for.
#[must_use]
pub fn scope(history: &History, working: &WorkingDays) -> Scope {
    let versions = &history.versions;
    let slips: Vec<Slips> = (0..history.plan.tasks.len())
        .map(|at| versions.changes.get(at).map_or(Slips::default(), |it| slips(it, working)))
        .collect();
    let Some(first) = versions.told_from() else { return Scope { slips, ..Scope::default() } };
    let start = history.plan.schedule.as_ref().map_or(first, |it| it.calendar.start.max(first));
    let day = start.min(history.as_of);
    let added = |at: &usize| {
        versions.added(*at).is_some_and(|it| day < it) && history.state(*at, history.as_of).state != State::Dropped
    };
    let baseline = Baseline {
        day,
        items: history.scope_on(day).total,
        added: (0..history.plan.tasks.len()).filter(added).count(),
    };
    Scope { baseline: Some(baseline), changes: changes(history, first), slips }
}

/// Counts how often a planned end was moved to a later day.
fn slips(changes: &[DatedChange], working: &WorkingDays) -> Slips {
    let mut sum = Slips::default();
    for it in changes {
        if let Change::Rescheduled { from: Some(from), to: Some(to) } = it.change
            && from < to
        {
            sum.times += 1;
            sum.working_days += working.count_after(from, to);
        }
    }
    sum
}

fn changes(history: &History, first: Day) -> Vec<ScopeChange> {
    let mut all = Vec::new();
    for (at, task) in history.plan.tasks.iter().enumerate() {
        let mut add = |day, commit, kind| {
            all.push(ScopeChange { day, commit, task: Some(at), name: task.full_name(), kind });
        };
        for it in history.versions.changes.get(at).into_iter().flatten() {
            add(it.day, it.commit, ScopeChangeKind::Plan(it.change.clone()));
        }
        let mut was_dropped = false;
        for it in history.evidence.get(at).into_iter().flatten().filter(|it| it.date <= history.as_of) {
            let is_dropped = it.state == State::Dropped;
            if is_dropped != was_dropped && first < it.date {
                let kind = if is_dropped { ScopeChangeKind::Dropped } else { ScopeChangeKind::TakenUp };
                add(it.date, it.commit, kind);
            }
            was_dropped = is_dropped;
        }
    }
    for gone in &history.versions.gone {
        for it in &gone.changes {
            let is_tidied = it.change == Change::TakenOut && gone.is_tidied();
            let kind = if is_tidied { ScopeChangeKind::Tidied } else { ScopeChangeKind::Plan(it.change.clone()) };
            all.push(ScopeChange { day: it.day, commit: it.commit, task: None, name: gone.name.clone(), kind });
        }
    }
    all.sort_by_key(|it| it.day);
    all
}
