//! The list of gates, in the order of their days.

use super::Desk;
use super::desk::gate_slug;
use super::frame::{Frame, Heading, Section, frame};
use super::gate::status::{self, Status};
use super::page::Page;
use super::parts::{Link, Mark, Src};
use super::wording;
use crate::model::{CriterionKind, GateKind};
use crate::phrase;
use serde::Serialize;

/// The list of gates.
#[derive(Debug, Serialize)]
pub struct Gates {
    /// What stands around it.
    pub frame: Frame,
    /// The finding: how the next gate stands.
    pub heading: String,
    /// How many gates there are, and how many passed without a decision.
    pub lead: String,
    /// Whether any gate has a day.
    pub has_days: bool,
    /// Whether any gate has a review list.
    pub has_reviews: bool,
    /// The gates by day; those without one last.
    pub rows: Vec<GateRow>,
    /// What the marks rest on.
    pub note: String,
}

/// A gate in the list.
#[derive(Debug, Serialize)]
pub struct GateRow {
    /// Its name on the page.
    pub id: String,
    /// Its day, for sorting.
    pub due_iso: Option<String>,
    /// How well it stands, for sorting: the worst first.
    pub rank: u8,
    /// Its name and page.
    pub title: Link,
    /// Its line.
    pub src: Src,
    /// "Phase 2", "day", "week 1" or "launch".
    pub kind: String,
    /// "Fri 13 Feb", or a dash.
    pub due: String,
    /// "5 working days remain".
    pub time: String,
    /// Whether it is the next gate.
    pub is_next: bool,
    /// "1 met, 3 not met, 1 needs sign-off".
    pub criteria: String,
    /// "0 of 3", or a dash.
    pub reviews: String,
    /// How it stands.
    pub mark: Mark,
    /// What people decided.
    pub decision: Option<Mark>,
    /// "None recorded", or when and by whom.
    pub decision_note: String,
    /// What changed of it, in a preview.
    pub changed: Option<String>,
}

impl Page for Gates {
    const TEMPLATE: &'static str = "site/gates.html";
}

/// Makes the list of gates. `base_url` is the site's address, where it is known.
#[must_use]
pub fn gates(desk: &Desk<'_>, base_url: Option<&str>) -> Gates {
    let all = status::all(desk);
    let next = status::next(&all);
    let heading = heading(desk, &all, next);
    let words = Heading {
        title: heading.clone(),
        description: format!("All gates of {} with days, criteria, sign-offs and decisions", desk.plan().title),
        section: Section::Gates,
        is_first: true,
        path: "gates.html".to_owned(),
    };
    let mut sorted: Vec<&Status<'_>> = all.iter().collect();
    sorted.sort_by_key(|it| (it.gate.due.is_none(), it.gate.due, it.at));
    Gates {
        frame: frame(desk, &words, base_url),
        heading,
        lead: lead(&all),
        has_days: all.iter().any(|it| it.gate.due.is_some()),
        has_reviews: all.iter().any(|it| it.criteria(CriterionKind::Review).next().is_some()),
        rows: sorted.iter().map(|it| row(desk, it, next.is_some_and(|next| next.at == it.at))).collect(),
        note: "Counts and measured values are judged by roadbook; sign-offs and decisions are people's. \
               A decision is shown beside the state and never changes it. Gates behind the next one are grey: they are not \
               due yet."
            .to_owned(),
    }
}

fn heading(desk: &Desk<'_>, all: &[Status<'_>], next: Option<&Status<'_>>) -> String {
    if let Some(it) = next {
        return it.finding(desk.as_of());
    }
    let open = all.iter().filter(|it| it.decision.is_none()).count();
    match (all, open) {
        ([], _) => "The plan has no gates".to_owned(),
        ([one], _) => one.finding(desk.as_of()),
        (many, 0) => format!("All {} gates are decided", many.len()),
        (many, n) if many.iter().all(|it| it.gate.due.is_none()) => {
            format!("{n} of {} gates have no decision, and none has a day", many.len())
        }
        (many, _) if many.iter().any(|it| it.gate.due.is_none()) => {
            let past = many.iter().filter(|it| it.decision.is_none() && it.review.days_overdue.is_some()).count();
            format!("{past} of {} gates {} past without a decision", many.len(), if past == 1 { "is" } else { "are" })
        }
        (many, n) => format!("All gates are past, {n} of {} without a decision", many.len()),
    }
}

