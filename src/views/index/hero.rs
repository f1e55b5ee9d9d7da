//! The headline.

use crate::analysis::Basis;
use crate::model::State;
use crate::phrase;
use crate::views::parts::{Link, Mark};
use crate::views::standing::{Standing, late_items, worst_parts};
use crate::views::{Desk, phases, wording};
use serde::Serialize;

/// The headline.
#[derive(Debug, Serialize)]
pub struct Hero {
    /// How the plan stands.
    pub badge: Mark,
    /// Why.
    pub note: String,
    /// The finding.
    pub heading: String,
    /// "10 of 42 items are done, 12 were planned by today."
    pub lead: String,
    /// What holds the plan up most.
    pub holdup: Option<Holdup>,
}

/// What holds the plan up.
#[derive(Debug, Serialize)]
pub struct Holdup {
    /// The task.
    pub task: Link,
    /// "is blocked: …".
    pub words: String,
    /// "It holds up the Pre-Prod gate, due in 5 working days."
    pub gate: Option<String>,
}

/// Makes the headline.
pub fn hero(desk: &Desk<'_>) -> Hero {
    let (badge, note) = badge(desk);
    let heading = heading(desk);
    let lead = lead(desk, &heading);
    Hero { badge, note, heading, lead, holdup: holdup(desk) }
}

fn badge(desk: &Desk<'_>) -> (Mark, String) {
    let standing = Standing::of(desk);
    let why = match standing {
        Standing::Unread | Standing::Done | Standing::NoTasks | Standing::NothingToDo => String::new(),
        Standing::Unknown => "too little is known yet".to_owned(),
        Standing::NoDates => "without planned days nothing can be late".to_owned(),
        Standing::OnTrack => "every part of the delivery index is green".to_owned(),
        Standing::AtRisk | Standing::OffTrack => worst_parts(desk).unwrap_or_else(|| late_items(desk)),
    };
    (standing.mark(standing.words()), why)
}

/// Returns the finding.
pub fn heading(desk: &Desk<'_>) -> String {
    let it = &desk.analysis().forecast;
    let progress = &desk.analysis().progress;
    let day = |it| wording::long_day(it, desk.as_of());
    let deadline = desk.analysis().deadline;
    if let Some(past) = deadline.filter(|it| *it < desk.as_of() && progress.done < progress.total) {
        let open = progress.total - progress.done;
        return format!("The target, {}, is past with {} open", day(past), phrase::count(open, "item"));
    }
    match (it.basis, it.p50, it.on_time, deadline) {
        (Basis::Done, ..) => phrase::capitalise(&wording::done_of(progress.done, progress.total)),
        (basis, p50, Some(on_time), Some(deadline)) if basis.is_known() => {
            let half = match p50 {
                Some(p50) if p50 <= deadline => format!("half of the forecast lies before {}", day(p50)),
                Some(p50) => format!("{} is as likely as not", day(p50)),
                None => "half of the forecast lies beyond a year".to_owned(),
            };
            format!("Launch by {} has {}; {half}", day(deadline), wording::a_chance(on_time))
        }
        (basis, Some(p50), ..) if basis.is_known() => {
            format!("{} is as likely as not to see the last item done", day(p50))
        }
        _ if progress.total == 0 && 0 < progress.dropped => wording::all_dropped(progress.dropped),
        _ if progress.total == 0 && !desk.plan().phases.is_empty() => {
            let phases = phrase::count_in_words(desk.plan().phases.len(), phases::noun(desk.plan()));
            format!("{}, and nothing to count yet", phrase::capitalise(&phases))
        }
        _ if progress.total == 0 => "There is nothing to report yet".to_owned(),
        _ => phrase::capitalise(&wording::done_of(progress.done, progress.total)),
    }
}

fn lead(desk: &Desk<'_>, heading: &str) -> String {
    let progress = &desk.analysis().progress;
    if progress.total == 0 && 0 < progress.dropped {
        return "Nothing is left in scope.".to_owned();
    }
    if progress.total == 0 {
        return "The roadmap has no tasks. Write each as a list item with a box, such as - [ ] P1-01: title."
            .to_owned();
    }
    let done = phrase::capitalise(&wording::done_of(progress.done, progress.total));
    match progress.planned_done {
        Some(planned) => {
            let verb = if planned == 1 { "was" } else { "were" };
            let planned = if planned == progress.total && 1 < planned {
                "all were planned by today.".to_owned()
            } else {
                format!("{planned} {verb} planned by today.")
            };
            // The heading may say already how many are done.
            if heading == done { phrase::capitalise(&planned) } else { format!("{done}, {planned}") }
        }
        // The heading says already how many are done.
        None if progress.done == progress.total => String::new(),
        None => left(desk),
    }
}

/// "1 is in progress, 2 are not begun."
fn left(desk: &Desk<'_>) -> String {
    let it = &desk.analysis().progress;
    let counts = [(it.in_progress, "in progress"), (it.blocked, "blocked"), (it.todo, "not begun")];
    let said = counts.into_iter().filter(|(n, _)| 0 < *n);
    let parts: Vec<String> =
        said.map(|(n, state)| format!("{n} {} {state}", if n == 1 { "is" } else { "are" })).collect();
    format!("{}.", phrase::list(&parts))
}

/// The blocked task that is due first, else the one that is latest.
fn holdup(desk: &Desk<'_>) -> Option<Holdup> {
    let tasks = || (0..desk.plan().tasks.len()).filter_map(|at| Some((at, desk.task(at)?)));
    let blocked = tasks()
        .filter(|(at, _)| desk.state(*at).state == State::Blocked)
        .min_by_key(|(at, it)| (it.end.is_none(), it.end, *at));
    let late = || {
        tasks()
            .filter_map(|(at, it)| Some((desk.late(at)?, at, it)))
            .max_by_key(|(days, at, _)| (*days, usize::MAX - at))
    };
    let (at, task, words) = match blocked {
        Some((at, task)) => {
            let reason = desk.state(at).evidence.and_then(|it| it.reason.clone());
            let words =
                reason.map_or("is blocked.".to_owned(), |it| format!("is blocked: {}.", it.trim_end_matches('.')));
            (at, task, words)
        }
        None => late().map(|(days, at, task)| (at, task, format!("is {}.", wording::late(days))))?,
    };
    let link = Link { text: task.name(), href: desk.task_href(task) };
    Some(Holdup { task: link, words, gate: gate_held_up(desk, at) })
}

fn gate_held_up(desk: &Desk<'_>, task: usize) -> Option<String> {
    let gates = desk.plan().gates.iter().zip(&desk.analysis().gates);
    let (gate, review) = gates.filter(|(_, it)| it.days_left.is_some()).find(|(gate, review)| {
        let counts = || gate.phase.is_some() && desk.task(task).and_then(|it| it.last().phase) == gate.phase;
        review.findings.iter().any(|it| it.tasks.contains(&task)) || counts()
    })?;
    let due = match review.days_left? {
        0 => "due today".to_owned(),
        days => format!("due in {}", phrase::count(days, "working day")),
    };
    let name = gate.short_as_gate();
    let article = if name == gate.short { "" } else { "the " };
    Some(format!("It holds up {article}{name}, {due}."))
}
