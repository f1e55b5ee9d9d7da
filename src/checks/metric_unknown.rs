//! `metric-unknown`: cells of a metrics table without a value.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::CellKind;

/// Notes metrics with cells that say "TBD" or "N/A".
pub const RULE: Rule = Rule {
    name: "metric-unknown",
    severity: Severity::Info,
    what: "A metric has cells without a value: TBD or N/A.",
    why: "Until there is a value to begin with, nobody can tell progress from a number that was always good.",
    bad: "| Metric | Current | Target |\n|---|---|---|\n| Uptime | TBD | 99.9% |",
    good: "| Metric | Current | Target |\n|---|---|---|\n| Uptime | 99.2% | 99.9% |",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (metric, review) in subject.plan().metrics.iter().zip(&subject.analysis.metrics) {
        let is_measured = review.last().is_some();
        let weeks = metric.targets.iter().map(|(week, cell)| (format!("week {week}"), cell));
        // What was reported since is the first measurement.
        let now = metric.current.iter().filter(|_| !is_measured).map(|it| ("today".to_owned(), it));
        let goal = metric.target.iter().map(|it| ("the target".to_owned(), it));
        let unknown = now
            .chain(weeks)
            .chain(goal)
            .filter(|(_, it)| matches!(it.kind, CellKind::Unknown | CellKind::NotApplicable) && !it.text.is_empty());
        let unknown: Vec<_> = unknown.collect();
        let Some((_, first)) = unknown.first() else { continue };
        let whens: Vec<&str> = unknown.iter().map(|(when, _)| when.as_str()).collect();
        let message = format!("{} has no value for {}", metric.name, crate::phrase::list(&whens));
        let it = RULE.at(&subject.cell(first), message).label("no value");
        found.push(it.help("write a first measurement, or say when it will be measured"));
    }
}
