//! Metrics, and what standups measured of them.

use super::trend::{Trend, trend};
use crate::calendar::{Day, Week, short_day, week_or_day};
use crate::history::History;
use crate::model::{Cell, Comparator, Metric, currency, in_unit, is_known_unit};
use crate::phrase::normal;
use crate::text::Place;
use std::collections::HashMap;

/// A metric of the plan, by its place there, and its measured values.
#[derive(Debug, Clone, Default)]
pub struct MetricReview {
    /// The measured values in the metric's unit, oldest first.
    pub actuals: Vec<Actual>,
    /// Those in a unit that does not convert into the metric's; they count for nothing.
    pub others: Vec<Actual>,
    /// Whether more is better, as the targets tell: they ask for at least, or grow.
    pub more_is_better: Option<bool>,
    /// Where the values go; nothing where they are few, or no target has a number.
    pub trend: Option<Trend>,
}

impl MetricReview {
    /// Returns the latest value, whatever its unit.
    #[must_use]
    pub fn last(&self) -> Option<&Actual> {
        let order = |it: &&Actual| (it.date, it.kind);
        self.actuals.last().into_iter().chain(self.others.last()).max_by_key(order)
    }
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
    /// The value in the metric's unit, a counter such as "6/8" as percent; as written where its own unit does not convert.
    pub value: f64,
    /// The value as written.
    pub own: f64,
    /// The unit that is written with it.
    pub unit: Option<String>,
    /// The second number of a counter.
    pub of: Option<f64>,
    /// The line.
    pub place: Place,
}

impl Actual {
    /// Returns the value in a unit; `usual` is that of the metric, which a value without a unit has.
    #[must_use]
    pub fn in_unit(&self, asked: Option<&str>, usual: Option<&str>) -> Option<f64> {
        match self.of {
            // A counter is a share; a score "of 100" already is one.
            Some(of) if asked == Some("%") && 0.0 < of => Some(self.own / of * 100.0),
            _ => in_unit(self.own, self.unit.as_deref().or(usual), asked),
        }
        .filter(|it| it.is_finite())
    }
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

/// Finds the values of each metric by its name: in the standups, and in what programs measured. Those in a unit that does not convert
/// into that of the plan stand apart.
#[must_use]
pub fn metrics(history: &History) -> Vec<MetricReview> {
    let calendar = history.plan.schedule.as_ref().map(|it| &it.calendar);
    let mut told: HashMap<String, Vec<Actual>> = HashMap::new();
    for standup in &history.standups {
        for it in &standup.standup.metrics {
            let Some(own) = it.value.value else { continue };
            told.entry(normal(&it.name)).or_default().push(Actual {
                week: standup.week,
                date: standup.date,
                kind: ActualKind::Standup,
                value: own,
                own,
                unit: it.value.unit.clone(),
                of: it.of,
                place: it.place.clone(),
            });
        }
    }
    for it in &history.measured {
        told.entry(normal(&it.metric)).or_default().push(Actual {
            week: calendar.and_then(|calendar| calendar.week(it.date)),
            date: it.date,
            kind: ActualKind::Measured,
            value: it.value,
            own: it.value,
            unit: it.unit.clone(),
            of: None,
            place: it.place.clone(),
        });
    }
    let review = |metric: &Metric| {
        let unit = metric_unit(metric);
        let of_name = told.get(&normal(&metric.name)).map_or(&[][..], Vec::as_slice);
        let (mut actuals, mut others) = (Vec::new(), Vec::new());
        for it in of_name {
            match it.in_unit(unit, unit) {
                Some(value) => actuals.push(Actual { value, ..it.clone() }),
                None => others.push(it.clone()),
            }
        }
        // Where nothing was measured, the standups stand in their order already.
        actuals.sort_by_key(|it| (it.date, it.kind));
        others.sort_by_key(|it| (it.date, it.kind));
        let more_is_better = direction(metric);
        let trend = carried(metric, &actuals, more_is_better);
        MetricReview { actuals, others, more_is_better, trend }
    };
    history.plan.metrics.iter().map(review).collect()
}

/// Returns the metric with a name, by its place in the plan; case and spaces do not matter.
#[must_use]
pub fn metric_named(history: &History, name: &str) -> Option<usize> {
    let name = normal(name);
    history.plan.metrics.iter().position(|it| normal(&it.name) == name)
}

/// Carries the trend of values to the last target that has a number.
fn carried(metric: &Metric, actuals: &[Actual], more_is_better: Option<bool>) -> Option<Trend> {
    let mut cells = metric.target.iter().chain(metric.targets.iter().rev().map(|(_, it)| it));
    let target = cells.find_map(|it| metric_number(metric, it))?;
    let values: Vec<(Day, f64)> = actuals.iter().map(|it| (it.date, it.value)).collect();
    trend(&values, target, more_is_better?)
}

/// Says whether more is better, as far as comparators, else the way that the values go, tell.
#[must_use]
pub fn direction(metric: &Metric) -> Option<bool> {
    let signs = metric.target.iter().chain(metric.targets.iter().map(|(_, it)| it)).filter_map(|it| it.comparator);
    let by_sign = signs.map(|it| matches!(it, Comparator::AtLeast | Comparator::Greater)).next();
    let cells = || metric.current.iter().chain(metric.targets.iter().map(|(_, it)| it)).chain(&metric.target);
    let values = || cells().filter_map(|it| metric_number(metric, it));
    let by_values = values().next().zip(values().next_back()).filter(|(first, last)| (first - last).abs() > 1e-9);
    by_sign.or(by_values.map(|(first, last)| first < last))
}

/// Returns the unit of a metric: that of its target, else of its last weekly target that has one, else of its start, else the one in
/// brackets behind its name, as in "Response time (ms)".
#[must_use]
pub fn metric_unit(metric: &Metric) -> Option<&str> {
    let cells = metric.target.iter().chain(metric.targets.iter().rev().map(|(_, it)| it)).chain(&metric.current);
    let of_cells = cells.filter(|it| it.value.is_some()).find_map(|it| it.unit.as_deref());
    of_cells.or_else(|| bracket_unit(&metric.name).map(|(_, it)| currency(it).unwrap_or(it)))
}

/// Parts "Response time (ms)" at its unit; nothing where no known one stands in brackets behind a name.
#[must_use]
pub fn bracket_unit(name: &str) -> Option<(&str, &str)> {
    let (name, inside) = name.trim_end().strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
    Some((name.trim_end(), inside.trim())).filter(|(_, it)| !it.is_empty() && is_known_unit(it))
}

/// Returns the number of a metric's cell in the metric's unit; nothing where its own does not convert.
#[must_use]
pub fn metric_number(metric: &Metric, cell: &Cell) -> Option<f64> {
    in_unit(cell.value?, cell.unit.as_deref(), metric_unit(metric)).filter(|it| it.is_finite())
}
