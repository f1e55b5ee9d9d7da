//! One metric against its weekly targets: what can be drawn of it, and its reading in a sentence.

use super::Desk;
use super::charts::{Chart, DataTable, Figure, Look, MetricChart};
use super::wording;
use crate::analysis::{MetricReview, is_health, metric_number, metric_unit};
use crate::calendar::{Week, in_week_or_on_day};
use crate::model::{Cell, Comparator, Metric, currency_before};
use crate::phrase;

/// Values that differ by less are the same.
const SAME: f64 = 1e-9;

/// A target and when it is to be reached: by the end of a week, or with the plan.
type Due<'a> = (Option<Week>, &'a Cell);

/// A metric with what was measured of it.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// The metric.
    pub metric: &'a Metric,
    /// Its measured values.
    pub review: &'a MetricReview,
}

impl<'a> Measured<'a> {
    /// Returns a metric by its place in the plan.
    #[must_use]
    pub fn of(desk: &Desk<'a>, at: usize) -> Option<Self> {
        Some(Self { metric: desk.plan().metrics.get(at)?, review: desk.analysis().metrics.get(at)? })
    }

    /// Returns the unit of the metric: that of its target, else of its last weekly target in numbers, else of its start.
    #[must_use]
    pub fn unit(&self) -> Option<&'a str> {
        metric_unit(self.metric)
    }

    /// Returns a cell's number in the metric's unit; nothing where its own does not convert.
    #[must_use]
    pub fn number(&self, cell: &Cell) -> Option<f64> {
        metric_number(self.metric, cell)
    }

    /// Says whether a value meets a target: by its sign, else by the direction of the targets.
    #[must_use]
    pub fn meets(&self, value: f64, target: &Cell) -> Option<bool> {
        let asked = self.number(target)?;
        let sign = target.comparator.unwrap_or(if self.falls() { Comparator::AtMost } else { Comparator::AtLeast });
        // A share such as 7 of 11 is a long fraction, its target a rounded one.
        let is_rounded = target.comparator.is_none() && phrase::is_long(value) && (value - asked).abs() < 0.05;
        let value = if is_rounded { asked } else { phrase::significant(value, 12) };
        Some(sign.holds(value, asked))
    }

    fn falls(&self) -> bool {
        self.review.more_is_better == Some(false)
    }

    /// Returns the next weekly target in numbers, in a week or after it, else the last before it, else the one for the whole plan.
    fn target_for(&self, week: Option<Week>) -> Option<Due<'a>> {
        let all = self.metric.targets.iter().filter(|(_, it)| self.number(it).is_some());
        let targets = || all.clone().map(|(week, it)| (Some(*week), it));
        let whole = || self.metric.target.as_ref().filter(|it| self.number(it).is_some()).map(|it| (None, it));
        targets().find(|(it, _)| week.is_some() && week <= *it).or_else(|| targets().next_back()).or_else(whole)
    }

    /// Returns how the last measured value stands: bad when a target that is due is missed, good when the next is met.
    #[must_use]
    pub fn look(&self, desk: &Desk<'a>) -> Look {
        let Some(last) = self.review.actuals.last() else { return Look::Plain };
        // Health is held against the target of its phase, here as on the dashboard.
        if let Some(rag) = desk.analysis().reported.rag.filter(|_| is_health(&self.metric.name)) {
            return wording::look(Some(rag));
        }
        let weeks = desk.plan().schedule.as_ref().map(|it| it.weeks);
        let due = self.metric.targets.iter().rfind(|(week, it)| Some(*week) <= last.week && self.number(it).is_some());
        let due = due.map(|(_, it)| it);
        // What is asked of the whole plan is due when that ends.
        let next = self.target_for(last.week);
        let whole = next.filter(|(week, _)| week.is_none() && weeks.is_some() && weeks <= last.week).map(|it| it.1);
        if due.or(whole).is_some_and(|it| self.meets(last.value, it) == Some(false)) {
            return Look::Bad;
        }
        let next = next.and_then(|(_, it)| self.meets(last.value, it));
        if next == Some(true) { Look::Ok } else { Look::Plain }
    }

    /// Returns the reading: "Health Score is 81 in week 3, 2 short of 83 for week 4".
    #[must_use]
    pub fn reading(&self, desk: &Desk<'a>) -> String {
        let name = &self.metric.name;
        let unit = self.unit();
        let Some(last) = self.review.actuals.last() else { return self.unreported(desk) };
        let verb =
            if desk.analysis().data_week.zip(last.week).is_some_and(|(it, last)| last < it) { "was" } else { "is" };
        let when = in_week_or_on_day(last.week, last.date);
        let target = self.target_for(last.week).and_then(|(week, it)| Some((week, it, self.number(it)?)));
        let Some((week, target, asked)) = target else {
            let start = format!("{name} {verb} {} {when}", wording::measure(last.value, unit));
            return match self.metric.target.as_ref().filter(|it| it.value.is_some()) {
                Some(it) => format!("{start}; its target, {}, cannot be compared with it", in_words(it, unit)),
                None => format!("{start}; the plan sets no target in its unit"),
            };
        };
        let start = format!("{name} {verb} {} {when}", wording::measure_beside(last.value, asked, unit));
        let gap = (last.value - asked).abs();
        let by = match unit {
            Some("%") => format!("{} point{}", phrase::figure(gap), if phrase::figure(gap) == "1" { "" } else { "s" }),
            unit => wording::measure(gap, unit),
        };
        let due = match week {
            Some(week) if Some(week) < last.week => format!(" due in week {week}"),
            Some(week) => format!(" for week {week}"),
            None => String::new(),
        };
        let target_words = in_words(target, unit);
        // A target of the whole plan is written with its sign: no week tells that it is one.
        let own = || if week.is_some() { wording::measure(asked, unit) } else { format!("the target, {target_words}") };
        match self.meets(last.value, target) {
            Some(true) if week.is_none() => format!("{start}, which meets the target, {target_words}"),
            Some(true) => format!("{start}, which meets {target_words}{due}"),
            _ if gap < SAME => format!("{start}, which does not meet {target_words}{due}"),
            _ if last.value < asked => format!("{start}, {by} short of {}{due}", own()),
            _ => format!("{start}, {by} above {}{due}", own()),
        }
    }

    /// Returns what is counted of a metric that counts items of the plan: "1 of 6".
    #[must_use]
    pub fn counted(&self, desk: &Desk<'a>) -> Option<String> {
        let (done, total) = desk.analysis().progress.counted(&self.metric.name)?;
        Some(format!("{done} of {total}"))
    }

    fn unreported(&self, desk: &Desk<'a>) -> String {
        let name = &self.metric.name;
        let is_counted = self.counted(desk).is_some();
        let current = self.metric.current.as_ref().filter(|it| it.value.is_some() && !is_counted);
        let start = match current {
            Some(it) => {
                format!("{name} was {} at the start and has not been reported since", in_words(it, self.unit()))
            }
            None => match self.counted(desk) {
                Some(counted) => format!("{name} is {counted} as counted, not reported"),
                None => format!("{name} has not been reported"),
            },
        };
        let start = match (self.review.others.last(), self.unit()) {
            (Some(other), unit) => {
                let asked = unit.map_or("has no unit".to_owned(), |it| format!("has it in {it}"));
                let value = wording::measure(other.own, other.unit.as_deref());
                let when = in_week_or_on_day(other.week, other.date);
                format!("{name} was reported as {value} {when}, which does not count: the plan {asked}")
            }
            (None, _) => start,
        };
        let now = desk.analysis().this_week.unwrap_or(1);
        // A target of nothing asks for nothing: the first that does is the one to know.
        let asks = |week: Week, it: &Cell| now <= week && it.value.is_some_and(|it| it != 0.0 || self.falls());
        let next = self.metric.targets.iter().find(|(week, it)| asks(*week, it)).map(|(week, it)| (Some(*week), it));
        let target = next.or_else(|| self.target_for(Some(now))).map(|(week, it)| match week {
            Some(week) => format!("{} by week {week}", in_words(it, self.unit())),
            None => in_words(it, self.unit()),
        });
        let last = || self.metric.target.as_ref().filter(|it| it.value.is_some()).map(|it| in_words(it, self.unit()));
        match target.or_else(last) {
            Some(target) => format!("{start}; the plan asks for {target}"),
            None => format!("{start}, and the plan sets no target in numbers"),
        }
    }
}

