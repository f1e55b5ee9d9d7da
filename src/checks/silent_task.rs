//! `silent-task`: a task under way, or due to be, that standups no longer speak of.

use super::common::told::id_in;
use super::{Rule, Subject};
use crate::calendar::{Day, short_day};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::{EvidenceKind, History};
use crate::model::{Entry, State, Task};
use crate::reading::ids_among;
use crate::text::Place;

/// Complains about tasks that are begun, or planned to be, and that no standup of two weeks names.
pub const RULE: Rule = Rule {
    name: "silent-task",
    severity: Severity::Warning,
    what: "A task is under way, or planned to be, and for two weeks no standup names it.",
    why: "Nobody can tell whether it goes well or was forgotten, and its state in the report is as old as its last line.",
    bad: "## Week 1 Standup\n- [⏳] P1-03: Certificates (50% complete)\n\n## Week 3 Standup\n- [⏳] P2-05: Load tests (10% complete)",
    good: "## Week 1 Standup\n- [⏳] P1-03: Certificates (50% complete)\n\n## Week 3 Standup\n- [⏳] P1-03: Certificates (70% complete)",
    check,
};

/// From so many days without a word on, a task is silent.
const DAYS: i64 = 14;

/// Where a task was named last.
type Mention<'a> = Option<(Day, &'a Place)>;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let history = subject.history;
    let Some(latest) = history.standups.last().map(|it| it.date) else { return };
    let is_long_ago = |day: Day| DAYS <= (latest - day).num_days();
    for (at, (task, mention)) in history.plan.tasks.iter().zip(mentions(history)).enumerate() {
        let now = history.state(at, history.as_of);
        match now.state {
            State::InProgress | State::Blocked => {
                // A mark in the roadmap stands for the first word on a task that no standup ever named.
                let heard =
                    mention.map(|(day, _)| day).or(now.since.map(|it| task.start.map_or(it, |start| it.max(start))));
                if heard.is_some_and(is_long_ago) {
                    found.push(of_begun(subject, task, (now.state, mention), latest));
                }
            }
            State::Todo if mention.is_none() => {
                let is_over = task.end.is_some_and(|it| it < history.as_of);
                // What is past its end is overdue, and said to be.
                if let Some(start) = task.start.filter(|it| !is_over && is_long_ago(*it)) {
                    found.push(of_waiting(subject, task, start, latest));
                }
            }
            _ => {}
        }
    }
}

/// Finds where each task was named last, in one pass over all lines.
fn mentions(history: &History) -> Vec<Mention<'_>> {
    let mut last: Vec<Mention<'_>> = vec![None; history.plan.tasks.len()];
    for (slot, evidence) in last.iter_mut().zip(&history.evidence) {
        let told = evidence.iter().rev().find(|it| it.kind == EvidenceKind::Standup);
        *slot = told.map(|it| (it.date, &it.place));
    }
    for it in &history.standups {
        for entry in it.standup.entries() {
            for task in named(history, entry) {
                if let Some(slot) = last.get_mut(task).filter(|slot| slot.is_none_or(|(day, _)| day < it.date)) {
                    *slot = Some((it.date, &entry.place));
                }
            }
        }
    }
    last
}

/// Returns the tasks that a line names, at its beginning or among its words.
fn named(history: &History, entry: &Entry) -> Vec<usize> {
    let words = entry.text.words();
    entry.ids.iter().map(|it| &**it).chain(ids_among(&words)).filter_map(|it| history.plan.task_with_id(it)).collect()
}

fn of_begun(subject: &Subject<'_>, task: &Task, (now, mention): (State, Mention<'_>), latest: Day) -> Diagnostic {
    let (name, now) = (task.name(), now.words());
    let message = match mention {
        Some((day, _)) => format!("{name} is {now}, and no standup after {} names it", short_day(day)),
        None => format!("{name} is {now}, and no standup names it"),
    };
    let it =
        RULE.at(&subject.name_in(task, task.last()), message).label(format!("not named up to {}", short_day(latest)));
    let it = match mention {
        Some((day, place)) => it.related(&id_in(subject, place, task), format!("last named on {}", short_day(day))),
        None => it,
    };
    it.help("tell in the next standup how it stands")
}

fn of_waiting(subject: &Subject<'_>, task: &Task, start: Day, latest: Day) -> Diagnostic {
    let (name, start) = (task.name(), short_day(start));
    let message = format!("{name} was planned to begin on {start}, and no standup names it");
    let it =
        RULE.at(&subject.name_in(task, task.first()), message).label(format!("not named up to {}", short_day(latest)));
    it.help("tell in the next standup whether it is begun, or plan it for a later week")
}
