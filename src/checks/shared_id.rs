//! `shared-id`: two tasks under one ID.

use super::{Rule, Subject};
use crate::analysis::matter;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Segment, Task};

/// Complains about lines with one ID whose titles have nothing in common.
pub const RULE: Rule = Rule {
    name: "shared-id",
    severity: Severity::Warning,
    what: "Two lines have the same ID, and their titles have no word in common.",
    why: "The same ID is the same task in two parts: it is done when the last part is, and one of the two tasks is missing from every count.",
    bad: "- [ ] **P1-01:** Debug the health check\n- [ ] **P1-01:** Generate certificates",
    good: "- [ ] **P1-01:** Debug the health check\n- [ ] **P1-02:** Generate certificates",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for task in subject.plan().tasks.iter().filter(|it| 1 < it.segments.len()) {
        let strangers = task.segments.iter().zip(task.segments.iter().skip(1)).filter(|(a, b)| differ(subject, a, b));
        let strangers: Vec<_> = strangers.collect();
        if let Some((first, other)) = strangers.first() {
            found.push(complaint(subject, task, first, other));
        }
    }
}

/// Says whether two lines are two tasks rather than two parts of one: neither says that it is a part, and no word is in both.
fn differ(subject: &Subject<'_>, a: &Segment, b: &Segment) -> bool {
    let is_part = |it: &Segment| it.qualifier.is_some() || has_lead(subject, it);
    let words = |it: &Segment| matter(&it.title.words());
    let (first, second) = (words(a), words(b));
    !is_part(a) && !is_part(b) && !first.is_empty() && !second.is_empty() && !first.iter().any(|it| second.contains(it))
}

/// Says whether a word such as "Start" stands before the ID.
fn has_lead(subject: &Subject<'_>, it: &Segment) -> bool {
    let line = subject.file(&it.place).map_or("", |file| file.slice(it.place.span));
    line.split_whitespace().next().is_some_and(|it| it.chars().all(char::is_alphabetic))
}

fn complaint(subject: &Subject<'_>, task: &Task, first: &Segment, other: &Segment) -> Diagnostic {
    let name = task.name();
    let message = format!(
        "{name} is \"{}\" in one line and \"{}\" in another: they count as one task",
        first.title.plain(),
        other.title.plain()
    );
    let it = RULE.at(&subject.name_in(task, other), message).label("the same ID again");
    it.related(&subject.name_in(task, first), "first here")
        .help("give one of them an ID of its own, or say which part of the task each is")
}
