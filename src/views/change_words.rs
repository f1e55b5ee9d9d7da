//! What became of a task's line in the plan, in words.

use super::{Desk, wording};
use crate::analysis::ScopeChangeKind;
use crate::calendar::Day;
use crate::history::Change;
use crate::phrase::count;

/// Returns what a change is called: "Moved".
#[must_use]
pub const fn name(it: &ScopeChangeKind) -> &'static str {
    match it {
        ScopeChangeKind::Plan(Change::Added) => "Added",
        ScopeChangeKind::Plan(Change::TakenOut) => "Taken out",
        ScopeChangeKind::Plan(Change::Renamed { .. }) => "Renamed",
        ScopeChangeKind::Plan(Change::Moved { .. }) => "Moved",
        ScopeChangeKind::Plan(Change::Rescheduled { .. }) => "Rescheduled",
        ScopeChangeKind::Plan(Change::Reestimated { .. }) => "Re-estimated",
        ScopeChangeKind::Tidied => "Taken out when done",
        ScopeChangeKind::Dropped => "Dropped",
        ScopeChangeKind::TakenUp => "Taken up again",
    }
}

/// Says from what to what: "from week 2 to week 3"; empty where the name says it all.
#[must_use]
pub fn details(desk: &Desk<'_>, it: &ScopeChangeKind) -> String {
    match it {
        ScopeChangeKind::Plan(Change::Renamed { from, .. }) => format!("was “{from}”"),
        ScopeChangeKind::Plan(Change::Moved { from, to }) => format!("from {from} to {to}"),
        ScopeChangeKind::Plan(Change::Rescheduled { from, to }) => rescheduled(desk, *from, *to),
        ScopeChangeKind::Plan(Change::Reestimated { from, to }) => match (from, to) {
            (Some(from), Some(to)) => format!("from {} to {}", wording::effort(*from), wording::effort(*to)),
            (None, Some(to)) => format!("{}, where none was written", wording::effort(*to)),
            (Some(from), None) => format!("no effort is written any more; it was {}", wording::effort(*from)),
            (None, None) => String::new(),
        },
        _ => String::new(),
    }
}

/// "from Fri 23 Jan to Fri 30 Jan, 5 working days later".
fn rescheduled(desk: &Desk<'_>, from: Option<Day>, to: Option<Day>) -> String {
    let day = |it: Day| wording::week_day(it, desk.as_of());
    let (Some(from), Some(to)) = (from, to) else {
        return match (from, to) {
            (None, Some(to)) => format!("planned to end on {}, where it had no day", day(to)),
            (Some(from), None) => format!("no planned day any more; it was {}", day(from)),
            _ => String::new(),
        };
    };
    let working = &desk.analysis().working;
    let by = if from < to {
        format!("{} later", count(working.count_after(from, to), "working day"))
    } else {
        format!("{} earlier", count(working.count_after(to, from), "working day"))
    };
    format!("from {} to {}, {by}", day(from), day(to))
}
