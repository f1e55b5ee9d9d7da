//! What a plan says of itself, of its phases, and in the headings of its weeks.

use super::order::{both, by_key};
use super::thing::Thing;
use super::words::{bare, day};
use super::{Change, Kind, Said, Subject};
use crate::history::is_same_phase;
use crate::model::{Block, Located, Phase, Plan};
use crate::phrase::{self, count};
use crate::text::Place;

/// Phases beyond this many are compared only with the one in the same place.
const MAX_PHASES: usize = 200;

/// Compares titles, days and other words that are about a whole plan.
pub fn head<'a>(old: &'a Plan, new: &'a Plan) -> Vec<Change> {
    let aspects: [(&'static str, Told, Stands); 6] = [
        ("title", |it| Some(Said::theirs(it.title.clone())), |it| it.title_place.as_ref()),
        ("target", |it| Some(Said::ours(day(it.header.target.as_ref()?.value))), |it| of(it.header.target.as_ref())),
        ("start", |it| Some(Said::ours(day(it.schedule.as_ref()?.calendar.start))), |it| of(it.header.start.as_ref())),
        (
            "length",
            |it| Some(Said::ours(count(it.schedule.as_ref()?.weeks as usize, "week"))),
            |it| of(it.header.weeks.as_ref()),
        ),
        (
            "declared effort",
            |it| Some(Said::ours(phrase::days(it.header.effort_days.as_ref()?.value))),
            |it| of(it.header.effort_days.as_ref()),
        ),
        ("legend", legend, |it| of(it.legend.first())),
    ];
    let mut changes: Vec<Change> = Vec::new();
    for (aspect, told, stands) in aspects {
        // What is gone stands where it stood; what is not written anywhere has the place where the plan begins.
        let gone = told(new).is_none();
        let after = |it: Option<&'a Place>| it.filter(|_| !gone).map(|it| (it, false));
        let before = |it: Option<&'a Place>| it.map(|it| (it, true));
        let place =
            after(stands(new)).or_else(|| before(stands(old).filter(|_| gone))).or_else(|| after(first_place(new)));
        let place = place.or_else(|| before(stands(old))).or_else(|| before(first_place(old)));
        let place = place.or_else(|| first_place(new).map(|it| (it, false)));
        let Some((place, is_of_before)) = place else { continue };
        let thing = Thing { subject: Subject::Plan, title: Said::theirs(new.title.clone()), place };
        let change = thing.changed(aspect, told(old), told(new));
        changes.extend(change.map(|it| Change { is_of_before, ..it }));
    }
    // A plan without a title is called as its file, which may move.
    if old.title_place.is_none() && new.title_place.is_none() {
        changes.retain(|it| it.aspect != "title");
    }
    for it in changes.iter_mut().filter(|it| it.aspect == "target") {
        (it.kind, it.aspect) = (Kind::Retargeted, "");
    }
    changes
}

/// What a plan says, in words.
type Told = fn(&Plan) -> Option<Said>;
/// Where it says so.
type Stands = fn(&Plan) -> Option<&Place>;

fn of<T>(it: Option<&Located<T>>) -> Option<&Place> {
    it.map(|it| &it.place)
}

