//! All metrics: a chart for each that can be drawn, and its targets and measured values as written.

use super::Desk;
use super::anchor::Anchors;
use super::charts::{Figure, Look};
use super::frame::{Frame, Heading, Section, frame};
use super::metric_figure::{Measured, metric_figure};
use super::page::Page;
use super::parts::{Mark, Src};
use super::wording;
use crate::analysis::{Actual, Reaches};
use crate::calendar::{Week, week_or_day};
use crate::model::Cell;
use crate::phrase;
use serde::Serialize;
use std::collections::BTreeSet;

/// All metrics.
#[derive(Debug, Serialize)]
pub struct Metrics {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// Which metrics nobody reported.
    pub lead: String,
    /// The metrics, in the order of the plan.
    pub sections: Vec<MetricSection>,
}

/// A metric.
#[derive(Debug, Serialize)]
pub struct MetricSection {
    /// A name, unique on the page.
    pub id: String,
    /// The metric's name.
    pub name: String,
    /// Its line.
    pub src: Src,
    /// Its reading.
    pub heading: String,
    /// How it stands.
    pub mark: Mark,
    /// The value when the plan was made, as written.
    pub current: String,
    /// The value to be reached, as written.
    pub target: String,
    /// Its chart.
    pub figure: Option<Figure>,
    /// What the chart leaves out, or why there is none.
    pub note: String,
    /// Where the values go; empty where they are few.
    pub trend: String,
    /// The weeks.
    pub rows: Vec<MetricRow>,
}

/// A week of a metric.
#[derive(Debug, Serialize)]
pub struct MetricRow {
    /// "Week 4".
    pub week: String,
    /// The target as written, or a dash.
    pub target: String,
    /// The measured value, or a dash.
    pub actual: String,
    /// The measured value's line.
    pub src: Option<Src>,
}

impl Page for Metrics {
    const TEMPLATE: &'static str = "site/metrics.html";

    fn figures(&self) -> Vec<&Figure> {
        self.sections.iter().filter_map(|it| it.figure.as_ref()).collect()
    }
}

/// Makes the page of all metrics. `base_url` is the site's address, where it is known.
#[must_use]
pub fn metrics(desk: &Desk<'_>, base_url: Option<&str>) -> Metrics {
    let named = anchors(desk).into_iter().enumerate();
    let sections: Vec<MetricSection> = named.filter_map(|(at, id)| section(desk, at, id)).collect();
    let (heading, lead) = heading(&sections);
    let words = Heading {
        title: heading.clone(),
        description: format!("All metrics of {} with targets and measured values", desk.plan().title),
        section: Section::Metrics,
        is_first: true,
        path: "metrics.html".to_owned(),
    };
    Metrics { frame: frame(desk, &words, base_url), heading, lead, sections }
}

