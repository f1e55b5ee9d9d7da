//! What the versions of a roadmap tell of its tasks: since when each was planned, and since when each was marked.

use super::changes::DatedChange;
use super::rewording::Rewording;
use crate::calendar::{Day, Week};
use crate::model::{Plan, StartRule, State};
use crate::sources::CommitId;
use std::sync::Arc;

/// What the versions of a roadmap tell, up to a day.
#[derive(Debug, Clone, Default)]
pub struct Versions {
    /// The days on which the roadmap changed, in order, each with its last commit. Nothing where no version is known.
    pub days: Vec<(Day, CommitId)>,
    /// What the marks of each task showed, in the order of the plan's tasks; each list in order, from the version in which the
    /// task appeared.
    pub(super) marks: Vec<Vec<Marked>>,
    /// What else changed of each task, in the same order; each list in order of its days.
    pub changes: Vec<Vec<DatedChange>>,
    /// Tasks that the plan no longer has.
    pub gone: Vec<Gone>,
    /// Signed criteria whose words changed.
    pub rewordings: Vec<Rewording>,
    /// What each version planned, in the order of `days`.
    pub(super) plans: Vec<Arc<Planned>>,
}

/// What a version of the roadmap planned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Planned {
    /// The planned ends of its tasks, sorted; of those that have one.
    pub ends: Vec<Day>,
    /// How many weeks it had, where it had a calendar.
    pub weeks: Option<Week>,
    /// The target that it named.
    pub target: Option<Day>,
    /// Where week 1 began, where that was worked out from the target.
    start: Option<Day>,
}

impl Planned {
    /// Returns what a plan plans.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut ends: Vec<Day> = plan.tasks.iter().filter_map(|it| it.end).collect();
        ends.sort_unstable();
        let weeks = plan.schedule.as_ref().map(|it| it.weeks);
        let by_target = plan.schedule.as_ref().filter(|it| it.rule == StartRule::Target);
        let start = by_target.map(|it| it.calendar.start);
        Self { ends, weeks, target: plan.header.target.as_ref().map(|it| it.value), start }
    }
}

/// A task that was taken out of the plan.
#[derive(Debug, Clone)]
pub struct Gone {
    /// The first day of a version without it.
    pub day: Day,
    /// What people called it: its ID and its title.
    pub name: String,
    /// Its effort, in days.
    pub effort_days: Option<f64>,
    /// What changed of it, in order; the last is that it was taken out.
    pub changes: Vec<DatedChange>,
    pub(super) marks: Vec<Marked>,
}

impl Gone {
    /// Returns the days from which it was in a state, in order, from the day on which it came into the plan; all before it was
    /// taken out.
    pub fn states(&self) -> impl Iterator<Item = (Day, State)> {
        self.marks.iter().map(|it| (it.day, it.mark.map_or(State::Todo, |it| it.0)))
    }

    /// Says whether it was done when it was taken out: then the plan was tidied, and its scope stayed.
    #[must_use]
    pub fn is_tidied(&self) -> bool {
        self.states().last().is_some_and(|it| it.1 == State::Done)
    }
}

/// What a task's marks showed from a day on.
#[derive(Debug, Clone)]
pub(super) struct Marked {
    pub day: Day,
    /// The commit; nothing for what is not committed.
    pub commit: Option<CommitId>,
    pub mark: Option<(State, Option<f64>)>,
    /// The line as the commit has it; nothing for what is not committed.
    pub written: Option<Arc<str>>,
}

impl Versions {
    /// Returns the day of the first version.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        self.days.first().map(|it| it.0)
    }

    /// Returns what was known on an earlier day.
    #[must_use]
    pub fn until(&self, day: Day) -> Self {
        let marks = |it: &Vec<Marked>| it.iter().filter(|it| it.day <= day).cloned().collect();
        let changes = |it: &Vec<DatedChange>| it.iter().filter(|it| it.day <= day).cloned().collect();
        Self {
            days: self.days.iter().filter(|it| it.0 <= day).copied().collect(),
            marks: self.marks.iter().map(marks).collect(),
            changes: self.changes.iter().map(changes).collect(),
            gone: self.gone.iter().filter(|it| it.day <= day).cloned().collect(),
            rewordings: self.rewordings.iter().filter(|it| it.day <= day).cloned().collect(),
            plans: self.days.iter().zip(&self.plans).filter(|(it, _)| it.0 <= day).map(|it| Arc::clone(it.1)).collect(),
        }
    }

    /// Returns what the plan was at the end of a day; nothing where no version is as old as that.
    #[must_use]
    pub fn planned(&self, day: Day) -> Option<&Planned> {
        let at = self.days.partition_point(|it| it.0 <= day).checked_sub(1)?;
        self.plans.get(at).map(|it| &**it)
    }

    /// Returns where week 1 began in the first version that worked it out from its target; nothing where none did.
    #[must_use]
    pub fn first_start(&self) -> Option<Day> {
        self.plans.iter().find_map(|it| it.start)
    }

    /// Returns the day from which commits tell how the plan came about: that of the first version, where there are others.
    #[must_use]
    pub fn told_from(&self) -> Option<Day> {
        self.first_day().filter(|_| 1 < self.days.len())
    }

    /// Returns the line of a task as the first version that has it writes it.
    #[must_use]
    pub fn first_line(&self, task: usize) -> Option<&str> {
        self.marks.get(task)?.first()?.written.as_deref()
    }

    /// Returns the day on which a task came into the plan; nothing for one that the first version has, or where none is known.
    #[must_use]
    pub fn added(&self, task: usize) -> Option<Day> {
        let first = self.marks.get(task)?.first()?.day;
        (self.first_day()? < first).then_some(first)
    }
}
