//! Criteria that are judged by a measured value.

use super::{Class, CriterionState, Facts, Finding};
use crate::analysis::metrics::{Actual, MetricReview, metric_unit};
use crate::analysis::words::{akin, words};
use crate::calendar::in_week_or_on_day;
use crate::model::{Cell, Comparator, Gate, Metric, with_unit};
use crate::phrase;
use crate::phrase::normal;
use crate::reading::leading;

/// A measured value counts for this many days.
const FRESH_DAYS: i64 = 7;

/// What a criterion asks of a metric: the metric's place in the plan, and the value.
struct Asked {
    metric: usize,
    value: Cell,
}

/// Judges "Health score ≥ 83/100" by its sign, and "All containers healthy" by a metric's name in its words.
pub fn metric(text: &str, gate: &Gate, facts: &Facts<'_>) -> Option<Finding> {
    judged(&with_sign(text, facts).or_else(|| by_name(text, gate, facts))?, facts)
}

/// Judges a criterion that names a metric and the value it asks for, and nothing else.
pub fn explicit(text: &str, facts: &Facts<'_>) -> Option<Finding> {
    judged(&with_sign(text, facts)?, facts)
}

fn judged(asked: &Asked, facts: &Facts<'_>) -> Option<Finding> {
    let metric = facts.history.plan.metrics.get(asked.metric)?;
    let review = facts.metrics.get(asked.metric);
    let last = review.and_then(MetricReview::last);
    let usual = metric_unit(metric);
    let unit = asked.value.unit.as_deref().or(usual);
    let target = asked.value.value?;
    let comparator = asked.value.comparator.unwrap_or(default_comparator(review));
    let written = |it: &Actual| with_unit(&phrase::figure(it.own), it.unit.as_deref().or(usual));
    let (state, measured, evidence, missing) = match last.map(|it| (it, it.in_unit(unit, usual))) {
        None => {
            let evidence = format!("no standup reports {}", metric.name);
            (CriterionState::Unknown, String::new(), evidence, "A reported value, or a sign-off".to_owned())
        }
        Some((it, None)) => {
            let evidence = format!("{}, in a unit that cannot be held against {}", it.told(), asked.value.text);
            let missing = unit.map_or("A value without a unit".to_owned(), |it| format!("A value in {it}"));
            (CriterionState::Unknown, written(it), evidence, missing)
        }
        Some((it, Some(value))) => {
            let show = with_unit(&phrase::figure_beside(value, target), unit);
            let days = (facts.history.as_of - it.date).num_days();
            // Values that differ by less than any figure tells are the same.
            let near = phrase::significant(value, 12);
            if FRESH_DAYS < days {
                let when = in_week_or_on_day(it.week, it.date);
                let evidence = format!("last reported {when}, more than {FRESH_DAYS} days ago");
                (CriterionState::Unknown, show, evidence, "A recent value".to_owned())
            } else if comparator.holds(near, target) {
                (CriterionState::Met, show, it.told(), String::new())
            } else {
                let gap = (value - target).abs();
                let missing = if gap < 1e-9 { "More than that".to_owned() } else { gap_words(gap, unit) };
                (CriterionState::NotMet, show, it.told(), missing)
            }
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

fn gap_words(gap: f64, unit: Option<&str>) -> String {
    let figure = phrase::figure(gap);
    match unit {
        None => format!("{figure} point{}", if figure == "1" { "" } else { "s" }),
        Some("%") => format!("{figure} percentage point{}", if figure == "1" { "" } else { "s" }),
        unit => with_unit(&figure, unit),
    }
}

fn default_comparator(review: Option<&MetricReview>) -> Comparator {
    match review.and_then(|it| it.more_is_better) {
        Some(false) => Comparator::AtMost,
        _ => Comparator::AtLeast,
    }
}

/// Words that compare, as signs do.
const COMPARING: [(&str, Comparator); 14] = [
    ("no less than ", Comparator::AtLeast),
    ("no more than ", Comparator::AtMost),
    ("not more than ", Comparator::AtMost),
    ("at least ", Comparator::AtLeast),
    ("at most ", Comparator::AtMost),
    ("less than ", Comparator::Less),
    ("fewer than ", Comparator::Less),
    ("more than ", Comparator::Greater),
    ("up to ", Comparator::AtMost),
    ("within ", Comparator::AtMost),
    ("below ", Comparator::Less),
    ("under ", Comparator::Less),
    ("above ", Comparator::Greater),
    ("over ", Comparator::Greater),
];

/// Returns the name and the value of a text that compares once: "Latency < 500 ms", "Latency is below 500 ms".
fn compared(text: &str) -> Option<(&str, Cell)> {
    const SIGNS: [char; 4] = ['≥', '≤', '<', '>'];
    if let Some(at) = text.find(SIGNS) {
        let (name, asked) = text.split_at_checked(at)?;
        // What compares twice is understood by people alone.
        let is_one = asked.trim_start_matches(SIGNS).find(SIGNS).is_none();
        return leading(asked).filter(|_| is_one).map(|(it, _)| (name, it));
    }
    let lower = text.to_ascii_lowercase();
    let found = |(words, comparator): &(&str, Comparator)| {
        let at = lower.find(words)?;
        let (name, behind) = (text.get(..at)?, text.get(at + words.len()..)?);
        let is_word = name.chars().next_back().is_none_or(|it| !it.is_alphanumeric());
        let (value, _) = leading(behind).filter(|(it, _)| is_word && it.comparator.is_none())?;
        Some((name, Cell { comparator: Some(*comparator), text: format!("{words}{}", value.text), ..value }))
    };
    COMPARING.iter().find_map(found)
}

fn with_sign(text: &str, facts: &Facts<'_>) -> Option<Asked> {
    let (name, value) = compared(text)?;
    let name = name.trim_end_matches(|it: char| it.is_whitespace() || matches!(it, ':' | '-' | '–' | '—'));
    let exact = facts.metric_names.get(&normal(name)).copied();
    let said: Vec<String> = words(name).collect();
    let metric = exact.or_else(|| named(&said, facts))?;
    Some(Asked { metric, value })
}

/// Returns the metric whose name some words hold, the longest of several.
fn named(said: &[String], facts: &Facts<'_>) -> Option<usize> {
    let names = |it: &Vec<String>| !it.is_empty() && it.iter().all(|word| said.iter().any(|it| akin(it, word)));
    let found = facts.metric_matter.iter().enumerate().filter(|(_, it)| names(it));
    found.rev().max_by_key(|(_, it)| it.len()).map(|(at, _)| at)
}

/// Words that name service levels, as "SLA" does without naming one.
const SERVICE_LEVELS: [&str; 6] = ["uptime", "availability", "latency", "response", "p95", "p99"];

fn by_name(text: &str, gate: &Gate, facts: &Facts<'_>) -> Option<Asked> {
    // A value of its own that was not understood is not the planned one.
    if compared(text).is_some() || text.contains(['≥', '≤', '<', '>']) {
        return None;
    }
    let said: Vec<String> = words(text).collect();
    if said.first().is_some_and(|it| it == "no") {
        return None;
    }
    let metrics = &facts.history.plan.metrics;
    let level = || {
        let is_level = |it: &Metric| words(&it.name).any(|word| SERVICE_LEVELS.contains(&word.as_str()));
        let asks = said.iter().any(|it| it == "sla" || it == "slo");
        metrics.iter().rposition(|it| asks && is_level(it))
    };
    let at = named(&said, facts).or_else(level)?;
    let metric = metrics.get(at)?;
    if let Some(value) = own_value(text) {
        return Some(Asked { metric: at, value });
    }
    let phase = gate.phase.and_then(|it| facts.history.plan.phases.get(it));
    let last_week = phase.and_then(|it| it.weeks).map(|(_, last)| last);
    let planned = metric.targets.iter().rfind(|(week, _)| last_week.is_none_or(|last| *week <= last));
    let cell = planned.map(|(_, it)| it).or(metric.target.as_ref())?.clone();
    Some(Asked { metric: at, value: cell })
}

/// Returns a value that a text names without comparing: "Test coverage 80%", "Health score 85+".
fn own_value(text: &str) -> Option<Cell> {
    let starts = text.char_indices().filter(|(at, it)| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        before.is_none_or(char::is_whitespace) && !it.is_alphabetic()
    });
    let says = |it: &Cell| it.comparator.is_some() || it.unit.is_some();
    starts.take(MOST_STARTS).find_map(|(at, _)| leading(text.get(at..)?).map(|it| it.0).filter(says))
}

/// Words of a criterion beyond this many are not looked at for a value.
const MOST_STARTS: usize = 30;
