//! Teams: what is asked of them against what they can give.

use super::words::singular;
use crate::calendar::Week;
use crate::model::Plan;
use crate::phrase::rounded;
use crate::prose::visible;
use crate::settings::Settings;
use std::collections::{BTreeMap, HashMap};

/// What is asked of teams and of owners that are no team.
#[derive(Debug, Clone, Default)]
pub struct Capacity {
    /// The weeks of the teams, in the order of the plan's teams.
    pub teams: Vec<Vec<WeekLoad>>,
    /// Owners that are no team, in the order of their first line.
    pub unmatched: Vec<OwnerLoad>,
    /// All teams together; owners that are no team are not in it.
    pub total: Vec<WeekLoad>,
}

/// Work asked in a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekLoad {
    /// The week.
    pub week: Week,
    /// Days of work planned.
    pub planned: f64,
    /// Days of work that are there: full-time equivalents times working days.
    pub capacity: f64,
}

/// Work asked of an owner that is no team.
#[derive(Debug, Clone)]
pub struct OwnerLoad {
    /// The owner as written.
    pub name: String,
    /// Days of work in all.
    pub days: f64,
    /// Its tasks, by their places in the plan.
    pub tasks: Vec<usize>,
}

/// Words that say what kind of people a team is made of, not which team it is.
const ROLES: [&str; 14] = [
    "team",
    "teams",
    "engineer",
    "engineers",
    "engineering",
    "admin",
    "admins",
    "administrator",
    "administrators",
    "developer",
    "developers",
    "group",
    "squad",
    "department",
];

/// Charges each segment once, and every owner in full.
#[must_use]
pub fn capacity(plan: &Plan, settings: &Settings) -> Capacity {
    let Some(schedule) = &plan.schedule else { return Capacity::default() };
    let mut planned: Vec<BTreeMap<Week, f64>> = vec![BTreeMap::new(); plan.teams.len()];
    let mut unmatched = Unmatched::default();
    let spans = plan.week_spans();
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    for (at, task) in plan.tasks.iter().enumerate() {
        for segment in &task.segments {
            if segment.mark == Some(crate::model::State::Dropped) {
                continue;
            }
            for owner in &segment.owners {
                match *known.entry(owner).or_insert_with(|| team_of(owner, plan, settings)) {
                    Some(team) => {
                        // Work under a heading of several weeks is spread over them: that of a week, else that of the phase.
                        let weeks = segment.week.map(|it| (it, spans.get(&it).copied().unwrap_or(it)));
                        let weeks = weeks.or_else(|| plan.phases.get(segment.phase?)?.weeks);
                        if let (Some((first, last)), Some(load)) = (weeks, planned.get_mut(team)) {
                            let share = segment.load_days / f64::from(last.saturating_sub(first).saturating_add(1));
                            (first..=last).for_each(|it| *load.entry(it).or_default() += share);
                        }
                    }
                    None => unmatched.charge(owner, segment.load_days, at),
                }
            }
        }
    }
    let team = |(team, planned): (&crate::model::Team, &BTreeMap<Week, f64>)| {
        let week = |week: Week| {
            #[expect(clippy::cast_precision_loss, reason = "a week has 7 days")]
            let capacity = rounded(team.fte(week) * schedule.calendar.working_days_in(week) as f64, 3);
            WeekLoad { week, planned: rounded(planned.get(&week).copied().unwrap_or(0.0), 3), capacity }
        };
        (1..=schedule.weeks).map(week).collect::<Vec<_>>()
    };
    let teams: Vec<Vec<WeekLoad>> = plan.teams.iter().zip(&planned).map(team).collect();
    let total = (1..=schedule.weeks).map(|week| {
        let loads = || teams.iter().flatten().filter(|it| it.week == week);
        WeekLoad {
            week,
            planned: rounded(loads().map(|it| it.planned).sum(), 3),
            capacity: rounded(loads().map(|it| it.capacity).sum(), 3),
        }
    });
    let total = total.collect();
    for owner in &mut unmatched.loads {
        owner.days = rounded(owner.days, 3);
    }
    Capacity { teams, unmatched: unmatched.loads, total }
}

/// Loads of owners that are no team, found by name.
#[derive(Default)]
struct Unmatched {
    loads: Vec<OwnerLoad>,
    by_name: HashMap<String, usize>,
}

impl Unmatched {
    fn charge(&mut self, owner: &str, days: f64, task: usize) {
        let at = self.by_name.get(owner).copied().unwrap_or_else(|| {
            self.loads.push(OwnerLoad { name: owner.to_owned(), days: 0.0, tasks: Vec::new() });
            self.by_name.insert(owner.to_owned(), self.loads.len() - 1);
            self.loads.len() - 1
        });
        if let Some(load) = self.loads.get_mut(at) {
            load.days += days;
            if load.tasks.last() != Some(&task) {
                load.tasks.push(task);
            }
        }
    }
}

/// Returns the team that an owner is, by its place in the plan: equal but for words of role, or by an alias.
#[must_use]
pub fn team_of(owner: &str, plan: &Plan, settings: &Settings) -> Option<usize> {
    let owner = visible(owner);
    // "Ada (Lead)" and "@ada" are Ada.
    let owner = owner.trim_start_matches('@');
    let owner = owner.split_once('(').map_or(owner, |(name, _)| name).trim();
    let alias = settings.aliases.iter().find(|(name, _)| name.eq_ignore_ascii_case(owner));
    let owner = core(alias.map_or(owner, |(_, team)| team));
    if owner.is_empty() {
        return None;
    }
    plan.teams.iter().position(|it| core(&it.name) == owner)
}

/// Returns a name without words of role, in lower case and in the singular.
fn core(name: &str) -> String {
    let lower = visible(name).to_lowercase();
    let words = lower.split_whitespace().filter(|it| !ROLES.contains(it)).map(singular);
    words.collect::<Vec<_>>().join(" ")
}
