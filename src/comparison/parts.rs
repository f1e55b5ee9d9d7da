//! What a plan says besides tasks and gates: head, phases, weeks, metrics, results, risks, teams, budget.

use super::order::by_key;
use super::words::{bare, day};
use super::{Both, Change, Firmness, Kind, Said, Subject, firmness};
use crate::history::is_same_phase;
use crate::model::{Cell, Deliverable, Header, Metric, Phase, Plan, Risk, Team};
use crate::phrase::{self, count};
use crate::text::Place;
use std::collections::HashMap;

/// Compares all that two plans say besides tasks and gates.
pub fn parts(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = head(old, new);
    changes.extend(phases(old, new));
    changes.extend(headings(old, new));
    changes.extend(metrics(&old.metrics, &new.metrics));
    changes.extend(deliverables(&old.deliverables, &new.deliverables));
    changes.extend(risks(&old.risks, &new.risks));
    changes.extend(teams(&old.teams, &new.teams));
    changes.extend(budget(old, new));
    changes
}

/// A side of a thing, before and after.
struct Aspect<'a> {
    subject: Subject,
    aspect: &'static str,
    title: Said,
    place: &'a Place,
}

impl Aspect<'_> {
    /// Returns the change from one to the other; nothing where they say the same.
    fn change(self, before: Option<Said>, after: Option<Said>) -> Option<Change> {
        let words = |it: &Option<Said>| it.as_ref().map(|it| bare(&it.plain()));
        let differs = words(&before) != words(&after);
        let it = Change::now(Kind::Other, self.subject, self.title, self.place.clone());
        differs.then(|| it.aspect(self.aspect).from_to(before, after))
    }
}

/// A thing that came, or went.
fn whole(subject: Subject, title: Said, place: &Place, says: Said, is_gone: bool) -> Change {
    if is_gone {
        Change::then(Kind::Other, subject, title, place.clone()).aspect("removed").from_to(Some(says), None)
    } else {
        Change::now(Kind::Other, subject, title, place.clone()).aspect("added").from_to(None, Some(says))
    }
}

fn head(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    let (was, is) = (&old.header, &new.header);
    let top = [&is.target.as_ref().map(|it| &it.place), &is.start.as_ref().map(|it| &it.place)];
    let top = top.into_iter().find_map(|it| *it).or_else(|| first_place(new)).or_else(|| first_place(old));
    let Some(top) = top else { return changes };
    let title = || Said::theirs(new.title.clone());
    let mut add = |aspect, place: Option<&Place>, before: Option<Said>, after: Option<Said>| {
        let place = place.unwrap_or(top);
        changes.extend(Aspect { subject: Subject::Plan, aspect, title: title(), place }.change(before, after));
    };
    let of_day = |it: Option<crate::calendar::Day>| it.map(|it| Said::ours(day(it)));
    add("title", None, Some(Said::theirs(old.title.clone())), Some(title()));
    let target = |it: &Header| of_day(it.target.as_ref().map(|it| it.value));
    add("target", is.target.as_ref().map(|it| &it.place), target(was), target(is));
    let start = |it: &Plan| of_day(it.schedule.as_ref().map(|it| it.calendar.start));
    add("start", is.start.as_ref().map(|it| &it.place), start(old), start(new));
    let weeks = |it: &Plan| it.schedule.as_ref().map(|it| Said::ours(count(it.weeks as usize, "week")));
    add("length", is.weeks.as_ref().map(|it| &it.place), weeks(old), weeks(new));
    let effort = |it: &Header| it.effort_days.as_ref().map(|it| Said::ours(phrase::days(it.value)));
    add("declared effort", is.effort_days.as_ref().map(|it| &it.place), effort(was), effort(is));
    let legend = |it: &Plan| -> Option<Said> {
        (!it.legend.is_empty()).then(|| Said::joined(it.legend.iter().map(|it| Said::theirs(it.value.clone())), "; "))
    };
    add("legend", new.legend.first().map(|it| &it.place), legend(old), legend(new));
    for it in changes.iter_mut().filter(|it| it.aspect == "target") {
        *it = Change { kind: Kind::Retargeted, aspect: "", ..it.clone() };
    }
    changes
}