/// "5 of 9 metrics are reported; P2 Completion is behind", and the names of the others.
fn heading(sections: &[MetricSection]) -> (String, String) {
    const MOST_NAMES: usize = 3;
    let names = |it: &dyn Fn(&MetricSection) -> bool| {
        sections.iter().filter(|section| it(section)).map(|it| it.name.clone()).collect::<Vec<_>>()
    };
    let behind = names(&|it| it.mark.look == Look::Bad || it.mark.text == BELOW);
    let silent = names(&|it| it.mark.text == NOT_REPORTED);
    let counted = names(&|it| it.mark.text == COUNTED);
    let total = sections.len();
    let reported = total - silent.len() - counted.len();
    let verb = if total == 1 { "is" } else { "are" };
    let count = match reported {
        _ if total == 0 => "The plan has no metrics".to_owned(),
        0 if total == 1 => "The metric has not been reported".to_owned(),
        0 => format!("None of {} has been reported", phrase::count(total, "metric")),
        1 if total == 1 => "The metric is reported".to_owned(),
        n if n == total => format!("All {} are reported", phrase::count(total, "metric")),
        n => format!("{n} of {} {verb} reported", phrase::count(total, "metric")),
    };
    let count = if reported == 1 && 1 < total { count.replacen(" are ", " is ", 1) } else { count };
    let behind_words = match behind.len() {
        0 if reported == 0 => String::new(),
        0 if total == 1 => ", and not behind a target that is due".to_owned(),
        0 => ", none is behind a target that is due".to_owned(),
        1 if total == 1 => ", and behind a target that is due".to_owned(),
        1 => format!(", {} is behind a target that is due", phrase::list(&behind)),
        n if n <= MOST_NAMES => format!(", {} are behind targets that are due", phrase::list(&behind)),
        n => format!(", {n} are behind targets that are due"),
    };
    let lead = match silent.len() {
        0 if counted.is_empty() => String::new(),
        0 => format!("No standup reports {}; what the plan’s own items tell is counted.", list_or(&counted)),
        n if n == total => "Standups report a metric by its name, such as “Test Coverage: 45%”.".to_owned(),
        n if n <= 8 => format!("No standup reports {}.", list_or(&silent)),
        n => format!("No standup reports {n} of them."),
    };
    (format!("{count}{behind_words}"), lead)
}

/// "a, b or c".
fn list_or(words: &[String]) -> String {
    match words {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        _ => words.join(", "),
    }
}

const NOT_REPORTED: &str = "Not reported";
const COUNTED: &str = "Counted, not reported";
const BELOW: &str = "Below its target";
const OTHER_UNIT: &str = "In another unit";

/// Returns the names of the metrics on their page, in the order of the plan.
#[must_use]
pub fn anchors(desk: &Desk<'_>) -> Vec<String> {
    let mut anchors = Anchors::default();
    desk.plan().metrics.iter().map(|it| anchors.give("m", &it.name)).collect()
}

/// Returns how a metric stands, by its place in the plan.
#[must_use]
pub fn state(desk: &Desk<'_>, at: usize) -> Option<Mark> {
    Some(mark(desk, &Measured::of(desk, at)?))
}

fn mark(desk: &Desk<'_>, it: &Measured<'_>) -> Mark {
    match (it.review.actuals.is_empty(), it.look(desk)) {
        (true, _) if !it.review.others.is_empty() => Mark::new(Look::Warn, OTHER_UNIT),
        (true, _) if it.counted(desk).is_some() => Mark::new(Look::Plain, COUNTED),
        (true, _) => Mark::new(Look::Plain, NOT_REPORTED),
        (false, Look::Bad) => Mark::new(Look::Bad, "Behind its target"),
        (false, Look::Warn) => Mark::new(Look::Warn, BELOW),
        (false, Look::Ok) => Mark::new(Look::Ok, "Meets its target"),
        (false, _) => Mark::new(Look::Live, "Under way"),
    }
}

fn section(desk: &Desk<'_>, at: usize, id: String) -> Option<MetricSection> {
    let it = Measured::of(desk, at)?;
    let figure = metric_figure(desk, at);
    let mark = mark(desk, &it);
    Some(MetricSection {
        id,
        name: it.metric.name.clone(),
        src: desk.src(&it.metric.place),
        heading: it.reading(desk),
        mark,
        current: wording::cell(it.metric.current.as_ref()),
        target: wording::cell(it.metric.target.as_ref()),
        note: note(&it, figure.is_some()),
        trend: trend(desk, &it),
        figure,
        rows: rows(desk, &it),
    })
}

