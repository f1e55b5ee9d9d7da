//! The comment of a pull request: Markdown strings for its template, and how much of them it may hold.

use super::lines::Line;
use super::rows::{ChangeRow, FindingRow, GateRow};
use super::{DiffFacts, DiffView, changes, kinds, lowered};
use crate::comparison::Said;
use crate::phrase::{count, counts, list};
use crate::prose::{code_span, code_span_in_text};
use crate::text::SourceFile;
use serde::Serialize;
use std::collections::HashMap;

/// The comment, as its template sees it: everything is Markdown.
#[derive(Debug, Serialize)]
pub struct Comment {
    /// The first line, by which the comment is found again.
    pub marker: String,
    /// The sign beside the heading.
    pub icon: &'static str,
    /// The answer.
    pub heading: String,
    /// What the forecast says.
    pub forecast: Option<String>,
    /// "6 changes".
    pub changes: String,
    /// "1 removed · 1 moved".
    pub counts: String,
    /// Links to the preview and to the page of all changes.
    pub links: String,
    /// What to say where nothing changed.
    pub unchanged: String,
    /// Figures that differ.
    pub figures: Vec<FigureCells>,
    /// What becomes of gates.
    pub gates: Vec<GateCells>,
    /// How many gates are not shown.
    pub more_gates: String,
    /// Tasks, then everything else.
    pub sections: Vec<Section>,
    /// The plan check.
    pub findings: Option<FindingsSection>,
    /// What is not shown, counted.
    pub hidden: String,
    /// What was compared, and what to know about the figures.
    pub footer: String,
}

/// A figure.
#[derive(Debug, Serialize)]
pub struct FigureCells {
    name: String,
    before: String,
    after: String,
    effect: String,
}

/// A gate.
#[derive(Debug, Serialize)]
pub struct GateCells {
    name: String,
    why: String,
    line: String,
}

/// Changes of one kind of thing.
#[derive(Debug, Serialize)]
pub struct Section {
    title: &'static str,
    /// The head of the first column.
    first: &'static str,
    /// What stands for the rows while they are folded; empty where they stand open.
    summary: String,
    rows: Vec<ChangeCells>,
}

/// A change.
#[derive(Debug, Serialize)]
pub struct ChangeCells {
    name: String,
    change: String,
    effect: String,
    line: String,
}

/// The plan check.
#[derive(Debug, Serialize)]
pub struct FindingsSection {
    summary: String,
    rows: Vec<FindingCells>,
}

/// A finding.
#[derive(Debug, Serialize)]
pub struct FindingCells {
    name: String,
    message: String,
    line: String,
}

/// How many rows of each part are shown.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    gates: usize,
    tasks: usize,
    others: usize,
    findings: usize,
}

/// The largest comment, in bytes.
pub const MAX_BYTES: usize = 65_000;
/// Files beyond this many are counted.
const MOST_FILES: usize = 3;
/// Rows beyond this many are folded.
const OPEN_ROWS: usize = 8;

impl Room {
    /// What is shown where bytes do not matter.
    pub const MOST: Self = Self { gates: 20, tasks: 40, others: 20, findings: 20 };

    /// Returns less room: the parts at the bottom are given up first, gates last; nothing where there is none left.
    #[must_use]
    pub fn less(self) -> Option<Self> {
        let half = |it: usize| it / 2;
        Some(match self {
            Self { findings, .. } if 0 < findings => Self { findings: half(findings), ..self },
            Self { others, .. } if 0 < others => Self { others: half(others), ..self },
            Self { tasks, .. } if 0 < tasks => Self { tasks: half(tasks), ..self },
            Self { gates, .. } if 1 < gates => Self { gates: half(gates), ..self },
            _ => return None,
        })
    }
}

