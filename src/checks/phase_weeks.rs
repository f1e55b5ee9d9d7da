//! `phase-weeks`: a phase, or the plan, with two lengths.

use super::common::tables::of_phases;
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::reading::week_range;

/// Complains about phases whose weeks differ between table and heading, and about a plan whose phases end in another week than it says.
pub const RULE: Rule = Rule {
    name: "phase-weeks",
    severity: Severity::Warning,
    what: "A phase has other weeks in the table of phases than in its heading, or the phases end in another week than the plan says.",
    why: "Gates are due at the end of their phase, so each reader expects them in another week.",
    bad: "| Phase | Duration |\n|---|---|\n| Phase 1 | Week 1-3 |\n\n## Phase 1: Fixes (Week 1-2)",
    good: "| Phase | Duration |\n|---|---|\n| Phase 1 | Week 1-2 |\n\n## Phase 1: Fixes (Week 1-2)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    for (number, words, place) in of_phases(subject, &["duration", "weeks", "week", "timeline"]) {
        let phase = plan.phases.iter().find(|it| it.number == number);
        let weeks = phase.and_then(|it| it.weeks).zip(week_range(&words));
        let Some((phase, (heading, table))) = phase.zip(weeks).filter(|(_, (a, b))| a != b) else { continue };
        let message = format!(
            "phase {number} is {} in the table and {} in its heading",
            phrase::weeks_from(table),
            phrase::weeks_from(heading)
        );
        let it = RULE.at(&place, message).label("in the table");
        found.push(it.related(&phase.place, "in the heading").help("write the same weeks in both places"));
    }
    let last = plan.phases.iter().filter_map(|it| Some((it.weeks?.1, it))).max_by_key(|(week, _)| *week);
    if let Some((declared, (week, phase))) = plan.header.weeks.as_ref().zip(last).filter(|(a, (b, _))| a.value != *b) {
        let message = format!(
            "the plan says {}, its phases end in week {week}",
            phrase::count(usize::try_from(declared.value).unwrap_or(0), "week")
        );
        let it = RULE.at(&declared.place, message).label(format!("{week} in the phases"));
        found.push(it.related(&phase.place, "the last phase").help("correct the length, or the weeks of the phases"));
    }
}
