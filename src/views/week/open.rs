//! What is open in a week: risks, decisions, gates.

use super::WeekSection;
use super::rows::section;
use super::rows::{Row, of_entry};
use super::scope::{Scope, When};
use crate::model::{Entry, Gate};
use crate::phrase::{capitalise, number_word};
use crate::views::charts::Look;
use crate::views::parts::Mark;
use std::collections::BTreeSet;

/// What worries the team: what has happened first.
#[must_use]
pub fn risks(scope: &Scope<'_>) -> Option<WeekSection> {
    let entries = scope.entries(|it| &it.risks);
    let plan = scope.desk.plan();
    let happened = entries.iter().filter_map(|it| scope.risk_of(&it.place)).filter(|(_, it)| it.happened);
    // Two lines about one risk are one risk.
    let happened: BTreeSet<usize> = happened.map(|(at, _)| at).collect();
    let happened: Vec<&str> =
        happened.iter().filter_map(|at| plan.risks.get(*at)).map(|it| it.severity.as_str()).collect();
    let heading = match happened.as_slice() {
        [] if entries.len() == 1 => "One concern".to_owned(),
        [] => format!("{} concerns", capitalise(&number_word(entries.len()))),
        [""] => "One risk has happened".to_owned(),
        [one] => format!("One {one} risk has happened"),
        many => format!("{} risks have happened", capitalise(&number_word(many.len()))),
    };
    let mut rows: Vec<(bool, Row)> = entries.iter().map(|it| risk(scope, it)).collect();
    rows.sort_by_key(|(happened, _)| !happened);
    section("risks", heading, rows.into_iter().map(|(_, it)| it).collect())
}

fn risk(scope: &Scope<'_>, entry: &Entry) -> (bool, Row) {
    let known = scope.risk_of(&entry.place);
    let happened = known.is_some_and(|(_, it)| it.happened);
    let mark = match (happened, known) {
        (true, _) => Mark::shaped(Look::Bad, "blocked", "Happened"),
        (false, Some(_)) => Mark::new(Look::Warn, "Risk"),
        (false, None) => Mark::new(Look::Warn, "Concern"),
    };
    (happened, Row { mark: Some(mark), inline: true, ..of_entry(scope, entry) })
}

/// What is to be decided, or was.
#[must_use]
pub fn decisions(scope: &Scope<'_>) -> Option<WeekSection> {
    let entries = scope.entries(|it| &it.decisions);
    let is_made = |it: &&Entry| {
        let words = it.text.plain().to_lowercase();
        ["decided", "agreed", "approved", "decision made"].iter().any(|it| words.starts_with(it))
    };
    let open = entries.iter().filter(|it| !is_made(it)).count();
    let heading = match open {
        0 => "Decided".to_owned(),
        1 => "Decision needed".to_owned(),
        n => format!("{} decisions needed", capitalise(&number_word(n))),
    };
    let row = |it: &&Entry| {
        let open = Mark::shaped(Look::Warn, "sign", "Open");
        let mark = if is_made(it) { Mark::new(Look::Ok, "Decided") } else { open };
        Row { mark: Some(mark), inline: true, ..of_entry(scope, it) }
    };
    section("decisions", heading, entries.iter().map(row).collect())
}

/// The gates that are due in the week, with what people decided.
#[must_use]
pub fn gates(scope: &Scope<'_>) -> Option<WeekSection> {
    let gates = scope.gates();
    let heading = match gates.len() {
        1 => "One gate is due".to_owned(),
        n => format!("{} gates are due", capitalise(&number_word(n))),
    };
    let heading =
        if scope.when == When::Over { heading.replace(" is ", " was ").replace(" are ", " were ") } else { heading };
    section("gates", heading, gates.into_iter().map(|(at, it)| gate(scope, at, it)).collect())
}

fn gate(scope: &Scope<'_>, at: usize, gate: &Gate) -> Row {
    let as_of = scope.desk.as_of();
    let decision = gate.decision.as_ref().filter(|it| it.date.is_none_or(|date| date <= as_of));
    let due = gate.due.map(|it| format!("due {}", scope.desk.day(it))).unwrap_or_default();
    let (mark, note) = match decision {
        Some(it) => {
            let parts = [Some(it.verdict.clone()), it.by.clone(), it.date.map(|it| scope.desk.day(it))];
            let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            (Mark::new(Look::Plain, "Decided"), format!("{words}; {due}"))
        }
        None if gate.due.is_some_and(|it| it < as_of) => (Mark::new(Look::Warn, "No decision"), format!("was {due}")),
        None => (Mark::shaped(Look::Plain, "sign", "Open"), due),
    };
    let place = decision.map_or(&gate.place, |it| &it.place);
    let words = crate::prose::Prose::plain_text(gate.name.as_str()).html();
    let (href, src) = (scope.desk.gate_href(at), Some(scope.desk.src(place)));
    Row { mark: Some(mark), words, href, src, note: capitalise(&note), ..Row::default() }
}
