//! `measured-unit`: measured values in another unit than that of the plan.

use super::{Rule, Subject};
use crate::analysis::{metric_unit, normal};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Metric;
use crate::phrase;
use std::collections::BTreeMap;

/// Complains once about each metric with values in another unit.
pub const RULE: Rule = Rule {
    name: "measured-unit",
    severity: Severity::Warning,
    what: "A measured value has another unit than the metric's target.",
    why: "It cannot be held against the target, so it counts for nothing.",
    bad: "| Metric | Target |\n|---|---|\n| API Response | <200ms |\n\ndate,metric,value,unit\n2026-02-05,API Response,0.24,s",
    good: "| Metric | Target |\n|---|---|\n| API Response | <200ms |\n\ndate,metric,value,unit\n2026-02-05,API Response,240,ms",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    // Of the rows with one name the first counts.
    let metrics: BTreeMap<String, &Metric> =
        subject.plan().metrics.iter().rev().map(|it| (normal(&it.name), it)).collect();
    let mut said: BTreeMap<(String, String), (Diagnostic, usize)> = BTreeMap::new();
    for it in &subject.history.measured {
        let name = normal(&it.metric);
        let Some((metric, own)) = metrics.get(&name).zip(it.unit.as_deref()) else { continue };
        let Some(asked) = metric_unit(metric).filter(|asked| *asked != own) else { continue };
        let complaint = || {
            let message = format!("{} is measured in {own}, and the plan has it in {asked}", metric.name);
            let it = RULE.at(&it.place, message).label(format!("in {own}"));
            let it = it.related(&metric.place, format!("in {asked}"));
            (it.help(format!("write the value in {asked}")), 0)
        };
        said.entry((name, own.to_owned())).or_insert_with(complaint).1 += 1;
    }
    found.extend(said.into_values().map(|(mut it, count)| {
        let verb = if count == 1 { "counts" } else { "count" };
        it.message = format!("{}: {} {verb} for nothing", it.message, phrase::count(count, "value"));
        it
    }));
}
