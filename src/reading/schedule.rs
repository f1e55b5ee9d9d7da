//! From weeks to days: when week 1 begins, and when blocks, phases, tasks and gates are due.

use super::opens::BlockDays;
use crate::calendar::{Calendar, Day, Week, days, monday_of};
use crate::model::{GateKind, Plan, Schedule, StartRule};
use crate::settings::Settings;
use chrono::{Datelike as _, Days, Weekday};

/// Finds the start of week 1, and writes the days of everything that has a week, or days of its own.
pub fn put_on_calendar(plan: &mut Plan, block_days: &[BlockDays], settings: &Settings) {
    use_named_days(plan);
    if let Some(schedule) = schedule(plan, settings) {
        put_weeks(plan, block_days, &schedule.calendar);
        plan.schedule = Some(schedule);
    }
    use_due_days(plan);
}

/// Finds the weeks of a plan; nothing where it says neither which nor when.
fn schedule(plan: &Plan, settings: &Settings) -> Option<Schedule> {
    let named = named_days(plan);
    let weeks = weeks(plan)
        .or_else(|| weeks_between(plan, settings))
        .or_else(|| named.map(|(first, last)| weeks_from(first, last)))?;
    let (start, rule) = start(plan, settings, weeks, named)?;
    Some(Schedule { calendar: Calendar { start, working: settings.working() }, rule, weeks })
}

fn put_weeks(plan: &mut Plan, block_days: &[BlockDays], calendar: &Calendar) {
    for (block, days) in plan.blocks.iter_mut().zip(block_days) {
        if let BlockDays::Weekdays(first, last) = days {
            block.weekdays = Some((*first, *last));
        }
        let (start, end) = block_dates(calendar, block.week, *days);
        (block.start, block.end) = (start, end);
    }
    for phase in &mut plan.phases {
        if let Some((first, last)) = phase.weeks {
            (phase.start, phase.end) = (calendar.monday(first), calendar.last_working_day(last));
        }
    }
    use_named_days(plan);
    task_dates(plan, calendar);
    gate_dates(plan, calendar);
}

/// Days that are written count more than those of weeks.
fn use_named_days(plan: &mut Plan) {
    for phase in &mut plan.phases {
        phase.start = phase.named_start.or(phase.start);
        phase.end = phase.named_end.or(phase.end);
    }
}

/// Returns the first day that phases name, and the last that they or tasks name. When a task is due says nothing of when work
/// begins.
fn named_days(plan: &Plan) -> Option<(Day, Day)> {
    let phases = || plan.phases.iter().flat_map(|it| [it.named_start, it.named_end]).flatten();
    let due = plan.tasks.iter().filter_map(crate::model::Task::due);
    phases().min().zip(phases().chain(due).max())
}

/// Returns the number of weeks from the week of a first day to that of a last one, ten years at most.
fn weeks_from(first: Day, last: Day) -> Week {
    let weeks = (last - monday_of(first)).num_days() / 7 + 1;
    Week::try_from(weeks).unwrap_or(1).clamp(1, 520)
}

/// Returns the number of weeks: the last one named by a heading, a phase, the head or a row of a table.
fn weeks(plan: &Plan) -> Option<Week> {
    let headings = plan.weeks.iter().map(|it| it.last);
    let rows = plan.tasks.iter().flat_map(|it| &it.segments).filter_map(|it| it.last_week.or(it.week));
    let phases = plan.phases.iter().filter_map(|it| it.weeks).map(|(_, last)| last);
    let header = plan.header.weeks.iter().map(|it| it.value);
    headings.chain(rows).chain(phases).chain(header).filter(|it| (1..=520).contains(it)).max()
}

/// Returns the number of weeks from a written start to the target; nothing where one of them is not written.
fn weeks_between(plan: &Plan, settings: &Settings) -> Option<Week> {
    let start = settings.start.map(|it| it.0).or_else(|| plan.header.start.as_ref().map(|it| it.value))?;
    let target = settings.target.map(|it| it.0).or_else(|| plan.header.target.as_ref().map(|it| it.value))?;
    let days = (target - monday_of(start)).num_days();
    Week::try_from(days / 7 + 1).ok().filter(|it| 0 <= days && (1..=520).contains(it))
}

