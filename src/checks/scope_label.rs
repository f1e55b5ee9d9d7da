//! `scope-label`: "Week N Deliverables" that close the last block only.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::text::Place;
use std::collections::BTreeMap;

/// Notes, once, lists that are named after a week and stand below its last block, which has no list of its own.
pub const RULE: Rule = Rule {
    name: "scope-label",
    severity: Severity::Info,
    what: "\"Week N Deliverables\" stand below the last block of a week, and that block has no list of its own.",
    why: "It cannot be told which results are the week's and which are those of its last days.",
    bad: "### Week 1: Data\n\n#### Monday-Tuesday (2 days)\n\n**Day 1-2 Deliverables:**\n- Sailing times\n\n#### Wednesday-Friday (3 days)\n\n**Week 1 Deliverables:**\n- The map",
    good: "### Week 1: Data\n\n#### Monday-Tuesday (2 days)\n\n**Day 1-2 Deliverables:**\n- Sailing times\n\n#### Wednesday-Friday (3 days)\n\n**Day 3-5 Deliverables:**\n- The map",
    check,
};

/// The lists of a week: the block and the label of each.
type Lists = Vec<(usize, Place, bool)>;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let mut weeks: BTreeMap<u32, Lists> = BTreeMap::new();
    for it in &plan.deliverables {
        let (Some(week), Some(block)) = (it.week, it.block) else { continue };
        let label = subject.place_of(&it.scope, &it.place);
        let lists = weeks.entry(week).or_default();
        // The deliverables of one list share one label.
        if lists.last().is_none_or(|(_, last, _)| *last != label) {
            lists.push((block, label, is_of_week(&it.scope)));
        }
    }
    let last_block = |week: u32| plan.blocks.iter().rposition(|it| it.week == Some(week));
    let mut closing: Vec<(u32, Place)> = Vec::new();
    for (week, lists) in weeks {
        let Some(last) = last_block(week) else { continue };
        let of_last: Vec<_> = lists.iter().filter(|(block, ..)| *block == last).collect();
        let others = lists.iter().any(|(block, _, is_week)| *block != last && !is_week);
        if let ([(_, label, true)], true) = (of_last.as_slice(), others) {
            closing.push((week, label.clone()));
        }
    }
    let Some(((_, first), more)) = closing.split_first() else { return };
    let weeks: Vec<u32> = closing.iter().map(|(week, _)| *week).collect();
    let message = if more.is_empty() {
        format!(
            "the deliverables of {} stand below its last block, which has no list of its own",
            phrase::weeks(&weeks)
        )
    } else {
        format!(
            "the deliverables of {} stand below their last blocks, which have no lists of their own",
            phrase::weeks(&weeks)
        )
    };
    let mut it = RULE.at(first, message).label("of the week, or of its last days?");
    for (_, place) in more {
        it = it.again(place, "here too");
    }
    found.push(it.help("give the last block a list of its own, or name the list after its days"));
}

fn is_of_week(scope: &str) -> bool {
    scope.trim_start().get(..4).is_some_and(|it| it.eq_ignore_ascii_case("week"))
}
