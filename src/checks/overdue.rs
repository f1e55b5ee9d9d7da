//! `overdue`: a task that is past its planned end and not done.

use super::common::told::{id_in, percent};
use super::{Rule, Subject};
use crate::calendar::{Day, WorkingDays, short_day_as_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::TaskState;
use crate::model::{State, Task};
use crate::phrase::count;
use std::collections::BTreeMap;

/// Complains about each task that is late; once about all of them in a plan of which nothing is known.
pub const RULE: Rule = Rule {
    name: "overdue",
    severity: Severity::Warning,
    what: "A task was planned to end before today and is not done.",
    why: "The plan still counts on it, so whatever comes after it is late as well.",
    bad: "### Week 1: Data\n- [ ] **P1-01:** Collect\n\n(two weeks later)",
    good: "### Week 1: Data\n- [x] **P1-01:** Collect\n\n(two weeks later)",
    check,
};

/// Beyond so many days nobody counts working days.
const LONG: i64 = 366;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let history = subject.history;
    let day_name = |it: Day| short_day_as_of(it, history.as_of);
    let late = history.plan.tasks.iter().enumerate().filter_map(|(at, task)| {
        let end = task.end.filter(|it| *it < history.as_of)?;
        let now = history.state(at, history.as_of);
        now.state.is_open().then_some((task, end, now))
    });
    let late: Vec<(&Task, Day, TaskState<'_>)> = late.collect();
    if !history.evidence.iter().flatten().any(|it| it.date <= history.as_of) {
        found.extend(nothing_known(subject, &late));
        return;
    }
    let working = subject.settings().working();
    let mut delays: BTreeMap<Day, String> = BTreeMap::new();
    // Tasks that were to end together and were never begun are one thing to decide.
    let mut waiting: BTreeMap<Day, Vec<&Task>> = BTreeMap::new();
    for (task, end, now) in late {
        if now.state == State::Todo {
            waiting.entry(end).or_default().push(task);
            continue;
        }
        let label = delays.entry(end).or_insert_with(|| delay(&working, end, history.as_of));
        let message = format!("{} was planned to end on {} and {}", task.name(), day_name(end), state_words(now));
        let mut it = RULE.at(&subject.name_in(task, task.last()), message).label(label.as_str());
        if let Some(last) = now.evidence.filter(|it| it.place != task.last().place) {
            let place =
                now.percent.map_or_else(|| last.place.clone(), |it| subject.words_in(&last.place, &percent(it)));
            let place = if place == last.place { id_in(subject, &place, task) } else { place };
            it = it.related(&place, format!("last reported on {}", day_name(last.date)));
        }
        found.push(it.help("plan it for a later week, or tell in the next standup that it is done"));
    }
    for (end, tasks) in waiting {
        let Some((first, more)) = tasks.split_first() else { continue };
        let label = delays.entry(end).or_insert_with(|| delay(&working, end, history.as_of));
        let (what, were, are, them) = match more.len() {
            0 => (first.name(), "was", "is", "it"),
            n => (count(n + 1, "task"), "were", "are", "them"),
        };
        let message = format!("{what} {were} planned to end on {} and {are} not begun", day_name(end));
        let it = RULE.at(&subject.name_in(first, first.last()), message).label(label.as_str());
        let it = more.iter().fold(it, |all, it| all.again(&subject.name_in(it, it.last()), "and this one"));
        found.push(it.help(format!("plan {them} for a later week, or tell in the next standup what is done")));
    }
}

/// "4 working days late".
fn delay(working: &WorkingDays, end: Day, today: Day) -> String {
    if LONG < (today - end).num_days() {
        return "more than a year late".to_owned();
    }
    match working.count_after(end, today) {
        0 => "its last working day is over".to_owned(),
        days => format!("{} late", count(days, "working day")),
    }
}

fn state_words(now: TaskState<'_>) -> String {
    match (now.state, now.percent) {
        (State::Blocked, Some(it)) => format!("is blocked at {}", percent(it)),
        (State::Blocked, None) => "is blocked".to_owned(),
        (State::InProgress, Some(it)) if 100.0 <= it => "is at 100%, and in no list of finished work".to_owned(),
        (State::InProgress, Some(it)) => format!("is {} done", percent(it)),
        (State::InProgress, None) => "is in progress".to_owned(),
        _ => "is not begun".to_owned(),
    }
}

/// Without any evidence it is not the tasks that are late: nobody wrote down how they stand.
fn nothing_known(subject: &Subject<'_>, late: &[(&Task, Day, TaskState<'_>)]) -> Option<Diagnostic> {
    let as_of = subject.history.as_of;
    let ((first, end, _), more) = late.split_first()?;
    let (were, any) = if more.is_empty() { ("was", "it") } else { ("were", "any") };
    let message = format!(
        "{} {were} planned to end before {}, and no mark and no standup tells of {any}",
        count(late.len(), "task"),
        short_day_as_of(as_of, as_of)
    );
    let label = |end: &Day| format!("planned to end on {}", short_day_as_of(*end, as_of));
    let it = RULE.at(&subject.name_in(first, first.last()), message).label(label(end));
    let it = more.iter().fold(it, |all, (task, end, _)| all.again(&subject.name_in(task, task.last()), label(end)));
    Some(it.help("tick what is done, or write a standup such as standups/week-01.md"))
}
