//! The list of tasks: by week, by phase where there are no weeks, else in one piece.

use super::dependencies::{DependencyPart, dependencies};
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Mark, Src, TaskRef};
use super::{Desk, phases, wording};
use crate::model::{State, Task};
use crate::phrase;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The list of tasks.
#[derive(Debug, Serialize)]
pub struct Tasks {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// The states to choose from, with their counts.
    pub states: Vec<StateChoice>,
    /// What the plan calls its phases, such as "Phase".
    pub phase: String,
    /// "All phases".
    pub all_phases: String,
    /// The phases to choose from; none where there is one at most.
    pub phases: Vec<Choice>,
    /// The owners to choose from.
    pub owners: Vec<Choice>,
    /// The order in which they stand.
    pub order: &'static str,
    /// What to know about the figures.
    pub note: String,
    /// The columns that any task has something for.
    pub columns: Columns,
    /// The tasks by week, or by phase.
    pub groups: Vec<Group>,
    /// What depends on what.
    pub depends: Option<DependencyPart>,
}

/// Which columns any task has something for.
#[derive(Debug, Serialize)]
pub struct Columns {
    /// Owners.
    pub owner: bool,
    /// Efforts.
    pub effort: bool,
    /// Planned days.
    pub planned: bool,
    /// IDs before the titles.
    pub id: bool,
    /// How many columns there are.
    pub count: usize,
}

/// A state to choose.
#[derive(Debug, Serialize)]
pub struct StateChoice {
    /// Its name in data.
    pub value: &'static str,
    /// Its mark.
    pub mark: Mark,
    /// How many tasks are in it.
    pub count: usize,
}

/// Something to choose.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// Its name in data.
    pub value: String,
    /// Its words.
    pub text: String,
}

/// The tasks of a week or a phase.
#[derive(Debug, Serialize)]
pub struct Group {
    /// "Week 1: Infrastructure & Security"; empty where the list is in one piece.
    pub title: String,
    /// "6 of 6 done, 19–23 Jan".
    pub note: String,
    /// The phase in data.
    pub phase: String,
    /// The tasks.
    pub rows: Vec<Row>,
}

/// A task in the list.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its name on the page.
    pub id: String,
    /// The task.
    pub task: TaskRef,
    /// Its state in data.
    pub state: &'static str,
    /// What asks for attention first, for sorting.
    pub rank: usize,
    /// Its owners in data.
    pub owner_values: String,
    /// Its owners.
    pub owners: String,
    /// "0.5 d", "in P2-02"; empty when nothing is written.
    pub effort: String,
    /// Its effort for sorting.
    pub effort_days: f64,
    /// "19–20 Jan"; empty without a calendar.
    pub planned: String,
    /// Its first day for sorting.
    pub start: String,
    /// Its lines.
    pub src: Src,
}

/// In this order states ask for attention.
const RANKS: [State; 5] = [State::Blocked, State::InProgress, State::Todo, State::Done, State::Dropped];

impl Page for Tasks {
    const TEMPLATE: &'static str = "site/tasks.html";
}

/// Makes the list of tasks.
#[must_use]
pub fn tasks(desk: &Desk<'_>, base_url: Option<&str>) -> Tasks {
    let heading = heading(desk);
    let words = Heading {
        title: heading.clone(),
        description: format!("All items of {} with state, owner, effort and dates", desk.plan().title),
        section: Section::Tasks,
        is_first: true,
        path: "tasks.html".to_owned(),
    };
    let owners: BTreeSet<&str> = desk.plan().tasks.iter().flat_map(|it| &it.owners).map(|it| &**it).collect();
    let owners = owners.into_iter().map(|it| Choice { value: phrase::slug(it), text: it.to_owned() });
    let noun = phases::noun(desk.plan());
    let groups = groups(desk);
    let used: BTreeSet<usize> = groups.iter().filter_map(|it| it.phase.parse().ok()).collect();
    let all = desk.plan().phases.iter().enumerate().filter(|(at, _)| used.contains(at));
    let mut phases: Vec<_> = all.map(|(at, it)| Choice { value: at.to_string(), text: it.full_label() }).collect();
    if phases.len() < 2 {
        phases.clear();
    }
    Tasks {
        frame: frame(desk, &words, base_url),
        heading,
        states: states(desk),
        phase: phrase::capitalise(noun),
        all_phases: format!("All {noun}s"),
        phases,
        owners: owners.collect(),
        order: if desk.analysis().progress.planned_done.is_some() { "As planned" } else { "As written" },
        note: note(desk),
        columns: columns(&groups),
        groups,
        depends: dependencies(desk),
    }
}

