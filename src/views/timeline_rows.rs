//! The plan in rows for the calendar: phases, their parts, and the gates that close them.

use super::Desk;
use crate::analysis::Readiness;
use crate::calendar::{Day, Week};
use crate::model::{Gate, Phase, State, Task};
use std::ops::Range;

/// More rows than this become one for each week.
const MOST_ROWS: usize = 60;

/// A phase with its rows.
#[derive(Debug)]
pub struct Group {
    /// The phase, by its place in the plan; nothing for work outside of phases.
    pub phase: Option<usize>,
    /// Its gates, by their places in the plan, in order.
    pub gates: Vec<usize>,
    /// Its parts.
    pub rows: Vec<Row>,
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A block, by its place in the plan.
    Block(usize),
    /// A week.
    Week(Week),
    /// What is neither in a block nor in a week.
    Rest,
}

/// A part of a phase.
#[derive(Debug)]
pub struct Row {
    /// What it stands for.
    pub part: Part,
    /// Its tasks, by their places in the plan.
    pub tasks: Vec<usize>,
    /// Its first and last day.
    pub span: Option<(Day, Day)>,
    /// Items done.
    pub done: usize,
    /// Items in scope: all but dropped ones.
    pub total: usize,
    /// The state of all of it.
    pub state: State,
    /// Open tasks that are blocked, or past their end.
    pub troubles: Vec<usize>,
    /// The day of the last item, and by how many weeks it was late; nothing when it was finished in its week.
    pub finished_late: Option<(Day, Week)>,
}

/// Returns the plan as groups of rows.
#[must_use]
pub fn groups(desk: &Desk<'_>) -> Vec<Group> {
    let by_block = grouped(desk, true);
    let rows: usize = by_block.iter().map(|it| it.rows.len()).sum();
    if rows <= MOST_ROWS { by_block } else { grouped(desk, false) }
}

/// Parts with their tasks.
type Parts = Vec<(Part, Vec<usize>)>;

/// Groups tasks by the phase and the part in which they end.
fn grouped(desk: &Desk<'_>, has_blocks: bool) -> Vec<Group> {
    let plan = desk.plan();
    let mut found: Vec<(Option<usize>, Parts)> =
        (0..plan.phases.len()).map(|it| (Some(it), Vec::new())).chain([(None, Vec::new())]).collect();
    for (at, task) in plan.tasks.iter().enumerate() {
        let phase = phase_of(desk, task);
        let part = part_of(task, has_blocks);
        let Some((_, parts)) = found.iter_mut().find(|it| it.0 == phase) else { continue };
        match parts.iter_mut().find(|it| it.0 == part) {
            Some((_, tasks)) => tasks.push(at),
            None => parts.push((part, vec![at])),
        }
    }
    let group = |(phase, parts): (Option<usize>, Parts)| {
        let mut rows: Vec<Row> = parts.into_iter().map(|(part, tasks)| row(desk, part, tasks)).collect();
        // Rows without days stand last; others keep the plan's order where they begin on one day.
        rows.sort_by_key(|it| it.span.map_or((true, Day::MAX), |(first, _)| (false, first)));
        Group { phase, gates: gates(desk, phase), rows }
    };
    let groups = found.into_iter().map(group);
    groups.filter(|it| !it.rows.is_empty() || (it.phase.is_some() && !it.gates.is_empty())).collect()
}

fn phase_of(desk: &Desk<'_>, task: &Task) -> Option<usize> {
    let plan = desk.plan();
    let last = task.last();
    let of_week = |week: Week| {
        let named = plan.weeks.iter().find(|it| it.week == week).and_then(|it| it.phase);
        named.or_else(|| plan.phases.iter().position(|it| holds(it, week)))
    };
    last.phase.or_else(|| last.week.and_then(of_week)).filter(|it| *it < plan.phases.len())
}

fn holds(phase: &Phase, week: Week) -> bool {
    phase.weeks.is_some_and(|(first, last)| (first..=last).contains(&week))
}

fn part_of(task: &Task, has_blocks: bool) -> Part {
    let last = task.last();
    match (last.block, last.week) {
        (Some(block), _) if has_blocks => Part::Block(block),
        (_, Some(week)) => Part::Week(week),
        (Some(block), None) => Part::Block(block),
        (None, None) => Part::Rest,
    }
}

fn row(desk: &Desk<'_>, part: Part, tasks: Vec<usize>) -> Row {
    let count = |state| tasks.iter().filter(|it| desk.state(**it).state == state).count();
    let total = tasks.len() - count(State::Dropped);
    let done = count(State::Done);
    let state = if total == 0 {
        State::Dropped
    } else if done == total {
        State::Done
    } else if 0 < count(State::Blocked) {
        State::Blocked
    } else if 0 < done + count(State::InProgress) {
        State::InProgress
    } else {
        State::Todo
    };
    let is_trouble = |it: &usize| desk.state(*it).state == State::Blocked || desk.late(*it).is_some();
    let span = span(desk, part, &tasks);
    let finished_late = span.filter(|_| state == State::Done).and_then(|(_, end)| finished_late(desk, &tasks, end));
    Row {
        part,
        span,
        done,
        total,
        state,
        troubles: tasks.iter().copied().filter(is_trouble).collect(),
        finished_late,
        tasks,
    }
}

