//! `effort-counted-twice`: days that are part of another task and stand there on their own as well.

use super::common::owner_line::{duration, qualifier};
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Segment, Task};
use crate::phrase::days;
use crate::reading::part_of;
use std::collections::HashMap;

/// Complains about effort that is marked as part of another task and is counted on its own.
pub const RULE: Rule = Rule {
    name: "effort-counted-twice",
    severity: Severity::Warning,
    what: "Effort that is marked as part of another task is also stated on its own.",
    why: "The total leaves these days out, and the load of the team counts them: the plan says two things about one day.",
    bad: "- [ ] **P2-02:** Set up the CI pipeline\n  - *Owner: DevOps | Duration: 2d*\n- [ ] **P2-10:** Quality tools\n  - *Owner: DevOps | Duration: 1d (part of CI setup)*",
    good: "- [ ] **P2-02:** Set up the CI pipeline\n  - *Owner: DevOps | Duration: 2d*\n- [ ] **P2-10:** Quality tools\n  - *Owner: DevOps | Duration: 0d (part of CI setup)*",
    check,
};

/// At most so many tasks of a block are looked at for the one that is meant.
const NEIGHBOURS: usize = 50;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let tasks = &subject.plan().tasks;
    let mut blocks: HashMap<(Option<u32>, Option<usize>), Vec<&Task>> = HashMap::new();
    for task in tasks {
        let list = blocks.entry((task.first().week, task.first().block)).or_default();
        if list.len() < NEIGHBOURS {
            list.push(task);
        }
    }
    for task in tasks.iter().filter(|it| it.part_of.is_some()) {
        for segment in &task.segments {
            let (Some(own), Some(whole)) = (segment.effort_days.filter(|it| 0.0 < *it), part_of(segment)) else {
                continue;
            };
            let near = blocks.get(&(segment.week, segment.block)).map_or(&[][..], Vec::as_slice);
            found.push(complaint(subject, task, segment, own, neighbour(task, whole, near)));
        }
    }
}

fn complaint(subject: &Subject<'_>, task: &Task, segment: &Segment, own: f64, other: Option<&Task>) -> Diagnostic {
    let words = segment.qualifier.as_deref().unwrap_or_default();
    let name = task.name();
    let inside = other.map(Task::name).filter(|it| !words.contains(it.as_str()));
    let inside = inside.map_or(String::new(), |it| format!(" ({it})"));
    let message = format!("{name} states {} of its own that are \"{words}\"{inside}", days(own));
    let message = if own == 1.0 { message.replace(" that are ", " that is ") } else { message };
    let mut it = RULE.at(&qualifier(subject, segment), message).label(format!("{} here", days(own)));
    if let Some((other, theirs)) = other.and_then(|it| Some((it, it.effort_days?))) {
        it = it.related(&duration(subject, other.first()), format!("{} for {}", days(theirs), other.name()));
        let (both, inside) = (days(theirs + own), days(theirs));
        it = it.note(format!(
            "{both} together if it stands on its own, {inside} if it is inside; totals leave it out, loads count it"
        ));
    } else {
        it = it.note("totals leave it out, loads count it");
    }
    it.help(format!("write \"0d ({words})\" if the work is done there, or leave the words out if it is not"))
}

/// Returns the task of the same block that is meant: the one with the ID, else the one whose title has the most of the words.
fn neighbour<'a>(task: &Task, whole: &str, near: &[&'a Task]) -> Option<&'a Task> {
    let said = letters(whole);
    let score = |other: &Task| {
        if other.id.as_deref().is_some_and(|id| whole.split_whitespace().any(|it| it.eq_ignore_ascii_case(id))) {
            return usize::MAX;
        }
        let title = letters(&other.title().words());
        // "Set up" in one place is "setup" in another.
        let joined = |word: &String| title.windows(2).any(|pair| pair.concat() == *word);
        said.iter().filter(|it| title.contains(it) || joined(it)).count()
    };
    let others = near.iter().filter(|it| it.key != task.key).map(|it| (score(it), *it));
    others.filter(|(score, _)| 0 < *score).rev().max_by_key(|(score, _)| *score).map(|(_, it)| it)
}

fn letters(text: &str) -> Vec<String> {
    text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}
