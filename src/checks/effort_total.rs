//! `effort-total`: a declared total that is not the sum.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Located, Segment, State, Task};
use crate::phrase::{days as in_days, number, rounded};

/// Complains about a declared total effort that differs from what the tasks add up to.
pub const RULE: Rule = Rule {
    name: "effort-total",
    severity: Severity::Error,
    what: "The declared total effort differs from the sum of the tasks' durations.",
    why: "The total is what people remember and pay for. When it is not the sum, one of the two is wrong, and nobody knows which.",
    bad: "**Total Effort:** 9 days\n\n- [ ] **P1-01:** Debug\n  - *Owner: Platform Team | Duration: 2d*",
    good: "**Total Effort:** 2 days\n\n- [ ] **P1-01:** Debug\n  - *Owner: Platform Team | Duration: 2d*",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let Some(declared) = &plan.header.effort_days else { return };
    // What was dropped is no longer in scope.
    let states = subject.history.states(subject.history.as_of);
    let tasks: Vec<&Task> =
        plan.tasks.iter().zip(states).filter(|(task, it)| !is_dropped(task, *it)).map(|(it, _)| it).collect();
    let with = tasks.iter().filter(|it| it.effort_days.is_some()).count();
    // Where many tasks have no duration, a larger total is no contradiction, nor is one that holds a reserve.
    if with == 0 || with * 5 < tasks.len() * 4 || holds_reserve(subject, declared) {
        return;
    }
    let sum = rounded(tasks.iter().filter_map(|it| it.effort_days).sum(), 3);
    if same(sum, declared.value) {
        return;
    }
    let message = format!("the plan says {}, its tasks add up to {}", in_days(declared.value), number(sum));
    let place = subject.words_in(&declared.place, &in_days(declared.value));
    let mut it = RULE.at(&place, message).label(format!("{} in the tasks", in_days(sum)));
    let readings = readings(&tasks);
    let raw = readings.first().map_or(sum, |(_, it)| *it);
    if !same(raw, sum) {
        it = it.note(format!(
            "durations as written add up to {}; what is marked as a total or as part of another task is in it twice",
            number(raw)
        ));
    }
    let reproduces = readings.iter().find(|(_, it)| same(*it, declared.value));
    let note = if let Some((how, value)) = reproduces {
        format!("{} comes out if {how}", number(*value))
    } else {
        let mut seen = vec![sum];
        let other = readings.iter().filter(|(_, it)| {
            let is_new = !seen.iter().any(|known| same(*known, *it));
            seen.push(*it);
            is_new
        });
        let tried: Vec<String> = other.map(|(how, it)| format!("{} if {how}", number(*it))).collect();
        format!("tried as well: {}", tried.join("; "))
    };
    if !note.ends_with(": ") {
        it = it.note(note);
    }
    let it = it.instead(in_days(declared.value), in_days(sum));
    found.push(it.help(format!("write \"{}\", or correct the durations", in_days(sum))));
}

/// A mark in the file drops a task, whatever was known on an earlier day.
fn is_dropped(task: &Task, state: State) -> bool {
    state == State::Dropped || task.last().mark == Some(State::Dropped)
}

/// Says whether the words behind the total say that it holds more than the tasks.
fn holds_reserve(subject: &Subject<'_>, declared: &Located<f64>) -> bool {
    let line = subject.file(&declared.place).map_or("", |it| it.line(declared.place.line())).to_lowercase();
    ["buffer", "contingency", "reserve", "slack"].iter().any(|it| line.contains(it))
}

/// Other ways in which people add durations up, each with its sum.
fn readings(tasks: &[&Task]) -> Vec<(String, f64)> {
    let segments = || tasks.iter().flat_map(|it| &it.segments);
    let sum = |days: &dyn Fn(&Segment) -> f64| rounded(segments().map(days).sum(), 3);
    let days = |it: &Segment| it.effort_days.unwrap_or(0.0);
    #[expect(clippy::cast_precision_loss, reason = "counts of people and boxes are small")]
    let count = |it: usize| it.max(1) as f64;
    let of_task = |it: &&Task| {
        let whole: f64 = it.segments.iter().map(|it| it.load_days).sum();
        whole
    };
    let boxes = segments().filter(|it| it.shared_by.is_some()).count();
    let mut readings = vec![
        ("every duration is counted as it is written".to_owned(), sum(&|it| days(it))),
        ("parts of other tasks are counted on their own".to_owned(), rounded(tasks.iter().map(of_task).sum(), 3)),
        ("every named owner works the whole duration".to_owned(), sum(&|it| days(it) * count(it.owners.len()))),
        (
            "every named owner works the whole duration, each task counted once".to_owned(),
            sum(&|it| it.load_days * count(it.owners.len())),
        ),
    ];
    if 0 < boxes {
        let how = format!("each of the {boxes} boxes that share a duration counts the whole of it");
        readings.push((how, sum(&|it| days(it) * it.shared_by.map_or(1.0, count))));
    }
    readings
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.05
}
