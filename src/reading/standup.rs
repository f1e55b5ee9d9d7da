//! Standups: of a week or of a day, in a file of their own or several in one.

use super::day_forms::DayOrder;
use super::decision::{Asking, sense_by_words, sense_of};
use super::letters::is_one_of;
use super::marks::Mark;
use super::standup_dates::dated;
use super::standup_entry::{entry, metric};
use super::standup_file::{FileSays, Found, blank, file_says, finish, no_day_and_no_week};
use super::standup_heading::week_in;
use super::standup_line::{Lead, lead};
use super::standup_part::{LONGEST_LABEL, Part, is_not_done, is_nothing, is_unfinished, label};
use super::standup_people::person;
use super::walk::MAX_DEPTH;
use crate::diagnostic::{Diagnosed, Diagnostic};
use crate::document::{Block, Document, Item, Kind, Line};
use crate::model::{Entry, FileFacts, Standup, State};
use crate::text::{SharedStr, SourceFile, Span};
use smallvec::SmallVec;

/// The standups of a file, and counts of the file itself.
#[derive(Debug, Clone, Default)]
pub struct StandupFile {
    /// The standups, in the order of the file.
    pub standups: Vec<Standup>,
    /// What its dates with slashes tell of the order of day and month.
    pub order: DayOrder,
    /// Its checkboxes.
    pub facts: FileFacts,
}

/// The level of people in strong type, behind the six of Markdown.
const PERSON_LEVEL: u8 = 7;
/// A metric and its value without a colon are shorter than this many bytes.
const LONGEST_METRIC: usize = 200;
/// The level of labels in strong type.
pub const LABEL_LEVEL: u8 = 8;

/// Reads the standups of a file. Never fails: a file that names neither week nor day yields none, and a complaint.
#[must_use]
pub fn standups(file: &SourceFile, document: &Document) -> Diagnosed<StandupFile> {
    let mut diagnostics = Vec::new();
    let says = file_says(file, document, &mut diagnostics);
    let understood = vec![false; document.boxes.len()];
    let mut reader = Reader {
        document,
        file,
        says,
        found: Vec::new(),
        base: None,
        current: None,
        opened: 0,
        is_full: false,
        parts: [None; LABEL_LEVEL as usize + 1],
        part: Part::Other,
        by: None,
        labels: SmallVec::new(),
        asking: None,
        understood,
        diagnostics,
    };
    let end = file.readable().end;
    for (at, block) in document.blocks.iter().enumerate().take_while(|(_, it)| it.span.start < end) {
        reader.block(at, block);
    }
    reader.end()
}

/// A label of an item, for the items below it.
pub struct ItemLabel {
    /// The depth of the item.
    depth: u16,
    /// The part that it names.
    part: Option<Part>,
    /// The person that it names.
    by: Option<SharedStr>,
}

