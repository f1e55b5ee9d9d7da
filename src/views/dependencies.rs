//! What depends on what, as lists: what can start now, the longest chain of work left, and what endangers a gate.

use super::parts::{Link, Mark};
use super::{Desk, wording};
use crate::phrase::{capitalise, count, count_in_words, number, rounded};
use serde::Serialize;

/// So many items of one list are shown.
const SHOWN: usize = 20;

/// What depends on what, for a page.
#[derive(Debug, Serialize)]
pub struct DependencyPart {
    /// "The longest chain of work left is 9 days"; empty where none is known.
    pub critical: String,
    /// Its tasks, first to last.
    pub chain: Vec<Tie>,
    /// "Three items can start now"; empty where no task depends on another.
    pub startable: String,
    /// The tasks that can start now.
    pub can_start: Vec<Tie>,
    /// "and 4 more"; empty where all are shown.
    pub more: String,
    /// What endangers gates.
    pub endangered: Vec<Danger>,
    /// "and 4 more" of these; empty where all are shown.
    pub more_endangered: String,
}

/// A task in a list.
#[derive(Debug, Serialize)]
pub struct Tie {
    /// The task.
    pub task: Link,
    /// How it stands.
    pub mark: Mark,
}

/// A task that endangers a gate.
#[derive(Debug, Serialize)]
pub struct Danger {
    /// The task.
    pub task: Link,
    /// "ends 3 working days after".
    pub words: String,
    /// The gate.
    pub gate: Link,
}

/// Makes a task of a list; nothing where there is no such task.
#[must_use]
pub fn tie(desk: &Desk<'_>, at: usize) -> Option<Tie> {
    let task = desk.task(at)?;
    let link = Link { text: task.full_name(), href: desk.task_href(task) };
    Some(Tie { task: link, mark: Mark::of_state(&desk.state(at)) })
}

/// Makes the lists; nothing where no task depends on another and no gate is endangered.
#[must_use]
pub fn dependencies(desk: &Desk<'_>) -> Option<DependencyPart> {
    let it = &desk.analysis().dependencies;
    let has_any = it.needs.iter().any(|it| !it.is_empty());
    let endangered: Vec<Danger> = it.endangered.iter().take(SHOWN).filter_map(|it| danger(desk, it)).collect();
    let beyond = it.endangered.len().saturating_sub(SHOWN);
    if !has_any && endangered.is_empty() {
        return None;
    }
    let critical = it.critical.as_ref().map_or(String::new(), |it| {
        let days = format!("{} {}", number(rounded(it.days, 1)), if it.days == 1.0 { "day" } else { "days" });
        format!("The longest chain of work left takes {days}")
    });
    let startable = if has_any {
        capitalise(&format!("{} can start now", count_in_words(it.can_start.len(), "item")))
    } else {
        String::new()
    };
    let left_out = it.can_start.len().saturating_sub(SHOWN);
    Some(DependencyPart {
        critical,
        chain: it.critical.iter().flat_map(|it| &it.tasks).filter_map(|it| tie(desk, *it)).collect(),
        startable,
        can_start: it.can_start.iter().take(SHOWN).filter_map(|it| tie(desk, *it)).collect(),
        more: if left_out == 0 { String::new() } else { format!("and {left_out} more") },
        endangered,
        more_endangered: if beyond == 0 { String::new() } else { format!("and {beyond} more") },
    })
}

fn danger(desk: &Desk<'_>, it: &crate::analysis::Endangered) -> Option<Danger> {
    let task = tie(desk, it.task)?.task;
    let gate = desk.plan().gates.get(it.gate)?;
    Some(Danger { task, words: words(desk, it), gate: Link { text: gate.name.clone(), href: desk.gate_href(it.gate) } })
}

/// "can be done by Wed 18 Feb at the earliest, 3 working days after its day".
#[must_use]
pub fn words(desk: &Desk<'_>, it: &crate::analysis::Endangered) -> String {
    let earliest = desk.analysis().dependencies.earliest.get(it.task).copied().flatten();
    let by = earliest.map_or(String::new(), |it| {
        format!("can be done by {} at the earliest, ", wording::week_day(it, desk.as_of()))
    });
    format!("{by}{} after the day of the gate", count(it.days, "working day"))
}
