//! `non-working-target`: a target launch on a day off.

use super::{Rule, Subject};
use crate::calendar::short_day;
use crate::diagnostic::{Diagnostic, Severity};

/// Complains about a target date that is not a working day.
pub const RULE: Rule = Rule {
    name: "non-working-target",
    severity: Severity::Warning,
    what: "The target date is not a working day.",
    why: "Nobody is there on that day, so the last day on which the plan can be in time is an earlier one, and readers count with different days.",
    bad: "**Target Launch:** 2026-03-15",
    good: "**Target Launch:** 2026-03-13",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let Some(target) = &subject.plan().header.target else { return };
    let (day, working) = (target.value, subject.settings().working());
    let last = working.on_or_before(day);
    // Without a working day in reach there is nothing better to write.
    if last == day {
        return;
    }
    let weekday = day.format("%A");
    let is_holiday = working.weekdays.contains(&chrono::Datelike::weekday(&day));
    let what = if is_holiday { "a day off" } else { "not a working day" };
    let message =
        format!("the target, {}, is {what}; the last working day before it is {}", short_day(day), short_day(last));
    let help = if is_holiday {
        format!("write {last} in every place, or take the day out of `holidays` in roadbook.toml")
    } else {
        format!("write {last} in every place, or name {weekday} in `working_days` of roadbook.toml")
    };
    if subject.settings().target.is_some() {
        found.push(Diagnostic::file(RULE.name, RULE.severity, "roadbook.toml", message).help(help));
        return;
    }
    let place = subject.words_in(&target.place, &day.to_string());
    let mut it = RULE.at(&place, message).label(format!("a {weekday}"));
    // A foot that repeats the head repeats its date.
    let file = subject.roadmap();
    let own = file.line(target.place.line()).trim();
    for (number, line) in (1u32..).zip(file.text.lines()) {
        if number != place.line() && line.trim() == own {
            let line = file.place(file.index.line_span(number));
            it = it.related(&subject.words_in(&line, &day.to_string()), "the same date again");
        }
    }
    found.push(it.help(help));
}
