//! The plan on the calendar, as a chart.

use super::charts::{Chart, DataTable, Figure, Look, Timeline, TimelineGate, TimelineGroup, TimelineRow, TimelineTie};
use super::timeline_rows::{Group, Part, Row, Standing, name, next_gate, noun, standing, undecided, weeks};
use super::{Desk, phases, wording};
use crate::analysis::Readiness;
use crate::calendar::Week;
use crate::model::{Plan, State};
use crate::phrase;
use std::collections::{BTreeSet, HashMap};

/// Makes the chart of the plan on the calendar; nothing for a plan without a calendar.
#[must_use]
pub fn timeline_figure(desk: &Desk<'_>, groups: &[Group]) -> Option<Figure> {
    let plan = desk.plan();
    let schedule = plan.schedule.as_ref()?;
    let calendar = &schedule.calendar;
    let spans = || groups.iter().flat_map(|it| &it.rows).filter_map(|it| it.span);
    let first = calendar.monday(1)?;
    let last = spans().map(|it| it.1).chain(calendar.last_working_day(schedule.weeks)).max()?;
    let next = next_gate(desk, groups);
    let (drawn, ties) = drawn(desk, groups, next);
    let chart = Timeline {
        first: spans().map(|it| it.0).chain([first]).min()?,
        last,
        weeks: weeks(desk).filter_map(|it| Some((it, calendar.monday(it)?))).collect(),
        this_week: desk.analysis().this_week,
        today: desk.as_of(),
        groups: drawn,
        ties,
    };
    let undated = groups.len() - chart.groups.len();
    let undated = match undated {
        0 => String::new(),
        1 => format!(" One {} without dates is in the list alone.", part_noun(plan)),
        n => format!(
            " {} without dates are in the list alone.",
            phrase::capitalise(&phrase::count_in_words(n, part_noun(plan)))
        ),
    };
    let rows: usize = groups.iter().map(|it| it.rows.len()).sum();
    let gates = chart.groups.iter().filter(|it| it.gate.is_some()).count();
    let rows = (noun(groups) != "week").then(|| phrase::count(rows, noun(groups)));
    let gates = (0 < gates).then(|| phrase::count(gates, "gate"));
    let parts: Vec<String> = rows.into_iter().chain(gates).collect();
    let parts = if parts.is_empty() { String::new() } else { format!(" with {}", phrase::list(&parts)) };
    Some(Figure {
        id: "gantt".to_owned(),
        heading: heading(desk, groups),
        note: format!("Bars are planned dates, filled by the share of items done.{undated}"),
        title: format!("Plan of {}{parts}", phrase::count(schedule.weeks as usize, "week")),
        desc: description(desk, groups),
        chart: Chart::Timeline(chart),
        table: DataTable::default(),
    })
}

/// So many arrows are drawn; more would be a net that nobody can read.
const MOST_TIES: usize = 60;

/// Returns the phases that can be drawn, and what waits for what among their rows.
fn drawn(desk: &Desk<'_>, groups: &[Group], next: Option<usize>) -> (Vec<TimelineGroup>, Vec<TimelineTie>) {
    let depends = &desk.analysis().dependencies;
    let chain: BTreeSet<usize> = depends.critical.iter().flat_map(|it| it.tasks.iter().copied()).collect();
    let pairs: BTreeSet<(usize, usize)> = depends
        .critical
        .iter()
        .flat_map(|it| it.tasks.windows(2))
        .filter_map(|it| Some((*it.first()?, *it.last()?)))
        .collect();
    let mut drawn = Vec::new();
    let mut place: HashMap<usize, (usize, usize)> = HashMap::new();
    for it in groups {
        let mut group = group(desk, it, next);
        for (row, from) in group.rows.iter_mut().zip(it.rows.iter().filter(|it| it.span.is_some())) {
            row.is_critical = from.tasks.iter().any(|it| chain.contains(it));
        }
        if has_days(&group) {
            for (at, row) in it.rows.iter().filter(|it| it.span.is_some()).enumerate() {
                place.extend(row.tasks.iter().map(|task| (*task, (drawn.len(), at))));
            }
            drawn.push(group);
        }
    }
    let mut ties: Vec<TimelineTie> = Vec::new();
    for (task, needs) in depends.needs.iter().enumerate() {
        for needed in needs {
            let ends = place.get(needed).copied().zip(place.get(&task).copied()).filter(|(from, to)| from != to);
            if let Some((from, to)) = ends {
                ties.push(TimelineTie { from, to, is_critical: pairs.contains(&(*needed, task)) });
            }
        }
    }
    // Of arrows between the same rows one is drawn, the critical one first.
    ties.sort_by_key(|it| (it.from, it.to, !it.is_critical));
    ties.dedup_by_key(|it| (it.from, it.to));
    if MOST_TIES < ties.len() {
        ties.retain(|it| it.is_critical);
    }
    (drawn, ties)
}

