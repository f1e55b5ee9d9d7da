//! The parts of a week's page.

use super::WeekSection;
use super::heading::items;
use super::open::{decisions, gates, risks};
use super::rows::{Row, of_entry, of_parts, of_task, section};
use super::scope::{Scope, When};
use crate::calendar::Day;
use crate::history::EvidenceKind;
use crate::model::{Entry, Segment, State, Task};
use crate::phrase::{capitalise, list};
use crate::views::charts::Look;
use crate::views::parts::Mark;
use std::collections::BTreeSet;

/// At most so many items are named in one line.
const NAMED: usize = 12;

/// Returns what was done and what was not.
#[must_use]
pub fn left(scope: &Scope<'_>) -> Vec<WeekSection> {
    let sections = if scope.when == When::ToCome || !scope.is_known() {
        vec![planned(scope), deliverables(scope)]
    } else {
        vec![finished(scope), unfinished(scope), earlier(scope), under_way(scope), risks(scope)]
    };
    sections.into_iter().flatten().collect()
}

/// Returns what is to be decided and what comes next.
#[must_use]
pub fn right(scope: &Scope<'_>) -> Vec<WeekSection> {
    let sections = if scope.is_told() { vec![decisions(scope), gates(scope), next(scope)] } else { vec![gates(scope)] };
    sections.into_iter().flatten().collect()
}

/// The lines of the standup about finished work, then items that other evidence says are finished.
fn finished(scope: &Scope<'_>) -> Option<WeekSection> {
    let done = scope.finished();
    let entries = scope.entries(|it| &it.done);
    let told: Vec<usize> = entries.iter().flat_map(|it| scope.tasks_of(it)).collect();
    let mut rows: Vec<Row> = entries.iter().map(|it| finished_entry(scope, it, &done)).collect();
    for at in done.iter().filter(|it| !told.contains(it)) {
        let Some(task) = scope.desk.task(*at) else { continue };
        let evidence = scope.state(*at).evidence;
        let kind = evidence.map_or("", |it| match it.kind {
            EvidenceKind::Standup => "",
            EvidenceKind::Roadmap | EvidenceKind::Commit => "Marked in the roadmap",
        });
        let src = evidence.map(|it| scope.desk.src(&it.place));
        let notes = [kind.to_owned(), history_note(scope, *at, task)];
        let note = notes.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ");
        rows.push(Row { src, note, ..of_task(scope, *at, task) });
    }
    let names: Vec<String> =
        done.iter().filter_map(|at| Some(scope.desk.task(*at)?.id.as_ref()?.to_string())).collect();
    let heading = match done.len() {
        0 => "Reported as finished".to_owned(),
        n if n <= 4 && names.len() == n => format!("Finished: {}", list(&names)),
        n => format!("{} finished", capitalise(&items(n))),
    };
    section("finished", heading, rows)
}

fn finished_entry(scope: &Scope<'_>, entry: &Entry, done: &[usize]) -> Row {
    let tasks = scope.tasks_of(entry);
    let one = match tasks.as_slice() {
        [at] => scope.desk.task(*at).map(|task| (*at, task)),
        _ => None,
    };
    let already = one.filter(|(at, _)| !done.contains(at) && scope.state(*at).state == State::Done);
    let undone = one.filter(|(at, _)| scope.state(*at).state != State::Done);
    let note = match (already, undone, one) {
        (Some(_), _, _) => "Was finished before".to_owned(),
        (_, Some((at, _)), _) => {
            format!(
                "Counted as {}: a stronger or later line says so",
                Mark::of_state(&scope.state(at)).text.to_lowercase()
            )
        }
        (_, _, Some((at, task))) => history_note(scope, at, task),
        _ => String::new(),
    };
    let mark = if undone.is_some() { Mark::new(Look::Warn, "Reported done") } else { Mark::new(Look::Ok, "Done") };
    Row { mark: Some(mark), note, ..of_entry(scope, entry) }
}

