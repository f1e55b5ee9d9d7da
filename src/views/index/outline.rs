//! The parts of a plan with what is done of each, and what comes next: for plans of which no burndown can be drawn, or which no
//! standup tells of.

use crate::model::{Phase, State};
use crate::phrase;
use crate::views::part_tally::{PartTally, current, part_tallies, parts_done};
use crate::views::parts::TaskRef;
use crate::views::phases::noun;
use crate::views::{Desk, wording};
use serde::Serialize;

/// Parts beyond this many are on the page on progress.
const MOST_PARTS: usize = 12;
/// Items beyond this many are in the list of tasks.
const MOST_NEXT: usize = 5;

/// What is done of each part.
#[derive(Debug, Serialize)]
pub struct Parts {
    /// "Two of three parts are done".
    pub heading: String,
    /// The parts, in the plan's order.
    pub bars: Vec<PartBar>,
    /// "5 more parts"; empty where all are shown.
    pub more: String,
    /// Where the others are.
    pub more_href: &'static str,
}

/// A part as a bar; positions are 0 to 200.
#[derive(Debug, Serialize)]
pub struct PartBar {
    /// "Phase 1: Ground".
    pub name: String,
    /// "8 of 8".
    pub text: String,
    /// The length of what is done.
    pub done: f64,
    /// Whether it has items at all.
    pub has_items: bool,
}

/// What comes next.
#[derive(Debug, Serialize)]
pub struct NextItems {
    /// "Next in phase 2".
    pub heading: String,
    /// The items: what is in progress first, then as written.
    pub items: Vec<TaskRef>,
    /// "7 more open items"; empty where all are shown.
    pub more: String,
}

/// Counts the parts of a plan of which no burndown can be drawn; nothing for one without parts.
pub fn parts(desk: &Desk<'_>) -> Option<Parts> {
    if desk.plan().tasks.is_empty() {
        return named(desk);
    }
    let parts = part_tallies(desk);
    if parts.is_empty() || desk.analysis().progress.planned_done.is_some() {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a bar is 200 units long")]
    let bar = |it: &PartTally<'_>| PartBar {
        name: it.name.clone(),
        text: it.words(),
        done: phrase::rounded(it.done as f64 / it.total.max(1) as f64 * 200.0, 1),
        has_items: 0 < it.total,
    };
    let more = parts.len().saturating_sub(MOST_PARTS);
    Some(Parts {
        heading: parts_done(desk, &parts),
        bars: parts.iter().take(MOST_PARTS).map(bar).collect(),
        more: if more == 0 { String::new() } else { format!("{more} more, and progress by part") },
        more_href: "progress.html",
    })
}

/// Lists the parts of a plan that has no task: with their days, since there is nothing to count.
fn named(desk: &Desk<'_>) -> Option<Parts> {
    let phases = &desk.plan().phases;
    let bar = |it: &Phase| PartBar {
        name: it.full_label(),
        text: it.start.zip(it.end).map_or_else(
            || it.stated.map_or_else(|| "no items yet".to_owned(), |it| format!("said to be {}", it.words())),
            |(first, last)| wording::days(first, last, desk.as_of()),
        ),
        done: 0.0,
        has_items: false,
    };
    let more = phases.len().saturating_sub(MOST_PARTS);
    (!phases.is_empty()).then(|| Parts {
        heading: format!("The plan names {}", phrase::count_in_words(phases.len(), noun(desk.plan()))),
        bars: phases.iter().take(MOST_PARTS).map(bar).collect(),
        more: if more == 0 { String::new() } else { format!("{more} more, and how the plan was read") },
        more_href: "reading.html",
    })
}

/// Lists what is to be done next, where no standup tells of it.
pub fn next(desk: &Desk<'_>) -> Option<NextItems> {
    if !desk.facts.history.standups.is_empty() {
        return None;
    }
    let parts = part_tallies(desk);
    let part = current(desk, &parts);
    let is_open = |it: &usize| desk.state(*it).state.is_open();
    let open = part.map_or_else(|| (0..desk.plan().tasks.len()).filter(is_open).collect(), |it| it.open.clone());
    let is_moving = |it: &&usize| desk.state(**it).state != State::Todo;
    let order = open.iter().filter(is_moving).chain(open.iter().filter(|it| !is_moving(it)));
    let items: Vec<TaskRef> = order.take(MOST_NEXT).filter_map(|it| desk.task_ref(*it)).collect();
    if items.is_empty() {
        return None;
    }
    let phase = part.and_then(|it| it.phase);
    let heading =
        phase.map_or_else(|| "What comes next".to_owned(), |it| format!("Next in {}", it.label_in_sentence()));
    let more = open.len() - items.len();
    let more = if more == 0 { String::new() } else { format!("{more} more, and all items") };
    Some(NextItems { heading, items, more })
}
