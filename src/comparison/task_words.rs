//! What the lines of a task say: estimates, marks, and the words below them.

use super::Said;
use super::words::{bare, effort};
use crate::model::{Segment, State, Task};
use crate::phrase;

/// Says whether the same is written of the effort of each line, its qualifier included.
pub fn same_estimates(was: &Task, is: &Task) -> bool {
    let words = |it: &Segment| it.qualifier.as_deref().map(bare);
    let same = |(a, b): (&Segment, &Segment)| {
        a.effort_days == b.effort_days && (a.qualifier == b.qualifier || words(a) == words(b))
    };
    was.segments.len() == is.segments.len() && was.segments.iter().zip(&is.segments).all(same)
}

/// Returns "4 d", or with the parts where the sum stays: "4 d (1 d + 3 d)".
pub fn estimate(it: &Task, other: &Task) -> Said {
    let whole = effort(it.effort_days);
    if it.effort_days != other.effort_days {
        return whole;
    }
    let parts: Vec<String> =
        it.segments.iter().map(|it| it.effort_days.map_or("?".to_owned(), phrase::number)).collect();
    let qualifiers = |it: &Task| it.segments.iter().map(|it| it.qualifier.clone()).collect::<Vec<_>>();
    let differs = qualifiers(it) != qualifiers(other);
    let qualifier = it.segments.iter().find_map(|it| it.qualifier.clone()).filter(|_| differs);
    let whole = if 1 < parts.len() { whole.and(format!(" (parts: {})", parts.join(", "))) } else { whole };
    match qualifier {
        Some(it) => whole.and(", ").and_theirs(it),
        None => whole,
    }
}

/// Says whether a task has the same owners.
pub fn same_owners(was: &Task, is: &Task) -> bool {
    if was.owners == is.owners {
        return true;
    }
    let names = |it: &Task| {
        let mut all: Vec<String> = it.owners.iter().map(|it| bare(it)).collect();
        all.sort();
        all
    };
    names(was) == names(is)
}

/// The mark of the line that finishes a task; what stands below it is told by itself.
pub fn mark(task: &Task) -> Option<State> {
    task.last().mark
}

/// Says whether the mark of a task is that of done work.
pub fn is_done(task: &Task) -> bool {
    mark(task) == Some(State::Done)
}

/// Counts the lines of a task that are ticked.
pub fn ticks(task: &Task) -> usize {
    task.segments.iter().filter(|it| it.mark == Some(State::Done)).count()
}

/// Returns "1 of 2 lines".
pub fn parts(task: &Task) -> Said {
    Said::ours(format!("{} of {}", ticks(task), phrase::count(task.segments.len(), "line")))
}

/// Returns "open", "ticked", "dropped".
pub fn marked(task: &Task) -> Said {
    Said::ours(match mark(task) {
        None => "open",
        Some(State::Done) => "ticked",
        Some(it) => it.words(),
    })
}

/// The lines below a task's own lines, of titles that go on there the rest.
pub fn details(task: &Task) -> Vec<&str> {
    task.segments.iter().flat_map(|it| title_and_rest(it).1).collect()
}

/// Returns the words of a title with those that continue it in the lines below, and the lines that are left.
pub fn title_and_rest(it: &Segment) -> (String, Vec<&str>) {
    let opens = |it: &str| it.is_empty() || it.starts_with(['-', '*', '+', '#', '|', '>', '`', '<']);
    let is_numbered = |it: &str| it.trim_start_matches(|it: char| it.is_ascii_digit()).starts_with(['.', ')']);
    let lines: Vec<&str> = it.details.lines().map(str::trim).collect();
    // What stands behind the title in its own line is no part of it.
    let continues = |it: &&&str| !opens(it) && !is_numbered(it);
    let rest = lines.get(1..).unwrap_or_default();
    let more = rest.iter().take_while(continues).count();
    let (title, rest) = rest.split_at_checked(more).unwrap_or((&[], rest));
    let title = bare(&format!("{} {}", it.title.plain(), title.join(" ")));
    (title, rest.iter().copied().filter(|it| !it.is_empty()).collect())
}
