//! `criterion-below-plan`: a criterion that asks for less than the plan does.

use super::common::demands::{demands, done_by, noun};
use super::{Rule, Subject};
use crate::calendar::short_day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Task;
use crate::phrase;

/// Complains about a counting criterion that the plan passes with items to spare.
pub const RULE: Rule = Rule {
    name: "criterion-below-plan",
    severity: Severity::Warning,
    what: "A criterion asks for fewer items than the plan finishes by its gate.",
    why: "The gate passes while work that was planned before it is late, so it does not guard what readers think.",
    bad: "### Week 1\n- [ ] **P2-01:** First\n- [ ] **P2-02:** Second\n\n**Exit Criteria:**\n- 1/2 P2 items complete",
    good: "### Week 1\n- [ ] **P2-01:** First\n- [ ] **P2-02:** Second\n\n**Exit Criteria:**\n- 2/2 P2 items complete",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let demands = demands(subject);
    for it in demands.asked.iter().filter(|it| it.is_criterion && it.of.is_some()) {
        let items = demands.planned.items(it);
        let Some(due) = it.due else { continue };
        let by_then = done_by(items, due);
        // Where more is counted than exists, the number itself is wrong: that is said elsewhere.
        if by_then <= it.needed || it.of.is_some_and(|of| items.len() < of) {
            continue;
        }
        let noun = noun(it.class.as_deref());
        let message = format!(
            "the criterion asks for {} by {}, the plan finishes {by_then} by then",
            phrase::count(it.needed, &noun),
            short_day(due)
        );
        let mut complaint =
            RULE.at(&it.place, message).label(format!("{by_then} of {} are planned by then", items.len()));
        for (words, place) in &it.also {
            complaint = complaint.related(place, format!("asks for {words}"));
        }
        let tasks = items.iter().take(by_then).filter_map(|(_, at)| subject.plan().tasks.get(*at));
        let names: Vec<String> = tasks.map(Task::name).take(12).collect();
        complaint = complaint.note(format!("planned by then: {}", phrase::list(&names)));
        found.push(complaint.help(format!("ask for {by_then}, or say what the slack is for")));
    }
}
