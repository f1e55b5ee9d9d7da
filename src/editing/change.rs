//! A change of one task: where it is written, and the proof that it says what was asked for.

use super::again::{Objection, hold};
use super::current::{Known, current, is_daily, known};
use super::form::signs_of;
use super::standup::Writing;
use super::{Change, Edit, Refusal, Wish, find, lines_of, roadmap};
use crate::calendar::{Day, short_day_as_of};
use crate::model::{State, Task};
use crate::phrase::count;
use crate::pipeline::{Understood, understand};
use crate::prose::one_line;
use crate::sources::Sources;
use std::collections::BTreeMap;

/// Finds out how a task is changed. The files are those of now, whatever day is asked for: [`Sources::stands`] is set.
///
/// # Errors
///
/// When there is no such task, or no place in which the team would write it, or another line says otherwise all the same.
pub fn change(sources: &Sources, as_of: Day, name: &str, wish: &Wish) -> Result<Change, Refusal> {
    let now = understand(sources.clone(), as_of);
    let plan = &now.history.plan;
    let at = find(plan, name)?;
    let Some(task) = plan.tasks.get(at) else { return Err(Refusal::new("no such task", "name another")) };
    let wish = &settled(wish)?;
    if let Some(it) = task.segments.iter().find(|it| it.mark == Some(State::Dropped))
        && now.history.state(at, as_of).state == State::Dropped
    {
        let place = lines_of(&sources.roadmap.path, &[it.place.line()]);
        return Err(Refusal::new(
            format!("{place}: {} is dropped", task.name()),
            "take that mark away first, if it is to be done after all",
        ));
    }
    let known = known(sources, plan.schedule.as_ref(), as_of);
    let current = current(&known, as_of);
    let signs = signs_of(sources, &known);
    let writing = current.map(|current| Writing { current, known: &known, plan, at, task, signs, sources });
    if *wish != Wish::Done
        && (writing.is_some() || known.is_empty())
        && task.segments.iter().all(|it| it.mark == Some(State::Done))
    {
        let place = lines_of(&sources.roadmap.path, &[task.last().place.line()]);
        return Err(Refusal::new(
            format!("{place}: the roadmap says that {} is done", task.name()),
            "take the tick away first: by hand, or with `roadbook tick --undo` if it was the last change",
        ));
    }
    let edits = match wish {
        Wish::Done => return done(&now, sources, (at, task), writing.as_ref(), as_of),
        wish => match &writing {
            Some(it) => it.said(wish)?,
            None => beside_standups(sources, &now, (task, wish), &known, as_of)?,
        },
    };
    let day = current.map_or(as_of, |it| it.date.max(as_of));
    hold(sources, &edits, (at, wish), day, writing.is_some()).map_err(Objection::refusal)?;
    let from = from(day, as_of);
    let is_blocked = matches!(wish, Wish::Progress(_)) && {
        let standup = current.map(|it| &it.standup);
        standup.is_some_and(|it| it.blocked.iter().flat_map(|it| &it.ids).any(|id| plan.task_with_id(id) == Some(at)))
    };
    let still = if is_blocked { ", and still blocked" } else { "" };
    Ok(told(sources, task, edits, &format!("{}{still}{from}", wish.words())))
}

/// Reads a reason as one line, and refuses what is no state of its own.
fn settled(wish: &Wish) -> Result<Wish, Refusal> {
    match wish {
        Wish::Progress(100..) => Err(Refusal::new("what is 100% done is done", "mark it with `roadbook tick`")),
        Wish::Blocked(reason) if one_line(reason).is_empty() => {
            Err(Refusal::new("a reason is missing", "say what it waits for, in a few words"))
        }
        Wish::Blocked(reason) => Ok(Wish::Blocked(one_line(reason))),
        other => Ok(other.clone()),
    }
}

