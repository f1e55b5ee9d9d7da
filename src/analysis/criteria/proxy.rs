//! Criteria that a task stands for: the task shows that it may be so, a person says that it is.

use super::{Class, CriterionState, Facts, Finding};
use crate::analysis::words::{matter, words};
use crate::model::{Gate, State, Task};
use crate::phrase;

/// Tasks that stand for one criterion: more than a person can look at are none.
const MAX_TASKS: usize = 20;

/// Finds tasks, planned to end before the gate, whose words hold all the matter of a criterion: in their titles, else below them.
pub fn proxy(text: &str, gate: &Gate, facts: &Facts<'_>) -> Option<Finding> {
    let said = matter(text);
    if said.is_empty() || words(text).next().is_some_and(|it| it == "no") {
        return None;
    }
    let history = facts.history;
    let task = |at: usize| history.plan.tasks.get(at);
    let in_time = |at: &usize| task(*at).and_then(|it| it.end).zip(gate.due).is_none_or(|(end, due)| end <= due);
    let of = |found: Vec<usize>| {
        Some(found.into_iter().filter(in_time).take(MAX_TASKS).collect::<Vec<_>>()).filter(|it| !it.is_empty())
    };
    let tasks = of(facts.titled(&said)).or_else(|| of(facts.mentioning(&said)))?;
    let name = |at: &usize| task(*at).map(Task::name).unwrap_or_default();
    let state = |at: &usize| history.state(*at, history.as_of);
    let open: Vec<usize> = tasks.iter().copied().filter(|it| state(it).state != State::Done).collect();
    let shown = if open.is_empty() { &tasks } else { &open };
    let is = |at: &usize| format!("{} is {}", name(at), state(at).state.words());
    let measured = |at: &usize| match state(at).percent {
        Some(percent) => format!("{} at {}%", name(at), phrase::number(percent)),
        None => format!("{} {}", name(at), state(at).state.words()),
    };
    let names: Vec<String> = open.iter().map(name).collect();
    Some(Finding {
        class: Class::Proxy,
        state: if open.is_empty() { CriterionState::NeedsSignOff } else { CriterionState::NotMet },
        measured: shown.iter().map(measured).collect::<Vec<_>>().join(", "),
        evidence: phrase::list(&shown.iter().map(is).collect::<Vec<_>>()),
        missing: if open.is_empty() {
            "A sign-off".to_owned()
        } else {
            format!("{} done, then a sign-off", phrase::list(&names))
        },
        place: shown.iter().find_map(|it| state(it).evidence).map(|it| it.place.clone()),
        tasks,
        off_plan: None,
    })
}
