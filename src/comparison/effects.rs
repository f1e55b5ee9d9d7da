//! What follows from each change of a task.

use super::words::{bare, effort};
use super::{Both, Change, Kind, Said, Side, Subject};
use crate::analysis::{CriterionState, Finding, asks, team_of};
use crate::calendar::Day;
use crate::history::EvidenceKind;
use crate::model::{Gate, State, Task};
use crate::phrase::{count, number, rounded};
use crate::text::SharedStr;
use std::collections::{HashMap, HashSet};

/// Gates beyond this many are not asked what they count.
const MAX_GATES: usize = 200;

/// Which teams owners are; each is looked for once.
#[derive(Default)]
struct Teams<'a>(HashMap<&'a str, Option<usize>>);

impl<'a> Teams<'a> {
    fn of(&mut self, owner: &'a str, side: &Side<'_>) -> Option<usize> {
        *self.0.entry(owner).or_insert_with(|| team_of(owner, &side.history.plan, side.settings))
    }
}

/// Adds what follows from each change, where that is known.
pub fn add(changes: &mut [Change], sides: &Both<Side<'_>>) {
    let counting = Counting::of(sides);
    let mut teams = Teams::default();
    for it in changes.iter_mut() {
        let was = it.task.before.and_then(|at| sides.before.history.plan.tasks.get(at));
        let is = it.task.after.and_then(|at| sides.after.history.plan.tasks.get(at));
        if it.subject == Subject::Task {
            (it.effect, it.weight) = match (it.kind, was, is) {
                (Kind::Removed, Some(was), _) => removed(was, it, sides, &counting),
                (Kind::Other, Some(was), _) if it.is_drop() => removed(was, it, sides, &counting),
                (Kind::Moved, Some(was), Some(is)) => moved(was, is, &counting),
                (Kind::Reestimated, Some(was), Some(is)) => (reestimated(was, is), growth(was, is)),
                _ => Default::default(),
            };
        }
        if !it.effect.is_empty() {
            continue;
        }
        it.effect = match (it.subject, it.kind, was, is) {
            (Subject::Gate, Kind::Other, ..) if it.aspect == "decision" => decided(it, sides),
            (Subject::Task, Kind::Added, _, Some(is)) => added(is, sides, &mut teams),
            (Subject::Task, Kind::Ticked, ..) => ticked(it, sides),
            (Subject::Task, Kind::Unticked, ..) => unticked(it, sides),
            (Subject::Task, Kind::Reassigned, Some(was), Some(is)) => reassigned(was, is, sides, &mut teams),
            (Subject::Task, Kind::Renamed, Some(was), Some(is)) => renamed(was, is),
            _ => Said::default(),
        };
    }
}

/// A decision does not make what it was to wait for true.
fn decided(change: &Change, sides: &Both<Side<'_>>) -> Said {
    let Some(review) = change.gate.after.and_then(|it| sides.after.analysis.gates.get(it)) else {
        return Said::default();
    };
    let is_met = |it: &&Finding| matches!(it.state, CriterionState::Met | CriterionState::Waived);
    let (all, met) = (review.findings.len(), review.findings.iter().filter(is_met).count());
    match all - met {
        0 => Said::default(),
        _ if all == 1 => Said::ours("its criterion is still open"),
        open => Said::ours(format!("{open} of {all} criteria are still open")),
    }
}

/// The gates of after with a day, in the order of their days, and the classes that each counts.
struct Counting<'a> {
    gates: Vec<(Day, &'a Gate, Vec<Option<String>>)>,
}

impl<'a> Counting<'a> {
    fn of(sides: &Both<Side<'a>>) -> Self {
        let plan = &sides.after.history.plan;
        let tasks = || sides.before.history.plan.tasks.iter().chain(&plan.tasks);
        let classes: HashSet<&str> = tasks().filter_map(|it| it.priority.as_deref()).collect();
        let counts = |gate: &Gate| -> Vec<Option<String>> {
            let all = gate.criteria.iter().filter_map(|it| asks(&it.text.plain(), |it| classes.contains(it)));
            all.flatten().map(|it| it.class).collect()
        };
        let mut gates: Vec<_> =
            plan.gates.iter().take(MAX_GATES).filter_map(|it| Some((it.due?, it, counts(it)))).collect();
        gates.sort_by_key(|it| it.0);
        Self { gates }
    }

