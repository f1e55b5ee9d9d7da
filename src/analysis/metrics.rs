//! Metrics, and what standups measured of them.

use crate::calendar::{Day, Week};
use crate::history::History;
use crate::model::{Comparator, Metric};
use crate::text::Place;

/// A metric of the plan, by its place there, and its measured values.
#[derive(Debug, Clone, Default)]
pub struct MetricReview {
    /// The measured values, oldest first.
    pub actuals: Vec<Actual>,
    /// Whether more is better, as the targets tell: they ask for at least, or grow.
    pub more_is_better: Option<bool>,
}

/// A measured value.
#[derive(Debug, Clone, PartialEq)]
pub struct Actual {
    /// The standup's week.
    pub week: Week,
    /// The standup's day.
    pub date: Day,
    /// The value in the metric's unit; a counter such as "6/8" as percent.
    pub value: f64,
    /// The line.
    pub place: Place,
}

/// Finds the measured values of each metric in the standups by its name.
#[must_use]
pub fn metrics(history: &History) -> Vec<MetricReview> {
    let review =
        |metric: &Metric| MetricReview { actuals: actuals(metric, history), more_is_better: direction(metric) };
    history.plan.metrics.iter().map(review).collect()
}

/// Returns the metric with a name, by its place in the plan; case and spaces do not matter.
#[must_use]
pub fn metric_named(history: &History, name: &str) -> Option<usize> {
    let name = normal(name);
    history.plan.metrics.iter().position(|it| normal(&it.name) == name)
}

fn actuals(metric: &Metric, history: &History) -> Vec<Actual> {
    let name = normal(&metric.name);
    let unit = metric.targets.iter().map(|(_, it)| it).chain(&metric.target).find_map(|it| it.unit.as_deref());
    let mut actuals: Vec<Actual> = Vec::new();
    for it in &history.standups {
        for measured in it.standup.metrics.iter().filter(|it| normal(&it.name) == name) {
            let Some(value) = measured.value.value else { continue };
            let value = match measured.of {
                // A counter is a share; a score "of 100" already is one.
                Some(of) if unit == Some("%") && 0.0 < of => value / of * 100.0,
                _ => value,
            };
            actuals.push(Actual { week: it.standup.week, date: it.date, value, place: measured.place.clone() });
        }
    }
    actuals
}

fn direction(metric: &Metric) -> Option<bool> {
    let signs = metric.target.iter().chain(metric.targets.iter().map(|(_, it)| it)).filter_map(|it| it.comparator);
    let by_sign = signs.map(|it| matches!(it, Comparator::AtLeast | Comparator::Greater)).next();
    let values = || metric.current.iter().chain(metric.targets.iter().map(|(_, it)| it)).filter_map(|it| it.value);
    let by_values = values().next().zip(values().next_back()).filter(|(first, last)| (first - last).abs() > 1e-9);
    by_sign.or(by_values.map(|(first, last)| first < last))
}

/// Returns a name without case and with single spaces.
pub fn normal(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
