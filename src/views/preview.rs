//! What a preview adds to a site: a banner, a page of all changes, and a mark wherever something changed.

use super::diff::{Context, DiffView};
use crate::comparison::{Comparison, Kind, Subject};
use crate::text::{Place, Span};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// What a preview adds to a site.
#[derive(Debug)]
pub struct Preview<'a> {
    /// What the change does.
    pub view: &'a DiffView,
    /// What both sides are called.
    pub context: &'a Context,
    /// What changed of each task, by its place in the plan.
    tasks: HashMap<usize, String>,
    /// What changed of each gate, by its place in the plan.
    gates: HashMap<usize, String>,
    /// What changed of all other things, by where each stands.
    places: HashMap<(Arc<str>, Span), String>,
}

impl<'a> Preview<'a> {
    /// Puts together what a preview adds.
    #[must_use]
    pub fn new(comparison: &Comparison, view: &'a DiffView, context: &'a Context) -> Self {
        let (mut tasks, mut gates): (HashMap<usize, Vec<String>>, HashMap<usize, Vec<String>>) = Default::default();
        let mut places: HashMap<(Arc<str>, Span), Vec<String>> = HashMap::new();
        for it in &comparison.changes {
            let word = match (it.kind, it.aspect) {
                (Kind::Other, aspect) => aspect.to_owned(),
                (kind, _) => kind.word().to_owned(),
            };
            let is_other = !matches!(it.subject, Subject::Task | Subject::Gate) && !it.is_of_before;
            if is_other {
                places.entry((Arc::clone(&it.place.path), it.place.span)).or_default().push(word.clone());
            }
            if let Some(at) = it.task.after {
                tasks.entry(at).or_default().push(word);
            } else if let (Some(at), Subject::Gate | Subject::Criterion) = (it.gate.after, it.subject) {
                gates.entry(at).or_default().push(word);
            }
        }
        for it in &comparison.gates {
            if let Some(at) = it.gate.after {
                gates.entry(at).or_default().push(it.news.word().to_owned());
            }
        }
        Self { view, context, tasks: said(tasks), gates: said(gates), places: said(places) }
    }

    /// Returns what changed of a task, by its place in the plan: "moved, re-estimated".
    #[must_use]
    pub fn of_task(&self, at: usize) -> Option<&str> {
        self.tasks.get(&at).map(String::as_str)
    }

    /// Returns what changed of a gate, by its place in the plan.
    #[must_use]
    pub fn of_gate(&self, at: usize) -> Option<&str> {
        self.gates.get(&at).map(String::as_str)
    }

    /// Returns what changed of what stands somewhere, other than a task or a gate.
    #[must_use]
    pub fn of_place(&self, place: &Place) -> Option<&str> {
        self.places.get(&(Arc::clone(&place.path), place.span)).map(String::as_str)
    }

    /// Returns "Preview of pull request #42, not the plan".
    #[must_use]
    pub fn banner(&self) -> String {
        match self.context.pull {
            Some(it) => format!("Preview of pull request #{it}: this is not the plan"),
            None => "Preview of a change: this is not the plan".to_owned(),
        }
    }
}

/// Joins what was said of each thing; what was said twice is said once.
fn said<K: Eq + Hash>(of: HashMap<K, Vec<String>>) -> HashMap<K, String> {
    let words = |all: Vec<String>| {
        let mut once: Vec<String> = Vec::new();
        for it in all {
            if !once.contains(&it) {
                once.push(it);
            }
        }
        once.join(", ")
    };
    of.into_iter().map(|(key, it)| (key, words(it))).collect()
}
