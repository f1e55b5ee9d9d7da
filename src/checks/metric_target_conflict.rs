//! `metric-target-conflict`: one metric, several targets.

use super::common::asked::Demand;
use super::common::demands::{demands, noun};
use super::common::measures::measures;
use super::common::tables::of_phases;
use super::{Rule, Subject};
use crate::analysis::{is_health, metric_named, metric_number, metric_unit};
use crate::calendar::{Week, short_day};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Cell, CellKind, Comparator, Metric, with_unit};
use crate::phrase::normal;
use crate::phrase::{self, figure, number};
use crate::text::Place;
use std::collections::BTreeMap;

/// Complains about a metric whose target is one number in its table and another in a criterion or in the table of phases.
pub const RULE: Rule = Rule {
    name: "metric-target-conflict",
    severity: Severity::Warning,
    what: "One metric has several targets for one time: in its table, in the table of phases, in a criterion.",
    why: "The gate passes by one of them and fails by the other, and everyone quotes the one that suits.",
    bad: "**Phase 4 Exit Criteria:**\n- Health score ≥ 88/100\n\n| Metric | Current | Target |\n|---|---|---|\n| Health Score | 78 | 85+ |",
    good: "**Phase 4 Exit Criteria:**\n- Health score ≥ 88/100\n\n| Metric | Current | Target |\n|---|---|---|\n| Health Score | 78 | 88+ |",
    check,
};

/// A number that is asked of a metric.
#[derive(Debug, Clone)]
struct Asked {
    value: f64,
    /// How a value meets it; nothing for a number that is to be the same.
    comparator: Option<Comparator>,
    words: String,
    place: Place,
}

/// What is asked of a metric outside of its table, by week.
type Elsewhere = BTreeMap<Week, Vec<Asked>>;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let Some(schedule) = subject.schedule() else { return };
    let mut elsewhere: BTreeMap<usize, Elsewhere> = BTreeMap::new();
    for gate in plan.gates.iter().filter(|it| it.kind.is_big()) {
        let Some(week) = gate.due.and_then(|it| schedule.calendar.week(it)) else { continue };
        for criterion in &gate.criteria {
            let text = criterion.text.words();
            for it in measures(&text) {
                let Some(at) = metric_named(subject.history, it.name) else { continue };
                let Some(metric) = plan.metrics.get(at) else { continue };
                let Some(value) = metric_number(metric, &it.value) else { continue };
                let words = text.get(it.bytes).unwrap_or_default();
                let asked = Asked {
                    value,
                    comparator: it.value.comparator,
                    words: format!("{} asks for {}", gate.name, amount(value, metric)),
                    place: subject.words_in(&criterion.place, words),
                };
                elsewhere.entry(at).or_default().entry(week).or_default().push(asked);
            }
        }
    }
    let health = plan.metrics.iter().position(|it| is_health(&it.name));
    for (number, _, place) in of_phases(subject, &["health score target", "health target", "health score", "health"]) {
        let phase = plan.phases.iter().find(|it| it.number == number);
        let target = phase.and_then(|it| Some((it.weeks?.1, it.health_target.as_ref()?.value)));
        if let (Some(at), Some((week, value))) = (health, target) {
            let words = format!("{} for phase {number} in the table of phases", crate::phrase::number(value));
            elsewhere.entry(at).or_default().entry(week).or_default().push(Asked {
                value,
                comparator: None,
                words,
                place,
            });
        }
    }
    two_rows(subject, found);
    counts(subject, found);
    for (at, by_week) in elsewhere {
        if let Some(metric) = plan.metrics.get(at) {
            conflicts(subject, metric, &by_week, schedule.weeks, found);
        }
    }
}

/// A criterion that counts items, and a metric that asks for another share of them by the same day.
fn counts(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let demands = demands(subject);
    let criteria: BTreeMap<_, &Demand> =
        demands.asked.iter().filter(|it| it.is_criterion).map(|it| ((it.class.as_deref(), it.due), it)).collect();
    for metric in demands.asked.iter().filter(|it| !it.is_criterion && it.due.is_some()) {
        let criterion = criteria.get(&(metric.class.as_deref(), metric.due));
        let Some((criterion, (percent, of))) = criterion.zip(metric.share) else { continue };
        let (noun, due) = (noun(metric.class.as_deref()), metric.due.map(short_day).unwrap_or_default());
        let message = format!(
            "the criterion asks for {} by {due}, the metric for {}%",
            phrase::count(criterion.needed, &noun),
            number(percent)
        );
        let it = RULE.at(&metric.place, message).label(format!("{} of {of}", metric.needed));
        let it = it.related(&criterion.place, format!("{} of {}", criterion.needed, criterion.of.unwrap_or(of)));
        found.push(it.help("decide for one of the two, and write it in both places"));
    }
}

