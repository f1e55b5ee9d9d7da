//! `measured-unit`: values in a unit that does not convert into that of the plan.

use super::{Rule, Subject};
use crate::analysis::{Actual, ActualKind, metric_unit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Metric;
use crate::phrase;
use crate::phrase::normal;
use std::collections::{BTreeMap, BTreeSet};

/// Complains once about each metric with values in another unit.
pub const RULE: Rule = Rule {
    name: "measured-unit",
    severity: Severity::Warning,
    what: "A value, measured or told by a standup, has a unit that does not convert into that of the metric's target.",
    why: "It cannot be held against the target, so it counts for nothing.",
    bad: "| Metric | Target |\n|---|---|\n| API Response | <200ms |\n\ndate,metric,value,unit\n2026-02-05,API Response,24,%",
    good: "| Metric | Target |\n|---|---|\n| API Response | <200ms |\n\ndate,metric,value,unit\n2026-02-05,API Response,0.24,s",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    // Of the rows with one name the first counts.
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (metric, review) in subject.plan().metrics.iter().zip(&subject.analysis.metrics) {
        if review.others.is_empty() || !seen.insert(normal(&metric.name)) {
            continue;
        }
        let mut by_unit: BTreeMap<&str, (&Actual, usize)> = BTreeMap::new();
        for it in &review.others {
            by_unit.entry(it.unit.as_deref().unwrap_or_default()).or_insert((it, 0)).1 += 1;
        }
        found.extend(by_unit.into_iter().map(|(own, (first, count))| complaint(metric, own, first, count)));
    }
}

fn complaint(metric: &Metric, own: &str, first: &Actual, count: usize) -> Diagnostic {
    let asked = metric_unit(metric);
    let told = match first.kind {
        ActualKind::Standup => "told",
        ActualKind::Measured => "measured",
    };
    let (has, label, help) = match asked {
        Some(it) => (
            format!("in {it}"),
            format!("in {it}"),
            format!("write the value in {it}, or in a unit that converts into it"),
        ),
        None => (
            "without a unit".to_owned(),
            "without a unit".to_owned(),
            "write the unit into the plan's table, too".to_owned(),
        ),
    };
    let verb = if count == 1 { "counts" } else { "count" };
    let values = phrase::count(count, "value");
    let message = format!("{} is {told} in {own}, and the plan has it {has}: {values} {verb} for nothing", metric.name);
    RULE.at(&first.place, message).label(format!("in {own}")).related(&metric.place, label).help(help)
}
