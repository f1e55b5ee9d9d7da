//! Health: as people report it, and as the delivery index computes it. The two are never blended.

use super::earned::Earned;
use super::risks::RiskReview;
use super::scope::Scope;
use crate::calendar::{Day, Week};
use crate::history::{DatedStandup, EvidenceKind, History};
use crate::model::State;
use crate::phrase::normal;
use crate::phrase::{count, rounded};
use crate::settings::{Settings, Thresholds};
use crate::text::Place;

/// Red, amber or green.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rag {
    /// Good.
    Green,
    /// At risk.
    Amber,
    /// Wrong.
    Red,
}

impl Rag {
    /// Returns the colour's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    /// Judges a value of which more is better.
    fn at_least(value: f64, (green, amber): (f64, f64)) -> Self {
        if green <= value {
            Self::Green
        } else if amber <= value {
            Self::Amber
        } else {
            Self::Red
        }
    }
}

/// Health as people report it.
#[derive(Debug, Clone, Default)]
pub struct Reported {
    /// One entry for each week up to the last that is known or over.
    pub weeks: Vec<HealthWeek>,
    /// The value when the plan was made.
    pub at_start: Option<f64>,
    /// The colour of the last reported week.
    pub rag: Option<Rag>,
    /// For how many reported weeks in a row it has been below its target.
    pub weeks_below: usize,
}

/// Health reported for a week.
#[derive(Debug, Clone)]
pub struct HealthWeek {
    /// The week.
    pub week: Week,
    /// The day it speaks for.
    pub date: Option<Day>,
    /// The value, 0 to 100; nothing when none was reported.
    pub value: Option<f64>,
    /// The target: the one the standup names, else that of the phase.
    pub target: Option<f64>,
    /// The line.
    pub place: Option<Place>,
}

/// Health as computed from plan and progress.
#[derive(Debug, Clone, Default)]
pub struct Delivery {
    /// The mean of the known parts, 0 to 100; nothing with fewer than two.
    pub value: Option<f64>,
    /// The colour of the worst part; green only where the index is known, since what is not known may be worse.
    pub rag: Option<Rag>,
    /// The parts.
    pub parts: Vec<Part>,
}

/// A part of the delivery index.
#[derive(Debug, Clone)]
pub struct Part {
    /// The name: schedule, scope, risk or flow.
    pub name: &'static str,
    /// The value, 0 to 100; nothing when it cannot be known.
    pub value: Option<f64>,
    /// The colour.
    pub rag: Option<Rag>,
    /// How it is computed, with its inputs.
    pub formula: String,
    /// What it rests on, in a few words.
    pub words: String,
}

/// Collects reported health week by week.
#[must_use]
pub fn reported(history: &History, settings: &Settings) -> Reported {
    let metric = history.plan.metrics.iter().find(|it| is_health(&it.name));
    let at_start = metric.and_then(|it| it.current.as_ref()).and_then(|it| it.value);
    let calendar = history.plan.schedule.as_ref().map(|it| &it.calendar);
    let told = history.standups.iter().filter_map(|it| it.week).max().unwrap_or(0);
    let weeks: Vec<HealthWeek> = (1..=told).map(|week| health_week(history, week, calendar)).collect();
    if weeks.iter().all(|it| it.value.is_none()) {
        return Reported { at_start, ..Reported::default() };
    }
    let below = |it: &HealthWeek| it.value.zip(it.target).is_some_and(|(value, target)| value < target);
    let weeks_below = weeks.iter().rev().filter(|it| it.value.is_some()).take_while(|it| below(it)).count();
    let last = weeks.iter().rev().find_map(|it| it.value.zip(it.target));
    let rag = last.map(|(value, target)| {
        let gap = target - value;
        if gap <= 0.0 {
            Rag::Green
        } else if settings.health.reported_amber < gap || 3 <= weeks_below {
            Rag::Red
        } else {
            Rag::Amber
        }
    });
    Reported { weeks, at_start, rag, weeks_below }
}

fn health_week(history: &History, week: Week, calendar: Option<&crate::calendar::Calendar>) -> HealthWeek {
    // Of several standups in a week the last that tells of health counts.
    let of_week = history.standups.iter().rev().filter(|it| it.week == Some(week));
    let line_of = |it: &DatedStandup| it.standup.metrics.iter().position(|it| is_health(&it.name));
    let standup = of_week.clone().find(|it| line_of(it).is_some()).or_else(|| of_week.clone().next());
    let line = standup.and_then(|it| it.standup.metrics.get(line_of(it)?));
    let holds = |it: &&crate::model::Phase| it.weeks.is_some_and(|(first, last)| (first..=last).contains(&week));
    let phase = history.plan.phases.iter().find(holds).and_then(|it| it.health_target.as_ref());
    let friday = || calendar.and_then(|it| it.last_working_day(week));
    HealthWeek {
        week,
        date: standup.map(|it| it.date).or_else(friday),
        value: line.and_then(|it| it.value.value),
        target: line.and_then(|it| it.target).or_else(|| phase.map(|it| it.value)),
        place: line.map(|it| it.place.clone()),
    }
}

