//! Tasks that came, went, or are told otherwise.

use super::task_words::{
    details, estimate, is_done, mark, marked, parts, same_estimates, same_owners, ticks, title_and_rest,
};
use super::words::{bare, difference, due, effort, owners, place, stand};
use super::{Both, Change, Kind, Said, Subject};
use crate::history::is_in_other_phase;
use crate::model::{Block, Plan, Segment, State, Tally, Task};
use crate::phrase;
use std::collections::HashSet;

/// The aspect of a task that is dropped.
pub const DROPPED: &str = "dropped";

/// Compares the tasks of two plans. `same` has the place in the old plan of each task of the new one.
pub fn tasks(old: &Plan, new: &Plan, same: &[Option<usize>]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut is_kept = vec![false; old.tasks.len()];
    let (old_blocks, new_blocks) = (block_names(old), block_names(new));
    for (at, task) in new.tasks.iter().enumerate() {
        let before = same.get(at).copied().flatten();
        if let Some(was) = before.and_then(|it| old.tasks.get(it)) {
            if let Some(kept) = before.and_then(|it| is_kept.get_mut(it)) {
                *kept = true;
            }
            let found = Twice { old, new, old_blocks: &old_blocks, new_blocks: &new_blocks, was, is: task }.changes();
            changes.extend(found.into_iter().map(|it| with(it, task, before, Some(at))));
        } else {
            let it = Change::now(Kind::Added, Subject::Task, title(task), task.first().place.clone());
            changes.push(with(it.said(None, Some(planned(new, task))), task, None, Some(at)));
        }
    }
    for (at, (task, _)) in old.tasks.iter().zip(&is_kept).enumerate().filter(|(_, (_, kept))| !**kept) {
        let it = Change::then(Kind::Removed, Subject::Task, title(task), task.first().place.clone());
        changes.push(with(it.said(Some(planned(old, task)), None), task, Some(at), None));
    }
    changes
}

fn with(change: Change, task: &Task, before: Option<usize>, after: Option<usize>) -> Change {
    let (key, id) = (Some(task.key.clone()), task.id.as_ref().map(ToString::to_string));
    Change { key, id, task: Both { before, after }, ..change }
}

fn title(task: &Task) -> Said {
    Said::theirs(task.title().plain())
}

/// Returns "1 d, W4 Wed".
fn planned(plan: &Plan, task: &Task) -> Said {
    let days = task.effort_days.map(|it| effort(Some(it)));
    Said::joined(days.into_iter().chain([place(plan, task)]), ", ")
}

/// A task in two plans.
#[derive(Clone, Copy)]
struct Twice<'a> {
    old: &'a Plan,
    new: &'a Plan,
    old_blocks: &'a BlockNames,
    new_blocks: &'a BlockNames,
    was: &'a Task,
    is: &'a Task,
}

