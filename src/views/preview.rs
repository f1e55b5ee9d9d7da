//! What a preview adds to a site: a banner, a page of all changes, and a mark wherever something changed.

use super::diff::{Context, DiffView};
use crate::comparison::{Comparison, Kind, Subject};
use std::collections::HashMap;

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
}

impl<'a> Preview<'a> {
    /// Puts together what a preview adds.
    #[must_use]
    pub fn new(comparison: &Comparison, view: &'a DiffView, context: &'a Context) -> Self {
        let (mut tasks, mut gates): (HashMap<usize, Vec<String>>, HashMap<usize, Vec<String>>) = Default::default();
        for it in &comparison.changes {
            let word = match (it.kind, it.aspect) {
                (Kind::Other, aspect) => aspect.to_owned(),
                (kind, _) => kind.word().to_owned(),
            };
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
        let said = |of: HashMap<usize, Vec<String>>| {
            let words = |mut it: Vec<String>| {
                // "changed" says less than what stands beside it.
                let mut seen = Vec::new();
                it.retain(|it| {
                    !seen.contains(it) && {
                        seen.push(it.clone());
                        true
                    }
                });
                it.join(", ")
            };
            of.into_iter().map(|(at, it)| (at, words(it))).collect()
        };
        Self { view, context, tasks: said(tasks), gates: said(gates) }
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

    /// Returns "Preview of pull request #42, not the plan".
    #[must_use]
    pub fn banner(&self) -> String {
        match self.context.pull {
            Some(it) => format!("Preview of pull request #{it}: this is not the plan"),
            None => "Preview of a change: this is not the plan".to_owned(),
        }
    }
}
