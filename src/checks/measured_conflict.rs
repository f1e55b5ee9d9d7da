//! `measured-conflict`: a standup that tells another value than was measured.

use super::{Rule, Subject};
use crate::analysis::{metric_unit, normal};
use crate::calendar::{Day, Week};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{MeasuredValue, StandupMetric};
use crate::phrase::number;
use std::collections::BTreeMap;

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
    let units: BTreeMap<String, Option<&str>> =
        subject.plan().metrics.iter().rev().map(|it| (normal(&it.name), metric_unit(it))).collect();
    let calendar = subject.schedule().map(|it| &it.calendar);
    // What was measured in a week, by day: the values are sorted.
    let mut of_week: BTreeMap<(String, Option<Week>), Vec<&MeasuredValue>> = BTreeMap::new();
    for it in &subject.history.measured {
        let name = normal(&it.metric);
        let Some(asked) = units.get(&name) else { continue };
        if it.unit.as_deref().zip(*asked).is_none_or(|(own, asked)| own == asked) {
            of_week.entry((name, calendar.and_then(|calendar| calendar.week(it.date)))).or_default().push(it);
        }
    }
    if of_week.is_empty() {
        return;
    }
    for standup in &subject.history.standups {
        for line in &standup.standup.metrics {
            let name = normal(&line.name);
            let Some(asked) = units.get(&name) else { continue };
            let week = calendar.and_then(|it| it.week(standup.date));
            let measured = of_week.get(&(name, week)).map_or(&[][..], Vec::as_slice);
            let last = last_up_to(measured, standup.date, week.is_some());
            let Some((value, last)) = value(line, *asked).zip(last) else { continue };
            if (value - last.value).abs() <= room(line) {
                continue;
            }
            let message = format!(
                "{} is {} by the standup of {}, and {} was measured",
                line.name,
                line.value.text.trim(),
                standup.when(),
                number(last.value)
            );
            let it = RULE.at(&line.place, message).label("as the standup has it");
            let it = it.related(&last.place, format!("measured on {}", last.date.format("%a %-d %b")));
            found
                .push(it.help("correct the one that is wrong; the later one counts, and of one day what was measured"));
        }
    }
}

/// Without a calendar there are no weeks, and the day has to be the same.
fn last_up_to<'a>(measured: &[&'a MeasuredValue], day: Day, has_weeks: bool) -> Option<&'a MeasuredValue> {
    let end = measured.partition_point(|it| it.date <= day);
    let last = measured.get(end.checked_sub(1)?)?;
    (has_weeks || last.date == day).then_some(*last)
}

/// Returns the value in the unit of the plan; a counter such as "6/8" as percent.
fn value(line: &StandupMetric, asked: Option<&str>) -> Option<f64> {
    let value = line.value.value?;
    match (line.of, line.value.unit.as_deref(), asked) {
        (Some(of), _, Some("%")) if 0.0 < of => Some(value / of * 100.0),
        (_, Some(own), Some(asked)) if own != asked => None,
        _ => Some(value),
    }
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
