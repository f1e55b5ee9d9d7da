//! What criteria and metrics ask of classes of tasks, and what the plan has: shared by the rules that compare them.

use super::Subject;
use crate::analysis::{asks, asks_phase};
use crate::calendar::Day;
use crate::model::{CellKind, State};
use crate::text::Place;
use std::collections::BTreeMap;

/// So many items, by a day.
#[derive(Debug)]
pub struct Demand {
    /// The class; nothing for all items.
    pub class: Option<String>,
    /// The phase that "all items" means, where it does not mean the plan.
    phase: Option<usize>,
    /// How many items are to be done.
    pub needed: usize,
    /// How many there are said to be, where that is written: "10" of "8/10".
    pub of: Option<usize>,
    /// The day of the gate, or the last working day of the metric's week.
    pub due: Option<Day>,
    /// The words that ask.
    pub place: Place,
    /// Metrics that ask the same of the same day: the words, and the cell's place.
    pub also: Vec<(String, Place)>,
    /// Whether a criterion asks; else a metric does.
    pub is_criterion: bool,
    /// What a metric asks for: percent, and of how many.
    pub share: Option<(f64, usize)>,
}

/// Items by their planned end, those without one last, each with its place in the plan.
pub type Items = Vec<(Option<Day>, usize)>;

/// The items that are in scope.
#[derive(Debug, Default)]
pub struct Planned {
    all: Items,
    classes: BTreeMap<String, Items>,
    phases: BTreeMap<usize, Items>,
}

impl Planned {
    /// Puts the items in scope in order.
    #[must_use]
    pub fn new(subject: &Subject<'_>) -> Self {
        let mut it = Self::default();
        let history = subject.history;
        for (at, (task, state)) in history.plan.tasks.iter().zip(history.states(history.as_of)).enumerate() {
            if state == State::Dropped {
                continue;
            }
            it.all.push((task.end, at));
            if let Some(class) = &task.priority {
                it.classes.entry(class.to_string()).or_default().push((task.end, at));
            }
            if let Some(phase) = task.last().phase {
                it.phases.entry(phase).or_default().push((task.end, at));
            }
        }
        for items in it.classes.values_mut().chain(it.phases.values_mut()).chain([&mut it.all]) {
            items.sort_by_key(|(end, at)| (end.is_none(), *end, *at));
        }
        it
    }

    /// Returns the items of a class; nothing for a class that no item is of.
    #[must_use]
    pub fn class(&self, class: &str) -> Option<&[(Option<Day>, usize)]> {
        self.classes.get(class).map(Vec::as_slice)
    }

    /// Returns the items that a demand speaks of.
    #[must_use]
    pub fn items(&self, it: &Demand) -> &[(Option<Day>, usize)] {
        self.of(it.class.as_deref(), it.phase)
    }

    fn of(&self, class: Option<&str>, phase: Option<usize>) -> &[(Option<Day>, usize)] {
        let items = match (class, phase) {
            (Some(class), _) => self.classes.get(class),
            (None, Some(phase)) => self.phases.get(&phase),
            (None, None) => Some(&self.all),
        };
        items.map_or(&[][..], Vec::as_slice)
    }
}

/// Returns what criteria ask for, with the metrics that ask the same, and what metrics ask for alone.
#[must_use]
pub fn demands(subject: &Subject<'_>, planned: &Planned) -> Vec<Demand> {
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
