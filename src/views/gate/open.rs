//! What must still finish before a gate: the open items behind its counts.

use super::criteria::asked;
use super::status::Status;
use crate::model::State;
use crate::phrase;
use crate::views::parts::{Link, TaskRef};
use crate::views::{Desk, wording};
use serde::Serialize;

/// Open items that a gate waits for.
#[derive(Debug, Serialize)]
pub struct OpenItems {
    /// "5 of these 6 items must finish by 13 February".
    pub heading: String,
    /// How they were chosen, and how fast items were finished.
    pub note: String,
    /// The items: blocked ones first, then those in progress.
    pub tasks: Vec<TaskRef>,
    /// "12 more in the list of tasks"; nothing when all are shown.
    pub more: Option<Link>,
}

/// Items shown at most.
const MOST: usize = 12;

/// Finds the open items of the classes that failing counts ask for, planned to end by the gate's day.
pub fn open_items(desk: &Desk<'_>, status: &Status<'_>) -> Option<OpenItems> {
    let due = status.gate.due?;
    let (needed, classes) = asked(desk, status)?;
    let is_asked = |at: &usize| {
        let Some(task) = desk.task(*at) else { return false };
        let in_class =
            classes.is_empty() || task.priority.as_deref().is_some_and(|it| classes.iter().any(|class| class == it));
        in_class && task.end.is_some_and(|it| it <= due)
    };
    let tasks = (0..desk.plan().tasks.len()).filter(is_asked).map(|at| (rank(desk.state(at).state), at));
    let mut tasks: Vec<(u8, usize)> = tasks.filter(|(rank, _)| *rank < DONE).collect();
    tasks.sort_by_key(|(rank, at)| (*rank, desk.task(*at).and_then(|it| it.end), *at));
    let day = wording::long_day(due, desk.as_of());
    let kind = if classes.is_empty() { "Items".to_owned() } else { format!("{} items", phrase::list(&classes)) };
    let pace = pace(desk).unwrap_or_default();
    let more = tasks.len().checked_sub(MOST).filter(|it| 0 < *it);
    Some(OpenItems {
        heading: heading(needed, tasks.len(), &day, due < desk.as_of()),
        note: format!("{kind} planned to end by {day} and still open.{pace}"),
        tasks: tasks.iter().take(MOST).filter_map(|(_, at)| desk.task_ref(*at)).collect(),
        more: more.map(|n| Link { text: format!("{n} more in the list of tasks"), href: desk.href("tasks.html") }),
    })
    .filter(|it| !it.tasks.is_empty())
}

fn heading(needed: usize, open: usize, day: &str, is_past: bool) -> String {
    let items = phrase::count(open, "item");
    let verb = if open == 1 { "is" } else { "are" };
    match needed {
        _ if is_past => format!("{items} planned by {day} {verb} still open"),
        0 => format!("{items} planned by {day} {verb} open"),
        _ if open < needed => {
            format!("{needed} more items are asked for by {day}, the plan has {open} of them by then")
        }
        _ if needed == open && open == 1 => format!("This item must finish by {day}"),
        _ if needed == open => format!("All of these {items} must finish by {day}"),
        _ => format!("{needed} of these {items} must finish by {day}"),
    }
}

/// Behind the ranks of all open states.
const DONE: u8 = 3;

const fn rank(state: State) -> u8 {
    match state {
        State::Blocked => 0,
        State::InProgress => 1,
        State::Todo => 2,
        State::Done | State::Dropped => DONE,
    }
}

/// "Weeks 1 to 3 finished 6, 1 and 3 items.", of the last four weeks with data.
fn pace(desk: &Desk<'_>) -> Option<String> {
    const WEEKS: u32 = 4;
    let last = desk.analysis().data_week.filter(|it| 0 < *it)?;
    let calendar = &desk.plan().schedule.as_ref()?.calendar;
    let history = desk.facts.history;
    let done = |week: u32| -> Option<usize> {
        // Week 0 ends on the day before the plan begins.
        let day = calendar.monday(week + 1)?.pred_opt()?.min(desk.as_of());
        Some(history.states(day).iter().filter(|it| **it == State::Done).count())
    };
    let first = last.saturating_sub(WEEKS - 1).max(1);
    let finished = |week: u32| Some(done(week)?.saturating_sub(done(week - 1)?).to_string());
    let each: Vec<String> = (first..=last).map(finished).collect::<Option<_>>()?;
    let noun = if each == ["1"] { "item" } else { "items" };
    Some(match each.len() {
        1 => format!(" Week {last} finished {} {noun}.", phrase::list(&each)),
        _ => format!(" Weeks {first} to {last} finished {} items.", phrase::list(&each)),
    })
}
