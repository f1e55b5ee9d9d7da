//! `measured-conflict`: a standup that tells another value than was measured.

use super::{Rule, Subject};
use crate::analysis::{Actual, ActualKind, metric_unit};
use crate::calendar::{Day, Week};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Metric, StandupMetric, with_unit};
use crate::phrase::figure;
use crate::phrase::normal;
use std::collections::{BTreeMap, BTreeSet};

/// Complains about each value of a standup that differs from the last one measured in its week, up to its day.
pub const RULE: Rule = Rule {
    name: "measured-conflict",
    severity: Severity::Warning,
    what: "A standup tells a value of a metric that differs from the one measured in its week.",
    why: "One of the two is wrong, and whoever reads the standup decides by another figure than the charts show.",
    bad: "## Week 3 Standup\n\n- Test coverage: 65%\n\ndate,metric,value\n2026-02-05,Test Coverage,61",
    good: "## Week 3 Standup\n\n- Test coverage: 61%\n\ndate,metric,value\n2026-02-05,Test Coverage,61",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    // Of the rows with one name the first counts.
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (metric, review) in subject.plan().metrics.iter().zip(&subject.analysis.metrics) {
        if !seen.insert(normal(&metric.name)) {
            continue;
        }
        let of = |kind| review.actuals.iter().filter(move |it| it.kind == kind);
        // What was measured in a week, by day: the values are sorted.
        let mut of_week: BTreeMap<Option<Week>, Vec<&Actual>> = BTreeMap::new();
        for it in of(ActualKind::Measured) {
            of_week.entry(it.week).or_default().push(it);
        }
        let calendar = subject.schedule().map(|it| &it.calendar);
        for told in of(ActualKind::Standup).filter(|_| !of_week.is_empty()) {
            let week = calendar.and_then(|it| it.week(told.date));
            let measured = of_week.get(&week).map_or(&[][..], Vec::as_slice);
            let Some(last) = last_up_to(measured, told.date, week.is_some()) else { continue };
            found.extend(complaint(subject, metric, told, last));
        }
    }
}

/// Holds what a standup tells against what was measured, in the unit of the standup.
fn complaint(subject: &Subject<'_>, metric: &Metric, told: &Actual, last: &Actual) -> Option<Diagnostic> {
    let standup = subject.history.standups.iter().filter(|it| it.date == told.date).find_map(|it| {
        let line = it.standup.metrics.iter().find(|it| it.place == told.place)?;
        Some((it, line))
    });
    let (standup, line) = standup?;
    let usual = metric_unit(metric);
    let (own, value) = match told.of {
        // A counter such as "6/8" is a share.
        Some(_) => (usual, told.value),
        None => (told.unit.as_deref().or(usual), told.own),
    };
    let measured = last.in_unit(own, usual)?;
    if (value - measured).abs() <= room(line) {
        return None;
    }
    let words = line.value.text.trim();
    let said =
        with_unit(&figure(last.own), last.unit.as_deref().filter(|it| told.unit.as_deref().or(usual) != Some(*it)));
    let message = format!("{} is {words} by the standup of {}, and {said} was measured", line.name, standup.when());
    let it = RULE.at(&line.place, message).label("as the standup has it");
    let it = it.related(&last.place, format!("measured on {}", last.date.format("%a %-d %b")));
    Some(it.help("correct the one that is wrong; the later one counts, and of one day what was measured"))
}

/// Without a calendar there are no weeks, and the day has to be the same.
fn last_up_to<'a>(measured: &[&'a Actual], day: Day, has_weeks: bool) -> Option<&'a Actual> {
    let end = measured.partition_point(|it| it.date <= day);
    let last = measured.get(end.checked_sub(1)?)?;
    (has_weeks || last.date == day).then_some(*last)
}

/// Returns by how much a value may differ that was rounded to the decimals it is written with.
fn room(line: &StandupMetric) -> f64 {
    if line.of.is_some() {
        return 0.5 + 1e-9;
    }
    let digits = line.value.text.split_once('.').map_or("", |it| it.1);
    let decimals = digits.chars().take_while(char::is_ascii_digit).take(9).count();
    0.5 * 10f64.powi(-i32::try_from(decimals).unwrap_or(0)) + 1e-9
}