/// Makes the comment with so much room; `marker` is its first line.
#[must_use]
pub fn comment(facts: &DiffFacts<'_>, view: &DiffView, marker: &str, room: Room) -> Comment {
    let heading = match (view.is_unchanged, view.headline.pieces.first()) {
        (true, _) => view.headline.markdown_in_text(),
        (false, _) => format!("Plan change: {}", lowered(&view.headline).markdown_in_text()),
    };
    let counted: Vec<&str> = view.counts.iter().map(|it| it.1.as_str()).collect();
    let gates = view.gates.len().saturating_sub(room.gates);
    Comment {
        marker: marker.to_owned(),
        icon: view.level.icon(),
        heading,
        forecast: view.forecast.as_ref().map(Said::markdown_in_text),
        changes: changes(view),
        counts: counted.join(" · "),
        links: if view.is_unchanged { String::new() } else { links(facts) },
        unchanged: if view.is_unchanged { unchanged(facts) } else { String::new() },
        figures: view.figures.iter().map(figure).collect(),
        gates: view.gates.iter().take(room.gates).map(gate).collect(),
        more_gates: if 0 < gates { format!("{} more: see all changes.", count(gates, "row")) } else { String::new() },
        sections: [
            section("Tasks", "Task", &view.tasks, room.tasks),
            section("Plan and standups", "What", &view.others, room.others),
        ]
        .into_iter()
        .flatten()
        .collect(),
        findings: findings(view, room.findings),
        hidden: hidden(facts, view, room),
        footer: footer(view),
    }
}

fn links(facts: &DiffFacts<'_>) -> String {
    facts
        .context
        .preview
        .as_ref()
        .map_or(String::new(), |it| format!("[Open preview]({it}/) · [All changes]({it}/changes.html)"))
}

fn unchanged(facts: &DiffFacts<'_>) -> String {
    let name = facts.context.before.shown().markdown_in_text();
    let name = name.trim_end_matches(',');
    let (before, after) = (facts.before.sources, facts.after.sources);
    let was: HashMap<&str, &str> = before.standups.iter().map(|it| (&*it.path, it.text.as_str())).collect();
    let is_other = |it: &&SourceFile| was.get(&*it.path) != Some(&it.text.as_str());
    let roadmap =
        [&after.roadmap].into_iter().filter(|it| it.path != before.roadmap.path || it.text != before.roadmap.text);
    let files: Vec<String> =
        roadmap.chain(after.standups.iter().filter(is_other)).map(|it| code_span_in_text(&it.path)).collect();
    let shown = files.get(..MOST_FILES).unwrap_or(&files);
    // A file that was repaired has the text that it had.
    let place = match files.len() - shown.len() {
        0 if files.is_empty() => String::new(),
        0 => format!(" in {}", list(shown)),
        more => format!(" in {} and {}", shown.join(", "), count(more, "more file")),
    };
    format!("Text or formatting only{place}; tasks, dates, gates and forecast are as in {name}.")
}

fn figure(it: &super::FigureRow) -> FigureCells {
    let effect =
        if it.effect.is_empty() { String::new() } else { format!("{} {}", it.level.icon(), it.effect.markdown()) };
    FigureCells { name: it.name.markdown(), before: it.before.markdown(), after: strong(&it.after), effect }
}

/// Returns words as strong text; as they are where words of the plan, which stand as code, are among them.
fn strong(words: &Said) -> String {
    let words = words.markdown();
    let words = words.trim();
    if words.is_empty() || words.contains('`') { words.to_owned() } else { format!("**{words}**") }
}

fn gate(it: &GateRow) -> GateCells {
    let due = it.due.as_ref().map_or(String::new(), |it| format!(", {it}"));
    let name = format!("{} **{}**{due}<br>{}", it.level.icon(), it.word, it.name.markdown());
    GateCells { name, why: it.why.markdown(), line: line(&it.line) }
}

