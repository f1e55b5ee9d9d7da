//! What the parts of a draft hold.

use super::words::{decision, metric, of_state, planned, risk};
use super::{Target, days_later};
use crate::analysis::{DecisionReview, is_health, metric_named};
use crate::calendar::{Week, monday_of};
use crate::editing::form::{Form, FormPart, PLANNED};
use crate::history::{EvidenceKind, History};
use crate::model::{CellKind, State, Task};
use crate::phrase::normal;
use crate::phrase::number;
use crate::pipeline::Understood;
use crate::reading::Part;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Lines of one part beyond this many are left out.
const MOST: usize = 200;

const DECISIONS: &str = "Decisions Needed";

/// The lines of a draft, part by part.
#[derive(Default)]
struct Lines {
    done: Vec<String>,
    begun: Vec<String>,
    blocked: Vec<String>,
    planned: Vec<String>,
    next: Vec<String>,
    risks: Vec<String>,
    decisions: Vec<String>,
}

/// Writes a draft in a form; says what it holds.
pub fn fill(now: &Understood, form: &Form, when: &Target, has_facts: bool) -> (String, Vec<String>) {
    let lines = if has_facts { lines(now, form, when) } else { Lines::default() };
    let carried = [
        (Part::Done, &lines.done),
        (Part::InProgress, &lines.begun),
        (Part::Blocked, &lines.blocked),
        (Part::Risks, &lines.risks),
    ];
    let form = &form.with_room(carried.into_iter().filter(|(_, it)| !it.is_empty()).map(|it| it.0));
    let mut text = format!("{} {}\n\n", "#".repeat(form.level), heading(form, when));
    let level = form.parts.iter().map(|it| it.level).min().unwrap_or(form.level + 1);
    let has_done = form.parts.iter().any(|it| it.part == Part::Done);
    let has_planned = form.parts.iter().any(FormPart::is_planned);
    if !lines.planned.is_empty() && !has_planned {
        section(&mut text, level, PLANNED, &lines.planned);
    }
    let mut seen: Vec<Part> = Vec::new();
    for it in &form.parts {
        if it.is_planned() {
            section(&mut text, it.level, &it.words, &lines.planned);
            continue;
        }
        let metrics;
        let is_first = !seen.contains(&it.part);
        let own: &[String] = match it.part {
            _ if !is_first => &[],
            Part::Done => &lines.done,
            // What was worked on lately was finished, unless a line says otherwise.
            Part::Lately if !has_done => &lines.done,
            Part::InProgress => &lines.begun,
            Part::Blocked => &lines.blocked,
            Part::Next => &lines.next,
            Part::Risks => &lines.risks,
            Part::Asked | Part::Decisions => &lines.decisions,
            Part::Metrics => {
                metrics = measured(now, it, when);
                &metrics
            }
            _ => &[],
        };
        seen.push(it.part);
        section(&mut text, it.level, &it.words, own);
    }
    let asks = form.parts.iter().any(|it| matches!(it.part, Part::Asked | Part::Decisions));
    if !asks && !lines.decisions.is_empty() {
        section(&mut text, level, DECISIONS, &lines.decisions);
    }
    let counts = [
        (lines.done.len(), "done"),
        (lines.begun.len(), "in progress"),
        (lines.blocked.len(), "blocked"),
        (lines.planned.len(), "planned"),
        (lines.decisions.len(), "to be decided"),
    ];
    let holds = counts.iter().filter(|(n, _)| 0 < *n).map(|(n, what)| format!("{n} {what}")).collect();
    (text.trim_end().to_owned() + "\n", holds)
}

/// Writes the heading: that of the template with the number of the week in it, else our own.
fn heading(form: &Form, when: &Target) -> String {
    let Some(week) = when.week.filter(|_| !when.is_daily) else { return format!("Standup {}", when.day) };
    let filled = form.heading.as_deref().and_then(|it| {
        let places = ["[X]", "[x]", "[N]", "[n]", "[XX]", "[NN]", "[#]", "XX", "NN", "<N>", "{N}", "{n}", "#"];
        let place = places.iter().find(|place| it.contains(**place))?;
        Some(it.replacen(place, &week.to_string(), 1))
    });
    filled.filter(|it| crate::reading::standup_week(it) == Some(week)).unwrap_or_else(|| format!("Week {week} Standup"))
}

fn section(text: &mut String, level: usize, words: &str, lines: &[String]) {
    let _ = writeln!(text, "{} {words}", "#".repeat(level.clamp(1, 6)));
    for it in lines {
        let _ = writeln!(text, "{it}");
    }
    text.push('\n');
}

