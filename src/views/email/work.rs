//! What was finished in the week, and what is blocked: by whom, and for how long.

use super::week::MailDesk;
use super::words::{Block, Item, Part, Words, short};
use crate::history::DatedStandup;
use crate::mail::MailPart;
use crate::model::{Entry, State, Task};
use crate::phrase::count;
use crate::text::Place;
use crate::views::wording;
use std::collections::{BTreeMap, BTreeSet};

/// Finished and blocked items beyond this many are counted.
const SHOWN: usize = 8;

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let said = entries(desk);
    let tasks = || desk.now.plan().tasks.iter().enumerate();
    let finished_now = finished_in_week(desk);
    let is = |at: usize, state: State| desk.now.state(at).state == state;
    let done: Vec<(usize, &Task)> =
        tasks().filter(|(at, _)| is(*at, State::Done) && finished_now.contains(at)).collect();
    let blocked: Vec<(usize, &Task)> = tasks().filter(|(at, _)| is(*at, State::Blocked)).collect();
    let others = unnamed(desk);
    let when = if desk.is_week_over() { "this week" } else { "in seven days" };
    let heading = format!("Done {when}: {}. Blocked: {}", done.len(), blocked.len() + others.len());
    let mut items: Vec<Item> = done.iter().take(SHOWN).map(|(at, task)| finished(desk, *at, task, &said)).collect();
    items.extend(more(done.len(), "finished"));
    items.extend(blocked.iter().take(SHOWN).map(|(at, task)| held_up(desk, *at, task, &said)));
    items.extend(others.iter().take(SHOWN.saturating_sub(blocked.len())).map(|it| unnamed_line(it)));
    items.extend(more(blocked.len() + others.len(), "blocked"));
    let blocks = if items.is_empty() {
        vec![Block::Text { words: Words::new(nothing(desk)) }]
    } else {
        vec![Block::List { items }]
    };
    Part { part: MailPart::Work, heading: Words::new(heading), blocks }
}

fn nothing(desk: &MailDesk<'_>) -> &'static str {
    if desk.is_told() {
        "Nothing was finished, and nothing is blocked."
    } else {
        "Nothing is known to be finished or blocked: no standup tells."
    }
}

fn more(n: usize, what: &str) -> Option<Item> {
    let more = n.saturating_sub(SHOWN);
    (0 < more).then(|| Item::new("+", Words::new(format!("{more} more {what}"))))
}

/// Returns the tasks that were finished in the last seven days. A mark that nobody dates says that a task is done, not when.
fn finished_in_week(desk: &MailDesk<'_>) -> BTreeSet<usize> {
    desk.now.facts.history.finished_between(desk.day_before(), desk.as_of()).into_iter().collect()
}

/// Returns the standups of the last seven days.
fn standups<'a>(desk: &MailDesk<'a>) -> impl Iterator<Item = &'a DatedStandup> {
    let before = desk.day_before();
    desk.now.facts.history.standups.iter().filter(move |it| before < it.date)
}

/// Returns the lines of all standups by their places.
fn entries<'a>(desk: &MailDesk<'a>) -> BTreeMap<&'a Place, &'a Entry> {
    let standups = desk.now.facts.history.standups.iter();
    standups.flat_map(|it| it.standup.evidence()).map(|(_, it)| (&it.place, it)).collect()
}

/// "P1-08 Last integration tests merged on Thursday. QA Team; planned for 30 Jan".
fn finished(desk: &MailDesk<'_>, at: usize, task: &Task, said: &BTreeMap<&Place, &Entry>) -> Item {
    let words = with_words(desk, at, task, said);
    let planned = task.end.filter(|it| *it <= desk.day_before() || desk.as_of() < *it);
    let planned = planned.map(|it| format!("planned for {}", desk.day(it)));
    let notes: Vec<String> = [MailDesk::owners(task), planned].into_iter().flatten().collect();
    let notes = if notes.is_empty() { String::new() } else { format!(". {}", notes.join("; ")) };
    Item::new("●", words.and(notes))
}

/// Returns a task with what the standup says of it, else with its title.
fn with_words(desk: &MailDesk<'_>, at: usize, task: &Task, said: &BTreeMap<&Place, &Entry>) -> Words {
    let entry = desk.now.state(at).evidence.and_then(|it| said.get(&it.place));
    let text = entry.map(|it| short(&it.text.plain())).filter(|it| !it.is_empty() && task.id.is_some());
    match text {
        Some(it) => desk.task(task).and(format!(" {}", it.trim_end_matches('.'))),
        None => desk.task_in_full(task),
    }
}

/// "P2-05 blocked at 80% since 6 Feb: the hub has no connection left. QA Team".
fn held_up(desk: &MailDesk<'_>, at: usize, task: &Task, said: &BTreeMap<&Place, &Entry>) -> Item {
    let state = desk.now.state(at);
    let percent = state.percent.map_or(String::new(), |it| format!(" at {}", wording::percent(it)));
    let since = state.since.map_or(String::new(), |it| match (desk.as_of() - it).num_days() {
        days if 0 < days => {
            let days = count(usize::try_from(days).unwrap_or(0), "day");
            format!(", for {days}, since {}", desk.day(it))
        }
        _ => format!(" since {}", desk.day(it)),
    });
    let reason = state.evidence.and_then(|it| it.reason.as_deref()).map(short);
    let words = match reason {
        Some(reason) => desk.task(task).and(" ").strong(format!("blocked{percent}")).and(format!("{since}: {reason}")),
        None => with_words(desk, at, task, said).and(", ").strong(format!("blocked{percent}")).and(since),
    };
    let owner = MailDesk::owners(task).map_or(String::new(), |it| format!(". {it}"));
    let url = desk.url(&desk.now.task_href(task));
    Item { url, ..Item::new("▲", words.and(owner)) }
}

/// Returns what standups of the week call blocked without naming a task.
fn unnamed<'a>(desk: &MailDesk<'a>) -> Vec<&'a Entry> {
    let evidence: BTreeSet<&Place> = desk.now.facts.history.evidence.iter().flatten().map(|it| &it.place).collect();
    // The last standup counts: what is no longer said to be blocked may be so no more.
    let last = standups(desk).last().map(|it| it.standup.blocked.iter()).into_iter().flatten();
    last.filter(|it| it.ids.is_empty() && !evidence.contains(&it.place)).collect()
}

fn unnamed_line(it: &Entry) -> Item {
    let reason = it.reason.as_ref().map_or(String::new(), |reason| format!(": {}", short(reason)));
    Item::new("▲", Words::new(format!("{}{reason}", short(&it.said()))))
}
