//! The decisions of a standup: lines, tables, headings, and the labels behind each.

use super::decision::{Asking, Sense, decision, sense_of, take};
use super::decision_labels::{DecisionLabel, Labelled, decision_label, labelled};
use super::decision_words::joined;
use super::letters::is_one_of;
use super::marks::Mark;
use super::standup::Reader;
use super::standup_entry::entry;
use super::standup_part::Part;
use crate::document::{Block, Item, Kind, Line, TableCell};
use crate::model::{AskedDecision, Entry};
use crate::prose::Prose;
use crate::text::SharedStr;
use smallvec::SmallVec;

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    What,
    Label(DecisionLabel),
    Other,
}

/// Tables with more columns than this are not looked at.
const MAX_COLUMNS: usize = 64;

/// Options of one decision beyond this many are left out.
const MAX_OPTIONS: usize = 20;

impl Reader<'_> {
    /// Adds a decision that a line asks for, or tells of. Says whether it is one.
    pub fn add_decision(
        &mut self,
        entry: Entry,
        mark: Option<Mark>,
        (part, sense): (Part, Sense),
        more: &[Line],
    ) -> bool {
        let more: SmallVec<[Prose; 1]> =
            more.iter().map(|it| self.document.prose(*it, it.span.start, self.file)).collect();
        let next = (part == Part::Next).then(|| entry.clone());
        let Some(it) = decision(entry, mark, sense, &more) else { return false };
        // A line of labels alone belongs to the decision before it.
        if it.words.is_empty() && it.entry.ids.is_empty() {
            return false;
        }
        let Some(current) = self.current() else { return false };
        current.standup.next.extend(next);
        current.standup.decisions.push(it);
        self.asking = Some(Asking::default());
        true
    }

    /// Notes where the item ends that the last decision is.
    pub fn reaches(&mut self, end: u32) {
        if let Some(it) = self.asking.as_mut().filter(|it| it.end == 0) {
            it.end = end;
        }
    }

    /// Reads an item that tells of the decision before it: a label in the list of decisions or below the decision, or any other
    /// item below it. Says whether it was one.
    pub fn belongs_to_decision(&mut self, block: &Block, line: Line, item: Item, part: Part) -> bool {
        let Some(asking) = self.asking else { return false };
        let is_below = 0 < item.depth && block.span.start < asking.end;
        let is_listed = sense_of(part).is_some();
        if !is_below && !is_listed {
            return false;
        }
        if asking.options.is_some_and(|depth| is_below && depth < item.depth) {
            let words = self.words_of(line);
            self.last_decision(line, |it| {
                if it.options.len() < MAX_OPTIONS {
                    it.options.push(words);
                }
            });
            return true;
        }
        if let Some(asking) = &mut self.asking {
            asking.options = None;
        }
        let (words, place) = (self.words_of(line), self.file.place(line.span));
        let labels = labelled(&words, &[]);
        let Some(first) = labels.first().filter(|it| it.cut.start == 0) else {
            // What else stands below a decision explains it.
            return is_below && is_listed && self.last_decision(line, |_| {});
        };
        if !is_below && matches!(first.label, DecisionLabel::Decided | DecisionLabel::Outcome) {
            return false;
        }
        if first.label == DecisionLabel::Options
            && first.value.is_empty()
            && let Some(asking) = &mut self.asking
        {
            asking.options = Some(item.depth);
        }
        self.last_decision(line, |it| {
            for labelled in &labels {
                take(it, labelled, words.part(labelled.value), &place);
            }
        })
    }

    /// Reads a line of a paragraph that begins with a label of the decision before it.
    pub fn label_of_decision(&mut self, line: Line) -> bool {
        if self.asking.is_none() || sense_of(self.part).is_none() {
            return false;
        }
        let (words, place) = (self.words_of(line), self.file.place(line.span));
        let labels = labelled(&words, &[]);
        labels.first().is_some_and(|it| it.cut.start == 0)
            && self.last_decision(line, |it| {
                for labelled in &labels {
                    take(it, labelled, words.part(labelled.value), &place);
                }
            })
    }

    /// Reads a heading below one of decisions: it is a decision itself where labels stand below it.
    pub fn decision_heading(&mut self, at: usize, block: &Block) {
        let Some(sense) = sense_of(self.part) else { return };
        let below = self.document.blocks.get(at + 1).filter(|it| matches!(it.kind, Kind::Item(_) | Kind::Paragraph));
        let Some(first) = below.and_then(|it| self.document.first_line(it)) else { return };
        if labelled(&self.words_of(first), &[]).first().is_none_or(|it| it.cut.start != 0) {
            return;
        }
        let Some(line) = self.document.first_line(block) else { return };
        let (entry, mark) = entry(self.document, line, line.span.start, self.file);
        self.add_decision(entry, mark, (self.part, sense), &[]);
    }

    /// Reads a table below a heading of decisions.
    pub fn decision_table(&mut self, table: u32) {
        let Some(sense) = sense_of(self.part) else { return };
        let document = self.document;
        let Some((head, rows)) = document.tables.get(table as usize).and_then(|it| it.rows.split_first()) else {
            return;
        };
        let heads = head.cells.iter().take(MAX_COLUMNS).map(|it| self.cell(*it));
        let mut columns: SmallVec<[Column; 8]> = heads.map(|it| column(&it)).collect();
        // In "Question | Decision" the second tells what came of it.
        let what = columns.iter().position(|it| *it == Column::What);
        let outcome = |it: &Column| matches!(it, Column::Label(DecisionLabel::Outcome));
        let Some(what) = what.or_else(|| columns.iter().position(outcome)) else { return };
        if let Some(it) = columns.get_mut(what) {
            *it = Column::What;
        }
        for row in rows {
            let Some(line) = row.cells.get(what).and_then(|it| it.line) else { continue };
            let (entry, mark) = entry(document, line, line.span.start, self.file);
            if !self.add_decision(entry, mark, (self.part, sense), &[]) {
                continue;
            }
            for (column, cell) in columns.iter().zip(&row.cells) {
                let (Column::Label(label), Some(line)) = (column, cell.line) else { continue };
                let (words, place) = (self.words_of(line), self.file.place(line.span));
                let labelled = Labelled { label: *label, value: &words, cut: 0..0 };
                if let Some(it) = self.current().and_then(|it| it.standup.decisions.last_mut()) {
                    // A table has its open decisions in it as well, whatever it is called.
                    if matches!(label, DecisionLabel::Outcome | DecisionLabel::Status) && sense == Sense::Either {
                        it.settled = None;
                    }
                    take(it, &labelled, words.clone(), &place);
                }
            }
        }
        self.asking = None;
    }

    fn cell(&self, it: TableCell) -> SharedStr {
        it.line.map(|it| self.words_of(it)).unwrap_or_default()
    }

    fn words_of(&self, line: Line) -> SharedStr {
        joined(&self.document.prose(line, line.span.start, self.file))
    }

    /// Changes the last decision by what a further line says of it.
    fn last_decision(&mut self, line: Line, change: impl FnOnce(&mut AskedDecision)) -> bool {
        let place = self.file.place(line.span);
        let Some(it) = self.current().and_then(|it| it.standup.decisions.last_mut()) else { return false };
        change(it);
        it.lines.push(place);
        true
    }
}

/// Reads the head of a column.
fn column(words: &str) -> Column {
    const WHAT: [&str; 12] = [
        "what",
        "decision",
        "decisions",
        "decision needed",
        "question",
        "questions",
        "topic",
        "item",
        "subject",
        "issue",
        "description",
        "title",
    ];
    let words = words.trim_matches(|it: char| !it.is_alphanumeric());
    match decision_label(words) {
        Some(label) => Column::Label(label),
        None if is_one_of(words, &WHAT) => Column::What,
        None => Column::Other,
    }
}
