//! Tasks that came, went, or are told otherwise.

use super::words::{bare, effort, owners, place};
use super::{Both, Change, Kind, Said, Subject};
use crate::history::is_in_other_phase;
use crate::model::{Block, Plan, Segment, State, Task};
use crate::phrase;

/// Compares the tasks of two plans. `same` has the place in the old plan of each task of the new one.
pub fn tasks(old: &Plan, new: &Plan, same: &[Option<usize>]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut is_kept = vec![false; old.tasks.len()];
    for (at, task) in new.tasks.iter().enumerate() {
        let before = same.get(at).copied().flatten();
        match before.and_then(|it| old.tasks.get(it)) {
            Some(was) => {
                if let Some(kept) = before.and_then(|it| is_kept.get_mut(it)) {
                    *kept = true;
                }
                changes.extend(changed((old, was), (new, task)).into_iter().map(|it| with(it, task, before, Some(at))));
            }
            None => {
                let it = Change::now(Kind::Added, Subject::Task, title(task), task.first().place.clone());
                changes.push(with(it.from_to(None, Some(planned(new, task))), task, None, Some(at)));
            }
        }
    }
    for (at, (task, _)) in old.tasks.iter().zip(&is_kept).enumerate().filter(|(_, (_, kept))| !**kept) {
        let it = Change::then(Kind::Removed, Subject::Task, title(task), task.first().place.clone());
        changes.push(with(it.from_to(Some(planned(old, task)), None), task, Some(at), None));
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

/// Returns all that changed of one task.
fn changed((old, was): (&Plan, &Task), (new, is): (&Plan, &Task)) -> Vec<Change> {
    let mut changes = Vec::new();
    let line = &is.last().place;
    let mut add = |kind, aspect, before: Said, after: Said| {
        let it = Change::now(kind, Subject::Task, title(is), line.clone());
        changes.push(it.aspect(aspect).from_to(Some(before), Some(after)));
    };
    let same_id = match (&was.id, &is.id) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (a, b) => a.is_none() == b.is_none(),
    };
    let is_retitled = || was.title() != is.title() && bare(&was.title().plain()) != bare(&is.title().plain());
    if !same_id || is_retitled() {
        let name = |it: &Task| {
            let id = it.id.as_ref().filter(|_| !same_id).map(|it| Said::theirs(it.to_string()));
            Said::joined(id.into_iter().chain([title(it)]), " ")
        };
        add(Kind::Renamed, "", name(was), name(is));
    }
    if is_elsewhere((old, was), (new, is)) {
        let (from, to) = (place(old, was), place(new, is));
        let (from, to) = if from == to { phases((old, was), (new, is)) } else { (from, to) };
        add(Kind::Moved, "", from, to);
    }
    if was.effort_days != is.effort_days || !same_estimates(was, is) {
        add(Kind::Reestimated, "", estimate(was, is), estimate(is, was));
    }
    if !same_owners(was, is) {
        add(Kind::Reassigned, "", owners(was), owners(is));
    }
    match (is_done(was), is_done(is)) {
        (false, true) => add(Kind::Ticked, "", marked(was), marked(is)),
        (true, false) => add(Kind::Unticked, "", marked(was), marked(is)),
        _ if ticks(was) < ticks(is) && was.segments.len() == is.segments.len() => {
            add(Kind::Ticked, "one of its lines", parts(was), parts(is));
        }
        _ if ticks(is) < ticks(was) && was.segments.len() == is.segments.len() => {
            add(Kind::Unticked, "one of its lines", parts(was), parts(is));
        }
        _ if mark(was) != mark(is) => add(Kind::Other, "mark", marked(was), marked(is)),
        _ => {}
    }
    if was.subtasks != is.subtasks {
        let kind = match was.subtasks.total == is.subtasks.total {
            true if was.subtasks.done < is.subtasks.done => Kind::Ticked,
            true => Kind::Unticked,
            false => Kind::Other,
        };
        let boxes =
            |it: &Task| Said::ours(format!("{} of {}", it.subtasks.done, phrase::count(it.subtasks.total, "box")));
        add(kind, "boxes below it", boxes(was), boxes(is));
    }
    let needs = |it: &Task| {
        let mut all: Vec<String> = it.depends_on().map(|it| it.to_string()).collect();
        all.sort_by_key(|it| bare(it));
        all
    };
    let (needed, needed_now) = (needs(was), needs(is));
    if needed != needed_now && !needed.iter().map(|it| bare(it)).eq(needed_now.iter().map(|it| bare(it))) {
        let list = |all: Vec<String>| match all.is_empty() {
            true => Said::ours("none"),
            false => Said::joined(all.into_iter().map(Said::theirs), ", "),
        };
        add(Kind::Other, "dependencies", list(needed), list(needed_now));
    }
    let says = |it: &Task, what: fn(&crate::model::Said) -> Option<String>| {
        it.segments.iter().filter_map(|it| it.said.as_deref()).find_map(what)
    };
    let or_none = |it: Option<String>| it.map_or(Said::ours("none"), Said::theirs);
    let priority = |it: &Task| says(it, |it| it.priority.as_ref().map(ToString::to_string));
    if priority(was).map(|it| bare(&it)) != priority(is).map(|it| bare(&it)) {
        add(Kind::Other, "priority", or_none(priority(was)), or_none(priority(is)));
    }
    let percent = |it: &Task| says(it, |it| it.percent.map(|it| format!("{}%", phrase::number(it))));
    if percent(was) != percent(is) {
        add(Kind::Other, "share done", or_none(percent(was)), or_none(percent(is)));
    }
    if changes.is_empty() && !same_details(was, is) {
        let it = Change::now(Kind::Other, Subject::Task, title(is), line.clone());
        changes.push(it.aspect("details"));
    }
    changes
}

/// Says whether a task stands in another week, part of a week or phase, or has another due day.
fn is_elsewhere((old, was): (&Plan, &Task), (new, is): (&Plan, &Task)) -> bool {
    if was.due() != is.due() || spans(was) != spans(is) || is_in_other_phase((old, was), (new, is)) {
        return true;
    }
    let blocks = was.segments.iter().map(|it| block(old, it)).zip(is.segments.iter().map(|it| block(new, it)));
    blocks.into_iter().any(|(from, to)| match (from, to) {
        (Some(from), Some(to)) if from.weekdays.is_some() || to.weekdays.is_some() => from.weekdays != to.weekdays,
        // A heading with other words is still the same part, unless both plans have that one as well.
        (Some(from), Some(to)) => {
            let (was, is) = (bare(&from.name), bare(&to.name));
            let has =
                |plan: &Plan, name: &str| plan.blocks.iter().any(|it| it.week == from.week && bare(&it.name) == name);
            was != is && (has(new, &was) || has(old, &is))
        }
        (from, to) => from.or(to).is_some_and(|it| it.weekdays.is_some()),
    })
}

fn block<'a>(plan: &'a Plan, it: &Segment) -> Option<&'a Block> {
    it.block.and_then(|it| plan.blocks.get(it))
}