/// A cell in words: "less than 300 ms", "85 or more", "about 0%"; what is written in another unit or in words is quoted.
fn in_words(cell: &Cell, unit: Option<&str>) -> String {
    let is_money = currency_before(&cell.text).0.is_some();
    let is_figure = is_money || cell.text.starts_with(|it: char| it.is_ascii_digit() || "<>≤≥~≈=".contains(it));
    let Some(value) = cell.value.filter(|_| is_figure) else { return format!("“{}”", cell.text) };
    // A number without a unit has that of the metric.
    let value = wording::measure(value, cell.unit.as_deref().or(unit));
    match (cell.comparator, cell.approximate) {
        (Some(Comparator::Less), _) => format!("less than {value}"),
        (Some(Comparator::AtMost), _) => format!("{value} or less"),
        (Some(Comparator::Greater), _) => format!("more than {value}"),
        (Some(Comparator::AtLeast), _) => format!("{value} or more"),
        (None, true) => format!("about {value}"),
        (None, false) => value,
    }
}

/// Makes the chart of a metric, by its place in the plan; nothing when no value of it can be drawn.
#[must_use]
pub fn metric_figure(desk: &Desk<'_>, at: usize) -> Option<Figure> {
    let it = Measured::of(desk, at)?;
    let unit = it.unit();
    let targets: Vec<(Week, f64)> =
        it.metric.targets.iter().filter_map(|(week, cell)| Some((*week, it.number(cell)?))).collect();
    let actuals: Vec<(Week, f64)> = it.review.actuals.iter().filter_map(|it| Some((it.week?, it.value))).collect();
    let at_start = it.metric.current.as_ref().and_then(|cell| it.number(cell));
    if targets.is_empty() && actuals.is_empty() {
        return None;
    }
    let weeks = targets.iter().chain(&actuals).map(|it| it.0).max().unwrap_or(1);
    let weeks = desk.plan().schedule.as_ref().map_or(weeks, |it| it.weeks.max(weeks));
    let target = it.metric.target.as_ref();
    let goal = target.and_then(|cell| Some((it.number(cell)?, format!("Target {}", in_words(cell, unit)))));
    let values = || targets.iter().chain(&actuals).map(|it| it.1).chain(at_start).chain(goal.as_ref().map(|it| it.0));
    let label = actuals.last().map(|(_, value)| wording::measure(*value, unit));
    let start = it.metric.current.as_ref().filter(|_| at_start.is_some()).map(|cell| in_words(cell, unit));
    let reading = it.reading(desk);
    // What stands before a number and behind it: "€" and "/month".
    let words = wording::measure(0.0, unit);
    let (sign, behind) = words.split_once('0').unwrap_or_default();
    let chart = MetricChart {
        weeks,
        this_week: desk.analysis().this_week,
        at_start,
        axis: axis(values(), unit),
        label: label.or(start).unwrap_or_default(),
        look: it.look(desk),
        sign: sign.to_owned(),
        unit: behind.trim_start().to_owned(),
        target: goal,
        targets,
        actuals,
    };
    Some(Figure {
        id: format!("metric-{}", at + 1),
        heading: reading.clone(),
        note: String::new(),
        title: format!("{} by week", it.metric.name),
        desc: format!("{reading}. Rings are the weekly targets, dots are measured values."),
        chart: Chart::Metric(chart),
        table: DataTable::default(),
    })
}

/// The ends of the axis: shares that reach far up and low down stand between 0 and 100%, others keep a little room around their values.
fn axis(values: impl Iterator<Item = f64>, unit: Option<&str>) -> (f64, f64) {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it), high.max(it)));
    let room = ((high - low) * 0.2).max(high.abs() * 0.01);
    match unit {
        Some("%") if low < 70.0 && (40.0..=100.0).contains(&high) => (low.min(0.0), 100.0),
        Some("%") if (0.0..40.0).contains(&high) => (low.min(0.0), high + room),
        Some("%") if high <= 100.0 => ((low - room).max(0.0), (high + room).min(100.0)),
        _ if 0.0 <= low => ((low - room).max(0.0), high + room),
        _ => (low - room, high + room),
    }
}