/// "Planned for 30 Jan, blocked in week 2".
fn history_note(scope: &Scope<'_>, at: usize, task: &Task) -> String {
    let mut notes = Vec::new();
    if let (Some(end), Some((monday, last))) = (task.end, scope.days)
        && (end < monday || last < end)
    {
        notes.push(format!("planned for {}", scope.desk.day(end)));
    }
    let evidence = scope.history().evidence.get(at);
    let blocked =
        evidence.and_then(|all| all.iter().rev().find(|it| it.state == State::Blocked && it.date <= scope.before));
    let calendar = scope.desk.plan().schedule.as_ref().map(|it| &it.calendar);
    if let Some(week) = blocked.zip(calendar).and_then(|(it, calendar)| calendar.week(it.date)) {
        notes.push(format!("blocked in week {week}"));
    }
    capitalise(&notes.join(", "))
}

fn is_open(scope: &Scope<'_>, at: usize) -> bool {
    scope.state(at).state.is_open()
}

/// The items planned to end in the week that did not, with the standup's words about them.
fn unfinished(scope: &Scope<'_>) -> Option<WeekSection> {
    let mut open = scope.tasks(|at, it| scope.ends_here(it) && is_open(scope, at));
    open.sort_by_key(|at| scope.state(*at).state != State::Blocked);
    let heading = match scope.when {
        When::Running => "Planned for this week, not finished yet",
        _ => "Planned for this week, not finished",
    };
    section("unfinished", heading.to_owned(), open.iter().filter_map(|at| open_row(scope, *at)).collect())
}

/// The items planned to end in an earlier week that are still open.
fn earlier(scope: &Scope<'_>) -> Option<WeekSection> {
    let before = |end: Option<Day>| end.zip(scope.days).is_some_and(|(end, (monday, _))| end < monday);
    let mut open = scope.tasks(|at, it| before(it.end) && is_open(scope, at));
    open.sort_by_key(|at| scope.state(*at).state != State::Blocked);
    section(
        "earlier",
        "Still open from earlier weeks".to_owned(),
        open.iter().filter_map(|at| open_row(scope, *at)).collect(),
    )
}

fn open_row(scope: &Scope<'_>, at: usize) -> Option<Row> {
    let row = of_task(scope, at, scope.desk.task(at)?);
    let Some(entry) = entry_about(scope, at) else {
        let note = if scope.is_told() { "Not named in this week’s standup".to_owned() } else { String::new() };
        return Some(Row { note, ..row });
    };
    let told = of_entry(scope, entry);
    // A title in other words than the plan's says enough; an empty one does not.
    let words = if told.words.is_empty() { row.words } else { told.words };
    Some(Row { words, src: told.src, ..row })
}

/// Returns the line of the week's last standup about an item that tells most: what holds it up, else what is being done.
fn entry_about<'a>(scope: &Scope<'a>, at: usize) -> Option<&'a Entry> {
    let mut entries =
        scope.standups.iter().rev().flat_map(|it| it.standup.blocked.iter().chain(&it.standup.in_progress));
    entries.find(|it| scope.tasks_of(it).contains(&at))
}

