//! `overallocated`: more work than a team has days.

use super::common::loads::{self, Load, Loads, loads};
use super::{Rule, Subject};
use crate::analysis::WeekLoad;
use crate::calendar::{Week, day_range, short_day};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Team;
use crate::phrase::{self, days as in_days, number, rounded};

/// Complains about teams with more planned days, in a block or a week, than their strength gives.
pub const RULE: Rule = Rule {
    name: "overallocated",
    severity: Severity::Error,
    what: "A team has more planned days of work in a week or a block than its FTE gives.",
    why: "What does not fit slips, and takes with it whatever was planned behind it.",
    bad: "#### Wednesday (1 day)\n- [ ] **P2-03:** Add indexes\n  - *Owner: Database Team | Duration: 1d*\n\n### Team Composition\n- **Database Admin:** 0.5 FTE",
    good: "#### Wednesday-Thursday (2 days)\n- [ ] **P2-03:** Add indexes\n  - *Owner: Database Team | Duration: 1d*\n\n### Team Composition\n- **Database Admin:** 0.5 FTE",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let (plan, Some(schedule)) = (subject.plan(), subject.schedule()) else { return };
    let Loads { blocks, weeks } = loads(subject);
    // Weeks that a finding about one of their blocks has named.
    let mut said = Vec::new();
    let working = &schedule.calendar.working;
    for ((team_at, block_at), load) in &blocks {
        let (Some(team), Some(block)) = (plan.teams.get(*team_at), plan.blocks.get(*block_at)) else { continue };
        let (Some(week), Some((first, last))) = (block.week, block.start.zip(block.end)) else { continue };
        #[expect(clippy::cast_precision_loss, reason = "a block has a few days")]
        let days = working.count(first, last) as f64;
        let capacity = rounded(team.fte(week) * days, 3);
        // Without any strength in the week it is staffing that is missing, not days.
        if capacity <= 0.0 || load.days <= capacity + 1e-6 {
            continue;
        }
        let whole = weeks.get(&(*team_at, (week, week)));
        let week_capacity = loads::capacity(subject, team, (week, week));
        let over_week = whole.filter(|it| week_capacity + 1e-6 < it.days);
        let name = block_name(subject, *block_at);
        let message = format!("{} has {} of work for {} {name}", team.name, in_days(load.days), in_days(capacity));
        let calculation = format!("{} FTE for {}", number(team.fte(week)), in_days(days));
        let mut it = complaint(message, load, team, &calculation);
        if over_week.is_none() && load.days - capacity < 1.0 - 1e-6 {
            it.severity = Severity::Warning;
        }
        if let Some(all) = &over_week {
            it = it.note(format!(
                "over for the whole of week {week} too: {} of work for {}",
                in_days(all.days),
                in_days(week_capacity)
            ));
            said.push((*team_at, (week, week)));
        }
        // The other days of the week may have room.
        let others = (week_capacity - capacity) - (whole.map_or(0.0, |it| it.days) - load.days);
        let excess = load.days - capacity;
        let help = if over_week.is_none() && excess <= others + 1e-6 {
            format!(
                "move {} or more to the other days of week {week}: they have {} free",
                in_days(excess),
                in_days(others)
            )
        } else {
            help(subject, *team_at, week, excess)
        };
        found.push(it.help(help));
    }
    said.sort_unstable();
    for ((team_at, span), load) in &weeks {
        let Some(team) = plan.teams.get(*team_at) else { continue };
        let capacity = loads::capacity(subject, team, *span);
        if load.days <= capacity + 1e-6 || nobody(team) || said.binary_search(&(*team_at, *span)).is_ok() {
            continue;
        }
        let name = phrase::weeks_from(*span);
        let message = match capacity {
            0.0 => format!("{} has {} of work in {name}, and nobody there", team.name, in_days(load.days)),
            some => format!("{} has {} of work for {} in {name}", team.name, in_days(load.days), in_days(some)),
        };
        let days = (span.0..=span.1).map(|it| schedule.calendar.working_days_in(it)).sum();
        let calculation = format!("{} FTE for {} of {name}", number(team.fte(span.0)), phrase::count(days, "day"));
        let help = help(subject, *team_at, span.1, load.days - capacity);
        found.push(complaint(message, load, team, &calculation).help(help));
    }
}

/// A team without any strength in any week is a list of names, not a plan of people.
fn nobody(team: &Team) -> bool {
    team.periods.iter().all(|it| it.fte <= 0.0)
}

fn complaint(message: String, load: &Load, team: &Team, calculation: &str) -> Diagnostic {
    let days = |it: f64| format!("{} here", in_days(it));
    let last = load.lines.last();
    let mut it = RULE.at(last.map_or(&team.place, |(place, _)| place), message);
    it.label = last.map_or(String::new(), |(_, it)| days(*it));
    for (place, sum) in load.lines.iter().rev().skip(1).rev() {
        it = it.related(place, days(*sum));
    }
    it.related(&team.place, calculation)
}

/// Names the nearest week in which the team has the days that are too many, later weeks first.
fn help(subject: &Subject<'_>, team: usize, week: Week, excess: f64) -> String {
    let weeks = subject.analysis.capacity.teams.get(team).map_or(&[][..], Vec::as_slice);
    // Nothing can be moved to a week that is over.
    let this_week = subject.schedule().and_then(|it| it.calendar.week(subject.history.as_of)).unwrap_or(0);
    let has_room = |it: &&WeekLoad| this_week <= it.week && excess <= it.capacity - it.planned + 1e-6;
    let later = weeks.iter().filter(|it| week < it.week).find(has_room);
    let room = later.or_else(|| weeks.iter().rev().filter(|it| it.week < week).find(has_room));
    let Some(room) = room else {
        return "give the work more days, take some of it out, or add to the team: no other week has room".to_owned();
    };
    let free = in_days(room.capacity - room.planned);
    let gate = gate_between(subject, week, room.week);
    format!("move {} or more: week {} has {free} free{gate}", in_days(excess), room.week)
}

/// Names the gate that work passes when it moves to a later week.
fn gate_between(subject: &Subject<'_>, from: Week, to: Week) -> String {
    let week_of = |day| subject.schedule().and_then(|it| it.calendar.week(day));
    let gates = subject.plan().gates.iter().filter(|it| it.kind.is_big()).filter_map(|it| it.due);
    let passed = gates.filter(|due| week_of(*due).is_some_and(|week| (from..to).contains(&week))).min();
    passed.map_or(String::new(), |due| format!(", after the gate on {}", short_day(due)))
}

/// "on Wed 4 Feb" or "from Mon 2 to Tue 3 Feb".
fn block_name(subject: &Subject<'_>, block: usize) -> String {
    let dates = subject.plan().blocks.get(block).and_then(|it| it.start.zip(it.end));
    match dates {
        Some((first, last)) if first == last => format!("on {}", short_day(first)),
        Some((first, last)) => format!("from {}", day_range(first, last)),
        None => String::new(),
    }
}