/// Says whether a metric is reported health, by its name.
#[must_use]
pub fn is_health(name: &str) -> bool {
    matches!(normal(name).as_str(), "health score" | "health")
}

/// Computes the delivery index on the day asked for. Its thresholds and weights are conventions.
#[must_use]
pub fn delivery(
    history: &History,
    earned: Option<&Earned>,
    known: &Scope,
    risks: &[RiskReview],
    limits: &Thresholds,
) -> Delivery {
    let parts = vec![
        schedule(history, earned, limits),
        scope(history, known, limits),
        risk(history, risks, limits),
        flow(history, limits),
    ];
    let known: Vec<f64> = parts.iter().filter_map(|it| it.value).collect();
    #[expect(clippy::cast_precision_loss, reason = "four parts")]
    let value = (2 <= known.len()).then(|| rounded(known.iter().sum::<f64>() / known.len() as f64, 1));
    let rag = parts.iter().filter_map(|it| it.rag).max().filter(|it| value.is_some() || Rag::Green < *it);
    Delivery { value, rag, parts }
}

fn schedule(history: &History, earned: Option<&Earned>, limits: &Thresholds) -> Part {
    let Some(it) = earned else {
        let has_days = history.plan.schedule.is_some() || history.plan.has_planned_days();
        if history.standups.is_empty() && has_days {
            return executed(history, limits);
        }
        let is_told = has_days && history.standups.iter().any(|it| it.week.is_some());
        let words = if is_told {
            "no item was planned to be done by the last week that is told of"
        } else {
            "no week is over yet, or the plan has no dates"
        };
        let words = words.to_owned();
        return Part { name: "schedule", value: None, rag: None, formula: "200 × (SPI(t) − 0.5)".to_owned(), words };
    };
    let value = rounded((200.0 * (it.spi - 0.5)).clamp(0.0, 100.0), 1);
    let formula = format!(
        "200 × (SPI(t) − 0.5), 0 to 100; SPI(t) = earned schedule {:.2} weeks / {} weeks = {:.2}",
        it.weeks, it.week, it.spi
    );
    // Without a standup for a week or more, this is no word on today.
    let week = history.plan.schedule.as_ref().and_then(|known| known.calendar.week(history.as_of));
    let until =
        if week.is_some_and(|week| it.week + 1 < week) { format!(" by week {}", it.week) } else { String::new() };
    let words = format!("{} of {} done{until}, SPI(t) {:.2}", it.done, it.planned, it.spi);
    Part { name: "schedule", value: Some(value), rag: Some(Rag::at_least(it.spi, limits.schedule)), formula, words }
}

/// The schedule where no standup tells when work was done: the baseline execution index, which needs only the marks as they are
/// now.
fn executed(history: &History, limits: &Thresholds) -> Part {
    let states = history.plan.tasks.iter().zip(history.states(history.as_of));
    let (mut due, mut done) = (0_usize, 0_usize);
    for (end, state) in states.filter_map(|(task, state)| Some((task.end?, state))) {
        due += usize::from(end < history.as_of && state != State::Dropped);
        done += usize::from(state == State::Done);
    }
    let formula = "100 × BEI, 0 to 100; BEI = items done / items that were to end before today";
    let is_marked = history.evidence.iter().flatten().any(|it| it.date <= history.as_of);
    if due == 0 || !is_marked {
        let words = if due == 0 { "no item was to end yet" } else { "no mark and no standup tells what is done" };
        return Part { name: "schedule", value: None, rag: None, formula: formula.to_owned(), words: words.to_owned() };
    }
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
    let index = done as f64 / due as f64;
    Part {
        name: "schedule",
        value: Some(rounded((100.0 * index).min(100.0), 1)),
        rag: Some(Rag::at_least(index, limits.schedule)),
        formula: format!("{formula} = {done} / {due}, by the marks of the roadmap"),
        words: format!("{done} done, {due} planned before today"),
    }
}

