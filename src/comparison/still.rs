//! Which lines still say what a criterion said before.

use super::tokens::{Token, tokens};
use crate::analysis::is_health;
use crate::model::{Metric, Plan};
use crate::phrase::normal;
use std::collections::{BTreeSet, HashMap};

/// The longest name of a metric at the beginning of a criterion, in words.
const MOST_WORDS: usize = 6;

/// Finds lines of the roadmap that name the old number of a metric's criterion: those of the metric's table, of the phases, of other
/// criteria.
pub struct Still<'a> {
    plan: &'a Plan,
    metrics: HashMap<String, &'a Metric>,
    /// The lines of criteria by the name of the metric and the number, as bits.
    criteria: HashMap<(String, u64), Vec<u32>>,
}

impl<'a> Still<'a> {
    /// Prepares to look.
    pub fn of(plan: &'a Plan) -> Self {
        let mut it = Self { plan, metrics: HashMap::new(), criteria: HashMap::new() };
        for metric in &plan.metrics {
            it.metrics.entry(normal(&metric.name)).or_insert(metric);
        }
        for criterion in plan.gates.iter().flat_map(|it| &it.criteria) {
            if let Some((name, number)) = it.asked(&criterion.text.plain()) {
                it.criteria.entry((name, number.to_bits())).or_default().push(criterion.place.line());
            }
        }
        it
    }

    /// Returns the lines that say the number of a criterion's old words, where the new words are about the same metric.
    pub fn lines(&self, before: &str, after: &str) -> Vec<u32> {
        let (Some((name, was)), Some((same, is))) = (self.asked(before), self.asked(after)) else { return Vec::new() };
        if name != same || was.total_cmp(&is).is_eq() {
            return Vec::new();
        }
        let says = |value: Option<f64>| value.is_some_and(|it| it.total_cmp(&was).is_eq());
        let mut lines: BTreeSet<u32> =
            self.criteria.get(&(name.clone(), was.to_bits())).into_iter().flatten().copied().collect();
        if let Some(metric) = self.metrics.get(&name) {
            let mut cells = metric.target.iter().chain(metric.targets.iter().map(|it| &it.1));
            lines.extend(cells.any(|it| says(it.value)).then(|| metric.place.line()));
        }
        if is_health(&name) {
            let targets = self.plan.phases.iter().filter_map(|it| it.health_target.as_ref());
            lines.extend(targets.filter(|it| says(Some(it.value))).map(|it| it.place.line()));
        }
        lines.into_iter().collect()
    }

    /// Returns the metric that a criterion begins with, and the first number behind its name.
    fn asked(&self, text: &str) -> Option<(String, f64)> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let name = |it: usize| words.get(..it).map(|it| normal(&it.join(" ")));
        let is_metric = |it: &String| self.metrics.contains_key(it) || is_health(it);
        let (length, name) = (1..=MOST_WORDS).rev().find_map(|it| Some((it, name(it).filter(is_metric)?)))?;
        let rest = words.get(length..)?.join(" ");
        let number = |it: Token| match it {
            Token::Number(it) => Some(it),
            _ => None,
        };
        Some((name, tokens(&rest).into_iter().find_map(number)?))
    }
}
