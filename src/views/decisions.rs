//! What people have to decide: gates that are overdue or due soon, and what standups ask. The dashboard and every message say it from
//! here, so that they cannot differ.

use super::charts::Look;
use super::parts::{Link, Mark, Src};
use super::wording;
use super::{Desk, gate_ahead};
use crate::analysis::{CriterionState, DecisionReview, GateReview};
use crate::calendar::{Day, in_week_or_on_day};
use crate::model::{Gate, SaidDay};
use crate::phrase;
use crate::text::SharedStr;

/// Gates due within this many working days ask for a decision.
const AHEAD: usize = 10;

/// Something to decide, in words without markup.
#[derive(Debug, Clone)]
pub struct DecisionView {
    /// "Staging gate: GO or NO-GO", or what a standup asks.
    pub title: String,
    /// The whole name of the gate; nothing for what a standup asks.
    pub gate: Option<String>,
    /// "5 working days overdue", "Due Fri 13 Feb", "Asked in week 3".
    pub mark: Mark,
    /// Whether its day is over.
    pub is_overdue: bool,
    /// What there is to choose from: "GO, NO-GO or CONDITIONAL".
    pub options: Option<String>,
    /// Who decides; nothing where nobody is named.
    pub owner: Option<String>,
    /// "OVERDUE since 30 Jan" is for a message to write; here "30 Jan", "Fri 13 Feb", or words such as "before the load test".
    pub due: Option<String>,
    /// "Asked in week 1, again in week 3", "Asked in week 1, not mentioned since"; nothing for a gate.
    pub asked: Option<String>,
    /// What waiting costs.
    pub cost: Option<String>,
    /// What is known of a gate: "2 of 5 criteria met, 3 await sign-off".
    pub so_far: Option<String>,
    /// The items that it names and their pages.
    pub items: Vec<Link>,
    /// Where it leads: the page of the gate, else that of the standup that asked.
    pub href: String,
    /// The lines: where it was asked first, and where last.
    pub srcs: Vec<Src>,
}

/// Returns the heading for a number of decisions.
#[must_use]
pub fn heading(n: usize) -> String {
    match n {
        0 => "No decision is needed now".to_owned(),
        1 => "One decision is needed".to_owned(),
        n => format!("{} decisions are needed", phrase::capitalise(&phrase::number_word(n))),
    }
}

/// Says why nothing has to be decided.
#[must_use]
pub fn none(desk: &Desk<'_>) -> String {
    let gates = if desk.plan().gates.is_empty() {
        "The plan has no gates".to_owned()
    } else if desk.plan().gates.iter().all(|it| it.due.is_none()) {
        "No gate has a day".to_owned()
    } else {
        format!("No gate is overdue or due within {} working days", phrase::number_word(AHEAD))
    };
    let asked = match (desk.facts.history.standups.is_empty(), desk.analysis().decisions.reviews.is_empty()) {
        (true, _) => "no standup is known",
        (false, true) => "no standup asks for one",
        (false, false) => "all that standups asked for are made",
    };
    format!("{gates}, and {asked}.")
}

/// Collects what has to be decided: first what is overdue, then by the day it is due; what has no day stands last, by age.
#[must_use]
pub fn decisions(desk: &Desk<'_>) -> Vec<DecisionView> {
    let gates = desk.plan().gates.iter().zip(&desk.analysis().gates).enumerate();
    let gates = gates.filter_map(|(at, (it, review))| gate(desk, at, it, review));
    let asked = desk.analysis().decisions.open().map(|it| (it.due.as_ref().and_then(|it| it.day), asked(desk, it)));
    let mut all: Vec<(Option<Day>, DecisionView)> = gates.chain(asked).collect();
    all.sort_by_key(|(due, it)| (!it.is_overdue, due.is_none(), *due));
    all.into_iter().map(|(_, it)| it).collect()
}

/// A gate of a phase or of the plan that is overdue or due soon, and has no decision.
fn gate(desk: &Desk<'_>, at: usize, gate: &Gate, review: &GateReview) -> Option<(Option<Day>, DecisionView)> {
    if !gate.kind.is_big() || gate.decision_by(desk.as_of()).is_some() {
        return None;
    }
    let due = gate.due?;
    let day = wording::week_day(due, desk.as_of());
    let mark = match (review.days_overdue, review.days_left) {
        (Some(days), _) => Mark::new(Look::Bad, format!("{} overdue", wording::working_time(days))),
        (None, Some(days)) if days <= AHEAD => Mark::shaped(Look::Warn, "sign", format!("Due {day}")),
        _ => return None,
    };
    let is_overdue = review.days_overdue.is_some();
    let view = DecisionView {
        title: format!("{}: GO or NO-GO", gate.short_as_gate()),
        gate: Some(gate.name.clone()),
        mark,
        is_overdue,
        options: Some("GO, NO-GO or CONDITIONAL".to_owned()),
        owner: None,
        due: Some(if is_overdue { desk.day(due) } else { day }),
        asked: None,
        cost: None,
        so_far: Some(so_far(gate, review)),
        items: Vec::new(),
        href: desk.gate_href(at),
        srcs: vec![desk.src(&gate.place)],
    };
    Some((Some(due), view))
}

