//! `segment-effort`: parts of one task whose durations can be added up in two ways.

use super::common::owner_line::duration;
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Segment, Task};
use crate::phrase::{self, days};

/// Complains about tasks whose parts state effort that can be read in two ways.
pub const RULE: Rule = Rule {
    name: "segment-effort",
    severity: Severity::Warning,
    what: "The parts of one task state durations that can be added up in two ways.",
    why: "One reader books the sum and another the larger number. The difference is somebody's day.",
    bad: "- [ ] Start **P1-08:** Test suite\n  - *Owner: QA Team | Duration: 1d (start)*\n- [ ] **P1-08:** Complete the test suite\n  - *Owner: QA Team | Duration: 3d total*",
    good: "- [ ] Start **P1-08:** Test suite\n  - *Owner: QA Team | Duration: 1d (start)*\n- [ ] **P1-08:** Complete the test suite\n  - *Owner: QA Team | Duration: 2d (remaining)*",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for task in subject.plan().tasks.iter().filter(|it| 1 < it.segments.len()) {
        let stated: Vec<(&Segment, f64)> =
            task.segments.iter().filter_map(|it| Some((it, it.effort_days?))).filter(|(_, it)| 0.0 < *it).collect();
        let Some(at) = ambiguous(&stated) else { continue };
        let (Some((last, total)), Some(before)) = (stated.get(at), stated.get(..at)) else { continue };
        found.push(complaint(subject, task, (last, *total), before));
    }
}

/// Returns the part whose duration may hold those before it: one called "total", or the same number twice without a word.
fn ambiguous(stated: &[(&Segment, f64)]) -> Option<usize> {
    let is_total = |it: &Segment| {
        it.qualifier
            .as_deref()
            .is_some_and(|it| ["total", "overall", "altogether"].iter().any(|word| it.to_lowercase().contains(word)))
    };
    let total = stated.iter().position(|(it, _)| is_total(it)).filter(|it| 0 < *it);
    let repeats = || {
        let mut at = 1..stated.len();
        at.find(|at| {
            let pair = stated.get(at - 1).zip(stated.get(*at));
            pair.is_some_and(|((a, x), (b, y))| x == y && a.qualifier.is_none() && b.qualifier.is_none())
        })
    };
    total.or_else(repeats)
}

fn complaint(subject: &Subject<'_>, task: &Task, last: (&Segment, f64), before: &[(&Segment, f64)]) -> Diagnostic {
    let (segment, total) = last;
    let earlier: f64 = before.iter().map(|(_, it)| it).sum();
    let name = task.name();
    let (inside, added) = (total.max(earlier), earlier + total);
    let how = segment.qualifier.as_deref().map_or(String::new(), |it| format!(" \"{it}\""));
    let message = format!(
        "{name} states {} and then {}{how}: {} if one holds the other, {} if they add up",
        days(earlier),
        days(total),
        days(inside),
        days(added)
    );
    let label = if how.is_empty() { "the same number again" } else { "with what came before, or on top of it?" };
    let mut it = RULE.at(&duration(subject, segment), message).label(label);
    for (segment, days) in before {
        it = it.related(&duration(subject, segment), format!("{} here", phrase::days(*days)));
    }
    let counted = task.effort_days.map_or(String::new(), |it| format!("counted here as {} in all", days(it)));
    let it = if counted.is_empty() { it } else { it.note(counted) };
    let rest = (total - earlier).max(0.0);
    it.help(if 0.0 < rest {
        format!(
            "write what is left in this part, such as \"{}d (remaining)\", or \"{}d\" if it comes on top",
            phrase::number(rest),
            phrase::number(total)
        )
    } else {
        "say of each part what is done in it, such as \"(start)\" and \"(remaining)\"".to_owned()
    })
}
