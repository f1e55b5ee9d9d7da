//! A plan now, and as it was known a week before.

use super::{Understood, understand};
use crate::calendar::Day;
use crate::comparison::{Comparison, compare};
use crate::sources::Sources;
use crate::views::diff::side;
use chrono::Days;

/// A plan as of a day, and as it was known seven days before.
#[derive(Debug)]
pub struct WeekApart {
    /// The plan now.
    pub now: Understood,
    /// The plan as it was known then; nothing where nothing was known.
    pub before: Option<Understood>,
    /// What differs in the plan; nothing where no version of it is as old.
    pub comparison: Option<Comparison>,
}

/// Understands a plan as of a day, and as of the same day of the week before.
#[must_use]
pub fn understand_week(sources: Sources, as_of: Day) -> WeekApart {
    let then = as_of.checked_sub_days(Days::new(7));
    let earlier = then.map(|it| (it, sources.clone()));
    let (now, before) =
        rayon::join(|| understand(sources, as_of), || earlier.map(|(day, it)| (day, understand(it, day))));
    let is_versioned = |day: Day, it: &Understood| it.history.versions.first_day().is_some_and(|first| first <= day);
    let before = before.filter(|(day, it)| is_versioned(*day, it) || !it.history.standups.is_empty());
    let versioned = before.as_ref().filter(|(day, it)| is_versioned(*day, it));
    let comparison = versioned.map(|(_, it)| compare(side(&it.facts()), side(&now.facts())));
    WeekApart { comparison, before: before.map(|it| it.1), now }
}
