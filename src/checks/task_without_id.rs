//! `task-without-id`: tasks that no counter covers.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Task;
use crate::phrase;
use std::collections::BTreeSet;

/// Complains once about the tasks without an ID, in a plan whose other tasks have one.
pub const RULE: Rule = Rule {
    name: "task-without-id",
    severity: Severity::Warning,
    what: "Some tasks have an ID, others have none.",
    why: "Counters such as \"P1 8/8\" go by the IDs, so work without one is in no counter, and a standup can name it only by its title.",
    bad: "- [ ] **P1-01:** Debug the health check\n- [ ] Run the regression tests",
    good: "- [ ] **P1-01:** Debug the health check\n- [ ] **P1-02:** Run the regression tests",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let tasks = &subject.plan().tasks;
    let without: Vec<&Task> = tasks.iter().filter(|it| it.id.is_none()).collect();
    // A plan without any ID is one that does not work with them; one with a few is no plan of IDs either.
    if tasks.len() < 2 * without.len() {
        return;
    }
    let Some((first, more)) = without.split_first() else { return };
    let n = without.len();
    let weeks: BTreeSet<u32> = without.iter().filter_map(|it| it.week()).collect();
    let weeks: Vec<u32> = weeks.into_iter().collect();
    let when = if weeks.is_empty() { String::new() } else { format!(" in {}", phrase::weeks(&weeks)) };
    let have = if n == 1 { "has" } else { "have" };
    let message = format!(
        "{}{when} {have} no ID, so no counter covers {}",
        phrase::count(n, "task"),
        if n == 1 { "it" } else { "them" }
    );
    let mut it = RULE.at(&subject.name_in(first, first.first()), message).label("no ID");
    for task in more {
        it = it.again(&subject.name_in(task, task.first()), "no ID");
    }
    let id = next_free(tasks).unwrap_or_else(|| "P1-01".to_owned());
    found.push(it.help(format!("begin each with an ID in strong type, such as `**{id}:**`")));
}

/// Returns an ID of the class of the last task that has one, with the next number that is free.
fn next_free(tasks: &[Task]) -> Option<String> {
    let class = tasks.iter().rev().find_map(|it| it.priority.as_deref())?;
    let of_class = tasks.iter().filter(|it| it.priority.as_deref() == Some(class));
    let number = |it: &Task| Some(it.id.as_deref()?.get(class.len() + 1..)?.to_owned());
    let numbers: Vec<String> = of_class.filter_map(number).collect();
    let width = numbers.iter().map(String::len).max().unwrap_or(1);
    let highest = numbers.iter().filter_map(|it| it.parse::<u32>().ok()).max()?;
    Some(format!("{class}-{:0width$}", highest.checked_add(1)?))
}