fn columns(groups: &[Group]) -> Columns {
    let any = |has: fn(&Row) -> bool| groups.iter().flat_map(|it| &it.rows).any(has);
    let owner = any(|it| !it.owners.is_empty());
    let effort = any(|it| !it.effort.is_empty());
    let planned = any(|it| !it.planned.is_empty());
    let count = 3 + usize::from(owner) + usize::from(effort) + usize::from(planned);
    Columns { owner, effort, planned, id: any(|it| it.task.id.is_some()), count }
}

/// "10 of 42 items are done; P2-05 is blocked, P2-10 is 3 days late".
fn heading(desk: &Desk<'_>) -> String {
    let progress = &desk.analysis().progress;
    if progress.total == 0 {
        return wording::all_dropped(progress.dropped);
    }
    let done = phrase::capitalise(&wording::done_of(progress.done, progress.total));
    let all = || (0..desk.plan().tasks.len()).filter_map(|at| Some((at, desk.task(at)?)));
    let blocked: Vec<String> =
        all().filter(|(at, _)| desk.state(*at).state == State::Blocked).map(|(_, it)| it.name()).collect();
    let late: Vec<(String, usize)> = all()
        .filter(|(at, _)| desk.state(*at).state != State::Blocked)
        .filter_map(|(at, it)| Some((it.name(), desk.late(at)?)))
        .collect();
    let mut parts = Vec::new();
    match blocked.as_slice() {
        [] => {}
        [one] => parts.push(format!("{one} is blocked")),
        [_, _] => parts.push(format!("{} are blocked", phrase::list(&blocked))),
        many => parts.push(format!("{} are blocked", many.len())),
    }
    match late.as_slice() {
        [] => {}
        [(one, days)] => parts.push(format!("{one} is {}", wording::late(*days))),
        many => parts.push(format!("{} are late", many.len())),
    }
    if parts.is_empty() { done } else { format!("{done}; {}", phrase::list(&parts)) }
}

fn states(desk: &Desk<'_>) -> Vec<StateChoice> {
    let it = &desk.analysis().progress;
    let counts = [
        (State::Done, it.done),
        (State::InProgress, it.in_progress),
        (State::Blocked, it.blocked),
        (State::Todo, it.todo),
        (State::Dropped, it.dropped),
    ];
    let choice = |(state, count): (State, usize)| {
        let mark = Mark::of_state(&crate::history::TaskState { state, percent: None, since: None, evidence: None });
        StateChoice { value: state.name(), mark, count }
    };
    counts.into_iter().filter(|(_, count)| 0 < *count).map(choice).collect()
}

fn note(desk: &Desk<'_>) -> String {
    let progress = &desk.analysis().progress;
    let mut notes = Vec::new();
    if progress.has_effort {
        notes.push(format!("Effort in days, {} in all.", phrase::number(progress.effort_total)));
    }
    if desk.plan().tasks.iter().any(|it| 1 < it.segments.len()) {
        notes.push("Items written in several places are shown once.".to_owned());
    }
    if desk.plan().tasks.iter().any(|it| it.segments.iter().any(|it| it.shared_by.is_some())) {
        notes.push("Items below one owner line share its effort.".to_owned());
    }
    notes.join(" ")
}

