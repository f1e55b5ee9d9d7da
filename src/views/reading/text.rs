//! What each line is in Markdown, for lines that mean nothing, and what can be told of lines that have no place in the plan.

use super::notes::{Notes, Topic, name_of};
use crate::document::{Block, Document, Kind, Table};
use crate::model::{Plan, Task};
use crate::text::{SourceFile, Span};
use crate::views::Desk;
use crate::views::parts::Link;
use std::collections::{BTreeMap, BTreeSet};

/// What a line is in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    Blank,
    Front,
    Heading,
    Label,
    Paragraph,
    Item,
    Table(u32),
    Code(u32),
    Html(u32),
    Rule,
}

/// The lines of a file, by what they are; the first has the place 0.
#[derive(Debug)]
pub struct Texts {
    /// What each line is.
    pub kinds: Vec<Text>,
    /// The task that holds each line, by its place in the plan.
    pub holders: Vec<Option<usize>>,
}

struct Reader<'a> {
    document: &'a Document,
    file: &'a SourceFile,
    last: u32,
    kinds: Vec<Text>,
}

/// Says what each line is, and adds the notes for lines that have no place in the plan.
pub fn texts(desk: &Desk<'_>, last: u32, notes: &mut Notes<'_>) -> Texts {
    let file = &desk.facts.sources.roadmap;
    let holders = holders(desk.plan(), file, last);
    let Some(document) = desk.facts.documents.first() else {
        return Texts { kinds: vec![Text::Paragraph; last as usize], holders };
    };
    let blank = |line| file.line(line).trim().is_empty();
    let kinds = (1..=last).map(|it| if blank(it) { Text::Blank } else { Text::Paragraph }).collect();
    let mut reader = Reader { document, file, last, kinds };
    reader.read();
    front_matter(document, file, &mut reader, notes);
    tables(desk, document, &holders, last, notes);
    subtasks(desk, document, &holders, notes);
    marked_items(desk, document, &holders, notes);
    mitigations(desk, document, notes);
    block_names(desk, document, notes);
    title(desk, document, notes);
    Texts { kinds: reader.kinds, holders }
}

impl Reader<'_> {
    fn read(&mut self) {
        for (at, block) in self.document.blocks.iter().enumerate() {
            if self.last < self.file.index.line(block.span.start) {
                return;
            }
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            match block.kind {
                Kind::Heading(_) => self.lines(block, Text::Heading),
                Kind::Paragraph => self.paragraph(block),
                // An item holds all that is below it, so only its own lines are its.
                Kind::Item(_) => self.lines(block, Text::Item),
                Kind::Table(_) => self.whole(block.span, Text::Table(at)),
                Kind::Code => self.whole(block.span, Text::Code(at)),
                Kind::Html => self.whole(block.span, Text::Html(at)),
                Kind::Rule => self.whole(block.span, Text::Rule),
            }
        }
    }

    fn lines(&mut self, block: &Block, kind: Text) {
        for it in self.document.lines(block) {
            self.set(self.file.index.line(it.span.start), kind);
        }
    }

    fn paragraph(&mut self, block: &Block) {
        for it in self.document.lines(block) {
            let words = self.document.words(*it, self.file);
            let kind = if words.trim_end().ends_with([':', '：']) { Text::Label } else { Text::Paragraph };
            self.set(self.file.index.line(it.span.start), kind);
        }
    }

    fn whole(&mut self, span: Span, kind: Text) {
        let first = self.file.index.line(span.start);
        let last = self.file.index.line(span.end.saturating_sub(1).max(span.start));
        for line in first..=last.min(self.last) {
            self.set(line, kind);
        }
    }

    fn set(&mut self, line: u32, kind: Text) {
        if let Some(it) = (line as usize).checked_sub(1).and_then(|it| self.kinds.get_mut(it))
            && *it != Text::Blank
        {
            *it = kind;
        }
    }
}

