//! What stands at a place of a document: a task, an owner, a metric, a gate.

use super::text::Aligned;
use super::workspace::Reading;
use crate::analysis::metric_named;
use crate::model::Task;
use crate::text::{Place, Span};

/// A thing of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A task, by its place in the plan.
    Task(usize),
    /// An owner, as written.
    Owner(String),
    /// A metric, by its place in the plan.
    Metric(usize),
    /// A gate, by its place in the plan.
    Gate(usize),
}

/// A thing, and the words that name it.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The thing.
    pub thing: Thing,
    /// The bytes of its name, in the text that is read.
    pub span: Span,
}

/// A word that may be an ID is no longer than this, in bytes.
const LONGEST: usize = 64;
/// On a line longer than this only IDs are looked for, in bytes.
const LONGEST_LINE: usize = 16 * 1024;

/// Returns what stands at a byte of a file.
pub fn find(reading: &Reading, at: &Aligned, offset: u32) -> Option<Spot> {
    let plan = &reading.understood.history.plan;
    let line = at.file.index.line(offset);
    let span = at.file.index.line_span(line);
    let text = at.file.slice(span);
    let within = (offset - span.start.min(offset)) as usize;
    for part in ids_at(text, within) {
        if let Some(task) = text.get(part.clone()).and_then(|it| plan.task_with_id(it)) {
            return Some(spot(Thing::Task(task), span, part));
        }
    }
    if LONGEST_LINE < text.len() {
        return None;
    }
    let is_here = |it: &Place| it.path == at.file.path && it.line() == line;
    owner(reading, text, within, &is_here)
        .map(|(name, part)| spot(Thing::Owner(name), span, part))
        .or_else(|| metric(reading, text, &is_here).map(|(it, part)| spot(Thing::Metric(it), span, part)))
        .or_else(|| gate(reading, &is_here).map(|it| spot(Thing::Gate(it), span, 0..text.len())))
        .or_else(|| unnamed(&plan.tasks, &is_here).map(|it| spot(Thing::Task(it), span, 0..text.len())))
}

fn spot(thing: Thing, line: Span, part: std::ops::Range<usize>) -> Spot {
    let start = line.start as usize;
    Spot { thing, span: Span::new(start + part.start, start + part.end) }
}

/// Returns the words around a byte that may be an ID: with the signs that only some plans have in theirs, and without.
fn ids_at(line: &str, at: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let around = |fits: fn(u8) -> bool, ends: &[u8]| {
        let bytes = line.as_bytes();
        let before = bytes.get(..at).unwrap_or_default().iter().rev().take(LONGEST).take_while(|it| fits(**it)).count();
        let after = bytes.get(at..).unwrap_or_default().iter().take(LONGEST).take_while(|it| fits(**it)).count();
        let (mut start, mut end) = (at - before, at + after);
        while start < end && bytes.get(start).is_some_and(|it| ends.contains(it)) {
            start += 1;
        }
        while start < end && bytes.get(end - 1).is_some_and(|it| ends.contains(it)) {
            end -= 1;
        }
        start..end
    };
    let wide = around(|it| it.is_ascii_alphanumeric() || b"-._#/".contains(&it), b"-._/");
    let narrow = around(|it| it.is_ascii_alphanumeric() || b"-.".contains(&it), b"-.");
    [wide, narrow].into_iter().filter(|it| !it.is_empty())
}

/// Returns the words of a text that may be IDs, with their places.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|it: char| !it.is_ascii_alphanumeric() && !"-._#/".contains(it)).filter_map(move |word| {
        let start = at;
        // Where a word ends, a character of any length follows.
        at += word.len();
        at += text.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
        let trimmed = word.trim_start_matches(['-', '.', '_', '/']);
        let start = start + word.len() - trimmed.len();
        Some((start, trimmed.trim_end_matches(['-', '.', '_', '/']))).filter(|it| !it.1.is_empty())
    })
}

type Part = std::ops::Range<usize>;

fn owner(reading: &Reading, line: &str, at: usize, is_here: &dyn Fn(&Place) -> bool) -> Option<(String, Part)> {
    let plan = &reading.understood.history.plan;
    let segments = plan.tasks.iter().flat_map(|it| &it.segments);
    let of_tasks =
        segments.filter(|it| is_here(it.owner_place.as_ref().unwrap_or(&it.place))).flat_map(|it| &it.owners);
    let of_teams = plan.teams.iter().filter(|it| is_here(&it.place)).map(|it| it.name.as_str());
    let names = of_tasks.map(|it| &**it).chain(of_teams).filter(|it| !it.is_empty());
    names.filter_map(|name| Some((name.to_owned(), part_at(line, name, at)?))).max_by_key(|it| it.0.len())
}

/// Returns where some words stand around a byte of a line.
fn part_at(line: &str, words: &str, at: usize) -> Option<Part> {
    let mut parts = line.match_indices(words).map(|(start, it)| start..start + it.len());
    parts.find(|it| it.start <= at && at <= it.end)
}

fn metric(reading: &Reading, line: &str, is_here: &dyn Fn(&Place) -> bool) -> Option<(usize, Part)> {
    let history = &reading.understood.history;
    let row = history.plan.metrics.iter().position(|it| is_here(&it.place));
    let (at, name) = if let Some(at) = row {
        (at, history.plan.metrics.get(at)?.name.as_str())
    } else {
        let told = history.standups.iter().flat_map(|it| &it.standup.metrics).find(|it| is_here(&it.place))?;
        (metric_named(history, &told.name)?, told.name.as_str())
    };
    Some((at, line.find(name).map_or(0..line.len(), |it| it..it + name.len())))
}

fn gate(reading: &Reading, is_here: &dyn Fn(&Place) -> bool) -> Option<usize> {
    let gates = &reading.understood.history.plan.gates;
    let is_it = |it: &crate::model::Gate| is_here(&it.place) || it.criteria.iter().any(|it| is_here(&it.place));
    gates.iter().position(is_it)
}

fn unnamed(tasks: &[Task], is_here: &dyn Fn(&Place) -> bool) -> Option<usize> {
    tasks.iter().position(|it| it.id.is_none() && it.segments.iter().any(|it| is_here(&it.place)))
}
