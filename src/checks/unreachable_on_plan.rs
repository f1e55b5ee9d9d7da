//! `unreachable-on-plan`: a criterion or a target that the schedule cannot meet.

use super::common::asked::Demand;
use super::common::demands::{demands, done_by, noun};
use super::{Rule, Subject};
use crate::calendar::short_day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{CriterionKind, Task};
use crate::phrase;

/// Complains about a criterion or a target that asks for more than is planned to be done by then.
pub const RULE: Rule = Rule {
    name: "unreachable-on-plan",
    severity: Severity::Error,
    what: "A criterion or a target cannot be met by what is scheduled before its gate or week.",
    why: "The gate fails even if everything goes to plan, and everyone learns it on the day.",
    bad: "### Week 1\n- [ ] **P2-01:** First\n\n**Exit Criteria:**\n- All P2 items complete\n\n### Week 2\n- [ ] **P2-02:** Second",
    good: "### Week 1\n- [ ] **P2-01:** First\n\n**Exit Criteria:**\n- 1/2 P2 items complete\n\n### Week 2\n- [ ] **P2-02:** Second",
    check,
};

/// At most so many tasks are named.
const NAMED: usize = 5;

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let demands = demands(subject);
    for it in &demands.asked {
        let items = demands.planned.items(it);
        let Some(due) = it.due else { continue };
        let by_then = done_by(items, due);
        // Items without a planned end may be done at any time.
        let open = items.iter().filter(|(end, _)| end.is_none()).count();
        // Where all there are can be done by then, it is what the criterion counts that is wrong: that is said elsewhere.
        let counts_wrong = it.is_criterion && items.len() < it.needed && by_then + open == items.len();
        if it.needed <= by_then + open || counts_wrong {
            continue;
        }
        let late: Vec<usize> =
            items.iter().filter(|(end, _)| end.is_some_and(|it| due < it)).map(|(_, at)| *at).collect();
        let noun = noun(it.class.as_deref());
        let message = message(subject, it, by_then, &noun, &late);
        let label = if items.len() < it.needed && !it.is_criterion {
            format!("{} exist", items.len())
        } else {
            format!("{by_then} of {} can be done by {}", items.len(), short_day(due))
        };
        let mut complaint = RULE.at(&it.place, message).label(label);
        if let Some((percent, of)) = it.share {
            let whole = if of == items.len() { "in the plan" } else { "that a criterion counts" };
            let share =
                format!("{}% of the {} {whole} are {}", phrase::number(percent), phrase::count(of, &noun), it.needed);
            complaint = complaint.note(share);
        }
        for (words, place) in &it.also {
            complaint = complaint.related(place, format!("asks for {words}"));
        }
        for task in late.iter().take(NAMED).filter_map(|at| subject.plan().tasks.get(*at)) {
            let words = task.week().map_or("planned later".to_owned(), |week| format!("planned in week {week}"));
            complaint = complaint.related(&subject.name_in(task, task.last()), words);
        }
        found.push(complaint.help(help(subject, it, &late)));
    }
    by_name(subject, found);
}

fn help(subject: &Subject<'_>, it: &Demand, late: &[usize]) -> String {
    let also = if it.also.is_empty() { "" } else { " and of the metric" };
    let week = it.due.and_then(|due| subject.schedule().and_then(|it| it.calendar.week(due)));
    match (late, week) {
        ([], _) => "ask for what the plan can do by then, or add the tasks that are missing".to_owned(),
        ([one], Some(week)) => {
            let name = subject.plan().tasks.get(*one).map(Task::name).unwrap_or_default();
            format!("plan {name} in week {week} or earlier, or take it out of the criterion{also}")
        }
        _ => format!("plan them earlier, or take them out of the criterion{also}"),
    }
}

/// Criteria that ask for a task by its ID, such as "A-3 complete", which is planned for later.
fn by_name(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    for gate in &plan.gates {
        let Some(due) = gate.due else { continue };
        for criterion in gate.criteria.iter().filter(|it| it.kind == CriterionKind::Exit) {
            let text = criterion.text.words();
            let mut words = text.split_whitespace().map(|it| it.trim_end_matches([':', '.', ',']));
            let (Some(id), Some(word), None) = (words.next(), words.next_back(), words.next()) else { continue };
            let is_done = ["done", "complete", "completed", "finished"].contains(&word.to_lowercase().as_str());
            let task = plan.task_with_id(id).and_then(|at| plan.tasks.get(at)).filter(|_| is_done);
            let Some((task, end)) = task.and_then(|it| Some((it, it.end?))).filter(|(_, end)| due < *end) else {
                continue;
            };
            let (due, end) = (short_day(due), short_day(end));
            let message = format!("the criterion asks for {} by {due}, and it is planned to end on {end}", task.name());
            let it = RULE.at(&subject.prose(&criterion.text, &criterion.place), message);
            let it = it
                .label(format!("due on {due}"))
                .related(&subject.name_in(task, task.last()), format!("planned to end on {end}"));
            found.push(it.help("plan it earlier, or ask for it at a later gate"));
        }
    }
}

fn message(subject: &Subject<'_>, it: &Demand, by_then: usize, noun: &str, late: &[usize]) -> String {
    let what = if it.is_criterion { "the criterion" } else { "the metric" };
    let due = it.due.map(short_day).unwrap_or_default();
    let tasks = late.iter().filter_map(|at| subject.plan().tasks.get(*at));
    let names: Vec<String> =
        tasks.filter_map(|it| Some(format!("{} is planned in week {}", it.id.as_ref()?, it.week()?))).collect();
    let asked = format!("{what} asks for {} by {due}", phrase::count(it.needed, noun));
    if it.of.is_none() && (1..=2).contains(&names.len()) && names.len() == late.len() {
        return format!("{asked}, but {}", phrase::list(&names));
    }
    let have = if by_then == 1 { "is" } else { "are" };
    format!("{asked}, and {by_then} {have} planned to be done by then")
}
