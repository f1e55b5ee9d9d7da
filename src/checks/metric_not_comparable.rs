//! `metric-not-comparable`: cells of a metric that cannot be held against its target.

use super::{Rule, Subject};
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Cell, CellKind, Comparator, Metric, kind_of_unit};
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
        "no number to compare".to_owned()
    };
    let mut it = RULE.at(&subject.cell(cell), message).label(label);
    for (_, cell) in odd.iter().filter(|(week, _)| week != at) {
        it = it.related(&subject.cell(cell), "no number to compare".to_owned());
    }
    it = it.related(&subject.cell(target), "the target");
    Some(it.help(format!("write numbers in the unit of the target, such as \"{}\"", example(target))))
}

/// The target as a plain number with its unit.
fn example(target: &Cell) -> String {
    target.text.trim_start_matches(['<', '>', '=', '≤', '≥', '~', ' ']).replace('+', "")
}

/// Numbers in one unit are comparable, and those in units of one kind; what is not known yet is said elsewhere. Words that
/// hold a number are read by people.
fn is_comparable(cell: &Cell, target: &Cell) -> bool {
    match cell.kind {
        CellKind::Unknown | CellKind::NotApplicable => true,
        CellKind::Text => cell.text.contains(|it: char| it.is_ascii_digit()),
        CellKind::Number => {
            let units = cell.unit.as_deref().zip(target.unit.as_deref());
            units.is_none_or(|(a, b)| kind_of_unit(a) == kind_of_unit(b))
        }
    }
}

/// "Multiple" is some number from two on: it may reach the target or not.
fn is_vague(cell: &Cell, target: &Cell) -> bool {
    let below = cell.value.zip(target.value).is_some_and(|(cell, target)| cell < target);
    cell.approximate && cell.comparator == Some(Comparator::AtLeast) && below
}
