//! What a plan says besides tasks, gates and its own head: metrics, results, risks, teams, budget.

use super::head::first_place;
use super::order::{both, by_key};
use super::thing::Thing;
use super::words::bare;
use super::{Change, Firmness, Said, Subject, firmness};
use crate::analysis::direction;
use crate::model::{BudgetItem, Cell, Deliverable, Metric, Plan, Risk, Team, TeamPeriod};
use crate::phrase;
use std::collections::{BTreeSet, HashMap};

/// Compares all that two plans say besides tasks, gates and their heads.
pub fn parts(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = metrics(&old.metrics, &new.metrics);
    changes.extend(deliverables(&old.deliverables, &new.deliverables));
    changes.extend(risks(&old.risks, &new.risks));
    changes.extend(teams(&old.teams, &new.teams));
    changes.extend(budget(old, new));
    changes
}

/// Compares two lists of things: pairs them by what they are called, and tells what changed of each, or that it came or went.
fn compared<'a, T>(
    (old, new): (&'a [T], &'a [T]),
    thing: impl Fn(&'a T) -> Thing<'a>,
    says: impl Fn(&T) -> Said,
    changed: impl Fn(&Thing<'a>, &T, &T) -> Vec<Change>,
) -> Vec<Change> {
    let key = |it: &'a T| bare(&thing(it).title.plain());
    let change = |pair| match both(old, new, pair) {
        (Some(was), Some(is)) => changed(&thing(is), was, is),
        (Some(it), None) => vec![thing(it).went(says(it))],
        (None, Some(it)) => vec![thing(it).came(says(it))],
        (None, None) => Vec::new(),
    };
    by_key(old, new, |it| Some(key(it))).into_iter().flat_map(change).collect()
}

fn metrics<'a>(old: &'a [Metric], new: &'a [Metric]) -> Vec<Change> {
    let target = |it: &Metric| cell(it.target.as_ref());
    let says = |it: &Metric| target(it).map_or(Said::ours("no target"), |it| Said::ours("target ").and_all(it));
    let thing =
        |it: &'a Metric| Thing { subject: Subject::Metric, title: Said::theirs(it.name.clone()), place: &it.place };
    let mut changes = compared((old, new), thing, says, metric);
    for it in changes.iter_mut().filter(|it| it.aspect == "removed") {
        it.is_loosened = true;
    }
    changes
}

fn metric(thing: &Thing<'_>, was: &Metric, is: &Metric) -> Vec<Change> {
    let is_more_better = direction(is).or(direction(was));
    let target = |aspect, before: Option<&Cell>, after: Option<&Cell>, week: Option<u32>| {
        let said = |it| {
            let week = week.map_or(Said::default(), |it| Said::ours(format!("W{it}: ")));
            cell(it).map(|it| week.and_all(it))
        };
        let it = thing.changed(aspect, said(before), said(after))?;
        let is_loosened = match (before, after) {
            (Some(before), Some(after)) => is_looser(before, after, is_more_better),
            // A column may end with its week; a target that is gone is asked for no more.
            (Some(_), None) => week.is_none(),
            _ => false,
        };
        Some(Change { is_loosened, ..it })
    };
    let mut changes = Vec::new();
    changes.extend(target("target", was.target.as_ref(), is.target.as_ref(), None));
    let before: HashMap<u32, &Cell> = was.targets.iter().map(|it| (it.0, &it.1)).collect();
    let after: HashMap<u32, &Cell> = is.targets.iter().map(|it| (it.0, &it.1)).collect();
    let weeks: BTreeSet<u32> = before.keys().chain(after.keys()).copied().collect();
    for week in weeks {
        changes.extend(target("target of a week", before.get(&week).copied(), after.get(&week).copied(), Some(week)));
    }
    changes.extend(thing.changed("value at the start", cell(was.current.as_ref()), cell(is.current.as_ref())));
    changes
}

