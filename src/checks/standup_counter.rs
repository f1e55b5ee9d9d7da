//! `standup-counter`: a counter such as "P1 completion: 7/8" that the lines do not add up to.

use super::common::demands::class_of;
use super::{Rule, Subject};
use crate::calendar::{Day, short_day};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::{DatedStandup, EvidenceKind, History};
use crate::model::{StandupMetric, State, Task};
use crate::phrase::{list, number};
use crate::text::Place;
use std::collections::BTreeMap;

/// Complains about counters in standups that say another number of items than are done by then, or than there are.
pub const RULE: Rule = Rule {
    name: "standup-counter",
    severity: Severity::Warning,
    what: "A standup counts other items than its lines and those before add up to.",
    why: "Readers see two figures for the same thing on one page, and trust neither.",
    bad: "### Completed This Week\n- [✅] P1-01: Debug the health check\n\n### Metrics\n- P1 completion: 2/2",
    good: "### Completed This Week\n- [✅] P1-01: Debug the health check\n- [✅] P1-02: Repair the cache\n\n### Metrics\n- P1 completion: 2/2",
    check,
};

/// At most so many open items are named.
const NAMED: usize = 5;

/// The items of a class on a day.
#[derive(Default)]
struct Count {
    done: usize,
    /// How many of them are done by a mark of the roadmap alone, which may be younger than the day.
    marked: usize,
    total: usize,
    /// Items that are dropped now, and may have counted then.
    dropped: usize,
    /// The first that are not done, by their places in the plan; one more than are named.
    open: Vec<usize>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let mut days: BTreeMap<Day, BTreeMap<String, Count>> = BTreeMap::new();
    let mut mistyped: BTreeMap<String, usize> = BTreeMap::new();
    // Standups are sorted by day.
    for it in &subject.history.standups {
        for id in it.standup.done.iter().flat_map(|it| &it.ids) {
            if subject.plan().task_with_id(id).is_none()
                && let Some((class, _)) = id.rsplit_once('-')
            {
                *mistyped.entry(class.to_uppercase()).or_default() += 1;
            }
        }
        for line in &it.standup.metrics {
            let (Some(done), Some(of), Some(class)) = (line.value.value, line.of, class_of(&line.name)) else {
                continue;
            };
            let counts = days.entry(it.date).or_insert_with(|| counts(subject.history, it.date));
            let Some(count) = counts.get(&class.to_uppercase()) else { continue };
            // "85/100" is a share, whatever it is called.
            if of == 100.0 && !is(count.total, of) {
                continue;
            }
            // An ID that no task has may be the one that is missing: that ID is what is wrong, not the count.
            let more = mistyped.get(&class.to_uppercase()).copied().unwrap_or(0);
            if (1..=more).any(|it| is(count.done + it, done)) && count.may_be_all(of) {
                continue;
            }
            if !count.may_be_done(done) || !count.may_be_all(of) {
                found.push(complain(subject, it, line, class, (done, of), count));
            }
        }
    }
}

/// Counts the items of each class that are in scope on a day.
fn counts(history: &History, day: Day) -> BTreeMap<String, Count> {
    let mut all: BTreeMap<String, Count> = BTreeMap::new();
    for (at, task) in history.plan.tasks.iter().enumerate() {
        let Some(class) = &task.priority else { continue };
        let count = all.entry(class.to_uppercase()).or_default();
        let now = history.state(at, day);
        if now.state == State::Dropped {
            count.dropped += 1;
            continue;
        }
        count.total += 1;
        if now.state == State::Done {
            count.done += 1;
            count.marked += usize::from(now.evidence.is_some_and(|it| it.kind == EvidenceKind::Roadmap));
        } else if count.open.len() <= NAMED {
            count.open.push(at);
        }
    }
    all
}

impl Count {
    /// Says whether so many may have been done: a mark of the roadmap has no day of its own.
    fn may_be_done(&self, said: f64) -> bool {
        (self.done - self.marked..=self.done).any(|it| is(it, said))
    }

    fn may_be_all(&self, said: f64) -> bool {
        (self.total..=self.total + self.dropped).any(|it| is(it, said))
    }
}

fn is(count: usize, said: f64) -> bool {
    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    (count - said).abs() <= 1e-9
}

fn complain(
    subject: &Subject<'_>,
    standup: &DatedStandup,
    line: &StandupMetric,
    class: &str,
    (done, of): (f64, f64),
    count: &Count,
) -> Diagnostic {
    let (said, whole) = (number(done), number(of));
    let (date, when) = (standup.date, standup.when());
    let (written, place) = value_place(subject, line);
    let right = format!("{}/{}", count.done, count.total);
    if count.may_be_done(done) {
        let message = format!("the standup of {when} counts {whole} {class} items, the plan has {}", count.total);
        let it = RULE.at(&place, message).label(format!("{} in the plan", count.total));
        return it.instead(written, &*right).help(format!("write {right}"));
    }
    let message = format!(
        "the standup of {when} says {said} of {whole} {class} items are done, the lines up to then add up to {}",
        count.done
    );
    let mut it = RULE.at(&place, message).label(format!("{} done by {}", count.done, short_day(date)));
    if !count.may_be_all(of) {
        it = it.note(format!("the plan has {} {class} items", count.total));
    }
    if (1..=NAMED).contains(&count.open.len()) {
        let names = count.open.iter().filter_map(|at| subject.plan().tasks.get(*at)).map(Task::name);
        it = it.note(format!("open then: {}", list(&names.collect::<Vec<_>>())));
    }
    let is_short = f64::from(u32::try_from(count.done).unwrap_or(u32::MAX)) < done;
    let or = if is_short { ", or list what else was done" } else { "" };
    it.instead(written, &*right).help(format!("write {right}{or}"))
}

/// Returns the counter as it is written, and where it stands: "7/8".
fn value_place(subject: &Subject<'_>, line: &StandupMetric) -> (String, Place) {
    let text = subject.file(&line.place).map_or("", |it| it.slice(line.place.span));
    let value = text.split_once(':').and_then(|(_, it)| it.split('(').next()).unwrap_or_default();
    (value.trim().to_owned(), subject.words_in(&line.place, value.trim()))
}
