//! What criteria and metrics ask of classes of tasks, and what the plan has: shared by the rules that compare them.

use super::Subject;
use super::asked::{Demand, Demands, Planned};
use crate::analysis::{asks, asks_phase};
use crate::calendar::Day;
use crate::model::CellKind;
use std::collections::BTreeMap;

/// Returns what is asked for, worked out once for all rules.
#[must_use]
pub fn demands<'s>(subject: &'s Subject<'_>) -> &'s Demands {
    subject.demands.get_or_init(|| {
        let planned = Planned::new(subject.history);
        Demands { asked: asked(subject, &planned), planned }
    })
}

fn asked(subject: &Subject<'_>, planned: &Planned) -> Vec<Demand> {
    let plan = subject.plan();
    let is_known = |it: &str| planned.class(it).is_some();
    let mut demands = Vec::new();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for gate in &plan.gates {
        for criterion in &gate.criteria {
            for ask in asks(&criterion.text.words(), is_known).unwrap_or_default() {
                let phase = asks_phase(gate, plan.phases.len()).filter(|_| ask.class.is_none());
                let total = planned.of(ask.class.as_deref(), phase).len();
                let (needed, of) = (ask.amount.needed(total), ask.amount.of());
                if let (Some(class), Some(of)) = (&ask.class, of) {
                    counted.insert(class.clone(), of);
                }
                let place = subject.prose(&criterion.text, &criterion.place);
                let (class, due, also) = (ask.class, gate.due, Vec::new());
                demands.push(Demand { class, phase, needed, of, due, place, also, is_criterion: true, share: None });
            }
        }
    }
    let Some(schedule) = subject.schedule() else { return demands };
    for metric in &plan.metrics {
        let Some(class) = class_of(&metric.name) else { continue };
        let Some(items) = planned.class(class) else { continue };
        let of = counted.get(class).copied().unwrap_or(items.len());
        for (week, cell) in &metric.targets {
            let percent = cell.value.filter(|_| cell.kind == CellKind::Number && cell.unit.as_deref() == Some("%"));
            let Some(percent) = percent.filter(|it| (0.0..=100.0).contains(it)) else { continue };
            let needed = reaching(percent, of);
            let due = schedule.calendar.last_working_day(*week);
            let place = subject.cell(cell);
            let same = demands
                .iter_mut()
                .find(|it| it.class.as_deref() == Some(class) && it.needed == needed && it.due == due && due.is_some());
            match same {
                Some(it) => it.also.push((format!("{} for week {week}", cell.text), place)),
                None => demands.push(Demand {
                    class: Some(class.to_owned()),
                    phase: None,
                    needed,
                    of: None,
                    due,
                    place,
                    also: Vec::new(),
                    is_criterion: false,
                    share: Some((percent, of)),
                }),
            }
        }
    }
    demands
}

/// Returns how many of so many items make a share that is written as whole percent: 64% of 11 are 7.
fn reaching(percent: f64, of: usize) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "counts of tasks are small")]
    let share = |n: usize| (100.0 * n as f64 / of.max(1) as f64).round();
    // Shares rise with the count, so that half of the counts can be left out at each step.
    let (mut low, mut high) = (0, of);
    while low < high {
        let middle = low + (high - low) / 2;
        if percent <= share(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// Returns the class that a metric such as "P2 Completion" counts.
#[must_use]
pub fn class_of(name: &str) -> Option<&str> {
    let (class, rest) = name.trim().split_once(' ')?;
    let rest = rest.trim().to_lowercase();
    (rest.starts_with("complet") || rest.starts_with("items complete") || rest == "done").then_some(class)
}

/// Counts the items whose planned end is not after a day.
#[must_use]
pub fn done_by(items: &[(Option<Day>, usize)], day: Day) -> usize {
    items.partition_point(|(end, _)| end.is_some_and(|it| it <= day))
}

/// "P3 item" or "item".
#[must_use]
pub fn noun(class: Option<&str>) -> String {
    class.map_or("item".to_owned(), |it| format!("{it} item"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_they_are_rounded() {
        let needed = [(64.0, 11), (20.0, 11), (100.0, 11), (90.0, 10), (0.0, 6), (50.0, 0)];
        assert_eq!(needed.map(|(percent, of)| reaching(percent, of)), [7, 3, 11, 9, 0, 0]);
    }
}