/// A task is done: its boxes in the roadmap say so, and so do the lines of this week's standup that say otherwise.
fn done(
    now: &Understood,
    sources: &Sources,
    (at, task): (usize, &Task),
    writing: Option<&Writing<'_>>,
    as_of: Day,
) -> Result<Change, Refusal> {
    let mut edits = roadmap::ticked(sources, &now.history.plan, task)?;
    let in_standup = writing.map(Writing::finished).transpose()?.unwrap_or_default();
    let state = now.history.state(at, as_of).state;
    if edits.is_empty() && in_standup.is_empty() && state == State::Done {
        let place = lines_of(&sources.roadmap.path, &[task.last().place.line()]);
        let said = vec![format!("{place}: {} is done already", task.name())];
        return Ok(Change { task: task.name(), edits, said });
    }
    // A standup that speaks for a later day of the week would say otherwise from then on.
    if let Some(it) = writing.filter(|it| as_of < it.current.date).and_then(Writing::shared) {
        let place = lines_of(&it.place.path, &[it.place.line()]);
        return Err(Refusal::new(
            format!("{place}: the standup of this week calls {} unfinished, in one line with other tasks", task.name()),
            "give each task a line of its own there",
        ));
    }
    let is_told = !in_standup.is_empty();
    edits.extend(in_standup);
    let mut day = as_of;
    match hold(sources, &edits, (at, &Wish::Done), as_of, writing.is_some()) {
        Ok(()) => {}
        // The roadmap's mark is older than what a standup says: the standup of this week has to say it, too.
        Err(Objection::State(objection)) => {
            let Some(writing) = writing else { return Err(objection) };
            if !is_told {
                edits.extend(writing.said(&Wish::Done)?);
            }
            day = writing.current.date.max(as_of);
            hold(sources, &edits, (at, &Wish::Done), day, true).map_err(Objection::refusal)?;
        }
        Err(other) => return Err(other.refusal()),
    }
    let open = match task.subtasks.open() {
        0 => String::new(),
        n => format!(", but {} of it {} open", count(n, "box"), if n == 1 { "is" } else { "are" }),
    };
    let open = open.replace("box of it", "box below it").replace("boxes of it", "boxes below it");
    Ok(told(sources, task, edits, &format!("is done{open}{}", from(day, as_of))))
}

/// Says from which day on something is so, where that is a later one.
fn from(day: Day, as_of: Day) -> String {
    if as_of < day { format!(", from {} on", short_day_as_of(day, as_of)) } else { String::new() }
}

/// Without a standup of this week a plan that has standups is not changed elsewhere: that is where its team tells of progress.
fn beside_standups(
    sources: &Sources,
    now: &Understood,
    (task, wish): (&Task, &Wish),
    known: &[Known<'_>],
    as_of: Day,
) -> Result<Vec<Edit>, Refusal> {
    match wish {
        Wish::Progress(percent) if known.is_empty() => roadmap::begun(sources, &now.history.plan, task, *percent),
        _ => {
            let is_daily = is_daily(known);
            let of = if is_daily { short_day_as_of(as_of, as_of) } else { "this week".to_owned() };
            let help = if is_daily { "write that day's standup" } else { "write this week's standup" };
            Err(Refusal::new(
                format!("there is no standup of {of} to say in that {} {}", task.name(), wish.words()),
                format!("{help} first: roadbook standup"),
            ))
        }
    }
}

/// Says file by file what is changed, by lines as they are afterwards.
fn told(sources: &Sources, task: &Task, mut edits: Vec<Edit>, what: &str) -> Change {
    edits.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    edits.dedup();
    let mut lines: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut added = 0;
    let mut path = "";
    for it in &edits {
        if path != &*it.path {
            (path, added) = (&it.path, 0);
        }
        let Some(file) = sources.files().find(|file| file.path == it.path) else { continue };
        let breaks = |text: &str| u32::try_from(text.bytes().filter(|it| *it == b'\n').count()).unwrap_or(0);
        // A new line of a task may come with a heading before it.
        let line = file.index.line(it.span.start) + added + breaks(it.text.trim_end_matches('\n'));
        added += breaks(&it.text);
        let all = lines.entry(&it.path).or_default();
        if all.last() != Some(&line) {
            all.push(line);
        }
    }
    let name = one_line(&task.name());
    let said = lines.iter().map(|(path, lines)| format!("{}: {name} {what}", lines_of(path, lines))).collect();
    Change { task: task.name(), edits, said }
}
