//! What people have to decide: gates that are due, and what standups ask.

use crate::analysis::CriterionState;
use crate::phrase;
use crate::views::charts::Look;
use crate::views::parts::{Link, Mark, Src};
use crate::views::{Desk, wording};
use serde::Serialize;

/// Gates due within this many working days ask for a decision.
const AHEAD: usize = 10;

/// Something to decide.
#[derive(Debug, Serialize)]
pub struct DecisionLine {
    /// What.
    pub title: Link,
    /// By when.
    pub mark: Mark,
    /// What to know about it.
    pub words: String,
    /// The lines.
    pub srcs: Vec<Src>,
}

/// Returns the heading for a number of decisions.
pub fn heading(n: usize) -> String {
    match n {
        0 => "No decision is needed now".to_owned(),
        1 => "One decision is needed".to_owned(),
        n => format!("{} decisions are needed", phrase::capitalise(&phrase::number_word(n))),
    }
}

/// Says why nothing has to be decided.
pub fn none(desk: &Desk<'_>) -> String {
    let gates = if desk.plan().gates.is_empty() {
        "The plan has no gates".to_owned()
    } else if desk.plan().gates.iter().all(|it| it.due.is_none()) {
        "No gate has a day".to_owned()
    } else {
        format!("No gate is overdue or due within {} working days", phrase::number_word(AHEAD))
    };
    let asked =
        if desk.facts.history.standups.is_empty() { "no standup is known" } else { "the last standup asks for none" };
    format!("{gates}, and {asked}.")
}

/// Collects what has to be decided: overdue gates, what the last standup asks, gates that are due soon.
pub fn decisions(desk: &Desk<'_>) -> Vec<DecisionLine> {
    let mut lines = gates(desk, true);
    lines.extend(asked(desk));
    lines.extend(gates(desk, false));
    lines
}

fn gates(desk: &Desk<'_>, overdue: bool) -> Vec<DecisionLine> {
    let gates = desk.plan().gates.iter().zip(&desk.analysis().gates).enumerate();
    let big = gates.filter(|(_, (gate, _))| gate.kind.is_big() && gate.decision_by(desk.as_of()).is_none());
    let mut lines = Vec::new();
    for (at, (gate, review)) in big {
        let Some(due) = gate.due else { continue };
        let mark = match (review.days_overdue, review.days_left) {
            (Some(days), _) if overdue => Mark::new(Look::Bad, format!("{} overdue", wording::working_time(days))),
            (_, Some(days)) if !overdue && days <= AHEAD => {
                Mark::shaped(Look::Warn, "sign", format!("Due {}", wording::week_day(due, desk.as_of())))
            }
            _ => continue,
        };
        let counts = [
            (CriterionState::NotMet, "not met"),
            (CriterionState::Unknown, "not known"),
            (CriterionState::NeedsSignOff, "to be signed"),
        ];
        let counts: Vec<String> = counts
            .iter()
            .map(|(it, words)| (review.count(*it), words))
            .filter(|(n, _)| 0 < *n)
            .map(|(n, words)| format!("{n} {words}"))
            .collect();
        let met = review.count(CriterionState::Met) + review.count(CriterionState::Waived);
        let state = if counts.is_empty() {
            "Everything is met.".to_owned()
        } else {
            format!("{met} of {} met; {}.", review.findings.len(), phrase::list(&counts))
        };
        let due = if overdue { format!("Was due {}. ", desk.day(due)) } else { String::new() };
        lines.push(DecisionLine {
            title: Link { text: format!("{} gate: GO or NO-GO", gate.short), href: desk.gate_href(at) },
            mark,
            words: format!("{due}{state} No decision is recorded."),
            srcs: vec![desk.src(&gate.place)],
        });
    }
    lines
}

fn asked(desk: &Desk<'_>) -> Vec<DecisionLine> {
    let Some(last) = desk.facts.history.standups.last() else { return Vec::new() };
    let line = |it: &crate::model::Entry| DecisionLine {
        title: Link { text: phrase::capitalise(&it.text.plain()), href: String::new() },
        mark: Mark::shaped(Look::Warn, "sign", format!("Asked {}", last.in_when())),
        words: String::new(),
        srcs: vec![desk.src(&it.place)],
    };
    last.standup.decisions.iter().map(line).collect()
}
