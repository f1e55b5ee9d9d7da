//! Marks of a task in the roadmap itself.

use super::line::{Lines, Sign};
use super::standup::goes_on;
use super::{Edit, Refusal, lines_of};
use crate::document::{Document, Kind, parse};
use crate::model::{Plan, Segment, State, Task};
use crate::sources::Sources;
use crate::text::SourceFile;

/// Ticks all lines of a task that are not ticked yet.
///
/// # Errors
///
/// When one of them has no box and no symbol that could be changed.
pub fn ticked(sources: &Sources, plan: &Plan, task: &Task) -> Result<Vec<Edit>, Refusal> {
    let document = parse(&sources.roadmap);
    let lines = Lines::new(&document, &sources.roadmap);
    let sign = sign_of(&lines, plan, State::Done);
    let mut edits = Vec::new();
    for it in task.segments.iter().filter(|it| it.mark != Some(State::Done)) {
        edits.push(marked(&document, &sources.roadmap, &lines, (it, State::Done), &sign)?);
    }
    // A line that says how much is done, or what it waits for, would contradict its mark.
    let says_more = |it: &&Segment| it.percent().is_some_and(|it| it < 100.0);
    for it in task.segments.iter().filter(says_more) {
        if let Some(line) = lines.find(it.place.span) {
            edits.extend(line.finished().map_err(|_| wrapped(&sources.roadmap, task, it))?);
        }
    }
    Ok(edits)
}

/// Marks a task as begun, and says how much of it is done. Its last line tells.
///
/// # Errors
///
/// When that line has no box and no symbol that could be changed.
pub fn begun(sources: &Sources, plan: &Plan, task: &Task, percent: u8) -> Result<Vec<Edit>, Refusal> {
    let (document, file) = (parse(&sources.roadmap), &sources.roadmap);
    let lines = Lines::new(&document, file);
    let sign = sign_of(&lines, plan, State::InProgress);
    let last = task.last();
    let mark = if matches!(last.mark, Some(State::InProgress | State::Blocked)) {
        None
    } else {
        Some(marked(&document, file, &lines, (last, State::InProgress), &sign)?)
    };
    let line = lines.find(last.place.span);
    let percent = line.map(|it| it.with_percent(percent, "").map_err(|_| wrapped(file, task, last))).transpose()?;
    Ok(mark.into_iter().chain(percent).collect())
}

fn wrapped(file: &SourceFile, task: &Task, segment: &Segment) -> Refusal {
    goes_on(&lines_of(&file.path, &[segment.place.line()]), &task.name())
}

fn marked(
    document: &Document,
    file: &SourceFile,
    lines: &Lines<'_>,
    (segment, state): (&Segment, State),
    sign: &Sign,
) -> Result<Edit, Refusal> {
    let line = lines.find(segment.place.span);
    line.and_then(|it| it.with_mark(state, sign, false)).ok_or_else(|| {
        let place = lines_of(&file.path, &[segment.place.line()]);
        let is_in_table = document.blocks.iter().any(|it| {
            matches!(it.kind, Kind::Table(_)) && (it.span.start..it.span.end).contains(&segment.place.span.start)
        });
        let what = if is_in_table {
            "the task is a row of a table"
        } else {
            "the task has neither a box nor a symbol for its state"
        };
        Refusal::new(format!("{place}: {what}, which is for you to change"), format!("change its state at {place}"))
    })
}

/// Returns the mark that the plan itself has for a state, else the usual one.
fn sign_of(lines: &Lines<'_>, plan: &Plan, state: State) -> Sign {
    let segments = plan.tasks.iter().flat_map(|it| &it.segments).filter(|it| it.mark == Some(state));
    let sign = segments.take(1).find_map(|it| lines.find(it.place.span)?.sign());
    sign.map_or_else(|| Sign::usual(state), |it| Sign(Some(it.to_owned())))
}
