//! What criteria are judged by, looked up once for all of them.

use crate::analysis::metrics::{MetricReview, bracket_unit};
use crate::analysis::words::{matter, words};
use crate::calendar::Day;
use crate::history::{History, Rewording};
use crate::model::{Criterion, Gate, GateKind, State, Task};
use crate::phrase::normal;
use std::cell::OnceCell;
use std::collections::HashMap;

/// What criteria are judged by.
pub struct Facts<'a> {
    /// The plan and what is known.
    pub history: &'a History,
    /// The metrics, in the order of the plan.
    pub metrics: &'a [MetricReview],
    /// The metrics by their names without case.
    pub metric_names: HashMap<String, usize>,
    /// The words that carry the matter of each metric's name.
    pub metric_matter: Vec<Vec<String>>,
    classes: HashMap<&'a str, ClassFacts>,
    all: ClassFacts,
    phases: HashMap<usize, ClassFacts>,
    titles: OnceCell<WordIndex>,
    below: OnceCell<WordIndex>,
}

/// The items of a class that are in scope.
#[derive(Debug, Default)]
pub struct ClassFacts {
    /// Items done.
    pub done: usize,
    /// Items by their planned end; those without one last.
    pub by_end: Vec<(Option<Day>, usize)>,
}

/// Which tasks hold a word, by their places in the plan.
type WordIndex = HashMap<String, Vec<usize>>;

impl<'a> Facts<'a> {
    /// Looks up what criteria ask for.
    #[must_use]
    pub fn new(history: &'a History, metrics: &'a [MetricReview]) -> Self {
        let mut classes: HashMap<&str, ClassFacts> = HashMap::new();
        let mut all = ClassFacts::default();
        let mut phases: HashMap<usize, ClassFacts> = HashMap::new();
        for (at, (task, state)) in history.plan.tasks.iter().zip(history.states(history.as_of)).enumerate() {
            if state == State::Dropped {
                continue;
            }
            let class = task.priority.as_deref().map(|it| classes.entry(it).or_default());
            let phase = task.last().phase.map(|it| phases.entry(it).or_default());
            for facts in class.into_iter().chain(phase).chain([&mut all]) {
                facts.done += usize::from(state == State::Done);
                facts.by_end.push((task.end, at));
            }
        }
        for facts in classes.values_mut().chain(phases.values_mut()).chain([&mut all]) {
            facts.by_end.sort_by_key(|(end, at)| (end.is_none(), *end, *at));
        }
        let names = || history.plan.metrics.iter().map(|it| &it.name);
        let mut metric_names = HashMap::new();
        for (at, name) in names().enumerate() {
            metric_names.entry(normal(name)).or_insert(at);
        }
        let metric_matter = names().map(|it| matter(bracket_unit(it).map_or(it.as_str(), |(name, _)| name))).collect();
        Self {
            history,
            metrics,
            metric_names,
            metric_matter,
            classes,
            all,
            phases,
            titles: OnceCell::new(),
            below: OnceCell::new(),
        }
    }

    /// Returns how the words of a criterion changed, where it is signed and they did.
    #[must_use]
    pub fn reworded(&self, criterion: &Criterion) -> Option<&'a Rewording> {
        let plan = &self.history.plan;
        let is_it = |it: &&Rewording| {
            let found = plan.gates.get(it.gate).and_then(|gate| gate.criteria.get(it.criterion));
            found.is_some_and(|it| it.place == criterion.place)
        };
        self.history.versions.rewordings.iter().find(is_it)
    }

    /// Returns the items of a class, or all items; nothing for a class that no item is of.
    #[must_use]
    pub fn class(&self, class: Option<&str>) -> Option<&ClassFacts> {
        class.map_or(Some(&self.all), |it| self.classes.get(it))
    }

    /// Returns the items that a criterion of a gate speaks of: those of a class, or all, which before the end of the plan are
    /// those of the gate's phase.
    #[must_use]
    pub fn asked(&self, class: Option<&str>, gate: &Gate) -> Option<&ClassFacts> {
        match (class, asks_phase(gate, self.history.plan.phases.len())) {
            (None, Some(phase)) => self.phases.get(&phase),
            (class, _) => self.class(class),
        }
    }

    /// Returns the tasks whose titles hold all of some words, in the order of the plan.
    #[must_use]
    pub fn titled(&self, said: &[String]) -> Vec<usize> {
        let titles = |task: &Task| task.segments.iter().map(|it| it.title.plain()).collect::<Vec<_>>().join(" ");
        holding(self.titles.get_or_init(|| self.index(titles)), said)
    }

    /// Returns the tasks that hold all of some words in their titles or below them, in the order of the plan.
    #[must_use]
    pub fn mentioning(&self, said: &[String]) -> Vec<usize> {
        let texts = |it: &Task| {
            let texts = it.segments.iter().map(|it| format!("{} {}", it.title.plain(), it.details));
            texts.collect::<Vec<_>>().join(" ")
        };
        holding(self.below.get_or_init(|| self.index(texts)), said)
    }

    fn index(&self, text: impl Fn(&Task) -> String) -> WordIndex {
        let mut index = WordIndex::new();
        for (at, task) in self.history.plan.tasks.iter().enumerate() {
            for word in words(&text(task)) {
                let tasks = index.entry(word).or_default();
                if tasks.last() != Some(&at) {
                    tasks.push(at);
                }
            }
        }
        index
    }
}

impl ClassFacts {
    /// Counts the items whose planned end is not after a day.
    #[must_use]
    pub fn by(&self, day: Day) -> usize {
        self.by_end.partition_point(|(end, _)| end.is_some_and(|it| it <= day))
    }
}

/// Returns the phase that "all items" means at a gate; nothing where it means the plan.
#[must_use]
pub fn asks_phase(gate: &Gate, phases: usize) -> Option<usize> {
    gate.phase.filter(|it| it + 1 < phases && gate.kind != GateKind::Launch)
}

/// Begins with the rarest word, so that common ones cost nothing.
fn holding(index: &WordIndex, said: &[String]) -> Vec<usize> {
    let lists: Option<Vec<&Vec<usize>>> = said.iter().map(|it| index.get(it)).collect();
    let Some(mut lists) = lists else { return Vec::new() };
    lists.sort_by_key(|it| it.len());
    let Some((rarest, others)) = lists.split_first() else { return Vec::new() };
    rarest.iter().copied().filter(|at| others.iter().all(|it| it.binary_search(at).is_ok())).collect()
}