impl Twice<'_> {
    /// Returns all that changed of the task.
    fn changes(self) -> Vec<Change> {
        let parts = [
            self.name(),
            self.stand(),
            self.estimate(),
            self.owners(),
            self.marks(),
            self.boxes(),
            self.dependencies(),
        ];
        let mut changes: Vec<Change> = parts.into_iter().flatten().collect();
        changes.extend(self.said());
        if changes.is_empty() {
            changes.extend(self.details());
        }
        changes
    }

    fn change(self, kind: Kind, aspect: &'static str, before: Said, after: Said) -> Change {
        let it = Change::now(kind, Subject::Task, title(self.is), self.is.last().place.clone());
        it.aspect(aspect).said(Some(before), Some(after))
    }

    fn name(self) -> Option<Change> {
        let same_id = match (&self.was.id, &self.is.id) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            (a, b) => a.is_none() == b.is_none(),
        };
        // A title that goes on in the next line is the same title.
        let is_same = self.was.title() == self.is.title()
            || bare(&self.was.title().plain()) == bare(&self.is.title().plain())
            || title_and_rest(self.was.last()).0 == title_and_rest(self.is.last()).0;
        if same_id && is_same {
            return None;
        }
        let name = |it: &Task| {
            let id = it.id.as_ref().filter(|_| !same_id).map(|it| Said::theirs(it.to_string()));
            Said::joined(id.into_iter().chain([title(it)]), " ")
        };
        Some(self.change(Kind::Renamed, "", name(self.was), name(self.is)))
    }

    fn stand(self) -> Option<Change> {
        if !self.is_elsewhere() {
            return None;
        }
        let (from, to) = (stand(self.old, self.was), stand(self.new, self.is));
        let (from_due, to_due) = (due(self.was), due(self.is));
        let (from, to) = match (from == to, from_due == to_due) {
            // What stays is not said again.
            (true, false) => (from_due.unwrap_or_else(no_day), to_due.unwrap_or_else(no_day)),
            (true, true) => self.phases(),
            (false, _) => (place(self.old, self.was), place(self.new, self.is)),
        };
        Some(self.change(Kind::Moved, "", from, to))
    }

    /// Says whether the task stands in another week, part of a week or phase, or has another due day.
    fn is_elsewhere(self) -> bool {
        let (old, new, was, is) = (self.old, self.new, self.was, self.is);
        if was.due() != is.due() || spans(was) != spans(is) || is_in_other_phase((old, was), (new, is)) {
            return true;
        }
        let blocks = was.segments.iter().map(|it| block(old, it)).zip(is.segments.iter().map(|it| block(new, it)));
        blocks.into_iter().any(|(from, to)| match (from, to) {
            (Some(from), Some(to)) if from.weekdays.is_some() || to.weekdays.is_some() => from.weekdays != to.weekdays,
            // A heading with other words is still the same part, unless both plans have that one as well.
            (Some(from), Some(to)) => {
                let (was, is) = (bare(&from.name), bare(&to.name));
                was != is && (self.new_blocks.contains(&(from.week, was)) || self.old_blocks.contains(&(from.week, is)))
            }
            (from, to) => from.or(to).is_some_and(|it| it.weekdays.is_some()),
        })
    }

    /// Returns the phases of the task, where they alone tell its places apart.
    fn phases(self) -> (Said, Said) {
        let phase = |plan: &Plan, task: &Task| {
            let phase = task.last().phase.and_then(|it| plan.phases.get(it));
            phase.map_or(Said::ours("no phase"), |it| Said::theirs(it.full_label()))
        };
        (phase(self.old, self.was), phase(self.new, self.is))
    }

    fn estimate(self) -> Option<Change> {
        let (was, is) = (self.was, self.is);
        let differs = was.effort_days != is.effort_days || !same_estimates(was, is);
        differs.then(|| self.change(Kind::Reestimated, "", estimate(was, is), estimate(is, was)))
    }

    fn owners(self) -> Option<Change> {
        let differs = !same_owners(self.was, self.is);
        differs.then(|| self.change(Kind::Reassigned, "", owners(self.was), owners(self.is)))
    }

    fn marks(self) -> Option<Change> {
        let (was, is) = (self.was, self.is);
        let has_as_many_lines = was.segments.len() == is.segments.len();
        Some(match (is_done(was), is_done(is)) {
            (false, true) => self.change(Kind::Ticked, "", marked(was), marked(is)),
            (true, false) => self.change(Kind::Unticked, "", marked(was), marked(is)),
            _ if ticks(was) < ticks(is) && has_as_many_lines => {
                self.change(Kind::Ticked, "one of its lines", parts(was), parts(is))
            }
            _ if ticks(is) < ticks(was) && has_as_many_lines => {
                self.change(Kind::Unticked, "one of its lines", parts(was), parts(is))
            }
            _ if mark(was) != mark(is) => {
                let aspect = match (mark(was), mark(is)) {
                    (_, Some(State::Dropped)) => DROPPED,
                    (Some(State::Dropped), _) => "taken up again",
                    _ => "mark",
                };
                self.change(Kind::Other, aspect, marked(was), marked(is))
            }
            _ => return None,
        })
    }

    fn boxes(self) -> Option<Change> {
        let (was, is) = (self.was.subtasks, self.is.subtasks);
        if was == is {
            return None;
        }
        let kind = match (was.total == is.total, was.done < is.done) {
            (true, true) => Kind::Ticked,
            (true, false) => Kind::Unticked,
            (false, _) => Kind::Other,
        };
        let boxes = |it: Tally| Said::ours(format!("{} of {}", it.done, phrase::count(it.total, "box")));
        Some(self.change(kind, "boxes below it", boxes(was), boxes(is)))
    }

    fn dependencies(self) -> Option<Change> {
        let needs = |it: &Task| {
            let mut all: Vec<String> = it.depends_on().map(ToString::to_string).collect();
            all.sort_by_key(|it| bare(it));
            all
        };
        let (was, is) = (needs(self.was), needs(self.is));
        if was == is || was.iter().map(|it| bare(it)).eq(is.iter().map(|it| bare(it))) {
            return None;
        }
        let list = |all: Vec<String>| {
            if all.is_empty() { Said::ours("none") } else { Said::joined(all.into_iter().map(Said::theirs), ", ") }
        };
        Some(self.change(Kind::Other, "dependencies", list(was), list(is)))
    }

    /// What only some plans write: priority, and how much is done.
    fn said(self) -> impl Iterator<Item = Change> {
        let says = |it: &Task, what: fn(&crate::model::Said) -> Option<String>| {
            it.segments.iter().filter_map(|it| it.said.as_deref()).find_map(what)
        };
        let or_none = |it: Option<String>| it.map_or(Said::ours("none"), Said::theirs);
        let change = move |aspect, what: fn(&crate::model::Said) -> Option<String>| {
            let (was, is) = (says(self.was, what), says(self.is, what));
            let differs = was.as_deref().map(bare) != is.as_deref().map(bare);
            differs.then(|| self.change(Kind::Other, aspect, or_none(was), or_none(is)))
        };
        let priority = change("priority", |it| it.priority.as_ref().map(ToString::to_string));
        let percent = change("share done", |it| it.percent.map(|it| format!("{}%", phrase::number(it))));
        priority.into_iter().chain(percent)
    }

    /// Other words below the task's lines; their order, and where lines break, does not matter.
    fn details(self) -> Option<Change> {
        // Most tasks have the very text that they had, and nothing more is asked of them.
        if self.was.segments.iter().map(|it| &it.details).eq(self.is.segments.iter().map(|it| &it.details)) {
            return None;
        }
        let (was, is) = (details(self.was), details(self.is));
        let words = |it: &[&str]| bare(&it.join(" "));
        if words(&was) == words(&is) {
            return None;
        }
        let (before, after) = difference(&was, &is);
        let place = self.is.last().place.clone();
        let it = Change::now(Kind::Other, Subject::Task, title(self.is), place).aspect("details");
        (before.is_some() || after.is_some()).then(|| it.said(before, after))
    }
}

/// The parts of weeks that a plan has, by their weeks and names.
type BlockNames = HashSet<(Option<u32>, String)>;

fn block_names(plan: &Plan) -> BlockNames {
    plan.blocks.iter().map(|it| (it.week, bare(&it.name))).collect()
}

fn no_day() -> Said {
    Said::ours("no day")
}

fn block<'a>(plan: &'a Plan, it: &Segment) -> Option<&'a Block> {
    it.block.and_then(|it| plan.blocks.get(it))
}

/// The weeks of a task's lines.
fn spans(task: &Task) -> Vec<(Option<u32>, Option<u32>)> {
    task.segments.iter().map(|it| (it.week, it.last_week)).collect()
}
