//! `missing-standup`: a past week of which nobody told.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;

/// Complains once about the weeks that are over and have no standup, in a project that has some.
pub const RULE: Rule = Rule {
    name: "missing-standup",
    severity: Severity::Warning,
    what: "A week that is over has no standup.",
    why: "What was done that week is dated later than it happened, and the burndown and the forecast show a pause that was none.",
    bad: "standups/week-01.md\nstandups/week-03.md",
    good: "standups/week-01.md\nstandups/week-02.md\nstandups/week-03.md",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let missing = &subject.analysis.missing_standups;
    let Some(first) = missing.first() else { return };
    let verbs = if missing.len() == 1 { "is over and has" } else { "are over and have" };
    let message = format!("{} {verbs} no standup", phrase::weeks(missing));
    let week = subject.plan().weeks.iter().find(|it| it.week == *first);
    let help = format!("write what was done in week {first}: `roadbook standup --week {first}` begins the file");
    let it = match week {
        Some(it) => RULE.at(&it.place, message).label("nobody told of it"),
        None => Diagnostic::file(RULE.name, RULE.severity, &subject.roadmap().path, message),
    };
    let further = missing.iter().skip(1).filter_map(|week| subject.plan().weeks.iter().find(|it| it.week == *week));
    found.push(further.fold(it, |all, it| all.again(&it.place, "nor of this one")).help(help));
}