/// Returns the task that holds each line, by one sweep over lines and tasks.
fn holders(plan: &Plan, file: &SourceFile, last: u32) -> Vec<Option<usize>> {
    let all = plan.tasks.iter().enumerate();
    let mut extents: Vec<(Span, usize)> =
        all.flat_map(|(at, it)| it.segments.iter().map(move |it| (it.extent, at))).collect();
    extents.sort_unstable();
    let mut coming = extents.into_iter().peekable();
    let mut open: Vec<(Span, usize)> = Vec::new();
    let holder = |line: u32| {
        let start = file.index.line_span(line);
        while let Some(it) = coming.next_if(|(it, _)| it.start < start.end) {
            open.push(it);
        }
        while open.last().is_some_and(|(it, _)| it.end <= start.start) {
            open.pop();
        }
        open.last().map(|(_, at)| *at)
    };
    (1..=last).map(holder).collect()
}

fn front_matter(document: &Document, file: &SourceFile, reader: &mut Reader<'_>, notes: &mut Notes<'_>) {
    let Some(span) = document.front_matter else { return };
    let first = file.index.line(span.start);
    // The fences stand around it.
    for line in first.saturating_sub(1)..=file.index.line(span.end).min(reader.last) {
        reader.set(line, Text::Front);
    }
    let name = Link { text: "Front matter".to_owned(), href: String::new() };
    notes.add(first.saturating_sub(1).max(1), Topic::Other, name, "settings of this file".to_owned());
}

/// Names the rows of tables that were read: the header, and the rows of the table of phases.
fn tables(desk: &Desk<'_>, document: &Document, holders: &[Option<usize>], last: u32, notes: &mut Notes<'_>) {
    let file = &desk.facts.sources.roadmap;
    let line = |it: Span| file.index.line(it.start);
    for table in &document.tables {
        let Some(head) = table.rows.first().filter(|it| line(it.span) <= last) else { continue };
        let first = first_word(document, file, table, 0);
        let rows = || table.rows.iter().skip(1).take(last as usize);
        let topic = rows().flat_map(|it| notes.of(line(it.span))).map(|it| it.topic).find(|it| *it != Topic::Other);
        if first.eq_ignore_ascii_case("phase") {
            plain(notes, line(head.span), "Table of phases", String::new());
            for (at, row) in rows().enumerate() {
                let words = first_word(document, file, table, at + 1);
                let digits: String =
                    words.chars().skip_while(|it| !it.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
                let number = digits.parse::<u32>().ok();
                let phase = number.and_then(|number| desk.plan().phases.iter().find(|it| it.number == number));
                let words = match phase {
                    Some(it) => format!("of {}", it.label_in_sentence()),
                    None => "of no phase that has a heading: not used".to_owned(),
                };
                plain(notes, line(row.span), "Row", words);
            }
        } else if let Some(topic) = topic {
            plain(notes, line(head.span), "Table", format!("of {}", topic.noun()));
        } else if let Some(task) = told(desk, holders, line(head.span)).filter(|_| table.rows.len() == 2) {
            plain(notes, line(head.span), "Table", format!("of what is known about {}", name_of(task)));
            for row in rows() {
                plain(
                    notes,
                    line(row.span),
                    "Row",
                    format!("of {}: its state, days and owner, where a column names them", name_of(task)),
                );
            }
        }
    }
}

/// Returns the task whose heading stands above a line.
fn told<'a>(desk: &Desk<'a>, holders: &[Option<usize>], line: u32) -> Option<&'a Task> {
    let task = desk.task(holders.get((line as usize).checked_sub(1)?).copied().flatten()?)?;
    let file = &desk.facts.sources.roadmap;
    let is_marked = file.line(task.first().place.line()).trim_start().starts_with('#');
    is_marked.then_some(task)
}

fn plain(notes: &mut Notes<'_>, line: u32, name: &str, words: String) {
    notes.add(line, Topic::Other, Link { text: name.to_owned(), href: String::new() }, words);
}

fn first_word(document: &Document, file: &SourceFile, table: &Table, row: usize) -> String {
    let cell = table.rows.get(row).and_then(|it| it.cells.first()).and_then(|it| it.line);
    cell.map(|it| document.words(it, file).trim().to_owned()).unwrap_or_default()
}

/// Names the boxes below tasks: what is not a task itself, and was understood, is a subtask.
fn subtasks(desk: &Desk<'_>, document: &Document, holders: &[Option<usize>], notes: &mut Notes<'_>) {
    let file = &desk.facts.sources.roadmap;
    for it in &document.boxes {
        let line = file.index.line(it.span.start);
        let holder = (line as usize).checked_sub(1).and_then(|it| holders.get(it)).copied();
        let Some(holder) = holder else { return };
        let Some(task) = holder.and_then(|at| desk.task(at)) else { continue };
        if notes.of(line).is_empty() {
            let state = if it.checked { "done" } else { "open" };
            let words = format!("of {}, {state}", name_of(task));
            notes.add(line, Topic::Task, Link { text: "Subtask".to_owned(), href: String::new() }, words);
        }
    }
}