/// "7 gates: none decided; 4 are past their day without a decision; 1 cannot be met on plan."
fn lead(all: &[Status<'_>]) -> String {
    let decided = all.iter().filter(|it| it.decision.is_some()).count();
    let late = || all.iter().filter(|it| it.decision.is_none() && it.review.days_overdue.is_some());
    let (overdue, small) = (late().count(), late().filter(|it| !it.is_big()).count());
    let off_plan = all.iter().filter(|it| it.is_ruled_out()).count();
    // The heading says already that nothing is decided where nothing has a day.
    if decided == 0 && overdue == 0 && off_plan == 0 && all.iter().all(|it| it.gate.due.is_none()) {
        return String::new();
    }
    let is = |n: usize| if n == 1 { "is" } else { "are" };
    let its = |n: usize| if n == 1 { "its" } else { "their" };
    let mut parts = vec![match decided {
        0 => "none is decided".to_owned(),
        n => format!("{n} {} decided", is(n)),
    }];
    if 0 < overdue {
        // The overview asks for decisions of phases and of the plan alone.
        let small = match small {
            0 => String::new(),
            n if n == overdue => ", of a day or a week alone".to_owned(),
            n => format!(", {n} of them of a day or a week"),
        };
        parts.push(format!("{overdue} {} past {} day without a decision{small}", is(overdue), its(overdue)));
    }
    if 0 < off_plan {
        parts.push(format!("{off_plan} cannot be met on plan"));
    }
    format!("{}: {}.", phrase::count(all.len(), "gate"), phrase::list(&parts))
}

fn row(desk: &Desk<'_>, it: &Status<'_>, is_next: bool) -> GateRow {
    let phase = it.gate.phase.and_then(|at| desk.plan().phases.get(at));
    let kind = match (it.gate.kind, phase, it.gate.week) {
        (GateKind::Launch, ..) => "launch".to_owned(),
        (GateKind::Phase, Some(phase), _) => phase.label_in_sentence(),
        (GateKind::Phase, None, _) => "phase".to_owned(),
        (GateKind::Week | GateKind::Day, _, Some(week)) => format!("in week {week}"),
        (GateKind::Week, ..) => "week".to_owned(),
        (GateKind::Day, ..) => "day".to_owned(),
    };
    let reviews = it.criteria(CriterionKind::Review).count();
    let signed = it.criteria(CriterionKind::Review).filter(|(_, found)| !status::is_open(found)).count();
    let counts = it.counts(&[CriterionKind::Exit, CriterionKind::Gate]);
    let decided = it.decision.map(|decision| {
        let parts = [decision.by.clone(), decision.date.map(|it| desk.day(it))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let mark = it.mark();
    GateRow {
        id: format!("g-{}", gate_slug(desk.plan(), it.at)),
        due_iso: it.gate.due.map(wording::iso),
        rank: mark.look.rank(),
        title: Link { text: it.gate.name.clone(), href: desk.gate_href(it.at) },
        src: desk.src(&it.gate.place),
        kind,
        due: it.gate.due.map_or_else(|| "–".to_owned(), |due| wording::week_day(due, desk.as_of())),
        time: if it.decision.is_some() { String::new() } else { it.time() },
        is_next,
        criteria: if counts.is_empty() { "none".to_owned() } else { counts.join(", ") },
        reviews: if reviews == 0 { "–".to_owned() } else { format!("{signed} of {reviews}") },
        mark,
        decision: it.decision_mark(),
        decision_note: decided.unwrap_or_else(|| "None recorded".to_owned()),
        changed: desk.facts.preview.and_then(|preview| preview.of_gate(it.at)).map(str::to_owned),
    }
}
