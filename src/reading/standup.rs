//! Standups: of a week or of a day, in a file of their own or several in one.

use super::letters::{is_one_of, starts_ignoring_case};
use super::marks::Mark;
use super::standup_dates::{DayOrder, dated};
use super::standup_entry::{entry, metric, state};
use super::standup_file::{FileSays, blank, file_says, finish, no_day_and_no_week};
use super::standup_heading::{Opening, day_alone, names_kind, opening, week_in};
use super::standup_line::{Lead, lead};
use super::standup_part::{LONGEST_LABEL, Part, is_aside, is_nothing, is_unfinished, label, part, person};
use super::walk::MAX_DEPTH;
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::document::{Block, Document, Item, Kind, Line};
use crate::model::{Entry, FileFacts, Standup, State, WrittenDay};
use crate::text::{Place, SharedStr, SourceFile, Span};
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

/// A file holds at most so many standups.
const MOST_STANDUPS: usize = 1_000;

/// Blocks behind a heading in which it is looked whether the heading is a person's.
const LOOK_AHEAD: usize = 4;

/// The levels of headings: six of Markdown, then people and then labels in strong type.
const PERSON_LEVEL: u8 = 7;
const LABEL_LEVEL: u8 = 8;

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
        understood,
        diagnostics,
    };
    let end = file.readable().end;
    for (at, block) in document.blocks.iter().enumerate().take_while(|(_, it)| it.span.start < end) {
        reader.block(at, block);
    }
    reader.end()
}

/// A standup that is being read.
#[derive(Debug)]
pub struct Found {
    /// What was read.
    pub standup: Standup,
    /// The day as it is written.
    pub day: Option<WrittenDay>,
    /// Where it is written.
    pub day_place: Option<Place>,
    /// The level of its heading; 0 for the file's own.
    pub level: u8,
    /// The checkboxes of its entries.
    pub boxes: Vec<u32>,
    /// Whether headings below its own open standups of single days.
    pub is_parent: bool,
}

/// A label of an item, for the items below it.
struct ItemLabel {
    depth: u16,
    part: Option<Part>,
    by: Option<SharedStr>,
}

