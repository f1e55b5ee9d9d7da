//! How places, efforts and owners are said in a change.

use super::Said;
use crate::calendar::Day;
use crate::model::{Plan, Segment, Task};
use crate::phrase;
use std::collections::HashMap;

/// Returns where a task stands in the plan: "W4 Thu–Fri", "phase 2, due 3 May 2026".
pub fn place(plan: &Plan, task: &Task) -> Said {
    let said = Said::joined(stand(plan, task).into_iter().chain(due(task)), ", ");
    if said.is_empty() { nowhere(plan) } else { said }
}

/// Returns what to say of a task that stands nowhere: "no week", or in a plan without weeks "no phase".
pub fn nowhere(plan: &Plan) -> Said {
    Said::ours(if plan.schedule.is_some() { "no week" } else { "no phase" })
}

/// Returns the weeks of a task, else its phase.
pub fn stand(plan: &Plan, task: &Task) -> Option<Said> {
    let mut spans: Vec<String> = Vec::new();
    for it in task.segments.iter().filter_map(|it| span(plan, it)) {
        if spans.last() != Some(&it) {
            spans.push(it);
        }
    }
    let phase = task.last().phase.and_then(|it| plan.phases.get(it));
    match (spans.is_empty(), phase) {
        (false, _) => Some(Said::ours(spans.join(" and "))),
        (true, Some(phase)) if phase.kind.is_numbered() && phase.tag.is_none() => {
            Some(Said::ours(phase.label_in_sentence()))
        }
        (true, Some(phase)) => Some(Said::theirs(phase.label())),
        (true, None) => None,
    }
}

/// Returns "due 3 May 2026".
pub fn due(task: &Task) -> Option<Said> {
    task.due().map(|it| Said::ours(format!("due {}", day(it))))
}

/// Returns "W4 Thu–Fri"; nothing where a line stands in no week.
fn span(plan: &Plan, it: &Segment) -> Option<String> {
    let week = it.week?;
    if let Some(last) = it.last_week.filter(|last| week < *last) {
        return Some(format!("W{week}–{last}"));
    }
    let days = it.block.and_then(|it| plan.blocks.get(it)).and_then(|it| it.weekdays);
    Some(match days {
        Some((first, last)) if first == last => format!("W{week} {first}"),
        Some((first, last)) => format!("W{week} {first}–{last}"),
        None => format!("W{week}"),
    })
}

/// Returns "3 d", or "no estimate".
pub fn effort(days: Option<f64>) -> Said {
    Said::ours(days.map_or("no estimate".to_owned(), |it| format!("{} d", phrase::number(phrase::rounded(it, 2)))))
}

/// Returns the owners, or "nobody".
pub fn owners(task: &Task) -> Said {
    if task.owners.is_empty() {
        return Said::ours("nobody");
    }
    Said::joined(task.owners.iter().map(|it| Said::theirs(it.to_string())), ", ")
}

/// Returns "3 May 2026".
pub fn day(day: Day) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Returns the first line that only one list has, and that only the other has, with the number of further ones. Which words a line
/// has counts, not where it stands.
pub fn difference<S: AsRef<str>>(old: &[S], new: &[S]) -> (Option<Said>, Option<Said>) {
    let counted = |of: &[S]| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for it in of {
            *counts.entry(bare(it.as_ref())).or_default() += 1;
        }
        counts
    };
    let only = |of: &[S], mut other: HashMap<String, usize>| {
        let is_only = |it: &&str| match other.get_mut(&bare(it)) {
            Some(n) if 0 < *n => {
                *n -= 1;
                false
            }
            _ => true,
        };
        let lines: Vec<&str> = of.iter().map(AsRef::as_ref).filter(is_only).map(strip_marker).collect();
        let (first, more) = (lines.first()?, lines.len() - 1);
        let more = if 0 < more { format!(" and {}", phrase::count(more, "more line")) } else { String::new() };
        Some(Said::theirs((*first).to_owned()).and(more))
    };
    (only(old, counted(new)), only(new, counted(old)))
}

/// A line without what makes it an item, or emphasis.
fn strip_marker(line: &str) -> &str {
    let line = line.trim();
    let item = ["- ", "* ", "+ "].iter().find_map(|it| line.strip_prefix(it)).unwrap_or(line);
    item.trim().trim_matches(['*', '_'])
}

/// Returns the words of a text without its markup: letters and digits alone, without case, each run of others as one space.
pub fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_in_number = letter == '.' && bare.ends_with(|it: char| it.is_ascii_digit());
        if letter.is_alphanumeric() || is_in_number || "<>≤≥=%/".contains(letter) {
            bare.extend(letter.to_lowercase());
        } else if !bare.ends_with(' ') {
            bare.push(' ');
        }
    }
    bare.trim().to_owned()
}
