//! What was known on each day, and from which line.

mod assemble;
mod changes;
mod days;
mod evidence;
mod identity;
mod lives;
mod rewording;
mod versions;

pub use self::assemble::{assemble, day_of};
pub use self::changes::{Change, DatedChange, is_in_other_phase, is_same_phase, task_changes};
pub use self::days::settle_days;
pub use self::evidence::{Evidence, EvidenceKind, TaskState};
pub use self::identity::same_tasks;
pub use self::lives::{day_of_revision, versions};
pub use self::rewording::Rewording;
pub use self::versions::{Gone, Planned, Versions};

use crate::calendar::{Day, Week, in_week_or_on_day, week_or_day};
use crate::model::{MeasuredValue, Plan, Standup, State, Tally};

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
    /// What programs measured up to the day, by day.
    pub measured: Vec<MeasuredValue>,
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

/// An item was finished on a day, or turned out not to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// The day.
    pub day: Day,
    /// The task by its place in the plan; nothing for one that the plan no longer has.
    pub task: Option<usize>,
    /// Whether it was finished.
    pub is_done: bool,
    /// Whether anything tells the day: what a mark says is done in the first version, or where no version is known, was done
    /// before.
    pub is_dated: bool,
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

    /// Returns the standup that evidence stands in; nothing where another file tells it.
    #[must_use]
    pub fn standup_of(&self, it: &Evidence) -> Option<&DatedStandup> {
        self.standups.iter().find(|told| told.standup.path == it.place.path && told.date == it.date)
    }

    /// Returns the state of a task at the end of a day.
    #[must_use]
    pub fn state(&self, task: usize, day: Day) -> TaskState<'_> {
        evidence::state_on(self.evidence.get(task).map_or(&[], Vec::as_slice), day)
    }

    /// Counts the items in scope at the end of a day, and those of them that were done; dropped ones are out of scope.
    #[must_use]
    pub fn scope_on(&self, day: Day) -> Tally {
        let mut sum = Tally::default();
        for state in self.items_on(day).filter(|it| *it != State::Dropped) {
            sum.total += 1;
            sum.done += usize::from(state == State::Done);
        }
        sum
    }

    /// Returns the states of the items that the plan had at the end of a day; what came later is none of them, what has been
    /// taken out since is. Where no version of the plan is known, it had all items at any time.
    fn items_on(&self, day: Day) -> impl Iterator<Item = State> {
        let was_there = move |at: &usize| self.versions.added(*at).is_none_or(|it| it <= day);
        let gone = self.versions.gone.iter().filter(move |it| day < it.day);
        let gone = gone.filter_map(move |it| it.states().take_while(|it| it.0 <= day).last()).map(|it| it.1);
        (0..self.plan.tasks.len()).filter(was_there).map(move |at| self.state(at, day).state).chain(gone)
    }

    /// Returns when each item was finished, or turned out not to be, in order of days; those that were taken out of the plan
    /// later as well.
    pub fn finished(&self) -> impl Iterator<Item = Finished> {
        let mut all = Vec::new();
        let is_later = |day: Day| self.versions.first_day().is_none_or(|first| first < day);
        for (at, evidence) in self.evidence.iter().enumerate() {
            let mut was_done = false;
            for on_a_day in evidence.chunk_by(|a, b| a.date == b.date) {
                // The last line of a day is its strongest, and counts.
                let Some(last) = on_a_day.last().filter(|it| it.date <= self.as_of) else { continue };
                let is_done = last.state == State::Done;
                if is_done != was_done {
                    let is_dated = on_a_day.iter().any(|it| it.state == last.state && self.is_dated(it));
                    all.push(Finished { day: last.date, task: Some(at), is_done, is_dated });
                }
                was_done = is_done;
            }
        }
        for gone in &self.versions.gone {
            let mut was_done = false;
            for (day, state) in gone.states() {
                let is_done = state == State::Done;
                if is_done != was_done {
                    all.push(Finished { day, task: None, is_done, is_dated: is_later(day) });
                }
                was_done = is_done;
            }
        }
        all.sort_by_key(|it| it.day);
        all.into_iter()
    }

    /// Says whether evidence tells the day on which its task came into a state: what a mark says in the first version, or where no
    /// version is known, may have been so for long.
    fn is_dated(&self, it: &Evidence) -> bool {
        match it.kind {
            EvidenceKind::Standup => true,
            EvidenceKind::Commit => self.versions.first_day().is_none_or(|first| first < it.date),
            EvidenceKind::Roadmap => !self.versions.days.is_empty(),
        }
    }

    /// Returns the tasks of the plan that were finished after a day and up to another: done at the end, and not before, as far as
    /// anything tells when. Every page and message that says what a week finished asks here.
    #[must_use]
    pub fn finished_between(&self, after: Day, until: Day) -> Vec<usize> {
        let is_done = |at: usize, day: Day| self.state(at, day).state == State::Done;
        let is_told = |all: &[Evidence]| {
            let within = all.iter().filter(|it| after < it.date && it.date <= until);
            within.filter(|it| it.state == State::Done).any(|it| self.is_dated(it))
        };
        let all = self.evidence.iter().enumerate();
        let finished = all.filter(|(at, it)| is_told(it) && is_done(*at, until) && !is_done(*at, after));
        finished.map(|(at, _)| at).collect()
    }

    /// Returns the state of each task at the end of a day.
    #[must_use]
    pub fn states(&self, day: Day) -> Vec<State> {
        (0..self.plan.tasks.len()).map(|it| self.state(it, day).state).collect()
    }
}
