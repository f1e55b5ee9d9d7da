//! What the calendar shows, in sentences.

use super::timeline_rows::{Group, undecided};
use super::{Desk, wording};
use crate::model::Phase;
use crate::phrase;

/// "After 15 of 40 working days, two due items are open and Staging has no decision".
#[must_use]
pub fn heading(desk: &Desk<'_>, groups: &[Group]) -> String {
    let progress = &desk.analysis().progress;
    let Some(schedule) = &desk.plan().schedule else { return "The plan has no dates".to_owned() };
    let calendar = &schedule.calendar;
    let last = calendar.last_working_day(schedule.weeks).unwrap_or(desk.as_of());
    if desk.as_of() < calendar.start {
        let start = wording::week_day(calendar.start, desk.as_of());
        return format!("The plan begins on {start}: {} in {}", items(progress.total), weeks_count(schedule.weeks));
    }
    let total = calendar.working.count(calendar.start, last);
    let gone = calendar.working.count(calendar.start, desk.as_of().min(last));
    let when = if gone == total {
        format!("After all {total} working days")
    } else {
        format!("After {gone} of {total} working days")
    };
    let due = (0..desk.plan().tasks.len()).filter(|it| is_open(desk, *it) && is_due(desk, *it)).count();
    let verb = if due == 1 { "is" } else { "are" };
    let undecided = undecided(desk, groups);
    let gates = match undecided.as_slice() {
        [] => None,
        [one] => desk.plan().gates.get(*one).map(|it| format!("{} has no decision", it.short)),
        many => Some(format!("{} gates have no decision", phrase::number_word(many.len()))),
    };
    let items = match due {
        0 if progress.done == progress.total => "every item is done".to_owned(),
        0 if progress.planned_done == Some(0) => "no item is due".to_owned(),
        0 => "everything due is done".to_owned(),
        n => format!("{} {verb} open", phrase::count_in_words(n, "due item")),
    };
    match gates {
        None => format!("{when}, {items}"),
        Some(gates) if due == 0 => format!("{when}, {items}, but {gates}"),
        Some(gates) => format!("{when}, {items} and {gates}"),
    }
}

/// "two items", "12 items".
fn items(n: usize) -> String {
    phrase::count(n, "item")
}

fn weeks_count(n: u32) -> String {
    phrase::count(n as usize, "week")
}

fn is_open(desk: &Desk<'_>, at: usize) -> bool {
    desk.state(at).state.is_open()
}

fn is_due(desk: &Desk<'_>, at: usize) -> bool {
    desk.task(at).and_then(|it| it.end).is_some_and(|it| it <= desk.as_of())
}

/// What the last phase left, and what the running one has to do.
#[must_use]
pub fn lead(desk: &Desk<'_>, groups: &[Group]) -> String {
    let as_of = desk.as_of();
    let phases = || groups.iter().filter_map(|it| Some((it, desk.plan().phases.get(it.phase?)?)));
    let is_over = |it: &Phase| it.end.is_some_and(|end| end < as_of);
    let is_running = |it: &Phase| it.start.zip(it.end).is_some_and(|(first, last)| first <= as_of && as_of <= last);
    // A plan may list its newest part first.
    let over = phases().filter(|it| is_over(it.1)).max_by_key(|it| it.1.end);
    let running = phases().filter(|it| is_running(it.1)).max_by_key(|it| it.1.start);
    let over = over.map(|(group, phase)| left(desk, group, phase));
    let running = running.and_then(|(group, phase)| to_do(desk, group, phase));
    over.into_iter().chain(running).collect::<Vec<_>>().join(" ")
}

fn open_and_total(desk: &Desk<'_>, group: &Group) -> (usize, usize) {
    let tasks = || group.rows.iter().flat_map(|it| &it.tasks);
    (tasks().filter(|it| is_open(desk, **it)).count(), group.rows.iter().map(|it| it.total).sum())
}

fn left(desk: &Desk<'_>, group: &Group, phase: &Phase) -> String {
    let (open, total) = open_and_total(desk, group);
    let label = phase.label();
    let work = match open {
        _ if total == 0 => format!("{label} is over"),
        0 => format!("All items of {} are done", phase.label_in_sentence()),
        n => format!("{label} is over with {n} of {} open", items(total)),
    };
    let has_no_decision = |at: &usize| desk.analysis().gates.get(*at).is_some_and(|it| it.days_overdue.is_some());
    if group.gates.iter().any(has_no_decision) {
        format!("{work}, its gate is not decided.")
    } else {
        format!("{work}.")
    }
}

fn to_do(desk: &Desk<'_>, group: &Group, phase: &Phase) -> Option<String> {
    let working = &desk.plan().schedule.as_ref()?.calendar.working;
    let days = working.count_after(desk.as_of(), phase.end?);
    let open = open_and_total(desk, group).0;
    let label = phase.label();
    Some(match (open, days) {
        (0, _) => format!("All items of {} are done before its end.", phase.label_in_sentence()),
        (n, 0) => format!("{label} ends today with {} open.", phrase::count_in_words(n, "item")),
        (n, days) => {
            format!(
                "{label} has {} left and {} to finish.",
                phrase::count_in_words(days, "working day"),
                phrase::count_in_words(n, "item")
            )
        }
    })
}