struct Reader<'a> {
    document: &'a Document,
    file: &'a SourceFile,
    says: FileSays,
    found: Vec<Found>,
    /// The file's own standup, once something belongs to it.
    base: Option<usize>,
    /// The standup that lines belong to; nothing for the file's own while nothing belongs to it.
    current: Option<usize>,
    /// How many headings opened a standup.
    opened: usize,
    is_full: bool,
    /// The parts that open headings name, by their levels.
    parts: [Option<Part>; LABEL_LEVEL as usize + 1],
    /// The innermost of them.
    part: Part,
    /// The person whose heading is open, and its level.
    by: Option<(u8, SharedStr)>,
    /// The labels of the items around the next one.
    labels: SmallVec<[ItemLabel; 2]>,
    /// Which checkboxes were understood.
    understood: Vec<bool>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn block(&mut self, at: usize, block: &Block) {
        match block.kind {
            Kind::Heading(level) => self.heading(at, block, level),
            Kind::Item(item) if item.depth <= MAX_DEPTH => self.item(at, block, item),
            Kind::Paragraph => self.paragraph(at, block),
            _ => {}
        }
    }

    fn heading(&mut self, at: usize, block: &Block, level: u8) {
        self.labels.clear();
        let words = self.document.all_words(block, self.file);
        if let Some(opening) = self.opening(at, &words, level) {
            let span = self.document.first_line(block).map_or(block.span, |it| it.span);
            let day = opening.span.and_then(|(start, end)| words.get(start..end)).unwrap_or_default();
            self.open(&opening, level, span, day);
            return;
        }
        let part = part(&words);
        if part == Part::Other
            && let Some(name) = person(&words).filter(|it| it.starts_with('@') || self.is_person(at, level))
        {
            self.by = Some((level, name.into()));
        } else if self.by.as_ref().is_some_and(|(of, _)| level < *of || (level == *of && part == Part::Other)) {
            self.by = None;
        }
        // What stands beside the standup of a day belongs to the file's own standup again.
        let beside = self.current.and_then(|it| self.found.get(it)).is_some_and(|it| level <= it.level);
        if part == Part::Other && beside && 1 < self.opened && self.says.has_own() {
            self.current = self.base;
        }
        let part = (part != Part::Other).then_some(part).or_else(|| self.aside(&words));
        self.set_part(level, part);
    }

    /// Below a part, a heading about the next week and one about something else do not belong to the part.
    fn aside(&self, words: &str) -> Option<Part> {
        let told = self.current.and_then(|it| self.found.get(it)).and_then(|it| it.standup.week);
        match week_in(words).filter(|_| self.part != Part::Other) {
            Some(week) if told.is_some_and(|told| told < week) => Some(Part::Next),
            Some(week) if told == Some(week) => None,
            Some(_) => Some(Part::Other),
            None => is_aside(words).then_some(Part::Other),
        }
    }

    /// A heading names a part for all below it, until one of its level or above.
    fn set_part(&mut self, level: u8, part: Option<Part>) {
        for it in self.parts.iter_mut().skip(usize::from(level)) {
            *it = None;
        }
        if let Some(it) = self.parts.get_mut(usize::from(level)) {
            *it = part;
        }
        self.part = self.parts.iter().rev().flatten().next().copied().unwrap_or(Part::Other);
    }

    /// Reads a heading that opens a standup, by its own words or by a day on a line below it.
    fn opening(&self, at: usize, words: &str, level: u8) -> Option<Opening> {
        let by_words = opening(words);
        let opening = match by_words {
            Some(it) if it.is_sure => return Some(it),
            Some(it) if it.day.is_some() => it,
            other => match self.day_below(at) {
                Some(day) if other.is_some() || part(words) == Part::Other => {
                    Opening { week: other.and_then(|it| it.week), is_sure: names_kind(words), ..day }
                }
                _ => other?,
            },
        };
        let Some(current) = self.current.and_then(|it| self.found.get(it)) else { return Some(opening) };
        // A section of a standup may name a week or a day as well.
        let is_below = current.level < level && 0 < current.level;
        let knows_more = if opening.day.is_some() { current.day.is_some() } else { true };
        let is_same = opening.day.is_none() && opening.week == current.standup.week;
        (opening.is_sure || !(is_same || (is_below && knows_more))).then_some(opening)
    }

    fn day_below(&self, at: usize) -> Option<Opening> {
        let below =
            self.document.blocks.get(at + 1).filter(|it| it.kind == Kind::Paragraph && it.span.range().len() < 80)?;
        let [line] = self.document.lines(below) else { return None };
        let mut opening = day_alone(&self.document.words(*line, self.file))?;
        opening.span = None;
        Some(opening)
    }

    fn open(&mut self, opening: &Opening, level: u8, span: Span, day_words: &str) {
        self.parts = [None; LABEL_LEVEL as usize + 1];
        self.part = Part::Other;
        self.by = None;
        self.says.order.add(opening.order);
        self.opened += 1;
        let place = self.file.place(span);
        let day = self.says.file.of(opening);
        let is_own = self.says.is_same(opening.week, day);
        if let Some(own) = self.base.filter(|_| is_own).and_then(|it| self.found.get_mut(it)) {
            own.standup.place = place;
            own.level = level;
            self.current = self.base;
            return;
        }
        if MOST_STANDUPS <= self.found.len() {
            self.too_many(&place);
            return;
        }
        let outer = self.current.and_then(|it| self.found.get_mut(it)).filter(|it| 0 < it.level && it.level < level);
        let outer = outer.map(|it| {
            it.is_parent = day.is_some();
            it.standup.week
        });
        // Days of a file that names its week are days of that week.
        let week = opening.week.or(outer.flatten()).or(self.says.week.filter(|_| day.is_some()));
        let day_place = day.map(|_| self.day_place(span, day_words));
        self.found.push(Found {
            standup: blank(week, place, &self.file.path),
            day,
            day_place,
            level,
            boxes: Vec::new(),
            is_parent: false,
        });
        self.current = Some(self.found.len() - 1);
        if is_own {
            self.base = self.current;
        }
    }

    fn day_place(&self, line: Span, words: &str) -> Place {
        let start = self.file.slice(line).find(words).filter(|_| !words.is_empty());
        let span = start.map_or(line, |it| {
            let start = line.start as usize + it;
            Span::new(start, start + words.len())
        });
        self.file.place(span)
    }

    fn too_many(&mut self, place: &Place) {
        self.current = None;
        if !self.is_full {
            let message = format!("more than {MOST_STANDUPS} standups in one file: from here on they are left out");
            let help = "begin a new file for each year";
            self.diagnostics.push(Diagnostic::at("too-many-parts", Severity::Warning, place, message).help(help));
        }
        self.is_full = true;
    }

    /// Returns the standup that lines belong to; the file's own where no heading has opened one.
    fn current(&mut self) -> Option<&mut Found> {
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
            });
            self.base = Some(self.found.len() - 1);
            self.current = self.base;
        }
        self.current.and_then(|it| self.found.get_mut(it))
    }

    fn paragraph(&mut self, at: usize, block: &Block) {
        self.labels.clear();
        for line in self.document.lines(block) {
            let Some(lead) = lead(self.document, *line, self.file) else { continue };
            if let Some(part) = lead.part() {
                self.set_part(LABEL_LEVEL, Some(part));
                self.inline(*line, &lead, part, None);
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

    /// The words behind a label are an entry, unless they say that there is nothing.
    fn inline(&mut self, line: Line, lead: &Lead<'_>, part: Part, by: Option<SharedStr>) {
        let words = self.file.slice(Span { start: lead.rest, end: line.span.end });
        if part == Part::Metrics || is_nothing(words) {
            return;
        }
        let (entry, mark) = entry(self.document, line, lead.rest, self.file);
        self.add(entry, mark, part, by);
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

    /// Says whether a heading that may be a name has the parts of a standup below it.
    fn is_person(&self, at: usize, level: u8) -> bool {
        let behind = self.document.blocks.get(at + 1..).unwrap_or_default();
        for (n, block) in behind.iter().take(LOOK_AHEAD).enumerate() {
            let names_part = || part(&self.document.all_words(block, self.file)) != Part::Other;
            match block.kind {
                Kind::Heading(it) if (level < it || (level == it && n == 0)) && names_part() => return true,
                Kind::Heading(it) if level < it || (level == it && n == 0) => {}
                Kind::Heading(_) => return false,
                Kind::Item(_) => return self.tells_of_people(block),
                Kind::Paragraph if self.tells_of_people(block) => return true,
                _ => {}
            }
        }
        false
    }

    /// Says whether a block begins with a label; "achieved" is what projects say of themselves.
    fn tells_of_people(&self, block: &Block) -> bool {
        let lead = self.document.first_line(block).and_then(|it| lead(self.document, it, self.file));
        lead.is_some_and(|it| it.part().is_some() && !is_one_of(it.words.trim(), &["achieved"]))
    }

    fn item(&mut self, at: usize, block: &Block, item: Item) {
        let Some(line) = self.document.first_line(block) else { return };
        while self.labels.last().is_some_and(|it| item.depth <= it.depth) {
            self.labels.pop();
        }
        let part = self.labels.iter().rev().find_map(|it| it.part).unwrap_or(self.part);
        if part == Part::Metrics {
            let place = self.file.place(line.span);
            let measured = metric(&self.document.words(line, self.file), place);
            if let Some(current) = self.current() {
                current.standup.metrics.extend(measured);
            }
            return;
        }
        if item.gfm_box.is_none() && self.item_label(at, line, item) {
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
        if self.add(entry, mark, part, by)
            && let Some(number) = item.gfm_box
        {
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
                self.inline(line, lead, part, by);
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
    fn add(&mut self, mut entry: Entry, mark: Option<Mark>, part: Part, by: Option<SharedStr>) -> bool {
        entry.by = by.or_else(|| self.by.as_ref().map(|(_, it)| it.clone()));
        let Some(Found { standup, .. }) = self.current() else { return false };
        let part = match part {
            Part::Lately if entry.percent.is_some_and(|it| it < 100.0) || is_unfinished(&entry.text.words()) => {
                Part::InProgress
            }
            Part::Lately => Part::Done,
            other => other,
        };
        let asks_decision = part == Part::Decisions || is_decision(&entry);
        let list = match (state(mark), part) {
            _ if asks_decision && part != Part::Done => {
                if part == Part::Next {
                    standup.next.push(entry.clone());
                }
                &mut standup.decisions
            }
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

/// Says whether a line asks for a decision by its first word.
fn is_decision(entry: &Entry) -> bool {
    // Most lines can be told by their first letter; signs that are not shown may stand before it.
    let first = entry.text.runs.first().and_then(|it| it.text.bytes().next());
    if !first.is_some_and(|it| matches!(it, b'd' | b'D') || !it.is_ascii()) {
        return false;
    }
    let words = entry.text.plain();
    ["decide ", "decision needed", "decision:"].iter().any(|it| starts_ignoring_case(&words, it))
}
