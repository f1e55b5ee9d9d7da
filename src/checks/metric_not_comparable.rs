//! `metric-not-comparable`: cells of a metric that cannot be held against its target.

use super::{Rule, Subject};
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Cell, CellKind, Comparator, Metric};
use crate::phrase;

/// Complains about a metric whose planned values and target cannot be compared.
pub const RULE: Rule = Rule {
    name: "metric-not-comparable",
    severity: Severity::Warning,
    what: "A metric has planned values that cannot be compared with its target: words, other units, or \"multiple\".",
    why: "Nobody can say whether the target was reached, so it is always nearly reached.",
    bad: "| Metric | Week 4 | Week 8 | Target |\n|---|---|---|---|\n| Deploys | Manual | Multiple/day | 5+/day |",
    good: "| Metric | Week 4 | Week 8 | Target |\n|---|---|---|---|\n| Deploys | 1/week | 5/day | 5+/day |",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for metric in &subject.plan().metrics {
        found.extend(complaint(subject, metric));
    }
}

fn complaint(subject: &Subject<'_>, metric: &Metric) -> Option<Diagnostic> {
    let target = metric.target.as_ref().filter(|it| it.kind == CellKind::Number)?;
    let last = metric.targets.iter().map(|(week, _)| *week).max();
    let wrong = |it: &&(Week, Cell)| !is_comparable(&it.1, target) || (last == Some(it.0) && is_vague(&it.1, target));
    let odd: Vec<&(Week, Cell)> = metric.targets.iter().filter(wrong).collect();
    let (at, cell) = odd.last()?;
    let mut texts: Vec<String> = Vec::new();
    for (_, it) in &metric.targets {
        let text = format!("\"{}\"", it.text);
        if !texts.contains(&text) && !matches!(it.kind, CellKind::Unknown | CellKind::NotApplicable) {
            texts.push(text);
        }
    }
    let weeks: Vec<Week> = odd.iter().map(|(week, _)| *week).collect();
    let message = format!(
        "{} is {} by plan: {} cannot be compared with its target \"{}\"",
        metric.name,
        phrase::list(&texts),
        phrase::weeks(&weeks),
        target.text
    );
    let label = if is_comparable(cell, target) {
        format!("at least {}, and {} is asked for", phrase::number(cell.value?), target.text)
    } else {
        "no number in the target's unit".to_owned()
    };
    let mut it = RULE.at(&subject.cell(cell), message).label(label);
    for (week, cell) in odd.iter().filter(|(week, _)| week != at) {
        it = it.related(&subject.cell(cell), format!("no number in the target's unit in week {week}"));
    }
    it = it.related(&subject.cell(target), "the target");
    Some(it.help("write numbers in the unit of the target, such as \"5/day\""))
}

/// Numbers in one unit are comparable, and rates with each other; what is not known yet is said elsewhere.
fn is_comparable(cell: &Cell, target: &Cell) -> bool {
    let is_rate = |it: &Cell| it.unit.as_deref().is_some_and(|it| it.starts_with("per_"));
    match cell.kind {
        CellKind::Unknown | CellKind::NotApplicable => true,
        CellKind::Text => false,
        CellKind::Number => {
            let either_bare = cell.unit.is_none() || target.unit.is_none();
            either_bare || cell.unit == target.unit || (is_rate(cell) && is_rate(target))
        }
    }
}

/// "Multiple" is some number from two on: it may reach the target or not.
fn is_vague(cell: &Cell, target: &Cell) -> bool {
    let below = cell.value.zip(target.value).is_some_and(|(cell, target)| cell < target);
    cell.approximate && cell.comparator == Some(Comparator::AtLeast) && below
}
