//! `unstaffed-sign-off`: a gate that needs a team which is not there.

use super::{Rule, Subject};
use crate::analysis::{akin, words};
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Criterion, CriterionKind, Team};
use crate::phrase;
use std::collections::BTreeMap;

/// Asks about gates whose review list begins with the name of a team that has no strength in that week.
pub const RULE: Rule = Rule {
    name: "unstaffed-sign-off",
    severity: Severity::Warning,
    what: "A gate needs the word of a team in a week in which that team has 0 FTE.",
    why: "Nobody is there to look and to sign, so the gate waits, or somebody signs who did not look.",
    bad: "**GO/NO-GO GATE:** Staging\n- Operations readiness check\n\n### Team Composition\n- **Operations:** 1 FTE (Weeks 7-8)",
    good: "**GO/NO-GO GATE:** Staging\n- Operations readiness check\n\n### Team Composition\n- **Operations:** 0.5 FTE (Weeks 1-6), 1 FTE (Weeks 7-8)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let Some(schedule) = subject.schedule() else { return };
    // The first word of a team's name, and that of a line: "Operations", "Operations readiness check".
    let teams: Vec<(String, usize)> =
        plan.teams.iter().enumerate().filter_map(|(at, it)| Some((words(&it.name).next()?, at))).collect();
    let mut absent: BTreeMap<usize, Vec<(&Criterion, Week)>> = BTreeMap::new();
    for gate in &plan.gates {
        let Some(week) = gate.due.and_then(|it| schedule.calendar.week(it)) else { continue };
        for criterion in gate.criteria.iter().filter(|it| it.kind == CriterionKind::Review && it.sign_off.is_none()) {
            let text = criterion.text.words();
            let said: Vec<String> = words(&text).collect();
            if !asks_for_a_word(&said) {
                continue;
            }
            let named = teams.iter().find(|(name, _)| names(name, &said));
            if let Some((team, at)) = named.and_then(|(_, at)| Some((plan.teams.get(*at)?, *at)))
                && team.fte(week) <= 0.0
                && team.periods.iter().any(|it| 0.0 < it.fte)
            {
                absent.entry(at).or_default().push((criterion, week));
            }
        }
    }
    for (at, lines) in absent {
        let (Some(team), Some(((first, week), more))) = (plan.teams.get(at), lines.split_first()) else { continue };
        let name = &team.name;
        let words = first.text.plain();
        let message =
            format!("who in {name} does \"{words}\" in week {week}? the team has 0 FTE then{}", later(team, *week));
        let mut it = RULE.at(&subject.prose(&first.text, &first.place), message);
        it.label = format!("due in week {week}, 0 FTE");
        for (criterion, week) in more {
            let place = subject.prose(&criterion.text, &criterion.place);
            it = it.again(&place, format!("due in week {week}, 0 FTE"));
        }
        it = it.related(&team.place, "when the team is there");
        found.push(it.help(format!("give {name} a share of those weeks, or name who signs instead")));
    }
}

/// Words by which somebody says that something is good.
const APPROVAL: [&str; 16] = [
    "sign",
    "signed",
    "signoff",
    "approval",
    "approve",
    "approved",
    "check",
    "readiness",
    "validated",
    "validation",
    "confirmed",
    "confirmation",
    "accepted",
    "acceptance",
    "review",
    "agreed",
];

/// Says whether a line asks somebody to look and to say so.
fn asks_for_a_word(said: &[String]) -> bool {
    said.iter().any(|it| APPROVAL.contains(&it.as_str())) && !said.iter().any(|it| it == "not" || it == "no")
}

/// Says whether a line names a team as the one who is asked: at its beginning, or behind "by".
fn names(team: &str, said: &[String]) -> bool {
    let by = said.iter().position(|it| it == "by" || it == "from");
    let behind = by.and_then(|at| said.get(at + 1..)).unwrap_or_default();
    let asked = behind.iter().find(|it| !matches!(it.as_str(), "the" | "our"));
    said.first().into_iter().chain(asked).any(|it| akin(team, it))
}

/// Names the first week in which a team is there, when it is later.
fn later(team: &Team, week: Week) -> String {
    let first = team.periods.iter().filter(|it| 0.0 < it.fte).filter_map(|it| it.weeks).map(|(first, _)| first).min();
    first.filter(|it| week < *it).map_or(String::new(), |it| format!(", and none before {}", phrase::weeks(&[it])))
}
