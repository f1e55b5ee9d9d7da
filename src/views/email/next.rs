//! What comes next: what the last standup says, then what the plan has for the week and what is late, by owner.

use super::week::MailDesk;
use super::words::{Block, Item, Part, Words, short};
use crate::mail::MailPart;
use crate::model::Entry;
use crate::views::wording;
use std::collections::{BTreeMap, BTreeSet};

/// Owners beyond this many are counted.
const SHOWN: usize = 8;
/// Items of one owner beyond this many are counted.
const EACH: usize = 5;

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let week = desk.week().map(|it| it.saturating_add(1));
    let mut owners = Owners::default();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for entry in said(desk) {
        let tasks: Vec<usize> = entry.ids.iter().filter_map(|it| desk.now.plan().task_with_id(it)).collect();
        // What is done by now comes no more.
        if !tasks.is_empty() && tasks.iter().all(|at| !desk.now.state(*at).state.is_open()) {
            continue;
        }
        let owner = tasks.first().and_then(|at| desk.now.task(*at)).and_then(MailDesk::owners);
        owners.add(owner, words(desk, entry, &tasks));
        seen.extend(tasks);
    }
    for (at, task) in desk.now.plan().tasks.iter().enumerate() {
        let is_open = desk.now.state(at).state.is_open() && !seen.contains(&at);
        let late = desk.now.late(at).map(wording::late);
        let is_planned = || week.is_some() && task.segments.iter().any(|it| it.week == week);
        if is_open && (late.is_some() || is_planned()) {
            let percent = desk.now.state(at).percent.map(wording::percent);
            let notes: Vec<String> = [late, percent].into_iter().flatten().collect();
            let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
            owners.add(MailDesk::owners(task), desk.task_in_full(task).and(notes));
        }
    }
    let more = owners.lines.len().saturating_sub(SHOWN);
    let mut items: Vec<Item> = owners.lines.into_iter().take(SHOWN).map(|(owner, lines)| item(owner, lines)).collect();
    if 0 < more {
        items.push(Item::new("+", Words::new(format!("{more} more owners"))));
    }
    let blocks = if items.is_empty() {
        vec![Block::Text { words: Words::new("Nothing is planned for next week, and no standup names anything.") }]
    } else {
        vec![Block::List { items }]
    };
    Part { part: MailPart::Next, heading: Words::new("Next week"), blocks }
}

/// Returns what the last standup says comes next; what is to be decided stands in its own part.
fn said<'a>(desk: &MailDesk<'a>) -> Vec<&'a Entry> {
    let last = desk.now.facts.history.standups.last().filter(|it| desk.day_before() < it.date);
    let Some(standup) = last.map(|it| &it.standup) else { return Vec::new() };
    let decisions: BTreeSet<_> = standup.decisions.iter().map(|it| &it.entry.place).collect();
    standup.next.iter().filter(|it| !decisions.contains(&it.place)).collect()
}

/// "P2-05 Give L12 a larger pool"; a line of several tasks names all of them.
fn words(desk: &MailDesk<'_>, entry: &Entry, tasks: &[usize]) -> Words {
    let named = tasks.iter().filter_map(|at| desk.now.task(*at)).map(|it| desk.task(it));
    let named = Words::joined(named, " and ");
    let text = short(&entry.said());
    if named.runs.is_empty() { Words::new(text) } else { named.and(format!(" {text}")) }
}

/// What comes next by owner, in the order in which owners are first named.
#[derive(Default)]
struct Owners {
    lines: Vec<(Option<String>, Vec<Words>)>,
    places: BTreeMap<Option<String>, usize>,
}

impl Owners {
    fn add(&mut self, owner: Option<String>, words: Words) {
        let at = *self.places.entry(owner.clone()).or_insert(self.lines.len());
        match self.lines.get_mut(at) {
            Some((_, lines)) => lines.push(words),
            None => self.lines.push((owner, vec![words])),
        }
    }
}

fn item(owner: Option<String>, lines: Vec<Words>) -> Item {
    let more = lines.len().saturating_sub(EACH);
    let lines = Words::joined(lines.into_iter().take(EACH), "; ");
    let lines = if 0 < more { lines.and(format!("; {more} more")) } else { lines };
    let owner = owner.unwrap_or_else(|| "No owner".to_owned());
    Item::new("–", Words::default().strong(format!("{owner}:")).and(" ").and_all(lines))
}
