//! The plan on the calendar: a chart, and the same as a list.

use super::charts::{Chart, Figure};
use super::dependencies::{DependencyPart, dependencies};
use super::frame::{Frame, Heading, Section, frame};
use super::gate::status::{Status, all};
use super::page::Page;
use super::parts::{Link, Mark};
use super::timeline_figure::{gate_look, timeline_figure};
use super::timeline_rows::{Group, Row, Standing, groups, name, next_gate, standing};
use super::timeline_words::{heading, lead};
use super::{Desk, phases, wording};
use crate::analysis::CriterionState;
use crate::calendar::Day;
use crate::history::TaskState;
use crate::model::{Phase, State};
use crate::phrase;
use serde::Serialize;

/// How many late or blocked tasks a row names.
const MOST_TROUBLES: usize = 4;

/// The plan on the calendar.
#[derive(Debug, Serialize)]
pub struct TimelinePage {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// What to know besides.
    pub lead: String,
    /// The chart; the list holds the same.
    pub figure: Option<Figure>,
    /// Whether some work is late or blocked.
    pub has_trouble: bool,
    /// Whether the chart shows gates.
    pub has_gates: bool,
    /// Whether there is more than one phase to show side by side.
    pub is_split: bool,
    /// The phases.
    pub phases: Vec<PhaseView>,
    /// What depends on what.
    pub depends: Option<DependencyPart>,
    /// Whether the chart has arrows.
    pub has_ties: bool,
}

/// A phase with its parts and its gates.
#[derive(Debug, Serialize)]
pub struct PhaseView {
    /// A name, unique on the page, for addresses inside the page.
    pub id: String,
    /// "Phase 1: Critical Fixes".
    pub title: String,
    /// What it is for, as HTML.
    pub goal: String,
    /// Its parts.
    pub rows: Vec<RowView>,
    /// Its gates.
    pub gates: Vec<GateView>,
}

/// A part of a phase.
#[derive(Debug, Serialize)]
pub struct RowView {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub mark: Mark,
    /// "19–20 Jan"; nothing where it has no days.
    pub days: Option<String>,
    /// "4 of 4 done".
    pub count: String,
    /// "a week late".
    pub late: Option<String>,
    /// "14 items are about a year late": what is said once of many tasks that are late alike.
    pub together: Option<String>,
    /// Tasks that are late or blocked.
    pub troubles: Vec<Trouble>,
    /// "3 more are late or blocked".
    pub more: Option<String>,
}

/// A task that is late or blocked.
#[derive(Debug, Serialize)]
pub struct Trouble {
    /// The task.
    pub link: Link,
    /// "blocked at 80%", "at 40%, 3 days late".
    pub text: String,
    /// Whether it is past its planned end.
    pub is_late: bool,
}

/// A gate.
#[derive(Debug, Serialize)]
pub struct GateView {
    /// "Staging gate", and its page.
    pub link: Link,
    /// How it stands.
    pub mark: Mark,
    /// "Fri 30 Jan, no decision, health target 80".
    pub note: String,
}

impl Page for TimelinePage {
    const TEMPLATE: &'static str = "site/timeline.html";

    fn figures(&self) -> Vec<&Figure> {
        self.figure.iter().collect()
    }
}

/// Makes the page of the plan on the calendar. `base_url` is the site's address, where it is known.
#[must_use]
pub fn timeline(desk: &Desk<'_>, base_url: Option<&str>) -> TimelinePage {
    let groups = groups(desk);
    let heading = heading(desk, &groups);
    let words = Heading {
        title: heading.clone(),
        description: format!("Timeline of {} with its parts, dates and gates", desk.plan().title),
        section: Section::Timeline,
        is_first: true,
        path: "timeline.html".to_owned(),
    };
    let next = next_gate(desk, &groups);
    let statuses = all(desk);
    let figure = timeline_figure(desk, &groups);
    TimelinePage {
        depends: dependencies(desk),
        has_ties: figure.as_ref().is_some_and(|it| matches!(&it.chart, Chart::Timeline(it) if !it.ties.is_empty())),
        frame: frame(desk, &words, base_url),
        heading,
        lead: lead(desk, &groups),
        figure,
        has_trouble: groups
            .iter()
            .flat_map(|it| &it.rows)
            .any(|it| !it.troubles.is_empty() || it.finished_late.is_some()),
        has_gates: groups.iter().any(|it| !it.gates.is_empty()),
        is_split: 1 < groups.len(),
        phases: groups.iter().enumerate().map(|(at, it)| phase(desk, at, it, &statuses, next)).collect(),
    }
}