    /// Returns the first gate between two days, the second included.
    fn passed(&self, from: Day, to: Day) -> Option<&'a Gate> {
        self.gates.iter().find(|it| from <= it.0 && it.0 < to).map(|it| it.1)
    }

    /// Returns the first gate that counts items of a class and is due on a day or later.
    fn next(&self, class: Option<&str>, from: Option<Day>) -> Option<&'a Gate> {
        let counts = |it: &&(Day, &Gate, Vec<Option<String>>)| {
            from.is_none_or(|from| from <= it.0)
                && class.is_some_and(|class| it.2.iter().any(|it| it.as_deref() == Some(class)))
        };
        self.gates.iter().find(counts).map(|it| it.1)
    }
}

/// Says whether what changed was done before.
pub fn was_done(change: &Change, sides: &Both<Side<'_>>) -> bool {
    let history = sides.before.history;
    change.task.before.is_some_and(|it| history.state(it, history.as_of).state == State::Done)
}

/// What was done weighs least, what a gate counts most.
fn removed(was: &Task, change: &Change, sides: &Both<Side<'_>>, counting: &Counting<'_>) -> (Said, i64) {
    if was_done(change, sides) {
        return (Said::ours("none: it was done, and stays so"), -1);
    }
    match counting.next(was.priority.as_deref(), was.end) {
        Some(gate) => {
            let class =
                was.priority.as_ref().map_or(Said::ours("item"), |it| Said::theirs(it.to_string()).and(" item"));
            (Said::ours("one ").and_all(class).and(" fewer for ").and_theirs(gate.name.clone()), 1)
        }
        None => (Said::ours("one item less to do"), 0),
    }
}

/// What moves past a gate weighs most, then what moves by most days.
fn moved(was: &Task, is: &Task, counting: &Counting<'_>) -> (Said, i64) {
    const PAST_GATE: i64 = 1_000_000;
    let (Some(from), Some(to)) = (was.end.or(was.due()), is.end.or(is.due())) else { return Default::default() };
    let days = (to - from).num_days();
    let when = match days {
        0 => return (Said::ours("ends on the same day"), 0),
        d if 0 < d => format!("{} later", count(usize::try_from(d).unwrap_or(0), "day")),
        d => format!("{} earlier", count(usize::try_from(-d).unwrap_or(0), "day")),
    };
    let (gate, side) =
        if 0 < days { (counting.passed(from, to), ", after ") } else { (counting.passed(to, from), ", before ") };
    match gate {
        Some(it) => {
            let weight = if 0 < days { PAST_GATE + days } else { days };
            (Said::ours(when).and(side).and_theirs(it.name.clone()), weight)
        }
        None => (Said::ours(when), days),
    }
}

/// By how much an estimate grows, in hundredths of a day.
fn growth(was: &Task, is: &Task) -> i64 {
    let by = is.effort_days.unwrap_or(0.0) - was.effort_days.unwrap_or(0.0);
    #[expect(clippy::cast_possible_truncation, reason = "efforts are small, and a cast stops at the largest number")]
    let hundredths = (by * 100.0) as i64;
    hundredths
}

