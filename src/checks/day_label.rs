//! `day-label`: "Day 8-9" over a block of other working days.

use super::common::gate_label::label as gate_label;
use super::{Rule, Subject};
use crate::calendar::{Day, day_range};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Block, GateKind};
use crate::reading::week_range;
use crate::text::Place;

/// Complains about deliverables and gates whose "Day N" is no working day of their block.
pub const RULE: Rule = Rule {
    name: "day-label",
    severity: Severity::Warning,
    what: "A \"Day N\" label does not match the working days of its block, or a \"Week N\" label its week.",
    why: "Day numbers are how people talk about the plan. When they drift from the calendar, \"day 9\" is a different date to each reader.",
    bad: "### Week 3: DevOps\n\n#### Monday-Tuesday (2 days)\n\n**Day 8-9 Deliverables:**\n- Pipeline runs",
    good: "### Week 3: DevOps\n\n#### Monday-Tuesday (2 days)\n\n**Day 11-12 Deliverables:**\n- Pipeline runs",
    check,
};

/// The first and the last working day, counted from the plan's first.
type Days = (usize, usize);

/// A label, and the block that it stands in.
struct Label<'a> {
    words: String,
    said: Days,
    place: Place,
    block: &'a Block,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    weeks(subject, found);
    let labels = labels(subject);
    // Where every label counts from the beginning of its week, that is how this plan counts.
    let of_week = |it: &Label<'_>| days_of_week(subject, it.block).is_some_and(|real| fits(it.said, real));
    if labels.iter().all(of_week) {
        return;
    }
    for it in labels {
        let Some(real) = working_days(subject, it.block).filter(|real| !fits(it.said, *real)) else { continue };
        let number = numbers(real);
        let block = it.block;
        let dates = block.start.zip(block.end).map_or(String::new(), |(first, last)| day_range(first, last));
        let message = format!("\"{}\" stands in a block of working {number}", it.words);
        let here = RULE.at(&it.place, message).label(format!("the block is working {number}"));
        let mut here = here.related(&block.place, format!("{dates}, working {number}"));
        if let Some((place, words, note)) = elsewhere(subject, &it) {
            here = here.related(&place, words).note(note);
        }
        found.push(here.instead(it.words, capital(&number)).help(format!("write \"{}\"", capital(&number))));
    }
}

/// Labels that name another week than the one they stand in.
fn weeks(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let spans = plan.week_spans();
    let lists =
        plan.deliverables.iter().map(|it| (it.scope.to_string(), it.week, subject.place_of(&it.scope, &it.place)));
    let gates = plan.gates.iter().filter(|it| it.kind == GateKind::Week);
    let gates = gates.filter_map(|it| gate_label(subject, it).map(|(words, place)| (words, it.week, place)));
    let mut last: Option<Place> = None;
    for (words, week, place) in lists.chain(gates) {
        let said = week_range(words.trim_end_matches(|it: char| it.is_alphabetic()));
        let (Some((first, end)), Some(week)) = (said, week) else { continue };
        let stands = week..=spans.get(&week).copied().unwrap_or(week);
        // The deliverables of one list share one label.
        if (stands.contains(&first) && stands.contains(&end)) || last.as_ref() == Some(&place) {
            continue;
        }
        let message = format!("\"{words}\" stands in week {week}");
        let mut it = RULE.at(&place, message).label(format!("in week {week}"));
        if let Some(heading) = plan.weeks.iter().find(|it| it.week == week) {
            it = it.related(&heading.place, "the heading of the week");
        }
        found.push(it.help(format!("write \"Week {week}\", or move it to the week that it names")));
        last = Some(place);
    }
}

