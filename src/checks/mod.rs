//! Rules over plan and standups: one file each; [`RULES`] is all there is.
//!
//! A rule is a constant with its name, its explanation and a function that looks at a [`Subject`] and complains. To add one:
//! a file here, a line in the list, a folder under `tests/cases/check/`.

mod allowance;
mod block_length;
mod blocked_long;
mod budget_total;
mod common;
mod conditional_task;
mod criterion_below_plan;
mod criterion_beyond_scope;
mod day_label;
mod dependency_circle;
mod dependency_order;
mod effort_counted_twice;
mod effort_total;
mod elsewhere;
mod encoding;
mod fully_booked;
mod gate_gap;
mod gate_name;
mod hidden_characters;
mod idle_team;
mod measured_conflict;
mod measured_unit;
mod mention_not_read;
mod merge_conflict;
mod metric_not_comparable;
mod metric_promised_early;
mod metric_target_conflict;
mod metric_unknown;
mod missing_standup;
mod mojibake;
mod non_working_target;
mod overallocated;
mod overdue;
mod percent_went_back;
mod phase_name;
mod phase_weeks;
mod placeholder;
mod relative_day;
mod scope_label;
mod segment_effort;
mod segment_words;
mod settle;
mod shared_id;
mod silent_task;
mod standup_counter;
mod standup_target;
mod state_conflict;
mod stuck_at;
mod table_columns;
mod task_without_id;
mod template_counter;
mod two_targets;
mod unknown_dependency;
mod unknown_mention;
mod unknown_metric;
mod unknown_owner;
mod unknown_priority;
mod unreachable_on_plan;
mod unstaffed_sign_off;
mod watermelon;

pub use self::common::Subject;
pub use self::settle::settle;

use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
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
    /// Says whether a comment can silence a finding: those about settings, and about files without text, have no line before them.
    #[must_use]
    pub fn can_be_allowed(&self) -> bool {
        !["empty-file", "unknown-rule", "unreadable-file"].contains(&self.name)
    }

    /// Makes a finding at a place.
    #[must_use]
    pub fn at(&self, place: &Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(self.name, self.severity, place, message)
    }
}

/// The rules, by name.
pub const RULES: &[&Rule] = &[
    &allowance::RULE,
    &block_length::RULE,
    &blocked_long::RULE,
    &budget_total::RULE,
    &conditional_task::RULE,
    &criterion_below_plan::RULE,
    &criterion_beyond_scope::RULE,
    &day_label::RULE,
    &dependency_circle::RULE,
    &dependency_order::RULE,
    &effort_counted_twice::RULE,
    &effort_total::RULE,
    &encoding::RULE,
    &fully_booked::RULE,
    &gate_gap::RULE,
    &gate_name::RULE,
    &hidden_characters::RULE,
    &idle_team::RULE,
    &measured_conflict::RULE,
    &measured_unit::RULE,
    &mention_not_read::RULE,
    &merge_conflict::RULE,
    &metric_not_comparable::RULE,
    &metric_promised_early::RULE,
    &metric_target_conflict::RULE,
    &metric_unknown::RULE,
    &missing_standup::RULE,
    &mojibake::RULE,
    &non_working_target::RULE,
    &overallocated::RULE,
    &overdue::RULE,
    &percent_went_back::RULE,
    &phase_name::RULE,
    &phase_weeks::RULE,
    &placeholder::RULE,
    &relative_day::RULE,
    &scope_label::RULE,
    &segment_effort::RULE,
    &segment_words::RULE,
    &settle::RULE,
    &shared_id::RULE,
    &silent_task::RULE,
    &standup_counter::RULE,
    &standup_target::RULE,
    &state_conflict::RULE,
    &stuck_at::RULE,
    &table_columns::RULE,
    &task_without_id::RULE,
    &template_counter::RULE,
    &two_targets::RULE,
    &unknown_dependency::RULE,
    &unknown_mention::RULE,
    &unknown_metric::RULE,
    &unknown_owner::RULE,
    &unknown_priority::RULE,
    &unreachable_on_plan::RULE,
    &unstaffed_sign_off::RULE,
    &watermelon::RULE,
];

/// The name of the rule about merges that nobody has finished: what is in such a file, nobody meant.
pub const MERGE_CONFLICT: &str = merge_conflict::RULE.name;

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

/// Says what to write instead of the name of a rule that does not exist.
fn nearest(name: &str) -> String {
    let near = phrase::did_you_mean(name, all().iter().map(|it| it.name));
    near.map_or("`roadbook explain` lists the rules".to_owned(), |it| format!("did you mean \"{it}\"?"))
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