/// "The trend of 5 values is +1.5 a week: 88 is reached about 11 March."
fn trend(desk: &Desk<'_>, it: &Measured<'_>) -> String {
    let Some(trend) = it.review.trend else { return String::new() };
    let unit = it.unit();
    let sign = if trend.per_week < 0.0 { "−" } else { "+" };
    let rate = trend.per_week.abs();
    let rate = if 0.1 <= rate { phrase::rounded(rate, 2) } else { phrase::significant(rate, 2) };
    let rate = wording::measure(rate, unit);
    let target = wording::measure(trend.target, unit);
    let reached = match trend.reaches {
        Reaches::Already => format!("the target, {target}, is met"),
        Reaches::On(day) => format!("{target} is reached about {}", wording::long_day(day, desk.as_of())),
        Reaches::Late => format!("{target} is more than a year away"),
        Reaches::Never => format!("it does not come closer to {target}"),
    };
    format!("The trend of {} is {sign}{rate} a week: {reached}.", phrase::count(trend.values, "value"))
}

/// Names what is written but not drawn.
fn note(it: &Measured<'_>, is_drawn: bool) -> String {
    let lacks = |cell: &&Cell| it.number(cell).is_none() && !cell.text.is_empty();
    let weekly = it.metric.targets.iter().filter(|(_, cell)| lacks(&cell));
    let mut left_out: Vec<String> = weekly.map(|(week, cell)| format!("“{}” (week {week})", cell.text)).collect();
    left_out.extend(it.metric.current.iter().filter(lacks).map(|cell| format!("“{}” (start)", cell.text)));
    left_out.extend(it.metric.target.iter().filter(lacks).map(|cell| format!("“{}” (target)", cell.text)));
    let others = it.review.others.iter();
    left_out.extend(others.map(|it| format!("the value of {}", week_or_day(it.week, it.date))));
    let unit = wording::unit(it.unit());
    let unit = unit.trim();
    let reason = if unit.is_empty() { "no number in its unit".to_owned() } else { format!("no number in {unit}") };
    match (is_drawn, left_out.is_empty()) {
        (false, _) => "No value can be drawn: see the table.".to_owned(),
        (true, true) => String::new(),
        (true, false) => format!("Not drawn, {reason}: {}.", left_out.join(", ")),
    }
}

fn rows(desk: &Desk<'_>, it: &Measured<'_>) -> Vec<MetricRow> {
    let dash = || "–".to_owned();
    let targets = it.metric.targets.iter().map(|(week, _)| *week);
    let told = || it.review.actuals.iter().chain(&it.review.others);
    let weeks: BTreeSet<Week> = targets.chain(told().filter_map(|it| it.week)).collect();
    let mut rows = Vec::new();
    for week in weeks {
        let target = it.metric.targets.iter().find(|(it, _)| *it == week).map(|(_, cell)| wording::cell(Some(cell)));
        let mut target = target.unwrap_or_else(dash);
        let mut measured: Vec<&Actual> = told().filter(|it| it.week == Some(week)).collect();
        measured.sort_by_key(|it| (it.date, it.kind));
        if measured.is_empty() {
            rows.push(MetricRow { week: format!("Week {week}"), target, actual: dash(), src: None });
            continue;
        }
        // Two standups of one week are two rows; the target is written once.
        for actual in measured {
            rows.push(MetricRow {
                week: format!("Week {week}"),
                target: std::mem::replace(&mut target, dash()),
                actual: actual_words(it, actual),
                src: Some(desk.src(&actual.place)),
            });
        }
    }
    for actual in told().filter(|it| it.week.is_none()) {
        rows.push(MetricRow {
            week: desk.day(actual.date),
            target: dash(),
            actual: actual_words(it, actual),
            src: Some(desk.src(&actual.place)),
        });
    }
    rows
}

/// "18.2%, 2 of 11": a share with its counter, other values in the unit they are written in.
fn actual_words(it: &Measured<'_>, actual: &Actual) -> String {
    match actual.of.filter(|_| it.unit() == Some("%")) {
        Some(of) => {
            let value = wording::measure(actual.value, it.unit());
            format!("{value}, {} of {}", phrase::number(actual.own), phrase::number(of))
        }
        None => wording::measure(actual.own, actual.unit.as_deref().or_else(|| it.unit())),
    }
}