fn start(plan: &Plan, settings: &Settings, weeks: Week, named: Option<(Day, Day)>) -> Option<(Day, StartRule)> {
    if let Some(it) = settings.start {
        return Some((monday_of(it.0), StartRule::Setting));
    }
    if let Some(it) = &plan.header.start {
        return Some((monday_of(it.value), StartRule::Header));
    }
    // Weeks count back from a target only where the plan counts in weeks.
    let has_weeks =
        !plan.weeks.is_empty() || plan.header.weeks.is_some() || plan.phases.iter().any(|it| it.weeks.is_some());
    let has_weeks = has_weeks || plan.tasks.iter().flat_map(|it| &it.segments).any(|it| it.week.is_some());
    if let (false, Some((first, _))) = (has_weeks, named) {
        return Some((monday_of(first), StartRule::Dates));
    }
    let target = settings.target.map(|it| it.0).or_else(|| plan.header.target.as_ref().map(|it| it.value));
    if let (Some(_), Some(first)) = (target, settings.first_start) {
        return Some((first, StartRule::FirstTarget));
    }
    if let Some(target) = target {
        let back = Days::new(7 * u64::from(weeks - 1));
        return Some((monday_of(target).checked_sub_days(back)?, StartRule::Target));
    }
    if let Some((first, _)) = named {
        return Some((monday_of(first), StartRule::Dates));
    }
    let date = plan.header.date.as_ref()?.value;
    let last = date.checked_add_days(Days::new(6))?;
    let monday = days(date, last).find(|it| it.weekday() == Weekday::Mon)?;
    Some((monday, StartRule::PlanDate))
}

fn block_dates(calendar: &Calendar, week: Option<Week>, named: BlockDays) -> (Option<Day>, Option<Day>) {
    let whole_week = || (week.and_then(|it| calendar.monday(it)), week.and_then(|it| calendar.last_working_day(it)));
    match named {
        BlockDays::Weekdays(first, last) => {
            let day = |it| week.and_then(|week| calendar.day(week, it));
            (day(first), day(last))
        }
        BlockDays::Dates(first, last) => (Some(first), Some(last)),
        BlockDays::Numbered(day, count) => {
            let first = calendar.working_day(day as usize);
            // A numbered day outside of its week is a label, not a date.
            match first.filter(|it| week.is_none() || calendar.week(*it) == week) {
                Some(first) => (Some(first), calendar.working.after(first, count as usize - 1).or(Some(first))),
                None => whole_week(),
            }
        }
    }
}

fn task_dates(plan: &mut Plan, calendar: &Calendar) {
    let spans = plan.week_spans();
    let (phases, blocks) = (&plan.phases, &plan.blocks);
    for task in &mut plan.tasks {
        let dates = task.segments.iter().map(|it| {
            let block = it.block.and_then(|at| blocks.get(at)).and_then(|it| it.start.zip(it.end));
            let week = || {
                let first = it.week?;
                let last = it.last_week.or_else(|| spans.get(&first).copied()).unwrap_or(first);
                calendar.monday(first).zip(calendar.last_working_day(last))
            };
            let phase = || it.phase.and_then(|at| phases.get(at)).and_then(|it| it.start.zip(it.end));
            block.or_else(week).or_else(phase)
        });
        let all = dates.flatten().reduce(|all, it| (all.0.min(it.0), all.1.max(it.1)));
        (task.start, task.end) = all.unzip();
    }
}

/// The day on which a task is due needs no calendar, and counts more than its week.
fn use_due_days(plan: &mut Plan) {
    for task in &mut plan.tasks {
        if let Some(due) = task.due() {
            task.end = Some(due);
            task.start = task.start.filter(|it| *it <= due);
        }
    }
}

fn gate_dates(plan: &mut Plan, calendar: &Calendar) {
    let (phases, blocks) = (&plan.phases, &plan.blocks);
    for gate in &mut plan.gates {
        let week_end = gate.week.and_then(|it| calendar.last_working_day(it));
        gate.due = match gate.kind {
            GateKind::Day => {
                // Blocks stand in the order of the file.
                let before = blocks.partition_point(|it| it.place.span < gate.place.span);
                let block = before.checked_sub(1).and_then(|it| blocks.get(it));
                block.filter(|it| it.week == gate.week).and_then(|it| it.end).or(week_end)
            }
            GateKind::Week => week_end,
            GateKind::Phase | GateKind::Launch => {
                let phase = gate.phase.and_then(|at| phases.get(at)).and_then(|it| it.end);
                phase.or(week_end)
            }
        };
    }
}
