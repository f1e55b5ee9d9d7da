//! `phase-name`: a phase with two names.

use super::common::tables::of_phases;
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};

/// Notes phases whose name in the table of phases differs from their heading.
pub const RULE: Rule = Rule {
    name: "phase-name",
    severity: Severity::Info,
    what: "A phase has one name in the table of phases and another in its heading.",
    why: "Two names make two phases in the minds of readers.",
    bad: "| Phase | Duration | Focus |\n|---|---|---|\n| Phase 1 | Week 1-2 | Fixes |\n\n## Phase 1: Fixes & Launch (Week 1-2)",
    good: "| Phase | Duration | Focus |\n|---|---|---|\n| Phase 1 | Week 1-2 | Fixes |\n\n## Phase 1: Fixes (Week 1-2)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (number, name, place) in of_phases(subject, &["focus", "name", "title", "theme"]) {
        let Some(phase) = subject.plan().phases.iter().find(|it| it.number == number) else { continue };
        if plain(&phase.name) == plain(&name) {
            continue;
        }
        let message = format!("phase {number} is \"{name}\" in the table and \"{}\" in its heading", phase.name);
        let it = RULE.at(&place, message).label("in the table");
        let heading = subject.words_in(&phase.place, &phase.name);
        found.push(it.related(&heading, "in the heading").help("use one name in both places"));
    }
}

/// Returns a name without case and without the words that join.
fn plain(name: &str) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).filter(|it| it != "and").collect::<Vec<_>>().join(" ")
}
