//! `unknown-owner`: work of somebody who is in no team.

use super::{Rule, Subject};
use crate::analysis::team_of;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Segment;
use crate::phrase;
use crate::text::Place;
use std::collections::BTreeMap;

/// Complains about each owner that matches no team of the plan.
pub const RULE: Rule = Rule {
    name: "unknown-owner",
    severity: Severity::Error,
    what: "An owner matches no team of the resource plan.",
    why: "Days of work that belong to no team are in no team's load, so the plan looks staffed where nobody is.",
    bad: "- *Owner: ML Team | Duration: 2d*\n\n### Team Composition\n- **Platform Engineers:** 2 FTE",
    good: "- *Owner: Platform Team | Duration: 2d*\n\n### Team Composition\n- **Platform Engineers:** 2 FTE",
    check,
};

/// Where an owner's work stands, and how much it is.
#[derive(Default)]
struct Work {
    places: Vec<Place>,
    days: f64,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    if plan.teams.is_empty() {
        return;
    }
    let mut strangers: BTreeMap<&str, Work> = BTreeMap::new();
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for segment in plan.tasks.iter().flat_map(|it| &it.segments) {
        for owner in &segment.owners {
            let is_team = |it: &str| team_of(it, plan, subject.settings()).is_some();
            // "Ada and Ben" are two, where both are known.
            if *known.entry(owner).or_insert_with(|| is_team(owner) || owner.split(" and ").all(is_team)) {
                continue;
            }
            let work = strangers.entry(owner).or_default();
            work.days += segment.load_days;
            let place = subject.place_of(owner, owner_place(segment));
            // One line below several tasks is one line.
            if work.places.last() != Some(&place) {
                work.places.push(place);
            }
        }
    }
    for (owner, work) in strangers {
        let Some((first, more)) = work.places.split_first() else { continue };
        let days = phrase::days(work.days);
        let work = if work.days > 0.0 { format!(": {days} of work without staffing") } else { String::new() };
        let message = format!("\"{owner}\" matches no team of the plan{work}");
        let mut it = RULE.at(first, message).label("in no team");
        if is_generic(owner) {
            it.severity = Severity::Warning;
        }
        for place in more {
            it = it.again(place, "and here");
        }
        let near = phrase::did_you_mean(owner, plan.teams.iter().map(|it| it.name.as_str()));
        let alias = format!("`\"{owner}\" = \"{}\"`", near.unwrap_or("NAME OF THE TEAM"));
        let help = match near {
            _ if is_generic(owner) => "name the team that does it".to_owned(),
            Some(near) => {
                format!(
                    "write \"{near}\" if it is that team; if both names are to stay, write {alias} under `[aliases]` in roadbook.toml"
                )
            }
            None => format!("add the team to the plan, or write {alias} under `[aliases]` in roadbook.toml"),
        };
        found.push(match near.filter(|_| !is_generic(owner)) {
            Some(near) => it.help(help).instead(owner, near),
            None => it.help(help),
        });
    }
}

fn owner_place(segment: &Segment) -> &Place {
    segment.owner_place.as_ref().unwrap_or(&segment.place)
}

/// A word for whoever is there names nobody.
fn is_generic(owner: &str) -> bool {
    let lower = owner.trim().to_lowercase();
    matches!(
        lower.as_str(),
        "team" | "teams" | "all" | "all teams" | "everyone" | "everybody" | "tbd" | "tba" | "whole team"
    )
}
