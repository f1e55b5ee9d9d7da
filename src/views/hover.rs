//! What an editor shows of a thing of the plan under the pointer: a few lines of Markdown. Words of a plan stand in code spans alone.

use super::Desk;
use super::gate::status;
use super::metric_figure::Measured;
use super::parts::Mark;
use super::task_evidence::is_dated;
use super::wording;
use crate::analysis::{Class, Finding, WeekLoad, asks, asks_phase, team_of};
use crate::history::{Evidence, EvidenceKind};
use crate::model::{Criterion, Gate, State};
use crate::phrase;
use crate::prose::code_span_in_text as span;
use crate::text::Place;

/// Gates, criteria and values beyond this many are counted.
const MOST: usize = 6;

/// Returns what there is to say of a task, by its place in the plan.
#[must_use]
pub fn task(desk: &Desk<'_>, at: usize) -> Option<Vec<String>> {
    let task = desk.task(at)?;
    let title = span(&task.title().plain());
    let name = task.id.as_ref().map_or_else(|| title.clone(), |id| format!("{} {title}", span(id)));
    let mut lines = vec![format!("**Task** {name}"), state(desk, at)];
    let now = desk.state(at);
    if now.state == State::Blocked {
        let reason = now.evidence.and_then(|it| it.reason.as_deref());
        lines.push(reason.map_or("No reason is named.".to_owned(), |it| format!("Blocked by: {}", span(it))));
    }
    if !task.owners.is_empty() {
        let names: Vec<String> = task.owners.iter().map(|it| span(it)).collect();
        lines.push(format!("{}: {}", if names.len() == 1 { "Owner" } else { "Owners" }, names.join(", ")));
    }
    let mut planned = Vec::new();
    if let Some((start, end)) = task.start.zip(task.end) {
        let week = task.week().map_or(String::new(), |it| format!(", week {it}"));
        planned.push(format!("Planned: {}{week}", wording::days(start, end, desk.as_of())));
    }
    planned.extend(desk.late(at).map(wording::late));
    planned.extend(task.due().map(|it| format!("due {}", wording::week_day(it, desk.as_of()))));
    match (&task.part_of, task.effort_days) {
        (Some(_), _) => planned.push("effort counted elsewhere".to_owned()),
        (None, Some(days)) => planned.push(format!("effort {}", wording::effort(days))),
        (None, None) => {}
    }
    if !planned.is_empty() {
        lines.push(phrase::capitalise(&planned.join("; ")));
    }
    if 0 < task.subtasks.total {
        lines.push(format!("Subtasks: {} of {} ticked", task.subtasks.done, task.subtasks.total));
    }
    lines.extend(gates_of(desk, at));
    Some(lines)
}

/// "**Blocked** at 80% since Fri 6 Feb: standup of week 3, `week-03.md` line 9".
fn state(desk: &Desk<'_>, at: usize) -> String {
    let now = desk.state(at);
    let mark = Mark::of_state(&now);
    let percent = mark.small.map_or(String::new(), |it| format!(" at {it}"));
    let Some(evidence) = now.evidence else { return format!("**{}**: no line tells of it yet", mark.text) };
    let since = now.since.filter(|_| is_dated(desk, evidence));
    let since = since.map_or(String::new(), |it| format!(" since {}", wording::week_day(it, desk.as_of())));
    // What tells it last need not be what told it first.
    let told = if now.since == Some(evidence.date) || since.is_empty() { ":" } else { ", last told:" };
    format!("**{}**{percent}{since}{told} {}", mark.text, source(desk, evidence))
}

/// "standup of week 3, `week-03.md` line 9".
fn source(desk: &Desk<'_>, it: &Evidence) -> String {
    let line = line(&it.place);
    match (it.kind, it.commit) {
        (EvidenceKind::Standup, _) => {
            let told = desk.facts.history.standup_of(it);
            told.map_or(line.clone(), |told| format!("standup of {}, {line}", told.when()))
        }
        (_, Some(commit)) => format!("mark in {line}, commit {}", commit.short()),
        (EvidenceKind::Commit | EvidenceKind::Roadmap, None) => format!("mark in {line}"),
    }
}

/// "`week-03.md` line 9".
fn line(place: &Place) -> String {
    let name = place.path.rsplit('/').next().unwrap_or(&place.path);
    format!("{} line {}", span(name), place.line())
}

/// The gates that count a task, with how the criterion stands.
fn gates_of(desk: &Desk<'_>, at: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (gate, review) in desk.plan().gates.iter().zip(&desk.analysis().gates) {
        for (criterion, found) in gate.criteria.iter().zip(&review.findings) {
            if !found.tasks.contains(&at) && !counts(desk, at, gate, criterion, found) {
                continue;
            }
            let stands = Mark::of_criterion(found.state).text.to_lowercase();
            lines.push(format!("Counts for gate {}: {} ({stands})", span(&gate.short), span(&criterion.text.plain())));
        }
    }
    shorten(lines, "criterion")
}

/// Says whether a criterion counts a task among others.
fn counts(desk: &Desk<'_>, at: usize, gate: &Gate, criterion: &Criterion, found: &Finding) -> bool {
    let Some(task) = desk.task(at).filter(|_| found.class == Class::Count) else { return false };
    let own = task.priority.as_deref().unwrap_or_default();
    let is_own = |it: &str| !own.is_empty() && it.eq_ignore_ascii_case(own);
    let in_phase = || {
        let phase = asks_phase(gate, desk.plan().phases.len());
        phase.is_none_or(|phase| task.segments.iter().any(|it| it.phase == Some(phase)))
    };
    let asked = asks(&criterion.text.plain(), is_own);
    asked.into_iter().flatten().any(|it| it.class.as_deref().map_or_else(in_phase, is_own))
}

