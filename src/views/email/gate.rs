//! The next gate, and the criteria that are open.

use super::week::MailDesk;
use super::words::{Block, CriterionRow, Part, Words, cut, short};
use crate::analysis::{Class, CriterionState, Finding, GateReview, Readiness};
use crate::mail::MailPart;
use crate::model::{Criterion, Gate};
use crate::phrase;
use crate::views::charts::Look;
use crate::views::{Desk, gate_ahead, wording};

/// Open criteria beyond this many are counted.
const SHOWN: usize = 6;

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let Some((at, gate, review)) = gate_ahead::next(&desk.now) else {
        let words = if desk.now.plan().gates.is_empty() { "The plan has no gates." } else { "No gate is ahead." };
        let blocks = vec![Block::Text { words: Words::new(words) }];
        return Part { part: MailPart::Gate, heading: Words::new("Next gate: none"), blocks };
    };
    let url = desk.url(&desk.now.gate_href(at));
    let due = gate.due.map_or(String::new(), |it| format!(", {}", wording::week_day(it, desk.as_of())));
    let heading = Words::new("Next gate: ").link(cut(&gate.name, 80), url).and(due);
    let shown = gate_ahead::shown(gate, review);
    if shown.is_empty() {
        let blocks = vec![Block::Text { words: Words::new("It has no criteria.") }];
        return Part { part: MailPart::Gate, heading, blocks };
    }
    let mut open: Vec<_> = shown.iter().filter(|(_, it)| is_open(it)).collect();
    open.sort_by_key(|(_, it)| it.state.rank());
    let met = shown.len() - open.len();
    let verdict = Words::default().state(look(review.readiness), &format!("{}:", readiness(review.readiness)));
    let tail = if open.is_empty() { "" } else { " Open:" };
    let words = verdict.and(format!(" {met} of {} met.{tail}", phrase::count(shown.len(), "criterion")));
    let mut blocks = vec![Block::Text { words }];
    if !open.is_empty() {
        let then = desk.before.as_ref().and_then(|it| same(it, gate));
        let rows = open.iter().take(SHOWN).map(|(it, found)| row(it, found, then)).collect();
        blocks.push(Block::Criteria { rows });
    }
    let more = open.len().saturating_sub(SHOWN);
    let mut notes: Vec<String> = if 0 < more { vec![format!("{more} more are open.")] } else { Vec::new() };
    notes.extend(missing(&open));
    if !notes.is_empty() {
        blocks.push(Block::Text { words: Words::new(notes.join(" ")) });
    }
    Part { part: MailPart::Gate, heading, blocks }
}

const fn is_open(it: &Finding) -> bool {
    !matches!(it.state, CriterionState::Met | CriterionState::Waived)
}

fn same<'a>(desk: &Desk<'a>, gate: &Gate) -> Option<(&'a Gate, &'a GateReview)> {
    let mut gates = desk.plan().gates.iter().zip(&desk.analysis().gates);
    gates.find(|(it, _)| it.name == gate.name)
}

fn row(it: &Criterion, found: &Finding, then: Option<(&Gate, &GateReview)>) -> CriterionRow {
    let text = it.text.plain();
    let before = then.and_then(|(gate, review)| {
        gate.criteria.iter().zip(&review.findings).find(|(it, _)| it.text.plain() == text).map(|it| &it.1.measured)
    });
    // What rests on a task is told by its state; what was counted or measured by its figure.
    let now = if found.measured.is_empty() { short(&found.evidence) } else { found.measured.clone() };
    let is_figure = matches!(found.class, Class::Count | Class::Metric) && !found.measured.is_empty();
    let before = before.filter(|it| is_figure && !it.is_empty()).cloned().unwrap_or_default();
    let (look, word) = state(found.state);
    CriterionRow {
        text: short(&text),
        now: Words::new(phrase::capitalise(&now)),
        before,
        state: Words::default().state(look, word),
    }
}

const fn state(it: CriterionState) -> (Look, &'static str) {
    match it {
        CriterionState::NotMet => (Look::Bad, "not met"),
        CriterionState::Unknown => (Look::Warn, "not known"),
        CriterionState::NeedsSignOff => (Look::Warn, "needs sign-off"),
        CriterionState::Waived => (Look::Plain, "waived"),
        CriterionState::Met => (Look::Ok, "met"),
    }
}

const fn look(it: Readiness) -> Look {
    match it {
        Readiness::NotReady => Look::Bad,
        Readiness::Incomplete | Readiness::AwaitingSignOff => Look::Warn,
        Readiness::Ready => Look::Ok,
    }
}

const fn readiness(it: Readiness) -> &'static str {
    match it {
        Readiness::NotReady => "NOT READY",
        Readiness::Incomplete => "INCOMPLETE",
        Readiness::AwaitingSignOff => "AWAITING SIGN-OFF",
        Readiness::Ready => "READY",
    }
}

/// "Missing: 5 more P2 items; 2 points." and what the plan schedules too late.
fn missing(open: &[&(&Criterion, &Finding)]) -> Vec<String> {
    let not_met = || open.iter().filter(|(_, it)| it.state == CriterionState::NotMet);
    let missing: Vec<String> =
        not_met().map(|(_, it)| short(&it.missing)).filter(|it| !it.is_empty()).take(3).collect();
    let mut notes = Vec::new();
    if !missing.is_empty() {
        notes.push(format!("Missing: {}.", missing.join("; ")));
    }
    if let Some(it) = not_met().find_map(|(_, it)| it.off_plan.as_ref()) {
        notes.push(format!("Cannot be met on plan: {}.", short(it).trim_end_matches('.')));
    }
    notes
}
