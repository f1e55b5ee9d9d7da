//! The plan as a project of the scheduler `TaskJuggler`: resources, phases, items with what is known of them.

use super::{days_of, line};
use crate::analysis::team_of;
use crate::calendar::Day;
use crate::model::{State, Task};
use crate::views::Desk;
use chrono::Days;
use std::collections::BTreeMap;

/// The most letters of a name.
const NAME: usize = 150;

/// A project.
#[derive(Debug, Clone)]
pub struct ProjectView {
    /// What it is called.
    pub title: String,
    /// Its first day.
    pub start: Day,
    /// The day after its last.
    pub end: Day,
    /// The day it was made for.
    pub now: Day,
    /// Its time zone.
    pub timezone: String,
    /// The days of the week that are worked.
    pub weekdays: Vec<chrono::Weekday>,
    /// Days off.
    pub holidays: Vec<Day>,
    /// The teams.
    pub resources: Vec<ResourceView>,
    /// The phases with their items.
    pub parts: Vec<PartView>,
    /// Gates and the launch.
    pub milestones: Vec<MilestoneView>,
    /// Items that are left out, since they have neither days nor effort.
    pub left_out: usize,
}

/// A team.
#[derive(Debug, Clone)]
pub struct ResourceView {
    /// What it is called.
    pub name: String,
    /// Its greatest strength, in full-time equivalents.
    pub fte: f64,
}

/// A phase, or what lies outside of any.
#[derive(Debug, Clone)]
pub struct PartView {
    /// What it is called.
    pub name: String,
    /// Its items.
    pub tasks: Vec<TaskView>,
}

/// An item.
#[derive(Debug, Clone)]
pub struct TaskView {
    /// A name of letters, digits and dashes, of its own.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its planned days: the first, and the one after the last.
    pub days: Option<(Day, Day)>,
    /// Its effort in days, and who spends it, by their places among the resources; nothing where either is not known.
    pub effort: Option<(f64, Vec<usize>)>,
    /// How much is done, 0 to 100.
    pub complete: f64,
    /// What comes before it: the part and the key.
    pub after: Vec<(usize, String)>,
}

/// A gate, or the launch.
#[derive(Debug, Clone)]
pub struct MilestoneView {
    /// What it is called.
    pub name: String,
    /// Its day.
    pub day: Day,
}

/// Makes the project; what was dropped is not in it.
#[must_use]
pub fn project(desk: &Desk<'_>) -> ProjectView {
    let plan = desk.plan();
    let settings = &desk.facts.sources.settings;
    let mut parts: Vec<PartView> =
        plan.phases.iter().map(|it| PartView { name: line(&it.full_label(), NAME), tasks: Vec::new() }).collect();
    parts.push(PartView { name: "Outside of phases".to_owned(), tasks: Vec::new() });
    let outside = parts.len() - 1;
    let part_of = |it: &Task| it.last().phase.unwrap_or(outside);
    let is_in = |at: usize, it: &Task| {
        desk.state(at).state != State::Dropped && (it.end.is_some() || it.effort_days.is_some_and(|it| 0.0 < it))
    };
    let places: BTreeMap<&str, (usize, &Task)> = plan
        .tasks
        .iter()
        .enumerate()
        .filter(|(at, it)| is_in(*at, it))
        .map(|(_, it)| (it.key.as_str(), (part_of(it), it)))
        .collect();
    let mut left_out = 0;
    for (at, task) in plan.tasks.iter().enumerate() {
        let state = desk.state(at);
        if !is_in(at, task) {
            left_out += usize::from(state.state != State::Dropped);
            continue;
        }
        let before = task.depends_on().filter_map(|it| desk.task(plan.task_with_id(it)?));
        let before = before
            .filter(|it| it.key != task.key)
            .filter_map(|it| Some((places.get(it.key.as_str())?.0, it.key.clone())));
        let mut teams: Vec<usize> = task.owners.iter().filter_map(|it| team_of(it, plan, settings)).collect();
        teams.sort_unstable();
        teams.dedup();
        let view = TaskView {
            key: task.key.clone(),
            name: line(&task.full_name(), NAME),
            days: days_of(task),
            effort: task.effort_days.filter(|it| 0.0 < *it && !teams.is_empty()).map(|it| (it, teams)),
            complete: if state.state == State::Done { 100.0 } else { state.percent.unwrap_or(0.0).clamp(0.0, 100.0) },
            after: before.collect(),
        };
        if let Some(it) = parts.get_mut(part_of(task)) {
            it.tasks.push(view);
        }
    }
    let gates = plan.gates.iter().filter_map(|it| Some(MilestoneView { name: line(&it.name, NAME), day: it.due? }));
    let launch =
        plan.header.target.as_ref().map(|it| MilestoneView { name: "Target launch".to_owned(), day: it.value });
    let milestones: Vec<MilestoneView> = gates.chain(launch).collect();
    let tasks = || parts.iter().flat_map(|it| &it.tasks).filter_map(|it| it.days);
    let firsts = tasks().map(|it| it.0).chain(milestones.iter().map(|it| it.day));
    let start =
        plan.schedule.as_ref().map(|it| it.calendar.start).into_iter().chain(firsts).min().unwrap_or(desk.as_of());
    let lasts = tasks().map(|it| it.1).chain(milestones.iter().map(|it| it.day)).chain([desk.as_of(), start]);
    let last = lasts.max().unwrap_or(start);
    let working = &desk.analysis().working;
    ProjectView {
        title: line(&plan.title, NAME),
        start,
        // Work that is scheduled by effort may take longer than planned.
        end: last.checked_add_days(Days::new(182)).unwrap_or(last),
        now: desk.as_of().max(start),
        timezone: settings.zone().name().to_owned(),
        weekdays: working.weekdays.clone(),
        holidays: working.holidays.iter().copied().collect(),
        resources: plan
            .teams
            .iter()
            .map(|it| ResourceView {
                name: line(&it.name, NAME),
                fte: it.periods.iter().map(|it| it.fte).fold(0.0, f64::max),
            })
            .collect(),
        parts,
        milestones,
        left_out,
    }
}
