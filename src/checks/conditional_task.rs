//! `conditional-task`: work that is to be done "if available".

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Segment, State, Task};

/// Notes tasks, and steps of tasks, that hang on a condition nobody wrote down.
pub const RULE: Rule = Rule {
    name: "conditional-task",
    severity: Severity::Info,
    what: "A task or one of its steps is to be done \"if available\" or \"if justified\".",
    why: "When the condition does not come true the box can be neither ticked nor left open: it is missing from what is done, or counted without work.",
    bad: "- [ ] Penetration test (if available)",
    good: "- [ ] Penetration test, or a note of the sponsor that it is left out",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    for (at, task) in plan.tasks.iter().enumerate() {
        let settled = |it: State| !it.is_open();
        if settled(subject.history.state(at, subject.history.as_of).state) || task.last().mark.is_some_and(settled) {
            continue;
        }
        let pieces = task.segments.iter().flat_map(|it| pieces(subject, it));
        let mut conditions = pieces.filter_map(|(words, place)| Some((condition(&words)?.to_owned(), place)));
        let Some((words, place)) = conditions.next() else { continue };
        let in_title = place.span == task.first().place.span;
        let how = if words.starts_with("if ") { format!("to be done \"{words}\"") } else { words.to_lowercase() };
        let message = format!("{} is {how}, and nothing says when it is done otherwise", name(task, in_title));
        let mut it = RULE.at(&subject.words_in(&place, &words), message).label("who decides, and by when?");
        for (words, place) in conditions {
            it = it.again(&subject.words_in(&place, &words), "and another condition here");
        }
        found.push(
            it.help("write what counts as done either way, such as \"done, or left out by decision of the lead\""),
        );
    }
}

fn name(task: &Task, in_title: bool) -> String {
    match &task.id {
        Some(id) if in_title => id.to_string(),
        Some(id) => format!("a step of {id}"),
        None => format!("\"{}\"", task.title().plain()),
    }
}

/// Returns the title of a segment and the lines below it, each with its place.
fn pieces(subject: &Subject<'_>, segment: &Segment) -> Vec<(String, crate::text::Place)> {
    let mut pieces = vec![(segment.title.plain(), segment.place.clone())];
    for line in segment.details.lines().filter(|it| it.contains("if ") || it.contains("ptional)")) {
        let place = subject.place_of(&segment.details.part(line), &segment.place);
        pieces.push((line.trim_end_matches(['*', '_', ' ']).to_owned(), place));
    }
    pieces
}

/// Words that end a condition about the plan, which somebody has to decide: "if available", "if the metrics are healthy". Any other
/// "if" is part of the work: "alert if the disk is full".
const DECIDED: [&str; 30] = [
    "agrees",
    "agree",
    "approves",
    "decides",
    "available",
    "needed",
    "necessary",
    "required",
    "possible",
    "justified",
    "feasible",
    "applicable",
    "approved",
    "permits",
    "permit",
    "allows",
    "allow",
    "allowed",
    "healthy",
    "good",
    "green",
    "warranted",
    "affordable",
    "worthwhile",
    "funded",
    "relevant",
    "wanted",
    "desired",
    "sensible",
    "useful",
];

/// Returns a short condition at the end of a line: "if justified", "if metrics healthy", "optional" in brackets.
fn condition(words: &str) -> Option<&str> {
    let all = words.trim_end();
    if let Some(at) = all.to_ascii_lowercase().rfind("(optional)").filter(|at| at + "(optional)".len() == all.len()) {
        return all.get(at + 1..all.len() - 1);
    }
    let words = all.trim_end_matches([')', '.', ']']);
    let parts = |it: &char| matches!(it, ' ' | '\t' | '(' | ',' | '[');
    let at = words.rfind("if ").filter(|at| {
        words.get(..*at).is_some_and(|it| it.is_empty() || it.chars().next_back().is_some_and(|it| parts(&it)))
    })?;
    let (before, condition) = words.split_at_checked(at)?;
    // In brackets or behind a comma "if" is never "whether".
    let apart = before.trim_end().ends_with(['(', ',', '[']);
    let before = before.trim_end_matches([' ', '\t', '(', ',', '[']);
    let short = (2..=5).contains(&condition.split_whitespace().count());
    let last = condition.rsplit(' ').next().unwrap_or_default().to_lowercase();
    (short && !before.is_empty() && DECIDED.contains(&last.as_str()) && (apart || !asks_whether(before)))
        .then_some(condition)
}

/// Says whether "if" behind these words means "whether": "check if the budget is approved".
fn asks_whether(before: &str) -> bool {
    const WHETHER: [&str; 14] = [
        "check",
        "checks",
        "verify",
        "see",
        "test",
        "determine",
        "validate",
        "ask",
        "know",
        "decide",
        "confirm",
        "even",
        "evaluate",
        "assess",
    ];
    let last = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
    WHETHER.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_of_the_plan_are_told_from_those_of_the_work() {
        assert_eq!(condition("Penetration testing (if available)"), Some("if available"));
        assert_eq!(condition("Full rollout if metrics healthy"), Some("if metrics healthy"));
        assert_eq!(condition("Penetration test (if available)"), Some("if available"));
        assert_eq!(condition("Final check, if needed"), Some("if needed"));
        assert_eq!(condition("Press day (optional)"), Some("optional"));
        assert_eq!(condition("Press day\tif needed."), Some("if needed"));
        for text in [
            "Check if it is available",
            "Replace the gif viewer",
            "If in doubt ask",
            "Alert if the disk is full",
            "Retry if the request fails",
            "Handle errors if any",
            "Notify users if asked",
            "Make the optional fields required",
        ] {
            assert_eq!(condition(text), None, "{text}");
        }
    }
}
