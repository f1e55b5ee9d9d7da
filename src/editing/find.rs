//! Finds the task that somebody means.

use super::Refusal;
use crate::model::{Plan, Task};
use crate::phrase::did_you_mean;
use crate::prose::one_line;

/// Finds the task with an ID, in any case; else the one that has the words for its title, or for the name of its page.
///
/// # Errors
///
/// When there is none, or several have this title.
pub fn find(plan: &Plan, name: &str) -> Result<usize, Refusal> {
    if let Some(it) = plan.task_with_id(name.trim()) {
        return Ok(it);
    }
    let words = one_line(name);
    let is_titled = |it: &Task| one_line(&it.title().words()).eq_ignore_ascii_case(&words) || it.key == words;
    let mut titled = plan.tasks.iter().enumerate().filter(|(_, it)| is_titled(it));
    match (titled.next(), titled.next()) {
        (Some((at, _)), None) => Ok(at),
        (Some((_, one)), Some((_, other))) => Err(Refusal::new(
            format!("several tasks are called “{words}”: {:?} and {:?}", one.last().place, other.last().place),
            "give them IDs, or change the Markdown yourself",
        )),
        (None, _) => Err(unknown(plan, &words)),
    }
}

fn unknown(plan: &Plan, words: &str) -> Refusal {
    let ids = || plan.tasks.iter().filter_map(|it| it.id.as_deref());
    let what = format!("no task of the plan is called {words}");
    let help = match did_you_mean(words, ids()) {
        Some(it) => format!("did you mean {it}?"),
        None if ids().next().is_none() => "the plan's tasks have no IDs: name one by its whole title".to_owned(),
        None => "`roadbook export . --format csv` lists all tasks".to_owned(),
    };
    Refusal::new(what, help)
}
