//! Puts plan and standups together, as far as they were known on a day.

use super::evidence::{Evidence, EvidenceKind, sort};
use super::identity::normal;
use super::versions::{Marked, Versions};
use super::{DatedStandup, History};
use crate::calendar::{Day, Week};
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::model::{Entry, Plan, Schedule, Standup, State};
use chrono::Weekday;
use std::collections::{BTreeMap, HashMap};

/// Puts a plan, its standups and what its versions tell together as of a day. Standups later than the day are not seen.
///
/// Marks count from the commit that set them. Where no version is known, they count from the plan's own date.
#[must_use]
pub fn assemble(plan: Plan, standups: Vec<Standup>, versions: Versions, as_of: Day) -> Diagnosed<History> {
    let mut diagnostics = Vec::new();
    let (standups, later_standups) = dated(&plan, standups, as_of, &mut diagnostics);
    let names = Names::new(&plan);
    let marks_from = plan.header.date.as_ref().map(|it| it.value);
    let marks_from = marks_from.or_else(|| plan.schedule.as_ref().map(|it| it.calendar.start));
    let marks_from = marks_from.filter(|_| versions.days.is_empty());
    let mut evidence: Vec<Vec<Evidence>> = if versions.days.is_empty() {
        marks(&plan, marks_from.unwrap_or(as_of))
    } else {
        dated_marks(&plan, &versions)
    };
    for it in &standups {
        add_standup(it, &names, &mut evidence);
    }
    let is_undated = versions.days.is_empty() && plan.header.date.is_none();
    for it in &mut evidence {
        if is_undated {
            date_by_standup(it);
        }
        sort(it);
        put_back(it);
    }
    let value = History { plan, standups, evidence, versions, as_of, marks_from, measured: Vec::new(), later_standups };
    Diagnosed { value, diagnostics }
}

/// Returns the day a standup speaks for: its own, else the Friday of its week; nothing where neither is known.
#[must_use]
pub fn day_of(standup: &Standup, schedule: Option<&Schedule>) -> Option<Day> {
    standup.date.or_else(|| schedule?.calendar.day(standup.week?, Weekday::Fri))
}

/// Days beyond this week of the plan are in no week: no plan is ten years long.
const MOST_WEEKS: Week = 520;

/// Gives each standup its day and its week.
fn dated(plan: &Plan, standups: Vec<Standup>, as_of: Day, said: &mut Vec<Diagnostic>) -> (Vec<DatedStandup>, usize) {
    let mut dated = Vec::with_capacity(standups.len());
    let mut later = 0;
    let schedule = plan.schedule.as_ref();
    for standup in standups {
        match day_of(&standup, schedule) {
            Some(date) if date <= as_of => {
                let week = standup.week.or_else(|| schedule?.calendar.week(date)).filter(|it| *it <= MOST_WEEKS);
                dated.push(DatedStandup { date, week, standup });
            }
            Some(_) => later += 1,
            None => {
                let has_start = plan.header.start.is_some();
                let lacks = if has_start { "has no weeks" } else { "has no start" };
                let of = standup.week.map_or(String::new(), |it| format!(" of week {it}"));
                let message = format!("the standup{of} has no day: the plan {lacks}");
                let help = if has_start {
                    "give the plan's weeks headings such as `### Week 1: Name`, or write `date: YYYY-MM-DD` into the standup's front matter"
                } else {
                    "write `**Start:** YYYY-MM-DD` into the roadmap's head, or `date: YYYY-MM-DD` into the standup's front matter"
                };
                said.push(Diagnostic::at("standup-without-day", Severity::Error, &standup.place, message).help(help));
            }
        }
    }
    dated.sort_by(|a, b| (a.date, a.week, &a.standup.path).cmp(&(b.date, b.week, &b.standup.path)));
    // Several standups of single days are no contradiction, nor are those of several people on one day.
    let mut weeks: BTreeMap<(u32, Day), &DatedStandup> = BTreeMap::new();
    for it in &dated {
        let Some(week) = it.standup.week else { continue };
        if let Some(first) = weeks.insert((week, it.date), it) {
            let message =
                format!("week {week} has two standups: the lines of both count, and the figures of the second");
            let help = "merge them, or give the other one its own week";
            let place = &it.standup.place;
            let said_first = "the other standup of this week";
            let it = Diagnostic::at("two-standups", Severity::Warning, place, message).help(help);
            said.push(it.label("the figures of this one are shown").related(&first.standup.place, said_first));
        }
    }
    (dated, later)
}

