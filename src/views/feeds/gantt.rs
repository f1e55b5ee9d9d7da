//! The plan as a Gantt diagram: phases with their items and gates, on explicit days.

use super::{days_of, line, noun};
use crate::calendar::Day;
use crate::model::State;
use crate::views::{Desk, wording};

/// The most letters of a name.
const NAME: usize = 70;

/// A Gantt diagram.
#[derive(Debug, Clone)]
pub struct GanttView {
    /// What it shows.
    pub title: String,
    /// The day it was made for.
    pub as_of: String,
    /// The phases with something on a day, in order.
    pub sections: Vec<GanttSection>,
    /// Items that are left out, since they have no planned day.
    pub without_days: usize,
}

/// A phase.
#[derive(Debug, Clone)]
pub struct GanttSection {
    /// What it is called.
    pub name: String,
    /// What lies in it, by day.
    pub bars: Vec<GanttBar>,
}

/// An item or a gate.
#[derive(Debug, Clone)]
pub struct GanttBar {
    /// What it is called.
    pub name: String,
    /// How it stands.
    pub kind: GanttKind,
    /// Its first day.
    pub first: Day,
    /// The day after its last.
    pub after: Day,
}

/// How a bar is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GanttKind {
    /// An item that is not begun.
    Todo,
    /// One that is in progress.
    Active,
    /// One that is held up.
    Blocked,
    /// One that is done.
    Done,
    /// A gate, or the launch.
    Milestone,
}

/// Makes the diagram of a plan; what was dropped is not in it.
#[must_use]
pub fn gantt(desk: &Desk<'_>) -> GanttView {
    let plan = desk.plan();
    let mut sections: Vec<GanttSection> = plan
        .phases
        .iter()
        .map(|it| GanttSection { name: line(&it.full_label(), NAME), bars: Vec::new() })
        .chain([GanttSection { name: "Outside of phases".to_owned(), bars: Vec::new() }])
        .collect();
    let outside = sections.len() - 1;
    let mut without_days = 0;
    for (at, task) in plan.tasks.iter().enumerate() {
        let state = desk.state(at).state;
        if state == State::Dropped {
            continue;
        }
        let Some((first, after)) = days_of(task) else {
            without_days += 1;
            continue;
        };
        let kind = match state {
            State::Todo | State::Dropped => GanttKind::Todo,
            State::InProgress => GanttKind::Active,
            State::Blocked => GanttKind::Blocked,
            State::Done => GanttKind::Done,
        };
        let name = task.id.as_ref().map_or_else(|| task.title().plain(), |id| format!("{id} {}", task.title().plain()));
        let bar = GanttBar { name: line(&name, NAME), kind, first, after };
        if let Some(it) = sections.get_mut(task.last().phase.unwrap_or(outside)) {
            it.bars.push(bar);
        }
    }
    let milestone = |name: &str, day: Day| {
        Some(GanttBar { name: line(name, NAME), kind: GanttKind::Milestone, first: day, after: day.succ_opt()? })
    };
    for gate in &plan.gates {
        let bar = gate.due.and_then(|due| milestone(&format!("{}{}", gate.short, noun(gate)), due));
        if let Some(it) = sections.get_mut(gate.phase.unwrap_or(outside)) {
            it.bars.extend(bar);
        }
    }
    let launch = plan.header.target.as_ref().and_then(|it| milestone("Target launch", it.value));
    if let Some(it) = sections.last_mut() {
        it.bars.extend(launch);
        if it.bars.iter().all(|it| it.kind == GanttKind::Milestone) {
            "Launch".clone_into(&mut it.name);
        }
    }
    for it in &mut sections {
        it.bars.sort_by_key(|it| (it.first, it.after));
    }
    sections.retain(|it| !it.bars.is_empty());
    GanttView { title: line(&plan.title, 120), as_of: wording::full_day(desk.as_of()), sections, without_days }
}