/// Where a plan begins, as far as anything of it stands anywhere.
fn first_place(plan: &Plan) -> Option<&Place> {
    let phase = plan.phases.first().map(|it| &it.place);
    let task = plan.tasks.first().map(|it| &it.first().place);
    let others = plan.gates.first().map(|it| &it.place).or_else(|| plan.metrics.first().map(|it| &it.place));
    phase.into_iter().chain(task).chain(others).min_by_key(|it| it.span.start)
}

fn phases(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut is_kept = vec![false; old.phases.len()];
    let title = |it: &Phase| Said::theirs(it.full_label());
    for (at, is) in new.phases.iter().enumerate() {
        let free = |it: &(usize, &Phase)| is_kept.get(it.0) == Some(&false) && is_same_phase(it.1, is);
        // The phase in the same place comes first: plans have few phases, but a file may have very many headings.
        let same_place = old.phases.get(at).map(|it| (at, it)).filter(free);
        let found = same_place.or_else(|| old.phases.iter().enumerate().take(MAX_PHASES).find(free));
        let Some((place, was)) = found else {
            changes.push(whole(Subject::Phase, title(is), &is.place, of_phase(is), false));
            continue;
        };
        if let Some(it) = is_kept.get_mut(place) {
            *it = true;
        }
        let mut add = |aspect, before: Option<Said>, after: Option<Said>| {
            let aspect = Aspect { subject: Subject::Phase, aspect, title: title(is), place: &is.place };
            changes.extend(aspect.change(before, after));
        };
        add("name", Some(title(was)), Some(title(is)));
        let weeks = |it: &Phase| it.weeks.map(|it| Said::ours(phrase::weeks_from(it)));
        add("weeks", weeks(was), weeks(is));
        let goal = |it: &Phase| it.goal.as_ref().map(|it| Said::theirs(it.value.plain()));
        add("goal", goal(was), goal(is));
        let health = |it: &Phase| it.health_target.as_ref().map(|it| Said::ours(phrase::number(it.value)));
        add("health target", health(was), health(is));
        let days = |it: &Phase| {
            let both = it.named_start.into_iter().chain(it.named_end).map(|it| Said::ours(day(it)));
            Some(Said::joined(both, " to ")).filter(|it| !it.is_empty())
        };
        add("days", days(was), days(is));
        let stated = |it: &Phase| it.stated.map(|it| Said::ours(it.words()));
        add("stated state", stated(was), stated(is));
    }
    for (it, _) in old.phases.iter().zip(&is_kept).filter(|(_, kept)| !**kept) {
        changes.push(whole(Subject::Phase, title(it), &it.place, of_phase(it), true));
    }
    for it in changes.iter_mut().filter(|it| it.aspect == "health target") {
        loosen(it);
    }
    changes
}

/// Phases beyond this many are compared only with the one in the same place.
const MAX_PHASES: usize = 200;

fn of_phase(it: &Phase) -> Said {
    Said::ours(it.weeks.map_or("no weeks".to_owned(), phrase::weeks_from))
}

/// Marks a change that asks for less.
fn loosen(it: &mut Change) {
    if let (Some(before), Some(after)) = (&it.before, &it.after) {
        it.is_loosened = firmness(&before.plain(), &after.plain()) == Firmness::Looser;
    }
}

