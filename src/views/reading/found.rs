//! What was found, with counts.

use crate::phrase;
use crate::views::parts::Fact;
use crate::views::{Desk, phases, wording};
use std::collections::BTreeSet;

/// Makes the counts of what was found; what was not is left to the list of what is absent.
pub fn found(desk: &Desk<'_>) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Title", desk.plan().title.clone(), String::new())];
    facts.extend([calendar(desk), frame(desk), tasks(desk), boxes(desk)].into_iter().flatten());
    facts.extend([effort(desk), owners(desk), gates(desk), rest(desk), standups(desk)].into_iter().flatten());
    facts
}

fn calendar(desk: &Desk<'_>) -> Option<Fact> {
    let schedule = desk.plan().schedule.as_ref()?;
    let start = wording::full_day(schedule.calendar.start);
    let value = format!("{} from {start}", phrase::count(schedule.weeks as usize, "week"));
    let target = desk.plan().header.target.as_ref().map(|it| format!("; target {}", wording::full_day(it.value)));
    Some(Fact::new("Calendar", value, format!("from {}{}", schedule.rule.words(), target.unwrap_or_default())))
}

fn frame(desk: &Desk<'_>) -> Option<Fact> {
    let plan = desk.plan();
    let counts =
        [(plan.phases.len(), phases::noun(plan)), (plan.weeks.len(), "week heading"), (plan.blocks.len(), "block")];
    let counts = phrase::counts(&counts);
    if counts.is_empty() {
        return None;
    }
    let dated = plan.phases.iter().filter(|it| it.start.is_some()).count();
    let note = match (dated, plan.phases.len()) {
        (_, 0) => String::new(),
        (0, _) => "without dates".to_owned(),
        (n, all) if n == all => "all with dates".to_owned(),
        (n, _) => format!("{n} with dates"),
    };
    Some(Fact::new("Structure", phrase::list(&counts), note))
}

fn tasks(desk: &Desk<'_>) -> Option<Fact> {
    let tasks = &desk.plan().tasks;
    if tasks.is_empty() {
        return None;
    }
    let lines: usize = tasks.iter().map(|it| it.segments.len()).sum();
    let with_id = tasks.iter().filter(|it| it.id.is_some()).count();
    let subtasks: usize = tasks.iter().map(|it| it.subtasks.total).sum();
    let mut note = Vec::new();
    if lines != tasks.len() {
        note.push(format!("in {}", phrase::count(lines, "line")));
    }
    note.push(match with_id {
        0 => "none with an ID".to_owned(),
        n if n == tasks.len() => "all with an ID".to_owned(),
        n => format!("{n} with an ID"),
    });
    if 0 < subtasks {
        note.push(phrase::count(subtasks, "subtask"));
    }
    Some(Fact::new("Tasks", tasks.len().to_string(), note.join(", ")))
}

fn boxes(desk: &Desk<'_>) -> Option<Fact> {
    let facts = &desk.plan().facts;
    if facts.boxes == 0 {
        return None;
    }
    let note = match facts.not_understood.len() {
        0 => "all understood".to_owned(),
        n => format!("{n} not understood, named below"),
    };
    let value = format!("{}, {} ticked", facts.boxes, facts.checked);
    Some(Fact::new("Checkboxes", value, note))
}

fn effort(desk: &Desk<'_>) -> Option<Fact> {
    let tasks = &desk.plan().tasks;
    let with = tasks.iter().filter(|it| it.effort_days.is_some()).count();
    let days: f64 = tasks.iter().filter_map(|it| it.effort_days).sum();
    let note = if with == tasks.len() {
        "written for every task".to_owned()
    } else {
        format!("written for {with} of {}", phrase::count(tasks.len(), "task"))
    };
    (0 < with).then(|| Fact::new("Effort", phrase::days(days), note))
}

fn owners(desk: &Desk<'_>) -> Option<Fact> {
    let tasks = &desk.plan().tasks;
    let names: BTreeSet<&str> = tasks.iter().flat_map(|it| &it.owners).map(|it| &**it).collect();
    let with = tasks.iter().filter(|it| !it.owners.is_empty()).count();
    let note = format!("on {with} of {}", phrase::count(tasks.len(), "task"));
    (0 < with).then(|| Fact::new("Owners", phrase::count(names.len(), "name"), note))
}

fn gates(desk: &Desk<'_>) -> Option<Fact> {
    let gates = &desk.plan().gates;
    let criteria: usize = gates.iter().map(|it| it.criteria.len()).sum();
    let decided = gates.iter().filter(|it| it.decision.is_some()).count();
    let decided = if decided == 0 { "none decided".to_owned() } else { format!("{decided} decided") };
    let note = format!("{}, {decided}", phrase::count(criteria, "criterion"));
    (!gates.is_empty()).then(|| Fact::new("Gates", gates.len().to_string(), note))
}

fn rest(desk: &Desk<'_>) -> Option<Fact> {
    let plan = desk.plan();
    let counts = [
        (plan.deliverables.len(), "deliverable"),
        (plan.metrics.len(), "metric"),
        (plan.risks.len(), "risk"),
        (plan.teams.len(), "team"),
        (plan.budget.items.len(), "budget post"),
    ];
    let counts = phrase::counts(&counts);
    (!counts.is_empty()).then(|| Fact::new("Beside them", phrase::list(&counts), String::new()))
}

fn standups(desk: &Desk<'_>) -> Option<Fact> {
    let standups = &desk.facts.history.standups;
    let last = standups.iter().map(|it| it.date).max()?;
    let note = format!("the last speaks for {}", desk.day(last));
    Some(Fact::new("Standups", standups.len().to_string(), note))
}