fn phase(desk: &Desk<'_>, at: usize, group: &Group, all: &[Status<'_>], next: Option<usize>) -> PhaseView {
    let plan = desk.plan();
    let phase = group.phase.and_then(|it| plan.phases.get(it));
    let title = match phase {
        Some(it) => it.full_label(),
        None if plan.phases.is_empty() => plan.title.clone(),
        None => format!("Without a {}", phases::noun(plan)),
    };
    PhaseView {
        id: format!("part-{}", at + 1),
        title,
        goal: phase.and_then(|it| it.goal.as_ref()).map(|it| it.value.html()).unwrap_or_default(),
        rows: group.rows.iter().map(|it| row(desk, it, group)).collect(),
        gates: group.gates.iter().filter_map(|it| gate(desk, *it, all, phase, next)).collect(),
    }
}

/// Says once by how much tasks are late, where it is the same of more than two.
fn together(desk: &Desk<'_>, troubles: &[usize]) -> Option<String> {
    let plain = |at: &usize| {
        let it = desk.state(*at);
        if it.state == State::Blocked || it.percent.is_some() { None } else { desk.late(*at).map(wording::late) }
    };
    let first = troubles.first().and_then(plain)?;
    let is_alike = 2 < troubles.len() && troubles.iter().all(|it| plain(it).as_ref() == Some(&first));
    is_alike.then(|| format!("{} are {first}", phrase::count(troubles.len(), "item")))
}

fn row(desk: &Desk<'_>, row: &Row, group: &Group) -> RowView {
    let together = together(desk, &row.troubles);
    let more = row.troubles.len().saturating_sub(MOST_TROUBLES);
    let days = |(first, last): (Day, Day)| wording::days(first, last, desk.as_of());
    RowView {
        name: name(desk, row, group),
        mark: Mark::of_state(&TaskState { state: row.state, percent: None, since: None, evidence: None }),
        days: row.span.map(days),
        count: if row.total == 0 {
            "nothing left in scope".to_owned()
        } else {
            format!("{} of {} done", row.done, row.total)
        },
        late: row.finished_late.map(|(_, weeks)| wording::late(5 * weeks as usize)),
        troubles: row.troubles.iter().take(MOST_TROUBLES).filter_map(|it| trouble(desk, *it)).collect(),
        more: (0 < more)
            .then(|| if together.is_some() { format!("{more} more") } else { format!("{more} more late or blocked") }),
        together,
    }
}

fn trouble(desk: &Desk<'_>, at: usize) -> Option<Trouble> {
    let task = desk.task(at)?;
    let state = desk.state(at);
    let percent = state.percent.map(wording::percent);
    let how = match (state.state, percent) {
        (State::Blocked, Some(it)) => Some(format!("blocked at {it}")),
        (State::Blocked, None) => Some("blocked".to_owned()),
        (_, Some(it)) => Some(format!("at {it}")),
        (_, None) => None,
    };
    let text = match (how, desk.late(at).map(wording::late)) {
        (Some(how), Some(late)) => format!("{how}, {late}"),
        (Some(how), None) => how,
        (None, late) => late.map(|it| format!("is {it}")).unwrap_or_default(),
    };
    Some(Trouble {
        link: Link { text: task.name(), href: desk.task_href(task) },
        text,
        is_late: desk.late(at).is_some(),
    })
}

fn gate(
    desk: &Desk<'_>,
    at: usize,
    all: &[Status<'_>],
    phase: Option<&Phase>,
    next: Option<usize>,
) -> Option<GateView> {
    let gate = desk.plan().gates.get(at)?;
    let how = standing(desk, at, next)?;
    let not_met = desk.analysis().gates.get(at).map_or(0, |it| it.count(CriterionState::NotMet));
    let mark = match (how.0, &gate.decision) {
        (Standing::Decided, Some(it)) => Mark::new(gate_look(desk, at, how), format!("Decided: {}", it.verdict)),
        _ => all.get(at)?.mark(),
    };
    let mut note = vec![gate.due.map_or_else(|| "no date".to_owned(), |it| wording::week_day(it, desk.as_of()))];
    if how.0 == Standing::Overdue {
        note.push("no decision".to_owned());
    }
    if how.0 == Standing::Decided && 0 < not_met {
        note.push(format!("{} not met", phrase::count(not_met, "criterion")));
    }
    note.extend(
        phase.and_then(|it| it.health_target.as_ref()).map(|it| format!("health target {}", phrase::number(it.value))),
    );
    Some(GateView { link: Link { text: gate.short_as_gate(), href: desk.gate_href(at) }, mark, note: note.join(", ") })
}
