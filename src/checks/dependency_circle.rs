//! `dependency-circle`: tasks that wait for one another.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};

/// Complains once about each circle.
pub const RULE: Rule = Rule {
    name: "dependency-circle",
    severity: Severity::Error,
    what: "Tasks depend on one another in a circle.",
    why: "None of them can ever begin, and nothing can be said of when they end.",
    bad: "- [ ] **P1-01:** Dig (depends on P1-02)\n- [ ] **P1-02:** Fill (depends on P1-01)",
    good: "- [ ] **P1-01:** Dig\n- [ ] **P1-02:** Fill (depends on P1-01)",
    check,
};

/// So many names of a circle are written.
const MOST: usize = 8;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    for circle in &subject.analysis.dependencies.circles {
        let tasks: Vec<_> = circle.iter().filter_map(|at| plan.tasks.get(*at)).collect();
        let Some((first, more)) = tasks.split_first() else { continue };
        let names = tasks.iter().take(MOST).map(|it| it.name());
        let rest = (MOST < tasks.len()).then(|| format!("{} more", tasks.len() - MOST));
        let way: Vec<String> = names.chain(rest).chain([first.name()]).collect();
        let message = if more.is_empty() {
            format!("{} depends on itself", first.name())
        } else {
            format!("these depend on one another: {}", way.join(" → "))
        };
        let it = RULE.at(&subject.name_in(first, first.last()), message).label("can never begin");
        let it = more.iter().fold(it, |all, it| all.again(&subject.name_in(it, it.last()), "and this one"));
        found.push(it.help("take one of the dependencies away"));
    }
}