/// Each change of a mark counts from the commit that made it; one that is not committed yet, from the day asked for.
fn dated_marks(plan: &Plan, versions: &Versions) -> Vec<Vec<Evidence>> {
    let of_task = |(task, marks): (&crate::model::Task, &Vec<Marked>)| {
        let place = task.marked_state().map_or_else(|| task.last(), |(_, it)| it).place.clone();
        let mut was = None;
        let mut evidence = Vec::new();
        for it in marks {
            if it.mark != was {
                // A mark that is gone says that the task has not begun.
                let (state, percent) = it.mark.unwrap_or((State::Todo, None));
                let kind = if it.commit.is_some() { EvidenceKind::Commit } else { EvidenceKind::Roadmap };
                let (date, commit, place, written) = (it.day, it.commit, place.clone(), it.written.clone());
                evidence.push(Evidence { date, state, percent, reason: None, kind, place, commit, written });
            }
            was = it.mark;
        }
        evidence
    };
    plan.tasks.iter().zip(&versions.marks).map(of_task).collect()
}

/// A mark of which nothing tells the day says that a task is done, and a standup says since when.
fn date_by_standup(evidence: &mut [Evidence]) {
    let told = || evidence.iter().filter(|it| it.kind == EvidenceKind::Standup);
    let Some(first) = told().filter(|it| it.state == State::Done).map(|it| it.date).min() else { return };
    // Where a later standup says otherwise, nobody knows whether the mark is older.
    if told().any(|it| first < it.date && it.state != State::Done) {
        return;
    }
    for it in evidence.iter_mut().filter(|it| it.kind == EvidenceKind::Roadmap && it.state == State::Done) {
        it.date = first;
    }
}

/// A mark that was taken away leaves what a standup has said last: an empty box never overrides a standup.
fn put_back(evidence: &mut Vec<Evidence>) {
    let (mut told, mut now) = (None, State::Todo);
    evidence.retain_mut(|it| {
        if it.kind == EvidenceKind::Standup {
            told = Some((it.state, it.percent));
        } else if let (State::Todo, Some(said)) = (it.state, told) {
            (it.state, it.percent) = said;
            if it.state == now {
                return false;
            }
        }
        now = it.state;
        true
    });
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
            commit: None,
            written: None,
        });
        evidence.into_iter().collect()
    };
    plan.tasks.iter().map(of_task).collect()
}

/// The tasks by ID and by title.
struct Names<'a> {
    /// The tasks without an ID, by titles that no other task has.
    titles: HashMap<String, Option<usize>>,
    plan: &'a Plan,
}

impl<'a> Names<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut titles: HashMap<String, Option<usize>> = HashMap::new();
        if plan.tasks.iter().any(|it| it.id.is_none()) {
            for (at, task) in plan.tasks.iter().enumerate() {
                let named = task.id.is_none().then_some(at);
                titles.entry(normal(&task.title().words())).and_modify(|it| *it = None).or_insert(named);
            }
        }
        Self { titles, plan }
    }

    /// Returns the tasks that a line speaks of: by their IDs, else the one without an ID that has the line's words as its title.
    fn find(&self, entry: &Entry) -> Vec<usize> {
        if entry.ids.is_empty() {
            if self.titles.is_empty() {
                return Vec::new();
            }
            return self.titles.get(&normal(&entry.text.words())).copied().flatten().into_iter().collect();
        }
        entry.ids.iter().filter_map(|id| self.plan.task_with_id(id)).collect()
    }
}

fn add_standup(it: &DatedStandup, names: &Names<'_>, evidence: &mut [Vec<Evidence>]) {
    for (state, entry) in it.standup.evidence() {
        for task in names.find(entry) {
            if let Some(evidence) = evidence.get_mut(task) {
                evidence.push(Evidence {
                    date: it.date,
                    state,
                    percent: entry.percent,
                    reason: entry.reason.as_deref().map(str::to_owned),
                    kind: EvidenceKind::Standup,
                    place: entry.place.clone(),
                    commit: None,
                    written: None,
                });
            }
        }
    }
}