/// What is being read: the standups of one file.
pub struct Reader<'a> {
    /// The file in blocks.
    pub document: &'a Document,
    /// The file.
    pub file: &'a SourceFile,
    /// What the file says of itself.
    pub says: FileSays,
    /// The standups so far.
    pub found: Vec<Found>,
    /// The file's own standup, once something belongs to it.
    pub base: Option<usize>,
    /// The standup that lines belong to; nothing for the file's own while nothing belongs to it.
    pub current: Option<usize>,
    /// How many headings opened a standup.
    pub opened: usize,
    /// Whether there are more than are read.
    pub is_full: bool,
    /// The parts that open headings name, by their levels.
    pub parts: [Option<Part>; LABEL_LEVEL as usize + 1],
    /// The innermost of them.
    pub part: Part,
    /// The person whose heading is open, and its level.
    pub by: Option<(u8, SharedStr)>,
    /// The labels of the items around the next one.
    pub labels: SmallVec<[ItemLabel; 2]>,
    /// The last decision, for the labels behind it.
    pub asking: Option<Asking>,
    /// Which checkboxes were understood.
    pub understood: Vec<bool>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn block(&mut self, at: usize, block: &Block) {
        match block.kind {
            Kind::Heading(level) => self.heading(at, block, level),
            Kind::Item(item) if item.depth <= MAX_DEPTH => self.item(at, block, item),
            Kind::Paragraph => self.paragraph(at, block),
            Kind::Table(table) => self.decision_table(table),
            _ => {}
        }
    }

    /// Returns the standup that lines belong to; the file's own where no heading has opened one.
    pub fn current(&mut self) -> Option<&mut Found> {
        if self.current.is_none() && self.says.has_own() && !self.is_full {
            let first = self.file.text.find('\n').unwrap_or(self.file.text.len());
            let place = self.file.place(Span::new(0, first));
            let day = self.says.file.day;
            let standup = blank(self.says.week, place.clone(), &self.file.path);
            self.found.push(Found {
                standup,
                day,
                day_place: day.map(|_| place),
                level: 0,
                boxes: Vec::new(),
                is_parent: false,
                unread: 0,
                first_unread: None,
            });
            self.base = Some(self.found.len() - 1);
            self.current = self.base;
        }
        self.current.and_then(|it| self.found.get_mut(it))
    }

    fn paragraph(&mut self, at: usize, block: &Block) {
        self.labels.clear();
        if let Some(part) = self.label_above_list(at, block) {
            self.set_part(LABEL_LEVEL, Some(part));
            return;
        }
        for line in self.document.lines(block) {
            let Some(lead) = lead(self.document, *line, self.file) else { continue };
            if let Some(part) = lead.part() {
                self.set_part(LABEL_LEVEL, Some(part));
                self.inline(*line, &lead, part, None, 0);
            } else if self.label_of_decision(*line) {
                // What it says belongs to the decision before it.
            } else if lead.is_day() || lead.is_week() {
                self.labelled_day(*line, &lead);
            } else if lead.is_alone
                && !lead.has_colon
                && let Some(name) = person(&lead.words).filter(|_| self.is_person(at, PERSON_LEVEL))
            {
                self.by = Some((PERSON_LEVEL, name.into()));
                self.set_part(PERSON_LEVEL, None);
            }
        }
    }

    /// Reads a paragraph that is a label without any sign, directly above a list: what it means is beyond doubt there.
    fn label_above_list(&self, at: usize, block: &Block) -> Option<Part> {
        let below = self.document.blocks.get(at + 1)?;
        let (Kind::Item(_), [line]) = (below.kind, self.document.lines(block)) else { return None };
        label(self.file.slice(line.span))
    }

    /// The words behind a label are an entry, unless they say that there is nothing.
    fn inline(&mut self, line: Line, lead: &Lead<'_>, part: Part, by: Option<SharedStr>, end: u32) {
        let words = self.file.slice(Span { start: lead.rest, end: line.span.end });
        if part == Part::Metrics || is_nothing(words) {
            return;
        }
        let (entry, mark) = entry(self.document, line, lead.rest, self.file);
        self.add(entry, mark, part, by, &[]);
        self.reaches(end);
    }

    /// `**Date:** 2026-02-03` and `Week: 3` say what the heading does not.
    fn labelled_day(&mut self, line: Line, lead: &Lead<'_>) {
        let span = Span { start: lead.rest, end: line.span.end };
        let words = self.file.slice(span);
        let week = lead.is_week().then(|| week_in(&format!("week {words}"))).flatten();
        let read = dated(words);
        let day = read.last.or(read.day).filter(|_| lead.is_day() && !read.may_be_share);
        if week.is_none() && day.is_none() {
            return;
        }
        self.says.order.add(read.order);
        let place = self.file.place(span);
        if self.current.is_none() && !self.says.has_own() {
            self.says.week = week;
            self.says.file.day = day;
            return;
        }
        let Some(current) = self.current() else { return };
        current.standup.week = current.standup.week.or(week);
        if current.day.is_none() && day.is_some() {
            current.day = day;
            current.day_place = Some(place);
        }
    }

    fn item(&mut self, at: usize, block: &Block, item: Item) {
        let Some(line) = self.document.first_line(block) else { return };
        while self.labels.last().is_some_and(|it| item.depth <= it.depth) {
            self.labels.pop();
        }
        let part = self.labels.iter().rev().find_map(|it| it.part).unwrap_or(self.part);
        if part == Part::Metrics {
            let place = self.file.place(line.span);
            let words = self.document.words(line, self.file);
            let measured = metric(&words, place.clone());
            if let Some(current) = self.current() {
                if measured.is_none() && words.len() <= LONGEST_METRIC {
                    current.standup.unsplit.push((words.into_owned(), place));
                }
                current.standup.metrics.extend(measured);
            }
            return;
        }
        if item.gfm_box.is_none()
            && (self.belongs_to_decision(block, line, item, part) || self.item_label(at, line, item))
        {
            return;
        }
        if part == Part::Other && self.current.is_none() && !self.says.has_own() {
            return;
        }
        let boxed = item.gfm_box.and_then(|it| self.document.boxes.get(it as usize));
        let start = boxed.map_or(line.span.start, |it| it.span.start);
        let (entry, mark) = entry(self.document, line, start, self.file);
        if boxed.is_none() && mark.is_none() && entry.ids.is_empty() && part != Part::Other && says_nothing(&entry) {
            return;
        }
        let by = self.labels.iter().rev().find_map(|it| it.by.clone());
        let more = self.document.lines(block).get(1..).unwrap_or_default();
        let is_added = self.add(entry, mark, part, by, more);
        if !is_added && !is_nothing(self.file.slice(Span { start, end: line.span.end })) {
            let place = self.file.place(line.span);
            if let Some(it) = self.current() {
                it.unread += 1;
                it.first_unread.get_or_insert(place);
            }
        }
        self.reaches(block.span.end);
        if is_added && let Some(number) = item.gfm_box {
            if let Some(it) = self.understood.get_mut(number as usize) {
                *it = true;
            }
            if let Some(it) = self.current.and_then(|it| self.found.get_mut(it)) {
                it.boxes.push(number);
            }
        }
    }

    /// Reads an item that is a label, or a person, for the items below it.
    fn item_label(&mut self, at: usize, line: Line, item: Item) -> bool {
        let below = self.document.blocks.get(at + 1);
        let below = below.filter(|it| matches!(it.kind, Kind::Item(it) if item.depth < it.depth));
        let lead = lead(self.document, line, self.file);
        if let Some(lead) = &lead {
            if let Some(part) = lead.part().filter(|_| lead.has_colon || below.is_some()) {
                let by = self.labels.iter().rev().find_map(|it| it.by.clone());
                self.labels.push(ItemLabel { depth: item.depth, part: Some(part), by: None });
                let end = self.document.blocks.get(at).map_or(0, |it| it.span.end);
                self.inline(line, lead, part, by, end);
                return true;
            }
            if lead.is_day() || lead.is_week() {
                self.labelled_day(line, lead);
                return true;
            }
        }
        let Some(below) = below else { return false };
        let words = self.document.words(line, self.file);
        let label = ItemLabel { depth: item.depth, part: label(&words), by: None };
        let by = person(&words).filter(|_| label.part.is_none() && self.tells_of_people(below)).map(SharedStr::from);
        let is_label = label.part.is_some() || by.is_some();
        if is_label {
            self.labels.push(ItemLabel { by, ..label });
        }
        is_label
    }

    /// Puts an entry where its mark, else its part says. Says whether it was put anywhere.
    fn add(&mut self, mut entry: Entry, mark: Option<Mark>, part: Part, by: Option<SharedStr>, more: &[Line]) -> bool {
        entry.by = by.or_else(|| self.by.as_ref().map(|(_, it)| it.clone()));
        if self.current().is_none() {
            return false;
        }
        entry.is_lately = part == Part::Lately && mark.is_none();
        let part = match part {
            Part::Lately if entry.percent.is_some_and(|it| it < 100.0) || is_unfinished(&entry.text.words()) => {
                Part::InProgress
            }
            // Whoever lists a line as done and says that it is not leaves no doubt which of both is meant.
            Part::Lately | Part::Done if mark.is_none() && is_not_done(&entry.text.words()) => Part::InProgress,
            Part::Done if mark.is_none() && entry.percent.is_some_and(|it| it < 100.0) => Part::InProgress,
            Part::Lately => Part::Done,
            other => other,
        };
        let sense = sense_of(part).or_else(|| sense_by_words(&entry)).filter(|_| part != Part::Done);
        if let Some(sense) = sense {
            return self.add_decision(entry, mark, (part, sense), more);
        }
        let Some(Found { standup, .. }) = self.current() else { return false };
        let list = match (mark.and_then(Mark::state), part) {
            // A mark says more than the heading above it, but an empty box says nothing.
            (Some(State::Done), _) => &mut standup.done,
            (Some(State::InProgress), _) => &mut standup.in_progress,
            (Some(State::Blocked), _) | (None | Some(State::Todo | State::Dropped), Part::Blocked) => {
                &mut standup.blocked
            }
            (_, Part::Done) if mark != Some(Mark::Open) => &mut standup.done,
            (_, Part::InProgress | Part::Done) => &mut standup.in_progress,
            (_, Part::Next) => &mut standup.next,
            (_, Part::Risks) => &mut standup.risks,
            _ => return false,
        };
        list.push(entry);
        true
    }

    fn end(mut self) -> Diagnosed<StandupFile> {
        if self.found.is_empty() && self.says.has_own() {
            self.current();
        }
        let is_roadmap = self.says.matter.kind.as_deref() == Some("roadmap");
        if self.found.is_empty() && !is_roadmap && !explains(&self.file.path) {
            self.diagnostics.push(no_day_and_no_week(self.file, self.document));
        }
        let own = self.base.filter(|_| self.opened == 1 && self.found.len() == 2);
        let order = self.says.order;
        let (standups, left_out) = finish(self.found, own, self.opened, &self.says, &mut self.diagnostics);
        for it in left_out {
            if let Some(it) = self.understood.get_mut(it as usize) {
                *it = false;
            }
        }
        let boxes: Vec<_> = self.document.boxes.iter().map(|it| (it.span, it.checked)).collect();
        let facts = FileFacts::new(self.file, &boxes, &self.understood);
        Diagnosed { value: StandupFile { standups, order, facts }, diagnostics: self.diagnostics }
    }
}

/// Says whether a file among the standups is one that explains or lists them.
fn explains(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    is_one_of(stem.trim_start_matches('_'), &["readme", "index", "template"])
}

/// Says whether a line says nothing, such as "None".
fn says_nothing(entry: &Entry) -> bool {
    // Most lines are longer than any way to say nothing.
    entry.text.runs.first().is_none_or(|it| it.text.len() <= LONGEST_LABEL) && is_nothing(&entry.text.words())
}