/// Says which part of a task was estimated anew, where it has several; else by how much it grows.
fn reestimated(was: &Task, is: &Task) -> Said {
    let parts: Vec<_> = was.segments.iter().zip(&is.segments).enumerate().collect();
    let mut changed = parts.iter().filter(|(_, (was, is))| was.effort_days != is.effort_days);
    if 1 < parts.len()
        && was.segments.len() == is.segments.len()
        && let (Some((at, (was, is))), None) = (changed.next(), changed.next())
    {
        let which = ["first", "second", "third", "fourth", "fifth"].get(*at);
        let part = which.map_or_else(|| format!("part {}", at + 1), |it| format!("{it} part"));
        let effort = |it: Option<f64>| effort(it).plain();
        return Said::ours(format!("{part} {} → {}", effort(was.effort_days), effort(is.effort_days)));
    }
    let (Some(before), Some(after)) = (was.effort_days, is.effort_days) else { return Said::default() };
    let by = rounded(after - before, 2);
    if by == 0.0 {
        return Said::ours("the same in all");
    }
    let sign = if 0.0 < by { "+" } else { "−" };
    Said::ours(format!("{sign}{} d", number(by.abs())))
}

/// Says what the owner has left in the week of a task, or lacks.
fn added<'a>(is: &'a Task, sides: &Both<Side<'a>>, teams: &mut Teams<'a>) -> Said {
    let free = is.owners.first().and_then(|it| free(it, is, sides, teams));
    free.unwrap_or_else(|| Said::ours("one item more to do"))
}

fn reassigned<'a>(was: &Task, is: &'a Task, sides: &Both<Side<'a>>, teams: &mut Teams<'a>) -> Said {
    let is_new = |it: &&SharedStr| !was.owners.iter().any(|old| bare(old) == bare(it));
    let Some(owner) = is.owners.iter().find(is_new).or(is.owners.first()) else { return Said::ours("nobody has it") };
    if !sides.after.history.plan.teams.is_empty() && teams.of(owner, &sides.after).is_none() {
        return Said::theirs(owner.to_string()).and(" is in no team of the plan");
    }
    free(owner, is, sides, teams).unwrap_or_default()
}

/// With another ID a task may count for other gates.
fn renamed(was: &Task, is: &Task) -> Said {
    match (&was.priority, &is.priority) {
        (Some(from), Some(to)) if from != to => {
            let class = |it: &SharedStr| Said::theirs(it.to_string()).and(" item");
            Said::ours("counts as ").and_all(class(to)).and(", no longer as ").and_all(class(from))
        }
        _ => Said::default(),
    }
}

/// Says what an owner has left in the week of a task.
fn free<'a>(owner: &'a str, is: &Task, sides: &Both<Side<'a>>, teams: &mut Teams<'a>) -> Option<Said> {
    let team = teams.of(owner, &sides.after)?;
    let week = is.week()?;
    let load = sides.after.analysis.capacity.teams.get(team)?.iter().find(|it| it.week == week)?;
    let left = rounded(load.capacity - load.planned, 2);
    let name = Said::theirs(owner.to_string());
    Some(if 0.0 < left {
        name.and(format!(" has {} d free that week", number(left)))
    } else if left < 0.0 {
        name.and(format!(" is {} d over in week {week}", number(-left)))
    } else {
        name.and(" has nothing left that week")
    })
}

/// A tick in the plan is news only where nothing told so before.
fn ticked(change: &Change, sides: &Both<Side<'_>>) -> Said {
    let Some(at) = change.task.before else { return Said::default() };
    let history = sides.before.history;
    let state = history.state(at, history.as_of);
    if state.state != State::Done || !change.aspect.is_empty() {
        return Said::default();
    }
    let told = state.evidence.filter(|it| it.kind == EvidenceKind::Standup);
    match told.and_then(|told| history.standups.iter().find(|it| it.date == told.date)) {
        Some(it) => Said::ours(format!("none: done since the standup {}", of_when(it.week, it.date))),
        None => Said::ours("none: it was done"),
    }
}

fn of_when(week: Option<u32>, date: Day) -> String {
    week.map_or_else(|| format!("of {}", super::words::day(date)), |it| format!("of week {it}"))
}

fn unticked(change: &Change, sides: &Both<Side<'_>>) -> Said {
    let Some(at) = change.task.after else { return Said::default() };
    let history = sides.after.history;
    match history.state(at, history.as_of).state {
        State::Done => Said::ours("none: a standup says that it is done"),
        it => Said::ours(format!("counts as {}", it.words())),
    }
}