fn section(title: &'static str, first: &'static str, rows: &[ChangeRow], room: usize) -> Option<Section> {
    if rows.is_empty() || room == 0 {
        return None;
    }
    let shown = rows.len().min(room);
    let summary = match (rows.len(), shown) {
        (all, _) if all <= OPEN_ROWS && all == shown => String::new(),
        (all, shown) if all == shown => count(all, "change"),
        (all, shown) => format!("{shown} of {}, what weighs most first", count(all, "change")),
    };
    Some(Section { title, first, summary, rows: rows.iter().take(room).map(change).collect() })
}

fn change(it: &ChangeRow) -> ChangeCells {
    let id = it.id.as_ref().map_or(String::new(), |it| format!(" {}", code_span(it)));
    let name = format!("{} **{}**{id}<br>{}", it.icon, it.word, it.title.markdown());
    let side = |it: &Option<Said>| it.as_ref().map_or("none".to_owned(), Said::markdown);
    let change = if it.before.is_none() && it.after.is_none() {
        String::new()
    } else {
        format!("{} → {}", side(&it.before), it.after.as_ref().map_or("none".to_owned(), strong))
    };
    ChangeCells { name, change, effect: it.effect.markdown(), line: line(&it.line) }
}

fn findings(view: &DiffView, room: usize) -> Option<FindingsSection> {
    if view.findings.is_empty() || room == 0 {
        return None;
    }
    let tally = view.findings_tally;
    let (new, gone) = (tally.new, tally.gone());
    let of = |word: &str| view.findings.iter().filter(|it| it.word == word).count();
    let kinds = counts(&[(of("new error"), "error"), (of("new warning"), "warning"), (of("new note"), "note")]);
    let kinds = if new == 0 { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let shown = view.findings.len().min(room);
    let some = if shown < view.findings.len() { format!("; {shown} of them here") } else { String::new() };
    let summary = format!("Plan check: {new} new{kinds}, {gone}{some}");
    let row = |it: &FindingRow| FindingCells {
        name: format!("{} {}", it.level.icon(), it.word),
        message: it.message.markdown(),
        line: it.line.as_ref().map_or(String::new(), line),
    };
    Some(FindingsSection { summary, rows: view.findings.iter().take(room).map(row).collect() })
}

/// Counts the changes that have no row, by kind, and says where they are.
fn hidden(facts: &DiffFacts<'_>, view: &DiffView, room: Room) -> String {
    let left: Vec<&str> = view
        .tasks
        .iter()
        .skip(room.tasks)
        .chain(view.others.iter().skip(room.others))
        .map(|it| it.counted_as)
        .collect();
    if left.is_empty() {
        return String::new();
    }
    let of = |word: &str| left.iter().filter(|it| **it == word).count();
    let kinds = kinds().map(|it| (of(it.1), it.1)).filter(|it| 0 < it.0).map(|(n, word)| format!("{n} {word}"));
    let place = match &facts.context.preview {
        Some(it) => format!(" All are in [all changes]({it}/changes.html)."),
        None => " The job's summary and `roadbook diff` have all.".to_owned(),
    };
    format!("**Not shown, {}:** {}.{place}", count(left.len(), "change"), kinds.collect::<Vec<_>>().join(" · "))
}

fn footer(view: &DiffView) -> String {
    let notes = view.notes.iter().map(|it| format!(" {}", it.markdown_in_text()));
    format!(
        "roadbook {} compared {}.{}",
        env!("CARGO_PKG_VERSION"),
        view.compared.markdown_in_text(),
        notes.collect::<String>()
    )
}

/// Returns a link to a line; "base 250" where it is one of before.
fn line(it: &Line) -> String {
    let place = if it.is_roadmap { it.number.to_string() } else { code_span(&format!("{}:{}", it.path, it.number)) };
    let label = match (it.is_of_before, it.is_roadmap) {
        (true, _) => format!("base {place}"),
        (false, true) if it.href.is_none() => format!("line {place}"),
        (false, _) => place,
    };
    it.href.as_ref().map_or(label.clone(), |href| format!("[{label}]({href})"))
}
