//! `unknown-priority`: words about a class of tasks that does not exist.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Kind;
use crate::text::{Place, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Complains about a class such as "P4" that the text names and no task has.
pub const RULE: Rule = Rule {
    name: "unknown-priority",
    severity: Severity::Warning,
    what: "The text speaks of a class of tasks, such as P4, that no task has.",
    why: "A promise such as \"defer P4 if needed\" gives room that is not there.",
    bad: "- [ ] **P1-01:** Debug\n- [ ] **P2-01:** Tune\n\nDefer P3 items if needed.",
    good: "- [ ] **P1-01:** Debug\n- [ ] **P2-01:** Tune\n\nDefer P2 items if needed.",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let classes: BTreeSet<&str> = subject.plan().tasks.iter().filter_map(|it| it.priority.as_deref()).collect();
    // Classes are a letter and a number; one alone is a name, two are an order.
    let stems: BTreeMap<&str, usize> =
        classes.iter().filter_map(|it| parts(it)).fold(BTreeMap::new(), |mut all, (stem, _)| {
            *all.entry(stem).or_default() += 1;
            all
        });
    let (document, file) = (subject.document, subject.roadmap());
    let readable = file.readable().end;
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for block in document.blocks.iter().take_while(|it| it.span.start < readable) {
        if matches!(block.kind, Kind::Code | Kind::Html | Kind::Table(_)) {
            continue;
        }
        for line in document.lines(block) {
            let text = file.slice(line.span);
            // Most lines hold no capital before a digit, and nothing more is asked of them.
            if !text.as_bytes().windows(2).any(|it| matches!(it, [b'A'..=b'Z', b'0'..=b'9'])) {
                continue;
            }
            for (at, word) in words(text) {
                // Most words are none, and nothing more is asked of them.
                if parts(word).is_none_or(|(stem, _)| stems.get(stem).copied().unwrap_or(0) < 2)
                    || classes.contains(word)
                {
                    continue;
                }
                let behind = text.get(at + word.len()..).unwrap_or_default().trim_start_matches(['*', '_', '`']);
                // "There are no P3 items" is true where there are none.
                let before = text.get(..at).unwrap_or_default().trim_end_matches(['*', '_', '`', ' ']);
                // The last word alone: a line may be long, and this is asked at each of its words.
                let last = before.rsplit(|it: char| !it.is_alphabetic()).next().unwrap_or_default();
                let denied = ["no", "without", "zero"].iter().any(|it| last.eq_ignore_ascii_case(it));
                if !denied && speaks_of_tasks(behind) {
                    let start = line.span.start as usize + at;
                    places.entry(word).or_default().push(file.place(Span::new(start, start + word.len())));
                }
            }
        }
    }
    for (word, places) in places {
        let Some((first, more)) = places.split_first() else { continue };
        let mut it = RULE.at(first, format!("no task is of the class {word}")).label("no such task");
        for place in more {
            it = it.again(place, "and here");
        }
        let all: Vec<&str> = classes.iter().copied().collect();
        found.push(it.help(format!("name a class that tasks have ({}), or add the tasks", crate::phrase::list(&all))));
    }
}

/// Parts a class such as "P1" into its letter and its digits.
fn parts(class: &str) -> Option<(&str, &str)> {
    let (stem, digits) = class.split_at_checked(1)?;
    let fits = stem.bytes().all(|it| it.is_ascii_uppercase()) && (1..=2).contains(&digits.len());
    (fits && digits.bytes().all(|it| it.is_ascii_digit())).then_some((stem, digits))
}

/// Says whether what follows a class makes it one of tasks: "P4 items", "P4 if needed"; not "P4-02" or "p95".
fn speaks_of_tasks(behind: &str) -> bool {
    let next = behind.trim_start().split(|it: char| !it.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let is_end = behind.is_empty() || behind.starts_with([' ', ',', '.', ';', ')']);
    is_end
        && matches!(
            next.as_str(),
            "item" | "items" | "task" | "tasks" | "if" | "when" | "work" | "story" | "stories" | "issues"
        )
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text.get(rest..)?.find(char::is_alphanumeric)?;
        let length = text.get(start..)?.find(|it: char| !it.is_alphanumeric()).unwrap_or(text.len() - start);
        rest = start + length;
        Some((start, text.get(start..rest)?))
    })
}
