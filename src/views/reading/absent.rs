//! What a plan does not say, what that costs the report, and how it would be written.

use crate::model::Plan;
use crate::phrase;
use crate::views::Desk;
use serde::Serialize;
use std::collections::BTreeSet;

/// Something that is not written.
#[derive(Debug, Serialize)]
pub struct Absent {
    /// What is not written.
    pub what: String,
    /// What that costs the report.
    pub cost: String,
    /// Where an example belongs.
    pub hint: &'static str,
    /// How it would be written.
    pub example: &'static str,
}

impl Absent {
    fn new(what: impl Into<String>, cost: &str, hint: &'static str, example: &'static str) -> Self {
        Self { what: what.into(), cost: cost.to_owned(), hint, example }
    }
}

const TASK: &str = "As an item of a list:";
const HEAD: &str = "In the roadmap’s head:";
const HEADING: &str = "As a heading:";

/// What is absent, in two lists.
#[derive(Debug, Serialize)]
pub struct Absence {
    /// What the report stands on: the more it costs, the earlier.
    pub needed: Vec<Absent>,
    /// What many plans do well without.
    pub further: Vec<Absent>,
    /// "No gate, no metric and no risk is written either"; empty where there is nothing further.
    pub summary: String,
}

/// Lists what is absent.
pub fn absence(desk: &Desk<'_>) -> Absence {
    let needed = needed(desk);
    // Where there are no tasks, there is nothing that gates and metrics could speak of.
    let plan = desk.plan();
    let further = if plan.tasks.is_empty() { Vec::new() } else { further(plan) };
    let names: Vec<&str> = further.iter().filter_map(|it| it.what.split(" is written").next()).collect();
    let names = names.iter().enumerate().map(|(at, it)| if at == 0 { (*it).to_owned() } else { it.to_lowercase() });
    let names: Vec<String> = names.collect();
    let either = if needed.is_empty() { "" } else { " either" };
    let summary = if names.is_empty() { String::new() } else { format!("{} is written{either}", phrase::list(&names)) };
    Absence { needed, further, summary }
}

fn needed(desk: &Desk<'_>) -> Vec<Absent> {
    let plan = desk.plan();
    let mut all = Vec::new();
    if plan.tasks.is_empty() {
        all.push(Absent::new(
            "No task is written.",
            "There is nothing to measure: no progress, no forecast, no list of tasks.",
            TASK,
            "- [ ] **P1-01:** What is to be done",
        ));
    } else {
        all.extend(of_tasks(plan));
    }
    all.extend(empty_phases(plan));
    let has_commits = desk.facts.history.versions.told_from().is_some();
    all.extend(calendar(plan, desk.analysis().progress.planned_done.is_some(), has_commits));
    if desk.facts.history.standups.is_empty() && !plan.tasks.is_empty() {
        let told = desk.facts.history.later_standups;
        let what = match (told, desk.facts.sources.standups.is_empty()) {
            (0, true) => "No standup is there.",
            (0, false) => "Standups are there, but none of them can be used.",
            _ => "No standup is there up to the day of this report.",
        };
        all.push(Absent::new(
            what,
            if has_commits {
                "States come from the marks in the roadmap alone, and their days from its commits: nothing is known about who is held up."
            } else {
                "States come from the marks in the roadmap alone, so nothing is known about who is held up, or when work was done."
            },
            "In standups/week-1.md:",
            "## Week 1 Standup\n### Completed\n- P1-01: What was done",
        ));
    }
    all
}

/// Names phases without a task, in a plan that has tasks: what stands there is likely a list without boxes.
fn empty_phases(plan: &Plan) -> Option<Absent> {
    if plan.tasks.is_empty() {
        return None;
    }
    let held: BTreeSet<usize> = plan.tasks.iter().flat_map(|it| &it.segments).filter_map(|it| it.phase).collect();
    let empty: Vec<String> = plan
        .phases
        .iter()
        .enumerate()
        .filter(|(at, _)| !held.contains(at))
        .map(|(_, it)| it.label_in_sentence())
        .collect();
    let what = match empty.as_slice() {
        [] => return None,
        [one] => format!("{} has no task.", phrase::capitalise(one)),
        [first, second] => format!("{} and {second} have no tasks.", phrase::capitalise(first)),
        many => format!("{} {}s have no tasks.", many.len(), crate::views::phases::noun(plan)),
    };
    Some(Absent::new(
        what,
        "What stands there is read as text, so the figures leave it out: list items need a box to be tasks.",
        TASK,
        "- [ ] What is to be done",
    ))
}