/// What the standup says is under way besides: items planned for later, and lines that name no item.
fn under_way(scope: &Scope<'_>) -> Option<WeekSection> {
    let sunday = scope.days.map(|(_, last)| last);
    let is_shown = |at: &usize| {
        let end = scope.desk.task(*at).and_then(|it| it.end);
        is_open(scope, *at) && (end.zip(sunday).is_some_and(|(end, last)| end <= last) || ends_here(scope, *at))
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    let blocked = scope.entries(|it| &it.blocked).into_iter().map(|it| (State::Blocked, it));
    let moving = scope.entries(|it| &it.in_progress).into_iter().map(|it| (State::InProgress, it));
    for (state, entry) in blocked.chain(moving) {
        let tasks = scope.tasks_of(entry);
        // What was under way on a day and is finished at the week's end is under what was finished.
        let is_over = |it: &usize| 1 < scope.standups.len() && !is_open(scope, *it);
        if !tasks.is_empty() && tasks.iter().all(|it| is_shown(it) || is_over(it) || seen.contains(it)) {
            continue;
        }
        let late = tasks.first().and_then(|at| scope.late(*at)).map(crate::views::wording::late);
        let mark = match (tasks.first(), state) {
            (Some(at), _) => Mark::of_state(&scope.state(*at)),
            (None, State::Blocked) => Mark::shaped(Look::Bad, "blocked", "Blocked"),
            (None, _) => Mark::new(Look::Live, "In progress"),
        };
        seen.extend(tasks);
        rows.push(Row { mark: Some(mark), late, ..of_entry(scope, entry) });
    }
    section("under-way", "Also under way".to_owned(), rows)
}

fn ends_here(scope: &Scope<'_>, at: usize) -> bool {
    scope.desk.task(at).is_some_and(|it| scope.ends_here(it))
}

/// The standup's lines, then the items planned for the next week that it does not name.
fn next<'a>(scope: &Scope<'a>) -> Option<WeekSection> {
    let decisions: BTreeSet<_> = scope.entries(|it| &it.decisions).into_iter().map(|it| &it.entry.place).collect();
    let entries = scope.entries(|it| &it.next);
    // What is done at the week's end comes no more.
    let is_over = |it: &Entry| {
        let tasks = scope.tasks_of(it);
        !tasks.is_empty() && tasks.iter().all(|at| !is_open(scope, *at))
    };
    let is_next = |it: &&Entry| !decisions.contains(&it.place) && !is_over(it);
    let entries: Vec<&Entry> = entries.into_iter().filter(is_next).collect();
    let named: Vec<usize> = entries.iter().flat_map(|it| scope.tasks_of(it)).collect();
    let mut rows: Vec<Row> = entries.iter().map(|it| of_entry(scope, it)).collect();
    let week = scope.week.saturating_add(1);
    let open = |at: usize| !named.contains(&at) && is_open(scope, at);
    let tasks = scope.desk.plan().tasks.iter().enumerate().filter(|(at, _)| open(*at));
    let part = |it: &'a Task| it.segments.iter().rev().find(|it| it.week == Some(week)).map(|part| (it, part));
    let parts: Vec<(&Task, &Segment)> = tasks.filter_map(|(_, it)| part(it)).collect();
    let (shown, rest) = parts.split_at(parts.len().min(NAMED));
    let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
    rows.extend(of_parts(scope, shown, &format!("Planned for week {week}, not named in the standup{more}")));
    section("next", "Next week".to_owned(), rows)
}

fn planned(scope: &Scope<'_>) -> Option<WeekSection> {
    let row = |at: &usize| {
        let task = scope.desk.task(*at)?;
        let mut notes: Vec<String> = task.owners.iter().map(ToString::to_string).collect();
        notes.extend(task.end.map(|it| format!("by {}", scope.desk.day(it))));
        // Without word of the week itself, the state is that of the report's day.
        let mark = Some(Mark::of_state(&scope.desk.state(*at)));
        let late = scope.desk.late(*at).map(crate::views::wording::late);
        Some(Row { mark, late, note: notes.join(", "), ..of_task(scope, *at, task) })
    };
    let heading = format!("{} to finish in week {}", capitalise(&items(scope.planned().len())), scope.week);
    section("planned", heading, scope.planned().iter().filter_map(row).collect())
}

fn deliverables(scope: &Scope<'_>) -> Option<WeekSection> {
    let own = scope.desk.plan().deliverables.iter().filter(|it| it.week == Some(scope.week));
    let row = |it: &crate::model::Deliverable| Row {
        words: it.text.html(),
        src: Some(scope.desk.src(&it.place)),
        note: it.scope.to_string(),
        ..Row::default()
    };
    section("deliverables", "What the plan promises for this week".to_owned(), own.map(row).collect())
}
