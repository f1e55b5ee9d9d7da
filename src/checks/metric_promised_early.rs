//! `metric-promised-early`: a task that enforces a value before the metrics table plans it.

use super::common::measures::{Measure, MetricNames, measures};
use super::{Rule, Subject};
use crate::analysis::matter;
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Cell, Comparator, Deliverable, Metric};
use crate::text::Place;
use std::collections::HashMap;

/// Asks about steps and deliverables that hold a metric to a value which its table plans for a later week.
pub const RULE: Rule = Rule {
    name: "metric-promised-early",
    severity: Severity::Warning,
    what: "A task or a deliverable enforces a value of a metric before the metrics table plans it.",
    why: "Either the check fails from its first day, or the table is modest. Both surprise somebody.",
    bad: "### Week 3\n- [ ] **P2-10:** Quality tools\n  - Configure gates (coverage ≥80%)\n\n| Metric | Week 4 | Week 6 | Target |\n|---|---|---|---|\n| Test Coverage | 60% | 80% | 80% |",
    good: "### Week 3\n- [ ] **P2-10:** Quality tools\n  - Configure gates (coverage ≥40%)\n\n| Metric | Week 2 | Week 4 | Target |\n|---|---|---|---|\n| Test Coverage | 40% | 60% | 80% |",
    check,
};

/// A line that asks for values.
struct Line<'a> {
    text: String,
    place: Place,
    week: Week,
    block: Option<usize>,
    /// Whether deliverables of its block may promise the same.
    is_step: bool,
    own: Option<&'a Deliverable>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    if plan.metrics.is_empty() {
        return;
    }
    let mut of_block: HashMap<usize, Vec<&Deliverable>> = HashMap::new();
    for it in &plan.deliverables {
        of_block.entry(it.block.unwrap_or(usize::MAX)).or_default().push(it);
    }
    let names = MetricNames::new(&plan.metrics);
    for line in lines(subject) {
        for measure in measures(&line.text) {
            let mut named = names.meant(measure.name);
            let Some((metric, planned)) = named.find_map(|it| Some((it, later(it, &measure, line.week)?))) else {
                continue;
            };
            let near = line.block.and_then(|it| of_block.get(&it)).filter(|_| line.is_step);
            found.push(complaint(subject, &line, &measure, metric, &planned, near.map_or(&[][..], Vec::as_slice)));
        }
    }
}

/// Returns the lines below tasks, and the deliverables, that hold a sign; each with its week.
fn lines<'a>(subject: &Subject<'a>) -> Vec<Line<'a>> {
    const SIGNS: [char; 4] = ['≥', '≤', '<', '>'];
    let plan = subject.plan();
    let mut lines = Vec::new();
    for segment in plan.tasks.iter().flat_map(|it| &it.segments) {
        let Some(week) = segment.week else { continue };
        for text in segment.details.lines().filter(|it| it.contains(SIGNS)) {
            let place = subject.place_of(&segment.details.part(text), &segment.place);
            let (text, block) = (text.to_owned(), segment.block);
            lines.push(Line { text, place, week, block, is_step: true, own: None });
        }
        let text = segment.title.plain();
        if text.contains(SIGNS) {
            let (place, block) = (segment.place.clone(), segment.block);
            lines.push(Line { text, place, week, block, is_step: true, own: None });
        }
    }
    for it in &plan.deliverables {
        let text = it.text.plain();
        if let Some(week) = it.week.filter(|_| text.contains(SIGNS)) {
            let (place, block) = (it.place.clone(), it.block);
            lines.push(Line { text, place, week, block, is_step: false, own: Some(it) });
        }
    }
    lines
}

/// What the table plans instead: the value at the time, and when what is asked for is reached.
struct Planned<'a> {
    at_the_time: (Week, &'a Cell),
    reached: Option<(Week, &'a Cell)>,
}

/// Returns what the table plans, when it does not reach the value by the week.
fn later<'a>(metric: &'a Metric, asked: &Measure<'_>, week: Week) -> Option<Planned<'a>> {
    let value = asked.value.value?;
    let more = !matches!(asked.value.comparator, Some(Comparator::Less | Comparator::AtMost));
    let reaches = |it: &Cell| it.value.is_some_and(|it| if more { value <= it } else { it <= value });
    let numbers = || metric.targets.iter().filter(|(_, it)| it.value.is_some() && it.unit == asked.value.unit);
    // The next column tells what is planned by then; where there is none, the table is over.
    let next = numbers().find(|(at, _)| week <= *at)?;
    if numbers().any(|(at, it)| *at <= next.0 && reaches(it)) {
        return None;
    }
    let reached = numbers().find(|(_, it)| reaches(it)).map(|(at, it)| (*at, it));
    Some(Planned { at_the_time: (next.0, &next.1), reached })
}

fn complaint(
    subject: &Subject<'_>,
    line: &Line<'_>,
    asked: &Measure<'_>,
    metric: &Metric,
    planned: &Planned<'_>,
    near: &[&Deliverable],
) -> Diagnostic {
    let (week, cell) = planned.at_the_time;
    let words = line.text.get(asked.bytes.clone()).unwrap_or_default();
    let then = planned.reached.map_or("never".to_owned(), |(week, _)| format!("in week {week}"));
    let message = format!(
        "does \"{words}\" hold from week {} on? the table plans {} of {} by week {week}, and {} {then}",
        line.week, cell.text, metric.name, asked.value.text
    );
    let mut it = RULE.at(&subject.words_in(&line.place, words), message).label(format!("in week {}", line.week));
    let said = matter(&line.text);
    let shares = |it: &&&Deliverable| {
        let words = matter(&it.text.words());
        2 <= words.iter().filter(|it| said.contains(it)).count() && line.own.is_none_or(|own| own.place != it.place)
    };
    for deliverable in near.iter().filter(shares) {
        it = it.related(&subject.prose(&deliverable.text, &deliverable.place), "promised for the same week");
    }
    it = it.related(&subject.cell(cell), format!("planned by week {week}"));
    it.help(format!("ask for {} in week {}, or plan the value earlier in the table", cell.text, line.week))
}