fn legend(it: &Plan) -> Option<Said> {
    let lines = it.legend.iter().map(|it| Said::theirs(it.value.clone()));
    (!it.legend.is_empty()).then(|| Said::joined(lines, "; "))
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
    // Those with number and name come first, since a number may stand twice.
    let mut same: Vec<Option<usize>> = vec![None; new.phases.len()];
    let mut is_kept = vec![false; old.phases.len()];
    for it in by_key(&old.phases, &new.phases, |it| Some(bare(&it.full_label()))) {
        let slots = it.after.and_then(|it| same.get_mut(it)).zip(it.before.and_then(|it| is_kept.get_mut(it)));
        if let Some((slot, kept)) = slots {
            (*slot, *kept) = (it.before, true);
        }
    }
    for (at, is) in new.phases.iter().enumerate() {
        if same.get(at) != Some(&None) {
            continue;
        }
        let free = |it: &(usize, &Phase)| is_kept.get(it.0) == Some(&false) && is_same_phase(it.1, is);
        // The phase in the same place comes next: plans have few phases, but a file may have very many headings.
        let same_place = old.phases.get(at).map(|it| (at, it)).filter(free);
        let found = same_place.or_else(|| old.phases.iter().enumerate().take(MAX_PHASES).find(free));
        let found = found.map(|it| it.0);
        if let Some((slot, kept)) = same.get_mut(at).zip(found.and_then(|it| is_kept.get_mut(it))) {
            (*slot, *kept) = (found, true);
        }
    }
    for (is, before) in new.phases.iter().zip(&same) {
        match before.and_then(|it| old.phases.get(it)) {
            Some(was) => changes.extend(phase(was, is)),
            None => changes.push(thing(is).came(weeks(is))),
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
    let goal = |it: &Phase| it.goal.as_ref().map(|it| Said::theirs(it.value.plain()));
    let health = |it: &Phase| it.health_target.as_ref().map(|it| Said::ours(phrase::number(it.value)));
    let days = |it: &Phase| {
        let both = it.named_start.into_iter().chain(it.named_end).map(|it| Said::ours(day(it)));
        Some(Said::joined(both, " to ")).filter(|it| !it.is_empty())
    };
    let changes = [
        both("name", &|it| Some(Said::theirs(it.full_label()))),
        both("weeks", &|it| it.weeks.map(|it| Said::ours(phrase::weeks_from(it)))),
        both("goal", &goal).map(|it| at(it, of(was.goal.as_ref()), of(is.goal.as_ref()))),
        both("health target", &health).map(|it| {
            let value = |it: &Phase| it.health_target.as_ref().map(|it| it.value);
            let is_loosened = value(was).is_some_and(|was| value(is).is_none_or(|is| is < was));
            let it = at(it, of(was.health_target.as_ref()), of(is.health_target.as_ref()));
            Change { is_loosened, ..it }
        }),
        both("days", &days),
        both("stated state", &|it| it.stated.map(|it| Said::ours(it.words()))),
    ];
    changes.into_iter().flatten()
}

/// Puts a change where what it is about is written: after it, or before it where it is gone.
fn at(it: Change, before: Option<&Place>, after: Option<&Place>) -> Change {
    let Some(place) = after.or(before) else { return it };
    Change { place: place.clone(), is_of_before: after.is_none(), ..it }
}

/// Says whether words are more than days of the week and how many they are: "Thursday-Friday (2 days)" is no name.
fn is_name(words: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let is_day = |it: &str| 2 < it.len() && DAYS.iter().any(|day| day.starts_with(it.trim_end_matches('s')));
    let is_count = |it: &str| it.parse::<f64>().is_ok() || matches!(it, "day" | "days" | "d" | "to" | "and");
    bare(words).split(' ').any(|it| !it.is_empty() && !is_day(it) && !is_count(it))
}

/// Compares the names of weeks and of their parts; of several headings for one week the first is the first.
pub fn headings(old: &Plan, new: &Plan) -> Vec<Change> {
    let said = |it: &str| Some(Said::theirs(it.to_owned()));
    let mut changes = Vec::new();
    for it in by_key(&old.weeks, &new.weeks, |it| Some(it.week.to_string())) {
        if let (Some(was), Some(is)) = both(&old.weeks, &new.weeks, it) {
            let title = Said::ours(format!("week {}", is.week));
            let thing = Thing { subject: Subject::Week, title, place: &is.place };
            changes.extend(thing.changed("name", said(&was.name), said(&is.name)));
        }
    }
    let days = |it: &Block| {
        let (week, (first, last)) = it.week.zip(it.weekdays)?;
        Some(if first == last { format!("W{week} {first}") } else { format!("W{week} {first}–{last}") })
    };
    for it in by_key(&old.blocks, &new.blocks, days) {
        if let (Some(was), Some(is)) = both(&old.blocks, &new.blocks, it) {
            let title = Said::ours(days(is).unwrap_or_default());
            let thing = Thing { subject: Subject::Block, title, place: &is.place };
            // A heading that says nothing but its days gives no name.
            let own = |it: &str| said(it).filter(|_| is_name(it));
            changes.extend(thing.changed("name", own(&was.name), own(&is.name)));
        }
    }
    changes
}
