//! `unknown-mention`: a standup that speaks of a task the roadmap does not have.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Related, Severity};
use crate::phrase;
use std::collections::BTreeMap;

/// Complains once about each ID that standups name and no task has.
pub const RULE: Rule = Rule {
    name: "unknown-mention",
    severity: Severity::Error,
    what: "A standup names an ID that no task of the roadmap has.",
    why: "The line counts for nothing, and the task it meant stays as it was.",
    bad: "- [x] P2-50: Load tests",
    good: "- [x] P2-05: Load tests",
    check,
};

/// IDs for which the nearest is looked for: each is held against every task.
const MAX_SUGGESTIONS: usize = 50;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let mut unknown: BTreeMap<String, Diagnostic> = BTreeMap::new();
    for it in &subject.history.standups {
        // What comes next is no evidence, but a wrong ID there is wrong all the same.
        let lists = [&it.standup.done, &it.standup.in_progress, &it.standup.blocked, &it.standup.next];
        for entry in lists.into_iter().flatten() {
            for id in entry.ids.iter().filter(|it| plan.task_with_id(it).is_none()) {
                // An ID behind markup is a copy, so that its bytes say nothing of its place.
                let place = subject.words_in(&subject.place_of(id, &entry.place), id);
                let may_suggest = unknown.len() < MAX_SUGGESTIONS;
                unknown
                    .entry(id.to_ascii_uppercase())
                    .and_modify(|it| it.related.push(Related { place: place.clone(), message: "and here".to_owned() }))
                    .or_insert_with(|| {
                        let message = format!("{id} is in no task of the roadmap, so this line counts for nothing");
                        let it = RULE.at(&place, message).label("in no task of the roadmap");
                        it.help(help(subject, id, may_suggest))
                    });
            }
        }
    }
    found.extend(unknown.into_values());
}

fn help(subject: &Subject<'_>, id: &str, may_suggest: bool) -> String {
    let ids = subject.plan().tasks.iter().filter_map(|it| it.id.as_deref());
    let near = if may_suggest { phrase::did_you_mean(id, ids) } else { None };
    near.map_or("use an ID of the roadmap, or add the task there".to_owned(), |it| format!("did you mean {it}?"))
}
