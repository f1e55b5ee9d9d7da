//! Two states of one plan, understood side by side.

use super::{Understood, understand};
use crate::calendar::Day;
use crate::model::StartRule;
use crate::sources::Sources;

/// Understands two states of a plan as of one day. A target that moves from one to the other moves no start that was worked out from
/// it before.
#[must_use]
pub fn understand_both(before: Sources, after: Sources, as_of: Day) -> (Understood, Understood) {
    let mut again = after.clone();
    let (before, after) = rayon::join(|| understand(before, as_of), || understand(after, as_of));
    let schedule = |it: &Understood| it.history.plan.schedule.as_ref().map(|it| (it.rule, it.calendar.start));
    let by_target = |it: &(StartRule, Day)| matches!(it.0, StartRule::Target | StartRule::FirstTarget);
    let kept = schedule(&before).filter(by_target);
    let moved = schedule(&after).filter(by_target).filter(|it| kept.is_some_and(|kept| kept.1 != it.1));
    if moved.is_none() {
        return (before, after);
    }
    again.settings.first_start = kept.map(|it| it.1);
    (before, understand(again, as_of))
}
