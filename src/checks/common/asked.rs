//! What is asked of classes of tasks, and the items that the plan has, as data.

use crate::calendar::Day;
use crate::history::History;
use crate::model::State;
use crate::text::Place;
use std::collections::BTreeMap;

/// All that is asked for, and the items it is held against.
#[derive(Debug)]
pub struct Demands {
    /// What criteria ask for, with the metrics that ask the same, and what metrics ask for alone.
    pub asked: Vec<Demand>,
    /// The items.
    pub planned: Planned,
}

/// So many items, by a day.
#[derive(Debug)]
pub struct Demand {
    /// The class; nothing for all items.
    pub class: Option<String>,
    /// The phase that "all items" means, where it does not mean the plan.
    pub phase: Option<usize>,
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
    pub fn new(history: &History) -> Self {
        let mut it = Self::default();
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

    /// Returns the items of a class, or of a phase, or all.
    #[must_use]
    pub fn of(&self, class: Option<&str>, phase: Option<usize>) -> &[(Option<Day>, usize)] {
        let items = match (class, phase) {
            (Some(class), _) => self.classes.get(class),
            (None, Some(phase)) => self.phases.get(&phase),
            (None, None) => Some(&self.all),
        };
        items.map_or(&[][..], Vec::as_slice)
    }
}
