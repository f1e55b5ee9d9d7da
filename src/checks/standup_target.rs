//! `standup-target`: a standup that measures itself against another target than the plan's.

use super::{Rule, Subject};
use crate::analysis::is_health;
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{CellKind, Metric, Phase, StandupMetric};
use crate::phrase::normal;
use crate::phrase::number;
use crate::text::{Place, Span};
use std::collections::BTreeMap;

/// Complains once about each target of the plan and each other one that standups name in its stead.
pub const RULE: Rule = Rule {
    name: "standup-target",
    severity: Severity::Warning,
    what: "A standup names a target that is not the plan's for that week.",
    why: "The week is judged by the target in the standup, so it looks better or worse than the plan has it.",
    bad: "| Phase | Duration | Health Score Target |\n|---|---|---|\n| Phase 1 | Week 1-2 | 80/100 |\n\n## Week 1 Standup\n\n### Metrics\n- Health score: 79/100 (target: 78)",
    good: "| Phase | Duration | Health Score Target |\n|---|---|---|\n| Phase 1 | Week 1-2 | 80/100 |\n\n## Week 1 Standup\n\n### Metrics\n- Health score: 79/100 (target: 80)",
    check,
};

/// A target of the plan.
struct Planned {
    value: f64,
    /// The value as the plan has it.
    words: String,
    /// What it is the target of.
    what: String,
    /// The last target, which a standup may name in every week.
    last: Option<f64>,
    is_share: bool,
    place: Place,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    // Of the rows with one name the first counts.
    let metrics = subject.plan().metrics.iter().rev();
    let metrics: BTreeMap<String, &Metric> = metrics.map(|it| (normal(&it.name), it)).collect();
    let mut said: BTreeMap<(Span, u64), Diagnostic> = BTreeMap::new();
    for it in &subject.history.standups {
        for line in &it.standup.metrics {
            let Some(target) = line.target else { continue };
            let name = normal(&line.name);
            let is_health = is_health(&name);
            let of_phase = if is_health { of_phase(&subject.plan().phases, it.week) } else { None };
            let of_metric = || metrics.get(&name).and_then(|metric| of_metric(subject, metric, it.week));
            let Some(mut planned) = of_phase.or_else(of_metric) else { continue };
            if is_health {
                planned.last = None;
            }
            if agree(line, target, &planned) {
                continue;
            }
            let (words, place) = words(subject, line, target);
            let complaint = || complain(line, &it.when(), &words, &place, &planned);
            said.entry((planned.place.span, target.to_bits()))
                .and_modify(|it| {
                    it.push_again(&place, "and here");
                })
                .or_insert_with(complaint);
        }
    }
    found.extend(said.into_values());
}

fn of_phase(phases: &[Phase], week: Option<Week>) -> Option<Planned> {
    let week = week?;
    let phase = phases.iter().find(|it| it.weeks.is_some_and(|(first, last)| (first..=last).contains(&week)))?;
    let target = phase.health_target.as_ref()?;
    Some(Planned {
        value: target.value,
        words: number(target.value),
        what: format!("the target of phase {}", phase.number),
        last: None,
        is_share: false,
        place: target.place.clone(),
    })
}

fn of_metric(subject: &Subject<'_>, metric: &Metric, week: Option<Week>) -> Option<Planned> {
    let targets = || metric.targets.iter();
    let ahead = targets()
        .filter(|it| week.is_some_and(|week| week <= it.0))
        .min_by_key(|it| it.0)
        .map(|(at, it)| (Some(*at), it));
    let goal = metric.target.as_ref().map(|it| (None, it));
    let latest = || targets().max_by_key(|it| it.0).map(|(at, it)| (Some(*at), it));
    let (at, cell) = ahead.or(goal).or_else(latest)?;
    Some(Planned {
        value: cell.value.filter(|_| cell.kind == CellKind::Number)?,
        words: cell.text.clone(),
        what: at.map_or_else(|| "the target".to_owned(), |it| format!("the target of week {it}")),
        last: metric.target.as_ref().and_then(|it| it.value),
        is_share: cell.unit.as_deref() == Some("%"),
        place: subject.cell(cell),
    })
}

fn agree(line: &StandupMetric, target: f64, planned: &Planned) -> bool {
    // "P2 completion: 2/11 (target: 7)" counts what the plan gives as a share, 64%.
    let counted = |it: f64| line.of.filter(|_| planned.is_share).map(|of| (it / 100.0 * of).round());
    let same = |it: f64| (it - target).abs() <= 1e-9 || counted(it).is_some_and(|it| it == target);
    same(planned.value) || planned.last.is_some_and(same)
}

/// Returns the target as the standup writes it, and where it does.
fn words(subject: &Subject<'_>, line: &StandupMetric, target: f64) -> (String, Place) {
    let text = subject.file(&line.place).map_or("", |it| it.slice(line.place.span));
    let inside = text.rsplit_once('(').map_or("", |(_, it)| it.trim_end().trim_end_matches(')'));
    match inside.split_once(':') {
        Some((_, it)) => (it.trim().to_owned(), subject.words_in(&line.place, inside)),
        None => (number(target), line.place.clone()),
    }
}

fn complain(line: &StandupMetric, when: &str, words: &str, place: &Place, planned: &Planned) -> Diagnostic {
    let message =
        format!("the standup of {when} has {words} as the target of \"{}\", the plan has {}", line.name, planned.words);
    let it = RULE.at(place, message).label(format!("{} in the plan", planned.words));
    let it = it.related(&planned.place, &planned.what);
    it.help(format!("write (target: {}), or change the target in the plan", planned.words))
}