/// Two rows of one metric with different targets.
fn two_rows(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut rows: BTreeMap<String, &Metric> = BTreeMap::new();
    for metric in &subject.plan().metrics {
        let Some(first) = rows.get(&normal(&metric.name)) else {
            rows.insert(normal(&metric.name), metric);
            continue;
        };
        let targets = first.target.as_ref().zip(metric.target.as_ref());
        let Some((a, b)) = targets
            .filter(|(a, b)| metric_number(first, a).zip(metric_number(first, b)).is_some_and(|(a, b)| !same(a, b)))
        else {
            continue;
        };
        let message = format!("the target of {} is {} in one row and {} in another", metric.name, a.text, b.text);
        let it = RULE.at(&subject.cell(b), message).label("the target of this row");
        found.push(it.related(&subject.cell(a), "the target of the first row").help("keep one of the two rows"));
    }
}

/// Compares the table's final target with what is asked in the last week, and each week's with what is asked in that week.
fn conflicts(subject: &Subject<'_>, metric: &Metric, elsewhere: &Elsewhere, last: Week, found: &mut Vec<Diagnostic>) {
    let number = |cell: &'_ Cell| metric_number(metric, cell).filter(|_| cell.kind == CellKind::Number);
    let target = metric.target.as_ref().and_then(number);
    // A planned value that meets a criterion does not contradict it, and a criterion may repeat the target before its time.
    let differs = |asked: &Asked, value: f64| {
        let meets = asked.comparator.is_some_and(|it| it.holds(value, asked.value));
        let is_target = target.is_some_and(|it| asked.comparator.is_some() && same(asked.value, it));
        !same(asked.value, value) && !meets && !is_target
    };
    let column = |week: Week| metric.targets.iter().find(|(it, _)| *it == week).map(|(_, it)| it);
    for (week, others) in elsewhere {
        let planned = column(*week);
        let at_end = metric.target.as_ref().filter(|_| *week == last);
        // The final target is wrong for the last week where the column of that week is not.
        let cells = planned.into_iter().map(|it| (it, format!(" for week {week}")));
        let mut cells = cells.chain(at_end.map(|it| (it, String::new())));
        let wrong = cells.find_map(|(cell, when)| {
            let value = number(cell)?;
            let other = others.iter().find(|it| differs(it, value))?;
            Some((cell, value, other, when))
        });
        if let Some((cell, value, other, when)) = wrong {
            let message =
                format!("the target of {}{when} is {} in its table, and {}", metric.name, cell.text, other.words);
            let mut it = RULE.at(&subject.cell(cell), message).label("the target of the table");
            for asked in others {
                it = it.related(&asked.place, asked.words.clone());
            }
            if let Some(planned) = planned.filter(|it| it.span != cell.span) {
                it = it.related(&subject.cell(planned), format!("{} for week {week}", planned.text));
            }
            found.push(it.help(decide(metric, value, others)));
        } else if let Some((first, other)) = disagree(others, &differs) {
            // Without a column for the week the others may still differ among themselves.
            let message = format!("{} of {}, and {}", first.words, metric.name, other.words);
            let it = RULE.at(&other.place, message).label("another target").related(&first.place, "one target");
            found.push(it.help(decide(metric, first.value, others)));
        }
    }
}

/// Returns two targets of one week that cannot both be meant.
fn disagree<'a>(others: &'a [Asked], differs: &dyn Fn(&Asked, f64) -> bool) -> Option<(&'a Asked, &'a Asked)> {
    let (first, rest) = others.split_first()?;
    rest.iter().find(|it| differs(it, first.value) && differs(first, it.value)).map(|it| (first, it))
}

fn decide(metric: &Metric, value: f64, others: &[Asked]) -> String {
    let mut values = vec![value];
    for it in others {
        if !values.iter().any(|known| same(*known, it.value)) {
            values.push(it.value);
        }
    }
    let values: Vec<String> = values.into_iter().map(|it| amount(it, metric)).collect();
    format!("decide for {}, and write it in every place", values.join(" or "))
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9
}

/// "88" or "97%": a number in the unit of its metric.
fn amount(value: f64, metric: &Metric) -> String {
    with_unit(&figure(value), metric_unit(metric))
}
