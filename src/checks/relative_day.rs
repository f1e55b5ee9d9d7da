//! `relative-day`: a task called "Day 1" that is not planned for the plan's first day.

use super::{Rule, Subject};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Task;

/// Notes tasks whose titles count days of their own.
pub const RULE: Rule = Rule {
    name: "relative-day",
    severity: Severity::Info,
    what: "A task is called \"Day N\", and is not planned for the plan's Nth working day.",
    why: "Such days count from some other start, such as that of a rollout. A reader who takes them for days of the plan is weeks off.",
    bad: "## Week 8\n\n### Thursday-Friday (2 days)\n\n- [ ] Day 1: a quarter of the traffic",
    good: "## Week 8\n\n### Thursday-Friday (2 days)\n\n- [ ] First day of the rollout: a quarter of the traffic",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = subject.schedule() else { return };
    let number = |it: Day| schedule.calendar.working.count(schedule.calendar.start, it);
    let mut last: Option<(Option<usize>, Diagnostic)> = None;
    for task in &subject.plan().tasks {
        let Some((said, first, end)) = said(task) else { continue };
        let days = number(first)..=number(end);
        if days.contains(&said) {
            continue;
        }
        let title = task.title().runs.first().map(|it| it.text.clone()).unwrap_or_default();
        let place = subject.words_in(&subject.place_of(&title, &task.first().place), &format!("Day {said}"));
        let block = task.last().block;
        match &mut last {
            // The days of one list count from one start.
            Some((of, it)) if *of == block => it.push_again(&place, "counts from the same start"),
            _ => {
                found.extend(last.take().map(|(_, it)| it));
                let planned = if days.start() == days.end() {
                    format!("working day {}", days.start())
                } else {
                    format!("working days {} to {}", days.start(), days.end())
                };
                let message = format!("\"Day {said}\" is planned for {planned}");
                let it = RULE.at(&place, message).label("counts from a start of its own");
                last = Some((block, it.help("say what the days count from, such as \"first day of the rollout\"")));
            }
        }
    }
    found.extend(last.map(|(_, it)| it));
}

/// Returns the day that a title begins with, and the first and the last planned day of the task.
fn said(task: &Task) -> Option<(usize, Day, Day)> {
    let title = task.title().words();
    let rest = title.trim_start().strip_prefix("Day ")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let said = rest.get(..digits)?.parse().ok()?;
    let ends = rest.get(digits..)?.chars().next().is_none_or(|it| !it.is_alphanumeric());
    Some((said, task.start?, task.end?)).filter(|_| ends)
}
