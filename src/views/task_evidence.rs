//! What is known of a task, line by line: its evidence, and what became of its line in the plan.

use super::parts::{Mark, Src};
use super::{Desk, change_words, wording};
use crate::analysis::{ScopeChange, ScopeChangeKind};
use crate::calendar::Day;
use crate::history::{Change, Evidence, EvidenceKind};
use crate::model::Task;
use crate::phrase;
use serde::Serialize;

/// A line that says something about the task.
#[derive(Debug, Serialize)]
pub struct EvidenceLine {
    /// What it says.
    pub mark: Mark,
    /// The day, for machines.
    pub iso: String,
    /// "Friday 6 February 2026, standup of week 3".
    pub when: String,
    /// The line as written.
    pub line: String,
    /// The line.
    pub src: Src,
}

/// Returns what is known of a task up to the day, oldest first.
fn known<'a>(desk: &Desk<'a>, at: usize) -> Vec<&'a Evidence> {
    let evidence = desk.facts.history.evidence.get(at).map_or(&[][..], Vec::as_slice);
    evidence.iter().filter(|it| it.date <= desk.as_of()).collect()
}

/// Says whether the day of a piece of evidence is known: marks of a roadmap that does not write its own date have none, even
/// where they count from the first day of its calendar.
#[must_use]
pub fn is_dated(desk: &Desk<'_>, it: &Evidence) -> bool {
    it.kind != EvidenceKind::Roadmap || desk.plan().header.date.is_some()
}

/// "Evidence: 3 lines over 2 weeks".
#[must_use]
pub fn evidence_heading(desk: &Desk<'_>, at: usize) -> String {
    let known = known(desk, at);
    let Some((first, last)) = known.first().zip(known.last()) else {
        return "Evidence: nothing yet but the plan".to_owned();
    };
    let days = (last.date - first.date).num_days();
    let lines = phrase::count(known.len(), "line");
    if !known.iter().all(|it| is_dated(desk, it)) {
        format!("Evidence: {lines}")
    } else if days == 0 {
        format!("Evidence: {lines} of one day")
    } else {
        format!("Evidence: {lines} over {}", phrase::count(usize::try_from(days / 7).unwrap_or(0).max(1), "week"))
    }
}

/// Returns what is known of a task, newest first; the last line says since when it is in the plan.
pub fn evidence(desk: &Desk<'_>, at: usize, task: &Task) -> Vec<EvidenceLine> {
    let line = |it: &&Evidence| {
        let state = crate::history::TaskState { state: it.state, percent: it.percent, since: None, evidence: None };
        let kind = match (desk.facts.history.standup_of(it), it.commit) {
            (Some(it), _) => format!("standup of {}", it.when()),
            (None, Some(commit)) => format!("mark in the roadmap, commit {}", commit.short()),
            (None, None) => "mark in the roadmap".to_owned(),
        };
        let (iso, when) = if is_dated(desk, it) {
            (wording::iso(it.date), format!("{}, {kind}", wording::full_day(it.date)))
        } else {
            (String::new(), format!("{}, on a day that is not known", phrase::capitalise(&kind)))
        };
        EvidenceLine {
            mark: Mark::of_state(&state),
            iso,
            when,
            line: it.written.as_deref().map_or_else(|| text_of(desk, &it.place), shown),
            src: desk.src(&it.place),
        }
    };
    let mut dated: Vec<(Day, EvidenceLine)> = known(desk, at).iter().map(|it| (it.date, line(it))).collect();
    dated.extend(changes(desk, at, task));
    dated.sort_by_key(|it| it.0);
    let mut lines: Vec<EvidenceLine> = dated.into_iter().rev().map(|it| it.1).collect();
    let versions = &desk.facts.history.versions;
    let date = versions.added(at).or(desk.plan().header.date.as_ref().map(|it| it.value));
    let place = &task.first().place;
    lines.push(EvidenceLine {
        mark: Mark::new(super::charts::Look::Plain, "In the plan"),
        iso: date.map(wording::iso).unwrap_or_default(),
        when: match (date, versions.first_day()) {
            (Some(it), _) => format!("{}, roadmap", wording::full_day(it)),
            (None, Some(first)) => format!("{} or earlier, roadmap", wording::full_day(first)),
            (None, None) => "roadmap".to_owned(),
        },
        line: versions.first_line(at).map_or_else(|| text_of(desk, place), shown),
        src: desk.src(place),
    });
    lines
}

/// What became of its line in the plan, besides its marks.
fn changes(desk: &Desk<'_>, at: usize, task: &Task) -> Vec<(Day, EvidenceLine)> {
    let all = desk.analysis().scope.changes.iter().filter(|it| it.task == Some(at));
    // Since when it is in the plan has a line of its own, and a mark that drops it is evidence.
    let shown = all.filter(|it| matches!(&it.kind, ScopeChangeKind::Plan(it) if *it != Change::Added));
    let line = |it: &ScopeChange| EvidenceLine {
        mark: Mark::new(super::charts::Look::Plain, change_words::name(&it.kind)),
        iso: wording::iso(it.day),
        when: format!("{}, {}", wording::full_day(it.day), wording::by_commit(it.commit)),
        line: phrase::capitalise(&change_words::details(desk, &it.kind)),
        src: desk.src(&task.last().place),
    };
    shown.map(|it| (it.day, line(it))).collect()
}

fn shown(line: &str) -> String {
    crate::prose::visible(line).into_owned()
}

fn text_of(desk: &Desk<'_>, place: &crate::text::Place) -> String {
    let file = desk.facts.sources.files().find(|it| *it.path == *place.path);
    file.map_or(String::new(), |it| shown(it.line(place.line()).trim()))
}
