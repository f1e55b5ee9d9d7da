//! What is open in a week: risks, decisions, gates.

use super::WeekSection;
use super::rows::section;
use super::rows::{Row, of_entry};
use super::scope::{Scope, When};
use crate::calendar::in_week_or_on_day;
use crate::model::{AskedDecision, Entry, Gate};
use crate::phrase::{capitalise, number_word};
use crate::prose::visible;
use crate::views::charts::Look;
use crate::views::decisions::{due_words, options, sentences};
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
    let asked = scope.entries(|it| &it.decisions);
    let open = asked.iter().filter(|it| it.settled.is_none()).count();
    let heading = match open {
        0 => "Decided".to_owned(),
        1 => "Decision needed".to_owned(),
        n => format!("{} decisions needed", capitalise(&number_word(n))),
    };
    section("decisions", heading, asked.iter().map(|it| decision(scope, it)).collect())
}

fn decision(scope: &Scope<'_>, it: &AskedDecision) -> Row {
    let mark =
        if it.settled.is_some() { Mark::new(Look::Ok, "Decided") } else { Mark::shaped(Look::Warn, "sign", "Open") };
    // What the line itself says is not said again; a table and a list below it say it elsewhere.
    let line = it.entry.text.plain();
    let unsaid = |words: &str| !line.contains(words);
    let owner = it.owner.as_deref().filter(|it| unsaid(it));
    let due = it.due.as_ref().filter(|it| unsaid(&it.words)).map(|it| due_words(&scope.desk, it));
    let options = options(&it.options).filter(|_| it.options.iter().any(|it| unsaid(it)));
    let cost = it.cost.as_deref().filter(|it| unsaid(it));
    let outcome = it.settled.as_ref().and_then(|it| it.said.as_ref()).filter(|it| unsaid(&it.words));
    let later = scope.desk.analysis().decisions.at(&it.entry.place).and_then(|it| it.made.as_ref());
    let later =
        later.filter(|_| it.settled.is_none()).map(|it| format!("Decided {}", in_week_or_on_day(it.week, it.date)));
    let note = sentences(&[
        ("Owner", owner),
        ("Due", due.as_deref()),
        ("Options", options.as_deref()),
        ("Cost of waiting", cost),
        ("Decided", outcome.map(|it| &*it.words)),
        ("", later.as_deref()),
    ]);
    let row = of_entry(scope, &it.entry);
    // Words may go on in further lines.
    let words = if line.len() < it.words.plain().len() { it.words.html() } else { row.words };
    Row { mark: Some(mark), inline: true, note: visible(&note).into_owned(), words, ..row }
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
    let anchor = gate.name.clone();
    let (href, src) = (scope.desk.gate_href(at), Some(scope.desk.src(place)));
    Row { anchor, mark: Some(mark), words, href, src, note: capitalise(&note), ..Row::default() }
}
