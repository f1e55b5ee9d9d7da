//! Metrics, and what standups measured of them.

use super::trend::{Trend, trend};
use crate::calendar::{Day, Week, short_day, week_or_day};
use crate::history::{DatedStandup, History};
use crate::model::{Comparator, MeasuredValue, Metric, StandupMetric};
use crate::text::Place;
use std::collections::HashMap;

/// A metric of the plan, by its place there, and its measured values.
#[derive(Debug, Clone, Default)]
pub struct MetricReview {
    /// The measured values, oldest first.
    pub actuals: Vec<Actual>,
    /// Whether more is better, as the targets tell: they ask for at least, or grow.
    pub more_is_better: Option<bool>,
    /// Where the values go; nothing where they are few, or no target has a number.
    pub trend: Option<Trend>,
}

/// A measured value.
#[derive(Debug, Clone, PartialEq)]
pub struct Actual {
    /// Its week, where it is known.
    pub week: Option<Week>,
    /// Its day: that of the standup, or that of the measurement.
    pub date: Day,
    /// Who says it.
    pub kind: ActualKind,
    /// The value in the metric's unit; a counter such as "6/8" as percent.
    pub value: f64,
    /// The line.
    pub place: Place,
}

/// Who says a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActualKind {
    /// A standup.
    Standup,
    /// A file that a program wrote; of one day this counts more.
    Measured,
}

impl ActualKind {
    /// Returns the kind's name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standup => "standup",
            Self::Measured => "measured",
        }
    }
}

impl Actual {
    /// Returns who says it, and when: "standup of week 3", "measured on Tue 3 Feb".
    #[must_use]
    pub fn told(&self) -> String {
        match self.kind {
            ActualKind::Standup => format!("standup of {}", week_or_day(self.week, self.date)),
            ActualKind::Measured => format!("measured on {}", short_day(self.date)),
        }
    }
}

/// Finds the values of each metric by its name: in the standups, and in what programs measured. Those in another unit than that of the
/// plan are left out.
#[must_use]
pub fn metrics(history: &History) -> Vec<MetricReview> {
    let mut measured: HashMap<String, Vec<(&DatedStandup, &StandupMetric)>> = HashMap::new();
    for standup in &history.standups {
        for it in &standup.standup.metrics {
            measured.entry(normal(&it.name)).or_default().push((standup, it));
        }
    }
    let mut by_program: HashMap<String, Vec<&MeasuredValue>> = HashMap::new();
    for it in &history.measured {
        by_program.entry(normal(&it.metric)).or_default().push(it);
    }
    let calendar = history.plan.schedule.as_ref().map(|it| &it.calendar);
    let review = |metric: &Metric| {
        let name = normal(&metric.name);
        let of_name = measured.get(&name).map_or(&[][..], Vec::as_slice);
        let mut actuals = actuals(metric, of_name);
        let asked = metric_unit(metric);
        let fits = |it: &&&MeasuredValue| it.unit.as_deref().zip(asked).is_none_or(|(own, asked)| own == asked);
        actuals.extend(by_program.get(&name).into_iter().flatten().filter(fits).map(|it| Actual {
            week: calendar.and_then(|calendar| calendar.week(it.date)),
            date: it.date,
            kind: ActualKind::Measured,
            value: it.value,
            place: it.place.clone(),
        }));
        // Where nothing was measured, the standups stand in their order already.
        actuals.sort_by_key(|it| (it.date, it.kind));
        let more_is_better = direction(metric);
        let trend = carried(metric, of_name, &actuals, more_is_better);
        MetricReview { actuals, more_is_better, trend }
    };
    history.plan.metrics.iter().map(review).collect()
}

/// Returns the metric with a name, by its place in the plan; case and spaces do not matter.
#[must_use]
pub fn metric_named(history: &History, name: &str) -> Option<usize> {
    let name = normal(name);
    history.plan.metrics.iter().position(|it| normal(&it.name) == name)
}

fn actuals(metric: &Metric, measured: &[(&DatedStandup, &StandupMetric)]) -> Vec<Actual> {
    let unit = metric.targets.iter().map(|(_, it)| it).chain(&metric.target).find_map(|it| it.unit.as_deref());
    let actual = |(standup, it): &(&DatedStandup, &StandupMetric)| {
        let value = it.value.value?;
        let value = match it.of {
            // A counter is a share; a score "of 100" already is one.
            Some(of) if unit == Some("%") && 0.0 < of => value / of * 100.0,
            _ => value,
        };
        let (week, date, kind) = (standup.week, standup.date, ActualKind::Standup);
        Some(Actual { week, date, kind, value, place: it.place.clone() })
    };
    measured.iter().filter_map(actual).collect()
}

/// Carries the trend of values to the last target that has a number. Values in a unit of their own tell nothing of it.
fn carried(
    metric: &Metric,
    measured: &[(&DatedStandup, &StandupMetric)],
    actuals: &[Actual],
    more_is_better: Option<bool>,
) -> Option<Trend> {
    let target =
        metric.target.iter().chain(metric.targets.iter().rev().map(|(_, it)| it)).find(|it| it.value.is_some())?;
    let is_other = |it: &StandupMetric| it.of.is_none() && it.value.unit.is_some() && it.value.unit != target.unit;
    if measured.iter().any(|(_, it)| is_other(it)) {
        return None;
    }
    let values: Vec<(Day, f64)> = actuals.iter().map(|it| (it.date, it.value)).collect();
    trend(&values, target.value?, more_is_better?)
}

/// Says whether more is better, as far as comparators, else the way that the values go, tell.
#[must_use]
pub fn direction(metric: &Metric) -> Option<bool> {
    let signs = metric.target.iter().chain(metric.targets.iter().map(|(_, it)| it)).filter_map(|it| it.comparator);
    let by_sign = signs.map(|it| matches!(it, Comparator::AtLeast | Comparator::Greater)).next();
    let values = || metric.current.iter().chain(metric.targets.iter().map(|(_, it)| it)).filter_map(|it| it.value);
    let by_values = values().next().zip(values().next_back()).filter(|(first, last)| (first - last).abs() > 1e-9);
    by_sign.or(by_values.map(|(first, last)| first < last))
}

/// Returns the unit of a metric: that of its target, else of its last weekly target in numbers, else of its start.
#[must_use]
pub fn metric_unit(metric: &Metric) -> Option<&str> {
    let cells = metric.target.iter().chain(metric.targets.iter().rev().map(|(_, it)| it)).chain(&metric.current);
    cells.filter(|it| it.value.is_some()).map(|it| it.unit.as_deref()).next().flatten()
}

/// Returns a name without case and with single spaces.
#[must_use]
pub fn normal(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
