//! Weekly standups.

use super::Cell;
use crate::calendar::{Day, Week};
use crate::prose::Prose;
use crate::text::{Place, SharedStr};
use smallvec::SmallVec;
use std::sync::Arc;

/// What a team said about a week.
#[derive(Debug, Clone)]
pub struct Standup {
    /// The week it is about.
    pub week: Week,
    /// The day it speaks for, where it is written; else the Friday of its week.
    pub date: Option<Day>,
    /// What was finished.
    pub done: Vec<Entry>,
    /// What is being done.
    pub in_progress: Vec<Entry>,
    /// What is held up.
    pub blocked: Vec<Entry>,
    /// What comes next.
    pub next: Vec<Entry>,
    /// What worries the team.
    pub risks: Vec<Entry>,
    /// What is to be decided, or was.
    pub decisions: Vec<Entry>,
    /// What was measured.
    pub metrics: Vec<StandupMetric>,
    /// The file.
    pub path: Arc<str>,
    /// Where its heading stands.
    pub place: Place,
}

/// One line of a standup.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The IDs it begins with.
    pub ids: SmallVec<[SharedStr; 1]>,
    /// The words behind the IDs, without percentage and blocker.
    pub text: Prose,
    /// How much is done, 0 to 100.
    pub percent: Option<f64>,
    /// What holds it up.
    pub reason: Option<SharedStr>,
    /// Where it stands.
    pub place: Place,
}

/// A measured value in a standup.
#[derive(Debug, Clone)]
pub struct StandupMetric {
    /// The name as written.
    pub name: String,
    /// The value; for a counter such as "6/8" the first number.
    pub value: Cell,
    /// The second number of "6/8" or "79/100".
    pub of: Option<f64>,
    /// The target that the standup itself names.
    pub target: Option<f64>,
    /// Where it stands.
    pub place: Place,
}
