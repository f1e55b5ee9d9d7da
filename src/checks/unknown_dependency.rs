//! `unknown-dependency`: a dependency on an ID that no task has.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::reading::ids_among;
use std::collections::BTreeSet;

/// Complains about each ID of a class that tasks have, and that no task has; other words may mean work of others.
pub const RULE: Rule = Rule {
    name: "unknown-dependency",
    severity: Severity::Error,
    what: "A task depends on an ID that no task of the roadmap has.",
    why: "Nothing waits for it, so that the task seems ready to begin.",
    bad: "- [ ] **P1-01:** Dig\n- [ ] **P1-02:** Fill (depends on P1-10)",
    good: "- [ ] **P1-01:** Dig\n- [ ] **P1-02:** Fill (depends on P1-01)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let classes: BTreeSet<String> =
        plan.tasks.iter().filter_map(|it| Some(it.priority.as_ref()?.to_uppercase())).collect();
    for (at, words) in &subject.analysis.dependencies.unknown {
        let Some(task) = plan.tasks.get(*at) else { continue };
        // An address may hold anything.
        if words.contains("://") {
            continue;
        }
        for id in ids_among(words) {
            let is_of_plan = id.rsplit_once('-').is_some_and(|(class, _)| classes.contains(&class.to_uppercase()));
            if !is_of_plan || plan.task_with_id(id).is_some() {
                continue;
            }
            let message = format!("{} depends on {id}, which no task of the roadmap has", task.name());
            let it = RULE.at(&subject.name_in(task, task.last()), message).label(format!("waits for {id}"));
            found.push(it.help("correct the ID, or add the task"));
        }
    }
}
