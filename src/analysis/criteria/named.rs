//! Criteria that name the tasks they ask for: "P1-03 and P1-04 done".

use super::{Class, CriterionState, Facts, Finding};
use crate::model::{Gate, State, Task};
use crate::phrase;

/// Tasks that one criterion may name.
const MAX_TASKS: usize = 20;

/// Reads IDs of tasks and a word for "done", and counts; nothing where a criterion says more than that.
pub fn named(text: &str, gate: &Gate, facts: &Facts<'_>) -> Option<Finding> {
    let history = facts.history;
    let tasks = asked(text, |id| history.plan.task_with_id(id))?;
    let task = |at: usize| history.plan.tasks.get(at);
    let state = |at: usize| history.state(at, history.as_of);
    let name = |at: usize| task(at).map(Task::name).unwrap_or_default();
    let open: Vec<usize> = tasks.iter().copied().filter(|it| state(*it).state != State::Done).collect();
    let is = |at: &usize| match state(*at).percent {
        Some(percent) => format!("{} is at {}%", name(*at), phrase::number(percent)),
        None => format!("{} is {}", name(*at), state(*at).state.words()),
    };
    let shown = if open.is_empty() { &tasks } else { &open };
    let late = |at: &usize| task(*at).and_then(|it| it.end).zip(gate.due).is_some_and(|(end, due)| due < end);
    let planned = |at: usize| match task(at).and_then(Task::week) {
        Some(week) => format!("{} is planned in week {week}", name(at)),
        None => format!("{} is planned later", name(at)),
    };
    let off_plan: Vec<String> = open.iter().filter(|it| late(it)).map(|it| planned(*it)).collect();
    let names: Vec<String> = open.iter().map(|it| name(*it)).collect();
    Some(Finding {
        class: Class::Count,
        state: if open.is_empty() { CriterionState::Met } else { CriterionState::NotMet },
        measured: format!("{} of {}", tasks.len() - open.len(), tasks.len()),
        evidence: phrase::list(&shown.iter().map(is).collect::<Vec<_>>()),
        missing: if open.is_empty() { String::new() } else { format!("{} done", phrase::list(&names)) },
        place: shown.iter().find_map(|it| state(*it).evidence).map(|it| it.place.clone()),
        tasks,
        off_plan: (!off_plan.is_empty()).then(|| phrase::list(&off_plan)),
    })
}

/// Returns the tasks that a criterion names, where it names tasks, says that they are done, and nothing else.
fn asked(text: &str, task: impl Fn(&str) -> Option<usize>) -> Option<Vec<usize>> {
    let mut tasks = Vec::new();
    let mut says_done = false;
    let ends = |it: char| it.is_whitespace() || matches!(it, ',' | ';' | '&' | '+' | ':');
    for token in text.split(ends).map(|it| it.trim_end_matches('.')).filter(|it| !it.is_empty()) {
        match token.to_lowercase().as_str() {
            "and" | "are" | "is" | "both" | "all" | "must" | "be" => {}
            "complete" | "completed" | "done" | "finished" | "closed" => says_done = true,
            // A word such as "or" asks for less than all of them.
            _ => {
                let at = task(token)?;
                if !tasks.contains(&at) {
                    tasks.push(at);
                }
            }
        }
        if MAX_TASKS < tasks.len() {
            return None;
        }
    }
    (says_done && !tasks.is_empty()).then_some(tasks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_named_and_nothing_else_is_said() {
        let task = |id: &str| ["L-7", "L-8"].iter().position(|it| *it == id);
        for (text, found) in [
            ("L-7 and L-8 done", Some(vec![0, 1])),
            ("L-8: done.", Some(vec![1])),
            ("Both L-7, L-8 are complete", Some(vec![0, 1])),
            ("L-7 or L-8 done", None),
            ("L-7 done in staging", None),
            ("L-7 and L-9 done", None),
            ("L-7", None),
            ("All done", None),
        ] {
            assert_eq!(asked(text, task), found, "{text}");
        }
    }
}
