//! `stuck-at`: a task whose percentage does not move, or that is nearly done for good.

use super::common::told::{self, Told};
use super::{Rule, Subject};
use crate::calendar::short_day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{State, Task};
use crate::phrase::{count, number_word};

/// Complains about open tasks with one percentage in three standups running, or nearly done in two.
pub const RULE: Rule = Rule {
    name: "stuck-at",
    severity: Severity::Warning,
    what: "A task stands at the same percentage in three standups over two weeks, or at 90% or more in two over a week.",
    why: "The last tenth often is half of the work, and a figure that does not move is a guess nobody has looked at.",
    bad: "## Week 3 Standup\n- [⏳] P2-05: Load tests (90% complete)\n\n## Week 4 Standup\n- [⏳] P2-05: Load tests (90% complete)",
    good: "## Week 3 Standup\n- [⏳] P2-05: Load tests (60% complete)\n\n## Week 4 Standup\n- [⏳] P2-05: Load tests (80% complete)",
    check,
};

/// From this percentage on a task is nearly done.
const NEARLY: f64 = 90.0;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let history = subject.history;
    for (at, (task, evidence)) in history.plan.tasks.iter().zip(&history.evidence).enumerate() {
        let is_open = |it| matches!(it, State::InProgress | State::Blocked);
        if 1 < evidence.len() && is_open(history.state(at, history.as_of).state) {
            found.extend(complain(subject, task, &told::days(evidence)));
        }
    }
}

fn complain(subject: &Subject<'_>, task: &Task, days: &[Told<'_>]) -> Option<Diagnostic> {
    let name = task.name();
    // Days without a figure change nothing; one on which the task was done ends what went before.
    let figures: Vec<(&Told<'_>, f64)> = days.iter().filter_map(|it| Some((it, it.percent?))).collect();
    let (last, percent) = *figures.last()?;
    let running = |fits: &dyn Fn(f64) -> bool| {
        let run = figures.iter().rev().take_while(|(day, it)| day.state != State::Done && fits(*it));
        run.map(|(it, _)| *it).collect::<Vec<_>>()
    };
    let span = |run: &[&Told<'_>]| run.last().map_or(0, |first| (last.date - first.date).num_days());
    let run = running(&|it| it == percent);
    // Nearly done for a week is as bad as half done for two.
    let (fewest, shortest) = if NEARLY <= percent { (2, 7) } else { (3, 14) };
    if run.len() < fewest || span(&run) < shortest {
        return None;
    }
    let standups = format!("{} standups running", number_word(run.len()));
    let message = format!("{name} stands at {} in {standups}", told::percent(percent));
    let first = run.last()?;
    // What is blocked cannot move: that it is blocked for so long is said by `blocked-long`.
    if run.iter().all(|it| it.state == State::Blocked) {
        return None;
    }
    let message = format!("{message}, from {} to {}", short_day(first.date), short_day(last.date));
    let days = usize::try_from(span(&run)).unwrap_or(0);
    let it = RULE.at(&last.percent_place(subject, task), message).label(format!("{} later", count(days, "day")));
    let it = run.iter().skip(1).rev().fold(it, |all, it| all.related(&it.percent_place(subject, task), it.words()));
    Some(it.help("name what is left as a task of its own, or write what it waits for"))
}
