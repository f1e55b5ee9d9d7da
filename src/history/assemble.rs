//! Puts plan and standups together, as far as they were known on a day.

use super::evidence::{Evidence, EvidenceKind, sort};
use super::{DatedStandup, History};
use crate::calendar::Day;
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::model::{Entry, Plan, Schedule, Standup, State};
use chrono::Weekday;
use std::collections::{BTreeMap, HashMap};

/// Puts a plan and its standups together as of a day. Standups later than the day are not seen.
#[must_use]
pub fn assemble(plan: Plan, standups: Vec<Standup>, as_of: Day) -> Diagnosed<History> {
    let mut diagnostics = Vec::new();
    let (standups, later_standups) = dated(&plan, standups, as_of, &mut diagnostics);
    let names = Names::new(&plan);
    let marks_from = plan.header.date.as_ref().map(|it| it.value);
    let marks_from = marks_from.or_else(|| plan.schedule.as_ref().map(|it| it.calendar.start));
    let mut evidence: Vec<Vec<Evidence>> = marks(&plan, marks_from.unwrap_or(as_of));
    for it in &standups {
        add_standup(it, &names, &mut evidence);
    }
    for it in &mut evidence {
        sort(it);
    }
    let value = History { plan, standups, evidence, as_of, marks_from, later_standups };
    Diagnosed { value, diagnostics }
}

/// Returns the day a standup speaks for: its own, else the Friday of its week; nothing where neither is known.
#[must_use]
pub fn day_of(standup: &Standup, schedule: Option<&Schedule>) -> Option<Day> {
    standup.date.or_else(|| schedule?.calendar.day(standup.week, Weekday::Fri))
}

/// Gives each standup its day.
fn dated(plan: &Plan, standups: Vec<Standup>, as_of: Day, said: &mut Vec<Diagnostic>) -> (Vec<DatedStandup>, usize) {
    let mut dated = Vec::with_capacity(standups.len());
    let mut later = 0;
    for standup in standups {
        match day_of(&standup, plan.schedule.as_ref()) {
            Some(date) if date <= as_of => dated.push(DatedStandup { date, standup }),
            Some(_) => later += 1,
            None => {
                let has_start = plan.header.start.is_some();
                let lacks = if has_start { "has no weeks" } else { "has no start" };
                let message = format!("the standup of week {} has no day: the plan {lacks}", standup.week);
                let help = if has_start {
                    "give the plan's weeks headings such as `### Week 1: Name`, or write `date: YYYY-MM-DD` into the standup's front matter"
                } else {
                    "write `**Start:** YYYY-MM-DD` into the roadmap's head, or `date: YYYY-MM-DD` into the standup's front matter"
                };
                said.push(Diagnostic::at("standup-without-day", Severity::Error, &standup.place, message).help(help));
            }
        }
    }
    dated.sort_by(|a, b| (a.date, a.standup.week, &a.standup.path).cmp(&(b.date, b.standup.week, &b.standup.path)));
    let mut weeks: BTreeMap<u32, &DatedStandup> = BTreeMap::new();
    for it in &dated {
        if let Some(first) = weeks.insert(it.standup.week, it) {
            let message = format!(
                "week {} has two standups: the lines of both count, and the figures of the second",
                it.standup.week
            );
            let help = "merge them, or give the other one its own week";
            let place = &it.standup.place;
            let said_first = "the other standup of this week";
            let it = Diagnostic::at("two-standups", Severity::Warning, place, message).help(help);
            said.push(it.label("the figures of this one are shown").related(&first.standup.place, said_first));
        }
    }
    (dated, later)
}

/// The marks of the roadmap count from one day, since no earlier version of it is known.
fn marks(plan: &Plan, date: Day) -> Vec<Vec<Evidence>> {
    let of_task = |task: &crate::model::Task| {
        let mark = task.marked_state();
        let evidence = mark.map(|(state, segment)| Evidence {
            date,
            state,
            percent: segment.percent(),
            reason: None,
            kind: EvidenceKind::Roadmap,
            place: segment.place.clone(),
        });
        evidence.into_iter().collect()
    };
    plan.tasks.iter().map(of_task).collect()
}

/// The tasks by ID and by title.
struct Names<'a> {
    titles: HashMap<String, usize>,
    plan: &'a Plan,
}

impl<'a> Names<'a> {
    fn new(plan: &'a Plan) -> Self {
        let tasks = || plan.tasks.iter().enumerate();
        let titles = tasks().map(|(at, it)| (normal(&it.title().words()), at)).collect();
        Self { titles, plan }
    }

    /// Returns the tasks that a line speaks of: by their IDs, else by a title.
    fn find(&self, entry: &Entry) -> Vec<usize> {
        if entry.ids.is_empty() {
            return self.titles.get(&normal(&entry.text.words())).copied().into_iter().collect();
        }
        entry.ids.iter().filter_map(|id| self.plan.task_with_id(id)).collect()
    }
}

fn normal(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn add_standup(it: &DatedStandup, names: &Names<'_>, evidence: &mut [Vec<Evidence>]) {
    let lists = [
        (State::Done, &it.standup.done),
        (State::InProgress, &it.standup.in_progress),
        (State::Blocked, &it.standup.blocked),
    ];
    for (state, entries) in lists {
        for entry in entries {
            for task in names.find(entry) {
                if let Some(evidence) = evidence.get_mut(task) {
                    evidence.push(Evidence {
                        date: it.date,
                        state,
                        percent: entry.percent,
                        reason: entry.reason.as_deref().map(str::to_owned),
                        kind: EvidenceKind::Standup,
                        place: entry.place.clone(),
                    });
                }
            }
        }
    }
}
