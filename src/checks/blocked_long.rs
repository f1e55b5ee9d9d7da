//! `blocked-long`: a task that is still blocked a standup later.

use super::common::told::{self, Told};
use super::{Rule, Subject};
use crate::calendar::{Day, short_day};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{State, Task};
use crate::phrase::count;

/// Complains about tasks that two or more standups running tell to be blocked.
pub const RULE: Rule = Rule {
    name: "blocked-long",
    severity: Severity::Warning,
    what: "A task is blocked in two or more standups running.",
    why: "A blocker that outlives a standup is removed by nobody in the team, so someone else is to know of it.",
    bad: "## Week 3 Standup\n- [🚧] P2-05: Load run (Blocker: no test data)\n\n## Week 4 Standup\n- [🚧] P2-05: Load run (Blocker: no test data)",
    good: "## Week 3 Standup\n- [🚧] P2-05: Load run (Blocker: no test data)\n\n## Week 4 Standup\n- [⏳] P2-05: Load run with made-up data (60% complete)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let history = subject.history;
    for (at, (task, evidence)) in history.plan.tasks.iter().zip(&history.evidence).enumerate() {
        if 1 < evidence.len() && history.state(at, history.as_of).state == State::Blocked {
            let days = told::days(evidence);
            let run: Vec<&Told<'_>> = days.iter().rev().take_while(|it| it.state == State::Blocked).collect();
            found.extend(complain(subject, task, &run, history.as_of));
        }
    }
}

/// Complains about the days on which a task is told to be blocked, latest first.
fn complain(subject: &Subject<'_>, task: &Task, run: &[&Told<'_>], today: Day) -> Option<Diagnostic> {
    let name = task.name();
    let (last, earlier) = run.split_first()?;
    let first = earlier.last()?;
    let message = format!("{name} is blocked since {}, in {}", short_day(first.date), count(run.len(), "standup"));
    let days = usize::try_from((today - first.date).num_days()).unwrap_or(0);
    let it = RULE.at(&last.reason_place(subject, task), message).label(format!("for {} now", count(days, "day")));
    let label = |it: &Told<'_>| format!("blocked on {}", short_day(it.date));
    let it = earlier.iter().rev().fold(it, |all, it| all.related(&it.reason_place(subject, task), label(it)));
    Some(it.help("write who removes the blocker, and by which day"))
}
