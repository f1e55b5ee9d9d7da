//! What parts of a plan are, in a few words.

use crate::model::{Cell, Criterion, CriterionKind, Gate, GateKind, Metric, Segment, State, Task, Team};
use crate::phrase;
use crate::views::{Desk, wording};

/// Most names in a note.
const MOST_NAMES: usize = 3;

/// Returns the words of a task's line: its state, effort, owners, class and place.
pub fn segment(desk: &Desk<'_>, task: &Task, it: &Segment) -> String {
    let mut words = vec![mark(it.mark)];
    if let Some(days) = it.effort_days {
        words.push(match &it.qualifier {
            Some(qualifier) => format!("{} ({qualifier})", phrase::days(days)),
            None => phrase::days(days),
        });
    }
    if let Some(of) = task.part_of.as_ref().filter(|_| task.effort_days == Some(0.0)) {
        words.push(format!("its effort counts in {of}"));
    }
    if !it.owners.is_empty() {
        let names: Vec<&str> = it.owners.iter().take(MOST_NAMES).map(|it| &**it).collect();
        words.push(format!("by {}", some(&names, it.owners.len())));
    }
    if let Some(class) = &task.priority {
        words.push(format!("class {class}"));
    }
    if let Some(said) = &it.said {
        let priority = said.priority.as_ref().filter(|it| task.priority.as_ref() != Some(it));
        words.extend(priority.map(|it| format!("priority {it}")));
        words.extend(said.percent.map(|it| format!("{} done", wording::percent(it))));
        words.extend(said.due.map(|it| format!("to be done by {}", desk.day(it))));
        if !said.depends_on.is_empty() {
            let names: Vec<&str> = said.depends_on.iter().take(MOST_NAMES).map(|it| &**it).collect();
            words.push(format!("after {}", some(&names, said.depends_on.len())));
        }
    }
    if 0 < it.subtasks.total {
        let of = phrase::count(it.subtasks.total, "subtask");
        words.push(format!("{} of {of} done", it.subtasks.done));
    }
    let phase = it.phase.and_then(|at| desk.plan().phases.get(at));
    words.push(match (it.week, phase) {
        (Some(week), _) => format!("in week {week}"),
        (None, Some(phase)) => format!("in {}", phase.label_in_sentence()),
        (None, None) => return words.join(", "),
    });
    words.join(", ")
}

/// Returns the first names, and how many more there are.
pub fn some(names: &[&str], all: usize) -> String {
    match all.saturating_sub(names.len()) {
        0 => phrase::list(names),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// Returns what a box shows.
fn mark(mark: Option<State>) -> String {
    mark.map_or("open".to_owned(), |it| format!("marked {}", it.words()))
}

/// "Exit criterion", and whether it is ticked or signed.
pub fn criterion(desk: &Desk<'_>, gate: &Gate, it: &Criterion) -> (&'static str, String) {
    let kind = match it.kind {
        CriterionKind::Exit => "Exit criterion",
        CriterionKind::Review => "Review criterion",
        CriterionKind::Gate => "Criterion",
    };
    let signed = match (&it.sign_off, it.ticked) {
        (Some(it), _) => format!(", signed by {} on {}", it.name, desk.day(it.date)),
        (None, true) => ", ticked, not signed".to_owned(),
        (None, false) => String::new(),
    };
    (kind, format!("of {}{signed}", gate.name))
}

/// "of a phase, due 30 Jan".
pub fn gate(desk: &Desk<'_>, it: &Gate) -> String {
    let kind = match it.kind {
        GateKind::Day => "of a day",
        GateKind::Week => "of a week",
        GateKind::Phase => "of a phase",
        GateKind::Launch => "of the launch",
    };
    let due = it.due.map_or(", without a day".to_owned(), |it| format!(", due {}", desk.day(it)));
    format!("{kind}{due}, with {}", phrase::count(it.criteria.len(), "criterion"))
}

/// "now 120 ms, target <200 ms, week 2: 300 ms".
pub fn metric(it: &Metric) -> String {
    let said = |it: &&Cell| !it.text.is_empty();
    let named = |name: &str, cell: &Option<Cell>| {
        cell.as_ref().filter(said).map(|it| format!("{name} {}", wording::cell(Some(it))))
    };
    let mut words: Vec<String> =
        [named("now", &it.current), named("target", &it.target)].into_iter().flatten().collect();
    let targets = it.targets.iter().filter(|(_, it)| said(&it)).take(6);
    words.extend(targets.map(|(week, cell)| format!("week {week}: {}", wording::cell(Some(cell)))));
    if words.is_empty() { "no values".to_owned() } else { words.join(", ") }
}

/// "1.5 people in weeks 1 and 2, 1 person in all weeks".
pub fn team(it: &Team) -> String {
    let period = |it: &crate::model::TeamPeriod| {
        let when = it.weeks.map_or("in every week".to_owned(), |it| format!("in {}", phrase::weeks_from(it)));
        format!("{} FTE {when}", phrase::number(it.fte))
    };
    phrase::list(&it.periods.iter().take(6).map(period).collect::<Vec<_>>())
}
