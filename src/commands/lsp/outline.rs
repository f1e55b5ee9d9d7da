//! A file's outline: its headings, and what the plan has below them.

use super::workspace::Reading;
use crate::document::Kind;
use crate::model::{Entry, Gate, Segment, Standup};
use crate::prose::one_line;
use crate::text::{SourceFile, Span};
use crate::views::parts::Mark;
use lsp_types::SymbolKind;
use std::collections::HashMap;

/// A line of an outline.
#[derive(Debug, Clone)]
pub struct Node {
    /// How deep it lies; what follows and is deeper belongs to it.
    pub level: u8,
    /// What it is called.
    pub name: String,
    /// What is known of it, in a few words.
    pub detail: Option<String>,
    /// What an editor may show it as.
    pub kind: SymbolKind,
    /// Its bytes, with all that is below it.
    pub span: Span,
}

/// How deep tasks and lines of standups lie: below every heading.
const LEAF: u8 = 7;
/// Lines beyond this many are left out.
const MOST: usize = 20_000;

/// Returns the outline of a file of the project, in order.
pub fn outline(reading: &Reading, name: &str) -> Vec<Node> {
    let sources = &reading.understood.sources;
    let Some((at, file)) = sources.files().enumerate().find(|(_, it)| *it.path == *name) else { return Vec::new() };
    let known = kinds(reading, name);
    let mut nodes = headings(reading, at, file, &known);
    if at == 0 {
        nodes.extend(tasks(reading, name));
        let is_heading: Vec<u32> = nodes.iter().map(|it| file.index.line(it.span.start)).collect();
        let gates = reading.understood.history.plan.gates.iter();
        nodes.extend(gates.filter(|it| !is_heading.contains(&it.place.line())).map(gate));
    } else {
        let standups = reading.understood.history.standups.iter().map(|it| &it.standup);
        nodes.extend(
            standups
                .filter(|it| *it.path == *name)
                .flat_map(Standup::entries)
                .filter(|it| *it.place.path == *name)
                .map(entry),
        );
    }
    nodes.sort_by_key(|it| (it.span.start, it.level));
    nodes.dedup_by_key(|it| it.span.start);
    nodes.truncate(MOST);
    close(&mut nodes, file);
    nodes
}

/// Gives each its end: where the next one begins that is no deeper.
fn close(nodes: &mut [Node], file: &SourceFile) {
    let mut end = Vec::with_capacity(nodes.len());
    // The places of those that may still be the next, the nearest last.
    let mut ahead: Vec<(u8, u32)> = Vec::new();
    for it in nodes.iter().rev() {
        while ahead.last().is_some_and(|(level, _)| it.level < *level) {
            ahead.pop();
        }
        end.push(ahead.last().map_or_else(|| Span::new(0, file.text.len()).end, |it| it.1));
        ahead.push((it.level, it.span.start));
    }
    for (it, end) in nodes.iter_mut().zip(end.into_iter().rev()) {
        it.span.end = if it.level < LEAF { end } else { it.span.end.min(end) };
        it.span.end = it.span.end.max(it.span.start);
    }
}

fn headings(reading: &Reading, at: usize, file: &SourceFile, known: &HashMap<u32, SymbolKind>) -> Vec<Node> {
    let Some(document) = reading.understood.documents.get(at) else { return Vec::new() };
    let heading = |it: &crate::document::Block| {
        let Kind::Heading(level) = it.kind else { return None };
        let words = document.first_line(it).map(|line| one_line(&document.words(line, file)));
        let kind = known.get(&file.index.line(it.span.start)).copied().unwrap_or(SymbolKind::STRING);
        Some(Node { level, name: named(words.unwrap_or_default()), detail: None, kind, span: it.span })
    };
    document.blocks.iter().filter_map(heading).collect()
}

/// What the headings of a file are, by their lines.
fn kinds(reading: &Reading, name: &str) -> HashMap<u32, SymbolKind> {
    let plan = &reading.understood.history.plan;
    let phases = plan.phases.iter().map(|it| (&it.place, SymbolKind::MODULE));
    let weeks = plan.weeks.iter().map(|it| (&it.place, SymbolKind::NAMESPACE));
    let blocks = plan.blocks.iter().map(|it| (&it.place, SymbolKind::PACKAGE));
    let gates = plan.gates.iter().map(|it| (&it.place, SymbolKind::EVENT));
    let all = phases.chain(weeks).chain(blocks).chain(gates);
    all.filter(|(it, _)| *it.path == *name).map(|(it, kind)| (it.line(), kind)).collect()
}

fn tasks<'a>(reading: &'a Reading, name: &'a str) -> impl Iterator<Item = Node> + 'a {
    let history = &reading.understood.history;
    let parts =
        history.plan.tasks.iter().enumerate().flat_map(|(at, task)| task.segments.iter().map(move |it| (at, task, it)));
    parts.filter(move |(_, _, it)| *it.place.path == *name).map(|(at, task, part)| {
        let title = part.title.plain();
        let words = task.id.as_ref().map_or_else(|| title.clone(), |id| format!("{id}: {title}"));
        let state = history.state(at, history.as_of);
        Node {
            level: LEAF,
            name: named(one_line(&words)),
            detail: Some(Mark::of_state(&state).words()),
            kind: SymbolKind::PROPERTY,
            span: extent(part),
        }
    })
}

fn extent(part: &Segment) -> Span {
    part.extent.to(part.place.span)
}

fn gate(it: &Gate) -> Node {
    let name = named(one_line(&it.name));
    Node { level: LEAF - 1, name, detail: None, kind: SymbolKind::EVENT, span: it.place.span }
}

fn entry(it: &Entry) -> Node {
    let ids: Vec<&str> = it.ids.iter().map(|it| &**it).collect();
    let colon = if ids.is_empty() { "" } else { ": " };
    let words = format!("{}{colon}{}", ids.join(", "), it.text.plain());
    Node { level: LEAF, name: named(one_line(&words)), detail: None, kind: SymbolKind::PROPERTY, span: it.place.span }
}

/// An editor refuses names without letters.
fn named(words: String) -> String {
    if words.is_empty() { "–".to_owned() } else { words }
}
