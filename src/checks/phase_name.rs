//! `phase-name`: a phase with two names.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Kind;
use crate::text::Place;

/// Notes phases whose name in the table of phases differs from their heading.
pub const RULE: Rule = Rule {
    name: "phase-name",
    severity: Severity::Info,
    what: "A phase has one name in the table of phases and another in its heading.",
    why: "Two names make two phases in the minds of readers.",
    bad: "| Phase | Duration | Focus |\n|---|---|---|\n| Phase 1 | Week 1-2 | Fixes |\n\n## Phase 1: Fixes & Launch (Week 1-2)",
    good: "| Phase | Duration | Focus |\n|---|---|---|\n| Phase 1 | Week 1-2 | Fixes |\n\n## Phase 1: Fixes (Week 1-2)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (number, name, place) in named_in_tables(subject) {
        let Some(phase) = subject.plan().phases.iter().find(|it| it.number == number) else { continue };
        if plain(&phase.name) == plain(&name) {
            continue;
        }
        let message = format!("phase {number} is \"{name}\" in the table and \"{}\" in its heading", phase.name);
        let it = RULE.at(&place, message).label("in the table");
        let heading = subject.words_in(&phase.place, &phase.name);
        found.push(it.related(&heading, "in the heading").help("use one name in both places"));
    }
}

/// Returns the names that tables of phases give: those whose columns are headed "Phase" and "Focus" or "Name".
fn named_in_tables(subject: &Subject<'_>) -> Vec<(u32, String, Place)> {
    let (document, file) = (subject.document, subject.roadmap());
    let mut names = Vec::new();
    for block in &document.blocks {
        let Kind::Table(at) = block.kind else { continue };
        let Some((head, rows)) = document.tables.get(at as usize).and_then(|it| it.rows.split_first()) else {
            continue;
        };
        let words = |it: &crate::document::TableCell| {
            it.line.map_or(String::new(), |line| document.words(line, file).trim().to_owned())
        };
        let columns: Vec<String> = head.cells.iter().map(|it| words(it).to_lowercase()).collect();
        let name = columns.iter().position(|it| matches!(it.as_str(), "focus" | "name" | "title" | "theme"));
        let (Some("phase"), Some(name)) = (columns.first().map(String::as_str), name) else { continue };
        for row in rows {
            let number = row.cells.first().map(words).and_then(|it| {
                it.trim_start_matches(|it: char| !it.is_ascii_digit())
                    .split(|it: char| !it.is_ascii_digit())
                    .next()?
                    .parse()
                    .ok()
            });
            let cell = row.cells.get(name);
            if let (Some(number), Some(cell)) = (number, cell)
                && let Some(line) = cell.line
            {
                names.push((number, words(cell), file.place(line.span)));
            }
        }
    }
    names
}

/// Returns a name without case and without the words that join.
fn plain(name: &str) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).filter(|it| it != "and").collect::<Vec<_>>().join(" ")
}