fn of_tasks(plan: &Plan) -> Vec<Absent> {
    let all = plan.tasks.len();
    let lack = |has: fn(&crate::model::Task) -> bool| plan.tasks.iter().filter(|it| !has(it)).count();
    let mut absent = Vec::new();
    let some = |n: usize, lacks: &str| {
        if n == all {
            return None;
        }
        let verb = if n == 1 { "has" } else { "have" };
        Some(format!("{n} of {} {verb} {lacks}.", phrase::count(all, "task")))
    };
    match lack(|it| it.id.is_some()) {
        0 => {}
        n => absent.push(Absent::new(
            some(n, "no ID").unwrap_or_else(|| "No task has an ID.".to_owned()),
            "Standups can name such a task only by its title, and its page changes its address with the title.",
            TASK,
            "- [ ] **P1-01:** What is to be done",
        )),
    }
    let efforts = lack(|it| it.effort_days.is_some());
    match lack(|it| !it.owners.is_empty()) {
        0 => {}
        n if n == all && efforts == all => {
            absent.push(Absent::new(
                "No owner and no effort is written.",
                "Charts and the forecast count items: a large one weighs as much as a small one. Nobody’s load is known.",
                "Below a task:",
                "  - *Owner: Ada | Duration: 2d*",
            ));
            return absent;
        }
        n => absent.push(Absent::new(
            some(n, "no owner").unwrap_or_else(|| "No owner is written.".to_owned()),
            "Nobody’s load is known, as far as they go.",
            "Below a task:",
            "  - *Owner: Ada | Duration: 2d*",
        )),
    }
    match efforts {
        0 => {}
        n if n == all => absent.push(Absent::new(
            "No effort is written.",
            "Charts and the forecast count items: a large one weighs as much as a small one.",
            "Below a task:",
            "  - *Owner: Ada | Duration: 2d*",
        )),
        n => absent.push(Absent::new(
            some(n, "no effort").unwrap_or_default(),
            "Figures in days leave them out; figures in items hold them.",
            "Below a task:",
            "  - *Owner: Ada | Duration: 2d*",
        )),
    }
    absent
}

fn calendar(plan: &Plan, has_days: bool, has_commits: bool) -> Vec<Absent> {
    let mut absent = Vec::new();
    let has_weeks = !plan.weeks.is_empty() || plan.phases.iter().any(|it| it.weeks.is_some());
    let has_start = plan.header.start.is_some() || plan.header.target.is_some() || plan.header.date.is_some();
    let no_calendar = if has_commits {
        "There is no calendar, so no timeline and no forecast by plan; the burndown follows the commits."
    } else {
        "There is no calendar, so no timeline, no burndown, and no forecast by plan."
    };
    let start = "**Start:** 2026-01-05\n**Target Launch:** 2026-03-13";
    match (plan.schedule.is_some(), has_weeks, has_start) {
        (true, ..) if has_days || plan.tasks.is_empty() => {}
        (true, ..) => absent.push(Absent::new(
            "There is a calendar, but no task stands in a week or in a phase with weeks.",
            if has_commits {
                "No task has a planned day, so there is no timeline and no forecast; the burndown follows the commits."
            } else {
                "No task has a planned day, so there is no timeline, no burndown and no forecast."
            },
            HEADING,
            "## Phase 1: Name (Week 1-2)",
        )),
        (false, false, false) => {
            let what = if has_days {
                "Tasks have days on which they are due, but no week and no start is written."
            } else {
                "No week and no date is written."
            };
            absent.push(Absent::new(what, no_calendar, HEAD, start));
        }
        (false, true, false) => {
            absent.push(Absent::new("Weeks are written, but no start.", no_calendar, HEAD, "**Start:** 2026-01-05"));
        }
        (false, ..) => absent.push(Absent::new(
            "A date is written, but no week and no length.",
            no_calendar,
            HEADING,
            "### Week 1: Name",
        )),
    }
    if plan.phases.is_empty() && plan.weeks.is_empty() && !plan.tasks.is_empty() {
        absent.push(Absent::new(
            "No phase and no week has a heading.",
            "Tasks stand in one list, in the order of the file.",
            HEADING,
            "## Phase 1: Name (Week 1-2)",
        ));
    }
    if has_days && plan.header.target.is_none() {
        absent.push(Absent::new(
            "No target is written.",
            "The forecast names days, but not the chance of being in time.",
            HEAD,
            "**Target Launch:** 2026-03-13",
        ));
    }
    absent
}

fn further(plan: &Plan) -> Vec<Absent> {
    let mut absent = Vec::new();
    if plan.gates.is_empty() {
        absent.push(Absent::new(
            "No gate is written.",
            "There are no reviews to prepare and no decisions to record.",
            "At the end of a phase:",
            "**Phase 1 Exit Criteria:**\n- All P1 items are done\n\n**GO/NO-GO Gate:** Staging",
        ));
    }
    if plan.metrics.is_empty() {
        absent.push(Absent::new(
            "No metric is written.",
            "Figures in standups have nothing to be held against.",
            "As a table:",
            "| Metric | Current | Target |\n|---|---|---|\n| Error rate | 3% | <1% |",
        ));
    }
    if plan.risks.is_empty() {
        absent.push(Absent::new(
            "No risk is written.",
            "There is no page of risks.",
            "Below a heading that names risks:",
            "## High Risks\n- What may go wrong\n  - Mitigation: what is done against it",
        ));
    }
    if plan.teams.is_empty() {
        absent.push(Absent::new(
            "No team is written.",
            "Planned work cannot be held against the days that people have.",
            "Below a heading:",
            "## Team\n- Platform Team: 2 FTE",
        ));
    }
    absent
}