/// The weeks of a task's lines.
fn spans(task: &Task) -> Vec<(Option<u32>, Option<u32>)> {
    task.segments.iter().map(|it| (it.week, it.last_week)).collect()
}

/// Returns the phases of a task, where they alone tell its places apart.
fn phases((old, was): (&Plan, &Task), (new, is): (&Plan, &Task)) -> (Said, Said) {
    let phase = |plan: &Plan, task: &Task| {
        let phase = task.last().phase.and_then(|it| plan.phases.get(it));
        phase.map_or(Said::ours("no phase"), |it| Said::theirs(it.full_label()))
    };
    (phase(old, was), phase(new, is))
}

/// Says whether the same is written of the effort of each line, its qualifier included.
fn same_estimates(was: &Task, is: &Task) -> bool {
    let words = |it: &Segment| it.qualifier.as_deref().map(bare);
    let same = |(a, b): (&Segment, &Segment)| {
        a.effort_days == b.effort_days && (a.qualifier == b.qualifier || words(a) == words(b))
    };
    was.segments.len() == is.segments.len() && was.segments.iter().zip(&is.segments).all(same)
}

/// Returns "4 d", or with the parts where the sum stays: "4 d (1 d + 3 d)".
fn estimate(it: &Task, other: &Task) -> Said {
    let whole = effort(it.effort_days);
    if it.effort_days != other.effort_days {
        return whole;
    }
    let parts: Vec<String> =
        it.segments.iter().map(|it| it.effort_days.map_or("?".to_owned(), phrase::number)).collect();
    let qualifier = it.segments.iter().find_map(|it| it.qualifier.clone());
    let whole = if 1 < parts.len() { whole.and(format!(" (parts: {})", parts.join(", "))) } else { whole };
    match qualifier {
        Some(it) => whole.and(", ").and_theirs(it),
        None => whole,
    }
}

fn same_owners(was: &Task, is: &Task) -> bool {
    if was.owners == is.owners {
        return true;
    }
    let names = |it: &Task| {
        let mut all: Vec<String> = it.owners.iter().map(|it| bare(it)).collect();
        all.sort();
        all
    };
    names(was) == names(is)
}

fn mark(task: &Task) -> Option<State> {
    task.marked_state().map(|it| it.0)
}

fn is_done(task: &Task) -> bool {
    mark(task) == Some(State::Done)
}

fn ticks(task: &Task) -> usize {
    task.segments.iter().filter(|it| it.mark == Some(State::Done)).count()
}

fn parts(task: &Task) -> Said {
    Said::ours(format!("{} of {}", ticks(task), phrase::count(task.segments.len(), "line")))
}

fn marked(task: &Task) -> Said {
    Said::ours(match mark(task) {
        None => "open",
        Some(State::Done) => "ticked",
        Some(it) => it.words(),
    })
}

/// Says whether the words below a task's lines are the same, whatever their markup.
fn same_details(was: &Task, is: &Task) -> bool {
    let same = |(a, b): (&Segment, &Segment)| a.details == b.details || bare(&a.details) == bare(&b.details);
    was.segments.len() == is.segments.len() && was.segments.iter().zip(&is.segments).all(same)
}