/// Names the items below tasks whose bracket is no box of GitHub's, such as `[~]`, and shows a state.
fn marked_items(desk: &Desk<'_>, document: &Document, holders: &[Option<usize>], notes: &mut Notes<'_>) {
    let file = &desk.facts.sources.roadmap;
    for block in document.blocks.iter().filter(|it| matches!(it.kind, Kind::Item(_))) {
        let Some(first) = document.first_line(block) else { continue };
        let line = file.index.line(first.span.start);
        let Some(holder) = (line as usize).checked_sub(1).and_then(|it| holders.get(it)).copied() else { return };
        let Some(task) = holder.and_then(|at| desk.task(at)).filter(|_| notes.of(line).is_empty()) else { continue };
        let words = document.words(first, file);
        let inside = words.trim_start().strip_prefix('[').and_then(|it| it.split_once(']')).map(|(it, _)| it.trim());
        let mark = inside.filter(|it| it.chars().count() <= 12).and_then(crate::reading::bracket);
        let Some(state) = mark.and_then(crate::reading::Mark::state) else { continue };
        let state = state.words();
        let name = Link { text: "Subtask".to_owned(), href: String::new() };
        notes.add(line, Topic::Task, name, format!("of {}, {state}", name_of(task)));
    }
}

/// Names the lines below risks that say what is done against them.
fn mitigations(desk: &Desk<'_>, document: &Document, notes: &mut Notes<'_>) {
    let file = &desk.facts.sources.roadmap;
    let risks: BTreeSet<Span> = desk.plan().risks.iter().map(|it| it.place.span).collect();
    for block in document.blocks.iter().filter(|_| !risks.is_empty()) {
        let Kind::Item(item) = block.kind else { continue };
        let parent = item.parent.and_then(|it| document.blocks.get(it as usize)).and_then(|it| document.first_line(it));
        if !parent.is_some_and(|it| risks.contains(&it.span)) {
            continue;
        }
        let Some(line) = document.first_line(block) else { continue };
        let words = document.words(line, file);
        if words.split_once(':').is_some_and(|(it, _)| it.trim().eq_ignore_ascii_case("mitigation")) {
            let name = Link { text: "Mitigation".to_owned(), href: String::new() };
            notes.add(file.index.line(line.span.start), Topic::Risk, name, "of the risk above".to_owned());
        }
    }
}

/// Names the lines below the headings of blocks that say what the blocks are called.
fn block_names(desk: &Desk<'_>, document: &Document, notes: &mut Notes<'_>) {
    let file = &desk.facts.sources.roadmap;
    let blocks: BTreeMap<Span, &str> = desk.plan().blocks.iter().map(|it| (it.place.span, it.name.as_str())).collect();
    for pair in document.blocks.windows(2) {
        let [heading, below] = pair else { continue };
        let name = document.first_line(heading).and_then(|it| blocks.get(&it.span));
        let (Some(name), Kind::Paragraph) = (name, below.kind) else { continue };
        for line in document.lines(below) {
            if document.words(*line, file).trim() == *name {
                plain(notes, file.index.line(line.span.start), "Name", "of the block above".to_owned());
            }
        }
    }
}

/// Names the heading that the plan's title was read from.
fn title(desk: &Desk<'_>, document: &Document, notes: &mut Notes<'_>) {
    let file = &desk.facts.sources.roadmap;
    let Some(block) = document.blocks.iter().find(|it| matches!(it.kind, Kind::Heading(_))) else { return };
    let Some(line) = document.first_line(block) else { return };
    let line = file.index.line(line.span.start);
    let plan = desk.plan();
    let words = if document.all_words(block, file) == plan.title {
        String::new()
    } else if desk.facts.sources.settings.title.is_some() {
        format!("replaced by “{}” in roadbook.toml", plan.title)
    } else {
        format!("replaced by “{}”", plan.title)
    };
    notes.add(line, Topic::Other, Link { text: "Title".to_owned(), href: String::new() }, words);
}
