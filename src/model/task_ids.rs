//! Tasks by their IDs.

use super::Task;
use std::cmp::Ordering;

/// Finds tasks by their IDs, whatever the case of the letters.
#[derive(Debug, Clone, Default)]
pub struct TaskIds {
    /// Places of tasks, in the order of their IDs.
    sorted: Vec<u32>,
}

impl TaskIds {
    /// Makes an index of places in a plan's tasks, which must be sorted by their IDs as [`compare_ids`] does.
    #[must_use]
    pub fn from_sorted(sorted: Vec<u32>) -> Self {
        Self { sorted }
    }

    /// Returns the place of the task with an ID.
    #[must_use]
    pub fn find(&self, id: &str, tasks: &[Task]) -> Option<usize> {
        let id_of = |at: u32| tasks.get(at as usize).and_then(|it| it.id.as_deref()).unwrap_or_default();
        let found = self.sorted.binary_search_by(|at| compare_ids(id_of(*at), id)).ok()?;
        self.sorted.get(found).map(|at| *at as usize)
    }
}

/// Compares IDs; the case of ASCII letters, which IDs are made of, does not matter.
#[must_use]
pub fn compare_ids(a: &str, b: &str) -> Ordering {
    let capital = |it: &u8| it.to_ascii_uppercase();
    let mut pairs = a.as_bytes().iter().zip(b.as_bytes());
    let unlike = pairs.find(|(a, b)| a != b && capital(a) != capital(b));
    unlike.map_or_else(|| a.len().cmp(&b.len()), |(a, b)| capital(a).cmp(&capital(b)))
}
