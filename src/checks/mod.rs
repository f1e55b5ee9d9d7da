//! Rules over plan and standups: one file each; [`RULES`] is all there is.
//!
//! A rule is a constant with its name, its explanation and a function that looks at a [`Subject`] and complains. To add one:
//! a file here, a line in the list, a folder under `tests/cases/check/`.

mod allowance;
mod conditional_task;
mod criterion_below_plan;
mod criterion_beyond_scope;
mod day_label;
mod demands;
mod effort_total;
mod elsewhere;
mod encoding;
mod hidden_characters;
mod metric_unknown;
mod missing_standup;
mod mojibake;
mod non_working_target;
mod overallocated;
mod phase_name;
mod placeholder;
mod relative_day;
mod settle;
mod subject;
mod task_without_id;
mod unknown_owner;
mod unknown_priority;
mod unreachable_on_plan;

pub use self::settle::settle;
pub use self::subject::Subject;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Place;

/// A rule: what it is called, why it matters, how it looks.
#[derive(Debug)]
pub struct Rule {
    /// The thing that is wrong, in two or three words with dashes.
    pub name: &'static str,
    /// How much it matters when no setting says otherwise; a rule may grade its findings.
    pub severity: Severity,
    /// What it finds, in one sentence.
    pub what: &'static str,
    /// Why that matters, and to whom.
    pub why: &'static str,
    /// Markdown that it complains about.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// Looks, and complains.
    pub check: fn(&Subject<'_>, &mut Vec<Diagnostic>),
}

impl Rule {
    /// Makes a finding at a place.
    #[must_use]
    pub fn at(&self, place: &Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(self.name, self.severity, place, message)
    }
}

/// The rules, by name.
pub const RULES: &[&Rule] = &[
    &allowance::RULE,
    &conditional_task::RULE,
    &criterion_below_plan::RULE,
    &criterion_beyond_scope::RULE,
    &day_label::RULE,
    &effort_total::RULE,
    &encoding::RULE,
    &hidden_characters::RULE,
    &metric_unknown::RULE,
    &missing_standup::RULE,
    &mojibake::RULE,
    &non_working_target::RULE,
    &overallocated::RULE,
    &phase_name::RULE,
    &placeholder::RULE,
    &relative_day::RULE,
    &settle::RULE,
    &task_without_id::RULE,
    &unknown_owner::RULE,
    &unknown_priority::RULE,
    &unreachable_on_plan::RULE,
];

/// Returns every rule, those whose findings arise elsewhere included, by name.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    let mut all: Vec<&Rule> = RULES.iter().copied().chain(elsewhere::RULES).collect();
    all.sort_by_key(|it| it.name);
    all
}

/// Returns the rule with a name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    all().into_iter().find(|it| it.name == name)
}

/// Runs every rule.
#[must_use]
pub fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        (rule.check)(subject, &mut found);
    }
    found
}
