//! `segment-words`: a title that says one thing of a part, and words behind its duration that say another.

use super::common::owner_line::qualifier;
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Segment, Task};
use crate::text::{Place, Span};

/// Complains about parts of tasks that are called a start and an end at once, and notes an end that nothing starts.
pub const RULE: Rule = Rule {
    name: "segment-words",
    severity: Severity::Warning,
    what: "The title says one thing of a part of a task and the words behind its duration another, or a title says \"Complete\" where the task has one part only.",
    why: "Someone who reads \"Complete\" takes the task for finished when the box is ticked; someone who reads \"(start)\" waits for the rest.",
    bad: "- [ ] **P3-02:** Complete the documentation\n  - *Owner: Writer | Duration: 2d (start)*\n- [ ] **P3-02:** Finish the documentation\n  - *Owner: Writer | Duration: 1d (complete)*",
    good: "- [ ] Start **P3-02:** Documentation\n  - *Owner: Writer | Duration: 2d (start)*\n- [ ] **P3-02:** Finish the documentation\n  - *Owner: Writer | Duration: 1d (complete)*",
    check,
};

/// What a word says of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Begins,
    Ends,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let tasks = &subject.plan().tasks;
    let mut single = Vec::new();
    for task in tasks {
        for (at, segment) in task.segments.iter().enumerate() {
            let Some((title, said, place)) = title_says(subject, segment) else { continue };
            let behind = segment.qualifier.as_deref().and_then(|it| Some((it, says(it.split_whitespace().next()?)?)));
            match behind {
                Some((words, other)) if other != said => {
                    let next = task.segments.get(at + 1);
                    found.push(conflict(subject, (task, segment, next), (&title, said, &place), words));
                }
                None if said == Says::Ends && task.segments.len() == 1 => single.push((task, title, place)),
                _ => {}
            }
        }
    }
    // In a plan without tasks in several parts, "Complete" is a verb like any other.
    if !tasks.iter().any(|it| 1 < it.segments.len()) {
        return;
    }
    for (task, title, place) in single {
        let message = format!("{} is titled \"{title}\", and no earlier part starts it", task.name());
        let mut it = RULE.at(&place, message).label("the only part");
        it.severity = Severity::Info;
        found.push(it.help("say what is done in it without the word, or add the part that starts it"));
    }
}

/// Complains about a part, with the one behind it, whose title and words disagree.
fn conflict(
    subject: &Subject<'_>,
    (task, part, next): (&Task, &Segment, Option<&Segment>),
    (title, said, place): (&str, Says, &Place),
    words: &str,
) -> Diagnostic {
    let name = task.name();
    let message = format!("this part of {name} is titled \"{title}\" and marked \"({words})\"");
    let (first, last) = ("reads as the first part", "reads as the last part");
    let (own, other, help) = match said {
        Says::Ends => (last, first, "begin the title with \"Start\", or take the word away"),
        Says::Begins => (first, last, "take \"Start\" out of the title"),
    };
    let mut it = RULE.at(place, message).label(own).related(&qualifier(subject, part), other);
    if let Some((_, _, place)) = next.and_then(|it| title_says(subject, it)) {
        it = it.related(&place, format!("and {name} goes on here"));
    }
    it.help(help)
}

fn says(word: &str) -> Option<Says> {
    match word.to_lowercase().trim_matches(|it: char| !it.is_alphabetic()) {
        "start" | "begin" | "started" | "beginning" => Some(Says::Begins),
        "complete" | "finish" | "finalise" | "finalize" | "completion" | "final" | "end" => Some(Says::Ends),
        _ => None,
    }
}

/// Returns the word before an ID or at the beginning of a title that says which part it is.
fn title_says(subject: &Subject<'_>, segment: &Segment) -> Option<(String, Says, Place)> {
    let title = segment.title.runs.first()?;
    let first = title.text.split_whitespace().next()?;
    if let Some(said) = says(first) {
        let place = subject.place_of(&title.text.part(first), &segment.place);
        return Some((first.to_owned(), said, place));
    }
    // "Start **P1-08:** …": the word stands before the ID, so it is no part of the title.
    let file = subject.file(&segment.place)?;
    let line = file.slice(segment.place.span);
    let word = line.split_whitespace().next()?;
    let said = says(word).filter(|_| word.chars().all(char::is_alphabetic))?;
    let at = segment.place.span.start as usize + line.find(word)?;
    Some((word.to_owned(), said, file.place(Span::new(at, at + word.len()))))
}
