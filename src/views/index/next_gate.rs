//! The next gate on the dashboard.

use crate::analysis::{CriterionState, Finding};
use crate::model::Criterion;
use crate::phrase;
use crate::views::parts::{Mark, Src};
use crate::views::{Desk, gate_ahead, wording};
use serde::Serialize;

/// The next gate.
#[derive(Debug, Serialize)]
pub struct NextGate {
    /// "Next gate: Pre-Prod fails 3 of 5 criteria".
    pub heading: String,
    /// Its page.
    pub href: String,
    /// "Due Fri 13 Feb".
    pub due: String,
    /// Its criteria, worst first.
    pub criteria: Vec<CriterionLine>,
}

/// A criterion of the next gate.
#[derive(Debug, Serialize)]
pub struct CriterionLine {
    /// The words, as HTML.
    pub text: String,
    /// "Not met", for who hears the page: the mark shows the figure, and says by its shape how it stands.
    pub unseen: String,
    /// Its state, or what was measured.
    pub mark: Mark,
    /// What is missing.
    pub note: String,
    /// The line its state rests on, or its own.
    pub src: Src,
}

/// Finds the first gate of a phase, or of the plan, that is not past and not decided.
pub fn next_gate(desk: &Desk<'_>) -> Option<NextGate> {
    let (at, gate, review) = gate_ahead::next(desk)?;
    let shown = gate_ahead::shown(gate, review);
    let failing = shown.iter().filter(|(_, it)| it.state == CriterionState::NotMet).count();
    let heading = match failing {
        0 => format!("Next gate: {} fails none of its {}", gate.short, phrase::count(shown.len(), "criterion")),
        n => format!("Next gate: {} fails {n} of {}", gate.short, phrase::count(shown.len(), "criterion")),
    };
    let mut criteria: Vec<(u8, CriterionLine)> =
        shown.iter().map(|(it, found)| (found.state.rank(), line(desk, it, found))).collect();
    criteria.sort_by_key(|(rank, _)| *rank);
    let due = gate.due.map_or(String::new(), |it| format!("Due {}", wording::week_day(it, desk.as_of())));
    Some(NextGate {
        heading,
        href: desk.gate_href(at),
        due,
        criteria: criteria.into_iter().map(|(_, it)| it).collect(),
    })
}

fn line(desk: &Desk<'_>, criterion: &Criterion, found: &Finding) -> CriterionLine {
    let mut mark = Mark::of_criterion(found.state);
    let mut unseen = String::new();
    if found.state == CriterionState::NotMet && !found.measured.is_empty() {
        unseen = std::mem::replace(&mut mark.text, found.measured.clone());
    }
    let off_plan = found.off_plan.as_ref().map(|it| format!("Cannot be met on plan: {it}"));
    let note = off_plan.unwrap_or_else(|| match found.state {
        CriterionState::NotMet => format!("{}; missing: {}", phrase::capitalise(&found.evidence), found.missing),
        _ => phrase::capitalise(&found.evidence),
    });
    let src = desk.src(found.place.as_ref().unwrap_or(&criterion.place));
    CriterionLine { text: criterion.text.html(), unseen, mark, note, src }
}
