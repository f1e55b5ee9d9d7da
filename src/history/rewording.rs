//! Criteria whose words changed: a signature is for the words that were signed.

use super::identity::normal;
use crate::calendar::Day;
use crate::model::{Gate, Plan};
use crate::phrase::likeness;

/// A criterion whose words changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    /// The gate, by its place in the plan.
    pub gate: usize,
    /// The criterion, by its place in the gate.
    pub criterion: usize,
    /// The first day of the version with the words of now.
    pub day: Day,
    /// The words before.
    pub was: String,
}

/// Criteria have the same meaning in other words where they are at least this alike, from 0 to 1.
const ALIKE: f64 = 0.5;

/// Follows the signed criteria of a plan back through its versions.
#[derive(Debug)]
pub(super) struct Signed {
    gate: usize,
    criterion: usize,
    name: String,
    words: String,
    /// Whether an older version may still have its words.
    is_open: bool,
}

impl Signed {
    /// Returns the signed criteria of a plan.
    pub fn of(plan: &Plan) -> Vec<Self> {
        let gates = plan.gates.iter().enumerate();
        let signed = |(gate, it): (usize, &Gate)| {
            let all = it.criteria.iter().enumerate().filter(|(_, it)| it.sign_off.is_some());
            let name = normal(&it.name);
            let signed = |(criterion, it): (usize, &crate::model::Criterion)| Self {
                gate,
                criterion,
                name: name.clone(),
                words: normal(&it.text.plain()),
                is_open: true,
            };
            all.map(signed).collect::<Vec<_>>()
        };
        gates.flat_map(signed).collect()
    }

    /// Looks for it in an older version; where that has other words in its place, these changed on the first day of the newer.
    pub fn go_back(&mut self, newer: &Plan, older: &Plan, day: Day) -> Option<Rewording> {
        if !self.is_open {
            return None;
        }
        let words = |plan: &Plan| -> Option<Vec<String>> {
            let gate = plan.gates.iter().find(|it| normal(&it.name) == self.name)?;
            Some(gate.criteria.iter().map(|it| it.text.plain()).collect())
        };
        let before = words(older)?;
        if before.iter().any(|it| normal(it) == self.words) {
            return None;
        }
        self.is_open = false;
        let kept: Vec<String> = words(newer).unwrap_or_default().iter().map(|it| normal(it)).collect();
        let other = before.into_iter().filter(|it| !kept.contains(&normal(it)));
        let alike = other.map(|it| (likeness(&normal(&it), &self.words), it)).filter(|it| ALIKE <= it.0);
        let (_, was) = alike.max_by(|a, b| a.0.total_cmp(&b.0))?;
        let was = was.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Rewording { gate: self.gate, criterion: self.criterion, day, was })
    }
}