/// Says whether anything of a phase can be drawn on a calendar.
fn has_days(it: &TimelineGroup) -> bool {
    it.span.is_some() || it.gate.is_some() || !it.rows.is_empty()
}

/// A plan with tasks outside of its phases has parts.
fn part_noun(plan: &Plan) -> &'static str {
    if plan.phases.is_empty() { "part" } else { phases::noun(plan) }
}

/// "6 of 20 blocks are done; two of week 3 are late or blocked".
fn heading(desk: &Desk<'_>, groups: &[Group]) -> String {
    let rows = || groups.iter().flat_map(|it| &it.rows);
    let done = rows().filter(|it| it.state == State::Done).count();
    let total = rows().count();
    let verb = if total == 1 { "is" } else { "are" };
    let done = format!("{done} of {} {verb} done", phrase::count(total, noun(groups)));
    let trouble: Vec<&Row> = rows().filter(|it| !it.troubles.is_empty()).collect();
    if trouble.is_empty() {
        return done;
    }
    let is_late = trouble.iter().any(|it| it.troubles.iter().any(|at| desk.late(*at).is_some()));
    let is_blocked = trouble.iter().any(|it| it.state == State::Blocked);
    let how = match (is_late, is_blocked) {
        (true, true) => "late or blocked",
        (true, false) => "late",
        (false, _) => "blocked",
    };
    let found: BTreeSet<Option<Week>> = trouble.iter().map(|it| week_of(desk.plan(), it)).collect();
    let of_week = match found.first() {
        Some(Some(week)) if found.len() == 1 && noun(groups) != "week" => format!(" of week {week}"),
        _ => String::new(),
    };
    let verb = if trouble.len() == 1 { "is" } else { "are" };
    format!("{done}; {}{of_week} {verb} {how}", phrase::number_word(trouble.len()))
}

fn week_of(plan: &Plan, row: &Row) -> Option<Week> {
    match row.part {
        Part::Block(at) => plan.blocks.get(at)?.week,
        Part::Week(week) => Some(week),
        Part::Rest => None,
    }
}

fn description(desk: &Desk<'_>, groups: &[Group]) -> String {
    let mut sentences = vec![format!("{}.", heading(desk, groups))];
    for group in groups {
        let troubled = group.rows.iter().filter(|it| !it.troubles.is_empty() || it.finished_late.is_some());
        sentences.extend(troubled.map(|it| format!("{}: {}.", name(desk, it, group), note(desk, it))));
    }
    let gate =
        |at: usize| Some(format!("The gate {} is past its day without a decision.", desk.plan().gates.get(at)?.short));
    sentences.extend(undecided(desk, groups).into_iter().filter_map(gate));
    sentences.push("The list below holds the same.".to_owned());
    sentences.join(" ")
}

fn group(desk: &Desk<'_>, group: &Group, next: Option<usize>) -> TimelineGroup {
    let plan = desk.plan();
    let phase = group.phase.and_then(|it| plan.phases.get(it));
    let label = match phase {
        Some(it) => phases::on_chart(plan, it),
        None if plan.phases.is_empty() => plan.title.clone(),
        None => format!("Without a {}", phases::noun(plan)),
    };
    let of_rows = || {
        let spans = || group.rows.iter().filter_map(|it| it.span);
        spans().map(|it| it.0).min().zip(spans().map(|it| it.1).max())
    };
    TimelineGroup {
        label,
        span: phase.and_then(|it| it.start.zip(it.end)).or_else(of_rows),
        gate: group.gates.first().and_then(|at| gate(desk, *at, next)),
        rows: group.rows.iter().filter_map(|it| row(desk, it, group)).collect(),
    }
}

