//! `fully-booked`: a team without slack.

use super::common::loads::{capacity, loads};
use super::{Rule, Subject};
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase::{self, days};
use crate::text::Place;
use std::collections::BTreeMap;

/// Notes teams that are booked to the last day of a week.
pub const RULE: Rule = Rule {
    name: "fully-booked",
    severity: Severity::Info,
    what: "A team's planned work fills a week to the last day.",
    why: "Nothing may go wrong in that week: whatever does moves the rest.",
    bad: "#### Monday-Friday (5 days)\n- [ ] **P4-01:** Roll out\n  - *Owner: Operations | Duration: 5d*\n\n### Team Composition\n- **Operations:** 1 FTE",
    good: "#### Monday-Friday (5 days)\n- [ ] **P4-01:** Roll out\n  - *Owner: Operations | Duration: 4d*\n\n### Team Composition\n- **Operations:** 1 FTE",
    check,
};

/// The full weeks of a team, and the lines that fill them.
type Full = (Vec<Week>, Vec<(Place, f64)>);

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let mut teams: BTreeMap<usize, Full> = BTreeMap::new();
    for ((at, span), load) in loads(subject).weeks {
        let Some(team) = plan.teams.get(at) else { continue };
        let there = capacity(subject, team, span);
        if 0.0 < there && (load.days - there).abs() < 1e-6 {
            let (weeks, lines) = teams.entry(at).or_default();
            weeks.extend(span.0..=span.1);
            lines.extend(load.lines);
        }
    }
    for (at, (weeks, lines)) in teams {
        let (Some(team), Some(((first, of_first), more))) = (plan.teams.get(at), lines.split_first()) else { continue };
        let sum: f64 = lines.iter().map(|(_, it)| it).sum();
        let message =
            format!("{} has no slack in {}: {} of {}", team.name, phrase::weeks(&weeks), days(sum), days(sum));
        let mut it = RULE.at(first, message).label(format!("{} here", days(*of_first)));
        for (place, sum) in more {
            it = it.related(place, format!("{} here", days(*sum)));
        }
        let there = weeks.iter().map(|it| team.fte(*it)).fold(0.0, f64::max);
        it = it.related(&team.place, format!("{} FTE", phrase::number(there)));
        found.push(it.help("leave some hours free, or say who steps in"));
    }
}
