//! What a plan says of itself, of its phases, and in the headings of its weeks.

use super::thing::Thing;
use super::words::day;
use super::{Change, Kind, Said, Subject};
use crate::calendar::Day;
use crate::history::is_same_phase;
use crate::model::{Block, Header, Phase, Plan};
use crate::phrase::{self, count};
use crate::text::Place;
use std::collections::HashMap;

/// Phases beyond this many are compared only with the one in the same place.
const MAX_PHASES: usize = 200;

/// Compares titles, days and other words that are about a whole plan.
pub fn head(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    let (was, is) = (&old.header, &new.header);
    let top = is.target.as_ref().map(|it| &it.place).or(is.start.as_ref().map(|it| &it.place));
    let Some(top) = top.or_else(|| first_place(new)).or_else(|| first_place(old)) else { return changes };
    let mut add = |aspect, place: Option<&Place>, before: Option<Said>, after: Option<Said>| {
        let thing =
            Thing { subject: Subject::Plan, title: Said::theirs(new.title.clone()), place: place.unwrap_or(top) };
        changes.extend(thing.changed(aspect, before, after));
    };
    let of_day = |it: Option<Day>| it.map(|it| Said::ours(day(it)));
    add("title", None, Some(Said::theirs(old.title.clone())), Some(Said::theirs(new.title.clone())));
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
        (it.kind, it.aspect) = (Kind::Retargeted, "");
    }
    changes
}

/// Where a plan begins, as far as anything of it stands anywhere.
pub fn first_place(plan: &Plan) -> Option<&Place> {
    let phase = plan.phases.first().map(|it| &it.place);
    let task = plan.tasks.first().map(|it| &it.first().place);
    let others = plan.gates.first().map(|it| &it.place).or_else(|| plan.metrics.first().map(|it| &it.place));
    phase.into_iter().chain(task).chain(others).min_by_key(|it| it.span.start)
}

/// Compares the phases of two plans.
pub fn phases(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut is_kept = vec![false; old.phases.len()];
    for (at, is) in new.phases.iter().enumerate() {
        let free = |it: &(usize, &Phase)| is_kept.get(it.0) == Some(&false) && is_same_phase(it.1, is);
        // The phase in the same place comes first: plans have few phases, but a file may have very many headings.
        let same_place = old.phases.get(at).map(|it| (at, it)).filter(free);
        let found = same_place.or_else(|| old.phases.iter().enumerate().take(MAX_PHASES).find(free));
        if let Some((place, was)) = found {
            if let Some(it) = is_kept.get_mut(place) {
                *it = true;
            }
            changes.extend(phase(was, is));
        } else {
            changes.push(thing(is).came(weeks(is)));
        }
    }
    let gone = old.phases.iter().zip(&is_kept).filter(|(_, kept)| !**kept);
    changes.extend(gone.map(|(it, _)| thing(it).went(weeks(it))));
    changes
}

fn thing(it: &Phase) -> Thing<'_> {
    Thing { subject: Subject::Phase, title: Said::theirs(it.full_label()), place: &it.place }
}

fn weeks(it: &Phase) -> Said {
    Said::ours(it.weeks.map_or("no weeks".to_owned(), phrase::weeks_from))
}

fn phase(was: &Phase, is: &Phase) -> impl Iterator<Item = Change> {
    let both = |aspect, of: &dyn Fn(&Phase) -> Option<Said>| thing(is).changed(aspect, of(was), of(is));
    let days = |it: &Phase| {
        let both = it.named_start.into_iter().chain(it.named_end).map(|it| Said::ours(day(it)));
        Some(Said::joined(both, " to ")).filter(|it| !it.is_empty())
    };
    let mut health =
        both("health target", &|it| it.health_target.as_ref().map(|it| Said::ours(phrase::number(it.value))));
    if let Some(it) = &mut health {
        let value = |it: &Phase| it.health_target.as_ref().map(|it| it.value);
        it.is_loosened = value(was).is_some_and(|was| value(is).is_none_or(|is| is < was));
    }
    let changes = [
        both("name", &|it| Some(Said::theirs(it.full_label()))),
        both("weeks", &|it| it.weeks.map(|it| Said::ours(phrase::weeks_from(it)))),
        both("goal", &|it| it.goal.as_ref().map(|it| Said::theirs(it.value.plain()))),
        health,
        both("days", &days),
        both("stated state", &|it| it.stated.map(|it| Said::ours(it.words()))),
    ];
    changes.into_iter().flatten()
}

/// Compares the names of weeks and of their parts.
pub fn headings(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    let said = |it: &str| Some(Said::theirs(it.to_owned()));
    let weeks: HashMap<u32, &str> = old.weeks.iter().map(|it| (it.week, it.name.as_str())).collect();
    for it in &new.weeks {
        let title = Said::ours(format!("week {}", it.week));
        let thing = Thing { subject: Subject::Week, title, place: &it.place };
        let was = weeks.get(&it.week);
        changes.extend(was.and_then(|was| thing.changed("name", said(was), said(&it.name))));
    }
    let place = |it: &Block| it.week.zip(it.weekdays);
    let blocks: HashMap<_, &str> = old.blocks.iter().filter_map(|it| Some((place(it)?, it.name.as_str()))).collect();
    for it in &new.blocks {
        let Some((week, (first, last))) = place(it) else { continue };
        let days = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let thing = Thing { subject: Subject::Block, title: Said::ours(format!("W{week} {days}")), place: &it.place };
        let was = blocks.get(&(week, (first, last)));
        changes.extend(was.and_then(|was| thing.changed("name", said(was), said(&it.name))));
    }
    changes
}
