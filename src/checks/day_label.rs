//! `day-label`: "Day 8-9" over a block of other working days.

use super::{Rule, Subject};
use crate::calendar::{Calendar, Day, day_range};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Block;
use crate::text::Place;

/// Complains about deliverables whose "Day N" is not the working day of their block.
pub const RULE: Rule = Rule {
    name: "day-label",
    severity: Severity::Warning,
    what: "A \"Day N\" label does not match the working days of its block.",
    why: "Day numbers are how people talk about the plan. When they drift from the calendar, \"day 9\" is a different date to each reader.",
    bad: "### Week 3: DevOps\n\n#### Monday-Tuesday (2 days)\n\n**Day 8-9 Deliverables:**\n- Pipeline runs",
    good: "### Week 3: DevOps\n\n#### Monday-Tuesday (2 days)\n\n**Day 11-12 Deliverables:**\n- Pipeline runs",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schedule) = subject.schedule() else { return };
    let plan = subject.plan();
    let mut seen = None;
    for it in &plan.deliverables {
        // The deliverables of one list share one label.
        let label = subject.place_of(&it.scope, &it.place);
        if seen.as_ref() == Some(&label) {
            continue;
        }
        seen = Some(label.clone());
        let Some(block) = it.block.and_then(|at| plan.blocks.get(at)) else { continue };
        let (Some(said), Some(real)) = (days(&it.scope), working_days(block, &schedule.calendar)) else { continue };
        if said == real {
            continue;
        }
        let (said_days, said, number) = (said, it.scope.to_string(), numbers(real));
        let dates = block.start.zip(block.end).map_or(String::new(), |(first, last)| day_range(first, last));
        let message = format!("\"{said}\" stands in a block of working {number}");
        let here = RULE.at(&label, message).label(format!("the block is working {number}"));
        let heading = format!("{dates}, working {number}");
        let mut here = here.related(&block.place, heading);
        if let Some((place, words, note)) = elsewhere(subject, said_days) {
            here = here.related(&place, words).note(note);
        }
        found.push(here.help(format!("write \"{}\"", capital(&number))));
    }
}

/// Returns the block that the days of a label belong to, what to say of it there, and where those days are.
fn elsewhere(subject: &Subject<'_>, days: (usize, usize)) -> Option<(Place, String, String)> {
    let calendar = &subject.schedule()?.calendar;
    let (first, last) = (calendar.working_day(days.0)?, calendar.working_day(days.1)?);
    let holds = |it: &&Block| it.start.zip(it.end).is_some_and(|(start, end)| (start..=end).contains(&first));
    let block = subject.plan().blocks.iter().find(holds)?;
    let (start, end) = working_days(block, calendar)?;
    let note = format!("working {} are {}, in week {}", numbers(days), day_range(first, last), calendar.week(first)?);
    let note = if days.0 == days.1 { note.replacen(" are ", " is ", 1) } else { note };
    Some((subject.name_of(block), format!("working {} are here", numbers((start, end))), note))
}

/// Reads "Day 8-9" or "Day 10".
fn days(scope: &str) -> Option<(usize, usize)> {
    let rest = scope.get(..4).filter(|it| it.eq_ignore_ascii_case("day ")).and_then(|_| scope.get(4..))?;
    let (first, last) = rest.split_once(['-', '–']).unwrap_or((rest, rest));
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

/// Returns the first and the last working day of a block, counted from the plan's first.
fn working_days(block: &Block, calendar: &Calendar) -> Option<(usize, usize)> {
    let number = |day: Day| calendar.working.count(calendar.start, day);
    Some((number(block.start?), number(block.end?))).filter(|(first, last)| 0 < *first && first <= last)
}

fn numbers((first, last): (usize, usize)) -> String {
    if first == last { format!("day {first}") } else { format!("days {first}-{last}") }
}

fn capital(number: &str) -> String {
    number.replace("days ", "Day ").replace("day ", "Day ")
}
