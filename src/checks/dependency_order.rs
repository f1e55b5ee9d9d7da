//! `dependency-order`: a task that is planned to end before what it needs.

use super::{Rule, Subject};
use crate::calendar::short_day_as_of;
use crate::diagnostic::{Diagnostic, Severity};

/// Complains about each open task and each open one that it needs, where the plan has them the wrong way round.
pub const RULE: Rule = Rule {
    name: "dependency-order",
    severity: Severity::Warning,
    what: "A task is planned to end before a task that it depends on.",
    why: "One of the two days cannot be kept.",
    bad: "### Week 1: Fill\n- [ ] **P1-02:** Fill (depends on P1-01)\n\n### Week 2: Dig\n- [ ] **P1-01:** Dig",
    good: "### Week 1: Dig\n- [ ] **P1-01:** Dig\n\n### Week 2: Fill\n- [ ] **P1-02:** Fill (depends on P1-01)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let (plan, history) = (subject.plan(), subject.history);
    let day = |it| short_day_as_of(it, history.as_of);
    let is_open = |at: usize| history.state(at, history.as_of).state.is_open();
    for (at, needs) in subject.analysis.dependencies.needs.iter().enumerate() {
        let Some((task, end)) = plan.tasks.get(at).and_then(|it| Some((it, it.end?))).filter(|_| is_open(at)) else {
            continue;
        };
        for needed in needs.iter().filter(|it| is_open(**it)) {
            let Some((needed, its)) = plan.tasks.get(*needed).and_then(|it| Some((it, it.end?))) else { continue };
            if its <= end {
                continue;
            }
            let message = format!(
                "{} is planned to end on {}, and {}, which it needs, later",
                task.name(),
                day(end),
                needed.name()
            );
            let it = RULE.at(&subject.name_in(task, task.last()), message).label(format!("ends on {}", day(end)));
            let it = it.related(&subject.name_in(needed, needed.last()), format!("ends on {}", day(its)));
            found.push(it.help(format!("plan {} for later, or {} for earlier", task.name(), needed.name())));
        }
    }
}