/// Names of weeks and of their parts.
fn headings(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    let weeks: HashMap<u32, &str> = old.weeks.iter().map(|it| (it.week, it.name.as_str())).collect();
    for it in &new.weeks {
        let before = weeks.get(&it.week).map(|it| Said::theirs((*it).to_owned()));
        let aspect = Aspect {
            subject: Subject::Week,
            aspect: "name",
            title: Said::ours(format!("week {}", it.week)),
            place: &it.place,
        };
        changes.extend(before.and_then(|before| aspect.change(Some(before), Some(Said::theirs(it.name.clone())))));
    }
    let place = |it: &crate::model::Block| it.week.zip(it.weekdays);
    let blocks: HashMap<_, &str> = old.blocks.iter().filter_map(|it| Some((place(it)?, it.name.as_str()))).collect();
    for it in &new.blocks {
        let Some((week, (first, last))) = place(it) else { continue };
        let days = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let title = Said::ours(format!("W{week} {days}"));
        let aspect = Aspect { subject: Subject::Block, aspect: "name", title, place: &it.place };
        let before = blocks.get(&(week, (first, last))).map(|it| Said::theirs((*it).to_owned()));
        changes.extend(before.and_then(|before| aspect.change(Some(before), Some(Said::theirs(it.name.clone())))));
    }
    changes
}

fn metrics(old: &[Metric], new: &[Metric]) -> Vec<Change> {
    let mut changes = Vec::new();
    let title = |it: &Metric| Said::theirs(it.name.clone());
    let cell = |it: Option<&Cell>| it.filter(|it| !it.text.is_empty()).map(|it| Said::theirs(it.text.clone()));
    let says =
        |it: &Metric| cell(it.target.as_ref()).map_or(Said::ours("no target"), |it| Said::ours("target ").and_all(it));
    for pair in by_key(old, new, |it| Some(bare(&it.name))) {
        match both(old, new, pair) {
            (Some(was), Some(is)) => {
                let mut add = |aspect, before: Option<Said>, after: Option<Said>| {
                    let aspect = Aspect { subject: Subject::Metric, aspect, title: title(is), place: &is.place };
                    if let Some(mut it) = aspect.change(before, after) {
                        if it.aspect != "value at the start" {
                            loosen(&mut it);
                        }
                        changes.push(it);
                    }
                };
                add("value at the start", cell(was.current.as_ref()), cell(is.current.as_ref()));
                add("target", cell(was.target.as_ref()), cell(is.target.as_ref()));
                let before: HashMap<u32, &Cell> = was.targets.iter().map(|it| (it.0, &it.1)).collect();
                let after: HashMap<u32, &Cell> = is.targets.iter().map(|it| (it.0, &it.1)).collect();
                let mut weeks: Vec<u32> = before.keys().chain(after.keys()).copied().collect();
                weeks.sort_unstable();
                weeks.dedup();
                for week in weeks {
                    let of = |it: &HashMap<u32, &Cell>| {
                        cell(it.get(&week).copied()).map(|it| Said::ours(format!("W{week}: ")).and_all(it))
                    };
                    add("target of a week", of(&before), of(&after));
                }
            }
            (Some(it), None) => {
                changes
                    .push(Change { is_loosened: true, ..whole(Subject::Metric, title(it), &it.place, says(it), true) });
            }
            (None, Some(it)) => changes.push(whole(Subject::Metric, title(it), &it.place, says(it), false)),
            (None, None) => {}
        }
    }
    changes
}

fn both<'a, T>(old: &'a [T], new: &'a [T], pair: Both<Option<usize>>) -> (Option<&'a T>, Option<&'a T>) {
    (pair.before.and_then(|it| old.get(it)), pair.after.and_then(|it| new.get(it)))
}

fn deliverables(old: &[Deliverable], new: &[Deliverable]) -> Vec<Change> {
    let mut changes = Vec::new();
    let title = |it: &Deliverable| Said::theirs(it.text.plain());
    let scope = |it: &Deliverable| match (it.scope.is_empty(), it.week) {
        (false, _) => Said::theirs(it.scope.to_string()),
        (true, Some(week)) => Said::ours(format!("week {week}")),
        (true, None) => Said::ours("the plan"),
    };
    for pair in by_key(old, new, |it| Some(bare(&it.text.plain()))) {
        match both(old, new, pair) {
            (Some(was), Some(is)) => {
                let aspect =
                    Aspect { subject: Subject::Deliverable, aspect: "part", title: title(is), place: &is.place };
                changes.extend(aspect.change(Some(scope(was)), Some(scope(is))));
            }
            (Some(it), None) => changes.push(whole(Subject::Deliverable, title(it), &it.place, scope(it), true)),
            (None, Some(it)) => changes.push(whole(Subject::Deliverable, title(it), &it.place, scope(it), false)),
            (None, None) => {}
        }
    }
    changes
}

