//! What a plan does not say, what that costs the report, and how it would be written.

use crate::model::Plan;
use crate::phrase;
use crate::views::Desk;
use serde::Serialize;

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

/// Lists what is absent: the more it costs, the earlier.
pub fn absent(desk: &Desk<'_>) -> Vec<Absent> {
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
    all.extend(calendar(plan));
    if desk.facts.history.standups.is_empty() && !plan.tasks.is_empty() {
        let told = desk.facts.history.later_standups;
        let what = if told == 0 { "No standup is there." } else { "No standup is there up to the day of this report." };
        all.push(Absent::new(
            what,
            "States come from the marks in the roadmap alone, so nothing is known about who is held up, or when work was done.",
            "In standups/week-1.md:",
            "## Week 1 Standup\n### Completed\n- P1-01: What was done",
        ));
    }
    if !plan.tasks.is_empty() {
        all.extend(further(plan));
    }
    all
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
    match lack(|it| !it.owners.is_empty()) {
        0 => {}
        n => absent.push(Absent::new(
            some(n, "no owner").unwrap_or_else(|| "No owner is written.".to_owned()),
            "Nobody’s load is known for them.",
            "Below a task:",
            "  - *Owner: Ada | Duration: 2d*",
        )),
    }
    match lack(|it| it.effort_days.is_some()) {
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

fn calendar(plan: &Plan) -> Vec<Absent> {
    let mut absent = Vec::new();
    let has_weeks = !plan.weeks.is_empty() || plan.phases.iter().any(|it| it.weeks.is_some());
    let has_start = plan.header.start.is_some() || plan.header.target.is_some() || plan.header.date.is_some();
    let no_calendar = "There is no calendar, so no timeline, no burndown, and no forecast by plan.";
    let start = "**Start:** 2026-01-05\n**Target Launch:** 2026-03-13";
    match (plan.schedule.is_some(), has_weeks, has_start) {
        (true, ..) => {}
        (false, false, false) => absent.push(Absent::new("No week and no date is written.", no_calendar, HEAD, start)),
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
    if plan.schedule.is_some() && plan.header.target.is_none() {
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
            "No team is written with its strength.",
            "Planned work cannot be held against capacity.",
            "Below a heading:",
            "## Team\n- Platform Team: 2 FTE",
        ));
    }
    absent
}
