//! What changed in the plan since the week before: what work was added, dropped, moved, estimated anew; never what was done.

use super::week::MailDesk;
use super::words::{Block, Item, Part, Words, short};
use crate::comparison::{Change, Kind, Said, Subject};
use crate::mail::MailPart;
use crate::phrase::{capitalise, count, number, rounded};
use crate::sources::Known;
use crate::views::diff::word_of;
use crate::views::wording;

/// Changes of one kind beyond this many are counted.
const OF_A_KIND: usize = 5;
/// Changes beyond this many are counted, whatever their kind.
const SHOWN: usize = 10;

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let heading = Words::new("What changed in the plan");
    let blocks = match desk.comparison {
        None => vec![Block::Text { words: Words::new(unknown(desk)) }],
        Some(it) => {
            let changes: Vec<&Change> = it.changes.iter().filter(|it| is_of_plan(it)).collect();
            if changes.is_empty() {
                vec![Block::Text { words: Words::new(nothing(desk)) }]
            } else {
                told(desk, &changes)
            }
        }
    };
    Part { part: MailPart::Changes, heading, blocks }
}

/// Says whether a change is one of the plan; ticked boxes and standups are progress.
fn is_of_plan(it: &Change) -> bool {
    it.subject != Subject::Standup && !matches!(it.kind, Kind::Ticked | Kind::Unticked)
}

fn nothing(desk: &MailDesk<'_>) -> String {
    let progress = &desk.now.analysis().progress;
    let items = count(progress.total, "item");
    let days = number(rounded(progress.effort_total, 2));
    let effort = if progress.has_effort { format!(", {days} effort days") } else { String::new() };
    format!("Nothing: {items}{effort}, as last week.")
}

/// Says why nothing is known of the plan of a week before.
fn unknown(desk: &MailDesk<'_>) -> String {
    match &desk.now.facts.sources.past {
        Known::Past(_) => match desk.now.facts.history.versions.first_day() {
            Some(first) => format!("The plan is new: its first version is of {}.", wording::full_day(first)),
            None => "Not known: no version of the plan is as old as this mail.".to_owned(),
        },
        Known::Nothing(why) => {
            let why = wording::why_no_past(*why, "the plan");
            let why = why.unwrap_or_else(|| "earlier versions of the plan were not asked for".to_owned());
            format!("Not known: {why}.")
        }
    }
}

fn told(desk: &MailDesk<'_>, changes: &[&Change]) -> Vec<Block> {
    let kinds = Kind::ALL.map(|kind| (changes.iter().filter(|it| it.kind == kind).count(), kind));
    let mut shown: Vec<&Change> = Vec::new();
    for (_, kind) in kinds {
        shown.extend(changes.iter().filter(|it| it.kind == kind).take(OF_A_KIND));
    }
    shown.truncate(SHOWN);
    let mut items: Vec<Item> = shown.iter().map(|it| item(desk, it)).collect();
    let more = changes.len() - shown.len();
    if 0 < more {
        let url = desk.url("history.html").filter(|_| desk.now.facts.history.versions.told_from().is_some());
        items.push(Item::new("+", Words::default().link(format!("{more} more"), url)));
    }
    let word = |(n, kind): (usize, Kind)| match kind {
        Kind::Retargeted => kind.word().to_owned(),
        kind => format!("{n} {}", kind.word()),
    };
    let words: Vec<String> = kinds.into_iter().filter(|(n, _)| 0 < *n).map(word).collect();
    let progress = &desk.now.analysis().progress;
    let scope = format!("Now {} in scope.", count(progress.total, "item"));
    vec![
        Block::Text { words: Words::new(format!("{}. {scope}", capitalise(&words.join(", ")))) },
        Block::List { items },
    ]
}

/// "P2-04 Token refresh: removed", "P2-08 Health endpoints: moved, week 4 → week 6".
fn item(desk: &MailDesk<'_>, it: &Change) -> Item {
    let words = |it: &Said| short(&it.plain());
    let task = it.task.after.and_then(|at| desk.now.task(at));
    let what = if let Some(task) = task {
        desk.task_in_full(task)
    } else {
        let id = it.id.as_ref().map_or(Words::default(), |id| Words::default().id(id, None).and(" "));
        id.and(words(&it.title))
    };
    let details = match (&it.before, &it.after) {
        (Some(before), Some(after)) => format!(", {} → {}", words(before), words(after)),
        (None, Some(after)) if it.kind != Kind::Added => format!(", now {}", words(after)),
        (Some(before), None) if it.kind != Kind::Removed => format!(", was {}", words(before)),
        _ => String::new(),
    };
    let less = if it.is_loosened { "; asks for less" } else { "" };
    // The launch is the plan's own, which needs no name here.
    let what = if it.subject == Subject::Plan {
        Words::new(capitalise(&word_of(it)))
    } else {
        what.and(format!(": {}", word_of(it)))
    };
    Item::new("–", what.and(format!("{details}{less}")))
}
