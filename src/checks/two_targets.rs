//! `two-targets`: a target date that is written twice and is not the same.

use super::{Rule, Subject};
use crate::calendar::short_day;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reading::date;
use crate::text::Span;

/// Complains about lines with the label of the target date and another date.
pub const RULE: Rule = Rule {
    name: "two-targets",
    severity: Severity::Error,
    what: "The target date is written twice, and is not the same.",
    why: "The first one counts. Whoever reads the other waits for the wrong day.",
    bad: "**Target Launch:** 2026-03-15\n\n(at the end of the file)\n\n**Target Launch:** 2026-03-22",
    good: "**Target Launch:** 2026-03-15\n\n(at the end of the file)\n\n**Target Launch:** 2026-03-15",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(target), None) = (&subject.plan().header.target, subject.settings().target) else { return };
    let file = subject.roadmap();
    let own = target.place.line();
    let Some((label, _)) = file.line(own).split_once(':').filter(|(it, _)| it.trim_start().starts_with("**")) else {
        return;
    };
    let mut others = Vec::new();
    for (number, line) in (1u32..).zip(file.text.lines()) {
        let Some((_, rest)) = line.split_once(':').filter(|(it, _)| number != own && it.trim() == label.trim()) else {
            continue;
        };
        if let Some(day) = date(rest).filter(|it| *it != target.value) {
            let value = rest.trim_start_matches(['*', '_', ' ']);
            let end = file.index.line_span(number).end;
            let start = end - u32::try_from(value.len()).unwrap_or(0).min(end);
            others.push((day, file.place(Span { start, end })));
        }
    }
    let Some(((day, place), more)) = others.split_first() else { return };
    let message = format!(
        "the target is {} in one place and {} in another: the first counts",
        short_day(target.value),
        short_day(*day)
    );
    let mut it = RULE.at(place, message).label("another date").related(&target.place, "the target");
    for (_, place) in more {
        it = it.again(place, "another date");
    }
    found.push(it.help("write the date that holds in every place"));
}
