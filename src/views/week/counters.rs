//! What a standup counts, against what is counted here.

use super::scope::Scope;
use crate::analysis::counts_items;
use crate::model::{Phase, StandupMetric, State};
use crate::phrase::{capitalise, number, number_word, rounded};
use crate::views::parts::Src;
use crate::views::wording;
use serde::Serialize;

/// What a standup counts, against what is counted here.
#[derive(Debug, Serialize)]
pub struct Counters {
    /// The finding.
    pub heading: String,
    /// The figures.
    pub rows: Vec<Counter>,
}

/// A figure of a standup.
#[derive(Debug, Serialize)]
pub struct Counter {
    /// Its name.
    pub name: String,
    /// The figure as written.
    pub value: String,
    /// What is counted, or planned; may be empty.
    pub note: String,
    /// Whether the two differ.
    pub differs: bool,
    /// Where it stands.
    pub src: Src,
    #[serde(skip)]
    compared: bool,
}

/// Returns the figures of the week's standups; nothing when they name none.
#[must_use]
pub fn counters(scope: &Scope<'_>) -> Option<Counters> {
    let metrics = scope.standups.iter().flat_map(|it| &it.standup.metrics);
    let rows: Vec<Counter> = metrics.flat_map(|it| counter(scope, it)).collect();
    let compared = rows.iter().filter(|it| it.compared).count();
    let heading = match rows.iter().filter(|it| it.differs).count() {
        _ if rows.is_empty() => return None,
        0 if compared == 0 => "What the standup measured".to_owned(),
        0 => "The standup’s counters agree with the plan".to_owned(),
        1 => "One of the standup’s counters differs from the plan".to_owned(),
        n => format!("{} of the standup’s counters differ from the plan", capitalise(&number_word(n))),
    };
    Some(Counters { heading, rows })
}

fn counter(scope: &Scope<'_>, it: &StandupMetric) -> Vec<Counter> {
    let value = it.of.map_or_else(|| it.value.text.clone(), |of| format!("{}/{}", it.value.text, number(of)));
    let src = scope.desk.src(&it.place);
    let plain = |note: String| Counter {
        name: it.name.clone(),
        value: value.clone(),
        note,
        differs: false,
        src: src.clone(),
        compared: false,
    };
    if let Some((done, total)) = class_count(scope, &it.name) {
        let agrees = agrees(it, done, total);
        let note = format!("counted: {done} of {total}");
        return vec![Counter { differs: !agrees, compared: true, ..plain(note) }];
    }
    if scope.desk.analysis().reported.weeks.iter().any(|week| week.place.as_ref() == Some(&it.place)) {
        let target = phase_target(scope).zip(it.target).map(|((phase, planned), told)| Counter {
            name: format!("{} target", it.name.trim_end_matches(" score")),
            value: number(told),
            note: format!("plan: {} for {phase}", number(planned)),
            differs: 0.05 <= (planned - told).abs(),
            compared: true,
            src: src.clone(),
        });
        return std::iter::once(plain("as reported".to_owned())).chain(target).collect();
    }
    vec![plain(planned_note(scope, it))]
}

/// "plan: <300ms by the end of week 4".
fn planned_note(scope: &Scope<'_>, it: &StandupMetric) -> String {
    let metric = crate::analysis::metric_named(scope.history(), &it.name);
    let metric = metric.and_then(|at| scope.desk.plan().metrics.get(at));
    let Some(metric) = metric else { return String::new() };
    let own = metric.targets.iter().find(|(week, _)| scope.week <= *week);
    match own {
        Some((week, cell)) => format!("plan: {} by the end of week {week}", wording::cell(Some(cell))),
        None => metric.target.as_ref().map_or(String::new(), |it| format!("plan: {}", wording::cell(Some(it)))),
    }
}

/// Returns the items done and all items of the class that a counter's name begins with, or of the whole plan.
fn class_count(scope: &Scope<'_>, name: &str) -> Option<(usize, usize)> {
    let class = counts_items(name)?;
    let asked = |it: &crate::model::Task| {
        let is_it = |class: &String| it.priority.as_ref().is_some_and(|it| it.to_lowercase() == *class);
        class.as_ref().is_none_or(is_it)
    };
    let tasks = scope.tasks(|at, it| asked(it) && scope.state(at).state != State::Dropped);
    let done = tasks.iter().filter(|at| scope.state(**at).state == State::Done).count();
    (!tasks.is_empty()).then_some((done, tasks.len()))
}

#[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
fn agrees(it: &StandupMetric, done: usize, total: usize) -> bool {
    let Some(value) = it.value.value else { return false };
    let same = |a: f64, b: f64| (a - b).abs() < 0.05;
    let percent = it.value.unit.as_deref() == Some("%") || it.of.is_some_and(|of| same(of, 100.0) && total != 100);
    if percent {
        return (rounded(100.0 * done as f64 / total.max(1) as f64, 0) - value.round()).abs() < 1.5;
    }
    same(value, done as f64) && it.of.is_none_or(|of| same(of, total as f64))
}

fn phase_target(scope: &Scope<'_>) -> Option<(String, f64)> {
    let holds = |it: &&Phase| it.weeks.is_some_and(|(first, last)| (first..=last).contains(&scope.week));
    let phase = scope.desk.plan().phases.iter().find(holds)?;
    Some((phase.label_in_sentence(), phase.health_target.as_ref()?.value))
}
