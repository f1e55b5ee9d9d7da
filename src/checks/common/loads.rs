//! What is asked of each team, block by block and week by week, with the lines that ask.

use super::Subject;
use crate::analysis::team_of;
use crate::calendar::Week;
use crate::model::{State, Team};
use crate::phrase::rounded;
use crate::text::Place;
use std::collections::{BTreeMap, HashMap};

/// The work of a team in one block or week.
#[derive(Debug, Default)]
pub struct Load {
    /// Days of work.
    pub days: f64,
    /// The owners that ask for them, each with its days, in the order of the plan.
    pub lines: Vec<(Place, f64)>,
}

/// The work of all teams, by the team's place in the plan.
#[derive(Debug, Default)]
pub struct Loads {
    /// By block, the block's place in the plan.
    pub blocks: BTreeMap<(usize, usize), Load>,
    /// By week, or by the first and the last of several weeks under one heading.
    pub weeks: BTreeMap<(usize, (Week, Week)), Load>,
}

/// Adds up the work of each team: every owner in full, dropped segments not at all.
#[must_use]
pub fn loads(subject: &Subject<'_>) -> Loads {
    let plan = subject.plan();
    let mut loads = Loads::default();
    let spans = plan.week_spans();
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    for segment in plan.tasks.iter().flat_map(|it| &it.segments) {
        if segment.mark == Some(State::Dropped) || segment.load_days <= 0.0 {
            continue;
        }
        for owner in &segment.owners {
            let team = *known.entry(owner).or_insert_with(|| team_of(owner, plan, subject.settings()));
            let (Some(team), Some(week)) = (team, segment.week) else { continue };
            let place = subject.place_of(owner, segment.owner_place.as_ref().unwrap_or(&segment.place));
            if let Some(block) = segment.block {
                add(loads.blocks.entry((team, block)).or_default(), &place, segment.load_days);
            }
            let span = (week, spans.get(&week).copied().unwrap_or(week));
            add(loads.weeks.entry((team, span)).or_default(), &place, segment.load_days);
        }
    }
    loads
}

fn add(load: &mut Load, place: &Place, days: f64) {
    load.days = rounded(load.days + days, 6);
    match load.lines.last_mut() {
        // A line below several tasks gives each its share.
        Some((last, sum)) if last == place => *sum += days,
        _ => load.lines.push((place.clone(), days)),
    }
}

/// Returns the days that a team has in some weeks: full-time equivalents times working days.
#[must_use]
pub fn capacity(subject: &Subject<'_>, team: &Team, (first, last): (Week, Week)) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a week has 7 days")]
    let days = |week| subject.schedule().map_or(0, |it| it.calendar.working_days_in(week)) as f64;
    rounded((first..=last).map(|week| team.fte(week) * days(week)).sum(), 3)
}