fn lines(now: &Understood, form: &Form, when: &Target) -> Lines {
    let history = &now.history;
    let mut lines = Lines::default();
    let last = history.standups.last().map(|it| it.date);
    // What the first version had ticked was done at some time before, and nobody did it this week.
    let first = history.versions.first_day().map_or(monday_of(when.day), |it| days_later(it, 1));
    let since = last.map_or_else(|| monday_of(when.day).max(first), |it| days_later(it, 1));
    // Marks without a day of their own say nothing of this week, and a mark that is carried over would outlive its change.
    let is_dated = |kind: EvidenceKind| kind == EvidenceKind::Standup || history.marks_from.is_none();
    for (at, task) in history.plan.tasks.iter().enumerate() {
        let now = history.state(at, history.as_of);
        let told = now.evidence.filter(|it| is_dated(it.kind));
        match (now.state, told) {
            (State::Done, Some(it)) if it.kind != EvidenceKind::Standup && since <= it.date => {
                push(
                    &mut lines.done,
                    of_state(task, &task.title().words(), State::Done, (None, None), &form.signs.done),
                );
            }
            (State::InProgress, Some(_)) => {
                let words = words_of(history, at, task);
                push(
                    &mut lines.begun,
                    of_state(task, &words, State::InProgress, (now.percent, None), &form.signs.begun),
                );
            }
            (State::Blocked, Some(it)) => {
                let words = words_of(history, at, task);
                let said = (now.percent, it.reason.as_deref());
                let line = of_state(task, &words, State::Blocked, said, &form.signs.blocked);
                push(
                    &mut lines.blocked,
                    line.or_else(|| of_state(task, &words, State::Blocked, (now.percent, None), &form.signs.blocked)),
                );
            }
            (State::Todo, _) => {
                if is_planned(task, when, true) {
                    push(&mut lines.planned, planned(task, true));
                } else if is_planned(task, &when.after(), false) && (when.week.is_none() || !when.is_daily) {
                    push(&mut lines.next, planned(task, false));
                }
            }
            _ => {}
        }
    }
    lines.risks = risks(now);
    lines.decisions = now.analysis.decisions.open().take(MOST).filter_map(asked).collect();
    lines
}

fn push(list: &mut Vec<String>, line: Option<String>) {
    if list.len() < MOST {
        list.extend(line);
    }
}

/// Returns the words of a task's last line in the standups, else its title.
fn words_of(history: &History, at: usize, task: &Task) -> String {
    let told = history.evidence.get(at).and_then(|it| it.iter().rev().find(|it| it.kind == EvidenceKind::Standup));
    let line = told.and_then(|told| {
        let standups = history.standups.iter().rev().filter(|it| it.standup.path == told.place.path);
        standups.flat_map(|it| it.standup.evidence()).find(|(_, it)| it.place == told.place)
    });
    let words = line.map(|(_, it)| it.text.plain()).filter(|it| !it.is_empty() && task.id.is_some());
    words.unwrap_or_else(|| task.title().plain())
}

/// Says whether a task is planned for a week, or for an earlier one and not begun. Without weeks, whether it is due within seven days.
fn is_planned(task: &Task, when: &Target, or_earlier: bool) -> bool {
    let Some(week) = when.week else {
        let due = task.due().or(task.end);
        return due.is_some_and(|it| it <= days_later(when.day, 6) && (or_earlier || when.day <= it));
    };
    let (monday, sunday) = (monday_of(when.day), days_later(monday_of(when.day), 6));
    let in_weeks = |(first, last): (Week, Week)| first <= week && (or_earlier || week <= last);
    let weeks = task.segments.iter().filter_map(|it| Some((it.week?, it.last_week.or(it.week)?)));
    let mut weeks = weeks.peekable();
    if weeks.peek().is_some() {
        return weeks.any(in_weeks);
    }
    let days = task.start.or(task.end).zip(task.end.or(task.start));
    days.is_some_and(|(first, last)| first <= sunday && (or_earlier || monday <= last))
}

impl Target {
    fn after(&self) -> Self {
        Self { week: self.week.map(|it| it + 1), day: days_later(self.day, 7), ..*self }
    }
}

/// The plan's risks that have happened and are not over. One that has not is no concern that anybody raised.
fn risks(now: &Understood) -> Vec<String> {
    let happened = now.history.plan.risks.iter().zip(&now.analysis.risks).filter(|(_, it)| it.happened);
    happened.take(MOST).filter_map(|(it, _)| risk(&it.title.plain())).collect()
}