fn shorten(mut lines: Vec<String>, noun: &str) -> Vec<String> {
    let more = lines.len().saturating_sub(MOST);
    if 0 < more {
        lines.truncate(MOST);
        lines.push(format!("… and {} more", phrase::count(more, noun)));
    }
    lines
}

/// Returns what there is to say of a gate, by its place in the plan.
#[must_use]
pub fn gate(desk: &Desk<'_>, at: usize) -> Option<Vec<String>> {
    let all = status::all(desk);
    let it = all.get(at)?;
    let due = it.gate.due.map_or(String::new(), |due| format!(", due {}", wording::week_day(due, desk.as_of())));
    let time = Some(it.time()).filter(|it| !it.is_empty() && it.as_str() != "due today");
    let time = time.map_or(String::new(), |it| format!(" ({it})"));
    let mut lines = vec![format!("**Gate** {}", span(&it.gate.name)), format!("**{}**{due}{time}", it.mark().text)];
    lines.extend(it.decision_mark().map(|it| format!("Decided: {}", span(&it.text))));
    let mut criteria: Vec<_> = it.gate.criteria.iter().zip(&it.review.findings).collect();
    criteria.sort_by_key(|(_, found)| found.state.rank());
    let words = criteria.into_iter().map(|(criterion, found)| {
        let stands = Mark::of_criterion(found.state).text;
        let measured = if found.measured.is_empty() { String::new() } else { format!(" {}", span(&found.measured)) };
        format!("- {stands}{measured}: {}", span(&criterion.text.plain()))
    });
    lines.extend(shorten(words.collect(), "criterion"));
    Some(lines)
}

/// Returns what there is to say of a metric, by its place in the plan.
#[must_use]
pub fn metric(desk: &Desk<'_>, at: usize) -> Option<Vec<String>> {
    let metric = desk.plan().metrics.get(at)?;
    let it = Measured::of(desk, at)?;
    let mut lines = vec![format!("**Metric** {}", span(&metric.name))];
    let last = it.review.actuals.last();
    lines.push(last.map_or("No standup reports it yet.".to_owned(), |last| {
        let value = span(&wording::measure(last.value, it.unit()));
        format!("Last reported: {value} on {}, {}", wording::week_day(last.date, desk.as_of()), line(&last.place))
    }));
    if metric.current.is_some() {
        lines.push(format!("When the plan was made: {}", span(&wording::cell(metric.current.as_ref()))));
    }
    let weeks: Vec<_> =
        metric.targets.iter().map(|(week, cell)| format!("week {week} {}", span(&wording::cell(Some(cell))))).collect();
    if !weeks.is_empty() {
        lines.push(format!("Targets: {}", weeks.get(..weeks.len().min(2 * MOST)).unwrap_or_default().join(", ")));
    }
    if metric.target.is_some() {
        lines.push(format!("Target: {}", span(&wording::cell(metric.target.as_ref()))));
    }
    Some(lines)
}

/// Returns what there is to say of an owner: its team, and what is asked of it this week.
#[must_use]
pub fn owner(desk: &Desk<'_>, name: &str) -> Vec<String> {
    let mut lines = vec![format!("**Owner** {}", span(name))];
    let team = team_of(name, desk.plan(), &desk.facts.sources.settings);
    let Some((at, team)) = team.and_then(|at| Some((at, desk.plan().teams.get(at)?))) else {
        if !desk.plan().teams.is_empty() {
            lines.push("In no team of the plan".to_owned());
        }
        lines.extend(open_tasks(desk, &|it| it == name));
        return lines;
    };
    if team.name != name {
        lines.push(format!("Team: {}", span(&team.name)));
    }
    let weeks = desk.analysis().capacity.teams.get(at).map_or(&[][..], Vec::as_slice);
    let this_week = desk.analysis().this_week;
    lines.extend(this_week.and_then(|week| weeks.iter().find(|it| it.week == week)).map(load));
    let settings = &desk.facts.sources.settings;
    lines.extend(open_tasks(desk, &|it| team_of(it, desk.plan(), settings) == Some(at)));
    lines
}

/// "Week 3, this week: 4 of 2.5 days planned, more than there is".
fn load(it: &WeekLoad) -> String {
    let over = if super::load_figure::is_over(it) { ", more than there is" } else { "" };
    let (planned, capacity) = (phrase::number(it.planned), phrase::days(it.capacity));
    format!("Week {}, this week: {planned} of {capacity} planned{over}", it.week)
}

/// "3 of 12 tasks are open".
fn open_tasks(desk: &Desk<'_>, is_theirs: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut known: std::collections::HashMap<&str, bool> = std::collections::HashMap::new();
    let mut total = 0;
    let mut open = 0;
    for (at, task) in desk.plan().tasks.iter().enumerate() {
        if task.owners.iter().any(|it| *known.entry(it).or_insert_with(|| is_theirs(it))) {
            total += 1;
            open += usize::from(desk.state(at).state.is_open());
        }
    }
    (0 < total).then(|| format!("{open} of {} open", phrase::count(total, "task")))
}
