//! The review of one gate: can it be passed, what is missing, by when, and who has not signed.

mod criteria;
mod decision;
mod open;
pub mod status;

pub use self::criteria::{Group, Row, anchors};
pub use self::decision::DecisionBlock;
pub use self::open::OpenItems;

use self::status::Status;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Fact, Link, Mark, Src};
use super::{Desk, desk::gate_slug, wording};
use crate::model::{CriterionKind, GateKind};
use crate::phrase;
use serde::Serialize;

/// The review page of one gate.
#[derive(Debug, Serialize)]
pub struct GatePage {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// How it stands; a decision does not change it.
    pub badge: Mark,
    /// What people decided.
    pub decision_mark: Option<Mark>,
    /// "GO/NO-GO gate: Pre-Production Deployment Approval".
    pub name: String,
    /// Its line.
    pub src: Src,
    /// Where its line is edited.
    pub edit: Option<String>,
    /// Due day, counts, sign-offs, decision.
    pub facts: Vec<Fact>,
    /// What is missing, in a sentence.
    pub criteria_heading: String,
    /// The criteria.
    pub groups: Vec<Group>,
    /// What must still finish.
    pub open: Option<OpenItems>,
    /// What people decided, or how they would record it.
    pub decision: DecisionBlock,
    /// The heading of the other gates.
    pub others_heading: String,
    /// The other gates.
    pub others: Vec<OtherGate>,
    /// "All 7 gates"; nothing when all are shown.
    pub all: Link,
}

/// Another gate.
#[derive(Debug, Serialize)]
pub struct OtherGate {
    /// Its name and page.
    pub title: Link,
    /// Its line.
    pub src: Src,
    /// How it stands.
    pub mark: Mark,
    /// "Due 27 Feb. 2 met, 3 not met.", and why the plan rules it out, with links to tasks.
    pub note: Vec<Link>,
}

impl Page for GatePage {
    const TEMPLATE: &'static str = "site/gate.html";
}

/// Other gates shown at most.
const MOST_OTHERS: usize = 6;

/// Makes the review page of a gate, by its place in the plan. `base_url` is the site's address, where it is known.
#[must_use]
pub fn gate(desk: &Desk<'_>, at: usize, base_url: Option<&str>) -> GatePage {
    let all = status::all(desk);
    let none = crate::analysis::GateReview {
        readiness: crate::analysis::Readiness::Incomplete,
        findings: Vec::new(),
        days_left: None,
        days_overdue: None,
    };
    let empty = no_gate(desk);
    let absent = Status { at, gate: &empty, review: &none, decision: None, is_later: false };
    let status = all.get(at).unwrap_or(&absent);
    let heading = status.finding(desk.as_of());
    let words = Heading {
        title: heading.clone(),
        description: "Gate review: criteria, evidence, sign-offs and decision".to_owned(),
        section: Section::Gates,
        is_first: false,
        path: format!("gates/{}.html", gate_slug(desk.plan(), at)),
    };
    let others = others(&all, status);
    let changed = desk.facts.preview.and_then(|it| it.of_gate(at));
    GatePage {
        frame: frame(desk, &words, base_url).changed(changed).called([], status.gate.short.clone()),
        heading,
        badge: status.mark(),
        decision_mark: status.decision_mark(),
        name: name(status),
        src: desk.src(&status.gate.place),
        edit: desk.edit(&status.gate.place),
        facts: facts(desk, status),
        criteria_heading: if status.gate.criteria.is_empty() {
            "No criterion is written below this gate, so that nothing can be judged".to_owned()
        } else {
            criteria::heading(status)
        },
        groups: criteria::groups(desk, status),
        open: open::open_items(desk, status),
        decision: decision::decision(desk, status),
        others_heading: others_heading(&all, &others),
        others: others.iter().map(|it| other(desk, it)).collect(),
        all: Link { text: format!("All {}", phrase::count(all.len(), "gate")), href: desk.href("gates.html") },
    }
}

/// Stands in for a gate that the plan does not have.
fn no_gate(desk: &Desk<'_>) -> crate::model::Gate {
    crate::model::Gate {
        name: "Gate".to_owned(),
        short: "Gate".to_owned(),
        kind: GateKind::Phase,
        phase: None,
        week: None,
        due: None,
        criteria: Vec::new(),
        decision: None,
        waivers: Vec::new(),
        place: desk.facts.sources.roadmap.place(crate::text::Span { start: 0, end: 0 }),
    }
}

/// "GO/NO-GO gate: Pre-Production Deployment Approval".
fn name(status: &Status<'_>) -> String {
    let kind = match status.gate.kind {
        GateKind::Day => "Gate of a day",
        GateKind::Week => "Gate of a week",
        GateKind::Phase => "GO/NO-GO gate",
        GateKind::Launch => "Launch gate",
    };
    format!("{kind}: {}", status.gate.name)
}

