//! What was known on each day, and from which line.

mod assemble;
mod days;
mod evidence;
mod identity;
mod versions;

pub use self::assemble::{assemble, day_of};
pub use self::days::settle_days;
pub use self::evidence::{Evidence, EvidenceKind, TaskState};
pub use self::versions::{Versions, day_of_revision, versions};

use crate::calendar::{Day, Week, in_week_or_on_day, week_or_day};
use crate::model::{Plan, Standup, State};

/// A plan with all that is known about it up to a day.
#[derive(Debug, Clone)]
pub struct History {
    /// The plan as it was known on the day.
    pub plan: Plan,
    /// The standups up to the day, by day and path.
    pub standups: Vec<DatedStandup>,
    /// What is known about each task, in the order of the plan's tasks; each list by day.
    pub evidence: Vec<Vec<Evidence>>,
    /// What earlier versions of the roadmap tell.
    pub versions: Versions,
    /// The day asked for.
    pub as_of: Day,
    /// The day from which the marks of the roadmap count, where no version of it tells when each was set.
    pub marks_from: Option<Day>,
    /// Standups that are not seen, because they are later than the day asked for.
    pub later_standups: usize,
}

/// A standup and the day it speaks for.
#[derive(Debug, Clone)]
pub struct DatedStandup {
    /// The day.
    pub date: Day,
    /// The week: the written one, else the one of the schedule that holds the day; nothing where there is none.
    pub week: Option<Week>,
    /// The standup.
    pub standup: Standup,
}

impl DatedStandup {
    /// Returns "week 3", or "Tue 3 Feb" where no week is known.
    #[must_use]
    pub fn when(&self) -> String {
        week_or_day(self.week, self.date)
    }

    /// Returns "in week 3", or "on Tue 3 Feb" where no week is known.
    #[must_use]
    pub fn in_when(&self) -> String {
        in_week_or_on_day(self.week, self.date)
    }
}

impl History {
    /// Says whether standups or several commits tell how the plan came to where it is.
    #[must_use]
    pub fn is_told(&self) -> bool {
        !self.standups.is_empty() || self.versions.told_from().is_some()
    }

    /// Returns the state of a task at the end of a day.
    #[must_use]
    pub fn state(&self, task: usize, day: Day) -> TaskState<'_> {
        evidence::state_on(self.evidence.get(task).map_or(&[], Vec::as_slice), day)
    }

    /// Returns the state of each task at the end of a day.
    #[must_use]
    pub fn states(&self, day: Day) -> Vec<State> {
        (0..self.plan.tasks.len()).map(|it| self.state(it, day).state).collect()
    }
}