/// Returns the days of a part: its own, else from the first to the last of its tasks.
fn span(desk: &Desk<'_>, part: Part, tasks: &[usize]) -> Option<(Day, Day)> {
    let plan = desk.plan();
    let calendar = &plan.schedule.as_ref()?.calendar;
    let week = |it: Week| calendar.monday(it).zip(calendar.last_working_day(it));
    let own = match part {
        Part::Block(at) => plan.blocks.get(at).and_then(|it| it.start.zip(it.end)),
        Part::Week(it) => week(it),
        Part::Rest => None,
    };
    let of_tasks = || {
        let tasks = || tasks.iter().filter_map(|it| desk.task(*it));
        tasks().filter_map(|it| it.start.or(it.end)).min().zip(tasks().filter_map(|it| it.end).max())
    };
    own.or_else(of_tasks).map(|(first, last)| (first.min(last), last.max(first)))
}

/// Standups speak of whole weeks, so what was finished in the week of its end was in time.
fn finished_late(desk: &Desk<'_>, tasks: &[usize], end: Day) -> Option<(Day, Week)> {
    let calendar = &desk.plan().schedule.as_ref()?.calendar;
    let done = |it: &usize| Some(desk.state(*it)).filter(|it| it.state == State::Done)?.since;
    let since = tasks.iter().filter_map(done).max().filter(|it| end < *it)?;
    let told = desk.facts.history.standups.iter().find(|it| it.date == since).and_then(|it| it.week);
    let week = calendar.week(since)?;
    let week = told.map_or(week, |it| it.min(week));
    let late = week.checked_sub(calendar.week(end)?).filter(|it| 0 < *it)?;
    Some((since, late))
}

/// Returns the gates that close a phase; a gate of no phase closes the last one, or the plan.
fn gates(desk: &Desk<'_>, phase: Option<usize>) -> Vec<usize> {
    let plan = desk.plan();
    let last = plan.phases.len().checked_sub(1);
    let closes = |it: &Gate| it.kind.is_big() && it.phase.or(last) == phase;
    plan.gates.iter().enumerate().filter(|(_, it)| closes(it)).map(|(at, _)| at).collect()
}

/// Returns the gates of phases and of the launch that are past their day without a decision.
#[must_use]
pub fn undecided(desk: &Desk<'_>, groups: &[Group]) -> Vec<usize> {
    let is_overdue = |at: &usize| desk.analysis().gates.get(*at).is_some_and(|it| it.days_overdue.is_some());
    groups.iter().flat_map(|it| &it.gates).copied().filter(is_overdue).collect()
}

/// How a gate stands on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// People decided.
    Decided,
    /// Its day is over, and nobody decided.
    Overdue,
    /// It is the next one.
    Next,
    /// It comes after the next one, or has no day.
    Later,
}

/// Returns how a gate stands, and whether it can be passed.
#[must_use]
pub fn standing(desk: &Desk<'_>, at: usize, next: Option<usize>) -> Option<(Standing, Readiness)> {
    let review = desk.analysis().gates.get(at)?;
    let standing = if decision_known(desk, at) {
        Standing::Decided
    } else if review.days_overdue.is_some() {
        Standing::Overdue
    } else if next == Some(at) {
        Standing::Next
    } else {
        Standing::Later
    };
    Some((standing, review.readiness))
}

/// Returns the next gate to be decided.
#[must_use]
pub fn next_gate(desk: &Desk<'_>, groups: &[Group]) -> Option<usize> {
    let due = |at: usize| desk.plan().gates.get(at)?.due.filter(|it| desk.as_of() <= *it);
    let open = groups.iter().flat_map(|it| &it.gates).filter(|it| !decision_known(desk, **it));
    open.filter_map(|at| Some((due(*at)?, *at))).min().map(|it| it.1)
}

fn decision_known(desk: &Desk<'_>, at: usize) -> bool {
    desk.plan().gates.get(at).is_some_and(|it| it.decision_by(desk.as_of()).is_some())
}

/// Returns what rows are called: block, week, or part.
#[must_use]
pub fn noun(groups: &[Group]) -> &'static str {
    let mut rows = groups.iter().flat_map(|it| &it.rows).map(|it| it.part);
    if rows.clone().all(|it| matches!(it, Part::Block(_))) {
        "block"
    } else if rows.all(|it| matches!(it, Part::Week(_))) {
        "week"
    } else {
        "part"
    }
}

/// Returns the name of a row.
#[must_use]
pub fn name(desk: &Desk<'_>, row: &Row, group: &Group) -> String {
    let plan = desk.plan();
    match row.part {
        Part::Block(at) => plan.blocks.get(at).map(|it| it.name.clone()).unwrap_or_default(),
        Part::Week(week) => match plan.weeks.iter().find(|it| it.week == week && !it.name.is_empty()) {
            Some(it) => format!("Week {week}: {}", it.name),
            None => format!("Week {week}"),
        },
        Part::Rest if group.rows.len() == 1 => "All items".to_owned(),
        Part::Rest => "Without a week".to_owned(),
    }
}

/// Returns the numbers of the plan's weeks.
#[must_use]
pub fn weeks(desk: &Desk<'_>) -> Range<Week> {
    1..desk.plan().schedule.as_ref().map_or(0, |it| it.weeks) + 1
}
