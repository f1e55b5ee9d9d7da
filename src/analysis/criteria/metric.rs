//! Criteria that are judged by a measured value.

use super::{Class, CriterionState, Facts, Finding};
use crate::analysis::metrics::{MetricReview, normal};
use crate::analysis::words::{akin, words};
use crate::calendar::in_week_or_on_day;
use crate::model::{Cell, Comparator, Gate, Metric};
use crate::phrase;
use crate::reading::cell;

/// A measured value counts for this many days.
const FRESH_DAYS: i64 = 7;

/// Reads "Health score ≥ 83/100" by its sign, and "All containers healthy" by a metric's name in its words.
pub fn metric(text: &str, gate: &Gate, facts: &Facts<'_>) -> Option<Finding> {
    let (at, asked) = with_sign(text, facts).or_else(|| by_name(text, gate, facts))?;
    let metric = facts.history.plan.metrics.get(at)?;
    let last = facts.metrics.get(at).and_then(|it| it.actuals.last());
    let fresh = last.filter(|it| (facts.history.as_of - it.date).num_days() <= FRESH_DAYS);
    let unit = asked.unit.as_deref().or_else(|| metric.target.as_ref()?.unit.as_deref()).unwrap_or_default();
    let show = |value: f64| format!("{}{}", phrase::number(value), unit_suffix(unit));
    let target = asked.value?;
    let comparator = asked.comparator.unwrap_or(default_comparator(facts.metrics.get(at)));
    let (state, measured, evidence, missing) = match (fresh, last) {
        (Some(it), _) if comparator.holds(it.value, target) => {
            (CriterionState::Met, show(it.value), it.told(), String::new())
        }
        (Some(it), _) => {
            let gap = (it.value - target).abs();
            let missing = if gap < 1e-9 { "More than that".to_owned() } else { gap_words(gap, unit) };
            (CriterionState::NotMet, show(it.value), it.told(), missing)
        }
        (None, Some(it)) => {
            let evidence =
                format!("last reported {}, more than {FRESH_DAYS} days ago", in_week_or_on_day(it.week, it.date));
            (CriterionState::Unknown, show(it.value), evidence, "A recent value".to_owned())
        }
        (None, None) => {
            let evidence = format!("no standup reports {}", metric.name);
            (CriterionState::Unknown, String::new(), evidence, "A reported value, or a sign-off".to_owned())
        }
    };
    Some(Finding {
        class: Class::Metric,
        state,
        measured,
        evidence,
        missing,
        place: last.map(|it| it.place.clone()),
        tasks: Vec::new(),
        off_plan: None,
    })
}

fn gap_words(gap: f64, unit: &str) -> String {
    match unit {
        "" => phrase::count(0, "point")
            .replacen('0', &phrase::number(gap), 1)
            .replace(" points", if (gap - 1.0).abs() < 1e-9 { " point" } else { " points" }),
        "%" => format!("{} percentage points", phrase::number(gap)),
        unit => format!("{}{}", phrase::number(gap), unit_suffix(unit)),
    }
}

/// Returns a unit as it stands behind a number.
fn unit_suffix(unit: &str) -> String {
    match unit.strip_prefix("per_") {
        Some(it) => format!("/{it}"),
        None if unit.is_empty() || unit == "%" => unit.to_owned(),
        None => format!(" {unit}"),
    }
}

fn default_comparator(review: Option<&MetricReview>) -> Comparator {
    match review.and_then(|it| it.more_is_better) {
        Some(false) => Comparator::AtMost,
        _ => Comparator::AtLeast,
    }
}

fn with_sign(text: &str, facts: &Facts<'_>) -> Option<(usize, Cell)> {
    let at = text.find(['≥', '≤', '<', '>'])?;
    let (name, asked) = text.split_at_checked(at)?;
    let name = normal(name);
    let asked = asked.split_whitespace().take(2).collect::<Vec<_>>().join("");
    let cell = cell(&asked);
    let metric = *facts.metric_names.get(&name)?;
    cell.value.is_some().then_some((metric, cell))
}

/// Words that name service levels, as "SLA" does without naming one.
const SERVICE_LEVELS: [&str; 6] = ["uptime", "availability", "latency", "response", "p95", "p99"];

fn by_name(text: &str, gate: &Gate, facts: &Facts<'_>) -> Option<(usize, Cell)> {
    let said: Vec<String> = words(text).collect();
    if said.first().is_some_and(|it| it == "no") {
        return None;
    }
    let metrics = &facts.history.plan.metrics;
    let names = |it: &Vec<String>| !it.is_empty() && it.iter().all(|word| said.iter().any(|it| akin(it, word)));
    let named = facts.metric_matter.iter().position(names);
    let level = || {
        let is_level = |it: &Metric| words(&it.name).any(|word| SERVICE_LEVELS.contains(&word.as_str()));
        let asks = said.iter().any(|it| it == "sla" || it == "slo");
        metrics.iter().rposition(|it| asks && is_level(it))
    };
    let at = named.or_else(level)?;
    let metric = metrics.get(at)?;
    let phase = gate.phase.and_then(|it| facts.history.plan.phases.get(it));
    let last_week = phase.and_then(|it| it.weeks).map(|(_, last)| last);
    let planned = metric.targets.iter().rfind(|(week, _)| last_week.is_none_or(|last| *week <= last));
    let cell = planned.map(|(_, it)| it).or(metric.target.as_ref())?.clone();
    Some((at, cell))
}
