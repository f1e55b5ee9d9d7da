//! How the plan was read: what was found, what is not written, and the roadmap line by line, so that an author can correct it.
//!
//! 1. `notes` says of each line what it was read as, from the places in the plan.
//! 2. `text` says of each line what it is in Markdown, for lines that mean nothing.
//! 3. `listing` puts both together, and folds long runs of lines that mean nothing.
//! 4. `found` and `absent` sum up; `standups` lists the standups.

mod absent;
mod found;
mod listing;
mod notes;
mod standups;
mod text;
mod words;

use self::absent::{Absence, absence};
use self::found::found;
use self::listing::{Part, listing};
use self::standups::{StandupView, standups};
use super::Desk;
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::{Fact, Link};
use crate::phrase;
use crate::text::SourceFile;
use serde::Serialize;

/// Lines of the roadmap beyond this many are not listed.
const MAX_LINES: u32 = 5_000;
/// Characters of a line beyond this many are not shown.
const MAX_LETTERS: usize = 300;

/// The page on how the plan was read.
#[derive(Debug, Serialize)]
pub struct ReadingPage {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// What was found, with counts.
    pub found: Vec<Fact>,
    /// What is not written, and what that costs.
    pub absence: Absence,
    /// The roadmap's page.
    pub file: Link,
    /// How much of the roadmap is listed, where it is not all.
    pub limit: String,
    /// The lines of the roadmap, in order.
    pub parts: Vec<Part>,
    /// The standups.
    pub standups: Vec<StandupView>,
    /// What to know about the standups.
    pub standups_note: String,
}

impl Page for ReadingPage {
    const TEMPLATE: &'static str = "site/reading.html";
}

/// Makes the page on how the plan was read.
#[must_use]
pub fn reading(desk: &Desk<'_>, base_url: Option<&str>) -> ReadingPage {
    let words = Heading {
        title: "How this plan was read".to_owned(),
        description: format!("What was read in each line of {}", desk.facts.sources.roadmap.path),
        section: Section::Reading,
        is_first: true,
        path: "reading.html".to_owned(),
    };
    let roadmap = &desk.facts.sources.roadmap;
    let lines = lines(roadmap);
    let later = desk.facts.history.later_standups;
    ReadingPage {
        frame: frame(desk, &words, base_url),
        heading: heading(desk),
        found: found(desk),
        absence: absence(desk),
        file: Link { text: roadmap.path.to_string(), href: page_of(desk, roadmap) },
        limit: if MAX_LINES < lines {
            format!("The first {MAX_LINES} of {lines} lines are listed.")
        } else {
            String::new()
        },
        parts: listing(desk, lines.min(MAX_LINES)),
        standups: standups(desk),
        standups_note: match later {
            0 => String::new(),
            1 => "One standup is later than the day of this report, so it is not seen.".to_owned(),
            n => format!("{n} standups are later than the day of this report, so they are not seen."),
        },
    }
}

/// "42 tasks, 4 phases and 8 weeks were found; 3 checkboxes were not understood".
fn heading(desk: &Desk<'_>) -> String {
    let plan = desk.plan();
    let counts = [
        (plan.tasks.len(), "task"),
        (plan.phases.len(), super::phases::noun(plan)),
        (plan.weeks.len(), "week"),
        (plan.gates.len(), "gate"),
    ];
    let counts = phrase::counts(&counts);
    let is_one = matches!(counts.as_slice(), [one] if one.starts_with("1 "));
    let found = match counts.len() {
        0 => "Nothing was found to report on".to_owned(),
        _ => format!("{} {} found", phrase::list(&counts), if is_one { "was" } else { "were" }),
    };
    let boxes: usize = desk.facts.file_facts.iter().map(|it| it.boxes).sum();
    let unread: usize = desk.facts.file_facts.iter().map(|it| it.not_understood.len()).sum();
    match (unread, boxes) {
        (_, 0) => found,
        (0, _) => format!("{found}, and every checkbox was understood"),
        (n, _) => format!("{found}; {} not understood", were(n, "checkbox")),
    }
}

/// "1 checkbox was", "3 checkboxes were".
fn were(n: usize, noun: &str) -> String {
    format!("{} {}", phrase::count(n, noun), if n == 1 { "was" } else { "were" })
}

/// Returns the number of lines, without the empty one behind the last line end.
fn lines(file: &SourceFile) -> u32 {
    let all = file.index.lines();
    if file.text.is_empty() {
        return 0;
    }
    if file.line(all).is_empty() { all - 1 } else { all }
}

/// Returns the page of a file.
fn page_of(desk: &Desk<'_>, file: &SourceFile) -> String {
    desk.facts.source_pages.get(&*file.path).map(|it| desk.href(it)).unwrap_or_default()
}

/// Returns the beginning of a line, with characters that hide their neighbours named.
fn shown(line: &str) -> String {
    let cut = line.char_indices().nth(MAX_LETTERS).and_then(|(at, _)| line.get(..at));
    let shown = super::source::shown(cut.unwrap_or(line).trim_end());
    if cut.is_some() { shown + "…" } else { shown }
}