fn gate(desk: &Desk<'_>, at: usize, next: Option<usize>) -> Option<TimelineGate> {
    let gate = desk.plan().gates.get(at)?;
    let due = gate.due?;
    let day = desk.day(due);
    let (standing, readiness) = standing(desk, at, next)?;
    let name = &gate.short;
    let ready = match readiness {
        Readiness::NotReady => "not ready",
        Readiness::Incomplete => "not all is known",
        Readiness::AwaitingSignOff => "awaiting sign-off",
        Readiness::Ready => "ready",
    };
    let label = match (standing, &gate.decision) {
        (Standing::Decided, Some(it)) => format!("{name}, {day}: decided {}", it.verdict),
        (Standing::Overdue, _) => format!("{name}, due {day}: no decision"),
        (Standing::Next, _) => format!("{name}, {day}: {ready}"),
        (Standing::Decided | Standing::Later, _) => format!("{name}, {day}"),
    };
    Some(TimelineGate { due, label, look: gate_look(desk, at, (standing, readiness)) })
}

/// Returns how a gate looks: red only when it needs attention now.
#[must_use]
pub fn gate_look(desk: &Desk<'_>, at: usize, (standing, readiness): (Standing, Readiness)) -> Look {
    let verdict = desk.plan().gates.get(at).and_then(|it| it.decision.as_ref()).map(|it| it.verdict.as_str());
    match (standing, readiness) {
        (Standing::Decided, Readiness::Ready) if verdict == Some("GO") => Look::Ok,
        (Standing::Decided, _) if verdict == Some("NO-GO") => Look::Bad,
        (Standing::Next, Readiness::NotReady) => Look::Bad,
        (Standing::Next, Readiness::Ready) => Look::Ok,
        (Standing::Decided | Standing::Overdue | Standing::Next, _) => Look::Warn,
        (Standing::Later, _) => Look::Plain,
    }
}

fn row(desk: &Desk<'_>, row: &Row, group: &Group) -> Option<TimelineRow> {
    let (start, end) = row.span?;
    let is_late = end < desk.as_of() && row.troubles.iter().any(|it| desk.late(*it).is_some());
    let look = match row.state {
        _ if !row.troubles.is_empty() => Look::Bad,
        State::Done => Look::Ok,
        State::Blocked => Look::Bad,
        State::InProgress => Look::Live,
        State::Todo | State::Dropped => Look::Plain,
    };
    Some(TimelineRow {
        label: name(desk, row, group),
        start,
        end,
        done: row.done,
        total: row.total,
        late_until: row.finished_late.map(|it| it.0).or_else(|| is_late.then(|| desk.as_of())),
        finished: row.state == State::Done,
        look,
        note: note(desk, row),
        is_critical: false,
    })
}

/// "1 of 2, P2-10 is 3 days late", "P2-05 blocked at 80%", "1 of 1, a week late".
fn note(desk: &Desk<'_>, row: &Row) -> String {
    if row.total == 0 {
        return "dropped".to_owned();
    }
    let done = format!("{} of {}", row.done, row.total);
    if let Some((_, weeks)) = row.finished_late {
        return format!("{done}, {}", wording::late(5 * weeks as usize));
    }
    match row.troubles.as_slice() {
        [] => done,
        [one] if row.total == 1 => trouble(desk, *one),
        [one] => format!("{done}, {}", trouble(desk, *one)),
        many => {
            let blocked = many.iter().filter(|it| desk.state(**it).state == State::Blocked).count();
            match (blocked, many.len() - blocked) {
                (0, late) => format!("{done}, {late} late"),
                (blocked, 0) => format!("{done}, {blocked} blocked"),
                (blocked, late) => format!("{done}, {blocked} blocked and {late} late"),
            }
        }
    }
}

fn trouble(desk: &Desk<'_>, at: usize) -> String {
    let id = desk.task(at).and_then(|it| it.id.clone());
    let state = desk.state(at);
    let late = desk.late(at).map(wording::late);
    let percent = state.percent.map(|it| format!(" at {}", wording::percent(it))).unwrap_or_default();
    match (state.state == State::Blocked, late) {
        (true, None) => format!("{} blocked{percent}", id.as_deref().unwrap_or("1 item")),
        (true, Some(late)) => format!("{} blocked{percent}, {late}", id.as_deref().unwrap_or("1 item")),
        (false, late) => format!("{} is {}", id.as_deref().unwrap_or("1 item"), late.unwrap_or_default()),
    }
}
