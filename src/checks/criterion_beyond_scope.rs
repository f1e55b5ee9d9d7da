//! `criterion-beyond-scope`: a criterion that asks for more items than exist.

use super::common::demands::{demands, noun};
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;

/// Complains about a criterion that counts more items of a class than the plan has.
pub const RULE: Rule = Rule {
    name: "criterion-beyond-scope",
    severity: Severity::Error,
    what: "A criterion asks for, or counts, more items of a class than exist.",
    why: "It can never be met as it is written, and a share such as 80% is taken of a number that nobody plans.",
    bad: "- [ ] **P3-01:** Unify the tools\n\n**Exit Criteria:**\n- 2/3 P3 items complete",
    good: "- [ ] **P3-01:** Unify the tools\n\n**Exit Criteria:**\n- All P3 items complete",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let demands = demands(subject);
    for it in &demands.asked {
        let items = demands.planned.items(it);
        let most = it.of.unwrap_or(0).max(it.needed);
        // What a metric asks for is a share of what criteria count: it is wrong where they are.
        if !it.is_criterion || most <= items.len() {
            continue;
        }
        let noun = noun(it.class.as_deref());
        let message = format!("the criterion counts {}, the plan has {}", phrase::count(most, &noun), items.len());
        let names = items.iter().filter_map(|(_, at)| Some(subject.plan().tasks.get(*at)?.name()));
        let names: Vec<String> = names.take(12).collect();
        let mut found_here = RULE.at(&it.place, message).label(format!("{} exist", items.len()));
        for (words, place) in &it.also {
            found_here = found_here.related(place, format!("asks for {words}"));
        }
        if !names.is_empty() && items.len() <= 12 {
            found_here = found_here.note(format!("the plan has {}", phrase::list(&names)));
        }
        let help =
            format!("count the {} that exist, or add the tasks that are missing", phrase::count(items.len(), &noun));
        found.push(found_here.help(help));
    }
}
