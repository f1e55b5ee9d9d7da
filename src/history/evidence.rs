//! Evidence of a task's state.

use crate::calendar::Day;
use crate::model::State;
use crate::sources::CommitId;
use crate::text::Place;
use std::sync::Arc;

/// What one line says about a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The day it speaks for.
    pub date: Day,
    /// The state it shows.
    pub state: State,
    /// How much is done, 0 to 100.
    pub percent: Option<f64>,
    /// What holds the task up.
    pub reason: Option<String>,
    /// What kind of line it is.
    pub kind: EvidenceKind,
    /// The line.
    pub place: Place,
    /// The commit that set the mark, where that is known.
    pub commit: Option<CommitId>,
    /// The line as that commit has it, where it is not certain to be the line of now.
    pub written: Option<Arc<str>>,
}

/// What kind of line evidence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceKind {
    /// A mark in the roadmap of which no commit is known: dated by the plan's own date, or by the day asked for.
    Roadmap,
    /// A change of a mark in the roadmap, dated by its commit.
    Commit,
    /// A line of a standup.
    Standup,
}

impl EvidenceKind {
    /// Returns the kind's name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Roadmap => "roadmap",
            Self::Commit => "commit",
            Self::Standup => "standup",
        }
    }
}

/// The state of a task on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskState<'a> {
    /// The state.
    pub state: State,
    /// How much is done, 0 to 100, while it is in progress or blocked.
    pub percent: Option<f64>,
    /// The day since which it is in this state.
    pub since: Option<Day>,
    /// The line that says so; nothing for a task that no line speaks of.
    pub evidence: Option<&'a Evidence>,
}

/// Returns the state at the end of a day: the latest evidence counts, and on one day the strongest.
#[must_use]
pub fn state_on(evidence: &[Evidence], day: Day) -> TaskState<'_> {
    let seen = evidence.partition_point(|it| it.date <= day);
    let seen = evidence.get(..seen).unwrap_or_default();
    let Some(last) = seen.last() else {
        return TaskState { state: State::Todo, percent: None, since: None, evidence: None };
    };
    let moving = matches!(last.state, State::InProgress | State::Blocked);
    // A percentage stays until a newer one, but not beyond a time when the task was finished.
    let recent = seen.iter().rev().take_while(|it| matches!(it.state, State::InProgress | State::Blocked));
    let percent = recent.clone().find_map(|it| it.percent).filter(|_| moving);
    // The strongest line of each day is its last, and only it tells the state of that day.
    let last_of_day =
        |at: usize| seen.get(at + 1).is_none_or(|next| seen.get(at).is_some_and(|it| it.date < next.date));
    let days = (0..seen.len()).rev().filter(|at| last_of_day(*at)).filter_map(|at| seen.get(at));
    let since = days.take_while(|it| it.state == last.state).last().map(|it| it.date);
    TaskState { state: last.state, percent, since, evidence: Some(last) }
}

/// Sorts evidence by day, and on one day from weak to strong: in progress, blocked, done.
pub fn sort(evidence: &mut [Evidence]) {
    evidence.sort_by(|a, b| (a.date, a.state, &a.place).cmp(&(b.date, b.state, &b.place)));
}