fn groups(desk: &Desk<'_>) -> Vec<Group> {
    // A task belongs where its last line stands, as in the report and in what is done of each phase. What has no week comes last,
    // and there what has no phase.
    let key = |it: &Task| match (it.last().week, it.last().phase) {
        (Some(week), _) => (week, 0),
        (None, phase) => (u32::MAX, phase.unwrap_or(usize::MAX)),
    };
    let mut order: BTreeMap<(u32, usize), Vec<usize>> = BTreeMap::new();
    for (at, task) in desk.plan().tasks.iter().enumerate() {
        order.entry(key(task)).or_default().push(at);
    }
    let is_alone = order.len() == 1;
    order.into_values().map(|tasks| group(desk, &tasks, is_alone)).collect()
}

fn group(desk: &Desk<'_>, tasks: &[usize], is_alone: bool) -> Group {
    let plan = desk.plan();
    let first = tasks.first().and_then(|at| desk.task(*at)).map(Task::last);
    let week = first.and_then(|it| it.week);
    let heading = week.and_then(|week| plan.weeks.iter().find(|it| it.week == week));
    let own = first.and_then(|it| it.phase);
    let title = match (week, heading, own.and_then(|it| plan.phases.get(it))) {
        (Some(week), Some(it), _) if !it.name.is_empty() => format!("Week {week}: {}", it.name),
        (Some(week), ..) => format!("Week {week}"),
        (None, _, Some(phase)) => phase.full_label(),
        (None, _, None) if is_alone => String::new(),
        (None, _, None) if plan.phases.is_empty() => "Without a week".to_owned(),
        (None, _, None) => format!("Without a {}", phases::noun(plan)),
    };
    let count = |state| tasks.iter().filter(|it| desk.state(**it).state == state).count();
    let (done, dropped) = (count(State::Done), count(State::Dropped));
    let calendar = plan.schedule.as_ref().map(|it| &it.calendar);
    let dates = week.zip(calendar).and_then(|(week, it)| it.monday(week).zip(it.last_working_day(week)));
    let dates = dates.map_or(String::new(), |(first, last)| format!(", {}", wording::days(first, last, desk.as_of())));
    let phase = heading.and_then(|it| it.phase).or(own).filter(|it| *it < plan.phases.len()).map(|it| it.to_string());
    Group {
        title,
        note: format!("{}{dates}", tally(done, tasks.len(), dropped)),
        phase: phase.unwrap_or_default(),
        rows: tasks.iter().filter_map(|at| row(desk, *at)).collect(),
    }
}

/// "6 of 6 done, 2 dropped": what is dropped is in no total.
fn tally(done: usize, all: usize, dropped: usize) -> String {
    match (all - dropped, dropped) {
        (0, _) => "all dropped".to_owned(),
        (total, 0) => format!("{done} of {total} done"),
        (total, n) => format!("{done} of {total} done, {n} dropped"),
    }
}

fn row(desk: &Desk<'_>, at: usize) -> Option<Row> {
    let task = desk.task(at)?;
    let values: Vec<String> = task.owners.iter().map(|it| phrase::slug(it)).collect();
    let planned = task.start.zip(task.end).map(|(start, end)| wording::days(start, end, desk.as_of()));
    let mut src = desk.src(&task.first().place);
    let lines: Vec<String> = task.segments.iter().map(|it| it.place.line().to_string()).collect();
    if let Some((file, _)) = src.label.clone().rsplit_once(':') {
        src.label = format!("{file}:{}", lines.join(", "));
    }
    Some(Row {
        id: format!("t-{}", task.key),
        task: desk.task_ref(at)?,
        state: desk.state(at).state.name(),
        rank: RANKS.iter().position(|it| *it == desk.state(at).state).unwrap_or_default(),
        owner_values: values.join(" "),
        owners: task.owners.join(" + "),
        effort: effort(task),
        effort_days: task.effort_days.unwrap_or(0.0),
        planned: planned.unwrap_or_default(),
        start: task.start.map(wording::iso).unwrap_or_default(),
        src,
    })
}

/// The effort in days, or where it is counted.
#[must_use]
pub fn effort(task: &Task) -> String {
    match (&task.part_of, task.effort_days) {
        (Some(it), Some(0.0)) => format!("in {it}"),
        (_, Some(days)) => wording::effort(days),
        (_, None) => String::new(),
    }
}