fn scope(history: &History, known: &Scope, limits: &Thresholds) -> Part {
    let unknown = |words: &str| {
        let formula = "100 − 4 × added %".to_owned();
        Part { name: "scope", value: None, rag: None, formula, words: words.to_owned() }
    };
    let items = history.plan.tasks.len();
    if items == 0 {
        return unknown("there are no items");
    }
    let (added, base, since) = match known.baseline {
        // A list of wishes may grow: it promises nothing.
        Some(_) if history.plan.schedule.is_none() => return unknown("without a calendar there is no baseline"),
        Some(it) if it.items == 0 => return unknown("there were no items when the plan began"),
        Some(it) => (it.added, it.items, format!("since {}", it.day.format("%-d %B %Y"))),
        None if history.standups.is_empty() => return unknown("no earlier version of the plan is known"),
        // One version of the plan is known, so it is its own baseline.
        None => (0, items, "since the only version of the plan that is known".to_owned()),
    };
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
    let percent = 100.0 * added as f64 / base as f64;
    let value = rounded((100.0 - 4.0 * percent).clamp(0.0, 100.0), 1);
    let rag = if percent <= limits.scope.0 {
        Rag::Green
    } else if percent <= limits.scope.1 {
        Rag::Amber
    } else {
        Rag::Red
    };
    let formula = if known.baseline.is_some() {
        format!("100 − 4 × added %; {added} added to {} {since}", count(base, "item"))
    } else {
        format!("100 − 4 × added %; {added} of {} added {since}", count(base, "item"))
    };
    let words = match (added, known.baseline) {
        (0, None) => "No added item is known".to_owned(),
        (0, Some(_)) => "No item added".to_owned(),
        (n, _) => format!("{} added", count(n, "item")),
    };
    Part { name: "scope", value: Some(value), rag: Some(rag), formula, words }
}

fn risk(history: &History, reviews: &[RiskReview], limits: &Thresholds) -> Part {
    let happened = |severity: &str| {
        let risks = history.plan.risks.iter().zip(reviews);
        risks.filter(|(risk, review)| risk.severity.eq_ignore_ascii_case(severity) && review.happened).count()
    };
    if history.plan.risks.is_empty() || history.standups.is_empty() {
        let words =
            if history.plan.risks.is_empty() { "the plan lists no risks" } else { "no standup speaks of risks" };
        let words = words.to_owned();
        return Part {
            name: "risk",
            value: None,
            rag: None,
            formula: "100 − 25 × High − 10 × Medium".to_owned(),
            words,
        };
    }
    let (high, medium) = (happened("high") + happened("critical"), happened("medium"));
    #[expect(clippy::cast_precision_loss, reason = "risks are few")]
    let value = (100.0 - 25.0 * high as f64 - 10.0 * medium as f64).max(0.0);
    let formula = format!("100 − 25 × High risks that have happened ({high}) − 10 × Medium ({medium})");
    let words = match (high, medium) {
        (0, 0) => "No risk has happened".to_owned(),
        (0, it) => format!("{} happened", has(it, "Medium risk")),
        (it, 0) => format!("{} happened", has(it, "High risk")),
        (high, medium) => format!("{high} High and {} happened", has(medium, "Medium risk")),
    };
    Part { name: "risk", value: Some(value), rag: Some(Rag::at_least(value, limits.risk)), formula, words }
}

fn has(n: usize, noun: &str) -> String {
    format!("{} {}", count(n, noun), if n == 1 { "has" } else { "have" })
}

fn flow(history: &History, limits: &Thresholds) -> Part {
    let states = history.states(history.as_of);
    let number = |state| states.iter().filter(|it| **it == state).count();
    let (blocked, moving) = (number(State::Blocked), number(State::InProgress));
    let active = blocked + moving;
    let formula = "100 × (1 − blocked / active) − 10 × items blocked for two weeks or more";
    if active == 0 {
        let words = "no item is active".to_owned();
        return Part { name: "flow", value: None, rag: None, formula: formula.to_owned(), words };
    }
    let long = |at: &usize| {
        let it = history.state(*at, history.as_of);
        // A mark does not tell since when.
        let mut told = history.evidence.get(*at).into_iter().flatten().filter(|it| it.kind == EvidenceKind::Standup);
        let first = it.since.and_then(|since| told.find(|it| since <= it.date && it.state == State::Blocked));
        it.state == State::Blocked && first.is_some_and(|it| 7 <= (history.as_of - it.date).num_days())
    };
    let long = (0..states.len()).filter(long).count();
    #[expect(clippy::cast_precision_loss, reason = "no plan has 2^52 items")]
    let value = (100.0 * (1.0 - blocked as f64 / active as f64) - 10.0 * long as f64).max(0.0);
    let value = rounded(value, 1);
    let words = format!("{blocked} of {} blocked", count(active, "active item"));
    let formula = format!("{formula}; {blocked} / {active}, {long} for two weeks or more");
    Part { name: "flow", value: Some(value), rag: Some(Rag::at_least(value, limits.flow)), formula, words }
}