/// "2 of 5 criteria met, 3 await sign-off".
fn so_far(gate: &Gate, review: &GateReview) -> String {
    let shown = gate_ahead::shown(gate, review);
    let count = |state| shown.iter().filter(|(_, it)| it.state == state).count();
    let unsigned = count(CriterionState::NeedsSignOff);
    let counts = [
        (count(CriterionState::NotMet), "not met"),
        (count(CriterionState::Unknown), "not known"),
        (unsigned, if unsigned == 1 { "awaits sign-off" } else { "await sign-off" }),
    ];
    let open: Vec<String> = counts.iter().filter(|(n, _)| 0 < *n).map(|(n, words)| format!("{n} {words}")).collect();
    let met = count(CriterionState::Met) + count(CriterionState::Waived);
    match (shown.len(), open.is_empty()) {
        (0, _) => "no criteria".to_owned(),
        (all, true) => format!("all {} met", phrase::count(all, "criterion")),
        (all, false) => format!("{met} of {} met, {}", phrase::count(all, "criterion"), phrase::list(&open)),
    }
}

/// Says what a standup asks for.
#[must_use]
pub fn asked(desk: &Desk<'_>, it: &DecisionReview) -> DecisionView {
    let asked = in_week_or_on_day(it.asked.week, it.asked.date);
    let due = it.due.as_ref().map(|it| due_words(desk, it));
    let mark = match (&due, it.due.as_ref().and_then(|it| it.day)) {
        (_, Some(day)) if it.is_overdue => {
            let days = desk.analysis().working.count_after(day, desk.as_of());
            Mark::new(Look::Bad, if days == 0 { "Past its day".to_owned() } else { late(days) })
        }
        (Some(due), Some(_)) => Mark::shaped(Look::Warn, "sign", format!("Due {due}")),
        _ => Mark::shaped(Look::Warn, "sign", format!("Asked {asked}")),
    };
    let mut srcs = vec![desk.src(&it.asked.place)];
    srcs.extend((it.last.place != it.asked.place).then(|| desk.src(&it.last.place)));
    DecisionView {
        title: title(it),
        gate: None,
        mark,
        is_overdue: it.is_overdue,
        options: options(&it.options),
        owner: it.owner.as_deref().map(visible),
        due,
        asked: Some(asked_words(it, &asked)),
        cost: it.cost.as_deref().map(visible),
        so_far: None,
        items: desk.id_links(&it.ids),
        href: desk.told_href(it.last.week, it.last.date),
        srcs,
    }
}

fn late(days: usize) -> String {
    format!("{} overdue", wording::working_time(days))
}

/// The words, behind the IDs that are not among them.
#[must_use]
pub fn title(it: &DecisionReview) -> String {
    let words = it.words.plain();
    let ids: Vec<String> = it.ids.iter().filter(|id| !words.contains(&***id)).map(ToString::to_string).collect();
    let by = it.by.as_ref().map(|it| format!("{}: ", visible(it))).unwrap_or_default();
    match (ids.is_empty(), words.is_empty()) {
        (true, _) => by + &phrase::capitalise(&words),
        (false, true) => by + &phrase::list(&ids),
        (false, false) => format!("{by}{}: {words}", phrase::list(&ids)),
    }
}

/// "Asked in week 1, again in week 3", "Asked in week 1, not mentioned since".
fn asked_words(it: &DecisionReview, asked: &str) -> String {
    let again = in_week_or_on_day(it.last.week, it.last.date);
    let is_again = it.last.date != it.asked.date;
    match (is_again, it.is_silent) {
        (true, true) => format!("Asked {asked}, last {again}, not mentioned since"),
        (true, false) => format!("Asked {asked}, again {again}"),
        (false, true) => format!("Asked {asked}, not mentioned since"),
        (false, false) => format!("Asked {asked}"),
    }
}

/// "Fri 13 Feb", "30 Jan" when that is over, or the words as written where they name no day.
#[must_use]
pub fn due_words(desk: &Desk<'_>, it: &SaidDay) -> String {
    match it.day {
        Some(day) if day < desk.as_of() => desk.day(day),
        Some(day) => wording::week_day(day, desk.as_of()),
        None => visible(&it.words),
    }
}

/// "A / B"; nothing where none is named.
#[must_use]
pub fn options(it: &[SharedStr]) -> Option<String> {
    let options: Vec<String> = it.iter().map(|it| visible(it)).collect();
    (!options.is_empty()).then(|| options.join(" / "))
}

fn visible(text: &str) -> String {
    crate::prose::visible(text).into_owned()
}

/// Returns what is said of a decision besides its words, as sentences: "Owner: Kim. Options: A / B. Cost of waiting: a week.".
#[must_use]
pub fn sentences(parts: &[(&str, Option<&str>)]) -> String {
    let said = parts.iter().filter_map(|(label, words)| Some((label, words.filter(|it| !it.is_empty())?)));
    let sentence = |(label, words): (&&str, &str)| {
        let end = if words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
        let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
        format!("{label}{words}{end}")
    };
    said.map(sentence).collect::<Vec<_>>().join(" ")
}
