//! `unknown-metric`: measured values of something that the plan has no row for.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::phrase::normal;
use std::collections::{BTreeMap, BTreeSet};

/// Complains once about each name that no row of the metrics table has.
pub const RULE: Rule = Rule {
    name: "unknown-metric",
    severity: Severity::Warning,
    what: "A file of measured values names a metric that the plan does not have.",
    why: "Its values are in no figure and no chart, and the metric it means looks as if nobody measured it.",
    bad: "date,metric,value\n2026-02-05,Test Covrage,61",
    good: "date,metric,value\n2026-02-05,Test Coverage,61",
    check,
};

/// Names for which the nearest is looked for: each is held against every metric.
const MAX_SUGGESTIONS: usize = 20;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let metrics = &subject.plan().metrics;
    let known: BTreeSet<String> = metrics.iter().map(|it| normal(&it.name)).collect();
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    let mut said: Vec<(Diagnostic, usize)> = Vec::new();
    for it in &subject.history.measured {
        let name = normal(&it.metric);
        if known.contains(&name) {
            continue;
        }
        let at = *unknown.entry(name).or_insert_with(|| {
            let message = format!("{} is no metric of the plan", it.metric);
            let near = if said.len() < MAX_SUGGESTIONS {
                phrase::did_you_mean(&it.metric, metrics.iter().take(1000).map(|it| it.name.as_str()))
            } else {
                None
            };
            let help = near.map_or_else(
                || "write the name of a row of the metrics table, or add the row".to_owned(),
                |near| format!("did you mean \"{near}\"?"),
            );
            said.push((RULE.at(&it.place, message).help(help), 0));
            said.len() - 1
        });
        if let Some((_, count)) = said.get_mut(at) {
            *count += 1;
        }
    }
    found.extend(said.into_iter().map(|(mut it, count)| {
        let values = phrase::count(count, "value");
        let verb = if count == 1 { "counts" } else { "count" };
        it.message = format!("{}, so {values} {verb} for nothing", it.message);
        it
    }));
}
