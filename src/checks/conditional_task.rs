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
        let settled = |it: State| matches!(it, State::Done | State::Dropped);
        if settled(subject.history.state(at, subject.history.as_of).state) || task.last().mark.is_some_and(settled) {
            continue;
        }
        let pieces = task.segments.iter().flat_map(|it| pieces(subject, it));
        let mut conditions = pieces.filter_map(|(words, place)| Some((condition(&words)?.to_owned(), place)));
        let Some((words, place)) = conditions.next() else { continue };
        let in_title = place.span == task.first().place.span;
        let message =
            format!("{} is to be done \"{words}\", and nothing says when it is done otherwise", name(task, in_title));
        let mut it = RULE.at(&subject.words_in(&place, &words), message).label("who decides, and by when?");
        for (words, place) in conditions {
            it = it.related(&subject.words_in(&place, &words), "and another condition here");
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
    for line in segment.details.lines().filter(|it| it.contains("if ")) {
        let place = subject.place_of(&segment.details.part(line), &segment.place);
        pieces.push((line.trim_end_matches(['*', '_', ' ']).to_owned(), place));
    }
    pieces
}

/// Words after which "if" means "whether".
const WHETHER: [&str; 16] = [
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
    "as",
    "what",
    "evaluate",
    "assess",
];

/// Returns a short condition at the end of a line: "if justified", "if metrics healthy".
fn condition(words: &str) -> Option<&str> {
    let words = words.trim_end().trim_end_matches([')', '.', ']']);
    let at = words
        .rfind("if ")
        .filter(|at| words.get(..*at).is_some_and(|it| it.is_empty() || it.ends_with([' ', '(', ',', '['])))?;
    let (before, condition) = words.split_at_checked(at)?;
    let last = before.trim_end_matches([' ', '(', ',', '[']).rsplit(' ').next().unwrap_or_default().to_lowercase();
    let short = (2..=4).contains(&condition.split_whitespace().count());
    let plain = !condition.contains([':', ';', '`', '(', '=']);
    (short && plain && !last.is_empty() && !WHETHER.contains(&last.as_str())).then_some(condition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_conditions_at_the_end() {
        assert_eq!(condition("Penetration testing (if available)"), Some("if available"));
        assert_eq!(condition("Full rollout if metrics healthy"), Some("if metrics healthy"));
        assert_eq!(condition("Check if it works"), None);
        assert_eq!(condition("Replace the gif viewer"), None);
        assert_eq!(condition("If in doubt ask"), None);
        assert_eq!(condition("Retry if the server answers with a status that is not known"), None);
    }
}
