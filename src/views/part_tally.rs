//! The parts of a plan, each with what is done of it: phases, versions, sections, and what stands outside of them.

use super::{Desk, phases};
use crate::model::{Phase, State};
use crate::phrase;

/// A part of a plan, and what is done of it.
#[derive(Debug, Clone, Default)]
pub struct PartTally<'a> {
    /// The phase; nothing for what stands outside of all.
    pub phase: Option<&'a Phase>,
    /// "Phase 1: Ground", "Without a phase".
    pub name: String,
    /// Items done.
    pub done: usize,
    /// Items in scope: all but dropped ones.
    pub total: usize,
    /// Items dropped.
    pub dropped: usize,
    /// Effort done, in days.
    pub effort_done: f64,
    /// Effort in scope, in days.
    pub effort: f64,
    /// Its tasks that are neither done nor dropped, by their places in the plan, in order.
    pub open: Vec<usize>,
}

impl PartTally<'_> {
    /// Says whether everything in it is done; one without items only when its heading says so.
    #[must_use]
    pub fn is_done(&self) -> bool {
        match self.total {
            0 => self.phase.is_some_and(|it| it.stated == Some(State::Done)),
            total => self.done == total,
        }
    }

    /// Returns "8 of 8"; without items what its heading says.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.total, self.phase.and_then(|it| it.stated)) {
            (0, Some(State::Done)) => "said to be done".to_owned(),
            (0, Some(State::InProgress)) => "said to be in progress".to_owned(),
            (0, Some(State::Blocked)) => "said to be blocked".to_owned(),
            (0, _) if 0 < self.dropped => "all dropped".to_owned(),
            (0, _) => "no items yet".to_owned(),
            (total, _) => format!("{} of {total}", self.done),
        }
    }
}

/// Returns the parts of a plan in its order; what stands outside of them last, where there is any. None for a plan without parts.
#[must_use]
pub fn part_tallies<'a>(desk: &Desk<'a>) -> Vec<PartTally<'a>> {
    let plan = desk.plan();
    if plan.phases.is_empty() || plan.tasks.is_empty() {
        return Vec::new();
    }
    let of_phase = |it: &'a Phase| PartTally { phase: Some(it), name: it.full_label(), ..PartTally::default() };
    let outside = PartTally { name: format!("Without a {}", phases::noun(plan)), ..PartTally::default() };
    let mut parts: Vec<PartTally<'a>> = plan.phases.iter().map(of_phase).chain([outside]).collect();
    let last = plan.phases.len();
    for (at, task) in plan.tasks.iter().enumerate() {
        let Some(part) = parts.get_mut(task.last().phase.unwrap_or(last).min(last)) else { continue };
        let state = desk.state(at).state;
        if state == State::Dropped {
            part.dropped += 1;
            continue;
        }
        let effort = task.effort_days.unwrap_or(0.0);
        part.total += 1;
        part.effort += effort;
        if state == State::Done {
            part.done += 1;
            part.effort_done += effort;
        } else {
            part.open.push(at);
        }
    }
    if parts.last().is_some_and(|it| it.total == 0) {
        parts.pop();
    }
    parts
}

/// Returns the part that is being worked on: of those with open items the first one that its heading says is in progress, or
/// that is running today, or that was planned first, or that stands first.
#[must_use]
pub fn current<'p, 'a>(desk: &Desk<'a>, parts: &'p [PartTally<'a>]) -> Option<&'p PartTally<'a>> {
    let open = || parts.iter().filter(|it| !it.open.is_empty());
    let is_stated = |it: &&PartTally<'_>| it.phase.is_some_and(|it| it.stated == Some(State::InProgress));
    let is_running = |it: &&PartTally<'_>| {
        let days = it.phase.and_then(|it| it.start.zip(it.end));
        days.is_some_and(|(first, last)| first <= desk.as_of() && desk.as_of() <= last)
    };
    let planned_first =
        || open().filter_map(|it| Some((it.phase?.start?, it))).min_by_key(|(start, _)| *start).map(|(_, it)| it);
    let begun = || open().find(|it| 0 < it.done);
    open()
        .find(is_stated)
        .or_else(|| open().find(is_running))
        .or_else(planned_first)
        .or_else(begun)
        .or_else(|| open().next())
}

/// "Two of three parts are done", "no phase is done yet".
#[must_use]
pub fn parts_done(desk: &Desk<'_>, parts: &[PartTally<'_>]) -> String {
    let noun = phases::noun(desk.plan());
    let done = parts.iter().filter(|it| it.is_done()).count();
    match (done, parts.len()) {
        (0, 1) => format!("The one {noun} is not done yet"),
        (1, 1) => format!("The one {noun} is done"),
        (0, _) => format!("No {noun} is done yet"),
        (done, all) if done == all => format!("All {} are done", phrase::count_in_words(all, noun)),
        (1, all) => format!("One of {} is done", phrase::count_in_words(all, noun)),
        (done, all) => {
            format!(
                "{} of {} are done",
                phrase::capitalise(&phrase::number_word(done)),
                phrase::count_in_words(all, noun)
            )
        }
    }
}