fn risks(old: &[Risk], new: &[Risk]) -> Vec<Change> {
    let mut changes = Vec::new();
    let title = |it: &Risk| Said::theirs(it.title.plain());
    let severity =
        |it: &Risk| if it.severity.is_empty() { Said::ours("no severity") } else { Said::theirs(it.severity.clone()) };
    for pair in by_key(old, new, |it| Some(bare(&it.title.plain()))) {
        match both(old, new, pair) {
            (Some(was), Some(is)) => {
                let aspect = |aspect| Aspect { subject: Subject::Risk, aspect, title: title(is), place: &is.place };
                changes.extend(aspect("severity").change(Some(severity(was)), Some(severity(is))));
                let against = |it: &Risk| it.mitigation.as_ref().map(|it| Said::theirs(it.plain()));
                changes.extend(aspect("mitigation").change(against(was), against(is)));
            }
            (Some(it), None) => changes.push(whole(Subject::Risk, title(it), &it.place, severity(it), true)),
            (None, Some(it)) => changes.push(whole(Subject::Risk, title(it), &it.place, severity(it), false)),
            (None, None) => {}
        }
    }
    changes
}

fn teams(old: &[Team], new: &[Team]) -> Vec<Change> {
    let mut changes = Vec::new();
    let title = |it: &Team| Said::theirs(it.name.clone());
    let strength = |it: &Team| {
        let period = |it: &crate::model::TeamPeriod| {
            let weeks = it.weeks.map_or(String::new(), |it| format!(" in {}", phrase::weeks_from(it)));
            format!("{} FTE{weeks}", phrase::number(it.fte))
        };
        Said::ours(it.periods.iter().map(period).collect::<Vec<_>>().join(", "))
    };
    for pair in by_key(old, new, |it| Some(bare(&it.name))) {
        match both(old, new, pair) {
            (Some(was), Some(is)) => {
                let aspect = Aspect { subject: Subject::Team, aspect: "strength", title: title(is), place: &is.place };
                changes.extend(aspect.change(Some(strength(was)), Some(strength(is))));
            }
            (Some(it), None) => changes.push(whole(Subject::Team, title(it), &it.place, strength(it), true)),
            (None, Some(it)) => changes.push(whole(Subject::Team, title(it), &it.place, strength(it), false)),
            (None, None) => {}
        }
    }
    changes
}

fn budget(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    let (was, is) = (&old.budget, &new.budget);
    let amount =
        |it: &crate::model::BudgetItem| Said::ours(phrase::number(it.amount)).and(" ").and_theirs(it.currency.clone());
    let title = |it: &crate::model::BudgetItem| Said::theirs(it.name.clone());
    for pair in by_key(&was.items, &is.items, |it| Some(bare(&it.name))) {
        match both(&was.items, &is.items, pair) {
            (Some(was), Some(is)) => {
                let aspect = Aspect { subject: Subject::Budget, aspect: "amount", title: title(is), place: &is.place };
                changes.extend(aspect.change(Some(amount(was)), Some(amount(is))));
            }
            (Some(it), None) => changes.push(whole(Subject::Budget, title(it), &it.place, amount(it), true)),
            (None, Some(it)) => changes.push(whole(Subject::Budget, title(it), &it.place, amount(it), false)),
            (None, None) => {}
        }
    }
    let place = is.total_place.as_ref().or(was.total_place.as_ref());
    if let Some(place) = place.or_else(|| is.items.first().map(|it| &it.place)).or_else(|| first_place(new)) {
        let total = |it: Option<f64>| it.map(|it| Said::ours(phrase::number(it)));
        let aspect = |aspect| Aspect { subject: Subject::Budget, aspect, title: Said::ours("budget"), place };
        changes.extend(aspect("one-time total").change(total(was.one_time), total(is.one_time)));
        changes.extend(aspect("monthly total").change(total(was.monthly), total(is.monthly)));
    }
    changes
}
