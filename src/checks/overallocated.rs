//! `overallocated`: more work than a team has days.

use super::{Rule, Subject};
use crate::analysis::team_of;
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{State, Team};
use crate::phrase::{number, rounded};
use crate::text::Place;
use std::collections::{BTreeMap, HashMap};

/// Complains about teams with more planned days, in a block or a week, than their strength gives.
pub const RULE: Rule = Rule {
    name: "overallocated",
    severity: Severity::Error,
    what: "A team has more planned days of work in a week or a block than its strength gives.",
    why: "What does not fit slips, and takes with it whatever was planned behind it.",
    bad: "#### Wednesday (1 day)\n- [ ] **P2-03:** Add indexes\n  - *Owner: Database Team | Duration: 1d*\n\n### Team Composition\n- **Database Admin:** 0.5 FTE",
    good: "#### Wednesday-Thursday (2 days)\n- [ ] **P2-03:** Add indexes\n  - *Owner: Database Team | Duration: 1d*\n\n### Team Composition\n- **Database Admin:** 0.5 FTE",
    check,
};

/// The work of a team in one block or week.
#[derive(Default)]
struct Load {
    days: f64,
    lines: Vec<(Place, f64)>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let (plan, Some(schedule)) = (subject.plan(), subject.schedule()) else { return };
    let mut blocks: BTreeMap<(usize, usize), Load> = BTreeMap::new();
    let mut weeks: BTreeMap<(usize, Week), Load> = BTreeMap::new();
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
                add(blocks.entry((team, block)).or_default(), &place, segment.load_days);
            }
            add(weeks.entry((team, week)).or_default(), &place, segment.load_days);
        }
    }
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
        let whole = weeks.get(&(*team_at, week));
        let week_capacity = rounded(team.fte(week) * week_days(subject, week), 3);
        let over_week = whole.filter(|it| week_capacity + 1e-6 < it.days);
        let name = block_name(subject, *block_at);
        let message = format!("{} has {} of work for {} {name}", team.name, in_days(load.days), in_days(capacity));
        let calculation = format!("{} FTE for {}", number(team.fte(week)), in_days(days));
        let mut it = complaint(message, load, team, &calculation);
        if over_week.is_none() && load.days - capacity < 1.0 - 1e-6 {
            it.severity = Severity::Warning;
        }
        if let Some(all) = over_week {
            it = it.note(format!(
                "over for the whole of week {week} too: {} of work for {}",
                in_days(all.days),
                in_days(week_capacity)
            ));
            weeks.remove(&(*team_at, week));
        }
        found.push(it.help("move work to a later block, give it more days, or add to the team"));
    }
    for ((team_at, week), load) in &weeks {
        let Some(team) = plan.teams.get(*team_at) else { continue };
        let capacity = rounded(team.fte(*week) * week_days(subject, *week), 3);
        if capacity <= 0.0 || load.days <= capacity + 1e-6 {
            continue;
        }
        let message =
            format!("{} has {} of work for {} in week {week}", team.name, in_days(load.days), in_days(capacity));
        let calculation = format!("{} FTE for {}", number(team.fte(*week)), in_days(week_days(subject, *week)));
        found.push(complaint(message, load, team, &calculation).help("move work to another week, or add to the team"));
    }
}

fn add(load: &mut Load, place: &Place, days: f64) {
    load.days = rounded(load.days + days, 6);
    match load.lines.last_mut() {
        // A line below several tasks gives each its share.
        Some((last, sum)) if last == place => *sum += days,
        _ => load.lines.push((place.clone(), days)),
    }
}

fn complaint(message: String, load: &Load, team: &Team, calculation: &str) -> Diagnostic {
    let days = |it: f64| format!("{} here", in_days(rounded(it, 3)));
    let last = load.lines.last();
    let mut it = RULE.at(last.map_or(&team.place, |(place, _)| place), message);
    it.label = last.map_or(String::new(), |(_, it)| days(*it));
    for (place, sum) in load.lines.iter().rev().skip(1).rev() {
        it = it.related(place, days(*sum));
    }
    it.related(&team.place, calculation)
}

fn week_days(subject: &Subject<'_>, week: Week) -> f64 {
    let days = subject.schedule().and_then(|it| {
        let monday = it.calendar.monday(week)?;
        let sunday = monday.checked_add_days(chrono::Days::new(6))?;
        Some(it.calendar.working.count(monday, sunday))
    });
    #[expect(clippy::cast_precision_loss, reason = "a week has 7 days")]
    let days = days.unwrap_or(0) as f64;
    days
}

/// "on Wed 4 Feb" or "from Mon 2 to Tue 3 Feb".
fn block_name(subject: &Subject<'_>, block: usize) -> String {
    let dates = subject.plan().blocks.get(block).and_then(|it| it.start.zip(it.end));
    match dates {
        Some((first, last)) if first == last => format!("on {}", crate::calendar::short_day(first)),
        Some((first, last)) => format!("from {}", crate::calendar::day_range(first, last)),
        None => String::new(),
    }
}

fn in_days(days: f64) -> String {
    if days == 1.0 { "1 day".to_owned() } else { format!("{} days", number(days)) }
}
