//! `percent-went-back`: a task of which less is done than was.

use super::common::told::{self, Told};
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{State, Task};
use crate::phrase::{count, number};

/// Complains once about each task that standups tell less of than an earlier one did.
pub const RULE: Rule = Rule {
    name: "percent-went-back",
    severity: Severity::Warning,
    what: "A standup says that less of a task is done than an earlier one said, or that a finished task is open again.",
    why: "Either the earlier figure was too high or the work has grown, and the forecast was made from that figure.",
    bad: "## Week 4 Standup\n- [⏳] P2-11: Failover (50% complete)\n\n## Week 5 Standup\n- [⏳] P2-11: Failover (45% complete)",
    good: "## Week 4 Standup\n- [⏳] P2-11: Failover (40% complete)\n\n## Week 5 Standup\n- [⏳] P2-11: Failover (45% complete)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let history = subject.history;
    for (task, evidence) in history.plan.tasks.iter().zip(&history.evidence) {
        if 1 < evidence.len() {
            let days = told::days(evidence);
            found.extend(complain(subject, task, &falls(&days)));
        }
    }
}

/// Returns the days on which less is told than on the last day that told how much, each with that day.
fn falls<'t, 'a>(days: &'t [Told<'a>]) -> Vec<(&'t Told<'a>, &'t Told<'a>)> {
    let mut falls = Vec::new();
    let mut known: Option<&Told<'_>> = None;
    for day in days {
        let reopened = |before: &Told<'_>| before.state == State::Done && day.state != State::Done;
        let less = |before: &Told<'_>| day.percent.zip(before.percent).is_some_and(|(now, then)| now < then - 1e-9);
        if let Some(before) = known.filter(|it| reopened(it) || less(it)) {
            falls.push((before, day));
        }
        // A task that is open again without a figure has none to fall from.
        if day.percent.is_some() || known.is_some_and(reopened) {
            known = Some(day);
        }
    }
    falls
}

fn complain(subject: &Subject<'_>, task: &Task, falls: &[(&Told<'_>, &Told<'_>)]) -> Option<Diagnostic> {
    let (before, day) = falls.last()?;
    let name = task.name();
    let message = format!("{name} was {}, and is {}", before.words(), day.words());
    let label = match (before.percent, day.percent) {
        _ if before.state == State::Done => "open again".to_owned(),
        (Some(then), Some(now)) if then - now == 1.0 => "1 point less".to_owned(),
        (Some(then), Some(now)) => format!("{} points less", number(then - now)),
        _ => String::new(),
    };
    // One fall may begin on the line where another ended.
    let mut lines: Vec<&Told<'_>> = falls.iter().flat_map(|(before, day)| [*before, *day]).collect();
    lines.dedup_by_key(|it| it.date);
    lines.pop();
    let it = RULE.at(&day.percent_place(subject, task), message).label(label);
    let mut it = lines.iter().fold(it, |all, it| all.related(&it.percent_place(subject, task), it.words()));
    if 1 < falls.len() {
        it = it.note(format!("it went back {} in all", count(falls.len(), "time")));
    }
    let parts = task.segments.len();
    if 1 < parts && before.state != State::Done {
        it = it.note(format!("{name} has {parts} parts: a figure for one of them is read as one for all"));
        return Some(it.help(format!("write how much of all of {name} is done")));
    }
    let reopened = before.state == State::Done;
    Some(it.help(if reopened {
        "write what was found and is to be done again, or list it as done"
    } else {
        "correct the figure, or write what was added to the work"
    }))
}