/// Asks again for a decision that is open.
fn asked(it: &DecisionReview) -> Option<String> {
    let words = it.words.plain();
    let ids: Vec<&str> = it.ids.iter().map(|it| &**it).filter(|it| !words.contains(it)).collect();
    let words = match (ids.is_empty(), words.is_empty()) {
        (true, _) => words,
        (false, true) => ids.join(", "),
        (false, false) => format!("{}: {words}", ids.join(", ")),
    };
    let due = it.due.as_ref().map(|it| it.day.map_or_else(|| it.words.to_string(), |it| it.to_string()));
    let options: Vec<&str> = it.options.iter().map(|it| &**it).collect();
    let options = if options.is_empty() { None } else { Some(options.join(" / ")) };
    let details = [
        ("owner", it.owner.as_deref().map(str::to_owned)),
        ("due", due),
        ("options", options),
        ("cost of waiting", it.cost.as_deref().map(str::to_owned)),
    ];
    let details: Vec<(&str, String)> = details.into_iter().filter_map(|(label, it)| Some((label, it?))).collect();
    decision(&words, &details)
}

/// The lines of what is measured: those of the form, else health, counters and what the plan has a target for.
fn measured(now: &Understood, part: &FormPart, when: &Target) -> Vec<String> {
    let plan = &now.history.plan;
    let counts = counts(&now.history);
    let mut names: Vec<String> = part.metrics.clone();
    if names.is_empty() {
        let has_health = plan.phases.iter().any(|it| it.health_target.is_some());
        let of_plan = plan.metrics.iter().map(|it| it.name.clone());
        let is_measured = |it: &String| target(now, it, when).is_some();
        let classes = counts.keys().map(|it| format!("{it} completion")).take(10);
        names.extend(has_health.then(|| "Health score".to_owned()));
        names.extend(classes.chain(of_plan.filter(is_measured)));
        let mut seen = BTreeSet::new();
        names.retain(|it| seen.insert(normal(it)));
    }
    names.iter().take(MOST).filter_map(|it| line_of(now, it, &counts, when)).collect()
}

fn line_of(now: &Understood, name: &str, counts: &BTreeMap<String, (usize, usize)>, when: &Target) -> Option<String> {
    let wanted = target(now, name, when);
    let class = class_of(name).and_then(|it| counts.get(&it.to_uppercase()));
    match class {
        Some((done, all)) => {
            let counted = wanted.filter(|(words, _)| words.ends_with('%')).map(|(_, it)| {
                #[expect(clippy::cast_precision_loss, reason = "a plan has few items")]
                let count = (it / 100.0 * *all as f64).round();
                (number(count), count)
            });
            let counted = counted.as_ref().map(|(words, it)| (&**words, *it));
            metric(name, &format!("{done}/{all}"), counted)
        }
        None if is_health(name) => metric(name, "?/100", wanted.as_ref().map(|(words, it)| (&**words, *it))),
        None => metric(name, "?", wanted.as_ref().map(|(words, it)| (&**words, *it))),
    }
}

/// Returns the class of a counter such as "P1 completion".
fn class_of(name: &str) -> Option<&str> {
    let (class, rest) = name.trim().split_once(' ')?;
    let rest = rest.trim().to_lowercase();
    (rest.starts_with("complet") || rest.starts_with("items complete") || rest == "done").then_some(class)
}

/// Counts the items of each class in scope, and those that are done.
fn counts(history: &History) -> BTreeMap<String, (usize, usize)> {
    let mut all: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, task) in history.plan.tasks.iter().enumerate() {
        let state = history.state(at, history.as_of).state;
        let Some(class) = task.priority.as_ref().filter(|_| state != State::Dropped) else { continue };
        let (done, total) = all.entry(class.to_uppercase()).or_default();
        *done += usize::from(state == State::Done);
        *total += 1;
    }
    all
}

/// Returns the target of a metric in the week: that of the phase for health, else that of the week or the next one that has one.
fn target(now: &Understood, name: &str, when: &Target) -> Option<(String, f64)> {
    let plan = &now.history.plan;
    let week = when.week?;
    if is_health(name) {
        let phase = plan.phases.iter().find(|it| it.weeks.is_some_and(|(first, last)| (first..=last).contains(&week)));
        if let Some(it) = phase.and_then(|it| it.health_target.as_ref()) {
            return Some((number(it.value), it.value));
        }
    }
    let metric = plan.metrics.get(metric_named(&now.history, name)?)?;
    let ahead = metric.targets.iter().filter(|it| week <= it.0).min_by_key(|it| it.0).map(|it| &it.1);
    let cell = ahead.or(metric.target.as_ref()).filter(|it| it.kind == CellKind::Number)?;
    Some((cell.text.clone(), cell.value?))
}