/// Says whether a target asks for less than another. What is better makes a bound of a number without a sign before it.
fn is_looser(before: &Cell, after: &Cell, is_more_better: Option<bool>) -> bool {
    let words = |it: &Cell| {
        let bound = match is_more_better {
            _ if it.text.contains(['<', '>', '≤', '≥']) => "",
            Some(true) => "at least ",
            Some(false) => "at most ",
            None => "",
        };
        format!("{bound}{}", it.text)
    };
    firmness(&words(before), &words(after)) == Firmness::Looser || before.value.is_some() && after.value.is_none()
}

fn cell(it: Option<&Cell>) -> Option<Said> {
    it.filter(|it| !it.text.is_empty()).map(|it| Said::theirs(it.text.clone()))
}

fn deliverables<'a>(old: &'a [Deliverable], new: &'a [Deliverable]) -> Vec<Change> {
    let scope = |it: &Deliverable| match (it.scope.is_empty(), it.week) {
        (false, _) => Said::theirs(it.scope.to_string()),
        (true, Some(week)) => Said::ours(format!("week {week}")),
        (true, None) => Said::ours("the plan"),
    };
    let thing = |it: &'a Deliverable| Thing {
        subject: Subject::Deliverable,
        title: Said::theirs(it.text.plain()),
        place: &it.place,
    };
    compared((old, new), thing, scope, |thing, was, is| {
        thing.changed("part", Some(scope(was)), Some(scope(is))).into_iter().collect()
    })
}

fn risks<'a>(old: &'a [Risk], new: &'a [Risk]) -> Vec<Change> {
    let severity =
        |it: &Risk| if it.severity.is_empty() { Said::ours("no severity") } else { Said::theirs(it.severity.clone()) };
    let against = |it: &Risk| it.mitigation.as_ref().map(|it| Said::theirs(it.plain()));
    let thing =
        |it: &'a Risk| Thing { subject: Subject::Risk, title: Said::theirs(it.title.plain()), place: &it.place };
    compared((old, new), thing, severity, |thing, was, is| {
        let severity = thing.changed("severity", Some(severity(was)), Some(severity(is)));
        severity.into_iter().chain(thing.changed("mitigation", against(was), against(is))).collect()
    })
}

fn teams<'a>(old: &'a [Team], new: &'a [Team]) -> Vec<Change> {
    let strength = |it: &Team| {
        let period = |it: &TeamPeriod| {
            let weeks = it.weeks.map_or(String::new(), |it| format!(" in {}", phrase::weeks_from(it)));
            format!("{} FTE{weeks}", phrase::number(it.fte))
        };
        Said::ours(it.periods.iter().map(period).collect::<Vec<_>>().join(", "))
    };
    let thing = |it: &'a Team| Thing { subject: Subject::Team, title: Said::theirs(it.name.clone()), place: &it.place };
    compared((old, new), thing, strength, |thing, was, is| {
        thing.changed("strength", Some(strength(was)), Some(strength(is))).into_iter().collect()
    })
}

fn budget<'a>(old: &'a Plan, new: &'a Plan) -> Vec<Change> {
    let (was, is) = (&old.budget, &new.budget);
    let amount = |it: &BudgetItem| Said::ours(phrase::number(it.amount)).and(" ").and_theirs(it.currency.clone());
    let thing =
        |it: &'a BudgetItem| Thing { subject: Subject::Budget, title: Said::theirs(it.name.clone()), place: &it.place };
    let mut changes = compared((&was.items, &is.items), thing, amount, |thing, was, is| {
        thing.changed("amount", Some(amount(was)), Some(amount(is))).into_iter().collect()
    });
    let place = is.total_place.as_ref().or(was.total_place.as_ref());
    if let Some(place) = place.or_else(|| is.items.first().map(|it| &it.place)).or_else(|| first_place(new)) {
        let total = |plan: &Plan, it: Option<f64>| {
            let currency = plan.budget.currency.as_ref().map(|it| Said::ours(" ").and_theirs(it.clone()));
            it.map(|it| Said::ours(phrase::number(it)).and_all(currency.unwrap_or_default()))
        };
        let thing = Thing { subject: Subject::Budget, title: Said::ours("budget"), place };
        changes.extend(thing.changed("one-time total", total(old, was.one_time), total(new, is.one_time)));
        changes.extend(thing.changed("monthly total", total(old, was.monthly), total(new, is.monthly)));
    }
    changes
}