/// Returns the labels of deliverables and of gates that name days and stand in a block.
fn labels<'a>(subject: &Subject<'a>) -> Vec<Label<'a>> {
    let plan = subject.plan();
    let mut labels: Vec<Label<'a>> = Vec::new();
    for it in &plan.deliverables {
        let block = it.block.and_then(|at| plan.blocks.get(at));
        let Some((said, block)) = days(&it.scope).zip(block) else { continue };
        let place = subject.place_of(&it.scope, &it.place);
        // The deliverables of one list share one label.
        if labels.last().is_none_or(|last| last.place != place) {
            labels.push(Label { words: it.scope.to_string(), said, place, block });
        }
    }
    let blocks = plan.blocks.as_slice();
    for gate in plan.gates.iter().filter(|it| it.kind == GateKind::Day) {
        let before = blocks.partition_point(|it| it.place.span < gate.place.span);
        let block = before.checked_sub(1).and_then(|at| blocks.get(at)).filter(|it| it.week == gate.week);
        let Some((words, place)) = gate_label(subject, gate) else { continue };
        if let Some((said, block)) = days(words.trim_end_matches(|it: char| it.is_alphabetic())).zip(block) {
            labels.push(Label { words, said, place, block });
        }
    }
    labels
}

/// Returns where the days of a label are instead: the block, what to say of it there, and their dates.
fn elsewhere(subject: &Subject<'_>, label: &Label<'_>) -> Option<(Place, String, String)> {
    let calendar = &subject.schedule()?.calendar;
    let before = origin(subject)?.pred_opt()?;
    let day = |n| calendar.working.after(before, n);
    let (first, last) = (day(label.said.0)?, day(label.said.1)?);
    let holds = |it: &&Block| it.start.zip(it.end).is_some_and(|(start, end)| (start..=end).contains(&first));
    let block = subject.plan().blocks.iter().find(holds).filter(|it| it.place != label.block.place)?;
    let number = numbers(working_days(subject, block)?);
    let (is_one, dates) = (label.said.0 == label.said.1, day_range(first, last));
    let are = if is_one { "is" } else { "are" };
    let note = format!("working {} {are} {dates}, in week {}", numbers(label.said), calendar.week(first)?);
    let verb = if number.starts_with("days") { "are" } else { "is" };
    Some((subject.name_of(block), format!("working {number} {verb} here"), note))
}

/// Reads "Day 8-9", "Days 3 to 4" or "Day 10".
fn days(scope: &str) -> Option<Days> {
    let lower = scope.trim().to_lowercase();
    let rest = lower.strip_prefix("days ").or_else(|| lower.strip_prefix("day "))?;
    let (first, last) = rest.split_once(['-', '–']).or_else(|| rest.split_once(" to ")).unwrap_or((rest, rest));
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

/// Says whether the days of a label lie in those of a block.
fn fits(said: Days, real: Days) -> bool {
    real.0 <= said.0 && said.0 <= said.1 && said.1 <= real.1
}

/// Returns the day from which the plan's working days count: its start as written, else the Monday of week 1.
fn origin(subject: &Subject<'_>) -> Option<Day> {
    let calendar = &subject.schedule()?.calendar;
    let written = subject.settings().start.map(|it| it.0).or(subject.plan().header.start.as_ref().map(|it| it.value));
    Some(written.filter(|it| calendar.week(*it) == Some(1)).unwrap_or(calendar.start))
}

/// Returns the first and the last working day of a block.
fn working_days(subject: &Subject<'_>, block: &Block) -> Option<Days> {
    count_from(subject, origin(subject)?, block)
}

/// Returns the first and the last working day of a block, counted from the Monday of its week.
fn days_of_week(subject: &Subject<'_>, block: &Block) -> Option<Days> {
    count_from(subject, subject.schedule()?.calendar.monday(block.week?)?, block)
}

fn count_from(subject: &Subject<'_>, first: Day, block: &Block) -> Option<Days> {
    let working = &subject.schedule()?.calendar.working;
    let days = (working.count(first, block.start?), working.count(first, block.end?));
    Some(days).filter(|(first, last)| 0 < *first && first <= last)
}

fn numbers((first, last): Days) -> String {
    if first == last { format!("day {first}") } else { format!("days {first}-{last}") }
}

fn capital(number: &str) -> String {
    number.replace("days ", "Day ").replace("day ", "Day ")
}