fn facts(desk: &Desk<'_>, status: &Status<'_>) -> Vec<Fact> {
    let fact = |label: &str, value: String, note: String| Fact::new(label, value, note);
    let (due, due_note) = due(desk, status);
    let mut facts = vec![fact("Due", due, due_note)];
    if let Some(it) = desk.analysis().gate_forecasts(desk.facts.history).get(status.at).filter(|it| 0 < it.planned) {
        let value = match (it.open, it.chance) {
            (0, _) => "all done".to_owned(),
            (_, Some(chance)) => format!("{} likely to be done", wording::chance(chance)),
            (open, None) => format!("{open} open"),
        };
        let note = format!("{} of {} planned by then done", it.planned - it.open, phrase::count(it.planned, "item"));
        facts.push(fact("Work up to it", value, note));
    }
    let (label, kinds) = if status.criteria(CriterionKind::Exit).next().is_some() {
        ("Exit criteria", vec![CriterionKind::Exit])
    } else {
        ("Criteria", vec![CriterionKind::Gate])
    };
    let counts = status.counts(&kinds);
    let (value, note) = match counts.as_slice() {
        [first, second, rest @ ..] if second.ends_with("not met") => (format!("{first}, {second}"), rest.join(", ")),
        [first, rest @ ..] => (first.clone(), rest.join(", ")),
        [] => ("None written".to_owned(), String::new()),
    };
    facts.push(fact(label, value, note));
    let reviews = status.criteria(CriterionKind::Review).count();
    if 0 < reviews {
        let signed = || {
            status.criteria(CriterionKind::Review).filter_map(|(it, found)| {
                it.sign_off.as_ref().filter(|_| found.state == crate::analysis::CriterionState::Met)
            })
        };
        let note = signed().max_by_key(|it| it.date).map(|it| format!("last by {}, {}", it.name, desk.day(it.date)));
        let note = note.unwrap_or_else(|| "none recorded".to_owned());
        facts.push(fact("Review sign-offs", format!("{} of {reviews}", signed().count()), note));
    }
    let (decided, note) = decision::fact(desk, status);
    facts.push(fact("Decision", decided, note));
    facts
}

/// "Fri 13 Feb 2026" and "last working day of phase 2".
fn due(desk: &Desk<'_>, status: &Status<'_>) -> (String, String) {
    let Some(due) = status.gate.due else { return ("No day".to_owned(), "the plan gives none".to_owned()) };
    let phase = status.gate.phase.and_then(|it| desk.plan().phases.get(it));
    let schedule = desk.plan().schedule.as_ref();
    let week = schedule.and_then(|it| it.calendar.week(due));
    let ends_week = |week: u32| schedule.and_then(|it| it.calendar.last_working_day(week)) == Some(due);
    let note = match (phase.filter(|it| status.is_big() && it.end == Some(due)), week) {
        (Some(it), _) => format!("last working day of {}", it.label_in_sentence()),
        (None, Some(week)) if ends_week(week) => format!("last working day of week {week}"),
        (None, Some(week)) => format!("in week {week}"),
        (None, None) => String::new(),
    };
    (due.format("%a %-d %b %Y").to_string(), note)
}

/// The gates of a phase and of the plan, or all where there are none; those around the gate when they are many.
fn others<'a, 'b>(all: &'b [Status<'a>], own: &Status<'_>) -> Vec<&'b Status<'a>> {
    let mut others: Vec<&Status<'a>> = all.iter().filter(|it| it.at != own.at && it.is_big()).collect();
    if others.is_empty() {
        others = all.iter().filter(|it| it.at != own.at).collect();
    }
    others.sort_by_key(|it| it.at.abs_diff(own.at));
    others.truncate(MOST_OTHERS);
    others.sort_by_key(|it| it.at);
    others
}

fn other(desk: &Desk<'_>, it: &Status<'_>) -> OtherGate {
    OtherGate {
        title: Link { text: it.gate.name.clone(), href: desk.gate_href(it.at) },
        src: desk.src(&it.gate.place),
        mark: it.decision_mark().unwrap_or_else(|| it.mark()),
        note: note(desk, it),
    }
}

/// "Was due 30 Jan. 2 met, 6 need sign-off.", and why the plan rules some criteria out.
#[must_use]
pub fn note(desk: &Desk<'_>, it: &Status<'_>) -> Vec<Link> {
    let mut words = Vec::new();
    if let Some(due) = it.gate.due {
        let verb = if due < desk.as_of() { "Was due" } else { "Due" };
        words.push(format!("{verb} {}.", desk.day(due)));
    }
    let counts = it.counts(&[CriterionKind::Exit, CriterionKind::Review, CriterionKind::Gate]);
    words.push(if counts.is_empty() {
        "No criterion is written.".to_owned()
    } else {
        format!("{}.", counts.join(", "))
    });
    let off = it.review.findings.iter().filter(|it| status::is_open(it)).filter_map(|it| it.off_plan.clone());
    let off: Vec<String> = off.collect();
    if !off.is_empty() {
        words.push(format!("Cannot be met on plan: {}.", off.join("; ")));
    }
    criteria::with_ids_linked(desk, &words.join(" "))
}

/// "The other gates: Staging is overdue, Production cannot be met on plan".
fn others_heading(all: &[Status<'_>], others: &[&Status<'_>]) -> String {
    let words = |it: &&&Status<'_>| {
        let name = &it.gate.short;
        if it.decision.is_none() && it.review.days_overdue.is_some() {
            Some(format!("{name} is overdue"))
        } else if it.is_ruled_out() {
            Some(format!("{name} cannot be met on plan"))
        } else {
            None
        }
    };
    let said: Vec<String> = others.iter().filter_map(|it| words(&it)).collect();
    match (said.as_slice(), all.len()) {
        ([], _) => "The other gates".to_owned(),
        ([_] | [_, _] | [_, _, _], _) => format!("The other gates: {}", phrase::list(&said)),
        (many, _) => format!("The other gates: {} are overdue or cannot be met on plan", many.len()),
    }
}
